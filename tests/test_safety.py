"""Where somebody is being hurt, nobody is asked for the other side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from journal_tui.model import Pillar
from journal_tui.packs.library import load_library
from journal_tui.paths import bundled_packs
from journal_tui.safety import speaks_of_harm
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.store.journal import Journal


@pytest.mark.parametrize(
    "text",
    [
        "He hit me in the kitchen and then cried.",
        "She threatened me again over the money.",
        "I am scared of him when he drinks.",
        "I’m afraid to go home tonight.",
        "He slapped my daughter.",
        "I thought about hurting myself. I want to die sometimes.",
        "Everyone would be better off without me.",
        "He grabbed me by the arm and left bruises.",
    ],
)
def test_harm_is_heard(text: str) -> None:
    assert speaks_of_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "I could kill for a coffee.",
        "The deadline scares me.",
        "It hit me that she was right.",
        "I was afraid the train would be late.",
        "Cut myself shaving, twice.",
        "Beats me how he does it.",
        "We beat them at cards.",
        "She was dying to tell me.",
    ],
)
def test_ordinary_words_are_not(text: str) -> None:
    assert not speaks_of_harm(text)


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
