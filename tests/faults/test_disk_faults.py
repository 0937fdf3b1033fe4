"""Every call that reaches the disk fails once, or is the last one before the power goes."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from journal_tui.model import JournalError
from tests.faults.conftest import LONG
from tests.faults.disk import Disk, PowerGoneError
from tests.faults.scenarios import MARK, SCENARIOS, Scenario, opened, opened_somehow, readable_files, state
from tests.store.sample import entry

scenarios = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
WRITING = {"write", "fsync", "ftruncate", "rename", "replace", "unlink"}
"""What is broken in the short form; the long one breaks every call there is."""

pytestmark = pytest.mark.usefixtures("cheap")


class Stage:
    """A scenario, its folder before, and what is there before and after."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self.scenario = scenario
        self._model = folder / "model"
        self.home = folder / "home"
        scenario.prepare(self._model)
        self.set_up()
        self.before = state(opened_somehow(self.home))
        self.waiting = {n: self.before[n] for n in ("drafts", "edits")} if scenario.name.startswith("keep") else {}
        """What waited as a draft may wait still, beside the entry made of it."""
        self.set_up()
        self.calls = self.act().calls
        self.after = state(opened(self.home, scenario.afterwards))
        self.problems = {problem.what for problem in opened_somehow(self.home).journal.check().problems}

    def set_up(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self._model, self.home)

    def act(self, **fault: int) -> Disk:
        world = opened(self.home)
        disk = Disk(self.home, **fault)
        try:
            with disk:
                if self.scenario.passphrase:
                    world.unlock(self.scenario.passphrase)
                self.scenario.act(world)
        finally:
            self.left_open = [path for path in disk.left_open if not path.startswith("data/drafts/")]
        return disk

    def refusal(self, **fault: int) -> str:
        """What the writer is told when it cannot be done; empty: it was done."""
        try:
            self.act(**fault)
        except JournalError as error:
            return str(error)
        return ""

    def numbers(self, of: int) -> list[int]:
        """The calls to break: all in the long form, else every so many, others for each scenario."""
        if LONG:
            return list(range(len(self.calls)))
        writing = [number for number, call in enumerate(self.calls) if call.name in WRITING]
        return writing[len(self.scenario.name) % of :: of]

    def has_all_after(self, what: str, *, may_be_damaged: bool = False) -> bool:
        """After a fault: it opens, everything is there, and what was begun can be done.

        Args:
            may_be_damaged: a commit that was under way may be told as a damaged stretch of the log from then on: a
                line that lost a sector in its middle still ends as a line does.

        Returns:
            Whether such a stretch is told.
        """
        world = opened_somehow(self.home)
        found = state(world)
        assert found in (self.before, self.after, self.after | self.waiting), what
        if found != self.after:
            self.act()
        world = opened_somehow(self.home)
        assert state(world) == self.after, what
        world.journal.add(entry("e99", "Last words."))
        world.journal.backup()
        assert "e99" in state(opened_somehow(self.home))["live"], what
        assert readable_files(self.home, MARK if world.has_passphrase else self.scenario.erases) == [], what
        told = {problem.what for problem in opened_somehow(self.home).journal.check().problems} - self.problems
        assert all(may_be_damaged and "damaged" in problem for problem in told), (what, told)
        return bool(told)


@pytest.fixture
def stage(scenario: Scenario, tmp_path: Path) -> Stage:
    return Stage(scenario, tmp_path)


@scenarios
def test_one_call_fails(stage: Stage, tell: Callable[[str], None]) -> None:
    told = tried = 0
    for number in stage.numbers(8):
        for error in (errno.ENOSPC, errno.EIO) if LONG else (errno.ENOSPC,):
            tried += 1
            stage.set_up()
            what = f"{stage.calls[number]} failed, number {number}"
            refusal = stage.refusal(fail=number, error=error)
            if refusal:
                told += 1
                assert len(refusal.splitlines()) == 1
                assert stage.left_open == [], what
                if stage.scenario.is_one_step:
                    assert state(opened_somehow(stage.home)) == stage.before, what
            else:
                assert state(opened_somehow(stage.home)) == stage.after, what
            stage.has_all_after(what)
    tell(f"{stage.scenario.name}: {tried:,} calls failed, one at a time: {told:,} told, {tried - told:,} overcome")


@scenarios
def test_the_power_goes_after_a_call(stage: Stage, tell: Callable[[str], None]) -> None:
    tried = 0
    for number in stage.numbers(9):
        tried += 1
        stage.set_up()
        with suppress(PowerGoneError):
            stage.act(gone=number)
        stage.has_all_after(f"the power went at {stage.calls[number]}, number {number}")
    tell(f"{stage.scenario.name}: ended at {tried:,} calls, opened again")


@scenarios
def test_the_system_takes_half_of_a_write(stage: Stage) -> None:
    writes = [number for number, call in enumerate(stage.calls) if call.name == "write"]
    for number in writes if LONG else writes[:: max(1, len(writes) // 3)]:
        stage.set_up()
        stage.act(short=number)
        assert state(opened(stage.home, stage.scenario.afterwards)) == stage.after
