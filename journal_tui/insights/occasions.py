"""What each kind of pattern counts: for every target, the occasions on which something was so, or was not.

A sentence speaks for one pattern only: what is told as a quarrel, blame or criticism is not told again as time with
somebody that weighs. Entries that speak of someone being hurt count nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from itertools import accumulate
from statistics import median
from typing import NamedTuple

from journal_tui.breathing import breathe
from journal_tui.insights.hearing import Sentence
from journal_tui.insights.material import PRONOUN_KEYS, Material, Page
from journal_tui.insights.vocabulary import vocabulary
from journal_tui.model import SIGNALS, Status
from journal_tui.text import count_words

FEW_WORDS = 15
FEW_SHARE = 0.4
"""An answer with fewer words, and fewer than this share of what the writer mostly writes, was hardly one."""
HEAVY, HARDLY_LIGHT, LIGHT = -0.45, -0.15, 0.6
"""Mean tone of an entry that is heavy, that is so if a sentence says it, and that is light."""
_RATED_HIGH, _RATED_LOW = 4, 2


class Occasion(NamedTuple):
    """One occasion, and where it stands in the journal."""

    day: date
    entry: str
    hit: bool
    span: tuple[int, int] | None = None
    """Of the words that tell it; None: nothing was written."""
    base: float = 0.0
    """The rate by chance, where what is counted tells it itself."""


Counted = Mapping[str, list[Occasion]]
"""By target (empty: none), the oldest first."""


def _span(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end


def _signals(page: Page) -> dict[str, tuple[int, int] | None]:
    """The signals of an entry, each with the words that tell it: those that were chosen, and those that are heard."""
    told: dict[str, tuple[int, int] | None] = {**dict.fromkeys(page.entry.signals, _whole(page)), **page.marked}
    heard_before = set(page.marked)
    for sentence in page.sentences:
        signals = {heard.signal for heard in sentence.heard}
        if "kept_quiet" in signals:  # "I could not say no": what was unsaid is the point, not who moved
            signals.discard("gave_way")
        for signal in signals:
            if signal not in heard_before:
                heard_before.add(signal)
                told[signal] = _span(sentence)
    return told


def _pages(material: Material) -> Iterator[Page]:
    for page in material.pages:
        breathe()
        if not (page.reading and page.reading.harm):
            yield page


# -- signals of the writer -------------------------------------------------------------------------


def _share(material: Material, hit: str, others: Collection[str]) -> Counted:
    """Of the entries with one of these signals, those with the first; one with both sides counts for both."""
    found: list[Occasion] = []
    for page in _pages(material):
        told = _signals(page)
        for signal in (hit, *others):
            if signal in told:
                found.append(Occasion(page.day, page.entry.id, signal == hit, told[signal]))
    return {"": found}


def blame_over_ownership(material: Material) -> Counted:
    return _share(material, "their_part", ("own_part", "both_part"))


def one_sided_compromise(material: Material) -> Counted:
    return _share(material, "gave_way", ("they_gave_way", "both_gave"))


def one_sided_compromise_theirs(material: Material) -> Counted:
    return _share(material, "they_gave_way", ("gave_way", "both_gave"))


def self_silencing(material: Material) -> Counted:
    return _share(material, "kept_quiet", ("spoke_up",))


# -- pillars ---------------------------------------------------------------------------------------


def avoided_pillar(material: Material) -> Counted:
    found: defaultdict[str, list[Occasion]] = defaultdict(list)
    lengths: list[int] = []
    for page in _pages(material):
        entry = page.entry
        if entry.pillar and (entry.rating is not None or any(answer.prompt for answer in entry.answers)):
            length = count_words(page.text)
            few = min(FEW_WORDS, FEW_SHARE * median(lengths)) if lengths else FEW_WORDS
            avoided = length < few and not any(answer.choice for answer in entry.answers)
            lengths += [length] if length else []
            found[entry.pillar.value].append(Occasion(page.day, entry.id, avoided, _whole(page)))
    return found


def _whole(page: Page) -> tuple[int, int] | None:
    return _span(page.sentences[0]) if page.sentences else None


def rating_text_mismatch(material: Material) -> Counted:
    found: defaultdict[str, list[Occasion]] = defaultdict(list)
    for page in _pages(material):
        entry = page.entry
        if entry.pillar and entry.rating and page.sentences:
            tones = [sentence.tone for sentence in page.sentences if abs(sentence.tone) >= 0.05] or [0.0]
            mean = sum(tones) / len(tones)
            heavy, light = min(page.sentences, key=lambda s: s.tone), max(page.sentences, key=lambda s: s.tone)
            is_heavy = any(h.signal == "heavy" for s in page.sentences for h in s.heard)
            if entry.rating >= _RATED_HIGH and mean <= (HARDLY_LIGHT if is_heavy else HEAVY):
                found[entry.pillar.value].append(Occasion(page.day, entry.id, True, _span(heavy)))
            elif entry.rating <= _RATED_LOW and mean >= LIGHT:
                found[entry.pillar.value].append(Occasion(page.day, entry.id, True, _span(light)))
            elif not _RATED_LOW < entry.rating < _RATED_HIGH:
                telling = light if entry.rating >= _RATED_HIGH else heavy
                found[entry.pillar.value].append(Occasion(page.day, entry.id, False, _span(telling)))
    return found


def say_do_gap(material: Material) -> Counted:
    pillars = {page.entry.id: page.entry.pillar for page in material.pages}
    told = {
        (page.day, heard.signal): (page.entry.id, _span(sentence))
        for page in _pages(material)
        for sentence in page.sentences
        for heard in sentence.heard
        if heard.signal in ("kept", "broken")
    }
    found: defaultdict[str, list[Occasion]] = defaultdict(list)
    for promise in material.promises:
        pillar = pillars.get(promise.entry)
        if pillar and promise.outcomes:
            kept = promise.status in (Status.KEPT, Status.PARTLY)
            on = promise.outcomes[-1].on
            where, span = told.get((on, "kept" if kept else "broken"), (promise.entry, None))
            found[pillar.value].append(Occasion(on, where, not kept, span))
    return {pillar: sorted(occasions, key=lambda o: (o.day, o.entry)) for pillar, occasions in found.items()}


# -- people ----------------------------------------------------------------------------------------


def _heard(material: Material, page: Page, *signals: str) -> dict[str, tuple[int, int]]:
    """Whom one of the signals is about in a page, with the sentence."""
    found: dict[str, tuple[int, int]] = {}
    for at, sentence in enumerate(page.sentences):
        for heard in sentence.heard:
            if heard.signal in signals and (name := material.whom(page, at, heard.who)):
                found.setdefault(name, _span(sentence))
    return found


def absolutist_criticism(material: Material) -> Counted:
    found: defaultdict[str, list[Occasion]] = defaultdict(list)
    for page in _pages(material):
        criticised, warm = _heard(material, page, "criticism"), _heard(material, page, "warm")
        for name in material.named_in(page) | criticised.keys():
            span = criticised.get(name) or warm.get(name)
            found[name].append(Occasion(page.day, page.entry.id, name in criticised, span))
    return found


def _where(material: Material, page: Page, name: str) -> tuple[int, int] | None:
    """The first sentence that names somebody."""
    return next((_span(s) for s in page.sentences if any(material.person(key) == name for key in s.people)), None)


_TOLD_ELSEWHERE = frozenset((*SIGNALS, "criticism", "conflict"))


def _about(material: Material, page: Page, at: int) -> set[str]:
    """Who is named in a sentence; where a pronoun stands alone, who is named in the one before."""
    sentence = page.sentences[at]
    named = {name for key in sentence.people if key not in PRONOUN_KEYS and (name := material.person(key))}
    if not named and at and page.sentences[at - 1].people:
        return {name for key in sentence.people if (name := material.whom(page, at, key))}
    return named


def person_negative(material: Material) -> Counted:
    found: defaultdict[str, list[Occasion]] = defaultdict(list)
    for page in _pages(material):
        weighs: dict[str, tuple[int, int]] = {}
        named: dict[str, tuple[int, int] | None] = {}
        for at, sentence in enumerate(page.sentences):
            signals = {heard.signal for heard in sentence.heard}
            if "grief" in signals or not signals.isdisjoint(_TOLD_ELSEWHERE):
                continue
            about = _about(material, page, at)
            for name in about:
                if name not in named or "warm" in signals:
                    named[name] = _span(sentence) if "warm" in signals else None
            if "negative" in signals:
                for name in about:
                    weighs.setdefault(name, _span(sentence))
        for name in named:
            found[name].append(Occasion(page.day, page.entry.id, name in weighs, weighs.get(name, named[name])))
    return found


def one_sided_account(material: Material) -> Counted:
    found: defaultdict[str, list[Occasion]] = defaultdict(list)
    for page in _pages(material):
        quarrels = _heard(material, page, "conflict")
        told = _signals(page)
        if not quarrels and "their_side_blank" in told:
            people = material.named_in(page)
            name = next(iter(people)) if len(people) == 1 else ""
            where = _where(material, page, name) if name else None
            quarrels = {name: where} if where else {}
        for name, span in quarrels.items():
            seen = told.get("saw_their_side") if "saw_their_side" in told else None
            is_seen = "saw_their_side" in told
            found[name].append(Occasion(page.day, page.entry.id, not is_seen, seen or span))
    return found


# -- themes ----------------------------------------------------------------------------------------


def recurring_unresolved(material: Material) -> Counted:
    """For every word that comes up in unsettled matters: the entries, and in which of them it was unsettled."""
    opened: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    settled: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    pages = [page for page in _pages(material) if page.reading]
    is_open = []
    for page in pages:
        vocab = vocabulary(page.reading.language) if page.reading else None
        for sentence in page.sentences if vocab else ():
            for heard in sentence.heard:
                if vocab and heard.signal in ("still_open", "settled"):
                    for word in heard.about:
                        term = vocab.term(word)
                        if term and not {word, term} & _NEVER_OPEN and word not in material.names.words:
                            forms[term][word] += 1
                            (opened if heard.signal == "still_open" else settled)[term][page.entry.id] = _span(sentence)
        is_open.append(any(heard.signal == "still_open" for s in page.sentences for heard in s.heard))
    open_so_far = list(accumulate(is_open, initial=0))
    found: dict[str, list[Occasion]] = {}
    often = [item for item in opened.items() if len(item[1]) >= _OPEN_ENTRIES]
    for term, where in sorted(often, key=lambda item: (-len(item[1]), item[0]))[:_MOST_THEMES]:
        occasions: list[Occasion] = []
        beside = 0
        for place, page in enumerate(pages):
            id = page.entry.id
            # By chance a theme is open as often as it comes up elsewhere, times how often anything is open.
            base = 1.5 * beside * open_so_far[place] / (place + _AT_FIRST) ** 2
            occasions.append(Occasion(page.day, id, id in where, where.get(id) or settled[term].get(id), base))
            beside += page.reading is not None and term in page.reading.terms and id not in where
        found[forms[term].most_common(1)[0][0]] = occasions
    return found


_OPEN_ENTRIES, _MOST_THEMES = 3, 60
"""Entries with a theme that is open, fewer of which tell nothing; themes looked at, those in most entries first."""
_AT_FIRST = 10
"""Entries before which rates of themes tell little."""
_NEVER_OPEN = frozenset(
    "argu argument fight fought fighting discuss discussion talk conversation quarrel row question answer settl settle"
    " week month time last day night evening morning tonight today thing chang change circl table door slam slammed"
    " still same old round end nothing nowhere usual topic subject issue matter problem stuff thought".split()
)

KINDS: Mapping[str, Callable[[Material], Counted]] = {
    "say_do_gap": say_do_gap,
    "avoided_pillar": avoided_pillar,
    "rating_text_mismatch": rating_text_mismatch,
    "absolutist_criticism": absolutist_criticism,
    "blame_over_ownership": blame_over_ownership,
    "recurring_unresolved": recurring_unresolved,
    "one_sided_account": one_sided_account,
    "one_sided_compromise": one_sided_compromise,
    "one_sided_compromise/theirs": one_sided_compromise_theirs,
    "person_negative": person_negative,
    "self_silencing": self_silencing,
}
"""What counts for each pattern of ``data/patterns.en.yaml``."""
