"""The arithmetic of evidence: what may be said after how much, though somebody looks every day."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.insights.evidence import Trial, binomial_tail, discoveries, e_process, fewer_lately

bases = st.floats(0.02, 0.95)


@given(st.integers(1, 14), bases)
def test_without_a_pattern_evidence_stays_at_one_on_average(length: int, base: float) -> None:
    """Over all rows of hits and misses, weighed by how likely they are at the base rate."""
    if length > 10:
        length = 10
    total = 0.0
    for row in range(2**length):
        hits = [bool(row >> place & 1) for place in range(length)]
        chance = math.prod(base if hit else 1 - base for hit in hits)
        total += chance * e_process([Trial(hit, base) for hit in hits])[-1]
    assert total == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("base", "c"), [(0.1, 10), (0.3, 20), (0.5, 10), (0.7, 5)])
def test_looked_at_every_day_it_is_seldom_wrong(base: float, c: float) -> None:
    """Ville: at most one journal in c without a pattern ever reaches c."""
    chance = random.Random(7)
    rows = 800
    reached = sum(max(e_process([Trial(chance.random() < base, base) for _ in range(60)])) >= c for _ in range(rows))
    assert reached / rows <= 1 / c + 3 * math.sqrt(1 / c / rows)


def test_a_pattern_shows_soon_and_one_that_begins_later_shows_too() -> None:
    always = e_process([Trial(True, 0.5)] * 12)
    assert always[6] > 10
    later = e_process([Trial(False, 0.3)] * 12 + [Trial(True, 0.3)] * 12)
    assert later[11] < 1 < 10 < later[-1]


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=40))
def test_evidence_is_never_negative_nor_infinite(trials: list[tuple[bool, float]]) -> None:
    values = e_process([Trial(*trial) for trial in trials])
    assert len(values) == len(trials)
    assert all(0 <= value < math.inf for value in values)


@given(st.integers(0, 12), st.integers(0, 12), st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50))
def test_the_tail_is_that_of_the_binomial(hits: int, trials: int, base: Fraction) -> None:
    exact = sum(comb(trials, k) * base**k * (1 - base) ** (trials - k) for k in range(hits, trials + 1))
    assert binomial_tail(hits, trials, float(base)) == pytest.approx(float(exact), abs=1e-9)


def test_of_many_looked_at_few_are_told() -> None:
    """The example of Benjamini & Hochberg 1995: of fifteen p-values, four are told at 5 %."""
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert discoveries(p_values) == [True] * 4 + [False] * 11
    assert discoveries(p_values[::-1]) == [False] * 11 + [True] * 4
    assert discoveries([]) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_what_is_told_is_never_less_likely_than_what_is_not(p_values: list[float]) -> None:
    told = discoveries(p_values)
    inside = [p for p, is_told in zip(p_values, told, strict=True) if is_told]
    outside = [p for p, is_told in zip(p_values, told, strict=True) if not is_told]
    assert not inside or not outside or max(inside) <= min(outside)
    assert all(p <= 0.05 for p in inside)


def test_fewer_lately_is_fishers() -> None:
    """Tea with milk: all four right of eight cups, one way in seventy."""
    assert fewer_lately((4, 4), (0, 4)) == pytest.approx(1 / 70)
    assert fewer_lately((2, 4), (2, 4)) > 0.5
