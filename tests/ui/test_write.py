"""Writing a session in the screens."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from textual import events
from textual.pilot import Pilot

from journal_tui.model import Pillar, Status
from journal_tui.store.device import device_name
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.keeper import Keeper
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.widgets.page import Line, Page
from journal_tui.world import World, open_world

from .conftest import MOMENT, TODAY
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]


def page(app: JournalApp) -> Page:
    return app.screen.query_one(Page)


async def to_the_end(pilot: Pilot[Closed]) -> None:
    """Tab through whatever is left."""
    for _ in range(20):
        screen = pilot.app.screen
        if isinstance(screen, WriteScreen) and screen.query_one("#ending").display:
            break
        await pilot.press("tab")
    await settle(pilot)


async def test_three_keys_to_the_first_word(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "h", "i")
        assert page(app).text == "hi"


async def test_a_quick_hand_is_not_lost(open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        app.screen.post_message(TodayScreen.Failed(""))  # before the day was read
        app.screen.action_write()  # type: ignore[attr-defined]
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)


async def test_a_whole_session_is_kept(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        text = "Anna and I agreed on a plan for the garden, and we decided it together."
        page(app).text = text
        await pilot.press("tab")
        await to_rating(pilot)
        await pilot.press("4")
        await pilot.press(*"tea with Anna", "tab", *"friday", "enter")
        await settle(pilot)
        assert "kept." in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    [entry] = world.journal.entries()
    assert entry.answers[0].text == text
    assert entry.answers[0].ask
    assert entry.answers[0].prompt.startswith("respect/")
    assert (entry.pillar, entry.rating, entry.day) == (Pillar.RESPECT, 4, TODAY)
    [promise] = world.journal.promises.all()
    assert (promise.text, promise.due, promise.entry) == ("tea with Anna", TODAY + timedelta(1), entry.id)
    assert world.drafts.waiting({}) == ([], [])


async def to_rating(pilot: Pilot[Closed]) -> None:
    for _ in range(20):
        if "How far did you" in picture(pilot.app):
            return
        await pilot.press("tab")
    raise AssertionError("no rating within twenty steps")


async def test_the_draft_follows_the_typing(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        page(app).text = "half a thought"
        await asyncio.sleep(2.0)
        [path] = world.paths.drafts.glob("*.json")
        assert "half a thought" in path.read_text()
        assert path.stat().st_mode & 0o777 == 0o600


async def test_a_stopped_session_goes_on_where_it_was(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        page(app).text = "the first answer"
        await pilot.press("tab")
        page(app).text = "the second, half"
        await pilot.press("escape")
        await settle(pilot)
        assert world.journal.entries() == []
    later = JournalApp(open_world(world.paths, lambda: MOMENT + timedelta(days=2)))
    async with later.run_test() as pilot:
        await settle(pilot)
        assert "You stopped here" in picture(later)
        await pilot.press("enter")
        assert page(later).text == "the second, half"
        await pilot.press("shift+tab")
        assert page(later).text == "the first answer"


async def test_back_and_skip_keep_every_word(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "tab")
        page(app).text = "only the second"
        await pilot.press("shift+tab", "tab")
        assert page(app).text == "only the second"
        await pilot.press("ctrl+s")
        await settle(pilot)
    [entry] = world.journal.entries()
    assert entry.text == "only the second"
    assert entry.answers[0].skipped


async def test_nothing_written_keeps_nothing_to_read(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "tab", "tab", "tab")
        await settle(pilot)
        assert "Nothing was written" in picture(app)
    assert all(entry.is_blank for entry in world.journal.entries())


async def test_a_due_promise_is_asked_about_first(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "Call Mum on Sunday" in picture(app)
        await pilot.press("enter")
        assert "Did it happen?" in picture(app)
        await pilot.press("n", *"It rained.", "ctrl+s")
        await settle(pilot)
    [promise] = filled.journal.promises.all()
    assert promise.status is Status.NOT_YET
    assert promise.is_open
    assert not promise.is_due(TODAY)
    assert promise.is_due(TODAY + timedelta(3))


async def test_a_date_that_is_none_is_told_and_keeps_the_words(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", *"words")
        await to_rating(pilot)
        await pilot.press("tab", *"tea", "tab", *"blursday", "enter")
        await settle(pilot)
        assert not app.screen.query_one("#ending").display
        assert "not a date yet" in picture(app)
        assert app.screen.query_one("#promise-text", Line).value == "tea"
        app.screen.query_one("#promise-due", Line).value = "tomorrow"
        await pilot.press("enter")
        await settle(pilot)
    assert world.journal.promises.all()[0].due == TODAY + timedelta(1)


async def test_any_pillar_can_be_chosen(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("p", *["j"] * 5, "enter")
        await settle(pilot)
        await pilot.press(*"yes", "ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[0].pillar is Pillar.TRUST


async def test_an_own_pack_can_be_chosen(world: World, open_app: OpenApp) -> None:
    world.paths.packs.mkdir(parents=True)
    (world.paths.packs / "walks.yaml").write_text(
        "id: walks\ntitle: Walks\nprompts:\n  - id: first\n    ask: Where did you walk?\n"
    )
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("p")
        assert "Walks" in picture(app)
        await pilot.press(*["j"] * 10, "enter")
        await settle(pilot)
        assert "Where did you walk?" in picture(app)


async def test_a_broken_pack_is_told_and_left_out(world: World, open_app: OpenApp) -> None:
    world.paths.packs.mkdir(parents=True)
    (world.paths.packs / "bad.yaml").write_text("id: bad\ntitle: [\n")
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "bad.yaml, line 3: not valid YAML" in said(app)
        assert "Left out" in said(app)
        await pilot.press("enter", *"still works", "ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[0].text == "still works"


async def test_a_megabyte_in_one_answer_is_kept_exactly(world: World, open_app: OpenApp) -> None:
    text = ("A sentence that goes on. 日本語 🙂 \x1b[31m\n" * 30000)[:1_000_000]
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f")
        page(app).text = text
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[0].text == text


async def test_a_folder_that_cannot_be_written_is_told_before_writing(world: World, open_app: OpenApp) -> None:
    world.paths.data.parent.mkdir(parents=True)
    world.paths.data.write_text("a file in the folder's place")
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert not isinstance(app.screen, WriteScreen)
        assert "is a file, a folder is needed there" in " ".join(picture(app).split())


async def test_words_that_cannot_be_saved_are_not_left_quietly(
    world: World, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        page(app).text = "precious"
        with monkeypatch.context() as full:
            full.setattr(os, "fsync", _no_room)
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, WriteScreen)
            assert "Not saved" in said(app)
            assert "the draft cannot be saved" in picture(app)
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert world.journal.entries() == []
        await pilot.press("enter")
        await settle(pilot)
    assert world.journal.entries()[0].text == "precious"


def _no_room(handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


async def test_typing_on_after_a_one_key_answer_loses_nothing(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", *"words")
        await to_rating(pilot)
        for key in "4call":  # as fast as they come, before the next step is drawn
            app.post_message(events.Key(key, key))
        await settle(pilot)
        await settle(pilot)
        assert app.screen.query_one("#promise-text", Line).value == "call"


async def test_letters_on_the_last_page_do_nothing(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f", *"Today was hard.", "ctrl+s")
        await settle(pilot)
        await pilot.press(*"just did")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
    assert len(filled.journal.entries()) == 12


async def test_a_free_page_asks_about_no_promise(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f", *"line")
        assert page(app).text == "line"


async def test_a_draft_open_in_another_window_is_not_opened_twice(world: World, open_app: OpenApp) -> None:
    first = open_world(world.paths, lambda: MOMENT)
    session = first.begin(None).write("in the other window")
    app = open_app()
    async with app.run_test() as pilot:
        first.drafts.save(session)
        first.drafts.release(session.id)
        await settle(pilot)
        app.screen.look_again()  # type: ignore[attr-defined]
        await settle(pilot)
        first.take(session)
        await pilot.press("enter")
        await settle(pilot)
        assert not isinstance(app.screen, WriteScreen)
        assert "open in another window" in said(app)


async def test_a_draft_that_grew_after_its_entry_was_kept_is_not_lost(world: World, open_app: OpenApp) -> None:
    session = world.begin(None).write("kept")
    world.keep(session)
    world.drafts.save(session.write("kept, and more"))
    world.drafts.release(session.id)
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", "ctrl+s")
        await settle(pilot)
    assert [entry.text for entry in world.journal.entries()] == ["kept, and more"]


async def test_a_promise_with_escapes_is_shown_tame_and_kept_exactly(world: World, open_app: OpenApp) -> None:
    raw = "call \x1b]52;c;aGk=\x07 \u202eMum"
    session = world.begin(Pillar.TRUST).write("words")
    while session.step.id != "promise":
        session = session.forward()
    world.drafts.save(session.promise(raw, "tomorrow"))
    world.drafts.release(session.id)
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        shown = app.screen.query_one("#promise-text", Line).value
        assert "Mum" in shown
        assert not set(shown) & set("\x1b\x07\u202e")
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert [promise.text for promise in world.journal.promises.all()] == [raw]


def test_an_older_state_never_replaces_a_newer_one(world: World) -> None:
    keeper = Keeper(world)
    session = world.begin(None)
    early, late = keeper.number(), keeper.number()
    keeper.save(session.write("first and second"), late)
    keeper.save(session.write("first"), early)
    assert world.drafts.take(session.id, {}).reply.text == "first and second"
    keeper.keep(session.write("first and second"))
    keeper.save(session.write("first and second"), keeper.number())
    assert world.waiting() == ([], [])


async def test_enter_does_not_answer_for_the_writer(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", *"words")
        await to_rating(pilot)
        await pilot.press("enter", "enter", "ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[0].rating is None


async def test_arrows_and_enter_choose(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter", *"words")
        await to_rating(pilot)
        await pilot.press("down", "down", "down", "enter", "ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[0].rating == 3


async def test_their_side_left_empty_is_told_to_the_mirror(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("p", "7")
        await settle(pilot)
        page(app).text = "Anna and I argued about the holiday. In the end I gave in and we agreed on June, her plan."
        await to_rating(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert "their_side_blank" in world.journal.entries()[0].signals


async def test_a_session_that_could_not_be_kept_is_kept_when_taken_up(world: World, open_app: OpenApp) -> None:
    world.journal.check_writable()
    in_the_way = world.paths.data / f"{device_name()}.log"
    async with (app := open_app()).run_test() as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        page(app).fill("Once only.")
        in_the_way.mkdir()
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Your words are safe in the draft. Enter tries again." in " ".join(picture(app).split())
        await pilot.press("escape")
        await settle(pilot)
    in_the_way.rmdir()
    async with (app := open_app()).run_test() as pilot:
        await settle(pilot)
        assert picture(app).count("Once only.") == 1
        await pilot.press("enter")
        await settle(pilot)
    assert [entry.text for entry in world.journal.entries()] == ["Once only."]
    assert world.waiting() == ([], [])
