"""``delete`` and ``undo``."""

from __future__ import annotations

import click

from journal_tui.cli.out import PROGRAM, confirm
from journal_tui.cli.params import offering
from journal_tui.cli.world import world_of
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
    journal = world_of(paths).journal
    gone = list(dict.fromkeys(journal.get(id).id for id in ids))
    journal.delete(gone)
    what = f"entry {gone[0]} is" if len(gone) == 1 else f"{plural(len(gone), 'entry', 'entries')} are"
    confirm(f"{what} in the trash: {PROGRAM} undo brings back what went last")


@click.command()
@click.pass_obj
def undo(paths: Paths) -> None:
    """Take the last change back.

    Whatever it was: an entry added, edited or deleted, an import, what you said of a promise or a pattern, names
    joined or parted, words marked. An entry that was added goes to the trash, and undo once more brings it back.

    \b
      journal-tui undo
    """
    confirm(clean_line(world_of(paths).journal.undo(title_of=_title_of)))


def _title_of(kind: str, target: str) -> str:
    """What a pattern is called. The mirror is woken only where one is spoken of."""
    from journal_tui.insights.patterns import title_of

    return title_of(kind, target)
