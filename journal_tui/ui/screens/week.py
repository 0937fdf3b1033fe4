"""The week: seven days at a glance, and the weeks before them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.model import JournalError
from journal_tui.text import clean_line
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Begin, Go
from journal_tui.ui.views.week import WeekView, look, nothing, rows
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.week_list import WeekList
from journal_tui.world import World

MARGIN = 7
"""Cells of the edges, the pointer, and air at the right."""
TAKEN = 5
"""Rows of the head, the keys and the edges."""


class WeekScreen(Screen[None]):
    """What the days held."""

    CSS_PATH = "week.tcss"
    TITLE = "The week"
    HELP = "Seven days up to today, each with the first line of what was written and how much its pillar was lived."
    BINDINGS = [
        Command("week.review", "w", "Look back", "A session over the week, beside its own words"),
        Command("week.earlier", "pageup,left,h", "Before", "The week before, or the last one with words"),
        Command("week.later", "pagedown,right,l", "After", "The week after"),
        Command("week.promises", "m", "Promises", "What you promised: open and kept", show=False),
        Command("week.back", "escape", "Back", "Back to where you came from", action="dismiss"),
    ]

    class Loaded(Message):
        """The week was read; or what is amiss."""

        def __init__(self, view: WeekView | None, error: str = "") -> None:
            super().__init__()
            self.view = view
            self.error = error

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._back = 0
        self._view: WeekView | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Head("The week")
            yield WeekList(plain=self._world.settings.plain_glyphs)
            yield Static(id="empty", markup=False)
        yield KeyBar(width=WIDEST)

    def on_mount(self) -> None:
        self.query_one(WeekList).focus()

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from where something may have been changed."""
        self._look(self._back)

    def on_resize(self) -> None:
        self._show()

    def _look(self, back: int) -> None:
        self._back = back
        self.run_worker(self._load, thread=True, group="week", exclusive=True)

    def _load(self) -> None:
        try:
            self.post_message(self.Loaded(look(self._world, self._back)))
        except (JournalError, OSError) as error:
            self.post_message(self.Loaded(None, str(error)))

    def on_week_screen_loaded(self, message: Loaded) -> None:
        self._view = message.view
        words = clean_line(message.error) if message.view is None else nothing(message.view)
        self.query_one("#empty", Static).update(Content(words))
        self._show()

    def _show(self) -> None:
        view, days = self._view, self.query_one(WeekList)
        found = []
        if view:
            found = rows(
                view,
                min(self.size.width, WIDEST) - MARGIN,
                self.size.height - TAKEN,
                plain=self._world.settings.plain_glyphs,
                titles=self._world.titles,
            )
            self.query_one(Head).say(view.span)
        self.set_class(not found, "-empty")
        days.show(found, at=days.at)
        self.refresh_bindings()

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        offered = {"earlier": "earlier", "later": "later"}.get(action)
        if offered:
            return self._view is not None and getattr(self._view, offered) is not None
        return action != "review" or bool(self._view and self._view.can_be_reviewed)

    def on_week_list_chosen(self, message: WeekList.Chosen) -> None:
        self.post_message(Go("journal", entry=message.id))

    def action_earlier(self) -> None:
        if self._view and self._view.earlier is not None:
            self._look(self._view.earlier)

    def action_later(self) -> None:
        if self._view and self._view.later is not None:
            self._look(self._view.later)

    def action_review(self) -> None:
        if self._view and self._view.review:
            self.post_message(Begin(self._view.review))

    def action_promises(self) -> None:
        self.post_message(Go("promises"))
