"""One entry read once: all that the mirror needs of its words, and nothing of any other entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from journal_tui import text
from journal_tui.insights.vocabulary import Vocabulary, vocabulary
from journal_tui.model import Entry
from journal_tui.people import head


class Cue(StrEnum):
    """What the words around a name tell of it."""

    MENTION = "mention"
    """Written as ``@name``."""
    KIN = "kin"
    """"my sister"."""
    TITLE = "title"
    """After a title or an initial: "Mr. Reed", "W. Reed"."""
    PLAIN = "plain"
    """With a capital inside a sentence."""
    PLACE = "place"
    """After a word that leads to a place: "in Woodend"."""
    THING = "thing"
    """After an article or its like: "the Committee"."""
    UNSURE = "unsure"
    """With a capital where any word has one, or after "to" or "of"."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in an entry."""

    key: str
    """What it is counted under: lower case, without title, "@" or "'s"."""
    form: str
    """As written, with the title."""
    cue: Cue


@dataclass(frozen=True, slots=True)
class Reading:
    """What one entry says, for counting. Depends on the entry and the language alone, so it can be kept."""

    id: str
    day: date | None
    runs: tuple[tuple[str, ...], ...]
    """Words of content that stand side by side, as written."""
    names: frozenset[Name]

    @property
    def order(self) -> tuple[date, str]:
        """By day, undated first, then by the time of writing."""
        return (self.day or date.min, self.id)


TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|[\n\r]|\d+")
"""A word, or something that parts phrases."""


def _runs(entry_text: str, vocab: Vocabulary) -> Iterator[tuple[str, ...]]:
    run: list[str] = []
    term = vocab.term
    for token in TOKEN.findall(entry_text):
        if term(token):
            run.append(token)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


# -- names -----------------------------------------------------------------------------------------

_CAPITAL = r"[^\W\d_a-z][^\W\d_]*(?:-[^\W\d_]+)*"
_TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lord|Lady|Captain|Capt|Major|Colonel|Uncle|Aunt|Auntie"
_GAP = r"[ \u00a0]"
_INITIAL = r"[^\W\d_a-z]\."
_NAME = re.compile(
    rf"(?<![\w@'’-])(?P<title>(?:(?:{_TITLES})\b\.?{_GAP}|{_INITIAL}{_GAP}?){{0,5}})"
    rf"(?P<names>{_CAPITAL}(?:{_GAP}(?!(?:{_TITLES})\b|{_INITIAL}){_CAPITAL})*)"
)
_WORD_BEFORE = re.compile(rf"([^\W_]+)(?:,|(?<=\bSt)\.)?{_GAP}\Z")
_PLACE = re.compile("at|in|into|near|from|through|towards|via|across|around|on|st")
_THING = re.compile("an?|the|this|that|these|those|my|your|his|her|our|their|no|any")
_EITHER = re.compile("to|of")
_KIN = re.compile(
    r"\bmy (?:(?:dear|sweet|little|big|older|elder|younger|youngest|oldest|eldest|late|poor|own|ex|old|best) )?"
    r"(?P<kin>[^\W\d_]+(?:-[^\W\d_]+)*)",
    re.IGNORECASE,
)


def _cue(before: str) -> Cue:
    if not before or _EITHER.fullmatch(before):
        return Cue.UNSURE
    if _PLACE.fullmatch(before):
        return Cue.PLACE
    return Cue.THING if _THING.fullmatch(before) else Cue.PLAIN


def _capitalised(entry_text: str, vocab: Vocabulary) -> Iterator[Name]:
    for match in _NAME.finditer(entry_text):
        title, names = match["title"], match["names"].split()
        word_before = _WORD_BEFORE.search(entry_text, max(0, match.start() - 16), match.start())
        before = word_before[1] if word_before else ""
        while names and not title and not vocab.term(names[0]):
            before = names.pop(0)  # "When Anna came", "In Woodend".
        cue = Cue.TITLE if title else _cue(before.lower())
        form = " ".join([*title.split(), *names])
        for name in names:
            if len(name) > 1 and name[0].isupper() and not name.isupper():
                key = name.lower()
                yield Name(key=vocab.kin.get(key, key), form=form, cue=cue)


def _names(entry: Entry, vocab: Vocabulary | None, language: str) -> Iterator[Name]:
    entry_text = entry.text
    mentioned = (re.sub(r"['’]s?$", "", mention) for mention in text.mentions(entry_text))
    for name in (*entry.people, *mentioned):
        yield Name(key=head(name, language), form=name, cue=Cue.MENTION)
    if vocab is None:
        return
    for match in _KIN.finditer(entry_text):
        if kin := vocab.kin.get(match["kin"].lower()):
            yield Name(key=kin, form=f"my {match['kin'].lower()}", cue=Cue.KIN)
    yield from _capitalised(entry_text, vocab)


def read(entry: Entry, language: str = "en") -> Reading:
    """Read one entry.

    In a language without word lists only names written as ``@name`` are found.
    """
    vocab = vocabulary(language)
    return Reading(
        id=entry.id,
        day=entry.day,
        runs=tuple(_runs(entry.text, vocab)) if vocab else (),
        names=frozenset(_names(entry, vocab, language)),
    )
