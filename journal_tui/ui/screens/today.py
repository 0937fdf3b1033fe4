"""Today: the pillar and its question, what is promised, a memory, the rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.dates import say_day, say_full_day
from journal_tui.model import JournalError, Pace
from journal_tui.text import clean_line, count_words, plural, shorten
from journal_tui.ui.messages import Begin, Choose, Go, GoOn, Protect
from journal_tui.ui.theme import glyph, hue, title
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.wrapping import wrap
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.insights.patterns import Finding
    from journal_tui.ui.views.today import TodayView

WIDEST = 80
LABEL = 14
ABOVE = 15
"""Rows that the date, the question and the keys take: what is left is for the lines, with air where there is room."""
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
        Binding("enter", "write", "Write", tooltip="Start today's session, or go on where you stopped"),
        Binding("j", "go('journal')", "Journal", tooltip="Read, search and edit what you wrote"),
        Binding("i", "go('insights')", "Insights", tooltip="What keeps coming back"),
        Binding("p", "choose", "Pillars", tooltip="Choose a pillar, one of your own packs, or a free page"),
        Binding("f", "free", "Free page", tooltip="Write without a question"),
        Binding("o", "memory", "On this day", tooltip="Read what you wrote on this day"),
        Binding("s", "protect", "Passphrase", tooltip="Protect what you write with a passphrase"),
        Binding("w", "week", "The week", tooltip="Look back on the week, with its own words"),
        Binding("n", "first_days", "First days", tooltip="Begin with a few short evenings"),
        Binding("b", "patterns", "Patterns", tooltip="What the mirror shows, with your own words"),
        Binding("m", "go('promises')", "Promises", tooltip="What you promised: open and kept"),
        Binding("t", "time", "Time", tooltip="Two minutes, ten, or as long as it takes"),
        Binding("q", "app.quit", "Quit", tooltip="Leave; everything is kept"),
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
        self._notices: set[str] = set()
        self._hurried = False
        self._pace = world.settings.time

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="day", can_focus=False):
            yield Static(say_full_day(self._world.today()), id="date", markup=False)
            with Vertical(id="asks"):
                yield Static(id="pillar", markup=False)
                yield Static(id="question", markup=False)
                yield Static(id="start", markup=False)
            yield Vertical(id="more")
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
            self.post_message(self.Looked(look(self._world)))
        except (JournalError, OSError) as error:
            self.post_message(self.Failed(str(error)))

    def _ask_mirror(self) -> None:
        from journal_tui.insights.patterns import for_today
        from journal_tui.ui.reading import make_report, state_of

        try:
            state = state_of(self._world)
            if state == self._mirrored:
                return
            report = make_report(self._world)
            if report:
                finding = for_today(report.patterns, self._world.journal.judgements(), report.as_of)
                self.post_message(self.Asked(finding, state))
        except (JournalError, OSError):  # the day itself says what is amiss
            return

    async def on_today_screen_asked(self, message: Asked) -> None:
        self._finding, self._mirrored = message.finding, message.state
        await self._show_lines()

    def on_today_screen_failed(self, message: Failed) -> None:
        self.query_one("#pillar", Static).update(Content.styled("The journal cannot be opened", "$warning"))
        self.query_one("#question", Static).update(Content(clean_line(message.error)))

    async def on_today_screen_looked(self, message: Looked) -> None:
        view = self._view = message.view
        self.query_one("#date", Static).update(say_full_day(view.day))
        self._show_question(view)
        await self._show_lines()
        self.refresh_bindings()
        if self._hurried:
            self._hurried = False
            self.action_write()
        if view.entries >= LEAST_MIRRORED:
            # The day is there; the mirror reads every entry, and may come later.
            self.run_worker(self._ask_mirror, thread=True, group=MIRROR, exclusive=True)
        news = [clean_line(notice) for notice in view.notices if notice not in self._notices]
        if news:
            self._notices.update(view.notices)
            self.app.notify("\n".join(news), severity="warning", timeout=12)

    async def on_resize(self) -> None:
        await self._show_lines()

    async def _show_lines(self) -> None:
        more = self.query_one("#more", Vertical)
        if self._view:
            lines = self._lines(self._view)
            more.display = bool(lines)
            more.set_class(2 * len(lines) > self.size.height - ABOVE, "-tight")
            async with self.batch():
                await more.remove_children()
                await more.mount_all(Static(line, classes="line") for line in lines)

    def _show_question(self, view: TodayView) -> None:
        plain = self._world.settings.plain_glyphs
        draft = view.drafts[0] if view.drafts else None
        pillar = draft.pillar if draft else view.pillar
        name = view.name
        if draft:
            name = clean_line(draft.pack.title) if draft.pack else title(None)
        question = view.question
        start = ""
        if draft:
            question = draft.step.prompt.ask if draft.step.prompt else clean_line(draft.word_text)[:160]
            if draft.step.quote:
                question = f"“{draft.step.quote.text}” {question}"
            words = count_words(draft.word_text)
            after = f", after {plural(words, 'word')}" if words else ""
            start = f"You stopped here {say_day(draft.day, view.day)}{after}. Enter goes on."
        elif not view.entries:
            start = "Press Enter and write. One sentence is enough."
        elif view.written_today:
            start = f"You wrote {plural(view.written_today, 'entry', 'entries')} today. There is room for more."
        else:
            start = f"{self._pace.value.capitalize()}. t for less or more."
        self.query_one("#pillar", Static).update(Content.styled(f"{glyph(pillar, plain=plain)}  {name}", hue(pillar)))
        self.query_one("#question", Static).update(Content(clean_line(question)))
        self.query_one("#start", Static).update(Content(start))

    def _lines(self, view: TodayView) -> list[Content]:
        lines: list[Content] = []
        room = min(self.size.width, WIDEST) - 5 - LABEL

        def line(name: str, *words: tuple[str, str]) -> None:
            lines.append(Content.assemble((name.ljust(LABEL), "$quiet"), *words))

        for commitment in view.due[:2]:
            due = f"  due {say_day(commitment.due, view.day)}" if commitment.due else ""
            line("You promised", (shorten(commitment.text, room - len(due)), "$ink"), (due, "$quiet"))
        if len(view.due) > 2:
            line("", (f"and {plural(len(view.due) - 2, 'more promise')} to look at", "$quiet"))
        if view.first_days:
            line("To begin", ("n", "$accent"), (f"  {view.first_days_title}: a few short evenings", "$ink"))
        if view.week:
            line("Look back", ("w", "$accent"), (f"  {view.week_title}, in its own words", "$ink"))
        if len(view.drafts) > 1:
            line("Drafts", (f"{len(view.drafts)} wait for you", "$ink"), ("  p shows them", "$quiet"))
        if view.unfinished_edits:
            count = plural(view.unfinished_edits, "change")
            line("Edits", (f"{count} not finished", "$ink"), ("  e in the journal goes on", "$quiet"))
        if view.memory:
            year = f"{view.memory.day.year}  " if view.memory.day else ""
            line("On this day", (year, "$accent"), (shorten(view.memory.heading, room - len(year)), "$ink"))
        if len(view.rhythm) > 1 and any(view.rhythm):
            mark, none = ("#", ".") if self._world.settings.plain_glyphs else ("▪", "·")
            dots = " ".join(mark if written else none for written in view.rhythm)
            line("Rhythm", (dots, "$accent"), (f"  {view.rhythm_line}", "$quiet"))
        if self._finding:
            asked = f"{clean_line(self._finding.title)}. {self._finding.question}"
            question = f"\n{' ' * (LABEL + 3)}".join(wrap(asked, room - 3))
            line("The mirror", ("b", "$accent"), (f"  {question}", "$ink"))
        if view.offers_passphrase:
            line("If you wish", ("s", "$accent"), ("  Protect it with a passphrase", "$quiet"))
        return lines

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        offered = {"memory": "memory", "week": "week", "first_days": "first_days"}.get(action)
        if offered:
            return bool(self._view and getattr(self._view, offered))
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

    def action_week(self) -> None:
        if self._view:
            self.post_message(Begin(self._view.week, self._pace))

    def action_first_days(self) -> None:
        if self._view:
            self.post_message(Begin(self._view.first_days, self._pace))

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
