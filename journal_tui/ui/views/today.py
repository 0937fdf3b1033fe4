"""What *Today* has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal_tui.model import Commitment, Entry, JournalError, Pillar, visits
from journal_tui.packs.rotation import choose_prompts, pillar_of_day
from journal_tui.session.session import Session
from journal_tui.text import plural
from journal_tui.world import World

RHYTHM_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """The day at a glance."""

    day: date
    pillar: Pillar
    question: str
    entries: int
    """How many there are to read, blank ones not counted."""
    written_today: int
    """Entries of this day."""
    drafts: tuple[Session, ...] = ()
    due: tuple[Commitment, ...] = ()
    memory: Entry | None = None
    rhythm: tuple[bool, ...] = ()
    """For each of the last days, today last: was anything written?"""
    unfinished_edits: int = 0
    offers_passphrase: bool = False
    """Nothing is written yet, and nothing protected."""
    notices: tuple[str, ...] = ()

    @property
    def rhythm_line(self) -> str:
        """The rhythm in words: of the last days, or of those since the first entry if they are fewer."""
        return f"{sum(self.rhythm)} of the last {plural(len(self.rhythm), 'day')}"


def look(world: World) -> TodayView:
    """Reads journal, packs and drafts. Reading only; may take a while with a large journal.

    Raises:
        JournalError: the journal cannot be read.
    """
    today = world.today()
    entries = world.journal.entries()
    past = visits(entries)
    pillar = pillar_of_day(past, today)
    notices: list[str] = []
    try:
        questions = choose_prompts(world.library.for_session(pillar), past, today, world.settings.questions)
        question = questions[0].ask if questions else ""
    except JournalError as error:
        question = ""
        notices.append(str(error))
    drafts, damaged = world.waiting()
    written = [entry for entry in entries if not entry.is_blank]
    return TodayView(
        day=today,
        pillar=pillar,
        question=question,
        entries=len(written),
        written_today=sum(entry.day == today for entry in written),
        drafts=tuple(drafts),
        due=tuple(world.journal.due(today)),
        memory=memory_of(written, today),
        rhythm=rhythm_of(written, today),
        unfinished_edits=len(world.drafts.edits()),
        offers_passphrase=not (entries or drafts or world.has_passphrase),
        notices=(*world.troubles, *damaged, *world.journal.troubles, *notices),
    )


def memory_of(entries: Sequence[Entry], today: date) -> Entry | None:
    """What was written on this day in the latest earlier year that has something; entries oldest first."""
    for entry in reversed(entries):
        if entry.day and entry.day.year < today.year and (entry.day.month, entry.day.day) == (today.month, today.day):
            return entry
    return None


def rhythm_of(entries: Sequence[Entry], today: date) -> tuple[bool, ...]:
    """Whether anything was written on each of the last days, but none before the first entry."""
    days = {entry.day for entry in entries if entry.day and entry.day <= today}
    if not days:
        return ()
    length = min(RHYTHM_DAYS, (today - min(days)).days + 1)
    return tuple(today - timedelta(days=back) in days for back in reversed(range(length)))
