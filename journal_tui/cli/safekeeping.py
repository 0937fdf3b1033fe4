"""``backup``, ``restore`` and ``check``."""

from __future__ import annotations

from pathlib import Path

import click

from journal_tui.cli import out, secret
from journal_tui.cli.params import a_path, as_json
from journal_tui.cli.world import locked_world_of, world_of
from journal_tui.paths import Paths
from journal_tui.text import clean_line, plural

BACKUP_OPTION = "--backup-passphrase-file"


@click.command()
@click.option(
    "--to", metavar="PATH", shell_complete=a_path(), help="A file or a folder for it, in place of the backups folder."
)
@click.pass_obj
def backup(paths: Paths, to: str | None) -> None:
    """Make a copy of the whole journal, and print where it is.

    It is a zip file with the logs as they are: encrypted when the journal is. The program makes such copies by
    itself too, one a day.

    \b
      journal-tui backup
      journal-tui backup --to /media/stick
    """
    made = world_of(paths).journal.backup(Path(to).expanduser() if to else None)
    out.confirm(clean_line(str(made)))


@click.command()
@click.argument("file", shell_complete=a_path())
@secret.secret_option(BACKUP_OPTION, "own", "Open the backup with the first line of this file.")
@click.pass_obj
def restore(paths: Paths, file: str, own: str | None) -> None:
    """Bring back what a backup holds and the journal does not.

    What was written since stays, and what was erased for good stays away. An entry that the backup has otherwise
    becomes so again, as an edit. `undo` takes all of it back.

    \b
      journal-tui restore ~/journal-2026-03-01.zip
    """
    world = locked_world_of(paths)
    was_locked, had_passphrase = world.is_locked, world.has_passphrase

    def passphrase() -> str:
        if world.is_locked:
            return secret.of_journal()
        otherwise = f"{file} has a passphrase of its own: give it with {BACKUP_OPTION} FILE"
        unused = None if was_locked else secret.given()
        return own or unused or secret.ask("Passphrase of the backup: ", otherwise)

    back = world.restore(Path(file).expanduser(), passphrase)
    counts = ((back.brought, "came back"), (back.changed, "changed"))
    said = [f"{plural(count, 'entry', 'entries')} {what}" for count, what in counts if count]
    if said:
        out.confirm(f"{', '.join(said)}. {out.PROGRAM} undo takes it back.")
    else:
        out.say("Everything in it is here already, or was erased for good: nothing was changed.")
    if world.has_passphrase and not had_passphrase:
        out.say("The journal has the passphrase of the backup now.")


@click.command()
@as_json
@click.pass_obj
def check(paths: Paths, as_json: bool) -> None:
    """Read every record and every backup, and say what is damaged.

    The exit code is 1 when anything is.

    \b
      journal-tui check

    The JSON is an object: commits, entries, backups (how many of each were read), problems (where, what, help).
    """
    with out.Progress("checking") as progress:
        checked = world_of(paths).journal.check(lambda share: progress(round(1000 * share), 1000))
    if as_json:
        out.say_json(
            {
                "commits": checked.commits,
                "entries": checked.entries,
                "backups": checked.backups,
                "problems": [{"where": p.where, "what": p.what, "help": p.help} for p in checked.problems],
            }
        )
    else:
        for problem in checked.problems:
            out.say(clean_line(f"{problem.where}: {problem.what}: {problem.help}"))
        counts = (
            plural(checked.commits, "change"),
            plural(checked.entries, "entry", "entries"),
            plural(checked.backups, "backup"),
        )
        verdict = "nothing is wrong" if not checked.problems else f"{plural(len(checked.problems), 'thing')} wrong"
        out.say(f"{', '.join(counts)} read: {verdict}.")
    if checked.problems:
        raise click.exceptions.Exit(1)
