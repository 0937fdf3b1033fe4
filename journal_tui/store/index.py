"""What is kept as it stands, found by id, entries in their order; an entry is read when it is asked for."""

from __future__ import annotations

import bisect
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, TypeVar

from journal_tui.collecting import without_collecting
from journal_tui.model import Commitment, Entry, Judgement, Mark, Person, UsageError
from journal_tui.store.records import (
    READERS,
    UNREADABLE,
    Heading,
    KeptMark,
    entry_from_document,
    heading_of,
    heading_of_entry,
)
from journal_tui.store.search import folded_text, may_fold
from journal_tui.store.storage import LogStorage
from journal_tui.text import plural

_Read = TypeVar("_Read")
_heading = attrgetter("heading")
_WHAT = {
    "entries": ("entry", "entries"),
    "commitments": ("promise", "promises"),
    "people": ("person with several names", "people with several names"),
    "judgements": ("answer to a pattern", "answers to patterns"),
    "marks": ("mark", "marks"),
}
_SHORTEST = 3
"""Characters of an id that may stand for all of it."""


class Record:
    """An entry's document, read when it is asked for."""

    __slots__ = ("_entry", "_folded", "heading", "number", "raw")

    def __init__(self, number: int, raw: bytes, heading: Heading, entry: Entry | None = None) -> None:
        self.number = number
        self.raw = raw
        self.heading = heading
        self._entry = entry
        self._folded: bytes | None = None

    def entry(self) -> Entry:
        """Raises one of `UNREADABLE`: it is none."""
        if self._entry is None:
            self._entry = entry_from_document(json.loads(self.raw))
        return self._entry

    def may_hold(self, word: bytes) -> bool:
        """Whether the folded text may hold `word`, which `can_be_told_unread`."""
        return self._folded is not None or word in (raw := self.raw.lower()) or may_fold(raw)

    def folded(self) -> bytes:
        """The text that is searched; where the document is no entry, all of it: then reading it tells."""
        if self._folded is None:
            try:
                self._folded = folded_text(json.loads(self.raw))
            except UNREADABLE:
                self._folded = self.raw.decode(errors="replace").lower().encode()
        return self._folded


