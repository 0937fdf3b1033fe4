"""``backup``, ``restore`` and ``check``."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.cli.command_line import Cli
from tests.cli.test_passphrase import answered

PASSPHRASE = "four walls of paper"


def texts(cli: Cli) -> set[str]:
    return {entry["text"] for entry in cli.entries()}


# -- backup ----------------------------------------------------------------------------------------


def test_a_backup_is_a_private_zip_and_its_path_is_printed(cli: Cli) -> None:
    cli.ok("add", "words")
    folder = cli.folder / "stick"
    folder.mkdir()
    for to in ([], ["--to", str(folder)], ["--to", str(cli.folder / "mine.zip")]):
        file = Path(cli.ok("backup", *to).out.rstrip("\n"))
        assert file.stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(file) as zip:
            assert zip.testzip() is None
            assert any(b"words" in zip.read(name) for name in zip.namelist())
        if to:
            assert file.is_relative_to(to[1])
        else:
            assert file.parent == cli.home / "data" / "backups"


def test_a_backup_that_cannot_be_written_is_one_line(cli: Cli) -> None:
    cli.ok("add", "words")
    (cli.folder / "there.zip").write_text("something else")
    assert "nowhere" in cli.refused("backup", "--to", "nowhere/mine.zip", code=1)
    assert "there.zip" in cli.refused("backup", "--to", "there.zip", code=1)
    assert (cli.folder / "there.zip").read_text() == "something else"


# -- restore ---------------------------------------------------------------------------------------


def test_restore_brings_back_what_was_and_keeps_what_is_new(cli: Cli) -> None:
    erased, deleted, edited = (cli.ok("add", text).id for text in ("erased", "deleted", "as it was"))
    file = cli.ok("backup", "--to", str(cli.folder / "mine.zip")).out.rstrip("\n")
    cli.ok("erase", erased, "--yes")
    cli.ok("delete", deleted)
    cli.ok("edit", edited, input="as it is")
    cli.ok("add", "written since")
    assert "2 entries changed. " in cli.ok("restore", file).out
    assert texts(cli) == {"deleted", "as it was", "written since"}
    cli.ok("undo")
    assert texts(cli) == {"as it is", "written since"}


def test_restoring_twice_changes_nothing(cli: Cli) -> None:
    cli.ok("add", "words")
    file = cli.ok("backup").out.rstrip("\n")
    before = cli.entries()
    assert "nothing was changed" in cli.ok("restore", file).out
    assert cli.entries() == before


def test_a_lost_folder_comes_back_from_its_backup(cli: Cli) -> None:
    for text in ("one", "two"):
        cli.ok("add", text)
    file = cli.ok("backup", "--to", str(cli.folder / "mine.zip")).out.rstrip("\n")
    shutil.rmtree(cli.home)
    assert "2 entries came back" in cli.ok("restore", file).out
    assert texts(cli) == {"one", "two"}


@pytest.fixture
def sealed_backup(cli: Cli) -> str:
    """A backup of an encrypted journal with one entry; the home is empty again."""
    secret = cli.secret(PASSPHRASE)
    cli.ok("add", "one")
    cli.ok("passphrase", "set", "--new-passphrase-file", secret)
    file = cli.ok("--passphrase-file", secret, "backup", "--to", str(cli.folder / "mine.zip")).out.rstrip("\n")
    shutil.rmtree(cli.home)
    return file


def test_an_encrypted_backup_in_an_empty_folder_stays_encrypted(cli: Cli, sealed_backup: str) -> None:
    assert "--backup-passphrase-file" in cli.refused("restore", sealed_backup, code=1)
    wrong = cli.secret("a lake in november", "other")
    assert "does not open" in cli.refused("--passphrase-file", wrong, "restore", sealed_backup, code=1)
    assert cli.files() == {}
    secret = cli.secret(PASSPHRASE)
    said = cli.ok("--passphrase-file", secret, "restore", sealed_backup).out.splitlines()
    assert said == [
        "1 entry came back. journal-tui undo takes it back.",
        "The journal has the passphrase of the backup now.",
    ]
    assert "passphrase" not in cli.ok("--passphrase-file", secret, "restore", sealed_backup).out
    assert [entry["text"] for entry in cli.ok("--passphrase-file", secret, "list", "--json").json] == ["one"]
    assert not any(b'"one"' in content for content in cli.files().values())


def test_an_encrypted_backup_in_a_plain_journal_leaves_it_plain(cli: Cli, sealed_backup: str) -> None:
    cli.ok("add", "two")
    before = cli.files()
    assert "--backup-passphrase-file" in cli.refused("restore", sealed_backup, code=1)
    wrong = cli.secret("a lake in november", "other")
    assert "does not open" in cli.refused("--passphrase-file", wrong, "restore", sealed_backup, code=1)
    assert cli.files() == before
    # The journal is not locked, so the passphrase given can only be the backup's.
    cli.ok("--passphrase-file", cli.secret(PASSPHRASE), "restore", sealed_backup)
    assert texts(cli) == {"one", "two"}


def test_a_backup_with_another_passphrase_than_the_journal(cli: Cli, sealed_backup: str) -> None:
    cli.ok("add", "two")
    other = cli.secret("a lake in november", "other")
    cli.ok("passphrase", "set", "--new-passphrase-file", other)
    both = ["--passphrase-file", other, "restore", sealed_backup]
    before = cli.files()
    assert "--backup-passphrase-file" in cli.refused(*both, code=1)
    assert cli.files() == before
    child = cli.spawn(*both)
    assert "1 entry came back" in answered(child, PASSPHRASE)
    cli.ok("--passphrase-file", other, "undo")
    assert "changed" in cli.ok(*both, "--backup-passphrase-file", cli.secret(PASSPHRASE)).out
    assert len(cli.ok("--passphrase-file", other, "list", "--json").json) == 2


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 cut"])
def test_what_is_no_backup_changes_nothing(cli: Cli, content: bytes) -> None:
    cli.ok("add", "words")
    before = cli.files()
    (cli.folder / "bad.zip").write_bytes(content)
    assert "bad.zip" in cli.refused("restore", "bad.zip", code=1)
    assert "nowhere.zip" in cli.refused("restore", "nowhere.zip", code=1)
    assert cli.files() == before


def test_a_damaged_backup_is_told_and_its_whole_entries_come_back_or_nothing_does(cli: Cli) -> None:
    cli.ok("add", "words")
    file = Path(cli.ok("backup", "--to", str(cli.folder / "mine.zip")).out.rstrip("\n"))
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    before = cli.entries()
    result = cli("restore", str(file))
    assert result.code in (0, 1)
    assert result.err.count("\n") <= 1
    assert cli.entries() == before


# -- check -----------------------------------------------------------------------------------------


def test_check_counts_what_it_read(cli: Cli) -> None:
    for text in ("one", "two"):
        cli.ok("add", text)
    cli.ok("backup")
    result = cli.ok("check")
    assert result.out.endswith("nothing is wrong.\n")
    assert "2 entries" in result.out
    found = cli.ok("check", "--json").json
    assert (found["entries"], found["problems"]) == (2, [])
    assert found["commits"] >= 2
    assert found["backups"] >= 1


def test_an_import_is_whole_to_check(cli: Cli) -> None:
    (cli.folder / "one.jsonl").write_text('{"date": "2025-01-01", "text": "one"}\n')
    cli.ok("import", "one.jsonl")
    assert "1 entry, 0 backups read: nothing is wrong" in cli.ok("check").out


def test_check_says_where_it_is_damaged_and_what_helps(cli: Cli) -> None:
    for text in ("first words", "second words", "third words"):
        cli.ok("add", text)
    [log] = (cli.home / "data").glob("*.log")
    log.write_bytes(log.read_bytes().replace(b"second", b"sXcond"))
    result = cli("check")
    assert result.code == 1
    lines = result.out.splitlines()
    assert any(log.name in line for line in lines)
    assert "wrong" in lines[-1]
    found = cli("check", "--json")
    assert found.code == 1
    for problem in found.json["problems"]:
        assert problem["where"]
        assert problem["what"]
        assert problem["help"]
    assert {"first words", "third words"} <= texts(cli)


def test_a_bar_for_a_person(cli: Cli) -> None:
    cli.ok("add", "one")
    assert "nothing is wrong" in cli.in_terminal("check")
