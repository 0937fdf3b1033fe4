"""Copies of the whole journal as zip files, which any tool opens: the logs and vault.json as they were.

Made by the first change of a day, before whatever writes a log anew, and when asked for. Of the automatic ones the
last seven days stay, then one a week for a year; those that were asked for stay.
"""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.files import read_plain, write_private
from journal_tui.model import JournalError
from journal_tui.paths import make_private
from journal_tui.store.folder import BACKUPS, LARGEST, VAULT

if TYPE_CHECKING:
    from journal_tui.store.folder import LogFolder
    from journal_tui.store.storage import LogStorage

DAILY = "day"
ASKED = "asked"
DAYS, WEEKS = 7, 52
MOST_PACKED = 50
"""A journal gets smaller by so many times at most."""

_NAME = re.compile(r"journal-(\d{4}-\d\d-\d\d)-(\d{6})(?:-\d+)?-([a-z]+)\.zip")
_MEMBER = re.compile(r"[\w-]+\.log|vault\.json")
_TIME = "%Y-%m-%d-%H%M%S"


class UnreachableError(JournalError):
    """The disk does not give a copy."""


class Backup(NamedTuple):
    """One copy."""

    path: Path
    at: datetime
    """By the clock on the wall when it was made, without a zone."""
    why: str
    """``day``, ``asked``, ``erase``, ``passphrase`` or ``restore``."""


