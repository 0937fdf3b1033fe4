"""The report: balance, ratings, rhythm, promises, what is missing, and its JSON."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.insights.balance import rhythm_line
from journal_tui.insights.report import Report, build, missing, to_json
from journal_tui.model import Answer, Commitment, Entry, Outcome, Pillar, Status

Diary = Callable[..., list[Entry]]
Make = Callable[..., Entry]
MONDAY = date(2026, 1, 5)
TODAY = MONDAY + timedelta(days=60)


def report(entries: list[Entry], commitments: list[Commitment] | None = None, today: date = TODAY) -> Report:
    return build(entries, commitments or [], today=today)


def promise(number: int, *, due: int | None = None, outcomes: tuple[Outcome, ...] = (), made: int = 0) -> Commitment:
    return Commitment(
        id=f"p{number}",
        entry="e000000",
        text="Call first.",
        made=MONDAY + timedelta(days=made),
        due=None if due is None else MONDAY + timedelta(days=due),
        outcomes=outcomes,
    )


def said(status: Status, day: int = 5) -> tuple[Outcome, ...]:
    return (Outcome(on=MONDAY + timedelta(days=day), status=status),)


# -- balance ---------------------------------------------------------------------------------------


def test_every_pillar_has_a_row_in_its_order() -> None:
    assert [row.pillar for row in report([]).pillars] == list(Pillar)
    assert {(row.entries, row.words, row.rating, row.last) for row in report([]).pillars} == {(0, 0, None, None)}


def test_a_pillar_counts_entries_words_ratings_and_skipped_questions(entry: Make) -> None:
    asked = (Answer(text="Two words", prompt="trust/a"), Answer(prompt="trust/b", skipped=True))
    skipped = (Answer(prompt="trust/a", skipped=True),)
    row = report(
        [
            entry(day=0, pillar=Pillar.TRUST, answers=asked, rating=2),
            entry("Three words more", day=8, pillar=Pillar.TRUST, rating=5),
            entry(day=9, pillar=Pillar.TRUST, answers=skipped),
            entry("Another pillar", day=9, number=10, pillar=Pillar.RESPECT, rating=1),
        ]
    ).pillars[5]
    assert (row.pillar, row.entries, row.words, row.rating) == (Pillar.TRUST, 2, 5, 3.5)
    assert (row.visits, row.skipped, row.last) == (3, 2, MONDAY + timedelta(days=8))


def test_ratings_are_gathered_by_iso_week(entry: Make) -> None:
    entries = [entry("x", day=day, rating=rating) for day, rating in [(-5, 1), (0, 2), (6, 5), (7, 4)]]
    assert [(w.week, w.mean, w.n) for w in report(entries).ratings] == [
        ("2026-W01", 1, 1),
        ("2026-W02", 3.5, 2),
        ("2026-W03", 4, 1),
    ]


def test_the_rhythm_ends_today_and_leaves_blank_entries_out(entry: Make) -> None:
    entries = [entry("x", day=0), entry("y", day=2), entry("", day=1)]
    flags = report(entries, today=MONDAY + timedelta(days=2)).rhythm
    assert flags == (False,) * 11 + (True, False, True)
    assert rhythm_line(flags) == "2 of the last 14 days"


# -- promises --------------------------------------------------------------------------------------


def test_promises_stand_under_their_latest_answer() -> None:
    found = report(
        [],
        [
            promise(1, outcomes=said(Status.KEPT)),
            promise(2, outcomes=said(Status.PARTLY)),
            promise(3, due=3, outcomes=said(Status.NOT_YET)),
            promise(4, outcomes=said(Status.LET_GO)),
            promise(5, due=70),
            promise(6, due=60),
            promise(7, outcomes=(*said(Status.NOT_YET), *said(Status.KEPT, day=9))),
        ],
    ).promises
    ids = {
        name: [p.id for p in getattr(found, name)] for name in ("kept", "partly", "not_yet", "let_go", "open", "due")
    }
    assert ids == {
        "kept": ["p1", "p7"],
        "partly": ["p2"],
        "not_yet": ["p3"],
        "let_go": ["p4"],
        "open": ["p5", "p6"],
        "due": ["p3", "p6"],
    }
    assert found.total == 7


# -- as of a day -----------------------------------------------------------------------------------


def test_nothing_of_a_later_day_is_seen(entry: Make) -> None:
    entries = [entry("The piano.", day=4 * n, pillar=Pillar.TRUST, rating=3) for n in range(6)]
    promises = [promise(1, due=2, outcomes=said(Status.KEPT, day=30)), promise(2, made=20)]
    then = report(entries, promises, today=MONDAY + timedelta(days=9))
    assert then == report(entries[:3], [promise(1, due=2)], today=MONDAY + timedelta(days=9))
    assert (then.entries, then.themes[0].entries, [p.id for p in then.promises.due]) == (3, 3, ["p1"])


# -- blank entries and order -----------------------------------------------------------------------


@given(st.lists(st.sampled_from(["The piano.", "My sister.", "", "  ", "@ben"]), max_size=10), st.integers(0, 99))
def test_blank_entries_are_never_counted_and_order_does_not_matter(entry: Make, texts: list[str], seed: int) -> None:
    entries = [entry(text, day=3 * n, pillar=Pillar.TRUST) for n, text in enumerate(texts)]
    full = [e for e in entries if e.text]
    shuffled = random.Random(seed).sample(entries, len(entries))
    assert report(shuffled) == report(entries) == report(full)
    assert report(entries).entries == len(full)
    assert all(person.entries <= person.of <= len(full) for person in report(entries).people)


# -- progress --------------------------------------------------------------------------------------


def test_progress_ends_at_the_number_of_entries(entry: Make) -> None:
    calls: list[tuple[int, int]] = []
    entries = [entry("The piano.", day=n) for n in range(60)]
    build(entries, [], today=TODAY, on_progress=lambda done, total: calls.append((done, total)))
    assert calls == sorted(calls)
    assert calls[-1] == (60, 60)


def test_progress_can_stop_the_work(entry: Make) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        build([entry("The piano.")], [], today=TODAY, on_progress=stop)


# -- what is missing -------------------------------------------------------------------------------


def test_an_empty_journal_says_when_things_appear() -> None:
    assert missing(report([])) == [
        "Themes appear from the third entry on. You have written nothing yet.",
        "The balance of the pillars appears with the first entry written for one.",
        "People appear when you name them: @Anna, or my sister.",
        "Ratings over time appear once you have rated a day, from 1 to 5.",
        "Promises appear once you make one at the end of an entry.",
    ]


def test_what_is_there_is_not_missing(entry: Make) -> None:
    entries = [entry("The piano and my sister.", day=4 * n, pillar=Pillar.TRUST, rating=3) for n in range(3)]
    assert missing(report(entries, [promise(1)])) == []
    assert missing(report(entries[:1], [promise(1)])) == [
        "Themes appear from the third entry on. You have written one."
    ]


def test_no_theme_in_many_entries_is_said_differently(diary: Diary) -> None:
    assert missing(report(diary("one", "two", "three", "four")))[0].startswith("No theme yet.")


def test_a_language_without_word_lists_is_said(entry: Make) -> None:
    entries = [entry("Das Klavier.", day=4 * n) for n in range(3)]
    assert '"xx"' in missing(build(entries, [], today=TODAY, language="xx"))[0]


# -- json ------------------------------------------------------------------------------------------


def test_json_has_the_agreed_names_and_iso_dates(entry: Make) -> None:
    entries = [entry("The piano and my sister.", day=4 * n, pillar=Pillar.TRUST, rating=3) for n in range(3)]
    made = json.loads(json.dumps(to_json(report(entries, [promise(1, due=2, outcomes=said(Status.KEPT))]))))
    assert list(made) == [
        "as_of",
        "entries",
        "themes",
        "patterns",
        "pillars",
        "people",
        "promises",
        "signals",
        "ratings",
    ]
    assert (made["as_of"], made["entries"], made["patterns"]) == ("2026-03-06", 3, [])
    (theme,) = made["themes"]
    assert (theme["label"], theme["first"], theme["last"], theme["trend"]) == (
        "piano",
        "2026-01-05",
        "2026-01-13",
        [2, 1],
    )
    assert theme["quotes"][0] == {"id": "e000000", "date": "2026-01-05", "quote": "The piano and my sister."}
    assert [(p["name"], p["entries"], p["of"]) for p in made["people"]] == [("my sister", 3, 3)]
    assert made["pillars"][5] | {"words": 0} == {
        "pillar": "trust",
        "entries": 3,
        "visits": 0,
        "skipped": 0,
        "words": 0,
        "rating": 3,
        "last": "2026-01-13",
    }
    assert made["promises"]["kept"] == [
        {
            "id": "p1",
            "entry": "e000000",
            "text": "Call first.",
            "made": "2026-01-05",
            "due": "2026-01-07",
            "status": "kept",
        }
    ]
    assert made["ratings"][0] == {"week": "2026-W02", "monday": "2026-01-05", "mean": 3, "n": 2}
