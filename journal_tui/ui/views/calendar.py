"""A month as a calendar shows it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal_tui.dates import say_full_day
from journal_tui.model import Entry
from journal_tui.text import plural, shorten
from journal_tui.ui.views.listing import at_or_before, say_month


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month from Monday on, and what was written on its days."""

    name: str
    weeks: tuple[tuple[date | None, ...], ...]
    """None where a day belongs to another month."""
    written: Mapping[date, Sequence[Entry]]
    """The latest first."""

    @property
    def count(self) -> int:
        return sum(map(len, self.written.values()))


def month_of(entries: Sequence[Entry], day: date) -> Month:
    """The month of `day`. Of `entries` (newest first, undated last) only those of the month are looked at."""
    length = monthrange(day.year, day.month)[1]
    first, last = day.replace(day=1), day.replace(day=length)
    written: dict[date, list[Entry]] = {}
    for number in range(at_or_before(entries, last), len(entries)):
        entry = entries[number]
        if entry.day is None or entry.day < first:
            break
        written.setdefault(entry.day, []).append(entry)
    days: list[date | None] = [None] * first.weekday() + [first.replace(day=number + 1) for number in range(length)]
    days += [None] * (-len(days) % 7)
    weeks = tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))
    return Month(say_month(day.year, day.month), weeks, written)


def say_written(month: Month, day: date, width: int) -> str:
    """What was written on `day`, on one line."""
    entries = month.written.get(day, ())
    if not entries:
        return f"{say_full_day(day)}: nothing written"
    more = f" and {plural(len(entries) - 1, 'more', 'more')}" if len(entries) > 1 else ""
    said = f"{say_full_day(day)}: "
    return f"{said}{shorten(entries[0].heading, max(8, width - len(said) - len(more)))}{more}"


def moved_by_days(day: date, by: int) -> date:
    """`day` moved within all the days there are."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return date.max if by > 0 else date.min


def moved_by_months(day: date, by: int) -> date:
    """`day` moved within all the months there are; at its end where the month is shorter."""
    index = min(max(day.year * 12 + day.month - 1 + by, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
