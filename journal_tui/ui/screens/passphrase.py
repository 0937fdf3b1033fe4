"""Passphrase: set, change or remove it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.model import JournalError
from journal_tui.text import clean_line
from journal_tui.ui.commands import Command
from journal_tui.ui.views.passphrase import TASKS, advice
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.secret import Secret
from journal_tui.world import World


class PassphraseScreen(Screen[None]):
    """One task, its fields, and plain words on what follows from it."""

    CSS_PATH = "passphrase.tcss"
    TITLE = "Passphrase"
    HELP = "Enter goes on to the next line, and from the last one does it."
    BINDINGS = [
        Command("passphrase.go-on", "enter", "Go on", "To the next line; from the last one, do it", priority=True),
        Command("passphrase.back", "escape", "Back", "Leave everything as it is"),
    ]  # fmt: skip

    class Done(Message):
        """It is done, or (with an error) nothing was changed."""

        def __init__(self, error: str = "") -> None:
            super().__init__()
            self.error = error

    def __init__(self, world: World, task: str) -> None:
        super().__init__()
        self._world = world
        self._which = task
        self._todo = TASKS[task]
        self._is_working = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet", can_focus=False):
            yield Head(self._todo.label)
            for says in self._todo.says:
                yield Static(says, classes="says", markup=False)
            for asks in self._todo.fields:
                yield Secret(asks)
            yield Static(id="whisper", markup=False)
        yield KeyBar(width=WIDEST)

    def on_mount(self) -> None:
        self.query(Secret).first().focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self._is_working and action in ("go_on", "back"))

    def _whisper(self, words: str, style: str = "$quiet") -> None:
        self.query_one("#whisper", Static).update(Content.styled(words, style))

    def on_input_changed(self, event: Secret.Changed) -> None:
        fields = list(self.query(Secret))
        if len(fields) > 1 and event.input is fields[-2]:  # the new one
            self._whisper(advice(event.value))

    def action_go_on(self) -> None:
        fields = list(self.query(Secret))
        empty = next((field for field in fields if not field.value.strip()), None)
        if empty is not None:
            if empty.has_focus:
                self._whisper(f"This line is empty: {empty.placeholder}.")
            empty.focus()
        elif len(fields) > 1 and fields[-1].value != fields[-2].value:
            self._whisper("The two are not the same: type the second one again.", "$warning")
            fields[-1].clear()
            fields[-1].focus()
        else:
            self._begin(fields[0].value, fields[-1].value)

    def _begin(self, first: str, last: str) -> None:
        self._is_working = True
        self.refresh_bindings()
        self._whisper(self._todo.doing)
        self.run_worker(lambda: self._work(first, last), thread=True, group="passphrase")

    def _work(self, first: str, last: str) -> None:
        world = self._world
        try:
            if self._which == "set":
                world.set_passphrase(last)
            else:
                world.unlock(first)  # only who knows it may put another in its place, or none
                if self._which == "change":
                    world.change_passphrase(last)
                else:
                    world.remove_passphrase()
            self.post_message(self.Done())
        except (JournalError, OSError) as error:
            self.post_message(self.Done(str(error)))

    def on_passphrase_screen_done(self, message: Done) -> None:
        self._is_working = False
        self.refresh_bindings()
        if message.error:
            self._whisper(clean_line(message.error), "$warning")
            self.query(Secret).first().focus().select_all()
        else:
            self.notify(self._todo.done, timeout=10)
            self.dismiss()

    def action_back(self) -> None:
        self.dismiss()

    def save_now(self) -> bool:
        """Whether nothing is under way that should be waited for."""
        return not self._is_working

    def may_leave(self) -> bool:
        if self._is_working:
            self.notify("One moment: this is soon done.")
        return not self._is_working
