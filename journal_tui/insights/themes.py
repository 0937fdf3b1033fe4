"""Recurring themes: words and phrases that come back more than they would in anybody's diary."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from journal_tui.insights.people import Names
from journal_tui.insights.reading import TOKEN, Reading
from journal_tui.insights.vocabulary import UNLISTED, Vocabulary, vocabulary
from journal_tui.text import sentences

LEAST_ENTRIES = 3
LEAST_WEEKS = 2
MOST = 20
"""Themes shown: more than that is a word list."""
_PRIOR = 500
"""Weight of the background in mentions: what a journal of some twenty entries weighs."""
_PLACE = 0.5
"""What a place weighs beside other words."""
_MOSTLY = 0.6
"""A word that stands in a phrase in this share of its entries is shown as the phrase."""
_COVERED = 0.5
"""A word or phrase with this share of its entries in themes it shares words with is a variant of them."""
_QUOTES = 3
_LOOKED_AT = 5
"""Entries looked at for one quote."""
_READS_WELL = 90
"""Characters."""
QUOTE_WIDTH = 160
_BUCKETS = 24

Term = tuple[str, ...]
"""One to three stems side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the writer: an exact substring of the entry's text."""

    id: str
    date: date | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Something that comes up in several entries."""

    label: str
    """The form used most."""
    entries: int
    of: int
    """Entries looked at."""
    weeks: int
    """ISO weeks with such an entry; undated entries have none."""
    first: date
    last: date
    trend: tuple[int, ...]
    """Entries in each of at most 24 equal periods from the first to the last day of the journal."""
    quotes: tuple[Quote, ...]
    """Up to three, spread over time."""


def week_of(day: date) -> tuple[int, int]:
    """ISO year and week."""
    return day.isocalendar()[:2]


# -- counting --------------------------------------------------------------------------------------


def _count(readings: Sequence[Reading], vocab: Vocabulary) -> tuple[dict[Term, list[int]], int]:
    """The entries (by place in `readings`) of every word and phrase that stands in enough of them.

    And the mentions: how many different words each entry has, over all entries.
    """
    words: defaultdict[str, list[int]] = defaultdict(list)
    for place, reading in enumerate(readings):
        for term in {vocab.term(word) for run in reading.runs for word in run} - {""}:
            words[term].append(place)
    usual = {term for term, places in words.items() if len(places) >= LEAST_ENTRIES}

    # Phrases only of words that are themselves frequent: most pairs of words come up once.
    phrases: defaultdict[Term, list[int]] = defaultdict(list)
    for place, reading in enumerate(readings):
        seen: set[Term] = set()
        for run in reading.runs:
            if len(run) > 1:
                terms = [term if (term := vocab.term(word)) in usual else "" for word in run]
                seen.update(p for p in pairwise(terms) if p[0] and p[1] and p[0] != p[1])
                seen.update(p for p in zip(terms, terms[1:], terms[2:], strict=False) if all(p) and len(set(p)) == 3)
        for phrase in seen:
            phrases[phrase].append(place)
    found: dict[Term, list[int]] = {(term,): words[term] for term in usual}
    found |= {phrase: places for phrase, places in phrases.items() if len(places) >= LEAST_ENTRIES}
    return found, sum(map(len, words.values()))


def _weights(counts: Mapping[Term, Sequence[int]], mentions: int, vocab: Vocabulary, names: Names) -> dict[Term, float]:
    """How much more often than in anybody's diary a term comes up here, in standard errors.

    Log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, "Fightin' Words"),
    of the entries that hold the term against the background. The background is taken as known, so
    that only the journal's own count adds to the variance: else rare words could never stand out.
    A phrase is expected as often as its words would meet by chance, but not less than an unlisted word.
    """
    at = {vocab.term(word) for word in names.places}
    weights = {}
    for term, places in counts.items():
        rate = max(math.prod(vocab.rate(word) for word in term), UNLISTED)
        count = len(places) + _PRIOR * rate
        share = count / (mentions + _PRIOR)
        weights[term] = (math.log(share / (1 - share)) - math.log(rate / (1 - rate))) * math.sqrt(count)
        if not at.isdisjoint(term):
            weights[term] *= _PLACE
    return weights


# -- choosing --------------------------------------------------------------------------------------


class _Chooser:
    """Takes terms in the order of their weight and leaves out variants of what was taken."""

    def __init__(self, counts: Mapping[Term, Sequence[int]]) -> None:
        self.counts = counts
        self.taken: list[Term] = []
        self._phrases: defaultdict[str, list[Term]] = defaultdict(list)
        for term in counts:
            if len(term) > 1:
                for word in term:
                    self._phrases[word].append(term)

    def offer(self, term: Term) -> None:
        if self._is_variant(term):
            return
        phrase = self._usual_phrase(term)
        self.taken.append(term if self._is_variant(phrase) else phrase)

    def _is_variant(self, term: Term) -> bool:
        places = set(self.counts[term])
        akin = [other for other in self.taken if not set(term).isdisjoint(other)]
        covered = places.intersection(place for other in akin for place in self.counts[other])
        return bool(akin) and len(covered) >= _COVERED * len(places)

    def _usual_phrase(self, term: Term) -> Term:
        """The longest phrase that `term` mostly stands in, or itself."""
        often = _MOSTLY * len(self.counts[term])
        wider = [p for p in self._phrases[term[0]] if set(p) >= set(term) and len(self.counts[p]) >= often]
        return max([term, *wider], key=lambda p: (len(p), len(self.counts[p]), p))


def _labels(readings: Sequence[Reading], terms: Collection[Term], vocab: Vocabulary) -> dict[Term, str]:
    """The form of each term that is used most; with capitals only where it is seldom without."""
    by_first: defaultdict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_first[term[0]].append(term)
    forms: defaultdict[Term, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for run in reading.runs:
            for start, word in enumerate(run):
                for term in by_first.get(vocab.term(word), ()):
                    piece = run[start : start + len(term)]
                    if tuple(map(vocab.term, piece)) == term:
                        forms[term][" ".join(piece)] += 1
    labels = {}
    for term, seen in forms.items():
        folded: Counter[str] = Counter()
        for form, count in seen.items():
            folded[form.lower()] += count
        label = min(folded, key=lambda form: (-folded[form], form))
        if seen[label] < folded[label] * 0.3:
            label = min((f for f in seen if f.lower() == label), key=lambda form: (-seen[form], form))
        labels[term] = label
    return labels


# -- quotes ----------------------------------------------------------------------------------------


def _place_of(term: Term, entry_text: str, vocab: Vocabulary) -> tuple[int, int] | None:
    window: list[tuple[str, int, int]] = []
    for token in TOKEN.finditer(entry_text):
        window = [*window, (vocab.term(token[0]), *token.span())][-len(term) :]
        if tuple(word for word, _, _ in window) == term:
            return window[0][1], window[-1][2]
    return None


_CLAUSE_START = re.compile(r"[,;:—–(]\s*(?=\S)")
_CLAUSE_END = re.compile(r"(?=[,;:—–)])")
_WORD_START = re.compile(r"\s(?=\S)")
_WORD_END = re.compile(r"(?=\s)")


def excerpt(text: str, start: int, end: int, width: int = QUOTE_WIDTH) -> str:
    """The sentence of `text` around the characters `start` to `end`, or as much of it as `width` holds.

    A long sentence is cut at its clauses where they allow it, else between words. Always an exact
    substring, without white space around it.
    """
    first, last = next((a, b) for a, b in sentences(text) if a <= start < b)
    last = max(last, end)
    if last - first <= width:
        return text[first:last]
    earliest = max(first, start - width // 2)
    if earliest > first:
        starts = (m.end() for cut in (_CLAUSE_START, _WORD_START) for m in cut.finditer(text, earliest, start + 1))
        first = next((place for place in starts if place <= start), start)
    latest = first + width
    if latest < last:
        ends = ([m.end() for m in cut.finditer(text, end, latest + 1)] for cut in (_CLAUSE_END, _WORD_END))
        last = next((places[-1] for places in ends if places), latest)
    return text[first:last].strip()


def _quotes(
    term: Term, places: Sequence[int], readings: Sequence[Reading], texts: Mapping[str, str], vocab: Vocabulary
) -> tuple[Quote, ...]:
    """One quote from each third of the entries that hold `term`, of a length that reads well if there is one."""
    quotes = []
    parts = min(_QUOTES, len(places))
    for part in range(parts):
        third = places[len(places) * part // parts : len(places) * (part + 1) // parts]
        found = []
        for place in third[:: max(1, len(third) // _LOOKED_AT)][:_LOOKED_AT]:
            entry_text = texts[readings[place].id]
            span = _place_of(term, entry_text, vocab)
            if span:
                found.append((place, excerpt(entry_text, *span)))
        place, quote = min(found, key=lambda f: abs(len(f[1]) - _READS_WELL))
        quotes.append(Quote(id=readings[place].id, date=readings[place].day, quote=quote))
    return tuple(quotes)


# -- the whole -------------------------------------------------------------------------------------


def _trend(days: Sequence[date], first: date, last: date) -> tuple[int, ...]:
    """Entries per week, or per longer period where there are more than 24 weeks."""
    span = (last - first).days + 1
    length = max(7, math.ceil(span / _BUCKETS))
    counts = [0] * math.ceil(span / length)
    for day in days:
        counts[(day - first).days // length] += 1
    return tuple(counts)


def find_themes(
    readings: Sequence[Reading],
    texts: Mapping[str, str],
    *,
    names: Names,
    language: str = "en",
) -> tuple[Theme, ...]:
    """What recurs in at least three entries and two ISO weeks, weightiest first, twenty themes at most.

    Args:
        readings: one for each entry that has text.
        texts: the text of each entry by its id, for the quotes.
        names: people are no themes, and places weigh half: a life happens there, it is seldom what it is about.
        language: as "en"; without word lists for it there are no themes.
    """
    vocab = vocabulary(language)
    dated = [reading.day for reading in readings if reading.day]
    if vocab is None or not dated:
        return ()
    readings = sorted(readings, key=lambda r: r.order)
    vocab = vocab.apart_from(names.words)
    counts, mentions = _count(readings, vocab)
    weeks = [week_of(reading.day) if reading.day else None for reading in readings]
    counts = {
        term: places for term, places in counts.items() if len({weeks[p] for p in places} - {None}) >= LEAST_WEEKS
    }
    weights = _weights(counts, mentions, vocab, names)

    chooser = _Chooser(counts)
    for term in sorted(weights, key=lambda t: (-weights[t], t)):
        if weights[term] <= 0 or len(chooser.taken) == MOST:
            break
        chooser.offer(term)

    labels = _labels(readings, chooser.taken, vocab)
    themes = []
    for term in chooser.taken:
        places = counts[term]
        days = [day for place in places if (day := readings[place].day)]
        themes.append(
            Theme(
                label=labels[term],
                entries=len(places),
                of=len(readings),
                weeks=len({week_of(day) for day in days}),
                first=days[0],
                last=days[-1],
                trend=_trend(days, min(dated), max(dated)),
                quotes=_quotes(term, places, readings, texts, vocab),
            )
        )
    return tuple(themes)
