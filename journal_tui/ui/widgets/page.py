"""The page one writes on, and the line for short answers."""

from __future__ import annotations

import re

from rich.text import Text
from textual.widgets import Input, TextArea

from journal_tui.text import clean, same_width

# The page ends a line at each of these, and would give them back as line feeds: they stand in it as characters of
# the last private plane, and come out again as they were.
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_IN = {ord(end): chr(0x10FF00 + number) for number, end in enumerate(_LINE_ENDS)}
_OUT = {ord(stand_in): chr(end) for end, stand_in in _IN.items()}
_STAND_INS = re.compile(f"[{''.join(_IN.values())}]")


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
        line = _STAND_INS.sub("\ufffd", self.document.get_line(line_index))
        return Text(same_width(line), end="", no_wrap=True)

    @property
    def words(self) -> str:
        """The text on the page, exactly."""
        text = self.text
        return text.translate(_OUT) if _STAND_INS.search(text) else text

    def fill(self, text: str) -> None:
        """Shows `text` with the cursor behind it, as a new start for undo."""
        self.load_text(text.translate(_IN))
        self.move_cursor(self.document.end)


class Line(Input):
    """One line of text. Control and invisible characters do not get in."""

    def validate_value(self, value: str) -> str:
        return clean(value).replace("\n", " ")
