"""How the writer's words are set: as they were written, but for what Markdown draws instead of writing
(https://spec.commonmark.org: headings, lines across, code; https://github.github.com/gfm: tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from journal_tui.dates import MONTHS, WEEKDAYS

Kind = Literal["", "plain", "title", "across", "fixed"]

_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*)")
_CLOSING = re.compile(r"(?<=[ \t])#+$")
_ACROSS = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_FENCE = "```"
_WORD = re.compile(r"[^\W_]+")


class Block(NamedTuple):
    """What stands between empty lines."""

    kind: Kind
    """``title``: a heading. ``across``: a line. ``fixed``: code or a table. Empty: nothing."""
    text: str


def blocks(text: str, day: date | None) -> tuple[Block, ...]:
    """The words of one answer, cleaned.

    Args:
        day: stands above them: a first line that says no more than that is left out.
    """
    parted = groupby(_lines(text), lambda line: line[0])
    found = (Block(kind, "\n".join(line for _, line in lines)) for kind, lines in parted)
    shown = [block for block in found if block.kind]
    return tuple(shown[1:] if day and len(shown) > 1 and _says(shown[0].text, day) else shown)


def _lines(text: str) -> Iterator[tuple[Kind, str]]:
    lines = text.split("\n")
    last_fence = max((at for at, line in enumerate(lines) if line.rstrip() == _FENCE), default=-1)
    in_code = False
    for at, line in enumerate(lines):
        if in_code and line.rstrip() != _FENCE:
            yield "fixed", line
        elif in_code or (line.startswith(_FENCE) and "`" not in line[3:] and at < last_fence):
            in_code = not in_code
            yield "", ""
        elif not line.strip(" \t"):
            yield "", ""
        elif heading := _HEADING.fullmatch(line):
            yield "", ""
            yield "title", _CLOSING.sub("", heading[1].rstrip()).rstrip()
        elif _ACROSS.fullmatch(line):
            yield "across", ""
        elif line.startswith("|") and line.rstrip().endswith("|"):
            yield "fixed", line
        else:
            yield "plain", line


def _says(line: str, day: date) -> bool:
    """Whether `line` is this day and nothing else, in whatever order: ``2026-03-01``, ``Sunday, 1st March 2026``."""
    if len(line) > 40:
        return False
    numbers = []
    for word in _WORD.findall(line.lower()):
        if word in (WEEKDAYS[day.weekday()], WEEKDAYS[day.weekday()][:3]):
            continue
        names = [number for number, name in enumerate(MONTHS, 1) if word in (name, name[:3])]
        digits = re.sub(r"(?<=[0-9])(?:st|nd|rd|th)$", "", word)
        if not names and not re.fullmatch(r"[0-9]{1,4}", digits):
            return False
        numbers += names or [int(digits)]
    return sorted(numbers) == sorted((day.year, day.month, day.day))
