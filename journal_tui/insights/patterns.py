"""Patterns: what may be a blind spot, each with its count, what speaks for it and against it, and one question.

What a kind of pattern counts stands in `occasions`, how sure that is in `evidence`; its numbers and words are data
(``data/patterns.en.yaml``). A mirror, not an oracle: a steady pattern has three entries in three weeks behind it, an
effect worth telling, and an e-value that says how often such a thing is told falsely.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from journal_tui.breathing import breathe
from journal_tui.dates import MONTHS
from journal_tui.insights.evidence import Trial, binomial_tail, discoveries, e_process, fewer_lately
from journal_tui.insights.judgements import LATER, focuses, muted_until, said_of, times_denied
from journal_tui.insights.material import Material
from journal_tui.insights.occasions import KINDS, Counted, Occasion
from journal_tui.insights.themes import week_of
from journal_tui.model import Judgement, Pillar, Verdict
from journal_tui.strictyaml import parse_bytes

_LEAST_WEEKS = 3
_LEAST_HITS = 3
_EMERGING_WEEKS = 2
_PRIOR, _PRIOR_BELOW = 6, 2
"""Occasions that the prior of a base rate weighs; fewer where the others are above it: what is usual is no pattern."""
_LATELY = timedelta(weeks=8)
_LEAST_LATELY = 4
_FADED = 0.02
_STAYS = 0.85
"""Of the effect that a steady pattern needs to be told first, so much is enough to go on."""
_AFTER_HARM = timedelta(days=365)
_AFTER_DARK_WORDS = timedelta(days=14)
"""For so long nothing is said of who gave way and the like: after words on somebody who hurts, and after words of harm
that tell of nobody."""
_SHOWN = 3
"""Words for a finding, and words against it."""


class Tier(StrEnum):
    EMERGING = "emerging"
    STEADY = "steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the journal tells it."""

    id: str
    date: date
    quote: str
    """Words of the writer, an exact part of the entry; empty where something was chosen, skipped or promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A pattern that shows."""

    kind: str
    """One of `model.PATTERNS`."""
    target: str
    """A person, a pillar's id or a theme; empty: none."""
    tier: Tier
    first_seen: date
    """The day on which there was enough to say so."""
    count: int
    of: int
    weeks: int
    """ISO weeks with one of the `count`."""
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]
    title: str
    statement: str
    against_title: str
    question: str
    fading: bool = False
    """It was steady, and is seldom so of late."""
    rested: date | None = None
    """Of a theme that was open: the day since which it is settled."""
    lately: tuple[int, int] = (0, 0)
    """Count and occasions of the last eight weeks."""
    verdict: Verdict | None = None
    """The writer's latest answer."""
    muted_until: date | None = None
    focus_since: date | None = None
    since_focus: tuple[int, int] = (0, 0)
    """Count and occasions since it became a focus."""

    @property
    def change(self) -> str:
        """A sentence on what has changed of late, or since it became a focus; empty: nothing that can be said."""
        if self.rested:
            return f"It has rested since {self.rested.day} {MONTHS[self.rested.month - 1].capitalize()}."
        if self.focus_since and self.since_focus[1] >= _LEAST_LATELY:
            return f"Since you keep it in view: {self.since_focus[0]} of {self.since_focus[1]}."
        if self.fading:
            return f"It is getting less: {self.lately[0]} of {self.lately[1]} in the last eight weeks."
        return ""

    @property
    def name(self) -> str:
        """``kind``, or ``kind:target``."""
        return f"{self.kind}:{self.target}" if self.target else self.kind


# -- what is declared ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One kind of pattern, as ``data/patterns.en.yaml`` declares it; the file says what the fields mean."""

    name: str
    about: str
    base: float | None
    """None: the writer's own with others."""
    floor: float
    prior: float
    times: float
    least_hits: int
    least_of: int
    share: float
    threshold: float
    sensitive: bool
    title: str
    counted: str
    against: str
    question: str

    @property
    def kind(self) -> str:
        return self.name.partition("/")[0]

    def spoken(self, target: str) -> str:
        """A person, a theme or (by its id) a pillar, as one says it."""
        return Pillar(target).title if self.about == "pillar" else target


