"""The week's own words, found again: which sentence a review lays its questions beside. Pure, in any language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from journal_tui.model import Answer, Commitment, Entry, Quote, Recall
from journal_tui.safety import speaks_of_harm
from journal_tui.text import clean_line, count_words, fold, has_word, sentences, words

WEEK = timedelta(days=7)
EARLIER = (timedelta(weeks=2), timedelta(weeks=10))
"""How long ago the words may be that a week comes back to."""

_LEAST, _MOST = 4, 32
"""Words of a sentence that says something and can be quoted whole."""
_LONG_ENTRY, _SHORT_ENTRY = 40, 12
"""Words."""
_LETTERS = 5
"""A word with fewer seldom tells what a sentence is about."""
_HIGH, _LOW = 4, 2
"""Ratings."""

_Week = list[tuple[Entry, str]]


def find_quotes(
    entries: Sequence[Entry],
    commitments: Sequence[Commitment],
    today: date,
    *,
    named: Callable[[str], Sequence[str]] = lambda text: (),
) -> Mapping[Recall, Quote]:
    """What the seven days up to `today` left to look at again; every quote is an exact part of its entry.

    Nothing is quoted from an entry that speaks of someone being hurt, nor what was promised there, nor from an
    earlier review. No sentence comes twice.

    Args:
        named: the people named in a text.
    """
    recent = [entry for entry in entries if entry.day and today - EARLIER[1] < entry.day <= today]
    hurt = {entry.id for entry in recent if speaks_of_harm(entry.text)}
    texts = [
        (entry, entry.text)
        for entry in recent
        if entry.id not in hurt and not any(answer.quote for answer in entry.answers)
    ]
    week = [(entry, text) for entry, text in texts if entry.day and entry.day > today - WEEK]
    written = [(entry, text) for entry, text in week if text.strip()]
    before = [(entry, text) for entry, text in texts if entry.day and entry.day <= today - EARLIER[0]]
    searches: Mapping[Recall, Iterable[Quote]] = {
        Recall.PROMISE: _promises([promise for promise in commitments if promise.entry not in hurt], today),
        Recall.UNSAID: _with_signal(written, "kept_quiet"),
        Recall.OPEN: _open(written),
        Recall.EARLIER: _earlier(written, before),
        Recall.PERSON: _person(written, named),
        Recall.HARD: _rated(written, lambda rating: rating <= _LOW, min),
        Recall.GOOD: _rated(written, lambda rating: rating >= _HIGH, max),
        Recall.LONGEST: _by_length(written, longest=True),
        Recall.SHORTEST: _by_length(written, longest=False),
        Recall.SKIPPED: _skipped(week),
    }
    found: dict[Recall, Quote] = {}
    for recall, quotes in searches.items():
        taken = {quote.text for quote in found.values()}
        fresh = [quote for quote in quotes if quote.text not in taken]
        used = {quote.entry for quote in found.values()}
        # Another entry rather than one that was quoted before.
        quote = next((quote for quote in fresh if quote.entry not in used), fresh[0] if fresh else None)
        if quote:
            found[recall] = quote
    return found


def _quote(entry: Entry, text: str) -> Quote:
    return Quote(text=text, entry=entry.id, day=entry.day)


def _telling(text: str) -> list[str]:
    """The sentences of `text` that can be quoted, the last first: there most people come to the point."""
    found = (text[start:end] for start, end in sentences(text))
    return [sentence for sentence in found if _LEAST <= count_words(sentence) <= _MOST][::-1]


def _first_telling(week: _Week) -> Iterator[Quote]:
    return (_quote(entry, sentence) for entry, text in week for sentence in _telling(text))


def _with_signal(week: _Week, signal: str) -> Iterator[Quote]:
    return _first_telling([(entry, text) for entry, text in reversed(week) if signal in entry.signals])


def _open(week: _Week) -> Iterator[Quote]:
    """Of an entry that its writer called unsettled, else a question that the writer asks."""
    yield from _with_signal(week, "still_open")
    for entry, text in reversed(week):
        yield from (_quote(entry, sentence) for sentence in _telling(text) if sentence.rstrip("\"'”’»)").endswith("?"))


def _rated(week: _Week, fits: Callable[[int], bool], extreme: Callable[[Iterable[int]], int]) -> Iterator[Quote]:
    ratings = [entry.rating for entry, _ in week if entry.rating and fits(entry.rating)]
    wanted = extreme(ratings) if ratings else None
    return _first_telling([(entry, text) for entry, text in reversed(week) if entry.rating == wanted and wanted])


def _by_length(week: _Week, *, longest: bool) -> Iterator[Quote]:
    counted = sorted(((count_words(text), entry.id, entry, text) for entry, text in week), reverse=longest)
    for count, _, entry, text in counted[:1]:
        if longest and count >= _LONG_ENTRY:
            yield from _first_telling([(entry, text)])
        elif not longest and count <= _SHORT_ENTRY and len(week) > 1 and len(entry.answers) == 1:
            yield _quote(entry, text.strip())


def _person(week: _Week, named: Callable[[str], Sequence[str]]) -> Iterator[Quote]:
    """A sentence with the person who is named in most entries, two at least."""
    people = Counter(name for entry, text in week for name in {*named(text), *entry.people})
    for name, times in sorted(people.items(), key=lambda item: (-item[1], item[0])):
        if times > 1:
            for entry, text in reversed(week):
                naming = (sentence for sentence in _telling(text) if has_word(fold(sentence), name))
                yield from (_quote(entry, sentence) for sentence in naming)


def _promises(commitments: Sequence[Commitment], today: date) -> Iterator[Quote]:
    """Promises that the week made, or that came due in it."""
    for promise in reversed(commitments):
        is_new = today - WEEK < promise.made <= today
        came_due = promise.due is not None and today - WEEK < promise.due <= today
        if (is_new or came_due) and not speaks_of_harm(promise.text):
            yield Quote(text=promise.text, entry=promise.entry, day=promise.made)


def _skipped(week: _Week) -> Iterator[Quote]:
    """Questions that were passed over, as they were put."""
    for entry, _ in reversed(week):
        skipped: Iterator[Answer] = (answer for answer in entry.answers if answer.skipped and not answer.quote)
        yield from (_quote(entry, answer.ask) for answer in skipped if answer.ask)


def _earlier(week: _Week, before: _Week) -> Iterator[Quote]:
    """A sentence of some weeks ago that shares its rarest words with this week."""
    of_week = {word for _, text in week for word in _long_words(text)}
    spread = Counter(word for _, text in [*before, *week] for word in _long_words(text))
    rare = {word for word in of_week if spread[word] <= max(2, len(before) // 4)}
    scored = [
        (sum(1 / spread[word] for word in _long_words(sentence) & rare), entry.id, entry, sentence)
        for entry, text in before
        for sentence in _telling(text)
    ]
    for score, _, entry, sentence in sorted(scored, key=lambda item: (-item[0], item[1])):
        if score > 0:
            yield _quote(entry, sentence)


def _long_words(text: str) -> set[str]:
    return {word for word in words(fold(clean_line(text))) if len(word) >= _LETTERS}
