"""The week: what its days held, the weeks before, and the way into the guided look back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from journal_tui.model import Asked, Commitment, Entry, Outcome, Pillar, Status
from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.week import WeekScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.views.week import WeekRow, look, nothing, rows, say_span, week_of
from journal_tui.world import World

from .conftest import TODAY, entry
from .golden import picture, settle

OpenApp = Callable[[], JournalApp]


def text_of(row: WeekRow) -> str:
    return "".join(text for text, _ in row.parts).rstrip() + (f" | {row.aside}" if row.aside else "")


def shown(world: World, back: int = 0, *, width: int = 60, height: int = 40, plain: bool = False) -> list[str]:
    return [text_of(row) for row in rows(look(world, back), width, height, plain=plain)]


def test_seven_days_with_their_first_lines_and_silence_where_there_is_none(filled: World) -> None:
    assert [line for line in shown(filled) if line] == [
        "Fr  6",
        "Sa  7  ●  The call. Again. | 3 of 5",
        "       ▲  Forgot to call Mum on Sunday. The | 2 of 5",
        "          allotment was dry and I stayed too long.",
        "Su  8",
        "Mo  9",
        "Tu 10  ·  The allotment: two rows of onions, mud up",
        "          to the knees, and a robin on the spade.",
        "We 11  ⇄  Ruth wanted June, I wanted July. We took | 4 of 5",
        "          the last week of June and the first of",
        "          July.",
        "Th 12",
        "─" * 60,
        "Pillars   ▲ Responsibility   ● Accountability   ⇄ Win-win",
        "Promises  Call Mum on Sunday | open",
    ]


@pytest.mark.parametrize("height", range(12, 30))
def test_a_week_is_as_airy_as_there_is_room(filled: World, height: int) -> None:
    found = shown(filled, height=height)
    assert len(found) <= height
    assert ("" in found) is (height >= 18)


def test_plain_glyphs_are_ascii(filled: World) -> None:
    assert "\n".join(shown(filled, plain=True)).isascii()


def test_weeks_without_words_are_passed_over(world: World) -> None:
    made = [entry(world, TODAY - timedelta(back), "words") for back in (36, 14, 13)]
    entries = sorted(made, key=Entry.sort_key)
    reviewed = [week_of(entries, (), TODAY, back, review="weekly-review").can_be_reviewed for back in (0, 1)]
    assert reviewed == [True, False]  # the session is about the days up to today
    this = week_of(entries, (), TODAY)
    assert (this.earlier, this.later, this.has_words) == (1, None, False)
    assert "Page up" in nothing(this)
    before = week_of(entries, (), TODAY, 1)
    assert (before.earlier, before.later, before.last) == (2, 0, TODAY - timedelta(7))
    assert (week_of(entries, (), TODAY, 2).earlier, week_of(entries, (), TODAY, 2).later) == (5, 1)
    assert week_of(entries, (), TODAY, 5).earlier is None


def test_what_is_dated_later_than_today_and_undated_is_left_out(world: World) -> None:
    entry(world, TODAY + timedelta(1), "to come")
    entry(world, None, "undated")
    found = look(world)
    assert not found.has_words
    assert found.earlier is None
    assert nothing(found) == "A quiet week."


def test_promises_that_came_due_say_what_became_of_them(world: World) -> None:
    said = (Outcome(on=TODAY, status=Status.KEPT),)
    promises = [
        Commitment(id="1", entry="e", text="Call\x1b Mum", made=TODAY, due=TODAY, outcomes=said),
        Commitment(id="2", entry="e", text="Later", made=TODAY, due=TODAY + timedelta(1)),
        Commitment(id="3", entry="e", text="Without a day", made=TODAY),
    ]
    view = week_of([entry(world, TODAY, "words")], promises, TODAY)
    assert text_of(rows(view, 60, 30)[-1]) == "Promises  Call␛ Mum | kept"
    several = replace(view, promises=(promises[0],) * 9)
    assert [text_of(row) for row in rows(several, 60, 13)[-2:]] == [
        "          Call␛ Mum | kept",
        "          and 5 more: m shows them",
    ]
    assert len(rows(several, 60, 13)) == 13


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 3, 6), date(2026, 3, 12), "6 to 12 March 2026"),
        (date(2026, 2, 27), date(2026, 3, 5), "27 February to 5 March 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 December 2025 to 4 January 2026"),
    ],
)
def test_two_days_in_words(first: date, last: date, words: str) -> None:
    assert say_span(first, last) == words


async def test_an_entry_opens_in_the_journal_and_esc_comes_back_to_it(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        await pilot.press("k", "enter")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "and a robin on the" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, WeekScreen)
        assert "▌ Tu 10" in picture(app)


async def test_the_weeks_before_and_back(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Go("week"))
        await settle(pilot)
        for key in ("pageup", "h", "left"):
            await pilot.press(key)
            await settle(pilot)
        assert "6 to 12 February 2026" in picture(app)  # the fourth week before: one of them has no words
        assert "Said yes to the weekend shift again." in picture(app)
        for key in ("pagedown", "l", "right", "right"):
            await pilot.press(key)
            await settle(pilot)
        assert "6 to 12 March 2026" in picture(app)


async def test_a_click_chooses_and_a_second_one_reads(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Go("week"))
        await settle(pilot)
        y = next(y for y, text in enumerate(picture(app).split("\n")) if "The call. Again." in text)
        await pilot.click(offset=(20, y))
        await settle(pilot)
        assert "▌ Sa  7  ●" in picture(app)
        await pilot.click(offset=(20, y))
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)


async def test_the_look_back_can_be_begun_at_any_time_once_something_is_written(
    world: World, open_app: OpenApp
) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert "Nothing is written yet." in picture(app)
        await pilot.press("w")
        await settle(pilot)
        assert isinstance(app.screen, WeekScreen)
        entry(world, TODAY - timedelta(30), "Long ago.")
        await pilot.press("escape", "w")
        await settle(pilot)
        assert "A quiet week." in picture(app)
        await pilot.press("w")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
        pack = app.screen._session.pack
        assert pack
        assert pack.asked is Asked.WEEKLY


def test_pillars_are_named_in_their_order_each_once(world: World) -> None:
    for back, pillar in enumerate((Pillar.TRUST, Pillar.RESPECT, Pillar.TRUST, None)):
        entry(world, TODAY - timedelta(back), "words", pillar=pillar)
    assert look(world).pillars == [Pillar.RESPECT, Pillar.TRUST]


def test_the_first_days_of_the_calendar_are_a_short_week() -> None:
    assert list(week_of([], [], date(1, 1, 3)).days) == [date(1, 1, 1), date(1, 1, 2), date(1, 1, 3)]
