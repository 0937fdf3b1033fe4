"""The questions that come with the program."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from journal_tui.model import SIGNALS, Asked, Depth, Kind, Pack, Pillar, Prompt, Recall, When
from journal_tui.packs.library import load_library
from journal_tui.packs.reader import read_pack
from journal_tui.paths import bundled_packs
from journal_tui.text import clean_line
from tests.packs.wording import complaints, faults_of, is_double, near_duplicates

LIBRARY = load_library(bundled_packs())
PACKS = [pytest.param(pack, id=pack.id) for pack in LIBRARY.packs.values()]
PILLARS = [pytest.param(LIBRARY.get(pillar), id=pillar) for pillar in Pillar]


def every_prompt(pack: Pack) -> tuple[Prompt, ...]:
    return (*pack.prompts, *pack.closing)


def signals(pack: Pack) -> set[str]:
    told = {option.signal for prompt in every_prompt(pack) for option in prompt.options}
    return (told | {s for prompt in pack.closing for s in (prompt.signal, prompt.signal_if_empty)}) - {""}


def test_all_are_read_without_a_fault() -> None:
    assert LIBRARY.faults == ()
    assert set(LIBRARY.packs) >= set(Pillar)
    assert [pack.pillar for pack in map(LIBRARY.get, Pillar)] == list(Pillar)


@pytest.mark.parametrize("pack", PACKS)
def test_a_file_is_named_after_its_pack(pack: Pack) -> None:
    assert Path(pack.file).name == f"{pack.id}.yaml"
    assert read_pack(Path(pack.file)) == pack


def test_no_id_and_no_question_comes_twice() -> None:
    prompts = [prompt for pack in LIBRARY.packs.values() for prompt in every_prompt(pack)]
    ids = Counter(prompt.id for prompt in prompts)
    assert [id for id, times in ids.items() if times > 1] == []
    asks = Counter(
        re.sub(r"\W+", " ", prompt.ask).strip().casefold() for pack in LIBRARY.packs.values() for prompt in pack.prompts
    )
    assert [ask for ask, times in asks.items() if times > 1] == []


@pytest.mark.parametrize("pack", PILLARS)
def test_a_pillar_has_questions_for_a_long_time(pack: Pack) -> None:
    questions = [prompt for prompt in pack.prompts if not prompt.only_follow_up]
    always = Counter(prompt.depth for prompt in questions if prompt.when == When())
    assert always.total() >= 40
    assert min(always[Depth.LIGHT], always[Depth.DEEP]) >= 10
    assert len(pack.prompts) - len(questions) >= 15
    assert {prompt.kind for prompt in questions} >= {Kind.TEXT, Kind.CHOICE, Kind.SCALE, Kind.LIST}
    assert {pattern for prompt in questions for pattern in prompt.patterns}


def test_nothing_is_amiss_in_the_wording() -> None:
    assert list(complaints(LIBRARY.packs.values())) == []


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        ("Why did you not call her?", "asks why of a person"),
        ("Don't you think it was time?", "leads"),
        ("What should have been your answer?", "scolds"),
        ("Are you too sensitive about this?", "speaks of traits"),
        ("Which boundary violation hurt most?", "is therapy talk"),
        ("Write it down now!", "shouts"),
    ],
)
def test_a_scolding_question_is_found(ask: str, what: str) -> None:
    assert [fault.partition(" (")[0] for fault in faults_of(ask)] == [what]


@pytest.mark.parametrize(
    ("ask", "is_two"),
    [
        ("What did you say, and how did it land?", True),
        ("Who was there? What did they do?", True),
        ("What costs you little and means a lot?", False),
        ("You stood at the door. What did you hear?", False),
    ],
)
def test_two_questions_in_one_are_found(ask: str, is_two: bool) -> None:
    assert is_double(ask) is is_two


def test_near_duplicates_are_found() -> None:
    asks = ["Who made your evening easier?", "Which person made this evening easier?", "Name a door that you closed."]
    prompts = [Prompt(id=str(n), ask=ask) for n, ask in enumerate(asks)]
    assert [(one.id, other.id) for one, other, _ in near_duplicates(prompts)] == [("0", "1")]


@pytest.mark.parametrize("recall", Recall)
def test_the_review_asks_beside_words_of_every_kind(recall: Recall) -> None:
    review = LIBRARY.get("weekly-review")
    assert review.asked is Asked.WEEKLY
    assert len([prompt for prompt in review.prompts if prompt.recall is recall]) >= 3


def test_there_are_first_days_and_sparks_for_a_page() -> None:
    assert LIBRARY.get("first-week").asked is Asked.FIRST_DAYS
    assert len(LIBRARY.get("free-writing").prompts) >= 20


@pytest.mark.parametrize("pack", PILLARS)
def test_a_pillar_arrives_closes_and_names_its_sources(pack: Pack) -> None:
    assert pack.opening
    assert pack.affirmations
    assert pack.sources
    assert pack.about
    assert pack.closing
    assert pack.rating
    assert pack.promise


def test_the_closing_questions_carry_every_signal() -> None:
    together = {signal for pack in LIBRARY.packs.values() for signal in signals(pack)}
    assert together == set(SIGNALS)
    assert all(signals(LIBRARY.get(pillar)) for pillar in Pillar)


@pytest.mark.parametrize("pack", PACKS)
def test_every_follow_up_can_be_reached(pack: Pack) -> None:
    reached = {follow_up.prompt for prompt in pack.prompts for follow_up in prompt.follow_ups}
    assert {prompt.id for prompt in pack.prompts if prompt.only_follow_up} <= reached


@pytest.mark.parametrize("pack", PACKS)
def test_the_voice_is_quiet(pack: Pack) -> None:
    said = [*pack.opening, *pack.affirmations, pack.about]
    for prompt in every_prompt(pack):
        said += [prompt.ask, prompt.help, prompt.example, *(option.label for option in prompt.options)]
    for line in said:
        assert "!" not in line
        assert clean_line(line) == line
        assert not re.search("[\U0001f300-\U0001faff]", line)


@pytest.mark.parametrize("pack", PACKS)
def test_a_closing_choice_has_an_option_that_tells_nothing(pack: Pack) -> None:
    for prompt in pack.closing:
        if prompt.kind is Kind.CHOICE:
            assert any(not option.signal for option in prompt.options), prompt.id
