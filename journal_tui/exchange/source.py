"""A foreign file: looked at first, then read line by line or whole, strictly as UTF-8."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from journal_tui.model import JournalError
from journal_tui.text import clean_line

Progress = Callable[[int, int], None]
"""Told the bytes done and the bytes in all; may raise to stop."""

HEAD = 64 * 1024
"""Bytes that are looked at to find the format."""
LONGEST = 64_000_000
"""Bytes of a line or an entry; more is no journal."""
LARGEST_WHOLE = 200_000_000
"""Bytes of a file that can only be read as a whole."""
_STEP = 128 * 1024
"""Bytes from one word on progress to the next."""


def shown(path: Path) -> str:
    """`path` for an error line."""
    return clean_line(str(path))


def read_head(path: Path) -> bytes:
    """The first bytes of a file, at most `HEAD`.

    Raises:
        JournalError: no such file, a folder, unreadable, or empty.
    """
    try:
        if path.is_dir():
            raise JournalError(f"{shown(path)} is a folder: name the file to import")
        if path.exists() and not path.is_file():
            raise JournalError(f"{shown(path)} is not a plain file: save it as one, and import that")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head.strip():
        raise JournalError(f"{shown(path)} is empty: there is nothing to import")
    return head


def refuse_binary(path: Path, head: bytes) -> None:
    """Makes sure that a file that begins with `head` may be text.

    Raises:
        JournalError: it is UTF-16, or no text.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise JournalError(f"{shown(path)} is written in UTF-16: save it as UTF-8, and import it again")
    if b"\0" in head:
        raise JournalError(f"{shown(path)} is not a text file: export the journal as text or JSON, and import that")


def lines(path: Path, on_progress: Progress | None = None, longest: int = LONGEST) -> Iterator[tuple[int, str]]:
    """Every line with its number from 1, without line end and byte order mark.

    Only a line feed (with or without a carriage return) ends a line; other separators belong to the text.

    Raises:
        JournalError: unreadable, not UTF-8, or a line of more than `longest` bytes.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error
    with file:
        total = os.fstat(file.fileno()).st_size
        done = told = 0
        for number in count(1):
            try:
                raw = file.readline(longest + 1)
            except OSError as error:
                raise _unreadable(path, error) from error
            done += len(raw)
            if on_progress and (done - told >= _STEP or not raw):
                on_progress(done, max(done, total))
                told = done
            if not raw:
                return
            if len(raw) > longest:
                raise JournalError(
                    f"{shown(path)}: line {number} is longer than {longest // 1_000_000} MB: "
                    "take it out, and import again; nothing was brought in"
                )
            yield number, _decoded(raw, number, path)


def whole(path: Path, on_progress: Progress | None = None) -> str:
    """The text of the file, with line feeds as line ends.

    Raises:
        JournalError: as `lines`, or larger than `LARGEST_WHOLE`.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error
    if size > LARGEST_WHOLE:
        raise JournalError(
            f"{shown(path)} is larger than {LARGEST_WHOLE // 1_000_000} MB, too large to read as one piece: "
            "export fewer years at a time"
        )
    return "\n".join(line for _, line in lines(path, on_progress, longest=LARGEST_WHOLE))


def _decoded(raw: bytes, number: int, path: Path) -> str:
    try:
        line = raw.decode()
    except UnicodeDecodeError as error:
        raise JournalError(
            f"{shown(path)}: line {number}, byte {error.start + 1} is not UTF-8: "
            "save the file as UTF-8, and import it again; nothing was brought in"
        ) from error
    line = line.removeprefix("\ufeff") if number == 1 else line
    return line.removesuffix("\n").removesuffix("\r")


def _unreadable(path: Path, error: OSError) -> JournalError:
    if isinstance(error, FileNotFoundError):
        return JournalError(f"there is no file {shown(path)}: check the name")
    return JournalError(f"{shown(path)} cannot be read ({error.strerror}): check the file and its permissions")
