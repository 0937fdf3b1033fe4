"""Reading packs: all of ours as a ratio to ``python -c pass``, and files that are made to take long.

    python -m benchmarks.packs [--runs 15]

Each hostile file is read in a process of its own that has read a small pack before; what is printed is the time to
refuse it (median) and by how much memory grew at its highest.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from resource import RUSAGE_SELF, getrusage

from tests.packs.hostile import HOSTILE

SMALL = b"id: p\ntitle: P\nprompts: [{id: a, ask: Why?}]\n"
LIBRARY = "from journal_tui.packs.library import load_library; from journal_tui.paths import bundled_packs"
PROGRAMS = {
    "python -c pass": "pass",
    "import of the reader": LIBRARY,
    "all packs of ours": f"{LIBRARY}; load_library(bundled_packs())",
}


def seconds(program: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - start


def refuse(name: str) -> None:
    """Reads one hostile file and prints milliseconds, megabytes and how many faults were told."""
    from journal_tui.packs.reader import parse_pack
    from journal_tui.strictyaml import FileFaults

    content = HOSTILE[name][0]
    raw = content if isinstance(content, bytes) else content.encode()
    parse_pack(SMALL, "small.yaml")
    before = getrusage(RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    try:
        parse_pack(raw, "hostile.yaml")
    except FileFaults as error:
        took = time.perf_counter() - start
        grown = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
        print(json.dumps([took * 1000, grown, len(error.faults)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--refuse", choices=HOSTILE, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.refuse:
        refuse(options.refuse)
        return
    rows: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(options.runs + 1):
        for name, program in PROGRAMS.items():
            rows[name].append(seconds(program))
    middle = {name: statistics.median(row[1:]) for name, row in rows.items()}  # the first round only warms the caches
    base = middle["python -c pass"]
    for name, took in middle.items():
        print(f"{name:28} {took * 1000:6.1f} ms = {took / base:4.1f}x")
    print(f"\n{'refused':28} {'ms':>6} {'MB':>6}  faults told")
    command = [sys.executable, "-m", "benchmarks.packs", "--refuse"]
    for name in HOSTILE:
        found = [json.loads(subprocess.run([*command, name], check=True, capture_output=True).stdout) for _ in range(3)]
        took, grown, faults = map(statistics.median, zip(*found, strict=True))
        print(f"{name:28} {took:6.1f} {grown:6.1f}  {faults:.0f}")


if __name__ == "__main__":
    main()
