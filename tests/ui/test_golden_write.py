"""Writing, editing, the versions of an entry and the passphrase as plain text, at three sizes."""

from __future__ import annotations

from textual.widgets import OptionList

from journal_tui.model import Entry
from journal_tui.ui.messages import Edit, Protect
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World

from .golden import OpenApp, assert_golden, every_size, settle
from .test_page import long_session

pytestmark = every_size


async def test_write(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert_golden(app, "write-question")
        app.screen.query_one(Page).text = "We agreed on a plan, and Anna wrote it down. " * 3
        await pilot.press("tab")
        while app.screen.query_one(Page).display:
            await pilot.press("tab")
        await settle(pilot)
        assert_golden(app, "write-choice")
        while app.screen.query_one("#choices", OptionList).display:
            await pilot.press("tab")
        await settle(pilot)
        await pilot.press(*"tea", "tab", *"friday")
        await settle(pilot)
        assert_golden(app, "write-promise")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
        assert_golden(app, "write-end")


async def test_due_promise(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert_golden(app, "write-due")


async def test_history(grown: Entry, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        assert_golden(app, "history")
        await pilot.press("down", "down", "down")
        assert_golden(app, "history-edit")


async def test_passphrase(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert_golden(app, "passphrase-set")
        await pilot.press(*"kettle", "enter", *"rain", "enter")
        assert_golden(app, "passphrase-differ")
        world.set_passphrase("kettle and rain")
        await pilot.press("escape")
        for task in ("change", "remove"):
            app.post_message(Protect(task))
            await settle(pilot)
            assert_golden(app, f"passphrase-{task}")
            await pilot.press("escape")


async def test_free_page(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        app.screen.query_one(Page).text = "A long line. " * 40 + "\n\n" + "wide 日本語 🙂 " * 8 + "\n" + "x" * 200
        await pilot.pause(1.3)
        await settle(pilot)
        assert_golden(app, "free-page")


async def test_edit(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Edit(filled.journal.entries()[1].id))
        await settle(pilot)
        assert_golden(app, "edit-page")


async def test_write_beside_earlier_words_and_alone(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(WriteScreen(world, long_session(world)))
        await settle(pilot)
        app.screen.query_one(Page).fill("We looked for the key, and Anna laughed.\n\n" * 12)
        await pilot.pause(1.3)
        await settle(pilot)
        assert_golden(app, "write-quote")
        await pilot.press("f3")
        app.clear_notifications()
        await settle(pilot)
        assert_golden(app, "write-alone")
