"""The palette: every command by its name."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from journal_tui.ui.commands import Command
from journal_tui.ui.palette import Named, matching
from journal_tui.ui.screens.filters import SheetList
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.row_list import Row, RowList


class PaletteScreen(ModalScreen[Named | None]):
    """One line to type on and the commands that fit it below; the one chosen is the result."""

    CSS_PATH = "palette.tcss"
    TITLE = "Palette"
    HELP = "Type a few letters of what you want to do, and choose from what fits."
    BINDINGS = [
        Command("palette.choose", "enter", "Do it", "What is under the cursor", priority=True),
        Command("palette.back", "escape,ctrl+p", "Back", "Back to where you were", priority=True),
        Command("palette.down", "down", "Down", action="move(1)", show=False),
        Command("palette.up", "up", "Up", action="move(-1)", show=False),
        Command("palette.page-down", "pagedown", "Page down", action="page(1)", show=False),
        Command("palette.page-up", "pageup", "Page up", action="page(-1)", show=False),
    ]

    def __init__(self, named: Sequence[Named], *, plain: bool = False) -> None:
        """The palette of `named`, in their order until something is typed."""
        super().__init__()
        self._named = named
        self._found: Sequence[Named] = ()
        self._plain = plain

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Line(placeholder="what would you like to do", id="typed", compact=True)
            yield SheetList(plain=self._plain)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#typed").focus()
        self._show("")

    def on_input_changed(self, event: Line.Changed) -> None:
        self._show(event.value)

    def _show(self, typed: str) -> None:
        self._found = matching(self._named, typed)
        rows = [
            Row(id=str(number), text=named.label, beside=named.says, aside=named.key)
            for number, named in enumerate(self._found)
        ]
        self.query_one(RowList).show(rows or [Row(text="No command is called that")], at="0")

    def action_move(self, by: int) -> None:
        self.query_one(RowList).action_move(by)

    def action_page(self, pages: int) -> None:
        self.query_one(RowList).action_move_page(pages)

    @on(RowList.Chosen)
    def action_choose(self) -> None:
        at = self.query_one(RowList).at
        if at and self.is_current:
            self.dismiss(self._found[int(at)])

    def action_back(self) -> None:
        if self.is_current:
            self.dismiss(None)
