"""The journal's own JSON, come back: what `out_json` wrote (docs/format.md), each thing with its id."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal_tui.exchange.out_json import FORMAT, KEY
from journal_tui.exchange.record import LeftOut, Piece, Whole
from journal_tui.exchange.source import Leaf, UnreadableError
from journal_tui.store.records import READERS, UNREADABLE, KeptMark

_BEGINS = re.compile(rf'\s*\{{\s*"{KEY}"\s*:')


def recognises(leaf: Leaf) -> bool:
    """Whether it begins as an export does."""
    return bool(_BEGINS.match(leaf.beginning))


def read(leaf: Leaf) -> Iterator[Piece]:
    """Everything, the entries first; what is no entry, promise … is left out.

    Raises:
        UnreadableError: no whole JSON, a later format, or its tables are none.
    """
    data = leaf.json()
    if not isinstance(data, dict) or data.get(KEY) != FORMAT:
        raise UnreadableError(leaf.name, "was written by another version of journal-tui: update, and try again")
    for table, reader in READERS.items():
        documents = data.get(table, [])
        if not isinstance(documents, list):
            raise UnreadableError(leaf.name, f"has no list of {table}: export it again")
        for number, document in enumerate(documents, 1):
            where = f"{table} {number}"
            try:
                found = reader(document)
                # What is empty is not written, and would be missing when it is read again.
                if "" in [*document.values(), *(document.get("source") or {}).values()]:
                    raise ValueError
            except UNREADABLE:
                yield LeftOut(where=where, why="it is not as the format says")
            else:
                yield Whole(where=where, item=found.mark if isinstance(found, KeptMark) else found)
