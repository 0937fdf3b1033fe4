"""What is kept of every entry so that not all are read: it tells what a whole reading tells, or is not used."""

from __future__ import annotations

import os
import re
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journal_tui.model import JournalError
from journal_tui.sealed import unwrap
from journal_tui.store.journal import Journal
from journal_tui.store.passphrase import remove_passphrase, set_passphrase
from journal_tui.store.search import Filter
from journal_tui.store.vault import Key
from tests.store.sample import entry, log_of, promise

KEY = Key(bytes(range(32)), "0" * 32)
BRIEF = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIRST = date(2026, 3, 1)


def journal_in(folder: Path, key: Key | None = None) -> Journal:
    return Journal(folder, key=key, device="here")


def kept_in(folder: Path) -> Path:
    return folder / "mirror" / "headings-here.txt"


def filled(folder: Path, key: Key | None = None, count: int = 5) -> Journal:
    """A journal whose headings are kept."""
    journal_in(folder, key).imports.bring_in(
        [entry(f"e{n:03}", f"Words of day {n}.", day=FIRST + timedelta(n)) for n in range(count)]
    )
    journal_in(folder, key).refresh()
    assert kept_in(folder).exists()
    return journal_in(folder, key)


FILTERS = (
    Filter(limit=3),
    Filter(limit=50),
    Filter(limit=2, until=FIRST + timedelta(2)),
    Filter(limit=2, since=FIRST + timedelta(1), tag="home"),
    Filter(limit=2, rating=(2, 5)),
)
SEARCHES = (
    Filter(words="words"),
    Filter(words="BROUGHT in", limit=4),
    Filter(words="cafe", since=FIRST + timedelta(1)),
    Filter(words='"words 3"'),
    Filter(words="text"),
    Filter(words="no-where"),
)


def told(journal: Journal) -> tuple[Any, ...]:
    """All that the headings may answer."""
    found = [journal.find(filter) for filter in FILTERS]
    here = [id for number in range(10) if journal.has(id := f"e{number:03}")]
    numbers = journal.id_length(), journal.count(Filter())
    return journal.troubles, found, here, numbers, [journal.find(filter) for filter in SEARCHES]


def told_by_whole_reading(folder: Path, key: Key | None = None) -> tuple[Any, ...]:
    journal = journal_in(folder, key)
    journal.refresh()
    return told(journal)


def is_whole_reading(journal: Journal) -> bool:
    """Whether more than the headings was needed so far."""
    return "storage" in vars(vars(journal)["_ledger"])


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
def test_the_newest_are_found_and_one_is_added_without_reading_the_others(tmp_path: Path, key: Key | None) -> None:
    journal = filled(tmp_path, key)
    newest = entry("new", "One more.", day=FIRST + timedelta(2), tags=("home",))
    journal.add(newest)
    seen = journal.find(FILTERS[1])
    journal_in(tmp_path, key).add(entry("newer", "And one.", day=FIRST + timedelta(9)))
    later = journal_in(tmp_path, key)
    assert [found.id for found in later.find(Filter(limit=2))] == ["newer", "e004"]
    assert not is_whole_reading(journal)
    assert not is_whole_reading(later)
    assert newest in seen
    assert told(later) == told_by_whole_reading(tmp_path, key)
    assert journal_in(tmp_path, key).check().problems == ()


def test_words_are_found_without_reading_what_does_not_hold_them(tmp_path: Path) -> None:
    filled(tmp_path)
    journal = journal_in(tmp_path)
    assert [found.id for found in journal.find(Filter(words="DAY 3"))] == ["e003"]
    assert not is_whole_reading(journal)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "add", "edit", "delete", "put back", "promise", "import", "undo", "redo", "erase", "read"]
        ),
        st.integers(0, 9),
        st.booleans(),
    ),
    max_size=12,
)


WORDS = ("Words ", "In the Café, words ", "\ud800 words\n", "Text ")


