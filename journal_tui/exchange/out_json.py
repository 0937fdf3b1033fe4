"""The journal's own JSON, whole (docs/format.md), and the same tables as a file of TinyDB's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from journal_tui.exchange.contents import Contents
from journal_tui.store.records import (
    commitment_to_document,
    entry_to_document,
    judgement_to_document,
    mark_to_document,
    person_to_document,
)

KEY = "journal-tui export"
FORMAT = 1
"""The number behind `KEY`."""


WRITERS: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "entries": entry_to_document,
    "commitments": commitment_to_document,
    "people": person_to_document,
    "judgements": judgement_to_document,
    "marks": mark_to_document,
}
"""What makes the documents of each table."""


def count(contents: Contents) -> int:
    """How many entries it holds: blank ones too."""
    return len(contents.entries)


def tables(contents: Contents) -> dict[str, Iterable[dict[str, Any]]]:
    """Name to documents, made when they are asked for."""
    return {table: map(writer, getattr(contents, table)) for table, writer in WRITERS.items()}


def pieces(contents: Contents) -> Iterator[str]:
    """The JSON, a document a line. ASCII: half a surrogate pair is kept too."""
    yield f'{{"{KEY}":{FORMAT},"exported":{_json(contents.made.isoformat())}'
    for table, documents in tables(contents).items():
        yield f',\n"{table}":['
        for number, document in enumerate(documents):
            yield f"{',' if number else ''}\n{_json(document)}"
        yield "]"
    yield "}\n"


def tinydb_pieces(contents: Contents) -> Iterator[str]:
    """What TinyDB's own ``JSONStorage`` reads: tables of documents by their numbers, which begin at 1."""
    for place, (table, documents) in enumerate(tables(contents).items()):
        yield f'{"," if place else "{"}\n"{table}":{{'
        for number, document in enumerate(documents, 1):
            yield f'{"," if number > 1 else ""}\n"{number}":{_json(document)}'
        yield "}"
    yield "}\n"


_json = json.JSONEncoder(separators=(",", ":")).encode
