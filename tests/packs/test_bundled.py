"""The questions that come with the program."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from journal_tui.model import Kind, Pack, Pillar, Prompt, Season
from journal_tui.packs.library import load_library
from journal_tui.packs.reader import SIGNALS, read_pack
from journal_tui.paths import bundled_packs
from journal_tui.text import clean_line

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
    assert len(questions) >= 12
    depths = Counter(prompt.depth for prompt in questions if prompt.season == Season())
    assert min(depths[depth] for depth in depths) >= 3
    assert len(depths) == 3
    assert any(prompt.follow_ups for prompt in questions)


@pytest.mark.parametrize("pack", PILLARS)
def test_a_pillar_arrives_closes_and_names_its_sources(pack: Pack) -> None:
    assert pack.opening
    assert pack.affirmations
    assert pack.sources
    assert pack.about
    assert pack.closing


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
