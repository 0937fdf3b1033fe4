"""The world of a command, with what is amiss in it told on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_tui.cli import out
from journal_tui.paths import Paths

if TYPE_CHECKING:
    from journal_tui.packs.library import Library
    from journal_tui.world import World


def world_of(paths: Paths) -> World:
    """The journal under `paths` and what belongs to it; settings and records left out are told.

    Raises:
        JournalError: the journal cannot be read at all.
    """
    from journal_tui.world import open_world

    world = open_world(paths)
    for trouble in (*world.troubles, *world.journal.troubles):
        out.tell(trouble)
    return world


def library_of(world: World) -> Library:
    """All packs; those left out are told."""
    for fault in world.library.faults:
        out.tell(f"pack left out: {fault}")
    return world.library
