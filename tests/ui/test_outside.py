"""The page in the writer's own editor: what comes back, what does not, and what is left behind."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from journal_tui import editor
from journal_tui.editor import Workplace, place_for_files
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Edit
from journal_tui.ui.screens.edit import EditScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World

from .conftest import TODAY, entry
from .golden import said, settle

OpenApp = Callable[[], JournalApp]
SetEditor = Callable[[str], None]


@pytest.fixture
def set_editor(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetEditor:
    """Makes the editor of the settings run this Python on the file `path`."""
    # The tests' terminal is none, and can be lent to anybody.
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)

    def make(script: str) -> None:
        program = tmp_path / "editor.py"
        program.write_text(f"import os, sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{script}\n")
        world.settings = replace(world.settings, editor=f"{sys.executable} {program}")

    return make


def page(app: JournalApp) -> Page:
    return app.screen.query_one(Page)


async def written(pilot: Pilot[Closed], text: str) -> None:
    """A free page with `text` on it."""
    await settle(pilot)
    await pilot.press("f")
    await settle(pilot)
    pilot.app.screen.query_one(Page).fill(text)


def files_of_editors(world: World) -> list[Path]:
    return [path for path in world.paths.edits.rglob("*") if path.is_file()]


async def test_what_the_editor_saves_takes_the_place_of_the_page_and_can_be_undone(
    world: World, open_app: OpenApp, set_editor: SetEditor
) -> None:
    drafts = world.paths.drafts
    set_editor(f"""
