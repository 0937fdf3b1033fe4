"""The journal's own JSON, come back: what `out_json` wrote (docs/format.md), each thing with its id."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from journal_tui.exchange.out_json import FORMAT, KEY, WRITERS
from journal_tui.exchange.record import LeftOut, Piece, Whole
from journal_tui.exchange.source import Leaf, UnreadableError
from journal_tui.model import Pillar, Status, Verdict
from journal_tui.store.records import READERS, UNREADABLE, KeptMark
from journal_tui.text import listed

_BEGINS = re.compile(rf'\s*\{{\s*"{KEY}"\s*:')


def recognises(leaf: Leaf) -> bool:
    """Whether it begins as an export does."""
    return bool(_BEGINS.match(leaf.beginning))


def read(leaf: Leaf) -> Iterator[Piece]:
    """Everything, the entries first; what is no entry, promise … or would not be read again is left out.

    Raises:
        UnreadableError: no whole JSON, a later format, or its tables are none.
    """
    data = leaf.json()
    if not isinstance(data, dict) or data.get(KEY) != FORMAT:
        raise UnreadableError(leaf.name, "was written by another version of journal-tui: update, and try again")
    yield from pieces(leaf, data)


def pieces(leaf: Leaf, tables: Mapping[str, Any]) -> Iterator[Piece]:
    """What stands in the lists of documents by the names of their tables, as `read`."""
    for table in READERS:
        documents = tables.get(table, [])
        if not isinstance(documents, list):
            raise UnreadableError(leaf.name, f"has no list of {table}: export it again")
        for number, document in enumerate(documents, 1):
            where = f"{table} {number}"
            try:
                found = _kept(table, document)
            except UNREADABLE:
                yield LeftOut(where=where, why=_why_none(table, document))
            else:
                yield Whole(where=where, item=found.mark if isinstance(found, KeptMark) else found)


class _Shape(NamedTuple):
    """What a field holds."""

    type: type
    words: str


_TEXT = _Shape(str, "a text")
_WORDS = _Shape(str, "a text that is not empty")
_TEXTS = _Shape(list, "a list of texts")
_FLAG = _Shape(bool, "true or false")
_ID = _Shape(str, "letters, digits, - and _, 64 at most")
_DAY = _Shape(str, "a day such as 2026-03-01")
_TIME = _Shape(str, "a time such as 2026-03-01T21:10:05+01:00")

_SHAPES: Mapping[str, _Shape] = {
    "id": _ID,
    "entry": _ID,
    "created": _TIME,
    "edited": _TIME,
    "moment": _TIME,
    "day": _DAY,
    "made": _DAY,
    "due": _DAY,
    "on": _DAY,
    "ask_again": _DAY,
    "pillar": _Shape(str, f"one of {listed(Pillar)}"),
    "status": _Shape(str, f"one of {listed(Status)}"),
    "verdict": _Shape(str, f"one of {listed(Verdict)}"),
    "rating": _Shape(int, "a whole number from 1 to 5"),
    "starred": _FLAG,
    "skipped": _FLAG,
    "answers": _Shape(list, "a list of answers"),
    "outcomes": _Shape(list, "a list, each with on and status"),
    "source": _Shape(dict, "an object with format and fingerprint"),
    **dict.fromkeys(("tags", "people", "also", "choice", "signals"), _TEXTS),
    **dict.fromkeys(("text", "prompt", "ask", "quote", "quoted", "target", "format", "fingerprint", "file"), _TEXT),
    **dict.fromkeys(("name", "kind", "words", "signal"), _WORDS),
}
"""Of each field, wherever it stands."""

_LEAST: Mapping[str, Mapping[str, str]] = {
    "entries": {"id": "a", "created": "2026-03-01T21:10:05+01:00"},
    "commitments": {"id": "a", "entry": "a", "text": "a", "made": "2026-03-01"},
    "people": {"name": "a"},
    "judgements": {"kind": "a", "verdict": "not me", "on": "2026-03-01"},
    "marks": {"id": "a", "entry": "a", "words": "a", "signal": "a", "on": "2026-03-01"},
}
"""The smallest document of each table."""


def _kept(table: str, document: Any) -> Any:
    """What `document` is, read as the journal will read it once it is written there.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, RecursionError: it is none, or would come back as another.
    """
    reader = READERS[table]
    found = reader(document)
    _check_fields(document)
    item = found.mark if isinstance(found, KeptMark) else found
    written = json.loads(json.dumps(WRITERS[table](item)))
    if reader(written) != found or any(not written.get(field) for field in _LEAST[table]):
        raise ValueError
    return found


def _check_fields(document: Mapping[str, Any]) -> None:
    """What readers do not look at: a number that is ``true``, a yes in words."""
    for field, value in document.items():
        shape = _SHAPES.get(field)
        if shape is None or value is None:
            continue
        found = type(value)  # exactly: true is an int
        if found is not shape.type:
            raise TypeError
        for part in [value] if found is dict else value if found is list else []:
            if isinstance(part, dict):
                _check_fields(part)


def _why_none(table: str, document: Any) -> str:
    """Which field is at fault, and what it should be."""
    if not isinstance(document, dict):
        return "it is no JSON object"
    least = _LEAST[table]
    for field in least:
        if field not in document:
            return f'it has no "{field}": {_SHAPES[field].words}'
    for field in document:
        if field in _SHAPES:
            try:
                _kept(table, {**least, field: document[field]})
            except UNREADABLE:
                return f'its "{field}" should be {_SHAPES[field].words}'
    return "it is not as docs/format.md says"
