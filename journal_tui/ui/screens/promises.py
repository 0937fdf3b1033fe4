"""Promises: the open ones and what became of the others; each can be answered, moved, let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.dates import say_day
from journal_tui.model import Commitment, JournalError, Outcome, Status
from journal_tui.session.session import ASK_AGAIN_DAYS
from journal_tui.session.steps import DUE_ANSWERS, MOVE
from journal_tui.store.history import ANSWERS
from journal_tui.text import clean_line, shorten
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.ask import DayScreen, PickScreen
from journal_tui.ui.views.promises import details, look, rows
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.reader import Reader
from journal_tui.ui.widgets.row_list import RowList
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.ui.views.promises import PromisesView

_NOTHING = (
    "No promise is here yet. At the end of an entry you can note one small thing you want to do, with a day if you"
    " like. It will wait here, and be asked about when its day comes.\n\nEsc leads back."
)


class PromisesScreen(Screen[None]):
    """The promises above, all there is to know of one below."""

    CSS_PATH = "promises.tcss"
    TITLE = "Promises"
    HELP = "What you meant to do, by its day. Space says what became of it; nothing has to be kept."
    BINDINGS = [
        Binding("space", "ask", "Answer", key_display="space", tooltip="Say what became of it, or let it go"),
        Binding("m", "move", "Move", tooltip="To another day"),
        Binding("enter", "open", "Entry", key_display="⏎", tooltip="Read the entry it was made in"),
        Binding("u", "undo", "Undo", tooltip="Takes the last answer given here back"),
        Binding("escape", "back", "Back", tooltip="Back to where you came from"),
        Binding("tab", "change_pane", "Scroll", show=False, tooltip="To the words below, to scroll them, and back"),
    ]

    class Loaded(Message):
        """The promises were read; or what is amiss."""

        def __init__(self, view: PromisesView | None, error: str = "") -> None:
            super().__init__()
            self.view = view
            self.error = error

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._view: PromisesView | None = None
        self._promise: Commitment | None = None
        self._answered: list[str] = []
        """Ids of the promises answered here, as long as nothing else can have been changed since."""
        self._is_away = True
        self._point_at = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="title", markup=False)
            yield RowList(plain=self._world.settings.plain_glyphs)
            yield Reader()
        yield Static(id="empty", markup=False)
        yield KeyBar(width=84)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from an entry, which may have gone to the trash meanwhile."""
        if self._is_away:
            self._is_away = False
            self._look(self.query_one(RowList).at)

    def _look(self, point_at: str = "") -> None:
        """Reads the promises anew; the cursor goes to the one with this id, or stays in its place."""
        self._point_at = point_at
        self.run_worker(self._load, thread=True, group="promises", exclusive=True)

    def _load(self) -> None:
        try:
            self.post_message(self.Loaded(look(self._world)))
        except (JournalError, OSError) as error:
            self.post_message(self.Loaded(None, str(error)))

    def on_promises_screen_loaded(self, message: Loaded) -> None:
        view = self._view = message.view
        has_some = view is not None and bool(view.groups)
        self.set_class(not has_some, "-empty")
        self.query_one("#empty", Static).update(Content(clean_line(message.error) or _NOTHING))
        self.query_one("#title", Static).update(view.summary if view else "")
        found = rows(view, plain=self._world.settings.plain_glyphs) if view else []
        self.query_one(RowList).show(found, at=self._point_at)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        view = self._view
        promise = self._promise = view.get(event.id) if view else None
        self.query_one(Reader).show(details(view, promise) if view and promise else [])
        self.refresh_bindings()

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return bool(self._answered)
        return self._promise is not None or action not in ("ask", "move", "open", "change_pane")

    def action_change_pane(self) -> None:
        promises, reader = self.query_one(RowList), self.query_one(Reader)
        (promises if reader.has_focus else reader).focus()

    def action_back(self) -> None:
        if self.query_one(Reader).has_focus:
            self.query_one(RowList).focus()
        else:
            self.dismiss()

    @on(RowList.Chosen)
    def action_open(self) -> None:
        if self._view and self._promise:
            entry = self._view.made_in.get(self._promise.entry)
            if entry is None or entry.is_blank:
                self.notify("It was made on a page without other words.")
                return
            self._answered.clear()
            self._is_away = True
            self.post_message(Go("journal", entry=entry.id))

    def action_ask(self) -> None:
        if promise := self._promise:
            answers = [(key, status.value) for key, status in DUE_ANSWERS.items()]
            question = PickScreen(
                f"“{shorten(promise.text, 200)}”",
                "Did it happen?",
                [*answers, (MOVE, "move it to another day")],
                plain=self._world.settings.plain_glyphs,
            )
            self.app.push_screen(question, lambda key: self._take(promise, key))

    async def _take(self, promise: Commitment, key: str | None) -> None:
        if key == MOVE:
            self._ask_day(promise)
        elif key:
            status = DUE_ANSWERS[key]
            rest = self._world.today() + timedelta(ASK_AGAIN_DAYS)
            await self._answer(promise, status, rest if status is Status.NOT_YET else None)

    def action_move(self) -> None:
        if self._promise:
            self._ask_day(self._promise)

    def _ask_day(self, promise: Commitment) -> None:
        question = DayScreen(f"“{shorten(promise.text, 200)}”", "To which day?", self._world.today())
        self.app.push_screen(question, lambda day: self._move_to(promise, day))

    async def _move_to(self, promise: Commitment, day: date | None) -> None:
        if day:
            await self._answer(promise, Status.NOT_YET, day)

    async def _answer(self, promise: Commitment, status: Status, again: date | None) -> None:
        outcome = Outcome(on=self._world.today(), status=status, ask_again=again)
        said = status.value.capitalize()
        when = f", it comes up again {_on(say_day(again, outcome.on))}" if again else ""
        if outcome in promise.outcomes[-1:]:
            self.notify(f"{said}{when}, as it says already.")
            return

        def change() -> str:
            self._world.journal.promise(promise.id)  # not where it is gone meanwhile
            self._world.journal.answer({promise.id: outcome})
            return f"{said}{when}. u takes that back."

        if await self._change(change):
            self._answered.append(promise.id)
        self._look()  # the next one takes its place

    async def action_undo(self) -> None:
        if await self._change(lambda: self._world.journal.undo(ANSWERS)):
            self._look(self._answered.pop())

    async def _change(self, change: Callable[[], str]) -> bool:
        """Makes a change beside the screen's own work, and tells of it; whether it could be made."""
        try:
            said = await asyncio.to_thread(change)
        except JournalError as error:
            self.notify(clean_line(str(error)), severity="warning")
            return False
        self.notify(clean_line(said))
        return True


def _on(day: str) -> str:
    return day if day in ("today", "tomorrow") else f"on {day}"
