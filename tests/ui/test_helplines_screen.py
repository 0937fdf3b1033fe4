"""Who to call, as a screen: the country of one's own first, another one behind a key, and no journal needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.helplines import HelplinesScreen
from journal_tui.ui.screens.unlock import UnlockScreen
from journal_tui.world import World

from .conftest import ago
from .golden import picture, settle

OpenApp = Callable[[], JournalApp]


async def test_ones_own_country_then_another(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    app = open_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        app.post_message(Go("helplines"))
        await settle(pilot)
        assert "In danger: 112, police 133" in picture(app)
        assert "142 · TelefonSeelsorge" in picture(app)
        await pilot.press("c", "s", "s")
        assert "▌ South Africa" in picture(app)
        await pilot.press("escape")
        assert "TelefonSeelsorge" in picture(app)
        await pilot.press("c", "p", "down", "enter")
        await settle(pilot)
        assert "1411 · Linha Nacional" in picture(app)
        await pilot.press("end")
        await settle(pilot)
        assert "Looked up 20" in picture(app)
        await pilot.press("escape")
        assert not isinstance(app.screen, HelplinesScreen)


async def test_without_a_country_one_is_chosen_first(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 50)) as pilot:
        await settle(pilot)
        app.post_message(Go("helplines"))
        await settle(pilot)
        assert "▌ Argentina" in picture(app)
        await pilot.press("m", "m")
        assert "▌ My country is not here" in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "In danger" not in picture(app)
        assert "findahelpline.com" in picture(app)


async def test_it_opens_beside_a_closed_journal(filled: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_IE.UTF-8")
    filled.set_passphrase("kettle and rain")
    app = JournalApp(ago(filled))
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        app.post_message(Go("helplines"))
        await settle(pilot)
        assert "116 123 · Samaritans" in picture(app)
        await pilot.press("escape")
        assert isinstance(app.screen, UnlockScreen)


async def test_a_broken_file_is_told_on_the_page_and_nothing_in_it_reaches_the_terminal_raw(
    world: World, open_app: OpenApp
) -> None:
    world.paths.config.mkdir(parents=True)
    (world.paths.config / "help.yaml").write_text('opening: "\\e]0;x\\a [/] bold"\n')
    app = open_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        app.post_message(Go("helplines"))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "Your own list was left out" in picture(app)
        assert "\x1b" not in picture(app)
