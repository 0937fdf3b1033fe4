"""The line for a passphrase."""

from __future__ import annotations

from textual.actions import SkipAction
from textual.widgets import Input


class Secret(Input):
    """One line that shows how much was typed, never what; nothing of it can be copied out."""

    DEFAULT_CSS = """
    Secret {
        width: 44; max-width: 100%; height: 1; padding: 0 1; border: none; background: $lift; color: $ink;
        &:focus { border: none; }
        & .input--placeholder { color: $quiet; }
        & .input--cursor { background: $accent; color: $background; }
        & .input--selection { background: $accent 30%; }
    }
    """

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, password=True, compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        self.cursor_blink = False

    def action_copy(self) -> None:
        raise SkipAction

    def action_cut(self) -> None:
        self.delete_selection()
