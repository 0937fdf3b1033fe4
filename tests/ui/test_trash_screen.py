"""The trash: seen, put back, erased."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from journal_tui.model import Entry, UsageError
from journal_tui.ui.app import JournalApp
from journal_tui.ui.screens.confirm import ConfirmScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.trash import TrashScreen
from journal_tui.world import World

from .conftest import ago
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]


@pytest.fixture
def thrown(filled: World) -> list[Entry]:
    """Two entries in the trash, the later one first."""
    first, second = filled.journal.entries()[-3:-1]
    ago(filled, days=2).journal.delete([first.id])
    filled.journal.delete([second.id])
    return [second, first]


async def test_the_latest_stands_first_with_its_words(thrown: list[Entry], open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "t")
        await settle(pilot)
        seen = picture(app)
        assert "2 entries" in seen
        assert seen.index("Thrown away today") < seen.index("Thrown away 10 March")
        assert thrown[0].text[-12:] in seen
        assert "Forgot to call Mum on Sunday." not in seen
        await pilot.press("down")
        assert "Forgot to call Mum on Sunday." in picture(app)


@pytest.mark.parametrize("key", ["enter", "r"])
async def test_put_back(thrown: list[Entry], filled: World, open_app: OpenApp, key: str) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "t")
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert "In the journal again" in said(app)
        assert "1 entry" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "10 entries" in picture(app)
    assert filled.journal.get(thrown[0].id) == thrown[0]


async def test_erasing_asks_first_and_leaves_nothing(thrown: list[Entry], filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "t")
        await settle(pilot)
        for no in (["escape"], ["enter"]):
            await pilot.press("x")
            await settle(pilot)
            assert isinstance(app.screen, ConfirmScreen)
            assert "cannot be undone" in picture(app)
            await pilot.press(*no)
            await settle(pilot)
            assert isinstance(app.screen, TrashScreen)
            assert len(filled.journal.trash.all()) == 2
        await pilot.press("x", "down", "enter")
        await settle(pilot)
        await settle(pilot)
        assert "Erased" in said(app)
        assert "1 entry" in picture(app)
    assert [trashed.entry for trashed in filled.journal.trash.all()] == thrown[1:]
    with pytest.raises(UsageError):
        filled.journal.history(thrown[0].id)
    words = thrown[0].text.encode()[:30]
    assert all(words not in file.read_bytes() for file in filled.paths.data.glob("*") if file.is_file())


async def test_an_empty_trash_says_what_would_be_here(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "t")
        await settle(pilot)
        assert "Nothing is in the trash" in picture(app)
        assert "Erase" not in picture(app)
        await pilot.press("enter", "x", "tab", "escape")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)


async def test_the_last_one_put_back_leaves_the_empty_trash(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "d")
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("tab", "r")
        await settle(pilot)
        assert "Nothing is in the trash" in picture(app)
    assert len(filled.journal.entries()) == 11
