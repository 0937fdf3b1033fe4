"""``import``: another journal, brought in."""

from __future__ import annotations

from pathlib import Path

import click

from journal_tui.cli import out
from journal_tui.cli.params import a_path, as_json, offering
from journal_tui.cli.secret import ask, secret_option
from journal_tui.cli.world import world_of
from journal_tui.model import UsageError
from journal_tui.paths import Paths

PASSWORD = "--password-file"


@click.command()
@click.argument("file", metavar="FILE_OR_FOLDER", shell_complete=a_path())
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
    paths: Paths, file: str, format: str | None, password: str | None, dry_run: bool, as_json: bool
) -> None:
    """Bring in the entries of another journal.

    The format is found by looking inside. Importing the same file again adds nothing, a longer export adds what is
    new. Nothing is written before all was read. `undo` takes an import back.

    \b
      journal-tui import journal.txt --dry-run
      journal-tui import ~/notes/daily
      journal-tui import export.json --from jrnl-json

    The JSON is an object: file, format, new, beside (how many commitments, people, judgements, marks), undated,
    already_there, left_out (where and why of each), notes, dry_run.
    """
    from journal_tui.exchange.bring_in import carry_out, plan

    def asked() -> str:
        otherwise = f"{file} is encrypted and there is no terminal to ask on: give its password with {PASSWORD} FILE"
        return password or ask("Password of the file: ", otherwise)

    if not file.strip():
        raise UsageError("the name to import is empty: name a file or a folder")
    journal = world_of(paths).journal
    with out.Progress("reading", patience=0.0) as progress:
        found = plan(journal, Path(file), format, progress, asked)
    if not dry_run:
        carry_out(journal, found)
    if as_json:
        out.say_json(found.to_json() | {"dry_run": dry_run})
        return
    for line in found.lines():
        out.say(line)
    if dry_run:
        out.say("This was a dry run: nothing was brought in.")
    elif not found.is_empty:
        out.say(f"Kept. {out.PROGRAM} undo takes it back.")
