"""RedNotebook's months. The samples were written by PyYAML, as RedNotebook writes them; those in rednotebook-2.29.3
by that version of RedNotebook itself (Debian's package)."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import Plan, carry_out, plan
from journal_tui.exchange.rednotebook import PICTURE
from journal_tui.model import Entry, JournalError, UsageError
from journal_tui.store.journal import Journal


def whole(entry: Entry) -> tuple[date | None, object, str, tuple[str, ...], bool]:
    return entry.day, entry.moment, entry.text, entry.tags, entry.starred


MAY = [
    (
        date(2024, 5, 3),
        None,
        "A sample day in May.\n\n**Bold** //slanted// --struck-- __under__ with #garden and #Late_night.\n"
        "Café, 日本語, 🙂: all of it stays; \"quotes\", 'too'.\n\nIdeas: call Ana\nIdeas: plant beans: two rows",
        ("garden", "late_night", "ideas", "quiet"),
        False,
    ),
    (
        date(2024, 5, 17),
        None,
        'Before the picture [""file:///home/sample/river"".png?300] and after.',
        ("family", "water"),
        False,
    ),
    (date(2024, 5, 18), None, "Gratitude: warm bread", ("gratitude",), False),
    (date(2024, 5, 31), None, "2024", (), False),
]
JUNE = [(date(2024, 6, 1), None, "* a list\n  * within\n\n# not a tag\n== Heading ==\n1: {text: not a day}", (), False)]


def test_what_rednotebook_wrote(journal: Journal, samples: Path) -> None:
    result = plan(journal, samples / "rednotebook-2.29.3")
    assert list(map(whole, result.entries)) == [
        (
            date(2023, 2, 1),
            None,
            "=Sunday walk=\nWith **Ana**, she said //no// and I listened.\n- one\n- two\n\n#trust and #win-win\n\n"
            "Family: Ana\nFamily: called mum",
            ("trust", "win-win", "calm", "family"),
            False,
        ),
        (
            date(2023, 2, 3),
            None,
            "  leading blanks\n\n\ttab: a 'quote' \"double\" # not: yaml\n--deleted--\n\nWork: meeting: long",
            ("work",),
            False,
        ),
        (
            date(2024, 2, 29),
            None,
            "2024-02-29:\n29: text\n{text: x}\n#ffffff is no tag, nor is #include; #Füße_1 is",
            ("füße_1",),
            False,
        ),
        (date(2024, 12, 1), None, "Only category: an item", ("only category",), False),
        (
            date(2024, 12, 31),
            None,
            'Ümläut – 日本 🙂\n[picture "file:///home/sample/a".png] [link "http://example.org"]\n1: not a day',
            (),
            False,
        ),
    ]
    assert (result.left_out, result.notes) == ((), ())


@pytest.mark.parametrize("form", [None, "rednotebook"])
def test_a_folder_of_months(journal: Journal, samples: Path, form: str | None) -> None:
    result = plan(journal, samples / "rednotebook", form)
    assert result.format.title == "RedNotebook"
    assert list(map(whole, result.entries)) == MAY + JUNE
    assert [(p.where, p.why) for p in result.left_out] == [("2024-05.txt line 22", "it has no words")]
    assert result.notes == (f"{PICTURE} (2024-05.txt line 12)",)
    carry_out(journal, result)
    assert plan(journal, samples / "rednotebook").entries == ()
    assert plan(journal, samples / "rednotebook" / "2024-06.txt").already_there == 1


@pytest.mark.parametrize("form", [None, "rednotebook"])
def test_one_month_alone(journal: Journal, samples: Path, form: str | None) -> None:
    assert list(map(whole, plan(journal, samples / "rednotebook" / "2024-06.txt", form).entries)) == JUNE


def test_an_archive_and_a_journal_grown_since(journal: Journal, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(samples / "rednotebook", folder)
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"data/{path.name}")
    carry_out(journal, plan(journal, tmp_path / "backup.zip"))
    (folder / "2024-07.txt").write_text("4: {text: New}\n")
    result = plan(journal, folder)
    assert ([whole(e) for e in result.entries], result.already_there) == (
        [(date(2024, 7, 4), None, "New", (), False)],
        5,
    )


def written(tmp_path: Path, content: str | bytes, name: str = "2024-05.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_files_before_version_1(journal: Journal, tmp_path: Path) -> None:
    old = """1:
  !!python/str 'text': !!python/unicode "Caf\\xE9."
  !!python/unicode 'Work': {!!python/unicode 'a': null}