@cache
def declared() -> tuple[Declared, ...]:
    """All kinds of patterns."""
    file = files(__package__) / "data" / "patterns.en.yaml"
    kinds: dict[str, Any] = parse_bytes(file.read_bytes(), file.name).plain()
    return tuple(
        Declared(
            name=name,
            about=kind.get("about", ""),
            base=None if kind["base"] == "others" else float(kind["base"]),
            floor=float(kind.get("floor", 0)),
            prior=float(kind.get("prior", kind.get("floor", 0))),
            times=float(kind["times"]),
            least_hits=int(kind["least"]["hits"]),
            least_of=int(kind["least"]["of"]),
            share=float(kind["share"]),
            threshold=float(kind["threshold"]),
            sensitive=kind.get("sensitive") == "yes",
            title=kind["title"],
            counted=kind["counted"],
            against=kind["against"],
            question=kind["question"],
        )
        for name, kind in kinds.items()
    )


def title_of(kind: str, target: str) -> str:
    """What a pattern is called, whether it shows or not; ``kind:target`` where there is no such kind."""
    with suppress(StopIteration, ValueError):
        found = next(one for one in declared() if one.kind == kind)
        return _sentence(found.title.format(target=found.spoken(target)))
    return f"{kind}:{target}" if target else kind


# -- how sure it is --------------------------------------------------------------------------------


class _Others:
    """What is known of all targets of a kind, to take the rate of the others from."""

    def __init__(self, kind: Declared, counted: Counted) -> None:
        self._kind, self._counted = kind, counted
        everybody = sorted((o.day, o.hit) for found in counted.values() for o in found)
        self._days = [day for day, _ in everybody]
        self._hits = [0, *accumulate(hit for _, hit in everybody)]

    def bases(self, target: str) -> list[float]:
        """The base rate at each occasion of a target, and now: fixed, or from what was known of the others before that
        day."""
        kind, own = self._kind, self._counted[target]
        if kind.base is not None:
            return [kind.base] * (len(own) + 1)
        if kind.about == "theme":
            return [max(kind.floor, by_chance) for by_chance in (*(o.base for o in own), own[-1].base)]
        own_days, own_hits = [o.day for o in own], [0, *accumulate(o.hit for o in own)]

        def rate(before: date) -> float:
            all_known, own_known = bisect_left(self._days, before), bisect_left(own_days, before)
            known, hits = all_known - own_known, self._hits[all_known] - own_hits[own_known]
            weight = _PRIOR if hits <= kind.prior * known else _PRIOR_BELOW
            return max(kind.floor, (hits + weight * kind.prior) / (known + weight))

        return [*(rate(o.day) for o in own), rate(date.max)]


@dataclass(slots=True)
class _Standing:
    """How one pattern stands at the end of its occasions."""

    occasions: Sequence[Occasion]
    first_steady: date | None
    emerged: date | None
    p_value: float
    worth: bool
    """The effect is large enough to be told, now."""

    @property
    def hits(self) -> list[Occasion]:
        return [o for o in self.occasions if o.hit]

    def lately(self, today: date) -> tuple[int, int]:
        """Hits and occasions of the last weeks."""
        return _rate(o for o in self.occasions if o.day > today - _LATELY)

    def fades(self, today: date) -> bool:
        """It is much less often so of late, by more than chance."""
        before, lately = _rate(o for o in self.occasions if o.day <= today - _LATELY), self.lately(today)
        return (
            lately[1] >= _LEAST_LATELY
            and lately[0] * before[1] * 2 <= before[0] * lately[1]
            and fewer_lately(before, lately) <= _FADED
        )


