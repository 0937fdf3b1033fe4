"""``import``: another journal, brought in."""

from __future__ import annotations

from pathlib import Path

import click

from journal_tui.cli import out
from journal_tui.cli.params import as_json
from journal_tui.cli.world import world_of
from journal_tui.paths import Paths


@click.command()
@click.argument("file")
@click.option("--from", "format", metavar="FORMAT", help="Its format, where looking inside is not enough.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@as_json
@click.pass_obj
def import_file(paths: Paths, file: str, format: str | None, dry_run: bool, as_json: bool) -> None:
    """Bring in the entries of another journal.

    Importing the same file again adds nothing. `undo` takes an import back.

    \b
      journal-tui import journal.txt --dry-run
      journal-tui import export.json --from jrnl-json

    The JSON is an object: file, format, new, undated, already_there, left_out (where and why of each), notes, dry_run.
    """
    from journal_tui.exchange.bring_in import carry_out, plan

    journal = world_of(paths).journal
    with out.Progress("reading", patience=0.0) as progress:
        found = plan(journal, Path(file), format, progress)
    if not dry_run:
        carry_out(journal, found)
    if as_json:
        out.say_json(found.to_json() | {"dry_run": dry_run})
        return
    for line in found.lines():
        out.say(line)
    if dry_run:
        out.say("This was a dry run: nothing was brought in.")
    elif found.entries:
        out.say(f"Kept. {out.PROGRAM} undo takes it back.")
