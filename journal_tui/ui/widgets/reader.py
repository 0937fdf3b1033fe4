"""The reading pane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from journal_tui.text import find_spans
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.lines import Lines
from journal_tui.ui.wrapping import wrap

MEASURE = 76
"""Cells of a line one likes to read."""


class Reader(Lines):
    """Shows blocks of text in a column one likes to read, with found words marked."""

    class Appeared(Message):
        """It was out of sight; its text is laid out now."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._words: tuple[str, ...] = ()
        self._lines: list[tuple[str, int, Block]] = []
        """Each with its place in the text of its block."""
        self._found: list[int] = []
        """For each match, the line it begins in."""
        self._spans: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        """By line: from, to, which match."""
        self._match = 0
        self._width = 0

    def show(self, blocks: Sequence[Block], words: tuple[str, ...] = (), *, from_end: bool = False) -> None:
        """Shows `blocks` from the top, or from a little above the match one is at when that is out of sight; `words`
        are folded and will be marked. One is at the first match, or, `from_end`, at the last."""
        self._blocks, self._words = blocks, words
        self._lay_out()
        self._match = max(0, len(self._found) - 1) if from_end else 0
        self._begin()

    def _begin(self) -> None:
        line = self._found[self._match] if self._found else 0
        self.scroll_to(y=max(0, line - 3) if line >= self.size.height else 0, animate=False, force=True)

    @property
    def matches(self) -> int:
        """How often the words stand in what is shown."""
        return len(self._found)

    @property
    def match(self) -> int:
        """Which of them one is at, from 1 on; 0: there is none."""
        return self._match + 1 if self._found else 0

    def go_to_match(self, by: int) -> bool:
        """Scrolls to the next match, or (-1) the one before; whether there is one."""
        if not 0 <= self._match + by < len(self._found):
            return False
        self._match += by
        line, top = self._found[self._match], self.scroll_offset.y
        if not top <= line < top + self.size.height - 1:
            self.scroll_to(y=max(0, line - self.size.height // 3), animate=False, force=True)
        self.refresh()
        return True

    def _lay_out(self) -> None:
        self._width = min(MEASURE, self.room)
        if self._width <= 0:
            return
        self._lines, self._found = [], []
        self._spans.clear()
        for block in self._blocks:
            text = block.text.expandtabs(4)
            first, at = len(self._lines), block.indent
            before = text[: block.indent]
            for line in wrap(text[block.indent :], self._width - block.indent):
                at = text.index(line, at)
                shown = f"{before}{line}".replace("\u00a0", " ")  # it has kept together what belongs together
                self._lines.append((shown, at - block.indent, block))
                at += len(line)
                before = " " * block.indent
            if block.is_words:
                self._find(text, first)
        self.virtual_size = Size(self._width, len(self._lines))
        self.refresh()

    def _find(self, text: str, number: int) -> None:
        """Notes where the words stand in the block `text`, whose first line is `number`; a match may span lines."""
        for start, end in find_spans(text, self._words):
            while number + 1 < len(self._lines) and self._lines[number + 1][1] <= start:
                number += 1
            match, line = len(self._found), number
            self._found.append(number)
            while line < len(self._lines) and self._lines[line][1] < end:
                words, at, _ = self._lines[line]
                self._spans[line].append((max(0, start - at), min(len(words), end - at), match))
                line += 1

    def on_resize(self, event: events.Resize) -> None:
        was_hidden = not self._lines
        self._lay_out()
        if was_hidden:
            self._begin()
            self.post_message(self.Appeared())

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        ground = self.ink("$ink")
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(width, ground)
        text, at, block = self._lines[number]
        style = self._styled(block.style)
        marks = [(start - at, end - at, self._styled(name)) for start, end, name in block.marks]
        marks += [(start, end, self._mark(match)) for start, end, match in self._spans.get(number, ())]
        parts: list[tuple[str, Style]] = []
        done = 0
        for start, end, mark in marks:
            first, last = max(start, done), min(end, len(text))
            if first < last:
                parts += [(text[done:first], style), (text[first:last], mark)]
                done = last
        return self.strip([*parts, (text[done:], style)], width, ground)

    def _mark(self, match: int) -> Style:
        """The match one is at stands out by more than its colour."""
        here = match == self._match
        return self.ink(
            "$accent", on=self.GROUND if here else self.RAISED, extra=f"bold {'reverse' if here else 'underline'}"
        )

    def _styled(self, style: str) -> Style:
        extra, _, variable = style.rpartition(" ")
        return self.ink(variable, extra=extra)
