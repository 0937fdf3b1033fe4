"""The ratings over time, as a small chart with its months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from journal_tui.dates import MONTHS
from journal_tui.insights.balance import WeekRating
from journal_tui.insights.draw import marks
from journal_tui.model import Pillar
from journal_tui.text import clean_line
from journal_tui.ui.theme import Titles, glyph, hue, title
from journal_tui.ui.views.parts import BLANK, Item, Row, said

_HIGH, _LOW = 5, 1
_WIDEST = 3
"""Cells of a mark."""
_AXIS = 4
"""Cells before the chart."""


def month(day: date) -> str:
    """As ``Mar 2026``."""
    return f"{MONTHS[day.month - 1][:3].capitalize()} {day.year}"


def chart(
    weeks: Sequence[WeekRating],
    of: Sequence[WeekRating],
    width: int,
    *,
    pillar: Pillar | None = None,
    plain: bool = False,
    titles: Titles | None = None,
) -> list[Item]:
    """The mean of each week, or of some weeks where there are many, in lines of at most `width` cells.

    Args:
        weeks: of all entries, in order: they set the time that is shown, the latest that fits.
        of: what is drawn: the same, or those of `pillar`.
    """
    if not weeks:
        return []
    room = width - _AXIS
    first, last = weeks[0].monday, weeks[-1].monday
    count = (last - first).days // 7 + 1
    a_mark = max(1, round(count / room))
    starts = [first + timedelta(weeks=n) for n in range(0, count, a_mark)][-room:]
    first = starts[0]
    values: list[list[WeekRating]] = [[] for _ in starts]
    for week in (week for week in of if first <= week.monday <= last):
        values[(week.monday - first).days // 7 // a_mark].append(week)
    full = min(room, _WIDEST * len(starts))
    edges = [n * full // len(starts) for n in range(len(starts) + 1)]  # some a cell wider, so that the width is used
    drawn = marks([_mean(found) for found in values], _LOW, _HIGH, ascii=plain)
    colour = hue(pillar) if pillar else "$accent"
    axis = "|" if plain else "┤"
    lines: list[Row] = []
    for rating, line in zip(range(_HIGH, _LOW - 1, -1), drawn, strict=True):
        stretched = "".join(mark * (end - at) for mark, at, end in zip(line, edges, edges[1:], strict=False))
        lines.append(((f" {rating} ", "$quiet"), (axis, "$rule"), (stretched.rstrip(), colour)))
    lines.append(((" " * _AXIS + _months(starts, edges, room), "$quiet"),))
    name = f"{glyph(pillar, plain=plain)} {clean_line(title(pillar, titles))}" if pillar else "All"
    rated = sum(week.n for week in of)
    tells = f"{name}: {rated:,} rated, {_mean(of):.1f} of 5 on average." if rated else f"{name}: nothing rated yet."
    hint = "0 shows all of them." if pillar else "1 to 7 show a pillar's own."
    about = f"{tells} A mark is {'a week' if a_mark == 1 else f'{a_mark} weeks'}. {hint}"
    return [Item(tuple(lines)), BLANK, Item(said(about, width))]


def _mean(weeks: Sequence[WeekRating]) -> float | None:
    rated = sum(week.n for week in weeks)
    return sum(week.mean * week.n for week in weeks) / rated if rated else None


def _months(starts: Sequence[date], columns: Sequence[int], room: int) -> str:
    """Names of months under the columns where they begin, as many as find room; January is told by its year."""
    line, before = "", 0
    for start, column in zip(starts, columns, strict=False):
        if start.month != before:
            before = start.month
            name = str(start.year) if start.month == 1 else MONTHS[start.month - 1][:3].capitalize()
            if column >= len(line) and column + len(name) <= room:
                line = f"{line.ljust(column)}{name} "
    return line.rstrip()
