"""Day One 2: one journal, several in an archive or folder, and what of an entry stays behind."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import Plan, carry_out, plan
from journal_tui.exchange.dayone import MEDIA, NO_ZONE, PLACE, WEATHER, without_marks
from journal_tui.model import Entry, JournalError
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]

PICTURE = "![](dayone-moment://76F9B0AC37954B51BF8B9146498B29C2)"


def export(*entries: object) -> str:
    return json.dumps({"metadata": {"version": "1.0"}, "entries": entries})


def entry(text: object = "Words", **more: object) -> dict[str, object]:
    return {"uuid": "A0", "creationDate": "2024-07-01T21:30:00Z", "timeZone": "Europe/Berlin", "text": text} | more


def only(journal: Journal, file: Write, **more: Any) -> Entry:
    [found] = plan(journal, file(export(entry(**more)))).entries
    return found


def shown(found: Entry) -> tuple[date | None, str | None, str, tuple[str, ...], bool]:
    return found.day, found.moment.isoformat() if found.moment else None, found.text, found.tags, found.starred


def check_sample(result: Plan) -> None:
    assert [shown(found) for found in result.entries] == [
        (
            date(2024, 3, 2),
            "2024-03-02T10:30:05+11:00",
            '# A long way home. \n\nAnna said 1) "wait!" - and I did. `a\\.b` stays.',
            ("home", "quiet days", "place/london"),
            True,
        ),
        (date(2024, 7, 14), None, "A whole day off, 日本語 🙂", (), False),
        (date(2024, 7, 15), "2024-07-15T10:00:00+00:00", "Only rich\n\nwords, with a \\ in them.", (), False),
        (date(2024, 7, 17), "2024-07-17T15:30:00+05:30", "Said aloud:\n\nI was calm today.", (), False),
    ]
    [piece] = result.left_out
    assert piece.where.endswith("entry 4")
    assert piece.why == "it has no words, only 1 attachment"
    told = [note.rpartition(" (") for note in result.notes]
    assert {note: " and 2 more)" in where for note, _, where in told} == {
        MEDIA["photos"]: True,
        MEDIA["videos"]: False,
        MEDIA["audios"]: False,
        WEATHER: False,
        NO_ZONE: False,
        PLACE: False,
    }


def test_a_journal_comes_whole_and_what_stays_behind_is_told(journal: Journal, samples: Path) -> None:
    result = plan(journal, samples / "dayone.json")
    assert result.format.name == "dayone"
    check_sample(result)
    carry_out(journal, result)
    assert plan(journal, samples / "dayone.json").already_there == 4


@pytest.mark.parametrize("within", ["", "07-15-2024_10-00-AM/"])
def test_an_archive_and_a_folder_hold_the_same(journal: Journal, samples: Path, tmp_path: Path, within: str) -> None:
    inside = tmp_path / "export" / within
    (inside / "photos").mkdir(parents=True)
    shutil.copy(samples / "dayone.json", inside / "Journal.json")
    (inside / "photos" / "ef43abe9582131d432f20dcc68e326aa.jpeg").write_bytes(b"\xff\xd8\xff\xd9")
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (tmp_path / "export").rglob("*"):
            archive.write(path, path.relative_to(tmp_path / "export"))
    for path in (packed, tmp_path / "export"):
        result = plan(journal, path)
        check_sample(result)
        assert result.left_out[0].where == f"{within}Journal.json, entry 4"
    carry_out(journal, plan(journal, packed))
    assert plan(journal, tmp_path / "export").already_there == 4


def test_of_several_journals_each_names_its_entries(journal: Journal, tmp_path: Path) -> None:
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Journal.json", export(entry("At home", tags=["a"])))
        archive.writestr("Far Away.json", export(entry("Abroad")))
        archive.writestr("Torn.json", export(entry("lost"))[:-9])
        archive.writestr("settings.json", '{"theme": 1}')
    result = plan(journal, packed)
    assert [(e.text, e.tags) for e in result.entries] == [("Abroad", ("far away",)), ("At home", ("a", "journal"))]
    assert {piece.where: piece.why.partition(",")[0] for piece in result.left_out} == {
        "settings.json": "it is no journal of Day One",
        "Torn.json": "it is no whole JSON",
    }


@pytest.mark.parametrize(
    ("created", "zone", "moment", "noted"),
    [
        ("2024-01-01T23:30:00Z", "Asia/Tokyo", "2024-01-02T08:30:00+09:00", False),
        ("2024-01-01T03:30:00Z", "America/New_York", "2023-12-31T22:30:00-05:00", False),
        ("2024-03-31T00:59:59Z", "Europe/Berlin", "2024-03-31T01:59:59+01:00", False),
        ("2024-03-31T01:00:00Z", "Europe/Berlin", "2024-03-31T03:00:00+02:00", False),
        ("2024-10-27T00:30:00Z", "Europe/Berlin", "2024-10-27T02:30:00+02:00", False),
        ("2024-10-27T01:30:00Z", "Europe/Berlin", "2024-10-27T02:30:00+01:00", False),
        ("2024-01-01T23:30:00Z", "GMT-0830", "2024-01-01T15:00:00-08:30", False),
        ("2024-01-01T23:30:00Z", None, "2024-01-01T23:30:00+00:00", False),
        ("2024-01-01T23:30:00Z", "Nowhere/Else", "2024-01-01T23:30:00+00:00", True),
        ("2024-01-01T23:30:00Z", "../../etc/passwd", "2024-01-01T23:30:00+00:00", True),
        ("2024-01-01T23:30:00Z", "Europe", "2024-01-01T23:30:00+00:00", True),
        ("2024-01-01T23:30:00Z", "", "2024-01-01T23:30:00+00:00", True),
        ("2024-01-01T23:30:00Z", "GMT+9999", "2024-01-01T23:30:00+00:00", True),
        ("2024-01-01T23:30:00Z", "\ud800\0", "2024-01-01T23:30:00+00:00", True),
        ("2024-01-01T23:30:00Z", "x" * 5000, "2024-01-01T23:30:00+00:00", True),
    ],
)
def test_an_instant_is_shown_on_the_clock_of_its_zone(
    journal: Journal, file: Write, created: str, zone: str | None, moment: str, noted: bool
) -> None:
    result = plan(journal, file(export(entry(creationDate=created, timeZone=zone))))
    assert [shown(found)[:2] for found in result.entries] == [(date.fromisoformat(moment[:10]), moment)]
    assert result.notes == ((f"{NO_ZONE} (entry 1)",) if noted else ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Before\n\n{PICTURE}\n\nAfter", "Before\n\nAfter"),
        (f"Before\n{PICTURE}\nAfter", "Before\nAfter"),
        (f"{PICTURE}{PICTURE}\r\n\r\n  indented", "  indented"),
        (f"In {PICTURE} a line", "In  a line"),
        ("![](https://example.org/a.png) [a](dayone://view?entryId=1)", None),
        (r"1\. \*\_\#\\ \d \“", r"1. *_#\ \d \“"),
        ("```\na\\.b\n```\nc\\.d `e\\.f`", "```\na\\.b\n```\nc.d `e\\.f`"),
        ("open ``` a\\.b", None),
    ],
)
def test_marks_and_pictures_go_and_words_stay(journal: Journal, file: Write, text: str, words: str | None) -> None:
    assert only(journal, file, text=text).text == (words or text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Z"], exclude_characters="`")))
def test_words_come_back_as_day_one_took_them(text: str) -> None:
    marked = "".join(f"\\{c}" if c in r"""!"#$%&'()*+,-./:;<=>?@[\]^_{|}~""" else c for c in text)
    assert without_marks(marked) == text