class Index:
    """What a storage holds; `read_changes` brings it up to date."""

    def __init__(self, storage: LogStorage) -> None:
        self._storage = storage
        self._is_read = False
        self.records: dict[int, Record] = {}
        """By TinyDB's number."""
        self.live: dict[str, Record] = {}
        """By id, as `trash`."""
        self.trash: dict[str, Record] = {}
        self.ordered: list[Record] = []
        """The live ones, oldest first."""
        self.commitments: dict[int, Commitment] = {}
        """By TinyDB's number."""
        self.people: dict[int, Person] = {}
        """By TinyDB's number, as `judgements` and `marks`."""
        self.judgements: dict[int, Judgement] = {}
        self.marks: dict[int, KeptMark] = {}
        """Those taken back too."""
        self._beside: dict[str, dict[int, Any]] = {
            "commitments": self.commitments,
            "people": self.people,
            "judgements": self.judgements,
            "marks": self.marks,
        }
        self.unreadable: set[tuple[str, int]] = set()
        """Tables and numbers of the documents that could not be read so far."""
        self._twins: dict[str, set[int]] = {}

    def read_changes(self) -> None:
        """Takes in what the storage read or wrote since."""
        changes = self._storage.changes()
        if changes is None or not self._is_read:
            self._read_all()
        else:
            for table, number in dict.fromkeys(changes):
                if table == "entries":
                    self._forget(number)
                    self._read_entry(number, in_order=True)
                elif table in self._beside:
                    self._read_document(table, number)
        self._is_read = True

    def _read_all(self) -> None:
        before = {record.heading.id: record for record in self.records.values()}
        self.records, self.live, self.trash, self.unreadable, self._twins = {}, {}, {}, set(), {}
        with without_collecting():
            for number in self._storage.table_state("entries").rows:
                self._read_entry(number, before)
            self.ordered = sorted(self.live.values(), key=_heading)
        for table, found in self._beside.items():
            found.clear()
            for number in self._storage.table_state(table).rows:
                self._read_document(table, number)

    def _read_entry(self, number: int, before: Mapping[str, Record] | None = None, *, in_order: bool = False) -> None:
        row = self._storage.table_state("entries").rows.get(number)
        if row is None:
            return
        heading, record, is_trash = heading_of(row.raw), None, False
        if heading is None:
            try:
                document = json.loads(row.raw)
                entry = entry_from_document(document)
            except UNREADABLE:
                self.unreadable.add(("entries", number))
                return
            is_trash = bool(document.get("deleted"))
            record = Record(number, row.raw, heading_of_entry(entry), entry)
        else:
            # An unchanged entry stays the same object, so that what was derived from it stays true.
            known = (before or {}).get(heading.id)
            same = known is not None and known.raw == row.raw
            record = known if known is not None and same else Record(number, row.raw, heading)
            record.number = number
        self.records[number] = record
        self._stand(record, is_trash=is_trash, in_order=in_order)

    def _stand(self, record: Record, *, is_trash: bool, in_order: bool) -> None:
        """A draft finished on two devices before they met is there twice: the later one stands for its id."""
        id = record.heading.id
        other = self.with_id(id)
        if other is not None and other.number != record.number:
            self._twins.setdefault(id, {other.number}).add(record.number)
            rows = self._storage.table_state("entries").rows
            if rows[other.number].stamp > rows[record.number].stamp:
                return
            self._take_out(other, in_order=in_order)
        (self.trash if is_trash else self.live)[id] = record
        if in_order and not is_trash:
            bisect.insort(self.ordered, record, key=_heading)

    def with_id(self, id: str) -> Record | None:
        """The record of the entry with this id, in the trash or not."""
        return self.live.get(id) or self.trash.get(id)

    def twins(self, record: Record) -> list[Record]:
        """All records with the id of this one, itself among them."""
        numbers = self._twins.get(record.heading.id, ())
        return [self.records[number] for number in numbers if number in self.records] or [record]

    def _forget(self, number: int) -> None:
        self.unreadable.discard(("entries", number))
        record = self.records.pop(number, None)
        if record is None:
            return
        self._take_out(record, in_order=True)
        for twin in self._twins.get(record.heading.id, ()):
            if twin in self.records:
                self._read_entry(twin, in_order=True)

    def _take_out(self, record: Record, *, in_order: bool) -> None:
        id = record.heading.id
        if self.trash.get(id) is record:
            del self.trash[id]
        if self.live.get(id) is record:
            del self.live[id]
            if not in_order:
                return
            at = bisect.bisect_left(self.ordered, record.heading, key=_heading)
            if self.ordered[at : at + 1] == [record]:
                del self.ordered[at]

    def _read_document(self, table: str, number: int) -> None:
        found = self._beside[table]
        self.unreadable.discard((table, number))
        row = self._storage.table_state(table).rows.get(number)
        try:
            if row is None:
                found.pop(number, None)
            else:
                found[number] = READERS[table](json.loads(row.raw))
        except UNREADABLE:
            found.pop(number, None)
            self.unreadable.add((table, number))

    def say_unreadable(self) -> list[str]:
        """A line for each table some of whose documents could not be read so far."""
        counts = Counter(table for table, _ in [*self.unreadable])  # others may be reading meanwhile
        found = [(counts[table], what) for table, what in _WHAT.items() if counts[table]]
        return [
            f"{plural(count, *what)} could not be read: journal-tui check shows {'it' if count == 1 else 'them'}"
            for count, what in found
        ]

    def entries_of(self, records: Iterable[Record]) -> Iterator[Entry]:
        for record in records:
            try:
                yield record.entry()
            except UNREADABLE:
                self.unreadable.add(("entries", record.number))

    def pick(self, wanted: str, among: Mapping[str, Record]) -> Record:
        """The record meant by `wanted`: an id, or its only beginning or end (three characters or more).

        Raises:
            UsageError: none, or more than one.
        """
        if found := _picked(wanted, among, "entries"):
            return found
        id = wanted.strip().lower()
        if any(_fits(id, key) for key in self.trash):
            raise UsageError(f'the entry "{wanted}" is in the trash: `journal-tui trash {id}` puts it back')
        raise UsageError(f'no entry has the id "{wanted}": `journal-tui list` shows the ids')


def pick_promise(wanted: str, among: Mapping[str, Commitment]) -> Commitment:
    """The promise meant by `wanted`, as `Index.pick` does."""
    if found := _picked(wanted, among, "promises"):
        return found
    raise UsageError(f'no promise has the id "{wanted}": `journal-tui promises --all` shows the ids')


def pick_mark(wanted: str, among: Mapping[str, Mark]) -> Mark:
    """The mark meant by `wanted`, as `Index.pick` does."""
    if found := _picked(wanted, among, "marks"):
        return found
    raise UsageError(f'no mark has the id "{wanted}": `journal-tui marks` shows the ids')


def _fits(wanted: str, id: str) -> bool:
    return len(wanted) >= _SHORTEST and (id.lower().endswith(wanted) or id.lower().startswith(wanted))


def _picked(wanted: str, among: Mapping[str, _Read], what: str) -> _Read | None:
    id = wanted.strip().lower()
    found = [key for key in among if key.lower() == id] or [key for key in among if _fits(id, key)]
    if len(found) == 1:
        return among[found[0]]
    if found:
        some = ", ".join(sorted(found)[:4])
        raise UsageError(f'"{wanted}" fits {len(found)} {what} ({some}{", …" if len(found) > 4 else ""}): write more')
    if len(id) < _SHORTEST:
        raise UsageError(f'"{wanted}" is too short: give three characters of the id or more')
    return None
