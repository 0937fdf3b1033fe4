"""Packs: every question that can be asked, and what is wrong with the files that are left out."""

from __future__ import annotations

import shlex
import signal
import subprocess
from pathlib import Path

from textual import on
from textual.app import SuspendNotSupported

from journal_tui.editor import editor_of
from journal_tui.model import JournalError, Pack
from journal_tui.signals import listening
from journal_tui.text import clean_line
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Begin
from journal_tui.ui.screens.list_and_pane import WAYS, ListAndPane
from journal_tui.ui.views.entry import Block
from journal_tui.ui.views.packs import PacksView, details, look, row_of, rows
from journal_tui.ui.widgets.row_list import Row, RowList


class PacksScreen(ListAndPane[PacksView]):
    """The packs above, the questions of one below."""

    CSS_PATH = ["list_and_pane.tcss", "packs.tcss"]
    TITLE = "Packs"
    HELP = "The questions, ours and your own. Enter begins a session on one; Tab goes down to read its questions."
    WAIT = "reading"
    BINDINGS = [
        Command("packs.begin", "enter", "Write", "Begin a session on it"),
        Command("packs.questions", "right,l", "Questions", "To the questions, to scroll them"),
        Command("packs.edit", "e", "Edit", "Open the file, if it is yours, in your editor"),
        Command("packs.read-again", "r", "Read again", "Read the files anew, after a change"),
        *WAYS,
    ]

    _file_read = ""
    """Of the user's own, read anew: the cursor goes where it stands now."""

    @property
    def _pack(self) -> Pack | None:
        return self._view.library.packs.get(self.at) if self._view else None

    @property
    def _file(self) -> str:
        """The user's file under the cursor; empty: there is none."""
        pack = self._pack
        if pack:
            return pack.file if pack.own else ""
        return self.at if self._view and self.at in self._view.broken and Path(self.at).is_file() else ""

    def on_list_and_pane_loaded(self, message: ListAndPane.Loaded) -> None:
        if message.view:  # before the page shows them
            self._point_at = row_of(message.view, self._file_read) or self._point_at
        self._file_read = ""

    def read(self) -> PacksView:
        return look(self._world)

    def summary(self, view: PacksView) -> str:
        return view.summary

    def rows(self, view: PacksView) -> list[Row]:
        return rows(view, plain=self._world.settings.plain_glyphs)

    def pane(self, view: PacksView, id: str) -> list[Block]:
        return details(view, id)

    def nothing(self, view: PacksView | None) -> str:
        return ""

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        works = {
            "begin": self._pack is not None,
            "questions": self._pack is not None and self.query_one(RowList).has_focus,
            "edit": bool(self._file),
        }
        return works.get(action, True)

    def action_questions(self) -> None:
        self.action_change_pane()

    @on(RowList.Chosen)
    def action_begin(self) -> None:
        if pack := self._pack:
            self.go_to(Begin(pack.id))

    def action_read_again(self) -> None:
        self._file_read = self._file
        self.look(self.at)

    def action_edit(self) -> None:
        try:
            command = [*shlex.split(editor_of(self._world.settings.editor)), self._file]
            # Ctrl+c is the editor's business.
            with self.app.suspend(), listening((signal.SIGINT, signal.SIGQUIT), lambda number: None):
                subprocess.run(command, check=False)
        except SuspendNotSupported:
            self.notify("This terminal cannot be lent to an editor.", severity="warning")
        except JournalError as error:
            self.notify(clean_line(str(error)), severity="warning", timeout=10)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            self.notify(f"The editor cannot be started ({clean_line(str(reason))}): name another one in the settings.")
        else:
            self.refresh(layout=True)
            self.action_read_again()
