"""A list of lines under headings with a cursor, any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from journal_tui.ui.widgets.lines import Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line, cleaned for display; without an `id` it is a heading."""

    id: str = ""
    text: str
    sign: str = " "
    """One cell before the text."""
    beside: str = ""
    """Said quietly after the text, where there is room."""
    aside: str = ""
    """Said quietly at the right edge."""
    is_dim: bool = False
    """It steps back behind the others."""


class RowList(Lines, inherit_bindings=False):
    """Rows in their order, with a cursor on one of them."""

    BINDINGS = [
        Binding("up,k", "move(-1)", "Up", show=False, tooltip="One line up"),
        Binding("down,j", "move(1)", "Down", show=False, tooltip="One line down"),
        Binding("pageup", "move_page(-1)", "Page up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", show=False),
        Binding("home,g", "move_to(0)", "First", show=False, tooltip="The first"),
        Binding("end,G", "move_to(-1)", "Last", show=False, tooltip="The last"),
    ]

    class Moved(Message):
        """The cursor stands on the row with this id; empty: there is none."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    class Chosen(Message):
        """The row under the cursor was clicked."""

    def __init__(self, *, plain: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pointer = "> " if plain else "▌ "
        self._rows: Sequence[Row] = ()
        self._places: list[int] = []
        """Of the rows that are no headings."""
        self._cursor = 0

    def show(self, rows: Sequence[Row], *, at: str | None = None) -> None:
        """Shows `rows`, with the cursor on the one with the id `at` if there is one, else in the place where it was."""
        self._rows = rows
        self._places = [place for place, row in enumerate(rows) if row.id]
        found = (number for number, place in enumerate(self._places) if rows[place].id == at)
        self._cursor = next(found, min(self._cursor, max(0, len(self._places) - 1)))
        self.virtual_size = Size(self.size.width, len(rows))
        self._settle()

    @property
    def at(self) -> str:
        """The id under the cursor; empty: there is nothing."""
        return self._rows[self._places[self._cursor]].id if self._places else ""

    def _settle(self) -> None:
        self.refresh()
        if self._places:
            place = self._places[self._cursor]
            top = place - 1 if place and not self._rows[place - 1].id else place
            self.scroll_to_region(Region(0, top, 1, place - top + 1), animate=False, force=True)
        self.post_message(self.Moved(self.at))

    def action_move(self, by: int) -> None:
        self.action_move_to(max(0, self._cursor + by))

    def action_move_page(self, pages: int) -> None:
        self.action_move(pages * max(1, self.size.height - 2))

    def action_move_to(self, number: int) -> None:
        last = len(self._places) - 1
        target = max(0, last if number < 0 else min(number, last))
        if target != self._cursor:
            self._cursor = target
            self._settle()

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if place in self._places:
            number = self._places.index(place)
            if number == self._cursor:
                self.post_message(self.Chosen())
            self.action_move_to(number)

    def on_resize(self) -> None:
        if self._places:
            self._settle()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        place = y + self.scroll_offset.y
        if place >= len(self._rows):
            return Strip.blank(width, self.ink("$ink"))
        row = self._rows[place]
        if not row.id:
            return self.strip([(f" {row.text}", self.ink("$quiet", extra="bold"))], width, self.ink("$ink"))
        here = place == self._places[self._cursor]
        on, bold = ("$lift", "bold") if here else ("$background", "")
        aside = f"  {row.aside} " if row.aside else ""
        room = max(0, width - 4 - cell_len(aside))
        text = _cut(row.text, room)
        beside = _cut(f"  {row.beside}" if row.beside else "", room - cell_len(text))
        quiet = self.ink("$quiet", on=on)
        return self.strip(
            [
                (self._pointer if here else "  ", self.ink("$accent", on=on)),
                (f"{row.sign} ", quiet if row.is_dim else self.ink("$accent", on=on)),
                (text, self.ink("$quiet" if row.is_dim and not here else "$ink", on=on, extra=bold)),
                (set_cell_size(beside, room - cell_len(text)) + aside, quiet),
            ],
            width,
            self.ink("$ink", on=on),
        )


def _cut(text: str, room: int) -> str:
    """`text` in at most `room` cells, with an ellipsis where it was cut."""
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, room - 1).rstrip() + "…" if room > 0 else ""
