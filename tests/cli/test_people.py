"""``people``: who the entries are about, and which names are one person."""

from __future__ import annotations

from datetime import date

import pytest

from journal_tui.store.journal import Journal
from tests.cli.command_line import Cli
from tests.store.sample import entry


@pytest.fixture
def diary(cli: Cli) -> Cli:
    texts = ("Lunch with @Ana.", "Annie was here, so I told Annie.", "My sister wrote. I saw Annie.")
    entries = [entry(f"e{day}", text, day=date(2024, 3, day)) for day, text in enumerate(texts, 1)]
    Journal(cli.home / "data").imports.bring_in(entries)
    return cli


def test_people_are_listed_joined_and_parted(diary: Cli) -> None:
    listed = diary.ok("people").out.splitlines()
    assert [line.split("  ")[0].strip() for line in listed] == ["Annie", "Ana", "my sister"]
    said = diary.ok("people", "join", "ana", "@annie").out
    assert said == "Ana and Annie are one person from now on, in 3 entries. journal-tui undo takes it back.\n"
    rows = diary.ok("people", "--json").json
    assert rows[0] == {"name": "Ana", "also": ["Annie"], "entries": 3, "last": "2024-03-03"}
    assert [row["name"] for row in rows] == ["Ana", "my sister"]
    assert len(diary.ok("list", "--person", "annie", "--json").json) == 3
    assert [person["name"] for person in diary.ok("insights", "--json").json["people"]] == ["Ana", "my sister"]
    assert diary.ok("people", "part", "ANA").out.startswith("Ana is a name by itself again. ")
    assert diary.ok("undo").out.startswith("“Ana” is joined as before.")
    shown = diary.in_terminal("people", env={"NO_COLOR": "1"})
    assert shown.splitlines()[0] == "Ana        3 entries  last 3 March 2024  also Annie"


def test_people_of_some_entries_are_met_in_all(diary: Cli) -> None:
    rows = diary.ok("people", "--until", "2024-03-02", "--json").json
    assert [(row["name"], row["entries"], row["last"]) for row in rows] == [
        ("Annie", 1, "2024-03-02"),
        ("Ana", 1, "2024-03-01"),
    ]
    assert "in entries like that" in diary.ok("people", "--tag", "none").err


def test_a_name_that_is_nowhere_is_joined_and_said(diary: Cli) -> None:
    result = diary.ok("people", "join", "Ana", "Zo\x1b]0;x")
    assert result.err == "No entry has Zo␛]0;x so far.\n"
    assert "\x1b" not in result.out + diary.ok("people").out


def test_nobody_yet(cli: Cli) -> None:
    result = cli.ok("people")
    assert (result.out, result.err.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("join", "Ana", "ána"), "are the same name"),
        (("join", "Ana", " "), "is no name"),
        (("join", "Ana"), "OTHER is missing"),
        (("part", "Ana"), '"Ana" is joined with no other name: `journal-tui people` shows those that are'),
        (("jion", "Ana", "Ben"), 'there is no command "jion" (did you mean "join"?)'),
    ],
)
def test_what_cannot_be_done_is_one_line(
    cli: Cli, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    assert why in cli.refused_here(capsys, "people", *arguments)


def test_who_an_entry_is_about_is_shown(cli: Cli) -> None:
    Journal(cli.home / "data").add(entry("e1abc", "A walk with @Ben.", people=("Ruth", "my\x1bsister")))
    (found,) = cli.entries()
    assert found["people"] == ["Ruth", "my\x1bsister", "Ben"]
    shown = cli.ok("show", "e1abc").out
    assert "\nabout Ruth and my␛sister\n" in shown
