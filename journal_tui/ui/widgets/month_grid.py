"""A month to move about in: its days, with the signs of what was written on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from journal_tui.dates import WEEKDAYS
from journal_tui.model import Entry
from journal_tui.ui.commands import Command
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.views.calendar import month_of, moved_by_days, moved_by_months
from journal_tui.ui.widgets.lines import Lines

CELL = 7
"""Cells of a day: cursor, number, up to two signs, air."""
_SIGNS = 2
_TOP = 2
"""Lines above the first week."""


class MonthGrid(Lines, inherit_bindings=False):
    """The month of the day under the cursor."""

    DEFAULT_CSS = f"MonthGrid {{ width: {7 * CELL}; height: {_TOP + 6}; overflow: hidden hidden; }}"
    GROUND = "$lift"
    RAISED = "$rule"
    BINDINGS = [
        Command("move.left", "left,h", "Day before", "A day back", action="day(-1)", show=False),
        Command("move.right", "right,l", "Day after", "A day on", action="day(1)", show=False),
        Command("move.up", "up,k", "Week before", "A week back", action="day(-7)", show=False),
        Command("move.down", "down,j", "Week after", "A week on", action="day(7)", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another day."""

    class Chosen(Message):
        """The day under the cursor was clicked."""

    def __init__(self, entries: Sequence[Entry], day: date, today: date, *, plain: bool) -> None:
        """`entries`: newest first, those without a day last."""
        super().__init__()
        self._entries = entries
        self._today = today
        self._plain = plain
        self.day = day
        self.month = month_of(entries, day)

    def on_mount(self) -> None:
        self.virtual_size = Size(7 * CELL, _TOP + 6)

    def go_to(self, day: date) -> None:
        if (day.year, day.month) != (self.day.year, self.day.month):
            self.month = month_of(self._entries, day)
        self.day = day
        self.refresh()
        self.post_message(self.Moved())

    def action_day(self, by: int) -> None:
        self.go_to(moved_by_days(self.day, by))

    def move_by_months(self, by: int) -> None:
        self.go_to(moved_by_months(self.day, by))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.move_by_months(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.move_by_months(-1)

    def on_click(self, event: events.Click) -> None:
        week, column = event.y - _TOP, event.x // CELL
        if 0 <= week < len(self.month.weeks) and column < 7 and (day := self.month.weeks[week][column]):
            if day == self.day:
                self.post_message(self.Chosen())
            self.go_to(day)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        ground = self.ink("$ink")
        if y == 0:
            names = "".join(f" {name[:2].capitalize()}".ljust(CELL) for name in WEEKDAYS)
            return self.strip([(names, self.ink("$quiet"))], width, ground)
        if not 0 <= y - _TOP < len(self.month.weeks):
            return Strip.blank(width, ground)
        parts = [part for day in self.month.weeks[y - _TOP] for part in self._cell(day)]
        return self.strip(parts, width, ground)

    def _cell(self, day: date | None) -> list[tuple[str, Style]]:
        if day is None:
            return [(" " * CELL, self.ink("$ink"))]
        here = day == self.day
        on = self.RAISED if here else self.GROUND
        entries = self.month.written.get(day, ())
        extra = f"{'bold' if here else ''} {'underline' if day == self._today else ''}".strip()
        pillars = list(dict.fromkeys(entry.pillar for entry in reversed(entries)))[:_SIGNS]
        signs = [(glyph(pillar, plain=self._plain), self.ink(hue(pillar), on=on)) for pillar in pillars]
        return [
            ((">" if self._plain else "▌") if here else " ", self.ink("$accent", on=on)),
            (" " if day.day < 10 else "", self.ink("$ink", on=on)),
            (str(day.day), self.ink("$ink" if entries or here else "$quiet", on=on, extra=extra)),
            (" ", self.ink("$ink", on=on)),
            *signs,
            (" " * (_SIGNS - len(signs)), self.ink("$ink", on=on)),
            (" ", self.ink("$ink")),
        ]
