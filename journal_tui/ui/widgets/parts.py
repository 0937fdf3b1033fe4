"""A page of parts with a cursor over what can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from journal_tui.ui.commands import Command
from journal_tui.ui.views.parts import GUTTER, Column, Row, Stop, Target
from journal_tui.ui.widgets.lines import Lines

_STEP = 3
"""Lines scrolled at once where nothing near can be opened."""


class Parts(Lines):
    """Columns of lines; only those in sight are built. The cursor stands on a stop of one of them."""

    BINDINGS = [
        Command("move.aside-left", "left", "Left", "To the left column", action="move_aside(-1)", show=False),
        Command("move.aside-right", "right,l", "Right", "To the right column", action="move_aside(1)", show=False),
    ]

    class Chosen(Message):
        """Something that can be opened was clicked."""

    def __init__(self, *, plain: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pointer = ("> " if plain else "▌ ").ljust(GUTTER)
        self._columns: Sequence[Column] = ()
        self._places: list[tuple[int, int]] = []
        """Column and number of every stop."""
        self._at = (0, 0)
        """The one under the cursor, if there is any."""

    def show(self, columns: Sequence[Column], at: Target | None = None) -> None:
        """Shows `columns`; the cursor goes to what leads to `at`, or stays in its place."""
        self._columns = columns
        self._places = [(n, m) for n, column in enumerate(columns) for m in range(len(column.stops))]
        found = [place for place in self._places if at is not None and self._stop(place).opens == at]
        near = [place for place in self._places if place <= self._at] or self._places
        self._at = found[0] if found else near[-1] if near else (0, 0)
        self.virtual_size = Size(self.size.width, max((len(column.rows) for column in columns), default=0))
        self.refresh()

    @property
    def stop(self) -> Stop | None:
        """What the cursor stands on."""
        return self._stop(self._at) if self._places else None

    def _stop(self, place: tuple[int, int]) -> Stop:
        return self._columns[place[0]].stops[place[1]]

    def _is_seen(self, stop: Stop) -> bool:
        top = self.scroll_offset.y
        return stop.last >= top and stop.first < top + self.size.height

    def _show_from(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def go_to(self, place: tuple[int, int]) -> None:
        """Puts the cursor on a stop, and brings it into sight with what stands over it."""
        self._at = place
        stop = self._stop(place)
        top, height = self.scroll_offset.y, self.size.height
        if stop.top < top:
            self._show_from(stop.top)
        elif stop.last >= top + height:
            self._show_from(min(stop.top, stop.last - height + 2))
        self.refresh()

    def settle(self) -> None:
        """Brings the cursor into sight."""
        if self._places:
            self.go_to(self._at)

    def reveal(self, heading: str) -> None:
        """Brings the part under `heading` into sight."""
        for column in self._columns:
            found = [(first, last) for name, first, last in column.parts if name == heading]
            for first, last in found:
                if not self.scroll_offset.y <= first <= last < self.scroll_offset.y + self.size.height:
                    self._show_from(first)

    # -- keys --------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """To the next stop of the column where it is near, else some lines on."""
        stops = [place for place in self._places if place[0] == self._at[0]]
        here = self.stop
        if here is None or self._is_seen(here):
            ahead = [place for place in stops if (place[1] - self._at[1]) * by > 0]
        else:  # scrolled away: on from what is in sight
            ahead = [place for place in stops if self._is_seen(self._stop(place))]
        target = (ahead[0] if by > 0 else ahead[-1]) if ahead else None
        if target:
            stop = self._stop(target)
            top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height - 1
            away = stop.last - bottom if by > 0 else top - stop.first
            if away <= _STEP + stop.last - stop.first + 1:
                self.go_to(target)
                return
        self.scroll_relative(y=by * _STEP, animate=False)

    def action_move_aside(self, by: int) -> None:
        """To what stands beside the cursor in the other column."""
        other = [place for place in self._places if place[0] == self._at[0] + by]
        if other:
            line = self._stop(self._at).first
            self.go_to(min(other, key=lambda place: abs(self._stop(place).first - line)))

    def move_part(self, by: int) -> None:
        """To the first stop of the next part, or of the one before."""
        firsts: dict[str, tuple[int, int]] = {}
        for place in self._places:
            firsts.setdefault(self._stop(place).part, place)
        if firsts:
            places = [*firsts.values()]
            here = max((n for n, place in enumerate(places) if place <= self._at), default=0)
            within = by < 0 and places[here] != self._at
            target = places[(here + (0 if within else by)) % len(places)]
            self.go_to(target)
            self.reveal(self._stop(target).part)

    def action_move_page(self, pages: int) -> None:
        height = self.size.height
        top = max(0, min(self.scroll_offset.y + pages * max(1, height - 2), self.max_scroll_y))
        self._show_from(top)
        column = [place for place in self._places if place[0] == self._at[0]]
        seen = [place for place in column if top <= self._stop(place).first < top + height]
        if top in (0, self.max_scroll_y) and column:
            seen = column[:1] if top == 0 and pages < 0 else column[-1:] if pages > 0 else seen
        if seen:
            self._at = seen[0] if pages > 0 else seen[-1]
            self.refresh()

    def action_move_to(self, number: int) -> None:
        if self._places:
            column = [place for place in self._places if place[0] == self._at[0]]
            self._at = column[number]
        super().action_move_to(number)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        for place in self._places:
            stop, column = self._stop(place), self._columns[place[0]]
            left = column.left - GUTTER
            if stop.first <= line <= stop.last and left <= event.x < column.left + column.width:
                self._at = place
                self.refresh()
                self.post_message(self.Chosen())

    # -- painting ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        ground = self.ink("$ink")
        number = y + self.scroll_offset.y
        strips: list[Strip] = []
        used = 0
        for place, column in enumerate(self._columns):
            strips += [self.strip([], column.left - GUTTER - used, ground), self._line(place, column, number)]
            used = column.left + column.width
        return Strip.join([*strips, self.strip([], max(0, width - used), ground)]).crop(0, width)

    def _line(self, place: int, column: Column, number: int) -> Strip:
        row: Row = column.rows[number] if number < len(column.rows) else ()
        stop = self.stop
        is_here = self._at[0] == place and stop is not None and stop.first <= number <= stop.last
        on = self.RAISED if is_here else self.GROUND
        start = (self._pointer if is_here else " " * GUTTER, self.ink("$accent", on=on))
        spans = [start, *((text, self._styled(style, on)) for text, style in row)]
        return self.strip(spans, column.width + GUTTER, self.ink("$ink", on=on))

    def _styled(self, style: str, on: str) -> Style:
        extra, _, variable = style.rpartition(" ")
        return self.ink(variable, on=on, extra=extra)
