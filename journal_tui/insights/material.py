"""What the patterns are counted from: the entries as read, with every person found under one name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from journal_tui.breathing import breathe
from journal_tui.insights.hearing import PRONOUNS, Sentence
from journal_tui.insights.people import Names
from journal_tui.insights.reading import Reading
from journal_tui.model import Commitment, Entry, Mark
from journal_tui.model import Person as Joined
from journal_tui.people import head, words_of
from journal_tui.text import fold


@dataclass(frozen=True, slots=True)
class Page:
    """An entry with a day, and what was read of it."""

    entry: Entry
    day: date
    reading: Reading | None
    """None where nothing is written."""
    text: str
    marked: Mapping[str, tuple[int, int]]
    """By signal, words that the writer marked as one, or words like them."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.reading.sentences if self.reading else ()

    def quote(self, sentence: Sentence) -> str:
        return self.text[sentence.start : sentence.end]


@dataclass(frozen=True)
class Material:
    """Everything that patterns are counted from, oldest first."""

    pages: Sequence[Page]
    promises: Sequence[Commitment]
    names: Names
    joined: Sequence[Joined] = ()
    language: str = "en"

    @cached_property
    def _called(self) -> dict[str, str]:
        """Whom each key of a name stands for."""
        called: dict[str, str] = {}
        for person in self.names.people:
            called.setdefault(fold(person.key), person.name)
            for part in fold(person.name).split():
                called.setdefault(part, person.name)
        for joined in self.joined:
            name = called.get(fold(head(joined.name, self.language)), joined.name)
            for spelling in (joined.name, *joined.also):
                called[fold(head(spelling, self.language))] = name
        return called

    @cached_property
    def _everyone(self) -> dict[str, set[str]]:
        """By the id of an entry, who is named in it, as far as that was asked for."""
        return {}

    @cached_property
    def texts(self) -> dict[str, str]:
        """By the id of their entry."""
        return {page.entry.id: page.text for page in self.pages}

    def person(self, key: str) -> str:
        """The name of who is meant by a key of `Sentence.people`; empty: nobody."""
        return self._called.get(fold(key), "") if key else ""

    @cached_property
    def _genders(self) -> dict[str, str]:
        """By name, the pronoun that mostly stands for it: of kin by what they are, else where it is the only one."""
        genders: dict[str, str] = {}
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for page in self.pages:
            breathe()
            for sentence in page.sentences:
                named = {name for key in sentence.people if key not in PRONOUN_KEYS and (name := self.person(key))}
                pronouns = [key for key in sentence.people if key in ("he", "she")]
                if len(named) == 1 and len(pronouns) == 1:
                    seen[named.pop()][pronouns[0]] += 1
        for name, counted in seen.items():
            (first, most), *rest = counted.most_common(2)
            if most >= _TELLS and most > 4 * sum(count for _, count in rest):
                genders[name] = first
        words = words_of(self.language)
        for person in self.names.people:
            if kin := words.kin_of(person.name):
                for pronoun, nouns in words.pronouns.items():
                    if kin in nouns:
                        genders[person.name] = pronoun
        return genders

    def whom(self, page: Page, at: int, who: str) -> str:
        """The name of whom a sentence of a page is about: named there, or the last one before whom the pronoun fits."""
        if who not in PRONOUN_KEYS:
            return self.person(who)
        for sentence in reversed(page.sentences[max(0, at - _FAR_BACK) : at + 1]):
            for key in sentence.people:
                name = "" if key in PRONOUN_KEYS else self.person(key)
                if name and self._genders.get(name, who) == who:
                    return name
        if page.entry.id not in self._everyone:
            self._everyone[page.entry.id] = self.named_in(page)
        everyone = self._everyone[page.entry.id]
        fitting = [name for name in everyone if self._genders.get(name, who) == who]
        return fitting[0] if len(fitting) == 1 else ""

    def named_in(self, page: Page) -> set[str]:
        """Everybody who is named in a page, or noted with it."""
        keys = {key for sentence in page.sentences for key in sentence.people if key not in PRONOUN_KEYS}
        keys |= {head(noted, self.language) for noted in page.entry.people}
        return {name for key in keys if (name := self.person(key))}


_FAR_BACK = 30
"""Sentences that a pronoun may reach back."""
_TELLS = 3
"""Sentences with a name and one pronoun that tell which pronoun is theirs."""
PRONOUN_KEYS = frozenset(PRONOUNS.values())


def material(
    entries: Iterable[Entry],
    readings: Iterable[Reading],
    promises: Sequence[Commitment],
    names: Names,
    *,
    joined: Sequence[Joined] = (),
    marks: Sequence[Mark] = (),
    language: str = "en",
) -> Material:
    """Entries without a day are left out: nothing can be said of their weeks."""
    read = {reading.id: reading for reading in readings}
    dated = sorted((entry for entry in entries if entry.day), key=lambda entry: (entry.day or date.min, entry.id))
    find = _finder(marks, names)
    pages = []
    for entry in dated:
        breathe()
        if entry.day:
            text = entry.text
            pages.append(Page(entry, entry.day, read.get(entry.id), text, find(text)))
    return Material(pages, promises, names, joined, language)


# -- words that the writer marked ------------------------------------------------------------------

_WORD = re.compile(r"\w+")


def _finder(marks: Sequence[Mark], names: Names) -> Callable[[str], Mapping[str, tuple[int, int]]]:
    """Where marked words, or the same words about somebody else, stand in a text."""
    wordings: list[tuple[str, str, re.Pattern[str]]] = []
    known = {fold(name) for name in names.words}
    anybody = f"(?:{'|'.join(map(re.escape, sorted(known)))})"
    for mark in marks:
        words = _WORD.findall(fold(mark.words))
        if not known.issuperset(words):
            parts = [anybody if word in known else re.escape(word) for word in words]
            longest = max((word for word in words if word not in known), key=len, default="")
            wordings.append((mark.signal, longest, re.compile(r"(?<!\w)" + r"\W+".join(parts) + r"(?!\w)")))

    def find(text: str) -> Mapping[str, tuple[int, int]]:
        if not wordings:
            return {}
        folded, found = fold(text), dict[str, tuple[int, int]]()
        for signal, longest, pattern in wordings:
            match = pattern.search(folded) if longest in folded else None
            if match:
                found.setdefault(signal, match.span())
        return found

    return find