def test_a_row_of_pictures_is_read_in_no_time(journal: Journal, file: Write) -> None:
    result = plan(journal, file(export(entry(PICTURE * 3000 + "after"))))
    assert [found.text for found in result.entries] == ["after"]
    assert result.notes == (f"{MEDIA['photos']} (entry 1 and 2,999 more)",)


def test_pictures_are_counted_in_the_text_or_in_the_list(journal: Journal, file: Write) -> None:
    listed = entry(photos=[{}, {}], pdfAttachments=[{}], weather={}, location=None)
    result = plan(journal, file(export(listed, entry(f"Words {PICTURE}"), entry("x", photos="none", videos=None))))
    assert result.notes == (f"{MEDIA['photos']} (entry 1 and 2 more)", f"{MEDIA['pdfAttachments']} (entry 1)")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"creationDate": None}, "its creationDate is not written like"),
        ({"creationDate": 1709334000}, "its creationDate is not written like"),
        ({"creationDate": "0000-00-00T00:00:00Z"}, "its creationDate is not written like"),
        ({"creationDate": "12024-01-01T00:00:00Z"}, "its creationDate is not written like"),
        ({"creationDate": "9999-12-31T23:30:00Z"}, "its date is out of reach"),
        ({"creationDate": "0001-01-01T00:00:00Z", "timeZone": "America/New_York"}, "its date is out of reach"),
        ({"text": 7}, "its text is not in quotes"),
        ({"text": None}, "it has no words"),
        ({"text": "", "richText": "{"}, "its richText is no JSON"),
        ({"text": "", "richText": "[" * 100_000}, "its richText is no JSON"),
        ({"text": "", "richText": '{"contents": [7, {"text": 7}]}'}, "it has no words"),
        ({"tags": "a"}, "its tags are not a list of words"),
        ({"tags": [1]}, "its tags are not a list of words"),
    ],
)
def test_an_entry_that_does_not_fit_is_left_out(
    journal: Journal, file: Write, more: dict[str, object], why: str
) -> None:
    result = plan(journal, file(export(entry("One"), entry(**more), None, entry("Two"))))
    assert [found.text for found in result.entries] == ["One", "Two"]
    assert [piece.where for piece in result.left_out] == ["entry 2", "entry 3"]
    assert result.left_out[0].why.startswith(why)


