"""Pictures of characters: true to their values and never too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.insights.draw import bar, dots, sparkline

numbers = st.floats(min_value=0, max_value=1e12)


def test_a_sparkline_rises_with_its_values() -> None:
    assert sparkline([0, 1, 4, 8]) == " ▁▄█"
    assert sparkline([0, 1, 4, 8], ascii=True) == " .=#"
    assert sparkline([]) == ""


@given(st.lists(numbers), st.booleans())
def test_a_sparkline_has_one_cell_a_value_and_zero_is_empty(values: list[float], ascii: bool) -> None:
    line = sparkline(values, ascii=ascii)
    assert len(line) == len(values)
    assert [cell == " " for cell in line] == [value == 0 for value in values]
    assert line.isascii() or not ascii


def test_a_bar_counts_halves() -> None:
    assert bar(8, 8, 4) == "━━━━"
    assert bar(1, 2, 3) == "━╸"
    assert bar(0, 8, 4) == ""
    assert bar(1, 2, 4, ascii=True) == "##"


@given(numbers, numbers, st.integers(0, 60), st.booleans())
def test_a_bar_fits_and_shows_anything_above_zero(value: float, top: float, width: int, ascii: bool) -> None:
    drawn = bar(value, top, width, ascii=ascii)
    assert len(drawn) <= width
    assert bool(drawn) == (value > 0 and top > 0 and width > 0)


@given(numbers, numbers, st.integers(1, 60))
def test_a_longer_bar_is_never_a_smaller_value(one: float, other: float, width: int) -> None:
    low, high = sorted((one, other))
    assert len(bar(low, high, width)) <= len(bar(high, high, width))


@pytest.mark.parametrize(("ascii", "expected"), [(False, "●·●"), (True, "*.*")])
def test_dots_show_the_days(ascii: bool, expected: str) -> None:
    assert dots([True, False, True], ascii=ascii) == expected
