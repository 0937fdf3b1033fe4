"""Seven days with their entries, and a cursor on one of these."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from journal_tui.ui.commands import Command
from journal_tui.ui.views.week import WeekRow
from journal_tui.ui.widgets.cursor_list import CursorList
from journal_tui.ui.widgets.lines import MOVES


class WeekList(CursorList[WeekRow], inherit_bindings=False):
    """Rows of a week; the cursor is on all rows of an entry at once."""

    BINDINGS = [
        *(move for move in MOVES if "page" not in str(move.id)),
        Command("move.choose", "enter", "Read", "The whole entry, in the journal"),
    ]

    class Chosen(Message):
        """The entry with this id is to be read."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def show(self, rows: Sequence[WeekRow], *, at: str = "") -> None:
        """Shows `rows` with the cursor on the entry with the id `at`, else on the last."""
        places = [place for place, row in enumerate(rows) if row.is_first]
        found = (number for number, place in enumerate(places) if rows[place].id == at)
        self.put(rows, places, next(found, len(places) - 1))

    @property
    def at(self) -> str:
        """Id of the entry under the cursor; empty: there is none."""
        return self._rows[self._places[self._cursor]].id if self._places else ""

    def settle(self) -> None:
        super().settle()
        if self._places and self._cursor == len(self._places) - 1:  # what stands below the days comes into sight
            place = self._places[self._cursor]
            below = min(len(self._rows) - place, self.size.height)
            self.scroll_to_region(Region(0, place, 1, below), animate=False, force=True)

    def say_moved(self) -> None:
        """Nothing depends on it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" or bool(self.at)

    def choose(self) -> None:
        if self.at:
            self.post_message(self.Chosen(self.at))

    def action_choose(self) -> None:
        self.choose()

    def on_click(self, event: events.Click) -> None:
        event.prevent_default()
        place = event.y + self.scroll_offset.y
        id = self._rows[place].id if place < len(self._rows) else ""
        if id and id == self.at:
            self.choose()
        elif id:
            self.show(self._rows, at=id)

    def paint(self, row: WeekRow, *, here: bool) -> Strip:
        here = bool(row.id) and row.id == self.at
        on = "$lift" if here else "$background"
        width = self.size.width
        parts = [(self._pointer if here else "  ", self.ink("$accent", on=on))]
        parts += [
            (text, self.ink(variable, on=on, extra="bold" if here and variable == "$ink" else ""))
            for text, variable in row.parts
        ]
        if row.aside:
            used = sum(cell_len(text) for text, _ in parts)
            gap = max(2, width - used - cell_len(row.aside) - 1)
            parts.append((" " * gap + row.aside, self.ink("$quiet", on=on)))
        return self.strip(parts, width, self.ink("$ink", on=on))