def _stand(kind: Declared, target: str, occasions: Sequence[Occasion], others: _Others, factor: float) -> _Standing:
    if sum(o.hit for o in occasions) < max(kind.least_hits, _LEAST_HITS):
        return _Standing(occasions, None, None, 1.0, False)
    *bases, now = others.bases(target)
    values = e_process([Trial(o.hit, base) for o, base in zip(occasions, bases, strict=True)])
    hits, weeks, entries = 0, set[tuple[int, int]](), set[str]()
    first_steady = emerged = None
    worth = False
    for place, (occasion, base, value) in enumerate(zip(occasions, bases, values, strict=True), 1):
        if occasion.hit:
            hits += 1
            weeks.add(week_of(occasion.day))
            entries.add(occasion.entry)
        enough = hits >= kind.least_hits and place >= kind.least_of and len(entries) >= _LEAST_HITS
        worth = enough and hits / place >= max(kind.share, kind.times * base)
        if worth and len(weeks) >= _EMERGING_WEEKS and emerged is None:
            emerged = occasion.day
        if first_steady is None and worth and len(weeks) >= _LEAST_WEEKS and value >= factor * kind.threshold:
            # What is known of the base by now may be more than was known at the time: it has to hold with both.
            so_far = zip(occasions[:place], bases, strict=False)
            if e_process([Trial(o.hit, max(then, base)) for o, then in so_far])[-1] >= factor * kind.threshold:
                first_steady = occasion.day
    # Once told, it is not taken back for a little less.
    least = 1.0 if first_steady is None else _STAYS
    worth = (worth or first_steady is not None) and hits / len(occasions) >= least * max(kind.share, kind.times * now)
    base = max(now, sum(bases) / len(bases))
    return _Standing(
        occasions, first_steady, emerged if worth else None, binomial_tail(hits, len(occasions), base), worth
    )


# -- findings --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that shows."""

    shown: tuple[Finding, ...] = ()
    """Steady ones first, then the latest."""
    muted: tuple[Finding, ...] = ()
    """To which the writer said "not me" lately."""
    withheld: bool = False
    """Somebody is being hurt: nothing is said of who gave way, whose doing it was, or the other side."""


def for_today(patterns: Sequence[Finding], judgements: Sequence[Judgement], today: date) -> Finding | None:
    """The one to ask about on *Today*: a steady pattern that the writer has not answered yet, or put off some weeks
    ago. One a week at most: none in a week in which one was answered already."""
    if any(week_of(j.on) == week_of(today) for j in judgements if j.on <= today):
        return None
    put_off = {
        (j.kind, j.target.casefold()) for j in judgements if j.verdict is Verdict.NOT_NOW and today - j.on < LATER
    }
    waiting = (
        finding
        for finding in patterns
        if finding.tier is Tier.STEADY
        and not (finding.fading or finding.rested)
        and finding.verdict in (None, Verdict.NOT_NOW)
        and (finding.kind, finding.target.casefold()) not in put_off
    )
    return min(waiting, key=lambda finding: (finding.first_seen, finding.name), default=None)


def find_patterns(material: Material, judgements: Sequence[Judgement], today: date) -> Patterns:
    """Every pattern that is emerging or steady on this day."""
    withheld = _withheld(material, today)
    standing: list[tuple[Declared, str, _Standing, list[Judgement]]] = []
    for kind in declared():
        counted = KINDS[kind.name](material)
        others = _Others(kind, counted)
        for target in counted:
            breathe()
            if not counted[target] or (kind.sensitive and (target in withheld or "" in withheld)):
                continue
            said = said_of(judgements, kind.kind, target, today)
            denied = times_denied(said) - (muted_until(said, today) is not None)
            factor = 2.0**denied
            standing.append((kind, target, _stand(kind, target, counted[target], others, factor), said))
    looked_at = [place for place, (*_, stand, _) in enumerate(standing) if len(stand.occasions) >= 2]
    told = discoveries([standing[place][2].p_value for place in looked_at])
    emerging = {place for place, is_told in zip(looked_at, told, strict=True) if is_told}
    shown: list[Finding] = []
    muted: list[Finding] = []
    for place, (kind, target, stand, said) in enumerate(standing):
        if stand.first_steady and (stand.worth or stand.fades(today)):
            finding = _finding(material, kind, target, stand, Tier.STEADY, stand.first_steady, said, today)
        elif stand.emerged and place in emerging:
            finding = _finding(material, kind, target, stand, Tier.EMERGING, stand.emerged, said, today)
        else:
            continue
        (muted if finding.muted_until else shown).append(finding)
    order = {Tier.STEADY: 0, Tier.EMERGING: 1}
    shown.sort(key=lambda f: (order[f.tier], f.fading, -f.first_seen.toordinal(), f.name))
    return Patterns(tuple(shown), tuple(muted), "" in withheld)


