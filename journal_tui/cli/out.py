"""Words on their way to the terminal: every one cleaned, coloured only where that is wanted."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import time
import unicodedata
from collections.abc import Mapping
from types import TracebackType
from typing import Any, TextIO

import click

from journal_tui.model import JournalError, Pillar
from journal_tui.text import clean, clean_line

PROGRAM = "journal-tui"
COLUMN = 76
"""Widest text column, in cells."""

HUES = {
    Pillar.RESPECT: "yellow",
    Pillar.BOUNDARIES: "red",
    Pillar.COMMUNICATION: "cyan",
    Pillar.RESPONSIBILITY: "green",
    Pillar.ACCOUNTABILITY: "magenta",
    Pillar.TRUST: "blue",
    Pillar.WIN_WIN: "bright_yellow",
}


class OutputError(JournalError):
    """Standard output takes nothing, for this `reason`."""

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class Safe(str):
    """Text that is already cleaned and may hold the escape sequences of its style."""

    __slots__ = ()


def is_terminal() -> bool:
    """Whether standard output is read by a person."""
    return sys.stdout is not None and sys.stdout.isatty()


def paint(text: str, **style: Any) -> Safe:
    """`text` cleaned, and styled (see `click.style`) when a terminal shows it and nobody asked for no colour."""
    plain = not style or not is_terminal() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Safe(clean(text) if plain else click.style(clean(text), **style))


def dim(text: str) -> Safe:
    return paint(text, dim=True)


def pillar_name(pillar: Pillar | None, titles: Mapping[Pillar, str], width: int = 0) -> Safe:
    """The title in the hue of the pillar, filled up to `width` cells; blanks for free writing."""
    if pillar is None:
        return Safe(" " * width)
    title = fit(titles[pillar], width) if width else titles[pillar]
    return paint(title + " " * (width - cells(title)), fg=HUES[pillar])


def say(*parts: str) -> None:
    """One piece of standard output, cleaned; in a terminal what is too wide is broken between words.

    Raises:
        OutputError: it cannot be printed.
    """
    echo(_broken("".join(part if isinstance(part, Safe) else clean(part) for part in parts), sys.stdout) + "\n")


def echo(content: str | bytes) -> None:
    """Standard output, exactly.

    Raises:
        OutputError: it cannot be printed.
    """
    try:
        click.echo(content, nl=False)
    except OSError as error:
        if not _unheard:
            if error.errno == errno.EPIPE:
                raise
            reason = error.strerror or type(error).__name__
            raise OutputError(f"standard output takes no more ({reason}): what was printed is cut", reason) from None
        if error.errno != errno.EPIPE:
            tell(f"the questions cannot be printed ({error.strerror}); what is read in is kept")
        # What waits in the buffer goes the same way.
        os.dup2(os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC), sys.stdout.fileno())


_unheard = False


def go_on_unheard() -> None:
    """From now on an output that takes nothing ends nothing: words that are still to be read in weigh more."""
    global _unheard
    _unheard = True


def confirm(message: str) -> None:
    """What a change led to, on standard output.

    Raises:
        OutputError: it cannot be printed; it says that the change stands.
    """
    try:
        say(message)
    except OutputError as error:
        line = f"this is done and kept, only it could not be printed ({error.reason}): {message}"
        raise OutputError(line, error.reason) from None


def note(message: str) -> None:
    """A kind word beside the output, on standard error."""
    _remark(clean_line(message))


def tell(message: str) -> None:
    """A fault, on standard error: always one line."""
    _remark(f"{PROGRAM}: {clean_line(message)}")


def _remark(line: str) -> None:
    try:
        click.echo(_broken(line, sys.stderr), err=True)
    except OSError:
        # There is nobody to tell it to, and no other way: what was asked for is done all the same.
        sys.stderr = None


def say_json(value: object) -> None:
    """`value` as JSON in ASCII: no control character reaches a terminal, and every text can be read back exactly."""
    echo(json.dumps(value, indent=2) + "\n")


# -- width -----------------------------------------------------------------------------------------


def column() -> int:
    """Width of the text column, in cells."""
    return max(20, min(COLUMN, _width(sys.stdout)))


def _width(stream: TextIO | None) -> int:
    """Cells in a line of the terminal behind `stream`, or ``$COLUMNS``, as `shutil.get_terminal_size` finds them: that
    one is slow to load."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return (os.get_terminal_size(stream.fileno()).columns if stream else 0) or COLUMN
    except (OSError, ValueError):
        return COLUMN


