"""A calendar above the journal: go to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from journal_tui.model import Entry
from journal_tui.text import plural
from journal_tui.ui.commands import Command
from journal_tui.ui.views.calendar import say_written
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.month_grid import CELL, MonthGrid


class CalendarScreen(ModalScreen[date | None]):
    """A month at a time; the day chosen is the result."""

    CSS_PATH = "calendar.tcss"
    TITLE = "Calendar"
    HELP = "The days on which something was written, with the signs of their pillars. Today is underlined."
    BINDINGS = [
        Command("calendar.go", "enter", "Go there", "To the entry of this day, or the nearest to it"),
        Command("calendar.back", "escape,c", "Back", "Back to the journal", action="dismiss(None)"),
        Command("move.page-down", "pagedown,space", "Month", "A month on", action="month(1)"),
        Command("move.page-up", "pageup", "Month before", "A month back", action="month(-1)", show=False),
        Command("calendar.year", "y,end", "Year", "A year on", action="month(12)"),
        Command("calendar.year-before", "Y,home", "Year before", "A year back", action="month(-12)", show=False),
        Command("calendar.today", "t", "Today", "To today"),
    ]

    def __init__(self, entries: Sequence[Entry], day: date, today: date, *, plain: bool) -> None:
        """`entries`: newest first, those without a day last."""
        super().__init__()
        self._entries, self._day, self._today, self._plain = entries, day, today, plain

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="month", markup=False)
            yield MonthGrid(self._entries, self._day, self._today, plain=self._plain)
            yield Static(id="written", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(MonthGrid).focus()
        self._moved()

    @on(MonthGrid.Moved)
    def _moved(self) -> None:
        grid = self.query_one(MonthGrid)
        count = plural(grid.month.count, "entry", "entries")
        gap = 7 * CELL - len(grid.month.name) - len(count) - 1
        self.query_one("#month", Static).update(
            Content.assemble((f" {grid.month.name}", "bold $accent"), " " * gap, (count, "$quiet"))
        )
        self.query_one("#written", Static).update(Content(say_written(grid.month, grid.day, 7 * CELL - 2)))

    @on(MonthGrid.Chosen)
    def action_go(self) -> None:
        self.dismiss(self.query_one(MonthGrid).day)

    def action_month(self, by: int) -> None:
        self.query_one(MonthGrid).move_by_months(by)

    def action_today(self) -> None:
        self.query_one(MonthGrid).go_to(self._today)
