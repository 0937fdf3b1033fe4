"""A small question above a screen that is answered with a few words."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from journal_tui.model import UsageError
from journal_tui.ui.commands import Command
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.way_out import WayOut


class WordsScreen(ModalScreen[str | None]):
    """One line; the result is what stands in it, once `check` lets it pass."""

    CSS_PATH = "words.tcss"
    TITLE = "A few words"
    HELP = "Enter keeps what stands in the line, Esc leaves it as it was."
    BINDINGS = [Command("words.back", "escape", "Back", "Leave it as it is", action="dismiss(None)")]

    def __init__(self, says: str, question: str, value: str, check: Callable[[str], str]) -> None:
        """Asks `question` below `says`, with `value` in the line.

        Args:
            check: what the words are understood as; raises UsageError where they cannot be used.
        """
        super().__init__()
        self._says, self._question, self._value = says, question, value
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(self._says, id="says", markup=False)
            yield Static(self._question, id="question", markup=False)
            yield Line(self._value, compact=True)
            yield Static(id="echo", markup=False)
            yield WayOut()

    def on_mount(self) -> None:
        self._echo(self._value)

    def _echo(self, words: str) -> bool:
        """Says how the words are understood; whether they can be used."""
        try:
            said, style = self._check(words), "$quiet"
        except UsageError as error:
            said, style = str(error), "$warning"
        self.query_one("#echo", Static).update(Content.styled(said, style))
        return style == "$quiet"

    def on_input_changed(self, event: Line.Changed) -> None:
        self._echo(event.value)

    def on_input_submitted(self, event: Line.Submitted) -> None:
        if self._echo(event.value):
            self.dismiss(event.value)
