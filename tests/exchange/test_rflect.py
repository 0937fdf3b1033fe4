"""rflect: one entry, a list, lines, a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import carry_out, plan
from journal_tui.model import Entry, JournalError, Pillar
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]


def facts(found: Entry) -> tuple[object, ...]:
    [answer] = found.answers
    moment = found.moment.isoformat() if found.moment else None
    return found.day, moment, answer.ask, answer.text, found.tags, found.pillar, found.rating


SAMPLE = [
    (
        date(2024, 3, 1),
        "2024-03-01T23:10:22.512000-05:00",
        "What did you learn about trust?",
        "I said what I would do, and did it.",
        ("work", "promise", "mood/very-calm"),
        Pillar.TRUST,
        None,
    ),
    (
        date(2024, 7, 15),
        "2024-07-15T09:05:59+02:00",
        "What went well today?",
        'The garden, and "prompt": {} in the words.',
        ("gratitude", "mood/tired"),
        None,
        None,
    ),
]


@pytest.fixture
def entries(samples: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((samples / "rflect.json").read_bytes())
    return found


@pytest.mark.parametrize("name", ["rflect.json", "rflect", "rflect/entries"])
def test_entries_come_with_their_question_and_mood(journal: Journal, samples: Path, name: str) -> None:
    result = plan(journal, samples / name)
    assert [facts(found) for found in result.entries] == SAMPLE
    assert (result.format.name, result.left_out, result.notes) == ("rflect", (), ())
    carry_out(journal, result)
    assert [facts(found) for found in journal.entries()] == SAMPLE
    assert plan(journal, samples / "rflect.json").already_there == 2


def test_one_entry_and_an_entry_a_line(journal: Journal, file: Write, entries: list[dict[str, object]]) -> None:
    one = plan(journal, file(json.dumps(entries[0], indent=2)))
    assert [facts(found) for found in one.entries] == SAMPLE[:1]
    carry_out(journal, one)
    lines = plan(journal, file("\n".join(json.dumps(entry) for entry in entries) + "\n{cut\n"))
    assert [facts(found) for found in lines.entries] == SAMPLE[1:]
    assert lines.already_there == 1
    assert [(piece.where, piece.why) for piece in lines.left_out] == [("line 3", "it is no entry of rflect")]


def test_other_files_of_its_folder_are_told(journal: Journal, tmp_path: Path, entries: list[object]) -> None:
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "a.json").write_text(json.dumps(entries[0]))
    (tmp_path / "entries" / "b.json").write_text('{"prompt": {}, "content": {"body": "cut')
    (tmp_path / "config.json").write_text('{"user": {"name": "A"}}')
    result = plan(journal, tmp_path)
    assert [facts(found) for found in result.entries] == SAMPLE[:1]
    assert [piece.where for piece in result.left_out] == ["config.json", "entries/b.json"]
    assert result.left_out[0].why == "it is no entry of rflect"
    assert result.left_out[1].why.startswith("it is no whole JSON")


@pytest.mark.parametrize(
    ("timestamp", "created", "moment"),
    [
        ("03-01-2024-2310", "2024-03-01T17:40:10Z", "2024-03-01T23:10:10+05:30"),
        ("03-01-2024-2310", "2024-03-01T23:10:10Z", "2024-03-01T23:10:10+00:00"),
        ("03-01-2024-2310", None, "2024-03-01T23:10:00"),
        ("03-01-2024-2310", "yesterday", "2024-03-01T23:10:00"),
        ("03-01-2024-2310", "2024-03-09T17:40:10Z", "2024-03-01T23:10:00"),
        ("03-01-2024-2310", "2024-03-01T23:03:10Z", "2024-03-01T23:10:00"),
        (None, "2024-03-01T17:40:10Z", "2024-03-01T17:40:10+00:00"),
        ("soon", "2024-03-01T17:40:10Z", "2024-03-01T17:40:10+00:00"),
        (None, None, None),
    ],
)
def test_two_clocks_tell_the_zone(
    journal: Journal, file: Write, timestamp: str | None, created: str | None, moment: str | None
) -> None:
    metadata = {"timestamp": timestamp, "created": created}
    [found] = plan(journal, file(json.dumps({"prompt": {}, "content": {"body": "x"}, "metadata": metadata}))).entries
    assert (found.moment.isoformat() if found.moment else None) == moment
    assert found.day == (date.fromisoformat(moment[:10]) if moment else None)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"content": {"body": " "}}, "it has no words"),
        ({"content": {"body": 7}}, "its words are not in quotes"),
        ({"content": {"body": "x", "tags": "a"}}, "its tags are not a list of words"),
        ({"content": "x"}, "it is no entry of rflect"),
        ({"metadata": {"timestamp": "13-01-2024-2310"}}, "its time is written neither like"),
        ({"metadata": {"created": "0000-01-01T00:00:00Z"}}, "its time is written neither like"),
        ({"metadata": {"created": "0001-01-01T00:00:00+05:00"}}, "its time is written neither like"),
        ({"metadata": {"created": 10**300}}, "its time is written neither like"),
    ],
)
def test_an_entry_that_does_not_fit_is_left_out(
    journal: Journal, file: Write, entries: list[dict[str, object]], changes: dict[str, object], why: str
) -> None:
    result = plan(journal, file(json.dumps([entries[0], entries[1] | changes, None, entries[1]])))
    assert [facts(found) for found in result.entries] == SAMPLE
    assert [piece.where for piece in result.left_out] == ["entry 2", "entry 3"]
    assert result.left_out[0].why.startswith(why)


def test_what_may_be_missing_or_odd(journal: Journal, file: Write) -> None:
    content = {"body": "x", "mood": 3, "tags": None}
    odd = {"prompt": {"question": None, "category": " Win-Win "}, "content": content, "metadata": "none"}
    [found] = plan(journal, file(json.dumps([odd]))).entries
    assert facts(found) == (None, None, "", "x", ("mood/3",), Pillar.WIN_WIN, None)


def test_no_json_is_told(journal: Journal, file: Write) -> None:
    with pytest.raises(JournalError, match="is no whole JSON"):
        plan(journal, file('[{"prompt": {}, "content": {"body": "cut'))
