"""Without colour, motion and signs beyond ASCII: what is selected is still told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from journal_tui.ui.app import JournalApp
from journal_tui.ui.theme import GLYPHS
from journal_tui.world import World, open_world

from .conftest import MOMENT
from .golden import picture, settle
from .test_terminal import Terminal
from .walk import screens

LISTS = ("journal", "insights", "week", "trash", "settings", "packs", "choose")
"""Screens with a cursor on one of several lines, on the journal of the test below."""


def cursor_rows(seen: str, sign: str) -> list[int]:
    return [number for number, line in enumerate(seen.splitlines()) if sign in line]


async def test_what_is_selected_is_told_without_colour_and_signs(
    filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    filled.journal.delete([entry.id for entry in filled.journal.entries()[:2]])
    filled.paths.settings.parent.mkdir(parents=True, exist_ok=True)
    filled.paths.settings.write_text("plain_glyphs: true\nreduced_motion: true\n")
    world = open_world(filled.paths, lambda: MOMENT)
    app = JournalApp(world)
    signs = {sign for sign, _ in GLYPHS.values()} - {"·"} | {"▌"}
    moved = []
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.animation_level == "none"
        async for name in screens(pilot, world, filled.journal.entries()[-1].id, "Some words."):
            seen = picture(app)
            assert not signs & set(seen), name
            if name in LISTS:
                before = cursor_rows(seen, "> ")
                assert before, name
                await pilot.press("down")
                await settle(pilot)
                if cursor_rows(picture(app), "> ") == before:  # it stood on the last
                    await pilot.press("up")
                    await settle(pilot)
                assert cursor_rows(picture(app), "> ") != before, name
                moved.append(name)
    assert sorted(moved) == sorted(LISTS)


@pytest.mark.parametrize("wish", ["1", ""])
def test_no_colour_reaches_the_terminal(tmp_path: Path, wish: str) -> None:
    program = f"NO_COLOR={wish} {sys.executable} -m journal_tui --home {tmp_path / 'home'}"
    terminal = Terminal(tmp_path / "home", command=("sh", "-c", program))
    terminal.sees("Pillars")
    painted = str(terminal.child.before)
    terminal.child.send("q")
    terminal.child.close(force=True)
    assert ("[38;" in painted or ";38;" in painted or "48;" in painted) == (not wish)
