"""Databases of other programs: what lies beside them, and what is put into them to do harm."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import plan
from journal_tui.model import JournalError, UsageError
from journal_tui.store.journal import Journal

ENTRIES = "CREATE TABLE entries (id INTEGER PRIMARY KEY, title, date, content)"
ROW = "INSERT INTO entries(title, date, content) VALUES (?, '2024-05-01', '')"
DAMAGED = "is a damaged database"


def database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as made:
        for statement in statements:
            made.execute(statement)
        made.commit()
    return path


def texts(journal: Journal, path: Path) -> list[str]:
    return [entry.text for entry in plan(journal, path).entries]


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_the_source_is_read_and_left_as_it_is(journal: Journal, tmp_path: Path, mode: str) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    path = database(folder / "a b?#%.db", f"PRAGMA journal_mode = {mode}", ENTRIES, ROW.replace("?", "'Kept'"))
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(folder.iterdir()))
    assert texts(journal, path) == ["Kept"]
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(folder.iterdir())) == before


def test_words_that_are_still_in_the_log_are_read(journal: Journal, tmp_path: Path) -> None:
    path, moved = tmp_path / "live.db", tmp_path / "moved.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode = wal")
        made.execute(ENTRIES)
        made.execute(ROW, ["In the log"])
        made.commit()
        assert b"In the log" not in path.read_bytes()
        # While its program has it open, and as a crash leaves it.
        assert texts(journal, path) == ["In the log"]
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", f"{moved}{ending}")
    log = Path(f"{moved}-wal").read_bytes()
    assert texts(journal, moved) == ["In the log"]
    assert Path(f"{moved}-wal").read_bytes() == log


def test_a_change_that_was_never_finished_is_told(journal: Journal, tmp_path: Path) -> None:
    path = database(tmp_path / "old.db", ENTRIES, ROW.replace("?", "'T'"))
    journal_beside = Path(f"{path}-journal")
    journal_beside.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(600))
    with pytest.raises(JournalError, match="was left in the middle of a change: open it once in its own program"):
        plan(journal, path)
    journal_beside.write_bytes(bytes(600))
    assert texts(journal, path) == ["T"]


@pytest.mark.parametrize("name", ["tui-journal.db", "dnote.db"])
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_in_an_archive_is_read_in_memory(
    journal: Journal, samples: Path, tmp_path: Path, name: str, mode: str
) -> None:
    shutil.copy(samples / name, tmp_path / name)
    database(tmp_path / name, f"PRAGMA journal_mode = {mode}")
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.write(tmp_path / name, name)
    assert texts(journal, tmp_path / "packed.zip") == texts(journal, samples / name)


def test_text_that_is_none_leaves_out_its_entry_alone(journal: Journal, tmp_path: Path) -> None:
    path = database(
        tmp_path / "old.db",
        ENTRIES,
        ROW.replace("?", "'good'"),
        ROW.replace("?", "CAST(x'ff41' AS TEXT)"),
        ROW.replace("?", "x'4142'"),
        ROW.replace("?", "17"),
    )
    result = plan(journal, path)
    assert [e.text for e in result.entries] == ["good"]
    assert {piece.why for piece in result.left_out} == {"its title or content is not text"}
    assert [piece.where for piece in result.left_out] == ["entry 2", "entry 3", "entry 4"]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, i AS title, i AS date"


@pytest.mark.parametrize(
    "statement",
    [
        f"CREATE VIEW entries AS {ENDLESS}, i AS content FROM n",
        "CREATE VIRTUAL TABLE entries USING fts5(id, title, date, content)",
        "CREATE TABLE entries (id, title, date)",
        "CREATE TABLE other (id, title, date, content)",
    ],
)
def test_only_a_plain_table_with_its_columns_is_looked_into(journal: Journal, tmp_path: Path, statement: str) -> None:
    with pytest.raises(JournalError, match="is not a text file"):
        plan(journal, database(tmp_path / "old.db", statement))
    with pytest.raises(JournalError, match="is no database of dnote"):
        plan(journal, tmp_path / "old.db", "dnote")


def test_what_a_database_would_work_out_is_not(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    work = "hex(zeroblob(10))"  # as well of millions
    database(path, f"CREATE TABLE entries (id INTEGER PRIMARY KEY, title, date, content AS ({work}) VIRTUAL)")
    database(path, "INSERT INTO entries(title, date) VALUES ('T', '2024-05-01')")
    with pytest.raises(JournalError, match="is not a text file"):
        plan(journal, path)


def test_pages_in_a_circle_do_not_give_rows_for_ever(journal: Journal, tmp_path: Path) -> None:
    """A page of the tree whose children are all one: more words than the file has bytes."""
    path = database(tmp_path / "old.db", "PRAGMA page_size = 512", ENTRIES)
    with closing(sqlite3.connect(path)) as made:
        made.executemany(ROW, [["word " * 1000]] * 4 + [["word"]] * 300)
        made.commit()
        [(root,)] = made.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries'")
    content = bytearray(path.read_bytes())
    page = (root - 1) * 512
    assert content[page] == 5, "an inner page of a table"
    cells = int.from_bytes(content[page + 3 : page + 5], "big")
    places = [int.from_bytes(content[page + 12 + 2 * n : page + 14 + 2 * n], "big") for n in range(cells)]
    child = content[page + places[0] : page + places[0] + 4]
    for place in places:
        content[page + place : page + place + 4] = child
    content[page + 8 : page + 12] = child
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as made:
        assert sum(len(title) for (title,) in made.execute("SELECT title FROM entries")) > len(content)
    with pytest.raises(JournalError, match=DAMAGED):
        plan(journal, path)


@pytest.mark.parametrize("kept", [16, 100, 600, 3000])
def test_a_database_cut_short_is_one_line(journal: Journal, samples: Path, tmp_path: Path, kept: int) -> None:
    path = tmp_path / "cut.db"
    path.write_bytes((samples / "dnote.db").read_bytes()[:kept])
    with pytest.raises(JournalError, match=f"cut.db {DAMAGED}") as caught:
        plan(journal, path)
    assert "\n" not in str(caught.value)


def test_too_large_a_database_in_an_archive_is_refused(journal: Journal, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive, archive.open("big.db", "w") as big:
        big.write(b"SQLite format 3\0")
        for _ in range(51):
            big.write(bytes(1_000_000))
    with pytest.raises(JournalError, match="is larger than 50 MB: unpack it"):
        plan(journal, tmp_path / "packed.zip")


def test_a_text_file_is_no_database(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "words"
    path.write_text("Dear diary.")
    with pytest.raises(UsageError, match="is in no format known here"):
        plan(journal, path)
    with pytest.raises(JournalError, match="is no database of dnote"):
        plan(journal, path, "dnote")
