"""``import``: what it asks, what it says, and what stopping it does."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from subprocess import PIPE

import pytest

from journal_tui.exchange.formats import format_names
from tests.cli.command_line import Cli

SAMPLES = Path(__file__).parents[1] / "samples" / "import"


def lines(count: int) -> str:
    entries = ({"date": "2024-05-01", "text": f"Entry {n}. {'word ' * 60}"} for n in range(count))
    return "".join(f"{json.dumps(entry)}\n" for entry in entries)


def test_help_names_every_format(cli: Cli) -> None:
    told = cli.ok("import", "--help").out
    assert [name for name in format_names() if name not in told] == []


def test_an_empty_name_is_refused(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    assert "the name to import is empty" in cli.refused_here(capsys, "import", "")


def test_a_pipe_and_several_files(cli: Cli) -> None:
    words = "[2025-03-07 21:10] Rain.\nAnd a letter.\n"
    told = cli.ok("import", "-", input=words).out
    assert told.startswith("standard input, read as jrnl text\nnew: 1 entry\n")
    Path(cli.folder / "a.jsonl").write_text(lines(2))
    told = cli.ok("import", "a.jsonl", str(SAMPLES / "dayone.json"), "-", "--json", input=words).json
    assert [one["file"] for one in told] == ["a.jsonl", "dayone.json", "standard input"]
    assert [one["already_there"] for one in told] == [0, 0, 1]
    assert len(cli.entries()) == sum(one["new"] for one in told) + 1
    Path(cli.folder / "cut.json").write_text('{"entries": [')
    half = cli("import", "a.jsonl", "cut.json", "-", "a.jsonl", "--json", input=words, env={"COLUMNS": "400"})
    assert (half.code, [one["already_there"] for one in half.json]) == (1, [2])
    assert half.err.endswith("; nothing of it was brought in; not tried: -, a.jsonl\n")
    before = cli.files()
    refused = cli.refused("import", "a.jsonl", "missing.txt", "a.jsonl/b", "~nobody at all/c", "-", code=1)
    assert refused.startswith("there is no file missing.txt, a.jsonl/b, ~nobody at all/c: check the name; nothing")
    assert cli.files() == before
    two = cli.ok("import", "a.jsonl", "-", input=words).out
    assert "already in the journal: 2\n\nstandard input, read as jrnl text\n" in two


ASKED = "Password of the file: "
AGAIN = f"journal-tui: that did not open it: once more\r\n{ASKED}"


@pytest.mark.parametrize("last", ["correct horse battery", "wrong", "\x03"])
def test_a_password_has_three_tries_on_a_terminal(cli: Cli, last: str) -> None:
    child = cli.spawn("import", str(SAMPLES / "jrnl-encrypted-v3.txt"), "--dry-run")
    typed = [ASKED, "wrong", AGAIN, "", f"\r\n{ASKED}", "wrong again", AGAIN]  # return alone is no try
    for prompt, word in zip(typed[::2], [*typed[1::2], last], strict=True):
        child.expect_exact(prompt)
        child.send(word) if word == "\x03" else child.sendline(word)
    raw = child.read()
    said = " ".join(raw.split())
    assert "stopped" not in raw or raw.startswith("\r\njournal-tui: stopped while")
    child.close()
    code, told = {
        "wrong": (1, "does not open with this password after 3 tries, or is damaged: try again; nothing of it was"),
        "\x03": (130, "was read: nothing of it was brought in"),
    }.get(last, (0, "new: 8 entries"))
    assert (child.exitstatus, told in said) == (code, True), said


def test_stopped_while_it_reads_nothing_comes_in(cli: Cli) -> None:
    child = subprocess.Popen(
        [*cli.command, "import", "-"], stdin=PIPE, stdout=PIPE, stderr=PIPE, env=cli.env, start_new_session=True
    )
    assert child.stdin
    child.stdin.write(lines(1000).encode())  # more than a pipe holds: it goes through when it is read
    child.stdin.flush()
    child.send_signal(signal.SIGINT)
    said, told = child.communicate(timeout=60)
    assert (child.returncode, said) == (130, b"")
    assert told == b"journal-tui: stopped while standard input was read: nothing of it was brought in\n"
    assert cli.entries() == []


def test_stopped_while_it_keeps_all_is_kept_and_told(cli: Cli) -> None:
    path = cli.folder / "many.jsonl"
    path.write_text(lines(3000))
    child = subprocess.Popen([*cli.command, "import", str(path)], stdout=PIPE, stderr=PIPE, env=cli.env, text=True)
    data, end = cli.home / "data", time.monotonic() + 30
    while not any(log.stat().st_size > 100_000 for log in data.glob("*.log")) and time.monotonic() < end:
        time.sleep(0.002)
    child.send_signal(signal.SIGINT)
    said, told = child.communicate(timeout=60)
    assert (child.returncode, len(cli.entries())) == (0, 3000)
    assert "new: 3,000 entries" in said
    assert said.endswith("Kept. journal-tui undo takes it back.\n")
    assert told in ("One moment, this is better finished.\n", "")


def test_restore_tells_an_export_from_a_backup(cli: Cli) -> None:
    cli.ok("import", "-", input=lines(1))
    for form, name in (("json", "export.json"), ("tinydb", "db.json")):
        cli.ok("export", "--format", form, "--to", name)
    refused = cli.refused("restore", "export.json", code=1)
    assert "is an export and no backup: journal-tui import brings it in" in refused
    refused = cli.refused("restore", "db.json", code=1)
    assert "is an export and no backup: journal-tui import brings it in" in refused
    for other in ("dnote.db", "table.csv", "jrnl-default-timeformat.txt", "dayone.json"):
        refused = cli.refused("restore", str(SAMPLES / other), code=1)
        assert "is no backup of this journal: journal-tui import reads exports and other journals" in refused
    again = Cli(cli.folder / "second")
    again.folder.mkdir()
    assert again.ok("import", str(cli.folder / "db.json")).out.splitlines()[:2] == [
        "db.json, read as journal-tui TinyDB",
        "new: 1 entry",
    ]
    assert again.entries() == cli.entries()
