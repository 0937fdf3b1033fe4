"""What *Promises* shows: the open ones by their day, and what became of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from journal_tui.dates import say_day, say_full_day
from journal_tui.model import Commitment, Entry, Outcome, Status
from journal_tui.text import clean, clean_line, plural, shorten
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.row_list import Row
from journal_tui.world import World

DUE, TO_COME, NO_DAY, ANSWERED = "Due", "Still to come", "Without a day", "Looking back"

_SIGNS: Mapping[Status | str, tuple[str, str]] = {
    DUE: ("◉", "*"),
    TO_COME: ("○", "o"),
    NO_DAY: ("○", "o"),
    Status.KEPT: ("✓", "+"),
    Status.PARTLY: ("◐", "~"),
    Status.LET_GO: ("–", "-"),
}
"""One cell for where a promise stands, and what stands for it in plain ASCII."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesView:
    """The promises of a journal as they stand on a day."""

    today: date
    groups: Mapping[str, Sequence[Commitment]]
    """Under each heading its promises; no heading without any."""
    made_in: Mapping[str, Entry]
    """Entries by id."""

    def get(self, id: str) -> Commitment | None:
        return next((promise for group in self.groups.values() for promise in group if promise.id == id), None)

    def made_at(self, entry: str) -> str:
        """Id of the first promise here that was made in the entry with this id; empty: there is none."""
        promises = (promise for group in self.groups.values() for promise in group)
        return next((promise.id for promise in promises if promise.entry == entry), "")

    @property
    def summary(self) -> str:
        """How many there are, in words."""
        promises = [promise for group in self.groups.values() for promise in group]
        kept = sum(promise.status is Status.KEPT for promise in promises)
        still_open = sum(promise.is_open for promise in promises)
        return f"{plural(still_open, 'open promise')}, {kept:,} kept"


def look(world: World) -> PromisesView:
    """Reads the promises and the entries they were made in.

    Raises:
        JournalError: the journal cannot be read.
    """
    promises = world.journal.promises.all()
    ids = {promise.entry for promise in promises}
    made_in = {entry.id: entry for entry in world.journal.entries() if entry.id in ids}
    today = world.today()
    return PromisesView(today=today, groups=grouped(promises, today), made_in=made_in)


def grouped(promises: Sequence[Commitment], today: date) -> dict[str, list[Commitment]]:
    """The promises under their headings: open ones by the day to come soonest, those without a day and those
    answered with the latest first."""
    still_open = [promise for promise in promises if promise.is_open]
    dated = sorted((p for p in still_open if p.day), key=lambda p: (p.day or date.max, p.made, p.id))
    answered = [promise for promise in promises if not promise.is_open]
    groups = {
        DUE: [promise for promise in dated if promise.is_due(today)],
        TO_COME: [promise for promise in dated if not promise.is_due(today)],
        NO_DAY: sorted((p for p in still_open if not p.day), key=lambda p: (p.made, p.id), reverse=True),
        ANSWERED: sorted(answered, key=lambda p: (p.outcomes[-1].on, p.made, p.id), reverse=True),
    }
    return {heading: group for heading, group in groups.items() if group}


def rows(view: PromisesView, *, plain: bool = False) -> list[Row]:
    """A line for each promise, under its heading."""
    found: list[Row] = []
    for heading, group in view.groups.items():
        found += [Row(text=""), Row(text=heading)] if found else [Row(text=heading)]
        for promise in group:
            found.append(
                Row(
                    id=promise.id,
                    text=clean_line(promise.text[:1000]),
                    sign=_SIGNS[heading if promise.is_open or not promise.status else promise.status][plain],
                    aside=_when(promise, heading, view.today),
                    is_dim=not promise.is_open,
                )
            )
    return found


def _when(promise: Commitment, heading: str, today: date) -> str:
    if not promise.is_open:
        return f"{promise.status}, {say_day(promise.outcomes[-1].on, today)}"
    day = promise.day
    if day is None:
        return f"made {say_day(promise.made, today)}"
    return f"due {say_day(day, today)}" if heading == DUE else say_day(day, today)


def details(view: PromisesView, promise: Commitment) -> list[Block]:
    """All there is to know of one promise."""
    due = f", for {say_full_day(promise.due)}" if promise.due else ""
    blocks = [
        Block(clean(promise.text), "$ink", is_words=True),
        Block(f"Made {say_full_day(promise.made)}{due}", "$quiet"),
        *(Block(_say_outcome(outcome), "$quiet") for outcome in promise.outcomes),
    ]
    entry = view.made_in.get(promise.entry)
    if entry and not entry.is_blank:
        blocks += [Block("", "$ink"), Block(f"“{shorten(entry.heading, 200)}”", "italic $ink")]
    return blocks


def _say_outcome(outcome: Outcome) -> str:
    again = f"; to look at again {say_full_day(outcome.ask_again)}" if outcome.ask_again else ""
    return f"{say_full_day(outcome.on)}: {outcome.status}{again}"
