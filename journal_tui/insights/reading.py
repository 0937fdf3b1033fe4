"""One entry read once: all that the mirror needs of its words, and nothing of any other entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from journal_tui import text
from journal_tui.insights.hearing import Sentence, hear
from journal_tui.insights.languages import LETTERS, language_of
from journal_tui.insights.vocabulary import Vocabulary, bare, known_language, vocabulary
from journal_tui.model import Entry
from journal_tui.people import Words, head, words_of
from journal_tui.safety import speaks_of_harm


class Cue(StrEnum):
    """What the words around a name tell of it."""

    __hash__ = str.__hash__  # names are counted by the thousand

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
    PROPER = "proper"
    """With a capital inside a sentence, in a language of which we do not know what leads to names and places."""
    UNSURE = "unsure"
    """With a capital where any word has one, or after "to" or "of"."""


class Name(NamedTuple):
    """A name as it stands in an entry."""

    key: str
    """What it is counted under: lower case, without title, "@" or "'s"."""
    form: str
    """As written, with the title."""
    cue: Cue
    stem: str
    """Under which the word stands among `Reading.terms`, if it stands there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one entry says, for counting. Depends on the entry and the language alone, so it can be kept."""

    id: str
    day: date | None
    language: str
    """What its words were taken for."""
    sure: bool
    """The text told its language; else it was taken for the one handed in."""
    terms: frozenset[str]
    """Stems of its words of content; and two or three of them that stand side by side, with spaces between."""
    capitals: frozenset[str]
    """Those stems that are written with a capital only."""
    names: frozenset[Name]
    sentences: tuple[Sentence, ...] = ()
    """Those that say something for the mirror."""
    harm: bool = False
    """It speaks of someone being hurt."""
    harmed_by: tuple[str, ...] = ()
    """Keys of people, and pronouns, in the sentences that say so."""

    @property
    def order(self) -> tuple[date, str]:
        """By day, undated first, then by the time of writing."""
        return (self.day or date.min, self.id)


TOKEN = re.compile(rf"{LETTERS}(?:['’-]{LETTERS})*|[^\w\s]|[\n\r]|\d+")
"""A word, or something that parts phrases."""


def _phrases(stems: Iterable[str]) -> Iterator[str]:
    """Of the stems of all tokens in their order; those that never belong to a theme are empty."""
    before = last = ""
    for stem in stems:
        if stem and last and stem != last:
            yield f"{last} {stem}"
            if before and before not in (last, stem):
                yield f"{before} {last} {stem}"
        before, last = last, stem


# -- names -----------------------------------------------------------------------------------------

_CAPITAL = r"[^\W\d_a-z][^\W\d_]*(?:-[^\W\d_]+)*"
_GAP = r"[ \u00a0]"
_INITIAL = r"[^\W\d_a-z]\."
_WORD_BEFORE = re.compile(rf"([^\W_]+)(?:,|(?<=\bSt)\.)?{_GAP}\Z")


@cache
def _capitals(language: str) -> re.Pattern[str]:
    """Titles and names; names without a title only where nouns have no capital."""
    words = words_of(language)
    titles = "|".join(words.titles) or "(?!)"
    some = "+" if words.nouns_have_capitals and words.my else "{0,5}"
    return re.compile(
        rf"(?<![\w@'’-])(?P<title>(?:(?:{titles})\b\.?{_GAP}|{_INITIAL}{_GAP}?){some})"
        rf"(?P<names>{_CAPITAL}(?:{_GAP}(?!(?:{titles})\b|{_INITIAL}){_CAPITAL})*)"
    )


@cache
def _kin(language: str) -> re.Pattern[str]:
    """``my sister``, ``my little sister`` in folded text."""
    words = words_of(language)
    my, nouns = ("|".join(map(re.escape, found)) or "(?!)" for found in (words.my, words.said))
    return re.compile(rf"\b(?:{my}) (?:\w+ )?(?P<kin>{nouns})(?!\w|-\w)")


def _cue(before: str, words: Words) -> Cue:
    if not before or before in words.either:
        return Cue.UNSURE
    if before in words.places:
        return Cue.PLACE
    return Cue.THING if before in words.things else Cue.PLAIN if words.my else Cue.PROPER


def _capitalised(entry_text: str, vocab: Vocabulary) -> Iterator[Name]:
    words, terms = words_of(vocab.language), vocab.terms
    for match in _capitals(vocab.language).finditer(entry_text):
        title, names = match["title"], match["names"].split()
        before = ""
        while names and not title and not terms[names[0]]:
            before = names.pop(0)  # "When Anna came", "In Woodend".
        if not names:
            continue
        if not before and (start := match.start()) and entry_text[start - 1] in " \u00a0":
            word_before = _WORD_BEFORE.search(entry_text, max(0, start - 16), start)
            before = word_before[1] if word_before else ""
        cue = Cue.TITLE if title else _cue(text.fold(before), words)
        form = " ".join([*title.split(), *names])
        for name in names:
            if len(name) > 1 and name[0].isupper() and not name.isupper():
                stem = vocab.stem[bare(name, vocab.language)]
                key = name.lower() if words.my else stem  # "Kasią"
                yield Name(vocab.kin.get(key, key), form, cue, stem)


def _names(entry: Entry, vocab: Vocabulary | None, language: str) -> Iterator[Name]:
    entry_text = entry.text
    mentioned = (re.sub(r"['’]s?$", "", mention) for mention in text.mentions(entry_text))
    for name in (*entry.people, *mentioned):
        key = head(name, language)
        yield Name(key, name, Cue.MENTION, vocab.stem[key] if vocab else key)
    if vocab is None:
        return
    for match in _kin(language).finditer(text.fold(entry_text)) if vocab.kin else ():
        kin = vocab.kin[match["kin"]]
        yield Name(kin, words_of(language).said[match["kin"]], Cue.KIN, vocab.stem[kin])
    yield from _capitalised(entry_text, vocab)


def read(entry: Entry, language: str = "en") -> Reading:
    """Read one entry.

    In a language without word lists only names written as ``@name`` are found.

    Args:
        language: what the entry is taken for where its words do not tell.
    """
    told = language_of(entry.text)
    language = told or known_language(language)
    vocab = vocabulary(language)
    tokens = TOKEN.findall(entry.text) if vocab else []
    stems = [*map(vocab.terms.__getitem__, tokens)] if vocab else []
    small = {stem for token, stem in zip(tokens, stems, strict=True) if stem and not token[0].isupper()}
    heard, harm = hear(entry.text, language), speaks_of_harm(entry.text)
    return Reading(
        id=entry.id,
        day=entry.day,
        language=language,
        sure=bool(told),
        terms=frozenset((*filter(None, stems), *_phrases(stems))),
        capitals=frozenset(filter(None, stems)) - small,
        names=frozenset(_names(entry, vocab, language)),
        sentences=heard,
        harm=harm,
        harmed_by=_harmed_by(entry.text, heard) if harm else (),
    )


def _harmed_by(entry_text: str, heard: Iterable[Sentence]) -> tuple[str, ...]:
    telling = [sentence for sentence in heard if speaks_of_harm(entry_text[sentence.start : sentence.end])]
    return tuple(dict.fromkeys(key for sentence in telling for key in sentence.people))
