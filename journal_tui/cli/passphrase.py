"""``passphrase``: the journal encrypted, or not."""

from __future__ import annotations

import signal
from contextlib import AbstractContextManager

import click

from journal_tui.cli import out, secret
from journal_tui.cli.main import Commands
from journal_tui.cli.world import locked_world_of, world_of
from journal_tui.model import UsageError
from journal_tui.paths import Paths
from journal_tui.signals import listening
from journal_tui.text import clean_line
from journal_tui.world import World

NEW_OPTION = "--new-passphrase-file"
SHORT = 12
"""Characters below which a passphrase is called short."""

_otherwise = f"there is no terminal to ask on: give the new passphrase with {NEW_OPTION} FILE"
_new = secret.secret_option(NEW_OPTION, "new", "Take the first line of this file as the new passphrase.")


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def passphrase(ctx: click.Context) -> None:
    """Encrypt the journal with a passphrase, or stop doing so.

    Alone it says whether there is one.

    \b
      journal-tui passphrase
      journal-tui passphrase set
      journal-tui passphrase change
      journal-tui passphrase remove
    """
    if ctx.invoked_subcommand is not None:
        return
    if locked_world_of(ctx.obj).has_passphrase:
        out.say(f"The journal is encrypted. {out.PROGRAM} passphrase change gives it another passphrase.")
    else:
        out.say(f"The journal has no passphrase. {out.PROGRAM} passphrase set gives it one.")


@passphrase.command("set")
@_new
@click.pass_obj
def set_(paths: Paths, new: str | None) -> None:
    """Encrypt entries, drafts and backups.

    Without the passphrase nobody can read them again, and there is no way to recover it.

    \b
      journal-tui passphrase set
      journal-tui passphrase set --new-passphrase-file secret.txt
    """
    if locked_world_of(paths).has_passphrase:
        raise UsageError(f"the journal has a passphrase: {out.PROGRAM} passphrase change gives it another one")
    from journal_tui.store.passphrase import check_no_edit
    from journal_tui.store.plain import left_plain

    world = world_of(paths)
    check_no_edit(paths.edits)
    # Nothing is locked yet, so a passphrase given for unlocking can only be the new one.
    new = new or secret.given() or secret.ask_new(_otherwise)
    with _to_the_end(), out.Progress("encrypting") as progress:
        world.set_passphrase(new, progress)
    out.confirm("The journal is encrypted, with its drafts and backups.")
    _say_what_to_know(new)
    for path in left_plain(world.paths.data):
        out.paragraph(f"Still open to anybody, for it is none of the journal's own: {clean_line(str(path))}")
    out.paragraph("The plain files are replaced; the disk itself (an SSD, snapshots) may keep traces of them.")
    out.paragraph("Copies made elsewhere before stay readable: synced folders, backups of the disk, exports.")


@passphrase.command()
@_new
@click.pass_obj
def change(paths: Paths, new: str | None) -> None:
    """Give the journal another passphrase.

    \b
      journal-tui passphrase change
      journal-tui passphrase change --new-passphrase-file new.txt
    """
    world = _encrypted(paths)
    new = new or secret.ask_new(_otherwise)
    with _to_the_end():
        world.change_passphrase(new)
    out.confirm("The new passphrase opens the journal from now on.")
    _say_what_to_know(new)
    out.paragraph("Copies made elsewhere before still open with the one before: synced folders, backups of the disk.")
    out.paragraph("If somebody knows the one before and may have such a copy: remove the passphrase, then set another.")


@passphrase.command()
@click.pass_obj
def remove(paths: Paths) -> None:
    """Keep the journal as plain files again.

    \b
      journal-tui passphrase remove
    """
    world = _encrypted(paths)
    with _to_the_end(), out.Progress("opening") as progress:
        world.remove_passphrase(progress)
    out.confirm("The journal is no longer encrypted: whoever can read its files can read it.")
    out.paragraph("Copies made elsewhere before still need the passphrase: synced folders, backups of the disk.")


def _to_the_end() -> AbstractContextManager[None]:
    """Ctrl+c waits: stopped half way, the next unlocking would have to go on with it."""
    return listening((signal.SIGINT,), lambda number: out.note("One moment, this is better finished."))


def _encrypted(paths: Paths) -> World:
    """The unlocked world.

    Raises:
        UsageError: it has no passphrase.
    """
    world = world_of(paths)
    if not world.has_passphrase:
        raise UsageError(f"the journal has no passphrase: {out.PROGRAM} passphrase set gives it one")
    return world


def _say_what_to_know(new: str) -> None:
    out.paragraph("There is no way back without the passphrase: nobody can recover it. Keep it where you will find it.")
    if len(new) < SHORT:
        out.paragraph("It is short, and could be guessed by a machine: a few words together are harder.")
