"""However long a run of one character is, and wherever it stands in a file, reading takes no longer than its words."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from journal_tui import text
from journal_tui.exchange.formats import FORMATS
from journal_tui.exchange.source import Watch, open_place
from journal_tui.model import JournalError

LENGTH = 60_000
SECONDS = 1.0
"""For one run; words of the same length take a hundredth of it."""

RUNS = (
    *(" ", "\n", "\r", ",", ";", "[", "{", "]", ")", "#", "*", "`", "9", "-", "/", "."),
    *("![", '[""', "# ", "<br ", " ,", "* ", "\n- "),
)
"""What is repeated: blanks, marks, separators and what begins something in one of the formats."""

TABLE = "date,text,tags,people,mood,question\n"
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"
PLACES: dict[tuple[str, str], tuple[str, ...]] = {
    ("jrnl", "a.txt"): (
        "[2024-01-02 09:05] ^x",
        "[2024-01-02 09:05] a *b^x*\nwords",
        "[2024-01-02 09:05] t\n^x #tag^",
        "[2024^-01-02 09:05] t",
    ),
    ("rednotebook", "2024-05.txt"): (
        "^x",
        "1^: {text: x}",
        "1: {text: a^b}",
        "1:^{text: x}",
        "1: {Tags: {a^b: null}}",
    ),
    ("markdown", "2024-05-01.md"): (
        "---\ndate: 2024-05-01^x\n---\nWords.",
        "---\npeople: a^b\ntags: c^d\nmood: e^f\ntime: 10:00^x\n---\nWords ^x #tag^y",
        "---\n^\n---\nWords.",
    ),
    ("csv", "a.csv"): (
        "date^,text\n2024-05-01,a",
        f"{TABLE}2024-05-01^x,a^x,,,,",
        f'{TABLE}2024-05-01,a,"b^c","d^e",,',
        f'{TABLE}2024-05-01,a,,,"f^g","h^i"',
        f"{DAYLIO}2024-05-01,,,10:00,a^b,c^d,,",
        f"{DAYLIO}2024-05-01,,,10:00,,,e^f,g^h",
    ),
    ("jsonl", "a.jsonl"): ('{"text": "a~b", "date": "2024~x"}', '{"date":^"2024-05-01", "text": "a"}'),
    ("dayone", "a.json"): (
        '{"metadata":^{"version": "1.0"}, "entries": [{"uuid": "A", "creationDate": "2024-05-01T10:00:00Z"}]}',
        '{"metadata": {"a": "~"}, "entries": [{"creationDate": "2024-05-01T10:00:00Z", "text": "a~b"}]}',
    ),
    ("jrnl-json", "a.json"): (
        '{"tags":^{}, "entries": [{"title": "a~b", "body": "c~d", "date": "2024-05-01", "time": "10:00"}]}',
    ),
    ("tui-journal", "a.json"): (
        '{"version": 100,^"entries": [{"id": 1, "title": "a", "content": "c", "date": "2024-05-01T00:00:00Z"}]}',
        '[{"id": 1, "title": "a~b", "content": "c~d", "date": "2024-05-01T00:00:00Z"}]',
    ),
    ("rflect", "a.json"): (
        '[{"prompt":^{"question": "a"}, "content": {"body": "c"}, "metadata": {}}]',
        '[{"prompt": {"question": "a~b"}, "content": {"body": "c~d", "mood": "e~f"}, "metadata": {"created": "~"}}]',
    ),
    ("journal-tui", "a.json"): ('{"journal-tui":^1, "entries": []}', "[^"),
    ("dayone-classic", "a.doentry"): ("<plist><dict><key>Entry Text</key><string>a^b</string></dict></plist>",),
}
"""A format, the name of a file, and texts with places for the run: ``^``, or ``~`` where it stands as in JSON."""
CASES = [(form, name, place) for (form, name), places in PLACES.items() for place in places]


@pytest.mark.parametrize("name", ["a.txt", "2024-05-01.md", "2024-05.txt"])
def test_no_run_makes_looking_long(tmp_path: Path, name: str) -> None:
    for run in RUNS:
        path = tmp_path / name
        path.write_text(f"{run * (LENGTH // len(run))}x")
        found = open_place(path, Watch())
        begun = time.process_time()
        assert {row.name for row in FORMATS if isinstance(found, row.of) and row.recognises(found)} <= {"markdown"}
        assert time.process_time() - begun < SECONDS, f"{run!r}"


@pytest.mark.parametrize(("form", "name", "place"), CASES, ids=[f"{form}-{place[:40]}" for form, _, place in CASES])
def test_no_run_takes_long(tmp_path: Path, form: str, name: str, place: str) -> None:
    for run in RUNS:
        many = run * (LENGTH // len(run))
        path = tmp_path / name
        path.write_text(place.replace("~", json.dumps(many)[1:-1]).replace("^", many), "utf-8")
        found = open_place(path, Watch())
        begun = time.process_time()
        for row in FORMATS:
            if isinstance(found, row.of) and row.name == form:
                with suppress(JournalError):
                    row.recognises(found)
                    list(row.read(found))
        assert time.process_time() - begun < SECONDS, f"{run!r}"


@pytest.mark.parametrize(
    "function",
    [
        *(text.clean, text.clean_line, text.words, text.count_words, text.counted_words, text.sentences),
        *(text.query_words, text.mentions, text.hashtags, text.fold, lambda words: text.has_word(words, "x")),
    ],
)
def test_no_run_makes_words_long(function: Callable[[str], object]) -> None:
    for run in (*RUNS, "'a", "a.", "…", "@a", "#a", "。」", "\x1b", '"a'):
        words = f"a{run * (LENGTH // len(run))}x"
        begun = time.process_time()
        function(words)
        assert time.process_time() - begun < SECONDS, f"{run!r}"
