"""Where somebody is being hurt, nobody is asked for the other side."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Pillar
from journal_tui.packs.library import load_library
from journal_tui.paths import bundled_packs
from journal_tui.safety import _lookup, speaks_of_harm
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.store.journal import Journal

SAMPLES = Path(__file__).parent / "samples" / "safety"
SENTENCES = {
    kind: (SAMPLES / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    for kind in ("harm_seen", "harm_held", "ordinary_seen", "ordinary_held", "misses")
}


@pytest.mark.parametrize("kind", ["harm_seen", "harm_held", "ordinary_seen", "ordinary_held"])
def test_sentences_are_heard_as_they_are_meant_but_for_the_known_misses(kind: str) -> None:
    is_harm = kind.startswith("harm")
    known = set(SENTENCES["misses"])
    wrong = [sentence for sentence in SENTENCES[kind] if speaks_of_harm(sentence) != is_harm]
    assert wrong == [sentence for sentence in SENTENCES[kind] if sentence in known]


def test_every_known_miss_is_one_of_the_sentences() -> None:
    told = {sentence for kind, sentences in SENTENCES.items() if kind != "misses" for sentence in sentences}
    assert set(SENTENCES["misses"]) <= told
    assert len(SENTENCES["misses"]) <= 0.02 * len(told)


@pytest.mark.parametrize(
    "text",
    [
        "It was a good day. We cooked, and I read.\n\nThen he hit me in the kitchen. I do not know what to do.",
        "HE HIT ME AGAIN",
        "He\nhit me? No, he punched\tme.",
        "I’m afraid of my husband",
        "We watched a film. At home he slapped me for laughing.",
        "The film was like us: he hits me too.",
        "In the series he strangles her; my husband did it to me on Friday, he choked me.",
        "I didn't want to… He did it anyway!",
    ],
)
def test_harm_is_heard_wherever_it_stands(text: str) -> None:
    assert speaks_of_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n… !",
        "In the film he strangles her.",
        "I read about a man who beat his wife.",
        "A podcast on suicide, well made.",
        "In judo he choked me and I tapped.",
        "Die Serie: er schlägt seine Frau, sie bringt sich um.",
    ],
)
def test_stories_and_games_are_not(text: str) -> None:
    assert not speaks_of_harm(text)


def test_every_wording_is_a_pattern() -> None:
    lookup = _lookup()
    wordings = {one for table in (lookup.whole, lookup.beginnings) for found in table.values() for one in found}
    assert len(wordings) > 400
    for one in wordings:
        for pattern in (one.pattern, one.frame.ordinary, one.frame.story, one.frame.play):
            assert not re.compile(pattern).search(""), pattern


@given(st.text(st.sampled_from("he hit me my wall ich er mich .!?\n'’, ß")) | st.text())
def test_any_text_is_read(text: str) -> None:
    before = speaks_of_harm(text)
    assert speaks_of_harm(f"{text}\n\nHe hit me.")
    assert speaks_of_harm(f" {text} ") == before


@pytest.mark.parametrize("pillar", list(Pillar))
def test_no_closing_question_where_somebody_is_hurt(pillar: Pillar, tmp_path: Path) -> None:
    pack = load_library(bundled_packs()).for_session(pillar)
    journal = Journal(tmp_path)
    start = Session(id="x", started=journal.now(), day=date(2026, 3, 12), pack=pack, questions=(pack.prompts[0],))
    argued = "We argued again, she said it was agreed, I gave in, and Anna left."
    asked = start.write(argued).steps()
    assert StepKind.CLOSING in [step.kind for step in asked]
    hurt = start.write(argued + " Then she hit me.").steps()
    assert StepKind.CLOSING not in [step.kind for step in hurt]
