"""Insights: what keeps coming back, drawn."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from journal_tui.insights.draw import bar
from journal_tui.insights.report import Report, build
from journal_tui.model import JournalError
from journal_tui.text import clean_line, plural
from journal_tui.ui.messages import Go
from journal_tui.ui.views.insights import sections
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.world import World

WIDEST = 88


class _Stopped(Exception):
    """The reader left while the report was being made."""


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
        worker = get_current_worker()

        def progress(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise _Stopped
            self.post_message(self.Progress(done, total))

        journal = self._world.journal
        try:
            report = build(
                journal.entries(),
                journal.commitments(),
                today=self._world.today(),
                people=journal.people(),
                on_progress=progress,
            )
            self.post_message(self.Ready(report))
        except _Stopped:
            return
        except JournalError as error:
            self.post_message(self.Failed(str(error)))

    def on_insights_screen_progress(self, message: Progress) -> None:
        if self._report is None:
            drawn = bar(message.done, message.total, 30, ascii=self._world.settings.plain_glyphs)
            line = Content.assemble(
                "Reading  ", (drawn, "$accent"), f"  {message.done:,} of {plural(message.total, 'entry', 'entries')}"
            )
            self.query_one("#about", Static).update(line)

    def on_insights_screen_failed(self, message: Failed) -> None:
        self.query_one("#about", Static).update(Content(clean_line(message.error)))

    async def on_insights_screen_ready(self, message: Ready) -> None:
        self._report = message.report
        await self._show()

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
