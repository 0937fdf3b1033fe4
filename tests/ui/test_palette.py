"""The palette: every command by its name, and nothing that a quick hand could break."""

from __future__ import annotations

import pytest
from textual import events

from journal_tui.ui.palette import Named, matching
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.palette import PaletteScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.widgets.page import Line, Page
from journal_tui.ui.widgets.row_list import RowList
from journal_tui.world import World

from .golden import OpenApp, picture, settle


async def test_a_command_is_found_by_a_few_letters_and_done(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"jour")
        assert "▌   Journal" in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)


@pytest.mark.parametrize("keys", [["enter"] * 6, ["escape"] * 3, ["ctrl+p"] * 3])
async def test_a_quick_hand_closes_nothing_below(world: World, open_app: OpenApp, keys: list[str]) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f", *"words")
        await pilot.press("ctrl+p")
        for key in keys:
            app.screen.post_message(_key(key))
        await settle(pilot)
        assert any(isinstance(screen, WriteScreen) for screen in app.screen_stack)
        page = next(screen for screen in app.screen_stack if isinstance(screen, WriteScreen)).query_one(Page)
        assert page.text.startswith("words")


@pytest.mark.parametrize("keys", [("pageup",), (*"zzzq", "pageup", "pagedown", "down", "enter"), ("up", "escape")])
async def test_moving_where_nothing_is(world: World, open_app: OpenApp, keys: tuple[str, ...]) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *keys)
        await settle(pilot)
        assert isinstance(app.screen, PaletteScreen if keys[-1] != "escape" else TodayScreen)


async def test_what_is_pasted_is_tame(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p")
        app.screen.query_one(Line).value = "A\x9b2J\u202eB\x1b[31m"
        await settle(pilot)
        assert not set("\x9b\x1b\u202e") & set(picture(app))


async def test_a_click_does_it(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"journal")
        await pilot.click(RowList, offset=(8, 0))
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)


def test_a_name_comes_before_words() -> None:
    named = [Named("Week", "The people of the week", "", "a"), Named("People", "Who is named", "", "b")]
    assert [item.label for item in matching(named, "peop")] == ["People", "Week"]
    assert matching(named, "xyz") == []
    assert matching(named, " ") == named


def _key(name: str) -> events.Key:
    return events.Key(name, None)
