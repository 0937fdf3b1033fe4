"""An entry as one text to edit, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Answer, Entry
from journal_tui.session.document import from_document, to_document

words = st.text(st.one_of(st.characters(), st.sampled_from("\n\r #ab")), max_size=60)
answers = st.builds(
    Answer,
    text=words,
    ask=st.one_of(st.just(""), words, st.sampled_from(["What was said?", "Who was there?"])),
    prompt=st.just("pack/prompt"),
    choice=st.sampled_from([(), ("Warm",)]),
    signals=st.sampled_from([(), ("settled",)]),
    skipped=st.booleans(),
)


def entry(*given: Answer, tags: tuple[str, ...] = ()) -> Entry:
    moment = datetime(2026, 1, 5, 21, tzinfo=UTC)
    return Entry(id="e1", created=moment, day=date(2026, 1, 5), moment=moment, rating=3, answers=given, tags=tags)


TWO = entry(
    Answer(text="First.", ask="What was said?", prompt="p/said"),
    Answer(choice=("Warm",), ask="How was it?", prompt="p/how", signals=("settled",)),
    Answer(text="Second.", ask="Who was there?", prompt="p/who"),
)


@given(st.lists(answers, max_size=4))
def test_an_untouched_document_is_the_same_entry(given: list[Answer]) -> None:
    before = entry(*given)
    assert from_document(to_document(before), before) == before


@given(words.filter(lambda text: not text.lstrip().startswith("#") and "\n#" not in text and text.strip()))
def test_an_edited_answer_is_kept_exactly(text: str) -> None:
    edited = from_document(to_document(TWO).replace("First.", text), TWO)
    assert [answer.text for answer in edited.answers] == [text, "", "Second."]
    assert edited.answers[1] == TWO.answers[1]
    single = entry(Answer(text="old", ask="What was said?"))
    assert from_document(f"{text}\n", single).text == text


@given(st.lists(st.one_of(words, st.sampled_from(["# What was said?", "# Who was there?", "# Mine", ""])), max_size=8))
def test_no_line_is_ever_lost(lines: list[str]) -> None:
    document = "\n".join(lines)
    kept = from_document(document, TWO).text
    headings = ("# What was said?", "# Who was there?")
    for line in document.split("\n"):
        assert line in kept or not line.strip() or line.rstrip() in headings


def test_a_document_of_several_answers() -> None:
    assert to_document(TWO) == "# What was said?\n\nFirst.\n\n# Who was there?\n\nSecond.\n"


def test_a_removed_heading_joins_its_text_to_the_answer_above() -> None:
    joined = from_document(to_document(TWO).replace("# Who was there?\n", ""), TWO)
    assert [answer.text for answer in joined.answers] == ["First.\n\n\nSecond.", "", ""]
    first_gone = from_document(to_document(TWO).replace("# What was said?\n\n", "Above.\n\n"), TWO)
    assert [answer.text for answer in first_gone.answers] == ["Above.\n\nFirst.", "", "Second."]


def test_headings_of_ones_own_are_words() -> None:
    text = "# What was said?\n\n# A title\nFirst.\n\n# Who was there?\n\nSecond.\n# What was said?\n"
    edited = from_document(text, TWO)
    assert [answer.text for answer in edited.answers] == ["# A title\nFirst.", "", "Second.\n# What was said?"]


def test_only_words_and_hashtags_change() -> None:
    before = entry(Answer(text="a #walk and #rain", ask="Q", prompt="p/q"), tags=("walk", "rain", "given"))
    after = from_document("a #walk and #sun\n", before)
    assert after.tags == ("walk", "given", "sun")
    assert (after.rating, after.day, after.id, after.answers[0].ask) == (3, before.day, "e1", "Q")


def test_words_for_an_entry_that_had_none() -> None:
    chosen = entry(Answer(choice=("Warm",), ask="How was it?"))
    assert to_document(chosen) == ""
    edited = from_document("Now some words.\n", chosen)
    assert edited.answers == (chosen.answers[0], Answer(text="Now some words."))


def test_a_question_asked_twice_keeps_both_answers() -> None:
    twice = entry(Answer(text="One.", ask="Q"), Answer(text="Two.", ask="Q"))
    edited = from_document("# Q\n\nOne, changed.\n\n# Q\n\nTwo.\n", twice)
    assert [answer.text for answer in edited.answers] == ["One, changed.", "Two."]
