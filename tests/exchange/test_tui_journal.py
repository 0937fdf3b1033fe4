"""tui-journal's data file, export and database. The samples hold the same four entries."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import carry_out, plan
from journal_tui.model import JournalError
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]
NAMES = ("tui-journal.json", "tui-journal-export.json", "tui-journal.db")


@pytest.mark.parametrize("name", NAMES)
def test_days_words_and_tags_come_as_they_are(journal: Journal, samples: Path, name: str) -> None:
    result = plan(journal, samples / name)
    folder = () if name == "tui-journal-export.json" else ("2024/spring",)
    assert result.format.name == "tui-journal"
    assert [(e.day, e.moment, e.text, e.tags, e.rating) for e in result.entries] == [
        (
            date(2024, 3, 1),
            None,
            "A walk\n\nBy the river with Anna.\n\n  indented, 日本語 🙂",
            ("home", "quiet days", "priority/3", *folder),
            None,
        ),
        (date(2024, 3, 2), None, "Only a title", (), None),
        (date(2024, 3, 3), None, 'No title here. "quoted" \\ kept', (), None),
    ]
    assert [(piece.where, piece.why) for piece in result.left_out] == [("entry 4", "it has no words")]
    assert result.notes == ()


@pytest.mark.parametrize("first", NAMES)
@pytest.mark.parametrize("second", NAMES)
def test_the_same_journal_in_another_form_adds_nothing(
    journal: Journal, samples: Path, first: str, second: str
) -> None:
    carry_out(journal, plan(journal, samples / first))
    again = plan(journal, samples / second)
    assert (len(again.entries), again.already_there) == (0, 3)


def entry(**changes: object) -> dict[str, object]:
    return {"date": "2024-05-01T00:00:00Z", "title": "T", "content": "c", "tags": [], "priority": None} | changes


def export(*entries: object) -> str:
    return json.dumps({"version": 100, "entries": entries})


def test_a_longer_export_adds_what_is_new(journal: Journal, file: Write) -> None:
    carry_out(journal, plan(journal, file(export(entry()))))
    longer = plan(journal, file(export(entry(title="Before"), entry(), entry(title="After"))))
    assert ([e.text for e in longer.entries], longer.already_there) == (["Before\n\nc", "After\n\nc"], 1)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"date": None}, "its date is not written like"),
        ({"date": 17}, "its date is not written like"),
        ({"date": "0000-01-01T00:00:00Z"}, "its date is not written like"),
        ({"date": "+10000-01-01T00:00:00Z"}, "its date is not written like"),
        ({"title": 3}, "its title or content is not text"),
        ({"content": ["c"]}, "its title or content is not text"),
        ({"tags": "a"}, "its tags are not a list of words"),
        ({"folder": 3}, "its tags are not a list of words"),
        ({"priority": "high"}, "its priority is not a whole number"),
        ({"priority": 2**32}, "its priority is not a whole number"),
        ({"title": "", "content": ""}, "it has no words"),
    ],
)
def test_an_entry_that_does_not_fit_is_left_out(
    journal: Journal, file: Write, changes: dict[str, object], why: str
) -> None:
    result = plan(journal, file(export(entry(), entry(**changes), "none", entry())))
    assert [e.text for e in result.entries] == ["T\n\nc", "T\n\nc"]
    assert [piece.where for piece in result.left_out] == ["entry 2", "entry 3"]
    assert result.left_out[0].why.startswith(why)


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "2024-05-01T23:59:59.123456789Z"])
def test_a_date_is_a_day_and_is_never_converted(journal: Journal, file: Write, day: str) -> None:
    [only] = plan(journal, file(export(entry(date=day)))).entries
    assert (only.day, only.moment) == (date.fromisoformat(day[:10]), None)


def test_a_title_that_the_words_repeat_is_there_once(journal: Journal, file: Write) -> None:
    [only] = plan(journal, file(export(entry(title="T", content="# T\n\nand on")))).entries
    assert only.text == "# T\n\nand on"


def test_a_database_of_the_first_version_has_no_tags(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY NOT NULL, title TEXT, date DATE, content TEXT)")
        made.execute("INSERT INTO entries VALUES (7, 'T', '2024-05-01 00:00:00+00:00', NULL)")
    made.close()
    [only] = plan(journal, path).entries
    assert (only.day, only.text, only.tags) == (date(2024, 5, 1), "T", ())


def test_an_export_without_entries_is_told(journal: Journal, file: Write) -> None:
    with pytest.raises(JournalError, match="has no list of entries: export it from tui-journal again"):
        plan(journal, file('{"version": 100}'), "tui-journal")
