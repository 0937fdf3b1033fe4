"""TinyDB's tables on a log: documents are kept as the bytes that were read, and become dictionaries when asked for.

Stock TinyDB hands its callers the very objects it stores and writes all tables for every change. Here every result
is parsed anew, so that nobody can change what is stored by accident, and a change is what an updater left different.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from tinydb.queries import QueryInstance, QueryLike
from tinydb.table import Document, Table

from journal_tui.store.log import ERASED, GONE, Op, Stamp, encode_json

if TYPE_CHECKING:
    from journal_tui.store.storage import LogStorage


class Row(NamedTuple):
    """One document as it stands."""

    raw: bytes
    record: str
    stamp: Stamp
    """Of the commit that made it so."""


class DocumentTable:
    """What the commits read so far make of one table; the order in which they are read does not matter."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        """By TinyDB's number."""
        self.numbers: dict[str, int] = {}
        """By record id."""
        self.exists = False
        self.holds_erased_words = False
        """A log still has versions of a record that was erased."""
        self._value: bytes | None = None
        self._cleared: Stamp = (-1, "")
        self._gone: dict[str, Stamp] = {}
        self.erased: set[str] = set()
        """Ids of the records that were removed for good."""
        self._top = 0

    @property
    def top(self) -> int:
        """The highest number given so far; an empty table begins anew."""
        return self._top if self.rows else 0

    def view(self) -> Any:
        """The documents by their numbers as text, or whatever value was written in the place of a table."""
        return TableView(self) if self._value is None else json.loads(self._value)

    def put_value(self, raw: bytes, stamp: Stamp) -> None:
        """Takes a commit on the table itself: it is dropped, made empty, or another value altogether."""
        if stamp < self._cleared:
            return
        self._cleared = stamp
        for number in [number for number, row in self.rows.items() if row.stamp <= stamp]:
            del self.numbers[self.rows.pop(number).record]
        self.exists = raw != GONE
        self._value = None if raw in (GONE, b"{}") else raw

    def put(self, op: Op, stamp: Stamp) -> int | None:
        """Takes a commit on one document; the number of the document it changed, None where a later one holds."""
        record = op.record or ""
        number = self.numbers.get(record)
        if op.raw == ERASED:  # holds whatever was written before or since
            self.holds_erased_words |= number is not None or record in self._gone
            self.erased.add(record)
            self.exists = True
            if number is not None:
                del self.rows[number], self.numbers[record]
            return number
        if record in self.erased:
            self.holds_erased_words = True
            return None
        if stamp < self._cleared:
            return None
        self.exists = True
        if number is None:
            return self._put_new(op, record, stamp)
        if stamp < self.rows[number].stamp:
            return None
        if op.raw in (GONE, ERASED):
            del self.rows[number], self.numbers[record]
            self._gone[record] = stamp
        else:
            self.rows[number] = Row(op.raw, record, stamp)
        return number

    def _put_new(self, op: Op, record: str, stamp: Stamp) -> int | None:
        if stamp < self._gone.get(record, stamp):
            return None
        if op.raw in (GONE, ERASED):
            self._gone[record] = stamp
            return None
        number = op.doc_id
        if number is None or number in self.rows:  # another device gave the same number
            number = self.top + 1
        self._top = max(self.top, number)
        self.rows[number] = Row(op.raw, record, stamp)
        self.numbers[record] = number
        return number

    def difference(self, name: str, value: object, new_record: Callable[[], str]) -> list[Op]:
        """The ops that make the table `value`."""
        if isinstance(value, TableView) and value.table is self:
            return []
        if not (isinstance(value, Mapping) and _holds_documents(value)):
            return [Op(name, None, None, encode_json(value))]
        update = TableUpdate(self)
        update.become({int(number): document for number, document in value.items()})
        return ([] if self._value is None else [Op(name, None, None, b"{}")]) + update.ops(name, new_record)


def _holds_documents(value: Mapping[Any, Any]) -> bool:
    return all(str(number).isdecimal() and isinstance(document, Mapping) for number, document in value.items())


