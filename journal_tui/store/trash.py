"""What was thrown away: put back, or gone for good."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.store.entries import entry_of
from journal_tui.store.log import ERASED, Op
from journal_tui.store.rewrite import finish_erasure

if TYPE_CHECKING:
    from journal_tui.model import Entry
    from journal_tui.store.entries import Entries
    from journal_tui.store.ledger import Ledger


class Trashed(NamedTuple):
    """An entry in the trash."""

    entry: Entry
    since: datetime


class Trash:
    """That of a journal."""

    def __init__(self, ledger: Ledger, entries: Entries) -> None:
        self._ledger = ledger
        self._entries = entries

    def all(self) -> list[Trashed]:
        """What was thrown away, the latest first."""
        with self._ledger.reading() as index:
            found = [Trashed(record.entry(), _deleted_at(record.raw)) for record in index.trash.values()]
            return sorted(found, key=lambda trashed: (trashed.since, trashed.entry.id), reverse=True)

    def put_back(self, ids: Iterable[str]) -> None:
        """Takes entries out of the trash.

        Raises:
            JournalError: one of them is gone; nothing was changed.
        """
        with self._ledger.change("put back"):
            for record in self._entries.present(ids):
                self._entries.put(record, entry_of(record))

    def erase(self, ids: Iterable[str]) -> int:
        """Removes entries for good, in the trash or not: every version, with the promises made and the words marked
        in them, from the logs and from the automatic backups. Cannot be undone.

        Returns:
            How many of the backups held one of them.

        Raises:
            JournalError: one of them is gone, or the disk refuses. What was begun goes on with the next change.
        """
        with self._ledger.alone() as storage:
            index = self._ledger.index
            with storage.transaction(what="erase"):
                index.read_changes()
                erased = {record.heading.id: record for record in self._entries.present(ids)}
                twins = [twin for record in erased.values() for twin in index.twins(record)]
                storage.erase("entries", [twin.number for twin in twins])
                storage.erase("commitments", [n for n, promise in index.commitments.items() if promise.entry in erased])
                storage.erase("marks", [n for n, kept in index.marks.items() if kept.mark.entry in erased])
                # Under the id of the entry: marks that another device made and that are not here yet.
                storage.commit(Op("marks", id, None, ERASED) for id in erased)
            touched = finish_erasure(storage, self._ledger.clock())
            self._ledger.refresh()
            return touched

    def erased(self) -> frozenset[str]:
        """Ids of entries that were erased for good."""
        with self._ledger.reading():
            return frozenset(self._ledger.storage.table_state("marks").erased)


def _deleted_at(raw: bytes) -> datetime:
    return datetime.fromisoformat(json.loads(raw)["deleted"])
