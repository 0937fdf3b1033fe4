"""The repository: keeps, finds and changes entries, and leads to all that lies beside them."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.dates import now
from journal_tui.model import Entry, JournalError
from journal_tui.store.entries import Entries, entry_of
from journal_tui.store.folder import BACKUPS
from journal_tui.store.ids import telling_apart
from journal_tui.store.ledger import Ledger
from journal_tui.store.records import entry_to_document, is_blank
from journal_tui.store.search import Filter, candidates, narrows

if TYPE_CHECKING:
    from journal_tui.model import Commitment, Outcome
    from journal_tui.store.backup import Backup
    from journal_tui.store.check import Checked
    from journal_tui.store.history import Version
    from journal_tui.store.imports import Imports
    from journal_tui.store.index import Record
    from journal_tui.store.judgements import Judgements
    from journal_tui.store.marks import Marks
    from journal_tui.store.people import People
    from journal_tui.store.promises import Promises
    from journal_tui.store.restore import Restored
    from journal_tui.store.steps import Steps
    from journal_tui.store.trash import Trash
    from journal_tui.store.vault import Key

ADD_SECONDS = 2.0
"""An entry waits so long for another program that is writing, then it gets a log of its own."""

_GROWS = ("answers", "rating", "people")
"""What a session that comes a second time may have more of."""


class ChangedMeanwhileError(JournalError):
    """Another program changed the entry since it was read; `entry` is how it is now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"entry {entry.id} was changed by another program meanwhile: edit it again")
        self.entry = entry


