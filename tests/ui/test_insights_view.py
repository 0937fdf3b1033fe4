"""What Insights shows of a report that is ready, and where its lines lead."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from journal_tui.insights.balance import PillarBalance, WeekRating
from journal_tui.insights.people import Person
from journal_tui.insights.promises import find_promises
from journal_tui.insights.report import Report, build
from journal_tui.insights.themes import Change, Quote, Theme
from journal_tui.model import Commitment, Outcome, Pillar, Status, Verdict
from journal_tui.ui.views.insights import awaited, parts, summary
from journal_tui.ui.views.parts import Column, Item, Part, Target, columns_in, lay_out

from .conftest import TODAY
from .test_patterns_view import AWAY, MOVES, OPEN, REPORT, THEIRS, finding

EMPTY = build([], [], today=TODAY)


def text(row: tuple[tuple[str, str], ...]) -> str:
    return "".join(part for part, _ in row)


def lines(report: Report, width: int = 74, **more: object) -> dict[str, str]:
    """Under each heading its lines."""
    found = parts(report, width, **more)  # type: ignore[arg-type]
    return {part.heading: "\n".join(text(row).rstrip() for item in part.items for row in item.rows) for part in found}


def targets(report: Report, heading: str) -> list[Target]:
    part = next(part for part in parts(report, 74) if part.heading == heading)
    return [item.opens for item in part.items if item.opens]


def theme(label: str, change: Change = Change.STEADY, *, burst: bool = False, quote: str = "") -> Theme:
    return Theme(
        label=label,
        entries=4,
        of=40,
        weeks=4,
        first=TODAY - timedelta(40),
        last=TODAY,
        trend=(1, 0, 0, 0, 0, 3),
        change=change,
        burst=burst,
        quotes=(Quote(id=f"of {label}", date=TODAY, quote=quote or f"The {label} again."),),
    )


def week(ago: int, mean: float, n: int = 1) -> WeekRating:
    monday = date(2026, 3, 9) - timedelta(weeks=ago)
    return WeekRating(week=f"{monday:%G-W%V}", monday=monday, mean=mean, n=n)


def person(name: str, entries: int = 4) -> Person:
    return Person(name=name, key=name, entries=entries, of=40, first=TODAY, last=TODAY - timedelta(2))


def balance(pillar: Pillar, entries: int, rating: float | None = None, last: date | None = None) -> PillarBalance:
    return PillarBalance(pillar=pillar, entries=entries, visits=0, skipped=0, words=0, rating=rating, last=last)


# -- parts -----------------------------------------------------------------------------------------


def test_the_head_says_of_how_many_entries_with_words() -> None:
    assert summary(replace(REPORT, entries=42, people=(person("Ada"),))) == "from 42 entries, 40 with words"
    assert summary(replace(REPORT, entries=40, people=(person("Ada"),))) == "from 40 entries"
    assert summary(replace(REPORT, entries=0)) == "nothing is written yet"


def test_a_theme_tells_its_trend_and_leads_to_its_quote() -> None:
    themes = (theme("onions", Change.RISING), theme("move", burst=True), theme("kale"), theme("frost", burst=True))
    report = replace(REPORT, themes=themes)
    said = lines(report)["What keeps coming back"].splitlines()
    assert said[:3] == ["onions    •·●  4 of 40  rising", "“The onions again.”  today", ""]
    assert said[3] == "kale      •·●  4 of 40"
    assert said[-1] == "For a while: move (Jan 2026), frost (Jan 2026)"
    assert "The move again" not in "".join(said)
    assert lines(report, plain=True)["What keeps coming back"].splitlines()[0] == "onions    o.O  4 of 40  rising"
    assert targets(report, "What keeps coming back")[0] == Target(screen="journal", entry="of onions")


def test_many_themes_stay_one_page() -> None:
    many = tuple(theme(f"word {n}") for n in range(60))
    said = lines(replace(REPORT, themes=many))["What keeps coming back"]
    assert said.count("again.”") == 5
    assert "word 11 " in said
    assert "And less often: word 12, word 13," in said
    same = tuple(theme(f"word {n}", quote="One sentence on all of it.") for n in range(3))
    assert lines(replace(REPORT, themes=same))["What keeps coming back"].count("One sentence") == 1


def test_three_patterns_at_most_and_where_someone_is_hurt_who_to_call() -> None:
    not_now = replace(MOVES, verdict=Verdict.NOT_NOW)
    report = replace(REPORT, patterns=(not_now, OPEN, THEIRS, replace(AWAY, muted_until=None)))
    said = lines(report)["What may be worth a look"]
    assert "Promises on trust" not in said
    assert "✦ Who moves  not now" in said
    assert "This may be something: “The␛[2J spare key”, still open: 6 of 7." in said
    assert said.count("“The blue one, then. As ever.”  3 March") == 3  # the latest that has words
    assert said.endswith("b shows them all, and what speaks against them.")
    assert [target.pattern.partition(" ")[0] for target in targets(report, "What may be worth a look")] == [
        "one_sided_compromise",
        "recurring_unresolved:the",
        "one_sided_compromise",
        "",
    ]
    assert "For you" not in lines(report)
    hurt = replace(REPORT, patterns=(), withheld=True)
    assert next(iter(lines(hurt))) == "For you"
    assert targets(hurt, "For you") == [Target(screen="helplines")]
    assert "What may be worth a look" not in lines(hurt)


def test_the_pillars_by_how_much_how_lived_and_when() -> None:
    rows = (balance(Pillar.TRUST, 4, 3.25, TODAY), balance(Pillar.WIN_WIN, 1), balance(Pillar.RESPECT, 0))
    report = replace(EMPTY, pillars=rows)
    assert lines(report)["Balance of the pillars"].splitlines() == [
        "∞ Trust    ━━━━━━━━━━━━━━━━━━━━━━  4 entries  lived 3.2  last today",
        "⇄ Win-win  ━━━━━╸                    1 entry",
        "◆ Respect                            not yet",
    ]
    narrow = lines(report, 40, plain=True)["Balance of the pillars"].splitlines()
    assert narrow[0].startswith("T Trust    ####")
    assert narrow[0].endswith("#  4  lived 3.2  today")
    assert narrow[2].endswith(" 0             not yet")
    assert targets(report, "Balance of the pillars")[0] == Target(screen="journal", pillar=Pillar.TRUST)


def test_ratings_are_drawn_week_by_week_with_their_months() -> None:
    weeks = (week(9, 5), week(8, 4.5), week(5, 1), week(0, 3, 2))
    report = replace(EMPTY, ratings=weeks)
    said = lines(report)["How the days were rated"].splitlines()
    assert said[:6] == [
        " 5 ┤━━━▁▁▁",
        " 4 ┤",
        " 3 ┤                           ━━━",
        " 2 ┤",
        " 1 ┤            ━━━",
        "    2026        Feb         Mar",
    ]
    assert said[-2].startswith("All: 5 rated, 3.3 of 5 on average. A mark is a week.")
    own = lines(report, pillar=Pillar.TRUST, rated=weeks[3:], plain=True)["How the days were rated"].splitlines()
    assert own[:5] == [" 5 |", " 4 |", f" 3 |{' ' * 27}***", " 2 |", " 1 |"]  # at the same time, with stars
    assert "T Trust: 2 rated, 3.0 of 5 on average." in " ".join(own)
    none = lines(report, pillar=Pillar.TRUST)["How the days were rated"]
    assert "∞ Trust: nothing rated yet. A mark is a week. 0 shows all of them." in none


def test_years_of_ratings_fit_a_line() -> None:
    weeks = tuple(week(ago, 1 + ago % 5) for ago in reversed(range(520)))
    said = lines(replace(EMPTY, ratings=weeks), 56)["How the days were rated"]
    assert "A mark is 10 weeks." in said
    assert all(cell_len(line) <= 56 for line in said.splitlines())


def test_promises_and_people_lead_to_their_pages() -> None:
    made = TODAY - timedelta(9)
    due = Commitment(id="a", entry="entry a", text="Call\x1b[2J Mum", made=made, due=TODAY)
    kept = Commitment(id="b", entry="b", text="Tea", made=made, outcomes=(Outcome(on=TODAY, status=Status.KEPT),))
    people = tuple(person(f"P{n}") for n in range(12))
    report = replace(EMPTY, promises=find_promises([due, kept], TODAY), people=people)
    said = lines(report)
    assert said["Promises"].splitlines()[0].endswith("━  1 of 2")
    assert said["Promises"].splitlines()[-1].startswith("◉ Call␛[2J Mum ")
    assert targets(report, "Promises") == [Target(screen="promises"), Target(screen="promises", entry="entry a")]
    assert said["People"].splitlines()[0].endswith("in 4 entries, last 10 March")
    assert said["People"].endswith("And 4 more: w shows everybody.")
    assert targets(report, "People")[0] == Target(screen="journal", person="P0")
    assert targets(report, "People")[-1] == Target(screen="people")


def test_nothing_yet_says_what_will_be_here() -> None:
    said = lines(EMPTY)
    assert list(said) == ["Still to come"]
    assert "Themes appear from the third entry on." in said["Still to come"]
    assert next(part.heading for part in awaited(74)) == "What keeps coming back"


# -- laid out --------------------------------------------------------------------------------------

FULL = replace(
    REPORT,
    themes=tuple(theme(f"word {n}") for n in range(8)),
    people=(person("Ana"), person("Ruth")),
    pillars=tuple(balance(pillar, 3, 3.0, TODAY) for pillar in Pillar),
    ratings=(week(3, 4), week(0, 2)),
)


@pytest.mark.parametrize(("cells", "count"), [(57, 1), (77, 1), (115, 2), (147, 2)])
def test_columns_by_the_width(cells: int, count: int) -> None:
    number, width = columns_in(cells)
    columns = lay_out(parts(FULL, width), cells)
    assert len(columns) == number == count
    assert max(column.left + column.width for column in columns) <= cells
    headings = [name for column in columns for name, _, _ in column.parts]
    assert headings == [part.heading for part in parts(FULL, width)]
    for column in columns:
        for stop in column.stops:
            assert text(column.rows[stop.first]).strip()
    if count == 2:
        heights = [len(column.rows) for column in columns]
        assert abs(heights[0] - heights[1]) < 20


def test_one_part_alone_leaves_the_second_column_free() -> None:
    one = Part("Alone", (Item(((("words", "$ink"),),)),))
    first, second = lay_out([one], 120)
    assert (len(first.rows), second.rows) == (3, ())


# -- anything ---------------------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("aé字한\u0301\u200d\x1b\x07\r\n\t\u202e[]/ 🙂"), max_size=90)
WORDS = WORDS | st.text(max_size=80) | st.sampled_from(("x" * 300, "字" * 80, "a\u0301" * 80))
DAYS = st.dates(date(1, 1, 1), TODAY)
EVIDENCE = st.builds(Quote, id=st.just("id"), date=st.none() | DAYS, quote=WORDS)
THEMES = st.builds(
    Theme,
    label=WORDS,
    entries=st.integers(1, 10**6),
    of=st.integers(1, 10**6),
    weeks=st.integers(0, 99),
    first=DAYS,
    last=DAYS,
    trend=st.lists(st.integers(0, 99), max_size=24).map(tuple),
    change=st.sampled_from(Change),
    burst=st.booleans(),
    quotes=st.lists(EVIDENCE, max_size=2).map(tuple),
)
PEOPLE = st.builds(
    Person,
    name=WORDS,
    key=WORDS,
    entries=st.integers(0, 10**6),
    of=st.integers(1, 10**6),
    first=st.none() | DAYS,
    last=st.none() | DAYS,
)
PROMISES = st.builds(
    Commitment, id=WORDS, entry=WORDS, text=WORDS, made=DAYS, due=st.none() | DAYS, outcomes=st.just(())
)


@given(
    themes=st.lists(THEMES, max_size=14),
    people=st.lists(PEOPLE, max_size=10),
    promises=st.lists(PROMISES, max_size=4),
    ratings=st.lists(st.tuples(st.integers(0, 900), st.floats(1, 5)), max_size=8),
    counts=st.lists(st.integers(0, 10**5), min_size=7, max_size=7),
    words=WORDS,
    cells=st.integers(40, 200),
    plain=st.booleans(),
    pillar=st.none() | st.sampled_from(Pillar),
)
def test_every_line_fits_and_is_clean(
    themes: list[Theme],
    people: list[Person],
    promises: list[Commitment],
    ratings: list[tuple[int, float]],
    counts: list[int],
    words: str,
    cells: int,
    plain: bool,
    pillar: Pillar | None,
) -> None:
    weeks = [week(*rating) for rating in sorted(dict(ratings).items(), reverse=True)]
    pattern = finding("say_do_gap", words, words, statement=words, verdict=Verdict.PARTLY)
    report = replace(
        EMPTY,
        themes=tuple(themes),
        people=tuple(people),
        promises=find_promises(promises, TODAY),
        ratings=tuple(weeks),
        pillars=tuple(balance(p, n, 3.0 if n % 2 else None, TODAY) for p, n in zip(Pillar, counts, strict=True)),
        patterns=(pattern,),
    )
    _, width = columns_in(cells)
    titles = {p: words if p is pillar else p.title for p in Pillar}
    found = parts(report, width, pillar=pillar, rated=weeks[1:], plain=plain, titles=titles)
    for column in lay_out(found, cells):
        check(column, plain)


def check(column: Column, plain: bool) -> None:
    for row in column.rows:
        line = text(row)
        assert cell_len(line) <= column.width, line
        assert not any(unicodedata.category(c) == "Cc" or c in "\u202e\u2028" for c in line), line
    for stop in column.stops:
        assert 0 <= stop.top <= stop.first <= stop.last < len(column.rows)
