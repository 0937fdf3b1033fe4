"""The real program in a real (pseudo-)terminal: written, killed, found again."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import resource
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pytest

from journal_tui.paths import find_paths
from journal_tui.world import open_world


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


class Terminal:
    """The screens in a terminal of 80x24."""

    def __init__(self, home: Path, *options: str, command: Sequence[str] = ()) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": ""}
        program, *arguments = command or (sys.executable, "-m", "journal_tui", "--home", str(home), *options)
        self.child = pexpect.spawn(
            program,
            arguments,
            dimensions=(24, 80),
            env=environment,
            encoding="utf-8",
            timeout=60,
        )

    def sees(self, text: str) -> None:
        self.child.expect(re.escape(text))

    def types(self, text: str) -> None:
        for character in text:
            self.child.send(character)
            time.sleep(0.01)


@pytest.fixture
def terminals(home: Path) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.child.close(force=True)


def open_terminal(home: Path, terminals: list[Terminal], *options: str) -> Terminal:
    terminals.append(Terminal(home, *options))
    return terminals[-1]


def wait_for(text: str, folder: Path, terminal: Terminal, seconds: float = 20) -> None:
    """Waits until `text` stands in a file under `folder`, reading what is shown, as a terminal does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if any(text in path.read_text(errors="replace") for path in folder.glob("[!.]*") if path.is_file()):
            return
        with contextlib.suppress(pexpect.TIMEOUT):
            terminal.child.read_nonblocking(65536, 0.05)
    raise AssertionError(f"{text!r} did not reach {folder} in {seconds} s")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_what_was_typed_outlives_the_program(home: Path, terminals: list[Terminal], end: int) -> None:
    first = open_terminal(home, terminals)
    first.sees("Press Enter and write")
    first.child.send("\r")
    first.sees("Next")
    first.types("The kettle was on before I asked.")
    wait_for("before I asked.", home / "data" / "drafts", first)
    first.child.kill(end)
    first.child.wait()

    second = open_terminal(home, terminals)
    second.sees("You stopped here")
    second.child.send("\r")
    second.sees("The kettle was on before I asked.")
    second.types(" And sugar.")
    second.child.send("\x13")
    second.sees("kept.")
    wait_for("The kettle was on before I asked. And sugar.", home / "data", second)
    assert list((home / "data" / "drafts").glob("*.json")) == []
    second.child.send("\r")
    second.child.send("q")
    second.child.expect(pexpect.EOF)
    second.child.close()
    assert second.child.exitstatus == 0


def test_a_closed_terminal_keeps_the_words(home: Path, terminals: list[Terminal]) -> None:
    first = open_terminal(home, terminals)
    first.sees("Press Enter and write")
    first.child.send("f")
    first.sees("Next")
    first.types("gone in a moment")
    wait_for("gone in a moment", home / "data" / "drafts", first)
    first.child.close(force=True)
    second = open_terminal(home, terminals)
    second.sees("You stopped here")


@pytest.fixture
def lone() -> Iterator[Callable[..., tuple[subprocess.Popen[bytes], int]]]:
    """Starts the program in a terminal that is nobody's controlling one: as below `make`, no SIGHUP tells its end."""
    started: list[tuple[subprocess.Popen[bytes], int]] = []

    def start(*arguments: str, **environment: str) -> tuple[subprocess.Popen[bytes], int]:
        outer, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        child = subprocess.Popen(
            [sys.executable, "-m", "journal_tui", *arguments],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )
        os.close(inner)
        started.append((child, outer))
        return child, outer

    yield start
    for child, outer in started:
        with contextlib.suppress(OSError):
            os.close(outer)
        child.kill()
        child.wait()


def read_until(terminal: int, mark: str, seconds: float = 30) -> None:
    seen = b""
    until = time.monotonic() + seconds
    while mark.encode() not in seen:
        assert select.select([terminal], [], [], max(0, until - time.monotonic()))[0], f"{mark!r} is not in {seen!r}"
        seen += os.read(terminal, 65536)


LOST = 0
"""The terminal goes, rather than a signal being sent."""


@pytest.mark.parametrize("end", [LOST, signal.SIGINT, signal.SIGQUIT], ids=["lost", "interrupted", "quit"])
def test_all_that_was_typed_is_on_the_disk_in_the_end(home: Path, lone: Any, end: int) -> None:
    child, terminal = lone("--home", str(home))
    read_until(terminal, "Press Enter")
    os.write(terminal, b"f")
    read_until(terminal, "page is yours")
    os.write(terminal, b"gone at once")
    read_until(terminal, "once")
    if end == LOST:
        os.close(terminal)
    else:
        child.send_signal(end)
    assert child.wait(5) == 128 + (end or signal.SIGHUP)
    assert "gone at once" in "".join(path.read_text() for path in (home / "data" / "drafts").glob("*.json"))


def test_what_is_no_utf8_ends_nothing(home: Path, lone: Any) -> None:
    """As a keyboard of long ago sends alt, and a torn paste."""
    child, terminal = lone("--home", str(home))
    read_until(terminal, "Press Enter")
    os.write(terminal, b"f")
    read_until(terminal, "page is yours")
    os.write(terminal, b"kept \xe1 more\x1b[200~pas\x9bted\x1b[201~")
    read_until(terminal, "ted")
    child.terminate()
    assert child.wait(5) == 128 + signal.SIGTERM
    drafts = [json.loads(path.read_text()) for path in (home / "data" / "drafts").glob("*.json")]
    assert "kept \ufffd morepas\ufffdted" in str(drafts)


