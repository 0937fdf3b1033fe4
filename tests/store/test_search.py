"""Finding entries."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.model import Answer, Entry, JournalError, Pillar
from journal_tui.store.journal import Journal
from journal_tui.store.records import entry_to_document
from journal_tui.store.search import Filter
from journal_tui.store.storage import LogStorage
from journal_tui.store.table import LogTable
from tests.store.sample import TODAY, entry

ENTRIES = (
    entry(
        "e1", "A walk in the rain with Ana.", pillar=Pillar.TRUST, tags=("home",), rating=4, day=TODAY - timedelta(9)
    ),
    entry("e2", "Crème brûlée, said @Jürgen. Don’t ask.", pillar=Pillar.RESPECT, tags=("food", "home")),
    entry("e3", answers=(Answer(ask="What did the rain say?", choice=("Both of us",)),), day=TODAY + timedelta(1)),
    entry("e4", "The rain again; a long walk.\nThe banana.", day=None),
    entry("e5", answers=(Answer(ask="Rain?", skipped=True),)),
)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    return journal_of(tmp_path_factory.mktemp("home"), ENTRIES)


def journal_of(folder: Path, entries: Sequence[Entry]) -> Journal:
    made = Journal(folder / "data")
    made.imports.bring_in(entries)
    return made


def found(journal: Journal, **fields: Any) -> str:
    """Numbers of the entries found, newest first."""
    return "".join(e.id[1:] for e in journal.find(Filter(**fields)))


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("", "3214"),
        ("rain", "314"),
        ("RAIN walk", "14"),
        ("walk rain", "14"),
        ('"long walk"', "4"),
        ('"walk in the rain"', "1"),
        ('"rain the"', ""),
        ("creme brulee", "2"),
        ("CRÈME", "2"),
        ("cre\u0300me", "2"),
        ("don't", "2"),
        ("both", "3"),
        ("home", "21"),
        ("ana", "14"),
        ("nothing", ""),
        ("rain nothing", ""),
        (".", "214"),
    ],
)
def test_words_and_phrases(words: str, numbers: str, journal: Journal) -> None:
    assert found(journal, words=words) == numbers


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
        ({}, "3214"),
        ({"until": TODAY}, "21"),
        ({"since": TODAY - timedelta(9), "until": TODAY - timedelta(9)}, "1"),
        ({"on_day": (TODAY.month, TODAY.day)}, "2"),
        ({"on_day": (2, 29)}, ""),
        ({"rating": (3, 4)}, "1"),
        ({"rating": (5, 5)}, ""),
        ({"limit": 2}, "32"),
        ({"limit": 0}, ""),
        ({"limit": 1, "tag": "home"}, "2"),
        ({"words": "rain", "tag": "home"}, "1"),
    ],
)
def test_filters(fields: dict[str, Any], numbers: str, journal: Journal) -> None:
    assert found(journal, **fields) == numbers
    assert journal.count(Filter(**fields)) == len(found(journal, **fields | {"limit": None}))


@pytest.mark.parametrize("text", ["Crème brûlée", "日本語 brûlée 🍮", "brûlée \ud800", "ﬁn BRÛLÉE İstanbul"])
def test_accents_in_two_parts_are_found_by_whole_ones(text: str, tmp_path: Path) -> None:
    split = entry("e1", unicodedata.normalize("NFD", text))
    journal = journal_of(tmp_path, [split])
    words = ["brûlée", "BRULE", *text.split()]
    assert [journal.find(Filter(words=word)) for word in words] == [[split]] * len(words)
    assert journal.find(Filter(words="brûlées")) == []


def test_a_changed_entry_is_searched_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "data")
    journal.add(entry("e1", "Rain."))
    journal.warm()
    assert [e.id for e in journal.find(Filter(words="rain"))] == ["e1"]
    journal.replace(entry("e1", "Sun."))
    assert journal.find(Filter(words="rain")) == []
    assert [e.id for e in journal.find(Filter(words="sun"))] == ["e1"]


def test_every_letter_finds_what_a_search_of_its_own_would(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, ENTRIES)
    typed = ("r", "ra", "rain", "rain ", "rain w", "walk rain", "walk", '"', '"the', '"the rain', "a", "an", "ban")
    for number, words in enumerate(typed):
        if number == 4:
            journal.add(entry("e6", "Rain on every window."))
        for only in (Filter(), Filter(tag="home"), Filter(limit=1), Filter(person="Ana")):
            filter = replace(only, words=words)
            assert journal.find(filter) == Journal(tmp_path / "data").find(filter), filter


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
    people=st.lists(st.sampled_from(["Ana", "Rain"]), max_size=1).map(tuple),
    rating=st.sampled_from([None, None, 2, 4]),
    starred=st.booleans(),
)
FILTERS = st.builds(
    Filter,
    words=st.lists(st.sampled_from([*WORDS, '"rain walk"', '"walk', "ra", "é"]), max_size=2).map(" ".join),
    pillar=st.sampled_from([None, None, Pillar.TRUST]),
    person=st.sampled_from(["", "", "ana", "rai", "@Ana"]),
    tag=st.sampled_from(["", "", "home", "#Work"]),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    on_day=st.sampled_from([None, None, (2, 28), (3, 1)]),
    rating=st.sampled_from([None, None, (1, 5), (3, 5), (4, 4)]),
    starred=st.sampled_from([False, False, True]),
    limit=st.none() | st.integers(0, 3),
)


def bare(text: str) -> str:
    """Small letters without accents, straight quotes."""
    parts = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def passes(entry: Entry, filter: Filter) -> bool:
    text = bare(f"{entry.text}\n{' '.join(entry.tags)}\n{' '.join(entry.people)}")
    person = bare(filter.person.strip("@"))
    wanted = [bare(a or b) for a, b in re.findall(r'"([^"]+)"?|(\S+)', filter.words)]
    return (
        bool(entry.text or entry.rating)
        and all(word in text for word in wanted)
        and (not person or person in re.split(r"\W+", text))
        and filter.pillar in (None, entry.pillar)
        and (entry.starred or not filter.starred)
        and (not filter.tag or filter.tag.strip("#").lower() in entry.tags)
        and (not filter.since or (entry.day is not None and entry.day >= filter.since))
        and (not filter.on_day or (entry.day is not None and (entry.day.month, entry.day.day) == filter.on_day))
        and (not filter.rating or filter.rating[0] <= (entry.rating or 0) <= filter.rating[1])
        and (not filter.until or (entry.day is not None and entry.day <= filter.until))
    )


def agrees(journal: Journal, entries: Iterable[Entry], filter: Filter) -> None:
    naive = [entry for entry in sorted(entries, key=Entry.sort_key, reverse=True) if passes(entry, filter)]
    assert journal.find(filter) == (naive if filter.limit is None else naive[: filter.limit])
    assert journal.count(filter) == len(naive)


@settings(deadline=None)
@given(
    st.lists(SOME_ENTRIES, max_size=8, unique_by=lambda entry: entry.id),
    st.lists(SOME_ENTRIES, max_size=3),
    FILTERS,
    st.booleans(),
)
def test_the_result_is_that_of_reading_every_entry(
    entries: list[Entry], changes: list[Entry], filter: Filter, is_warm: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = journal_of(Path(folder), entries)
        if is_warm:
            journal.warm()
        agrees(journal, entries, filter)
        present = {entry.id: entry for entry in entries}
        for change in changes:
            if change.id not in present:
                journal.add(change)
            elif change.answers:
                journal.replace(change)
            else:
                journal.delete([change.id])
            present[change.id] = change
            if not journal.kept(change.id) or change.id not in journal.ids():
                del present[change.id]
            agrees(journal, present.values(), filter)


def test_nothing_is_read_in_full_that_the_limit_leaves_out(tmp_path: Path) -> None:
    """What is no entry is told when it is read."""
    folder = tmp_path / "data"
    table = LogTable(LogStorage(folder), "entries")
    table.insert({"id": "0", "created": "2026-03-01T20:30:00+00:00", "day": "2020-01-01", "answers": "none"})
    table.insert_multiple(map(entry_to_document, ENTRIES))
    lazy = Journal(folder)
    assert found(lazy, limit=2) == "32"
    assert lazy.count(Filter()) == 4
    assert (lazy.troubles, lazy.unreadable, lazy.say_unreadable()) == ((), (), ())
    assert found(lazy) == "3214"
    (record,) = lazy.unreadable
    assert [record in problem.what for problem in lazy.check().problems] == [True]
    assert lazy.say_unreadable() == ("1 entry could not be read: journal-tui check shows it",)
    assert found(searching := Journal(folder), words="none") == ""
    assert searching.unreadable == (record,)
    with pytest.raises(JournalError, match="entry 0 cannot be read: journal-tui check shows where it lies"):
        lazy.delete(["0"])
