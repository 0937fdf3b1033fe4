"""The mirror's report, made in a worker that stops when its screen no longer wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.worker import get_current_worker

from journal_tui.breathing import breathe
from journal_tui.collecting import without_collecting
from journal_tui.insights.draw import bar
from journal_tui.model import Pillar
from journal_tui.text import plural
from journal_tui.ui.beside import Stopped, stopping
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.insights.balance import WeekRating
    from journal_tui.insights.report import Report


def state_of(world: World) -> object:
    """What a report depends on: equal as long as a new one would say the same.

    Raises:
        JournalError: the journal cannot be read.
    """
    journal = world.journal
    kept = (
        journal.entries(),
        journal.promises.all(),
        journal.people.all(),
        journal.judgements.all(),
        journal.marks.all(),
    )
    return (world.today(), *kept)


def make_report(world: World, on_progress: Callable[[int, int], object] = lambda done, total: None) -> Report | None:
    """What the mirror shows today, in a worker; None: the worker was cancelled.

    Raises:
        JournalError: the journal cannot be read.
    """

    def progress(done: int, total: int) -> None:
        breathe()
        on_progress(done, total)

    try:
        with stopping(), without_collecting():  # which stops every thread, for a second at a time
            report = world.report(on_progress=progress)
    except Stopped:
        return None
    return None if get_current_worker().is_cancelled else report


def ratings_of(world: World) -> dict[Pillar | None, tuple[WeekRating, ...]]:
    """The weeks with ratings, of each pillar and (None) of all entries, up to today.

    Raises:
        JournalError: the journal cannot be read.
    """
    from journal_tui.insights.balance import weekly_ratings

    today = world.today()
    entries = [entry for entry in world.journal.entries() if entry.day and entry.day <= today]
    return {pillar: weekly_ratings([e for e in entries if pillar in (None, e.pillar)]) for pillar in (None, *Pillar)}


def say_progress(done: int, total: int, *, plain: bool) -> Content:
    """So many entries of so many are read; once all are, what follows."""
    if done >= total:
        return Content("looking for what comes back")
    drawn = bar(done, total, 30, ascii=plain)
    return Content.assemble("reading  ", (drawn, "$accent"), f"  {done:,} of {plural(total, 'entry', 'entries')}")
