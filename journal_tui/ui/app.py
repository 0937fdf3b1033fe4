"""The app: which screen is shown when. Wiring only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import WorkerFailed

from journal_tui.model import JournalError
from journal_tui.text import clean_line
from journal_tui.ui.closing import Closed, seconds
from journal_tui.ui.commands import commands
from journal_tui.ui.messages import Begin, Choose, Edit, Go, GoOn, Opened, Protect
from journal_tui.ui.pages import LISTED, page
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.theme import DUSK, PAPER, choose_theme
from journal_tui.ui.typed import all_typed
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.session.session import Session


IDLE_CHECK_SECONDS = 5.0
_LOCK = "Close the journal; its passphrase opens it again"


class JournalApp(App[Closed]):
    """The journal's screens on one world. The result tells that the journal was closed, to be opened anew."""

    TITLE = "journal-tui"
    NOTIFICATION_TIMEOUT = 4.0
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS = [
        Binding("question_mark", "help", "Help", key_display="?", tooltip="What works here"),
        Binding("f1", "help", "Help", key_display="F1", tooltip="What works here"),
        Binding("ctrl+l", "lock", "Lock", show=False, tooltip=_LOCK, priority=True),
        Binding("ctrl+q", "quit", "Quit", show=False, tooltip="Leave; everything is kept"),
    ]

    def __init__(self, world: World, *, closed: Closed | None = None, clock: Callable[[], float] = seconds) -> None:
        """The app on `world`.

        Args:
            closed: why the journal was closed just before.
            clock: seconds, for how long no key was pressed.
        """
        self._is_open = not world.is_locked
        # The first screen is not pushed, so its styles come with the app's.
        super().__init__(css_path=["app.tcss", f"screens/{'today' if self._is_open else 'unlock'}.tcss"])
        self._world = world
        self._why_closed = closed
        self._clock = clock
        self._touched = clock()
        for theme in (DUSK, PAPER):
            self.register_theme(theme)
        self.theme = choose_theme(world.settings.theme, os.environ)
        if world.settings.reduced_motion:
            self.animation_level = "none"

    def get_default_screen(self) -> Screen[None]:
        if self._is_open:
            return TodayScreen(self._world)
        from journal_tui.ui.screens.unlock import UnlockScreen

        return UnlockScreen(self._world, self._why_closed)

    def on_mount(self) -> None:
        if self._world.settings.lock_after:
            self.set_interval(IDLE_CHECK_SECONDS, self._close_when_idle)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        from journal_tui.ui.views.passphrase import TASKS

        for _, label, tooltip, action in commands(screen):
            yield SystemCommand(label, tooltip, lambda action=action: self.call_later(self.run_action, action))
        if self._is_open and self._world.has_passphrase:
            yield SystemCommand("Lock", _LOCK, self.action_lock)
        offered = {command.label for command in commands(screen)}
        for name, label, tooltip in LISTED:
            if label not in offered and (self._is_open or name == "helplines"):
                yield SystemCommand(label, tooltip, lambda name=name: self.post_message(Go(name)))
        for name, task in TASKS.items():
            if self._may_protect(name):
                yield SystemCommand(task.label, task.tooltip, lambda name=name: self.post_message(Protect(name)))
        for theme, light in ((DUSK, "dark"), (PAPER, "light")):
            yield SystemCommand(
                f"Theme: {theme.name}",
                f"The {light} theme, for this time; settings.yaml keeps a choice",
                lambda name=theme.name: setattr(self, "theme", name),
            )

    # -- where screens ask to go -------------------------------------------------------------------

    def on_opened(self, message: Opened) -> None:
        self._is_open = True
        self.push_screen(TodayScreen(self._world))  # for good: the first screen cannot be taken away

    def _may_protect(self, task: str) -> bool:
        """Whether there is a passphrase to change, or room for one; never beside a page that is being written."""
        is_writing = any(hasattr(screen, "save_now") for screen in self.screen_stack)
        return self._is_open and not is_writing and (task == "set") != self._world.has_passphrase

    def on_protect(self, message: Protect) -> None:
        from journal_tui.ui.screens.passphrase import PassphraseScreen

        if self._may_protect(message.task):
            self.push_screen(PassphraseScreen(self._world, message.task))

    def on_begin(self, message: Begin) -> None:
        try:
            self._world.journal.check_writable()
            self._write(self._world.begin(message.choice, message.pace))
        except JournalError as error:
            self._tell(error)

    def on_go_on(self, message: GoOn) -> None:
        try:
            self._write(self._world.take(message.session))
        except JournalError as error:
            self._tell(error)

    def _write(self, session: Session) -> None:
        from journal_tui.ui.screens.write import WriteScreen

        self.push_screen(WriteScreen(self._world, session))

    def on_choose(self, message: Choose) -> None:
        from journal_tui.ui.screens.choose import ChooseScreen

        try:
            drafts, _ = self._world.waiting()
            self.push_screen(ChooseScreen(self._world, tuple(drafts), message.pace), self._chosen)
        except JournalError as error:
            self._tell(error)

    def _chosen(self, message: Begin | GoOn | None) -> None:
        if message:
            self.post_message(message)

    def on_edit(self, message: Edit) -> None:
        from journal_tui.ui.screens.edit import EditScreen

        try:
            self._world.journal.check_writable()
            entry = self._world.journal.get(message.entry)
            self._world.drafts.take_edit(entry.id)
            self.push_screen(EditScreen(self._world, entry))
        except JournalError as error:
            self._tell(error)

    def on_go(self, message: Go) -> None:
        self.clear_notifications()  # they spoke of the screen that is left
        self.push_screen(page(self._world, message))

    def _tell(self, error: JournalError) -> None:
        self.notify(clean_line(str(error)), severity="warning", timeout=10, markup=False)

    # -- everywhere --------------------------------------------------------------------------------

    def action_help(self) -> None:
        from journal_tui.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """One word at a time: what was said before goes."""
        self.clear_notifications()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def action_help_quit(self) -> None:
        """Ctrl+c, where there is nothing to copy."""
        self.notify("Ctrl+q leaves. Everything is kept.")

    def _ask_all(self, question: str) -> bool:
        """Whether no open page objects: ``save_now`` or ``may_leave``, which put what is on it on the disk."""
        return all(getattr(screen, question, lambda: True)() for screen in self.screen_stack)

    async def action_quit(self) -> None:
        """Leaves once every page that is open is on the disk."""
        if self._ask_all("may_leave"):
            self.exit()

    def leave_now(self) -> None:
        """Told to end by the system: what is on the screen goes to the disk, and the terminal is left as it was."""
        for screen in self.screen_stack:
            getattr(screen, "save_now", lambda: True)()
        self.exit(return_code=143)

    # -- closing an encrypted journal --------------------------------------------------------------

    async def action_lock(self) -> None:
        """Closes the journal once every page that is open is on the disk."""
        if not self._is_open:
            return
        if not self._world.has_passphrase:
            self.notify("There is no passphrase, so nothing can be closed. Ctrl+p, “Set a passphrase” sets one.")
            return
        for screen in self.screen_stack:
            await all_typed(screen)
        if self._ask_all("may_leave"):
            self.exit(Closed.ASKED)

    def _close_when_idle(self) -> bool:
        """Closes the journal when no key was pressed for long. Not while words cannot reach the disk."""
        minutes = self._world.settings.lock_after
        if not (minutes and self._is_open and self._clock() - self._touched >= minutes * 60):
            return False
        if not (self._world.has_passphrase and self._ask_all("save_now")):
            return False
        self.exit(Closed.IDLE)
        return True

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent | events.Paste):
            if self._close_when_idle():  # the machine slept: the key that woke it is for no page
                return
            self._touched = self._clock()
        await super().on_event(event)

    def _fatal_error(self) -> None:
        """An error of ours: said in one line, without the words that were on the screen."""
        if os.environ.get("JOURNAL_TUI_DEBUG"):
            super()._fatal_error()
            return
        error: BaseException | None = self._exception
        if isinstance(error, WorkerFailed):
            error = error.error
        frame = error.__traceback__ if error else None
        while frame and frame.tb_next:
            frame = frame.tb_next
        where = f" in {frame.tb_frame.f_code.co_filename.rpartition('/')[2]}, line {frame.tb_lineno}" if frame else ""
        self._exit_renderables.append(
            f"journal-tui had to stop ({type(error).__name__}{where}). What you wrote is kept: start it again to go on."
        )
        self._close_messages_no_wait()
