"""Recurring themes: words and phrases that come back more than they would in anybody's diary."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from journal_tui.breathing import breathe
from journal_tui.insights.people import Names
from journal_tui.insights.reading import TOKEN, Reading
from journal_tui.insights.vocabulary import UNLISTED, Vocabulary, unelided, vocabulary
from journal_tui.text import sentences

LEAST_ENTRIES = 3
LEAST_WEEKS = 2
MOST = 20
"""Themes shown: more than that is a word list."""
MOST_BURSTS = 5
_PRIOR = 500
"""Weight of the background in mentions: what a journal of some twenty entries weighs."""
_PLACE = 0.5
"""What a place weighs beside other words."""
_MOSTLY = 0.6
"""A word that stands in a phrase in this share of its entries is shown as the phrase."""
_COVERED = 0.5
"""A word or phrase with this share of its entries in themes it shares words with is a variant of them."""
_RUN = 10
"""Days in which most of a burst lies."""
_IN_RUN = 0.8
"""Share of a burst's entries in them."""
_LEVEL = 0.05
"""How often all themes of a journal together may show a burst, or a trend, that the dates alone have made."""
_QUOTES = 3
_LOOKED_AT = 5
"""Entries looked at for one quote."""
_READS_WELL = 90
"""Characters."""
QUOTE_WIDTH = 160
_BUCKETS = 24


class Change(StrEnum):
    """How a theme stands in the later half of the journal against the earlier one."""

    RISING = "rising"
    STEADY = "steady"
    FADING = "fading"


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
    change: Change
    burst: bool
    """It came up often, but (nearly) all within ten days: it is of that time, and does not recur."""
    quotes: tuple[Quote, ...]
    """Up to three, spread over time."""


def week_of(day: date) -> tuple[int, int]:
    """ISO year and week."""
    return day.isocalendar()[:2]


# -- counting --------------------------------------------------------------------------------------


class _Counted:
    """The words and phrases of the entries in one language."""

    def __init__(self, readings: Sequence[Reading], vocab: Vocabulary, names: Names) -> None:
        """`readings` are all, in their order; those of other languages are passed over."""
        self.vocab = vocab
        self._own = [(place, r.terms) for place, r in enumerate(readings) if r.language == vocab.language]
        people = names.stems | vocab.stems(vocab.kin)
        counts: Counter[str] = Counter()
        for _, terms in self._own:
            breathe()
            counts.update(terms)
        usual = {
            term: count
            for term, count in counts.items()
            if count >= LEAST_ENTRIES and people.isdisjoint((term,) if " " not in term else term.split())
        }
        self.counts: Mapping[str, int] = usual
        self._mentions = sum(count for term, count in counts.items() if " " not in term and term not in people)
        self._at = names.places
        self._phrases: defaultdict[str, list[str]] = defaultdict(list)
        for term in usual:
            if " " in term:
                for word in term.split():
                    self._phrases[word].append(term)

    def places(self, term: str) -> list[int]:
        """The entries that hold `term`, by their place among all."""
        return [place for place, terms in self._own if term in terms]

    def usual_phrase(self, term: str) -> str:
        """The longest phrase that `term` mostly stands in, or itself."""
        words = set(term.split())
        often = _MOSTLY * self.counts[term]
        wider = [p for p in self._phrases[term.split()[0]] if self.counts[p] >= often and words <= set(p.split())]
        return max([term, *wider], key=lambda p: (p.count(" "), self.counts[p], p))

    def weights(self) -> dict[str, float]:
        """How much more often than in anybody's diary a term comes up here, in standard errors.

        Log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, "Fightin' Words"),
        of the entries that hold the term against the background. The background is taken as known, so
        that only the journal's own count adds to the variance: else rare words could never stand out.
        A phrase is expected as often as its words would meet by chance, but not less than an unlisted word.
        Without a background, any word is expected as often as the writer's own words are on average.
        """
        rates = self.vocab.rates
        unlisted = UNLISTED
        if not rates:
            own = [count for term, count in self.counts.items() if " " not in term]
            unlisted = sum(own) / max(1, len(own) * self._mentions)
        total = self._mentions + _PRIOR
        weights = {}
        for term, count in self.counts.items():
            if " " in term:
                words = term.split()
                rate = max(math.prod([rates.get(word, unlisted) for word in words]), unlisted)
                at = not self._at.isdisjoint(words)
            else:
                rate, at = rates.get(term, unlisted), term in self._at
            expected = count + _PRIOR * rate
            share = expected / total
            if share > rate:
                odds = math.log(share / (1 - share)) - math.log(rate / (1 - rate)) if share < 1 else math.inf
                weights[term] = odds * math.sqrt(expected) * (_PLACE if at else 1)
        return weights


