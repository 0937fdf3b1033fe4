"""Keeping, finding, changing and taking back entries."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)
from tinydb import where

from journal_tui.model import Answer, Entry, JournalError, Outcome, Source, Status, UsageError
from journal_tui.store.backup import unpacked
from journal_tui.store.history import EDITS
from journal_tui.store.journal import ChangedMeanwhileError, Journal
from journal_tui.store.records import entry_to_document
from journal_tui.store.storage import LogDB
from tests.conftest import Clock
from tests.store.sample import ENTRIES, NOW, TODAY, entry, log_of, promise


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def journal(folder: Path, clock: Clock) -> Journal:
    return Journal(folder, clock=clock)


def ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


# -- adding ----------------------------------------------------------------------------------------


def test_an_empty_journal_leaves_no_trace(journal: Journal, folder: Path) -> None:
    assert (journal.entries(), journal.promises.all(), journal.promises.due(TODAY), journal.troubles) == (
        [],
        [],
        [],
        (),
    )
    assert not journal.imports.fingerprints()
    assert not folder.exists()


def test_entries_stand_in_the_order_of_their_days(journal: Journal) -> None:
    for id, day in (("e1", TODAY), ("e2", None), ("e3", TODAY - timedelta(9)), ("e4", TODAY)):
        journal.add(entry(id, "x", day=day))
    assert ids(journal.entries()) == ["e2", "e3", "e1", "e4"]


def test_an_entry_that_comes_again_is_kept_once(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "Once."), commitments=[promise("c1", "e1")])
    kept = log_of(folder).read_bytes()
    journal.add(entry("e1", "Once."), commitments=[promise("c1", "e1")])
    Journal(folder).add(entry("e1", "Once."))
    assert log_of(folder).read_bytes() == kept
    journal.delete(["e1"])
    journal.add(entry("e1", "Once."))
    assert journal.entries() == []


def test_an_entry_that_comes_again_and_has_grown_takes_its_place(journal: Journal) -> None:
    journal.add(entry("e1", "Once."), commitments=[promise("c1", "e1")])
    journal.add(entry("e1", "Once, and more."), commitments=[promise("c1", "e1")])
    assert [e.text for e in journal.entries()] == ["Once, and more."]
    assert len(journal.promises.all()) == 1
    journal.steps.undo()
    assert [e.text for e in journal.entries()] == ["Once."]


def test_what_an_entry_brings_when_it_comes_again_is_kept_once(journal: Journal, folder: Path) -> None:
    kept = {"c0": Outcome(on=TODAY, status=Status.KEPT)}
    journal.add(entry("e0", "Before."), commitments=[promise("c0", "e0")])
    journal.add(entry("e1", "Once."))
    for text in ("Call.", "Call.", "Call her."):
        journal.add(entry("e1", "Once."), commitments=[promise("c1", "e1", text=text)], outcomes=kept)
    assert [(c.id, c.text, len(c.outcomes)) for c in journal.promises.all()] == [
        ("c0", "Call her.", 1),
        ("c1", "Call her.", 0),
    ]
    before = log_of(folder).read_bytes()
    journal.add(entry("e1", "Once."), commitments=[promise("c1", "e1")], outcomes=kept)
    assert log_of(folder).read_bytes() == before


def test_many_come_as_one(journal: Journal) -> None:
    journal.imports.bring_in([])
    journal.imports.bring_in([entry("e1", "One"), entry("e2", "Two")], file="notes.json")
    assert ids(journal.entries()) == ["e1", "e2"]
    assert journal.steps.undo() == "Took back the import of notes.json: 2 entries are in the trash"
    assert journal.entries() == []
    assert journal.steps.redo() == "Done again: the import of notes.json: 2 entries are back"
    assert ids(journal.entries()) == ["e1", "e2"]


@given(st.lists(ENTRIES, min_size=1, max_size=4, unique_by=lambda entry: entry.id))
def test_any_entry_is_read_back_exactly(tmp_path_factory: pytest.TempPathFactory, given: list[Entry]) -> None:
    folder = tmp_path_factory.mktemp("journal")
    Journal(folder).imports.bring_in(given)
    assert sorted(Journal(folder).entries(), key=lambda e: e.id) == sorted(given, key=lambda e: e.id)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 alone",
        "nul \x00 here",
        "\u202eright to left\u200f",
        "a\r\nb\rc\u2028d",
        "e\u0301 é",
        "x" * 2**20,
        "\ufffe 🙂",
    ],
    ids=["surrogate", "nul", "direction", "line ends", "accents", "1 MB", "last of the plane"],
)
def test_text_is_kept_to_the_letter(journal: Journal, folder: Path, text: str) -> None:
    journal.add(entry("e1", text, tags=(text[:50],)))
    journal.add(entry("e2", "neighbour"))
    assert Journal(folder).get("e1").text == text
    assert Journal(folder).get("e1").tags == (text[:50],)


# -- ids -------------------------------------------------------------------------------------------


def test_ids_are_unique_and_stand_in_their_order(journal: Journal, clock: Clock) -> None:
    given = [journal.new_id() for _ in range(500)]
    clock.move(milliseconds=1)
    given += [journal.new_id() for _ in range(500)]
    clock.move(days=-1)
    given += [journal.new_id() for _ in range(10)]
    clock.move(days=20_000)
    given += [journal.new_id()]
    assert given == sorted(set(given))
    assert all(len(id) == 16 and id.isalnum() and id == id.lower() for id in given)


def test_an_entry_is_found_by_a_part_of_its_id(journal: Journal) -> None:
    for id in ("aaa111", "aab222", "aab333"):
        journal.add(entry(id, "x"))
    assert {journal.get(wanted).id for wanted in ("aaa111", "AAA", " 111 ", "aaa1")} == {"aaa111"}
    with pytest.raises(UsageError, match=r'"aab" fits 2 entries \(aab222, aab333\): write more'):
        journal.get("aab")
    with pytest.raises(UsageError, match='no entry has the id "zzz": `journal-tui list`'):
        journal.get("zzz")
    for short in ("11", ""):
        with pytest.raises(UsageError, match="is too short: give three characters"):
            journal.get(short)
    journal.delete(["aaa111"])
    with pytest.raises(UsageError, match="is in the trash: `journal-tui trash 111`"):
        journal.get("111")


# -- changing and taking back ----------------------------------------------------------------------


def test_an_edit_keeps_the_version_before(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "First."))
    journal.replace(entry("e1", "Second."))
    journal.replace(entry("e1", "Third."))
    assert [(v.entry.text, v.what) for v in Journal(folder).history("e1")] == [
        ("First.", "written"),
        ("Second.", "edited"),
        ("Third.", "edited"),
    ]
    assert journal.steps.undo() == "“Second.” (today) is as before the last edit"
    assert journal.get("e1").text == "Second."
    journal.steps.undo()
    assert journal.get("e1").text == "First."


def test_what_is_not_there_cannot_be_changed(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "x"))
    before = log_of(folder).read_bytes()
    with pytest.raises(JournalError, match="the entry e2 is no longer there"):
        journal.replace(entry("e2", "y"))
    with pytest.raises(JournalError, match="nothing was changed"):
        journal.delete(["e1", "e2"])
    assert log_of(folder).read_bytes() == before
    journal.add(entry("e3", "y"))
    assert ids(Journal(folder).entries()) == ["e1", "e3"]


def test_undo_can_leave_additions_alone(journal: Journal) -> None:
    journal.add(entry("e1", "First."))
    journal.replace(entry("e1", "Second."))
    journal.add(entry("e2", "Third."))
    journal.imports.bring_in([entry("e3", "From elsewhere.")])
    assert journal.steps.can_undo(EDITS)
    journal.steps.undo(EDITS)
    assert [e.text for e in journal.entries()] == ["First.", "Third.", "From elsewhere."]
    assert not journal.steps.can_undo(EDITS)
    with pytest.raises(JournalError, match="there is nothing to undo"):
        journal.steps.undo(EDITS)


def test_an_entry_changed_elsewhere_is_not_overwritten(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "First."))
    Journal(folder).replace(entry("e1", "Elsewhere."))
    with pytest.raises(ChangedMeanwhileError) as raised:
        journal.replace(entry("e1", "Here."), expected=entry("e1", "First."))
    assert raised.value.entry.text == journal.get("e1").text == "Elsewhere."


def test_nothing_to_undo(journal: Journal) -> None:
    with pytest.raises(JournalError, match="there is nothing to undo"):
        journal.steps.undo()


def test_undo_goes_back_to_the_beginning_and_redo_forward(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "First."), commitments=[promise("c1", "e1")])
    journal.promises.answer({"c1": Outcome(on=TODAY, status=Status.KEPT)})
    journal.replace(entry("e1", "Second."))
    journal.people.join("Ana", "Annie")
    journal.imports.bring_in([entry("e2", "Brought."), entry("e3", "Too.")], file="notes.json")
    journal.delete(["e2"])
    journal.trash.put_back(["e2"])
    whole = (journal.entries(), journal.promises.all(), journal.people.all())
    assert [Journal(folder, clock=lambda: NOW).steps.undo() for _ in range(7)] == [
        "“Brought.” (today) is in the trash again",
        "“Brought.” (today) is back",
        "Took back the import of notes.json: 2 entries are in the trash",
        "“Ana” and “Annie” are two again",
        "“First.” (today) is as before the last edit",
        "What was last said about “Call her.” is taken back",
        "“First.” (today) is in the trash",
    ]
    with pytest.raises(JournalError, match="there is nothing to undo"):
        journal.steps.undo()
    assert (journal.entries(), journal.people.all(), len(journal.trash.all())) == ([], [], 3)
    assert [Journal(folder, clock=lambda: NOW).steps.redo() for _ in range(7)] == [
        "“First.” (today) is back",
        "What was taken back last is done again",
        "“Second.” (today) is as edited",
        "What was taken back last is done again",
        "Done again: the import of notes.json: 2 entries are back",
        "“Brought.” (today) is in the trash again",
        "“Brought.” (today) is back",
    ]
    assert (journal.entries(), journal.promises.all(), journal.people.all()) == whole
    assert journal.check().problems == ()


def test_what_is_erased_is_passed_over(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "First."))
    journal.add(entry("e2", "Stays."))
    journal.replace(entry("e1", "Second words."))
    journal.trash.erase(["e1"])
    assert journal.steps.undo() == "“Stays.” (today) is in the trash"
    with pytest.raises(JournalError, match="there is nothing to undo"):
        journal.steps.undo()
    assert journal.steps.redo() == "“Stays.” (today) is back"
    assert [version.what for version in journal.history("e2")] == ["written", "taken back", "done again"]
    assert b"words" not in log_of(folder).read_bytes()


def test_two_devices_that_took_back_the_same_agree(folder: Path, tmp_path: Path, clock: Clock) -> None:
    one = Journal(folder, clock=clock, device="one")
    one.imports.bring_in([imported("e1", "One")])
    there = Path(shutil.copytree(folder, tmp_path / "other"))
    two = Journal(there, clock=clock, device="two")
    one.steps.undo()
    two.steps.undo()
    for source, target in ((folder, there), (there, folder)):
        for log in source.glob("*.log"):
            shutil.copy(log, target)
    assert (one.entries(), {*one.imports.taken_back()}) == ([], {"e1"})
    assert one.steps.redo() == "Done again: the import: 1 entry is back"
    shutil.copy(folder / "one.log", there)
    assert ids(one.entries()) == ids(two.entries()) == ["e1"]
    for journal in (one, two):
        with pytest.raises(JournalError, match="nothing to do again"):
            journal.steps.redo()


# -- an import taken back --------------------------------------------------------------------------


def imported(id: str, text: str) -> Entry:
    return entry(id, text, source=Source(format="jrnl", fingerprint=text.lower(), file="notes.txt"))


def test_an_import_that_was_taken_back_comes_in_again(journal: Journal) -> None:
    journal.imports.bring_in([imported("e1", "One"), imported("e2", "Two"), imported("e3", "Three")])
    journal.delete(["e3"])
    journal.trash.erase(["e3"])
    journal.steps.undo()
    assert (journal.entries(), journal.imports.fingerprints(), {*journal.imports.taken_back()}) == (
        [],
        Counter(),
        {"e1", "e2"},
    )
    journal.imports.bring_in(
        [imported("new1", "One"), imported("new2", "Two"), imported("e4", "Four")], known=Counter()
    )
    assert [(e.id, e.text) for e in journal.entries()] == [("e1", "One"), ("e2", "Two"), ("e4", "Four")]
    assert (journal.trash.all(), {*journal.imports.taken_back()}) == ([], set())
    journal.steps.undo()
    assert (journal.entries(), {*journal.imports.taken_back()}) == ([], {"e1", "e2", "e4"})
    journal.steps.redo()
    assert ids(journal.entries()) == ["e1", "e2", "e4"]


def test_words_edited_before_an_import_was_taken_back_come_again_too(journal: Journal) -> None:
    journal.imports.bring_in([imported("e1", "One")])
    journal.replace(replace(journal.get("e1"), answers=(Answer(text="One, and more."),)))
    journal.delete(["e1"])
    journal.steps.undo()
    journal.steps.undo()
    journal.steps.undo()
    journal.imports.bring_in([imported("new1", "One")])
    assert [v.entry.text for v in journal.history("e1")][:2] == ["One", "One, and more."]
    assert [(e.id, e.text) for e in journal.entries()] == [("e1", "One")]


def test_the_same_entry_of_our_own_comes_in_again_as_it_is_there(journal: Journal) -> None:
    made = [entry("e1", "One")], [promise("c1", "e1")]
    journal.imports.bring_in(*made, known=Counter())
    journal.steps.undo()
    journal.imports.bring_in(*made, known=Counter())
    assert (journal.entries(), journal.promises.all()) == made


def test_what_the_writer_threw_away_stays_away(journal: Journal) -> None:
    journal.imports.bring_in([imported("e1", "One"), imported("e2", "Two")])
    journal.delete(["e1"])
    journal.steps.undo()
    journal.steps.redo()
    assert journal.imports.taken_back() == set()
    assert journal.imports.fingerprints() == Counter(["one", "two"])
    assert journal.imports.fingerprints_in_trash() == Counter(["one"])


def test_a_promise_brought_for_an_entry_that_was_there_goes_with_its_import(journal: Journal) -> None:
    journal.add(entry("e1", "Here."))
    journal.imports.bring_in([], [promise("c1", "e1")], file="notes.json")
    assert journal.steps.undo() == "Took back the import of notes.json"
    assert (ids(journal.entries()), journal.promises.all()) == (["e1"], [])
    journal.steps.redo()
    assert journal.promises.all() == [promise("c1", "e1")]


class Changes(RuleBasedStateMachine):
    """Any sequence of changes, beside a dictionary that says what should be there."""

    kept = Bundle("kept")

    @initialize()
    def begin(self) -> None:
        self.place = TemporaryDirectory()
        self.folder = Path(self.place.name)
        self.journal = Journal(self.folder, clock=lambda: NOW)
        self.other = Journal(self.folder, clock=lambda: NOW)
        self.number = 0
        self.live: dict[str, str] = {}
        self.back: list[dict[str, str | None]] = []
        """For each change the texts that undo brings back; None: the entry goes."""
        self.again: list[dict[str, str | None]] = []
        """The same for redo."""

    def changed(self, now: dict[str, str | None]) -> None:
        self.back.append({id: self.live.get(id) for id in now})
        self.again = []
        self.become(now)

    def become(self, now: dict[str, str | None]) -> None:
        self.live = {id: text for id, text in (self.live | now).items() if text is not None}

    @rule(target=kept, texts=st.lists(st.sampled_from(["one", "two", "é"]), min_size=1, max_size=3))
    def add(self, texts: list[str]) -> Any:
        new = {f"e{self.number + n:03}": text for n, text in enumerate(texts)}
        self.number += len(texts)
        made = [entry(id, text) for id, text in new.items()]
        self.journal.add(made[0]) if len(made) == 1 else self.other.imports.bring_in(made)
        self.changed(dict(new))
        return multiple(*new)

    @rule(id=kept, text=st.sampled_from(["three", "four"]))
    def edit(self, id: str, text: str) -> None:
        if id in self.live:
            self.other.replace(entry(id, text))
            if self.live[id] != text:
                self.changed({id: text})

    @rule(gone=st.lists(kept, min_size=1, max_size=3, unique=True))
    def delete(self, gone: list[str]) -> None:
        if set(gone) <= set(self.live):
            self.journal.delete(gone)
            self.changed(dict.fromkeys(gone))

    @rule(first=st.booleans())
    def undo(self, first: bool) -> None:
        if self.back:
            (self.journal if first else self.other).steps.undo()
            back = self.back.pop()
            self.again.append({id: self.live.get(id) for id in back})
            self.become(back)

    @rule(first=st.booleans())
    def redo(self, first: bool) -> None:
        journal = self.journal if first else self.other
        if self.again:
            journal.steps.redo()
            again = self.again.pop()
            self.back.append({id: self.live.get(id) for id in again})
            self.become(again)
        else:
            with pytest.raises(JournalError, match="nothing to do again"):
                journal.steps.redo()

    @invariant()
    def all_journals_hold_what_should_be_there(self) -> None:
        for journal in (self.journal, self.other, Journal(self.folder)):
            assert {entry.id: entry.text for entry in journal.entries()} == self.live
            assert journal.troubles == ()

    def teardown(self) -> None:
        self.place.cleanup()


Changes.TestCase.settings = settings(max_examples=20)
TestChanges = Changes.TestCase


# -- promises --------------------------------------------------------------------------------------


def test_a_promise_comes_and_goes_with_its_entry(journal: Journal) -> None:
    journal.add(entry("e1", "x"), commitments=[promise("c1", "e1")])
    assert journal.promises.all() == journal.promises.due(TODAY) == [promise("c1", "e1")]
    assert journal.promises.due(TODAY - timedelta(1)) == []
    journal.delete(["e1"])
    assert journal.promises.all() == []
    journal.steps.undo()
    assert journal.promises.all() == [promise("c1", "e1")]


def test_what_became_of_a_promise_is_kept_in_its_order(journal: Journal, folder: Path) -> None:
    again = Outcome(on=TODAY, status=Status.NOT_YET, ask_again=TODAY + timedelta(3))
    kept = Outcome(on=TODAY + timedelta(3), status=Status.KEPT)
    journal.add(entry("e1", "x"), commitments=[promise("c1", "e1")])
    journal.add(entry("e2", "y"), outcomes={"c1": again, "unknown": again})
    assert journal.promises.due(TODAY) == []
    assert [due.id for due in journal.promises.due(TODAY + timedelta(3))] == ["c1"]
    journal.promises.answer({"c1": kept})
    journal.promises.answer({})
    assert Journal(folder).promises.all()[0].outcomes == (again, kept)
    assert journal.promises.due(TODAY + timedelta(9)) == []


def test_imported_texts_are_known_even_in_the_trash(journal: Journal) -> None:
    for number, print_ in enumerate("aab"):
        journal.add(entry(f"e{number}", "x", source=Source(format="jrnl", fingerprint=print_)))
    journal.delete(["e0"])
    assert journal.imports.fingerprints() == Counter({"a": 2, "b": 1})


# -- several at once -------------------------------------------------------------------------------

ADD_FIFTY = """
import sys
from dataclasses import replace
from pathlib import Path
from journal_tui.store.journal import Journal
from tests.store.sample import entry
journal = Journal(Path(sys.argv[1]))
for number in range(50):
    journal.add(entry(journal.new_id(), f"{sys.argv[2]} {number}"))
