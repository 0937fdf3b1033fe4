"""``edit``: in an editor, by options, from a pipe; and what becomes of the words when it fails."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command_line import Cli


def leftovers(cli: Cli) -> list[Path]:
    return [path for path in (cli.home / "data" / "edit").rglob("*") if path.is_file()]


def test_an_answer_is_edited_as_plain_text(cli: Cli) -> None:
    id = cli.ok("add", "old words #old", "--tag", "kept").id
    script = """
assert path.read_text() == "old words #old\\n"
assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
path.with_name("entry.md~").write_text("an editor's own copy")
path.write_text("new words #new\\nsecond line\\n")
"""
    assert "undo" in cli.ok("edit", id[-6:], env=cli.editor(script)).out
    [entry] = cli.entries()
    assert entry["text"] == "new words #new\nsecond line"
    assert entry["tags"] == ["kept", "new"]
    assert leftovers(cli) == []
    cli.ok("undo")
    assert cli.entries()[0]["text"] == "old words #old"


def test_visual_comes_before_editor(cli: Cli) -> None:
    id = cli.ok("add", "old").id
    visual = {"VISUAL": cli.editor("path.write_text('by visual')")["EDITOR"], "EDITOR": "false"}
    cli.ok("edit", id, env=visual)
    assert cli.entries()[0]["text"] == "by visual"


def test_several_answers_stand_under_their_questions(cli: Cli) -> None:
    id = cli.ok("write", "trust", input="first answer\nsecond answer\n").id
    asks = [answer["ask"] for answer in cli.entries()[0]["answers"]]
    script = f"""
text = path.read_text()
assert text.startswith({f"# {asks[0]}"!r}) and {f"# {asks[1]}"!r} in text
path.write_text(text.replace("second answer", "another answer"))
"""
    cli.ok("edit", id, env=cli.editor(script))
    answers = cli.entries()[0]["answers"]
    assert [answer["text"] for answer in answers] == ["first answer", "another answer"]
    assert [answer["ask"] for answer in answers] == asks
    assert "several answers" in cli.refused("edit", id, input="one text for all")


def test_a_word_from_another_encoding_survives_an_edit(cli: Cli) -> None:
    id = cli.ok("add", input=b"caf\xe9 one").id
    cli.ok("edit", id, env=cli.editor("path.write_bytes(path.read_bytes().replace(b'one', b'two'))"))
    assert cli.entries()[0]["text"].encode("utf-8", "surrogateescape") == b"caf\xe9 two"


def test_options_change_what_stands_beside_the_words(cli: Cli) -> None:
    id = cli.ok("add", "words #text", "--tag", "old").id
    cli.ok("edit", id, "--pillar", "trust", "--rating", "2", "--date", "2024-02-29", "--tag", "new")
    [entry] = cli.entries()
    assert (entry["pillar"], entry["rating"], entry["date"], entry["time"]) == ("trust", 2, "2024-02-29", None)
    assert (entry["text"], entry["tags"]) == ("words #text", ["text", "new"])
    assert cli.ok("edit", id, "--rating", "2").out == "Nothing changed.\n"


def test_piped_words_take_the_place_of_the_text(cli: Cli) -> None:
    id = cli.ok("add", "old").id
    cli.ok("edit", id, input="new\n", env=cli.editor("raise SystemExit(3)"))
    assert cli.entries()[0]["text"] == "new"


def test_unchanged_and_emptied(cli: Cli) -> None:
    id = cli.ok("add", "words").id
    assert cli.ok("edit", id, env=cli.editor("")).out == "Nothing changed.\n"
    assert "delete" in cli.refused("edit", id, env=cli.editor("path.write_text(' \\n')"))
    assert "delete" in cli.refused("edit", id, input="  \n")
    assert cli.entries()[0]["text"] == "words"
    assert leftovers(cli) == []


def test_an_entry_changed_meanwhile_is_not_overwritten(cli: Cli) -> None:
    id = cli.ok("add", "words").id
    meanwhile = f"""
import subprocess
path.write_text("mine")
subprocess.run({json.dumps([*cli.command, "edit", id])}, input=b"theirs", check=True, stdout=subprocess.DEVNULL)
"""
    line = cli.refused("edit", id, env=cli.editor(meanwhile), code=1)
    assert "meanwhile" in line
    assert "your words wait" in line
    assert cli.entries()[0]["text"] == "theirs"
    cli.ok("edit", id, env=cli.editor("assert path.read_text() == 'mine\\n'"))
    assert cli.entries()[0]["text"] == "mine"


def test_editors_that_fail(cli: Cli) -> None:
    id = cli.ok("add", "words").id
    assert "set EDITOR" in cli.refused("edit", id, code=1)
    assert "cannot be started" in cli.refused("edit", id, env={"EDITOR": "/nowhere/editor"}, code=1)
    assert "cannot be started" in cli.refused("edit", id, env={"EDITOR": "'unclosed"}, code=1)
    assert "ended with 3" in cli.refused("edit", id, env=cli.editor("raise SystemExit(3)"), code=1)
    assert "no entry" in cli.refused("edit", "zzzzzz")
    assert leftovers(cli) == []
    assert "your words wait" in cli.refused(
        "edit", id, env=cli.editor("path.write_text('x'); raise SystemExit(3)"), code=1
    )
    assert cli.entries()[0]["text"] == "words"
