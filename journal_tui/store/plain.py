"""What lies open in the folder of an encrypted journal."""

from __future__ import annotations

from pathlib import Path

from journal_tui.files import read_plain
from journal_tui.model import JournalError
from journal_tui.sealed import is_sealed
from journal_tui.store import backup
from journal_tui.store.folder import ENDING, LOCK, VAULT


def is_plain_log(log: Path) -> bool:
    """Whether a log says that it is not encrypted.

    Raises:
        JournalError: it cannot be read.
    """
    try:
        return b'"vault":""' in read_plain(log, 4096).partition(b"\n")[0]
    except OSError as error:
        raise JournalError(f"{log} cannot be read ({error.strerror}); nothing was changed") from None


def left_plain(folder: Path) -> list[Path]:
    """The files under the folder that anybody can read."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_closed(path)]


def _is_closed(path: Path) -> bool:
    if path.name in (VAULT, LOCK) or path.suffix == ".lock":
        return True
    try:
        if path.suffix == ENDING or f"{ENDING}." in path.name:
            return not is_plain_log(path)
        if path.name.startswith(".") and path.suffix == ".new":
            return True  # a sealed file that was not finished, or damaged by a power cut
        if not path.stat().st_size:
            return True
        if backup.is_zip(path):
            return VAULT in backup.names_in(path)
        return is_sealed(read_plain(path, 4096))
    except (OSError, JournalError):
        return False
