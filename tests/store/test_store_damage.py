"""Full disks, broken files and things in the way: told in one line, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from journal_tui.model import JournalError
from journal_tui.store.journal import Journal
from journal_tui.store.log import Op, encode_header, encode_json, encode_line, encode_payload
from journal_tui.store.records import entry_to_document
from journal_tui.store.storage import LogDB, LogStorage
from journal_tui.store.vault import LockedError, Vault
from tests.store.sample import NOW, entry, log_of, promise


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A journal with one entry, two versions of it, and a promise."""
    folder = tmp_path / "data"
    journal = Journal(folder, clock=lambda: NOW)
    journal.add(entry("e1", "First."), commitments=[promise("c1", "e1")])
    journal.replace(entry("e1", "Second."))
    return folder


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file but the lock, which is empty."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


CHANGES: dict[str, Callable[[Journal], object]] = {
    "add": lambda journal: journal.add(entry("e2", "New.")),
    "add_many": lambda journal: journal.imports.bring_in([entry("e2", "New."), entry("e3", "New.")]),
    "replace": lambda journal: journal.replace(entry("e1", "Third.")),
    "delete": lambda journal: journal.delete(["e1"]),
    "undo": lambda journal: journal.steps.undo(),
}
change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())


def one_line(error: pytest.ExceptionInfo[JournalError]) -> str:
    message = str(error.value)
    assert len(message.splitlines()) == 1
    return message


# -- writing fails ---------------------------------------------------------------------------------


@change
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("step", ["fsync", "write"])
def test_a_write_that_fails_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Journal], object], step: str, number: int
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    journal = Journal(folder, clock=lambda: NOW)
    entries, before = journal.entries(), content_of(folder)
    with monkeypatch.context() as broken:
        broken.setattr(os, step, fail)
        with pytest.raises(JournalError, match=os.strerror(number)) as error:
            change(journal)
    assert "the journal is as it was; make room" in one_line(error)
    assert content_of(folder) == before
    assert journal.entries() == entries

    change(journal)
    untroubled = Path(shutil.copytree(folder, folder.parent / "copy"))
    for name, content in before.items():
        (untroubled / name).write_bytes(content)
    change(Journal(untroubled, clock=lambda: NOW))
    texts = [[e.text for e in Journal(place).entries()] for place in (folder, untroubled)]
    assert texts[0] == texts[1] != [e.text for e in entries]


def test_an_error_within_a_change_leaves_all_as_it_was(folder: Path) -> None:
    journal = Journal(folder, clock=lambda: NOW)
    before = content_of(folder)
    with pytest.raises(AttributeError):
        journal.imports.bring_in([entry("e2", "New."), "no entry"])  # type: ignore[list-item]
    assert content_of(folder) == before
    assert [e.id for e in journal.entries()] == ["e1"]
    journal.add(entry("e3", "After."))
    assert [e.id for e in Journal(folder).entries()] == ["e1", "e3"]


@change
def test_what_a_crash_left_behind_is_removed_with_the_next_change(
    folder: Path, change: Callable[[Journal], object]
) -> None:
    (folder / f".{log_of(folder).name}.0a1b2c3d.new").write_text('{"entries": {"1"')
    change(Journal(folder))
    assert not list(folder.glob(".*"))


def test_a_folder_that_cannot_be_made_is_told_before_anybody_writes(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(JournalError, match="--home") as error:
        Journal(tmp_path / "file" / "data").check_writable()
    one_line(error)
    Journal(tmp_path / "fine").check_writable()
    assert [path.name for path in (tmp_path / "fine").iterdir()] == ["lock"]


def test_a_folder_that_is_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    before = content_of(folder)
    for use in (Journal.entries, CHANGES["add"]):
        with pytest.raises(JournalError, match="is a link to another place: use --home with the real folder") as error:
            use(Journal(tmp_path / "link"))
        one_line(error)
    assert content_of(folder) == before


def test_a_writer_that_does_not_end_keeps_no_entry_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal_tui.store.journal.ADD_SECONDS", 0.05)
    with LogStorage(folder).alone():
        other = Journal(folder, clock=lambda: NOW)
        other.add(entry("e2", "Beside."), commitments=[promise("c2", "e2")])
        assert [e.id for e in Journal(folder).entries()] == ["e1", "e2"]
    assert len(list(folder.glob("*.log"))) == 2
    journal = Journal(folder, clock=lambda: NOW)
    journal.replace(entry("e2", "Changed."))
    assert [e.text for e in Journal(folder).entries()] == ["Second.", "Changed."]
    assert [c.id for c in journal.promises.all()] == ["c1", "c2"]
    assert journal.troubles == ()


# -- the log is damaged ----------------------------------------------------------------------------


def test_a_line_that_was_not_finished_is_cut_off_and_told(folder: Path) -> None:
    log = log_of(folder)
    whole = log.read_bytes()
    log.write_bytes(whole[:-40])
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["First."]
    journal.add(entry("e2", "After."))
    (told,) = journal.troubles
    assert "was not finished, as after a power cut: it was cut off and kept in" in told
    (kept,) = (folder / "quarantine").iterdir()
    assert kept.read_bytes() == whole.splitlines(keepends=True)[2][:-40]
    assert [e.text for e in Journal(folder).entries()] == ["First.", "After."]
    assert Journal(folder).troubles == ()


def test_a_log_without_its_last_line_feed_is_whole(folder: Path) -> None:
    log = log_of(folder)
    log.write_bytes(log.read_bytes()[:-1])
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["Second."]
    journal.add(entry("e2", "After."))
    assert [e.text for e in Journal(folder).entries()] == ["Second.", "After."]
    assert Journal(folder).troubles == journal.troubles == ()


def test_a_damaged_line_is_told_kept_and_left_out(folder: Path) -> None:
    log = log_of(folder)
    Journal(folder, clock=lambda: NOW).add(entry("e2", "Other."))
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines).replace(b'"Second."', b'"Sekond."'))
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["First.", "Other."]
    (told,) = journal.troubles
    assert f"{log} is damaged" in told
    assert "1 line is left out" in told
    journal.add(entry("e3", "After."))
    (kept,) = (folder / "quarantine").iterdir()
    assert b"Sekond." in kept.read_bytes()
    assert [e.id for e in Journal(folder).entries()] == ["e1", "e2", "e3"]


