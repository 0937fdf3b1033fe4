"""A closed journal asks for its passphrase; setting, changing and removing it; closing by key and by waiting."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual import events
from textual.pilot import Pilot

from journal_tui.files import locked
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.screens.edit import EditScreen
from journal_tui.ui.screens.passphrase import PassphraseScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.screens.unlock import UnlockScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.widgets.page import Page
from journal_tui.ui.widgets.secret import Secret
from journal_tui.world import World, open_world

from .conftest import MOMENT, TODAY, entry
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]
WORDS = "kettle and rain"


def anew(world: World) -> World:
    """The same journal as another process finds it."""
    return open_world(world.paths, lambda: MOMENT)


@pytest.fixture
def closed(filled: World) -> World:
    """An encrypted journal whose passphrase was not given yet."""
    filled.set_passphrase(WORDS)
    return anew(filled)


class Waiting:
    """A clock in seconds that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def palette(app: JournalApp) -> list[str]:
    return [named.label for named in app.named()]


# -- unlocking -------------------------------------------------------------------------------------


async def test_the_passphrase_opens_the_journal(closed: World) -> None:
    app = JournalApp(closed)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert "Call Mum" not in picture(app)
        await pilot.press(*WORDS, "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert "Call Mum" in picture(app)
        await pilot.press("j")
        await settle(pilot)
        assert "11 entries" in picture(app)


async def test_a_wrong_one_is_told_in_a_line_and_the_next_tried(closed: World) -> None:
    app = JournalApp(closed)
    async with app.run_test() as pilot:
        await pilot.press(*"kettle", "enter")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert "does not open the journal" in picture(app)
        assert app.screen.query_one(Secret).value == "kettle"
        await pilot.press(*WORDS, "enter")  # typing begins anew
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_what_is_typed_is_never_shown_nor_copied(closed: World) -> None:
    app = JournalApp(closed)
    async with app.run_test() as pilot:
        await pilot.press(*"kettle", "shift+home", "ctrl+c", "ctrl+x")
        assert "kettle" not in picture(app)
        assert app.clipboard == ""


async def test_escape_clears_and_then_leaves(closed: World) -> None:
    app = JournalApp(closed)
    async with app.run_test() as pilot:
        await pilot.press(*"quite wrong", "escape")
        assert isinstance(app.screen, UnlockScreen)
        assert app.screen.query_one(Secret).value == ""
        await pilot.press("escape")
        await pilot.pause()
    assert not app.is_running
    assert app.return_value is None


async def test_nothing_but_opening_is_offered_while_it_is_closed(closed: World) -> None:
    app = JournalApp(closed)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert not {"Lock", "Set a passphrase", "Change the passphrase", "Remove the passphrase"} & {*palette(app)}


def test_the_first_picture_waits_for_no_cryptography(closed: World) -> None:
    script = f"""
import asyncio, sys
from pathlib import Path
from journal_tui.paths import find_paths
from journal_tui.ui.app import JournalApp
from journal_tui.world import open_world

async def main():
    app = JournalApp(open_world(find_paths(Path({str(closed.paths.config)!r}))))
    async with app.run_test() as pilot:
        await pilot.press(*"abc")
        print(*sorted(name for name in sys.modules if name in ("cryptography", "tinydb", "yaml")))

asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout == "\n"


# -- setting, changing, removing -------------------------------------------------------------------


async def test_a_passphrase_is_offered_until_something_is_written(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "Protect it with a passphrase" in picture(app)
        assert "s  If you wish" in picture(app)
        await pilot.press("f", *"words", "ctrl+s", "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert "assphrase" not in picture(app)
        await pilot.press("s")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        assert "Set a passphrase" in palette(app)


async def fill(pilot: Pilot[Closed], *lines: str) -> None:
    """Types into the lines of the passphrase screen, one after the other."""
    for line in lines:
        await pilot.press(*line, "enter")
    await settle(pilot)


async def test_it_is_set_when_typed_twice_alike(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("s", "enter")
        assert "This line is empty" in picture(app)
        await pilot.press("k")
        assert "Short ones are guessed quickly" in picture(app)
        await fill(pilot, WORDS[1:], "kettle")
        assert isinstance(app.screen, PassphraseScreen)
        assert "guessed quickly" not in picture(app)
        assert "not the same" in picture(app)
        assert not world.has_passphrase
        await fill(pilot, WORDS)
        assert isinstance(app.screen, TodayScreen)
        assert "encrypted" in said(app)
        assert "assphrase" not in picture(app)
        entry(world, TODAY, "behind the door")
    other = anew(world)
    assert other.is_locked
    other.unlock(WORDS)
    assert [e.text for e in other.journal.entries()] == ["behind the door"]


async def test_it_is_changed(closed: World) -> None:
    closed.unlock(WORDS)
    app = JournalApp(closed)
    async with app.run_test() as pilot:
        await settle(pilot)
        await run_command(pilot, "Change the passphrase")
        await fill(pilot, "kettle", "robin on a spade", "robin on a spade")
        assert "does not open the journal" in picture(app)
        await fill(pilot, WORDS)
        assert isinstance(app.screen, TodayScreen)
    other = anew(closed)
    other.unlock("robin on a spade")
    assert len(other.journal.entries()) == 11


async def test_only_who_knows_it_removes_it(closed: World) -> None:
    closed.unlock(WORDS)
    app = JournalApp(closed)
    async with app.run_test() as pilot:
        await settle(pilot)
        await run_command(pilot, "Remove the passphrase")
        await fill(pilot, "kettle")
        assert "does not open the journal" in picture(app)
        assert anew(closed).is_locked
        await fill(pilot, WORDS)
        assert isinstance(app.screen, TodayScreen)
    other = anew(closed)
    assert not other.is_locked
    assert len(other.journal.entries()) == 11


async def run_command(pilot: Pilot[Closed], title: str) -> None:
    """As chosen in the palette."""
    app = pilot.app
    assert isinstance(app, JournalApp)
    app.do(next(named for named in app.named() if named.label == title))
    await settle(pilot)


async def test_beside_an_open_page_it_is_not_offered(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f", *"words")
        assert "Set a passphrase" not in palette(app)


async def test_a_conversion_under_way_is_not_left(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await run_command(pilot, "Set a passphrase")
        await pilot.press(*WORDS, "enter", *WORDS)
        with locked(filled.paths.data / "lock"):  # another program is writing: the conversion waits for it
            await pilot.press("enter", "escape", "ctrl+l", "ctrl+q")
            await pilot.pause(0.3)
            assert isinstance(app.screen, PassphraseScreen)
            assert "Encrypting" in picture(app)
            assert "One moment" in said(app)
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    assert anew(filled).is_locked


# -- closing ---------------------------------------------------------------------------------------


@pytest.fixture
def opened(closed: World) -> World:
    closed.unlock(WORDS)
    return closed


async def test_the_lock_key_says_how_to_set_one(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+l")
        assert "Set a passphrase" in said(app)
        assert app.is_running


@pytest.mark.parametrize("keys", [[], ["j"], ["j", "h"], ["j", "t"], ["i"], ["p"], ["question_mark"], ["ctrl+p"]])
async def test_the_lock_key_works_everywhere(opened: World, keys: list[str]) -> None:
    app = JournalApp(opened)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        await pilot.press("ctrl+l")
        await pilot.pause()
    assert app.return_value is Closed.ASKED


async def test_an_open_page_is_a_draft_before_the_journal_closes(opened: World) -> None:
    app = JournalApp(opened)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f", *"half a thought", "ctrl+l")
        await pilot.pause()
    assert app.return_value is Closed.ASKED
    assert all(b"half a thought" not in file.read_bytes() for file in opened.paths.data.rglob("*") if file.is_file())
    other = anew(opened)
    other.unlock(WORDS)
    opened.drafts.release(opened.waiting()[0][0].id)
    assert [draft.word_text for draft in other.waiting()[0]] == ["half a thought"]


async def test_the_last_letter_before_the_lock_key_is_kept(opened: World) -> None:
    app = JournalApp(opened)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f")
        for key in ("a", "b", "c", "d", "e", "ctrl+l"):  # as fast as a terminal hands them over
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause(0.2)
    assert app.return_value is Closed.ASKED
    assert [draft.word_text for draft in opened.waiting()[0]] == ["abcde"]


async def test_an_open_edit_is_kept_before_the_journal_closes(opened: World) -> None:
    app = JournalApp(opened)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "e")
        await settle(pilot)
        assert isinstance(app.screen, EditScreen)
        app.screen.query_one(Page).text = "what it should say"
        await pilot.press("ctrl+l")
        await pilot.pause()
    assert app.return_value is Closed.ASKED
    other = anew(opened)
    other.unlock(WORDS)
    assert other.drafts.edit_of(other.drafts.edits()[0]) == "what it should say"


async def test_words_that_cannot_be_kept_are_not_closed_away(opened: World, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting()
    app = JournalApp(opened, clock=waiting)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("f", *"precious")
        with monkeypatch.context() as full:
            full.setattr(os, "fsync", _no_room)
            await pilot.press("ctrl+l")
            await settle(pilot)
            assert "Not saved" in said(app)
            waiting.at += 16 * 60
            await pilot.press("x")
            await settle(pilot)
            assert isinstance(app.screen, WriteScreen)
            assert app.screen.query_one(Page).text == "preciousx"
        waiting.at += 16 * 60
        await pilot.press("y")
        await pilot.pause()
    assert app.return_value is Closed.IDLE


def _no_room(handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


async def test_it_closes_when_no_key_was_pressed_for_long(opened: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal_tui.ui.leaving.IDLE_CHECK_SECONDS", 0.05)
    waiting = Waiting()
    app = JournalApp(opened, clock=waiting)
    async with app.run_test() as pilot:
        await settle(pilot)
        waiting.at += 14 * 60
        await pilot.press("f", *"words")
        waiting.at += 14 * 60
        await pilot.pause(0.2)
        assert isinstance(app.screen, WriteScreen)
        await pilot.hover("#page")
        waiting.at += 14 * 60
        await pilot.pause(0.2)
        assert app.is_running
        waiting.at += 61
        await pilot.pause(0.2)
    assert app.return_value is Closed.IDLE


async def test_a_key_after_a_long_sleep_reaches_no_page(opened: World) -> None:
    waiting = Waiting()
    app = JournalApp(opened, clock=waiting)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        waiting.at += 8 * 3600
        await pilot.press("d")
        await pilot.pause()
    assert app.return_value is Closed.IDLE
    assert len(opened.journal.entries()) == 11


@pytest.mark.parametrize(("minutes", "encrypted"), [(0, True), (15, False)])
async def test_it_stays_open_when_told_to_or_without_a_passphrase(filled: World, minutes: int, encrypted: bool) -> None:
    if encrypted:
        filled.set_passphrase(WORDS)
    waiting = Waiting()
    settings = replace(filled.settings, lock_after=minutes)
    app = JournalApp(replace(filled, settings=settings), clock=waiting)
    async with app.run_test() as pilot:
        await settle(pilot)
        waiting.at += 24 * 3600
        await pilot.press("j")
        await settle(pilot)
        assert app.is_running


async def test_it_says_why_it_is_closed(closed: World) -> None:
    app = JournalApp(replace(closed, settings=replace(closed.settings, lock_after=1)), closed=Closed.IDLE)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "Closed after 1 minute without a key." in picture(app)
