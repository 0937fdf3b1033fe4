"""Full disks, broken files and things in the way: told in one line, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import JournalError
from journal_tui.store.journal import Journal
from tests.store.sample import NOW, entry, promise


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal with one entry, two versions of it, and a promise."""
    folder = tmp_path / "data"
    journal = Journal(folder, clock=lambda: NOW)
    journal.add(entry("e1", "First."), commitment=promise("c1", "e1"))
    journal.replace(entry("e1", "Second."))
    return folder


CHANGES: dict[str, Callable[[Journal], object]] = {
    "add": lambda journal: journal.add(entry("e2", "New.")),
    "add_many": lambda journal: journal.add_many([entry("e2", "New."), entry("e3", "New.")]),
    "replace": lambda journal: journal.replace(entry("e1", "Third.")),
    "delete": lambda journal: journal.delete(["e1"]),
    "undo": lambda journal: journal.undo(),
}
change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())


def one_line(error: pytest.ExceptionInfo[JournalError]) -> str:
    message = str(error.value)
    assert len(message.splitlines()) == 1
    return message


# -- writing fails ---------------------------------------------------------------------------------


@change
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Journal], object], step: str, number: int
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    journal = Journal(folder, clock=lambda: NOW)
    entries, before = journal.entries(), (folder / "journal.json").read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(os, step, fail)
        with pytest.raises(JournalError, match=os.strerror(number)) as error:
            change(journal)
    assert "the journal is as it was; make room" in one_line(error)
    assert (folder / "journal.json").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["journal.json", "lock"]
    assert journal.entries() == entries

    change(journal)
    untroubled = Path(shutil.copytree(folder, folder.parent / "copy"))
    (untroubled / "journal.json").write_bytes(before)
    change(Journal(untroubled, clock=lambda: NOW))
    assert (folder / "journal.json").read_bytes() == (untroubled / "journal.json").read_bytes() != before


def test_an_error_within_a_change_leaves_all_as_it_was(folder: Path) -> None:
    journal = Journal(folder, clock=lambda: NOW)
    before = (folder / "journal.json").read_bytes()
    with pytest.raises(AttributeError):
        journal.add_many([entry("e2", "New."), "no entry"])  # type: ignore[list-item]
    assert (folder / "journal.json").read_bytes() == before
    assert [e.id for e in journal.entries()] == ["e1"]
    journal.add(entry("e3", "After."))
    assert [e.id for e in Journal(folder).entries()] == ["e1", "e3"]


@change
def test_what_a_crash_left_behind_is_removed_with_the_next_change(
    folder: Path, change: Callable[[Journal], object]
) -> None:
    (folder / ".journal.json.0a1b2c3d.new").write_text('{"entries": {"1"')
    change(Journal(folder))
    assert sorted(path.name for path in folder.iterdir()) == ["journal.json", "lock"]


