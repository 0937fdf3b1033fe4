"""Which language a text is written in, told by its commonest words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0962\u0963\u0b82\u0bbe-\u0bd7\u200c\u200d"
)
"""Vowel signs and joiners, which stand inside words and are no letters."""
LETTERS = rf"[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*)*"
"""A word without apostrophes and hyphens, as a regular expression."""

WITHOUT_SPACES = {
    "zh": ("Chinese", "\u3400-\u9fff"),
    "ja": ("Japanese", "\u3040-\u30ff"),
    "th": ("Thai", "\u0e01-\u0e5b"),
    "lo": ("Lao", "\u0e81-\u0edf"),
    "my": ("Burmese", "\u1000-\u109f"),
    "km": ("Khmer", "\u1780-\u17ff"),
}
"""Languages whose words stand side by side without spaces, with name and letters: no theme can be found in them."""

_LOOKED_AT = 30
"""Words of a text by which its language is told."""
_LONGEST = 12
"""Characters of the text looked at for each of them."""
_LEAST = 3
"""Words that must speak for a language."""
_SURE = 1.5
"""How much likelier than any other it must be, as a logarithm."""
_RARE = 400
"""What stands for the rank of a word that is not among a language's commonest."""

_WORD = re.compile(LETTERS)
_OWN_LETTERS = {language: re.compile(f"[{letters}]") for language, (_, letters) in WITHOUT_SPACES.items()}
_OWN_LETTERS["ko"] = re.compile("[\uac00-\ud7a3]")


@cache
def _tells() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """By word the languages that have it among their commonest, and how much it speaks for each."""
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    file = files(__package__) / "data" / "commonest.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        language, colon, words = line.partition(":")
        for rank, word in enumerate(words.split() if colon and line[0] != "#" else (), start=10):
            found[word].append((language, math.log(_RARE / rank)))
    return {word: tuple(rows) for word, rows in found.items()}


def _by_letters(text: str) -> str:
    counts = {language: len(letters.findall(text)) for language, letters in _OWN_LETTERS.items()}
    if counts["ja"] * 10 > counts["zh"]:
        counts["ja"] += counts["zh"]
    language = max(counts, key=lambda language: counts[language])
    return language if counts[language] * 4 > len(text) else ""


def language_of(text: str) -> str:
    """The language that `text` is written in, as "de"; empty where its first thirty words do not tell."""
    start = text[: _LOOKED_AT * _LONGEST]
    if not start.isascii() and (found := _by_letters(start)):
        return found
    tells = _tells()
    sums: defaultdict[str, float] = defaultdict(float)
    hits: Counter[str] = Counter()
    for word in _WORD.findall(start.casefold())[:_LOOKED_AT]:
        for language, weight in tells.get(word, ()):
            sums[language] += weight
            hits[language] += 1
    if not sums:
        return ""
    first, second, *_ = [*sorted(sums, key=lambda language: -sums[language]), ""]
    sure = hits[first] >= _LEAST and sums[first] - sums.get(second, 0) >= _SURE
    return first if sure else ""


def main_language(languages: Iterable[str], otherwise: str = "en") -> str:
    """The language that most entries are in, of what `language_of` told of each.

    Args:
        otherwise: where none is sure, or as many are in this one.
    """
    counts = Counter(language for language in languages if language)
    return max(counts, key=lambda language: (counts[language], language == otherwise, language), default=otherwise)
