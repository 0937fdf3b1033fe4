"""The pictures of the book as numbers: what to draw where, in units of each picture's own box."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from journal_tui.dates import MONTHS
from journal_tui.model import Entry, Pillar

SIGNS: Mapping[str, str] = {
    "respect": "m0-4.4 4.4 4.4-4.4 4.4-4.4-4.4z",
    "boundaries": "m-3.9-3.9h7.8v7.8h-7.8zm1.2 1.2v5.4h5.4v-5.4zm1.3 1.3h2.8v2.8h-2.8z",
    "communication": "m-4-1.6c1.4-2 2.6-2 4 0s2.6 2 4 0m-8 3.4c1.4-2 2.6-2 4 0s2.6 2 4 0",
    "responsibility": "m0-4.2 4.4 7.8h-8.8z",
    "accountability": "m-3.8 0a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0z",
    "trust": "m0 0c1.2-1.7 4.2-3.1 4.2 0s-3 1.7-4.2 0-4.2-3.1-4.2 0 3 1.7 4.2 0z",
    "win-win": "m-4-1.7h7.6m-2.1-2.1 2.1 2.1-2.1 2.1m2.4 1.3h-7.6m2.1-2.1-2.1 2.1 2.1 2.1",
    "free": "m-1.9 0a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0z",
    "star": "m0-4.6 1.3 3.1 3.3.3-2.5 2.2.8 3.3-2.9-1.8-2.9 1.8.8-3.3-2.5-2.2 3.3-.3z",
}
"""The sign of each pillar on the screens (◆ ▣ ≈ ▲ ● ∞ ⇄), of a free page (·) and of a starred entry, drawn around the
point it follows: few fonts have them all. Within 9 by 9."""
LINES = frozenset({"communication", "trust", "win-win"})
"""Signs that are lines, and not filled."""


def sign_of(pillar: Pillar | None) -> str:
    """The name of its sign and of its colour."""
    return pillar.value if pillar else "free"


# -- the days --------------------------------------------------------------------------------------

_CELL = 14
_GROUND = "m-6.2-6.2h12.4v12.4h-12.4z"
_DEPTHS = 3


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """The days of a month, weeks as lines from Monday to Sunday."""

    width: int
    height: int
    blank: str
    """Path of the days without writing: a point each."""
    grounds: tuple[tuple[str, int, str], ...]
    """A colour, how deep it is (1 to 3) and the path of all such days."""
    signs: tuple[tuple[str, str], ...]
    """A sign and the path of all its days."""


@dataclass(frozen=True, slots=True)
class Day:
    """The writing of one day."""

    pillar: Pillar | None
    """The one most was written for."""
    words: int


def days_of(entries: Iterable[tuple[Entry, int]]) -> dict[date, Day]:
    """The days with writing.

    Args:
        entries: each with its count of words; undated ones are left out.
    """
    found: defaultdict[date, defaultdict[Pillar | None, int]] = defaultdict(lambda: defaultdict(int))
    for entry, words in entries:
        if entry.day:
            found[entry.day][entry.pillar] += words
    return {
        day: Day(max(pillars, key=lambda pillar: (pillars[pillar], pillar is not None)), sum(pillars.values()))
        for day, pillars in found.items()
    }


def thirds(days: Iterable[Day]) -> tuple[int, int]:
    """So many words divide the days into those with few, with more, and with most."""
    words = sorted(day.words for day in days)
    return (words[len(words) // 3], words[len(words) * 2 // 3]) if words else (0, 0)


def month_grid(year: int, month: int, days: Mapping[date, Day], limits: tuple[int, int]) -> MonthGrid:
    """One month of `days`; the ground of a day is the deeper the more was written (`thirds`)."""
    first_column, length = calendar.monthrange(year, month)
    blank: list[str] = []
    grounds: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    signs: defaultdict[str, list[str]] = defaultdict(list)
    for number in range(1, length + 1):
        row, column = divmod(first_column + number - 1, 7)
        at = f"M{column * _CELL + _CELL // 2} {row * _CELL + _CELL // 2}"
        if day := days.get(date(year, month, number)):
            sign = sign_of(day.pillar)
            grounds[sign, 1 + bisect_right(limits, day.words)].append(at + _GROUND)
            signs[sign].append(at + SIGNS[sign])
        else:
            blank.append(f"{at}h0")
    return MonthGrid(
        width=7 * _CELL,
        height=((first_column + length - 1) // 7 + 1) * _CELL,
        blank="".join(blank),
        grounds=tuple((sign, depth, "".join(paths)) for (sign, depth), paths in sorted(grounds.items())),
        signs=tuple((sign, "".join(paths)) for sign, paths in sorted(signs.items())),
    )


# -- the ratings -----------------------------------------------------------------------------------

RATINGS_WIDTH, RATINGS_HEIGHT = 300, 44
_EDGE = 6
_RATING = 8
"""Height of one rating."""
_BY_MONTH, _BY_QUARTER = 26, 104
"""Months up to which a point is a month, and up to which it is a quarter of a year; then it is a year."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Equal stretches of time in months, from the one with the first day to the one with the last."""

    first: int
    """Of the first period, counted from the year 0 in periods."""
    count: int
    months: int

    def of(self, day: date) -> int:
        """Which of them holds `day`, from 0."""
        return (day.year * 12 + day.month - 1) // self.months - self.first

    def name(self, at: int) -> str:
        """``March 2026``, ``January to March 2026`` or ``2026``."""
        year, month = divmod((self.first + at) * self.months, 12)
        if self.months == 12:
            return str(year)
        last = f" to {MONTHS[month + self.months - 1].capitalize()}" if self.months > 1 else ""
        return f"{MONTHS[month].capitalize()}{last} {year}"

    @property
    def each(self) -> str:
        return {1: "month", 3: "quarter of a year", 12: "year"}[self.months]


