"""Which pillar and which questions come today: pure functions of packs, past visits, the day and what weighs more."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from math import inf
from zlib import crc32

from journal_tui.model import Asked, Depth, Pace, Pack, Pillar, Prompt, Recall, Visit

FAVOUR = 3
"""A favoured pillar waits as if it had been away so many times as long."""
FIRST_DAYS_QUESTIONS = 2
"""Questions a sitting of a pack for the first days."""

_LIGHT, _MIDDLE, _DEEP = (frozenset({depth}) for depth in Depth)
_DEPTHS = {
    Pace.SHORT: (_LIGHT | _MIDDLE,),
    Pace.MEDIUM: (_LIGHT, _MIDDLE, _DEEP),
    Pace.LONG: (_LIGHT, _MIDDLE, _MIDDLE, _DEEP, _DEEP),
}
"""For each question of a sitting the depths it may have."""
_RECALLS = {Pace.SHORT: 2, Pace.MEDIUM: 4, Pace.LONG: 6}
"""Questions of a weekly sitting that are laid beside the week's own words."""
_ORDER = tuple(Depth)


# -- pillars ---------------------------------------------------------------------------------------


def pillar_of_day(
    past: Sequence[Visit], today: date, *, favoured: Collection[Pillar] = (), shuffled: bool = False
) -> Pillar:
    """The pillar whose turn it is.

    In their order, or `shuffled` anew each round, none comes back before the others were visited. Those `favoured`
    (a focus, a promise that is due) come more often, yet never keep another away for long. What happens today does
    not change it, so that a day keeps its pillar.
    """
    days: dict[date, set[Pillar]] = {}
    for visit in past:
        if visit.pillar and visit.day < today:
            days.setdefault(visit.day, set()).add(visit.pillar)
    order = [days[day] for day in sorted(days)]
    # How many days of writing ago each was visited; those never visited have waited longest.
    waited = {p: next((n for n, seen in enumerate(reversed(order)) if p in seen), len(order) + 1) for p in Pillar}
    first = max((p for p in Pillar if p in favoured), key=lambda p: waited[p], default=None)
    if first and FAVOUR * waited[first] > max(waited.values()):
        return first
    if not shuffled:
        return max(Pillar, key=lambda p: waited[p])
    rounds, seen = 0, set[Pillar]()
    for visited in order:
        seen |= visited
        if len(seen) == len(Pillar):
            rounds, seen = rounds + 1, set()
    # Not the one of the last day first in the next round.
    return min(
        (p for p in Pillar if p not in seen), key=lambda p: (waited[p] == 0, crc32(f"{rounds} {p.value}".encode()))
    )


# -- questions -------------------------------------------------------------------------------------


def choose_prompts(
    pack: Pack,
    past: Sequence[Visit],
    today: date,
    pace: Pace,
    *,
    focus: Collection[str] = (),
    promise_due: bool = False,
    recalls: Collection[Recall] = (),
) -> list[Prompt]:
    """The questions of a sitting on `pack`, from lighter to deeper.

    Those never put come first, in the order of the file, then the one put longest ago: a question comes back only
    after the others of its depth that are possible. Those of a pattern in `focus` wait half as long. The same day and
    past give the same questions; what is dated later than today is not seen.

    Args:
        focus: kinds of patterns in focus (`model.PATTERNS`).
        promise_due: whether a promise is due today.
        recalls: which of the week's own words there are, for questions that are laid beside them.
    """
    past = [visit for visit in past if visit.day <= today]
    written = len({visit.day for visit in past})
    last = {visit.prompt: visit.day for visit in sorted(past, key=lambda visit: visit.day)}
    days = sorted({visit.day for visit in past if visit.prompt.startswith(f"{pack.id}/")}) if focus else []

    def is_possible(prompt: Prompt) -> bool:
        when = prompt.when
        return (
            not prompt.only_follow_up
            and when.allows(today, written)
            and (promise_due or not when.due_promise)
            and (not when.focus or any(kind in focus for kind in prompt.patterns))
            and (prompt.recall is None or prompt.recall in recalls)
        )

    times = Counter(visit.prompt for visit in past)

    def turn(prompt: Prompt) -> tuple[float, date, int]:
        """The smaller, the sooner: how many sittings ago it was put, those of a focus counted twice; the day; how
        often."""
        day = last.get(prompt.id, date.min)
        sittings = len(days) - bisect_left(days, day) if prompt.id in last else inf
        weight = 2 if any(kind in focus for kind in prompt.patterns) else 1
        return -weight * sittings if focus else 0, day, times[prompt.id]

    waiting = sorted(filter(is_possible, pack.prompts), key=turn)
    if pack.asked is Asked.FIRST_DAYS:
        return waiting[:FIRST_DAYS_QUESTIONS]
    if pack.asked is Asked.WEEKLY:
        return _of_a_week(waiting, pace)
    chosen: list[Prompt] = []
    for depths in _DEPTHS[pace]:
        rest = [prompt for prompt in waiting if prompt not in chosen]
        chosen += ([prompt for prompt in rest if prompt.depth in depths] or rest)[:1]
    return sorted(chosen, key=lambda prompt: _ORDER.index(prompt.depth))