# -- when ------------------------------------------------------------------------------------------


def _tail(least: int, drawn: int, good: int, total: int) -> float:
    """How likely `drawn` of `total`, of which `good` are good, hold at least `least` good ones."""
    if least <= max(0, drawn + good - total):
        return 1.0
    if least > min(drawn, good):
        return 0.0
    chosen = (_choices(good, least), _choices(total - good, drawn - least), -_choices(total, drawn))
    here = math.exp(sum(chosen))
    sum_ = 0.0
    for count in range(least, min(drawn, good) + 1):
        sum_ += here
        here *= (good - count) * (drawn - count) / ((count + 1) * (total - good - drawn + count + 1))
        if here < sum_ * 1e-9:
            break
    return min(1.0, sum_)


def _choices(n: int, k: int) -> float:
    """The logarithm of how many ways there are to choose `k` of `n`."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _within(days: Sequence[date], first: date) -> int:
    """How many of these, which are in order, lie in the run of days that `first` begins."""
    last = min(first.toordinal() + _RUN, date.max.toordinal())
    return bisect_left(days, date.fromordinal(last)) - bisect_left(days, first)


class _Calendar:
    """When entries were written."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._days = [reading.day for reading in readings]
        self.weeks = [week_of(day) if day else None for day in self._days]
        dated = [place for place, day in enumerate(self._days) if day]
        self._dated = [day for day in self._days if day]
        self.first, self.last = self._dated[0], self._dated[-1]
        self._later = dated[len(dated) // 2]
        # Long entries mention more: a theme rises only when its share of all that is mentioned does so too.
        sizes = [len(readings[place].terms) for place in dated]
        half = len(dated) // 2
        self._halves = ((len(dated) - half, len(dated)), (sum(sizes[half:]), sum(sizes)))

    def days(self, places: Sequence[int]) -> list[date]:
        return [day for place in places if (day := self._days[place])]

    def change(self, places: Sequence[int]) -> Change:
        """By Fisher's exact test on the two halves of the journal, of entries and of all mentions alike.

        It holds its level whatever the dates, for any order of the entries is as likely by chance.
        """
        drawn = len(self.days(places))
        late = sum(place >= self._later for place in places if self._days[place])
        level = _LEVEL / MOST / 2
        if all(_tail(late, drawn, later, total) < level for later, total in self._halves):
            return Change.RISING
        if all(_tail(drawn - late, drawn, total - later, total) < level for later, total in self._halves):
            return Change.FADING
        return Change.STEADY

    def is_burst(self, days: Sequence[date]) -> bool:
        """Nearly all of `days` lie within a run of ten, and the entries of these ten are too few for that by chance."""
        in_run, first = max((_within(days, day), -day.toordinal()) for day in days)
        if in_run < _IN_RUN * len(days):
            return False
        tries = max(1, ((self.last - self.first).days + 1) // _RUN)
        written = _within(self._dated, date.fromordinal(-first))
        return tries * _tail(in_run, len(days), written, len(self._dated)) < _LEVEL

    def trend(self, days: Sequence[date]) -> tuple[int, ...]:
        """Entries per week, or per longer period where there are more than 24 weeks."""
        span = (self.last - self.first).days + 1
        length = max(7, math.ceil(span / _BUCKETS))
        counts = [0] * math.ceil(span / length)
        for day in days:
            counts[(day - self.first).days // length] += 1
        return tuple(counts)


# -- choosing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Taken:
    term: str
    places: list[int]
    days: list[date]
    burst: bool
    vocab: Vocabulary


def _choose(counted: Sequence[_Counted], calendar: _Calendar) -> Iterator[_Taken]:
    """Terms in the order of their weight, without variants of what was taken."""
    taken: dict[bool, list[_Taken]] = {False: [], True: []}
    most = {False: MOST, True: MOST_BURSTS}

    def is_variant(term: str, places: Sequence[int], vocab: Vocabulary) -> bool:
        words = set(term.split())
        akin = [t for some in taken.values() for t in some if t.vocab is vocab and not words.isdisjoint(t.term.split())]
        covered = {place for t in akin for place in t.places}.intersection(places)
        return bool(akin) and len(covered) >= _COVERED * len(places)

    weighed = [(-weight, term, of) for of, one in enumerate(counted) for term, weight in one.weights().items()]
    for _, word, of in sorted(weighed):
        breathe()
        one = counted[of]
        term, places = word, one.places(word)
        if is_variant(word, places, one.vocab):
            continue
        phrase = one.usual_phrase(word)
        if phrase != word and not is_variant(phrase, in_phrase := one.places(phrase), one.vocab):
            term, places = phrase, in_phrase
        days = calendar.days(places)
        if not days:
            continue
        burst = calendar.is_burst(days)
        if (burst or len({week_of(day) for day in days}) >= LEAST_WEEKS) and len(taken[burst]) < most[burst]:
            taken[burst].append(_Taken(term, places, days, burst, one.vocab))
        if len(taken[False]) == MOST:
            break
    yield from (*taken[False], *taken[True])


# -- quotes ----------------------------------------------------------------------------------------


def _place_of(term: str, entry_text: str, vocab: Vocabulary) -> tuple[int, int] | None:
    words, terms = term.split(), vocab.terms
    # Most words have a beginning in common with their stem: the others need not be stemmed.
    for probe in (words[0][:2], ""):
        matched = start = 0
        for token in TOKEN.finditer(entry_text):
            if not matched and probe not in token[0].lower():
                continue
            stem = terms[token[0]]
            if stem != words[matched]:
                matched = 0  # the words of a phrase differ
            if stem == words[matched]:
                start = start if matched else token.start()
                matched += 1
                if matched == len(words):
                    return start, token.end()
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


_BEGINS = re.compile(r"(?:^|[.!?…:\n\r¿¡“„«\"])\s*\Z")
"""What stands before the first word of a sentence, whose capital tells nothing."""


def _quoted(taken: _Taken, readings: Sequence[Reading], texts: Mapping[str, str]) -> tuple[str, tuple[Quote, ...]]:
    """The form used most, and one quote from each third of the entries, of a length that reads well if there is one."""
    forms: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    quotes = []
    places = taken.places
    parts = min(_QUOTES, len(places))
    for part in range(parts):
        third = places[len(places) * part // parts : len(places) * (part + 1) // parts]
        found = []
        for place in third[:: max(1, len(third) // _LOOKED_AT)][:_LOOKED_AT]:
            entry_text = texts[readings[place].id]
            span = _place_of(taken.term, entry_text, taken.vocab)
            if span:
                begins = _BEGINS.search(entry_text, max(0, span[0] - 8), span[0]) is not None
                words = (unelided(word, taken.vocab.language) for word in entry_text[slice(*span)].split())
                forms[begins][" ".join(words)] += 1
                found.append((place, excerpt(entry_text, *span)))
        place, quote = min(found, key=lambda f: abs(len(f[1]) - _READS_WELL))
        quotes.append(Quote(id=readings[place].id, date=readings[place].day, quote=quote))
    return _label(forms[False] or forms[True]), tuple(quotes)


def _label(forms: Mapping[str, int]) -> str:
    """The form used most; with capitals only where it is seldom without."""
    folded: Counter[str] = Counter()
    for form, count in forms.items():
        folded[form.lower()] += count
    label = min(folded, key=lambda form: (-folded[form], form))
    if forms.get(label, 0) < folded[label] * 0.3:
        label = min((f for f in forms if f.lower() == label), key=lambda form: (-forms[form], form))
    return label


# -- the whole -------------------------------------------------------------------------------------


def find_themes(readings: Sequence[Reading], texts: Mapping[str, str], *, names: Names) -> tuple[Theme, ...]:
    """What recurs in at least three entries and two ISO weeks, weightiest first, twenty themes at most; then up to
    five bursts.

    The themes of several languages stand side by side.

    Args:
        readings: one for each entry that has text.
        texts: the text of each entry by its id, for the quotes.
        names: people are no themes, and places weigh half: a life happens there, it is seldom what it is about.
    """
    readings = sorted(readings, key=lambda r: r.order)
    if not any(reading.day for reading in readings):
        return ()
    calendar = _Calendar(readings)
    languages = sorted({reading.language for reading in readings})
    counted = [_Counted(readings, vocab, names) for language in languages if (vocab := vocabulary(language))]
    themes = []
    for taken in _choose(counted, calendar):
        label, quotes = _quoted(taken, readings, texts)
        themes.append(
            Theme(
                label=label,
                entries=len(taken.places),
                of=len(readings),
                weeks=len({week_of(day) for day in taken.days}),
                first=taken.days[0],
                last=taken.days[-1],
                trend=calendar.trend(taken.days),
                change=calendar.change(taken.places),
                burst=taken.burst,
                quotes=quotes,
            )
        )
    return tuple(themes)
