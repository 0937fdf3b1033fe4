"""Insights: what keeps coming back, drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from journal_tui.insights.balance import WeekRating
from journal_tui.insights.report import Report
from journal_tui.model import JournalError, Pillar
from journal_tui.text import clean
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Go
from journal_tui.ui.reading import make_report, ratings_of, say_progress, state_of
from journal_tui.ui.views.insights import RATINGS, awaited, parts, summary
from journal_tui.ui.views.parts import Item, Part, columns_in, lay_out, said
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.parts import Parts
from journal_tui.world import World

_PATIENCE = 0.15
"""Seconds until the page says what will be on it: it does not flash by where the report comes at once."""
_PILLARS: tuple[Pillar | None, ...] = (None, *Pillar)


class InsightsScreen(Screen[None]):
    """Counts with their dates and the writer's own words; no verdicts."""

    CSS_PATH = "insights.tcss"
    TITLE = "Insights"
    HELP = "What recurs in your own words, counted, with the day and the sentence. A mirror, not an oracle."
    BINDINGS = [
        Command(
            "insights.helplines",
            "h",
            "Who to call",
            "Helplines where you live, and elsewhere",
            action="go('helplines')",
        ),
        Command("insights.open", "enter,o", "Open", "The entry, the person, the pillar or the page it tells of"),
        Command("insights.part", "tab", "Next", "On to the next part of the page", action="part(1)"),
        Command(
            "insights.patterns",
            "b",
            "Patterns",
            "What may be worth a look, and what you say of it",
            action="go('patterns')",
        ),
        Command(
            "insights.promises", "p", "Promises", "What you meant to do, and what became of it", action="go('promises')"
        ),
        Command("insights.people", "w", "People", "Everybody whom you name, and where", action="go('people')"),
        Command("insights.back", "escape", "Back", "To Today"),
        Command(
            "insights.part-back",
            "shift+tab",
            "Part before",
            "Back to the part before",
            action="part(-1)",
            show=False,
        ),
        Command("insights.left", "h", "Left", "To the left column", show=False),
        *(
            Command(
                f"insights.{p.value if p else 'all'}",
                str(n),
                f"Ratings: {p.title.lower() if p else 'all'}",
                f"How {p.title.lower()} was rated" if p else "How all entries were rated",
                action=f"rate({n})",
                show=False,
            )
            for n, p in enumerate(_PILLARS)
        ),
    ]

    class Progress(Message):
        """So many entries of so many are read."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    class Ready(Message):
        """The report is made."""

        def __init__(
            self, state: object, report: Report, ratings: Mapping[Pillar | None, Sequence[WeekRating]]
        ) -> None:
            super().__init__()
            self.state, self.report, self.ratings = state, report, ratings

    class Failed(Message):
        """The journal cannot be read."""

        def __init__(self, error: str) -> None:
            super().__init__()
            self.error = error

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._report: Report | None = None
        self._ratings: Mapping[Pillar | None, Sequence[WeekRating]] = {}
        self._pillar: Pillar | None = None
        """Whose ratings are drawn."""
        self._trouble = ""
        """Why there is no report."""
        self._worker: Worker[None] | None = None
        self._state: object = None
        """Of the journal, when it was last read."""

    def compose(self) -> ComposeResult:
        with Vertical(id="page"):
            yield Head(self.TITLE, "reading")
            yield Parts(plain=self._world.settings.plain_glyphs)
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Parts).focus()
        self.set_timer(_PATIENCE, self._show)

    # -- making it ---------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from where something may have been changed."""
        if self._worker is None or self._worker.is_finished or self._worker.is_cancelled:
            self._worker = self.run_worker(self._build, thread=True, group="report", exclusive=True)

    def _leave_for(self, message: Go) -> None:
        """Goes to another page; what is being made is left, and begun again on coming back."""
        if self._worker:
            self._worker.cancel()
        self.post_message(message)

    def _build(self) -> None:
        try:
            state = state_of(self._world)
            if state == self._state:
                return
            report = make_report(self._world, lambda done, total: self.post_message(self.Progress(done, total)))
            if report:
                self.post_message(self.Ready(state, report, ratings_of(self._world)))
        except JournalError as error:
            self.post_message(self.Failed(str(error)))

    def on_insights_screen_progress(self, message: Progress) -> None:
        if self._report is None:
            line = say_progress(message.done, message.total, plain=self._world.settings.plain_glyphs)
            self.query_one(Head).say(line)

    def on_insights_screen_failed(self, message: Failed) -> None:
        self._trouble = clean(message.error)
        self.query_one(Head).say("")
        self._show()

    def on_insights_screen_ready(self, message: Ready) -> None:
        self._state, self._report, self._ratings = message.state, message.report, message.ratings
        self.query_one(Head).say(summary(message.report))
        self._show()
        self.refresh_bindings()

    # -- showing it --------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(columns_in(event.size.width - 6)[0] > 1, "-wide")
        self.call_after_refresh(self._lay_out_anew)

    def _lay_out_anew(self) -> None:
        if self._report:
            self._show()
            self.call_after_refresh(self.query_one(Parts).settle)

    def _show(self) -> None:
        page = self.query_one(Parts)
        cells = page.size.width - 2  # one for the scrollbar, whether it is there or not, and one of air before it
        width = columns_in(cells)[1]
        if self._report is None:
            what = [Part("It cannot be read", (Item(said(self._trouble, width, "$ink")),))] if self._trouble else None
            page.show(lay_out(what or awaited(width), cells))
            return
        settings = self._world.settings
        rated = self._ratings.get(self._pillar, ())
        found = parts(
            self._report,
            width,
            pillar=self._pillar,
            rated=rated,
            plain=settings.plain_glyphs,
            titles=self._world.titles,
        )
        page.show(lay_out(found, cells), page.stop.opens if page.stop else None)

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_hurt = bool(self._report and self._report.withheld)
        if parameters == ("helplines",):
            return is_hurt
        if action == "left":
            return not is_hurt  # its key leads to those who can be called
        if action == "rate":
            return bool(self._report and self._report.ratings)
        return action not in ("open", "part") or self.query_one(Parts).stop is not None

    @on(Parts.Chosen)
    def action_open(self) -> None:
        if stop := self.query_one(Parts).stop:
            self._leave_for(Go(**asdict(stop.opens)))

    def action_go(self, screen: str) -> None:
        self._leave_for(Go(screen))

    def action_part(self, by: int) -> None:
        self.query_one(Parts).move_part(by)

    def action_left(self) -> None:
        self.query_one(Parts).action_move_aside(-1)

    def action_rate(self, number: int) -> None:
        """Draws the ratings of one pillar, or (0) of all entries."""
        self._pillar = _PILLARS[number]
        self._show()
        self.query_one(Parts).reveal(RATINGS)

    def action_back(self) -> None:
        self.dismiss()
