"""The store beside stock TinyDB (its JSONStorage), as ratios in one run; plain and encrypted.

    python -m benchmarks.store [--sizes 1000,10000,100000] [--runs 5]

Entries of about 2.2 KB as the journal writes them, one commit each. Every step runs in a process of its own, in turn
with those it is compared with; medians. Times are from after the imports; encrypted, from after the key is derived.
*Memory* is what the process grew by, against the size of the log.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from journal_tui.dates import now
from journal_tui.model import Answer, Entry, Pillar
from journal_tui.store.journal import Journal
from journal_tui.store.log import Op, encode_header, encode_json, encode_line, encode_payload, sum_of
from journal_tui.store.records import entry_to_document
from journal_tui.store.search import Filter
from journal_tui.store.storage import LogDB
from journal_tui.store.vault import Key

# placeholder
RARE, COMMON = "heliotrope", "the"
DEVICE = "benchmrk"
KEY = Key(bytes(range(32)), "0" * 32)
SAVES = 50


# -- the journals ----------------------------------------------------------------------------------


def entries(count: int) -> Iterator[Entry]:
    """The same on every run; one in 997 holds `RARE`, nearly all hold `COMMON`."""
    chance = random.Random(7)
    syllables = [a + b for a in "bdfghklmnprstw" for b in ("a", "e", "i", "o", "u", "ar", "en", "ist", "ow")]
    words = [COMMON] * 60 + ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(2000)]
    sentences = [" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(3000)]
    for number in range(count):
        texts = [" ".join(chance.choices(sentences, k=8)) for _ in range(3)]
        if number % 997 == 500:
            texts[1] += f" A {RARE}."
        day = date(1990, 1, 1) + timedelta(number % 13000)
        yield Entry(
            id=f"{number:016}",
            created=datetime(2026, 1, 1, 20, 30).astimezone(),
            day=day,
            pillar=tuple(Pillar)[number % len(Pillar)],
            answers=tuple(Answer(text=text, prompt=f"trust.{n}", ask="What happened?") for n, text in enumerate(texts)),
            rating=number % 5 + 1,
            tags=("home",),
        )


def fill(folder: Path, count: int) -> None:
    """The same entries as ``stock.json``, ``plain/`` and ``encrypted/``."""
    documents = [entry_to_document(entry) for entry in entries(count)]
    (folder / "stock.json").write_text(json.dumps({"entries": {str(n): d for n, d in enumerate(documents, 1)}}))
    for key in (None, KEY):
        home = folder / name_of(key)
        home.mkdir()
        with (home / f"{DEVICE}.log").open("wb") as log:
            line = encode_header(DEVICE, key.vault if key else "", now().date())
            log.write(line + b"\n")
            for number, document in enumerate(documents, 1):
                op = Op("entries", f"r{number:015}", number, encode_json(document))
                payload = encode_payload(now().isoformat(), {"what": "add"}, [op])
                line = encode_line(sum_of(line), number, payload, DEVICE, key)
                log.write(line + b"\n")


def name_of(key: Key | None) -> str:
    return "encrypted" if key else "plain"


def key_of(folder: Path) -> Key | None:
    return KEY if folder.name == name_of(KEY) else None


# -- the steps, each in a process of its own -------------------------------------------------------


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def medians(*works: Callable[[], object], times: int = 9) -> list[float]:
    """Of each, done in turn."""
    rounds = [[milliseconds(work) for work in works] for _ in range(times)]
    return [statistics.median(row) for row in zip(*rounds, strict=True)]


def memory() -> int:
    """Bytes of memory that the process holds."""
    gc.collect()
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def opened(folder: Path) -> Journal:
    KEY.open(KEY.seal(b"", ""), "")  # as after its derivation: cryptography is imported
    return Journal(folder, key=key_of(folder), device=DEVICE)


def do_open(folder: Path) -> dict[str, float]:
    journal = opened(folder)
    before = memory()
    took = milliseconds(lambda: journal.find(Filter(limit=10)))
    return {"ms": took, "memory": memory() - before}


def do_search(folder: Path) -> dict[str, float]:
    journal = opened(folder)
    before = memory()
    warming = milliseconds(journal.warm)
    journal.find(Filter(words=RARE))
    grown = memory() - before
    journal.find(Filter(words=COMMON))
    read = memory() - before
    texts = [entry.text.lower().encode() for entry in journal.entries()]
    rare, common, bare = medians(
        lambda: journal.find(Filter(words=RARE)),
        lambda: journal.find(Filter(words=COMMON)),
        lambda: [text for text in texts if RARE.encode() in text],
    )
    return {"warm": warming, "ms": rare, "common": common, "bare": bare, "memory": grown, "read": read}


def do_add(folder: Path) -> dict[str, float]:
    journal = opened(folder)
    journal.refresh()
    (entry,) = entries(1)
    made = [replace(entry, id=journal.new_id()) for _ in range(SAVES)]
    return {"ms": medians(lambda: journal.add(made.pop()), times=SAVES)[0]}


def do_insert(folder: Path) -> dict[str, float]:
    table = LogDB(folder, key=key_of(folder), device=DEVICE).table("inserted")
    (document,) = map(entry_to_document, entries(1))
    table.insert(document)
    return {"ms": medians(lambda: table.insert(document), times=SAVES)[0]}


def do_stock_open(file: Path) -> dict[str, float]:
    before = memory()
    took = milliseconds(lambda: TinyDB(file).table("entries").all()[-10:])
    return {"ms": took, "memory": memory() - before}


def do_stock_insert(file: Path) -> dict[str, float]:
    table = TinyDB(file).table("entries")
    (document,) = map(entry_to_document, entries(1))
    table.insert(document)
    return {"ms": medians(lambda: table.insert(document), times=3)[0]}


SAVING = {"add": "Journal.add", "insert": "LogTable.insert"}
STEPS: dict[str, Callable[[Path], dict[str, float]]] = {
    "open": do_open,
    "search": do_search,
    "add": do_add,
    "insert": do_insert,
    "stock open": do_stock_open,
    "stock insert": do_stock_insert,
}


def run(step: str, place: Path, *before: str) -> dict[str, float]:
    command = [*before, sys.executable, "-m", "benchmarks.store", "--step", step, str(place)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return dict(json.loads(said))


def fsyncs_a_save(folder: Path) -> tuple[float, str]:
    """Of the log's own file in `SAVES` saves, and how they were counted."""
    if not shutil.which("strace"):
        calls: list[Any] = []
        real = os.fsync
        os.fsync = lambda fd: calls.append(fd) or real(fd)  # type: ignore[func-returns-value]
        do_add(folder)
        os.fsync = real
        return len(calls) / SAVES, "by a wrapper around os.fsync"
    with tempfile.NamedTemporaryFile() as trace:
        run("add", folder, "strace", "-f", "-e", "trace=fsync,fdatasync,sync_file_range", "-o", trace.name)
        return Path(trace.name).read_text().count("sync(") / SAVES, "by strace"


