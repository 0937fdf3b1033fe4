"""Makes the word lists of `journal_tui.insights` that are not written by hand.

    pip install wordfreq stopwordsiso
    python -m benchmarks.word_lists

Writes ``background.*.txt``, ``stopwords.*.txt`` (but the English ones) and ``commonest.txt`` into
``journal_tui/insights/data``; ``LICENSES.md`` there names the sources.
"""

from __future__ import annotations

import bisect
import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import snowballstemmer  # type: ignore[import-untyped]

from journal_tui.insights.vocabulary import STEMMERS

DATA = Path(__file__).parents[1] / "journal_tui" / "insights" / "data"
STEPS = (0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 3, 5)
"""Mentions per 1,000 content words; rarer words need no line."""
FUNCTION_WORDS = 60
"""So many of a language's commonest words say nothing, whatever the list of stop words has."""
TOLD_BY = 300
"""Words by which a language is told from others."""
RATE = 1 / 300
"""What stands for the share of a stop word where no list has it."""
IN_WORDFREQ = {"no": "nb", "sr": "sh"}
IN_STOPWORDSISO = {"sr": "hr"}
ALSO_TOLD = "bg he is lv mk ms sk sl uk ur vi bn fil".split()
"""Languages without a stemmer, so that they are not taken for their neighbours."""


def is_word(word: str) -> bool:
    return all(unicodedata.category(c)[0] in "LM" for c in word)


def frequencies(language: str) -> dict[str, float]:
    """Share of all words by word, commonest first; empty where there is no list."""
    import wordfreq  # type: ignore[import-not-found, unused-ignore]

    name = IN_WORDFREQ.get(language, language)
    if name not in wordfreq.available_languages("small"):
        return {}
    found = wordfreq.get_frequency_dict(name, "small")
    return {word: rate for word, rate in sorted(found.items(), key=lambda item: (-item[1], item[0])) if is_word(word)}


def stop_words(language: str, rates: Mapping[str, float]) -> list[str]:
    import stopwordsiso  # type: ignore[import-not-found, unused-ignore]

    name = IN_STOPWORDSISO.get(language, language)
    listed = stopwordsiso.stopwords(name) if stopwordsiso.has_lang(name) else set()
    return sorted({word for word in listed if is_word(word)} | set([*rates][:FUNCTION_WORDS]))


def background(rates: Mapping[str, float], stops: Iterable[str], algorithm: str) -> dict[float, list[str]]:
    """By step, the commonest form of every stem that is commoner than the lowest step."""
    stem = snowballstemmer.stemmer(algorithm).stemWord
    stopped = set(map(stem, stops))
    sums: defaultdict[str, float] = defaultdict(float)
    forms: dict[str, str] = {}
    for word, rate in rates.items():
        if len(word) > 1 and (root := stem(word)) not in stopped:
            sums[root] += rate
            forms.setdefault(root, word)
    total = sum(sums.values())
    lines: defaultdict[float, list[str]] = defaultdict(list)
    for root, rate in sums.items():
        if place := bisect.bisect_right(STEPS, rate / total * 1000):
            lines[STEPS[place - 1]].append(forms[root])
    return {step: sorted(lines[step]) for step in sorted(lines, reverse=True)}


def told_by(found: Mapping[str, Mapping[str, float]]) -> dict[str, list[str]]:
    """The commonest words of each language without those strayed in from another."""
    highest: defaultdict[str, float] = defaultdict(float)
    for rates in found.values():
        for word, rate in rates.items():
            highest[word] = max(highest[word], rate)
    strayed = 1 / 20
    return {
        language: [word for word, rate in rates.items() if rate > highest[word] * strayed or rate == RATE][:TOLD_BY]
        for language, rates in found.items()
    }


def write(name: str, head: str, lines: Iterable[str]) -> None:
    wrapped = [part for line in lines for part in textwrap.wrap(line, 120, break_on_hyphens=False)]
    (DATA / name).write_text("\n".join([f"# {head} Made by benchmarks/word_lists.py.", *wrapped, ""]), encoding="utf-8")


def main() -> None:
    common: dict[str, Mapping[str, float]] = {}
    for language, algorithm in STEMMERS.items():
        rates = frequencies(language)
        stops = stop_words(language, rates)
        everyday = DATA / f"everyday.{language}.txt"
        more = [w for w in everyday.read_text(encoding="utf-8").split() if is_word(w)] if everyday.exists() else []
        common[language] = rates or dict.fromkeys([*stops, *more], RATE)
        if language == "en":
            continue
        write(f"stopwords.{language}.txt", "Stop words, from stopwords-iso (see LICENSES.md).", [" ".join(stops)])
        if rates:
            rows = background(rates, [*stops, *more], algorithm)
            # A rate before every line, as in the English file.
            lines = (
                f"{step:g}: {part}" for step, words in rows.items() for part in textwrap.wrap(" ".join(words), 110)
            )
            write(
                f"background.{language}.txt",
                "Mentions per 1,000 content words, from wordfreq (see LICENSES.md).",
                lines,
            )
    common |= {language: frequencies(language) for language in ALSO_TOLD}
    telling = told_by({language: dict([*rates.items()][:1000]) for language, rates in common.items()})
    (DATA / "commonest.txt").write_text(
        "# The commonest words of each language, commonest first, from wordfreq and stopwords-iso (see LICENSES.md).\n"
        "# Made by benchmarks/word_lists.py.\n"
        + "".join(f"{language}: {' '.join(words)}\n" for language, words in telling.items() if words),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
