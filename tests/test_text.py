"""Text made safe to show, folded for search, cut into words and sentences."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui import text
from journal_tui.text import clean, clean_line, find_spans, fold, has_word, query_words, sentences, shorten

anything = st.text(st.one_of(st.characters(), st.sampled_from("\n\r\t \x1b\x00\x7f\x9b\u2028\u202e\ufeff\ud800.?!'’")))
"""Any text, unpaired surrogates and control characters among it."""


# -- safe to show ----------------------------------------------------------------------------------


@given(anything)
def test_cleaned_text_holds_nothing_that_moves_a_terminal(raw: str) -> None:
    for character in clean(raw):
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRO",
            "RLO",
            "LRE",
            "RLE",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(anything)
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)
    assert clean_line(clean_line(raw)) == clean_line(raw)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain, ünïcode, 日本語 🙂", "plain, ünïcode, 日本語 🙂"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("nul\x00", "nul␀"),
        ("\x7f", "␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\ud800", "\ufffd"),
        ("abc\u202edcba", "abcdcba"),
        ("\u200fשלום\u200e", "שלום"),
        ("\ufeffstart", "start"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("tab\tstop", "tab\tstop"),
    ],
)
def test_clean(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_clean_line_is_one_line() -> None:
    assert clean_line("  one\r\n\ttwo\u2028three  ") == "one two three"


@given(anything)
def test_same_width_moves_no_character(raw: str) -> None:
    line = text.same_width(raw)
    assert len(line) == len(raw)
    assert all(new == old or new in "\u200b\ufffd" for new, old in zip(line, raw, strict=True))
    assert text.same_width("\x1b[2J\x9b\u202e\ud800") == "\u200b[2J\u200b\u200b\ufffd"


@given(anything, st.integers(0, 40))
def test_a_shortened_line_fits(raw: str, width: int) -> None:
    line = shorten(raw, width)
    assert len(line) <= width
    assert line == clean_line(raw) or line == "" or line.endswith("…")


@pytest.mark.parametrize(
    ("raw", "width", "line"),
    [
        ("exactly ten", 11, "exactly ten"),
        ("exactly ten", 10, "exactly t…"),
        ("one two", 5, "one…"),
        ("a" + " " * 1000 + "b", 20, "a…"),
        ("x" * 10**6, 3, "xx…"),
        ("words", 0, ""),
    ],
)
def test_shorten(raw: str, width: int, line: str) -> None:
    assert shorten(raw, width) == line


def test_counts_and_lists_in_words() -> None:
    assert [text.plural(n, "entry", "entries") for n in (0, 1, 3415)] == ["0 entries", "1 entry", "3,415 entries"]
    assert text.plural(2, "day") == "2 days"
    assert [text.listed(given) for given in ((), "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]


# -- searching -------------------------------------------------------------------------------------


def test_a_character_folds_to_one_that_stays() -> None:
    every = "".join(map(chr, range(0x20000)))
    assert len(fold(every)) == len(every)
    assert fold(fold(every)) == fold(every)


@given(anything, anything)
def test_folding_looks_at_each_character_by_itself(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
    assert len(fold(one)) == len(one)


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("Crème Brûlée", "creme brulee"),
        ("don’t ‘say’ “it”", "don't 'say' \"it\""),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("한국 하고", "한국 하고"),
        ("½ of a ﬁle…", "½ of a ﬁle…"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_fold(given: str, folded: str) -> None:
    assert fold(given) == folded


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ()),
        ("  ", ()),
        ("Rain walk", ("rain", "walk")),
        ("rain RAIN", ("rain",)),
        ('"two words" more', ("two words", "more")),
        ("“two words” more", ("two words", "more")),
        ('"not closed', ("not closed",)),
        ('"" rain', ("rain",)),
        ("cafe\u0301", ("cafe",)),
    ],
)
def test_query_words(query: str, words: tuple[str, ...]) -> None:
    assert query_words(query) == words


def test_spans_say_where_the_words_stand() -> None:
    given = "The Café, the CAFE and the cafeteria"
    assert [given[a:b] for a, b in find_spans(given, ("cafe", "cafeteria"))] == ["Café", "CAFE", "cafeteria"]
    assert find_spans(given, ()) == find_spans(given, ("",)) == []
    assert find_spans("a.b axb", ("a.b",)) == [(0, 3)]


@given(anything, st.lists(st.text("ab .", max_size=3), max_size=3))
def test_spans_are_in_order_and_hold_the_words(given: str, words: list[str]) -> None:
    end = 0
    for start, stop in find_spans(given, words):
        assert end <= start < stop
        assert fold(given[start:stop]) in words
        end = stop


# -- words and sentences ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("I don't know, she’s 42 and_so", ["I", "don't", "know", "she’s", "and", "so"]),
        ("Über-großartig", ["Über", "großartig"]),
        ("'quoted' -- 100% ...", ["quoted"]),
        ("", []),
    ],
)
def test_words(given: str, words: list[str]) -> None:
    assert text.words(given) == words


@pytest.mark.parametrize(
    ("given", "count"),
    [("", 0), (" - … !", 0), ("one", 1), ("I don't know.", 3), ("well-known 42 %", 2), ("a\n\nb", 2)],
)
def test_count_words(given: str, count: int) -> None:
    assert text.count_words(given) == len(text.counted_words(given)) == count


def test_people_and_tags_in_the_text() -> None:
    given = "@Ana and @Jean-Luc met @Ana, mail a@b.org. #Work #work/office ##no C# &#39; #1 #été"
    assert text.mentions(given) == ("Ana", "Jean-Luc")
    assert text.hashtags(given) == ("work", "work/office", "été")


@pytest.mark.parametrize(
    ("given", "word", "there"),
    [
        ("We laughed.", "laugh", False),
        ("We laughed.", "laugh*", True),
        ("We laughed.", "*", True),
        ("I can’t think.", "can't think", True),
        ("FIANCÉE", "fiancée", True),
        ("understand", "stand", False),
        ("no", "no", True),
        ("note", "no", False),
        ("(no)", "no", True),
        ("what? yes", "what?", True),
    ],
)
def test_has_word(given: str, word: str, there: bool) -> None:
    assert has_word(fold(given), word) is there


@given(anything)
def test_sentences_hold_every_character_that_is_not_space(given: str) -> None:
    end = 0
    for start, stop in sentences(given):
        assert end <= start < stop
        assert not given[end:start].strip()
        assert given[start:stop] == given[start:stop].strip()
        end = stop
    assert not given[end:].strip()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("A line\nanother line", ["A line", "another line"]),
        ("I met Dr. Weber at 5 p.m. today.", ["I met Dr. Weber at 5 p.m. today."]),
        ("So said J. R. Smith. Then I left.", ["So said J. R. Smith.", "Then I left."]),
        ("So did I. Then I left.", ["So did I.", "Then I left."]),
        ("Wait... what?", ["Wait... what?"]),
        ("“Really?” she asked. “Yes.”", ["“Really?” she asked.", "“Yes.”"]),
        ("It cost 3.50 at shop.example today.", ["It cost 3.50 at shop.example today."]),
        ("今日は雨。明日は？", ["今日は雨。", "明日は？"]),
        ("Milk, eggs etc. And bread.", ["Milk, eggs etc.", "And bread."]),
    ],
)
def test_sentences(given: str, found: list[str]) -> None:
    assert [given[start:stop] for start, stop in sentences(given)] == found
