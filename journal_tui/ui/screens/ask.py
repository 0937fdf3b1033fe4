"""Small questions above a screen: one of a few answers, or a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from journal_tui.dates import parse_due
from journal_tui.session.wording import echo_due
from journal_tui.ui.commands import Command
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.way_out import WayOut


class PickScreen(ModalScreen[str | None]):
    """A few answers, each with its one-letter key; the key of the answer is the result. None is proposed."""

    CSS_PATH = "ask.tcss"
    TITLE = "Choose"
    BINDINGS = [Command("pick.back", "escape", "Back", "Leave it as it is", action="dismiss(None)")]

    def __init__(self, says: str, question: str, answers: Sequence[tuple[str, str]], *, plain: bool = False) -> None:
        """Asks `question` below the words it is about; all of it is cleaned for display."""
        super().__init__()
        self._says, self._question = says, question
        self._answers = answers
        self._plain = plain

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(self._says, id="says", markup=False)
            yield Static(self._question, id="question", markup=False)
            yield Choices(plain=self._plain)
            yield WayOut()

    def on_mount(self) -> None:
        choices = self.query_one(Choices)
        choices.show([(key, Content.assemble((key, "$accent"), f"  {label}")) for key, label in self._answers], at=None)
        choices.focus()

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def on_key(self, event: events.Key) -> None:
        choices = self.query_one(Choices)
        key = (event.character or "").lower()
        if key in dict(self._answers):
            event.stop()
            self.dismiss(key)
        elif key == "j":
            choices.action_cursor_down()
        elif key == "k":
            choices.action_cursor_up()


class DayScreen(ModalScreen[date | None]):
    """A day to come, in words; what they are understood as stands below."""

    CSS_PATH = "ask.tcss"
    TITLE = "A day"
    BINDINGS = [Command("day.back", "escape", "Back", "Leave it as it is", action="dismiss(None)")]

    def __init__(self, says: str, question: str, today: date) -> None:
        """Asks `question` below the words it is about; both are cleaned for display."""
        super().__init__()
        self._says, self._question = says, question
        self._today = today

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(self._says, id="says", markup=False)
            yield Static(self._question, id="question", markup=False)
            yield Line(placeholder="friday, in three days, 24 december", compact=True)
            yield Static(id="echo", markup=False)
            yield WayOut()

    def on_mount(self) -> None:
        self._echo("")

    def _echo(self, words: str) -> None:
        echo, good = echo_due(words, self._today) if words.strip() else ("", True)
        self.query_one("#echo", Static).update(Content.styled(echo, "$quiet" if good else "$warning"))

    def on_input_changed(self, event: Line.Changed) -> None:
        self._echo(event.value)

    def on_input_submitted(self, event: Line.Submitted) -> None:
        if event.value.strip() and echo_due(event.value, self._today)[1]:
            self.dismiss(parse_due(event.value, self._today))
