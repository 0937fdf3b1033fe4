"""What lies in a folder, brought up to date and changed: one thread at a time, one change at a time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_tui.files import LOCK_SECONDS, BusyError, locked
from journal_tui.model import JournalError
from journal_tui.paths import make_private
from journal_tui.store.device import device_name
from journal_tui.store.folder import LOCK, LogFolder
from journal_tui.store.headings import Headings, collect
from journal_tui.store.ids import Ids
from journal_tui.store.log import Op, encode_json

if TYPE_CHECKING:
    from journal_tui.store.index import Index
    from journal_tui.store.storage import LogStorage
    from journal_tui.store.table import LogTable
    from journal_tui.store.vault import Key


class Ledger:
    """The storage of a folder, the index of what it holds, and the headings that spare the reading of both.

    Several processes may hold the same folder: each change takes the lock, reads what others wrote, and adds its
    line, so that no one overwrites another. One thread at a time is let in by `lane`.

    Args:
        clock: gives the time of changes, and the ids.
        key: of an encrypted journal.
        device: whose log to write; None: this one.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime], key: Key | None, device: str | None) -> None:
        self.clock = clock
        self.folder = LogFolder(folder, device or device_name(), key, clock)
        """As it is before anything is read."""
        self.ids = Ids(clock)
        self.lane = threading.RLock()
        self.is_read = False
        """Whether all was read once; who needs a few entries, or adds one, does `at_a_glance` without, and without
        TinyDB."""
        self._tables: dict[str, LogTable] = {}
        self._headings: Headings | None = None
        self._troubles: list[str] = []
        self._erased_in_own: dict[str, set[str]] = {}

    @cached_property
    def storage(self) -> LogStorage:
        from journal_tui.store.storage import LogStorage

        folder = self.folder
        return LogStorage(folder.folder, device=folder.device, key=folder.key, clock=self.clock, ids=self.ids)

    @cached_property
    def index(self) -> Index:
        from journal_tui.store.index import Index

        return Index(self.storage)

    def table(self, name: str) -> LogTable:
        """TinyDB's table, to be changed within a `change`."""
        from journal_tui.store.table import LogTable

        return self._tables.setdefault(name, LogTable(self.storage, name))

    def in_order(self, table: str, numbers: Iterable[int]) -> list[int]:
        """Numbers of documents in the order in which these were made."""
        rows = self.storage.table_state(table).rows
        return sorted(numbers, key=lambda number: rows[number].record)

    # -- reading -----------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Reads what other processes wrote; whether anything had changed.

        Raises:
            JournalError: a log cannot be read, or is from a newer version.
        """
        with self.lane:
            changed = self.storage.refresh()
            self.index.read_changes()
            if not self.is_read:
                self.is_read = True
                self._keep_headings()
            return changed

    @contextlib.contextmanager
    def reading(self) -> Iterator[Index]:
        """What is kept as it stands, with all that others wrote; it stays so meanwhile.

        Raises:
            JournalError: as for `refresh`.
        """
        with self.lane:
            self.refresh()
            yield self.index

    def at_a_glance(self) -> Headings | None:
        """The headings, while they hold and nothing more is read. What is amiss in the folder is never overlooked for
        them: they are kept of folders without fault alone."""
        if self.is_read:
            return None
        if self._headings is None or not self.folder.is_as_read():
            self._headings = Headings.read(self.folder)
        return self._headings

    def _keep_headings(self) -> None:
        """Writes them anew, where those that are kept do not hold."""
        kept = Headings.read(self.folder)
        self._headings = kept if kept and kept.fits(self.storage) else None
        is_whole = not (self._late_marks() or self.index.unreadable or self.storage.troubles)
        if self._headings is None and is_whole:
            self._headings = collect(self.storage, self.index.ordered, self.index.trash)
            if self._headings:
                self._headings.keep()

    @property
    def troubles(self) -> tuple[str, ...]:
        """A line for everything found amiss in the files so far."""
        with self.lane:
            if self.at_a_glance():
                return tuple(self._troubles)
        self.refresh()
        return (*self.storage.troubles, *self._troubles)

    # -- changing ----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def alone(self) -> Iterator[LogStorage]:
        """The storage, which no other program changes meanwhile, with all read that others wrote.

        Raises:
            JournalError: another program is writing, or the folder cannot be written.
        """
        with self.lane, self.storage.alone():
            yield self.storage

    @contextlib.contextmanager
    def change(self, what: str, *, seconds: float = LOCK_SECONDS, beside: bool = False, **note: Any) -> Iterator[None]:
        """One change: all of it reaches the disk, or none. Within, `index` holds what others wrote before, and not
        yet what is changed.

        Args:
            what: its kind, one of those in `store.history`.
            seconds, beside: as for `LogStorage.transaction`.
            note: kept with it.

        Raises:
            JournalError: nothing was changed.
        """
        with self.lane:
            known = None
            with self.storage.transaction(seconds=seconds, beside=beside, what=what, **note):
                if self.storage.is_alone:
                    self._go_on_erasing()
                    self._back_up_before_today()
                self.index.read_changes()
                if self.storage.is_alone:
                    self._erase_late_marks()
                    known = self._headings if self._headings and self._headings.fits(self.storage) else None
                self.storage.added = None
                yield
            if self.storage.added:
                self._headings = known if known and known.take(self.storage) else None
                if self._headings:
                    self._headings.keep()
            with contextlib.suppress(JournalError):  # it is kept: the next reading tells what is amiss
                self.refresh()
            self.index.read_changes()

    def _go_on_erasing(self) -> None:
        """Removes from this device's log what another erased, or what an interrupted erasing left. A disk that
        refuses it does not hold up a change."""
        erased = self.storage.erased()
        if erased is None or erased == self._erased_in_own:
            return
        from journal_tui.store.rewrite import erase_in_own

        try:
            erase_in_own(self.storage, self.clock())
            self._erased_in_own = erased
        except JournalError as error:
            self._troubles = [f"what was erased is still in the files, the next change removes it ({error})"]
        self.storage.refresh()

    def _erase_late_marks(self) -> None:
        if late := self._late_marks():
            self.storage.erase("marks", late)

    def _late_marks(self) -> list[int]:
        """Numbers of the marks that another device made before it knew that their entry was erased."""
        erased = self.storage.table_state("marks").erased
        return [number for number, kept in self.index.marks.items() if kept.mark.entry in erased]

    def _back_up_before_today(self) -> None:
        """The first change of a day leaves a copy of what was there before."""
        from journal_tui.store import backup

        try:
            backup.daily(self.storage, self.clock())
        except (OSError, JournalError) as error:
            reason = getattr(error, "strerror", None) or error
            self._troubles = [f"today's backup could not be made ({reason}): the journal itself is not touched by that"]

    def add_at_a_glance(self, id: str, document: dict[str, Any]) -> bool:
        """Adds the document of a new entry without reading the others; False: nothing was done, since more has to be
        known of them.

        Raises:
            JournalError: nothing was changed.
        """
        from journal_tui.store import backup

        with self.lane:
            if self.at_a_glance() is None:
                return False
            make_private(self.folder.folder)
            with contextlib.suppress(BusyError), locked(self.folder.folder / LOCK, 0):
                known = self.at_a_glance()  # whatever others wrote before
                if known is None or known.holds(id) or backup.is_due(self.folder, self.clock().date()):
                    return False
                try:
                    self.folder.put_away()
                except OSError as error:
                    raise self.folder.unwritable(error) from None
                self.folder.append([Op("entries", self.ids.new(), None, encode_json(document))], what="add")
                self._headings = known if known.take(self.folder) else None
                if self._headings:
                    self._headings.keep()
                return True
        return False
