"""What *The week* shows: seven days, each with what was written on it, what they visited and what was promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rich.cells import cell_len

from journal_tui.dates import MONTHS, WEEKDAYS
from journal_tui.model import Asked, Commitment, Entry, Pillar
from journal_tui.text import clean_line
from journal_tui.ui.theme import Titles, glyph, hue, title
from journal_tui.ui.wrapping import cut, wrap_at_most
from journal_tui.world import World

DAYS = 7
_BEFORE = 10
"""Cells before the words: the day and the sign."""
_FITS = ((1, 3), (1, 2), (1, 1), (0, 1))
"""From airy to tight: rows between two days, and rows that each entry may take."""
_BELOW = 4
"""Rows kept free below the days: the line, the pillars and two promises."""
Parts = tuple[tuple[str, str], ...]
"""Text, and the theme variable it is shown in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """Seven days of a journal."""

    today: date
    last: date
    """The seventh of them."""
    days: Mapping[date, Sequence[Entry]]
    """All seven, the first one first, with their entries in order."""
    promises: tuple[Commitment, ...] = ()
    """Those that came due."""
    earlier: int | None = None
    """How many weeks back the next earlier words stand; None: there are none."""
    later: int | None = None
    """How many weeks back the next later words stand; 0 is the week up to today."""
    review: str = ""
    """Id of the pack that looks back on a week; empty: there is none."""
    has_entries: bool = False
    """Anything was ever written."""

    @property
    def pillars(self) -> list[Pillar]:
        """Those visited, in their order."""
        visited = {entry.pillar for entries in self.days.values() for entry in entries}
        return [pillar for pillar in Pillar if pillar in visited]

    @property
    def has_words(self) -> bool:
        return any(self.days.values())

    @property
    def can_be_reviewed(self) -> bool:
        """There is a pack for it, and it is the week up to today, on which such a session looks back."""
        return bool(self.review) and self.has_entries and self.last == self.today

    @property
    def span(self) -> str:
        """``6 to 12 March 2026``."""
        return say_span(next(iter(self.days)), self.last)


def look(world: World, back: int = 0) -> WeekView:
    """Reads the seven days that end `back` weeks ago.

    Raises:
        JournalError: the journal cannot be read.
    """
    today = world.today()
    entries = [entry for entry in world.journal.entries() if not entry.is_blank]
    reviews = (pack.id for pack in world.library.packs.values() if pack.asked is Asked.WEEKLY)
    return week_of(entries, world.journal.promises.all(), today, back, review=next(reviews, ""))


def week_of(
    entries: Sequence[Entry], promises: Sequence[Commitment], today: date, back: int = 0, *, review: str = ""
) -> WeekView:
    """The seven days that end `back` weeks before `today`; `entries` oldest first, none of them blank."""
    last = today - timedelta(weeks=back)
    first = max(1, last.toordinal() - DAYS + 1)  # the calendar begins somewhere
    days: dict[date, list[Entry]] = {date.fromordinal(day): [] for day in range(first, last.toordinal() + 1)}
    weeks: set[int] = set()
    for entry in entries:
        if entry.day and entry.day <= today:
            weeks.add((today - entry.day).days // DAYS)
            if entry.day in days:
                days[entry.day].append(entry)
    return WeekView(
        today=today,
        last=last,
        days=days,
        promises=tuple(promise for promise in promises if promise.due in days),
        earlier=min((week for week in weeks if week > back), default=None),
        later=max((week for week in weeks | {0} if week < back), default=None),
        review=review,
        has_entries=bool(entries),
    )


def say_span(first: date, last: date) -> str:
    """Two days as one would say them: ``6 to 12 March 2026``, ``27 February to 5 March 2026``."""
    end = f"{last.day} {MONTHS[last.month - 1].capitalize()} {last.year}"
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {MONTHS[first.month - 1].capitalize()}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day}{month}{year} to {end}"


