"""TinyDB on append-only logs: one log a device, one line a commit, one write and one fsync a save."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.storages import Storage

from journal_tui.collecting import without_collecting
from journal_tui.dates import now
from journal_tui.files import (
    LOCK_SECONDS,
    BusyError,
    is_there,
    locked,
    read_plain,
    remove_leftovers,
    sync_folder,
    write_private,
)
from journal_tui.model import JournalError
from journal_tui.paths import make_private
from journal_tui.sealed import wrap
from journal_tui.store import first_format
from journal_tui.store.device import device_name
from journal_tui.store.folder import BACKUPS, LOCK, VAULT, Commit, FileStamp, LogFolder
from journal_tui.store.ids import Ids
from journal_tui.store.log import (
    ERASED,
    GONE,
    LineError,
    Op,
    Stamp,
    encode_log,
    encode_payload,
    ops_of,
)
from journal_tui.store.table import DocumentTable, LogTable
from journal_tui.store.vault import LockedError

if TYPE_CHECKING:
    from journal_tui.store.vault import Key


class LogStorage(LogFolder, Storage):
    """The tables that all logs of a folder make together.

    Of two commits on one record the later by `Stamp` holds, whatever the clocks said. Several processes may hold
    the same folder: a transaction takes the lock and reads what others wrote first.

    Args:
        folder: made with the first commit, open to its owner alone.
        device: whose log to write; None: this one.
        key: opens and seals the boxes of an encrypted journal.
        takes_plain: names of the plain logs that are read with a key too, as on the way into encryption.
        ids: where the ids of records come from; None: from the clock.
    """

    def __init__(
        self,
        folder: Path,
        *,
        device: str | None = None,
        key: Key | None = None,
        takes_plain: Collection[str] = (),
        clock: Callable[[], datetime] = now,
        ids: Ids | None = None,
    ) -> None:
        super().__init__(folder, device or device_name(), key, clock, takes_plain=takes_plain)
        self._ids = ids or Ids(clock)
        self._ops: list[Op] | None = None
        self.is_alone = False
        """Whether the writer's lock is held."""
        self._tables: dict[str, DocumentTable] = {}
        self._changes: list[tuple[str, int]] | None = None
        self._old: list[first_format.OldCommit] = []

    # -- TinyDB's side -----------------------------------------------------------------------------

    def read(self) -> dict[str, Any] | None:
        """The tables by name: those of documents as views, whatever else was written as it was; None: nothing yet.

        Raises:
            JournalError: a log cannot be read, or is from a newer version.
        """
        if self._ops is None:
            self.refresh()
        found = {name: table.view() for name, table in self._tables.items() if table.exists}
        return found or None

    def write(self, data: Mapping[str, Any]) -> None:
        """Makes the tables as in `data`, as one commit of what differs.

        Raises:
            JournalError: nothing was written.
        """
        with self.transaction():
            for name, table in self._tables.items():
                if table.exists and name not in data:
                    self.commit([Op(name, None, None, GONE)])
            for name, value in data.items():
                self.commit(self.table_state(name).difference(name, value, self.new_record))

    def table_state(self, name: str) -> DocumentTable:
        """The table in memory; one that is not there yet is empty."""
        table = self._tables.get(name)
        if table is None:
            table = self._tables.setdefault(name, DocumentTable())
        return table

    def new_record(self) -> str:
        """A record id that no device gave before."""
        return self._ids.new()

    # -- reading -----------------------------------------------------------------------------------

    @property
    def troubles(self) -> list[str]:
        """A line for everything that was found amiss and worked around."""
        return [
            *self._told,
            *self._left_behind(),
            *(line for name in sorted(self._readers) for line in self._amiss(name)),
        ]

    def changes(self) -> list[tuple[str, int]] | None:
        """Tables and numbers of the documents that changed since this was asked last; None: any may have."""
        changes, self._changes = self._changes, []
        return changes

    def refresh(self) -> bool:
        """Reads what was written since; whether anything was.

        Raises:
            JournalError: a log cannot be read, or is from a newer version, or two claim one device.
        """
        if self.key is None and is_there(self.folder / VAULT):
            raise LockedError
        paths = self.log_paths()
        stamps = {path.name: self._stamp(path) for path in paths or self._first_format()}
        if stamps == self._stamps and not self._stale:
            return False
        if self._stale or self._must_start_anew(stamps):
            self._start_anew()
        with without_collecting():
            for name, stamp in stamps.items():
                if stamp != self._stamps.get(name):
                    (self._read if paths else self._read_first_format)(self.folder / name)
                    self._stamps[name] = stamp
        self._check_devices()
        self._check_head()
        self._stale = False
        self.version += 1
        return True

    def _must_start_anew(self, stamps: Mapping[str, FileStamp]) -> bool:
        """Whether a log was replaced, cut or changed in place, so that reading on would not do."""
        for name, (inode, size, changed, _) in self._stamps.items():
            new = stamps.get(name)
            if new is None or new[0] != inode or new[1] < size or (new[1] == size and new[2] != changed):
                return True
        return False

    def _start_anew(self) -> None:
        self._readers, self._stamps, self._tables = {}, {}, {}
        self._changes, self._stale, self._top = None, True, 0
        self._old = []

    def _read(self, path: Path) -> None:
        reader = self._readers.setdefault(path.stem, self._reader(path.stem))
        with self._opened(path) as file:
            for line in self._lines(path, reader, file):
                stamp = (line.seq, reader.device)
                try:
                    ops = ops_of(line.payload)
                except LineError:
                    reader.gaps.append(line.seq)
                    continue
                for op in ops:
                    self._apply(op, stamp)
        self._top = max(self._top, reader.seq)

    def _first_format(self) -> list[Path]:
        """The one file of the format before logs, where it is all that lies there. It is always plain."""
        if self.key:
            return []
        path = self.folder / first_format.FILE
        return [path] if is_there(path) else []

    def _read_first_format(self, path: Path) -> None:
        with self._opened(path) as file:
            try:
                content = file.read(first_format.LARGEST + 1)
            except OSError as error:
                raise self._unreachable(path, error) from None
        if len(content) > first_format.LARGEST:
            raise JournalError(f"{path} is too large for a journal of its format; nothing was changed")
        self._old = first_format.commits_of(content, str(path), self._clock().isoformat())
        for seq, old in enumerate(self._old, 1):
            for op in old.ops:
                self._apply(op, (seq, self.device))
        self._top = len(self._old)

    def _apply(self, op: Op, stamp: Stamp) -> None:
        table = self.table_state(op.table)
        if op.record is None:
            table.put_value(op.raw, stamp)
            self._changes = None
            return
        changed = table.put(op, stamp)
        if changed is None:
            return
        if self._changes is not None:
            self._changes.append((op.table, changed))

    def _left_behind(self) -> Iterator[str]:
        path = self.folder / first_format.FILE
        restore = f"journal-tui restore {path} adds it"
        if self.key and is_there(path):
            yield f"{path} is not encrypted and was not read: if it is yours, {restore}"
        elif self._readers and self._first_format() and not self._was_carried(path):
            yield f"{path} is of an older journal-tui and not read beside the log: {restore}"

    def commits(self, mark: bytes = b"") -> Iterator[Commit]:
        """Every whole commit in which the bytes `mark` stand, log by log, read from the disk anew.

        Raises:
            JournalError: a log cannot be read.
        """
        for seq, old in enumerate(self._old, 1):
            yield Commit((seq, self.device), encode_payload(*old))
        yield from super().commits(mark)

    # -- writing -----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self, *, seconds: float = LOCK_SECONDS, beside: bool = False, **note: Any) -> Iterator[None]:
        """All commits within become one line of the log, with `note`; or none, when the block raises.

        Args:
            seconds: to wait for another process that is writing.
            beside: when it goes on writing, write a log of its own beside, so that the words are kept.

        Raises:
            BusyError: another process kept the lock; nothing was written.
            JournalError: nothing was written.
        """
        if self._ops is not None:
            yield
            return
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(self.alone(seconds))
                append = self.append
            except BusyError:
                if not beside:
                    raise
                self.refresh()
                append = self.append_beside
            self._ops = []
            try:
                yield
                if self._ops:
                    append(self._ops, **note)
            except BaseException:
                # What was done in memory is forgotten by reading the disk again.
                self._stale = self._stale or bool(self._ops)
                raise
            finally:
                self._ops = None

    @contextlib.contextmanager
    def alone(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Holds the writer's lock, with everything read and what was torn put away.

        Raises:
            JournalError: another process kept it, or the folder cannot be written.
        """
        if self.is_alone:
            yield
            return
        self.log_paths()
        make_private(self.folder)
        with locked(self.folder / LOCK, seconds):
            self.is_alone = True
            try:
                self.refresh()
                self._carry_over()
                self.put_away()
                yield
            except OSError as error:
                raise self.unwritable(error) from None
            finally:
                self.is_alone = False

    def commit(self, ops: Iterable[Op]) -> None:
        """Adds to the transaction; without one, makes its own."""
        if self._ops is None:
            with self.transaction():
                self.commit(ops)
            return
        stamp = (self._next(), self.device)
        self.version += 1
        for op in ops:
            self._ops.append(op)
            self._apply(op, stamp)

    def erase(self, table: str, numbers: Iterable[int]) -> None:
        """Removes documents so that every earlier version has to go too, once the logs are written anew."""
        rows = self.table_state(table).rows
        self.commit([Op(table, rows[number].record, None, ERASED) for number in numbers])

    def erased(self) -> dict[str, set[str]] | None:
        """The ids of all erased records by table; None when no log holds anything of them."""
        if not any(table.holds_erased_words for table in self._tables.values()):
            return None
        return {name: set(table.erased) for name, table in self._tables.items()}

    def note_end(self) -> None:
        """Notes how far the log of this device goes, after it was written anew."""
        self.refresh()
        if self.device in self._readers:
            self._write_head(self._readers[self.device].seq)

    def _carry_over(self) -> None:
        """Makes a log of the file of the format before, and keeps that file among the backups."""
        path = self.folder / first_format.FILE
        if not self._first_format():
            return
        if self._old:
            commits = [(seq, encode_payload(*old)) for seq, old in enumerate(self._old, 1)]
            own = self.log_path(self.device)
            remove_leftovers(own)
            write_private(own, encode_log(self.device, self.vault, self._clock().date(), commits, self.key))
        elif not self._was_carried(path):
            return
        backups = self.folder / BACKUPS
        make_private(backups)
        kept = backups / f"journal-{self._clock():%Y-%m-%d-%H%M%S}-format-1.json"
        write_private(kept, wrap(read_plain(path), kept.name, self.key))
        path.unlink()
        sync_folder(self.folder)
        self.refresh()

    def _was_carried(self, path: Path) -> bool:
        """Whether the logs begin with this file, so that it was only left behind."""
        try:
            of = first_format.fingerprint(read_plain(path, first_format.LARGEST))
        except OSError:
            return False
        return any(commit.note.get("of") == of for commit in self.commits())


class LogDB(TinyDB):
    """TinyDB on the logs of a folder: ``LogDB(folder).table("entries").insert({…})``."""

    table_class = LogTable  # type: ignore[assignment]
    default_storage_class = LogStorage  # type: ignore[assignment]
