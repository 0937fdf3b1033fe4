"""SQLite files of other programs: looked into, never changed, and trusted in nothing.

A file on the disk is opened where it lies, read-only; one in an archive is opened in memory. Words that lie beside it
in a write-ahead log (https://www.sqlite.org/wal.html) belong to it; to read those, SQLite keeps a list of pages there
too, in a file that ends in ``-shm`` and holds no words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from journal_tui.exchange.source import LONGEST, Leaf, UnreadableError

LARGEST_PACKED = 50_000_000
"""Bytes of a file in an archive, which is read into memory several times."""
_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""How a rollback journal begins whose change was never finished (https://www.sqlite.org/fileformat2.html, 3)."""
_READING = (sqlite3.Error, UnicodeDecodeError)
"""What reading may raise; sqlite3 decodes its messages, whatever they quote."""
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA}


def columns(leaf: Leaf, table: str) -> frozenset[str]:
    """Names of the columns of `table`; none where it is no SQLite file, or has no such table.

    Raises:
        UnreadableError: it is one, and cannot be read.
    """
    if not leaf.head.startswith(_MAGIC):
        return frozenset()
    try:
        with closing(_opened(leaf)) as connection:
            # A view or a virtual table could run anything, and without end.
            query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
            made = [str(sql) for (sql,) in connection.execute(query, (table,))]
            if not made or not made[0].startswith("CREATE TABLE "):
                return frozenset()
            # Columns that would be worked out are not among them.
            return frozenset(str(name) for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")'))
    except _READING as error:
        raise _damaged(leaf) from error


def rows(leaf: Leaf, table: str, *names: str) -> Iterator[tuple[Any, ...]]:
    """The columns `names` of all rows of `table`, which has them, in the order of their numbers.

    Text that is not UTF-8 is given as bytes.

    Raises:
        UnreadableError: it cannot be read, or not to the end.
    """
    wanted = ", ".join(f'"{name}"' for name in names)
    try:
        with closing(_opened(leaf)) as connection:
            (pages,), (page_size,) = (*connection.execute("PRAGMA page_count"), *connection.execute("PRAGMA page_size"))
            left = pages * page_size
            for row in connection.execute(f'SELECT {wanted} FROM "{table}" ORDER BY rowid'):
                # Pages that refer to one another in a circle would give rows for ever.
                size = 4 + sum(len(value) for value in row if isinstance(value, (str, bytes)))
                leaf.watch.read(size)
                left -= size
                if left < 0:
                    raise _damaged(leaf)
                yield row
    except _READING as error:
        raise _damaged(leaf) from error


def _opened(leaf: Leaf) -> sqlite3.Connection:
    """The database, for reading alone.

    Raises:
        UnreadableError: it is too large, or was left in the middle of a change.
    """
    if leaf.on_disk:
        if _beside(leaf, "-journal") == _JOURNAL_MAGIC:
            raise UnreadableError(leaf.name, "was left in the middle of a change: open it once in its own program")
        # Without a log nothing is locked and nothing is made beside it.
        how = "mode=ro" if _beside(leaf, "-wal") else "mode=ro&immutable=1"
        connection = sqlite3.connect(f"{leaf.on_disk.absolute().as_uri()}?{how}", uri=True)
    else:
        if leaf.size > LARGEST_PACKED:
            size = f"{LARGEST_PACKED // 1_000_000} MB"
            raise UnreadableError(leaf.name, f"is larger than {size}: unpack it, and import it alone")
        content = bytearray(leaf.content())
        content[18:20] = b"\1\1"  # in memory there is no log that a database of that kind could ask for
        connection = sqlite3.connect(":memory:")
        connection.deserialize(content)
    connection.text_factory = _text
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_only_reading)
    return connection


def _only_reading(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _text(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _beside(leaf: Leaf, ending: str) -> bytes:
    """How the file begins that lies beside it and is called the same with `ending`; empty where there is none."""
    if leaf.on_disk is None:
        return b""
    path = Path(f"{leaf.on_disk}{ending}")
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(len(_JOURNAL_MAGIC))
    except OSError:
        return b""


def _damaged(leaf: Leaf) -> UnreadableError:
    return UnreadableError(leaf.name, "is a damaged database: import a backup of it, or export from its own program")
