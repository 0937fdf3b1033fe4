"""Finding, reading, editing and deleting in the screens; hostile text everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from journal_tui.model import Pillar
from journal_tui.store.journal import Journal
from journal_tui.store.storage import LogDB
from journal_tui.ui.app import JournalApp
from journal_tui.ui.screens.edit import EditScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.widgets.entry_list import EntryList
from journal_tui.ui.widgets.filter_bar import PillarBar
from journal_tui.ui.widgets.page import Line, Page
from journal_tui.world import World, open_world
from tests.store.sample import entry as made

from .conftest import MOMENT, TODAY, entry
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]

HOSTILE = (
    "a [/] b [@click=app.quit]click[/] [bold\n"
    "\x1b[2J\x1b]52;c;aGk=\x07 \x9b31m \x00 nul \x7f\n"
    "\u202eright to left\u202c \u200f \u2066x\u2069 \ufeff\n"
    "日本語 🙂 👨\u200d👩\u200d👧 e\u0301 \udc80 " + "long" * 60
)
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]")


def current(app: JournalApp) -> str:
    found = app.screen.query_one(EntryList).entry
    assert found
    return found.text


async def test_search_as_one_types(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "slash")
        app.screen.query_one("#search", Line).value = "ONIONS"
        await settle(pilot)
        assert "1 of 1 in this entry · 1 of 11 entries" in picture(app)
        assert "onions" in current(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "11 entries" in picture(app)


async def test_one_pillar_alone(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "2")
        await settle(pilot)
        assert "2 of 11 entries" in picture(app)
        await pilot.press("5", "slash")
        app.screen.query_one("#search", Line).value = "zebra"
        await settle(pilot)
        assert "No entry on accountability has “zebra”" in picture(app)
        await pilot.press("escape", "escape", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_chips_take_clicks(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j")
        await pilot.click(PillarBar, offset=(7, 0))
        await settle(pilot)
        assert "1 of 11 entries" in picture(app)


async def test_delete_and_undo(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j")
        gone = current(app)
        await pilot.press("d")
        await settle(pilot)
        assert current(app) != gone
        assert len(filled.journal.entries()) == 10
        await pilot.press("u")
        await settle(pilot)
        assert current(app) == gone
        assert len(filled.journal.entries()) == 11
        await pilot.press("U")
        await settle(pilot)
        assert current(app) != gone
        assert len(filled.journal.entries()) == 10
        await pilot.press("U")
        await settle(pilot)
        assert "nothing to do again" in said(app)


async def test_what_is_in_the_trash_is_not_said_to_be_unwritten(world: World, open_app: OpenApp) -> None:
    world.journal.imports.bring_in([made("e1", "Brought in.", day=TODAY)])
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "u")
        await settle(pilot)
        assert "nothing to undo" in said(app)
        await pilot.press("d")
        await settle(pilot)
        assert "The only entry is in the trash: u brings it back, t shows it." in picture(app)
        assert "Search" not in picture(app)
        await pilot.press("u")
        await settle(pilot)
        assert current(app) == "Brought in."
        assert "Search" in picture(app)


async def test_edit_is_kept_by_leaving_and_undone(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j")
        before = current(app)
        await pilot.press("e")
        await settle(pilot)
        await pilot.press(*"More. ", "escape")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "More." in current(app)
        await pilot.press("u")
        await settle(pilot)
        assert current(app) == before


async def test_an_unfinished_edit_comes_back(filled: World, open_app: OpenApp) -> None:
    newest = filled.journal.entries()[-1]
    filled.drafts.save_edit(newest.id, "what I was changing it to")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "1 change not finished" in picture(app)
        await pilot.press("j", "e")
        await settle(pilot)
        assert isinstance(app.screen, EditScreen)
        assert app.screen.query_one(Page).text == "what I was changing it to"
        await pilot.press("escape")
        await settle(pilot)
    assert filled.journal.get(newest.id).text == "what I was changing it to"
    assert filled.drafts.edits() == []


async def test_opening_an_edit_changes_nothing(world: World, open_app: OpenApp) -> None:
    made = entry(world, TODAY, HOSTILE + "\r\nmixed\rline\u2028ends")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "e")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
    assert Journal(world.paths.data).get(made.id) == made


async def test_what_another_program_adds_appears(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "escape")
        other = open_world(filled.paths, lambda: MOMENT + timedelta(minutes=1))
        entry(other, TODAY, "from the other terminal")
        await pilot.press("j")
        await settle(pilot)
        assert "from the other termin" in picture(app)
        assert "12 entries" in picture(app)


async def test_the_memory_of_this_day_opens(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert "First frost" in current(app)


async def test_a_narrow_terminal_shows_the_words_one_came_for(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert "Walked home the long way." in picture(app)
        await pilot.press("escape")
        assert "March 2025" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_hostile_text_is_shown_tame_everywhere(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    for ago in (365, 14, 7, 0):
        entry(world, TODAY - timedelta(ago), HOSTILE, pillar=Pillar.TRUST, tags=("\x1b[31mtag",))
    seen = []
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        seen.append(picture(app))
        for keys in (["j"], ["enter"], ["escape", "slash", *"nul"], ["enter", "e"], ["escape", "escape", "escape"]):
            await pilot.press(*keys)
            await settle(pilot)
            seen.append(picture(app))
        await pilot.press("i")
        await settle(pilot)
        seen.append(picture(app))
        await pilot.press("escape", "f")
        app.screen.query_one(Page).text = HOSTILE
        await pilot.pause(1.2)
        seen.append(picture(app))
        await pilot.press("ctrl+s")
        await settle(pilot)
        seen.append(picture(app))
    assert len(set(seen)) == len(seen) - 1  # Today twice
    for screen in seen:
        assert not RAW.search(screen.replace("\n", ""))
    assert world.journal.entries()[-1].text == HOSTILE


async def test_a_damaged_journal_is_said_and_left_alone(world: World, open_app: OpenApp) -> None:
    world.paths.data.mkdir(parents=True)
    damaged = world.paths.data / "journal.json"
    damaged.write_text('{"entries": {')
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert "is damaged" in picture(app)
        await pilot.press("enter", "p", "j")
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
    assert damaged.read_text() == '{"entries": {'


async def test_the_palette_offers_our_commands_alone(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        names = [named.label for named in app.named()]
    assert "Write" in names
    assert "Theme: paper" in names
    assert len(names) == len(set(names))


ODD_ENDS = "a\u2028b\x0cc\x85d\x0be\r\nf\rg\nh"


async def test_an_edit_changes_only_what_was_edited(world: World, open_app: OpenApp) -> None:
    made = entry(world, TODAY, ODD_ENDS)
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "e")
        await settle(pilot)
        app.screen.query_one(Page).move_cursor((0, 0))
        await pilot.press("X", "escape")
        await settle(pilot)
    assert world.journal.get(made.id).text == f"X{ODD_ENDS}"


async def test_an_emptied_entry_goes_to_the_trash(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "e")
        await settle(pilot)
        app.screen.query_one(Page).text = ""
        await pilot.press("escape")
        await settle(pilot)
        assert "in the trash" in said(app)
        assert len(filled.journal.entries()) == 10
        await pilot.press("u")
        await settle(pilot)
    assert len(filled.journal.entries()) == 11


async def test_an_edit_does_not_overwrite_what_another_program_changed(filled: World, open_app: OpenApp) -> None:
    newest = filled.journal.entries()[-1]
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "e")
        await settle(pilot)
        other = open_world(filled.paths, lambda: MOMENT)
        other.journal.replace(replace(newest, rating=1))
        await pilot.press("X", "escape")
        await settle(pilot)
        assert isinstance(app.screen, EditScreen)
        assert "changed elsewhere" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
    kept = filled.journal.get(newest.id)
    assert "X" in kept.text
    assert kept.rating == 1


async def test_two_windows_do_not_edit_one_entry(filled: World, open_app: OpenApp) -> None:
    other = open_world(filled.paths, lambda: MOMENT)
    other.drafts.take_edit(filled.journal.entries()[-1].id)
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "e")
        await settle(pilot)
        assert not isinstance(app.screen, EditScreen)
        assert "open in another window" in said(app)


async def test_undo_in_the_screens_takes_no_entry_away(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "u", "u", "u")
        await settle(pilot)
        assert "nothing to undo" in said(app)
    assert len(filled.journal.entries()) == 11


async def test_what_cannot_be_read_is_not_silently_missing(world: World, open_app: OpenApp) -> None:
    LogDB(world.paths.data).table("entries").insert_multiple([{"id": "$(reboot)"}, {"id": "x", "created": "never"}])
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "2 entries could not be read: journal-tui check shows them" in said(app)
        await pilot.press("j")
        await settle(pilot)
        assert "2 entries could not be read: journal-tui check shows them." in picture(app)
        entry(world, TODAY, "A walk.")
        await pilot.press("escape", "j")
        await settle(pilot)
        assert "1 entry · 2 could not be read" in picture(app)
