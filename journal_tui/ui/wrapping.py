"""Lines that fit a width in cells, fast enough for a megabyte."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells

# Every character here is one cell wide, so that length is width.
_NARROW = re.compile(r"[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e]*")


def wrap(text: str, width: int) -> list[str]:
    """`text` as lines of at most `width` cells, broken at spaces where there are any.

    `text` is cleaned already; tabs count as four spaces. No character is left out but the space at a break.
    """
    width = max(2, width)
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        lines += _wrap_narrow(paragraph, width) if _NARROW.fullmatch(paragraph) else _wrap_cells(paragraph, width)
    return lines


def _wrap_narrow(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    start, end = 0, len(paragraph)
    while end - start > width:
        space = paragraph.rfind(" ", start + 1, start + width + 1)
        if space == -1:
            lines.append(paragraph[start : start + width])
            start += width
        else:
            lines.append(paragraph[start:space])
            start = space + 1
    lines.append(paragraph[start:])
    return lines


def _wrap_cells(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for word in re.findall(r"[^ ]* ?", paragraph):
        size = cell_len(word)
        if used + cell_len(word.rstrip(" ")) <= width:
            line, used = line + word, used + size
            continue
        if line:
            lines.append(line.removesuffix(" "))
        *full, line = chop_cells(word, width) if size > width else [word]
        lines += full
        used = cell_len(line)
    lines.append(line.removesuffix(" ") if lines else line)
    return lines