"""
    [entry] = plan(journal, written(tmp_path, old)).entries
    assert (entry.day, entry.text, entry.tags) == (date(2024, 5, 1), "Café.\n\nWork: a", ("work",))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31.5: {text: x}", "it is no day of its month"),
        ("0: {text: x}", "it is no day of its month"),
        ("32: {text: x}", "it is no day of its month"),
        ("99999999999999999999: {text: x}", "it is no day of its month"),
        ("two: {text: x}", "it is no day of its month"),
        ("2: {text: [x]}", "its text is not in words"),
        ("2: {text: null}", "it has no words"),
        ("2: {}", "it has no words"),
        ("2:", "it has no words"),
    ],
)
def test_a_day_that_does_not_fit_is_left_out(journal: Journal, tmp_path: Path, line: str, why: str) -> None:
    result = plan(journal, written(tmp_path, f"1: {{text: good}}\n{line}\n3: good too\n"))
    assert [entry.text for entry in result.entries] == ["good", "good too"]
    assert [(p.where, p.why) for p in result.left_out] == [("line 2", why)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("1: {text: cut", "line 2: not valid YAML"),
        ("1: {text: x}\n1: {text: y}", 'line 2: "1" stands twice in this mapping'),
        ("1: &a {text: x}\n2: *a", "line 1: anchors and aliases"),
        ("1: !!python/object:os.system {text: x}", r"line 1: tags \(!\) are not used here"),
        ("1: " + "[" * 500, "line 1: nested deeper"),
        ("1: {text: \x07}", "line 1: a control character"),
    ],
)
def test_a_month_that_is_broken_is_one_line_and_of_many_left_out_alone(
    journal: Journal, tmp_path: Path, content: str, why: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(JournalError, match=f"2024-05.txt cannot be read, {why}") as refusal:
        plan(journal, path)
    assert len(str(refusal.value).splitlines()) == 1
    written(tmp_path, "1: {text: good}\n", "2024-06.txt")
    written(tmp_path, "x", "2024-05.txt.bak")
    result = plan(journal, tmp_path)
    assert [entry.text for entry in result.entries] == ["good"]
    assert [p.where for p in result.left_out] == ["2024-05.txt", "2024-05.txt.bak"]
    assert result.left_out[0].why.startswith("it cannot be read, line ")


def test_a_month_needs_its_name(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"tells no month: name it as RedNotebook does, like 2024-05.txt"):
        plan(journal, written(tmp_path, "1: {text: x}\n", "may.txt"), "rednotebook")


def test_a_name_alone_makes_no_month(journal: Journal, tmp_path: Path) -> None:
    path = written(tmp_path, "May was warm.\n1: a list\n")
    for place in (path, tmp_path):
        with pytest.raises(UsageError):
            plan(journal, place)


def planned(content: bytes) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2024-05.txt"
        path.write_bytes(content)
        return plan(Journal(Path(folder) / "journal"), path)


@given(st.text(st.characters(codec="utf-8")).map(lambda text: f"a{text}z"), st.sampled_from([None, True, False]))
@example("a\x07\0\x85\u2028\ufeff\r\n\n  z", None)
def test_what_pyyaml_writes_comes_in_unchanged(text: str, flow: bool | None) -> None:
    content = yaml.safe_dump({1: {"text": text}}, allow_unicode=True, default_flow_style=flow)
    [entry] = planned(content.encode()).entries
    assert entry.text == text
