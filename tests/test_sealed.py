"""Small files that may be sealed, and whole folders of them turned there and back."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import JournalError
from journal_tui.sealed import MAGIC, SealError, is_sealed, seal_files, unseal_files, unwrap, wrap
from journal_tui.store.vault import Key

KEY, OTHER = Key(b"k" * 32), Key(b"o" * 32)
WORDS = "Said yes where I meant no."
FILES = {
    "s1.json": b'{"text": "Said yes where I meant no."}',
    "e1.edit": WORDS.encode(),
    "entry.md": f"# Day\n{WORDS}\n".encode(),
    "notes.txt": b"",
}
BESIDE = {"s1.lock": b"", "picture.png": b"\x89PNG"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    for name, content in (FILES | BESIDE).items():
        (folder / name).write_bytes(content)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def assert_sealed(folder: Path) -> None:
    assert held(folder).keys() == (FILES | BESIDE).keys()
    assert {name: unwrap(held(folder)[name], name, KEY) for name in FILES} == FILES
    assert all(is_sealed(held(folder)[name]) for name in FILES)
    assert not any(WORDS.encode() in content for content in held(folder).values())


# -- one file --------------------------------------------------------------------------------------


@given(st.binary(), st.text(), st.text())
def test_a_file_opens_under_its_own_name(content: bytes, name: str, other: str) -> None:
    sealed = wrap(content, name, KEY)
    assert is_sealed(sealed)
    assert unwrap(sealed, name, KEY) == content
    wrong = [(name, OTHER), (name, None), *([(other, KEY)] if other != name else [])]
    for known_as, key in wrong:
        with pytest.raises(SealError):
            unwrap(sealed, known_as, key)


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x89\ud800")))
def test_words_are_never_taken_for_a_box(text: str) -> None:
    for words in (text, f"{MAGIC.decode('latin-1')}{text}", f"journal-tui sealed 1\n{text}"):
        content = words.encode("utf-8", "surrogatepass")
        assert wrap(content, "e1.edit", None) == content
        assert unwrap(content, "e1.edit", None) == unwrap(content, "e1.edit", KEY) == content


def test_a_sealed_file_that_was_changed_does_not_open() -> None:
    sealed = wrap(b"words", "f", KEY)
    for length in range(len(MAGIC), len(sealed)):
        with pytest.raises(SealError):
            unwrap(sealed[:length], "f", KEY)


# -- whole folders ---------------------------------------------------------------------------------


def test_folders_are_sealed_and_come_back(folder: Path) -> None:
    missing = folder.parent / "missing"
    seal_files([missing, folder], KEY)
    assert_sealed(folder)
    assert {name: held(folder)[name] for name in BESIDE} == BESIDE
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in FILES} == {0o600}
    once = held(folder)
    seal_files([folder], KEY)
    assert held(folder) == once
    assert unseal_files([missing, folder], KEY) == []
    assert held(folder) == FILES | BESIDE
    assert unseal_files([folder], KEY) == []
    assert not missing.exists()


def test_leftovers_go_and_links_and_folders_stay(folder: Path) -> None:
    (folder / ".s1.json.0a1b2c3d.new").write_text(WORDS)
    elsewhere = folder.parent / "elsewhere.md"
    elsewhere.write_text("mine")
    (folder / "link.md").symlink_to(elsewhere)
    (folder / "inner.md").mkdir()
    seal_files([folder], KEY)
    assert elsewhere.read_text() == "mine"
    assert (folder / "link.md").is_symlink()
    (folder / "link.md").unlink()
    (folder / "inner.md").rmdir()
    assert_sealed(folder)


def test_a_file_with_a_name_that_is_no_text_is_sealed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.md")
    try:
        path.write_text(WORDS)
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    seal_files([tmp_path], KEY)
    assert is_sealed(path.read_bytes())
    unseal_files([tmp_path], KEY)
    assert path.read_text() == WORDS


def test_what_does_not_open_is_named_and_left(folder: Path) -> None:
    seal_files([folder], KEY)
    foreign = wrap(b"theirs", "entry.md", OTHER)
    (folder / "entry.md").write_bytes(foreign)
    assert unseal_files([folder], KEY) == [folder / "entry.md"]
    assert held(folder) == FILES | BESIDE | {"entry.md": foreign}


def fail_always(*_: Any, **__: Any) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("sealing", [True, False])
def test_stopped_at_any_step_every_file_is_whole_and_it_can_be_done_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, sealing: bool
) -> None:
    if not sealing:
        seal_files([folder], KEY)
    start = folder.rename(folder.with_name("start"))
    real = getattr(os, step)
    for last in range(1, 100):
        shutil.copytree(start, folder)
        left = last

        def fail(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                fail_always()
            return real(*arguments, **named)

        told = ""
        with monkeypatch.context() as broken:
            broken.setattr(os, step, fail)
            broken.setattr(os, "unlink", fail_always)  # as when it is killed, nothing is cleared away
            try:
                seal_files([folder], KEY) if sealing else unseal_files([folder], KEY)
            except JournalError as error:
                told = str(error)
        now = held(folder)
        assert "\n" not in told
        assert ("is as it was" in told) or left > 0 or now.keys() == (FILES | BESIDE).keys()
        assert {name: unwrap(now[name], name, KEY) for name in FILES} == FILES
        seal_files([folder], KEY)
        assert_sealed(folder)
        shutil.rmtree(folder)
        if left > 0:
            break
    assert last > 2
