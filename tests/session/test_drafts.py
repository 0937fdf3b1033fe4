"""Sessions on the disk: what was typed comes back, whatever happened in between."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.model import Answer, JournalError, Kind, Pack, Prompt, Quote
from journal_tui.session.drafts import Drafts, from_json, to_json
from journal_tui.session.session import Session
from journal_tui.session.steps import Reply
from tests.session.sample import DUE, PACK, STARTED, TODAY, WALKS, begin, full, walk

PACKS = {"p": PACK}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


@pytest.fixture
def drafts(folder: Path) -> Drafts:
    return Drafts(folder)


def again(session: Session, packs: dict[str, Pack] = PACKS) -> Session:
    """The session after a stop and a start of the program."""
    return from_json(json.loads(json.dumps(to_json(session))), packs)


# -- there and back --------------------------------------------------------------------------------


@given(WALKS, st.sampled_from(["full", "page"]))
def test_any_session_comes_back_as_it_was(steps: list[Any], kind: str) -> None:
    start = full() if kind == "full" else begin(pack=None, due=DUE[:1])
    session = walk(start, steps)
    back = again(session)
    assert [step.id for step in back.steps()] == [step.id for step in session.steps()]
    assert (back.step.id, dict(back.replies)) == (session.step.id, dict(session.replies))
    assert back.entry(STARTED) == session.entry(STARTED)
    assert (back.commitments(), back.outcomes()) == (session.commitments(), session.outcomes())


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\r\n\u202e\ud800"), max_size=50).filter(str.strip))
@example("an unpaired \ud800")
def test_any_words_come_back_exactly(text: str) -> None:
    assert again(begin("text").write(text)).entry(STARTED).answers[0].text == text


@given(WALKS)
def test_without_its_pack_every_word_comes_back(steps: list[Any]) -> None:
    session = walk(full(), steps)
    words = {a.prompt: (a.text, a.ask) for a in session.entry(STARTED).answers if a.text.strip()}
    for packs in ({}, {"p": replace(PACK, prompts=PACK.prompts[:2], closing=())}):
        back = again(session, packs)
        assert {a.prompt: (a.text, a.ask) for a in back.entry(STARTED).answers if a.text.strip()} == words
        for _ in back.steps():
            back = back.forward()
        assert back.is_finished


def test_a_follow_up_that_its_pack_no_longer_leads_to_comes_back() -> None:
    session = begin("text").write("sorry").forward().write("Because.")
    cut = replace(PACK, prompts=(replace(PACK.prompts[0], follow_ups=()), *PACK.prompts[1:]))
    assert Answer(text="Because.", prompt="p/sorry", ask="sorry?") in again(session, {"p": cut}).entry(STARTED).answers


# -- in a folder -----------------------------------------------------------------------------------


def test_nothing_is_made_by_asking(drafts: Drafts, folder: Path) -> None:
    assert drafts.waiting(PACKS) == ([], [])
    assert (drafts.edits(), drafts.edit_of("e1")) == ([], None)
    assert not folder.exists()


def test_a_draft_waits_until_it_is_removed(drafts: Drafts, folder: Path) -> None:
    session = begin("text").write("Words.")
    drafts.save(session)
    drafts.save(session.write("More words."))
    (waiting,), troubles = drafts.waiting(PACKS)
    assert (waiting.reply.text, troubles) == ("More words.", [])
    drafts.remove("s1")
    drafts.remove("s1")
    assert list(folder.iterdir()) == []


def test_the_latest_draft_comes_first(drafts: Drafts) -> None:
    for id in ("s2", "s3", "s1"):
        drafts.save(replace(full(), id=id, started=STARTED + timedelta(1)))
    assert [session.id for session in drafts.waiting(PACKS)[0]] == ["s3", "s2", "s1"]


def test_drafts_are_their_owners_alone(drafts: Drafts, folder: Path) -> None:
    before = os.umask(0)
    try:
        drafts.save(full())
        drafts.save_edit("e1", "text")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_draft_that_cannot_be_saved_is_told_and_the_one_before_stays(
    drafts: Drafts, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    session = begin("text").write("Before.")
    drafts.save(session)
    with monkeypatch.context() as broken:
        broken.setattr(os, step, fail)
        with pytest.raises(JournalError, match="your words are still on the screen"):
            drafts.save(session.write("After."))
        with pytest.raises(JournalError, match="still on the screen"):
            drafts.save_edit("e1", "After.")
    assert drafts.waiting(PACKS)[0][0].reply.text == "Before."
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".lock"]
    drafts.save(session.write("After."))
    assert drafts.waiting(PACKS)[0][0].reply.text == "After."


def test_a_crash_between_leaves_no_words_behind(drafts: Drafts, folder: Path) -> None:
    drafts.save(full())
    (folder / ".s1.json.0a1b2c3d.new").write_text("half a dra")
    assert len(drafts.waiting(PACKS)[0]) == 1
    drafts.remove("s1")
    assert list(folder.iterdir()) == []


GOOD = json.dumps(to_json(begin("text", due=DUE[:1]).write("Words.")))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        GOOD[: len(GOOD) // 2],
        "[]",
        "null",
        '"draft"',
        "{}",
        "\x00" * 100,
        "[" * 100_000,
        GOOD.replace('"format": 1', '"format": 2'),
        GOOD.replace('"format": 1', '"format": "1"'),
        GOOD.replace('"2026-03-11"', '"2026-02-30"'),
        GOOD.replace('"replies": {', '"replies": [{').replace("}}}", "}}]}"),
        GOOD.replace('"questions": [', '"questions": [7, '),
        GOOD.replace(
            '"replies": {',
            '"replies": {"rating": {"text": "", "choice": "x", "due": "", "skipped": false, '
            '"passed": false, "ask": ""}, ',
        ),
    ],
    ids=lambda content: content[:24],
)
def test_a_damaged_draft_is_told_and_left_as_it_is(drafts: Drafts, folder: Path, content: str) -> None:
    drafts.save(replace(full(), id="s2"))
    damaged = folder / "s1.json"
    damaged.write_text(content)
    sessions, troubles = drafts.waiting(PACKS)
    assert [session.id for session in sessions] == ["s2"]
    assert len(troubles) == 1
    why = "from a newer journal-tui" if '"format": 2' in content else "damaged"
    assert f"{damaged} is {why}" in troubles[0]
    assert "it is left as it is" in troubles[0]
    assert damaged.read_text() == content


@given(st.integers(0, len(GOOD)), st.sampled_from(['"', "{", "]", "9", "null", ""]))
def test_a_draft_changed_anywhere_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, put: str
) -> None:
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "s1.json").write_text(GOOD[:place] + put + GOOD[place + 1 :])
    sessions, troubles = Drafts(folder).waiting(PACKS)
    assert len(sessions) + len(troubles) == 1
    assert all(session.steps() for session in sessions)


# -- other processes -------------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from journal_tui.session.drafts import Drafts, from_json, to_json
from tests.session.sample import begin
drafts = Drafts(Path(sys.argv[1]))
drafts.save(begin("text").write("Theirs."))
print("saved", flush=True)
sys.stdin.read()
"""


