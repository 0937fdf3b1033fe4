"""``import``: another journal, brought in."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_tui.cli import out
from journal_tui.cli.params import a_path, as_json, offering
from journal_tui.cli.secret import TRIES, ask, secret_option
from journal_tui.cli.world import world_of
from journal_tui.model import JournalError, UsageError
from journal_tui.paths import Paths
from journal_tui.signals import listening

if TYPE_CHECKING:
    from journal_tui.exchange.bring_in import Plan
    from journal_tui.store.journal import Journal

PASSWORD = "--password-file"
PIPE = "-"


@click.command()
@click.argument("files", metavar="FILE_OR_FOLDER...", nargs=-1, required=True, shell_complete=a_path())
@click.option(
    "--from",
    "format",
    metavar="FORMAT",
    shell_complete=offering("formats"),
    help="Its format, where looking inside is not enough.",
)
@secret_option(PASSWORD, "password", "Open an encrypted file with the first line of this one.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@as_json
@click.pass_obj
def import_file(
    paths: Paths, files: tuple[str, ...], format: str | None, password: str | None, dry_run: bool, as_json: bool
) -> None:
    """Bring in the entries of another journal.

    The format is found by looking inside. Importing the same file again adds nothing, a longer export adds what is
    new. Nothing is written before all of a file was read. `undo` takes an import back. A file named - is standard
    input.

    \b
      journal-tui import journal.txt --dry-run
      journal-tui import ~/notes/daily
      journal-tui import export.json --from jrnl-json

    \b
    FORMAT is one of
      csv (Daylio, spreadsheets), dayone, dayone-classic, dnote, jrnl (text,
      folder, JSON, encrypted), jrnl-json, jsonl, markdown (Obsidian, Logseq,
      text files by day), rednotebook, rflect, tui-journal;
      journal-tui, tinydb (exports of this program).

    The JSON is an object, of several files a list of them: file, format, new, beside (how many commitments, people,
    judgements, marks), undated, already_there, in_trash, left_out (where and why of each), notes, dry_run.
    """
    if not all(file.strip() for file in files):
        raise UsageError("the name to import is empty: name a file or a folder")
    from journal_tui.exchange.bring_in import carry_out

    journal = world_of(paths).journal
    if missing := [file for file in files if file != PIPE and _is_missing(file)]:
        raise JournalError(f"there is no file {', '.join(missing)}: check the name; nothing was brought in")
    told: list[dict[str, Any]] = []
    waiting = list(files)
    try:
        while waiting:
            file = waiting.pop(0)
            found = _read(journal, file, format, password, waiting)
            # Kept and told, or neither.
            with listening((signal.SIGINT,), lambda number: out.note("One moment, this is better finished.")):
                if not dry_run:
                    carry_out(journal, found)
                told.append(found.to_json() | {"dry_run": dry_run})
                if not as_json:
                    _tell(found, dry_run=dry_run, is_first=len(told) == 1)
    except JournalError as error:
        error.args = (f"{error}{_not_tried(waiting)}",)
        raise
    finally:  # what came in before one that cannot be read stays
        if as_json and told:
            out.say_json(told if len(files) > 1 else told[0])


def _is_missing(file: str) -> bool:
    try:
        Path(file).expanduser().stat()
    except (FileNotFoundError, NotADirectoryError, RuntimeError):  # or nobody has this ~name
        return True
    except OSError:  # whoever reads it says what is wrong
        return False
    return False


def _not_tried(files: list[str]) -> str:
    """The end of a line on a file that did not come in, before `files`."""
    return f"; not tried: {', '.join(files)}" if files else ""


def _read(journal: Journal, file: str, format: str | None, password: str | None, waiting: list[str]) -> Plan:
    from journal_tui.exchange.bring_in import PIPED, plan
    from journal_tui.exchange.source import LARGEST_WHOLE

    name = PIPED if file == PIPE else file
    otherwise = f"{name} is encrypted and there is no terminal to ask on: give its password with {PASSWORD} FILE"
    asked = 0

    def secret() -> str:
        nonlocal asked
        asked += 1
        if asked > 1:
            out.tell("that did not open it: once more")
        typed = password
        while not typed:  # return alone is no try
            typed = ask("Password of the file: ", otherwise)
        return typed

    try:
        with out.Progress("reading", patience=0.0) as progress:
            piped = sys.stdin.buffer.read(LARGEST_WHOLE + 1) if file == PIPE and sys.stdin else b""
            source = piped if file == PIPE else Path(file).expanduser()
            return plan(journal, source, format, progress, secret, 1 if password else TRIES)
    except KeyboardInterrupt:
        out.tell(f"stopped while {name} was read: nothing of it was brought in{_not_tried(waiting)}")
        raise click.Abort from None


def _tell(found: Plan, *, dry_run: bool, is_first: bool) -> None:
    is_kept = not (dry_run or found.is_empty)
    try:
        for line in [*([] if is_first else [""]), *found.lines()]:
            out.say(line)
    except out.OutputError:
        if not is_kept:
            raise
    if dry_run:
        out.say("This was a dry run: nothing was brought in.")
    elif is_kept:
        out.confirm(f"Kept. {out.PROGRAM} undo takes it back.")
