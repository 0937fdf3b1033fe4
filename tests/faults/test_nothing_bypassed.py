"""The system itself is asked which calls there were: each that changes the disk is one that `Disk` counts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command_line import ROOT
from tests.faults.conftest import LONG
from tests.faults.scenarios import SCENARIOS
from tests.faults.traced import BEGIN, END

FAMILIES = {
    "open": ("open", "openat", "openat2", "creat"),
    "write": ("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice"),
    "fsync": ("fsync", "fdatasync", "sync_file_range", "sync", "syncfs"),
    "rename": ("rename", "renameat", "renameat2", "replace"),
    "unlink": ("unlink", "unlinkat", "rmdir", "remove"),
    "mkdir": ("mkdir", "mkdirat"),
    "chmod": ("chmod", "fchmod", "fchmodat", "fchmodat2"),
    "truncate": ("truncate", "ftruncate", "fallocate"),
    "link": ("link", "linkat", "symlink", "symlinkat", "mknod", "mknodat", "mmap"),
    "flock": ("flock",),
}
FAMILY = {name: family for family, names in FAMILIES.items() for name in names}

strace = shutil.which("strace")


def families(calls: Counter[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name, count in calls.items():
        if name in FAMILY:
            found[FAMILY[name]] += count
    return dict(found)


@pytest.mark.skipif(not strace, reason="no strace here")
@pytest.mark.parametrize("name", [scenario.name for scenario in (SCENARIOS if LONG else SCENARIOS[:1])])
def test_the_system_saw_no_call_that_was_not_counted(tmp_path: Path, name: str, tell: Callable[[str], None]) -> None:
    home, trace = tmp_path / "home", tmp_path / "trace"
    wanted = "?" + ",?".join([*FAMILY, "lstat", "newfstatat"])
    command = [str(strace), "-f", "-y", "-qq", "-s", "0", "-e", f"trace={wanted}", "-o", str(trace)]
    done = subprocess.run(
        [*command, sys.executable, "-m", "tests.faults.traced", name, str(home)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "ptrace" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    counted = families(Counter(json.loads(done.stdout)))
    lines = trace.read_text().splitlines()
    [begin] = [number for number, line in enumerate(lines) if BEGIN in line]
    [end] = [number for number, line in enumerate(lines) if END in line]
    seen: Counter[str] = Counter()
    for line in lines[begin:end]:
        call = line.split(maxsplit=1)[1].partition("(")[0]
        # Listing a folder opens it: listing is a call of its own.
        if f"{home}" in line and "O_DIRECTORY" not in line and FAMILY.get(call):
            seen[call] += 1
    assert families(seen) == counted
    tell(f"{name}: strace saw {sum(seen.values())} calls that matter, all of them counted")