def is_narrow(*needed: int) -> bool:
    """Whether a person reads, and the column has not as many cells as one of these needs."""
    return is_terminal() and column() < max(needed, default=0)


def cells(text: str) -> int:
    """How many cells a terminal gives to one line of cleaned text: wide East Asian characters take two."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(text: str, width: int) -> int:
    """How many characters of `text` stand in `width` cells, at least one."""
    used = 0
    for place, character in enumerate(text):
        used += _cell(character)
        if used > width:
            return max(1, place)
    return len(text)


_STYLE = r"\x1b\[[0-9;]*m"  # compiled by who needs it


def _broken(text: str, stream: TextIO | None) -> str:
    """`text` with the lines that are wider than the terminal behind `stream` broken between words."""
    if stream is None or not stream.isatty():
        return text
    width = max(20, _width(stream))
    return "\n".join(piece for line in text.split("\n") for piece in hang(line, width))


def hang(line: str, width: int) -> list[str]:
    """`line`, which may be styled, as lines of `width` cells; what follows its first stands a little further in."""

    def shown(part: str) -> int:
        return cells(re.sub(_STYLE, "", part))

    if shown(line) <= width:
        return [line]
    plain = re.sub(_STYLE, "", line)
    indent = " " * (len(plain) - len(plain.lstrip()) + 2)
    lines = []
    current, used, has_words = "", 0, False
    for space, word in re.findall(_PIECE, line):
        if has_words and used + shown(space + word) > width:
            lines.append(current)
            current, used, has_words = "", 0, False
            space = indent
        current += space + word
        used += shown(space + word)
        has_words = has_words or re.sub(_STYLE, "", word) != ""
    return [*lines, current]


def fit(text: str, width: int) -> str:
    """One cleaned line of at most `width` cells, with an ellipsis where it was cut."""
    line = clean_line(text[: width * 8 + 64])
    return line if cells(line) <= width else line[: _cut(line, width - 1)].rstrip() + "…"


_PIECE = r"(\s*)(\S*)"


def wrap(text: str, width: int) -> list[str]:
    """Cleaned `text` as lines of at most `width` cells; white space is dropped only where a line was broken."""
    return [piece for line in clean(text).expandtabs(4).split("\n") for piece in _wrap_line(line, width)]


def _wrap_line(line: str, width: int) -> list[str]:
    lines = []
    current = ""
    for space, word in re.findall(_PIECE, line):
        if cells(current) + cells(space + word) <= width:
            current += space + word
            continue
        if current.strip():
            lines.append(current)
            space = ""
        current = space + word
        while cells(current) > width:
            place = _cut(current, width)
            lines.append(current[:place])
            current = current[place:]
    return [*lines, current]


def paragraph(text: str, indent: str = "", **style: Any) -> None:
    """`text` broken to be read in a terminal, and as it is in a pipe, each line after `indent`."""
    for line in wrap(text, column() - len(indent)) if is_terminal() else text.split("\n"):
        say(indent, paint(line, **style))


# -- waiting ---------------------------------------------------------------------------------------


class Progress:
    """A bar on standard error for work that takes longer than a moment; nothing when no person reads it.

    Use it as a context manager, and call it with what is done and what there is in all.
    """

    def __init__(self, label: str, *, patience: float = 0.5) -> None:
        """`patience`: seconds before anything is shown."""
        self._label = label
        self._shown = ""
        self._next = time.monotonic() + patience
        self._terminal = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        if not self._terminal or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.05
        filled = 24 * min(done, total) // max(1, total)
        self._shown = f"{self._label} {'#' * filled}{'.' * (24 - filled)} {100 * min(done, total) // max(1, total):3d}%"
        click.echo(f"\r{self._shown}", nl=False, err=True)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            click.echo(f"\r{' ' * len(self._shown)}\r", nl=False, err=True)