def test_a_log_that_lost_its_end_is_told(folder: Path) -> None:
    log = log_of(folder)
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["First."]
    (told,) = journal.troubles
    assert "lost its end, commit 2;" in told
    (problem,) = journal.check().problems
    assert problem.what == "it lost its end, commit 2"


def test_a_lost_end_is_told_also_where_a_piece_is_left_and_after_the_log_went_on(folder: Path) -> None:
    log = log_of(folder)
    log.write_bytes(log.read_bytes()[:-4])
    journal = Journal(folder, clock=lambda: NOW)
    assert "lost its end, commit 2;" in " ".join(journal.troubles)
    journal.add(entry("e2", "New."))
    for _ in range(2):
        (problem,) = Journal(folder, clock=lambda: NOW).check().problems
        assert problem.what == f"commit 2 of {log.stem} could not be read"
        assert "Second." in Path(problem.where).read_text(encoding="utf-8")
    Path(problem.where).unlink()
    assert Journal(folder, clock=lambda: NOW).check().problems == ()


def test_what_a_backup_holds_comes_back(folder: Path) -> None:
    journal = Journal(folder, clock=lambda: NOW)
    copy = journal.backup()
    log = log_of(folder)
    log.write_bytes(log.read_bytes().replace(b'"Second."', b'"Sekond."'))
    (problem,) = Journal(folder).check().problems
    assert problem.help == f"a backup holds it: journal-tui restore {copy}"
    journal = Journal(folder, clock=lambda: NOW)
    journal.add(entry("e2", "Since."))
    restored = journal.restore(copy)
    assert (restored.brought, restored.changed) == (0, 1)
    assert [e.text for e in Journal(folder).entries()] == ["Second.", "Since."]
    assert Journal(folder).troubles == ()
    assert Journal(folder).check().problems == ()
    journal.steps.undo()
    assert [e.text for e in Journal(folder).entries()] == ["First.", "Since."]


def test_a_newer_log_is_left_alone(folder: Path) -> None:
    log = log_of(folder)
    header = encode_header(log.stem, "", "2026-03-01").replace(b'"journal-tui log":2', b'"journal-tui log":3')
    header = header[:50] + sha256(header[9:41] + header[84:]).hexdigest()[:32].encode() + header[82:]
    log.write_bytes(header + b"\n{a line of another kind}\n")
    before = content_of(folder)
    for use in (Journal.entries, CHANGES["add"]):
        with pytest.raises(JournalError, match=r"was written by a newer journal-tui \(format 3") as error:
            use(Journal(folder))
        one_line(error)
    assert content_of(folder) == before


def test_two_logs_that_claim_one_device_are_refused(folder: Path) -> None:
    log = log_of(folder)
    shutil.copy(log, folder / f"{log.stem} (conflicted copy).log")
    before = content_of(folder)
    for use in (Journal.entries, CHANGES["add"]):
        with pytest.raises(JournalError, match=f"two logs claim the device {log.stem}") as error:
            use(Journal(folder))
        one_line(error)
    assert content_of(folder) == before


def test_a_log_that_was_copied_by_another_program_can_be_brought_in(folder: Path, tmp_path: Path) -> None:
    log = log_of(folder)
    copy = tmp_path / f"{log.stem} (conflicted copy).log"
    shutil.copy(log, copy)
    line = log.read_bytes().splitlines()[-1]
    there = Op("entries", "r9", None, encode_json(entry_to_document(entry("e9", "There."))))
    payload = encode_payload(NOW.isoformat(), {"what": "add"}, [there])
    with copy.open("ab") as file:
        file.write(encode_line(line[50:82], 3, payload, log.stem, None) + b"\n")
    journal = Journal(folder, clock=lambda: NOW)
    assert journal.restore(copy).brought == 1
    assert sorted(e.text for e in journal.entries()) == ["Second.", "There."]


