"""The journal's own JSON, whole (docs/format.md), and the same tables as a file of TinyDB's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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


def count(contents: Contents) -> int:
    """How many entries it holds: blank ones too."""
    return len(contents.entries)


def tables(contents: Contents) -> dict[str, Iterable[dict[str, Any]]]:
    """Name to documents, made when they are asked for."""
    return {
        "entries": map(entry_to_document, contents.entries),
        "commitments": map(commitment_to_document, contents.commitments),
        "people": map(person_to_document, contents.people),
        "judgements": map(judgement_to_document, contents.judgements),
        "marks": map(mark_to_document, contents.marks),
    }


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
