"""The file of TinyDB that this program exported, come back: the tables of `own_json`, each a mapping of numbers to
documents (``out_json.tinydb_pieces``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal_tui.exchange import own_json
from journal_tui.exchange.record import Piece
from journal_tui.exchange.source import Leaf, UnreadableError

_BEGINS = re.compile(r'\s*\{\s*"entries"\s*:\s*\{\s*(?:\}|"[0-9]+"\s*:\s*\{\s*"id"\s*:)')


def recognises(leaf: Leaf) -> bool:
    """Whether it begins with entries by their numbers."""
    return bool(_BEGINS.match(leaf.beginning))


def read(leaf: Leaf) -> Iterator[Piece]:
    """As `own_json.read`.

    Raises:
        UnreadableError: no whole JSON, or its tables are none.
    """
    data = leaf.json()
    if not isinstance(data, dict):
        raise UnreadableError(leaf.name, "has no tables: export it again")
    numbered = {name: list(table.values()) for name, table in data.items() if isinstance(table, dict)}
    yield from own_json.pieces(leaf, {**data, **numbered})
