"""What *Today* has to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.model import Commitment, Entry, JournalError, Pillar, visits
from journal_tui.packs.rotation import first_days, sitting_of_first_days, weekly
from journal_tui.session.session import Session
from journal_tui.text import clean_line
from journal_tui.ui.views.rhythm import days_written
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.insights.patterns import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """The day at a glance."""

    day: date
    choice: Pillar | str
    """What a new session is about: a pillar, or the pack with this id."""
    pillar: Pillar | None
    name: str
    """What that is called."""
    question: str
    entries: int
    """How many there are to read, blank ones not counted."""
    written_today: int
    """Entries of this day."""
    drafts: tuple[Session, ...] = ()
    due: tuple[Commitment, ...] = ()
    memory: Entry | None = None
    written: Mapping[date, Entry] = field(default_factory=dict)
    """The last entry of each day that has one."""
    unfinished_edits: int = 0
    first_days: str = ""
    """Id of the pack for the first days, while it is offered."""
    first_days_title: str = ""
    week: str = ""
    """Id of the review that is offered."""
    week_title: str = ""
    offers_passphrase: bool = False
    """Nothing is written yet, and nothing protected."""
    left_out: tuple[str, ...] = ()
    """What in the writer's own files (settings, keys, themes, packs) could not be used."""
    notices: tuple[str, ...] = ()
    """What else is amiss."""


def look(world: World) -> TodayView:
    """Reads journal, packs and drafts. Reading only; may take a while with a large journal.

    Raises:
        JournalError: the journal cannot be read.
    """
    today = world.today()
    entries = world.journal.entries()
    past = visits(entries)
    choice = world.choice_of_day(past)
    pillar = choice if isinstance(choice, Pillar) else None
    notices: list[str] = []
    question, name = "", world.library.title(pillar) if pillar else choice
    try:
        session = world.begin(choice, past=past)
        question = session.questions[0].ask if session.questions else ""
        if pillar is None and session.pack:
            here, sittings = sitting_of_first_days(session.pack, past)
            name = f"{session.pack.title} · {here} of {sittings}"
    except JournalError as error:
        notices.append(str(error))
    library = world.library
    packs = library.packs.values()
    first, begun = first_days(packs, past, today)
    week = weekly(packs, past, today)
    drafts, damaged = world.waiting()
    begun_packs = {draft.pack.id for draft in drafts if draft.pack}
    written = [entry for entry in entries if not entry.is_blank]
    return TodayView(
        day=today,
        choice=choice,
        pillar=pillar,
        name=clean_line(name),
        question=question,
        entries=len(written),
        written_today=sum(entry.day == today for entry in written),
        drafts=tuple(drafts),
        due=tuple(world.journal.promises.due(today)),
        memory=memory_of(written, today),
        written=days_written(written, today),
        first_days=first.id if first and not begun and first.id not in begun_packs else "",
        first_days_title=clean_line(first.title) if first else "",
        week=week.id if week and week.id not in begun_packs else "",
        week_title=clean_line(week.title) if week else "",
        unfinished_edits=len(world.drafts.edits()),
        offers_passphrase=not (entries or drafts or world.has_passphrase),
        left_out=(*(line for line in world.troubles if line != library.left_out), *map(str, library.faults)),
        notices=(*damaged, *world.journal.troubles, *world.journal.say_unreadable(), *notices),
    )


def memory_of(entries: Sequence[Entry], today: date) -> Entry | None:
    """What was written on this day in the latest earlier year that has something; entries oldest first."""
    for entry in reversed(entries):
        if entry.day and entry.day.year < today.year and (entry.day.month, entry.day.day) == (today.month, today.day):
            return entry
    return None


def ask_mirror(world: World, seen: object) -> tuple[Finding | None, object] | None:
    """What the mirror asks about today, if anything, and the state of the journal in which it does; in a worker.

    Args:
        seen: such a state; None where it has not changed since, and where the worker is no longer wanted.

    Raises:
        JournalError: the journal cannot be read.
    """
    from journal_tui.insights.patterns import for_today
    from journal_tui.ui.reading import make_report, state_of

    state = state_of(world)
    report = make_report(world) if state != seen else None
    return (for_today(report.patterns, world.journal.judgements.all(), report.as_of), state) if report else None
