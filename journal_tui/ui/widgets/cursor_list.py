"""A list with a cursor, any number of lines of which only those in sight are built."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from journal_tui.ui.widgets.lines import MOVES, Lines

AnyRow = TypeVar("AnyRow")


class CursorList(Lines, Generic[AnyRow], inherit_bindings=False):
    """Rows in their order, with a cursor on one of those that can be chosen; the lists say what a row looks like."""

    BINDINGS = [*MOVES]

    def __init__(self, *, plain: bool = False, id: str | None = None) -> None:
        """`plain`: the cursor is told by ASCII."""
        super().__init__(id=id)
        self._pointer = ""
        self.use_plain(plain)
        self._rows: Sequence[AnyRow] = ()
        self._places: Sequence[int] = ()
        """Of the rows that can be chosen, in their order."""
        self._cursor = 0
        """Which of them."""

    def use_plain(self, plain: bool) -> None:
        """Tells the cursor by ASCII, or not."""
        self._pointer = "> " if plain else "▌ "
        self.refresh()

    # -- of each list ------------------------------------------------------------------------------

    def paint(self, row: AnyRow, *, here: bool) -> Strip:
        """The row as wide as the list; `here`: the cursor is on it."""
        raise NotImplementedError

    def say_moved(self) -> None:
        """Tells the screen where the cursor stands."""
        raise NotImplementedError

    def choose(self) -> None:
        """The row under the cursor was clicked."""
        raise NotImplementedError

    # -- rows and cursor ---------------------------------------------------------------------------

    def put(self, rows: Sequence[AnyRow], places: Sequence[int], cursor: int) -> None:
        """Shows `rows`; those at `places` can be chosen, and the cursor goes to the one with the number `cursor`."""
        self._rows, self._places = rows, places
        self._cursor = max(0, min(cursor, len(places) - 1))
        self.virtual_size = Size(self.size.width, len(rows))
        self.settle()

    def settle(self) -> None:
        """Shows the row under the cursor, with the heading that stands over it, and tells of it."""
        self.refresh()
        if self._places:
            place = self._places[self._cursor]
            above = self._places[self._cursor - 1] + 1 if self._cursor else 0
            top = max(above, place - 2)
            self.scroll_to_region(Region(0, top, 1, place - top + 1), animate=False, force=True)
        self.say_moved()

    def action_move(self, by: int) -> None:
        self.action_move_to(max(0, self._cursor + by))

    def action_move_page(self, pages: int) -> None:
        self.action_move(pages * max(1, self.size.height - 2))

    def action_move_to(self, number: int) -> None:
        last = len(self._places) - 1
        target = max(0, last if number < 0 else min(number, last))
        if target != self._cursor:
            self._cursor = target
            self.settle()

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        number = bisect_left(self._places, place)
        if number < len(self._places) and self._places[number] == place:
            if number == self._cursor:
                self.choose()
            self.action_move_to(number)

    def on_resize(self) -> None:
        if self._places:
            self.settle()

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        if place >= len(self._rows):
            return Strip.blank(self.size.width, self.ink("$ink"))
        here = bool(self._places) and place == self._places[self._cursor]
        return self.paint(self._rows[place], here=here)
