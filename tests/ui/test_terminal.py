"""The real program in a real (pseudo-)terminal: written, killed, found again."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


class Terminal:
    """The screens in a terminal of 80x24."""

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": ""}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "journal_tui", "--home", str(home)],
            dimensions=(24, 80),
            env=environment,
            encoding="utf-8",
            timeout=20,
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


def open_terminal(home: Path, terminals: list[Terminal]) -> Terminal:
    terminals.append(Terminal(home))
    return terminals[-1]


def wait_for(text: str, folder: Path, terminal: Terminal, seconds: float = 20) -> None:
    """Waits until `text` stands in a file under `folder`, reading what is shown, as a terminal does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if any(text in path.read_text(errors="replace") for path in folder.glob("*.json")):
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
