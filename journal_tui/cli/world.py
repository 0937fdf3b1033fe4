"""What the commands stand on: settings, the day it is, the journal. Each is loaded only by those who need it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from journal_tui.cli import out
from journal_tui.dates import day_of
from journal_tui.paths import Paths

if TYPE_CHECKING:
    from journal_tui.packs.library import Library
    from journal_tui.settings import Settings
    from journal_tui.store.journal import Journal


def open_journal(paths: Paths) -> Journal:
    """The journal; what in it cannot be read is told.

    Raises:
        JournalError: the file cannot be read at all.
    """
    from journal_tui.store.journal import Journal

    journal = Journal(paths.data)
    for trouble in journal.troubles:
        out.tell(trouble)
    return journal


def settings_of(paths: Paths) -> Settings:
    """The settings; what is wrong with them is told, and the default holds."""
    from journal_tui.settings import read_settings

    settings, faults = read_settings(paths.settings)
    for fault in faults:
        out.tell(f"setting left out: {fault}")
    return settings


def day_it_is(paths: Paths, now: datetime) -> date:
    """The journal day of this moment."""
    return day_of(now, settings_of(paths).day_starts_at)


def library_of(paths: Paths) -> Library:
    """All packs; those left out are told."""
    from journal_tui.packs.library import load_library
    from journal_tui.paths import bundled_packs

    library = load_library(bundled_packs(), paths.packs)
    for fault in library.faults:
        out.tell(f"pack left out: {fault}")
    return library
