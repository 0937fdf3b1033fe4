"""Taking changes back and doing them again, and saying how things are then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from journal_tui.dates import say_entry
from journal_tui.model import JournalError
from journal_tui.store.entries import entry_of
from journal_tui.store.history import UNDOABLE, Changes, before, name_of
from journal_tui.store.log import ERASED, GONE, Op
from journal_tui.text import listed, plural, shorten

if TYPE_CHECKING:
    from journal_tui.store.entries import Entries
    from journal_tui.store.folder import Commit
    from journal_tui.store.index import Record
    from journal_tui.store.ledger import Ledger
    from journal_tui.store.marks import Marks

TitleOf = Callable[[str, str], str]
"""What a pattern is called, by its kind and target."""

_BESIDE = ("people", "judgements", "marks")
"""Tables whose new documents go when what made them is taken back; promises stay with their entry."""


class Steps:
    """The way back through the changes of a journal, and forward again."""

    def __init__(self, ledger: Ledger, entries: Entries, marks: Marks) -> None:
        self._ledger = ledger
        self._entries = entries
        self._marks = marks

    def undo(self, of: Collection[str] | None = None, title_of: TitleOf | None = None) -> str:
        """Takes back the last change that stands, and says what it was and how things are now.

        Again and again, it goes back change by change to the beginning. No words go with it: what was added goes to
        the trash, how things were stays in the history, and `redo` leads forward again.

        Args:
            of: kinds of changes (`store.history`), of which the last one is meant; None: any.
            title_of: left out, the name of the pattern is said.

        Raises:
            JournalError: there is nothing to take back.
        """
        with self._ledger.alone() as storage:
            self._ledger.index.read_changes()
            for change in Changes(storage).to_take_back(of or UNDOABLE):
                if self._take_back(change, change):
                    return self._say_undone(change, title_of)
            raise JournalError("there is nothing to undo: no change is left to take back")

    def redo(self) -> str:
        """Does again what `undo` took back last, and says how things are now. Once something else was changed, there
        is nothing to do again.

        Raises:
            JournalError: there is nothing to do again.
        """
        with self._ledger.alone() as storage:
            self._ledger.index.read_changes()
            for change, undone in Changes(storage).to_do_again():
                if self._take_back(undone, change):
                    return self._say_redone(change)
            raise JournalError("there is nothing to do again: nothing was undone since the last change")

    def can_undo(self, of: Collection[str] | None = None) -> bool:
        """Whether there is something for `undo` to take back."""
        with self._ledger.reading():
            standing = Changes(self._ledger.storage).to_take_back(of or UNDOABLE)
            return any(self._touched_by(change) for change in standing)

    # -- taking back -------------------------------------------------------------------------------

    def _take_back(self, commit: Commit, change: Commit) -> bool:
        """Makes everything as it was before `commit`, which is `change` or took it back; False: nothing is left of
        what it touched."""
        storage, touched = self._ledger.storage, self._touched_by(commit)
        earlier = before(storage, commit.stamp, touched)
        new = [record for table, record in touched if table == "entries" and (table, record) not in earlier]
        ids = {entry.heading.id for record in new if (entry := self._entry_in(record))}
        if not touched:
            return False
        with self._ledger.change("undo" if commit is change else "redo", undoes=name_of(commit.stamp)):
            self._entries.throw_away(ids)
            for table, record in touched:
                number = storage.table_state(table).numbers.get(record)
                if raw := earlier.get((table, record)):
                    storage.commit([Op(table, record, number, raw)])
                elif number is not None and table == "marks":
                    self._marks.take_away([number])
                elif number is not None and (table in _BESIDE or self._came_alone(change, table, number, ids)):
                    storage.commit([Op(table, record, number, GONE)])
        return True

    def _touched_by(self, commit: Commit) -> list[tuple[str, str]]:
        """Tables and records that a commit changed, without those erased since."""
        touched = ((op.table, op.record) for op in commit.ops if op.record and op.raw != ERASED)
        return [
            (table, record)
            for table, record in dict.fromkeys(touched)
            if record not in self._ledger.storage.table_state(table).erased
        ]

    def _came_alone(self, change: Commit, table: str, number: int, ids: Collection[str]) -> bool:
        """Whether this is a promise that was brought in for an entry that was there."""
        promise = self._ledger.index.commitments.get(number) if table == "commitments" else None
        return promise is not None and promise.entry not in ids and change.note.get("what") in ("import", "restore")

    def _entry_in(self, record: str) -> Record | None:
        """The entry in a record of the table."""
        return self._ledger.index.records.get(self._numbers("entries").get(record, 0))

    def _entries_in(self, change: Commit) -> list[Record]:
        records = (self._entry_in(record) for table, record in self._touched_by(change) if table == "entries")
        return [record for record in records if record]

    def _numbers(self, table: str) -> Mapping[str, int]:
        return self._ledger.storage.table_state(table).numbers

    # -- saying ------------------------------------------------------------------------------------

    def _say_undone(self, change: Commit, title_of: TitleOf | None) -> str:
        """How things are now that `change` is taken back, in words a writer knows them by."""
        what, found = change.note.get("what", ""), self._entries_in(change)
        if what in ("import", "restore"):
            return f"Took back {self._say_brought(change, found, 'as before')}"
        if not found:
            return self._say_beside(change, title_of)
        if self._is_thrown(found[0]):
            return self._say_state(found, "in the trash again" if what == "put back" else "in the trash")
        state = {"delete": "back", "edit": "as before the last edit"}.get(what, "as before the last change")
        return self._say_state(found, state)

    def _say_redone(self, change: Commit) -> str:
        """How things are now that `change` is done again."""
        what, found = change.note.get("what", ""), self._entries_in(change)
        if what in ("import", "restore"):
            return f"Done again: {self._say_brought(change, found, 'back')}"
        if not found:
            return "What was taken back last is done again"
        if self._is_thrown(found[0]):
            return self._say_state(found, "in the trash again")
        return self._say_state(found, "as edited" if what == "edit" else "back")

    def _is_thrown(self, record: Record) -> bool:
        return record.heading.id in self._ledger.index.trash

    def _say_brought(self, change: Commit, found: Sequence[Record], otherwise: str) -> str:
        """``the import of notes.json: 2 entries are in the trash``."""
        name = change.note.get("file")
        thrown = sum(map(self._is_thrown, found))
        states = [(thrown, "in the trash"), (len(found) - thrown, otherwise)]
        said = [f"{plural(n, 'entry', 'entries')} {'is' if n == 1 else 'are'} {state}" for n, state in states if n]
        of = f" of {shorten(str(name), 60)}" if name else ""
        return f"the {change.note['what']}{of}{':' if said else ''} {listed(said)}".rstrip()

    def _say_state(self, found: Sequence[Record], state: str) -> str:
        if len(found) != 1:
            return f"{len(found):,} entries are {state}"
        return f"{say_entry(entry_of(found[0]), self._ledger.clock().date())} is {state}"

    def _say_beside(self, last: Commit, title_of: TitleOf | None) -> str:
        """What is so again after a change that was not about entries."""
        names = [f"“{shorten(name, 32)}”" for name in _noted(last, "names")]
        match last.note.get("what"):
            case "join":
                return f"{listed(names)} are two again"
            case "part":
                return f"{listed(names)} is joined as before"
            case "judge":
                kind, *target = _noted(last, "pattern") or ("",)
                pattern = title_of(kind, "".join(target)) if title_of else ":".join([kind, *filter(None, target)])
                return f"What was last said about “{shorten(pattern, 60)}” is taken back"
            case "mark" | "unmark" as what:
                here = self._numbers("marks")
                ops = [op for op in last.ops if op.table == "marks"]
                marks = [self._ledger.index.marks.get(here.get(op.record or "", 0)) for op in ops]
                words = listed(f"“{shorten(kept.mark.words, 32)}”" for kept in marks if kept) or "What was marked"
                return f"{words} is {'no longer marked' if what == 'mark' else 'marked again'}"
        numbers = self._numbers("commitments")
        promises = [self._ledger.index.commitments.get(numbers.get(op.record or "", 0)) for op in last.ops]
        texts = [f"“{shorten(promise.text, 32)}”" for promise in promises if promise]
        return f"What was last said about {listed(texts) or 'a promise'} is taken back"


def _noted(commit: Commit, key: str) -> list[str]:
    """The words under `key` in the note of a commit, which another program may have written."""
    words = commit.note.get(key)
    return list(map(str, words)) if isinstance(words, list) else []
