"""People that the writer names: ``@name``, names with a capital, "my sister"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from journal_tui.insights.reading import Cue, Reading
from journal_tui.insights.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in the journal."""

    name: str
    """As the writer mostly says it: "Anna", "my sister"."""
    key: str
    """What the name is counted under."""
    entries: int
    of: int
    """Entries looked at."""
    first: date | None
    last: date | None
    """Days of the first and the last entry that names them; None when none of them is dated."""


@dataclass(slots=True)
class _Seen:
    """Where one name was found."""

    cues: Counter[Cue] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    places: set[int] = field(default_factory=set)
    """Readings that hold it as a name."""
    lower: set[int] = field(default_factory=set)
    """Readings that hold it without a capital."""

    @property
    def usual_form(self) -> str:
        return min(self.forms, key=lambda form: (-self.forms[form], form))

    @property
    def is_capitalised(self) -> bool:
        """Seldom written without a capital."""
        inside = self.cues.total() - self.cues[Cue.UNSURE]
        return inside >= 2 and inside > 2 * len(self.lower)

    def is_person(self, key: str, vocab: Vocabulary | None) -> bool:
        if self.cues[Cue.MENTION] or self.cues[Cue.KIN]:
            return True
        if vocab is None or key in vocab.not_people or not vocab.term(key):
            return False
        named = self.cues[Cue.TITLE] + self.cues[Cue.PLAIN]
        return self.is_capitalised and named >= 2 and named > 2 * (self.cues[Cue.PLACE] + self.cues[Cue.THING])

    @property
    def is_place(self) -> bool:
        """Seldom without a capital and mostly without an article: a place, when it is no person."""
        return self.is_capitalised and 2 * self.cues[Cue.THING] < self.cues.total() - self.cues[Cue.UNSURE]


def _look(readings: Sequence[Reading]) -> dict[str, _Seen]:
    found: defaultdict[str, _Seen] = defaultdict(_Seen)
    for place, reading in enumerate(readings):
        for name in reading.names:
            seen = found[name.key]
            seen.cues[name.cue] += 1
            seen.forms[name.form] += 1
            seen.places.add(place)
    for place, reading in enumerate(readings):
        for run in reading.runs:
            for word in run:
                if word in found:
                    found[word].lower.add(place)
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what is named in a journal."""

    people: tuple[Person, ...]
    """Those in most entries first."""
    words: Mapping[str, int]
    """Every word that names people, lower case, with the entries it does so in."""
    places: frozenset[str]
    """Words that name places and the like, lower case."""


def find_names(readings: Sequence[Reading], language: str = "en") -> Names:
    """The people and places named.

    A capital alone makes a name only when it recurs inside sentences and the word is seldom written
    without it; words mostly found after "at", "in" or an article name no person. Of a name in two
    parts, as "Anna Reed", the part that is in more entries stands for the person.
    """
    vocab = vocabulary(language)
    readings = sorted(readings, key=lambda r: r.order)
    found = _look(readings)
    named = {key: seen for key, seen in found.items() if seen.is_person(key, vocab)}
    people = []
    for key, seen in named.items():
        name = seen.usual_form
        others = (named[part] for part in name.lower().split() if part in named and part != key)
        if any((len(other.places), other.usual_form) > (len(seen.places), name) for other in others):
            continue
        places = seen.places | seen.lower if seen.cues[Cue.MENTION] else seen.places
        days = [day for place in sorted(places) if (day := readings[place].day)]
        people.append(
            Person(
                name=name,
                key=key,
                entries=len(places),
                of=len(readings),
                first=days[0] if days else None,
                last=days[-1] if days else None,
            )
        )
    return Names(
        people=tuple(sorted(people, key=lambda p: (-p.entries, p.key))),
        words={key: len(seen.places) for key, seen in named.items()},
        places=frozenset(key for key, seen in found.items() if seen.is_place and key not in named),
    )
