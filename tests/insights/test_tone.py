"""The tone of a sentence: what turns it, what strengthens it, and that no words break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.insights.hearing import normalise
from journal_tui.insights.tone import NEGATIONS, Tone, score, tone_of
from journal_tui.text import fold

TONE: Tone = tone_of("en")
FELT = sorted(word for word, rating in TONE.items() if abs(rating) >= 1 and len(word) > 5)
PLAIN = ["the", "table", "was", "on", "at", "noon", "window", "we", "two", "P0", "^", ","]

felt = st.sampled_from(FELT).filter(lambda word: word not in ("terribly", "horribly", "dreadfully", "insanely"))
plain = st.lists(st.sampled_from(PLAIN), max_size=6)


def tone(sentence: str) -> float:
    return score(normalise(fold(sentence)).split(), TONE)


@given(before=plain, word=felt, after=plain)
def test_a_negation_turns_a_word_and_makes_it_weaker(before: list[str], word: str, after: list[str]) -> None:
    said = score([*before, word, *after], TONE)
    denied = score([*before, "not", word, *after], TONE)
    assert said * denied < 0
    assert abs(denied) < abs(said)


@given(before=plain, word=felt, booster=st.sampled_from(["very", "really", "so", "completely"]))
def test_a_booster_strengthens_and_a_damper_weakens(before: list[str], word: str, booster: str) -> None:
    said = score([*before, word], TONE)
    more = score([*before, booster, word], TONE)
    less = score([*before, "slightly", word], TONE)
    assert abs(less) < abs(said) < abs(more)
    assert more * said > 0


@given(before=plain, word=felt, between=st.lists(st.sampled_from(["the", "on", "noon"]), min_size=3, max_size=8))
def test_a_negation_reaches_three_words_and_no_further(before: list[str], word: str, between: list[str]) -> None:
    assert score([*before, "not", *between, word], TONE) == score([*before, *between, word], TONE)


@given(st.lists(st.sampled_from([*FELT, *PLAIN, *sorted(NEGATIONS), "but", "very", "slightly", "like", "kind", "of"])))
def test_a_tone_stays_within_its_bounds(words: list[str]) -> None:
    assert -1 <= score(words, TONE) <= 1


@given(st.lists(st.text()))
def test_any_words_have_a_tone(words: list[str]) -> None:
    assert -1 <= score(words, TONE) <= 1
    assert score(words, {}) == 0


@given(st.text())
def test_any_text_has_a_tone(text: str) -> None:
    assert -1 <= tone(text) <= 1


@pytest.mark.parametrize(
    ("lighter", "heavier"),
    [
        ("It was a good day.", "It was not a good day."),
        ("It was a good day.", "It wasn't a good day."),
        ("A very good day.", "A good day."),
        ("A bad day.", "A very bad day."),
        ("A bad day.", "A pretty bad day."),
        ("It was hard but I am happy.", "I am happy but it was hard."),
        ("The table stands at the window.", "I am lonely and tired."),
        ("I laughed with joy.", "The table stands at the window."),
        ("I like it.", "It is like a wall."),
    ],
)
def test_what_sounds_lighter(lighter: str, heavier: str) -> None:
    assert tone(lighter) > tone(heavier)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "The table stands at the window.",
        "I felt like a stone.",
        "A kind of bread.",
        "Ana came as well.",
        "So much.",
    ],
)
def test_what_tells_no_feeling(sentence: str) -> None:
    assert tone(sentence) == 0


def test_a_language_without_a_list_tells_nothing() -> None:
    assert tone_of("tlh") == {}
    assert TONE["happy"] > 0 > TONE["sad"]
