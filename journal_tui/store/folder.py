"""The logs of a folder as files: which there are, how far each was read, what is amiss, and adding to them."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from journal_tui.files import (
    NEVER_WAITING,
    BusyError,
    append,
    cut,
    is_there,
    read_plain,
    remove_leftovers,
    write_all,
    write_private,
)
from journal_tui.model import JournalError
from journal_tui.paths import make_private
from journal_tui.sealed import is_sealed, unwrap, wrap
from journal_tui.store.log import (
    FORMAT,
    HIGHEST,
    Header,
    Line,
    Op,
    Stamp,
    about,
    decode_header,
    encode_header,
    encode_json,
    encode_line,
    encode_log,
    encode_payload,
    is_whole,
    ops_of,
    sum_of,
)
from journal_tui.store.reader import LogReader, NewerLogError, PlainLogError, SealedLogError

VAULT = "vault.json"
FIRST_FORMAT = "journal.json"
"""The one file of the format before logs."""
ENDING = ".log"
HEAD_ENDING = ".head"
LOCK = "lock"
QUARANTINE = "quarantine"
BACKUPS = "backups"
LEFTOVER_SECONDS = 3600
LARGEST = 2**31
"""Bytes of a log that is read. It is held in memory."""


if TYPE_CHECKING:
    from journal_tui.store.vault import Key


FileStamp = tuple[int, int, int, int]
"""Inode, size, and when content and inode were changed, in nanoseconds: as long as it is the same, so is the file."""


class Resumed(NamedTuple):
    """How a log was read in which nothing was amiss."""

    stamp: FileStamp
    seq: int
    sum: str
    begun: str


class Added(NamedTuple):
    """A commit as it was added to a log."""

    offset: int
    line: bytes
    ops: Sequence[Op]


class Commit(NamedTuple):
    """One commit of any device, as `LogFolder.commits` tells it."""

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


def numbered(first: int, last: int) -> str:
    """Commits by their numbers."""
    return f"commit {first}" if first == last else f"commits {first} to {last}"


class LogFolder:
    """The logs that lie in a folder, one of them this device's own.

    Args:
        folder: made with the first commit, open to its owner alone.
        device: whose log to write.
        key: opens and seals the boxes of an encrypted journal.
        takes_plain: names of the plain logs that are read with a key too, as on the way into encryption.
    """

    def __init__(
        self,
        folder: Path,
        device: str,
        key: Key | None,
        clock: Callable[[], datetime],
        *,
        takes_plain: Collection[str] = (),
    ) -> None:
        self.folder = folder
        self.device = device
        self.key = key
        self.takes_plain = takes_plain
        self._clock = clock
        self._told: list[str] = []
        self._stale = True
        self._readers: dict[str, LogReader] = {}
        self._stamps: dict[str, FileStamp] = {}
        self._top = 0
        """The highest number of a commit so far, on any device."""
        self.version = 0
        """Another number means that something was read or written since."""
        self.added: Added | None = None
        """The last commit that was added to the log of this device."""

    @property
    def vault(self) -> str:
        """Id of the vault that the key comes from; empty: a plain journal."""
        return self.key.vault if self.key else ""

    def become(self, key: Key | None, *, takes_plain: Collection[str] = ()) -> None:
        """From now on with this key."""
        self.key, self.takes_plain = key, takes_plain
        self.forget()

    def forget(self) -> None:
        """Everything is read anew next time: the logs were written anew."""
        self._stale = True

    # -- reading -----------------------------------------------------------------------------------

    @property
    def readers(self) -> Mapping[str, LogReader]:
        """How each log was read, by its device."""
        return self._readers

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

    def log_path(self, device: str) -> Path:
        """Where the log of a device lies."""
        return self.folder / f"{device}{ENDING}"

    def _head_path(self, device: str) -> Path:
        return self.folder / f"{device}{HEAD_ENDING}"

    def _stamp(self, path: Path) -> FileStamp:
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
        return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def is_as_read(self) -> bool:
        """Whether the logs lie there as they were read, and nothing else that has to be read.

        Raises:
            JournalError: a log cannot be reached.
        """
        if is_there(self.folder / FIRST_FORMAT) or (self.key is None and is_there(self.folder / VAULT)):
            return False
        return self._stamps == {path.name: self._stamp(path) for path in self.log_paths()}

    def resumable(self) -> dict[str, Resumed] | None:
        """How each log was read, by its name; None where anything is amiss."""
        logs = {}
        for name, reader in self._readers.items():
            stamp = self._stamps.get(f"{name}{ENDING}")
            refused = reader.is_damaged or reader.is_refused or reader.is_open or reader.header is None
            if refused or stamp is None or stamp[1] != reader.size:
                return None
            logs[name] = Resumed(stamp, reader.seq, reader.sum.decode(), reader.begun)
        return logs

    def resume(self, logs: Mapping[str, Resumed]) -> bool:
        """Takes the logs as read; False: they are not as they were then, or something is amiss.

        Raises:
            JournalError: a log cannot be reached.
        """
        self._stamps = {f"{name}{ENDING}": log.stamp for name, log in logs.items()}
        if not self.is_as_read():
            return False
        self._readers = {}
        for name, log in logs.items():
            reader = self._readers[name] = self._reader(name)
            reader.resume(log.stamp[1], log.seq, log.sum.encode(), Header(FORMAT, name, self.vault, log.begun))
        self._top = max((log.seq for log in logs.values()), default=0)
        self._check_head()
        return not any(line for name in self._readers for line in self._amiss(name))

    def _reader(self, name: str) -> LogReader:
        return LogReader(name, self.key, takes_plain=name in self.takes_plain)

    @contextlib.contextmanager
    def _opened(self, path: Path) -> Iterator[BinaryIO]:
        try:
            handle = os.open(path, os.O_RDONLY | NEVER_WAITING)
        except OSError as error:
            raise self._unreachable(path, error) from None
        with os.fdopen(handle, "rb", buffering=1 << 20) as file:
            yield file

    def _lines(self, path: Path, reader: LogReader, file: BinaryIO) -> Iterator[Line]:
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

    @staticmethod
    def _unreachable(path: Path, error: OSError) -> JournalError:
        return JournalError(
            f"{path} cannot be read ({error.strerror}): see what lies there and who owns it; nothing was changed"
        )

    def commits(self, mark: bytes = b"") -> Iterator[Commit]:
        """Every whole commit of every log in which the bytes `mark` stand, log by log, read from the disk anew.

        Raises:
            JournalError: a log cannot be read.
        """
        for path in self.log_paths():
            reader = self._reader(path.stem)
            with self._opened(path) as file:
                for line in self._lines(path, reader, file):
                    if mark in line.payload and is_whole(line.payload):
                        yield Commit((line.seq, reader.device), line.payload)

    # -- what is amiss -----------------------------------------------------------------------------

    def _check_devices(self) -> None:
        for name, reader in self._readers.items():
            if reader.device != name:
                here = self.log_path(name)
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
        head = self._head_path(self.device)
        try:
            content = read_plain(head, 4096)
            said = json.loads(unwrap(content, head.name, self.key))["seq"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return  # written without waiting for the disk: it may be torn
        # In an encrypted journal, one that is not sealed was written by somebody else.
        if type(said) is int and 0 < said <= HIGHEST and (self.key is None or is_sealed(content)):
            self._own().head = said
            self._top = max(self._top, said)

    def _amiss(self, name: str) -> Iterator[str]:
        reader = self._readers[name]
        path = self.log_path(name)
        kept = f"kept in {self.folder / QUARANTINE}"
        check = "journal-tui check tells what can be brought back"
        if reader.damages:
            places = ", ".join(str(damage.offset) for damage in reader.damages[:3])
            lines = "1 line is" if len(reader.damages) == 1 else f"{len(reader.damages):,} lines are"
            yield f"{path} is damaged (at byte {places}): {lines} left out and {kept}; {check}"
        elif reader.seq and not reader.head and name == self.device and self.key:
            yield f"{path} may have lost its end, for {name}{HEAD_ENDING} beside it is missing; {check}"
        elif reader.head > reader.seq:
            yield f"{path} lost its end, {numbered(reader.seq + 1, reader.head)}; {check}"
        elif reader.gaps:
            yield f"{path} is not whole before commit {reader.gaps[0]}: something is missing or was moved; {check}"
        if reader.is_refused:
            yield f"{path} is not encrypted and was not read: if it is yours, journal-tui restore {path} brings it in"

    def put_away(self) -> None:
        """With the lock held: leftovers go, damaged stretches are copied to quarantine, a torn end is cut off."""
        with_lock = tuple(f".{path.name}." for path in [*self.log_paths(), self.folder / VAULT])
        for leftover in self.folder.glob(".*.new"):
            # That of a log beside was written without the lock, perhaps just now.
            with contextlib.suppress(FileNotFoundError):  # it was finished meanwhile
                if leftover.name.startswith(with_lock) or leftover.stat().st_mtime < time.time() - LEFTOVER_SECONDS:
                    leftover.unlink()
        for name, reader in self._readers.items():
            for damage in reader.damages:
                self._quarantine(name, damage.offset, damage.content)
            if reader.torn and name == self.device:
                path = self.log_path(name)
                self._quarantine(name, reader.size, reader.torn)
                cut(path, reader.size)
                reader.torn = b""
                self._stamps[path.name] = self._stamp(path)
                self._told.append(
                    f"the last commit in {path} was not finished, as after a power cut: it was cut off and"
                    f" kept in {self.folder / QUARANTINE}; what was saved before it is whole"
                )

    def keep_torn(self) -> None:
        """Before logs are written anew: what stands torn at the end of another device's log goes to quarantine too."""
        for name, reader in self._readers.items():
            if reader.torn:
                self._quarantine(name, reader.size, reader.torn)

    def _quarantine(self, name: str, offset: int, content: bytes) -> None:
        folder = self.folder / QUARANTINE
        path = folder / f"{name}-{offset}-{sha256(content).hexdigest()[:8]}.txt"
        if not path.exists():
            make_private(folder)
            remove_leftovers(path)
            write_private(path, wrap(content, path.name, self.key))

    # -- writing -----------------------------------------------------------------------------------

    def _next(self) -> int:
        """The number of the next commit.

        Raises:
            JournalError: there is none, since a log or a head claims the highest there can be.
        """
        if self._top < HIGHEST:
            return self._top + 1
        last = max(self._readers.values(), key=lambda reader: max(reader.seq, reader.head))
        path = self.log_path(last.name) if last.seq >= last.head else self._head_path(last.name)
        raise JournalError(
            f"{path} claims to hold commit {HIGHEST}, the last there can be: move it out of the folder; if it is a"
            " log of yours, journal-tui restore brings in what it holds; nothing was changed"
        )

    def append(self, ops: Sequence[Op], **note: Any) -> None:
        """Adds a commit to the log of this device. With the lock held, and everything read.

        Raises:
            JournalError: nothing was changed.
        """
        payload = encode_payload(self._clock().isoformat(), note, ops)
        own, path = self._own(), self.log_path(self.device)
        if own.is_refused:
            raise JournalError(
                f"{path} is not encrypted, the journal is: move it out of the folder; nothing was changed"
            )
        seq = self._next()
        content = header = b""
        prev = own.sum
        if not own.size:
            header = encode_header(self.device, self.vault, self._clock().date())
            content, prev = header + b"\n", sum_of(header)
        elif own.is_open:
            content = b"\n"
        line = encode_line(prev, seq, payload, self.device, self.key)
        try:
            append(path, content + line + b"\n", own.size)
        except OSError as error:
            self._stale = True
            raise self.unwritable(error) from None
        self.added = Added(own.size + len(content), line, ops)
        own.wrote(content + line + b"\n", line, seq, decode_header(header) if header else None)
        self._top = seq
        with contextlib.suppress(JournalError):  # it is kept: reading tells what is amiss
            self._stamps[path.name] = self._stamp(path)
        self.version += 1
        self._write_head(seq)

    def append_beside(self, ops: Sequence[Op], **note: Any) -> None:
        """A log with one commit, as if another device had written it."""
        self._stale = True
        device = f"{self.device}-{os.urandom(3).hex()}"
        payload = encode_payload(self._clock().isoformat(), note, ops)
        content = encode_log(device, self.vault, self._clock().date(), [(self._next(), payload)], self.key)
        path = self.log_path(device)
        try:
            write_private(path, content)
            if not self._fits_vault():
                path.unlink()
                raise BusyError(f"{self.folder} is being turned by another journal-tui: wait for it, then try again")
        except OSError as error:
            raise self.unwritable(error) from None

    def _fits_vault(self) -> bool:
        """Whether the vault is as the key says: no passphrase was set or removed meanwhile, nor is one just now."""
        from journal_tui.store.vault import Vault

        try:
            vault = Vault.read(self.folder / VAULT)
        except JournalError:
            return False
        if vault is None or self.key is None:
            return vault is None and self.key is None
        return vault.id == self.key.vault and not vault.turning

    def _own(self) -> LogReader:
        own = self._readers.get(self.device)
        if own is None:
            own = self._readers[self.device] = self._reader(self.device)
        return own

    def forget_end(self, device: str) -> None:
        """How far this log went is not known from now on: it was written anew."""
        self._head_path(device).unlink(missing_ok=True)

    def _write_head(self, seq: int) -> None:
        """Notes how far the log goes, without waiting for the disk: it only helps to find a log that lost its end."""
        path = self._head_path(self.device)
        content = wrap(encode_json({"seq": seq}), path.name, self.key)
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NEVER_WAITING, 0o600)
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
