"""Drafts of an encrypted journal: no words on the disk, and nothing lost where the key is missing."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import JournalError
from journal_tui.session.drafts import Drafts
from journal_tui.store.vault import Key
from tests.session.sample import PACK, WALKS, begin, full, walk

PACKS = {"p": PACK}
KEY, OTHER = Key(b"k" * 32), Key(b"o" * 32)
WORDS = "Said yes where I meant no."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One draft and one unfinished change, sealed."""
    folder = tmp_path / "drafts"
    drafts = Drafts(folder, KEY)
    drafts.save(begin("text").write(WORDS))
    drafts.release("s1")
    drafts.save_edit("e1", WORDS)
    return folder


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(WALKS)
def test_any_session_comes_back_through_the_box(tmp_path_factory: pytest.TempPathFactory, steps: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    session = walk(full(), steps)
    drafts = Drafts(folder, KEY)
    drafts.save(session)
    drafts.release(session.id)
    ((back,), troubles) = Drafts(folder, KEY).waiting(PACKS)
    assert (back.replies, back.at, troubles) == (session.replies, session.at, [])
    assert Drafts(folder, KEY).take(session.id, PACKS).replies == session.replies


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\r\n\ud800")))
def test_any_unfinished_change_comes_back_through_the_box(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("drafts"), KEY)
    drafts.save_edit("e1", text)
    assert (drafts.edit_of("e1"), drafts.edits()) == (text, ["e1"])
    drafts.remove_edit("e1")
    assert drafts.edits() == []


def test_no_words_are_on_the_disk(folder: Path) -> None:
    assert held(folder).keys() == {"s1.json", "e1.edit"}
    for content in held(folder).values():
        assert content.startswith(b"\x89journal-tui sealed 1\n")
        assert not any(word in content for word in (b"yes", b"text", b"2026", b"questions"))


def test_plain_drafts_are_read_and_sealed_when_they_are_saved(tmp_path: Path) -> None:
    plain = Drafts(tmp_path)
    plain.save(begin("text").write(WORDS))
    plain.release("s1")
    plain.save_edit("e1", WORDS)
    drafts = Drafts(tmp_path, KEY)
    assert drafts.waiting(PACKS)[0][0].reply.text == WORDS
    assert drafts.edit_of("e1") == WORDS
    drafts.save(drafts.take("s1", PACKS).write("More."))
    drafts.save_edit("e1", "More.")
    assert not [name for name, content in held(tmp_path).items() if b"Said" in content or b"More" in content]


@pytest.mark.parametrize("key", [None, OTHER], ids=["no key", "another key"])
def test_without_its_key_a_draft_is_told_and_left(folder: Path, key: Key | None) -> None:
    before = held(folder)
    drafts = Drafts(folder, key)
    sessions, (trouble,) = drafts.waiting(PACKS)
    assert sessions == []
    assert trouble.startswith(f"the draft {folder / 's1.json'} does not open (")
    assert trouble.endswith("it is left as it is")
    with pytest.raises(JournalError, match="this draft does not open"):
        drafts.take("s1", PACKS)
    assert drafts.edit_of("e1") is None
    assert held(folder) == before


@pytest.mark.parametrize("key", [None, OTHER], ids=["no key", "another key"])
def test_a_new_change_is_not_written_over_one_that_does_not_open(folder: Path, key: Key | None) -> None:
    before = held(folder)["e1.edit"]
    drafts = Drafts(folder, key)
    drafts.take_edit("e1")
    drafts.save_edit("e1", "New.")
    drafts.remove_edit("e1")
    drafts.release_edit("e1")
    assert before in held(folder).values()
    assert drafts.edits() == []


def test_a_change_that_cannot_be_set_aside_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    before = held(folder)
    drafts = Drafts(folder)
    with monkeypatch.context() as broken:
        broken.setattr(os, "rename", fail)
        with pytest.raises(JournalError, match=r"^[^\n]*e1\.edit cannot be set aside \([^\n]*$"):
            drafts.take_edit("e1")
    assert held(folder) == before
    drafts.take_edit("e1")  # the hold was let go


def test_a_change_that_opens_is_not_set_aside(folder: Path) -> None:
    drafts = Drafts(folder, KEY)
    drafts.take_edit("e1")
    assert drafts.edit_of("e1") == WORDS
