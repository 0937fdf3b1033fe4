"""Small pictures made of characters. All take an ASCII form for terminals and fonts without blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_HEIGHTS = " ▁▂▃▄▅▆▇█"
_ASCII_HEIGHTS = " .:-=+*%#"


def sparkline(values: Sequence[float], *, ascii: bool = False) -> str:
    """One character a value, its height relative to the largest; what is not above zero is a space."""
    heights = _ASCII_HEIGHTS if ascii else _HEIGHTS
    top = max(values, default=0)
    steps = len(heights) - 1
    return "".join(heights[max(1, round(value / top * steps))] if value > 0 else heights[0] for value in values)


def bar(value: float, top: float, width: int, *, ascii: bool = False) -> str:
    """A thin bar for `value` that fills `width` cells at `top`, to half a cell (ASCII: a whole one).

    Never wider than `width`. Anything above zero shows; zero is an empty string.
    """
    if value <= 0 or top <= 0 or width <= 0:
        return ""
    share = min(value / top, 1.0)
    if ascii:
        return "#" * max(1, round(share * width))
    whole, half = divmod(max(1, round(share * width * 2)), 2)
    return "━" * whole + "╸" * half


def dots(flags: Iterable[bool], *, ascii: bool = False) -> str:
    """One character a day: filled where something was written."""
    filled, hollow = ("*", ".") if ascii else ("●", "·")
    return "".join(filled if flag else hollow for flag in flags)


def beads(values: Sequence[float], *, ascii: bool = False) -> str:
    """One bead a value: large above half of the largest, small for anything above zero, else a dot."""
    dot, small, large = ".oO" if ascii else "·•●"
    top = max(values, default=0)
    return "".join(large if value * 2 > top else small if value > 0 else dot for value in values)


def marks(values: Sequence[float | None], low: float, high: float, *, ascii: bool = False) -> list[str]:
    """One mark a value, as lines of text, one a whole number from `high` at the top to `low`.

    What is None stays blank. Halves stand between two lines; in ASCII they are on the lower one.
    """
    lines = [[" "] * len(values) for _ in range(round(high - low) + 1)]
    for column, value in enumerate(values):
        if value is not None:
            line, is_between = divmod(round((high - min(max(value, low), high)) * 2), 2)
            if ascii:
                lines[line + is_between][column] = "*"
            else:
                lines[line][column] = "▁" if is_between else "━"
    return ["".join(line) for line in lines]