def test_the_demo_goes_with_its_terminal(tmp_path: Path, lone: Any) -> None:
    child, terminal = lone("demo", TMPDIR=str(tmp_path))
    read_until(terminal, "Journal")
    assert list(tmp_path.iterdir())
    os.close(terminal)
    assert child.wait(5) == 128 + signal.SIGHUP
    assert not list(tmp_path.iterdir())


def test_a_terminal_that_stops_reading_and_goes(home: Path, lone: Any) -> None:
    """All that can wait to be written waits, and the app with it."""
    child, terminal = lone("--home", str(home))
    read_until(terminal, "Press Enter")
    for _ in range(60):
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.write(terminal, b"?\x1b")
        time.sleep(0.01)
    os.close(terminal)
    child.wait(5)


def test_out_to_the_shell_and_back(home: Path, terminals: list[Terminal]) -> None:
    program = f"{sys.executable} -m journal_tui --home {home}"
    terminal = Terminal(home, command=("sh", "-mc", f"{program}; echo out here; fg; echo done"))
    terminals.append(terminal)
    terminal.sees("Press Enter")
    terminal.child.send("\x1a")
    terminal.sees("out here")
    terminal.sees("Press Enter")
    terminal.child.send("q")
    terminal.sees("done")


EDITOR = """
import sys, time
from pathlib import Path
path = Path(sys.argv[1])
print("editing", flush=True)
try:
    time.sleep(30)
except KeyboardInterrupt:
    path.write_text("interrupted, and saved")
"""


def test_ctrl_c_in_the_editor_is_the_editors_business(home: Path, terminals: list[Terminal], tmp_path: Path) -> None:
    program = tmp_path / "editor.py"
    program.write_text(EDITOR)
    home.mkdir()
    (home / "settings.yaml").write_text(f"editor: {sys.executable} {program}\n")
    terminal = open_terminal(home, terminals)
    terminal.sees("Press Enter")
    terminal.child.send("f")
    terminal.sees("Next")
    terminal.child.send("\x1bOQ")  # F2
    terminal.sees("editing")
    terminal.child.send("\x03")
    terminal.sees("interrupted, and saved")
    terminal.types(" Here.")
    wait_for("interrupted, and saved Here.", home / "data" / "drafts", terminal)


@pytest.mark.parametrize("stream", ["<", ">", "2>"])
def test_without_a_terminal_the_screens_say_so(tmp_path: Path, stream: str) -> None:
    told = tmp_path / "told"
    program = f"{sys.executable} -m journal_tui --home {tmp_path}"
    child = pexpect.spawn("sh", ["-c", f"{program} 2>{told} {stream}/dev/null"], timeout=30)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
    if stream != "2>":
        assert told.read_text().count("\n") == 1


PASSPHRASE = "kettle and rain"
WORDS = "Nobody is to read that I was glad."


@pytest.fixture
def locked_home(home: Path) -> Path:
    """The home of an encrypted journal with nothing in it."""
    open_world(find_paths(home)).set_passphrase(PASSPHRASE)
    return home


def echoes(terminal: Terminal) -> bool:
    """Whether the terminal shows by itself what is typed."""
    assert isinstance(terminal.child.child_fd, int)
    return bool(termios.tcgetattr(terminal.child.child_fd)[3] & termios.ECHO)


def everything_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_closing_and_opening_again(locked_home: Path, terminals: list[Terminal], tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    terminal = open_terminal(locked_home, terminals, "--passphrase-file", str(file))
    terminal.sees("One sentence is enough")
    terminal.child.send("f")
    terminal.sees("The page is yours")
    terminal.types(WORDS)
    terminal.child.send("\x0c")
    # The same process, but new: whatever was in its memory is gone, and the file opens nothing any more.
    terminal.sees("Your journal is closed")
    arguments = Path(f"/proc/{terminal.child.pid}/cmdline")
    if arguments.exists():
        assert b"passphrase" not in arguments.read_bytes()
        assert WORDS.encode() not in memory_of(int(terminal.child.pid or 0))
    assert not echoes(terminal)
    terminal.types(PASSPHRASE)
    terminal.child.send("\r")
    terminal.sees("You stopped here")
    terminal.child.send("\r")
    terminal.sees(WORDS)
    terminal.child.send("\x13")
    terminal.sees("kept.")
    terminal.child.send("\r")
    terminal.sees("You wrote 1 entry today")
    terminal.child.send("q")
    while terminal.child.isalive():
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            terminal.child.read_nonblocking(65536, 0.05)
    assert echoes(terminal)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
    assert WORDS.encode() not in everything_under(tmp_path)
    world = open_world(find_paths(locked_home))
    world.unlock(PASSPHRASE)
    assert [entry.text for entry in world.journal.entries()] == [WORDS]


def memory_of(process: int) -> bytes:
    """All that a process of ours has in memory."""
    found = bytearray()
    with Path(f"/proc/{process}/maps").open() as maps, Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in maps:
            place, rights, *_ = line.split()
            if rights.startswith("rw"):
                start, end = (int(number, 16) for number in place.split("-"))
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    memory.seek(start)
                    found += memory.read(end - start)
    return bytes(found)


def test_leaving_a_closed_journal(locked_home: Path, terminals: list[Terminal]) -> None:
    before = everything_under(locked_home)
    terminal = open_terminal(locked_home, terminals)
    terminal.sees("Your journal is closed")
    limits = Path(f"/proc/{terminal.child.pid}/limits")
    if limits.exists():
        most = min(1, resource.getrlimit(resource.RLIMIT_CORE)[1]) & 1  # no limit is -1
        assert re.search(rf"Max core file size +{most} +{most} ", limits.read_text())
    terminal.types("wrong")
    terminal.child.send("\r")
    terminal.sees("does not open the journal")
    terminal.child.send("\x1b")
    time.sleep(0.3)
    terminal.child.send("\x1b")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0
    assert everything_under(locked_home) == before
