"""jrnl's text and JSON. The samples were written by jrnl 4.6 from one journal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import carry_out, plan
from journal_tui.exchange.jrnl_text import ABOVE, NO_DATE, TWO_WAYS
from journal_tui.model import Entry, JournalError
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]
NAMES = {
    "jrnl-default-timeformat.txt": "jrnl",
    "jrnl-short-timeformat.txt": "jrnl",
    "jrnl-export.json": "jrnl-json",
}


def only(journal: Journal, path: Path, form: str | None = None) -> Entry:
    [entry] = plan(journal, path, form).entries
    return entry


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_jrnl_says_what_jrnl_says(journal: Journal, samples: Path, name: str) -> None:
    said = json.loads((samples / "jrnl-export.json").read_bytes())["entries"]
    result = plan(journal, samples / name)
    assert (result.format.name, result.left_out, result.notes) == (NAMES[name], (), ())
    assert len(result.entries) == len(said) == 8
    for entry, expected in zip(result.entries, said, strict=True):
        assert entry.text == f"{expected['title']}\n{expected['body']}".strip()
        assert entry.moment == datetime.fromisoformat(f"{expected['date']}T{expected['time']}")
        assert entry.day == date.fromisoformat(expected["date"])
        assert entry.starred == expected["starred"]
        assert {f"#{tag}" for tag in entry.tags} == {tag for tag in expected["tags"] if tag[0] == "#"}


@pytest.mark.parametrize("name", NAMES)
def test_stars_tags_and_foreign_letters(journal: Journal, samples: Path, name: str) -> None:
    entries = plan(journal, samples / name).entries
    assert entries[2].text == "Slept badly.* Kept replaying the call with my sister."
    assert entries[3].text == "Café by the river, naïve plans, 日本語 and emoji 🙂 in one line.\nGood day. @marco"
    assert [n for n, entry in enumerate(entries) if entry.starred] == [2, 4]
    assert [entry.tags for entry in entries] == [(), ("home",), (), (), ("work",), ("promise",), (), ("money",)]


@pytest.mark.parametrize("first", NAMES)
@pytest.mark.parametrize("second", NAMES)
def test_the_same_journal_in_another_form_adds_nothing(
    journal: Journal, samples: Path, first: str, second: str
) -> None:
    carry_out(journal, plan(journal, samples / first))
    again = plan(journal, samples / second)
    assert (len(again.entries), again.already_there) == (0, 8)


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2024-01-02 12:05:09 AM", "2024-01-02T00:05:09"),
        ("2024-01-02 12:00:00 PM", "2024-01-02T12:00:00"),
        ("2024-01-02 9:05 p.m.", "2024-01-02T21:05:00"),
        ("2024-01-02 09:05", "2024-01-02T09:05:00"),
        (" 2024-01-02 09:05 ", "2024-01-02T09:05:00"),
        ("2024-01-02 21:05:09", "2024-01-02T21:05:09"),
        ("2024-01-02T21:05:09.123", "2024-01-02T21:05:09"),
        ("2024-01-02T21:05:09Z", "2024-01-02T21:05:09+00:00"),
        ("2024-01-02T21:05+0530", "2024-01-02T21:05:00+05:30"),
        ("2024/1/2 21:05", "2024-01-02T21:05:00"),
        ("2.1.2024 21:05", "2024-01-02T21:05:00"),
        ("31.12.2024, 21:05", "2024-12-31T21:05:00"),
        ("31/12/2024 21:05", "2024-12-31T21:05:00"),
        ("12/31/2024 21:05", "2024-12-31T21:05:00"),
    ],
)
def test_times_that_are_understood(journal: Journal, file: Write, stamp: str, moment: str) -> None:
    entry = only(journal, file(f"[{stamp}] Title\n"))
    assert entry.moment == datetime.fromisoformat(moment)
    assert entry.day == date.fromisoformat(moment[:10])
    assert entry.text == "Title"


def test_a_day_without_a_time(journal: Journal, file: Write) -> None:
    entry = only(journal, file("[2024-01-02] Title\n"), "jrnl")
    assert (entry.day, entry.moment) == (date(2024, 1, 2), None)


@pytest.mark.parametrize(
    ("others", "day", "noted"),
    [
        ("", date(2024, 3, 4), True),
        ("[25/12/2024 10:00] x\n", date(2024, 4, 3), False),
        ("[12/25/2024 10:00] x\n", date(2024, 3, 4), False),
        ("\n[25/12/2024 10:00] x\n\n[12/25/2024 10:00] x\n", date(2024, 3, 4), True),
    ],
)
def test_day_and_month_are_told_apart_by_the_other_dates(
    journal: Journal, file: Write, others: str, day: date, noted: bool
) -> None:
    result = plan(journal, file(f"[03/04/2024 10:00] first\n[05/05/2024 10:00] same either way\n{others}"), "jrnl")
    assert result.entries[0].day == day
    assert result.notes == ((f"{TWO_WAYS} (line 1)",) if noted else ())


@pytest.mark.parametrize(
    "line",
    [
        "[note] something",
        "[2x] something",
        "[1] something",
        "[2024] something",
        "[ ] something",
        "[2024-01-02 10:00]something",
        "[2024-01-02 10:00](link)",
        " [2024-01-02 10:00] indented",
        "see [2024-01-02 10:00] above",
    ],
)
def test_a_body_line_in_brackets_stays_in_the_body(journal: Journal, file: Write, line: str) -> None:
    result = plan(journal, file(f"[2024-01-01 10:00] Title\n{line}\nend\n"))
    assert [e.text for e in result.entries] == [f"Title\n{line}\nend"]
    assert result.notes == ()


@pytest.mark.parametrize("stamp", ["2024-13-45 10:00", "2024-01-02 25:00", "2024-01-02 13:00 PM", "on 2 Jan 2024"])
def test_a_date_that_cannot_be_read_is_kept_as_text_and_told(journal: Journal, file: Write, stamp: str) -> None:
    result = plan(journal, file(f"[2024-01-01 10:00] Title\n[{stamp}] Next\n"))
    assert [e.text for e in result.entries] == [f"Title\n[{stamp}] Next"]
    assert result.notes == (f"{NO_DATE} (line 1)",)


def test_words_above_the_first_date_are_kept(journal: Journal, file: Write) -> None:
    result = plan(journal, file("\nLoose words.\n\n[2024-01-01 10:00] Title\n"))
    assert [(e.day, e.text) for e in result.entries] == [(None, "Loose words."), (date(2024, 1, 1), "Title")]
    assert (result.undated, result.notes) == (1, (f"{ABOVE} (line 1)",))


@pytest.mark.parametrize(
    ("title", "text", "starred"),
    [
        ("Title *", "Title", True),
        ("Title.*", "Title.", True),
        ("Title *  ", "Title", True),
        ("* Title *", "Title", True),
        ("**Bold** end *", "**Bold** end", True),
        ("*", "", True),
        ("* a list", "* a list", False),
        ("Quite *sure*", "Quite *sure*", False),
        ("**Bold**", "**Bold**", False),
        ("2 * 3", "2 * 3", False),
    ],
)
def test_a_star_marks_and_emphasis_does_not(
    journal: Journal, file: Write, title: str, text: str, starred: bool
) -> None:
    entry = only(journal, file(f"[2024-01-01 10:00] {title}\nbody *\n"))
    assert entry.text == f"{text}\nbody *".lstrip("\n")
    assert entry.starred is starred


def test_text_keeps_its_inner_shape(journal: Journal, file: Write) -> None:
    body = "  indented\u2028\x0b\x1b[31m\u202e\n\n\n\ttab  "
    entry = only(journal, file(f"[2024-01-01 10:00] Title  \n{body}\n\n \n"))
    assert entry.text == f"Title  \n{body}"


def test_a_byte_order_mark_does_not_hide_the_only_date(journal: Journal, file: Write) -> None:
    assert only(journal, file("\ufeff[2024-01-01 10:00] Title")).text == "Title"


def test_a_star_within_the_brackets_marks_too(journal: Journal, file: Write) -> None:
    entry = only(journal, file("[2024-01-01 10:00 *] Title"))
    assert (entry.text, entry.starred) == ("Title", True)


def test_an_endless_entry_is_refused(journal: Journal, file: Write) -> None:
    with pytest.raises(JournalError, match="has an entry longer than 8 MB at line 2"):
        plan(journal, file(b"\n[2024-01-01 10:00] Title\n" + (b"x" * 999_999 + b"\n") * 9))


def test_crlf_and_a_byte_order_mark_are_no_part_of_the_text(journal: Journal, file: Write) -> None:
    result = plan(journal, file("\ufeff[2024-01-01 10:00] Title *\r\nbody\r\n\r\n[2024-01-02 10:00] Next\r\n"))
    assert [(e.text, e.starred) for e in result.entries] == [("Title\nbody", True), ("Next", False)]


def test_an_entry_without_words_is_told(journal: Journal, file: Write) -> None:
    result = plan(journal, file("[2024-01-01 10:00] \n\n[2024-01-02 10:00] Next\n"))
    assert [(p.where, p.why) for p in result.left_out] == [("line 1", "it has no words")]
    assert len(result.entries) == 1


def test_hashtags_become_tags_and_mentions_stay_words(journal: Journal, file: Write) -> None:
    entry = only(journal, file("[2024-01-01 10:00] #Home with @Ana\n## a heading\nno#tag #a/b # #- #home\n"))
    assert entry.tags == ("home", "a/b")


def export(**changes: object) -> str:
    entry = {"title": "Title", "body": "", "date": "2024-01-02", "time": "01:30", "tags": [], "starred": False}
    return json.dumps({"tags": {}, "entries": [entry | changes, entry]})


def test_listed_tags_that_are_not_in_the_text_are_kept(journal: Journal, file: Write) -> None:
    content = export(title="With @ana #Home", tags=["@ana", "#home", "#quiet", "@bob"])
    assert plan(journal, file(content)).entries[0].tags == ("home", "quiet", "@bob")


@pytest.mark.parametrize(
    ("stamp", "clock"),
    [("2024-01-02 01:30:59 AM", "01:30"), ("2024-01-02T01:30+02:00", "01:30"), ("2024-01-02", "00:00")],
)
def test_seconds_zones_and_missing_times_do_not_make_the_export_new(
    journal: Journal, file: Write, stamp: str, clock: str
) -> None:
    carry_out(journal, plan(journal, file(f"[{stamp}] A sentence. Another one.\n\nBody.\n"), "jrnl"))
    # jrnl ends the title at the first sentence when nothing else does.
    result = plan(journal, file(export(title="A sentence.", body="Another one.\n\nBody.", time=clock)))
    assert result.already_there == 1


def test_a_late_hour_stays_on_its_day(journal: Journal, file: Write) -> None:
    entry = plan(journal, file(export())).entries[0]
    assert (entry.day, entry.moment) == (date(2024, 1, 2), datetime(2024, 1, 2, 1, 30))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": "", "body": " \n"}, "it has no words"),
        ({"title": 7}, "its title or body is not in quotes"),
        ({"body": ["x"]}, "its title or body is not in quotes"),
        ({"date": "2024-02-30"}, "its date and time are not written like"),
        ({"date": []}, "its date and time are not written like"),
        ({"time": "25:00"}, "its date and time are not written like"),
        ({"tags": "a"}, "its tags are not a list of words"),
        ({"tags": [1]}, "its tags are not a list of words"),
    ],
)
def test_an_export_entry_that_does_not_fit_is_left_out(
    journal: Journal, file: Write, changes: dict[str, object], why: str
) -> None:
    result = plan(journal, file(export(**changes)))
    assert [entry.text for entry in result.entries] == ["Title"]
    [piece] = result.left_out
    assert piece.where == "entry 1"
    assert piece.why.startswith(why)


def test_what_an_export_entry_may_lack(journal: Journal, file: Write) -> None:
    content = '{"entries": [{"title": "a"}, {"body": "b", "date": "2024-01-02", "time": null, "tags": null}, "c"]}'
    result = plan(journal, file(content))
    assert [(e.text, e.day, e.moment) for e in result.entries] == [("a", None, None), ("b", date(2024, 1, 2), None)]
    assert [(p.where, p.why) for p in result.left_out] == [("entry 3", "it is not a JSON object")]
