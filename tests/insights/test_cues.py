"""The cues: each finds its own examples and leaves the others; and what they find in sentences by other hands.

``voices/seen`` were there while the cues were written; ``voices/held`` were not, and nobody tunes a cue to them.
``voices/heard.json`` holds how many of each the cues heard when it was last looked at: never fewer, and of the near
misses never more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.cues import Heard, heard_in, voices_in
from journal_tui.insights.hearing import hear, read_examples, signal_files
from journal_tui.model import SIGNALS

VOICES = Path(__file__).with_name("voices")
FILES = {file.name.partition(".")[0]: file for file in signal_files()}
COUNTS = json.loads((VOICES / "heard.json").read_text(encoding="utf-8"))


def examples() -> Iterator[tuple[str, bool, str]]:
    for signal, file in FILES.items():
        match, not_ = read_examples(file.read_bytes(), file.name)
        yield from ((signal, True, text) for text in match)
        yield from ((signal, False, text) for text in not_)


def test_every_signal_of_wording_has_cues_with_examples() -> None:
    assert set(SIGNALS) - {"their_side_blank", "still_open"} <= FILES.keys() | {"still_open"}
    counts = {signal: [0, 0] for signal in FILES}
    for signal, is_match, _ in examples():
        counts[signal][not is_match] += 1
    assert all(match >= 10 and not_ >= 8 for match, not_ in counts.values()), counts


@pytest.mark.parametrize("signal", FILES)
def test_the_examples_hold(signal: str) -> None:
    wrong = [
        (is_match, text)
        for name, is_match, text in examples()
        if name == signal
        and is_match is not any(heard.signal == signal for sentence in hear(text) for heard in sentence.heard)
    ]
    assert wrong == []


@pytest.fixture(scope="module", params=["seen", "held"])
def counted(request: pytest.FixtureRequest) -> tuple[str, dict[str, Heard]]:
    return request.param, heard_in(voices_in(VOICES / request.param))


def test_no_less_is_heard_than_before(counted: tuple[str, dict[str, Heard]]) -> None:
    name, heard = counted
    before = COUNTS[name]
    assert heard.keys() == before.keys()
    fewer = {s: (len(h.found), before[s]["found"]) for s, h in heard.items() if len(h.found) < before[s]["found"]}
    more = {s: (len(h.near), before[s]["near"]) for s, h in heard.items() if len(h.near) > before[s]["near"]}
    assert (fewer, more) == ({}, {})
