"""The manual: made of the commands as they are, and taken by what shows it."""

from __future__ import annotations

import os
import shutil
import subprocess

import click
import pytest

from docs.make_manual import PAGE, manual
from journal_tui.cli.main import COMMANDS, program

SHOWN_BY = {
    "mandoc": ["mandoc", "-T", "lint", "-W", "warning"],
    "man": ["man", "--warnings", "-l", "-E", "UTF-8"],
}


def test_it_is_made_of_the_commands() -> None:
    page = manual()
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "make man writes it anew"


def test_it_names_every_command_and_option() -> None:
    page = manual().replace("\\-", "-")
    for name in COMMANDS:
        command = program.get_command(click.Context(program), name)
        assert command
        assert f'.SS "{name}' in page
        subcommands = command.commands.values() if isinstance(command, click.Group) else ()
        for one in (command, *subcommands):
            assert f'.SS "{name if one is command else f"{name} {one.name}"}' in page
            for option in (o for o in one.params if isinstance(o, click.Option)):
                assert all(f"\\fB{name}\\fR" in page for name in option.opts), option


@pytest.mark.parametrize("shown", SHOWN_BY.values(), ids=SHOWN_BY)
def test_nobody_complains_of_it(shown: list[str]) -> None:
    if not shutil.which(shown[0]):
        pytest.skip(f"{shown[0]} is not installed here")
    done = subprocess.run(
        [*shown, PAGE],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "80"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert shown[0] != "mandoc" or done.stdout == ""
