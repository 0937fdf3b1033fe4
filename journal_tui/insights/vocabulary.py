"""What a language's words are worth: their stems, which of them say nothing, how common the others are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

import snowballstemmer  # type: ignore[import-untyped]

from journal_tui.people import base, words_of

_STEMMERS = {"en": "english"}
"""Languages that themes can be told in: each has its files in ``data/``, and its people in `journal_tui.people`."""

UNLISTED = 0.2 / 1000
"""Share of all mentions that a word gets which the background does not list."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language."""

    stops: frozenset[str]
    """Stems of words that never belong to a theme."""
    stop_endings: tuple[str, ...]
    rates: Mapping[str, float]
    """Background by stem: the share of all mentions that a word has in anybody's diary, 0 to 1."""
    kin: Mapping[str, str]
    """"mum" -> "mom": what people are to the writer, each with the first name for the same person."""
    not_people: frozenset[str]
    """Lower-case words with a capital that name no person."""
    stem: _Stems
    names: frozenset[str] = frozenset()
    """Lower-case words that belong to no theme here because they name people."""
    _terms: dict[str, str] = field(default_factory=dict)

    def term(self, word: str) -> str:
        """The stem under which `word` is counted; empty when it never belongs to a theme."""
        known = self._terms.get(word)
        if known is None:
            known = self._terms[word] = self._term(word.lower().replace("’", "'"))
        return known

    def _term(self, word: str) -> str:
        if word.endswith("n't"):
            return ""
        word = word.partition("'")[0]
        stem = self.stem[word]
        if len(word) < 2 or not word[0].isalpha() or word in self.names or stem in self.stops:
            return ""
        return "" if word.endswith(self.stop_endings) and stem not in self.rates else stem

    def apart_from(self, names: Iterable[str]) -> Vocabulary:
        """The same without words that name people: `names`, and all words for kin."""
        kin = {self.stem[word] for word in self.kin}
        return replace(self, stops=self.stops | kin, names=frozenset(names), _terms={})

    def rate(self, term: str) -> float:
        """The background share of a term, 0 to 1."""
        return self.rates.get(term, UNLISTED)


class _Stems(dict[str, str]):
    """Stems by lower-case word, worked out once."""

    def __init__(self, algorithm: str) -> None:
        self._stemmer = snowballstemmer.stemmer(algorithm)

    def __missing__(self, word: str) -> str:
        stem: str = self._stemmer.stemWord(word)
        self[word] = stem
        return stem


def _lines(name: str, language: str) -> Iterator[list[str]]:
    text = (files(__package__) / "data" / f"{name}.{language}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if words := line.partition("#")[0].split():
            yield words


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The words of a language ("en", "en-GB"); None where we have no word lists for it."""
    language = base(language)
    if language not in _STEMMERS:
        return None
    stem = _Stems(_STEMMERS[language])
    stops = [word for line in _lines("stopwords", language) for word in line]
    return Vocabulary(
        stops=frozenset(stem[w] for w in stops if not w.startswith("*")),
        stop_endings=tuple(w[1:] for w in stops if w.startswith("*")),
        rates={stem[w]: float(rate.rstrip(":")) / 1000 for rate, *line in _lines("background", language) for w in line},
        kin=words_of(language).kin,
        not_people=words_of(language).not_people,
        stem=stem,
    )
