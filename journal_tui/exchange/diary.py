"""A diary in one file, its days parted by lines that are a date and nothing else: ``## 2025-02-28``,
``# Saturday, 1 March 2025``, and in a text file ``March 1, 2025`` alone. Above the first may stand a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from journal_tui.exchange.markdown import embedded_in, tags_in
from journal_tui.exchange.record import LeftOut, Note, Piece, Record, UnfitError, words_of
from journal_tui.exchange.source import LONGEST, Leaf, UnreadableError, refuse_binary
from journal_tui.exchange.stamps import TWO_WAYS, Stamp, orders, read_stamp
from journal_tui.text import shorten

_ENDINGS = ("", ".txt", ".md", ".markdown")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_DATED = re.compile(r"(?=.{8,60}\Z).*(?<![0-9])[0-9]{4}(?![0-9]).*")
"""With a year in full: other numbers may be those of chapters or versions."""


def recognises(leaf: Leaf) -> bool:
    """Whether its beginning has two such lines or more, and no other words than a title above them."""
    ending = leaf.path.suffix.lower()
    lines = leaf.beginning.replace("\r\n", "\n").split("\n")
    headings = [at for at, line in enumerate(lines) if _stamp(line, ending)]
    return ending in _ENDINGS and len(headings) > 1 and sum(bool(line.strip()) for line in lines[: headings[0]]) < 2


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every day in the order of the file.

    Raises:
        UnreadableError: as `Leaf.lines`, or a day of more than `LONGEST` characters.
    """
    refuse_binary(leaf)
    ending = leaf.path.suffix.lower()
    proofs = orders(_stamp(line, ending) for _, line in leaf.lines(again=True))
    begun: Stamp | None = None
    first, size, lines = 1, 0, list[str]()
    for number, line in leaf.lines():
        stamp = _stamp(line, ending, day_first=proofs == {"day"})
        if stamp:
            yield from _finished(first, begun, lines, is_sure=len(proofs) == 1)
            begun, first, size, lines = stamp, number, 0, []
            continue
        lines.append(line)
        size += len(line) + 1
        if size > LONGEST:
            most = f"{LONGEST // 1_000_000} MB"
            raise UnreadableError(leaf.name, f"has a day longer than {most} at line {first}: shorten it, and try again")
    yield from _finished(first, begun, lines, is_sure=len(proofs) == 1)


def _stamp(line: str, ending: str, *, day_first: bool = False) -> Stamp | None:
    """The day, perhaps with a time, that a line is."""
    found = _HEADING.fullmatch(line)
    words = found[1] if found else line
    is_heading = found or ending in ("", ".txt")
    return read_stamp(words, day_first=day_first) if is_heading and _DATED.fullmatch(words) else None


def _finished(line: int, begun: Stamp | None, lines: Iterable[str], *, is_sure: bool) -> Iterator[Piece]:
    text = "\n".join(lines)
    if begun is None:
        if text.strip():
            yield Note(f"not brought in: the title above the first day: {shorten(' '.join(text.split()), 60)}")
        return
    try:
        yield Record(
            where=f"line {line}",
            day=begun.day,
            moment=begun.moment,
            text=words_of(text),
            tags=tuple(tags_in(text)),
            notes=(*embedded_in(text), *((TWO_WAYS,) if begun.is_either_way and not is_sure else ())),
        )
    except UnfitError as unfit:
        yield LeftOut(where=f"line {line}", why=str(unfit))
