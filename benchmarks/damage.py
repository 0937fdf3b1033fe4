"""What damaged journals cost: the slowest and the largest `import --dry-run` of two hundred of them.

    python -m benchmarks.damage [--most N]

Each runs in a process of its own. Printed are seconds and the most memory, for the worst ones and, to compare, for
an undamaged file; and whether each ended with one line and an exit code of its own, and the journal untouched.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tests.exchange.damaged import SAMPLES, Damaged, variants

PASSWORD = "correct horse battery"


UNDAMAGED = Damaged("undamaged", lambda _: SAMPLES / "jrnl-default-timeformat.txt")


class Run(NamedTuple):
    name: str
    seconds: float
    megabytes: float
    code: int
    told: str


def written(damaged: Damaged, folder: Path) -> Path:
    """The damaged journal, written by another process: a child is charged with what its parent held at the most."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(write, damaged.name, folder).result()


def write(name: str, folder: Path) -> Path:
    return next(damaged for damaged in [UNDAMAGED, *variants()] if damaged.name == name).write(folder)


def run(damaged: Damaged) -> Run:
    """One dry run in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = written(damaged, folder)
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        home = folder / "home"
        words = ["--home", str(home), "import", "--dry-run", "--password-file", str(secret), str(path)]
        start = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "journal_tui", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert child.stderr
        told = child.stderr.read().decode()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if home.exists():
            told += "(the journal was touched)"
        return Run(damaged.name, seconds, used.ru_maxrss / 1024, child.returncode, told)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--most", type=int, default=0, help="how many, 0 for all")
    chosen = variants()[: options.parse_args().most or None]
    runs = [run(damaged) for damaged in chosen]
    whole = run(UNDAMAGED)
    print(f"{len(runs)} damaged journals; undamaged: {whole.seconds:.2f} s, {whole.megabytes:.0f} MB")
    print(f"refused {sum(r.code != 0 for r in runs)}, read in part {sum(r.code == 0 for r in runs)}")
    for title, key in (("slowest", 1), ("largest", 2)):
        print(title)
        for found in sorted(runs, key=lambda r: r[key], reverse=True)[:5]:
            print(f"  {found.seconds:5.2f} s  {found.megabytes:4.0f} MB  {found.name}")
    unclear = [r for r in runs if len(r.told.splitlines()) != (r.code != 0) or r.code not in (0, 1, 2)]
    print(f"not one clear line, or the journal touched: {len(unclear)}")
    for found in unclear:
        print(f"  {found.name}: exit {found.code}, {found.told!r}")


if __name__ == "__main__":
    main()
