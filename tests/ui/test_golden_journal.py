"""Journal, its filters and its calendar, and the trash as plain text, at three sizes."""

from __future__ import annotations

from dataclasses import replace

from journal_tui.ui.widgets.page import Line
from journal_tui.world import World

from .conftest import TODAY, ago, entry
from .golden import OpenApp, assert_golden, every_size, settle

pytestmark = every_size


async def test_journal_empty(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert_golden(app, "journal-empty")


async def test_journal(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert_golden(app, "journal")
        await pilot.press("slash")
        app.screen.query_one("#search", Line).value = "allotment"
        await pilot.press("enter")
        await settle(pilot)
        assert_golden(app, "journal-search")
        await pilot.press("enter")
        await settle(pilot)
        assert_golden(app, "journal-reading")
        await pilot.press("e")
        await settle(pilot)
        assert_golden(app, "edit")


async def test_filters(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    dishes = next(entry for entry in filled.journal.entries() if "dishes" in entry.text)
    filled.journal.replace(replace(dishes, tags=("home",), people=("Jonas",), starred=True))
    entry(filled, None, "Said @Jonas: you keep the spare key.", tags=("home",), rating=4)
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "f")
        await settle(pilot)
        assert_golden(app, "journal-filters")
        typed = app.screen.query_one("#typed", Line)
        typed.value = "last month"
        await settle(pilot)
        assert_golden(app, "journal-filters-when")
        typed.value = "zebra"
        await settle(pilot)
        assert_golden(app, "journal-filters-wrong")
        for words in ("jonas", "#ho", "4 or"):
            if words != "jonas":
                await pilot.press("f")
            app.screen.query_one("#typed", Line).value = words
            await settle(pilot)
            await pilot.press("enter")
            await settle(pilot)
        assert_golden(app, "journal-chips")
        await pilot.press("7")
        await settle(pilot)
        assert_golden(app, "journal-nothing")


async def test_calendar(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    entry(filled, TODAY, "Two on one day.")
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "c", "k")
        assert_golden(app, "calendar")


async def test_trash(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "t")
        await settle(pilot)
        assert_golden(app, "trash-empty")
        entries = filled.journal.entries()
        ago(filled, days=2).journal.delete([entries[3].id])
        filled.journal.delete([entries[5].id, entries[-1].id])
        await pilot.press("escape", "t")
        await settle(pilot)
        assert_golden(app, "trash")
        await pilot.press("x")
        await settle(pilot)
        assert_golden(app, "trash-erase")
