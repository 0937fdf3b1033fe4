"""Sending a journal out: its forms, and one file written whole or not at all."""

from __future__ import annotations

import fcntl
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from journal_tui.exchange import out_csv, out_jrnl, out_json
from journal_tui.exchange.contents import EVERYTHING, Contents, unwritable
from journal_tui.files import remove_leftovers_in, write_private
from journal_tui.model import JournalError
from journal_tui.text import clean_line

Progress = Callable[[int, int], None]
"""Told the pieces made and about how many there are; may raise to stop."""


def _text_notes(contents: Contents) -> list[str]:
    return [line] if (line := unwritable(contents)) else []


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is one file."""

    title: str
    pieces: Callable[[Contents], Iterator[str]]
    carries: frozenset[str]
    """Names from `contents.FACETS`."""
    notes: Callable[[Contents], Sequence[str]] = _text_notes
    """Lines on what is not as it was."""
    count: Callable[[Contents], int] = lambda contents: len(contents.readable())
    """How many entries it holds."""


def _jrnl_notes(contents: Contents) -> list[str]:
    return [*out_jrnl.notes(contents), *_text_notes(contents)]


def _nothing(contents: Contents) -> list[str]:
    return []


FORMS = {
    "json": Form("JSON", out_json.pieces, EVERYTHING, _nothing, out_json.count),
    "csv": Form("CSV", out_csv.pieces, out_csv.CARRIES),
    "jrnl": Form("jrnl", out_jrnl.pieces, out_jrnl.CARRIES, _jrnl_notes, out_jrnl.count),
    "tinydb": Form("TinyDB", out_json.tinydb_pieces, EVERYTHING, _nothing, out_json.count),
}


def render(form: Form, contents: Contents, on_progress: Progress | None = None) -> bytes:
    """The whole file."""
    made = []
    for number, piece in enumerate(form.pieces(contents), 1):
        made.append(piece)
        if on_progress and number % 64 == 0:
            on_progress(number, max(number, len(contents.entries)))
    return "".join(made).encode()


def check_target(path: Path, *, replace: bool) -> None:
    """Makes sure that a file may be written at `path`, before anything is made.

    Args:
        replace: a plain file that lies there may be replaced.

    Raises:
        JournalError: something else lies there, or the folder it should lie in is none.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise JournalError(f"there is no folder {shown(path.parent)}: make it first, or name another") from None
        return
    except OSError as error:
        raise unwritten(path, error) from None
    if stat.S_ISDIR(mode):
        raise JournalError(f"{shown(path)} is a folder: name a file in it")
    if not stat.S_ISREG(mode):
        raise JournalError(f"{shown(path)} is a link or no plain file: name another place, or - for standard output")
    if not replace:
        raise JournalError(f"{shown(path)} is there already, nothing was written: --force replaces it")


def write(path: Path, content: bytes) -> None:
    """Puts the file at `path`, open to its owner alone.

    Raises:
        JournalError: the disk refuses; what lay there is as it was.
    """
    try:
        with held(path.parent, re.escape(path.name)):
            write_private(path, content)
    except OSError as error:
        raise unwritten(path, error) from None


@contextmanager
def held(folder: Path, names: str, *, alone: bool = False) -> Iterator[None]:
    """Holds `folder` while files are written there, and first removes what exports that were killed left beside them.

    The system frees it however the process ends: what is removed has no living writer. Where a file system knows no
    locks, nothing is held and nothing removed.

    Args:
        names: a regular expression of the names of the files.
        alone: no other export may write there meanwhile.

    Raises:
        JournalError: another does.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:  # such as a folder in which one may write, but not look
        yield
        return
    try:
        with suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if alone:
                    raise JournalError(
                        f"another export is writing in {shown(folder)}, nothing was written: try again in a moment"
                    ) from None
            else:
                remove_leftovers_in(folder, names)
            if not alone:
                fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def unwritten(path: Path, error: OSError) -> JournalError:
    """That nothing could be written at `path`."""
    return JournalError(
        f"{shown(path)} cannot be written ({error.strerror}), nothing was kept there: name another place"
    )


def shown(path: Path) -> str:
    """`path` for an error line."""
    return clean_line(str(path))
