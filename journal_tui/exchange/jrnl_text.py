"""jrnl's own file: ``[2024-01-02 09:05:00 AM] title``, then the body.

Read as jrnl 4.6 reads it: an entry begins with a time in brackets at the start of a line and a space after it;
a star at the end of the first line marks the entry; words that begin with ``#`` or ``@`` are its tags. Here ``@``
stays in the text only, where people are found. What cannot be read as a time belongs to the text before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

from journal_tui.exchange.record import LeftOut, Record, UnfitError, words_of
from journal_tui.exchange.source import LONGEST, Progress, lines, shown
from journal_tui.model import JournalError

ABOVE = "the words above the first dated line were kept as an entry without a date"
TWO_WAYS = "a date such as 03/04/2024 can be read in two ways; it was read as month/day/year, as jrnl does"
NO_DATE = "a line begins like an entry, but its date cannot be read; it was kept in the text before it"

# Six characters or fewer in the brackets are a footnote to jrnl, never a date.
_HEADER = re.compile(r"\[([^\]]{7,60})\] (.*)", re.DOTALL)
_STAMP = re.compile(
    r"(?:(?P<year>[0-9]{4})(?P<dash>[-/.])(?P<month>[0-9]{1,2})(?P=dash)(?P<day>[0-9]{1,2})"
    r"|(?P<first>[0-9]{1,2})(?P<mark>[./])(?P<second>[0-9]{1,2})(?P=mark)(?P<last>[0-9]{4}))"
    r"(?:(?:,?\s+|T)(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?\s?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_TAG = re.compile(r"(?<!\S)[#@][-+*#/\w]+")
_EMPHASIS = re.compile(r"(?<!\S)\*+[^\s*][^*]*\*+$")


class _When(NamedTuple):
    day: date
    moment: datetime | None
    slashed: tuple[int, int] | None
    """The two numbers before the year in ``03/04/2024``."""


@dataclass(slots=True)
class _Piece:
    """The lines of one entry while they are gathered."""

    line: int
    when: _When | None = None
    starred: bool = False
    lines: list[str] = field(default_factory=list)
    size: int = 0
    notes: dict[str, None] = field(default_factory=dict)


def is_encrypted(head: bytes) -> bool:
    """Whether a file that begins so is a journal encrypted by jrnl (its version 3, or 2)."""
    return head.startswith((b"JRNLv3", b"gAAAAA"))


def recognises(head: str, path: Path) -> bool:
    """Whether any line of `head` begins an entry."""
    return any((found := _HEADER.match(line)) and _when(found[1]) for line in head.split("\n"))


def read(path: Path, on_progress: Progress | None = None) -> Iterator[Record | LeftOut]:
    """Every entry in the order of the file, and first the words above them all.

    Raises:
        JournalError: as `source.lines`, or an entry of more than `LONGEST` characters.
    """
    orders: set[str] | None = None
    piece = _Piece(line=1)
    for number, line in lines(path, on_progress):
        found = _HEADER.match(line)
        when = _when(found[1]) if found else None
        if found and when:
            yield from _finished(piece)
            piece = _Piece(number, when, starred=found[1].rstrip().endswith("*"))
            if when.slashed:
                orders = _orders(path) if orders is None else orders
                piece.when = _when(found[1], day_first=orders == {"day"})
                if len(orders) != 1 and _either_way(when.slashed):
                    piece.notes[TWO_WAYS] = None
            line = found[2]
        elif found and _YEAR.search(found[1]):
            piece.notes[NO_DATE] = None
        piece.lines.append(line)
        piece.size += len(line) + 1
        if piece.size > LONGEST:
            raise JournalError(
                f"{shown(path)}: the entry at line {piece.line} is longer than {LONGEST // 1_000_000} MB: "
                "shorten it, and import again; nothing was brought in"
            )
    yield from _finished(piece)


def tags_in(text: str) -> tuple[str, ...]:
    """Words that jrnl takes for tags, with their ``#`` or ``@``, lower-cased, each once."""
    return tuple(dict.fromkeys(tag.lower() for tag in _TAG.findall(text)))


def bare_hashtags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `tags` that begin with ``#``, without it, if any letter or digit is left."""
    return tuple(tag.lstrip("#") for tag in tags if tag.startswith("#") and re.search(r"\w", tag))


def _finished(piece: _Piece) -> Iterator[Record | LeftOut]:
    where = f"line {piece.line}"
    day, moment, _ = piece.when or (None, None, None)
    starred = piece.starred
    if piece.when:
        piece.lines[0], marked = _unstarred(piece.lines[0])
        starred = starred or marked
    try:
        text = words_of("\n".join(piece.lines))
    except UnfitError as unfit:
        if piece.when:
            yield LeftOut(where=where, why=str(unfit))
        return
    notes = tuple(piece.notes) if piece.when else (ABOVE, *piece.notes)
    tags = bare_hashtags(tags_in(text))
    yield Record(where=where, day=day, moment=moment, text=text, tags=tags, starred=starred, notes=notes)


def _unstarred(title: str) -> tuple[str, bool]:
    """The first line without its star, and whether it had one. The end of ``*emphasis*`` is none."""
    marked = title.rstrip(" \t")
    if not marked.endswith("*") or _EMPHASIS.search(marked):
        return title, False
    return marked.removesuffix("*").rstrip(" \t").removeprefix("* "), True


def _when(stamp: str, *, day_first: bool = False) -> _When | None:
    """The day and time in brackets, None when it is none. Seconds are kept, fractions of them are not."""
    found = _STAMP.fullmatch(stamp.strip("* \t"))
    if not found:
        return None
    slashed = None
    if found["year"]:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    else:
        year, day, month = int(found["last"]), int(found["first"]), int(found["second"])
        if found["mark"] == "/":
            slashed = day, month
            if not day_first and day <= 12:
                day, month = month, day
    try:
        on = date(year, month, day)
        return _When(on, datetime.combine(on, _clock(found)) if found["clock"] else None, slashed)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time:
    hour, minute, second = map(int, f"{found['clock']}:0".split(":")[:3])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("a clock with am and pm has twelve hours")
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    zone = datetime.strptime(found["zone"].upper(), "%z").tzinfo if found["zone"] else None
    return time(hour, minute, second, tzinfo=zone)


def _orders(path: Path) -> set[str]:
    """What the other dates with slashes in the file prove: ``day`` comes first, ``month`` does, or nothing."""
    proofs = set()
    for _, line in lines(path):
        found = _HEADER.match(line)
        when = _when(found[1]) if found else None
        if when and when.slashed and max(when.slashed) > 12:
            proofs.add("day" if when.slashed[0] > 12 else "month")
    return proofs


def _either_way(slashed: tuple[int, int]) -> bool:
    return max(slashed) <= 12 and slashed[0] != slashed[1]
