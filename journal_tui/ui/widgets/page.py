"""The page one writes on, and the line for short answers."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Input, TextArea

from journal_tui.text import clean, same_width


class Page(TextArea):
    """A calm, soft-wrapped page. What it shows is safe for any terminal; what it holds is exact."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            tab_behavior="focus",
            compact=True,
        )

    def get_line(self, line_index: int) -> Text:
        return Text(same_width(self.document.get_line(line_index)), end="", no_wrap=True)

    @property
    def is_empty(self) -> bool:
        """Nothing but white space; cheap for long texts."""
        return not any(line.strip() for line in self.document.lines)

    def fill(self, text: str) -> None:
        """Shows `text` with the cursor behind it, as a new start for undo."""
        self.load_text(text)
        self.move_cursor(self.document.end)


class Line(Input):
    """One line of text. Control and invisible characters do not get in."""

    def replace(self, text: str, start: int, end: int) -> None:
        super().replace(clean(text).replace("\n", " "), start, end)
