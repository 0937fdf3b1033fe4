"""Unlock: a closed journal asks for its passphrase."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.dates import say_full_day
from journal_tui.model import JournalError
from journal_tui.text import clean_line, plural
from journal_tui.ui.closing import Closed
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Opened
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.secret import Secret
from journal_tui.world import World

WRONG = "This passphrase does not open the journal. Nothing was changed; try again."


class UnlockScreen(Screen[None]):
    """Where one arrives at an encrypted journal."""

    CSS_PATH = "unlock.tcss"
    TITLE = "Closed"
    HELP = "Type the passphrase and press Enter. Nobody can open the journal without it, and nothing can recover it."
    BINDINGS = [
        Command("unlock.open", "enter", "Open", "Open the journal", priority=True),
        Command("unlock.leave", "escape", "Leave", "Clear what was typed; with nothing typed, leave"),
    ]

    class Unlocked(Message):
        """It opened."""

    class Refused(Message):
        """It did not open."""

        def __init__(self, error: str) -> None:
            super().__init__()
            self.error = error

    def __init__(self, world: World, closed: Closed | None = None) -> None:
        super().__init__()
        self._world = world
        self._why_closed = closed
        self._is_opening = False

    def compose(self) -> ComposeResult:
        with Vertical(id="day"):
            yield Static(say_full_day(self._world.today()), id="date", markup=False)
            yield Static("Your journal is closed. Your passphrase opens it.", id="said", markup=False)
            yield Secret("passphrase")
            yield Static(self._say_why(), id="whisper", markup=False)
        yield KeyBar(width=WIDEST)

    def _say_why(self) -> str:
        if self._why_closed is not Closed.IDLE:
            return ""
        return f"Closed after {plural(self._world.settings.lock_after, 'minute')} without a key."

    def on_mount(self) -> None:
        self.query_one(Secret).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "open" or not self._is_opening

    def _whisper(self, words: Content) -> None:
        self.query_one("#whisper", Static).update(words)

    def action_open(self) -> None:
        passphrase = self.query_one(Secret).value
        if passphrase:
            self._is_opening = True
            self._whisper(Content("opening…"))
            self.run_worker(lambda: self._open(passphrase), thread=True, group="open")

    def _open(self, passphrase: str) -> None:
        from journal_tui.store.vault import WrongPassphraseError  # the first picture does without the store

        try:
            self._world.unlock(passphrase)
            self.post_message(self.Unlocked())
        except WrongPassphraseError:
            self.post_message(
                self.Refused("This passphrase does not open the journal. Nothing was changed; try again.")
            )
        except (JournalError, OSError) as error:
            self.post_message(self.Refused(str(error)))

    def on_unlock_screen_unlocked(self, message: Unlocked) -> None:
        self.query_one(Secret).clear()
        self.post_message(Opened())

    def on_unlock_screen_refused(self, message: Refused) -> None:
        self._is_opening = False
        self._whisper(Content.styled(clean_line(message.error), "$warning"))
        self.query_one(Secret).select_all()  # typing on begins anew

    async def action_leave(self) -> None:
        secret = self.query_one(Secret)
        if secret.value:
            secret.clear()
        else:
            await self.app.action_quit()
