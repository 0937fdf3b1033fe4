"""How heavy or light a sentence sounds, by a word list people rated (VADER: Hutto & Gilbert 2014, ICWSM).

Never enough to judge one entry by: a tenth of sad ones score happy. The rules are those of the paper as far as plain
prose needs them: a booster strengthens the word behind it, a negation turns it, and what comes after "but" weighs more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

_NEGATED = -0.74
_BOOST = 0.293
_REACH = 3
"""Words before one that negate or boost it."""
_FADE = (1.0, 0.95, 0.9)
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_ALPHA = 15
"""Brings sums to -1 … 1, as in the paper."""

NEGATIONS = frozenset("not never no nor neither without hardly barely rarely seldom nobody nothing none cannot".split())
_BOOSTERS = frozenset(
    "absolutely awfully completely deeply entirely especially exceptionally extremely greatly highly hugely incredibly"
    " intensely majorly more most particularly purely quite really remarkably so substantially thoroughly totally"
    " tremendously truly unbelievably unusually utterly very".split()
)
_DAMPERS = frozenset("almost kinda less little marginally occasionally partly scarcely slightly somewhat".split())

_BOOSTERS_BEFORE_ONE = frozenset("pretty super terribly horribly dreadfully insanely crazy".split())
"""Boosters only where another rated word follows: "pretty bad", but "a pretty dress"."""
_PERSONS = frozenset("P0 P1 P2 him her them you".split())
"""Kind of one of them."""
_LIKING = frozenset("i we you they he she not to really do did does would also never always".split())
"""Before "like" as a liking; elsewhere ("felt like a fool") it compares."""

Tone = Mapping[str, float]
"""Ratings by word, -4 to 4."""


@cache
def tone_of(language: str) -> Tone:
    """The ratings of a language; none where we have no list for it."""
    file = files(__package__) / "data" / f"tone.{language}.txt"
    if not file.is_file():
        return {}
    rated: dict[str, float] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rating, *words = line.split()
            rated.update(dict.fromkeys(words, float(rating)))
    return rated


def score(words: Sequence[str], tone: Tone) -> float:
    """The tone of a sentence, -1 (heavy) to 1 (light).

    Args:
        words: in lower case, contractions written out ("did not").
    """
    told: list[tuple[int, float]] = []
    for place, word in enumerate(words):
        rating = tone.get(word)
        if rating is None or word in _BOOSTERS or word in NEGATIONS or _means_else(words, place, tone):
            continue
        for distance in range(1, min(_REACH, place) + 1):
            before = words[place - distance]
            if before in NEGATIONS:
                rating *= _NEGATED
            elif before in _BOOSTERS or before in _DAMPERS or (before in _BOOSTERS_BEFORE_ONE and distance == 1):
                boost = math.copysign(_BOOST, rating) * _FADE[distance - 1]
                rating += -boost if before in _DAMPERS else boost
        told.append((place, rating))
    if not told:
        return 0.0
    if "but" in words:
        but = words.index("but")
        told = [(place, rating * (_BEFORE_BUT if place < but else _AFTER_BUT)) for place, rating in told]
    total = sum(rating for _, rating in told)
    return total / math.sqrt(total * total + _ALPHA)


def _means_else(words: Sequence[str], place: int, tone: Tone) -> bool:
    """Whether a rated word tells no feeling where it stands."""
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    match words[place]:
        case "like":
            return before not in _LIKING and not before.startswith("P")
        case "kind":
            return after == "of" and (place + 2 >= len(words) or words[place + 2] not in _PERSONS)
        case "well":
            return before in ("as", "^", ",") or after in (",", "as")
        case word:
            return word in _BOOSTERS_BEFORE_ONE and after in tone
