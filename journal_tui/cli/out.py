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
from typing import Any

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
    """Standard output takes nothing."""


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
    """One piece of standard output, cleaned."""
    try:
        click.echo("".join(part if isinstance(part, Safe) else clean(part) for part in parts))
    except BrokenPipeError:
        if not _unheard:
            raise
        # What waits in the buffer goes the same way.
        os.dup2(os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC), sys.stdout.fileno())


_unheard = False


def go_on_unheard() -> None:
    """From now on a reader that leaves early ends nothing: words that are still to be read in weigh more."""
    global _unheard
    _unheard = True


def confirm(message: str) -> None:
    """What a change led to, on standard output.

    Raises:
        OutputError: it cannot be printed; it says that the change stands.
    """
    try:
        say(message)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        reason = error.strerror or type(error).__name__
        raise OutputError(f"this is done and kept, only it could not be printed ({reason}): {message}") from error


def note(message: str) -> None:
    """A kind word beside the output, on standard error."""
    click.echo(clean_line(message), err=True)


def tell(message: str) -> None:
    """A fault, on standard error: always one line."""
    click.echo(f"{PROGRAM}: {clean_line(message)}", err=True)


def say_json(value: object) -> None:
    """`value` as JSON in ASCII: no control character reaches a terminal, and every text can be read back exactly."""
    click.echo(json.dumps(value, indent=2))


# -- width -----------------------------------------------------------------------------------------


def column() -> int:
    """Width of the text column, in cells."""
    import shutil

    return max(20, min(COLUMN, shutil.get_terminal_size().columns))


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


def fit(text: str, width: int) -> str:
    """One cleaned line of at most `width` cells, with an ellipsis where it was cut."""
    line = clean_line(text[: width * 8 + 64])
    return line if cells(line) <= width else line[: _cut(line, width - 1)].rstrip() + "…"


_PIECE = re.compile(r"(\s*)(\S*)")


def wrap(text: str, width: int) -> list[str]:
    """Cleaned `text` as lines of at most `width` cells; white space is dropped only where a line was broken."""
    return [piece for line in clean(text).expandtabs(4).split("\n") for piece in _wrap_line(line, width)]


def _wrap_line(line: str, width: int) -> list[str]:
    lines = []
    current = ""
    for space, word in _PIECE.findall(line):
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


def paragraph(text: str, **style: Any) -> None:
    """`text` broken to be read in a terminal, and as it is in a pipe."""
    for line in wrap(text, column()) if is_terminal() else text.split("\n"):
        say(paint(line, **style))


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
