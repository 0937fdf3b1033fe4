"""YAML to `Pack`: what is read, and what is told with its place."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.model import (
    Asked,
    Condition,
    Depth,
    FollowUp,
    Kind,
    Option,
    Pack,
    Pillar,
    Prompt,
    Rating,
    Recall,
    When,
)
from journal_tui.packs.reach import contradiction, is_reached
from journal_tui.packs.reader import parse_pack, read_pack
from journal_tui.session.conditions import fits
from journal_tui.strictyaml import MAX_FAULTS, FileFaults
from tests.packs.corpus_files import BAD, CORPUS, GOOD, expected
from tests.packs.hostile import HOSTILE


def good(name: str) -> Pack:
    return read_pack(CORPUS / "good" / f"{name}.yaml")


def faults(pack: Path | str | bytes) -> list[str]:
    """``line:column: message`` of everything that is wrong in a file, or in what one would hold."""
    with pytest.raises(FileFaults) as error:
        read_pack(pack) if isinstance(pack, Path) else parse_pack(pack.encode() if isinstance(pack, str) else pack, "f")
    return [f"{fault.line}:{fault.column}: {fault.message}" for fault in error.value.faults]


# -- the corpus ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_pack_is_read(path: Path) -> None:
    pack = read_pack(path)
    assert pack.prompts
    assert all(prompt.id.startswith(f"{pack.id}/") and prompt.ask for prompt in (*pack.prompts, *pack.closing))
    assert pack.file == str(path)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_pack_is_told_where_and_why(path: Path) -> None:
    """All that is wrong and nothing else, in the order of the file."""
    assert faults(path) == expected(path)


# -- what cannot be checked in ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "1:1: the file is empty"),
        ("id: p\ntitle: Caf\xe9\n".encode("latin-1"), "2:11: not UTF-8 text: save the file as UTF-8"),
        ("id: p\n".encode("utf-16"), "1:1: not UTF-8"),
        (b"\x7fELF\x02\x01\x00\x00", "1:1: a control character (#x007f)"),
        (b"# a remark\n" * 1_000_000, "1:1: larger than 128 KB"),
    ],
    ids=["empty", "latin-1", "utf-16", "program", "11 MB"],
)
def test_a_file_that_is_no_text_for_us(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(content)
    assert faults(file)[0].startswith(told)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_is_told_in_few_words(name: str) -> None:
    content, told = HOSTILE[name]
    found = faults(content)
    assert told in " ".join(found)
    assert len(found) <= MAX_FAULTS + 1
    assert max(map(len, found)) < 300


def test_a_question_without_a_name_that_leads_nowhere() -> None:
    text = "id: p\ntitle: P\nprompts: [{ask: What?, follow_ups: [{if: {person: true}, then: ''}]}]\n"
    assert faults(text) == ['3:11: the prompt has no "id"', "3:64: then is empty"]


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        read_pack(CORPUS / "none.yaml")


BROKEN = st.sampled_from(["", "~", "[]", "{}", "no", "-1", "[[a]]", "{a: b}", "'*'", "../p", "é" * 70, "x"])
LINES = [line for path in GOOD for line in path.read_text("utf-8-sig").splitlines() if ": " in line]


@given(st.lists(st.sampled_from(LINES), max_size=12), st.lists(st.tuples(st.integers(0, 11), BROKEN), max_size=4))
def test_whatever_stands_in_a_file_it_is_read_or_told(lines: list[str], broken: list[tuple[int, str]]) -> None:
    for place, value in broken:
        if place < len(lines):
            lines[place] = f"{lines[place].partition(': ')[0]}: {value}"
    for text in ("\n".join(lines), "id: p\ntitle: P\nprompts:\n" + "\n".join(lines)):
        with suppress(FileFaults):
            assert parse_pack(text.encode(), "f").prompts


# -- what is never reached -------------------------------------------------------------------------

WORDS = ["sorry", "sorrow", "sad", "not at all", "she", "my sister", "🙂", "42"]
CONDITIONS = st.builds(
    Condition,
    mentions=st.lists(st.sampled_from(["sorr*", "sorry", "s*", "sad", "not at all", "Sad"]), max_size=2).map(tuple),
    longer_than=st.none() | st.integers(0, 4),
    shorter_than=st.none() | st.integers(2, 6),
    person=st.none() | st.booleans(),
)


@settings(max_examples=300)
@given(st.lists(CONDITIONS, min_size=1, max_size=4), st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
def test_what_is_called_unreachable_opens_for_no_answer(conditions: list[Condition], words: list[str]) -> None:
    text = " ".join(words)
    *earlier, last = conditions
    if fits(last, text) and not any(fits(condition, text) for condition in earlier):
        assert is_reached(conditions, Kind.TEXT)
        assert not contradiction(last)


@pytest.mark.parametrize(
    ("earlier", "last", "reached"),
    [
        (Condition(longer_than=0), Condition(person=False), True),  # an answer of one 🙂
        (Condition(longer_than=0), Condition(person=True), False),
        (Condition(longer_than=0), Condition(mentions=("sad",)), False),
        (Condition(mentions=("sorr*", "sad")), Condition(mentions=("sorry", "glad")), True),
        (Condition(mentions=("sorr*", "sad")), Condition(mentions=("sorry", "Sad")), False),
        (Condition(mentions=("sorry",)), Condition(mentions=("sorr*",)), True),
        (Condition(mentions=("sorr*",), longer_than=9), Condition(mentions=("sorry",)), True),
        (Condition(mentions=("ärger*",)), Condition(mentions=("ÄRGERLICH",)), False),
        (Condition(shorter_than=9), Condition(longer_than=8), True),
        (Condition(shorter_than=9), Condition(longer_than=3, shorter_than=9), False),
        (Condition(mentions=("a",)), Condition(longer_than=8), True),
    ],
)
def test_what_an_earlier_condition_leaves_over(earlier: Condition, last: Condition, reached: bool) -> None:
    assert is_reached([earlier, last], Kind.TEXT) is reached
    assert is_reached([last], Kind.TEXT)


@given(st.lists(st.tuples(st.none() | st.integers(1, 5), st.none() | st.integers(1, 5)), min_size=1, max_size=4))
def test_ratings_that_are_reached_are_exactly_those_left_over(limits: list[tuple[int | None, int | None]]) -> None:
    conditions = [Condition(rating_at_least=low, rating_at_most=high) for low, high in limits]
    *earlier, last = conditions
    left = [n for n in range(1, 6) if fits(last, "", rating=n) and not any(fits(e, "", rating=n) for e in earlier)]
    assert is_reached(conditions, Kind.SCALE) == bool(left)


# -- what is read ----------------------------------------------------------------------------------


def test_a_pack_with_everything_about_it() -> None:
    pack = good("other-language")
    assert (pack.id, pack.title, pack.pillar, pack.language) == ("auf-deutsch", "Über Grenzen", Pillar.BOUNDARIES, "de")
    assert pack.opening == ("Du bist hier.",)
    assert pack.affirmations == ("Ein Nein darf leise sein.",)
    assert pack.sources == ("Gewaltfreie Kommunikation: M. Rosenberg",)
    assert pack.prompts == (Prompt(id="auf-deutsch/ja-oder-nein", ask="Wo hast du Ja gesagt und Nein gemeint? 🙂"),)
    assert not pack.own
    assert read_pack(CORPUS / "good" / "flow.yaml", own=True).own


def test_what_is_not_said_has_its_default() -> None:
    pack = good("smallest")
    assert (pack.pillar, pack.language, pack.about, pack.closing) == (None, "en", "", ())
    assert pack.prompts == (Prompt(id="smallest/one", ask="What is one thing?", kind=Kind.TEXT, depth=Depth.MIDDLE),)


def test_text_is_put_on_one_line() -> None:
    assert good("folded").about == "Two lines that are one."
    assert good("folded").prompts[0].ask == "What stands on two lines?"
    assert good("quoted").title == "It's quoted"
    assert good("quoted").prompts[0] == Prompt(id="quoted/yes", ask="null")
    assert good("remarks").prompts[0].ask == "What is"


def test_every_kind_of_question() -> None:
    text, *_, choice = good("every-kind").prompts
    assert (text.help, text.example) == ("Short is fine.", "It rained, and we walked.")
    assert [prompt.kind for prompt in good("every-kind").prompts] == ["text", "list", "scale", "promise", "choice"]
    assert choice.options == (
        Option(key="m", label="My way", signal="they_gave_way"),
        Option(key="t", label="Their way", signal="gave_way"),
        Option(key="3", label="A third way"),
    )


def test_depth_and_tags() -> None:
    light, deep = good("pillar").prompts
    assert (light.depth, deep.depth, deep.tags) == (Depth.LIGHT, Depth.DEEP, ("openness", "good"))


def test_follow_ups_become_prompts_after_their_question() -> None:
    pack = good("follow-ups")
    names = [prompt.id.removeprefix("follow-ups/") for prompt in pack.prompts]
    assert names == ["first", "second", "third", "fourth", "other", "rated", "clear", "unclear"]
    assert [name for name, p in zip(names, pack.prompts, strict=True) if p.only_follow_up] == [
        "second",
        "third",
        "fourth",
        "clear",
        "unclear",
    ]
    assert pack.prompts[0].follow_ups == (
        FollowUp(
            when=Condition(mentions=("sorr*", "not at all"), longer_than=2, shorter_than=500),
            prompt="follow-ups/second",
        ),
        FollowUp(when=Condition(longer_than=0), prompt="follow-ups/other"),
    )
    assert pack.prompts[2].follow_ups[0].when == Condition(person=False)
    assert [f.when for f in pack.prompts[5].follow_ups] == [Condition(rating_at_least=4), Condition(rating_at_most=2)]


def test_closing_questions() -> None:
    moved, eyes = good("closing").closing
    assert (moved.kind, moved.fitting) == (Kind.CHOICE, (Condition(person=True, longer_than=5),))
    assert [option.signal for option in moved.options] == ["gave_way", "they_gave_way"]
    assert (eyes.kind, eyes.signal, eyes.signal_if_empty) == (Kind.TEXT, "saw_their_side", "their_side_blank")
    assert eyes.fitting == ()
    assert good("closing").prompt("closing/their-eyes") == eyes
    assert good("closing").prompt("closing/none") is None


def test_a_closing_question_fits_when_any_of_its_conditions_does() -> None:
    assert good("closing-any").closing[0].fitting == (
        Condition(tags=("limits",)),
        Condition(mentions=("said no", "refus*"), person=False),
        Condition(shorter_than=40, longer_than=3),
    )


def test_when_a_question_may_be_asked() -> None:
    assert [prompt.when for prompt in good("seasons").prompts] == [
        When(),
        When(weekdays=(0,)),
        When(after_entries=30, weekdays=(5, 6)),
    ]
    everything, nothing = good("times").prompts
    assert everything.when == When(after_entries=100, weekdays=(0, 6), months=(1, 12), due_promise=True, focus=True)
    assert everything.patterns == ("say_do_gap", "self_silencing")
    assert nothing.when == When()


def test_a_pack_says_when_it_is_asked() -> None:
    assert [good(name).asked for name in ("smallest", "first-days", "weekly")] == list(Asked)
    assert [prompt.recall for prompt in good("weekly").prompts] == [Recall.OPEN, Recall.EARLIER, None]


def test_rating_and_promise_in_the_words_of_the_pack() -> None:
    rated = good("rating")
    assert rated.rating == Rating(
        ask="How far did you trust today?", labels=("hardly", "a little", "half way", "mostly", "fully")
    )
    assert rated.promise == "One small thing to lean on?"
    assert good("rating-ask-alone").rating == Rating(ask="How far?")
    assert (good("smallest").rating, good("smallest").promise) == (None, "")


def test_words_mean_what_they_say() -> None:
    """What other readers of YAML take for true, false, nothing or a number."""
    pack = good("words")
    assert pack.title == "2025"
    assert (pack.prompts[0].id, pack.prompts[0].ask, pack.prompts[0].tags) == ("words/3", "true", ("on", "off", "7"))
    mentions = pack.prompts[0].follow_ups[0].when.mentions
    assert mentions == ("no", "yes", "Off", "null", "1e3", "it's fine", "ärger*", "否")
    assert [option.key for option in pack.prompts[2].options] == ["ä", "是", "n"]
