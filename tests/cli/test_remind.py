"""``remind``: the line for cron, and what it does when its hour comes."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from .command_line import Cli


def settings(cli: Cli, text: str) -> None:
    cli.home.mkdir(parents=True, exist_ok=True)
    (cli.home / "settings.yaml").write_text(text, encoding="utf-8")


def test_the_line_is_one_that_cron_takes(cli: Cli) -> None:
    assert cli.ok("remind").out.startswith("0 21 * * *  ")
    settings(cli, 'remind_at: "07:05"\n')
    line = cli.ok("remind").out
    assert line.startswith("5 7 * * *  ")
    assert line.count("\n") == 1
    assert shlex.split(line)[-4:] == ["--home", str(cli.home), "remind", "--now"]


def test_what_the_line_calls_reminds(cli: Cli, tmp_path: Path) -> None:
    settings(cli, "reminder: A line, 100 % yours?\n")
    command = cli.ok("remind").out.split(None, 5)[5].replace("\\%", "%")
    program = shlex.join([sys.executable, "-m", "journal_tui"])
    first = shlex.split(command)[0]
    done = subprocess.run(
        ["/bin/sh", "-c", command.replace(shlex.quote(first), program, 1)],
        env=cli.env | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "A line, 100 % yours?\n"


def test_a_desktop_is_told_instead(cli: Cli, tmp_path: Path) -> None:
    settings(cli, "reminder: --urgency critical\n")
    desktop = tmp_path / "desktop"
    desktop.mkdir()
    program = desktop / "notify-send"
    program.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done >"$0.said"\n')
    program.chmod(0o755)
    assert cli.ok("remind", "--now", env={"PATH": str(desktop)}).out == ""
    assert (desktop / "notify-send.said").read_text().splitlines()[-2:] == ["--", "--urgency critical"]
    program.write_text("#!/bin/sh\nexit 1\n")
    assert cli.ok("remind", "--now", env={"PATH": str(desktop)}).out == "--urgency critical\n"


def test_no_passphrase_is_needed(cli: Cli) -> None:
    cli.ok("--passphrase-file", cli.secret("kettle and rain"), "passphrase", "set")
    assert cli.ok("remind", "--now", env={"PATH": ""}).out == "A few lines about today?\n"