class TableView(Mapping[str, dict[str, Any]]):
    """Documents by their numbers as text, each parsed when it is asked for."""

    def __init__(self, table: DocumentTable) -> None:
        self.table = table

    def __getitem__(self, number: str) -> dict[str, Any]:
        try:
            raw = self.table.rows[int(number)].raw
        except ValueError:
            raise KeyError(number) from None
        return cast(dict[str, Any], json.loads(raw))

    def __iter__(self) -> Iterator[str]:
        return iter(map(str, self.table.rows))

    def __len__(self) -> int:
        return len(self.table.rows)

    def __repr__(self) -> str:
        return repr(dict(self))


class TableUpdate(MutableMapping[int, Any]):
    """What an updater sees: documents to change in place, to add and to remove. Nothing is stored before `ops`."""

    def __init__(self, table: DocumentTable) -> None:
        self._table = table
        self._touched: dict[int, Any] = {}
        self._removed: set[int] = set()

    def __getitem__(self, number: int) -> Any:
        if number not in self._touched:
            if number in self._removed:
                raise KeyError(number)
            self._touched[number] = json.loads(self._table.rows[number].raw)
        return self._touched[number]

    def __setitem__(self, number: int, document: Any) -> None:
        self._touched[number] = document

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._touched.pop(number, None)
        self._removed.add(number)

    def __contains__(self, number: object) -> bool:
        return number in self._touched or (number in self._table.rows and number not in self._removed)

    def __iter__(self) -> Iterator[int]:
        yield from (number for number in self._table.rows if number not in self._removed or number in self._touched)
        yield from [number for number in self._touched if number not in self._table.rows]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """At once; taking one after the other would look for the next among those gone."""
        self.become({})

    def become(self, documents: Mapping[int, Any]) -> None:
        """Makes the table hold just these."""
        self._touched = dict(documents)
        self._removed = {number for number in self._table.rows if number not in documents}

    def ops(self, name: str, new_record: Callable[[], str]) -> list[Op]:
        """What is different now.

        Raises:
            TypeError, ValueError: a document cannot be written as JSON.
        """
        rows = self._table.rows
        ops = [
            Op(name, rows[number].record, number, GONE)
            for number in self._removed
            if number in rows and number not in self._touched
        ]
        for number, document in self._touched.items():
            raw = encode_json(document)
            row = rows.get(number)
            if row is None or row.raw != raw:
                ops.append(Op(name, row.record if row else new_record(), number, raw))
        return ops or ([] if self._table.exists else [Op(name, None, None, b"{}")])


class LogTable(Table):
    """TinyDB's table on a `LogStorage`: each call that changes something is one commit, or part of a transaction.

    Searches are remembered as TinyDB does, but only those whose outcome depends on the documents alone, and what is
    remembered is which documents they found, never the documents.
    """

    def __init__(self, storage: LogStorage, name: str, **options: Any) -> None:
        self._log = storage
        self._version = -1
        super().__init__(storage, name, **options)

    def insert(self, document: Mapping[str, Any]) -> int:
        with self._log.transaction():  # the number is chosen with the lock held
            return super().insert(document)

    def search(self, cond: QueryLike) -> list[Document]:
        view = self._read_table()
        if self._version != self._log.version:
            self.clear_cache()
            self._version = self._log.version
        known = cast("list[int] | None", self._query_cache.get(cond)) if _depends_on_documents_alone(cond) else None
        if known is not None:
            rows = self._log.table_state(self.name).rows
            return [self.document_class(json.loads(rows[number].raw), number) for number in known]
        found = [
            self.document_class(document, self.document_id_class(number))
            for number, document in view.items()
            if cond(document)
        ]
        if _depends_on_documents_alone(cond):
            self._query_cache[cond] = cast(Any, [document.doc_id for document in found])
        return found

    def _get_next_id(self) -> int:
        self._read_table()
        following: int = max(self._next_id or 0, self._log.table_state(self.name).top + 1)
        self._next_id = following + 1  # type: ignore[assignment]
        return following

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._log.transaction():
            update = TableUpdate(self._log.table_state(self.name))
            updater(update)
            self._log.commit(update.ops(self.name, self._log.new_record))
        self.clear_cache()


def _depends_on_documents_alone(cond: QueryLike) -> bool:
    """A function within a query may answer otherwise next time; TinyDB knows functions by their address only."""
    if not isinstance(cond, QueryInstance) or not cond.is_cacheable():
        return False
    return not _holds_function(cond._hash)


def _holds_function(part: object) -> bool:
    if isinstance(part, str | bytes):
        return False
    return callable(part) or (isinstance(part, Iterable) and any(map(_holds_function, part)))
