"""Every command of the documentation, run as it stands there.

In a block marked ``console`` a line after ``$`` is a command (``>`` goes on with it), the lines below it are what it
shows, on either stream; ``…`` stands for anything, on a line of its own for any lines. Without such lines only the exit
code is looked at: 0, or what a remark after the command says: ``# exit code 2``.

The commands of one page run one after the other in a home of their own, which is the folder they are in, with the
entries made below. A remark ``<!-- sample NAME: FILE -->`` in the page puts FILE of this repository there as NAME.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest

from journal_tui.cli.main import program
from journal_tui.dates import day_of
from journal_tui.model import Answer, Commitment, Entry, Pillar
from journal_tui.store.journal import Journal
from tests.cli.command_line import ROOT, Cli

PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    if "```console\n" in page.read_text("utf-8")
)
END = "\x1e"
"""Stands before the exit code of each command."""


class Shown(NamedTuple):
    """A command of a page."""

    line: int
    command: str
    output: list[str]
    code: int


def commands(page: str) -> list[Shown]:
    found: list[Shown] = []
    in_block = False
    for number, line in enumerate(page.splitlines(), 1):
        if line.startswith("```"):
            in_block = line == "```console"
        elif in_block and line.startswith("$ "):
            code = re.search(r"\s# exit code (\d+)$", line)
            found.append(Shown(number, line[2:], [], int(code[1]) if code else 0))
        elif in_block and line.startswith("> ") and not found[-1].output:
            found[-1] = found[-1]._replace(command=f"{found[-1].command}\n{line[2:]}")
        elif in_block:
            found[-1].output.append(line)
    return found


def pattern(lines: list[str]) -> str:
    parts = [r"(?:[^\n]*\n)*?" if line == "…" else ".*?".join(map(re.escape, line.split("…"))) + "\n" for line in lines]
    return "".join(parts)


def some_entries(home: Path) -> None:
    """A small journal: the entries that the pages speak of."""
    journal, now = Journal(home / "data"), datetime.now().astimezone()

    def entry(id: str, days: int, pillar: Pillar | None, answer: Answer, **more: Any) -> Entry:
        at = now - timedelta(days=days, minutes=1)
        id = f"01m83srht1{id}"
        return Entry(id=id, created=at, day=day_of(at), moment=at, pillar=pillar, answers=(answer,), **more)

    said = Answer(
        prompt="respect/seen", ask="Who saw you today?", text="Petra, at the allotment. Saturday was hers again."
    )
    rang = Answer(text="My sister rang about the letter.")
    promise = Commitment(
        id="01m83srht1k3v9qx-p", entry="01m83srht1k3v9qx", text="Ask Petra first", made=day_of(now), due=day_of(now)
    )
    journal.add(entry("7f3kq2", 40, Pillar.BOUNDARIES, said, rating=3, tags=("work",), people=("Petra",)))
    journal.add(entry("k3v9qx", 1, Pillar.TRUST, rang), commitments=[promise])
    journal.add(entry("2hq8zd", 0, None, Answer(text="Rain all day.")))


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path)
    some_entries(cli.home)
    return cli


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_does_what_it_shows(cli: Cli, page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    cli.home = cli.folder / "home"
    env = cli.on_path() | {"HOME": str(cli.folder), "EDITOR": "true"}
    # Nothing of this machine's own timetable is touched.
    for name in ("crontab", "systemctl", "launchctl", "notify-send"):
        (cli.folder / "bin" / name).symlink_to(shutil.which("true") or "/bin/true")
    for name, file in re.findall(r"<!-- sample (\S+): (\S+) -->", text):
        source, target = ROOT / file, cli.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    shown = commands(text)
    script = "".join(f"{{ {one.command}\n}} 2>&1\nprintf '{END}%s{END}' $?\n" for one in shown)
    done = subprocess.run(
        ["bash", "-c", script],
        env=env,
        cwd=cli.folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
        start_new_session=True,
    )
    parts = done.stdout.decode().split(END)
    assert len(parts) == 2 * len(shown) + 1, done.stderr.decode()
    for one, output, code in zip(shown, parts[::2], parts[1::2], strict=False):
        where = f"{page}:{one.line}: {one.command}\n{output}"
        assert int(code) == one.code, where
        assert not one.output or re.fullmatch(pattern(one.output), output), where


def test_what_is_named_in_a_line_is_there() -> None:
    """Commands and options that a page only speaks of."""
    spoken = {
        (page.name, span)
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for span in re.findall(r"`journal-tui ([^`]+)`", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S))
    }
    assert len(spoken) > 20
    for page, span in spoken:
        command: click.Command = program
        known = {option for parameter in program.params for option in parameter.opts} | {"-h", "--help"}
        for word in re.split(r"\s+|[|;]", span):
            inner = command.get_command(click.Context(command), word) if isinstance(command, click.Group) else None
            if inner:
                command = inner
                known |= {option for parameter in command.params for option in parameter.opts}
            else:
                assert not word.startswith("--") or word.strip(".,") in known, f"{page}: {span}"
        is_named = re.match(r"[a-z]", span) and page != "format.md"  # there are keys that begin so
        assert not is_named or command is not program, f"{page}: {span}"


def test_a_page_that_shows_something_else_is_found(cli: Cli) -> None:
    """The runner itself."""
    [one, two] = commands("```console\n$ a \\\n> b\n…x\n…\nend\n$ c  # exit code 2\n```\n```sh\n$ no\n```\n")
    assert (one.command, one.code, two.code) == ("a \\\nb", 0, 2)
    assert re.fullmatch(pattern(one.output), "an x\n1\n2\nend\n")
    assert not re.fullmatch(pattern(one.output), "an x\n1\n2\n")
