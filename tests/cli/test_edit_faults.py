"""The five ways in which words are lost elsewhere between an editor and a journal: here they are not."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_tui.model import JournalError
from journal_tui.paths import find_paths
from journal_tui.world import open_world
from tests.cli.command_line import Cli

PASSPHRASE = "four walls of paper"


def until(true: object, seconds: float = 10) -> None:
    """Waits for what is to come true."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def words_on_disk(cli: Cli) -> list[Path]:
    """The private files that editors worked on."""
    return [path for path in (cli.home / "data" / "edit").rglob("*") if path.is_file()]


@contextlib.contextmanager
def editing(cli: Cli, *arguments: str, script: str) -> Iterator[subprocess.Popen[str]]:
    """`edit` begun with an editor that runs `script` and then stays open until it is told to end."""
    ready = cli.folder / "ready"
    ready.unlink(missing_ok=True)
    editor = cli.editor(f"{script}\nPath({str(ready)!r}).write_text(str(path))\nimport time\ntime.sleep(60)")
    with subprocess.Popen(
        [*cli.command, *arguments],
        env=cli.env | editor,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            until(lambda: ready.exists() and ready.read_text())  # it is made before it is filled
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def id(cli: Cli) -> str:
    return cli.ok("add", "the words before").id


# -- another program at the same time --------------------------------------------------------------


def test_an_entry_added_while_the_editor_is_open_is_there_with_the_edit(cli: Cli, id: str) -> None:
    meanwhile = f"""
import subprocess
path.write_text("edited words")
subprocess.run({json.dumps([*cli.command, "add", "from elsewhere"])}, check=True, stdout=subprocess.DEVNULL)
"""
    result = cli.ok("edit", id, env=cli.editor(meanwhile))
    assert (result.err, result.out.count("\n")) == ("", 1)
    assert {entry["text"] for entry in cli.entries()} == {"edited words", "from elsewhere"}


def test_a_second_editor_on_the_same_entry_is_refused_and_the_first_goes_on(cli: Cli, id: str) -> None:
    with editing(cli, "edit", id, script="path.write_text('mine')"):
        assert "another window" in cli.refused("edit", id, env=cli.editor("path.write_text('yours')"), code=1)
        # Other commands do not take an open edit for one that was interrupted.
        assert cli.ok("list").err == ""
    assert [entry["text"] for entry in cli.entries()] == ["the words before"]


# -- text that looks like something else -----------------------------------------------------------

ABOVE = "words above everything\n\nsecond paragraph\n"
LIKE_HEADERS = "2024-05-06 begins like a day\n[2024-05-07 09:00] another\n# Free writing\n## and a heading\n---\n"


@pytest.mark.parametrize("text", [ABOVE, LIKE_HEADERS, f"{ABOVE}{LIKE_HEADERS}"])
def test_an_edit_keeps_every_line_whatever_it_looks_like(cli: Cli, id: str, text: str) -> None:
    cli.ok("edit", id, env=cli.editor(f"path.write_text({text!r})"))
    assert [entry["text"] for entry in cli.entries()] == [text.removesuffix("\n")]


def test_text_above_the_first_question_stays(cli: Cli) -> None:
    id = cli.ok("write", "trust", input="first answer\nsecond answer\n").id
    cli.ok("edit", id, env=cli.editor(f"path.write_text({ABOVE!r} + path.read_text())"))
    [entry] = cli.entries()
    assert [answer["text"] for answer in entry["answers"]] == [f"{ABOVE}\nfirst answer", "second answer"]


def test_text_above_the_first_dated_entry_comes_in_with_an_import(cli: Cli) -> None:
    (cli.folder / "old.txt").write_text("words above everything\n\n[2024-05-06 21:00] A day\nwith a body.\n")
    result = cli.ok("import", "old.txt", "--from", "jrnl")
    texts = [entry["text"] for entry in cli.entries()]
    assert any("words above everything" in text for text in texts), result.out
    assert any("with a body." in text for text in texts)


def test_no_line_of_a_body_that_looks_like_a_header_is_lost_in_an_import(cli: Cli) -> None:
    body = "A day\n  [2024-05-07 09:00] quoted, not an entry\n2024-05-08 a line that begins like a day\n# a heading\n"
    (cli.folder / "old.txt").write_text(f"[2024-05-06 21:00] {body}\n[2024-05-09 08:00] The next\nday.\n")
    cli.ok("import", "old.txt", "--from", "jrnl")
    texts = "\n".join(entry["text"] for entry in cli.entries())
    for words in ("quoted, not an entry", "a line that begins like a day", "# a heading", "The next"):
        assert words in texts


# -- when it cannot be kept ------------------------------------------------------------------------


def test_a_write_that_fails_after_the_editor_closed_leaves_the_words_waiting(cli: Cli, id: str) -> None:
    """The journal's lock is a folder when the edit comes to be kept."""
    lock = cli.home / "data" / "lock"
    damage = f"path.write_text('precious'); lock = Path({str(lock)!r}); lock.unlink(missing_ok=True); lock.mkdir()"
    line = cli.refused("edit", id, env=cli.editor(damage), code=1)
    assert f"edit {id} goes on with them" in line
    assert words_on_disk(cli) == []
    lock.rmdir()
    assert "wait" in cli.ok("list").err
    result = cli.ok("edit", id, env=cli.editor("assert path.read_text() == 'precious\\n'"))
    assert "Kept" in result.out
    assert [entry["text"] for entry in cli.entries()] == ["precious"]
    assert cli.ok("list").err == ""
    cli.ok("undo")
    assert [entry["text"] for entry in cli.entries()] == ["the words before"]


def test_when_not_even_a_draft_can_be_written_the_file_stays_and_is_named(cli: Cli, id: str) -> None:
    data = cli.home / "data"
    damage = f"""
import shutil
path.write_text('precious')
for name in ("drafts", "lock"):
    place = Path({str(data)!r}) / name
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
(Path({str(data)!r}) / "drafts").write_text("a file")
(Path({str(data)!r}) / "lock").mkdir()
"""
    line = cli.refused("edit", id, env=cli.editor(damage), code=1)
    [kept] = words_on_disk(cli)
    assert str(kept) in line
    assert kept.read_text() == "precious"
    assert kept.stat().st_mode & 0o777 == 0o600
    (data / "drafts").unlink()
    (data / "lock").rmdir()
    cli.ok("edit", id, env=cli.editor(""))
    assert [entry["text"] for entry in cli.entries()] == ["precious"]


# -- an end in the middle --------------------------------------------------------------------------


def test_killed_while_editing_the_words_are_taken_up_by_the_next_edit(cli: Cli, id: str) -> None:
    with editing(cli, "edit", id, script="path.write_text('half a tho')") as process:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    told = cli.ok("list").err
    assert told.count("\n") == 1
    assert f"interrupted edit of {id}" in told
    assert words_on_disk(cli) == []
    result = cli.ok("edit", id, env=cli.editor("path.write_text(path.read_text().strip() + 'ught')"))
    assert "interrupted" in result.err
    assert [entry["text"] for entry in cli.entries()] == ["half a thought"]
    assert cli.ok("list").err == ""


def test_killed_alone_the_editor_that_lives_on_is_not_disturbed(cli: Cli, id: str) -> None:
    with editing(cli, "edit", id, script="path.write_text('half a tho')") as process:
        process.kill()
        process.wait()
        cli.ok("list")
        file = Path((cli.folder / "ready").read_text())
        assert file.read_text() == "half a tho"
        file.write_text("half a thought")
        os.killpg(process.pid, signal.SIGKILL)
        until(lambda: "interrupted" in cli.ok("list").err)
    cli.ok("edit", id, env=cli.editor(""))
    assert [entry["text"] for entry in cli.entries()] == ["half a thought"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_while_editing_it_puts_the_words_by(cli: Cli, id: str, number: signal.Signals) -> None:
    with editing(cli, "edit", id, script="path.write_text('half a tho')") as process:
        process.send_signal(number)
        assert process.wait(10) == 128 + number
        assert process.stderr
        assert f"edit {id} goes on with them" in process.stderr.read()
    assert words_on_disk(cli) == []
    cli.ok("edit", id, env=cli.editor(""))
    assert [entry["text"] for entry in cli.entries()] == ["half a tho"]


def test_what_an_editor_saves_beside_its_file_when_it_is_told_to_end_stays(cli: Cli, id: str) -> None:
    script = """
import signal
def save(*_):
    path.with_name("entry.md.save").write_text("what was on the screen")
    sys.exit(1)
signal.signal(signal.SIGTERM, save)
"""
    with editing(cli, "edit", id, script=script) as process:
        process.terminate()
        process.wait(10)
        assert process.stderr
        said = process.stderr.read()
    [saved] = words_on_disk(cli)
    assert saved.read_text() == "what was on the screen"
    assert str(saved.parent) in said


def test_words_are_among_the_drafts_within_two_seconds(cli: Cli, id: str) -> None:
    """All power goes: not even the editor's file is left."""
    with editing(cli, "edit", id, script="path.write_text('half a tho')") as process:
        until(lambda: list((cli.home / "data" / "drafts").glob("*.edit")), 2.5)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    shutil.rmtree(cli.home / "data" / "edit")
    cli.ok("edit", id, env=cli.editor(""))
    assert [entry["text"] for entry in cli.entries()] == ["half a tho"]


def test_ctrl_c_belongs_to_the_editor(cli: Cli, id: str) -> None:
    child = cli.spawn("edit", id, env=cli.editor("""
import signal, time
heard = []
signal.signal(signal.SIGINT, lambda *_: heard.append(path.write_text("still here")))
print("ready", flush=True)
while not heard:
    time.sleep(0.05)
"""))  # fmt: skip
    child.expect("ready")
    child.sendintr()
    child.expect("Kept")
    child.close()
    assert [entry["text"] for entry in cli.entries()] == ["still here"]


# -- encrypted -------------------------------------------------------------------------------------

in_memory = pytest.mark.skipif(
    sys.platform != "linux" or not os.access("/dev/shm", os.W_OK), reason="no folder in memory here"
)


@pytest.fixture
def sealed(cli: Cli) -> Cli:
    cli.ok("add", "the words before")
    cli.ok("--passphrase-file", cli.secret(PASSPHRASE), "passphrase", "set")
    return cli


def sealed_id(cli: Cli) -> str:
    found: str = cli.ok("--passphrase-file", cli.secret(PASSPHRASE), "list", "--json").json[0]["id"]
    return found


def plaintext_in(folder: Path, words: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]


@in_memory
def test_the_editors_file_of_an_encrypted_journal_lies_in_memory(sealed: Cli) -> None:
    id, unlock = sealed_id(sealed), ["--passphrase-file", sealed.secret(PASSPHRASE)]
    with editing(sealed, *unlock, "edit", id, script="path.write_text('half a tho')") as process:
        file = Path((sealed.folder / "ready").read_text())
        assert file.is_relative_to("/dev/shm")
        assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        until(lambda: list((sealed.home / "data" / "drafts").glob("*.edit")), 2.5)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert plaintext_in(sealed.home, b"half a tho") == []
    assert f"interrupted edit of {id}" in sealed.ok(*unlock, "list").err
    assert not file.parent.exists()
    sealed.ok(*unlock, "edit", id, env=sealed.editor(""))
    assert sealed.ok(*unlock, "show", id, "--json").json["text"] == "half a tho"
    assert plaintext_in(sealed.home, b"half a tho") == []


@in_memory
def test_another_journals_words_in_the_shared_folder_are_left_alone(sealed: Cli, tmp_path: Path) -> None:
    id, unlock = sealed_id(sealed), ["--passphrase-file", sealed.secret(PASSPHRASE)]
    (tmp_path / "other").mkdir()
    other = Cli(tmp_path / "other")
    other.ok("add", "nothing of that")
    with editing(sealed, *unlock, "edit", id, script="path.write_text('half a tho')") as process:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert other.ok("list").err == ""
    assert "interrupted" in sealed.ok(*unlock, "list").err


def test_a_passphrase_waits_until_the_words_of_a_killed_edit_are_taken_up(cli: Cli, id: str) -> None:
    """The screens set one too, and know nothing of editors."""
    with editing(cli, "edit", id, script="path.write_text('half a tho')") as process:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    with pytest.raises(JournalError, match="an edit is open, or left something"):
        open_world(find_paths(cli.home)).set_passphrase(PASSPHRASE)
    assert f"interrupted edit of {id}" in cli.ok("list").err
    open_world(find_paths(cli.home)).set_passphrase(PASSPHRASE)
    unlock = ["--passphrase-file", cli.secret(PASSPHRASE)]
    assert plaintext_in(cli.home, b"half a tho") == []
    cli.ok(*unlock, "edit", id, env=cli.editor(""))
    assert cli.ok(*unlock, "show", id, "--json").json["text"] == "half a tho"


def test_without_a_folder_in_memory_it_says_so_and_a_plain_file_must_be_asked_for(sealed: Cli) -> None:
    id, unlock = sealed_id(sealed), ["--passphrase-file", sealed.secret(PASSPHRASE)]
    script = """
import sys
from pathlib import Path
from journal_tui import editor
from journal_tui.cli import main
editor._SHARED_MEMORY = Path("/nowhere")
main.main(sys.argv[1:])
"""
    command = [sys.executable, "-c", script, "--home", str(sealed.home), *unlock, "edit", id]
    env = sealed.env | sealed.editor("path.write_text('new words')")
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "--plain-file" in done.stderr
    subprocess.run([*command, "--plain-file"], env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    assert sealed.ok(*unlock, "show", id, "--json").json["text"] == "new words"
    assert plaintext_in(sealed.home, b"new words") == []
