"""Two programs write in the same journal, and one of them may stand still."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_tui.files import locked
from tests.cli.command_line import Cli
from tests.faults.children import add_many, ended, journal_in, start, stop_in_a_commit
from tests.faults.conftest import LONG
from tests.faults.scenarios import DAY, MARK, OLD, draft, opened, readable_files
from tests.store.sample import entry

EACH = 200


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path)
    cli.env["JOURNAL_TUI_DEVICE"] = "here"
    return cli


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "sealed"])
def test_both_add_at_the_same_time(tmp_path: Path, *, is_sealed: bool, tell: Callable[[str], None]) -> None:
    if is_sealed:
        opened(tmp_path).set_passphrase(OLD)
    children = [start(add_many, tmp_path, name, EACH) for name in ("one", "two")]
    for _, pipe in children:
        assert pipe.recv() == "ready"
    for _, pipe in children:
        pipe.send("go")
    for child, pipe in children:
        assert pipe.recv() == "done"
        child.join()
        pipe.close()
    journal = journal_in(tmp_path)
    found = {e.id: e.text for e in journal.entries()}
    assert found == {f"{name}-{n:03}": f"{name} {n}" for name in ("one", "two") for n in range(EACH)}
    assert (journal.troubles, journal.check().problems) == ((), ())
    tell(f"2 processes added {EACH} entries each ({'sealed' if is_sealed else 'plain'}): {len(found)} are there")


def test_a_session_open_in_one_while_the_other_adds(tmp_path: Path) -> None:
    one, two = opened(tmp_path, at=DAY), opened(tmp_path, at=DAY)
    one.journal.entries()
    session = draft("d1", "Session words.")
    one.drafts.save(session)
    for number in range(20):
        two.journal.add(entry(f"e{number}", "Other words."))
    one.drafts.save(session.write("Session words, more of them."))
    one.keep(session.write("Session words, more of them."))
    for world in (one, two, opened(tmp_path)):
        texts = [e.text for e in world.journal.entries()]
        assert (texts.count("Other words."), texts.count("Session words, more of them.")) == (20, 1)
        assert world.drafts.waiting({}) == ([], [])


def test_an_editor_open_in_one_while_the_other_adds_and_edits(cli: Cli) -> None:
    id, other = cli.ok("add", "the words before").id, cli.ok("add", "another entry").id
    run = f"import subprocess; run = lambda *a, **k: subprocess.run([*{cli.command!r}, *a], check=True, **k)"
    script = f"""{run}
run("add", "from elsewhere", stdout=subprocess.DEVNULL)
run("edit", {other!r}, input=b"edited elsewhere", stdout=subprocess.DEVNULL)
path.write_text("edited words")
"""
    cli.ok("edit", id, env=cli.editor(script))
    assert {e.text for e in journal_in(cli.home).entries()} == {"edited words", "from elsewhere", "edited elsewhere"}


@pytest.mark.parametrize("end", [signal.SIGCONT, signal.SIGKILL] if LONG else [signal.SIGCONT], ids=str)
@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "sealed"])
def test_a_program_that_stands_still_in_a_commit_does_not_hold_up_another(
    cli: Cli, *, is_sealed: bool, end: signal.Signals
) -> None:
    secret = ["--passphrase-file", cli.secret(OLD)] if is_sealed else []
    cli.ok("add", "First words.")
    if is_sealed:
        cli.ok("passphrase", "set", "--new-passphrase-file", cli.secret(OLD))
    child, pipe = start(stop_in_a_commit, cli.home)
    with ended(child):
        assert pipe.recv() == "stopped"
        assert child.pid
        begun = time.monotonic()
        cli.ok(*secret, "add", "Kept words.")
        assert time.monotonic() - begun < 6  # two of them waiting
        assert [path.name for path in (cli.home / "data").glob("here-*.log")] != []
        assert "Kept words." in {e.text for e in journal_in(cli.home).entries()}
        os.kill(child.pid, end)
        if end is signal.SIGCONT:
            assert pipe.recv() == "done"
        child.join()
        pipe.close()
    texts = [e.text for e in journal_in(cli.home).entries()]
    assert sorted(texts) == ["First words.", "Kept words.", "Slow words."]
    id = next(e.id for e in journal_in(cli.home).entries() if e.text == "Kept words.")
    cli.ok(*secret, "edit", id, input="Edited words.")
    cli.ok(*secret, "undo")
    assert sorted(e.text for e in journal_in(cli.home).entries()) == sorted(texts)
    assert journal_in(cli.home).check().problems == ()
    if is_sealed:
        assert readable_files(cli.home, MARK) == []


def test_adds_while_the_lock_is_held_all_come_through(cli: Cli) -> None:
    cli.ok("add", "First words.")
    with locked(cli.home / "data" / "lock"):
        running = [
            subprocess.Popen([*cli.command, "add", f"words {n}"], env=cli.env, stdout=subprocess.DEVNULL)
            for n in range(5)
        ]
        assert [process.wait(30) for process in running] == [0] * 5
    assert len(journal_in(cli.home).entries()) == 6
