"""The two lines of a promise: what, and by when."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from journal_tui.session.wording import echo_due
from journal_tui.ui.widgets.page import Line


class PromiseLines(Vertical):
    """Holds a promise in words, with what its day is understood as below."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._today = date.min
        self._shown = ("", "")

    def compose(self) -> ComposeResult:
        yield Line(placeholder="Call my sister on Sunday", id="promise-text", compact=True)
        yield Line(placeholder="by when: friday, in three days, 24 december", id="promise-due", compact=True)
        yield Static(id="promise-echo", markup=False)

    @property
    def text(self) -> Line:
        return self.query_one("#promise-text", Line)

    @property
    def due(self) -> Line:
        return self.query_one("#promise-due", Line)

    def fill(self, text: str, due: str, today: date, *, only_day: bool) -> None:
        """Shows a promise, or only the line for a day, and waits for words there."""
        self._today = today
        self.text.value, self.due.value = text, due
        # What a line cannot hold is not taken for a change.
        self._shown = (self.text.value, self.due.value)
        self.text.display = not only_day
        self._echo()
        self.first.focus()

    @property
    def first(self) -> Line:
        return self.text if self.text.display else self.due

    def changed(self) -> tuple[str, str] | None:
        """The promise and its day, where they are not as last shown or asked."""
        now = (self.text.value, self.due.value)
        if now == self._shown:
            return None
        self._shown = now
        return now

    @on(Line.Changed)
    def _echo(self) -> None:
        echo, good = echo_due(self.due.value, self._today)
        self.query_one("#promise-echo", Static).update(Content.styled(echo, "$quiet" if good else "$warning"))
