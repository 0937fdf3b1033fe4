"""A journal of the format before, in one JSON file, is read, carried over and kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from journal_tui.model import JournalError
from journal_tui.store.journal import Journal
from journal_tui.store.records import commitment_to_document, entry_to_document
from tests.store.sample import NOW, entry, log_of, promise

OLD: dict[str, Any] = {
    "about": {"1": {"program": "journal-tui", "format": 1}},
    "entries": {
        "1": entry_to_document(entry("e1aa", "Second.", edited=NOW)),
        "2": {**entry_to_document(entry("e2aa", "Thrown away.")), "deleted": NOW.isoformat()},
    },
    "history": {
        "1": {"entry": "e1aa", "until": NOW.isoformat(), "document": entry_to_document(entry("e1aa", "First."))}
    },
    "commitments": {"1": commitment_to_document(promise("c1", "e1aa"))},
    "changes": {"1": {"what": "add", "at": NOW.isoformat(), "ids": ["e1aa"], "versions": []}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "journal.json").write_text(json.dumps(OLD), "utf-8")
    return tmp_path


def test_it_is_read_without_writing(folder: Path) -> None:
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["Second."]
    assert [t.entry.text for t in journal.trash.all()] == ["Thrown away."]
    assert [c.id for c in journal.promises.all()] == ["c1"]
    assert [v.entry.text for v in journal.history("e1aa")] == ["First.", "Second."]
    assert [path.name for path in folder.iterdir()] == ["journal.json"]


def test_the_first_change_makes_a_log_of_it_and_keeps_the_file(folder: Path) -> None:
    before = (folder / "journal.json").read_bytes()
    Journal(folder, clock=lambda: NOW).add(entry("e3aa", "New."))
    assert not (folder / "journal.json").exists()
    (kept,) = (folder / "backups").iterdir()
    assert kept.read_bytes() == before
    journal = Journal(folder, clock=lambda: NOW)
    assert [e.text for e in journal.entries()] == ["Second.", "New."]
    assert [v.entry.text for v in journal.history("e1aa")] == ["First.", "Second."]
    assert [t.entry.text for t in journal.trash.all()] == ["Thrown away."]
    assert (journal.troubles, journal.check().problems) == ((), ())


def test_a_file_that_was_carried_over_and_stayed_is_put_away(folder: Path) -> None:
    before = (folder / "journal.json").read_bytes()
    Journal(folder, clock=lambda: NOW).add(entry("e3aa", "New."))
    (folder / "journal.json").write_bytes(before)
    journal = Journal(folder, clock=lambda: NOW)
    assert journal.troubles == ()
    journal.add(entry("e4aa", "Newer."))
    assert not (folder / "journal.json").exists()
    assert len(journal.entries()) == 3


def test_a_file_that_came_beside_a_log_is_told_and_can_be_brought_in(folder: Path, tmp_path_factory: Any) -> None:
    other = tmp_path_factory.mktemp("other")
    Journal(other, clock=lambda: NOW).add(entry("e9aa", "Here."))
    (folder / "journal.json").rename(other / "journal.json")
    journal = Journal(other, clock=lambda: NOW)
    (told,) = journal.troubles
    assert "is of an older journal-tui and not read beside the log: journal-tui restore" in told
    journal.add(entry("e8aa", "More."))
    assert (other / "journal.json").exists()
    assert journal.restore(other / "journal.json").brought == 2
    assert sorted(e.text for e in journal.entries()) == ["Here.", "More.", "Second."]


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


@pytest.mark.parametrize(("content", "told"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_told_and_never_written(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "journal.json"
    file.write_bytes(content)
    journal = Journal(tmp_path)
    for use in (Journal.entries, lambda journal: journal.promises.all(), lambda journal: journal.add(entry("e1", "x"))):
        with pytest.raises(JournalError) as error:
            use(journal)
        message = str(error.value)
        assert len(message.splitlines()) == 1
        assert message.startswith(str(file))
        assert told in message
        assert "nothing was changed" in message
    assert file.read_bytes() == content
    assert not list(tmp_path.glob("*.log"))


def test_what_is_no_entry_is_carried_over_as_it_is(folder: Path) -> None:
    tables = json.loads((folder / "journal.json").read_bytes())
    tables["entries"]["7"] = {"id": [], "words": "mine"}
    (folder / "journal.json").write_text(json.dumps(tables))
    journal = Journal(folder, clock=lambda: NOW)
    journal.add(entry("e3aa", "New."))
    assert b'{"id":[],"words":"mine"}' in log_of(folder).read_bytes()
    assert journal.say_unreadable() == ("1 entry could not be read: journal-tui check shows it",)
