"""Scrolling over many lines of which only those in sight are built."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.color import Color
from textual.scroll_view import ScrollView
from textual.strip import Strip

from journal_tui.text import find_spans


class Lines(ScrollView, can_focus=True):
    """A scrolling view that paints itself line by line in the theme's variables."""

    DEFAULT_CSS = """
    Lines { overflow-x: hidden; overflow-y: auto; background: $background; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [
        Binding("up,k", "scroll_up", "Up", show=False),
        Binding("down,j", "scroll_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown,space", "page_down", "Page down", show=False),
        Binding("home,g", "scroll_home", "Top", show=False),
        Binding("end,G", "scroll_end", "End", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._inks: dict[tuple[str, str, str], Style] = {}

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _: object) -> None:
        self._inks.clear()
        self.refresh()

    def ink(self, variable: str, *, on: str = "$background", extra: str = "") -> Style:
        """A style from theme variables such as ``$quiet``; `extra` holds ``bold``, ``italic``, ``underline``."""
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
