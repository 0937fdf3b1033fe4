"""tui-journal: its data file, its export, its SQLite file.

The data file is ``[{"id", "date", "title", "content", "tags", "priority", "folder"}]``, of which the last three may be
missing; the export ``{"version": 100, "entries": [the same without id]}``; the tables are ``entries`` and
``tags(entry_id, tag)``. A date is midnight UTC and means a calendar day: it is never converted.
Source: ``backend/src/lib.rs`` and ``backend/src/sqlite/migrations`` of github.com/AmmarAbouZor/tui-journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from journal_tui.exchange import sqlite
from journal_tui.exchange.record import Piece, Record, UnfitError, piece_of, tags_of, titled, words_of
from journal_tui.exchange.source import Leaf, UnreadableError

_FIELDS = ("id", "date", "title", "content", "priority", "folder")
_BEGINS = re.compile(
    r'\s*(?:\{\s*"version"\s*:\s*[0-9]+\s*,\s*"entries"\s*:\s*\[|\{\s*"entries"\s*:\s*\[|\[)'
    r'\s*\{\s*"(?:id|date|title|content|tags|priority|folder)"\s*:'
)
# A quotation mark within a text has a backslash before it.
_TITLE = re.compile(r'(?<!\\)"title"\s*:')
_CONTENT = re.compile(r'(?<!\\)"content"\s*:')
_HIGHEST = 2**32 - 1


def recognises(leaf: Leaf) -> bool:
    """Whether it begins as its JSON does, with an entry that has a title and a content."""
    head = leaf.beginning
    return bool(_BEGINS.match(head) and _TITLE.search(head) and _CONTENT.search(head))


def recognises_database(leaf: Leaf) -> bool:
    """Whether it is a database with its table of entries."""
    return sqlite.columns(leaf, "entries") >= {"id", "title", "date", "content"}


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every entry, in the order of the file.

    Raises:
        UnreadableError: no whole JSON with a list of entries.
    """
    entries = leaf.json_entries("export it from tui-journal again", may_be_bare=True)
    yield from _pieces(enumerate(entries, 1))


def read_database(leaf: Leaf) -> Iterator[Piece]:
    """Every row of its entries, in their order.

    Raises:
        UnreadableError: as `sqlite.rows`, or it has no such table.
    """
    known = sqlite.columns(leaf, "entries")
    if not known >= {"id", "title", "date", "content"}:
        raise UnreadableError(leaf.name, "is no database of tui-journal: check which file it is")
    tags: dict[object, list[object]] = {}
    if sqlite.columns(leaf, "tags") >= {"entry_id", "tag"}:
        for entry, tag in sqlite.rows(leaf, "tags", "entry_id", "tag"):
            tags.setdefault(entry, []).append(tag)
    names = [name for name in _FIELDS if name in known]
    entries = (dict(zip(names, row, strict=True)) for row in sqlite.rows(leaf, "entries", *names))
    yield from _pieces((entry["id"], entry | {"tags": tags.get(entry["id"])}) for entry in entries)


def _pieces(entries: Iterator[tuple[object, Any]]) -> Iterator[Piece]:
    for number, entry in entries:
        yield piece_of(_record, f"entry {number}", entry)


def _record(where: str, data: object) -> Record:
    if not isinstance(data, dict):
        raise UnfitError("it is not a JSON object")
    title, content, folder = (data.get(name) or "" for name in ("title", "content", "folder"))
    if not isinstance(title, str) or not isinstance(content, str):
        raise UnfitError("its title or content is not text")
    return Record(
        where=where,
        day=_day(data.get("date")),
        text=words_of(titled(title, content)),
        tags=(*tags_of(data.get("tags")), *_priority(data.get("priority")), *tags_of([folder])),
    )


def _day(value: object) -> date:
    try:
        return datetime.fromisoformat(value if isinstance(value, str) else "").date()
    except ValueError as error:
        raise UnfitError("its date is not written like 2024-05-31T00:00:00Z") from error


def _priority(value: object) -> list[str]:
    if value is None:
        return []
    if type(value) is not int or not 0 <= value <= _HIGHEST:
        raise UnfitError("its priority is not a whole number")
    return [f"priority/{value}"]
