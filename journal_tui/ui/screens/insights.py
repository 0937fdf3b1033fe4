"""Insights: what keeps coming back, drawn."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.insights.report import Report
from journal_tui.model import JournalError
from journal_tui.text import clean_line, plural
from journal_tui.ui.messages import Go
from journal_tui.ui.reading import make_report, say_progress
from journal_tui.ui.views.insights import sections
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.world import World

WIDEST = 88


class InsightsScreen(Screen[None]):
    """Counts with their dates and the writer's own words; no verdicts."""

    CSS_PATH = "insights.tcss"
    TITLE = "Insights"
    HELP = "What recurs in your own words, counted, with the day and the sentence. A mirror, not an oracle."
    BINDINGS = [
        Binding("down,j", "scroll(3)", "Down", key_display="j", tooltip="Further down"),
        Binding("up,k", "scroll(-3)", "Up", key_display="k", tooltip="Further up"),
        Binding("pagedown,space", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home,g", "top", "Top", show=False),
        Binding("b", "go('patterns')", "Patterns", tooltip="What may be worth a look, and what you say of it"),
        Binding("h", "go('helplines')", "Who to call", tooltip="Helplines where you live, and elsewhere"),
        Binding("p", "go('promises')", "Promises", tooltip="What you meant to do, and what became of it"),
        Binding("w", "go('people')", "People", tooltip="Everybody whom you name, and where"),
        Binding("escape", "dismiss", "Back", tooltip="To Today"),
    ]

    class Progress(Message):
        """So many entries of so many are read."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    class Ready(Message):
        """The report is made."""

        def __init__(self, report: Report) -> None:
            super().__init__()
            self.report = report

    class Failed(Message):
        """The journal cannot be read."""

        def __init__(self, error: str) -> None:
            super().__init__()
            self.error = error

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._report: Report | None = None
        self._is_away = True

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet"):
            yield Static(id="about", markup=False)
            yield Vertical(id="parts")
        yield KeyBar(width=WIDEST)

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from where something may have been changed."""
        if self._is_away:
            self._is_away = False
            self.run_worker(self._build, thread=True, group="report", exclusive=True)

    def _build(self) -> None:
        try:
            report = make_report(self._world, lambda done, total: self.post_message(self.Progress(done, total)))
        except JournalError as error:
            self.post_message(self.Failed(str(error)))
            return
        if report:
            self.post_message(self.Ready(report))

    def on_insights_screen_progress(self, message: Progress) -> None:
        if self._report is None:
            line = say_progress(message.done, message.total, plain=self._world.settings.plain_glyphs)
            self.query_one("#about", Static).update(line)

    def on_insights_screen_failed(self, message: Failed) -> None:
        self.query_one("#about", Static).update(Content(clean_line(message.error)))

    async def on_insights_screen_ready(self, message: Ready) -> None:
        self._report = message.report
        await self._show()
        self.refresh_bindings()

    async def on_resize(self) -> None:
        if self._report:
            await self._show()

    async def _show(self) -> None:
        report = self._report
        assert report is not None
        count = plural(report.entries, "entry", "entries")
        about = f"From {count}." if report.entries else "Nothing is written yet."
        self.query_one("#about", Static).update(Content(about))
        width = min(WIDEST, self.size.width) - 5
        parts = self.query_one("#parts", Vertical)
        async with self.batch():
            await parts.remove_children()
            for heading, lines in sections(
                report, width, plain=self._world.settings.plain_glyphs, titles=self._world.titles
            ):
                await parts.mount(
                    Static(Content(heading), classes="heading"), Static(Content("\n").join(lines), classes="part")
                )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return parameters != ("helplines",) or bool(self._report and self._report.withheld)

    def action_go(self, screen: str) -> None:
        self._is_away = True
        self.post_message(Go(screen))

    def action_scroll(self, by: int) -> None:
        self.query_one("#sheet").scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        sheet = self.query_one("#sheet")
        sheet.scroll_relative(y=by * max(1, sheet.size.height - 2), animate=False)

    def action_top(self) -> None:
        self.query_one("#sheet").scroll_home(animate=False)
