"""A list of lines under headings with a cursor, any number of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.message import Message
from textual.strip import Strip

from journal_tui.ui.widgets.cursor_list import CursorList
from journal_tui.ui.wrapping import cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line, cleaned for display; without an `id` it is a heading."""

    id: str = ""
    text: str
    sign: str = " "
    """One cell before the text."""
    hue: str = "$accent"
    """Of the sign: a theme variable."""
    beside: str = ""
    """Said quietly after the text, where there is room."""
    aside: str = ""
    """Said quietly at the right edge."""
    is_dim: bool = False
    """It steps back behind the others."""


class RowList(CursorList[Row]):
    """Rows under their headings, with a cursor on one of them."""

    class Moved(Message):
        """The cursor stands on the row with this id; empty: there is none."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    class Chosen(Message):
        """The row under the cursor was clicked."""

    def show(self, rows: Sequence[Row], *, at: str | None = None) -> None:
        """Shows `rows`, with the cursor on the one with the id `at` if there is one, else in the place where it was."""
        places = [place for place, row in enumerate(rows) if row.id]
        found = (number for number, place in enumerate(places) if rows[place].id == at)
        self.put(rows, places, next(found, self._cursor))

    @property
    def at(self) -> str:
        """The id under the cursor; empty: there is nothing."""
        return self._rows[self._places[self._cursor]].id if self._places else ""

    def say_moved(self) -> None:
        self.post_message(self.Moved(self.at))

    def choose(self) -> None:
        self.post_message(self.Chosen())

    def paint(self, row: Row, *, here: bool) -> Strip:
        width = self.room
        if not row.id:
            return self.strip([(f"  {row.text}", self.ink("$quiet", extra="bold"))], width, self.ink("$ink"))
        on, bold = (self.RAISED, "bold") if here else (self.GROUND, "")
        aside = f"  {row.aside} " if row.aside else ""
        room = max(0, width - 4 - cell_len(aside))
        text = cut(row.text, room)
        beside = cut(f"  {row.beside}" if row.beside else "", room - cell_len(text))
        quiet = self.ink(self.WHISPER if here else "$quiet", on=on)
        return self.strip(
            [
                (self._pointer if here else "  ", self.ink("$accent", on=on)),
                (f"{row.sign} ", quiet if row.is_dim else self.ink(row.hue, on=on)),
                (text, self.ink("$quiet" if row.is_dim and not here else "$ink", on=on, extra=bold)),
                (set_cell_size(beside, room - cell_len(text)) + aside, quiet),
            ],
            width,
            self.ink("$ink", on=on),
        )
