"""The table of entries, as a change writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from journal_tui.model import Entry, JournalError
from journal_tui.store.records import UNREADABLE, entry_to_document

if TYPE_CHECKING:
    from journal_tui.store.index import Record
    from journal_tui.store.ledger import Ledger


class Entries:
    """Writes entries, within a change of the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def insert(self, entries: Iterable[Entry]) -> None:
        self._ledger.table("entries").insert_multiple(map(entry_to_document, entries))

    def put(self, record: Record, entry: Entry) -> None:
        """The entry takes the place of the one in `record`, and is out of the trash."""
        self._put(record, entry_to_document(entry))

    def throw_away(self, ids: Iterable[str]) -> None:
        """Raises a JournalError: one of them is gone."""
        at = self._ledger.clock().isoformat()
        for record in self.present(ids):
            self._put(record, {**entry_to_document(entry_of(record)), "deleted": at})

    def present(self, ids: Iterable[str]) -> list[Record]:
        """Each of these, in the trash or not, once.

        Raises:
            JournalError: one of them is gone.
        """
        return [self._present(id) for id in dict.fromkeys(ids)]

    def _present(self, id: str) -> Record:
        record = self._ledger.index.with_id(id)
        if record is None:
            raise JournalError(
                f"the entry {id} is no longer there: it was removed by another program; nothing was changed"
            )
        return record

    def _put(self, record: Record, document: Mapping[str, Any]) -> None:
        self._ledger.table("entries").update(_becoming(document), doc_ids=[record.number])


def _becoming(document: Mapping[str, Any]) -> Callable[[MutableMapping[str, Any]], None]:
    """For TinyDB's update: the document becomes this one, without what it has beside."""

    def become(present: MutableMapping[str, Any]) -> None:
        present.clear()
        present.update(document)

    return become


def entry_of(record: Record) -> Entry:
    """Raises a JournalError: its document is no entry."""
    try:
        return record.entry()
    except UNREADABLE:
        raise JournalError(
            f"entry {record.heading.id} cannot be read: journal-tui check shows where it lies; nothing was changed"
        ) from None
