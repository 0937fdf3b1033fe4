"""Which follow-ups no answer can ever open: their condition cannot hold, or earlier ones take every answer that fits.

Only what is certain is told: that some words also name a person, or are several words long, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from journal_tui.model import Condition, Kind
from journal_tui.text import fold

RATINGS = range(1, 6)


def contradiction(condition: Condition) -> str:
    """Why no number of words and no rating is within the limits of `condition`; empty when one is."""
    long, short = condition.longer_than, condition.shorter_than
    if long is not None and short is not None and long + 1 >= short:
        return f"no answer is longer than {long} and shorter than {short} words"
    if not any(_rated(condition, rating) for rating in RATINGS):
        return f"no rating is at least {condition.rating_at_least} and at most {condition.rating_at_most}"
    return ""


def is_reached(conditions: Sequence[Condition], kind: Kind, options: Sequence[str] = ()) -> bool:
    """Whether an answer to a question of this kind, with these option keys, meets the last of `conditions` and none
    of those before."""
    *earlier, last = conditions
    if kind is Kind.CHOICE:
        return any(last.option in ("", key) and not any(e.option in ("", key) for e in earlier) for key in options)
    if kind is Kind.SCALE:
        return any(_rated(last, rating) and not any(_rated(e, rating) for e in earlier) for rating in RATINGS)
    taken = list(_mentioning(last, earlier))
    return any(
        _written(last, count, person)
        and any(
            not any(_written(e, count, person) and (not e.mentions or e in also) for e in earlier) for also in taken
        )
        for count in _counts(conditions)
        for person in (False, True)
        if count or not (person or last.mentions)
    )


def _rated(condition: Condition, rating: int) -> bool:
    return (condition.rating_at_least or rating) <= rating <= (condition.rating_at_most or rating)


def _written(condition: Condition, count: int, person: bool) -> bool:
    """Whether `count` words that name somebody or nobody meet `condition`, whatever they mention."""
    return (
        (condition.longer_than is None or count > condition.longer_than)
        and (condition.shorter_than is None or 0 < count < condition.shorter_than)
        and condition.person in (None, person)
    )


def _counts(conditions: Sequence[Condition]) -> set[int]:
    """Numbers of words, one of every span within which no condition tells two of them apart."""
    ends = {0, 1}
    for condition in conditions:
        ends |= {condition.longer_than + 1} if condition.longer_than is not None else set()
        ends |= {condition.shorter_than} if condition.shorter_than is not None else set()
    return ends


def _mentioning(last: Condition, earlier: Sequence[Condition]) -> Iterator[list[Condition]]:
    """For answers that mention as little as `last` asks for: which of `earlier` they mention something of, too."""
    asking = [condition for condition in earlier if condition.mentions]
    known = [_folded(condition.mentions) for condition in asking]
    met = {
        tuple(word in whole or not beginnings.isdisjoint(begun) for whole, beginnings in known)
        for word, begun in _begun(last.mentions if asking else ())
    }
    for also in met or {()}:
        yield [condition for condition, it_is in zip(asking, also, strict=False) if it_is]


@lru_cache(maxsize=16)
def _folded(mentions: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Whole words, and the beginnings of words that any ending fits."""
    words = [fold(word) for word in mentions]
    return frozenset(words), frozenset(word[:-1] for word in words if word.endswith("*"))


def _begun(mentions: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Each of the words with all its beginnings."""
    for word in map(fold, mentions):
        yield word, [word[:end] for end in range(1, len(word) + 1)]
