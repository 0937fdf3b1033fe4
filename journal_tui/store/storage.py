"""A TinyDB storage that replaces its file as one step and notices what other processes wrote."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from journal_tui.files import write_private
from journal_tui.model import JournalError

Tables = dict[str, dict[str, Any]]


class SafeStorage(Storage):
    """The whole database as one JSON file that stock TinyDB can open.

    Reads are served from memory until the file changes. Between `begin` and `commit` writes stay in memory,
    so that several table operations reach the disk as one replacement of the file, or not at all.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._stamp: tuple[int, int, int] | None = None
        self._tables: Tables | None = None
        self._pending: Tables | None = None
        self._within = False

    def stamp(self) -> tuple[int, int, int] | None:
        """What tells one state of the file from another: inode, size, time of change. None: no file yet.

        Raises:
            JournalError: the file is out of reach, or is no file of its own.
        """
        try:
            found = os.lstat(self._path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise JournalError(
                f"{self._path} cannot be reached ({error.strerror}): see what lies there, or use another --home"
            ) from None
        if not os.path.isfile(self._path) or os.path.islink(self._path):  # noqa: PTH113, PTH114
            raise JournalError(f"{self._path} is not a file: move what lies there away, or use --home")
        return found.st_ino, found.st_size, found.st_mtime_ns

    def read(self) -> Tables | None:
        """The tables, None when there is no file yet.

        Raises:
            JournalError: the file cannot be read, or is damaged.
        """
        if self._pending is not None:
            return self._pending
        stamp = self.stamp()
        if stamp is None:
            self._stamp = self._tables = None
        elif stamp != self._stamp or self._tables is None:
            self._tables = self._load()
            self._stamp = stamp
        return self._tables

    def _load(self) -> Tables:
        keep = "nothing was changed; keep a copy of the file and mend it with a text editor, or use another --home"
        try:
            tables = json.loads(self._path.read_bytes())
        except OSError as error:
            raise JournalError(
                f"{self._path} cannot be read ({error.strerror}): check who owns it; nothing was changed"
            ) from None
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            raise JournalError(f"{self._path} is damaged ({place}: {error.msg}): {keep}") from None
        except (ValueError, RecursionError):
            raise JournalError(f"{self._path} is damaged (it is not JSON text): {keep}") from None
        tables_are_whole = isinstance(tables, dict) and all(
            isinstance(table, dict) and all(k.isdecimal() and isinstance(v, dict) for k, v in table.items())
            for table in tables.values()
        )
        if not tables_are_whole:
            raise JournalError(f"{self._path} is not a TinyDB file: {keep}")
        return tables  # type: ignore[no-any-return]

    def write(self, data: Tables) -> None:
        """Takes the tables; puts them on the disk at once, or with `commit`."""
        self._pending = data
        if not self._within:
            self.commit()

    def begin(self) -> None:
        """Holds writes back until `commit` or `abandon`."""
        self._within = True

    def commit(self) -> None:
        """Puts what was written since `begin` on the disk.

        Raises:
            JournalError: it could not be written; the file is as it was.
        """
        pending, self._pending, self._within = self._pending, None, False
        # The tables in memory were changed in place: only a written file makes them true.
        self._tables = None
        if pending is None:
            return
        try:
            write_private(self._path, _encode(pending))
        except OSError as error:
            raise JournalError(
                f"cannot write in {self._path.parent} ({error.strerror}): the journal is as it was; make room or make"
                " the folder writable, then try again"
            ) from None
        self._stamp = self.stamp()
        self._tables = pending

    def abandon(self) -> None:
        """Forgets what was written since `begin`."""
        self._pending = self._tables = None
        self._within = False


def _encode(tables: Tables) -> bytes:
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:  # unpaired surrogates, from file names or arguments in another encoding
        return json.dumps(tables, separators=(",", ":")).encode()
