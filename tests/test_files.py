"""Files that are private and never half written, and the folders they lie in."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journal_tui.files import locked, remove_leftovers, write_private
from journal_tui.model import JournalError
from journal_tui.paths import bundled_packs, find_paths, make_private


@pytest.fixture
def wide_open() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# -- writing ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("wide_open")
def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "f"
    write_private(file, b"one")
    assert (file.read_bytes(), mode(file)) == (b"one", 0o600)
    file.chmod(0o644)
    write_private(file, b"two")
    assert (file.read_bytes(), mode(file)) == (b"two", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_under_a_strict_umask_the_owner_can_still_read(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        write_private(tmp_path / "f", b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "f") == 0o600


def test_a_reader_keeps_the_old_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "f"
    write_private(file, b"old words")
    with file.open("rb") as reader:
        write_private(file, b"new")
        assert reader.read() == b"old words"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("step", ["open", "fchmod", "fsync", "replace"])
def test_a_write_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    file = tmp_path / "f"
    write_private(file, b"old")

    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(os, step, fail)
        with pytest.raises(OSError, match=os.strerror(number)):
            write_private(file, b"new")
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    write_private(tmp_path / "f", b"new")
    assert (tmp_path / "f").read_bytes() == b"new"


def test_the_words_are_on_the_disk_before_they_take_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, rename = os.fsync, os.replace

    def fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def replace(*args: Any, **fields: Any) -> None:
        done.append("rename")
        rename(*args, **fields)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_private(tmp_path / "f", b"words")
    assert done == ["file", "rename", "folder"]


def test_leftovers_of_a_crash_are_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in ("f", ".f.0a1b2c3d.new", ".g.0a1b2c3d.new", "f.new", ".f.old"):
        (tmp_path / name).write_text("")
    remove_leftovers(tmp_path / "f")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".f.old", ".g.0a1b2c3d.new", "f", "f.new"]


# -- locks -----------------------------------------------------------------------------------------

HOLD = "import sys, time; from pathlib import Path; from journal_tui.files import locked\n"
HOLD += "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"


def test_a_lock_is_held_against_another_process_until_it_dies(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(JournalError, match=r"another journal-tui is still writing in .*: wait"), locked(lock, 0.1):
            pass
        other.kill()
        with locked(lock, 10):
            pass


def test_a_lock_is_free_after_an_error(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="inside"), locked(tmp_path / "lock", 0):
            raise ValueError("inside")


@pytest.mark.parametrize("in_the_way", ["folder", "link"])
def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path, in_the_way: str) -> None:
    lock, other = tmp_path / "lock", tmp_path / "other"
    if in_the_way == "folder":
        lock.mkdir()
    else:
        lock.symlink_to(other)
    with pytest.raises(JournalError, match=r"cannot write in .*: make the folder writable"), locked(lock):
        pass
    assert not other.exists()


# -- folders ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("wide_open")
def test_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    made = tmp_path / "a" / "b"
    make_private(made)
    assert mode(made) == 0o700
    made.chmod(0o755)
    make_private(made)
    assert mode(made) == 0o700


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_where_a_folder_is_needed_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "f").write_text("mine")
    with pytest.raises(JournalError, match="/f") as error:
        make_private(tmp_path / "f" / below)
    assert "--home" in str(error.value)
    assert (tmp_path / "f").read_text() == "mine"


def test_everything_lies_under_a_given_home(tmp_path: Path) -> None:
    given = find_paths(tmp_path / "given", {"JOURNAL_TUI_HOME": "/elsewhere"})
    assert given == find_paths(None, {"JOURNAL_TUI_HOME": str(tmp_path / "given")})
    for path in (given.vault, given.drafts, given.packs, given.settings):
        assert path.is_relative_to(tmp_path / "given")
    assert not (tmp_path / "given").exists()


def test_without_one_everything_lies_where_the_system_says(hermetic: Path) -> None:
    paths = find_paths(None, {})
    assert paths.vault == hermetic / ".local/share/journal-tui/vault.json"
    assert paths.settings == hermetic / ".config/journal-tui/settings.yaml"


def test_our_packs_are_found() -> None:
    assert (bundled_packs() / "trust.yaml").is_file()
