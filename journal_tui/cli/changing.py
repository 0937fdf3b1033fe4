"""``delete``, ``undo`` and ``redo``."""

from __future__ import annotations

import click

from journal_tui.cli.out import PROGRAM, confirm
from journal_tui.cli.params import offering
from journal_tui.cli.world import world_of
from journal_tui.dates import say_entry
from journal_tui.paths import Paths
from journal_tui.text import clean_line, plural


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=offering("entries"))
@click.pass_obj
def delete(paths: Paths, ids: tuple[str, ...]) -> None:
    """Put entries in the trash. `undo` brings them back.

    \b
      journal-tui delete k3v9qx
    """
    world = world_of(paths)
    gone = list({entry.id: entry for entry in map(world.journal.get, ids)}.values())
    world.journal.delete([entry.id for entry in gone])
    if len(gone) == 1:
        confirm(f"{say_entry(gone[0], world.today())} is in the trash. {PROGRAM} undo brings it back.")
    else:
        confirm(f"{plural(len(gone), 'entry', 'entries')} are in the trash. {PROGRAM} undo brings them back.")


@click.command()
@click.pass_obj
def undo(paths: Paths) -> None:
    """Take the last change back; again and again, one by one.

    Whatever it was: an entry added, edited or deleted, an import, what you said of a promise or a pattern, names
    joined or parted, words marked. No words go with it: what was added goes to the trash, `history` shows how an entry
    was, and `redo` does it again.

    \b
      journal-tui undo
    """
    said = clean_line(world_of(paths).journal.steps.undo(title_of=_title_of))
    confirm(f"{said}. {PROGRAM} redo does it again.")


@click.command()
@click.pass_obj
def redo(paths: Paths) -> None:
    """Do again what `undo` took back last.

    Again and again, one by one, until something else is changed.

    \b
      journal-tui redo
    """
    confirm(f"{clean_line(world_of(paths).journal.steps.redo())}.")


def _title_of(kind: str, target: str) -> str:
    """What a pattern is called. The mirror is woken only where one is spoken of."""
    from journal_tui.insights.patterns import title_of

    return title_of(kind, target)
