"""One bit of a small journal is another."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_tui.model import JournalError
from tests.faults.conftest import LONG
from tests.faults.scenarios import DAY, OLD, opened
from tests.store.sample import entry, promise

BITS = None if LONG else 600
"""How many of them are tried; None: all."""


def entries_of(log: bytes) -> list[set[str]]:
    """Ids of the entries that each line is about, in the order of writing."""
    about: list[set[str]] = [set(), {"e1"}, {"e2"}, {"e1"}, {"e3"}, {"e2"}]
    assert len(log.splitlines()) == len(about)
    return about


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("passphrase", ["", OLD], ids=["plain", "sealed"])
def test_every_bit_of_the_log_counts(tmp_path: Path, passphrase: str, tell: Callable[[str], None]) -> None:
    world = opened(tmp_path, at=DAY)
    if passphrase:
        world.set_passphrase(passphrase)
    journal = world.journal
    journal.add(entry("e1", "First words."), commitments=[promise("c1", "e1")])
    journal.add(entry("e2", "Other words."))
    journal.replace(entry("e1", "Second words."))
    journal.add(entry("e3", "Third words."))
    journal.delete(["e2"])
    log = tmp_path / "data" / "here.log"
    whole = log.read_bytes()
    lines = entries_of(whole)
    texts = {"e1": ("Second words.", "First words."), "e2": ("Other words.",), "e3": ("Third words.",)}
    bits = range(len(whole) * 8)
    for bit in bits if BITS is None else sorted(random.Random(3).sample(bits, BITS)):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        log.write_bytes(damaged)
        world = opened(tmp_path)
        try:
            if passphrase:
                world.unlock(passphrase)
            journal = world.journal
            found = {e.id: e.text for e in [*journal.entries(), *(thrown.entry for thrown in journal.trash.all())]}
            detected = bool(journal.troubles) or bool(journal.check().problems)
        except JournalError as error:
            raise AssertionError(f"bit {bit % 8} of byte {bit // 8}: {error}") from error
        assert detected, f"bit {bit % 8} of byte {bit // 8} was not found"
        hit = lines[whole[: bit // 8].count(b"\n")]
        for id, (text, *earlier) in texts.items():
            if id in hit:
                assert found.get(id) in (None, text, *earlier), bit
            else:
                assert found.get(id) == text, f"{id} is lost to bit {bit % 8} of byte {bit // 8}"
    tell(
        f"{len(bits):,} bits flipped one by one ({'sealed' if passphrase else 'plain'}): all found, no other entry lost"
    )
