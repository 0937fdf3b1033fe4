"""What *Journal* shows: the entries that were found, and what there is to say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from journal_tui.dates import say_full_day
from journal_tui.model import Commitment, Entry, JournalError
from journal_tui.store.history import EDITS
from journal_tui.store.journal import Journal
from journal_tui.store.search import Filter
from journal_tui.text import clean, clean_line, plural
from journal_tui.ui.views.listing import Listing, list_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The entries that a filter lets through; or what is amiss."""

    listing: Listing = field(default_factory=Listing)
    promises: Sequence[Commitment] = ()
    total: int = 0
    """Entries in the journal."""
    bare: str = ""
    """What there is to say of a journal without entries; empty: it has some."""
    trouble: str = ""
    unreadable: int = 0
    """Entries that could not be read."""

    def promised_in(self, entry: Entry) -> list[Commitment]:
        return [promise for promise in self.promises if promise.entry == entry.id]


def find(journal: Journal, filter: Filter, total: int = 0) -> Found:
    """Reads what the filter lets through; searching among many takes a while.

    Args:
        total: entries in the journal, where they were counted just before.
    """
    try:
        listing = list_entries(journal.find(filter), is_dense=bool(filter.words))
        total = total or journal.count(Filter())
        bare = "" if total else _say_bare(len(journal.trash.all()), can_undo=journal.steps.can_undo(EDITS))
        unreadable = len(journal.unreadable)
        if bare and unreadable:
            bare = "\n\n".join([f"{line}." for line in journal.say_unreadable()] + ["Esc leads back."])
        return Found(listing=listing, promises=journal.promises.all(), total=total, bare=bare, unreadable=unreadable)
    except JournalError as error:
        return Found(trouble=clean_line(str(error)))


def _say_bare(trashed: int, *, can_undo: bool) -> str:
    if not trashed:
        elsewhere = "Coming from another journal? In a shell, journal-tui import FILE brings it in."
        return f"Nothing is written yet. What you write will be here, newest first.\n\n{elsewhere}\n\nEsc leads back."
    it = "it" if trashed == 1 else "them"
    undo = f"u brings {'it' if trashed == 1 else 'the last'} back, " if can_undo else ""
    count = "The only entry is" if trashed == 1 else f"All {trashed:,} entries are"
    return f"{count} in the trash: {undo}t shows {it}.\n\nEsc leads back."


def say_count(found: Found, filter: Filter, match: int, matches: int) -> str:
    """``2 of 5 in this entry · 4 of 11 entries · 1 could not be read``."""
    here = f"{match} of {matches} in this entry · " if matches else ""
    total = plural(found.total, "entry", "entries")
    unread = f" · {found.unreadable:,} could not be read" if found.unreadable else ""
    return f"{here}{total if filter.is_open else f'{len(found.listing.entries):,} of {total}'}{unread}"


def say_nearest(day: date, filter: Filter) -> str:
    """That no entry is of `day`, on coming to the one nearest to it."""
    nothing = "Nothing was written on" if filter.is_open else "None of these was written on"
    return f"{nothing} {say_full_day(day)}; this is the nearest day."


def words_to_copy(entry: Entry) -> str:
    """What was written and chosen, cleaned."""
    return clean("\n\n".join(answer.words for answer in entry.answers if answer.words))
