"""Settings: a choice holds at once and is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from journal_tui.model import Pace, Pillar
from journal_tui.settings import SCHEMA, Settings, read_settings
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.packs import PacksScreen
from journal_tui.ui.screens.passphrase import PassphraseScreen
from journal_tui.ui.screens.settings import SettingsScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.views.settings import details, look, rows, stepped
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.row_list import RowList
from journal_tui.world import World, open_world

from .conftest import MOMENT
from .golden import picture, said, settle


@asynccontextmanager
async def at(
    world: World, row: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[JournalApp, Pilot[Closed]]]:
    """The app on its settings, with the cursor on a row."""
    app = JournalApp(world)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Go("settings"))
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        screen.show_view(row)
        await settle(pilot)
        assert screen.at == row
        yield app, pilot


def kept(world: World) -> Settings:
    settings, faults = read_settings(world.paths.settings)
    assert faults == []
    return settings


async def test_a_theme_is_worn_at_once_and_kept(world: World) -> None:
    async with at(world, "theme") as (app, pilot):
        await pilot.press("right", "space")
        assert app.theme == "paper"
        assert kept(world).theme == "paper"
        await pilot.press("left")
        assert app.theme == "dusk"
        await pilot.press("d")
        assert kept(world).theme == "auto"
        assert "• Theme" not in picture(app)


async def test_plain_signs_are_shown_at_once(world: World) -> None:
    async with at(world, "plain_glyphs") as (app, pilot):
        assert "▌   Plain signs" in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "> * Plain signs" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "R  Respect" in picture(app)


async def test_less_motion_holds_at_once(world: World) -> None:
    async with at(world, "reduced_motion") as (app, pilot):
        await pilot.press("space")
        assert app.animation_level == "none"
        await pilot.press("space")
        assert app.animation_level != "none"


async def test_the_time_for_a_session_is_that_of_today(filled: World) -> None:
    async with at(filled, "time") as (app, pilot):
        await pilot.press("right")
        assert kept(filled).time == Pace.LONG
        await pilot.press("escape")
        await settle(pilot)
        assert "As long as it takes" in picture(app)


async def test_numbers_and_words_can_be_typed(world: World) -> None:
    async with at(world, "lock_after") as (app, pilot):
        await pilot.press("enter")
        await settle(pilot)
        line = app.screen.query_one(Line)
        line.value = "300"
        await pilot.press("enter")
        assert "Close after should be a whole number from 0 to 240" in picture(app)
        line.value = "30"
        await pilot.press("enter")
        await settle(pilot)
        assert kept(world).lock_after == 30
        assert world.settings.lock_after == 30
        await pilot.press("right")
        assert kept(world).lock_after == 35
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert kept(world).lock_after == 35


async def test_a_file_with_faults_is_left_alone(world: World) -> None:
    world.paths.config.mkdir(parents=True, exist_ok=True)
    world.paths.settings.write_text("focus: trst\n")
    async with at(open_world(world.paths, lambda: MOMENT), "theme", size=(80, 40)) as (app, pilot):
        assert "! settings.yaml, line 1: focus cannot be" in picture(app)
        await pilot.press("right")
        await settle(pilot)
        assert "put this right in the file first" in said(app)
        assert app.theme == "dusk"
    assert world.paths.settings.read_text() == "focus: trst\n"


@pytest.mark.parametrize(("row", "screen"), [("passphrase", PassphraseScreen), ("packs", PacksScreen)])
async def test_rows_that_lead_elsewhere(world: World, row: str, screen: type) -> None:
    async with at(world, row) as (app, pilot):
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, screen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        assert app.screen.at == row


async def test_a_passphrase_can_be_changed_or_removed_from_here(world: World) -> None:
    world.set_passphrase("kettle and rain")
    async with at(world, "passphrase") as (app, pilot):
        for key, title in (("c", "Change the passphrase"), ("r", "Remove the passphrase")):
            await pilot.press("enter", key)
            await settle(pilot)
            assert isinstance(app.screen, PassphraseScreen)
            assert title in picture(app)
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, SettingsScreen)


async def test_a_click_changes_the_row_under_the_cursor(world: World) -> None:
    async with at(world, "shuffled") as (app, pilot):
        rows = app.screen.query_one(RowList)
        y = next(y for y in range(rows.size.height) if "Pillars shuffled" in rows.render_line(y).text)
        await pilot.click(RowList, offset=(10, y))
        await settle(pilot)
        assert kept(world).shuffled


async def test_the_palette_leads_here_and_keeps_a_theme(world: World) -> None:
    app = JournalApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        commands = {named.label: named for named in app.named()}
        app.do(commands["Theme: night"])
        await settle(pilot)
        assert app.theme == kept(world).theme == "night"
        app.do(commands["Settings"])
        await settle(pilot)
        assert isinstance(app.screen, SettingsScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


# -- without a screen ------------------------------------------------------------------------------


def test_every_setting_has_a_row_and_something_to_say(world: World) -> None:
    view = look(world)
    found = {row.id: row for row in rows(view)}
    assert set(SCHEMA) <= set(found)
    for id in filter(None, found):
        assert details(view, id)
    assert found["time"].aside == "ten minutes"
    assert found["lock_after"].aside == "15 min"
    assert found["day_starts_at"].aside == "04:00"
    assert found["focus"].aside == "none"
    assert found["editor"].aside == "as $EDITOR says"


def test_the_choice_is_marked_among_the_others(world: World) -> None:
    world.settings = Settings(focus=Pillar.TRUST)
    block = details(look(world), "focus")[2]
    (start, end, _), *more = block.marks
    assert block.text[start:end] == "trust"
    assert not more


def test_steps_go_round_choices_and_stop_at_the_end_of_a_range(world: World) -> None:
    world.settings = Settings(time=Pace.LONG, lock_after=239, day_starts_at=0, focus=Pillar.RESPECT)
    view = look(world)
    assert stepped(view, SCHEMA["time"], 1) == Pace.SHORT
    assert stepped(view, SCHEMA["lock_after"], 1) == 240
    assert stepped(view, SCHEMA["day_starts_at"], -1) == 0
    assert stepped(view, SCHEMA["focus"], -1) == "none"
    assert stepped(view, SCHEMA["shuffled"], -1) is True


def test_what_is_amiss_in_any_file_of_ones_own_is_listed(world: World) -> None:
    world.paths.packs.mkdir(parents=True)
    world.paths.themes.mkdir()
    (world.paths.packs / "walks.yaml").write_text("id: walks\n")
    (world.paths.themes / "forest.yaml").write_text("based_on: dusk\nink: nonsense\n")
    world.paths.keymap.write_text("today.jornal: f5\n")
    world.paths.settings.write_text("theme: forest\nfocus: trst\n")
    view = look(open_world(world.paths, lambda: MOMENT))
    faults = [row for row in rows(view) if row.id.startswith("fault-")]
    files = dict.fromkeys(row.text.partition(",")[0] for row in faults)
    assert list(files) == ["settings.yaml", "keymap.yaml", "walks.yaml", "forest.yaml"]
    assert "none of the settings can be changed" in details(view, faults[0].id)[-1].text
    assert "all else holds" in details(view, faults[-1].id)[-1].text


def test_a_reminder_shows_the_line_for_cron(world: World) -> None:
    world.settings = Settings(remind_at="21:05")
    words = "\n".join(block.text for block in details(look(world), "remind_at"))
    assert "5 21 * * *  " in words
    assert f"--home {world.paths.config} remind --now" in words