def do(step: str, number: int, journal: Journal) -> None:
    """One change, as a process of its own makes it."""
    id, day = f"e{number:03}", FIRST + timedelta(number * 7 % 5)
    made = entry(
        id, f"{WORDS[number % 4]}{number}" if number else "", day=day, tags=("home",), rating=number % 5 or None
    )
    match step:
        case "add":
            journal.add(made)
        case "promise":
            journal.add(made, commitments=[promise(f"p{id}", id)])
        case "edit":
            journal.replace(made)
        case "delete":
            journal.delete([id])
        case "put back":
            journal.trash.put_back([id])
        case "import":
            journal.imports.bring_in([entry(f"i{number}{n}-{id}", "Brought in.", day=day) for n in range(3)])
        case "undo":
            journal.steps.undo()
        case "redo":
            journal.steps.redo()
        case "erase":
            journal.trash.erase([id])
        case _:
            journal.refresh()


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])
@given(steps=STEPS)
@example(steps=[("add", 1, True), ("read", 0, True), ("delete", 1, False), ("add", 1, True), ("undo", 0, True)])
@example(steps=[("add", 1, True), ("read", 0, True), ("add", 2, True), ("erase", 1, True), ("add", 3, True)])
@BRIEF
def test_they_tell_what_a_whole_reading_tells(
    tmp_path_factory: pytest.TempPathFactory, key: Key | None, steps: list[tuple[str, int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    journal = journal_in(folder, key)
    for step, number, is_new in steps:
        journal = journal_in(folder, key) if is_new else journal
        try:
            do(step, number, journal)
        except JournalError:  # there is no such entry
            continue
        assert told(journal_in(folder, key)) == told_by_whole_reading(folder, key)


def spoil_log(folder: Path) -> None:
    """In its middle, at the same length."""
    log = log_of(folder)
    content = log.read_bytes()
    log.write_bytes(content.replace(b"Words of day 1.", b"Words of day 7."))


def keep_older(folder: Path) -> None:
    """As after a kill between the log and what is kept of it."""
    kept = kept_in(folder).read_bytes()
    journal_in(folder).add(entry("late", "Later.", day=FIRST + timedelta(30)))
    kept_in(folder).write_bytes(kept)


def bring_another_log(folder: Path) -> None:
    Journal(folder, device="there").add(entry("there", "From elsewhere.", day=FIRST + timedelta(40)))


def cut_log(folder: Path) -> None:
    log = log_of(folder)
    os.truncate(log, log.stat().st_size - 5)


def replace_log(folder: Path) -> None:
    log = log_of(folder)
    content, stamp = log.read_bytes(), log.stat()
    log.unlink()
    log.write_bytes(content)
    os.utime(log, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def raise_head(folder: Path) -> None:
    (folder / "here.head").write_text('{"seq":99}')


def leave_old_format(folder: Path) -> None:
    (folder / "journal.json").write_text('{"about":{"1":{"program":"journal-tui","format":1}},"entries":{}}')


@pytest.mark.parametrize(
    "change",
    [spoil_log, keep_older, bring_another_log, cut_log, replace_log, raise_head, leave_old_format],
    ids=lambda change: str(change.__name__),
)
def test_what_lies_otherwise_is_read(tmp_path: Path, change: Callable[[Path], None]) -> None:
    filled(tmp_path)
    change(tmp_path)
    journal = journal_in(tmp_path)
    seen = told(journal)
    assert is_whole_reading(journal)
    assert seen == told_by_whole_reading(tmp_path)


@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cuts=st.booleans())
@BRIEF
def test_what_is_kept_may_be_damaged(tmp_path: Path, place: float, byte: int, cuts: bool) -> None:
    if not kept_in(tmp_path).exists():
        filled(tmp_path)
    whole = kept_in(tmp_path).read_bytes()
    at = int(place * len(whole))
    kept_in(tmp_path).write_bytes(whole[:at] + (b"" if cuts else bytes([byte]) + whole[at + 1 :]))
    assert told(journal_in(tmp_path)) == told_by_whole_reading(tmp_path)
    kept_in(tmp_path).write_bytes(whole)


def forge(content: bytes) -> bytes:
    """With the checksum that fits."""
    head, _, rest = content.partition(b"\n")
    return b"%s %08x\n%s" % (head.rpartition(b" ")[0], crc32(rest), rest)


PARTS = st.one_of(
    st.tuples(
        st.sampled_from([rb"\d+", rb"\t", rb"\n", rb"[\w-]+", rb"\[|\{", b'"[^"]*"']),
        st.sampled_from(
            [b"", b"\t", b"\n", b"9" * 30, b"-1", b"null", b"[]", b'"x"', b"../../x", b"\xff", b"1e9", b"here\t0\t9"]
        ),
    )
)


@given(st.lists(st.tuples(PARTS, st.floats(0, 1, exclude_max=True)), min_size=1, max_size=3))
@example([((rb'"[0-9a-f]{32}"', b"7"), 0.0)])
@settings(BRIEF, max_examples=60)
def test_what_is_forged_shows_nothing_that_is_not_there(
    tmp_path: Path, edits: list[tuple[tuple[bytes, bytes], float]]
) -> None:
    if not kept_in(tmp_path).exists():
        filled(tmp_path)
    whole = kept_in(tmp_path).read_bytes()
    forged = whole
    for (pattern, new), place in edits:
        first, _, rest = forged.partition(b"\n")
        if spans := [found.span() for found in re.finditer(pattern, rest)]:
            start, end = spans[int(place * len(spans))]
            forged = first + b"\n" + rest[:start] + new + rest[end:]
    kept_in(tmp_path).write_bytes(forge(forged))
    there = Journal(tmp_path, device="another").entries()
    for filter in (*FILTERS, *SEARCHES):
        assert all(found in there for found in journal_in(tmp_path).find(filter))
    journal_in(tmp_path).id_length()
    journal_in(tmp_path).count(Filter())
    kept_in(tmp_path).write_bytes(whole)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    filled(tmp_path)
    os.truncate(kept_in(tmp_path), 3 << 30)
    journal = journal_in(tmp_path)
    tracemalloc.start()
    found = journal.find(Filter(limit=9))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(found), most < 64 << 20) == (5, True)
    assert kept_in(tmp_path).stat().st_size < 1 << 20


@pytest.mark.parametrize("linked", ["mirror", "mirror/headings-here.txt"])
def test_a_link_is_not_followed(tmp_path: Path, linked: str) -> None:
    data, outside = tmp_path / "data", tmp_path / "outside"
    filled(data)
    (data / linked).rename(outside)
    (data / linked).symlink_to(outside)
    before = {path: path.read_bytes() for path in [outside, *outside.rglob("*")] if path.is_file()}
    journal = journal_in(data)
    assert len(journal.find(Filter(limit=9))) == 5
    assert is_whole_reading(journal)
    journal_in(data).add(entry("new", "One more."))
    assert {path: path.read_bytes() for path in [outside, *outside.rglob("*")] if path.is_file()} == before


def test_a_document_that_is_not_as_it_was_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not tell that a log was changed."""
    filled(tmp_path)
    before = log_of(tmp_path).stat()
    spoil_log(tmp_path)
    real = os.lstat
    monkeypatch.setattr(os, "lstat", lambda path: before if Path(path) == log_of(tmp_path) else real(path))
    assert "Words of day 7." not in str(journal_in(tmp_path).find(Filter(limit=9)))


def test_a_disk_that_refuses_them_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "mirror").write_text("in the way")
    for number in range(3):
        journal_in(tmp_path).add(entry(f"e{number}", "Kept."))
    assert told(journal_in(tmp_path)) == told_by_whole_reading(tmp_path)
    assert journal_in(tmp_path).count(Filter()) == 3


def test_nothing_is_made_where_there_is_no_journal(tmp_path: Path) -> None:
    assert journal_in(tmp_path / "nowhere").find(Filter(limit=3)) == []
    assert not (tmp_path / "nowhere").exists()


def test_they_are_sealed_with_the_journal_and_open_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_TUI_DEVICE", "here")
    filled(tmp_path)
    key = set_passphrase(tmp_path, "quiet")
    journal_in(tmp_path, key).refresh()
    assert b"e001" not in kept_in(tmp_path).read_bytes()
    journal = journal_in(tmp_path, key)
    assert len(journal.find(Filter(limit=9))) == 5
    assert not is_whole_reading(journal)
    remove_passphrase(tmp_path, key)
    assert told(journal_in(tmp_path)) == told_by_whole_reading(tmp_path)


def test_open_ones_are_not_taken_in_an_encrypted_journal(tmp_path: Path) -> None:
    """Anybody could have written them."""
    filled(tmp_path, KEY)
    kept = kept_in(tmp_path)
    kept.write_bytes(unwrap(kept.read_bytes(), kept.name, KEY))
    journal = journal_in(tmp_path, KEY)
    assert len(journal.find(Filter(limit=9))) == 5
    assert is_whole_reading(journal)


def test_what_was_erased_is_not_named(tmp_path: Path) -> None:
    filled(tmp_path)
    assert b"e001" in kept_in(tmp_path).read_bytes()
    journal = journal_in(tmp_path)
    journal.refresh()
    journal.trash.erase(["e001"])
    assert not [path for path in (tmp_path / "mirror").iterdir() if b"e001" in path.read_bytes()]


def test_nobody_else_reads_them(tmp_path: Path) -> None:
    filled(tmp_path)
    assert kept_in(tmp_path).stat().st_mode & 0o777 == 0o600
    assert kept_in(tmp_path).parent.stat().st_mode & 0o777 == 0o700