def _withheld(material: Material, today: date) -> set[str]:
    """Whom no sensitive pattern may be about; an empty name: nobody at all, for now."""
    found: set[str] = set()
    for page in material.pages:
        reading = page.reading
        if reading is None or not reading.harm:
            continue
        people = {name for key in reading.harmed_by if (name := material.whom(page, len(page.sentences) - 1, key))}
        found |= people
        if today - page.day < (_AFTER_HARM if reading.harmed_by else _AFTER_DARK_WORDS):
            found.add("")
    return found


def _finding(
    material: Material,
    kind: Declared,
    target: str,
    stand: _Standing,
    tier: Tier,
    first_seen: date,
    said: Sequence[Judgement],
    today: date,
) -> Finding:
    hits = stand.hits
    entries = {o.entry for o in hits}
    weeks = len({week_of(o.day) for o in hits})
    of = len(stand.occasions)
    words = {"count": len(hits), "of": of, "weeks": weeks, "target": kind.spoken(target)}
    verdict = said[-1] if said else None
    is_focus = verdict is not None and verdict in focuses(said, today)
    last = next((o for o in reversed(stand.occasions) if o.span), None)
    return Finding(
        kind=kind.kind,
        target=target,
        tier=tier,
        first_seen=first_seen,
        count=len(hits),
        of=of,
        weeks=weeks,
        evidence=_evidence(material, hits),
        against=_evidence(material, [o for o in stand.occasions if not o.hit and o.span and o.entry not in entries]),
        title=_sentence(kind.title.format(**words)),
        statement=_sentence(kind.counted.format(**words)),
        against_title=kind.against,
        question=kind.question,
        rested=last.day if kind.about == "theme" and last and not last.hit else None,
        fading=tier is Tier.STEADY and stand.fades(today),
        lately=stand.lately(today),
        verdict=verdict.verdict if verdict else None,
        muted_until=muted_until(said, today),
        focus_since=verdict.on if verdict and is_focus else None,
        since_focus=_rate(o for o in stand.occasions if verdict and is_focus and o.day > verdict.on),
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _rate(occasions: Iterable[Occasion]) -> tuple[int, int]:
    hits = [o.hit for o in occasions]
    return sum(hits), len(hits)


def _evidence(material: Material, occasions: Sequence[Occasion]) -> tuple[Evidence, ...]:
    """Of some of the occasions, spread over time, the words that tell it; those with words first, none twice."""
    told: dict[str, Evidence] = {}
    for occasion in reversed(occasions):
        text = material.texts[occasion.entry]
        quote = text[slice(*occasion.span)] if occasion.span else ""
        told.setdefault(quote or occasion.entry, Evidence(id=occasion.entry, date=occasion.day, quote=quote))
    pieces = [piece for piece in told.values() if piece.quote] or list(told.values())
    steps = max(1, min(_SHOWN, len(pieces)) - 1)
    places = {(len(pieces) - 1) * step // steps for step in range(steps + 1)}
    return tuple(piece for place, piece in reversed(list(enumerate(pieces))) if place in places)