class Journal:
    """The entries of one folder, and the promises, people, answers to patterns and marks beside them.

    Several processes may hold the same journal, and several threads this object: `Ledger` lets in one at a time.
    Results never share state with what is stored.

    Args:
        key: of an encrypted journal.
        device: whose log to write; None: this one.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime] = now,
        key: Key | None = None,
        device: str | None = None,
    ) -> None:
        self._ledger = Ledger(folder, clock, key, device)
        self._entries = Entries(self._ledger)
        self._last_search: tuple[int, Filter, Sequence[Record]] = (-1, Filter(), ())
        """Version of the storage, and what was found then: the next letter of a search narrows it down."""

    @cached_property
    def promises(self) -> Promises:
        from journal_tui.store.promises import Promises

        return Promises(self._ledger)

    @cached_property
    def people(self) -> People:
        from journal_tui.store.people import People

        return People(self._ledger)

    @cached_property
    def judgements(self) -> Judgements:
        from journal_tui.store.judgements import Judgements

        return Judgements(self._ledger)

    @cached_property
    def marks(self) -> Marks:
        from journal_tui.store.marks import Marks

        return Marks(self._ledger)

    @cached_property
    def trash(self) -> Trash:
        from journal_tui.store.trash import Trash

        return Trash(self._ledger, self._entries)

    @cached_property
    def imports(self) -> Imports:
        from journal_tui.store.imports import Imports, Shelves

        shelves = Shelves(self._entries, self.promises, self.people, self.judgements, self.marks)
        return Imports(self._ledger, shelves)

    @cached_property
    def steps(self) -> Steps:
        from journal_tui.store.steps import Steps

        return Steps(self._ledger, self._entries, self.marks)

    def now(self) -> datetime:
        """The journal's clock."""
        return self._ledger.clock()

    def new_id(self) -> str:
        """A new id; ids sort in the order given."""
        return self._ledger.ids.new()

    # -- reading -----------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Reads what other processes wrote; whether anything had changed.

        Raises:
            JournalError: a log cannot be read, or is from a newer version.
        """
        return self._ledger.refresh()

    @property
    def troubles(self) -> tuple[str, ...]:
        """A line for everything found amiss in the files so far; `check` looks at everything."""
        return self._ledger.troubles

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The record ids, as `check` names them, of the entries that could not be read so far. Nothing is read for it:
        ask after `entries` or `find`, which leave them out."""
        if not self._ledger.is_read:
            return ()
        rows = self._ledger.storage.table_state("entries").rows
        numbers = [number for table, number in [*self._ledger.index.unreadable] if table == "entries"]
        return tuple(rows[number].record for number in sorted(numbers) if number in rows)

    def say_unreadable(self) -> tuple[str, ...]:
        """A line for the entries, the promises … that could not be read so far; as for `unreadable`."""
        return tuple(self._ledger.index.say_unreadable()) if self._ledger.is_read else ()

    def entries(self) -> list[Entry]:
        """All entries, oldest first; blank ones (every question skipped) too."""
        records = self._records()
        return list(self._ledger.index.entries_of(records))  # nobody waits for the reading of all

    def _records(self) -> list[Record]:
        with self._ledger.reading() as index:
            return list(index.ordered)

    def ids(self) -> list[str]:
        """Of all entries, oldest first, without reading them."""
        return [record.heading.id for record in self._records()]

    def id_length(self) -> int:
        """How many characters of their end tell the ids of all entries apart."""
        with self._ledger.lane:
            glance = self._ledger.at_a_glance()
            return glance.id_length if glance else telling_apart(self.ids())

    def has(self, id: str) -> bool:
        """Whether an entry has just this id, and is not in the trash."""
        with self._ledger.lane:
            if glance := self._ledger.at_a_glance():
                return glance.has(id)
            self._ledger.refresh()
            return id in self._ledger.index.live

    def get(self, wanted: str) -> Entry:
        """The entry with this id, or with the only id that begins or ends so (three characters or more).

        Raises:
            UsageError: none, or more than one.
        """
        with self._ledger.reading() as index:
            return entry_of(index.pick(wanted, index.live))

    def kept(self, id: str) -> Entry | None:
        """The entry with just this id, in the trash or not."""
        with self._ledger.reading() as index:
            record = index.with_id(id)
            return entry_of(record) if record else None

    def find(self, filter: Filter) -> list[Entry]:
        """The entries that `filter` lets through, newest first; blank ones never. No more are read than needed."""
        with self._ledger.lane:
            glance = self._ledger.at_a_glance()
            seen = glance.find(filter) if glance else None
            if seen is not None:
                return seen
            self._ledger.refresh()
            names = self.people.called(filter.person) if filter.person else ()
            ordered = self._ledger.index.ordered
            if filter.limit is None:  # memory is read faster forwards
                version, before, among = self._last_search
                if version != self._ledger.storage.version or not narrows(filter, before):
                    among = ordered
                all_found = list(candidates(among, filter, names))
                self._last_search = (self._ledger.storage.version, filter, all_found)
                found: Iterable[Record] = reversed(all_found)
            else:
                found = candidates(reversed(ordered), filter, names)
            entries = self._ledger.index.entries_of(found)
            return list(itertools.islice((entry for entry in entries if filter.passes(entry)), filter.limit))

    def count(self, filter: Filter) -> int:
        """How many entries `filter` lets through, whatever its limit."""
        with self._ledger.lane:
            if filter.is_open and (glance := self._ledger.at_a_glance()):
                return glance.count()
        if not filter.is_open:
            return len(self.find(replace(filter, limit=None)))
        return sum(not is_blank(record.raw) for record in self._records())

    def warm(self) -> None:
        """Prepares searching, so that the first search answers at once."""
        from journal_tui.breathing import breathe

        for record in self._records():
            breathe()
            record.folded()

    def id_of(self, wanted: str) -> str:
        """The id of an entry, in the trash or not, readable or not. `wanted` as for `get`.

        Raises:
            UsageError: no entry has this id, or more than one.
        """
        with self._ledger.reading() as index:
            return index.pick(wanted, index.live | index.trash).heading.id

    def history(self, wanted: str) -> list[Version]:
        """Every version of an entry that can be read, in the trash or not, oldest first. `wanted` as for `get`.

        Raises:
            UsageError: no entry has this id, or more than one.
        """
        from journal_tui.store.history import versions

        with self._ledger.reading() as index:
            storage = self._ledger.storage
            record = index.pick(wanted, index.live | index.trash)
            rows = storage.table_state("entries").rows
            return versions(storage, {rows[twin.number].record for twin in index.twins(record)})

    # -- writing -----------------------------------------------------------------------------------

    def check_writable(self) -> None:
        """Makes sure that what is written can be kept, before anybody writes.

        Raises:
            JournalError: the folder cannot be made or written.
        """
        with self._ledger.alone():
            pass

    @contextlib.contextmanager
    def undisturbed(self) -> Iterator[None]:
        """No other program changes the journal meanwhile, and what others wrote is read.

        Raises:
            JournalError: another program is writing, or the folder cannot be written.
        """
        with self._ledger.alone():
            self._ledger.refresh()
            yield

    def add(
        self,
        entry: Entry,
        *,
        commitments: Sequence[Commitment] = (),
        outcomes: Mapping[str, Outcome] | None = None,
    ) -> None:
        """Keeps an entry, the promises made in it, and what became of earlier promises, as one change.

        A session interrupted between being kept and being forgotten as a draft comes a second time: it is not
        kept twice, and if it has grown meanwhile, it takes the place of the entry as an edit does.

        Raises:
            JournalError: nothing was changed.
        """
        if not (commitments or outcomes) and self._ledger.add_at_a_glance(entry.id, entry_to_document(entry)):
            return
        what = "edit" if self.kept(entry.id) else "add"
        with self._ledger.change(what, seconds=ADD_SECONDS, beside=True):
            record = self._ledger.index.with_id(entry.id)
            if record is None:
                self._entries.insert([entry])
            else:
                earlier = entry_of(record)
                if any(getattr(earlier, name) != getattr(entry, name) for name in _GROWS):
                    self._entries.put(record, entry)
            self.promises.put(commitments)
            self.promises.put_outcomes(outcomes or {})

    def replace(self, entry: Entry, *, expected: Entry | None = None) -> None:
        """Puts a changed entry in the place of the one with its id; the version before stays in the history.

        Args:
            expected: how the entry was when it was read.

        Raises:
            ChangedMeanwhileError: it is no longer as `expected`; nothing was changed.
            JournalError: the entry is gone, or nothing could be written; nothing was changed.
        """
        with self._ledger.change("edit"):
            (record,) = self._entries.present([entry.id])
            present = entry_of(record)
            if expected and entry.id in self._ledger.index.live and present != expected:
                raise ChangedMeanwhileError(present)
            self._entries.put(record, entry)

    def delete(self, ids: Iterable[str]) -> None:
        """Moves entries to the trash.

        Raises:
            JournalError: one of them is gone; nothing was changed.
        """
        with self._ledger.change("delete"):
            self._entries.throw_away(ids)

    # -- keeping safe ------------------------------------------------------------------------------

    def backup(self, to: Path | None = None) -> Path:
        """A copy of everything as one zip file: `to` (a file, or a folder to put it in), or among the backups.

        Raises:
            JournalError: it cannot be written, or there is nothing to copy.
        """
        from journal_tui.store import backup

        with self._ledger.alone() as storage:
            if not storage.log_paths():
                raise JournalError("there is nothing to back up yet: write something first")
            return backup.make(storage, "asked", self.now(), to)

    def backups(self) -> list[Backup]:
        """The copies among the backups, the newest first."""
        from journal_tui.store import backup

        return backup.found_in(self._ledger.folder.folder / BACKUPS)

    def restore(self, file: Path, passphrase: Callable[[], str] | None = None) -> Restored:
        """Brings back what `file` holds and the journal does not, or holds otherwise; what was written since stays.

        Args:
            file: a backup, a log, or the one file of an older version.
            passphrase: asked for when the file is encrypted with another key.

        Raises:
            JournalError: it cannot be read; nothing was changed.
        """
        from journal_tui.store import backup
        from journal_tui.store.restore import bring_back, tables_in
        from journal_tui.store.rewrite import mend

        with self._ledger.lane:
            tables = tables_in(file, self._ledger.storage.key, passphrase)
            with self._ledger.alone() as storage:
                self._ledger.index.read_changes()
                if storage.log_paths():
                    backup.make(storage, "restore", self.now())
                with self._ledger.change("restore", file=file.name):
                    restored = bring_back(storage, tables)
                mend(storage)
            self._ledger.refresh()
            return restored

    def check(self, on_progress: Callable[[float], None] | None = None) -> Checked:
        """Verifies every commit, every record and every backup.

        Args:
            on_progress: called with the share done, 0 to 1.
        """
        from journal_tui.store.check import check

        with self._ledger.reading():
            return check(self._ledger.storage, on_progress)