def _of_a_week(waiting: Sequence[Prompt], pace: Pace) -> list[Prompt]:
    """One question for each kind of the week's own words, those kinds first that were asked about least; then one
    that looks ahead, or a sitting's worth where the week left no words."""
    first_of = {prompt.recall: prompt for prompt in reversed(waiting)}
    beside = [prompt for prompt in waiting if prompt.recall and first_of[prompt.recall] is prompt][: _RECALLS[pace]]
    free = [prompt for prompt in waiting if prompt.recall is None]
    kinds = list(Recall)
    return [
        *sorted(beside, key=lambda prompt: kinds.index(prompt.recall or kinds[-1])),
        *free[: 1 if beside else len(_DEPTHS[pace])],
    ]


# -- packs that come up by themselves --------------------------------------------------------------

PAUSE_DAYS = 14
"""Packs for the first days that were begun wait so long for their writer, then they step back."""
WEEK_DAYS = 7
WEEK_NEEDS = 3
"""Days with writing before there is a week to look back on."""


def first_days(packs: Collection[Pack], past: Sequence[Visit], today: date) -> tuple[Pack | None, bool]:
    """The pack for the first days that is offered, and whether it was begun and goes on today."""
    past = [visit for visit in past if visit.day <= today]
    days = {visit.day for visit in past}
    for pack in packs:
        if pack.asked is not Asked.FIRST_DAYS:
            continue
        visited = {visit.prompt: visit.day for visit in past if visit.prompt.startswith(f"{pack.id}/")}
        if not visited and days <= {today}:
            return pack, False
        if not visited or today in visited.values() or (today - max(visited.values())).days > PAUSE_DAYS:
            continue
        if any(prompt.id not in visited for prompt in pack.prompts if not prompt.only_follow_up):
            return pack, True
    return None, False


def weekly(packs: Collection[Pack], past: Sequence[Visit], today: date) -> Pack | None:
    """The review that is offered: something was written on several days, and the last review is a week ago."""
    week = {visit.day for visit in past if 0 <= (today - visit.day).days < WEEK_DAYS}
    for pack in packs:
        if pack.asked is Asked.WEEKLY and len(week) >= WEEK_NEEDS:
            reviewed = (v.day for v in past if v.prompt.startswith(f"{pack.id}/") and v.day <= today)
            if (today - max(reviewed, default=date.min)).days >= WEEK_DAYS:
                return pack
    return None


def sitting_of_first_days(pack: Pack, past: Sequence[Visit]) -> tuple[int, int]:
    """Which sitting of a pack for the first days comes next, and of how many."""
    asked = {prompt.id for prompt in pack.prompts if not prompt.only_follow_up}
    met = len(asked & {visit.prompt for visit in past})
    return met // FIRST_DAYS_QUESTIONS + 1, -(-len(asked) // FIRST_DAYS_QUESTIONS)
