"""The world of a command: unlocked, with what is amiss in it told on standard error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.secret import unlock
from journal_tui.cli.unfinished import unfinished_edits
from journal_tui.model import Pillar
from journal_tui.paths import Paths

if TYPE_CHECKING:
    from journal_tui.packs.library import Library
    from journal_tui.world import World


def world_of(paths: Paths) -> World:
    """The journal under `paths` and what belongs to it, unlocked. Told are settings left out, what is amiss in the
    files, and edits that were interrupted; when the command ends, how many entries could not be read.

    Raises:
        JournalError: the journal cannot be read at all, or it stays locked.
    """
    world = locked_world_of(paths)
    unlock(world)
    for trouble in world.journal.troubles:
        out.tell(trouble)
    for line in unfinished_edits(world):
        out.tell(line)
    context = click.get_current_context(silent=True)
    if context and context.info_name != "check":  # which shows them
        context.call_on_close(lambda: _tell_unreadable(world))
    return world


def _tell_unreadable(world: World) -> None:
    for line in world.journal.say_unreadable():
        out.tell(line)


def locked_world_of(paths: Paths) -> World:
    """The journal under `paths` as it lies there; settings left out are told."""
    from journal_tui.world import open_world

    world = open_world(paths)
    for trouble in world.troubles:
        out.tell(trouble)
    return world


def titles_of(world: World) -> Mapping[Pillar, str]:
    """What the packs in use call the pillars. Without packs of one's own these are ours, and none is read."""
    own = world.paths.packs
    return world.titles if own.is_dir() and any(own.iterdir()) else {pillar: pillar.title for pillar in Pillar}


def library_of(world: World) -> Library:
    """All packs; those left out are told."""
    if line := world.library.left_out:
        out.tell(line)
    return world.library
