"""People that the writer names: ``@name``, names with a capital, "my sister"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from journal_tui.breathing import breathe
from journal_tui.insights.reading import Cue, Reading
from journal_tui.insights.vocabulary import Vocabulary, vocabulary
from journal_tui.model import Person as Joined
from journal_tui.people import head
from journal_tui.text import fold


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
    words: set[str] = field(default_factory=set)
    """Keys of the names that were read."""
    stems: set[str] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    """Readings that hold it as a name."""
    lower: set[int] = field(default_factory=set)
    """Readings that hold it without a capital."""
    loud: set[int] = field(default_factory=set)
    """Readings that hold it with a capital and not as a name: ``ANNA``."""
    language: str = ""
    """What the first of those readings is written in."""

    @property
    def usual_form(self) -> str:
        return min(self.forms, key=lambda form: (-self.forms[form], form))

    @property
    def inside(self) -> int:
        """How often it is found where only names have a capital."""
        return self.cues.total() - self.cues[Cue.UNSURE]

    @property
    def is_capitalised(self) -> bool:
        """Seldom written without a capital."""
        return self.inside >= 2 and self.inside > 2 * len(self.lower)

    @property
    def vocabulary(self) -> Vocabulary | None:
        return vocabulary(self.language)

    def is_person(self, key: str) -> bool:
        if self.cues[Cue.MENTION] or self.cues[Cue.KIN]:
            return True
        named = self.cues[Cue.TITLE] + self.cues[Cue.PLAIN]
        if named < 2 or named <= 2 * (self.cues[Cue.PLACE] + self.cues[Cue.THING]) or not self.is_capitalised:
            return False
        vocab = self.vocabulary
        return vocab is not None and key not in vocab.not_people and bool(vocab.term(key))

    def may_be_person(self, key: str) -> bool:
        """A name, but whose or what of is not known."""
        vocab, cues = self.vocabulary, self.cues
        if len(self.places) < 2 or cues[Cue.PLACE] or cues[Cue.THING]:
            return False
        return cues[Cue.PLAIN] + cues[Cue.PROPER] > 2 * len(self.lower) and not (vocab and key in vocab.not_people)

    @property
    def is_place(self) -> bool:
        """Seldom without a capital and mostly without an article: a place, when it is no person."""
        return self.is_capitalised and 2 * self.cues[Cue.THING] < self.inside


def _joined(people: Iterable[Joined], language: str) -> dict[str, Joined]:
    """Those with several names, by every folded key that one of these is counted under."""
    found: dict[str, Joined] = {}
    for person in people:
        for name in (person.name, *person.also):
            found.setdefault(fold(head(name, language)), person)
    return found


def _look(readings: Sequence[Reading], joined: Mapping[str, Joined]) -> dict[str, _Seen]:
    """What was found of each name, by a key that all its spellings share."""
    found: dict[str, _Seen] = {}
    seen_as: dict[str, _Seen] = {}
    for place, reading in enumerate(readings):
        breathe()
        for name in reading.names:
            seen = seen_as.get(name.key)
            if seen is None:
                key = fold(name.key)
                key = fold(joined[key].name) if key in joined else key
                seen = seen_as[name.key] = found.setdefault(key, _Seen(language=reading.language))
                seen.words.add(name.key)
                seen.stems.add(name.stem)
            seen.cues[name.cue] += 1
            seen.forms[name.form] += 1
            seen.places.add(place)
    _look_for_small(found.values(), readings)
    return found


def _look_for_small(found: Iterable[_Seen], readings: Sequence[Reading]) -> None:
    """Where those that may be names are written without a capital, or in capitals only."""
    by_stem: defaultdict[str, list[_Seen]] = defaultdict(list)
    for seen in found:
        for stem in seen.stems:
            by_stem[stem].append(seen)
    for place, reading in enumerate(readings):
        breathe()
        for stem in reading.terms & by_stem.keys():
            for seen in by_stem[stem]:
                (seen.loud if stem in reading.capitals else seen.lower).add(place)


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what is named in a journal."""

    people: tuple[Person, ...]
    """Those in most entries first."""
    words: Mapping[str, int]
    """Every word that names people, lower case, with the entries it does so in."""
    stems: frozenset[str]
    """Stems of the words that name people, or seem to."""
    places: frozenset[str]
    """Stems of the words that name places and the like."""


def find_names(readings: Sequence[Reading], language: str = "en", people: Iterable[Joined] = ()) -> Names:
    """The people and places named.

    A capital alone makes a name only when it recurs inside sentences and the word is seldom written
    without it; words mostly found after "at", "in" or an article name no person. Of a name in two
    parts, as "Anna Reed", the part that is in more entries stands for the person.

    Args:
        people: whose names the writer joined; each counts as one.
    """
    readings = sorted(readings, key=lambda r: r.order)
    joined = _joined(people, language)
    names = {fold(person.name): person.name for person in joined.values()}
    found = _look(readings, joined)
    named = {key: seen for key, seen in found.items() if key in names or seen.is_person(key)}
    told = []
    for key, seen in named.items():
        name = names.get(key) or seen.usual_form
        if key not in names:
            parts = {fold(joined[part].name) if part in joined else part for part in fold(name).split()}
            others = parts & named.keys() - {key}
            if any(part in names or (len(named[part].places), part) > (len(seen.places), key) for part in others):
                continue
        places = seen.places if seen.cues[Cue.KIN] else seen.places | seen.loud
        if seen.cues[Cue.MENTION]:
            places |= seen.lower
        days = [day for place in sorted(places) if (day := readings[place].day)]
        told.append(
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
        people=tuple(sorted(told, key=lambda p: (-p.entries, p.key))),
        words={word: len(seen.places) for seen in named.values() for word in seen.words},
        stems=frozenset(
            stem for key, seen in found.items() if key in named or seen.may_be_person(key) for stem in seen.stems
        ),
        places=frozenset(
            stem for key, seen in found.items() if seen.is_place and key not in named for stem in seen.stems
        ),
    )