"""


def test_two_processes_lose_nothing(folder: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", ADD_FIFTY, str(folder)]
    running = [subprocess.Popen([*command, name], cwd=root) for name in ("one", "two")]
    assert [process.wait(60) for process in running] == [0, 0]
    journal = Journal(folder)
    assert Counter(e.text for e in journal.entries()) == Counter(
        f"{name} {n}" for name in ("one", "two") for n in range(50)
    )
    assert {path.suffix for path in folder.iterdir()} == {".log", ".head", ""}


def test_a_second_journal_sees_what_the_first_changed(journal: Journal, folder: Path) -> None:
    other = Journal(folder)
    assert other.entries() == []
    assert not other.refresh()
    journal.add(entry("e1", "First."))
    assert other.refresh()
    assert other.get("e1").text == "First."
    other.replace(entry("e1", "Second."))
    assert journal.get("e1").text == "Second."
    journal.delete(["e1"])
    assert other.entries() == []


def test_what_is_handed_out_stays_as_it_was(journal: Journal) -> None:
    journal.add(entry("e1", "x"))
    journal.entries().clear()
    assert ids(journal.entries()) == ["e1"]


def test_an_entry_that_did_not_change_stays_the_same_object(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "x"))
    before = journal.get("e1")
    Journal(folder).add(entry("e2", "y"))
    assert journal.get("e1") is before


# -- the file --------------------------------------------------------------------------------------


def test_a_log_is_lines_of_json(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "Wörter\t🙂", tags=("home",)), commitments=[promise("c1", "e1")])
    journal.add(entry("e2", "More."))
    first, *commits = [json.loads(line) for line in log_of(folder).read_text("utf-8").splitlines()]
    assert first["journal-tui log"] == 2
    assert [commit["seq"] for commit in commits] == [1, 2]
    assert [commit["note"] for commit in commits] == [{"what": "add"}] * 2
    (table, _, number, document), (other, *_) = commits[0]["ops"]
    assert (table, number, other) == ("entries", 1, "commitments")
    assert document == {
        "id": "e1",
        "created": NOW.isoformat(),
        "day": TODAY.isoformat(),
        "answers": [{"text": "Wörter\t🙂"}],
        "tags": ["home"],
    }


def test_other_programs_may_use_the_tables(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "Ours."))
    with LogDB(folder) as db:
        assert db.table("entries").get(where("id") == "e1") == entry_to_document(entry("e1", "Ours."))
        db.table("entries").insert({"id": "e3", "created": NOW.isoformat(), "answers": [{"text": "From outside."}]})
    assert ids(journal.entries()) == ["e3", "e1"]
    journal.add(entry("e4", "After."))
    assert len(Journal(folder).entries()) == 3


@pytest.fixture
def wide_open() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("wide_open")
def test_the_journal_is_its_owners_alone(journal: Journal, folder: Path) -> None:
    journal.add(entry("e1", "x"))
    journal.replace(entry("e1", "y"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_times_keep_their_zones(journal: Journal, folder: Path) -> None:
    zone = timezone(timedelta(hours=5, minutes=45))
    moment = datetime(2026, 3, 1, 23, 5, tzinfo=zone)
    journal.add(entry("e1", "x", moment=moment, created=moment))
    back = Journal(folder).get("e1")
    assert back.moment is not None
    assert (back.moment.isoformat(), back.created.utcoffset()) == (moment.isoformat(), timedelta(hours=5, minutes=45))


def test_an_entry_has_all_its_fields_after_an_edit(journal: Journal) -> None:
    given = entry(
        "e1", rating=2, tags=("a",), starred=True, answers=(Answer(text="x", prompt="p/q", signals=("settled",)),)
    )
    journal.add(given)
    changed = replace(given, rating=None, tags=(), starred=False, day=date(2020, 2, 29))
    journal.replace(changed)
    assert journal.get("e1") == changed


# -- for good --------------------------------------------------------------------------------------


def test_what_is_erased_is_nowhere(journal: Journal, folder: Path, clock: Clock) -> None:
    journal.add(entry("e1", "Stays."), commitments=[promise("c1", "e1")])
    journal.add(entry("e2", "Goes away."), commitments=[promise("c2", "e2", text="Goes too.")])
    journal.replace(entry("e2", "Goes altogether."))
    journal.backup()
    clock.move(days=1)
    journal.delete(["e2"])
    assert journal.trash.erase(["e2"]) == 2
    assert [copy.why for copy in journal.backups()] == ["erase", "day", "asked"]
    assert [c.id for c in journal.promises.all()] == ["c1"]
    assert (journal.trash.all(), ids(journal.entries())) == ([], ["e1"])
    for copy in journal.backups():
        assert not any("Goes" in text.decode() for text in unpacked(copy.path).values())
    assert not any(b"Goes" in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    with pytest.raises(UsageError, match="too short"):
        journal.history("e2")
    assert (Journal(folder).check().problems, Journal(folder).troubles) == ((), ())
    with pytest.raises(JournalError, match="no longer there"):
        journal.trash.erase(["e2"])


def test_what_one_device_erased_another_removes_from_its_own_log(folder: Path, clock: Clock) -> None:
    one, two = (Journal(folder, clock=clock, device=name) for name in ("one", "two"))
    one.add(entry("e1", "Goes away."))
    kept = (folder / "one.log").read_bytes()
    two.trash.erase(["e1"])
    (folder / "one.log").write_bytes(kept)  # as a program that syncs folders may bring it back
    assert Journal(folder, device="one").entries() == []
    one.add(entry("e2", "After."))
    assert not any(b"Goes" in path.read_bytes() for path in folder.rglob("*.log"))
    assert ids(Journal(folder).entries()) == ["e2"]


def test_the_first_change_of_a_day_leaves_a_copy_of_the_day_before(journal: Journal, clock: Clock) -> None:
    journal.add(entry("e1", "x"))
    journal.add(entry("e2", "x"))
    assert journal.backups() == []
    for day in range(30):
        clock.move(days=1)
        journal.add(entry(f"f{day:02}", "x"))
        journal.add(entry(f"g{day:02}", "x"))
    kept = [(NOW.date() + timedelta(30) - copy.at.date()).days for copy in journal.backups()]
    assert kept[:7] == list(range(7))
    weeks = [(NOW.date() + timedelta(30 - ago)).isocalendar().week for ago in kept[7:]]
    assert len(weeks) == len(set(weeks)) in (3, 4)


def test_the_past_of_an_entry_is_told(journal: Journal, clock: Clock) -> None:
    journal.add(entry("e1abc", "First."))
    clock.move(days=-3650)
    journal.replace(entry("e1abc", "Second."))
    clock.move(days=7300)
    journal.delete(["e1abc"])
    journal.trash.put_back(["e1abc"])
    journal.steps.undo()
    said = [(version.what, version.entry.text) for version in journal.history("1abc")]
    assert said == [
        ("written", "First."),
        ("edited", "Second."),
        ("deleted", "Second."),
        ("put back", "Second."),
        ("taken back", "Second."),
    ]
    assert [trashed.entry.id for trashed in journal.trash.all()] == ["e1abc"]


def test_what_became_of_a_promise_can_be_taken_back(journal: Journal) -> None:
    journal.add(entry("e1", "x"), commitments=[promise("c1", "e1")])
    journal.promises.answer({"c1": Outcome(on=TODAY, status=Status.KEPT)})
    assert journal.steps.undo() == "What was last said about “Call her.” is taken back"
    assert journal.promises.all() == [promise("c1", "e1")]


def test_a_draft_that_two_devices_finished_keeps_both_its_endings(folder: Path, tmp_path: Path, clock: Clock) -> None:
    one = Journal(folder, clock=clock, device="one")
    one.add(entry("e1", "Before."))
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    one.add(entry("e7abc", "From one."))
    Journal(other, clock=clock, device="two").add(entry("e7abc", "From two."))
    shutil.copy(other / "two.log", folder)
    for journal in (one, Journal(folder, clock=clock, device="one")):
        assert [e.text for e in journal.entries()] == ["Before.", "From two."]
        assert [v.entry.text for v in journal.history("e7abc")] == ["From one.", "From two."]
    one.replace(entry("e7abc", "From both."))
    assert [e.text for e in Journal(folder).entries()] == ["Before.", "From both."]
    one.delete(["e7abc"])
    assert ids(Journal(folder).entries()) == ids(one.entries()) == ["e1"]
    one.trash.erase(["e7abc"])
    assert ids(Journal(folder).entries()) == ids(one.entries()) == ["e1"]
    assert not any(b"From" in path.read_bytes() for path in folder.glob("*.log"))
