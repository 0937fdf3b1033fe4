"""The frame of a page with a list above and what there is to know of one line below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.model import JournalError
from journal_tui.text import clean_line
from journal_tui.ui.changing import change
from journal_tui.ui.commands import Command
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.reader import Reader
from journal_tui.ui.widgets.row_list import Row, RowList
from journal_tui.world import World

View = TypeVar("View")
"""What the page shows, read in a worker."""

WAYS = (
    Command("pane.back", "escape", "Back", "Back to where you came from"),
    Command("pane.change-pane", "tab", "Scroll", "To the words below, to scroll them, and back", show=False),
)
"""Bindings of every such page, to stand after its own."""


class ListAndPane(Screen[None], Generic[View]):
    """Reads its view on arriving and on coming back, and shows it; what the lines say is up to the pages."""

    CSS_PATH: ClassVar[Any] = "list_and_pane.tcss"

    class Loaded(Message):
        """What there is to show; or what is amiss."""

        def __init__(self, view: Any, error: str = "") -> None:
            super().__init__()
            self.view = view
            self.error = error

    WAIT: ClassVar[str] = ""
    """Said until it is read."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._view: View | None = None
        self._is_away = True
        self._point_at = ""

    # -- of each page ------------------------------------------------------------------------------

    def read(self) -> View | None:
        """What the page shows; runs in a worker. None: it was stopped.

        Raises:
            JournalError, OSError: the journal cannot be read.
        """
        raise NotImplementedError

    def summary(self, view: View) -> Content | str:
        """How much there is, on the right of the page's head."""
        raise NotImplementedError

    def note(self, view: View) -> str:
        """What is to be known before the list; empty: nothing."""
        return ""

    def rows(self, view: View) -> list[Row]:
        """The list; empty: `nothing` is said."""
        raise NotImplementedError

    def pane(self, view: View, id: str) -> list[Block]:
        """What stands below, for the row with this id."""
        raise NotImplementedError

    def nothing(self, view: View | None) -> str:
        """What will be here, and when."""
        raise NotImplementedError

    # -- showing -----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Head(str(self.TITLE), self.WAIT)
            yield Static(id="note", markup=False)
            yield RowList(plain=self._world.settings.plain_glyphs)
            yield Reader()
            yield Static(id="empty", markup=False)
        yield KeyBar(width=WIDEST)

    @property
    def at(self) -> str:
        """Id of the row under the cursor; empty: there is none."""
        return next((rows.at for rows in self.query(RowList)), "")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from where something may have been changed."""
        if self._is_away:
            self._is_away = False
            self.look(self.at or self._point_at)

    def go_to(self, message: Message) -> None:
        """Goes to another screen, to look anew on coming back."""
        self._is_away = True
        self.post_message(message)

    def look(self, point_at: str = "") -> None:
        """Reads the view anew; the cursor goes to the row with this id, or stays in its place."""
        self._point_at = point_at
        self.run_worker(self._load, thread=True, group="view", exclusive=True)

    def _load(self) -> None:
        try:
            view = self.read()
        except (JournalError, OSError) as error:
            self.post_message(self.Loaded(None, str(error)))
            return
        if view is not None:
            self.post_message(self.Loaded(view))

    def on_list_and_pane_loaded(self, message: Loaded) -> None:
        self._view = message.view
        self.query_one("#empty", Static).update(Content(clean_line(message.error) or self.nothing(self._view)))
        self.show_view(self._point_at)

    def show_view(self, point_at: str) -> None:
        """Shows the view as it is now."""
        view = self._view
        found = self.rows(view) if view is not None else []
        self.set_class(not found, "-empty")
        self.query_one(Head).say(self.summary(view) if view is not None and found else "")
        note = self.note(view) if view is not None else ""
        self.set_class(bool(note), "-noted")
        self.query_one("#note", Static).update(Content(clean_line(note)))
        self.query_one(RowList).show(found, at=point_at)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.query_one(Reader).show(self.pane(self._view, event.id) if self._view is not None and event.id else [])
        self.refresh_bindings()

    # -- keys --------------------------------------------------------------------------------------

    def action_change_pane(self) -> None:
        rows, reader = self.query_one(RowList), self.query_one(Reader)
        (rows if reader.has_focus else reader).focus()

    def action_back(self) -> None:
        if self.query_one(Reader).has_focus:
            self.query_one(RowList).focus()
        else:
            self.dismiss()

    async def change(self, make: Callable[[], str]) -> bool:
        """Makes a change and tells of it; whether it could be made."""
        return await change(self, make)
