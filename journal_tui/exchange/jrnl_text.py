"""jrnl's own file: ``[2024-01-02 09:05:00 AM] title``, then the body.

Read as jrnl 4.6 reads it: an entry begins with a time in brackets at the start of a line and a space after it;
a star at the end of the first line marks the entry; words that begin with ``#`` or ``@`` are its tags. Here ``@``
stays in the text only, where people are found. What cannot be read as a time belongs to the text before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from journal_tui.exchange.record import LeftOut, Piece, Record, UnfitError, words_of
from journal_tui.exchange.source import LONGEST, Leaf, UnreadableError
from journal_tui.exchange.stamps import Stamp, orders, read_clock, read_stamp

ABOVE = "the words above the first dated line were kept as an entry without a date"
TWO_WAYS = "a date such as 03/04/2024 can be read in two ways; it was read as month/day/year, as jrnl does"
NO_DATE = "a line begins like an entry, but its date cannot be read; it was kept in the text before it"

# Six characters or fewer in the brackets are a footnote to jrnl, never a date.
_HEADER = re.compile(r"\[([^\]]{7,60})\] (.*)", re.DOTALL)
_HEADER_BY_CLOCK = re.compile(r"\[([^\]]{4,60})\] (.*)", re.DOTALL)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_TAG = re.compile(r"(?<!\S)[#@][-+*#/\w]+")
_EMPHASIS = re.compile(r"(?<!\S)\*+[^\s*](?:[^*]*[^\s*])?\*+$")

_PLAIN = ("", ".txt")
"""Endings of files that may have words above their first entry; of others the first words must be one."""

GUARD = "\u200b"
"""Stands in our own export where jrnl would take words for a header or a star, and where the writer has one there: one
more than there were (`out_jrnl`)."""
_GUARDED = re.compile(rf"^{GUARD}(?={GUARD}*[\[*])|(\*{GUARD}*){GUARD}$", re.MULTILINE)


@dataclass(slots=True)
class _Piece:
    """The lines of one entry while they are gathered."""

    line: int
    when: Stamp | None = None
    is_headed: bool = False
    """False: the words above the first header."""
    starred: bool = False
    lines: list[str] = field(default_factory=list)
    size: int = 0
    notes: dict[str, None] = field(default_factory=dict)


def recognises(leaf: Leaf) -> bool:
    """Whether its beginning looks as jrnl leaves it: entries, with an empty line between them.

    Logs and chats have lines like those, too, one below the other, and letters speak of a day in brackets: below other
    words, or alone, only a time with its hour begins an entry.
    """
    lines = leaf.beginning.split("\n")
    headers = {at: when for at, line in enumerate(lines) if (when := _header_in(line))}
    if not headers:
        return False
    first, *others = headers
    parted = sum(not lines[at - 1].strip() for at in others)
    if any(map(str.strip, lines[:first])):
        has_place = leaf.path.suffix.lower() in _PLAIN and not lines[first - 1].strip()
        return has_place and parted == len(others) and all(when.moment for when in headers.values())
    # Somebody may have put a chat into a long journal.
    return 4 * parted >= 3 * len(others) and (bool(others) or headers[first].moment is not None)


def _header_in(line: str) -> Stamp | None:
    found = _HEADER.match(line)
    return _when(found[1]) if found else None


def read(leaf: Leaf, day: date | None = None) -> Iterator[Piece]:
    """Every entry in the order of the file, and first the words above them all.

    Args:
        day: on which all of it was written, whatever day stands in the brackets.

    Raises:
        UnreadableError: as `Leaf.lines`, or an entry of more than `LONGEST` characters.
    """
    proofs: set[str] | None = None
    by_clock = day is not None and not any(map(_header_in, leaf.beginning.split("\n")))
    header = _HEADER_BY_CLOCK if by_clock else _HEADER
    piece = _Piece(line=1, when=Stamp(day) if day else None)
    for number, line in leaf.lines():
        found = header.match(line)
        when = (_on(day, found[1], by_clock=by_clock) if day else _when(found[1])) if found else None
        if found and when:
            yield from _finished(piece)
            piece = _Piece(number, when, is_headed=True, starred=found[1].rstrip().endswith("*"))
            if when.slashed:
                proofs = _orders(leaf) if proofs is None else proofs
                piece.when = _when(found[1], day_first=proofs == {"day"})
                if len(proofs) != 1 and when.is_either_way:
                    piece.notes[TWO_WAYS] = None
            line = found[2]
        elif found and _YEAR.search(found[1]):
            piece.notes[NO_DATE] = None
        piece.lines.append(line)
        piece.size += len(line) + 1
        if piece.size > LONGEST:
            size = f"{LONGEST // 1_000_000} MB"
            raise UnreadableError(
                leaf.name, f"has an entry longer than {size} at line {piece.line}: shorten it, and try again"
            )
    yield from _finished(piece)


def tags_in(text: str) -> tuple[str, ...]:
    """Words that jrnl takes for tags, with their ``#`` or ``@``, lower-cased, each once."""
    return tuple(dict.fromkeys(found[0].lower() for found in _TAG.finditer(text)))


def bare_hashtags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `tags` that begin with ``#``, without it, if any letter or digit is left."""
    return tuple(tag.lstrip("#") for tag in tags if tag.startswith("#") and re.search(r"\w", tag))


def _finished(piece: _Piece) -> Iterator[Piece]:
    where = f"line {piece.line}"
    day, moment, _ = piece.when or (None, None, None)
    starred = piece.starred
    if piece.is_headed:
        piece.lines[0], marked = _unstarred(piece.lines[0])
        starred = starred or marked
    try:
        text = words_of(_GUARDED.sub(r"\1", "\n".join(piece.lines)))
    except UnfitError as unfit:
        if piece.is_headed:
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


def _when(bracketed: str, *, day_first: bool = False) -> Stamp | None:
    """The day and time in brackets, None when it is none."""
    return read_stamp(bracketed.strip("* \t"), day_first=day_first)


def _on(day: date, bracketed: str, *, by_clock: bool) -> Stamp | None:
    """As `_when` in the file of one day; with `by_clock` a time alone begins an entry."""
    clock = read_clock(bracketed.strip("* \t")) if by_clock else None
    if stamp := _when(bracketed):
        clock = stamp.moment.timetz() if stamp.moment else None
    elif clock is None:
        return None
    return Stamp(day, datetime.combine(day, clock) if clock else None)


def _orders(leaf: Leaf) -> set[str]:
    """What the other dates with slashes in the file prove."""
    found = (_HEADER.match(line) for _, line in leaf.lines(again=True))
    return orders(_when(header[1]) for header in found if header)
