"""jrnl's folder journal: ``YYYY/MM/DD.txt``, each file in jrnl's text format.

As in jrnl 4.6 (``FolderJournal.py``) the path decides the day, whatever stands in the brackets; a file without
brackets is one entry of its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from journal_tui.exchange import jrnl_text
from journal_tui.exchange.record import LeftOut, Note, Piece
from journal_tui.exchange.source import Tree, UnreadableError, refuse_binary

_DAY = re.compile(r"(?s:(?:.*/)?([0-9]{4})/([0-9]{2})/([0-9]{2})\.txt)")


def recognises(tree: Tree) -> bool:
    """Whether it holds text files that are named by a day, and little else."""
    return tree.is_mostly(_DAY.pattern) and any(map(_day, tree.paths))


def read(tree: Tree) -> Iterator[Piece]:
    """Every entry of every day; a file that cannot be read is left out alone."""
    for path in tree.paths:
        leaf = tree.leaf(path)
        day = _day(path)
        if day is None:
            yield LeftOut(where=leaf.name, why="it is not named by a day, like 2024/05/31.txt")
            continue
        try:
            refuse_binary(leaf)
            for piece in jrnl_text.read(leaf, day):
                yield piece if isinstance(piece, Note) else replace(piece, where=f"{leaf.name} {piece.where}")
        except UnreadableError as error:
            yield error.left_out(leaf.name)


def _day(path: str) -> date | None:
    found = _DAY.fullmatch(path)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