def test_a_draft_open_elsewhere_is_not_offered_until_that_process_dies(drafts: Drafts, folder: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(folder)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "saved\n"
        assert drafts.waiting(PACKS) == ([], [])
        with pytest.raises(JournalError, match="the draft cannot be saved"):
            drafts.save(begin("text").write("Mine."))
        other.kill()
        other.wait()
        assert [session.reply.text for session in drafts.waiting(PACKS)[0]] == ["Theirs."]
        drafts.save(begin("text").write("Mine."))
    assert drafts.waiting(PACKS)[0][0].reply == Reply(text="Mine.")


def test_a_draft_let_go_is_offered_to_others(drafts: Drafts, folder: Path) -> None:
    drafts.save(full())
    assert drafts.waiting(PACKS)[0]
    assert not Drafts(folder).waiting(PACKS)[0]
    drafts.release("s1")
    assert Drafts(folder).waiting(PACKS)[0]


# -- changes to entries ----------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\r\n\ud800")))
@example("an unpaired \ud800")
def test_an_unfinished_change_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("drafts"))
    drafts.save_edit("e2", text)
    drafts.save_edit("e1", "other")
    assert (drafts.edit_of("e2"), drafts.edits()) == (text, ["e1", "e2"])
    drafts.remove_edit("e2")
    drafts.remove_edit("e2")
    assert (drafts.edit_of("e2"), drafts.edits()) == (None, ["e1"])


def test_a_draft_outlives_its_pack_with_all_that_was_chosen_and_promised() -> None:
    plan = Prompt(id="p/plan", ask="plan?", kind=Kind.PROMISE)
    pack = replace(PACK, prompts=(*PACK.prompts, plan))
    session = replace(begin("choice", pack=pack), questions=(pack.prompts[1], plan))
    session = session.choose("c").forward().promise("Call Ana", "friday").forward()
    moved = next(step for step in session.steps() if step.id == "p/settled")
    session = replace(session, at=moved.id).choose("b").forward()
    back = from_json(json.loads(json.dumps(to_json(session))), {})
    assert back.pillar is PACK.pillar
    assert back.commitments() == session.commitments()
    assert {(a.choice, a.signals) for a in back.entry(STARTED).answers} == {
        (a.choice, a.signals) for a in session.entry(STARTED).answers
    }


def test_erased_entries_leave_the_drafts(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    quote = Quote(text="erased words", entry="old1", day=TODAY)
    drafts.save(replace(begin("text", due=DUE), quotes={"p/text": quote}, at="p/text").write("Mine."))
    drafts.release("s1")
    assert drafts.forget(["old1"]) == 0
    [path] = tmp_path.glob("*.json")
    assert "erased words" not in path.read_text()
    assert "Promise 1" not in path.read_text()
    assert "Promise 2" in path.read_text()
    [back], _ = drafts.waiting({"p": PACK})
    assert back.word_text == "Mine."
    assert drafts.forget(["s1"]) == 0
    assert not list(tmp_path.glob("*.json"))
