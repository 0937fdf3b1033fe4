"""The mirror's report, made in a worker that stops when its screen no longer wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.worker import get_current_worker

from journal_tui.insights.draw import bar
from journal_tui.text import plural
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.insights.report import Report


class _Stopped(Exception):
    """The screen was left while the report was being made."""


def state_of(world: World) -> object:
    """What a report depends on: equal as long as a new one would say the same.

    Raises:
        JournalError: the journal cannot be read.
    """
    journal = world.journal
    kept = (journal.entries(), journal.commitments(), journal.people(), journal.judgements(), journal.marks())
    return (world.today(), *kept)


def make_report(world: World, on_progress: Callable[[int, int], object] = lambda done, total: None) -> Report | None:
    """What the mirror shows today, in a worker; None: the worker was cancelled.

    Raises:
        JournalError: the journal cannot be read.
    """
    worker = get_current_worker()

    def progress(done: int, total: int) -> None:
        if worker.is_cancelled:
            raise _Stopped
        on_progress(done, total)

    try:
        report = world.report(on_progress=progress)
    except _Stopped:
        return None
    return None if worker.is_cancelled else report


def say_progress(done: int, total: int, *, plain: bool) -> Content:
    """So many entries of so many are read."""
    drawn = bar(done, total, 30, ascii=plain)
    return Content.assemble("Reading  ", (drawn, "$accent"), f"  {done:,} of {plural(total, 'entry', 'entries')}")
