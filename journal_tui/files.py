"""Files that are private to their owner and never half written."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from journal_tui.model import JournalError

LOCK_SECONDS = 10.0
NEVER_WAITING = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
"""To open no link, and no pipe that somebody put in the place of a file."""


class BusyError(JournalError):
    """Another process holds the lock."""


def write_private(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Replaces the file at `path` by `content` as one step: afterwards it is the old or the new, and on the disk.

    A new file beside it, fsync, rename, fsync of the folder. Mode 0600 whatever the umask.

    Args:
        durable: False: nobody waits for the disk; after a power cut there may be anything in it.

    Raises:
        OSError: nothing was changed.
    """
    new = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            os.fchmod(handle, 0o600)
            write_all(handle, content)
            if durable:
                os.fsync(handle)
        finally:
            os.close(handle)
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def write_all(handle: int, content: bytes) -> None:
    """Writes all of `content`; a system may take less at a time.

    Raises:
        OSError: some of it may be written.
    """
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def append(path: Path, content: bytes, after: int) -> None:
    """Adds `content` at the end of the file at `path`, `after` bytes long so far: one write, one fsync.

    Raises:
        OSError: the file is cut back to `after` bytes, as far as the disk allows. An fsync that failed is not
            tried again, for a second one may succeed without having written: read the file anew.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        if os.fstat(handle).st_size != after:
            raise OSError(errno.ESTALE, "the file is not as it was read")
        if not after:
            os.fchmod(handle, 0o600)
        try:
            write_all(handle, content)
            os.fsync(handle)
        except BaseException:
            with contextlib.suppress(OSError):
                os.ftruncate(handle, after)
            raise
    finally:
        with contextlib.suppress(OSError):  # what fsync put on the disk is there, whatever closing says
            os.close(handle)
    if not after:
        sync_folder(path.parent)


def cut(path: Path, size: int) -> None:
    """Cuts the file at `path` back to `size` bytes, on the disk.

    Raises:
        OSError: it is as it was.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        os.ftruncate(handle, size)
        os.fsync(handle)
    finally:
        os.close(handle)


def is_there(path: Path) -> bool:
    """Whether anything lies at `path`, a link too. A disk that does not answer is not taken for a no.

    Raises:
        JournalError: it cannot be told.
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise JournalError(f"{path} cannot be reached ({error.strerror}); nothing was changed") from None
    return True


def read_plain(path: Path, most: int | None = None) -> bytes:
    """The content of a plain file, or its first `most` bytes; never waits, as reading from a pipe would.

    Raises:
        OSError: it cannot be read, or is no plain file.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a plain file")
        return file.read() if most is None else file.read(most)


def sync_folder(folder: Path) -> None:
    """Makes renames and removals in `folder` last, where the file system can.

    What was done in the folder stands either way, so a refusal is no error.
    """
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_leftovers(path: Path) -> None:
    """Removes what an interrupted `write_private` left beside `path`. Call it with the writer's lock held."""
    remove_leftovers_in(path.parent, re.escape(path.name))


def remove_leftovers_in(folder: Path, names: str) -> None:
    """The same for every file in `folder` whose name the regular expression `names` matches."""
    leftover = re.compile(rf"\.(?:{names})\.[0-9a-f]{{8}}\.new")  # as `write_private` names them
    for path in folder.glob(".*.new"):
        if leftover.fullmatch(path.name):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Holds the lock file at `path` against other processes, waiting up to `seconds` for it.

    The system frees it when the process ends, however it ends.

    Raises:
        BusyError: another process kept it.
        JournalError: the file cannot be made.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise JournalError(f"cannot write in {path.parent} ({error.strerror}): make the folder writable") from None
    try:
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise BusyError(
                        f"another journal-tui is still writing in {path.parent}: wait for it, then try again"
                    ) from None
                time.sleep(0.02)
            except OSError as error:
                raise JournalError(
                    f"cannot lock {path} ({error.strerror}): keep the journal on a local disk, or use --home"
                ) from None
        yield
    finally:
        os.close(handle)
