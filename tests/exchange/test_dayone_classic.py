"""Day One Classic: a folder of property lists."""

from __future__ import annotations

import plistlib
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import Plan, carry_out, plan
from journal_tui.exchange.dayone import MEDIA, NO_ZONE, WEATHER
from journal_tui.exchange.dayone_classic import MUSIC
from journal_tui.model import JournalError
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]

FIRST = "entries/0FB2CC5ABDD54C5B9B26B31C3843B7BE.doentry"


def check_sample(result: Plan, within: str = "") -> None:
    assert result.format.name == "dayone-classic"
    assert [(e.day, e.moment and e.moment.isoformat(), e.text, e.tags, e.starred) for e in result.entries] == [
        (
            date(2014, 10, 22),
            "2014-10-22T20:36:33-07:00",
            "Today's the day!\n\nQuiet & <calm>.",
            ("quote", "place/santa-cruz"),
            True,
        ),
        (date(2014, 10, 24), "2014-10-24T12:00:00+00:00", "Café, 日本語.", (), False),
    ]
    assert result.left_out == ()
    assert result.notes == tuple(f"{note} ({within}{FIRST})" for note in (MEDIA["photos"], WEATHER, MUSIC))


def test_a_folder_comes_whole_and_what_stays_behind_is_told(journal: Journal, samples: Path) -> None:
    result = plan(journal, samples / "dayone-classic")
    check_sample(result)
    carry_out(journal, result)
    assert plan(journal, samples / "dayone-classic").already_there == 2


def test_an_archive_holds_the_same(journal: Journal, samples: Path, tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "packed"), "zip", samples / "dayone-classic")
    check_sample(plan(journal, tmp_path / "packed.zip"))
    with zipfile.ZipFile(tmp_path / "deeper.zip", "w") as archive:
        for path in sorted((samples / "dayone-classic").rglob("*.*")):
            archive.write(path, Path("Journal.dayone") / path.relative_to(samples / "dayone-classic"))
    check_sample(plan(journal, tmp_path / "deeper.zip"), "Journal.dayone/")


def doentry(**changes: object) -> bytes:
    data = {"Creation Date": datetime(2014, 10, 23, 3, 36), "Entry Text": "Words", "UUID": "A"} | {
        name.replace("_", " "): value for name, value in changes.items()
    }
    return plistlib.dumps({key: value for key, value in data.items() if value is not None})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (doentry(Entry_Text=None), "it has no words"),
        (doentry(Entry_Text=17), "its text is not text"),
        (doentry(Creation_Date=None), "it has no Creation Date"),
        (doentry(Creation_Date="2014"), "it has no Creation Date"),
        (doentry(Creation_Date=datetime(1, 1, 1), Time_Zone="US/Pacific"), "its date is out of reach"),
        (doentry(Tags="a"), "its tags are not a list of words"),
        (doentry()[:-20], "it is a damaged property list"),
        (doentry().replace(b"2014-10-23T03:36:00Z", b"2014"), "it is a damaged property list"),
        (doentry().replace(b"2014-10-23T03:36:00Z", b"0000-10-23T03:36:00Z"), "it is a damaged property list"),
        (doentry().replace(b"2014-10-23T03:36:00Z", b"yesterday"), "it is a damaged property list"),
        (doentry().replace(b'encoding="UTF-8"', b'encoding="none"'), "it is a damaged property list"),
        (doentry().replace(b"<dict>", b"<dict><dict>"), "it is a damaged property list"),
        (doentry(Tags=[1]).replace(b">1<", b">" + b"1" * 5000 + b"<"), "it is a damaged property list"),
        (doentry(x=[]).replace(b"<array/>", b"<array>" * 100_000), "it is a damaged property list"),
        (plistlib.dumps({"Entry Text": "x"}, fmt=plistlib.FMT_BINARY), "it is a damaged property list"),
        (plistlib.dumps(["Entry Text"]), "it is no entry of Day One"),
        (b"", "it is a damaged property list"),
    ],
)
def test_an_entry_that_does_not_fit_is_left_out(
    journal: Journal, samples: Path, tmp_path: Path, content: bytes, why: str
) -> None:
    shutil.copytree(samples / "dayone-classic", tmp_path / "there")
    (tmp_path / "there" / "entries" / "Z.doentry").write_bytes(content)
    result = plan(journal, tmp_path / "there")
    assert len(result.entries) == 2
    assert [(piece.where, piece.why.partition(":")[0]) for piece in result.left_out] == [("entries/Z.doentry", why)]


def test_entities_are_refused_and_not_unfolded(journal: Journal, file: Write) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    start = doentry(Entry_Text="&l9;").replace(b"&amp;l9;", b"&l9;")
    begin, doctype = start.index(b"<!DOCTYPE"), start.index(b"<plist")
    bomb = start[:begin] + f"<!DOCTYPE plist [{levels}]>".encode() + start[doctype:]
    with pytest.raises(JournalError, match="is a damaged property list"):
        plan(journal, file(bomb), "dayone-classic")


def test_one_entry_may_be_imported_alone(journal: Journal, file: Write) -> None:
    path = file(doentry(Time_Zone="Nowhere", Starred=True, Tags=["A"]))
    result = plan(journal, path)
    [found] = result.entries
    assert (found.text, found.tags, found.starred) == ("Words", ("a",), True)
    assert found.moment == datetime.fromisoformat("2014-10-23T03:36:00Z")
    assert result.notes == (f"{NO_ZONE} (the entry)",)


def test_too_large_an_entry_is_refused_unread(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(doentry() + b" " * 16_000_000)
    with pytest.raises(JournalError, match="is larger than 16 MB, as no entry is"):
        plan(journal, tmp_path / "large", "dayone-classic")
