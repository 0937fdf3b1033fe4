"""People: everybody who is named, and where; two names of one person can be joined."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.model import JournalError
from journal_tui.store.history import JOINS
from journal_tui.text import clean_line, listed, plural, shorten
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.ask import PickScreen
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.reader import Reader
from journal_tui.ui.widgets.row_list import RowList
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.people import Known
    from journal_tui.ui.views.people import PeopleView

_NOTHING = (
    "Nobody is named yet. Whoever you write of will be here: @name, a name that comes back, “my sister”.\n\nEsc leads"
    " back."
)
_NAME = 24
"""Characters of a name in a sentence."""


class PeopleScreen(Screen[None]):
    """The people above, what was last written of one below."""

    CSS_PATH = "people.tcss"
    TITLE = "People"
    HELP = "Everybody whom you name. If one person has two names or spellings here, m joins them."
    BINDINGS = [
        Binding("enter", "join", "Join", key_display="⏎", tooltip="These two are one person"),
        Binding("enter", "open", "Entries", key_display="⏎", tooltip="Read the entries that name them"),
        Binding("m", "mark", "Join", tooltip="This is the same person as another one in the list"),
        Binding("x", "part", "Part", tooltip="A joined name stands by itself again"),
        Binding("u", "undo", "Undo", tooltip="Takes the last joining or parting done here back"),
        Binding("escape", "back", "Back", tooltip="Back to where you came from"),
        Binding("tab", "change_pane", "Scroll", show=False, tooltip="To the words below, to scroll them, and back"),
    ]

    class Loaded(Message):
        """The people were read; or what is amiss."""

        def __init__(self, view: PeopleView | None, error: str = "") -> None:
            super().__init__()
            self.view = view
            self.error = error

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._view: PeopleView | None = None
        self._person: Known | None = None
        self._marked: Known | None = None
        """To be joined with another."""
        self._changes = 0
        """Joined and parted here, as long as nothing else can have been changed since."""
        self._is_away = True
        self._point_at = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static("Reading", id="title", markup=False)
            yield RowList(plain=self._world.settings.plain_glyphs)
            yield Reader()
        yield Static(id="empty", markup=False)
        yield KeyBar(width=84)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from the entries, which may have been edited."""
        if self._is_away:
            self._is_away = False
            self._look()

    def _look(self) -> None:
        self.run_worker(self._load, thread=True, group="people", exclusive=True)

    def _load(self) -> None:
        from journal_tui.ui.views.people import look

        try:
            self.post_message(self.Loaded(look(self._world)))
        except (JournalError, OSError) as error:
            self.post_message(self.Loaded(None, str(error)))

    def on_people_screen_loaded(self, message: Loaded) -> None:
        self._view = message.view
        self._marked = None
        self.set_class(not (message.view and message.view.people), "-empty")
        self.query_one("#empty", Static).update(Content(clean_line(message.error) or _NOTHING))
        self._show()

    def _show(self) -> None:
        from journal_tui.ui.views.people import rows

        marked = self._marked
        count = len(self._view.people) if self._view else 0
        says = f"{plural(count, 'person', 'people')} in what you wrote"
        if marked:
            says = f"Who else is {shorten(marked.name, _NAME)}? Enter joins the two, Esc leaves it."
        self.query_one("#title", Static).update(Content.styled(says, "$accent" if marked else "$quiet"))
        people = self.query_one(RowList)
        found = rows(self._view, marked=marked.name if marked else "") if self._view else []
        people.show(found, at=self._point_at or people.at)
        self._point_at = ""

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        from journal_tui.ui.views.people import details

        view = self._view
        person = self._person = view.get(event.id) if view else None
        self.query_one(Reader).show(details(person, view.today) if view and person else [])
        self.refresh_bindings()

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        person, marked = self._person, self._marked
        works = {
            "join": bool(person and marked and person.name != marked.name),
            "open": bool(person and not marked),
            "mark": bool(person and not marked),
            "part": bool(person and person.also and not marked),
            "undo": self._changes > 0 and not marked,
            "change_pane": bool(person),
        }
        return works.get(action, True)

    def action_change_pane(self) -> None:
        people, reader = self.query_one(RowList), self.query_one(Reader)
        (people if reader.has_focus else reader).focus()

    def action_back(self) -> None:
        if self._marked:
            self._marked = None
            self._show()
        elif self.query_one(Reader).has_focus:
            self.query_one(RowList).focus()
        else:
            self.dismiss()

    @on(RowList.Chosen)
    async def _clicked(self) -> None:
        await self.run_action("join" if self._marked else "open")

    def action_open(self) -> None:
        if self._person:
            self._changes = 0
            self._is_away = True
            self.post_message(Go("journal", person=self._person.name))

    def action_mark(self) -> None:
        self._marked = self._person
        self._show()

    async def action_join(self) -> None:
        if self._marked and self._person:
            name, other = self._marked.name, self._person.name
            await self._do(lambda: self._join(name, other))

    def _join(self, name: str, other: str) -> str:
        person = self._world.journal.join_people(name, other)
        self._point_at = person.name
        names = listed(shorten(name, _NAME) for name in (person.name, *person.also))
        return f"{names} are one person now. u takes that back."

    async def action_part(self) -> None:
        person = self._person
        if person is None:
            return
        if len(person.also) == 1:
            await self._part(person.also[0])
            return
        question = PickScreen(
            shorten(person.name, _NAME),
            "Which name is somebody else?",
            [(str(number), shorten(name, _NAME)) for number, name in enumerate(person.also, 1)],
            plain=self._world.settings.plain_glyphs,
        )
        self.app.push_screen(question, lambda key: self._part_if(person, key))

    async def _part_if(self, person: Known, key: str | None) -> None:
        if key:
            await self._part(person.also[int(key) - 1])

    async def _part(self, name: str) -> None:
        def change() -> str:
            self._world.journal.part_people(name)
            return f"{shorten(name, _NAME)} stands alone again. u takes that back."

        await self._do(change)

    async def _do(self, change: Callable[[], str]) -> None:
        if await self._change(change):
            self._changes += 1

    async def action_undo(self) -> None:
        if await self._change(lambda: self._world.journal.undo(JOINS)):
            self._changes -= 1

    async def _change(self, change: Callable[[], str]) -> bool:
        """Makes a change beside the screen's own work, and tells of it; whether it could be made."""
        try:
            said = await asyncio.to_thread(change)
        except JournalError as error:
            self.notify(clean_line(str(error)), severity="warning")
            return False
        self.notify(clean_line(said))
        self._look()
        return True
