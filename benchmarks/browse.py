"""How soon *Journal* answers a key: a full journal beside one of a hundred entries.

    python -m benchmarks.browse [--keys 40]

Time from a key to the first change on the terminal: the cursor one entry down, and letters typed into the search.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from benchmarks.terminal import Terminal, fill, texts

SEARCHES = ("office", "wife", "musique", "the", "oysters")


def answers(home: Path, keys: int) -> tuple[list[float], list[float]]:
    """Seconds for each key of scrolling and of searching."""
    terminal = Terminal(home)
    terminal.wait_for("◆", "▣")
    terminal.quiet(0.5)
    terminal.press("j")
    terminal.quiet(1.0)
    scrolled = [terminal.press("j") for _ in range(keys)]
    searched: list[float] = []
    for word in SEARCHES:
        terminal.press("/")
        searched += [terminal.press(letter) for letter in word]
        terminal.press("\x1b")
    terminal.close()
    return scrolled, searched


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=40)
    keys = parser.parse_args().keys
    with tempfile.TemporaryDirectory() as folder:
        small, full = Path(folder) / "small", Path(folder) / "full"
        entries = texts()
        fill(small, entries[:100])
        fill(full, entries)
        few, many = answers(small, keys), answers(full, keys)
    print(f"{'':8} {'100 entries':>26} {f'{len(entries):,} entries':>26} {'ratio of medians':>18}")
    for name, one, other in zip(("scroll", "search"), few, many, strict=True):
        cells = [
            f"{statistics.median(row) * 1000:.0f} ms, p95 {statistics.quantiles(row, n=20)[-1] * 1000:.0f}"
            for row in (one, other)
        ]
        print(f"{name:8} {cells[0]:>26} {cells[1]:>26} {statistics.median(other) / statistics.median(one):>17.2f}x")


if __name__ == "__main__":
    main()
