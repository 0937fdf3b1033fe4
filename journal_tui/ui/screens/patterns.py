"""Patterns: what may be a blind spot, and what the writer says of it."""

from __future__ import annotations

import asyncio

from textual import on
from textual.message import Message

from journal_tui.dates import say_day
from journal_tui.insights.judgements import MUTED
from journal_tui.insights.patterns import Evidence, Finding, title_of
from journal_tui.model import JournalError, Judgement, Verdict
from journal_tui.store.history import JUDGEMENTS
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Go
from journal_tui.ui.reading import make_report, say_progress, state_of
from journal_tui.ui.screens.list_and_pane import WAYS, ListAndPane
from journal_tui.ui.views.entry import Block
from journal_tui.ui.views.patterns import PatternsView, details, quotes, rows, view_of
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.reader import Reader
from journal_tui.ui.widgets.row_list import Row, RowList
from journal_tui.world import World

_NOTHING = (
    "No pattern shows so far. One shows once the same thing has come back over three weeks or more: who moves when two"
    " want different things, what stays unsaid, a promise that does not happen.\n\nThe short questions at the end of an"
    " entry help the mirror most. Each pattern comes with its days and your own words, and you say whether it is true."
    "\n\nEsc leads back."
)
_NOTHING_NOW = "While that is so, the mirror keeps quiet about patterns.\n\nEsc leads back."
_TAKES_BACK = "u takes that back."
_SAID = {
    Verdict.RINGS_TRUE: "It stays in view: its questions come round more often.",
    Verdict.PARTLY: "In part, then. The mirror goes on looking.",
    Verdict.NOT_NOW: "Left for another time.",
}
_MOST_QUOTES = 6
_ROOMY = 30
"""Rows from which the quotes stand apart."""


class PatternsScreen(ListAndPane[PatternsView]):
    """The patterns above, the words for one and against it below."""

    CSS_PATH = ["list_and_pane.tcss", "patterns.tcss"]
    TITLE = "Patterns"
    HELP = "What may be a blind spot, with your own words. A number opens the day it stands beside."
    WAIT = "reading"
    BINDINGS = [
        Command(
            "patterns.helplines", "h", "Who to call", "Helplines where you live, and elsewhere", action="go_to_help"
        ),
        Command("patterns.open", "enter,o", "Entry", "Read the entry of the first quote", action="open(1)"),
        Command(
            "patterns.rings-true",
            "r",
            "Rings true",
            "Keep it in view; its questions come more often",
            action="answer('RINGS_TRUE')",
        ),
        Command("patterns.partly", "p", "Partly", "True in part", action="answer('PARTLY')"),
        Command("patterns.not-me", "n", "Not me", "Put it away; it needs more to come back", action="answer('NOT_ME')"),
        Command("patterns.not-now", "t", "Not now", "Leave it for another time", action="answer('NOT_NOW')"),
        Command("patterns.undo", "u", "Undo", "Takes the last answer given here back"),
        Command("patterns.read-on", "space", "Read on", "Further down in the words below"),
        *(
            Command(
                f"patterns.open-{n}",
                str(n),
                "Its entry",
                "Read the entry that this number quotes",
                action=f"open({n})",
                show=False,
            )
            for n in range(1, _MOST_QUOTES + 1)
        ),
        *WAYS,
    ]

    class Progress(Message):
        """So many entries of so many are read."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    def __init__(self, world: World, pattern: str = "") -> None:
        """All of them, with the cursor on the row with the id `pattern`."""
        super().__init__(world)
        self._point_at = pattern
        self._state: object = None
        """Of the journal, when it was last read."""
        self._answers: list[str] = []
        """Rows of the answers given here."""

    @property
    def _finding(self) -> Finding | None:
        return self._view.get(self.at) if self._view else None

    def read(self) -> PatternsView | None:
        state = state_of(self._world)
        if self._view and state == self._state:
            return self._view
        report = make_report(self._world, lambda done, total: self.post_message(self.Progress(done, total)))
        if report is None:
            return None
        self._state = state
        return view_of(report)

    def on_patterns_screen_progress(self, message: Progress) -> None:
        if self._view is None:
            line = say_progress(message.done, message.total, plain=self._world.settings.plain_glyphs)
            self.query_one(Head).say(line)

    def summary(self, view: PatternsView) -> str:
        return view.summary

    def note(self, view: PatternsView) -> str:
        return view.note

    def rows(self, view: PatternsView) -> list[Row]:
        return rows(view, plain=self._world.settings.plain_glyphs)

    def pane(self, view: PatternsView, id: str) -> list[Block]:
        finding = view.get(id)
        return details(finding, view.today, airy=self.size.height > _ROOMY) if finding else []

    def nothing(self, view: PatternsView | None) -> str:
        return _NOTHING_NOW if view and view.withheld else _NOTHING

    def show_view(self, point_at: str) -> None:
        super().show_view(point_at)
        count = len(self.rows(self._view)) if self._view else 0
        self.query_one(RowList).styles.max_height = max(1, count)

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return bool(self._answers)
        if action == "go_to_help":
            return bool(self._view and self._view.withheld)
        if action == "open":
            return self._quote(int(str(parameters[0]))) is not None
        return self._finding is not None or action not in ("answer", "read_on", "change_pane")

    def _quote(self, number: int) -> Evidence | None:
        found = quotes(self._finding) if self._finding else ()
        return found[number - 1] if number <= len(found) else None

    def action_read_on(self) -> None:
        self.query_one(Reader).action_move_page(1)

    def action_open(self, number: int) -> None:
        if quote := self._quote(number):
            self.go_to(Go("journal", entry=quote.id))

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.action_open(1)

    def action_go_to_help(self) -> None:
        self.post_message(Go("helplines"))

    async def action_answer(self, name: str) -> None:
        finding, verdict = self._finding, Verdict[name]
        if finding is None or self._view is None:
            return
        if finding.verdict is verdict and (verdict is not Verdict.NOT_ME or finding.muted_until):
            self.notify(f"“{verdict.capitalize()}”, as you said already.")
            return
        judgement = Judgement(kind=finding.kind, target=finding.target, verdict=verdict, on=self._world.today())

        def change() -> str:
            self._world.journal.judgements.add(judgement)
            return f"{self._say(verdict)} {_TAKES_BACK}"

        at = self.at
        if await self.change(change):
            self._answers.append(at)
            await self._take("" if verdict is Verdict.NOT_ME else at)  # put away, the next one takes its place

    def _say(self, verdict: Verdict) -> str:
        if verdict in _SAID:
            return _SAID[verdict]
        until = self._world.today() + MUTED
        return f"Put away until {say_day(until, self._world.today())}."

    async def action_undo(self) -> None:
        if await self.change(lambda: self._world.journal.steps.undo(JUDGEMENTS, title_of)):
            await self._take(self._answers.pop())

    async def _take(self, point_at: str) -> None:
        """Shows what the writer says of the patterns now, without reading every entry again for it."""
        try:
            judgements = await asyncio.to_thread(self._world.journal.judgements.all)
            self._state = await asyncio.to_thread(state_of, self._world)
        except JournalError:  # it was closed meanwhile; what was answered is kept
            return
        if self._view:
            self._view = self._view.answered(judgements)
            self.show_view(point_at)
