"""The reading pane."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from journal_tui.text import find_spans
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.lines import Lines
from journal_tui.ui.wrapping import wrap

MEASURE = 76
"""Cells of a line one likes to read."""


class Reader(Lines):
    """Shows blocks of text in a column one likes to read, with found words marked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._words: tuple[str, ...] = ()
        self._lines: list[tuple[str, int, Block]] = []
        """Each with its place in the text of its block, where that has marks."""
        self._width = 0

    def show(self, blocks: Sequence[Block], words: tuple[str, ...] = ()) -> None:
        """Shows `blocks` from the top; `words` are folded and will be marked."""
        self._blocks, self._words = blocks, words
        self._lay_out()
        self.scroll_to(y=self._first_found(), animate=False, force=True)

    def _first_found(self) -> int:
        """The line to begin reading at: the top, or a little above the first found word when it is out of sight."""
        for number, (line, _, block) in enumerate(self._lines):
            if block.is_words and find_spans(line, self._words):
                return max(0, number - 3) if number >= self.size.height else 0
        return 0

    def _lay_out(self) -> None:
        self._width = min(MEASURE, self.scrollable_content_region.width or self.size.width)
        if self._width <= 0:
            return
        self._lines = []
        for block in self._blocks:
            at = 0
            for line in wrap(block.text, self._width):
                if block.marks:
                    at = block.text.index(line, at)
                self._lines.append((line, at, block))
                at += len(line)
        self.virtual_size = Size(self._width, len(self._lines))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        ground = self.ink("$ink")
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(width, ground)
        text, at, block = self._lines[number]
        style = self._styled(block.style)
        if block.marks:
            return self.strip(self._with_marks(text, at, block, style), width, ground)
        words = self._words if block.is_words else ()
        mark = self.ink("$accent", on="$lift", extra="bold underline")
        return self.strip(self.marked(text, words, style, mark), width, ground)

    def _styled(self, style: str) -> Style:
        extra, _, variable = style.rpartition(" ")
        return self.ink(variable, extra=extra)

    def _with_marks(self, text: str, at: int, block: Block, style: Style) -> list[tuple[str, Style]]:
        """The line that stands at `at` in its block, each stretch in its style."""
        parts: list[tuple[str, Style]] = []
        done = 0
        for start, end, name in block.marks:
            first, last = max(start - at, done), min(end - at, len(text))
            if first < last:
                parts += [(text[done:first], style), (text[first:last], self._styled(name))]
                done = last
        return [*parts, (text[done:], style)]
