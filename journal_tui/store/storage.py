"""TinyDB on append-only logs: one log a device, one line a commit, one write and one fsync a save."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from tinydb import TinyDB
from tinydb.storages import Storage

from journal_tui.dates import now
from journal_tui.files import (
    LOCK_SECONDS,
    BusyError,
    append,
    cut,
    locked,
    read_plain,
    remove_leftovers,
    sync_folder,
    write_all,
    write_private,
)
from journal_tui.model import JournalError
from journal_tui.paths import make_private
from journal_tui.sealed import is_sealed, unwrap, wrap
from journal_tui.store import first_format
from journal_tui.store.device import device_name
from journal_tui.store.ids import Ids
from journal_tui.store.log import (
    ERASED,
    FORMAT,
    GONE,
    HIGHEST,
    LineError,
    Op,
    about,
    decode_header,
    encode_header,
    encode_json,
    encode_line,
    encode_payload,
    is_whole,
    ops_of,
    sum_of,
)
from journal_tui.store.reader import LogReader, NewerLogError, PlainLogError, SealedLogError
from journal_tui.store.table import DocumentTable, LogTable, Stamp
from journal_tui.store.vault import LockedError

VAULT = "vault.json"
ENDING = ".log"
HEAD_ENDING = ".head"
LOCK = "lock"
QUARANTINE = "quarantine"
BACKUPS = "backups"
LARGEST = 2**31
"""Bytes of a log that is read. It is held in memory."""


if TYPE_CHECKING:
    from journal_tui.store.vault import Key


class Commit(NamedTuple):
    """One commit of any device, as `LogStorage.commits` tells it."""

    stamp: Stamp
    payload: bytes

    @property
    def at(self) -> str:
        """When it was written, ISO 8601, with zone."""
        return about(self.payload)[0]

    @property
    def note(self) -> dict[str, Any]:
        """Why."""
        return about(self.payload)[1]

    @property
    def ops(self) -> list[Op]:
        return ops_of(self.payload)


class LogStorage(Storage):
    """The tables that all logs of a folder make together.

    Of two commits on one record the later by `Stamp` holds, whatever the clocks said. Several processes may hold
    the same folder: a transaction takes the lock and reads what others wrote first.

    Args:
        folder: made with the first commit, open to its owner alone.
        device: whose log to write; None: this one.
        key: opens and seals the boxes of an encrypted journal.
        takes_plain: whether plain logs are read with a key too, as on the way into encryption.
    """

    def __init__(
        self,
        folder: Path,
        *,
        device: str | None = None,
        key: Key | None = None,
        takes_plain: bool = False,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__()
        self.folder = folder
        self.device = device or device_name()
        self.key = key
        self.takes_plain = takes_plain
        self._clock = clock
        self._ids = Ids(clock)
        self._told: list[str] = []
        self._ops: list[Op] | None = None
        self.is_alone = False
        """Whether the writer's lock is held."""
        self._stale = True
        self._readers: dict[str, LogReader] = {}
        self._stamps: dict[str, tuple[int, int, int]] = {}
        self._tables: dict[str, DocumentTable] = {}
        self._changes: list[tuple[str, int]] | None = None
        self._old: list[first_format.OldCommit] = []
        self._top = 0
        self.version = 0
        """Another number means that something was read or written since."""

    @property
    def vault(self) -> str:
        """Id of the vault that the key comes from; empty: a plain journal."""
        return self.key.vault if self.key else ""

    def become(self, key: Key | None, *, takes_plain: bool = False) -> None:
        """From now on with this key."""
        self.key, self.takes_plain = key, takes_plain
        self.forget()

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
                self.commit(self.table_state(name).difference(name, value, self._ids.new))

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

    @property
    def readers(self) -> Mapping[str, LogReader]:
        """How each log was read, by its device."""
        return self._readers

    def changes(self) -> list[tuple[str, int]] | None:
        """Tables and numbers of the documents that changed since this was asked last; None: any may have."""
        changes, self._changes = self._changes, []
        return changes

    def log_paths(self) -> list[Path]:
        """The logs of the folder, as they lie there now."""
        try:
            if self.folder.is_symlink():
                raise JournalError(
                    f"{self.folder} is a link to another place: use --home with the real folder; nothing was changed"
                )
            names = os.listdir(self.folder)  # noqa: PTH208
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            raise JournalError(
                f"{self.folder} is a file, a folder is needed there: move it away, or use --home"
            ) from None
        except OSError as error:
            raise self._unreachable(self.folder, error) from None
        return [self.folder / name for name in sorted(names) if name.endswith(ENDING) and name[0] != "."]

    def refresh(self) -> bool:
        """Reads what was written since; whether anything was.

        Raises:
            JournalError: a log cannot be read, or is from a newer version, or two claim one device.
        """
        if self.key is None and os.path.lexists(self.folder / VAULT):
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

    def _must_start_anew(self, stamps: Mapping[str, tuple[int, int, int]]) -> bool:
        """Whether a log was replaced, cut or changed in place, so that reading on would not do."""
        for name, (inode, size, changed) in self._stamps.items():
            new = stamps.get(name)
            if new is None or new[0] != inode or new[1] < size or (new[1] == size and new[2] != changed):
                return True
        return False

    def _start_anew(self) -> None:
        self._readers, self._stamps, self._tables = {}, {}, {}
        self._changes, self._stale, self._top = None, True, 0
        self._old = []

    def _stamp(self, path: Path) -> tuple[int, int, int]:
        try:
            found = os.lstat(path)
        except OSError as error:
            raise self._unreachable(path, error) from None
        if not stat.S_ISREG(found.st_mode):
            raise JournalError(f"{path} is not a file of its own: move what lies there away, or use --home")
        if found.st_size > LARGEST:
            raise JournalError(
                f"{path} has {found.st_size / 2**30:.1f} GB, more than the {LARGEST // 2**30} GB that are read: see"
                " what made it grow, or bring a backup back; nothing was changed"
            )
        return found.st_ino, found.st_size, found.st_mtime_ns

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
        """The one file of the format before logs, where it is all that lies there."""
        path = self.folder / first_format.FILE
        try:
            os.lstat(path)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unreachable(path, error) from None
        return [path]

    def _read_first_format(self, path: Path) -> None:
        with self._opened(path) as file:
            try:
                content = file.read()
            except OSError as error:
                raise self._unreachable(path, error) from None
        self._old = first_format.commits_of(content, str(path), self._clock().isoformat())
        for seq, old in enumerate(self._old, 1):
            for op in old.ops:
                self._apply(op, (seq, self.device))
        self._top = len(self._old)

    def _lines(self, path: Path, reader: LogReader, file: BinaryIO) -> Iterator[Any]:
        try:
            yield from reader.read(file)
        except NewerLogError as error:
            raise JournalError(
                f"{path} was written by a newer journal-tui (format {error.format}, this one knows {FORMAT}): update"
                " this one; nothing was changed"
            ) from None
        except SealedLogError as error:
            raise self._sealed(path, error.vault) from None
        except PlainLogError:
            reader.is_refused = True
        except OSError as error:
            raise self._unreachable(path, error) from None

    def _sealed(self, path: Path, vault: str) -> JournalError:
        if self.key is None:
            return JournalError(
                f"{self.folder / VAULT} is missing, without it {path.name} stays closed: the backups hold a"
                " copy, journal-tui restore FILE brings it back; nothing was changed"
            )
        return JournalError(
            f"{path} was sealed with another vault ({vault[:12]}): bring back the vault.json that belongs to it, or"
            " move the log away; nothing was changed"
        )

    @contextlib.contextmanager
    def _opened(self, path: Path) -> Iterator[BinaryIO]:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError as error:
            raise self._unreachable(path, error) from None
        with os.fdopen(handle, "rb", buffering=1 << 20) as file:
            yield file

    @staticmethod
    def _unreachable(path: Path, error: OSError) -> JournalError:
        return JournalError(
            f"{path} cannot be read ({error.strerror}): see what lies there and who owns it; nothing was changed"
        )

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

    def _check_devices(self) -> None:
        for name, reader in self._readers.items():
            if reader.device != name:
                here = self.folder / f"{name}{ENDING}"
                if reader.device in self._readers:
                    raise JournalError(
                        f"two logs claim the device {reader.device}: {reader.device}{ENDING} and {here}: move one out"
                        " of the folder, then journal-tui restore THAT_FILE brings in what it alone holds;"
                        " nothing was changed"
                    )
                raise JournalError(
                    f"{here} is the log of the device {reader.device}: give it its name back,"
                    f" {reader.device}{ENDING}; nothing was changed"
                )

    def _check_head(self) -> None:
        """Finds a log that ends before what was its last commit: a cut at the end of a line leaves no other trace."""
        head = self.folder / f"{self.device}{HEAD_ENDING}"
        try:
            content = read_plain(head, 4096)
            said = json.loads(unwrap(content, head.name, self.key))["seq"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return  # written without waiting for the disk: it may be torn
        # In an encrypted journal, one that is not sealed was written by somebody else.
        if type(said) is int and 0 < said <= HIGHEST and (self.key is None or is_sealed(content)):
            self._own().head = said
            self._top = max(self._top, said)

    def _left_behind(self) -> Iterator[str]:
        path = self.folder / first_format.FILE
        if self._readers and self._first_format() and not self._was_carried(path):
            yield f"{path} is of an older journal-tui and not read beside the log: journal-tui restore {path} adds it"

    def _amiss(self, name: str) -> Iterator[str]:
        reader = self._readers[name]
        path = self.folder / f"{name}{ENDING}"
        kept = f"kept in {self.folder / QUARANTINE}"
        check = "journal-tui check tells what can be brought back"
        if reader.damages:
            places = ", ".join(str(damage.offset) for damage in reader.damages[:3])
            lines = "1 line is" if len(reader.damages) == 1 else f"{len(reader.damages):,} lines are"
            yield f"{path} is damaged (at byte {places}): {lines} left out and {kept}; {check}"
        elif reader.head > reader.seq and not reader.torn:
            yield f"{path} lost its end: commits {reader.seq + 1} to {reader.head} are missing; {check}"
        elif reader.gaps:
            yield f"{path} is not whole before commit {reader.gaps[0]}: something is missing or was moved; {check}"
        if reader.is_refused:
            yield f"{path} is not encrypted and was not read: if it is yours, journal-tui restore {path} brings it in"

    def commits(self, mark: bytes = b"") -> Iterator[Commit]:
        """Every whole commit of every log in which the bytes `mark` stand, log by log, read from the disk anew.

        Raises:
            JournalError: a log cannot be read.
        """
        for seq, old in enumerate(self._old, 1):
            yield Commit((seq, self.device), encode_payload(*old))
        for path in self.log_paths():
            reader = self._reader(path.stem)
            with self._opened(path) as file:
                for line in self._lines(path, reader, file):
                    if mark in line.payload and is_whole(line.payload):
                        yield Commit((line.seq, reader.device), line.payload)

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
                append = self._append
            except BusyError:
                if not beside:
                    raise
                self.refresh()
                append = self._append_beside
            self._ops = []
            try:
                yield
                if self._ops:
                    append(self._ops, note)
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
                self._put_away()
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
        return {name: table.erased for name, table in self._tables.items()}

    def forget(self) -> None:
        """Everything is read anew next time: the logs were written anew."""
        self._stale = True

    def _next(self) -> int:
        """The number of the next commit.

        Raises:
            JournalError: there is none, since a log or a head claims the highest there can be.
        """
        if self._top < HIGHEST:
            return self._top + 1
        last = max(self._readers.values(), key=lambda reader: max(reader.seq, reader.head))
        path = self.folder / f"{last.name}{ENDING if last.seq >= last.head else HEAD_ENDING}"
        raise JournalError(
            f"{path} claims to hold commit {HIGHEST}, the last there can be: move it out of the folder; if it is a"
            " log of yours, journal-tui restore brings in what it holds; nothing was changed"
        )

    def _append(self, ops: Sequence[Op], note: Mapping[str, Any]) -> None:
        payload = encode_payload(self._clock().isoformat(), note, ops)
        own = self._own()
        if own.is_refused:
            raise JournalError(
                f"{self._own_path} is not encrypted, the journal is: move it out of the folder; nothing was changed"
            )
        seq = self._next()
        content = header = b""
        prev = own.sum
        sealed = bool(self.vault) if own.header is None else bool(own.header.vault)
        if not own.size:
            header = encode_header(self.device, self.vault, self._clock().date())
            content, prev = header + b"\n", sum_of(header)
        elif own.is_open:
            content = b"\n"
        line = encode_line(prev, seq, payload, self.device, self.key if sealed else None)
        path = self._own_path
        try:
            append(path, content + line + b"\n", own.size)
        except OSError as error:
            self._stale = True
            raise self.unwritable(error) from None
        own.wrote(content + line + b"\n", line, seq, decode_header(header) if header else None)
        self._top = seq
        with contextlib.suppress(JournalError):  # it is kept: reading tells what is amiss
            self._stamps[path.name] = self._stamp(path)
        self.version += 1
        self._write_head(seq)

    def _append_beside(self, ops: Sequence[Op], note: Mapping[str, Any]) -> None:
        """A log with one commit, as if another device had written it."""
        self._stale = True
        device = f"{self.device}-{os.urandom(3).hex()}"
        header = encode_header(device, self.vault, self._clock().date())
        payload = encode_payload(self._clock().isoformat(), note, ops)
        line = encode_line(sum_of(header), self._next(), payload, device, self.key)
        try:
            write_private(self.folder / f"{device}{ENDING}", header + b"\n" + line + b"\n")
        except OSError as error:
            raise self.unwritable(error) from None

    @property
    def _own_path(self) -> Path:
        return self.folder / f"{self.device}{ENDING}"

    def _reader(self, name: str) -> LogReader:
        return LogReader(name, self.key, takes_plain=self.takes_plain)

    def _own(self) -> LogReader:
        own = self._readers.get(self.device)
        if own is None:
            own = self._readers[self.device] = self._reader(self.device)
        return own

    def forget_end(self, device: str) -> None:
        """How far this log went is not known from now on: it was written anew."""
        (self.folder / f"{device}{HEAD_ENDING}").unlink(missing_ok=True)

    def note_end(self) -> None:
        """Notes how far the log of this device goes, after it was written anew."""
        self.refresh()
        if self.device in self._readers:
            self._write_head(self._readers[self.device].seq)

    def _write_head(self, seq: int) -> None:
        """Notes how far the log goes, without waiting for the disk: it only helps to find a log that lost its end."""
        path = self.folder / f"{self.device}{HEAD_ENDING}"
        content = wrap(encode_json({"seq": seq}), path.name, self.key)
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                write_all(handle, content)
            finally:
                os.close(handle)

    def unwritable(self, error: OSError) -> JournalError:
        """What to tell when the disk refuses."""
        return JournalError(
            f"cannot write in {self.folder} ({error.strerror}): the journal is as it was; make room or make the"
            " folder writable, then try again"
        )

    def _put_away(self) -> None:
        """With the lock held: leftovers go, damaged stretches are copied to quarantine, a torn end is cut off."""
        self._carry_over()
        for path in [*self.log_paths(), self.folder / VAULT]:
            remove_leftovers(path)
        for name, reader in self._readers.items():
            for damage in reader.damages:
                self._quarantine(name, damage.offset, damage.content)
            if reader.torn and name == self.device:
                self._quarantine(name, reader.size, reader.torn)
                cut(self._own_path, reader.size)
                reader.torn = b""
                self._stamps[self._own_path.name] = self._stamp(self._own_path)
                self._told.append(
                    f"the last commit in {self._own_path} was not finished, as after a power cut: it was cut off and"
                    f" kept in {self.folder / QUARANTINE}; what was saved before it is whole"
                )

    def keep_torn(self) -> None:
        """Before logs are written anew: what stands torn at the end of another device's log goes to quarantine too."""
        for name, reader in self._readers.items():
            if reader.torn:
                self._quarantine(name, reader.size, reader.torn)

    def _carry_over(self) -> None:
        """Makes a log of the file of the format before, and keeps that file among the backups."""
        path = self.folder / first_format.FILE
        if not self._first_format():
            return
        if self._old:
            lines = [encode_header(self.device, self.vault, self._clock().date())]
            for seq, old in enumerate(self._old, 1):
                payload = encode_payload(old.at, old.note, old.ops)
                lines.append(encode_line(sum_of(lines[-1]), seq, payload, self.device, self.key))
            remove_leftovers(self._own_path)
            write_private(self._own_path, b"".join(line + b"\n" for line in lines))
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
        of = first_format.fingerprint(read_plain(path))
        return any(commit.note.get("of") == of for commit in self.commits())

    def _quarantine(self, name: str, offset: int, content: bytes) -> None:
        folder = self.folder / QUARANTINE
        path = folder / f"{name}-{offset}-{sha256(content).hexdigest()[:8]}.txt"
        if not path.exists():
            make_private(folder)
            remove_leftovers(path)
            write_private(path, wrap(content, path.name, self.key))


class LogDB(TinyDB):
    """TinyDB on the logs of a folder: ``LogDB(folder).table("entries").insert({…})``."""

    table_class = LogTable  # type: ignore[assignment]
    default_storage_class = LogStorage  # type: ignore[assignment]


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Reading makes many objects and no garbage, and looking for some takes most of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
