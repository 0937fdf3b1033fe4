"""dnote's database. The sample has its tables, four notes, and one of them deleted."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import carry_out, plan
from journal_tui.exchange.dnote import LOCAL
from journal_tui.store.journal import Journal
from tests.conftest import MIDDLE_EUROPE

WRONG = "its time is not a number of nanoseconds since 1970"


@pytest.fixture(autouse=True)
def machine_in_middle_europe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", MIDDLE_EUROPE)
        time.tzset()
        yield
    time.tzset()


def test_notes_come_with_the_clock_that_dnote_shows_and_their_book(journal: Journal, samples: Path) -> None:
    result = plan(journal, samples / "dnote.db")
    assert [(e.day, e.moment and e.moment.isoformat(), e.text, e.tags) for e in result.entries] == [
        (date(2024, 3, 2), "2024-03-02T00:00:00.123456+01:00", "Slept well. #rest\n\nCalled Ana.", ("journal",)),
        (date(2024, 7, 3), "2024-07-03T11:46:40+02:00", "tar xzf unpacks", ("linux",)),
        (date(2024, 3, 2), "2024-03-02T01:00:00+01:00", "In no book.", ()),
    ]
    assert result.format.name == "dnote"
    assert result.left_out == ()
    assert result.notes == (LOCAL, "1 note deleted in dnote, and not brought in")


def test_twice_adds_nothing_and_more_adds_what_is_new(journal: Journal, samples: Path, tmp_path: Path) -> None:
    carry_out(journal, plan(journal, samples / "dnote.db"))
    assert plan(journal, samples / "dnote.db").already_there == 3
    path = changed(samples, tmp_path, "INSERT INTO notes VALUES ('x', 'b1', 'New.', 1720000000000000000, 0, 0, 0, 0)")
    longer = plan(journal, path)
    assert ([e.text for e in longer.entries], longer.already_there) == (["New."], 3)


def changed(samples: Path, folder: Path, statement: str) -> Path:
    path = folder / "dnote.db"
    shutil.copy(samples / "dnote.db", path)
    with closing(sqlite3.connect(path)) as made:
        made.execute(statement)
        made.commit()
    return path


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("added_on = 0", WRONG),
        ("added_on = -1", WRONG),
        ("added_on = 9223372036854775807", ""),
        ("added_on = 'yesterday'", WRONG),
        ("added_on = 1e300", WRONG),
        ("body = ' '", "it has no words"),
        ("body = x'4142'", "its words are not text"),
        ("book_uuid = 17", ""),
    ],
)
def test_a_note_that_does_not_fit_is_left_out(
    journal: Journal, samples: Path, tmp_path: Path, change: str, why: str
) -> None:
    result = plan(journal, changed(samples, tmp_path, f"UPDATE notes SET {change} WHERE uuid = 'n2'"))
    assert len(result.entries) == (2 if why else 3)
    assert [(piece.where, piece.why) for piece in result.left_out] == ([("note 2", why)] if why else [])
