"""Entries and promises as plain data, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Answer, Commitment, Entry, Judgement, Mark, Person, Pillar, Source
from journal_tui.store.records import (
    READERS,
    UNREADABLE,
    commitment_from_document,
    commitment_to_document,
    entry_from_document,
    entry_to_document,
    judgement_from_document,
    judgement_to_document,
    mark_from_document,
    mark_to_document,
    person_from_document,
    person_to_document,
)
from tests.store.sample import COMMITMENTS, ENTRIES, JUDGEMENTS, LISTS, MARKS, NAMES, entry, promise


@given(ENTRIES)
def test_any_entry_comes_back(given: Entry) -> None:
    assert entry_from_document(json.loads(json.dumps(entry_to_document(given)))) == given


@given(COMMITMENTS)
def test_any_promise_comes_back(given: Commitment) -> None:
    assert commitment_from_document(json.loads(json.dumps(commitment_to_document(given)))) == given


@given(st.builds(Person, name=NAMES, also=LISTS))
def test_any_person_comes_back(given: Person) -> None:
    assert person_from_document(json.loads(json.dumps(person_to_document(given)))) == given


@given(JUDGEMENTS, MARKS, st.booleans())
def test_any_answer_to_a_pattern_and_any_mark_come_back(judgement: Judgement, mark: Mark, removed: bool) -> None:
    assert judgement_from_document(json.loads(json.dumps(judgement_to_document(judgement)))) == judgement
    document = mark_to_document(mark) | ({"removed": True} if removed else {})
    assert mark_from_document(json.loads(json.dumps(document))) == (mark, removed)


def test_the_fields_are_the_file_format() -> None:
    full = entry(
        "e1",
        pillar=Pillar.WIN_WIN,
        rating=4,
        tags=("home",),
        people=("Ana",),
        starred=True,
        answers=(
            Answer(text="Words.", prompt="p/q", ask="Why?", choice=("A",), signals=("settled",)),
            Answer(text="More.", quote="Said before.", quoted="e0"),
        ),
        source=Source(format="jrnl", fingerprint="f"),
    )
    assert entry_to_document(full) == {
        "id": "e1",
        "created": "2026-03-01T20:30:00+00:00",
        "day": "2026-03-01",
        "pillar": "win-win",
        "answers": [
            {"text": "Words.", "prompt": "p/q", "ask": "Why?", "choice": ["A"], "signals": ["settled"]},
            {"text": "More.", "quote": "Said before.", "quoted": "e0"},
        ],
        "rating": 4,
        "tags": ["home"],
        "people": ["Ana"],
        "starred": True,
        "source": {"format": "jrnl", "fingerprint": "f"},
    }


def test_what_is_empty_is_not_written() -> None:
    assert set(entry_to_document(entry("e1", day=None))) == {"id", "created"}
    assert set(commitment_to_document(promise("c1", "e1", due=None))) == {"id", "entry", "text", "made"}


GOOD = entry_to_document(entry("e1", "Words.", rating=3, tags=("a",)))


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": 7},
        {"created": "yesterday"},
        {"created": None},
        {"day": "2026-02-30"},
        {"day": 20260301},
        {"moment": "noon"},
        {"pillar": "thrust"},
        {"answers": "Words."},
        {"answers": ["Words."]},
        {"answers": {"text": "Words."}},
        {"answers": [{"text": 5}]},
        {"answers": [{"choice": "A"}]},
        {"answers": [{"signals": [1]}]},
        {"rating": "3"},
        {"rating": float("inf")},
        {"rating": [3]},
        {"tags": "home"},
        {"tags": [None]},
        {"people": "Ana"},
        {"people": [7]},
        {"answers": [{"quote": 5}]},
        {"answers": [{"quoted": ["e0"]}]},
        {"source": {"format": "jrnl"}},
        {"source": "jrnl"},
    ],
    ids=str,
)
def test_what_is_no_entry_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        entry_from_document(GOOD | change)


@pytest.mark.parametrize("id", ["$(reboot)", "a\nb", "../x", "", "a b", "x" * 65, 7, None])
@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("entries", "id"),
        ("commitments", "id"),
        ("commitments", "entry"),
        ("people", "id"),
        ("judgements", "id"),
        ("marks", "id"),
        ("marks", "entry"),
    ],
)
def test_what_no_program_gave_is_no_id(table: str, field: str, id: object) -> None:
    documents: dict[str, dict[str, Any]] = {
        "entries": entry_to_document(entry("e1", "Words.")),
        "commitments": commitment_to_document(promise("e1-p", "e1")),
        "people": {"id": "q1", "name": "Ana", "also": ["Annie"]},
        "judgements": {"id": "j1", "kind": "say_do_gap", "verdict": "partly", "on": "2026-03-01"},
        "marks": {"id": "m1", "entry": "e1", "words": "Words", "signal": "settled", "on": "2026-03-01"},
    }
    READERS[table](documents[table])
    with pytest.raises(UNREADABLE):
        READERS[table](documents[table] | {field: id})
