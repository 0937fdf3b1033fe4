"""Scrolling over many lines of which only those in sight are built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.text import find_spans
from journal_tui.ui.commands import Command

MOVES = (
    Command("move.up", "up,k", "Up", "One line up", action="move(-1)", show=False),
    Command("move.down", "down,j", "Down", "One line down", action="move(1)", show=False),
    Command("move.page-up", "pageup", "Page up", action="move_page(-1)", show=False),
    Command("move.page-down", "pagedown", "Page down", action="move_page(1)", show=False),
    Command("move.first", "home,g", "First", "To the top", action="move_to(0)", show=False),
    Command("move.last", "end,G", "Last", "To the end", action="move_to(-1)", show=False),
)
"""Of every list and of every text that is longer than the screen."""


class Lines(ScrollView, can_focus=True):
    """A scrolling view that paints itself line by line in the theme's variables."""

    DEFAULT_CSS = """
    Lines { overflow-x: hidden; overflow-y: auto; background: $background; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [*MOVES, Command("move.page-down", "space", "Page down", action="move_page(1)", show=False)]

    GROUND: ClassVar[str] = "$background"
    RAISED: ClassVar[str] = "$lift"
    """What the line under the cursor stands on."""
    WHISPER: ClassVar[str] = "$quiet"
    """What is said quietly on that line."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._inks: dict[tuple[str, str, str], Style] = {}

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _: object) -> None:
        self._inks.clear()
        self.refresh()

    @property
    def room(self) -> int:
        """Cells of a line, without the scroll bar."""
        return self.scrollable_content_region.width or self.size.width

    def action_move(self, by: int) -> None:
        """Moves by so many lines."""
        self.scroll_relative(y=by, animate=False)

    def action_move_page(self, pages: int) -> None:
        """Moves by so many screens, one line of the last stays."""
        self.action_move(pages * max(1, self.size.height - 1))

    def action_move_to(self, number: int) -> None:
        """To the top, or (-1) to the end."""
        self.scroll_to(y=0 if number >= 0 else self.max_scroll_y, animate=False)

    def ink(self, variable: str, *, on: str = "", extra: str = "") -> Style:
        """A style from theme variables such as ``$quiet``, on the list's ground unless `on` says otherwise; `extra`
        holds ``bold``, ``italic``, ``underline``."""
        on = on or self.GROUND
        wanted = (variable, on, extra)
        if wanted not in self._inks:
            colour, ground = (
                Color.parse(self.app.theme_variables[name.removeprefix("$")]).rich_color for name in (variable, on)
            )
            self._inks[wanted] = Style(color=colour, bgcolor=ground) + Style.parse(extra)
        return self._inks[wanted]

    def marked(self, text: str, words: Sequence[str], style: Style, mark: Style) -> list[tuple[str, Style]]:
        """`text` in `style`, with the folded `words` in it in `mark`."""
        parts: list[tuple[str, Style]] = []
        at = 0
        for start, end in find_spans(text, words):
            parts += [(text[at:start], style), (text[start:end], mark)]
            at = end
        return [*parts, (text[at:], style)]

    def strip(self, parts: list[tuple[str, Style]], width: int, ground: Style) -> Strip:
        """One line of exactly `width` cells."""
        strip = Strip([Segment(text, style) for text, style in parts if text])
        return strip.adjust_cell_length(width, ground)
