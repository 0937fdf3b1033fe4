"""Lines that fit a width in cells, fast enough for a megabyte."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells, set_cell_size

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


def cut(text: str, width: int) -> str:
    """One line of cleaned `text` in at most `width` cells, with an ellipsis where it was cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """`cut`, then filled with spaces to exactly `width` cells."""
    return set_cell_size(cut(text, width), max(0, width))


def wrap_at_most(text: str, width: int, most: int) -> list[str]:
    """The first `most` lines of `wrap`, the last of them with an ellipsis, after a whole word, where there are more."""
    lines = wrap(text, width)
    if len(lines) <= most:
        return lines
    *kept, last = lines[:most]
    if cell_len(last) >= width:
        last = last.rpartition(" ")[0] or set_cell_size(last, width - 1)
    return [*kept, f"{last.rstrip(' ,;:')}…"]
