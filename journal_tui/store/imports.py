"""Entries from elsewhere: which came in before, and the bringing in of more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.model import JournalError
from journal_tui.store.entries import entry_of
from journal_tui.store.history import Changes
from journal_tui.store.records import fingerprint_in

if TYPE_CHECKING:
    from journal_tui.model import Commitment, Entry, Judgement, Mark, Person
    from journal_tui.store.entries import Entries
    from journal_tui.store.index import Record
    from journal_tui.store.judgements import Judgements
    from journal_tui.store.ledger import Ledger
    from journal_tui.store.marks import Marks
    from journal_tui.store.people import People
    from journal_tui.store.promises import Promises


class Shelves(NamedTuple):
    """Where what comes in goes."""

    entries: Entries
    promises: Promises
    people: People
    judgements: Judgements
    marks: Marks


class Imports:
    """Those of a journal."""

    def __init__(self, ledger: Ledger, shelves: Shelves) -> None:
        self._ledger = ledger
        self._shelves = shelves

    def fingerprints(self) -> Counter[str]:
        """How often each imported text is here, was before it was edited, or was thrown away; without those that went
        when their import was taken back."""
        with self._ledger.reading() as index:
            free = self._taken_back()
            return _fingerprints(record for record in index.records.values() if record.heading.id not in free)

    def fingerprints_in_trash(self) -> Counter[str]:
        """Those of `fingerprints` that the writer threw away."""
        with self._ledger.reading() as index:
            free = self._taken_back()
            return _fingerprints(record for id, record in index.trash.items() if id not in free)

    def taken_back(self) -> frozenset[str]:
        """Ids of the entries in the trash that went there when their import was taken back: they may come in again."""
        with self._ledger.reading():
            return frozenset(self._taken_back())

    def _taken_back(self) -> dict[str, Record]:
        storage, trash = self._ledger.storage, self._ledger.index.trash
        if not trash:
            return {}
        rows, stamps = storage.table_state("entries").rows, Changes(storage).imports_taken_back()
        return {id: record for id, record in trash.items() if rows[record.number].stamp in stamps}

    def bring_in(
        self,
        entries: Sequence[Entry],
        commitments: Sequence[Commitment] = (),
        *,
        people: Sequence[Person] = (),
        judgements: Sequence[Judgement] = (),
        marks: Sequence[Mark] = (),
        known: Counter[str] | None = None,
        file: str = "",
    ) -> None:
        """Keeps all of `entries` and the promises made in them, and what else comes with them, or nothing.

        An entry whose import was taken back comes out of the trash, with the id and the words it has there.

        Args:
            known: the `fingerprints` on which the choice of entries rests; their ids are looked for too.
            file: where they come from, to be said when they are taken back.

        Raises:
            JournalError: nothing was changed.
        """
        if not (entries or commitments or people or judgements or marks):
            return
        note: dict[str, Any] = {"file": file} if file else {}
        with self._ledger.change("import", **note):
            back = self._taken_back()
            if known is not None and (
                self.fingerprints() != known
                or any(self._ledger.index.with_id(entry.id) for entry in entries if entry.id not in back)
            ):
                raise JournalError("something else was imported meanwhile, nothing was brought in: import once more")
            again = _pairs(entries, back)
            shelves = self._shelves
            shelves.entries.insert(entry for entry in entries if entry.id not in again)
            for entry in entries:
                if record := again.get(entry.id):
                    shelves.entries.put(record, entry if entry.id in back else entry_of(record))
            shelves.promises.bring_in(commitments)
            shelves.people.bring_in(people)
            shelves.judgements.bring_in(judgements)
            shelves.marks.bring_in(marks)


def _fingerprints(records: Iterable[Record]) -> Counter[str]:
    return Counter(filter(None, (fingerprint_in(record.raw) for record in records)))


def _pairs(entries: Iterable[Entry], back: Mapping[str, Record]) -> dict[str, Record]:
    """Which of the records in `back` an entry is that comes again, by the id of the entry: by it, or by its text."""
    by_text: dict[str, list[Record]] = {}
    entries = list(entries)
    for id in back.keys() - {entry.id for entry in entries}:
        by_text.setdefault(fingerprint_in(back[id].raw), []).append(back[id])
    found: dict[str, Record] = {}
    for entry in entries:
        same = by_text.get(entry.source.fingerprint) if entry.source else None
        if entry.id in back:
            found[entry.id] = back[entry.id]
        elif same:
            found[entry.id] = same.pop()
    return found
