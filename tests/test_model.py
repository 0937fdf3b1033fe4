"""The nouns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from journal_tui.model import (
    Answer,
    Commitment,
    Entry,
    JournalError,
    Outcome,
    Pillar,
    Status,
    UsageError,
    Visit,
    When,
    tidy_tags,
    visits,
)

TODAY = date(2026, 3, 11)


def entry(*answers: Answer, **fields: Any) -> Entry:
    given: dict[str, Any] = {"id": "e1", "created": datetime(2026, 3, 11, 21, tzinfo=UTC), "day": TODAY}
    return Entry(answers=answers, **given | fields)


# -- pillars ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("pillar", Pillar)
def test_a_pillar_answers_to_its_id_and_its_title(pillar: Pillar) -> None:
    assert (
        Pillar.named(pillar.value) is Pillar.named(pillar.title) is Pillar.named(f" {pillar.value.upper()} ") is pillar
    )


@pytest.mark.parametrize(
    ("name", "pillar"),
    [
        ("win win", Pillar.WIN_WIN),
        ("Win_Win", Pillar.WIN_WIN),
        ("resp", None),
        ("respo", Pillar.RESPONSIBILITY),
        ("b", Pillar.BOUNDARIES),
        ("win-win problem solving", Pillar.WIN_WIN),
        ("", None),
        ("---", None),
        ("trsut", None),
    ],
)
def test_a_beginning_that_fits_one_pillar_is_enough(name: str, pillar: Pillar | None) -> None:
    if pillar:
        assert Pillar.named(name) is pillar
        return
    with pytest.raises(UsageError, match=r'no pillar is called ".*: choose from respect, .*win-win$'):
        Pillar.named(name)


def test_a_slip_is_met_with_the_near_name() -> None:
    with pytest.raises(UsageError, match=r'"bondaries" \(did you mean "boundaries"\?\)'):
        Pillar.named("bondaries")


def test_the_seven_pillars() -> None:
    assert [pillar.title for pillar in Pillar] == [
        "Respect",
        "Boundaries",
        "Communication",
        "Responsibility",
        "Accountability",
        "Trust",
        "Win-win",
    ]


def test_errors_have_their_exit_codes() -> None:
    assert (JournalError.exit_code, UsageError.exit_code) == (1, 2)


# -- entries ---------------------------------------------------------------------------------------


def test_an_entry_is_all_its_words() -> None:
    given = entry(Answer(text="One."), Answer(choice=("Both", "Neither")), Answer(text="Two."), Answer(skipped=True))
    assert given.text == "One.\n\nTwo."
    assert [answer.words for answer in given.answers] == ["One.", "Both · Neither", "Two.", ""]


@pytest.mark.parametrize(
    ("given", "heading"),
    [
        (entry(Answer(text="\n\n  First line \nsecond")), "First line"),
        (entry(Answer(choice=("Me",)), Answer(text=" \n"), Answer(text="Later")), "Later"),
        (entry(Answer(choice=("Me", "You"))), "Me · You"),
        (entry(Answer(ask="Finish: I go quiet when…", text="… it gets loud.")), "…it gets loud."),
        (entry(Answer(text="# 2025-03-07\n\n## A walk, *slow*\nWords.")), "A walk, *slow*"),
        (entry(Answer(text="---\n![[tree.png]]\n![tree](a b.png)\n- [x] Called Ana")), "Called Ana"),
        (entry(Answer(text="Wednesday, March 11th, 2026\nWords.")), "Words."),
        (entry(Answer(text="## Wed 11 March 2026\n\nWords.")), "Words."),
        (entry(Answer(text="2026-03-11 Wednesday\nWords.")), "Words."),
        (entry(Answer(text="March 11\nWords.")), "Words."),
        (entry(Answer(text="the 11th of March\nWords.")), "Words."),
        (entry(Answer(text="March 12\nWords.")), "March 12"),
        (entry(Answer(text="Tuesday 11 March 2026\nWords.")), "Tuesday 11 March 2026"),
        (entry(Answer(text="March 11\nWords."), day=None), "March 11"),
        (entry(Answer(text="March 2026\nWords.")), "March 2026"),
        (entry(Answer(text="11 March, late\nWords.")), "11 March, late"),
        (entry(Answer(text="Wednesday, March 11th, 2026")), "Wednesday, March 11th, 2026"),
        (entry(Answer(text="> - To be read twice")), "To be read twice"),
        (entry(Answer(text="**A title**\nWords.")), "A title"),
        (entry(Answer(text="**A title**, and *more*")), "**A title**, and *more*"),
        (entry(Answer(text="#tag first\nWords.")), "#tag first"),
        (entry(Answer(text="---\n7/10")), "---"),
        (entry(Answer(text="12.5"), Answer(text="кілометрів")), "кілометрів"),
        (entry(Answer(text="![[tree.png]]")), "![[tree.png]]"),
        (entry(Answer(ask="It was a …", text="7")), "…7"),
        (entry(), ""),
    ],
)
def test_the_first_written_line_stands_for_an_entry(given: Entry, heading: str) -> None:
    assert given.heading == heading


@pytest.mark.parametrize(
    ("given", "blank"),
    [
        (entry(), True),
        (entry(Answer(skipped=True), Answer(prompt="p/q", signals=("their_side_blank",))), True),
        (entry(rating=1), False),
        (entry(Answer(text="a")), False),
        (entry(Answer(choice=("a",))), False),
    ],
)
def test_an_entry_in_which_all_was_skipped_is_blank(given: Entry, blank: bool) -> None:
    assert given.is_blank is blank


def test_signals_come_from_every_answer() -> None:
    given = entry(Answer(signals=("gave_way", "still_open")), Answer(), Answer(signals=("own_part",)))
    assert given.signals == ("gave_way", "still_open", "own_part")


def test_entries_stand_in_the_order_of_what_they_tell() -> None:
    late = timezone(timedelta(hours=11))
    ordered = [
        entry(id="9", day=None),
        entry(id="5", day=date(2026, 3, 10), moment=datetime(2026, 3, 10, 22)),
        entry(id="7", moment=None),
        entry(id="6", moment=datetime(2026, 3, 11, 8, tzinfo=late)),
        entry(id="2", moment=datetime(2026, 3, 11, 9, tzinfo=UTC)),
        entry(id="3", moment=datetime(2026, 3, 11, 9)),
    ]
    backwards = ordered[::-1]
    assert sorted(backwards, key=Entry.sort_key) == ordered


def test_tags_are_tidied() -> None:
    assert tidy_tags([" #Work", "work", "#", "", "Élan", "#a b"]) == ("work", "élan", "a b")


def test_visits_are_the_questions_put_and_free_writing() -> None:
    asked = entry(Answer(prompt="p/a", text="x"), Answer(text="free"), Answer(prompt="p/b", skipped=True))
    undated = entry(Answer(prompt="p/c"), day=None)
    assert visits([undated, asked]) == [
        Visit(day=TODAY, prompt="p/a", pillar=None),
        Visit(day=TODAY, prompt="", pillar=None),
        Visit(day=TODAY, prompt="p/b", pillar=None, skipped=True),
    ]


# -- promises --------------------------------------------------------------------------------------


def outcome(status: Status, again: int | None = None) -> Outcome:
    return Outcome(on=TODAY, status=status, ask_again=TODAY + timedelta(again) if again is not None else None)


@pytest.mark.parametrize(
    ("due", "outcomes", "is_open", "is_due"),
    [
        (None, (), True, False),
        (0, (), True, True),
        (-9, (), True, True),
        (1, (), True, False),
        (-1, (outcome(Status.KEPT),), False, False),
        (-1, (outcome(Status.PARTLY),), False, False),
        (-1, (outcome(Status.LET_GO),), False, False),
        (-1, (outcome(Status.NOT_YET, 3),), True, False),
        (-1, (outcome(Status.NOT_YET, 0),), True, True),
        (-1, (outcome(Status.NOT_YET),), True, True),
        (-1, (outcome(Status.NOT_YET, 0), outcome(Status.KEPT)), False, False),
        (None, (outcome(Status.NOT_YET, 0),), True, True),
    ],
)
def test_a_promise_is_asked_about_when_its_day_has_come(
    due: int | None, outcomes: tuple[Outcome, ...], is_open: bool, is_due: bool
) -> None:
    day = TODAY + timedelta(due) if due is not None else None
    promise = Commitment(id="c", entry="e", text="Call", made=TODAY - timedelta(20), due=day, outcomes=outcomes)
    assert (promise.is_open, promise.is_due(TODAY)) == (is_open, is_due)
    assert promise.status is (outcomes[-1].status if outcomes else None)


def test_a_prompt_waits_for_entries_weekdays_and_months() -> None:
    when = When(after_entries=3, weekdays=(2, 6))
    assert [when.allows(TODAY, n) for n in (2, 3, 4)] == [False, True, True]
    assert not when.allows(TODAY + timedelta(1), 9)
    assert When().allows(TODAY, 0)
    assert [When(months=(3, 4)).allows(TODAY + timedelta(n), 0) for n in (0, 40, 90)] == [True, True, False]
