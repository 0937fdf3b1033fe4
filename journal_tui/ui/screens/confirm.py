"""A question before what cannot be undone."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from journal_tui.ui.commands import Command
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.way_out import WayOut


class ConfirmScreen(ModalScreen[bool]):
    """Two answers; the one that changes nothing is proposed."""

    CSS_PATH = "confirm.tcss"
    TITLE = "Are you sure"
    BINDINGS = [
        Command("confirm.down", "j", "Down", action="choose(1)", show=False),
        Command("confirm.up", "k", "Up", action="choose(0)", show=False),
        Command("confirm.back", "escape", "Back", "Leave it as it is", action="dismiss(False)"),
    ]

    def __init__(self, question: str, says: str, *, no: str, yes: str, plain: bool = False) -> None:
        super().__init__()
        self._question, self._says = question, says
        self._answers = (no, yes)
        self._plain = plain

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(self._question, id="question", markup=False)
            yield Static(self._says, id="says", markup=False)
            yield Choices(plain=self._plain)
            yield WayOut()

    def on_mount(self) -> None:
        choices = self.query_one(Choices)
        choices.show([(str(number), Content(answer)) for number, answer in enumerate(self._answers)])
        choices.focus()

    def action_choose(self, number: int) -> None:
        self.query_one(Choices).highlighted = number

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        self.dismiss(event.option_index == 1)
