"""Sentences: where they end, and that nothing is lost between them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.text import sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("no stop at all", ["no stop at all"]),
        (
            "Mr. Reed and Dr. Hall met on St. Mary's Lane. It rained.",
            ["Mr. Reed and Dr. Hall met on St. Mary's Lane.", "It rained."],
        ),
        ("I read J. R. Moore. Slowly.", ["I read J. R. Moore.", "Slowly."]),
        ("So did I. Then we left.", ["So did I.", "Then we left."]),
        ("Small things, e.g. tea, i.e. warmth. Enough.", ["Small things, e.g. tea, i.e. warmth.", "Enough."]),
        ("Up at 5 a.m. again. Up at 6 a.m. Then out.", ["Up at 5 a.m. again.", "Up at 6 a.m.", "Then out."]),
        ("It cost 3.50 today. Fine.", ["It cost 3.50 today.", "Fine."]),
        ("Well... maybe. Hm… Yes.", ["Well... maybe.", "Hm…", "Yes."]),
        (
            '"Really?" she asked. He said "Go." Then silence.',
            ['"Really?" she asked.', 'He said "Go."', "Then silence."],
        ),
        ("all lower case. as some write. daily", ["all lower case.", "as some write.", "daily"]),
        ("first line\nsecond line\r\n\r\nthird", ["first line", "second line", "third"]),
        ("今天很累。「明天见。」好！真的？", ["今天很累。", "「明天见。」", "好！", "真的？"]),
    ],
)
def test_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet=st.sampled_from("aB .!?…。\"'”)\n\r\u2028\u00a0Mr9é") | st.characters()))
def test_holds_every_visible_character_once_and_in_order(text: str) -> None:
    spans = sentences(text)
    assert "".join(text[a:b] for a, b in spans).split() == "".join(cut(text)).split()
    end = 0
    for a, b in spans:
        assert not text[end:a].strip()
        assert text[a:b] == text[a:b].strip() != ""
        end = b
    assert not text[end:].strip()


@pytest.mark.parametrize("piece", ["a", "a ", ".", "a.b.", "'", ' "', "Mr. "])
def test_a_million_characters_take_no_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece)) + "x"
    started = time.perf_counter()
    sentences(text)
    assert time.perf_counter() - started < 5
