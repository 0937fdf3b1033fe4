"""Which pillar and which questions come today: a pure function of packs, past visits and the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from journal_tui.model import Depth, Pack, Pillar, Prompt, Visit

_DEPTHS = (Depth.LIGHT, Depth.MIDDLE, Depth.DEEP)


def pillar_of_day(past: Sequence[Visit], today: date) -> Pillar:
    """The pillar whose turn it is: the one visited longest ago, never visited ones first, in their order.

    What happens today does not change it, so that a day keeps its pillar.
    """
    latest = dict.fromkeys(Pillar, date.min)
    for visit in past:
        if visit.pillar and visit.day < today:
            latest[visit.pillar] = max(latest[visit.pillar], visit.day)
    return min(Pillar, key=lambda pillar: latest[pillar])


def choose_prompts(pack: Pack, past: Sequence[Visit], today: date, count: int) -> list[Prompt]:
    """`count` questions for a session on `pack`, from lighter to deeper.

    A question comes back only after the others of its depth were put as often; among equals the one put
    longest ago comes first, then the order of the pack. The same day and past give the same questions.
    """
    entries = len({visit.day for visit in past})
    times = Counter(visit.prompt for visit in past)
    last = {visit.prompt: visit.day for visit in sorted(past, key=lambda visit: visit.day)}
    waiting = sorted(
        (p for p in pack.prompts if not p.only_follow_up and p.season.allows(today, entries)),
        key=lambda prompt: (times[prompt.id], last.get(prompt.id, date.min)),
    )
    chosen: list[Prompt] = []
    for number in range(count):
        # Spread over the depths: one question is light, two are light and deep, three are one of each.
        depth = _DEPTHS[round(number * 2 / max(1, count - 1))]
        rest = [prompt for prompt in waiting if prompt not in chosen]
        fitting = [prompt for prompt in rest if prompt.depth is depth] or rest
        chosen += fitting[:1]
    return sorted(chosen, key=lambda prompt: _DEPTHS.index(prompt.depth))
