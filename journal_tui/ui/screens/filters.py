"""What the journal is to show alone: a person, a tag, a rating, some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import get_current_worker

from journal_tui.model import JournalError
from journal_tui.store.search import Filter
from journal_tui.text import clean_line
from journal_tui.ui.commands import Command
from journal_tui.ui.views.filters import Facts, Options, facts_of, options
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.row_list import RowList
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.model import Entry, Person


class SheetList(RowList):
    """Rows on a sheet above the page."""

    GROUND = "$lift"
    RAISED = "$rule"
    WHISPER = "$ink"


class FiltersScreen(ModalScreen[Filter | None]):
    """One line to type on and what fits it below; the filter that it leads to is the result."""

    CSS_PATH = "filters.tcss"
    TITLE = "Filter"
    HELP = "Type a name, a tag, a rating or a day in words, and choose from what fits. What is chosen adds to the rest."
    BINDINGS = [
        Command("filters.choose", "enter", "Choose", "Show these entries alone", priority=True),
        Command("filters.back", "escape", "Back", "Back to the journal"),
        Command("filters.down", "down", "Down", action="move(1)", show=False),
        Command("filters.up", "up", "Up", action="move(-1)", show=False),
        Command("filters.page-down", "pagedown", "Page down", action="page(1)", show=False),
        Command("filters.page-up", "pageup", "Page up", action="page(-1)", show=False),
    ]

    class Learned(Message):
        """More is known of what there is to choose from, or something is amiss."""

        def __init__(self, facts: Facts, error: str = "") -> None:
            super().__init__()
            self.facts = facts
            self.error = error

    def __init__(self, world: World, filter: Filter) -> None:
        super().__init__()
        self._world = world
        self._filter = filter
        self._facts = Facts()
        self._options = Options((), {}, "")
        self._is_moved = False
        """The cursor was; else it stays on the first line while more is learned."""

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Line(placeholder="show only", id="typed", compact=True)
            yield Static(id="says", markup=False)
            yield SheetList(plain=self._world.settings.plain_glyphs)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#typed").focus()
        self._show()
        self.run_worker(self._learn, thread=True, group="facts")

    def _learn(self) -> None:
        worker = get_current_worker()

        def go_on(read: int, of: int) -> None:
            if worker.is_cancelled:
                raise InterruptedError

        try:
            entries: Sequence[Entry] = self._world.journal.find(Filter())
            joined: Sequence[Person] = self._world.journal.people.all()
            facts = facts_of(entries)
            self.post_message(self.Learned(facts))
            from journal_tui.people import find_people

            found = find_people(entries, joined, on_progress=go_on)
            people = [(person.name, len(person.entries)) for person in found if person.entries]
            self.post_message(self.Learned(replace(facts, people=people)))
        except InterruptedError:
            return
        except JournalError as error:
            self.post_message(self.Learned(Facts(people=()), str(error)))

    def on_filters_screen_learned(self, message: Learned) -> None:
        self._facts = message.facts
        if message.error:
            self.notify(clean_line(message.error), severity="warning")
        self._show()

    def on_input_changed(self) -> None:
        self._is_moved = False
        self._show()

    def _show(self) -> None:
        typed = self.query_one("#typed", Line).value
        self._options = options(self._facts, self._filter, typed, self._world.today())
        rows = self.query_one(RowList)
        first = next(iter(self._options.filters), "")
        rows.show(self._options.rows, at=rows.at if self._is_moved else first)
        style = "$warning" if self._options.is_wrong else "$quiet"
        self.query_one("#says", Static).update(Content.styled(self._options.says, style))

    def action_move(self, by: int) -> None:
        self._is_moved = True
        self.query_one(RowList).action_move(by)

    def action_page(self, pages: int) -> None:
        self._is_moved = True
        self.query_one(RowList).action_move_page(pages)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        if chosen := self._options.filters.get(self.query_one(RowList).at):
            self.dismiss(chosen)

    def action_back(self) -> None:
        typed = self.query_one("#typed", Line)
        if typed.value:
            typed.value = ""
        else:
            self.dismiss(None)
