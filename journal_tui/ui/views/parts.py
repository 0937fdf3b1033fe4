"""A page of parts, laid out in one column or two, with places in it that can be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journal_tui.model import Pillar
from journal_tui.ui.wrapping import cut, wrap

Span = tuple[str, str]
"""Text, cleaned for display, and its style, as ``bold $ink``."""
Row = tuple[Span, ...]
"""One line."""

GUTTER = 2
"""Cells before each column, where the pointer stands."""
GAP = 3
"""Cells between two columns."""
MEASURE = 76
"""Cells of a single column at most."""
NARROWER = 68
"""Cells of each of two columns at most."""
TWO_COLUMNS = 110
"""Cells from which there are two."""
WIDEST = 2 * (GUTTER + NARROWER) + GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where something leads: what `messages.Go` takes."""

    screen: str
    entry: str = ""
    person: str = ""
    pattern: str = ""
    pillar: Pillar | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Lines that belong together."""

    rows: tuple[Row, ...]
    opens: Target | None = None


BLANK = Item(((),))
"""An empty line between items."""


@dataclass(frozen=True, slots=True)
class Part:
    """Items under a heading."""

    heading: str
    items: tuple[Item, ...]

    @property
    def height(self) -> int:
        """Lines, with the heading, its rule and the empty line after the part."""
        return sum(len(item.rows) for item in self.items) + 3


@dataclass(frozen=True, slots=True)
class Stop:
    """Lines `first` to `last` of a column, which lead somewhere."""

    top: int
    """The line to have in sight with it: the heading, for the first of a part."""
    first: int
    last: int
    opens: Target
    part: str
    """Heading of the part it stands in."""


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of at most `width` cells that begin `left` cells from the edge, after the gutter."""

    left: int
    width: int
    rows: tuple[Row, ...]
    stops: tuple[Stop, ...]
    parts: tuple[tuple[str, int, int], ...]
    """Heading, first and last line of each."""


def said(text: str, width: int, style: str = "$quiet") -> tuple[Row, ...]:
    """Cleaned `text` as wrapped lines in one style."""
    return tuple(((line, style),) for line in wrap(text, width))


def columns_in(cells: int) -> tuple[int, int]:
    """How many columns fit in `cells`, and the width of each."""
    if cells < TWO_COLUMNS:
        return 1, max(20, min(MEASURE, cells - GUTTER))
    return 2, min(NARROWER, (cells - GAP) // 2 - GUTTER)


def lay_out(parts: Sequence[Part], cells: int) -> tuple[Column, ...]:
    """The parts, made for the width that `columns_in` says, in their order: down the first column, then the next."""
    count, width = columns_in(cells)
    if count == 1:
        return (_column(parts, GUTTER, width),)
    heights = [part.height for part in parts]
    # The break that leaves the page shortest.
    split = min(range(1, len(parts) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])), default=0)
    right = GUTTER + width + GAP + GUTTER
    return _column(parts[:split], GUTTER, width), _column(parts[split:], right, width)


def _column(parts: Sequence[Part], left: int, width: int) -> Column:
    rows: list[Row] = []
    stops: list[Stop] = []
    found: list[tuple[str, int, int]] = []
    for part in parts:
        if rows:
            rows.append(())
        top = start = len(rows)
        rows += [((cut(part.heading, width), "bold $accent"),), (("─" * width, "$rule"),)]
        for item in part.items:
            if item.opens:
                stops.append(Stop(top, len(rows), len(rows) + len(item.rows) - 1, item.opens, part.heading))
            rows += item.rows
            top = len(rows)
        found.append((part.heading, start, len(rows) - 1))
    return Column(left, width, tuple(rows), tuple(stops), tuple(found))
