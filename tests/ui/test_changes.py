"""What changed between two texts, word by word."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from journal_tui.ui.views.changes import word_changes

TEXTS = st.text(st.sampled_from("ab ,.\n\tü日\u2028"), max_size=60)


def test_one_word() -> None:
    assert word_changes("The dishes again.", "The dishes tonight.") == [
        ("same", "The dishes "),
        ("out", "again"),
        ("in", "tonight"),
        ("same", "."),
    ]


def test_words_put_in_and_taken_out() -> None:
    assert word_changes("one three", "one two three") == [("same", "one "), ("in", "two "), ("same", "three")]
    assert word_changes("one two three", "one three") == [("same", "one "), ("out", "two "), ("same", "three")]


def test_a_sentence_said_anew_is_one_change_and_no_mosaic() -> None:
    assert [kind for kind, _ in word_changes("I gave in, again.", "We found, somehow.")] == ["out", "in", "same"]


def test_the_same_is_the_same() -> None:
    assert word_changes("one\ntwo", "one\ntwo") == [("same", "one\ntwo")]
    assert word_changes("", "") == []


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(text for kind, text in changes if kind != "in") == before
    assert "".join(text for kind, text in changes if kind != "out") == after
    assert all(text for _, text in changes)


def test_a_long_text_keeps_nobody_waiting() -> None:
    before = " ".join(f"word{n}" for n in range(60_000))
    after = " ".join(f"other{n}" for n in range(60_000))
    start = time.perf_counter()
    assert word_changes(before, after) == [("out", before), ("in", after)]
    lines = [f"line {n % 7} of many" for n in range(20_000)]
    word_changes("\n".join(lines), "\n".join(lines[::-1]))
    assert time.perf_counter() - start < 5
