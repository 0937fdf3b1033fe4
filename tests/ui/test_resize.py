"""Any size a terminal can be drawn to, one after the other: no screen breaks, and no word goes.

``STORM=200`` goes through so many sizes on each screen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest

from journal_tui.text import count_words
from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Edit
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World

from .golden import picture, settle
from .walk import GUIDED, raw_characters, screens

WORDS = "The kettle was on before I asked. 日本語 🙂 " * 60
EXTREMES = [(1, 1), (300, 100), (2, 40), (200, 1)]
LONG = int(os.environ.get("STORM", 0))


def storm(chance: Random, count: int) -> list[tuple[int, int]]:
    """Sizes from 1x1 to 300x100, the last an everyday one."""
    anywhere = [(chance.randint(1, 300), chance.randint(1, 100)) for _ in range(LONG or count)]
    return [*chance.sample(EXTREMES, min(count, len(EXTREMES))), *anywhere, (80, 24)]


@pytest.mark.skipif(not LONG, reason="some minutes: STORM=20, or 200")
async def test_every_screen_takes_any_size(filled: World, open_app: Callable[[], JournalApp]) -> None:
    chance = Random(1)
    entry = filled.journal.entries()[-1]
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        async for name in screens(pilot, filled, entry.id, WORDS):
            seen: list[str] = []
            for _ in range(2):  # what had to wait at first has its place after one storm
                for size in storm(chance, 1):
                    await pilot.resize_terminal(*size)
                    assert raw_characters(app) == [], (name, size)
                await settle(pilot)
                seen.append(picture(app))
            if not name.startswith(("page", GUIDED)):  # their words are counted meanwhile
                assert seen[0] == seen[1], name


@pytest.mark.parametrize("editing", [False, True], ids=["page", "edit"])
async def test_the_words_stay(filled: World, open_app: Callable[[], JournalApp], editing: bool) -> None:
    chance = Random(2)
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        entry = filled.journal.entries()[-1]
        if editing:
            app.post_message(Edit(entry.id))
        else:
            await pilot.press("f")
        await settle(pilot)
        page = app.screen.query_one(Page)
        page.text = WORDS
        for size in storm(chance, 12):
            await pilot.resize_terminal(*size)
        await settle(pilot)
        assert page.text == WORDS
        page.move_cursor(page.document.end)
        await pilot.press("x", "escape")
        await settle(pilot)
    kept = filled.journal.get(entry.id).text if editing else filled.waiting()[0][0].reply.text
    assert kept.endswith("x")
    assert count_words(kept) >= count_words(WORDS)
