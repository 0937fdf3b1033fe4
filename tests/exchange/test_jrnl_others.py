"""jrnl's folders, encrypted files and other time formats. All samples were written by jrnl 4.6, but for the one of
version 2, which jrnl only reads: it was made with cryptography, and jrnl opened it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import Plan, carry_out, plan
from journal_tui.model import JournalError, UsageError
from journal_tui.store.journal import Journal
from tests.cli.command_line import Cli

Write = Callable[[str | bytes], Path]
PASSWORD = "correct horse battery"


def whole(result: Plan) -> list[tuple[date | None, datetime | None, str, tuple[str, ...], bool]]:
    return [(e.day, e.moment, e.text, e.tags, e.starred) for e in result.entries]


# -- time formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dotted", "named", "locale", "ctime", "monthfirst", "iso", "dayonly"])
def test_every_time_format_says_what_jrnl_says(journal: Journal, samples: Path, name: str) -> None:
    folder = samples / "jrnl-timeformats"
    said = json.loads((folder / "export.json").read_bytes())["entries"]
    result = plan(journal, folder / f"{name}.txt")
    assert (result.format.title, result.left_out, result.notes) == ("jrnl text", (), ())
    assert len(result.entries) == len(said) == 5
    for entry, expected in zip(result.entries, said, strict=True):
        assert entry.text.split() == f"{expected['title']} {expected['body']}".split()
        assert entry.day == date.fromisoformat(expected["date"])
        if name == "dayonly":
            assert entry.moment is None
        else:
            assert entry.moment == datetime.fromisoformat(f"{expected['date']}T{expected['time']}")
        assert entry.starred == expected["starred"]
        assert {f"#{tag}" for tag in entry.tags} == {tag for tag in expected["tags"] if tag[0] == "#"}
    carry_out(journal, result)
    if name != "dayonly":
        assert plan(journal, folder / "export.json").already_there == 5


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("Saturday, 02 March 2024 09:05 PM", "2024-03-02T21:05"),
        ("Sat Mar  2 21:05:09 2024", "2024-03-02T21:05:09"),
        ("March 2nd, 2024 at 9:05 pm", "2024-03-02T21:05"),
        ("2-Mar-2024 21:05", "2024-03-02T21:05"),
        ("2 Mar 24 21:05", "2024-03-02T21:05"),
        ("Sept. 30, 1999, 00:00", "1999-09-30T00:00"),
        ("31.12.69 23:59", "1969-12-31T23:59"),
        ("03/14/24 01:00:00", "2024-03-14T01:00"),
        ("1 May 2024 10:00 +0200", "2024-05-01T10:00+02:00"),
    ],
)
def test_names_of_months_and_short_years(journal: Journal, file: Write, stamp: str, moment: str) -> None:
    [entry] = plan(journal, file(f"[{stamp}] Title\n")).entries
    assert (entry.moment, entry.text) == (datetime.fromisoformat(moment), "Title")


@pytest.mark.parametrize(
    "stamp", ["Mayday 2 2024", "2 March", "Monday May 2024", "March May 2 2024", "30 February 2024", "a 2 May 2024"]
)
def test_what_only_looks_like_a_date_stays_in_the_text(journal: Journal, file: Write, stamp: str) -> None:
    [entry] = plan(journal, file(f"[2024-01-01 10:00] Title\n[{stamp}] more\n")).entries
    assert entry.text == f"Title\n[{stamp}] more"


# -- folders ---------------------------------------------------------------------------------------

FOLDER = [
    (date(2024, 2, 29), datetime(2024, 2, 29, 7, 15), "Up early.\nThe river was high #outside", ("outside",), False),
    (date(2024, 2, 29), datetime(2024, 2, 29, 21, 40), "Talked with @marco again.\nHe listened. *", (), False),
    (date(2024, 12, 31), datetime(2024, 12, 31, 23, 59), "Last one 日本語", (), False),
]


@pytest.mark.parametrize("name", ["jrnl-folder", "jrnl-folder-clock"])
@pytest.mark.parametrize("form", [None, "jrnl"])
def test_a_folder_is_read_day_by_day(journal: Journal, samples: Path, name: str, form: str | None) -> None:
    result = plan(journal, samples / name, form)
    assert (result.format.title, result.left_out, result.notes) == ("jrnl folder", (), ())
    assert whole(result) == FOLDER


def test_an_archive_of_a_folder_and_a_folder_grown_since(journal: Journal, samples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(samples / "jrnl-folder", folder)
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        for path in folder.rglob("*.txt"):
            archive.write(path, path.relative_to(tmp_path))
    result = plan(journal, tmp_path / "old.zip")
    assert whole(result) == FOLDER
    carry_out(journal, result)
    assert plan(journal, folder).already_there == 3
    (folder / "2025/01").mkdir(parents=True)
    (folder / "2025/01/02.txt").write_text("[2025-01-02 08:00:00 AM] New *\n")
    result = plan(journal, folder)
    assert whole(result) == [(date(2025, 1, 2), datetime(2025, 1, 2, 8), "New", (), True)]
    assert result.already_there == 3


def test_words_without_a_header_belong_to_their_day(journal: Journal, tmp_path: Path) -> None:
    days = tmp_path / "2024" / "05"
    days.mkdir(parents=True)
    (days / "01.txt").write_text("Just words.\n[a note] in brackets\n* a star *\n")
    (days / "02.txt").write_text("Above.\n[2024-05-03 10:00] Its own day is the path's *\n[09:00] is no header here\n")
    (days / "03.txt").write_text("[10:15 PM] By the clock\n[25:00] is none\n")
    (days / "04.txt").write_text("\n")
    result = plan(journal, tmp_path)
    one, two, three = date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 3)
    assert whole(result) == [
        (one, None, "Just words.\n[a note] in brackets\n* a star *", (), False),
        (two, None, "Above.", (), False),
        (two, datetime(2024, 5, 2, 10), "Its own day is the path's\n[09:00] is no header here", (), True),
        (three, datetime(2024, 5, 3, 22, 15), "By the clock\n[25:00] is none", (), False),
    ]
    assert result.left_out == ()


def test_files_that_are_no_day_or_no_text_are_left_out_alone(journal: Journal, tmp_path: Path) -> None:
    for path, content in {
        "2024/05/01.txt": b"Good.",
        "2024/05/02.txt": b"caf\xe9",
        "2024/05/03.txt": b"\0\1",
        "2024/02/30.txt": b"no day",
        "2024/todo.txt": b"x",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    result = plan(journal, tmp_path)
    assert whole(result) == [(date(2024, 5, 1), None, "Good.", (), False)]
    assert [(p.where, p.why.partition(":")[0]) for p in result.left_out] == [
        ("2024/02/30.txt", "it is not named by a day, like 2024/05/31.txt"),
        ("2024/05/02.txt", "it is not UTF-8 in line 1, byte 4"),
        ("2024/05/03.txt", "it is not a text file"),
        ("2024/todo.txt", "it is not named by a day, like 2024/05/31.txt"),
    ]


# -- encrypted -------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("form", [None, "jrnl"])
def test_an_encrypted_file_opens_with_its_password(
    journal: Journal, samples: Path, version: int, form: str | None
) -> None:
    result = plan(journal, samples / f"jrnl-encrypted-v{version}.txt", form, password=lambda: PASSWORD)
    assert result.format.title == "encrypted jrnl"
    assert whole(result) == whole(plan(journal, samples / "jrnl-default-timeformat.txt"))
    carry_out(journal, result)
    assert plan(journal, samples / "jrnl-default-timeformat.txt").already_there == 8


def test_the_oldest_header_of_version_3_is_plain(journal: Journal, samples: Path, file: Write) -> None:
    content = (samples / "jrnl-encrypted-v3.txt").read_bytes()
    size = int.from_bytes(content[6:8], "big")
    header = b'{"salt":"FE2lmk5p5a58qL3--S9Dsg=="}'
    older = b"JRNLv3" + len(header).to_bytes(2, "big") + header + content[8 + size :]
    assert len(plan(journal, file(older), password=lambda: PASSWORD).entries) == 8


@pytest.mark.parametrize("version", [2, 3])
def test_a_wrong_password_is_one_line(journal: Journal, samples: Path, version: int) -> None:
    with pytest.raises(JournalError, match=r"-v..txt does not open with this password, or is damaged: try again"):
        plan(journal, samples / f"jrnl-encrypted-v{version}.txt", password=lambda: "correct horse")


def test_nobody_to_ask(journal: Journal, samples: Path) -> None:
    with pytest.raises(UsageError, match="is encrypted: its password is needed to read it"):
        plan(journal, samples / "jrnl-encrypted-v3.txt")


@pytest.mark.parametrize("change", [slice(0, 30), slice(0, 300), slice(0, -1)])
def test_a_damaged_file_is_one_line(journal: Journal, samples: Path, file: Write, change: slice) -> None:
    content = (samples / "jrnl-encrypted-v3.txt").read_bytes()[change]
    with pytest.raises(JournalError, match="damaged") as refusal:
        plan(journal, file(content), password=lambda: PASSWORD)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("header", [b"", b"{", b"{}", b"[1]", b'{"salt": 7}', b'{"salt": "a"}', b"e30=", b"\xff"])
def test_a_header_that_says_nothing_is_one_line(journal: Journal, file: Write, header: bytes) -> None:
    content = b"JRNLv3" + len(header).to_bytes(2, "big") + header + b"gAAAAA"
    with pytest.raises(JournalError, match="damaged"):
        plan(journal, file(content), password=lambda: PASSWORD)


def test_what_is_encrypted_never_comes_in_as_words(journal: Journal, samples: Path) -> None:
    assert plan(journal, samples / "jrnl-encrypted-v2.txt", "jsonl").entries == ()
    with pytest.raises(JournalError, match="is not a text file"):
        plan(journal, samples / "jrnl-encrypted-v3.txt", "jsonl")


def test_the_password_comes_from_a_file_or_is_asked_for(tmp_path: Path, samples: Path) -> None:
    cli = Cli(tmp_path)
    path = str(samples / "jrnl-encrypted-v3.txt")
    assert "--password-file" in cli.refused("import", path, code=1)
    child = cli.spawn("import", path, "--dry-run")
    child.expect("Password of the file: ")
    child.sendline(PASSWORD)
    assert "new: 8 entries" in child.read()
    child.close()
    cli.ok("import", path, "--password-file", cli.secret(PASSWORD))
    assert len(cli.entries()) == 8