# -- the table -------------------------------------------------------------------------------------


class Table:
    """Prints a figure beside its target as soon as it is known."""

    def __init__(self) -> None:
        print(f"{'':52} {'':>12} {'figure':>9} {'target':>9}")

    def show(self, what: str, detail: str, ratio: float, target: float | None = None) -> None:
        end = "" if target is None else f"{f'≤ {target:.4g}x':>10}  {'yes' if ratio <= target else 'NO'}"
        print(f"{what:52} {detail:>12} {format(ratio, '.3g') + 'x':>9}{end}", flush=True)


class Rounds:
    """What the steps said, by step and place."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, Path], list[dict[str, float]]] = {}

    def run(self, times: int, *steps: tuple[str, Path]) -> None:
        """In turn, so that a busy moment falls on all alike."""
        for _ in range(times):
            for step, place in steps:
                self._said.setdefault((step, place), []).append(run(step, place))

    def middle(self, step: str, place: Path, what: str = "ms") -> float:
        return statistics.median(said[what] for said in self._said[step, place])


def homes_in(folder: Path) -> list[Path]:
    return [folder / name_of(key) for key in (None, KEY)]


def measure(size: int, runs: int, table: Table, folder: Path) -> None:
    """Fills and measures the journals of one size."""
    fill(folder, size)
    stock, homes, rounds = folder / "stock.json", homes_in(folder), Rounds()
    rounds.run(runs, ("stock open", stock), *(("open", home) for home in homes))
    rounds.run(max(1, runs // 2), *(("search", home) for home in homes))
    rounds.run(max(1, min(3, 20_000 // size)), ("stock insert", stock), *saves(homes))
    middle = rounds.middle
    by_stock, saved_by_stock = middle("stock open", stock), middle("stock insert", stock)
    print(f"\n{size:,} entries; stock TinyDB: open and read {by_stock:.0f} ms, insert {saved_by_stock:.0f} ms")
    for home, open_target in zip(homes, (0.4, 0.8), strict=True):
        log = (home / f"{DEVICE}.log").stat().st_size
        rows: list[tuple[str, str, str, float, float | None]] = [
            ("open + last 10 / open and read by stock", "open", "ms", by_stock, open_target),
            ("open and warm / open and read by stock", "search", "warm", by_stock, None),
            ("search a rare word / bare find", "search", "ms", middle("search", home, "bare"), 1.1),
            ("search a word in all / bare find", "search", "common", middle("search", home, "bare"), None),
            ("memory, open + last 10 / log", "open", "memory", log, 1.5),
            ("memory, searched / log", "search", "memory", log, None),
            ("memory, every entry read / log", "search", "read", log, None),
        ]
        rows += [(f"{name} / insert by stock", step, "ms", saved_by_stock, 0.01) for step, name in SAVING.items()]
        for name, step, what, base, target in rows:
            found = middle(step, home, what)
            detail = f"{found:.1f} ms" if base is not log else f"{found / 2**20:.0f} MB"
            # Below ten thousand entries stock TinyDB is quick enough, and the program itself takes most.
            table.show(f"{home.name}: {name}", detail, found / base, target if size >= 10_000 else None)


def saves(homes: Iterable[Path]) -> list[tuple[str, Path]]:
    return [(step, home) for home in homes for step in SAVING]


def compare(runs: int, table: Table, small: Path, large: Path) -> None:
    """Saving in the journals of two sizes, in turn."""
    rounds = Rounds()
    rounds.run(runs, *saves([*homes_in(small), *homes_in(large)]))
    print(f"\n{large.name} beside {small.name} entries")
    for few, many in zip(homes_in(small), homes_in(large), strict=True):
        for step, name in SAVING.items():
            took = rounds.middle(step, many)
            table.show(f"{many.name}: {name}", f"{took:.2f} ms", took / rounds.middle(step, few), 1.5)
        number, how = fsyncs_a_save(few)
        table.show(f"{many.name}: fsyncs a save, {how}", "", number, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--step", nargs=2, metavar=("NAME", "PLACE"), help=argparse.SUPPRESS)
    chosen: Any = parser.parse_args()
    if chosen.step:
        step, place = chosen.step
        print(json.dumps(STEPS[step](Path(place))))
        return
    table = Table()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        homes = [Path(folder) / f"{size:,}" for size in sizes]
        for size, home in zip(sizes, homes, strict=True):
            home.mkdir()
            measure(size, chosen.runs, table, home)
        compare(chosen.runs, table, homes[0], homes[-1])


if __name__ == "__main__":
    main()
