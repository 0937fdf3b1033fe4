"""Readings kept from one report to the next: the same report, read once, private, gone when the words go."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.files import write_private
from journal_tui.insights import kept
from journal_tui.insights.kept import Readings
from journal_tui.insights.reading import Reading, read
from journal_tui.insights.report import build, to_json
from journal_tui.model import Answer, Entry
from journal_tui.paths import find_paths
from journal_tui.sealed import is_sealed
from journal_tui.settings import Settings
from journal_tui.world import World
from tests.insights.conftest import make_entry

TEXTS = (
    "I gave in and we did it his way. Tom was pleased, and I was not.",
    "Gestern habe ich mit Anna im Garten gearbeitet und wir haben viel gelacht.",
    "A long walk with my sister; she told me about the allotment.",
    "He hit me and I am afraid of him.",
)
ENTRIES = [make_entry(text, day=day * 3) for day, text in enumerate(TEXTS * 3)]
TODAY = date(2026, 3, 1)


def test_kept_readings_give_the_same_report(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Readings()
    report = build(ENTRIES, [], today=TODAY, kept=first)
    assert first.is_new
    again = Readings(first.to_bytes())
    monkeypatch.setattr(kept, "read", None)  # nothing is read a second time
    assert to_json(build(ENTRIES, [], today=TODAY, kept=again)) == to_json(report)
    assert not again.is_new


def test_only_what_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Readings()
    build(ENTRIES, [], today=TODAY, kept=before)
    changed = [replace(ENTRIES[0], answers=(Answer(text="Something else today, all by myself."),)), *ENTRIES[1:]]
    looked_at: list[str] = []

    def spy(entry: Entry, language: str) -> Reading:
        looked_at.append(entry.id)
        return read(entry, language)

    monkeypatch.setattr(kept, "read", spy)
    after = Readings(before.to_bytes())
    assert to_json(build(changed, [], today=TODAY, kept=after)) == to_json(build(changed, [], today=TODAY))
    assert looked_at[0] == ENTRIES[0].id
    assert len(set(looked_at[: len(looked_at) - len(changed)])) == 1
    assert "his way" not in after.to_bytes().decode()


def test_other_rules_read_everything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Readings()
    build(ENTRIES, [], today=TODAY, kept=before)
    content = before.to_bytes()
    monkeypatch.setattr(kept, "rules", lambda: "others")
    after = Readings(content)
    build(ENTRIES, [], today=TODAY, kept=after)
    assert after.is_new


KEPT = Readings()
build(ENTRIES, [], today=TODAY, kept=KEPT)
WHOLE = KEPT.to_bytes()


@given(st.binary(max_size=60) | st.integers(0, len(WHOLE) - 1).map(lambda end: WHOLE[:end]))
def test_a_cut_file_is_left_aside(content: bytes) -> None:
    assert Readings(content).of(ENTRIES[0], "en") == Readings(WHOLE).of(ENTRIES[0], "en")


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_damaged_file_is_left_aside(place: int, flip: int) -> None:
    damaged = bytearray(WHOLE)
    damaged[place] ^= flip
    assert Readings(bytes(damaged)).of(ENTRIES[0], "en") == Readings(WHOLE).of(ENTRIES[0], "en")


# -- on the disk -----------------------------------------------------------------------------------


@pytest.fixture
def world(tmp_path: Path) -> World:
    def clock() -> datetime:
        return datetime(2026, 3, 1, 20, tzinfo=UTC)

    here = World(find_paths(tmp_path, {}), Settings(), clock, [])
    here.journal.imports.bring_in([replace(entry, id=f"0000000000{n:06}") for n, entry in enumerate(ENTRIES)])
    return here


def entries_of(world: World) -> list[Entry]:
    return world.journal.entries()


def test_they_lie_in_a_private_file(world: World) -> None:
    world.report()
    file = world.paths.readings
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert "allot" in file.read_text()
    assert to_json(world.report()) == to_json(build(entries_of(world), [], today=world.today()))


def test_they_are_sealed_with_the_journal_and_open_with_it(world: World) -> None:
    report = to_json(world.report())
    world.set_passphrase("a b c")
    content = world.paths.readings.read_bytes()
    assert is_sealed(content)
    assert b"allot" not in content
    assert to_json(world.report()) == report
    assert is_sealed(world.paths.readings.read_bytes())
    write_private(world.paths.readings, b"allotment")
    assert to_json(world.report()) == report
    assert is_sealed(world.paths.readings.read_bytes())
    world.remove_passphrase()
    assert "allot" in world.paths.readings.read_text()


def test_nothing_of_an_erased_entry_stays(world: World) -> None:
    world.report()
    gone = [entry.id for entry in entries_of(world) if "allotment" in entry.text]
    world.erase(gone)
    assert not [file for file in world.paths.data.rglob("*") if file.is_file() and b"allot" in file.read_bytes()]
    world.report()
    assert "allot" not in world.paths.readings.read_text()


def test_a_disk_that_refuses_is_no_trouble(world: World) -> None:
    shutil.rmtree(world.paths.readings.parent)
    world.paths.readings.parent.write_text("in the way")
    assert to_json(world.report()) == to_json(build(entries_of(world), [], today=world.today()))
