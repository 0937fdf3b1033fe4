"""How the writing is spread: over the pillars, over the days, and how it was rated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from journal_tui import model, text
from journal_tui.model import Entry, Pillar


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarBalance:
    """What was written of one pillar."""

    pillar: Pillar
    entries: int
    visits: int
    """Questions put, answered or not."""
    skipped: int
    """Questions passed over, of `visits`."""
    words: int
    rating: float | None
    """Mean of the ratings, 1 to 5; None while nothing is rated."""
    last: date | None
    """Day of the latest entry; None when there is none with a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRating:
    """The ratings of one ISO week."""

    week: str
    """As ``2026-W05``."""
    monday: date
    mean: float
    """1 to 5."""
    n: int


def written(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that hold anything at all."""
    return [entry for entry in entries if not entry.is_blank]


def pillar_balance(entries: Sequence[Entry]) -> tuple[PillarBalance, ...]:
    """One row for each of the seven pillars, in their order. Blank entries count only as visits."""
    rows = []
    for pillar in Pillar:
        here = [entry for entry in entries if entry.pillar is pillar]
        asked = [visit for visit in model.visits(here) if visit.prompt]
        filled = written(here)
        ratings = [entry.rating for entry in filled if entry.rating is not None]
        rows.append(
            PillarBalance(
                pillar=pillar,
                entries=len(filled),
                visits=len(asked),
                skipped=sum(visit.skipped for visit in asked),
                words=sum(text.count_words(entry.text) for entry in filled),
                rating=fmean(ratings) if ratings else None,
                last=max((entry.day for entry in filled if entry.day), default=None),
            )
        )
    return tuple(rows)


def weekly_ratings(entries: Sequence[Entry]) -> tuple[WeekRating, ...]:
    """The ISO weeks with a rated entry, in order. Undated entries belong to no week."""
    by_monday: defaultdict[date, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.day and entry.rating is not None:
            by_monday[entry.day - timedelta(days=entry.day.weekday())].append(entry.rating)
    return tuple(
        WeekRating(week=f"{monday:%G-W%V}", monday=monday, mean=fmean(ratings), n=len(ratings))
        for monday, ratings in sorted(by_monday.items())
    )


def rhythm(entries: Sequence[Entry], today: date, days: int = 14) -> tuple[bool, ...]:
    """Which of the last `days` days have writing, today being the last of them."""
    with_writing = {entry.day for entry in written(entries)}
    return tuple(today - timedelta(days=back) in with_writing for back in reversed(range(days)))


def rhythm_line(flags: Sequence[bool]) -> str:
    """``11 of the last 14 days``."""
    return f"{sum(flags)} of the last {text.plural(len(flags), 'day')}"
