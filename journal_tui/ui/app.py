"""The app: which screen is shown when. Wiring only."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.notifications import SeverityLevel
from textual.screen import Screen

from journal_tui.model import JournalError
from journal_tui.text import clean_line
from journal_tui.ui.commands import commands
from journal_tui.ui.messages import Begin, Choose, Edit, Go, GoOn
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.theme import DUSK, PAPER, choose_theme
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.session.session import Session


class JournalApp(App[None]):
    """The journal's screens on one world."""

    # The first screen is not pushed, so its styles come with the app's.
    CSS_PATH = ["app.tcss", "screens/today.tcss"]
    TITLE = "journal-tui"
    NOTIFICATION_TIMEOUT = 4.0
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS = [
        Binding("question_mark", "help", "Help", key_display="?", tooltip="What works here"),
        Binding("f1", "help", "Help", key_display="F1", tooltip="What works here"),
        Binding("ctrl+q", "quit", "Quit", show=False, tooltip="Leave; everything is kept"),
    ]

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        for theme in (DUSK, PAPER):
            self.register_theme(theme)
        self.theme = choose_theme(world.settings.theme, os.environ)
        if world.settings.reduced_motion:
            self.animation_level = "none"

    def get_default_screen(self) -> Screen[None]:
        return TodayScreen(self._world)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        for _, label, tooltip, action in commands(screen):
            yield SystemCommand(label, tooltip, lambda action=action: self.call_later(self.run_action, action))
        for theme, light in ((DUSK, "dark"), (PAPER, "light")):
            yield SystemCommand(
                f"Theme: {theme.name}",
                f"The {light} theme, for this time; settings.yaml keeps a choice",
                lambda name=theme.name: setattr(self, "theme", name),
            )

    # -- where screens ask to go -------------------------------------------------------------------

    def on_begin(self, message: Begin) -> None:
        try:
            self._world.journal.check_writable()
            self._write(self._world.begin(message.choice))
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
            self.push_screen(ChooseScreen(self._world, tuple(drafts)), self._chosen)
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
        if message.screen == "journal":
            from journal_tui.ui.screens.journal import JournalScreen

            self.push_screen(JournalScreen(self._world, message.entry))
        else:
            from journal_tui.ui.screens.insights import InsightsScreen

            self.push_screen(InsightsScreen(self._world))

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

    async def action_quit(self) -> None:
        """Leaves once every page that is open is on the disk."""
        for screen in self.screen_stack:
            leave = getattr(screen, "may_leave", None)
            if leave is not None and not leave():
                return
        self.exit()

    def leave_now(self) -> None:
        """Told to end by the system: what is on the screen goes to the disk, and the terminal is left as it was."""
        for screen in self.screen_stack:
            save = getattr(screen, "save_now", None)
            if save is not None:
                save()
        self.exit(return_code=143)

    def _fatal_error(self) -> None:
        """An error of ours: said in one line, without the words that were on the screen."""
        if os.environ.get("JOURNAL_TUI_DEBUG"):
            super()._fatal_error()
            return
        error = self._exception
        frame = error.__traceback__ if error else None
        while frame and frame.tb_next:
            frame = frame.tb_next
        where = f" in {frame.tb_frame.f_code.co_filename.rpartition('/')[2]}, line {frame.tb_lineno}" if frame else ""
        self._exit_renderables.append(
            f"journal-tui had to stop ({type(error).__name__}{where}). What you wrote is kept: start it again to go on."
        )
        self._close_messages_no_wait()
