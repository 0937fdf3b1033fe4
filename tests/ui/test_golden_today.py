"""Today, the week, choosing and unlocking as plain text."""

from __future__ import annotations

from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Go
from journal_tui.world import World

from .conftest import ago
from .golden import OpenApp, assert_golden, every_size, settle

pytestmark = every_size


async def test_today_empty(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_golden(app, "today-empty")


async def test_today(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_golden(app, "today")


async def test_choose(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert_golden(app, "choose")


async def test_unlock(filled: World, size: tuple[int, int]) -> None:
    filled.set_passphrase("kettle and rain")
    app = JournalApp(ago(filled), closed=Closed.IDLE)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_golden(app, "unlock")
        await pilot.press(*"kettle", "enter")
        await settle(pilot)
        assert_golden(app, "unlock-wrong")


async def test_week(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Go("week"))
        await settle(pilot)
        assert_golden(app, "week")
        await pilot.press("pageup")
        await settle(pilot)
        assert_golden(app, "week-before")


async def test_week_empty(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Go("week"))
        await settle(pilot)
        assert_golden(app, "week-empty")
