"""The user's choices."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Pace, Pillar
from journal_tui.settings import Settings, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.yaml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert read_settings(file) == (Settings(), [])
    assert not file.exists()


def test_every_setting_can_be_chosen(file: Path) -> None:
    file.write_text(
        "day_starts_at: 0\n"
        "time: as long as it takes\nshuffled: true\nfocus: trust\n"
        "theme: paper\nplain_glyphs: true\nreduced_motion: True\nlock_after: 0\n"
    )
    chosen = Settings(
        day_starts_at=0,
        time=Pace.LONG,
        shuffled=True,
        focus=Pillar.TRUST,
        theme="paper",
        plain_glyphs=True,
        reduced_motion=True,
        lock_after=0,
    )
    assert read_settings(file) == (chosen, [])


def test_a_setting_alone_leaves_the_others(file: Path) -> None:
    file.write_text("theme: dusk\n")
    assert read_settings(file) == (Settings(theme="dusk"), [])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("day_starts_at: 13", "1:16: day_starts_at should be a whole number from 0 to 12"),
        ("day_starts_at: -1", "1:16: day_starts_at should be a whole number"),
        ('day_starts_at: "4"', "1:16: day_starts_at should be a whole number"),
        ("time: ten minute", '1:7: time cannot be "ten minute" (did you mean "ten minutes"?)'),
        ("time: [3]", "1:7: time should be text"),
        ("focus: trst", '1:8: focus cannot be "trst" (did you mean "trust"?)'),
        ("shuffled: perhaps", "1:11: shuffled should be true or false"),
        ("theme: dark", '1:8: theme cannot be "dark": choose from auto, dusk, paper'),
        ("theme: paper2", '(did you mean "paper"?)'),
        ("theme:", "theme is empty"),
        ("plain_glyphs: yes", "1:15: plain_glyphs should be true or false"),
        ("reduced_motion: 1", "1:17: reduced_motion should be true or false"),
        ("lock_after: 241", "1:13: lock_after should be a whole number from 0 to 240"),
        ("lock_after: never", "1:13: lock_after should be a whole number"),
        ("them: dusk", '1:1: unknown key "them" in settings (did you mean "theme"?)'),
        ("colour: red", 'unknown key "colour" in settings: known here are day_starts_at, time, shuffled, focus'),
    ],
)
def test_a_bad_setting_is_told_and_the_others_hold(file: Path, line: str, told: str) -> None:
    good = "theme: paper" if not line.startswith("theme:") else "focus: trust"
    file.write_text(f"{line}\n{good}\n")
    settings, faults = read_settings(file)
    assert settings == (Settings(theme="paper") if good.startswith("theme") else Settings(focus=Pillar.TRUST))
    assert len(faults) == 1
    assert str(faults[0]).startswith(f"{file}:")
    assert told in str(faults[0])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"- theme\n", "settings should be a mapping (key: value), here it is a list"),
        (b"theme: [\n", "not valid YAML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"x: 1\n" * 200_000, "larger than 128 KB"),
    ],
)
def test_a_file_that_is_none_leaves_the_defaults(file: Path, content: bytes, told: str) -> None:
    file.write_bytes(content)
    settings, faults = read_settings(file)
    assert settings == Settings()
    assert told in str(faults[0])


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    settings, faults = read_settings(file)
    assert settings == Settings()
    assert f"cannot be read ({os.strerror(21)})" in str(faults[0])


@given(
    st.builds(
        Settings,
        day_starts_at=st.integers(0, 12),
        time=st.sampled_from(Pace),
        shuffled=st.booleans(),
        focus=st.none() | st.sampled_from(Pillar),
        theme=st.sampled_from(["auto", "dusk", "paper"]),
        plain_glyphs=st.booleans(),
        reduced_motion=st.booleans(),
        lock_after=st.integers(0, 240),
    )
)
def test_settings_are_read_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.yaml"
    file.write_text("".join(f"{name}: {str(getattr(settings, name)).lower()}\n" for name in Settings.__slots__))
    assert read_settings(file) == (settings, [])


def test_a_file_with_nothing_in_it_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("# theme: paper\n")
    assert read_settings(file) == (Settings(), [])