def periods(first: date, last: date) -> Periods:
    """The stretches over which ratings are averaged: months, or longer ones where there are many."""
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    months = 1 if span <= _BY_MONTH else 3 if span <= _BY_QUARTER else 12
    begin, end = ((day.year * 12 + day.month - 1) // months for day in (first, last))
    return Periods(begin, end - begin + 1, months)


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings from 1 to 5 over time."""

    n: int
    mean: float
    points: tuple[tuple[str, float, int], ...]
    """The name of each period with a rating, their mean, and how many."""
    dots: str
    """Path of a point for each of them."""
    line: str
    """Path through those that follow one another."""


def ratings(rated: Iterable[tuple[date, int]], over: Periods) -> Ratings | None:
    """The mean of each period; None where nothing is rated.

    Args:
        rated: day and rating, 1 to 5; each day within `over`.
    """
    found: defaultdict[int, list[int]] = defaultdict(list)
    for day, rating in rated:
        found[over.of(day)].append(rating)
    if not found:
        return None
    step = (RATINGS_WIDTH - 2 * _EDGE) / max(1, over.count - 1)
    start = _EDGE if over.count > 1 else RATINGS_WIDTH / 2
    means = {at: fmean(values) for at, values in sorted(found.items())}
    places = {at: f"{start + at * step:.1f} {rating_height(mean):.1f}" for at, mean in means.items()}
    everything = [rating for values in found.values() for rating in values]
    return Ratings(
        n=len(everything),
        mean=fmean(everything),
        points=tuple((over.name(at), mean, len(found[at])) for at, mean in means.items()),
        dots="".join(f"M{place}h0" for place in places.values()),
        line="".join(f"{'L' if at - 1 in places else 'M'}{place}" for at, place in places.items()),
    )


def rating_height(rating: float) -> float:
    """Where a rating stands, from the top."""
    return _EDGE + (5 - rating) * _RATING


# -- how often -------------------------------------------------------------------------------------

TREND_HEIGHT = 20
_BAR = 8


def bars(counts: Sequence[int]) -> tuple[int, str]:
    """How wide a picture of `counts` is, and the path of its bars: the largest is as high as the picture, a zero is a
    point on the ground."""
    top = max(counts, default=0) or 1
    high = [max(1, round(count / top * (TREND_HEIGHT - 2))) if count else 0 for count in counts]
    path = "".join(f"M{at * _BAR + _BAR // 2} {TREND_HEIGHT - 1}v{-height}" for at, height in enumerate(high))
    return len(counts) * _BAR, path