def nothing(view: WeekView) -> str:
    """What will be here, where there are no words to show."""
    if not view.has_entries:
        return (
            "Nothing is written yet. Your days will stand here, seven to a page, each with the first line of what you "
            "wrote.\n\nEsc leads back."
        )
    return "A quiet week.\n\nPage up leads to the one before it." if view.earlier is not None else "A quiet week."


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One row of the page."""

    parts: Parts = ()
    aside: str = ""
    """Quiet, at the right edge."""
    id: str = ""
    """Of the entry it belongs to."""
    is_first: bool = False
    """The first row of its entry."""


def rows(
    view: WeekView, width: int, height: int, *, plain: bool = False, titles: Titles | None = None
) -> list[WeekRow]:
    """The page in `width` cells, as airy as `height` rows allow for seven days with an entry each: so all weeks look
    the same, and a fuller one goes on below. Empty: there are no words (`nothing`)."""
    if not view.has_words:
        return []
    gap, most = next((fit for fit in _FITS if DAYS * sum(fit) + _BELOW <= height), _FITS[-1])
    found: list[WeekRow] = []
    for day, entries in view.days.items():
        found += [*_day(day, entries, width, most, plain), *[WeekRow()] * gap]
    if view.pillars or view.promises:
        found.append(WeekRow(parts=((("-" if plain else "─") * width, "$rule"),)))
    found += _pillars(view, width, plain, titles)
    return [*found, *_promises(view, width, max(2, height - len(found)))]


def _day(day: date, entries: Sequence[Entry], width: int, most: int, plain: bool) -> list[WeekRow]:
    name = f"{WEEKDAYS[day.weekday()][:2].capitalize()} {day.day:>2}"
    if not entries:
        return [WeekRow(parts=((name, "$quiet"),))]
    found: list[WeekRow] = []
    for entry in entries:
        aside = f"{entry.rating} of 5" if entry.rating else ""
        room = max(8, width - _BEFORE - 9)
        head = ((f"{name:<5}  ", "$quiet"), (f"{glyph(entry.pillar, plain=plain)}  ", hue(entry.pillar)))
        for number, line in enumerate(wrap_at_most(clean_line(entry.heading[:1000]), room, most)):
            start = ((" " * _BEFORE, "$quiet"),) if number else head
            found.append(
                WeekRow(parts=(*start, (line, "$ink")), aside="" if number else aside, id=entry.id, is_first=not number)
            )
        name = ""
    return found


def _promises(view: WeekView, width: int, most: int) -> Iterator[WeekRow]:
    """In at most so many rows; those that find no room are counted."""
    left_out = len(view.promises) - most + 1 if len(view.promises) > most else 0
    label = "Promises"
    for promise in view.promises[: len(view.promises) - left_out]:
        status = str(promise.status) if promise.status else "open"
        room = max(8, width - _BEFORE - cell_len(status) - 2)
        text = cut(clean_line(promise.text[:1000]), room)
        yield WeekRow(parts=((label.ljust(_BEFORE), "$quiet"), (text, "$ink")), aside=status)
        label = ""
    if left_out:
        yield WeekRow(parts=((f"{'':{_BEFORE}}and {left_out:,} more: m shows them", "$quiet"),))


def _pillars(view: WeekView, width: int, plain: bool, titles: Titles | None) -> Iterator[WeekRow]:
    parts: Parts = ()
    used, label = 0, "Pillars"
    for pillar in view.pillars:
        name = f"{title(pillar, titles)}   "
        if parts and used + 2 + cell_len(name.rstrip()) > width:
            yield WeekRow(parts=parts)
            parts, label = (), ""
        if not parts:
            parts, used = ((label.ljust(_BEFORE), "$quiet"),), _BEFORE
        parts += ((f"{glyph(pillar, plain=plain)} ", hue(pillar)), (name, "$quiet"))
        used += 2 + cell_len(name)
    if parts:
        yield WeekRow(parts=parts)
