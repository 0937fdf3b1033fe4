"""Two programs on one folder, one of which sets or removes the passphrase; and odd files in the way."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal_tui.model import JournalError
from journal_tui.paths import find_paths
from journal_tui.session.session import Session
from journal_tui.store.folder import LogFolder
from journal_tui.store.storage import LogStorage
from journal_tui.store.vault import LockedError
from journal_tui.world import World, open_world
from tests.store.sample import entry

NOW = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
WORDS = "zebra marmalade"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    world(tmp_path).journal.add(entry("e1", "First."))
    return tmp_path


def world(home: Path, passphrase: str = "") -> World:
    found = open_world(find_paths(home, {}), lambda: NOW)
    if passphrase:
        found.unlock(passphrase)
    return found


def page(open: World, text: str) -> Session:
    session = open.begin(None)
    return session.write(text)


def holding(home: Path, words: str) -> list[str]:
    return [
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    ]


def test_words_written_while_the_passphrase_was_removed_are_kept(home: Path) -> None:
    world(home).set_passphrase("pw")
    screens = world(home, "pw")
    session = page(screens, "Begun.")
    screens.drafts.save(session)
    world(home, "pw").remove_passphrase()
    session = session.write(f"Begun. {WORDS}")
    screens.drafts.save(session)
    screens.drafts.release(session.id)
    ((draft,), troubles) = world(home).waiting()
    assert (WORDS in draft.word_text, troubles) == (True, [])
    screens.keep(session)
    assert [e.text for e in world(home).journal.entries()] == ["First.", f"Begun. {WORDS}"]
    assert world(home).journal.check().problems == ()


def test_words_written_while_a_passphrase_was_set_reach_no_disk_in_plain(home: Path) -> None:
    screens = world(home)
    session = page(screens, "Begun.")
    screens.drafts.save(session)
    world(home).set_passphrase("pw")
    with pytest.raises(LockedError):
        screens.drafts.save(session.write(WORDS))
    with pytest.raises(LockedError):
        screens.keep(session.write(WORDS))
    assert holding(home, WORDS) == holding(home, "Begun.") == []
    screens.unlock("pw")
    screens.keep(session.write(WORDS))
    assert holding(home, WORDS) == []
    assert [e.text for e in world(home, "pw").journal.entries()] == ["First.", WORDS]


def test_an_add_beside_while_the_folder_turns_is_not_acknowledged(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("journal_tui.store.journal.ADD_SECONDS", 0.05)
    world(home).set_passphrase("pw")
    other = world(home, "pw")
    remove = world(home, "pw")
    refused: list[str] = []
    forget_end = LogFolder.forget_end

    def at_the_end_of_a_log(storage: LogFolder, device: str) -> None:
        forget_end(storage, device)
        if isinstance(storage, LogStorage) and not refused:
            with pytest.raises(JournalError) as error:
                other.journal.add(entry("e2", "Beside."))
            refused.append(str(error.value))

    monkeypatch.setattr(LogFolder, "forget_end", at_the_end_of_a_log)
    remove.remove_passphrase()
    assert len(refused) == 1
    assert [e.text for e in world(home).journal.entries()] == ["First."]
    assert world(home).journal.check().problems == ()


@pytest.mark.parametrize(
    "odd",
    [
        "backups/journal-2026-99-99-999999-day.zip",
        "backups/notes.json",
        "quarantine/a.txt",
        "backups/journal-2026-01-01-000000-day.zip",
    ],
)
def test_an_odd_file_keeps_nobody_out(home: Path, odd: str) -> None:
    file = home / "data" / odd
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"\x89journal-tui sealed 1\n" + b"x" * 60 if odd.startswith("q") else b"e1 no zip")
    opened = world(home)
    opened.journal.add(entry("e2", "Second."))
    opened.journal.trash.erase(["e2"])
    opened.journal.add(entry("e3", "Third."))
    opened.set_passphrase("pw")
    assert [e.text for e in world(home, "pw").journal.entries()] == ["First.", "Third."]
    world(home, "pw").change_passphrase("new")
    assert not world(home, "new").journal.check().problems or odd.startswith("b")


def test_a_pipe_in_place_of_a_small_file_holds_nobody_up(home: Path) -> None:
    (head,) = (home / "data").glob("*.head")
    head.unlink()
    os.mkfifo(head)
    opened = world(home)
    opened.journal.add(entry("e2", "Second."))
    os.mkfifo(home / "data" / "journal.json")
    assert len(world(home).journal.entries()) == 2
    opened.journal.replace(replace(entry("e2", "Edited.")))
    with pytest.raises(JournalError, match="is not a file"):
        opened.journal.restore(head)


def test_an_open_edit_keeps_the_passphrase_from_being_set(home: Path) -> None:
    (home / "data" / "edit" / "x").mkdir(parents=True)
    with pytest.raises(JournalError, match="an edit is open"):
        world(home).set_passphrase("pw")
    assert not world(home).has_passphrase


def test_a_lost_vault_comes_back_beside_a_plain_log(home: Path) -> None:
    opened = world(home)
    opened.set_passphrase("pw")
    copy = opened.journal.backup()
    (home / "data" / "vault.json").unlink()
    (home / "data" / "other.log").write_text('{"prev":"0","vault":""}\n')
    assert world(home).restore(copy, lambda: "pw").brought == 0
    assert [e.text for e in world(home, "pw").journal.entries()] == ["First."]


def test_two_programs_that_restore_into_an_empty_folder_do_not_mix_their_keys(tmp_path: Path) -> None:
    copies = []
    for name in ("one", "two"):
        open = world(tmp_path / name)
        open.journal.add(entry(name, f"Of {name}."))
        open.set_passphrase(name)
        copies.append(open.journal.backup(tmp_path / f"{name}.zip"))
    new = tmp_path / "new"

    def meanwhile() -> str:
        world(new).restore(copies[0], lambda: "one")
        return "two"

    with pytest.raises(JournalError, match="meanwhile, nothing was changed: restore again"):
        world(new).restore(copies[1], meanwhile)
    open = world(new, "one")
    open.restore(copies[1], lambda: "two")
    assert {e.text for e in open.journal.entries()} == {"Of one.", "Of two."}
    assert open.journal.check().problems == ()


def test_two_programs_that_restore_the_same_backup_both_do(tmp_path: Path) -> None:
    first = world(tmp_path / "one")
    first.journal.add(entry("e1", "First."))
    first.set_passphrase("pw")
    copy = first.journal.backup(tmp_path / "copy.zip")
    new = tmp_path / "new"

    def meanwhile() -> str:
        world(new).restore(copy, lambda: "pw")
        return "pw"

    assert world(new).restore(copy, meanwhile).brought == 0
    assert [e.text for e in world(new, "pw").journal.entries()] == ["First."]
