"""The questions of the days to come, were each day's answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal_tui.model import Pace, Pack, Pillar, Prompt, Recall, Visit
from journal_tui.packs.library import Library
from journal_tui.packs.rotation import choose_prompts, first_days, pillar_of_day, weekly


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session to come."""

    day: date
    pack: Pack
    questions: tuple[Prompt, ...]


def sittings_ahead(
    library: Library,
    past: Sequence[Visit],
    today: date,
    days: int,
    *,
    pace: Pace = Pace.MEDIUM,
    favoured: Collection[Pillar] = (),
    shuffled: bool = False,
) -> Iterator[Sitting]:
    """What `days` days from `today` on would ask: the first days where they were begun, the pillars, and each week's
    review as if the week left words of every kind."""
    visited = list(past)
    packs = library.packs.values()
    for number in range(days):
        day = today + timedelta(days=number)
        first, begun = first_days(packs, visited, day)
        pillar = pillar_of_day(visited, day, favoured=favoured, shuffled=shuffled)
        chosen = [first if first and begun else library.for_session(pillar)]
        if review := weekly(packs, visited, day):
            chosen.append(review)
        for pack in chosen:
            questions = choose_prompts(pack, visited, day, pace, recalls=tuple(Recall))
            visited += [Visit(day=day, prompt=question.id, pillar=pack.pillar) for question in questions]
            yield Sitting(day, pack, tuple(questions))
