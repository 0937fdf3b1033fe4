"""A process that writes is killed at any moment, again and again."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.faults.children import Step, after, journal_in, model_of, start, write_without_end
from tests.faults.conftest import LONG
from tests.faults.scenarios import MARK, OLD, opened, readable_files

KILLS = 1000 if LONG else 60
A_FOLDER = 25
"""Kills before another journal is begun."""


def killed(home: Path, seed: int, seconds: float) -> list[Step | str]:
    """What a child said until it was killed, `seconds` after it was ready."""
    child, pipe = start(write_without_end, home, seed)
    assert pipe.recv() == "ready"
    time.sleep(seconds)
    child.kill()
    child.join()
    said = list(rest(pipe))
    pipe.close()
    child.close()
    return said


def rest(pipe: Connection) -> list[Step | str]:
    found = []
    try:
        while True:
            found.append(pipe.recv())
    except (EOFError, ConnectionResetError):
        return found


@pytest.mark.usefixtures("cheap")
def test_nothing_acknowledged_is_lost_and_nothing_invented(tmp_path: Path, tell: Callable[[str], None]) -> None:
    chance = random.Random(1)
    acknowledged = begun = came = 0
    for number in range(KILLS):
        home = tmp_path / str(number // A_FOLDER)
        is_sealed = number // A_FOLDER % 2 == 1
        if number % A_FOLDER == 0:
            world = opened(home)
            if is_sealed:
                world.set_passphrase(OLD)
        before = model_of(journal_in(home))
        expected = before
        step: Step | None = None
        for said in killed(home, number, chance.uniform(0, 0.06)):
            if isinstance(said, str):
                assert step is not None
                expected, step = after(expected, step), None
                acknowledged += 1
            else:
                step = said
        journal = journal_in(home)
        found = model_of(journal)
        if step is not None:
            begun += after(expected, step) != expected  # a backup changes nothing
            came += found == after(expected, step) != expected
        assert found in (expected, after(expected, step) if step else expected), (number, step)
        assert found == model_of(journal_in(home))
        if number % 5 == 4:
            journal.backup()  # what was left over goes
            assert journal_in(home).check().problems == (), number
            if is_sealed:
                assert readable_files(home, MARK) == [], number
            shutil.rmtree(home / "data" / "backups", ignore_errors=True)
    assert acknowledged > KILLS
    tell(f"{KILLS:,} kills: {acknowledged:,} changes acknowledged, 0 lost; {begun:,} others were under way, of which"
         f" {came:,} are there as a whole and {begun - came:,} not at all; 0 invented")  # fmt: skip
