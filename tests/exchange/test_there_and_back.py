"""Exported, and imported again: into the same journal nothing comes, into an empty one the same words and days."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.exchange import out_csv, out_markdown
from journal_tui.exchange.bring_in import carry_out, plan
from journal_tui.exchange.contents import Contents, gather, writable
from journal_tui.exchange.formats import find_format
from journal_tui.exchange.own import fingerprints_of
from journal_tui.exchange.record import Record, fingerprint
from journal_tui.exchange.send_out import FORMS, render
from journal_tui.exchange.source import Watch, open_place
from journal_tui.model import Entry
from journal_tui.store.journal import Journal
from journal_tui.store.search import Filter
from tests.exchange.test_export import ENTRIES_HERE, PROMISES
from tests.store.sample import ENTRIES, NOW, entry

FORMATS = ("journal-tui", "csv", "jrnl", "markdown")
"""As import names them."""
WITH_WORDS = ENTRIES.filter(lambda entry: bool(out_csv.words(entry).strip()) or not entry.tags)
"""Of a row of CSV without words its tags are read, and tags as odd as these have commas in them."""


def exported(journal: Journal, format: str, folder: Path) -> Path:
    return written(gather(journal, Filter()), format, folder)


def written(contents: Contents, format: str, folder: Path) -> Path:
    target = folder / f"out-{format}"
    if format == "markdown":
        out_markdown.write(contents, target, force=True, on_progress=lambda done, total: None)
    else:
        target.write_bytes(render(FORMS["json" if format == "journal-tui" else format], contents))
    return target


def plain(text: str) -> str:
    return " ".join(writable(text).split())


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_journal_gets_nothing_twice(tmp_path: Path, format: str) -> None:
    journal = Journal(tmp_path / "here", clock=lambda: NOW)
    twice = [entry(id, "The same words.") for id in ("t1", "t2")]
    journal.imports.bring_in([*ENTRIES_HERE, *twice], PROMISES)
    found = plan(journal, exported(journal, format, tmp_path))
    assert (found.entries, found.left_out) == ((), ())
    assert found.already_there == 6
    journal.delete(["t1"])
    assert plan(journal, tmp_path / f"out-{format}").entries == ()


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_journal_gets_the_same_words_and_days(tmp_path: Path, format: str) -> None:
    here = Journal(tmp_path / "here", clock=lambda: NOW)
    here.imports.bring_in(ENTRIES_HERE, PROMISES)
    there = Journal(tmp_path / "there", clock=lambda: NOW)
    carry_out(there, plan(there, exported(here, format, tmp_path)))
    for read, given_ in zip(in_order(there), in_order(here), strict=True):
        assert plain(out_csv.words(read)).startswith(plain(out_csv.words(given_)))
        if format == "jrnl":  # it knows hours on the clock alone
            clock = given_.moment.date() if given_.moment else given_.day or given_.created.date()
            assert (read.day, read.starred) == (clock, given_.starred)
            continue
        assert (read.day, read.pillar, read.rating, read.starred) == (
            given_.day,
            given_.pillar,
            given_.rating,
            given_.starred,
        )
        assert read.people == given_.people
        wall = given_.moment.replace(tzinfo=None, second=0) if given_.moment else None
        assert (read.moment.replace(tzinfo=None, second=0) if read.moment else None) == wall


def in_order(journal: Journal) -> list[Entry]:
    """By the words: a day that one form knows and another does not moves nothing."""
    return sorted(journal.entries(), key=lambda entry: out_csv.words(entry))


@pytest.mark.parametrize("format", FORMATS[1:])
@settings(max_examples=25)
@given(entries=st.lists(WITH_WORDS, min_size=1, max_size=4, unique_by=lambda entry: entry.id))
def test_any_words_are_known_again(tmp_path_factory: pytest.TempPathFactory, format: str, entries: list[Entry]) -> None:
    contents = Contents(entries=[*entries, entry("e1", "Some words.")], made=NOW)
    known = {mark for given_ in contents.entries for mark in fingerprints_of(given_)}
    target = written(contents, format, tmp_path_factory.mktemp("out"))
    chosen, place = find_format(open_place(target, Watch()), format)
    met = [fingerprint(piece) for piece in chosen.read(place) if isinstance(piece, Record)]
    assert met
    assert known.issuperset(met)
