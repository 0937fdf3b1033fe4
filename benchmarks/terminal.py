"""The program in a pseudo-terminal of 80x24, with a clock beside it; and a journal to fill it with."""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import json
import os
import pty
import select
import struct
import sys
import termios
import time
from datetime import timedelta
from pathlib import Path

from journal_tui.model import Answer, Entry
from journal_tui.paths import find_paths
from journal_tui.store.journal import Journal

PEPYS = Path(__file__).parents[2] / "shared" / "samples" / "pepys.jsonl"


def texts(count: int = 3415) -> list[str]:
    """So many of Pepys' diary (3,415 entries, again and again) when ../shared/samples is there, else of that length."""
    if PEPYS.exists():
        found = [json.loads(line)["text"] for line in PEPYS.read_text().splitlines()]
    else:
        found = [f"Entry {number}. " + "Up, and to the office, where all the morning. " * 38 for number in range(3415)]
    return list(itertools.islice(itertools.cycle(found), count))


def fill(home: Path, texts: list[str]) -> None:
    """A journal under `home` with an entry a day, up to yesterday."""
    journal = Journal(find_paths(home).data)
    today = journal.now().date()
    entries = [
        Entry(
            id=journal.new_id(),
            created=journal.now(),
            day=today - timedelta(len(texts) - number),
            answers=(Answer(text=text),),
        )
        for number, text in enumerate(texts)
    ]
    journal.imports.bring_in(entries)


class Terminal:
    """The screens on the journal under `home`, started when this is made."""

    def __init__(self, home: Path) -> None:
        self.started = time.perf_counter()
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24", JOURNAL_TUI_HOME=str(home))
            os.execv(sys.executable, [sys.executable, "-m", "journal_tui"])
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def wait_for(self, *marks: str) -> float:
        """Seconds from the start until one of `marks` is on the terminal."""
        wanted = [mark.encode() for mark in marks]
        seen = b""
        while not any(mark in seen for mark in wanted):
            if not select.select([self._terminal], [], [], 20)[0]:
                raise SystemExit(f"none of {marks} within 20 s; the terminal got {seen[-300:]!r}")
            seen += os.read(self._terminal, 65536)
        return time.perf_counter() - self.started

    def quiet(self, seconds: float = 0.15) -> None:
        """Reads until nothing was written for `seconds`."""
        while select.select([self._terminal], [], [], seconds)[0]:
            os.read(self._terminal, 65536)

    def press(self, key: str, mark: str = "", *, pause: float = 0.15) -> float:
        """Seconds from a key to the first change on the terminal, or to the one that brings `mark`.

        Args:
            pause: seconds for which nothing changes before.
        """
        self.quiet(pause)
        start = time.perf_counter()
        os.write(self._terminal, key.encode())
        seen = b""
        while not seen or mark.encode() not in seen:
            if not select.select([self._terminal], [], [], 10)[0]:
                raise SystemExit(f"{key!r} brought no {mark!r} within 10 s, but {seen[-300:]!r}")
            seen += os.read(self._terminal, 65536)
        return time.perf_counter() - start

    def memory(self) -> float:
        """Resident, in MiB."""
        status = Path(f"/proc/{self._child}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def close(self) -> None:
        """Leaves by ctrl+q and waits for the end."""
        os.write(self._terminal, b"\x11")
        with contextlib.suppress(OSError):
            while os.read(self._terminal, 65536):
                pass
        os.close(self._terminal)
        os.waitpid(self._child, 0)