assert path.read_text() == "half a thought\\n"
assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
assert path.is_relative_to({str(world.paths.edits)!r})
[draft] = Path({str(drafts)!r}).glob("*.json")
path.write_text("a whole thought\\nand another\\n")
assert "half a thought" in draft.read_text() and "whole" not in draft.read_text()
path.with_name("entry.md~").write_text("an editor's own copy")
""")
    app = open_app()
    async with app.run_test() as pilot:
        await written(pilot, "half a thought")
        await pilot.press("f2")
        assert page(app).text == "a whole thought\nand another", said(app)
        assert list(world.paths.edits.iterdir()) == []
        await pilot.press("ctrl+z")
        assert page(app).text == "half a thought"
        await pilot.press("ctrl+y", "ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[0].text == "a whole thought\nand another"


@pytest.mark.parametrize(
    ("script", "line", "left"),
    [
        ("raise SystemExit(3)", "ended with 3", "half a thought"),
        ("path.write_text('unsaved'); raise SystemExit(3)", "ended with 3", "unsaved"),
        ("path.unlink()", "left no file", "half a thought"),
        ("path.write_text(' \\n')", "an empty page", "half a thought"),
        ("path.write_bytes(bytes(range(256)) * 40)", "no text", "half a thought"),
        ("path.write_bytes(b'caf\\xe9')", "not UTF-8", "caf\udce9"),
        ("path.unlink(); path.mkdir()", "cannot be read", "half a thought"),
    ],
    ids=["fails", "fails after saving", "takes it away", "empties it", "binary", "latin-1", "a folder"],
)
async def test_an_editor_that_fails_loses_no_words_and_it_is_said(
    world: World, open_app: OpenApp, set_editor: SetEditor, script: str, line: str, left: str
) -> None:
    set_editor(script)
    app = open_app()
    async with app.run_test() as pilot:
        await written(pilot, "half a thought")
        await pilot.press("f2")
        assert page(app).text == left
        assert line in said(app)
        assert "\n" not in said(app)
        assert ("ctrl+z" in said(app)) == (left != "half a thought")
        assert files_of_editors(world) == []
        if left != "half a thought":
            await pilot.press("ctrl+z")
        assert page(app).text == "half a thought"


def is_free(folder: Path) -> bool:
    """Whether no program works in it any more."""
    try:
        Workplace(folder).close()
    except BlockingIOError:
        return False
    return True


FORKS = """
import subprocess
later = "import sys, time; time.sleep(0.4); {does}"
subprocess.Popen([sys.executable, "-c", later, path], close_fds=False)
"""


@pytest.mark.parametrize(
    ("does", "left"),
    [("open(sys.argv[1], 'a').write('a whole one')", "half a thought\na whole one"), ("pass", "gone on")],
    ids=["saves", "saves nothing"],
)
async def test_an_editor_that_goes_on_in_the_background(
    world: World, open_app: OpenApp, set_editor: SetEditor, does: str, left: str
) -> None:
    set_editor(FORKS.format(does=does))
    app = open_app()
    async with app.run_test() as pilot:
        await written(pilot, "half a thought")
        await pilot.press("f2")
        [file, *_] = sorted(files_of_editors(world), reverse=True)
        assert f"in the background: use one that waits, for example code --wait. What it saves in {file}" in said(app)
        assert file.read_text() == "half a thought\n"
        page(app).fill("gone on")
        await pilot.press("escape")
        await settle(pilot)
        while not is_free(file.parent):
            await pilot.pause(0.05)
        await pilot.press("enter")
        await settle(pilot)
        assert page(app).text == left
        assert files_of_editors(world) == []


async def test_without_an_editor_it_says_how_to_name_one(
    world: World, open_app: OpenApp, set_editor: SetEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    app = open_app()
    async with app.run_test() as pilot:
        await written(pilot, "words")
        await pilot.press("f2")
        assert "no editor is set" in said(app)
        for name in ("/nowhere/editor", "'unclosed"):
            world.settings = replace(world.settings, editor=name)
            await pilot.press("f2")
            assert "cannot be started" in said(app)
        assert page(app).text == "words"
        assert files_of_editors(world) == []


async def test_an_entry_is_changed_in_the_editor(world: World, open_app: OpenApp, set_editor: SetEditor) -> None:
    made = entry(world, TODAY, "two rows of onions")
    set_editor("path.write_text(path.read_text().replace('two', 'three'))")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Edit(made.id))
        await settle(pilot)
        await pilot.press("f2")
        assert page(app).text == "three rows of onions"
        await pilot.press("ctrl+r")
        assert page(app).text == "two rows of onions"
        await pilot.press("ctrl+z", "escape")
        await settle(pilot)
    assert world.journal.get(made.id).text == "three rows of onions"


async def test_what_an_interrupted_editor_left_comes_back_onto_its_page(world: World, open_app: OpenApp) -> None:
    """Program and editor were killed, or the power went."""
    session = world.begin(None).write("half a thought")
    world.drafts.save(session)
    world.drafts.release(session.id)
    parent = place_for_files(world.paths, in_memory=False)
    Workplace.make(parent, session.id, "a whole thought\n").close()
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
        assert page(app).text == "a whole thought"
        assert "your editor had" in said(app)
        assert list(parent.iterdir()) == []
        await pilot.press("ctrl+z")
        assert page(app).text == "half a thought"


async def test_the_folder_of_an_editor_that_still_runs_is_left_alone(world: World, open_app: OpenApp) -> None:
    made = entry(world, TODAY, "two rows of onions")
    place = Workplace.make(place_for_files(world.paths, in_memory=False), made.id, "three rows\n")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Edit(made.id))
        await settle(pilot)
        assert isinstance(app.screen, EditScreen)
        assert page(app).text == "two rows of onions"
    assert place.words() == "three rows\n"
    place.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_told_to_end_meanwhile_the_words_are_in_the_draft(
    world: World, open_app: OpenApp, set_editor: SetEditor, number: signal.Signals
) -> None:
    set_editor(f"path.write_text('half a tho'); os.kill(os.getppid(), {int(number)}); import time; time.sleep(20)")
    app = open_app()
    async with app.run_test() as pilot:
        await written(pilot, "half")
        await pilot.press("f2")
        await pilot.pause()
        assert app.return_code == 128 + number
    [draft], _ = world.waiting()
    assert draft.word_text == "half a tho"
    assert files_of_editors(world) == []


@pytest.mark.skipif(sys.platform != "linux" or not os.access("/dev/shm", os.W_OK), reason="no folder in memory here")
async def test_the_file_of_an_encrypted_journal_lies_in_memory_alone(
    world: World, open_app: OpenApp, set_editor: SetEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.set_passphrase("kettle and rain")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    seen = world.paths.data.parent / "seen"
    set_editor(f"Path({str(seen)!r}).write_text(str(path)); path.write_text('from outside')")
    app = open_app()
    async with app.run_test() as pilot:
        await written(pilot, "from within")
        await pilot.press("f2")
        assert page(app).text == "from outside", said(app)
        file = Path(seen.read_text())
        assert file.is_relative_to("/dev/shm")
        assert not file.parent.exists()
        monkeypatch.setattr(editor, "_SHARED_MEMORY", Path("/nowhere"))
        await pilot.press("f2")
        assert "no folder in memory" in said(app)
        await pilot.press("escape")
        await settle(pilot)
    held = [path.read_bytes() for path in world.paths.data.rglob("*") if path.is_file()]
    assert not any(b"from outside" in content or b"from within" in content for content in held)


HOUR = 3600.0
WORDS = "kettle and rain"


@pytest.mark.skipif(sys.platform != "linux" or not os.access("/dev/shm", os.W_OK), reason="no folder in memory here")
async def test_an_hour_in_the_editor_does_not_lock(
    world: World, tmp_path: Path, set_editor: SetEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journal_tui.ui.leaving.IDLE_CHECK_SECONDS", 0.05)
    world.set_passphrase(WORDS)
    gone_by = tmp_path / "an hour"
    set_editor(f"import time; time.sleep(0.2); Path({str(gone_by)!r}).touch(); path.write_text('from outside')")
    app = JournalApp(world, clock=lambda: HOUR if gone_by.exists() else 0.0)
    async with app.run_test() as pilot:
        await written(pilot, "from within")
        await pilot.press("f2")
        await pilot.pause(0.2)
        assert app.is_running
        await pilot.press("x")
        assert page(app).text.startswith("from outside"), said(app)
        assert app.return_value is None


async def test_an_hour_in_the_shell_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.set_passphrase(WORDS)
    gone_by: list[int] = []
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    monkeypatch.setattr(os, "getpgrp", lambda: os.getsid(0) + 1)  # as started by a shell
    monkeypatch.setattr(os, "killpg", lambda group, number: gone_by.append(number))
    app = JournalApp(world, clock=lambda: HOUR * len(gone_by))
    async with app.run_test() as pilot:
        await written(pilot, "half a thought")
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
    assert gone_by == [signal.SIGSTOP]
    assert app.return_value is Closed.IDLE
    assert [draft.word_text for draft in world.waiting()[0]] == ["half a thought"]
