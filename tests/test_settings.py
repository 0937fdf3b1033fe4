"""The user's choices."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_tui.model import JournalError, Pace, Pillar, UsageError
from journal_tui.settings import SCHEMA, THEMES, Settings, Value, choices, parse_value, read_settings, write_setting


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
        ("theme: dark", '1:8: theme cannot be "dark": choose from auto, dusk, paper, night, noon'),
        ("theme: paper2", '(did you mean "paper"?)'),
        ("theme:", "theme is empty"),
        ("plain_glyphs: yes", "1:15: plain_glyphs should be true or false"),
        ("reduced_motion: 1", "1:17: reduced_motion should be true or false"),
        ("lock_after: 241", "1:13: lock_after should be a whole number from 0 to 240"),
        ("lock_after: never", "1:13: lock_after should be a whole number"),
        ("them: dusk", '1:1: unknown key "them" in settings (did you mean "theme"?)'),
        ("colour: red", 'unknown key "colour" in settings: known here are time, focus, shuffled, day_starts_at'),
    ],
)
def test_a_bad_setting_is_told_and_the_others_hold(file: Path, line: str, told: str) -> None:
    good = "theme: paper" if not line.startswith("theme:") else "focus: trust"
    file.write_text(f"{line}\n{good}\n")
    read, faults = read_settings(file)
    assert read == (Settings(theme="paper") if good.startswith("theme") else Settings(focus=Pillar.TRUST))
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
    read, faults = read_settings(file)
    assert read == Settings()
    assert told in str(faults[0])


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    read, faults = read_settings(file)
    assert read == Settings()
    assert f"cannot be read ({os.strerror(21)})" in str(faults[0])


CHOICES = st.fixed_dictionaries(
    {
        "day_starts_at": st.integers(0, 12),
        "time": st.sampled_from(Pace),
        "shuffled": st.booleans(),
        "focus": st.none() | st.sampled_from(Pillar),
        "theme": st.sampled_from(THEMES),
        "plain_glyphs": st.booleans(),
        "reduced_motion": st.booleans(),
        "lock_after": st.integers(0, 240),
        "remind_at": st.just("") | st.times().map("{:%H:%M}".format),
        "reminder": st.text("abc #:'\"\\-ü~[]{}&*!?é日", min_size=1).map(lambda text: " ".join(text.split()) or "x"),
        "editor": st.sampled_from(["", "nano", "code --wait", "'/a b/vim' -c 'set tw=0'", '"q" # x']),
    }
)


@given(CHOICES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_settings_are_read_as_they_were_written(file: Path, chosen: dict[str, Value]) -> None:
    file.write_text("# mine\ntheme: paper  # light\n\n'time' : 'two minutes' # short\n")
    for key, value in chosen.items():
        write_setting(file, key, value)
    assert read_settings(file) == (Settings(**chosen), [])  # type: ignore[arg-type]
    lines = file.read_text().splitlines()
    assert (lines[0], lines[2]) == ("# mine", "")
    assert lines[1].endswith("  # light")
    assert lines[3].endswith(" # short")
    assert file.stat().st_mode & 0o777 == 0o600


def test_every_setting_is_told_in_the_schema() -> None:
    assert list(SCHEMA) == list(Settings.__slots__)
    assert all(setting.default == getattr(Settings(), key) for key, setting in SCHEMA.items())
    assert all(setting.help.endswith(".") and setting.label for setting in SCHEMA.values())


def test_a_default_that_stands_nowhere_is_not_written(file: Path) -> None:
    write_setting(file, "theme", "auto")
    assert not file.exists()


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf# mine\r\n", b"", b"time: two minutes"])
def test_a_setting_is_added_to_what_is_there(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    write_setting(file, "theme", "paper")
    assert read_settings(file)[0].theme == "paper"
    assert file.read_bytes().startswith(content)
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n") or b"\r" not in content


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("theme: papr\n", '1:8: theme cannot be "papr" (did you mean "paper"?)'),
        ("theme: [\n", "not valid YAML"),
        ("{theme: paper}\n", "change it in the file"),
        ("theme: >\n  paper\nfocus: trust\n", ":1: theme cannot be changed by its line alone"),
        ("lock_after: 3\n...\n", "change it in the file"),
    ],
)
def test_a_file_that_cannot_be_changed_by_a_line_stays_as_it_is(file: Path, content: str, told: str) -> None:
    file.write_text(content)
    with pytest.raises(JournalError) as error:
        write_setting(file, "theme", "dusk")
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert file.read_text() == content


def test_a_link_stays_a_link(tmp_path: Path, file: Path) -> None:
    (tmp_path / "kept.yaml").write_text("theme: dusk\n")
    file.symlink_to(tmp_path / "kept.yaml")
    write_setting(file, "theme", "paper")
    assert file.is_symlink()
    assert (tmp_path / "kept.yaml").read_text() == "theme: paper\n"


def test_own_themes_can_be_chosen(file: Path) -> None:
    (file.parent / "themes").mkdir()
    (file.parent / "themes" / "forest.yaml").write_text("based_on: dusk\n")
    (file.parent / "themes" / "[b]\x1b[31m.yaml").write_text("based_on: dusk\n")
    assert choices(SCHEMA["theme"], file) == (*THEMES, "forest")
    write_setting(file, "theme", "forest")
    assert read_settings(file) == (Settings(theme="forest"), [])


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("lock_after", "30", 30),
        ("lock_after", " ", 15),
        ("remind_at", "9:05", "09:05"),
        ("remind_at", "none", ""),
        ("editor", "", ""),
        ("editor", "code --wait", "code --wait"),
        ("focus", "trust", Pillar.TRUST),
    ],
)
def test_what_is_typed_becomes_a_value(file: Path, key: str, words: str, value: Value) -> None:
    assert parse_value(SCHEMA[key], words, file) == value


@pytest.mark.parametrize(
    ("key", "words", "told"),
    [
        ("lock_after", "300", "Close after should be a whole number from 0 to 240"),
        ("remind_at", "25:00", "Remind me at should be a time of day such as 21:30"),
        ("editor", "vim 'x", "a quotation mark in it is not closed"),
    ],
)
def test_what_cannot_be_is_told_by_its_label(file: Path, key: str, words: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        parse_value(SCHEMA[key], words, file)


def test_a_file_with_nothing_in_it_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("# theme: paper\n")
    assert read_settings(file) == (Settings(), [])


@pytest.mark.parametrize("to", ["settings.yaml", "nowhere.yaml"])
def test_a_link_that_leads_nowhere_is_told(tmp_path: Path, to: str) -> None:
    file = tmp_path / "settings.yaml"
    file.symlink_to(to)
    assert [fault.message[:14] for fault in read_settings(file)[1]] == ["cannot be read"]
    if to == file.name:
        with pytest.raises(JournalError, match="nothing was changed"):
            write_setting(file, "theme", "paper")
