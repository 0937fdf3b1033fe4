"""The app: which screen is shown when. Wiring only."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual import constants
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen

from journal_tui.model import JournalError
from journal_tui.palette import PALETTES
from journal_tui.settings import Value
from journal_tui.text import clean, clean_line
from journal_tui.ui.closing import Closed, seconds
from journal_tui.ui.commands import Command
from journal_tui.ui.leaving import LeavingApp
from journal_tui.ui.messages import Begin, Choose, Edit, Go, GoOn, Opened, Protect, SettingChosen
from journal_tui.ui.pages import page
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.theme import OWN, choose_theme, theme_of
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.session.session import Session
    from journal_tui.ui.palette import Named


_LOCK = "Close the journal; its passphrase opens it again"


class JournalApp(LeavingApp):
    """The journal's screens on one world."""

    TITLE = "journal-tui"
    NOTIFICATION_TIMEOUT = 4.0
    ENABLE_COMMAND_PALETTE = False  # ours takes its place
    BINDINGS = [
        Command("app.help", "question_mark,f1", "Help", "What works here"),
        Command("app.command-palette", "ctrl+p", "Palette", "All of this by name", show=False, priority=True),
        Command("app.lock", "ctrl+l", "Lock", _LOCK, show=False, priority=True),
        Command("app.quit", "ctrl+q", "Quit", "Leave; everything is kept", show=False),
        Command("app.suspend-process", "ctrl+z", "To the shell", "Out to the shell; fg comes back", show=False),
    ]

    def __init__(self, world: World, *, closed: Closed | None = None, clock: Callable[[], float] = seconds) -> None:
        """The app on `world`.

        Args:
            closed: why the journal was closed just before.
            clock: seconds, for how long no key was pressed.
        """
        # The first screen is not pushed, so its styles come with the app's.
        first = "unlock" if world.is_locked else "today"
        no_colour = bool(os.environ.get("NO_COLOR"))
        if not no_colour:
            os.environ.pop("NO_COLOR", None)  # empty it says nothing; Textual takes it for a wish
        # As the terminal's own, no colours are left of the themes' without them; else greys would be.
        styles = ["app.tcss", f"screens/{first}.tcss"]
        super().__init__(world, clock, styles=styles, ansi_color=no_colour or None)
        self._why_closed = closed
        for theme in OWN:
            self.register_theme(theme)
        world.troubles += self._wear(world.settings.theme)
        self._move_less(world.settings.reduced_motion)

    def get_default_screen(self) -> Screen[None]:
        if self._is_open:
            return TodayScreen(self._world)
        from journal_tui.ui.screens.unlock import UnlockScreen

        return UnlockScreen(self._world, self._why_closed)

    def on_mount(self) -> None:
        if self._world.paths.keymap.exists():
            self.run_worker(self._read_keymap, thread=True, group="keymap", exclusive=True)

    def named(self) -> list[Named]:
        """What the palette offers now."""
        from journal_tui.ui.palette import named

        tasks = [task for task in ("set", "change", "remove") if self._may_protect(task)]
        return list(named(self.screen, self._world, tasks))

    def action_command_palette(self) -> None:
        from journal_tui.ui.screens.palette import PaletteScreen

        self.push_screen(PaletteScreen(self.named(), plain=self._world.settings.plain_glyphs), self.do)

    def do(self, wanted: Named | None) -> None:
        """Does what was chosen in the palette, if anything was."""
        if wanted is None:
            return
        if isinstance(wanted.does, Message):
            self.post_message(wanted.does)
        else:
            self.call_later(self.run_action, wanted.does)

    # -- the user's choices ------------------------------------------------------------------------

    def _wear(self, wanted: str) -> list[str]:
        """Puts on the theme of this name, one of ours where it cannot be used; a line for each thing amiss."""
        told: list[str] = []
        name = choose_theme(wanted, os.environ)
        if name not in PALETTES:
            from journal_tui.ui.own_theme import load_theme

            palette, told = load_theme(self._world.paths.themes / f"{name}.yaml")
            if palette:
                self.register_theme(theme_of(name, palette))
            else:
                name = choose_theme("auto", os.environ)
        self.theme = name
        return told

    def action_choose_theme(self, name: str) -> None:
        try:
            self._world.choose("theme", name)
        except JournalError as error:
            self._tell(error)
        self._take_on("theme", name)

    def on_setting_chosen(self, message: SettingChosen) -> None:
        self._take_on(message.key, getattr(self._world.settings, message.key))

    def _take_on(self, key: str, value: Value) -> None:
        """What follows at once from a choice."""
        if key == "theme" and (told := self._wear(str(value))):
            self.notify(clean_line(" ".join(told)), severity="warning", timeout=12)
        elif key == "reduced_motion":
            self._move_less(bool(value))
        elif key == "time":
            for screen in self.screen_stack:
                if isinstance(screen, TodayScreen):
                    screen.use_pace(self._world.settings.time)

    def _move_less(self, less: bool) -> None:
        self.animation_level = "none" if less else constants.TEXTUAL_ANIMATIONS

    def _read_keymap(self) -> None:
        from journal_tui.ui.keymap import read_keymap  # every screen, to know their commands

        keys, told = read_keymap(self._world.paths.keymap)
        self.call_from_thread(self._use_keymap, keys, told)

    def _use_keymap(self, keys: Mapping[str, str], told: list[str]) -> None:
        self.set_keymap(keys)
        if told:
            self._world.troubles += told
            if isinstance(self.screen, TodayScreen):
                self.screen.look_again()  # which tells of it

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
            self.clear_notifications()
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

        self.clear_notifications()
        self.push_screen(WriteScreen(self._world, session))

    def on_choose(self, message: Choose) -> None:
        from journal_tui.ui.screens.choose import ChooseScreen

        try:
            drafts, _ = self._world.waiting()
            self.clear_notifications()
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
            self.clear_notifications()
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

    def action_clear_notices(self) -> None:
        self.clear_notifications()

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

    def copy_to_clipboard(self, text: str) -> None:
        """What leaves the program is tame; what is pasted here again is exact."""
        super().copy_to_clipboard(clean(text))
        self._clipboard = text

    def action_help_quit(self) -> None:
        """Ctrl+c, where there is nothing to copy."""
        self.notify("ctrl+q leaves. Everything is kept.")
