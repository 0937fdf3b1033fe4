"""The command group, and the one place where every error becomes one line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from journal_tui import __version__
from journal_tui.cli import secret
from journal_tui.cli.out import PROGRAM, OutputError, column, is_narrow, tell
from journal_tui.cli.params import a_path
from journal_tui.cli.secret import secret_option
from journal_tui.model import JournalError, UsageError, did_you_mean
from journal_tui.paths import Paths, find_paths
from journal_tui.text import shorten

DEBUG_VARIABLE = "JOURNAL_TUI_DEBUG"
READER_LEFT = 141
"""As a shell tells of a program that SIGPIPE ended."""

_NARROW = 54
"""Cells below which click would print its help wider than the terminal."""

COMMANDS = {
    "write": "writing:write",
    "add": "writing:add",
    "list": "reading:list_entries",
    "search": "reading:search",
    "show": "reading:show",
    "edit": "editing:edit",
    "delete": "changing:delete",
    "undo": "changing:undo",
    "redo": "changing:redo",
    "history": "versions:history",
    "trash": "versions:trash",
    "erase": "versions:erase",
    "people": "people:people",
    "promises": "promises:promises",
    "insights": "insights:insights",
    "patterns": "patterns:patterns",
    "mark": "mark:mark",
    "marks": "mark:marks",
    "import": "importing:import_file",
    "export": "exporting:export",
    "packs": "packs:packs",
    "backup": "safekeeping:backup",
    "restore": "safekeeping:restore",
    "check": "safekeeping:check",
    "helplines": "helplines:helplines",
    "passphrase": "passphrase:passphrase",
    "remind": "reminding:remind",
    "settings": "choosing:settings",
    "completion": "shells:completion",
    "paths": "places:paths",
    "demo": "places:demo",
    "help": "helping:help_",
}
"""Name to module and function, in the order of the help. A module is loaded when its command is asked for."""


class Commands(click.Group):
    """A group of commands that tells which one may have been meant, and in an error which one was called."""

    HINT = ""
    """What is said where none comes near."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            called = self.get_command(ctx, ctx.invoked_subcommand or "")
            if error.ctx is None and called:
                error.ctx = click.Context(called, ctx, ctx.invoked_subcommand)
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            hint = did_you_mean(args[0], self.list_commands(ctx)) or self.HINT
            raise click.UsageError(f'there is no command "{shorten(args[0], 40)}"{hint}', ctx)
        return super().resolve_command(ctx, args)


class Program(Commands):
    """The group of all commands."""

    HINT = f' (to keep words: {PROGRAM} add "…")'

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if is_narrow(_NARROW):
            extra["terminal_width"] = column()
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(f"journal_tui.cli.{module}"), function)
        assert isinstance(command, click.Command)
        return command


@click.group(
    PROGRAM,
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.option(
    "--home", metavar="DIR", shell_complete=a_path("dir"), help="Keep journal, settings and packs under this folder."
)
@secret_option(secret.OPTION, "passphrase", "Unlock with the first line of this file.")
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s", help="Say which version it is.")
@click.pass_context
def program(ctx: click.Context, home: str | None, passphrase: str | None) -> None:
    """A guided reflection journal: private, on this machine alone.

    Without a command it opens the screens.

    \b
      journal-tui
      journal-tui write trust
      journal-tui --home ~/second list
      journal-tui --passphrase-file <(pass journal) list

    It is for reflection and no therapy. What you write never leaves this machine by itself.
    """
    if home is not None and not home.strip():
        raise UsageError("--home is empty: name a folder")
    ctx.obj = find_paths(Path(home) if home else None)
    if ctx.invoked_subcommand is None:
        open_screens(ctx.obj, passphrase)


def open_screens(paths: Paths, passphrase: str | None = None, *, is_sample: bool = False) -> None:
    """The screens on the journal under `paths`, unlocked with `passphrase`.

    Raises:
        UsageError: there is no terminal to show them on.
        JournalError: it is not the right passphrase.
    """
    # The screens are written to standard error: Textual's way.
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(f"the screens need a terminal: in a pipe use a command, {PROGRAM} --help names them")
    if os.environ.get("TERM") == "dumb":
        raise UsageError(f"this terminal cannot show the screens: {PROGRAM} write asks the same questions line by line")
    from journal_tui.ui.run import run_screens

    run_screens(paths, passphrase, is_sample=is_sample)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process: 0, 1 (something went wrong), 2 (not understood), 130 (interrupted), 141
    (whoever read the output left)."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal with a small character set shows "?" rather than failing.
            stream.reconfigure(errors="replace")
    stdout = sys.stdout
    try:
        return program.main(arguments, PROGRAM, standalone_mode=False) or 0
    except JournalError as error:
        tell(str(error))
        if isinstance(error, OutputError):
            _stop_printing()
        return error.exit_code
    except click.ClickException as error:
        tell(_explain(error))
        return error.exit_code
    except click.Abort:
        return 130
    except SystemExit:
        # Where the reader of a pipe has left, click ends the process with a silent stream in the place of this one.
        if sys.stdout is not stdout:
            return READER_LEFT
        raise
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        what = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        tell(f"this could not be finished ({what}): {DEBUG_VARIABLE}=1 shows where it stopped")
        _stop_printing()
        return 1


def _stop_printing() -> None:
    """What could not be written must not be tried again when the process ends."""
    sys.stdout = None


def _right_place(option: str, context: click.Context) -> str:
    """Where an option belongs that was given before or after the command; empty: nowhere."""
    if context.command is not program:
        above = next((one for one in program.params if option in one.opts and one.metavar), None)
        called = context.command_path.removeprefix(f"{PROGRAM} ")
        return f"{option} stands before the command: {PROGRAM} {option} {above.metavar} {called}" if above else ""
    for name in COMMANDS:
        command = program.get_command(context, name)
        if command and any(option in parameter.opts for parameter in command.params):
            return f"{option} stands after its command, as in {PROGRAM} {name}: {PROGRAM} {name} --help shows how"
    return ""


def _explain(error: click.ClickException) -> str:
    """What click found wrong, in one line."""
    context = getattr(error, "ctx", None) or click.Context(program, info_name=PROGRAM)
    if isinstance(error, click.NoSuchOption):
        if place := _right_place(error.option_name, context):
            return place
        known = [option for parameter in context.command.get_params(context) for option in parameter.opts]
        what = f"there is no option {error.option_name}{did_you_mean(error.option_name, known)}"
    elif isinstance(error, click.MissingParameter) and error.param:
        options = isinstance(error.param, click.Option)
        what = f"{error.param.opts[0] if options else error.param.make_metavar(context).rstrip('.')} is missing"
    elif isinstance(error, click.BadOptionUsage):
        takes_one = "requires" in error.message
        what = f"{error.option_name} {'wants a value' if takes_one else 'takes no value'}"
    elif found := re.match(r"Got unexpected extra arguments? \((.*)\)", error.message, re.DOTALL):
        what = f'there is no place for "{shorten(found[1], 40)}"'
    else:
        message = error.format_message()
        what = message[:1].lower() + message[1:].rstrip(".")
    return f"{what}: {context.command_path} --help shows how"
