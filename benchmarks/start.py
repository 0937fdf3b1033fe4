"""Start to first paint, as a ratio to ``python -c pass``, with an empty and with a full journal.

    python -m benchmarks.start [--runs 15]

Each program runs in a pseudo-terminal of 80x24, in turn with the others, and medians are compared. *First
paint* is the day's date on the terminal, *ready* is the question of the day. The full journal is Pepys' diary
(3,415 entries) when ../shared/samples is there, else as many made-up entries of the same length.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from datetime import date, timedelta
from pathlib import Path

from journal_tui.dates import WEEKDAYS
from journal_tui.model import Answer, Entry
from journal_tui.paths import find_paths
from journal_tui.store.journal import Journal

PEPYS = Path(__file__).parents[2] / "shared" / "samples" / "pepys.jsonl"


def texts() -> list[str]:
    if PEPYS.exists():
        return [json.loads(line)["text"] for line in PEPYS.read_text().splitlines()]
    return [f"Entry {number}. " + "Up, and to the office, where all the morning. " * 38 for number in range(3415)]


def fill(home: Path) -> int:
    journal = Journal(find_paths(home).data)
    entries = [
        Entry(
            id=journal.new_id(),
            created=journal.now(),
            day=date(2010, 1, 1) + timedelta(number),
            answers=(Answer(text=text),),
        )
        for number, text in enumerate(texts())
    ]
    journal.add_many(entries)
    return len(entries)


def bare() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - start


def screens(home: Path) -> tuple[float, float]:
    """Seconds to the first paint and to the question."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
        os.execv(sys.executable, [sys.executable, "-m", "journal_tui", "--home", str(home)])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    painted = ready = 0.0
    days = [day.capitalize().encode() for day in WEEKDAYS]
    while not ready:
        if not select.select([terminal], [], [], 20)[0]:
            raise SystemExit(f"no picture within 20 s; the terminal got {seen[-300:]!r}")
        seen += os.read(terminal, 65536)
        if not painted and any(day in seen for day in days):
            painted = time.perf_counter() - start
        if "◆".encode() in seen or "▣".encode() in seen:
            ready = time.perf_counter() - start
    os.write(terminal, b"q")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    os.close(terminal)
    os.waitpid(child, 0)
    return painted, ready


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        count = fill(full)
        rows: dict[str, list[float]] = {"python": [], "paint 0": [], "ready 0": [], "paint n": [], "ready n": []}
        for number in range(runs + 1):
            measured = (bare(), *screens(empty), *screens(full))
            if number:  # the first round only warms the caches
                for row, seconds in zip(rows.values(), measured, strict=True):
                    row.append(seconds)
    middle = {name: statistics.median(row) for name, row in rows.items()}
    base = middle["python"]
    print(f"python -c pass: {base * 1000:.1f} ms (median of {runs})")
    print(f"{'entries':>8}  {'first paint':>22}  {'question shown':>22}")
    for label, key in ((0, "0"), (count, "n")):
        paint, ready = middle[f"paint {key}"], middle[f"ready {key}"]
        print(
            f"{label:>8,}  {paint * 1000:>8.0f} ms = {paint / base:>5.1f}x  {ready * 1000:>8.0f} ms = {ready / base:>5.1f}x"
        )
    print(f"full / empty: first paint {middle['paint n'] / middle['paint 0']:.2f}x,", end=" ")
    print(f"question shown {middle['ready n'] / middle['ready 0']:.2f}x")


if __name__ == "__main__":
    main()
