"""Start to first paint, as a ratio to ``python -c pass``, with an empty and with a full journal.

    python -m benchmarks.start [--runs 15]

Each program runs in turn with the others, and medians are compared. *First paint* is the day's date on the
terminal, *question shown* the pillar of the day with its question.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.terminal import Terminal, fill, texts
from journal_tui.dates import WEEKDAYS

DAYS = tuple(day.capitalize() for day in WEEKDAYS)


def bare() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - start


def screens(home: Path) -> tuple[float, float]:
    """Seconds to the first paint and to the question."""
    terminal = Terminal(home)
    painted = terminal.wait_for(*DAYS)
    ready = terminal.wait_for("◆", "▣")
    terminal.close()
    return painted, ready


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        entries = texts()
        fill(full, entries)
        rows: dict[str, list[float]] = {"python": [], "paint 0": [], "ready 0": [], "paint n": [], "ready n": []}
        homes = [("0", empty), ("n", full)]
        for number in range(runs + 1):
            rows["python"].append(bare())
            # In turn: what runs second finds warmer caches.
            for key, home in homes if number % 2 else reversed(homes):
                painted, ready = screens(home)
                rows[f"paint {key}"].append(painted)
                rows[f"ready {key}"].append(ready)
        for row in rows.values():
            del row[0]  # the first round only warms the caches
    middle = {name: statistics.median(row) for name, row in rows.items()}
    base = middle["python"]
    print(f"python -c pass: {base * 1000:.1f} ms (median of {runs})")
    print(f"{'entries':>8}  {'first paint':>18}  {'question shown':>18}")
    for count, key in ((0, "0"), (len(entries), "n")):
        cells = [
            f"{row * 1000:>7.0f} ms = {row / base:>4.1f}x" for row in (middle[f"paint {key}"], middle[f"ready {key}"])
        ]
        print(f"{count:>8,}  {cells[0]:>18}  {cells[1]:>18}")
    print(f"full / empty: first paint {middle['paint n'] / middle['paint 0']:.2f}x,", end=" ")
    print(f"question shown {middle['ready n'] / middle['ready 0']:.2f}x")


if __name__ == "__main__":
    main()
