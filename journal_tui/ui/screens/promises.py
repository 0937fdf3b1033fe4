"""Promises: the open ones and what became of the others; each can be answered, moved, let go."""

from __future__ import annotations

from datetime import date, timedelta

from textual import on

from journal_tui.dates import say_day
from journal_tui.model import Commitment, Outcome, Status
from journal_tui.session.session import ASK_AGAIN_DAYS
from journal_tui.session.steps import DUE_ANSWERS, MOVE
from journal_tui.store.history import ANSWERS
from journal_tui.text import shorten
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.ask import DayScreen, PickScreen
from journal_tui.ui.screens.list_and_pane import WAYS, ListAndPane
from journal_tui.ui.views.entry import Block
from journal_tui.ui.views.promises import PromisesView, details, look, rows
from journal_tui.ui.widgets.row_list import Row, RowList
from journal_tui.world import World

_NOTHING = (
    "No promise is here yet. At the end of an entry you can note one small thing you want to do, with a day if you"
    " like. It will wait here, and be asked about when its day comes.\n\nEsc leads back."
)


class PromisesScreen(ListAndPane[PromisesView]):
    """The promises above, all there is to know of one below."""

    CSS_PATH = ["list_and_pane.tcss", "promises.tcss"]
    TITLE = "Promises"
    HELP = "What you meant to do, by its day. Space says what became of it; nothing has to be kept."
    BINDINGS = [
        Command("promises.ask", "space", "Answer", "Say what became of it, or let it go"),
        Command("promises.move", "m", "Move", "To another day"),
        Command("promises.open", "enter", "Entry", "Read the entry it was made in"),
        Command("promises.undo", "u", "Undo", "Takes the last answer given here back"),
        *WAYS,
    ]

    def __init__(self, world: World, entry: str = "") -> None:
        """All of them, with the cursor on one made in `entry`."""
        super().__init__(world)
        self._entry = entry
        self._answered: list[str] = []
        """Ids of the promises answered here, as long as nothing else can have been changed since."""

    @property
    def _promise(self) -> Commitment | None:
        return self._view.get(self.at) if self._view else None

    def read(self) -> PromisesView:
        return look(self._world)

    def summary(self, view: PromisesView) -> str:
        return view.summary

    def rows(self, view: PromisesView) -> list[Row]:
        return rows(view, plain=self._world.settings.plain_glyphs)

    def pane(self, view: PromisesView, id: str) -> list[Block]:
        promise = view.get(id)
        return details(view, promise) if promise else []

    def on_list_and_pane_loaded(self, message: ListAndPane.Loaded) -> None:
        if self._entry and message.view:  # before the page shows them
            self._point_at = message.view.made_at(self._entry) or self._point_at
            self._entry = ""

    def nothing(self, view: PromisesView | None) -> str:
        return _NOTHING

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return bool(self._answered)
        return self._promise is not None or action not in ("ask", "move", "open", "change_pane")

    @on(RowList.Chosen)
    def action_open(self) -> None:
        if self._view and self._promise:
            entry = self._view.made_in.get(self._promise.entry)
            if entry is None or entry.is_blank:
                self.notify("It was made on a page without other words.")
                return
            self._answered.clear()
            self.go_to(Go("journal", entry=entry.id))

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
            self._world.journal.promises.get(promise.id)  # not where it is gone meanwhile
            self._world.journal.promises.answer({promise.id: outcome})
            return f"{said}{when}. u takes that back."

        if await self.change(change):
            self._answered.append(promise.id)
        self.look()  # the next one takes its place

    async def action_undo(self) -> None:
        if await self.change(lambda: self._world.journal.steps.undo(ANSWERS)):
            self.look(self._answered.pop())


def _on(day: str) -> str:
    return day if day in ("today", "tomorrow") else f"on {day}"
