"""Help: what this screen is and which keys work on it."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from journal_tui.session.wording import HELP_LINE
from journal_tui.ui.commands import Command, offers
from journal_tui.ui.messages import Go
from journal_tui.ui.views.help import page
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.reader import Reader

_ABOUT = "A journal to think with, not therapy. What you write stays in the files on this machine; in a shell, "
_ABOUT += "journal-tui import and journal-tui export bring words in and out. "
_ABOUT += HELP_LINE.format(how="c")


_AROUND = 4
"""Lines of the sheet beside the text: its head and the air above and below."""


class _Sheet(Reader):
    """The help's own ground."""

    GROUND = "$lift"
    RAISED = "$background"


class HelpScreen(ModalScreen[None]):
    """Made of the bindings themselves, so that it is never out of date."""

    CSS_PATH = "help.tcss"
    TITLE = "Help"
    BINDINGS = [
        Command("help.back", "escape,q,question_mark,f1", "Close", action="dismiss"),
        Command("help.helplines", "c", "Who to call"),
    ]

    def __init__(self, of: Screen[object]) -> None:
        super().__init__()
        self._of = of.title or ""
        self._help = getattr(of, "HELP", "")
        self._offers = offers(of)

    def action_helplines(self) -> None:
        self.dismiss()
        self.app.post_message(Go("helplines"))

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Head(self._of, "esc closes it")
            yield _Sheet()

    def on_mount(self) -> None:
        self.query_one(_Sheet).focus()
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if not self.is_current:
            return  # it was closed meanwhile
        sheet = self.query_one(_Sheet)
        blocks = page(self._help, self._offers, _ABOUT, sheet.scrollable_content_region.width or 60)
        sheet.show(blocks)
        self.query_one("#sheet").styles.height = sheet.virtual_size.height + _AROUND

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.dismiss()
