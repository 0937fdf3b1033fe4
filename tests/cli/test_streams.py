"""Every command where its output, input or reader is not there: one line at most, and a code that is documented."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

import pytest

from journal_tui.cli import out
from journal_tui.cli.main import COMMANDS, main
from tests.cli.command_line import Cli

FULL = Path("/dev/full")

# In this order each finds what it needs; ID, IN and ZIP stand for what `home` has made.
EVERY_COMMAND = """
add x
list
list --json
search words
show ID
history ID
edit ID --rating 3
mark ID words gave_way
marks
people
promises
insights
patterns
import IN
import IN --dry-run
export --to - --format json
packs list
packs show trust
packs ahead
packs check
packs schema
packs new walk
backup
restore ZIP
check
helplines
passphrase set
remind
settings
settings theme
help
help packs new
settings theme night
completion zsh
paths
delete ID
trash
undo
redo
erase ID --yes
write free
demo
"""

OTHERWISE = {"demo": {2}, "passphrase": {1, 2}, "export": {1, 141}}
"""The codes of commands that need a terminal, or an output that is not even closed."""


@pytest.fixture
def lines(cli: Cli) -> list[list[str]]:
    """The commands, on a home that has something for each."""
    id = cli.ok("add", "words with my sister #tag").id
    (cli.folder / "in.jsonl").write_text('{"date": "2025-01-01", "text": "one"}\n')
    backup = cli.ok("backup").id
    stand_for = {"ID": id, "IN": str(cli.folder / "in.jsonl"), "ZIP": backup}
    found = [[stand_for.get(word, word) for word in line.split()] for line in EVERY_COMMAND.split("\n") if line]
    assert {line[0] for line in found} == set(COMMANDS)
    return found


@pytest.fixture
def told(cli: Cli, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """The exit code of a command and the lines on standard error, with this in the place of standard output."""
    monkeypatch.setattr("sys.stdin", None)
    monkeypatch.setenv("PATH", "")  # no desktop is reminded

    def told(stdout: TextIOWrapper | None, *arguments: str) -> tuple[object, list[str]]:
        with monkeypatch.context() as within:
            within.setattr("sys.stdout", stdout)
            within.setattr(out, "_unheard", False)
            with pytest.raises(SystemExit) as end:
                main(["--home", str(cli.home), *arguments])
        with suppress(OSError):
            if stdout:
                stdout.close()
        return end.value.code, capfd.readouterr().err.splitlines()

    return told


def broken_pipe() -> TextIOWrapper:
    """A pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    ("output", "codes"), [(lambda: None, set()), (lambda: FULL.open("w"), {1}), (broken_pipe, {141})]
)
def test_an_output_that_takes_nothing_is_one_line_at_most(
    lines: list[list[str]],
    told: Callable[..., tuple[int, list[str]]],
    output: Callable[[], TextIOWrapper | None],
    codes: set[int],
) -> None:
    for line in lines:
        code, said = told(output(), *line)
        assert code in OTHERWISE.get(line[0], codes | {0}), (line, code, said)
        assert len(said) <= 1 + (line[0] == "write"), (line, said)
        assert not [words for words in said if "could not be finished" in words], (line, said)


def test_remarks_that_nobody_hears_end_nothing(cli: Cli) -> None:
    for arguments, code in ((["trash"], 0), (["lst"], 2), (["show", "x"], 2)):
        for closed in ("2>/dev/full", "2>&-"):
            command = ["sh", "-c", f'"$@" {closed}', "sh", *cli.command, *arguments]
            done = subprocess.run(command, env=cli.env, cwd=cli.folder, check=False, stdout=subprocess.PIPE)
            assert (done.returncode, done.stdout) == (code, b"")


def test_words_piped_in_are_kept_where_the_questions_cannot_be_printed(cli: Cli) -> None:
    command = ["sh", "-c", '"$@" >/dev/full', "sh", *cli.command, "write", "trust"]
    done = subprocess.run(command, env=cli.env, input=b"first words\nmore words\n", capture_output=True, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (0, 1)
    assert "more words" in cli.entries()[0]["text"]


@pytest.mark.parametrize("number", ["-1", "99999999999999999999", "9" * 5000, "1.5", "\u0663", "1_0", ""])
def test_a_number_that_is_none_is_one_line(cli: Cli, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("list", "search x", "people", "promises", "export --to x.json"):
        line = cli.refused_here(capsys, *command.split(), "--limit", number)
        assert line.endswith("give a whole number from 0 to 999999999")
        assert len(line) < 140
    assert "from 1 to 400" in cli.refused_here(capsys, "packs", "ahead", "--days", number)
