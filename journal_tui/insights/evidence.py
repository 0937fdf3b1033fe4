"""How sure a count is, though somebody looks at it every day.

A pattern is a row of trials: occasions on which something was so, or was not. The question is whether it is so more
often than a base rate. A p-value answers it for one look only; looked at daily, it lies. An e-process does not: under
the base rate it reaches c with a probability of 1/c at most, however often one looks (Ville's inequality). Ramdas,
Grünwald, Vovk & Shafer 2023, "Game-theoretic statistics and safe anytime-valid inference".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

_RATES = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Alternatives, as shares of the way from the base rate to 1; weighed alike."""
_STARTS = 6
"""Trials between two moments at which the pattern may have begun."""
_MOST_STARTS = 10
_FROM_THE_START = 0.6
"""Weight of its having been so from the start."""


class Trial(NamedTuple):
    """One occasion."""

    hit: bool
    base: float
    """The rate to be expected without a pattern, from what was known before this occasion; 0 to 1."""


def e_process(trials: Sequence[Trial]) -> list[float]:
    """The e-value after each trial: a mixture of likelihood ratios over rates above the base, and over when it began.

    Each base rate may depend on everything before its trial and on nothing after.
    """
    values: list[float] = []
    running: list[tuple[float, list[float]]] = []
    unspent = 1.0
    for place, trial in enumerate(trials):
        if place % _STARTS == 0:
            share = _FROM_THE_START if place == 0 else unspent / 4
            unspent -= share
            running.append((share, [1 / len(_RATES)] * len(_RATES)))
            if len(running) > _MOST_STARTS:  # what is given up makes the evidence less, never more
                running.remove(min(running, key=lambda one: one[0] * sum(one[1])))
        base = min(max(trial.base, 0.001), 0.98)
        for number, rate in enumerate(_RATES):
            alternative = base + (1 - base) * rate
            factor = alternative / base if trial.hit else (1 - alternative) / (1 - base)
            for _, capital in running:
                capital[number] *= factor
        values.append(unspent + sum(share * sum(capital) for share, capital in running))
    return values


def binomial_tail(hits: int, trials: int, base: float) -> float:
    """The probability of `hits` or more of `trials` at the base rate: a p-value for one look."""
    if hits <= 0:
        return 1.0
    base = min(max(base, 1e-6), 1 - 1e-6)
    tail = sum(
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(k + 1)
            - math.lgamma(trials - k + 1)
            + k * math.log(base)
            + (trials - k) * math.log1p(-base)
        )
        for k in range(hits, trials + 1)
    )
    return min(1.0, tail)


def discoveries(p_values: Sequence[float], level: float = 0.05) -> list[bool]:
    """Which hold when at most this share of those told may be false: Benjamini & Hochberg 1995."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    last = max((rank for rank, place in enumerate(order, 1) if p_values[place] <= level * rank / len(order)), default=0)
    told = set(order[:last])
    return [place in told for place in range(len(p_values))]


def fewer_lately(before: tuple[int, int], lately: tuple[int, int]) -> float:
    """The probability that so few of all hits fall to the later trials if the order of trials tells nothing:
    the hypergeometric distribution (Fisher 1934).

    Args:
        before: hits and trials of the earlier time.
        lately: of the later one.
    """
    hits, trials = before[0] + lately[0], before[1] + lately[1]
    ways = math.comb(trials, lately[1])
    few = range(max(0, lately[1] - (trials - hits)), lately[0] + 1)
    return sum(math.comb(hits, k) * math.comb(trials - hits, lately[1] - k) for k in few) / ways
