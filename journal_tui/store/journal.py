"""The repository: every way in which the program keeps, finds, changes and takes back entries."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tinydb import where
from tinydb.table import Document, Table

from journal_tui.dates import now, say_day
from journal_tui.files import locked, remove_leftovers
from journal_tui.model import Commitment, Entry, JournalError, Outcome, UsageError
from journal_tui.paths import make_private
from journal_tui.store.records import (
    commitment_from_document,
    commitment_to_document,
    entry_from_document,
    entry_to_document,
    outcome_to_document,
)
from journal_tui.store.search import Filter, Searcher
from journal_tui.store.storage import SafeStorage
from journal_tui.text import clean_line, shorten

FORMAT = 1
FILE = "journal.json"

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that looks like something else
_TIME_DIGITS, _RANDOM_DIGITS = 10, 6


class ChangedMeanwhileError(JournalError):
    """Another program changed the entry since it was read; `entry` is how it is now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"entry {entry.id} was changed by another program meanwhile: edit it again")
        self.entry = entry


class Journal:
    """The entries and promises of one folder.

    Several processes may hold the same journal: each change takes the lock, reads what others wrote, and
    replaces the file, so that no one overwrites another. One thread at a time is let in. Results never share
    state with what is stored.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = now) -> None:
        self._folder = folder
        self._clock = clock
        self._storage = SafeStorage(folder / FILE)
        self._last_time = 0
        self._lane = threading.RLock()
        self._stamp: object = self
        self._entries: dict[str, Entry] = {}
        self._trash: dict[str, Entry] = {}
        self._ordered: list[Entry] = []
        self._commitments: list[Commitment] = []
        self._troubles: list[str] = []
        self._searcher = Searcher()

    # -- reading -----------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The journal's clock."""
        return self._clock()

    def refresh(self) -> bool:
        """Reads what other processes wrote; whether anything had changed.

        Raises:
            JournalError: the file cannot be read, is damaged, or is from a newer version.
        """
        with self._lane:
            stamp = self._storage.stamp()
            if stamp == self._stamp:
                return False
            self._read(stamp)
            return True

    def _read(self, stamp: object) -> None:
        tables = self._storage.read() or {}
        self._check_format(tables)
        self._troubles = []
        live: dict[str, Entry] = {}
        trash: dict[str, Entry] = {}
        for number, document in tables.get("entries", {}).items():
            try:
                entry = entry_from_document(document)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                self._troubles.append(
                    f"record {number} in {self._folder / FILE} cannot be read ({error or type(error).__name__}):"
                    " it is left as it is, the other entries are whole"
                )
                continue
            # An unchanged entry stays the same object, so that what was derived from it stays true.
            known = self._entries.get(entry.id) or self._trash.get(entry.id)
            (trash if document.get("deleted") else live)[entry.id] = known if known == entry else entry
        commitments = []
        for number, document in tables.get("commitments", {}).items():
            try:
                commitments.append(commitment_from_document(document))
            except (ValueError, KeyError, TypeError, AttributeError):
                self._troubles.append(f"promise {number} in {self._folder / FILE} cannot be read: it is left as it is")
        self._entries, self._trash = live, trash
        self._ordered = sorted(live.values(), key=Entry.sort_key)
        self._commitments = [c for c in commitments if c.entry in live]
        self._stamp = stamp

    def _check_format(self, tables: Mapping[str, Any]) -> None:
        written = tables.get("about", {}).get("1", {}).get("format", FORMAT)
        if not isinstance(written, int) or written > FORMAT:
            raise JournalError(
                f"{self._folder / FILE} was written by a newer journal-tui (format {clean_line(str(written))[:20]}):"
                " update this one; nothing was changed"
            )

    @property
    def troubles(self) -> tuple[str, ...]:
        """One line for each record that could not be read."""
        self.refresh()
        return tuple(self._troubles)

    def entries(self) -> list[Entry]:
        """All entries, oldest first; blank ones (every question skipped) too."""
        self.refresh()
        return list(self._ordered)

    def commitments(self) -> list[Commitment]:
        """All promises of the entries, in the order they were made."""
        self.refresh()
        return list(self._commitments)

    def due(self, today: date) -> list[Commitment]:
        """The promises to ask about today."""
        return [commitment for commitment in self.commitments() if commitment.is_due(today)]

    def get(self, wanted: str) -> Entry:
        """The entry with this id, or with the only id that begins or ends so (three characters or more).

        Raises:
            UsageError: none, or more than one.
        """
        self.refresh()
        return self._pick(wanted, self._entries)

    def _pick(self, wanted: str, among: Mapping[str, Entry]) -> Entry:
        id = wanted.strip().lower()
        if id in among:
            return among[id]
        found = [key for key in among if len(id) >= 3 and (key.endswith(id) or key.startswith(id))]
        if len(found) == 1:
            return among[found[0]]
        if found:
            some = ", ".join(sorted(found)[:4])
            raise UsageError(
                f'"{wanted}" fits {len(found)} entries ({some}{", …" if len(found) > 4 else ""}): write more'
            )
        if any(key.endswith(id) for key in self._trash if len(id) >= 3):
            raise UsageError(f'the entry "{wanted}" is in the trash: `journal-tui undo` brings the last one back')
        if len(id) < 3:
            raise UsageError(f'"{wanted}" is too short: give three characters of the id or more')
        raise UsageError(f'no entry has the id "{wanted}": `journal-tui list` shows the ids')

    def find(self, filter: Filter) -> list[Entry]:
        """The entries that `filter` lets through, newest first; blank ones never."""
        self.refresh()
        return self._searcher.find(self._ordered, filter)

    def fingerprints(self) -> Counter[str]:
        """How often each imported text is here, in the trash, or was before it was edited."""
        self.refresh()
        everything = (*self._entries.values(), *self._trash.values())
        return Counter(entry.source.fingerprint for entry in everything if entry.source)

    # -- writing -----------------------------------------------------------------------------------

    def new_id(self) -> str:
        """A new id: ten digits of time in milliseconds, six of chance, so that ids sort in the order given."""
        self._last_time = max(self._last_time + 1, int(self._clock().timestamp() * 1000))
        digits = []
        time = self._last_time
        for _ in range(_TIME_DIGITS):
            time, digit = divmod(time, 32)
            digits.append(_ALPHABET[digit])
        return "".join(reversed(digits)) + "".join(_ALPHABET[byte % 32] for byte in os.urandom(_RANDOM_DIGITS))

    def check_writable(self) -> None:
        """Makes sure that what is written can be kept, before anybody writes.

        Raises:
            JournalError: the folder cannot be made or written.
        """
        make_private(self._folder)
        with locked(self._folder / "lock"):
            remove_leftovers(self._folder / FILE)

    @contextlib.contextmanager
    def _change(self) -> Iterator[_Tables]:
        """One change: all of it reaches the disk, or none."""
        make_private(self._folder)
        with self._lane, locked(self._folder / "lock"):
            self.refresh()
            remove_leftovers(self._folder / FILE)
            self._storage.begin()
            try:
                tables = _Tables(self._storage)
                if not len(tables.about):
                    tables.about.insert({"program": "journal-tui", "format": FORMAT})
                yield tables
            except BaseException:
                self._storage.abandon()
                raise
            self._storage.commit()
        self.refresh()

    def _note(self, tables: _Tables, what: str, ids: Sequence[str], versions: Sequence[int] = ()) -> None:
        tables.changes.insert(
            {"what": what, "at": self._clock().isoformat(), "ids": list(ids), "versions": list(versions)}
        )

    def add(
        self,
        entry: Entry,
        *,
        commitment: Commitment | None = None,
        outcomes: Mapping[str, Outcome] | None = None,
    ) -> None:
        """Keeps an entry, the promise made in it, and what became of earlier promises, as one change.

        A session interrupted between being kept and being forgotten as a draft comes a second time: it is not
        kept twice, and if it has grown meanwhile, it takes the place of the entry as an edit does.

        Raises:
            JournalError: nothing was changed.
        """
        with self._change() as tables:
            earlier = self._entries.get(entry.id) or self._trash.get(entry.id)
            if earlier is None:
                tables.entries.insert(entry_to_document(entry))
                self._note(tables, "add", [entry.id])
            elif (earlier.answers, earlier.rating) != (entry.answers, entry.rating):
                self._put(tables, entry)
            if commitment:
                self._put_promise(tables, commitment)
            for id, outcome in (outcomes or {}).items():
                self._append_outcome(tables, id, outcome)

    def add_many(
        self,
        entries: Sequence[Entry],
        commitments: Sequence[Commitment] = (),
        *,
        known: Counter[str] | None = None,
    ) -> None:
        """Keeps all of `entries` and the promises made in them, or none.

        Args:
            known: the `fingerprints` on which the choice of entries rests.

        Raises:
            JournalError: nothing was changed.
        """
        if not entries:
            return
        with self._change() as tables:
            if known is not None and self.fingerprints() != known:
                raise JournalError("something else was imported meanwhile, nothing was brought in: import once more")
            tables.entries.insert_multiple(entry_to_document(entry) for entry in entries)
            tables.commitments.insert_multiple(commitment_to_document(commitment) for commitment in commitments)
            self._note(tables, "import", [entry.id for entry in entries])

    def answer(self, outcomes: Mapping[str, Outcome]) -> None:
        """Notes what became of promises, by their ids."""
        if outcomes:
            with self._change() as tables:
                for id, outcome in outcomes.items():
                    self._append_outcome(tables, id, outcome)

    @staticmethod
    def _put_promise(tables: _Tables, commitment: Commitment) -> None:
        document = commitment_to_document(commitment)
        found = tables.commitments.get(where("id") == commitment.id)
        if not isinstance(found, Document):
            tables.commitments.insert(document)
        elif {**found, **document} != found:
            tables.commitments.update(document, doc_ids=[found.doc_id])

    @staticmethod
    def _append_outcome(tables: _Tables, id: str, outcome: Outcome) -> None:
        found = tables.commitments.get(where("id") == id)
        if isinstance(found, Document):
            said, new = found.get("outcomes", []), outcome_to_document(outcome)
            if new not in said[-1:]:
                tables.commitments.update({"outcomes": [*said, new]}, doc_ids=[found.doc_id])

    def replace(self, entry: Entry, *, expected: Entry | None = None) -> None:
        """Puts a changed entry in the place of the one with its id; the version before stays in the history.

        Args:
            expected: how the entry was when it was read.

        Raises:
            ChangedMeanwhileError: it is no longer as `expected`; nothing was changed.
            JournalError: the entry is gone, or nothing could be written; nothing was changed.
        """
        with self._change() as tables:
            present = self._entries.get(entry.id)
            if expected and present and present != expected:
                raise ChangedMeanwhileError(present)
            self._put(tables, entry)

    def _put(self, tables: _Tables, entry: Entry) -> None:
        found = self._document(tables, entry.id)
        version = self._remember(tables, found)
        tables.entries.remove(doc_ids=[found.doc_id])
        tables.entries.insert(Document(entry_to_document(entry), found.doc_id))
        self._note(tables, "edit", [entry.id], [version])

    def delete(self, ids: Iterable[str]) -> None:
        """Moves entries to the trash.

        Raises:
            JournalError: one of them is gone; nothing was changed.
        """
        gone = list(ids)
        with self._change() as tables:
            self._to_trash(tables, gone)
            self._note(tables, "delete", gone)

    def undo(self, *, additions: bool = True) -> str:
        """Takes the last change back and says what was done. What is taken back stays in the trash or the history.

        What was added goes to the trash, and the next undo brings it back from there: undoing again and again
        never empties a journal.

        Args:
            additions: whether an added entry can be taken back, or only edits, deletions and imports.

        Raises:
            JournalError: there is nothing to take back.
        """
        with self._change() as tables:
            changes = [change for change in tables.changes.all() if additions or change["what"] != "add"]
            if not changes:
                raise JournalError("There is nothing to undo: no entry was edited or deleted lately")
            last = max(changes, key=lambda change: change.doc_id)
            try:
                return self._take_back(tables, last)
            except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
                raise JournalError(
                    f"the last change in {self._folder / FILE} is damaged ({type(error).__name__}) and cannot be"
                    " undone; nothing was changed"
                ) from None

    def _take_back(self, tables: _Tables, last: Document) -> str:
        ids: list[str] = last["ids"]
        tables.changes.remove(doc_ids=[last.doc_id])
        if last["what"] == "delete":
            for id in ids:
                found = self._document(tables, id)
                found.pop("deleted", None)
                tables.entries.remove(doc_ids=[found.doc_id])
                tables.entries.insert(found)
            return self._say(tables, ids, "back")
        if last["what"] == "edit":
            found = self._document(tables, ids[0])
            self._remember(tables, found)
            version = tables.history.get(doc_id=last["versions"][0])
            if not isinstance(version, Document):
                raise KeyError("version")
            tables.entries.remove(doc_ids=[found.doc_id])
            tables.entries.insert(Document(version["document"], found.doc_id))
            return self._say(tables, ids, "as before the last edit")
        self._to_trash(tables, ids)
        self._note(tables, "delete", ids)
        return self._say(tables, ids, "in the trash; undo once more brings back what went")

    def _say(self, tables: _Tables, ids: Sequence[str], state: str) -> str:
        """In which state the entries are now, in words a writer knows them by."""
        if len(ids) != 1:
            return f"{len(ids):,} entries are {state}"
        entry = entry_from_document(self._document(tables, ids[0]))
        return f"“{shorten(entry.heading, 32)}” ({say_day(entry.day, self._clock().date())}) is {state}"

    def _document(self, tables: _Tables, id: str) -> Document:
        found = tables.entries.get(where("id") == id)
        if not isinstance(found, Document):
            raise JournalError(f"the entry {id} is no longer there: it was removed by another program")
        return Document(dict(found), found.doc_id)

    def _remember(self, tables: _Tables, found: Document) -> int:
        at = self._clock().isoformat()
        return tables.history.insert({"entry": found["id"], "until": at, "document": dict(found)})

    def _to_trash(self, tables: _Tables, ids: Sequence[str]) -> None:
        wanted = set(ids)

        def is_wanted(id: Any) -> bool:
            return isinstance(id, str) and id in wanted

        changed = tables.entries.update({"deleted": self._clock().isoformat()}, where("id").test(is_wanted))
        if len(changed) < len(wanted):
            raise JournalError("an entry is no longer there: it was removed by another program; nothing was changed")

    def warm(self) -> None:
        """Prepares searching, so that the first search answers at once."""
        self.refresh()
        self._searcher.warm(self._ordered)


class _Tables:
    """The tables of one change. Made anew each time: TinyDB's tables remember the next id and past queries."""

    def __init__(self, storage: SafeStorage) -> None:
        self.about = Table(storage, "about")
        self.entries = Table(storage, "entries")
        self.history = Table(storage, "history")
        self.commitments = Table(storage, "commitments")
        self.changes = Table(storage, "changes")
