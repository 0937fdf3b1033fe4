"""What the writer said of patterns, and what follows from it. Needs nothing of the mirror itself: what is asked today
waits for no word list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from journal_tui.model import Judgement, Verdict

MUTED = timedelta(days=60)
"""After "not me"."""
LATER = timedelta(weeks=3)
"""After "not now"."""
FOCUS = timedelta(weeks=8)
"""A pattern that rings true is a focus for so long."""


def said_of(judgements: Iterable[Judgement], kind: str, target: str, today: date) -> list[Judgement]:
    """What was said of one pattern up to today, in that order."""
    wanted = target.casefold()
    return [j for j in judgements if j.kind == kind and j.target.casefold() == wanted and j.on <= today]


def muted_until(said: Sequence[Judgement], today: date) -> date | None:
    """The day on which a pattern may come back to which the writer last said "not me"; None: it is not away."""
    until = said[-1].on + MUTED if said and said[-1].verdict is Verdict.NOT_ME else None
    return until if until and today < until else None


def times_denied(said: Sequence[Judgement]) -> int:
    """How often the writer said "not me" since they last said otherwise."""
    agreed = (Verdict.RINGS_TRUE, Verdict.PARTLY)
    last = max((place for place, j in enumerate(said, 1) if j.verdict in agreed), default=0)
    return sum(j.verdict is Verdict.NOT_ME for j in said[last:])


def focuses(judgements: Sequence[Judgement], today: date) -> tuple[Judgement, ...]:
    """The patterns that are a focus: the latest answer to them was that they ring true, some weeks ago at most."""
    latest = {(j.kind, j.target.casefold()): j for j in judgements if j.on <= today}
    return tuple(j for j in latest.values() if j.verdict is Verdict.RINGS_TRUE and today - j.on < FOCUS)
