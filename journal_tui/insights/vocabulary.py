"""What a language's words are worth: their stems, which of them say nothing, how common the others are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import snowballstemmer  # type: ignore[import-untyped]

from journal_tui.people import base, words_of

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Languages that themes can be told in: each has stop words in ``data/``, and most a background."""

_SAME = {"nb": "no", "nn": "no", "hr": "sr", "bs": "sr", "sh": "sr", "me": "sr"}
"""Languages close enough to be read with the lists of another."""

_ELIDE = frozenset(("ca", "fr", "it"))
"""In these an apostrophe follows a small word ("l'école"); elsewhere an ending follows it."""

UNLISTED = 0.2 / 1000
"""Share of all mentions that a word gets which the background does not list."""


def known_language(language: str) -> str:
    """``de`` of ``de-AT``, ``no`` of ``nb``: the name under which a language is known here."""
    language = base(language)
    return _SAME.get(language, language)


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language."""

    language: str
    stops: frozenset[str]
    """Stems of words that never belong to a theme."""
    stop_endings: tuple[str, ...]
    rates: Mapping[str, float]
    """Background by stem: the share of all mentions that a word has in anybody's diary, 0 to 1. Empty where no list
    tells."""
    kin: Mapping[str, str]
    """"mum" -> "mom": what people are to the writer, each with the first name for the same person."""
    not_people: frozenset[str]
    """Lower-case words with a capital that name no person."""
    stem: _Stems

    @cached_property
    def terms(self) -> _Terms:
        """What `term` tells, by word as written."""
        return _Terms(self)

    def term(self, word: str) -> str:
        """The stem under which `word` is counted; empty when it never belongs to a theme."""
        return self.terms[word]

    def stems(self, words: Iterable[str]) -> set[str]:
        """The stems of lower-case words."""
        return {self.stem[word] for word in words}

    def rate(self, term: str) -> float:
        """The background share of a term, 0 to 1."""
        return self.rates.get(term, UNLISTED)


class _Terms(dict[str, str]):
    """Terms by word as written, worked out once."""

    def __init__(self, vocab: Vocabulary) -> None:
        self._vocab = vocab

    def __missing__(self, written: str) -> str:
        self[written] = term = self._term(bare(written, self._vocab.language))
        return term

    def _term(self, word: str) -> str:
        vocab = self._vocab
        if len(word) < 2 or not word[0].isalpha():
            return ""
        stem = vocab.stem[word]
        if stem in vocab.stops or (word.endswith(vocab.stop_endings) and stem not in vocab.rates):
            return ""
        return stem


class _Stems(dict[str, str]):
    """Stems by lower-case word, worked out once."""

    def __init__(self, algorithm: str) -> None:
        self._stemmer = snowballstemmer.stemmer(algorithm)

    def __missing__(self, word: str) -> str:
        stem: str = self._stemmer.stemWord(word)
        self[word] = stem
        return stem


def unelided(written: str, language: str) -> str:
    """A word without what an apostrophe parts from it: "piano" of "piano's", "école" of "l'école"."""
    word = written.replace("’", "'")
    before, apostrophe, after = word.partition("'")
    return after.partition("'")[0] if apostrophe and language in _ELIDE and len(before) < 6 else before


def bare(written: str, language: str) -> str:
    """A word in lower case, as `unelided`; nothing of "don't"."""
    if language == "tr":
        written = written.replace("İ", "i").replace("I", "ı")
    word = written.lower()
    if "'" not in word and "’" not in word:
        return word
    return "" if language == "en" and word.endswith(("n't", "n’t")) else unelided(word, language)


_DATA = files(__package__) / "data"


def _lines(name: str, language: str) -> Iterator[list[str]]:
    file = _DATA / f"{name}.{language}.txt"
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        if words := line.partition("#")[0].split():
            yield words


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The words of a language ("en", "en-GB"); None where we have no word lists for it."""
    language = known_language(language)
    if language not in STEMMERS:
        return None
    stem = _Stems(STEMMERS[language])
    lists = (_lines("stopwords", language), _lines("everyday", language))
    stops = [word for lines in lists for line in lines for word in line]
    return Vocabulary(
        language=language,
        stops=frozenset(stem[bare(w, language)] for w in stops if not w.startswith("*")),
        stop_endings=tuple(w[1:] for w in stops if w.startswith("*")),
        rates={stem[w]: float(rate.rstrip(":")) / 1000 for rate, *line in _lines("background", language) for w in line},
        kin=words_of(language).kin,
        not_people=words_of(language).not_people,
        stem=stem,
    )
