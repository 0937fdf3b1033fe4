"""Today: the pillar and its question, what is promised, a memory, the rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.collecting import keep_for_good, without_collecting
from journal_tui.dates import say_full_day
from journal_tui.model import JournalError, Pace
from journal_tui.text import clean_line
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Begin, Choose, Go, GoOn, Protect
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.leads import Leads
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.insights.patterns import Finding
    from journal_tui.ui.views.today import TodayView

LOW = 20
"""Rows of a terminal on which there is none to spare."""
MOST_SPARE = 24
LEAST_ASKS = 7
NEEDED = 6
"""Rows of the day, the thin rule, the keys and the edges, or the rhythm on its row."""
MIRROR = "mirror"
"""Group of the worker that looks into it."""
LEAST_MIRRORED = 10
"""Entries, with fewer of which the mirror has nothing to ask."""


class TodayScreen(Screen[None]):
    """Where one arrives. One key starts writing."""

    CSS_PATH = "today.tcss"
    TITLE = "Today"
    HELP = "The pillar of the day and its question. Enter starts writing; everything else can wait."
    BINDINGS = [
        Command("today.write", "enter", "Write", "Start today's session, or go on where you stopped"),
        Command("today.journal", "j", "Journal", "Read, search and edit what you wrote", action="go('journal')"),
        Command("today.insights", "i", "Insights", "What keeps coming back", action="go('insights')"),
        Command("today.choose", "p", "Pillars", "Choose a pillar, one of your own packs, or a free page"),
        Command("today.settings", "comma", "Settings", "Theme, time, focus, editor and more", action="go('settings')"),
        Command("today.free", "f", "Free page", "Write without a question"),
        Command("today.memory", "o", "On this day", "Read what you wrote on this day"),
        Command("today.protect", "s", "Passphrase", "Protect what you write with a passphrase"),
        Command("today.week", "w", "The week", "The last seven days, and the weeks before", action="go('week')"),
        Command("today.first-days", "n", "First days", "Begin with a few short evenings"),
        Command("today.patterns", "b", "Patterns", "What the mirror shows, with your own words"),
        Command("today.promises", "m", "Promises", "What you promised: open and kept", action="go('promises')"),
        Command("today.time", "t", "Time", "Two minutes, ten, or as long as it takes"),
        Command("today.hush", "escape", "Close the notice", action="app.clear_notices", show=False),
        Command("today.up", "up", "Up", action="scroll(-1)", show=False),
        Command("today.down", "down", "Down", action="scroll(1)", show=False),
        Command("app.quit", "q", "Quit", "Leave; everything is kept", action="app.quit"),
    ]

    class Looked(Message):
        """The day was read."""

        def __init__(self, view: TodayView) -> None:
            super().__init__()
            self.view = view

    class Failed(Message):
        """The journal cannot be read."""

        def __init__(self, error: str) -> None:
            super().__init__()
            self.error = error

    class Asked(Message):
        """The mirror was looked into; None: it has no question today."""

        def __init__(self, finding: Finding | None, state: object) -> None:
            super().__init__()
            self.finding = finding
            self.state = state
            """Of the journal then."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._finding: Finding | None = None
        """What the mirror asks about."""
        self._mirrored: object = None
        """State of the journal when the mirror was last looked into."""
        self._view: TodayView | None = None
        self._told: set[str] = set()
        """What was said to be amiss."""
        self._hurried = False
        self._pace = world.settings.time

    @property
    def _plain(self) -> bool:
        return self._world.settings.plain_glyphs

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="day", can_focus=False):
            yield Static(say_full_day(self._world.today()), id="date", markup=False)
            with Vertical(id="asks"):
                yield Static(id="pillar", markup=False)
                yield Static(id="question", markup=False)
                yield Static(id="start", markup=False)
            yield Leads()
        yield KeyBar(width=WIDEST)

    def on_mount(self) -> None:
        # The first picture does not wait for the journal, nor does its way to the terminal.
        self.call_after_refresh(self.set_timer, 0.01, self.look_again)

    def on_screen_resume(self) -> None:
        if self._view is not None:
            self.look_again()

    def on_screen_suspend(self) -> None:
        self.workers.cancel_group(self, MIRROR)

    def look_again(self) -> None:
        """Reads the day anew, beside the screen's own work."""
        self.run_worker(self._look, thread=True, group="look", exclusive=True)

    def _look(self) -> None:
        from journal_tui.ui.views.today import look  # brings the sessions, which the first picture does without

        try:
            with without_collecting():
                view = look(self._world)
                if self._view is None:
                    keep_for_good()
            self.post_message(self.Looked(view))
        except (JournalError, OSError) as error:
            self.post_message(self.Failed(str(error)))

    def _ask_mirror(self) -> None:
        from journal_tui.ui.views.today import ask_mirror

        try:
            answer = ask_mirror(self._world, self._mirrored)
        except (JournalError, OSError):  # the day itself says what is amiss
            return
        if answer:
            self.post_message(self.Asked(*answer))

    def on_today_screen_asked(self, message: Asked) -> None:
        before, was_awaited = self._finding, self._mirrored is None
        self._finding, self._mirrored = message.finding, message.state
        if was_awaited or self._finding != before:  # without a question its rows are free
            self._show_lines()

    def on_today_screen_failed(self, message: Failed) -> None:
        self.query_one("#pillar", Static).update(Content.styled("The journal cannot be opened", "$warning"))
        self.query_one("#question", Static).update(Content(clean_line(message.error)))

    def on_today_screen_looked(self, message: Looked) -> None:
        view = self._view = message.view
        self.query_one("#date", Static).update(say_full_day(view.day))
        self._show_question(view)
        self._show_lines()
        self.refresh_bindings()
        if self._hurried:
            self._hurried = False
            self.action_write()
        if view.entries >= LEAST_MIRRORED:
            # The day is there; the mirror reads every entry, and may come later.
            self.run_worker(self._ask_mirror, thread=True, group=MIRROR, exclusive=True)
        self._tell(view)

    def _tell(self, view: TodayView) -> None:
        """Says what is amiss, where something new is."""
        from journal_tui.ui.views.today_lines import say_amiss

        amiss = {*view.left_out, *view.notices}
        if amiss - self._told and self.is_current:
            self._told = amiss
            self.app.notify("\n".join(say_amiss(view)), severity="warning", timeout=12)

    # -- showing -----------------------------------------------------------------------------------

    @property
    def _spare(self) -> int:
        """Rows to leave empty, for air."""
        return max(0, min(MOST_SPARE, self.size.height - LOW))

    def on_resize(self) -> None:
        # The question has its place before the journal is read: nothing moves when it comes.
        asks = self.query_one("#asks")
        asks.styles.min_height = LEAST_ASKS + self._spare // 2
        asks.styles.padding = (1 + self._spare // 4, 0, 0, 0)
        self._show_lines()

    def _show_question(self, view: TodayView) -> None:
        from journal_tui.ui.views.today_lines import hero

        for part, words in hero(view, self._pace, plain=self._plain)._asdict().items():
            self.query_one(f"#{part}", Static).update(words)

    def _show_lines(self) -> None:
        if view := self._view:
            self.query_one(Leads).show(
                view,
                self._finding,
                width=min(self.size.width, WIDEST) - 4,
                rows=self.size.height - NEEDED - LEAST_ASKS - self._spare // 2,
                in_a_row=self.size.width < WIDEST - 4 or self.size.height < LOW + 2,
                is_awaited=view.entries >= LEAST_MIRRORED and self._mirrored is None,
                plain=self._plain,
            )

    # -- keys --------------------------------------------------------------------------------------

    @on(events.Click, "#asks Static")
    def _asked_to_write(self) -> None:
        self.action_write()

    def action_scroll(self, by: int) -> None:
        self.query_one("#day").scroll_relative(y=by, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("memory", "first_days"):
            return bool(self._view and getattr(self._view, action))
        if action == "patterns":
            return bool(self._view and self._view.entries)
        return action != "protect" or bool(self._view and self._view.offers_passphrase)

    def action_memory(self) -> None:
        if self._view and self._view.memory:
            self.post_message(Go("journal", entry=self._view.memory.id))

    def action_write(self) -> None:
        if self._view is None:  # a quick hand: as soon as the day was read
            self._hurried = True
        elif self._view.drafts:
            self.post_message(GoOn(self._view.drafts[0]))
        else:
            self.post_message(Begin(self._view.choice, self._pace))

    def action_first_days(self) -> None:
        if self._view:
            self.post_message(Begin(self._view.first_days, self._pace))

    def use_pace(self, pace: Pace) -> None:
        """So much time from now on, as it was chosen in the settings; the day is shown anew on coming back."""
        self._pace = pace

    def action_time(self) -> None:
        """Less or more time for the next session; the settings keep a choice for good."""
        paces = list(Pace)
        self._pace = paces[(paces.index(self._pace) + 1) % len(paces)]
        if self._view:
            self._show_question(self._view)
        if self._pace.value.capitalize() not in str(self.query_one("#start", Static).render()):
            self.app.notify(f"{self._pace.value.capitalize()}.")

    def action_free(self) -> None:
        self.post_message(Begin(None))

    def action_choose(self) -> None:
        self.post_message(Choose(self._pace))

    def action_protect(self) -> None:
        self.post_message(Protect("set"))

    def action_patterns(self) -> None:
        from journal_tui.ui.views.patterns import id_of

        self.post_message(Go("patterns", pattern=id_of(self._finding) if self._finding else ""))

    def action_go(self, screen: str) -> None:
        self.post_message(Go(screen))
