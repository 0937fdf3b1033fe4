"""Finding entries."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Answer, Entry, Pillar
from journal_tui.store.journal import Journal
from journal_tui.store.search import Filter, Searcher
from tests.store.sample import TODAY, entry

ENTRIES = (
    entry("e1", "A walk in the rain with Ana.", pillar=Pillar.TRUST, tags=("home",), day=TODAY - timedelta(9)),
    entry("e2", "Crème brûlée, said @Jürgen. Don’t ask.", pillar=Pillar.RESPECT, tags=("food", "home")),
    entry("e3", answers=(Answer(ask="What did the rain say?", choice=("Both of us",)),), day=TODAY + timedelta(1)),
    entry("e4", "The rain again; a long walk.\nThe banana.", day=None),
    entry("e5", answers=(Answer(ask="Rain?", skipped=True),)),
)


def found(**fields: Any) -> str:
    """Numbers of the entries found, newest first."""
    return "".join(e.id[1:] for e in Searcher().find(ENTRIES, Filter(**fields)))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", "4321"),
        ("rain", "431"),
        ("RAIN walk", "41"),
        ("walk rain", "41"),
        ('"long walk"', "4"),
        ('"walk in the rain"', "1"),
        ('"rain the"', ""),
        ("creme brulee", "2"),
        ("CRÈME", "2"),
        ("cre\u0300me", "2"),
        ("don't", "2"),
        ("both", "3"),
        ("home", "21"),
        ("ana", "41"),
        ("nothing", ""),
        ("rain nothing", ""),
        (".", "421"),
    ],
)
def test_words_and_phrases(words: str, numbers: str) -> None:
    assert found(words=words) == numbers


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ({"pillar": Pillar.TRUST}, "1"),
        ({"person": "ana"}, "1"),
        ({"person": "@Jurgen"}, "2"),
        ({"person": "jür"}, ""),
        ({"tag": "home"}, "21"),
        ({"tag": "#Home"}, "21"),
        ({"tag": "hom"}, ""),
        ({"since": TODAY}, "32"),
        ({"until": TODAY}, "21"),
        ({"since": TODAY - timedelta(9), "until": TODAY - timedelta(9)}, "1"),
        ({"limit": 2}, "43"),
        ({"limit": 0}, ""),
        ({"limit": 1, "tag": "home"}, "2"),
        ({"words": "rain", "tag": "home"}, "1"),
    ],
)
def test_filters(fields: dict[str, Any], numbers: str) -> None:
    assert found(**fields) == numbers


def test_accents_in_two_parts_are_found_by_whole_ones() -> None:
    split = entry("e1", unicodedata.normalize("NFD", "Crème brûlée"))
    assert Searcher().find([split], Filter(words="brûlée")) == [split]


def test_a_changed_entry_is_searched_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "data")
    journal.add(entry("e1", "Rain."))
    journal.warm()
    assert [e.id for e in journal.find(Filter(words="rain"))] == ["e1"]
    journal.replace(entry("e1", "Sun."))
    assert journal.find(Filter(words="rain")) == []
    assert [e.id for e in journal.find(Filter(words="sun"))] == ["e1"]


def test_only_a_filter_that_asks_for_nothing_is_open() -> None:
    assert Filter(limit=3).is_open
    assert not any(f.is_open for f in (Filter(words="x"), Filter(tag="x"), Filter(since=TODAY), Filter(person="x")))


# -- beside a reading of every entry ---------------------------------------------------------------

WORDS = ("rain", "Rain", "walk", "créme", "creme", "Ana", "ana's", "don’t", "#home", "…")
DAYS = st.dates(date(2026, 2, 27), date(2026, 3, 3))
SOME_ENTRIES = st.builds(
    entry,
    id=st.text("0123", min_size=4, max_size=4),
    text=st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join),
    day=st.none() | DAYS,
    pillar=st.sampled_from([None, Pillar.TRUST, Pillar.RESPECT]),
    tags=st.lists(st.sampled_from(["home", "work"]), max_size=2, unique=True).map(tuple),
)
FILTERS = st.builds(
    Filter,
    words=st.lists(st.sampled_from([*WORDS, '"rain walk"', '"walk', "ra", "é"]), max_size=2).map(" ".join),
    pillar=st.sampled_from([None, None, Pillar.TRUST]),
    person=st.sampled_from(["", "", "ana", "rai", "@Ana"]),
    tag=st.sampled_from(["", "", "home", "#Work"]),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    limit=st.none() | st.integers(0, 3),
)


def bare(text: str) -> str:
    """Small letters without accents, straight quotes."""
    parts = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def passes(entry: Entry, filter: Filter) -> bool:
    text = bare(f"{entry.text}\n{' '.join(entry.tags)}")
    person = bare(filter.person.strip("@"))
    wanted = [bare(a or b) for a, b in re.findall(r'"([^"]+)"?|(\S+)', filter.words)]
    return (
        bool(entry.text)
        and all(word in text for word in wanted)
        and (not person or person in re.split(r"\W+", text))
        and filter.pillar in (None, entry.pillar)
        and (not filter.tag or filter.tag.strip("#").lower() in entry.tags)
        and (not filter.since or (entry.day is not None and entry.day >= filter.since))
        and (not filter.until or (entry.day is not None and entry.day <= filter.until))
    )


@given(st.lists(SOME_ENTRIES, max_size=8, unique_by=lambda entry: entry.id), FILTERS)
def test_the_result_is_that_of_reading_every_entry(entries: list[Entry], filter: Filter) -> None:
    entries.sort(key=Entry.sort_key)
    naive = [entry for entry in reversed(entries) if passes(entry, filter)]
    assert Searcher().find(entries, filter) == (naive if filter.limit is None else naive[: filter.limit])
