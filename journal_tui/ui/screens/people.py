"""People: everybody who is named, and where; two names of one person can be joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content

from journal_tui.store.history import JOINS
from journal_tui.text import listed, plural, shorten
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.ask import PickScreen
from journal_tui.ui.screens.list_and_pane import WAYS, ListAndPane
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.row_list import Row, RowList
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


class PeopleScreen(ListAndPane["PeopleView"]):
    """The people above, what was last written of one below."""

    CSS_PATH = ["list_and_pane.tcss", "people.tcss"]
    TITLE = "People"
    HELP = "Everybody whom you name. If one person has two names or spellings here, m joins them."
    WAIT = "reading"
    BINDINGS = [
        Command("people.join", "enter", "Join", "These two are one person"),
        Command("people.open", "enter", "Entries", "Read the entries that name them"),
        Command("people.mark", "m", "Join", "This is the same person as another one in the list"),
        Command("people.part", "x", "Part", "A joined name stands by itself again"),
        Command("people.undo", "u", "Undo", "Takes the last joining or parting done here back"),
        *WAYS,
    ]

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._marked: Known | None = None
        """To be joined with another."""
        self._changes = 0
        """Joined and parted here, as long as nothing else can have been changed since."""
        self._joined = ""
        """Who was made of two: where the cursor goes."""

    @property
    def _person(self) -> Known | None:
        return self._view.get(self.at) if self._view else None

    def read(self) -> PeopleView:
        from journal_tui.ui.views.people import look

        return look(self._world)

    def summary(self, view: PeopleView) -> Content:
        if self._marked:
            says = f"Who else is {shorten(self._marked.name, _NAME)}? Enter joins them."
            return Content.styled(says, "$accent")
        return Content(plural(len(view.people), "person", "people"))

    def rows(self, view: PeopleView) -> list[Row]:
        from journal_tui.ui.views.people import rows

        return rows(view, marked=self._marked.name if self._marked else "")

    def pane(self, view: PeopleView, id: str) -> list[Block]:
        from journal_tui.ui.views.people import details

        person = view.get(id)
        return details(person, view.today) if person else []

    def nothing(self, view: PeopleView | None) -> str:
        return _NOTHING

    def on_list_and_pane_loaded(self, message: ListAndPane.Loaded) -> None:
        self._marked = None  # before the page shows them

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

    def action_back(self) -> None:
        if self._marked:
            self._marked = None
            self.show_view(self.at)
        else:
            super().action_back()

    @on(RowList.Chosen)
    async def _clicked(self) -> None:
        await self.run_action("join" if self._marked else "open")

    def action_open(self) -> None:
        if self._person:
            self._changes = 0
            self.go_to(Go("journal", person=self._person.name))

    def action_mark(self) -> None:
        self._marked = self._person
        self.show_view(self.at)

    async def action_join(self) -> None:
        if self._marked and self._person:
            name, other = self._marked.name, self._person.name
            await self._do(lambda: self._join(name, other))

    def _join(self, name: str, other: str) -> str:
        person = self._world.journal.people.join(name, other)
        self._joined = person.name
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
            self._world.journal.people.part(name)
            return f"{shorten(name, _NAME)} stands alone again. u takes that back."

        await self._do(change)

    async def _do(self, change: Callable[[], str]) -> None:
        if await self.change(change):
            self._changes += 1
            self.look(self._joined or self.at)
            self._joined = ""

    async def action_undo(self) -> None:
        if await self.change(lambda: self._world.journal.steps.undo(JOINS)):
            self._changes -= 1
            self.look(self.at)
