"""The versions of an entry, and what became of it from one to the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from journal_tui.dates import say_day
from journal_tui.model import Entry
from journal_tui.text import clean_line, counted_words, plural
from journal_tui.ui.theme import Titles
from journal_tui.ui.views.changes import Change, word_changes
from journal_tui.ui.views.entry import Block, blocks_of

if TYPE_CHECKING:
    from journal_tui.store.history import Version

_SIGNS = {"out": ("[-", "-]", "strike $quiet"), "in": ("{+", "+}", "bold $accent")}
_KEPT = 3
"""Unchanged lines shown beside a change, when there are many more."""


def say_moment(at: datetime, now: datetime) -> str:
    """``today 21:30``, ``3 March 2024 08:05``."""
    return f"{say_day(at.date(), now.date())} {at:%H:%M}"


def version_lines(versions: Sequence[Version], now: datetime) -> list[Content]:
    """A line for each of `versions` (oldest first), the newest first: when, what happened, how many words."""
    several = len({version.device for version in versions}) > 1
    lines: list[Content] = []
    for number, version in enumerate(versions):
        before = Counter(counted_words(versions[number - 1].entry.text)) if number else Counter()
        after = Counter(counted_words(version.entry.text))
        counts = [f"{sign}{(a - b).total():,}" for sign, a, b in (("+", after, before), ("-", before, after)) if a - b]
        about = f"{' '.join(counts)} {'word' if counts in (['+1'], ['-1']) else 'words'}" if counts else ""
        if several:
            about += f"  on {clean_line(version.device)}"
        what = clean_line(version.what)
        lines.append(
            Content.assemble(say_moment(version.at, now).ljust(20), (what.ljust(12), "$ink"), (about, "$quiet"))
        )
    return lines[::-1]


def change_blocks(
    before: Entry | None, after: Entry, *, plain: bool = False, titles: Titles | None = None
) -> list[Block]:
    """`after`, with what was taken out of `before` and put in; the whole of it when there was nothing before."""
    blocks = blocks_of(after, plain=plain, titles=titles)
    if before is None:
        return blocks
    old, new = (_text(of, plain=plain, titles=titles) for of in (before, after))
    if old == new:
        return [Block("The words stayed as they were.", "$quiet"), Block("", "$ink"), *blocks]
    return [_drawn(_folded(word_changes(old, new)))]


def _text(entry: Entry, *, plain: bool, titles: Titles | None) -> str:
    return "\n".join(block.text for block in blocks_of(entry, plain=plain, titles=titles)).expandtabs(4)


def _folded(changes: Sequence[Change]) -> list[Change]:
    """Without the middle of long stretches that are the same."""
    found: list[Change] = []
    for number, (kind, text) in enumerate(changes):
        lines = text.split("\n")
        first = _KEPT if number else 0
        last = _KEPT if number < len(changes) - 1 else 0
        left_out = len(lines) - 2 - first - last
        if kind == "same" and left_out > _KEPT:
            note = f"…  {plural(left_out, 'line')} as before"
            text = "\n".join([*lines[: first + 1], note, *lines[len(lines) - last - 1 :]])
        found.append((kind, text))
    return found


def _drawn(changes: Sequence[Change]) -> Block:
    """One text: what went stands in ``[-…-]`` and is struck through, what came in ``{+…+}``."""
    text = ""
    marks: list[tuple[int, int, str]] = []
    for kind, stretch in changes:
        if kind == "same":
            text += stretch
            continue
        begin, end, style = _SIGNS[kind]
        if text.endswith(("-]", "+}")):
            text += " "
        # Each line for itself; space at its edges stays outside the signs.
        for part in re.findall(r"\n|[^\n]+", stretch):
            words = part.strip()
            if words:
                space = part[: len(part) - len(part.lstrip())]
                text += space
                marks.append((len(text), len(text) + len(words) + 4, style))
                text += f"{begin}{words}{end}{part[len(space) + len(words) :]}"
            else:
                text += part
    return Block(text, "$ink", marks=tuple(marks))
