"""What the screens stand on: folders, settings, journal, drafts and packs of one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from journal_tui.dates import day_of
from journal_tui.model import Pillar, visits
from journal_tui.packs.rotation import choose_prompts, pillar_of_day
from journal_tui.paths import Paths, bundled_packs
from journal_tui.session.drafts import Drafts
from journal_tui.session.session import Session
from journal_tui.settings import Settings, read_settings
from journal_tui.store.journal import Journal, now

if TYPE_CHECKING:
    from journal_tui.packs.library import Library


@dataclass
class World:
    """Everything that outlives a screen. Nothing is read or made before it is asked for."""

    paths: Paths
    settings: Settings
    journal: Journal
    drafts: Drafts
    troubles: list[str]
    """What could not be used as it was, a line each."""

    @cached_property
    def library(self) -> Library:
        from journal_tui.packs.library import load_library  # brings YAML, which the first picture does without

        library = load_library(bundled_packs(), self.paths.packs)
        self.troubles += [f"pack left out: {fault}" for fault in library.faults]
        return library

    def now(self) -> datetime:
        return self.journal.now()

    def today(self) -> date:
        """The journal day it is."""
        return day_of(self.now(), self.settings.day_starts_at)

    def pillar_of_day(self) -> Pillar:
        return pillar_of_day(visits(self.journal.entries()), self.today())

    def begin(self, choice: Pillar | str | None) -> Session:
        """A new session on a pillar, on the pack with this id, or (None) a free page."""
        today = self.today()
        pack = None if choice is None else self.library.for_session(choice)
        past = visits(self.journal.entries())
        questions = choose_prompts(pack, past, today, self.settings.questions) if pack else []
        return Session(
            id=self.journal.new_id(),
            started=self.now(),
            day=today,
            pack=pack,
            questions=tuple(questions),
            due=tuple(self.journal.due(today)),
        )


def open_world(paths: Paths, clock: Callable[[], datetime] = now) -> World:
    """The world of the journal under `paths`; reads the settings only."""
    settings, faults = read_settings(paths.settings)
    return World(
        paths=paths,
        settings=settings,
        journal=Journal(paths.data, clock=clock),
        drafts=Drafts(paths.drafts),
        troubles=[f"setting left out: {fault}" for fault in faults],
    )
