"""The power goes: what was not synced is lost in part, and the last commits are cut anywhere."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_tui.store.journal import Journal
from tests.faults.conftest import LONG
from tests.faults.disk import Call
from tests.faults.power import Medium
from tests.faults.scenarios import DAY, MARK, OLD, SCENARIOS, State, opened, opened_somehow, readable_files, state
from tests.faults.test_disk_faults import Stage
from tests.store.sample import entry

pytestmark = pytest.mark.usefixtures("cheap")
CUTS = 3400 if LONG else 160
"""Two in three have bytes of a file to lose: more than 2,000 in the long form."""


def test_any_part_of_what_was_not_synced_is_lost(tmp_path: Path, tell: Callable[[str], None]) -> None:
    chance = random.Random(20260301)
    counts: Counter[str] = Counter()
    each = -(-CUTS // len(SCENARIOS))
    for scenario in SCENARIOS:
        folder = tmp_path / scenario.name
        folder.mkdir()
        stage = Stage(scenario, folder)
        stage.set_up()
        done = stage.act().done
        points = points_of(stage, done, chance, each)
        stage.set_up()
        model = Medium(stage.home)
        for number in range(len(done) + 1):
            for _ in range(points.count(number)):
                shutil.rmtree(stage.home)
                model.lay_out(stage.home, chance)
                what = f"the power went after {[str(call) for call in done[:number]][-3:]}"
                counts["cuts"] += 1
                counts["with bytes of a file unsynced"] += any(not n.endswith(".head") for n in model.unsynced)
                counts["with the log unsynced"] += "data/here.log" in model.unsynced
                counts["that tore the log"] += is_torn(stage)
                if number == len(done):
                    counts["after a change was acknowledged"] += 1
                    assert state(opened_somehow(stage.home)) in (stage.after, stage.after | stage.waiting), what
                under_way = number < len(done)
                counts["told as damage from then on"] += stage.has_all_after(what, may_be_damaged=under_way)
            if number < len(done):
                model.take(done[number])
    assert counts["that tore the log"] >= CUTS // 40
    tell("power cuts: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()) + "; 0 lost, 0 in between")


def points_of(stage: Stage, done: list[Call], chance: random.Random, count: int) -> list[int]:
    """Where to cut: never where there is nothing to lose, but for the end; mostly where bytes of a file are."""
    stage.set_up()
    model = Medium(stage.home)
    bytes_pending, names_pending, log_pending = [], [], []
    for number, call in enumerate(done):
        if "data/here.log" in model.unsynced:
            log_pending.append(number)
        if any(not name.endswith(".head") for name in model.unsynced):
            bytes_pending.append(number)
        elif not model.is_settled:
            names_pending.append(number)
        model.take(call)
    kinds = [kind for kind in (log_pending, log_pending, bytes_pending, names_pending) if kind]
    return [len(done), *(chance.choice(chance.choice(kinds)) for _ in range(count - 1))]


def is_torn(stage: Stage) -> bool:
    """Whether the log holds something that is no whole line, which it did not before."""
    found = {problem.what for problem in opened_somehow(stage.home).journal.check().problems}
    return any("not finished" in what or "damaged" in what for what in found - stage.problems)


@pytest.mark.parametrize("passphrase", ["", OLD], ids=["plain", "sealed"])
def test_the_log_cut_at_every_byte_of_its_last_commits(
    tmp_path: Path, passphrase: str, tell: Callable[[str], None]
) -> None:
    home = tmp_path / "home"
    world = opened(home, at=DAY)
    if passphrase:
        world.set_passphrase(passphrase)
    log = home / "data" / "here.log"
    ends: list[tuple[int, State]] = []
    changes: list[Callable[[Journal], object]] = [
        lambda journal: journal.add(entry("e1", "First words.")),
        lambda journal: journal.add(entry("e2", "Other words.")),
        lambda journal: journal.replace(entry("e1", "Second words.")),
        lambda journal: journal.delete(["e2"]),
        lambda journal: journal.add(entry("e3", "Third words.")),
    ]
    for change in changes:
        change(world.journal)
        ends.append((log.stat().st_size, state(world)))
    whole = log.read_bytes()
    head = home / "data" / "here.head"
    said = head.read_bytes()
    start = ends[1][0] if LONG else ends[3][0]
    sizes = range(start, len(whole) + 1)
    for size in sizes if LONG else [*sizes[:4], *sizes[4:-4:6], *sizes[-4:]]:
        log.write_bytes(whole[:size])
        # A line that lacks its line feed alone is whole.
        expected = [found for end, found in ends if end <= size + 1][-1]
        cut = opened(home, passphrase)
        assert state(cut) == expected, size
        told = cut.journal.troubles
        cut.journal.add(entry("e9", "New words."))
        told += cut.journal.troubles  # a torn end, when it is cut off
        assert bool(told) == (size < len(whole) - 1), size
        again = opened(home, passphrase)
        assert again.journal.get("e9").text == "New words."
        assert {**state(again)["live"]} == {**expected["live"], "e9": "New words."}
        if passphrase:
            assert readable_files(home, MARK) == []
        shutil.rmtree(home / "data" / "quarantine", ignore_errors=True)
        shutil.rmtree(home / "data" / "backups", ignore_errors=True)
        head.write_bytes(said)
    tell(f"the log cut at {len(whole) + 1 - start:,} places ({'sealed' if passphrase else 'plain'}): opened each time")
