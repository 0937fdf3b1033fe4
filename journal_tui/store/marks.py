"""Words of entries that the writer keeps as examples of signals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.dates import day_of
from journal_tui.model import SIGNALS, Mark, UsageError, did_you_mean
from journal_tui.store.entries import entry_of
from journal_tui.store.index import pick_mark
from journal_tui.store.records import mark_to_document
from journal_tui.store.search import standing_in
from journal_tui.text import shorten

if TYPE_CHECKING:
    from journal_tui.model import Entry
    from journal_tui.store.ledger import Ledger

_SHORTEST = 3
"""Characters."""


class Marks:
    """Those of a journal."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Mark]:
        """In the order of the marking: those that stand in their entry as they were marked."""
        with self._ledger.reading() as index:
            found = index.marks
            in_order = [found[number] for number in self._ledger.in_order("marks", found)]
            return [
                kept.mark for kept in in_order if not kept.is_removed and kept.mark.words in self._text_of(kept.mark)
            ]

    def _text_of(self, mark: Mark) -> str:
        """Of its entry; empty: there is none outside the trash."""
        index = self._ledger.index
        record = index.live.get(mark.entry)
        return next((entry.text for entry in index.entries_of([record] if record else [])), "")

    def add(self, entry_id: str, words: str, signal: str, *, on: date | None = None) -> Mark:
        """Keeps words of an entry as an example of a signal. Said a second time, it changes nothing.

        Args:
            entry_id: as for `Journal.get`.
            words: case, accents, quotes and white space may differ; they are kept as they stand in the entry.
            signal: one of `SIGNALS`.
            on: the day it is; None: by the clock.

        Raises:
            UsageError: there is no such entry or signal, or the words are too short or do not stand in the entry.
            JournalError: nothing was changed.
        """
        entry = self._entry(entry_id)
        if signal not in SIGNALS:
            raise UsageError(
                f'no signal is called "{shorten(signal, 32)}"{did_you_mean(signal, SIGNALS)}:'
                f" choose from {', '.join(SIGNALS)}"
            )
        if len(words.strip()) < _SHORTEST:
            raise UsageError(f'"{words.strip()}" is too short to be known again: mark three characters or more')
        exact = standing_in(entry.text, words)
        if not exact:
            raise UsageError(
                f'"{shorten(words, 32)}" does not stand in entry {entry.id}: give words as'
                f" `journal-tui show {entry.id}` shows them"
            )
        for known in self.all():
            if (known.entry, known.words, known.signal) == (entry.id, exact, signal):
                return known
        with self._ledger.change("mark"):
            day = on or day_of(self._ledger.clock())
            mark = Mark(id=self._ledger.ids.new(), entry=entry.id, words=exact, signal=signal, on=day)
            self._ledger.table("marks").insert(mark_to_document(mark))
        return mark

    def _entry(self, wanted: str) -> Entry:
        with self._ledger.reading() as index:
            return entry_of(index.pick(wanted, index.live))

    def remove(self, wanted: str) -> Mark:
        """Lets words be an example no longer; which these were. `wanted` as for `Journal.get`.

        Raises:
            UsageError: no mark has this id, or more than one.
            JournalError: nothing was changed.
        """
        mark = pick_mark(wanted, {mark.id: mark for mark in self.all()})
        with self._ledger.change("unmark"):
            kept = self._ledger.index.marks
            self.take_away([number for number in kept if kept[number].mark.id == mark.id])
        return mark

    # -- within a change of the ledger -------------------------------------------------------------

    def take_away(self, numbers: Sequence[int]) -> None:
        """They stay in the table: their versions are found there when their entry is erased."""
        self._ledger.table("marks").update({"removed": True}, doc_ids=numbers)

    def bring_in(self, marks: Iterable[Mark]) -> None:
        """Adds those that never were here: those too that were taken away stay as they are."""
        there = {kept.mark.id for kept in self._ledger.index.marks.values()}
        self._ledger.table("marks").insert_multiple(mark_to_document(mark) for mark in marks if mark.id not in there)
