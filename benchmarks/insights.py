"""Reading a journal and reporting on it, as ratios to going through the same text once with ``\\w+``.

    python -m benchmarks.insights [JOURNAL.jsonl] [--runs 5]

A journal is a file of ``{"date": …, "text": …}`` a line; without one, the journal of the other benchmarks. Each run is
a process of its own; CPU seconds, medians. *Load* is of the word lists and cues; what comes after it has them at hand.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.terminal import texts
from journal_tui.insights.hearing import hear, listener
from journal_tui.insights.material import material
from journal_tui.insights.patterns import find_patterns
from journal_tui.insights.people import find_names
from journal_tui.insights.reading import read
from journal_tui.insights.report import build
from journal_tui.insights.themes import find_themes
from journal_tui.model import Answer, Entry

_PLAIN = re.compile(r"\w+")
T = TypeVar("T")


def entries(journal: Path | None) -> list[Entry]:
    """Those of a file; without one, those of the other benchmarks, which have no day."""
    if journal is None:
        rows: list[dict[str, Any]] = [{"text": text} for text in texts()]
    else:
        with journal.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
    return [
        Entry(
            id=f"{number:016}",
            created=datetime(2026, 1, 1, 20, tzinfo=UTC),
            day=date.fromisoformat(row["date"]) if row.get("date") else None,
            answers=(Answer(text=row["text"]),),
        )
        for number, row in enumerate(rows)
    ]


def once(journal: Path | None) -> dict[str, float]:
    """Seconds of each step."""
    took: dict[str, float] = {}

    def timed(name: str, step: Callable[[], T]) -> T:
        start = time.process_time()
        done = step()
        took[name] = time.process_time() - start
        return done

    written = entries(journal)
    today = max((entry.day for entry in written if entry.day), default=date(2026, 1, 1))
    timed("plain", lambda: [_PLAIN.findall(entry.text) for entry in written])
    timed("load", lambda: listener("en"))
    readings = timed("read all", lambda: [read(entry) for entry in written])
    timed("hear all again", lambda: [hear(entry.text) for entry in written])
    timed("read one more", lambda: read(written[-1]))
    names = timed("names", lambda: find_names(readings))
    by_id = {entry.id: entry.text for entry in written}
    timed("themes", lambda: find_themes(readings, by_id, names=names))
    timed("patterns", lambda: find_patterns(material(written, readings, (), names), (), today))
    timed("whole report", lambda: build(written, (), today=today))
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("journal", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(once(options.journal)))
        return
    command = [
        sys.executable,
        "-m",
        "benchmarks.insights",
        "--once",
        *([str(options.journal)] if options.journal else []),
    ]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(options.runs)]
    took = {step: statistics.median(run[step] for run in runs) for step in runs[0]}
    written = entries(options.journal)
    words = sum(len(_PLAIN.findall(entry.text)) for entry in written)
    print(f"{len(written):,} entries, {words:,} words; medians of {options.runs}")
    for step, seconds in took.items():
        print(f"{step:16} {seconds:>9.4f} s {seconds / took['plain']:>9.1f}x")


if __name__ == "__main__":
    main()
