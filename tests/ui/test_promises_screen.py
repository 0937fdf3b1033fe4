"""Promises: seen by their day, answered, moved, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Answer, Commitment, Entry, Outcome, Status
from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.ask import DayScreen, PickScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.promises import PromisesScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.views.promises import ANSWERED, DUE, NO_DAY, TO_COME, grouped
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.row_list import RowList
from journal_tui.world import World

from .conftest import MOMENT, TODAY, ago, entry
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]


def promise(text: str, made: int, due: int | None = None, *outcomes: Outcome) -> Commitment:
    """Made so many days ago, due in so many."""
    name = f"sample{made:02}"
    day = None if due is None else TODAY + timedelta(due)
    return Commitment(
        id=f"{name}-p", entry=name, text=text, made=TODAY - timedelta(made), due=day, outcomes=tuple(outcomes)
    )


def said_of(ago: int, status: Status, again: int | None = None) -> Outcome:
    day = None if again is None else TODAY + timedelta(again)
    return Outcome(on=TODAY - timedelta(ago), status=status, ask_again=day)


LATE = promise("Bring the ladder back to Petra", 9, -2)
AGAIN = promise("Call Mum on Sunday", 5, -4, said_of(3, Status.NOT_YET, 0))
SOON = promise("Ask Jonas what he needs before the weekend, and wait for all of the answer", 2, 1)
LATER = promise("Ten minutes of cello", 12, -9, said_of(6, Status.NOT_YET, 20))
OPEN = promise("Read the letter to Ruth\x1b]52;c;aGk=\x07 [b]once[/] more", 4)
KEPT = promise("Water the onions", 20, -18, said_of(17, Status.KEPT))
LET_GO = promise("Learn the whole song", 40, -30, said_of(30, Status.NOT_YET, -27), said_of(2, Status.LET_GO))
PARTLY = promise("Fewer sighs at the sink", 30, -28, said_of(27, Status.PARTLY))
ALL = (LATE, AGAIN, SOON, LATER, OPEN, KEPT, LET_GO, PARTLY)


def keep(world: World, *promises: Commitment, text: str = "What I wrote that evening") -> None:
    entries = [
        Entry(id=p.entry, created=MOMENT, day=p.made, answers=(Answer(text=f"{text}: {p.text[:8]}" if text else ""),))
        for p in promises
    ]
    world.journal.imports.bring_in(entries, promises)


@pytest.fixture
def promised(world: World) -> World:
    """Eight promises, in every state there is."""
    keep(world, *ALL)
    return world


def kept(world: World, promise: Commitment) -> Commitment:
    """The promise as it is now."""
    return next(found for found in world.journal.promises.all() if found.id == promise.id)


async def come(app: JournalApp, pilot: object) -> None:
    await settle(pilot)  # type: ignore[arg-type]
    app.post_message(Go("promises"))
    await settle(pilot)  # type: ignore[arg-type]


async def test_open_ones_by_their_day_then_the_answered_latest_first(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await come(app, pilot)
        seen = picture(app)
        assert "5 open promises, 1 kept" in seen
        words = ["Due", "Bring the", "Call Mum", "Still to", "Ask Jonas", "Ten min", "Without", "Read the", "Looking"]
        words += ["Learn the", "Water the", "Fewer sighs"]
        assert [seen.index(word) for word in words] == sorted(seen.index(word) for word in words)
        for line in (
            "◉ Bring the ladder back to Petra",
            "○ Ask Jonas",
            "✓ Water the onions",
            "◐ Fewer sighs",
            "– Learn the whole song",
        ):
            assert line in seen
        assert "due today" in seen
        assert "kept, 23 February" in seen
        assert "\x1b" not in seen
        assert "[b]once[/]" in seen


async def test_signs_without_drawn_ones(promised: World, open_app: OpenApp) -> None:
    promised.settings = replace(promised.settings, plain_glyphs=True)
    app = open_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await come(app, pilot)
        seen = picture(app)
        for line in ("> * Bring", "o Ask", "o Read", "+ Water", "~ Fewer", "- Learn"):
            assert line in seen


async def test_all_of_one_stands_below(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("j", "j")
        assert "and wait for all of the answer" in " ".join(picture(app).split())
        assert "What I wrote that evening: Ask Jona" in picture(app)
        await pilot.press("k")
        assert "Monday 9 March 2026: not yet; to look at again Thursday 12 March 2026" in picture(app)
        await pilot.press("G", "g", "pagedown", "pageup")
        assert "Made Tuesday 3 March 2026, for Tuesday 10 March 2026" in picture(app)


@pytest.mark.parametrize(
    ("key", "status", "again"),
    [
        ("k", Status.KEPT, None),
        ("p", Status.PARTLY, None),
        ("n", Status.NOT_YET, TODAY + timedelta(3)),
        ("l", Status.LET_GO, None),
    ],
)
async def test_one_key_says_what_became_of_it(
    promised: World, open_app: OpenApp, key: str, status: Status, again: date | None
) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        assert "Undo" not in picture(app)
        await pilot.press("space")
        await settle(pilot)
        assert isinstance(app.screen, PickScreen)
        await pilot.press(key)
        await settle(pilot)
        assert kept(promised, LATE).outcomes == (Outcome(on=TODAY, status=status, ask_again=again),)
        assert said(app).startswith(status.value.capitalize())
        assert "u takes that back" in said(app)
        assert "▌ ◉ Call Mum" in picture(app)  # the next one has taken its place
        await pilot.press("u")
        await settle(pilot)
        assert kept(promised, LATE) == LATE
        assert "▌ ◉ Bring the ladder" in picture(app)
        assert "taken back" in said(app)
        await pilot.press("u")
        await settle(pilot)
    assert promised.journal.promises.all() == sorted(ALL, key=lambda p: (p.made, p.entry))


async def test_enter_alone_answers_nothing_and_esc_leaves_it(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("space", "enter", "x", "escape", "m", "enter", "escape")
        await settle(pilot)
        assert isinstance(app.screen, PromisesScreen)
        assert kept(promised, LATE) == LATE
        await pilot.press("space", "j", "j", "enter")
        await settle(pilot)
    assert kept(promised, LATE).status is Status.PARTLY


async def test_moved_to_a_day_in_words(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("j", "space", "m")
        await settle(pilot)
        assert isinstance(app.screen, DayScreen)
        for words, echo in (("frday", "not a date yet"), ("2026-03-01", "already past"), ("", "esc leaves")):
            app.screen.query_one(Line).value = words
            await pilot.press("enter")
            assert isinstance(app.screen, DayScreen)
            assert echo in picture(app)
        app.screen.query_one(Line).value = "friday"
        await pilot.pause()
        assert "Friday 13 March 2026" in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "comes up again tomorrow" in said(app)
        assert "5 open" in picture(app)
        await pilot.press("u")
        await settle(pilot)
        assert kept(promised, AGAIN) == AGAIN
        await pilot.press("g", "m")
        app.screen.query_one(Line).value = "in ten days"
        await pilot.press("enter")
        await settle(pilot)
    moved = Outcome(on=TODAY, status=Status.NOT_YET, ask_again=TODAY + timedelta(10))
    assert kept(promised, LATE) == replace(LATE, outcomes=(moved,))


async def test_undo_takes_back_the_answer_and_nothing_that_came_after(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Go("promises"))
        await settle(pilot)
        await pilot.press("space", "k")
        await settle(pilot)
        assert kept(promised, LATE).status is Status.KEPT
        later = entry(ago(promised, minutes=-5), TODAY, "Written in another window meanwhile.")
        await pilot.press("u")
        await settle(pilot)
    assert kept(promised, LATE).status is None
    assert promised.journal.get(later.id).text == "Written in another window meanwhile."


async def test_an_answered_one_can_be_answered_otherwise_but_not_twice_the_same(
    promised: World, open_app: OpenApp
) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("G", "space", "k")
        await settle(pilot)
        await pilot.press("g", *"jjjjj", "space", "k")  # the same one, on top of the answered now
        await settle(pilot)
        assert "as it says already" in said(app)
        assert kept(promised, PARTLY).outcomes == (*PARTLY.outcomes, said_of(0, Status.KEPT))
        await pilot.press("u")
        await settle(pilot)
        assert kept(promised, PARTLY) == PARTLY


async def test_enter_reads_the_entry_and_comes_back(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("j", "space", "k")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "What I wrote that evening: Ask Jona" in picture(app)
        await pilot.press("d", "escape")
        await settle(pilot)
        assert isinstance(app.screen, PromisesScreen)
        assert "3 open promises, 2 kept" in picture(app)
        assert "Ask Jonas" not in picture(app)
        await pilot.press("u")  # it is no longer the last change: nothing is taken back from here
        await settle(pilot)
    assert len(promised.journal.trash.all()) == 1
    assert kept(promised, AGAIN).status is Status.KEPT


async def test_a_click_goes_there_and_another_opens_it(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.click(RowList, offset=(10, 5))
        await settle(pilot)
        assert "▌ ○ Ask Jonas" in picture(app)
        await pilot.click(RowList, offset=(10, 4))  # a heading
        await settle(pilot)
        assert "▌ ○ Ask Jonas" in picture(app)
        await pilot.click(RowList, offset=(10, 5))
        await settle(pilot)
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)


async def test_a_page_without_other_words_is_not_opened(world: World, open_app: OpenApp) -> None:
    keep(world, LATE, text="")
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PromisesScreen)
        assert "without other words" in said(app)


async def test_nothing_promised_yet(filled: World, open_app: OpenApp) -> None:
    filled.journal.delete([filled.journal.promises.all()[0].entry])
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        assert "No promise is here yet" in picture(app)
        await pilot.press("space", "m", "enter", "u", "tab", "j", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_insights_lead_here_and_tell_what_was_answered(promised: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("space", "k")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert re.search(r"kept .* 2 of 8", picture(app))


DAYS = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days))
OUTCOMES = st.builds(Outcome, on=DAYS, status=st.sampled_from(Status), ask_again=st.none() | DAYS)
PROMISES = st.lists(
    st.builds(
        Commitment,
        id=st.uuids().map(str),
        entry=st.just("e"),
        text=st.text(max_size=3),
        made=DAYS,
        due=st.none() | DAYS,
        outcomes=st.lists(OUTCOMES, max_size=2).map(tuple),
    ),
    max_size=12,
)


@given(PROMISES)
def test_every_promise_stands_in_its_group_once(promises: list[Commitment]) -> None:
    groups = grouped(promises, TODAY)
    assert sorted(p.id for group in groups.values() for p in group) == sorted(p.id for p in promises)
    assert [heading for heading in (DUE, TO_COME, NO_DAY, ANSWERED) if heading in groups] == list(groups)
    assert {p.id for p in groups.get(DUE, ())} == {p.id for p in promises if p.is_due(TODAY)}
    assert {p.id for p in groups.get(ANSWERED, ())} == {p.id for p in promises if not p.is_open}
    days = [p.outcomes[-1].on for p in groups.get(ANSWERED, ())]
    assert days == sorted(days, reverse=True)
