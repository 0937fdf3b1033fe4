"""Below the question of *Today*: lines that lead somewhere, and the rhythm of the last weeks beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from journal_tui.ui.messages import Go

if TYPE_CHECKING:
    from journal_tui.insights.patterns import Finding
    from journal_tui.ui.views.today import TodayView

_GAP = 4
"""Cells between the lines and the rhythm."""


class Leads(Container):
    """Shows what a day has besides its question; every part of it leads where it points when clicked."""

    DEFAULT_CSS = """
    Leads {
        layout: horizontal; height: auto; border-top: solid $rule; padding-top: 1;
        #lines { width: 1fr; }
        #rhythm { width: auto; margin-left: 4; }
        &.-in-a-row {
            layout: vertical; padding-top: 0;
            #lines { width: 100%; }
            #rhythm { width: 100%; margin: 1 0 0 0; }
        }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="lines", markup=False)
        yield Static(id="rhythm", markup=False)

    def show(
        self,
        view: TodayView,
        finding: Finding | None,
        *,
        width: int,
        rows: int,
        in_a_row: bool,
        is_awaited: bool,
        plain: bool,
    ) -> None:
        """Shows the lines of the day.

        Args:
            finding: what the mirror asks about.
            width, rows: cells and rows there are.
            in_a_row: there is no room for the rhythm beside the lines.
            is_awaited: the mirror may still ask something.
        """
        # The first picture does without them.
        from journal_tui.ui.views.today_lines import MIRROR_ROWS, laid_out, lines, rhythm

        drawn = rhythm(view, plain=plain, in_a_row=in_a_row)
        if drawn and not in_a_row:
            width -= max(line.cell_length for line in drawn.split()) + _GAP
        found = lines(view, finding)
        shown = laid_out(found, width, rows, reserved=MIRROR_ROWS if is_awaited else 0)
        self.set_class(in_a_row, "-in-a-row")
        self.query_one("#lines", Static).update(shown)
        self.query_one("#rhythm", Static).update(drawn or "")
        self.display = bool(found or drawn)

    async def on_click(self, event: events.Click) -> None:
        """A line leads where its key does, a day of the rhythm to its entry."""
        from journal_tui.ui.views.rhythm import ENTRY
        from journal_tui.ui.views.today_lines import LEADS

        if action := event.style.meta.get(LEADS):
            await self.screen.run_action(action)
        elif entry := event.style.meta.get(ENTRY):
            self.post_message(Go("journal", entry=entry))
