"""Themes: what recurs is found, in the writer's words, and ordinary words are not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.insights.people import find_names
from journal_tui.insights.reading import read
from journal_tui.insights.themes import QUOTE_WIDTH, Theme, excerpt, find_themes
from journal_tui.insights.vocabulary import _lines, vocabulary
from journal_tui.model import Entry
from journal_tui.text import sentences

Diary = Callable[..., list[Entry]]
Make = Callable[..., Entry]
MONDAY = date(2026, 1, 5)
PEPYS = Path(__file__).parents[3] / "shared" / "samples" / "pepys.jsonl"


def themes(entries: list[Entry]) -> list[Theme]:
    readings = [read(e) for e in entries]
    return list(find_themes(readings, {e.id: e.text for e in entries}, names=find_names(readings)))


def labels(entries: list[Entry]) -> list[str]:
    return [theme.label for theme in themes(entries)]


def test_three_entries_are_enough(diary: Diary) -> None:
    (theme,) = themes(diary("The piano again.", "I played the Piano.", "My piano is out of tune."))
    assert (theme.label, theme.entries, theme.of, theme.weeks) == ("piano", 3, 3, 2)
    assert (theme.first, theme.last) == (MONDAY, MONDAY + timedelta(days=8))
    assert [q.quote for q in theme.quotes] == ["The piano again.", "I played the Piano.", "My piano is out of tune."]


def test_two_entries_or_one_week_are_not(entry: Make) -> None:
    assert themes([entry("The piano.", day=0), entry("The piano.", day=8)]) == []
    assert themes([entry("The piano.", day=day) for day in range(7)]) == []


def test_a_word_often_repeated_in_one_entry_counts_once(diary: Diary) -> None:
    assert themes(diary("piano piano piano", "piano piano", "nothing")) == []


def test_ordinary_words_are_no_themes(diary: Diary) -> None:
    text = "Today I went home early, made a little time for the evening and thought a lot about many things, really."
    old = "Thence home, and hither came divers; methinks the day hath been mighty pretty, viz. very good."
    assert labels(diary(*[text, old] * 6)) == []


def test_a_phrase_is_shown_where_its_word_mostly_stands_in_it(diary: Diary) -> None:
    entries = diary(
        "The credit card bill came.", "Again a credit card bill.", "Credit card bills everywhere.", "No bills."
    )
    assert labels(entries) == ["credit card bill"]


def test_variants_are_one_theme(diary: Diary) -> None:
    entries = diary("The garden.", "Gardening in my garden.", "A garden party.", "The rose garden.", "The rose garden.")
    assert labels(entries) == ["garden"]


def test_people_are_no_themes(diary: Diary) -> None:
    entries = diary(
        "I met Tobias and my wife.", "Then Tobias sang with my wife.", "So Tobias left @lena.", "Lena and Tobias."
    )
    assert labels(entries) == []


def test_undated_entries_count_but_have_no_week(entry: Make) -> None:
    entries = [
        entry("The piano.", day=0, number=0),
        entry("The piano.", day=9, number=1),
        entry("A piano.", day=None, number=2),
    ]
    (theme,) = themes(entries)
    assert (theme.entries, theme.weeks, sum(theme.trend)) == (3, 2, 2)
    assert themes([entry("The piano.", day=None, number=n) for n in range(9)]) == []


def test_the_trend_has_equal_periods_over_the_whole_journal(entry: Make) -> None:
    weekly = [entry("Piano." if week < 4 else "Rain.", day=7 * week) for week in range(10)]
    assert themes(weekly)[0].trend in ((1, 1, 1, 1, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 1, 1, 1, 1, 1, 1))
    yearly = [entry("Piano.", day=30 * month) for month in range(60)]
    assert len(themes(yearly)[0].trend) <= 24
    assert sum(themes(yearly)[0].trend) == 60


def test_quotes_are_spread_over_time(entry: Make) -> None:
    (theme,) = themes([entry("At the piano again.", day=7 * week) for week in range(30)])
    dates = [quote.date for quote in theme.quotes if quote.date]
    assert len(dates) == 3
    assert dates[1] - dates[0] >= timedelta(weeks=8) <= dates[2] - dates[1]


def test_an_unknown_language_has_no_themes(diary: Diary) -> None:
    entries = diary("Das Klavier.", "Mein Klavier.", "Ein Klavier.")
    readings = [read(e, "xx") for e in entries]
    assert find_themes(readings, {e.id: e.text for e in entries}, names=find_names(readings, "xx")) == ()


# -- quotes ----------------------------------------------------------------------------------------


def test_a_short_sentence_is_quoted_whole() -> None:
    text = "Rain. The piano was out of tune. More rain."
    at = text.index("piano")
    assert excerpt(text, at, at + 5) == "The piano was out of tune."


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    text = (
        "we talked of nothing much at all for a long while, " * 4 + "then I played the piano, " + "and it went on " * 12
    )
    at = text.index("piano")
    quote = excerpt(text, at, at + 5)
    assert len(quote) <= QUOTE_WIDTH
    assert "then I played the piano" in quote
    assert quote.startswith(("we talked", "then I"))
    assert quote in text


def test_a_cut_quote_keeps_the_spaces_of_the_text() -> None:
    text = "and so  it  went " * 30 + "with  the  piano" + " and  on" * 40
    at = text.index("piano")
    assert excerpt(text, at, at + 5) in text


@given(st.text(min_size=1, max_size=900), st.data())
def test_a_quote_is_an_exact_part_of_the_text_around_the_place(text: str, data: st.DataObject) -> None:
    spans = sentences(text)
    if not spans:
        return
    a, b = data.draw(st.sampled_from(spans))
    start = data.draw(st.integers(a, b - 1).filter(lambda i: not text[i].isspace()))
    end = min(start + 5, b)
    quote = excerpt(text, start, end)
    assert quote in text
    assert text[start:end].strip() in quote
    assert len(quote) <= QUOTE_WIDTH + 5
    assert quote == quote.strip()


# -- any journal -----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "piano",
        "Garden",
        "credit",
        "card",
        "bill",
        "the",
        "a.",
        "I",
        "@ben",
        "Tobias,",
        "sea-side\n",
        "don’t",
        "ÉCOLE",
        "東京",
        "…",
        "12",
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=25).map(" ".join)
DAYS = st.none() | st.integers(0, 40)
ROWS = st.lists(st.tuples(TEXTS, DAYS), max_size=12)


@given(rows=ROWS)
def test_in_any_journal_quotes_are_exact_and_counts_are_bounded(
    entry: Make, rows: list[tuple[str, int | None]]
) -> None:
    entries = [entry(text, day=day, number=number) for number, (text, day) in enumerate(rows)]
    texts = {e.id: e.text for e in entries}
    for theme in themes(entries):
        assert 3 <= theme.entries <= theme.of == len(entries)
        assert 2 <= theme.weeks <= theme.entries
        assert sum(theme.trend) <= theme.entries
        assert theme.first <= theme.last
        assert 1 <= len(theme.quotes) <= 3
        for quote in theme.quotes:
            assert quote.quote
            assert quote.quote in texts[quote.id]


@given(rows=ROWS, seed=st.integers(0, 999))
def test_the_order_of_the_entries_does_not_matter(entry: Make, rows: list[tuple[str, int | None]], seed: int) -> None:
    entries = [entry(text, day=day, number=number) for number, (text, day) in enumerate(rows)]
    assert themes(random.Random(seed).sample(entries, len(entries))) == themes(entries)


# -- word lists ------------------------------------------------------------------------------------


def test_every_word_of_the_background_has_one_rate_and_is_no_stop_word() -> None:
    vocab = vocabulary("en")
    assert vocab is not None
    rates: dict[str, set[str]] = {}
    for rate, *words in _lines("background", "en"):
        for word in words:
            rates.setdefault(vocab.stem[word], set()).add(rate)
    assert [stem for stem, seen in rates.items() if len(seen) > 1 or stem in vocab.stops] == []


# -- a real life -----------------------------------------------------------------------------------


@pytest.mark.skipif(not PEPYS.exists(), reason="Pepys' diary is not beside this checkout")
def test_names_what_recurs_in_pepys_life(entry: Make) -> None:
    rows = [json.loads(line) for line in PEPYS.read_text(encoding="utf-8").splitlines()]
    entries = [
        entry(row["text"], day=row["date"] and date.fromisoformat(row["date"]), number=number)
        for number, row in enumerate(rows)
    ]
    readings = [read(e) for e in entries]
    names = find_names(readings)
    found = {theme.label.lower() for theme in find_themes(readings, {e.id: e.text for e in entries}, names=names)}
    assert found >= {"office", "king", "navy", "ships", "dutch", "money", "play", "church"}
    assert not found & {
        "come",
        "day",
        "go",
        "hear",
        "great deal",
        "mightily",
        "thence",
        "thing",
        "time",
        "very",
        "wife",
    }
    people = names.people
    assert people[0].name == "my wife"
    assert {"Sir W. Penn", "Sir W. Batten", "my father", "Creed"} <= {person.name for person in people[:15]}