def test_a_folder_that_cannot_be_made_is_told_before_anybody_writes(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(JournalError, match="--home") as error:
        Journal(tmp_path / "file" / "data").check_writable()
    one_line(error)
    Journal(tmp_path / "fine").check_writable()
    assert not (tmp_path / "fine" / "journal.json").exists()


# -- the file is damaged ---------------------------------------------------------------------------

DAMAGED = {
    "empty": (b"", "is damaged (line 1, column 1"),
    "cut": (b'{"entries":{"1":{"id":"e1","cre', "is damaged (line 1, column 28"),
    "zeros": (b"\x00" * 4096, "is damaged"),
    "not text": (b"\xff\xfe\x00\xd8", "is damaged"),
    "two files": (b"{}{}", "is damaged (line 1, column 3: Extra data)"),
    "too deep": (b"[" * 100_000, "is damaged"),
    "a list": (b"[]", "is not a TinyDB file"),
    "a text": (b'"journal"', "is not a TinyDB file"),
    "a table that is a list": (b'{"entries":[]}', "is not a TinyDB file"),
    "a record that is a text": (b'{"entries":{"1":"Words."}}', "is not a TinyDB file"),
    "a record without a number": (b'{"entries":{"one":{}}}', "is not a TinyDB file"),
    "a newer format": (b'{"about":{"1":{"format":2}}}', "was written by a newer journal-tui (format 2): update"),
    "an odd format": (b'{"about":{"1":{"format":"\\u001b[2J"}}}', "newer journal-tui (format \u241b[2J): update"),
}


@change
@pytest.mark.parametrize(("content", "told"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_told_and_never_written(
    folder: Path, change: Callable[[Journal], object], content: bytes, told: str
) -> None:
    file = folder / "journal.json"
    file.write_bytes(content)
    journal = Journal(folder)
    for use in (Journal.entries, Journal.commitments, change):
        with pytest.raises(JournalError) as error:
            use(journal)
        assert str(error.value).startswith(str(file))
        assert told in one_line(error)
        assert "nothing was changed" in str(error.value)
    assert file.read_bytes() == content


def test_an_open_journal_recovers_when_the_file_does(folder: Path) -> None:
    journal = Journal(folder)
    file = folder / "journal.json"
    good = file.read_bytes()
    journal.entries()
    file.write_bytes(good[:50])
    with pytest.raises(JournalError, match="is damaged"):
        journal.entries()
    file.write_bytes(good)
    journal.add(entry("e2", "After."))
    assert [e.text for e in journal.entries()] == ["Second.", "After."]


@change
@pytest.mark.parametrize("thing", ["folder", "link", "link to nothing"])
def test_something_else_in_place_of_the_file_is_left_alone(
    folder: Path, tmp_path: Path, change: Callable[[Journal], object], thing: str
) -> None:
    file, target = folder / "journal.json", tmp_path / "target"
    before = file.read_bytes()
    file.unlink()
    if thing == "folder":
        file.mkdir()
    else:
        file.symlink_to(target)
    if thing == "link":
        target.write_bytes(before)
    for use in (Journal.entries, change):
        with pytest.raises(JournalError, match=r"is not a file: move what lies there away, or use --home") as error:
            use(Journal(folder))
        one_line(error)
    assert file.is_dir() if thing == "folder" else file.is_symlink()
    assert target.exists() == (thing == "link")
    assert not target.exists() or target.read_bytes() == before


BAD_RECORDS: tuple[dict[str, Any], ...] = (
    {},
    {"id": []},
    {"id": "x"},
    {"id": "x", "created": "never"},
    {"id": "x", "created": NOW.isoformat(), "answers": "Words."},
    {"id": "x", "created": NOW.isoformat(), "rating": 1e999},
    {"id": "x", "created": NOW.isoformat(), "tags": "home"},
)


@pytest.mark.parametrize("record", BAD_RECORDS, ids=str)
def test_a_bad_record_is_told_and_the_others_are_whole(folder: Path, record: dict[str, Any]) -> None:
    file = folder / "journal.json"
    tables = json.loads(file.read_bytes())
    tables["entries"]["7"] = record
    file.write_text(json.dumps(tables))
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["Second."]
    (told,) = journal.troubles
    assert told.startswith(f"record 7 in {file} cannot be read")
    assert told.endswith("it is left as it is, the other entries are whole")

    journal.add(entry("e2", "New."))
    journal.replace(entry("e2", "Newer."))
    journal.delete(["e1"])
    journal.undo()
    assert [e.text for e in journal.entries()] == ["Second.", "Newer."]
    assert json.loads(file.read_bytes())["entries"]["7"] == record


def test_a_bad_promise_is_told_and_the_others_are_whole(folder: Path) -> None:
    file = folder / "journal.json"
    tables = json.loads(file.read_bytes())
    tables["commitments"]["2"] = {"id": "c2"}
    file.write_text(json.dumps(tables))
    journal = Journal(folder)
    assert [c.id for c in journal.commitments()] == ["c1"]
    assert journal.troubles == (f"promise 2 in {file} cannot be read: it is left as it is",)


@given(st.data())
def test_a_byte_changed_anywhere_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("journal")
    journal = Journal(folder, clock=lambda: NOW)
    journal.add(entry("e1", "First.", rating=3), commitment=promise("c1", "e1"))
    file = folder / "journal.json"
    content = bytearray(file.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    file.write_bytes(content)
    damaged = Journal(folder)
    try:
        damaged.entries()
        damaged.add(entry("e2", "New."))
    except JournalError:
        assert file.read_bytes() == content
        return
    assert damaged.get("e2").text == "New."
