"""The days of the last weeks, each with what was written on it: a small calendar that nothing can break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from textual.content import Content
from textual.style import Style

from journal_tui.dates import WEEKDAYS, start_of_week
from journal_tui.model import Entry
from journal_tui.text import plural
from journal_tui.ui.theme import glyph, hue

WEEKS = 12
"""At most so many are shown."""
DAYS = 14
"""Of the line in words, and of the one-line form."""
WIDTH = 3 + 2 * WEEKS - 1
"""Cells of a full calendar."""
ENTRY = "entry"
"""Key in a cell's meta under which the id of the day's entry stands."""

_FREE, _NONE, _TODAY = ("▪", "-"), ("·", "."), ("◦", "o")
"""A page without a pillar, a day without words, today before any: drawn, and in plain ASCII."""


def days_written(entries: Iterable[Entry], today: date) -> dict[date, Entry]:
    """The last entry of each day up to `today` that has one, the first day first; `entries` oldest first."""
    return {entry.day: entry for entry in entries if entry.day and entry.day <= today and not entry.is_blank}


def calendar(written: Mapping[date, Entry], today: date, *, plain: bool = False) -> Content | None:
    """Weekdays down, weeks across, a cell a day. Blank before the first entry and after today.

    Returns:
        Seven lines; None while nothing is written.
    """
    if not written:
        return None
    first, this_week = min(written), start_of_week(today)
    weeks = min(WEEKS, (this_week - start_of_week(first)).days // 7 + 1)
    mondays = [this_week - timedelta(weeks=back) for back in reversed(range(weeks))]
    return Content("\n").join(
        Content(" ").join(
            [
                Content.styled(name[:2].capitalize(), "$quiet"),
                *(_cell(written, monday + timedelta(number), first, today, plain) for monday in mondays),
            ]
        )
        for number, name in enumerate(WEEKDAYS)
    )


def row(written: Mapping[date, Entry], today: date, *, plain: bool = False) -> Content:
    """The one-line form: the last days from left to right, today last."""
    days = [today - timedelta(back) for back in reversed(range(_length(written, today)))]
    return Content(" ").join(_cell(written, day, days[0], today, plain) for day in days)


def in_words(written: Mapping[date, Entry], today: date) -> str:
    """``11 of the last 14 days``: of those since the first entry if they are fewer; empty while nothing is written."""
    length = _length(written, today)
    count = sum(today - timedelta(back) in written for back in range(length))
    return f"{count} of the last {plural(length, 'day')}" if length > 1 else ""


def _length(written: Mapping[date, Entry], today: date) -> int:
    return min(DAYS, (today - min(written)).days + 1) if written else 0


def _cell(written: Mapping[date, Entry], day: date, first: date, today: date, plain: bool) -> Content:
    if not first <= day <= today:
        return Content(" ")
    entry = written.get(day)
    if entry is None:
        return Content.styled(_TODAY[plain], "$accent") if day == today else Content.styled(_NONE[plain], "$quiet")
    sign = Content.styled(glyph(entry.pillar, plain=plain) if entry.pillar else _FREE[plain], hue(entry.pillar))
    return sign.stylize(Style.from_meta({ENTRY: entry.id}))
