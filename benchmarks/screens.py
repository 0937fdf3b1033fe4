"""How soon the screens answer, in a real pseudo-terminal: medians and 95th percentiles, each beside what it is held to.

    python -m benchmarks.screens [--runs 9] [--keys 100] [--rounds 3] [--many 100000]

Start, in turn with ``python -c pass``: until the day's date is on the terminal (*first paint*) and until the question
is. A letter on the page while the draft is saved; a letter of a search until its count stands; the cursor down a list.
Each in milliseconds to the first change on the terminal, unless it says otherwise. What is compared is measured in
turn, in rounds, each in a process of its own whose first keys are not counted. On a machine that has other work all
times grow: the load stands at both ends.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.terminal import Terminal, fill, texts
from journal_tui.dates import WEEKDAYS
from journal_tui.paths import find_paths
from journal_tui.world import open_world

DAYS = tuple(day.capitalize() for day in WEEKDAYS)
READY = (*"◆▣≈▲●∞⇄", "stopped here")
WARM_UP_SEARCH = "home"
SEARCHES = ("office", "wife", "musique", "the", "oysters")
LONG_PAGE = 20_000
"""Words."""
FEW = 100
"""Entries of a small journal."""
WARM_UP = 5
"""Keys that are not counted: on the first of each screen Python learns what it does."""


def load() -> str:
    """What else the machine does."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def bare() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - start


def start(homes: dict[str, Path], runs: int) -> None:
    """First paint and question of each home, in turn: what runs second finds warmer caches."""
    bases: list[float] = []
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in homes}
    for number in range(runs + 1):
        bases.append(bare())
        for name, home in sorted(homes.items(), reverse=bool(number % 2)):
            terminal = Terminal(home)
            painted, ready = terminal.wait_for(*DAYS), terminal.wait_for(*READY)
            rows[name].append((painted, ready, terminal.memory()))
            terminal.close()
    base = statistics.median(bases[1:])  # the first round only warms the caches
    print(f"python -c pass: {base * 1000:.1f} ms (median of {runs})")
    for name, row in rows.items():
        painted, ready, memory = (statistics.median(column) for column in zip(*row[1:], strict=True))
        print(f"{name:>15} entries: first paint {painted * 1000:4.0f} ms = {painted / base:4.1f}x (20x),", end=" ")
        print(f"question {ready * 1000:4.0f} ms = {ready / base:4.1f}x, {memory:.0f} MiB")


def told(name: str, times: list[float], aim: str = "") -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name:>42}: median {statistics.median(times) * 1000:5.1f} ms, p95 {p95 * 1000:5.1f} ms {aim}")


def opened(home: Path, key: str, mark: str = "") -> Terminal:
    """The program on the screen that `key` leads to from Today, with `mark` on it."""
    terminal = Terminal(home)
    terminal.wait_for(*READY)
    terminal.quiet(0.5)
    terminal.press(key, mark)
    terminal.quiet(1.0)
    return terminal


def typed(terminal: Terminal, keys: int) -> list[float]:
    """Seconds for each letter, one every 30 ms, through several saves of the draft."""
    letters = ("and so we went home " * (keys + WARM_UP))[: keys + WARM_UP]
    times = [terminal.press(letter, pause=0.03) for letter in letters]
    terminal.close()
    return times[WARM_UP:]


def long_page(home: Path) -> None:
    """Leaves a draft of many words, which Today goes on with."""
    world = open_world(find_paths(home))
    session = world.begin(None)
    world.drafts.save(session.write("Up, and to the office, where all the morning. \n" * (LONG_PAGE // 9)))
    world.drafts.release(session.id)


def scroll(home: Path, keys: int) -> tuple[list[float], float]:
    terminal = opened(home, "j", "entr")
    times = [terminal.press("j", pause=0.05) for _ in range(keys + WARM_UP)]
    memory = terminal.memory()
    terminal.close()
    return times[WARM_UP:], memory


def scrolls(few: Path, many: Path, keys: int, rounds: int, name: str) -> None:
    """The cursor down both lists, in turn; the ratio is the median of the rounds'."""
    one: list[float] = []
    other: list[float] = []
    ratios: list[float] = []
    memory = 0.0
    for _ in range(rounds):
        here, _ = scroll(few, min(keys, FEW - WARM_UP - 1))
        there, memory = scroll(many, keys)
        one, other = one + here, other + there
        ratios.append(statistics.median(there) / statistics.median(here))
    told(f"the cursor down {FEW} entries", one)
    told(name, other, f"= {statistics.median(ratios):.2f}x (1x), {memory:.0f} MiB")


def search(home: Path) -> list[float]:
    """Seconds for each letter of some words, until the count stands."""
    terminal = opened(home, "j", "entr")
    terminal.quiet(2.0)
    times: list[float] = []
    for word in (WARM_UP_SEARCH, *SEARCHES):
        terminal.press("/")
        times += [terminal.press(letter, "entr") for letter in word]
        terminal.press("\x1b")
    terminal.close()
    return times[len(WARM_UP_SEARCH) :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--keys", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty, draft, few, full, many = (Path(folder) / name for name in ("empty", "draft", "few", "full", "many"))
        fill(full, texts(10_000))
        fill(few, texts(FEW))
        fill(many, [text[:200] for text in texts(given.many)])
        print(load())
        start({"0": empty, "10,000": full, f"{given.many:,}": many}, given.runs)
        long_page(draft)
        pages: dict[str, list[float]] = {}
        for _ in range(given.rounds):
            for name, home, key, mark in (
                ("a letter on the page", empty, "f", "skipped"),
                ("with 10,000 entries", full, "f", "skipped"),
                (f"behind {LONG_PAGE:,} words", draft, "\r", ""),
            ):
                pages.setdefault(name, []).extend(typed(opened(home, key, mark), given.keys))
        for name, times in pages.items():
            told(name, times, "(16)")
        found = [seconds for _ in range(given.rounds) for seconds in search(full)]
        told("a letter of a search in 10,000 entries", found, "(50)")
        scrolls(few, many, given.keys, given.rounds, f"{given.many:,} entries")
        print(load())


if __name__ == "__main__":
    main()
