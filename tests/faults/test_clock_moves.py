"""The clock is set back and forward between writes: what is written later comes later."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_tui.store.history import EDITS
from journal_tui.store.journal import Journal
from tests.conftest import Clock
from tests.faults.scenarios import OLD, opened
from tests.store.sample import entry

TEN_YEARS = 3653


def anew(home: Path, passphrase: str, clock: Clock) -> Journal:
    world = opened(home)
    world.clock = clock
    if passphrase:
        world.unlock(passphrase)
    return world.journal


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("passphrase", ["", OLD], ids=["plain", "sealed"])
@pytest.mark.parametrize(
    "days", [[-TEN_YEARS, TEN_YEARS], [TEN_YEARS, -TEN_YEARS], [TEN_YEARS, -2 * TEN_YEARS]], ids=str
)
def test_nothing_is_lost_and_the_order_of_writing_stays(
    tmp_path: Path, clock: Clock, days: list[int], passphrase: str
) -> None:
    if passphrase:
        opened(tmp_path).set_passphrase(passphrase)
    anew(tmp_path, passphrase, clock).add(entry("e1", "version 0"))
    texts = ["version 0"]
    ids: list[str] = []
    for number, move in enumerate(days * 3, 1):
        clock.move(days=move)
        journal = anew(tmp_path, passphrase, clock)
        ids.append(journal.new_id())
        journal.add(entry(ids[-1], f"added {number}"))
        texts.append(f"version {number}")
        journal.replace(entry("e1", texts[-1]))
        asked = journal.backup()
        assert asked.exists()
    assert len({*ids}) == len(ids)
    journal = anew(tmp_path, passphrase, clock)
    assert [version.entry.text for version in journal.history("e1")] == texts
    assert {e.text for e in journal.entries()} == {texts[-1], *(f"added {n}" for n in range(1, len(ids) + 1))}
    assert (journal.troubles, journal.check().problems) == ((), ())
    assert len([copy for copy in journal.backups() if copy.why == "asked"]) == len(ids)
    # Edits are taken back in the order opposite to that of writing, additions passed over.
    for text in reversed(texts[:-1]):
        clock.move(days=days[0])
        journal = anew(tmp_path, passphrase, clock)
        journal.steps.undo(EDITS)
        assert journal.get("e1").text == text
        clock.move(days=-days[0])
    journal.delete(["e1"])
    clock.move(days=days[0])
    anew(tmp_path, passphrase, clock).steps.undo()
    assert anew(tmp_path, passphrase, clock).get("e1").text == "version 0"
