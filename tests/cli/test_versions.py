"""``history``, ``trash`` and ``erase``."""

from __future__ import annotations

import re

import pytest

from journal_tui.store.storage import LogDB
from tests.cli.command_line import Cli


@pytest.fixture
def edited(cli: Cli) -> str:
    """The id of an entry with three versions."""
    id = cli.ok("add", "We walked by the river.\n\nIt rained.\n\nNobody minded.", "--rating", "3").id
    cli.ok("edit", id, input="We walked by the lake.\n\nIt rained.\n\nNobody minded.")
    cli.ok("edit", id, "--rating", "5", "--pillar", "trust")
    return id


# -- history ---------------------------------------------------------------------------------------


def test_every_version_with_what_changed_the_newest_first(cli: Cli, edited: str) -> None:
    result = cli.ok("history", edited[-6:])
    newest, words, first = result.out.split("\n\n", 2)
    assert re.match(r"\w+ \d+ \w+ \d{4}, \d\d:\d\d · edited\n", newest)
    assert "rating [-3-] {+5+}" in newest
    assert "pillar {+Trust+}" in newest
    assert "We walked" not in newest
    assert "We walked by the [-river-]{+lake+}." in words.replace("] {", "]{")
    assert "rained" not in words
    assert " · written\nWe walked by the river.\n\nIt rained." in first
    assert "rating 3" in first


def test_history_as_json_has_whole_versions(cli: Cli, edited: str) -> None:
    versions = cli.ok("history", edited, "--json").json
    assert [version["what"] for version in versions] == ["edited", "edited", "written"]
    assert [version["entry"]["rating"] for version in versions] == [5, 3, 3]
    assert [version["entry"]["text"].split()[4] for version in versions] == ["lake.", "lake.", "river."]
    assert all(version["at"] and version["device"] for version in versions)
    assert versions[0]["entry"] == cli.ok("show", edited, "--json").json


def test_what_is_in_the_trash_has_its_history(cli: Cli, edited: str) -> None:
    cli.ok("delete", edited)
    assert cli.ok("history", edited, "--json").json[0]["what"] == "deleted"
    cli.ok("undo")
    assert len(cli.ok("history", edited, "--json").json) == 5


def test_steps_back_and_forward_say_what_they_changed(cli: Cli) -> None:
    (cli.folder / "notes.jsonl").write_text('{"date": "2026-03-01", "text": "two"}\n')
    cli.ok("import", "notes.jsonl")
    id = cli.entries()[0]["id"]
    for step in ("undo", "redo", "undo", "redo"):
        cli.ok(step)
    shown = re.findall(" · (.*)", cli.ok("history", id).out)
    assert shown == [
        "done again, out of the trash",
        "taken back, in the trash",
        "done again, out of the trash",
        "taken back, in the trash",
        "brought in",
    ]


def test_words_that_look_like_marks_and_escapes_do_no_harm(cli: Cli) -> None:
    id = cli.ok("add", "a [-mark-] \x1b[31m and \u202e more").id
    cli.ok("edit", id, input="a {+mark+} \x1b[32m and \u202e more")
    shown = cli.in_terminal("history", id)
    assert "\x1b[31m" not in shown
    assert "\u202e" not in shown
    assert "no entry" in cli.refused("history", "zzzzzz")


# -- trash -----------------------------------------------------------------------------------------


def test_the_trash_is_listed_and_put_back(cli: Cli) -> None:
    ids = [cli.ok("add", text).id for text in ("one", "two", "three")]
    assert "empty" in cli.ok("trash").err
    cli.ok("delete", ids[0])
    cli.ok("delete", ids[2])
    lines = cli.ok("trash").out.splitlines()
    assert [line.split()[-1] for line in lines] == ["three", "one"]
    listed = cli.ok("trash", "--json").json
    assert [(entry["id"], entry["text"]) for entry in listed] == [(ids[2], "three"), (ids[0], "one")]
    assert all(entry["since"] for entry in listed)
    assert "back" in cli.ok("trash", ids[0][-6:]).out
    assert {entry["text"] for entry in cli.entries()} == {"one", "two"}
    cli.ok("undo")
    assert {entry["text"] for entry in cli.entries()} == {"two"}
    assert "not in the trash" in cli.refused("trash", ids[0], ids[1])
    assert {entry["text"] for entry in cli.entries()} == {"two"}


# -- erase -----------------------------------------------------------------------------------------


def test_erased_words_are_nowhere_in_the_folder(cli: Cli) -> None:
    keep = cli.ok("add", "this stays").id
    id = cli.ok("add", "the first secret").id
    cli.ok("edit", id, input="the second secret")
    cli.ok("backup")
    cli.ok("delete", id)
    result = cli.ok("erase", id, "--yes")
    assert "erased" in result.out
    assert "backup" in result.out
    assert "elsewhere" in result.out
    for name, content in cli.files().items():
        assert b"secret" not in content, name
    assert cli.ok("trash", "--json").json == []
    assert [entry["id"] for entry in cli.entries()] == [keep]
    assert "no entry" in cli.refused("history", id)
    assert "nothing is wrong" in cli.ok("check").out


def test_an_unfinished_edit_goes_with_its_entry(cli: Cli) -> None:
    id = cli.ok("add", "words").id
    cli("edit", id, env=cli.editor("path.write_text('a secret'); sys.exit(3)"))
    assert any(name.endswith(".edit") for name in cli.files())
    cli.ok("erase", id, "--yes")
    assert not any(name.endswith(".edit") for name in cli.files())


def test_erasing_asks_first(cli: Cli) -> None:
    id = cli.ok("add", "words to keep").id
    assert "--yes" in cli.refused("erase", id)
    for answer, code in (("yes", 1), ("", 1), ("erase", 0)):
        child = cli.spawn("erase", id)
        child.expect("words to keep")
        child.expect("Type erase")
        child.sendline(answer)
        shown = str(child.read())
        child.close()
        assert child.exitstatus == code
        assert ("nothing was erased" in shown) is (code == 1)
    assert cli.entries() == []


def test_one_unknown_id_erases_nothing(cli: Cli) -> None:
    id = cli.ok("add", "one").id
    assert "zzzzzz" in cli.refused("erase", id, "zzzzzz", "--yes")
    assert len(cli.entries()) == 1


def test_what_another_program_wrote_oddly_can_be_erased_and_read(cli: Cli) -> None:
    made = {"created": "2026-03-01T20:30:00+00:00", "day": "2026-03-01"}
    LogDB(cli.home / "data").table("entries").insert_multiple(
        [
            {"id": "e000bad", **made, "answers": [{"text": "PEARWORD"}], "rating": "x"},
            {"id": "e000late", **made, "answers": [{"text": "Late."}], "deleted": "9999-12-31T23:59:59-12:00"},
        ]
    )
    assert "Late." in cli.ok("trash").out
    assert "cannot be read" in cli.refused("history", "e000bad", code=1)
    assert "e000bad" in cli.ok("erase", "e000bad", "--yes").out
    assert not any(b"PEARWORD" in content for content in cli.files().values())
    assert "nothing is wrong" in cli.ok("check").out
