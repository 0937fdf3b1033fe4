"""The page one writes on, and the line for short answers."""

from __future__ import annotations

import re

from rich.style import Style
from rich.text import Text
from textual.cache import LRUCache
from textual.expand_tabs import expand_text_tabs_from_widths
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widgets import Input, TextArea

from journal_tui.text import clean, same_width

# The page ends a line at each of these, and would give them back as line feeds: they stand in it as characters of
# the last private plane, and come out again as they were.
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_IN = {ord(end): chr(0x10FF00 + number) for number, end in enumerate(_LINE_ENDS)}
_OUT = {ord(stand_in): chr(end) for end, stand_in in _IN.items()}
_STAND_INS = re.compile(f"[{''.join(_IN.values())}]")


def _shown(words: str) -> str:
    """As long as `words`, and safe for any terminal."""
    return same_width(_STAND_INS.sub("\ufffd", words))


_AIR = 2
"""Rows kept below and above the cursor, where the page has them."""


class Page(TextArea):
    """A calm, soft-wrapped page. What it shows is safe for any terminal; what it holds is exact."""

    DEFAULT_CSS = """
    Page {
        padding: 0; border: none; background: $background; color: $ink;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        &:focus { border: none; }
        &:dark .text-area--cursor, &:light .text-area--cursor { background: $accent; color: $background; }
        & .text-area--selection { background: $accent 30%; }
        & .text-area--placeholder { color: $quiet; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            tab_behavior="focus",
            compact=True,
        )
        self.cursor_blink = False
        self._rows: LRUCache[object, Strip] = LRUCache(500)
        """Drawn before: a key changes one or two."""

    def get_line(self, line_index: int) -> Text:
        return Text(_shown(self.document.get_line(line_index)), end="", no_wrap=True)

    # -- drawing: as the text area does, but a row costs no more for standing in a long paragraph ---

    def render_line(self, y: int) -> Strip:
        is_empty = self.document.line_count == 1 and not self.document.get_line(0)
        return super().render_line(y) if is_empty and self.placeholder else self._row(y + self.scroll_offset.y)

    def _row(self, y: int) -> Strip:
        """One row of the wrapped text."""
        wrapped, width, theme = self.wrapped_document, self.scrollable_content_region.width, self._theme
        base = (theme and theme.base_style) or self.rich_style
        if not 0 <= y < len(wrapped._offset_to_line_info):
            return Strip.blank(width, base)
        number, section = wrapped._offset_to_line_info[y]
        line, breaks = self.document.get_line(number), wrapped.get_offsets(number)
        start = breaks[section - 1] if section else 0
        end = breaks[section] if section < len(breaks) else len(line)
        # One cell more at the end of a line, for the cursor to stand on.
        row = _shown(line[start:end]) + (" " if end == len(line) else "")
        marks: list[tuple[int, int, Style]] = []
        first, last = sorted(self.selection)
        if theme and theme.selection_style and first != last and first[0] <= number <= last[0]:
            begin = first[1] if number == first[0] else 0
            until = last[1] if number == last[0] else len(line) + 1
            marks.append((max(begin, start) - start, min(until, start + len(row)) - start, theme.selection_style))
        cursor_row, cursor = self.selection.end
        if theme and theme.cursor_style and cursor_row == number and self._draw_cursor and start <= cursor:
            marks.append((cursor - start, cursor - start + 1, theme.cursor_style))
        tabs: list[int] = []
        if "\t" in row:
            before = line.count("\t", 0, start)
            tabs = wrapped.get_tab_widths(number)[before : before + row.count("\t")]
        marks = [(at, to, style) for at, to, style in marks if 0 <= at < to <= len(row)]
        return self._drawn(row, tuple(marks), tuple(tabs), width, base)

    def _drawn(
        self, row: str, marks: tuple[tuple[int, int, Style], ...], tabs: tuple[int, ...], width: int, base: Style
    ) -> Strip:
        key = (row, marks, tabs, width, base)
        strip = self._rows.get(key)
        if strip is None:
            text = Text(row, end="", no_wrap=True)
            for start, end, style in marks:
                text.stylize(style, start, end)
            text = expand_text_tabs_from_widths(text, list(tabs)) if tabs else text
            strip = Strip(text.render(self.app.console), text.cell_len).extend_cell_length(width, base)
            strip = self._rows[key] = strip.apply_style(base)
        return strip

    # -- the cursor never stands at the very edge of a long text -----------------------------------

    @property
    def _air(self) -> int:
        return min(_AIR, (self.content_size.height - 1) // 4)

    def _refresh_size(self) -> None:
        rows, room = len(self.wrapped_document._offset_to_line_info), self.content_size.height
        self.virtual_size = Size(0, rows + self._air if rows + self._air > room else rows)
        self._refresh_scrollbars()

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        if center or not self._has_cursor:
            return super().scroll_cursor_visible(center, animate)
        self._recompute_cursor_offset()  # type: ignore[no-untyped-call]
        x, y = self._cursor_offset
        top = max(0, y - self._air)
        return self.scroll_to_region(Region(x, top, 3, y + self._air + 1 - top), animate=animate, force=True)

    def find_matching_bracket(self, bracket: str, search_from: tuple[int, int]) -> None:
        """A page is no code: nothing is searched for."""

    # -- what stands on it -------------------------------------------------------------------------

    @property
    def words(self) -> str:
        """The text on the page, exactly."""
        text = self.text
        return text.translate(_OUT) if _STAND_INS.search(text) else text

    def fill(self, text: str) -> None:
        """Shows `text` with the cursor behind it, as a new start for undo."""
        self.load_text(text.translate(_IN))
        self.move_cursor(self.document.end)

    def revise(self, text: str) -> None:
        """`text` takes the place of all that stands here; undo brings that back."""
        self.history.checkpoint()
        self.replace(text.translate(_IN), (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()


class Line(Input):
    """One line of text. Control and invisible characters do not get in."""

    def on_mount(self) -> None:
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        return clean(value).replace("\n", " ")