def test_a_longer_export_adds_what_is_new(journal: Journal, file: Write) -> None:
    carry_out(journal, plan(journal, file(export(entry("One")))))
    longer = plan(journal, file(export(entry("New"), entry("One"), entry("Two"))))
    assert ([found.text for found in longer.entries], longer.already_there) == (["New", "Two"], 1)


@pytest.mark.parametrize(
    ("place", "tag"),
    [
        ({"userLabel": "Mum's", "localityName": "Bonn"}, ("place/mum's",)),
        ({"userLabel": "", "localityName": "São Paulo"}, ("place/são-paulo",)),
        ({"placeName": "12, Beach St."}, ("place/12-beach-st",)),
        ({"latitude": 1}, ()),
        ("nowhere", ()),
    ],
)
def test_a_place_is_a_tag(journal: Journal, file: Write, place: object, tag: tuple[str, ...]) -> None:
    assert only(journal, file, location=place).tags == tag


def test_entries_may_come_before_the_metadata(journal: Journal, file: Write) -> None:
    content = json.dumps({"entries": [entry()], "metadata": {"version": "1.0"}})
    assert plan(journal, file(content)).format.name == "dayone"


@pytest.mark.parametrize("content", ['{"metadata": {}}', "[]", '{"entries": {}}'])
def test_a_file_without_entries_is_told(journal: Journal, file: Write, content: str) -> None:
    with pytest.raises(JournalError, match="has no list of entries: export it from Day One as JSON"):
        plan(journal, file(content), "dayone")


def test_a_folder_without_a_journal_is_told(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "b.json").write_text("{}")
    with pytest.raises(JournalError, match="holds no journal of Day One"):
        plan(journal, tmp_path, "dayone")