def found_in(folder: Path) -> list[Backup]:
    """The copies in a folder, the newest first.

    Raises:
        JournalError: the folder cannot be read.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise UnreachableError(f"{folder} cannot be read ({error.strerror}); nothing was changed") from None
    copies = [copy for name in names if (copy := _backup(folder / name))]
    return sorted(copies, key=lambda copy: (copy.at, copy.path.name), reverse=True)


def _backup(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    try:
        return Backup(path, datetime.fromisoformat(f"{match[1]}T{match[2]}"), match[3]) if match else None
    except ValueError:  # no such day
        return None


def is_zip(path: Path) -> bool:
    """Whether this is a zip file; never waits and reads no more than its end.

    Raises:
        JournalError: it cannot be read.
    """
    import zipfile

    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise JournalError(f"{path} is not a file; nothing was changed")
        return zipfile.is_zipfile(path)
    except OSError as error:
        raise JournalError(f"{path} cannot be read ({error.strerror}); nothing was changed") from None


def names_in(path: Path) -> list[str]:
    """The names in a zip file.

    Raises:
        JournalError: it is damaged.
    """
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise JournalError(f"{path} is damaged ({type(error).__name__}): try another backup") from None


def daily(storage: LogStorage, moment: datetime) -> None:
    """Makes the copy of the day, unless there is one, or nothing was written before today. With the lock held.

    Raises:
        JournalError, OSError: it cannot be made.
    """
    if is_due(storage, moment.date()):
        make(storage, DAILY, moment)
        prune(storage.folder / BACKUPS)


def is_due(folder: LogFolder, day: date) -> bool:
    """Whether there is something from before this day, and no copy of it was made on it.

    Raises:
        JournalError: the backups cannot be read.
    """
    begun = [reader.begun for reader in folder.readers.values() if reader.begun]
    if not begun or min(begun) >= day.isoformat():
        return False
    return not any(copy.at.date() == day and copy.why == DAILY for copy in found_in(folder.folder / BACKUPS))


def prune(folder: Path) -> None:
    """Removes automatic copies that newer ones stand for."""
    automatic = [copy for copy in found_in(folder) if copy.why != ASKED]
    days = sorted({copy.at.date() for copy in automatic}, reverse=True)[:DAYS]
    weeks: set[tuple[int, int]] = set()
    for copy in automatic:
        year, week, _ = copy.at.isocalendar()
        is_kept = copy.at.date() in days or ((year, week) not in weeks and len(weeks) < WEEKS)
        weeks.add((year, week))
        if not is_kept:
            copy.path.unlink(missing_ok=True)


def make(storage: LogStorage, why: str, moment: datetime, to: Path | None = None) -> Path:
    """Writes a copy and says where. With the lock held.

    Args:
        to: the file to make, or a folder to make it in; None: among the backups.

    Raises:
        JournalError: it cannot be written, or something lies there already.
    """
    folder = to or storage.folder / BACKUPS
    path = _free(folder, why, moment) if to is None or to.is_dir() else to
    try:
        if to is None:
            make_private(folder)
            for leftover in folder.glob(".*.new"):
                leftover.unlink(missing_ok=True)
        if path.exists():
            raise JournalError(f"{path} is there already: choose another name; nothing was written")
        files = {file.name: read_plain(file) for file in [*storage.log_paths(), *_beside(storage.folder)]}
        write_private(path, packed(files, moment))
    except OSError as error:
        raise JournalError(
            f"the backup {path} cannot be written ({error.strerror}): choose a place with room"
        ) from None
    return path


def _beside(folder: Path) -> Iterator[Path]:
    """What a copy needs beside the logs."""
    if (folder / VAULT).is_file():
        yield folder / VAULT


def _free(folder: Path, why: str, moment: datetime) -> Path:
    for number in range(1, 100):
        after = f"-{number}" if number > 1 else ""
        path = folder / f"journal-{moment:{_TIME}}{after}-{why}.zip"
        if not path.exists():
            return path
    raise JournalError(f"{folder} holds a hundred backups of this very second: wait a moment, then try again")


def packed(files: Mapping[str, bytes], moment: datetime) -> bytes:
    """A zip file of these files. Sealed ones do not get smaller by packing."""
    import zipfile

    packing = zipfile.ZIP_STORED if VAULT in files else zipfile.ZIP_DEFLATED
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive:
        for name, file in files.items():
            info = zipfile.ZipInfo(name, _packable(moment))
            info.external_attr = 0o600 << 16
            info.compress_type = packing
            archive.writestr(info, file, compresslevel=1)
    return content.getvalue()


def _packable(moment: datetime) -> tuple[int, int, int, int, int, int]:
    """Zip files know the years 1980 to 2107."""
    year = min(max(moment.year, 1980), 2107)
    return year, moment.month, moment.day, moment.hour, moment.minute, moment.second


def unpacked(path: Path) -> dict[str, bytes]:
    """The files in a copy: logs, and vault.json.

    Raises:
        JournalError: it is no copy of a journal, or damaged.
    """
    import zipfile

    try:
        # Read as a whole first: zipfile takes a disk that refuses for a damaged file.
        with zipfile.ZipFile(io.BytesIO(read_plain(path))) as archive:
            wanted = [info for info in archive.infolist() if _MEMBER.fullmatch(info.filename)]
            if any(info.file_size > MOST_PACKED * (info.compress_size + 1024) for info in wanted):
                raise JournalError(f"{path} is packed as no journal is; nothing was changed")
            if sum(info.file_size for info in wanted) > LARGEST:
                raise JournalError(f"{path} is too large to be a copy of a journal; nothing was changed")
            files = {info.filename: archive.read(info) for info in wanted}
    except OSError as error:
        raise UnreachableError(f"{path} cannot be read ({error.strerror}); nothing was changed") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise JournalError(f"{path} is damaged ({error or type(error).__name__}): try another backup") from None
    except Exception as error:  # zlib.error and what else unpacking damaged data raises
        if isinstance(error, JournalError):
            raise
        raise JournalError(f"{path} is damaged ({type(error).__name__}): try another backup") from None
    if not any(name != VAULT for name in files):
        raise JournalError(f"{path} holds no journal: name a file from the backups")
    return files


def replace(copy: Backup, files: Mapping[str, bytes]) -> None:
    """Puts other files in the place of those in a copy, as one step.

    Raises:
        OSError: it is as it was.
    """
    write_private(copy.path, packed(files, copy.at))
