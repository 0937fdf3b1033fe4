"""The lines of a list of entries: headings, air between them, and which line is which entry."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from journal_tui.dates import MONTHS
from journal_tui.model import Entry


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries under headings. Built of their days alone, so that a hundred thousand of them are listed at once."""

    entries: Sequence[Entry] = ()
    rows: Sequence[int | str] = ()
    """The number of an entry, a heading, or (empty) air."""
    places: Sequence[int] = ()
    """By number of entry, its row."""

    def number_of(self, id: str) -> int | None:
        """Which entry has this id."""
        return next((number for number, entry in enumerate(self.entries) if entry.id == id), None)

    def first_beside(self, before: Listing) -> str:
        """Id of the first entry that was not there `before`; empty: all were."""
        known = {entry.id for entry in before.entries}
        return next((entry.id for entry in self.entries if entry.id not in known), "")

    def nearest(self, day: date) -> int | None:
        """The latest entry of `day`, or the one whose day is nearest; None: no entry has a day. Newest come first."""
        number = at_or_before(self.entries, day)
        near = [n for n in (number, number - 1) if 0 <= n < len(self.entries) and self.entries[n].day]
        return min(near, key=lambda n: abs(((self.entries[n].day or day) - day).days), default=None)


def at_or_before(entries: Sequence[Entry], day: date) -> int:
    """Number of the first of `entries`, newest first and undated last, that is not after `day`."""
    return bisect_left(entries, -day.toordinal(), key=lambda entry: -entry.day.toordinal() if entry.day else 0)


def say_month(year: int, month: int) -> str:
    """``March 2026``."""
    return f"{MONTHS[month - 1].capitalize()} {year}"


def list_entries(
    entries: Sequence[Entry], heading_of: Callable[[Entry], str] | None = None, *, is_dense: bool = False
) -> Listing:
    """`entries` in their order, under their months or what `heading_of` says; `is_dense`: without air."""
    rows: list[int | str] = []
    places: list[int] = []
    last: object = ()
    for number, entry in enumerate(entries):
        group = heading_of(entry) if heading_of else entry.day and (entry.day.year, entry.day.month)
        if group != last:
            last = group
            if rows and not is_dense:
                rows.append("")
            if isinstance(group, tuple):
                rows.append(say_month(*group))
            else:
                rows.append(group or "Undated")
        places.append(len(rows))
        rows.append(number)
    return Listing(entries, rows, places)
