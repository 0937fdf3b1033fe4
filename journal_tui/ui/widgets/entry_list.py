"""The list of entries: a line each, grouped by month, any number of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import set_cell_size
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from journal_tui.dates import MONTHS, WEEKDAYS
from journal_tui.model import Entry
from journal_tui.text import clean_line, find_spans
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.widgets.lines import Lines


def month_of(entry: Entry) -> str:
    """The heading an entry stands under."""
    return f"{MONTHS[entry.day.month - 1].capitalize()} {entry.day.year}" if entry.day else "Undated"


class EntryList(Lines):
    """Entries newest first, with a cursor."""

    BINDINGS = [
        Binding("up,k", "move(-1)", "Up", show=False, tooltip="A newer entry"),
        Binding("down,j", "move(1)", "Down", show=False, tooltip="An older entry"),
        Binding("pageup", "move_page(-1)", "Page up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", show=False),
        Binding("home,g", "move_to(0)", "Newest", show=False, tooltip="The newest"),
        Binding("end,G", "move_to(-1)", "Oldest", show=False, tooltip="The oldest"),
        Binding("enter,right,l", "choose", "Read", key_display="⏎", tooltip="Into the reading pane, to scroll"),
    ]

    class Moved(Message):
        """The cursor stands on another entry."""

        def __init__(self, entry: Entry | None) -> None:
            super().__init__()
            self.entry = entry

    class Chosen(Message):
        """The entry under the cursor is to be read."""

    def __init__(self, *, plain: bool = False, can_choose: bool = True, id: str | None = None) -> None:
        """Without `can_choose` its keys leave choosing to the screen."""
        super().__init__(id=id)
        self._plain = plain
        self._can_choose = can_choose
        self._entries: Sequence[Entry] = ()
        self._words: tuple[str, ...] = ()
        self._rows: list[str | int] = []
        self._row_of: list[int] = []
        self._cursor = 0

    def show(
        self,
        entries: Sequence[Entry],
        words: tuple[str, ...] = (),
        *,
        heading_of: Callable[[Entry], str] = month_of,
    ) -> None:
        """Shows `entries` in their order, keeping the cursor on the entry it was on if it is still there."""
        before = self.entry
        self._entries, self._words = entries, words
        self._rows, self._row_of = [], []
        month = ""
        for number, entry in enumerate(entries):
            heading = heading_of(entry)
            if heading != month:
                month = heading
                self._rows.append(heading)
            self._row_of.append(len(self._rows))
            self._rows.append(number)
        kept = next((n for n, entry in enumerate(entries) if before and entry.id == before.id), None)
        self._cursor = kept if kept is not None else min(self._cursor, max(0, len(entries) - 1))
        if kept is None and words:
            self._cursor = 0
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._settle()

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entries[self._cursor] if self._cursor < len(self._entries) else None

    def point_at(self, id: str) -> None:
        """Puts the cursor on the entry with this id, if it is listed."""
        self._cursor = next((n for n, entry in enumerate(self._entries) if entry.id == id), self._cursor)
        self._settle()

    def _settle(self) -> None:
        self.refresh()
        if self._entries:
            row = self._row_of[self._cursor]
            top = row - 1 if isinstance(self._rows[row - 1], str) else row
            self.scroll_to_region(Region(0, top, 1, row - top + 1), animate=False, force=True)
        self.post_message(self.Moved(self.entry))

    def action_move(self, by: int) -> None:
        self.action_move_to(max(0, self._cursor + by))

    def action_move_page(self, pages: int) -> None:
        self.action_move(pages * max(1, self.size.height - 2))

    def action_move_to(self, number: int) -> None:
        last = len(self._entries) - 1
        target = max(0, last if number < 0 else min(number, last))
        if target != self._cursor:
            self._cursor = target
            self._settle()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" or (self._can_choose and self.entry is not None)

    def action_choose(self) -> None:
        if self.entry:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y
        if row < len(self._rows) and isinstance(number := self._rows[row], int):
            if number == self._cursor:
                self.action_choose()
            self.action_move_to(number)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        ground = self.ink("$ink")
        number = y + self.scroll_offset.y
        if number >= len(self._rows):
            return Strip.blank(width, ground)
        row = self._rows[number]
        if isinstance(row, str):
            return self.strip([(f" {row}", self.ink("$quiet", extra="bold"))], width, ground)
        entry = self._entries[row]
        here = row == self._cursor
        on = "$lift" if here else "$background"
        bold = "bold" if here else ""
        day = f"{entry.day.day:>2} {WEEKDAYS[entry.day.weekday()][:2].capitalize()}" if entry.day else "  -  "
        pointer = ("> " if self._plain else "▌ ") if here else "  "
        heading = set_cell_size(self._heading(entry, width - 11), max(0, width - 11))
        words = self.ink("$ink", on=on, extra=bold)
        return self.strip(
            [
                (pointer, self.ink("$accent", on=on)),
                (day, self.ink("$quiet", on=on)),
                (f" {glyph(entry.pillar, plain=self._plain)} ", self.ink(hue(entry.pillar), on=on)),
                *self.marked(heading, self._words, words, self.ink("$accent", on=on, extra=f"{bold} underline")),
            ],
            width,
            self.ink("$ink", on=on),
        )

    def _heading(self, entry: Entry, width: int) -> str:
        """The first line, or the place where the words searched for stand."""
        line = clean_line(entry.heading[: width * 8]).lstrip("… ")
        if self._words and not find_spans(line[:width], self._words):
            text = clean_line(entry.text[:200_000])
            spans = find_spans(text, self._words)
            if spans:
                start = text.rfind(" ", 0, max(0, spans[0][0] - 6)) + 1
                return f"{'…' if start else ''}{text[start : start + width * 2]}"
        return line