@pytest.mark.parametrize(
    "note", [{"what": "judge", "pattern": []}, {"what": "judge", "pattern": 5}, {"what": "join", "names": 5}]
)
def test_a_change_with_an_odd_note_can_be_taken_back(folder: Path, note: dict[str, Any]) -> None:
    storage = LogStorage(folder)
    with storage.transaction(**note):
        storage.commit([Op("people", "p1", None, encode_json({"name": "Ana", "also": ["Anna"]}))])
    journal = Journal(folder, clock=lambda: NOW)
    assert journal.steps.undo()
    assert journal.people.all() == []


def test_a_vault_that_is_missing_is_told(folder: Path) -> None:
    vault, key = Vault.create("sample")
    log = log_of(folder)
    sealed = Journal(folder.parent / "sealed", key=key, clock=lambda: NOW)
    sealed.add(entry("e1", "Sealed."))
    folder = folder.parent / "sealed"
    before = content_of(folder)
    for use in (Journal.entries, CHANGES["add"]):
        with pytest.raises(JournalError, match=r"vault.json is missing, without it .* stays closed") as error:
            use(Journal(folder))
        one_line(error)
    assert content_of(folder) == before
    vault.write(folder / "vault.json")
    with pytest.raises(LockedError):
        Journal(folder).entries()
    _, other = Vault.create("sample")
    with pytest.raises(JournalError, match="was sealed with another vault"):
        Journal(folder, key=other).entries()
    assert [e.text for e in Journal(folder, key=key).entries()] == ["Sealed."]
    assert log.exists()


def test_a_log_that_is_too_large_is_told(folder: Path) -> None:
    log = log_of(folder)
    os.truncate(log, 3 * 2**30)
    for use in (Journal.entries, CHANGES["add"]):
        with pytest.raises(JournalError, match=r"has 3.0 GB, more than the 2 GB that are read") as error:
            use(Journal(folder))
        one_line(error)
    assert log.stat().st_size == 3 * 2**30


@change
@pytest.mark.parametrize("thing", ["folder", "link", "link to nothing"])
def test_something_else_in_place_of_the_log_is_left_alone(
    folder: Path, tmp_path: Path, change: Callable[[Journal], object], thing: str
) -> None:
    file, target = log_of(folder), tmp_path / "target"
    before = file.read_bytes()
    file.unlink()
    if thing == "folder":
        file.mkdir()
    else:
        file.symlink_to(target)
    if thing == "link":
        target.write_bytes(before)
    for use in (Journal.entries, change):
        with pytest.raises(JournalError, match=r"is not a file of its own: move what lies there away") as error:
            use(Journal(folder))
        one_line(error)
    assert file.is_dir() if thing == "folder" else file.is_symlink()
    assert target.exists() == (thing == "link")
    assert not target.exists() or target.read_bytes() == before


# -- documents that are none -----------------------------------------------------------------------

BAD_RECORDS: tuple[dict[str, Any], ...] = (
    {},
    {"id": []},
    {"id": "x"},
    {"id": "x", "created": "never"},
    {"id": "x", "created": NOW.isoformat(), "answers": "Words."},
    {"id": "x", "created": NOW.isoformat(), "rating": 1e999},
    {"id": "x", "created": NOW.isoformat(), "tags": "home"},
    {"id": "x", "created": NOW.isoformat(), "day": "2026-13-01"},
)


@pytest.mark.parametrize("record", BAD_RECORDS, ids=str)
def test_a_bad_record_is_told_and_the_others_are_whole(folder: Path, record: dict[str, Any]) -> None:
    number = LogDB(folder).table("entries").insert(record)
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["Second."]
    assert journal.say_unreadable() == ("1 entry could not be read: journal-tui check shows it",)
    (problem,) = journal.check().problems
    assert problem.what.startswith(f"{journal.unreadable[0]} cannot be read")

    journal.add(entry("e2", "New."))
    journal.replace(entry("e2", "Newer."))
    journal.delete(["e1"])
    journal.steps.undo()
    assert [e.text for e in journal.entries()] == ["Second.", "Newer."]
    assert json.dumps(LogDB(folder).table("entries").get(doc_id=number)) == json.dumps(record)


def test_a_bad_promise_is_told_and_the_others_are_whole(folder: Path) -> None:
    LogDB(folder).table("commitments").insert({"id": "c2"})
    journal = Journal(folder)
    assert [c.id for c in journal.promises.all()] == ["c1"]
    assert journal.say_unreadable() == ("1 promise could not be read: journal-tui check shows it",)
