"""A question before what cannot be undone."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from journal_tui.ui.widgets.choices import Choices


class ConfirmScreen(ModalScreen[bool]):
    """Two answers; the one that changes nothing is proposed."""

    CSS_PATH = "confirm.tcss"
    TITLE = "Are you sure"
    BINDINGS = [
        Binding("j", "choose(1)", "Down", show=False),
        Binding("k", "choose(0)", "Up", show=False),
        Binding("escape", "dismiss(False)", "Back", tooltip="Leave it as it is"),
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

    def on_mount(self) -> None:
        choices = self.query_one(Choices)
        choices.show([(str(number), Content(answer)) for number, answer in enumerate(self._answers)])
        choices.focus()

    def action_choose(self, number: int) -> None:
        self.query_one(Choices).highlighted = number

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        self.dismiss(event.option_index == 1)
