"""Leaving: for good, for the shell, or as nobody is there. What is on the screen goes to the disk first."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.worker import WorkerFailed

from journal_tui.ui.beside import note_key
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import CameBack
from journal_tui.ui.typed import all_typed
from journal_tui.world import World

if TYPE_CHECKING:
    from rich.console import RenderableType

IDLE_CHECK_SECONDS = 5.0
_DEBUG_VARIABLE = "JOURNAL_TUI_DEBUG"


class LeavingApp(App[Closed]):
    """An app on a journal that can be closed. The result tells that it was, to be opened anew."""

    def __init__(self, world: World, clock: Callable[[], float], *, styles: list[str], ansi_color: bool | None) -> None:
        """The app on `world`.

        Args:
            clock: seconds, for how long no key was pressed.
            styles: files of those that the first picture needs.
        """
        super().__init__(css_path=[*styles], ansi_color=ansi_color)
        self._world = world
        self._is_open = not world.is_locked
        self._clock = clock
        self._touched = clock()

    def on_mount(self) -> None:
        self.set_interval(IDLE_CHECK_SECONDS, self._close_when_idle)

    def _ask_all(self, question: str) -> bool:
        """Whether no open page objects: ``save_now`` or ``may_leave``, which put what is on it on the disk."""
        return all(getattr(screen, question, lambda: True)() for screen in self.screen_stack)

    async def action_quit(self) -> None:
        """Leaves once every page that is open is on the disk."""
        if self._ask_all("may_leave"):
            self.exit()

    def action_suspend_process(self) -> None:
        """Stops, with what started it, until the shell lets it go on. What is on the screen goes to the disk first."""
        if os.getpgrp() == os.getsid(0):
            self.notify("No shell started this, so there is none to go to.")
        elif self._ask_all("may_leave"):
            with self.suspend():
                heard = signal.signal(signal.SIGCONT, signal.SIG_IGN)  # Textual would start a second time on it
                os.killpg(0, signal.SIGSTOP)
                signal.signal(signal.SIGCONT, heard)
            self._close_when_idle()

    def leave_now(self, code: int = 143) -> None:
        """Told to end by the system: what is on the screen goes to the disk, and the terminal is left as it was.

        Args:
            code: of the process's end.
        """
        self._save_all()
        self.exit(return_code=code)

    def _save_all(self) -> bool:
        """Puts what is on every open page on the disk, and whether it is there. What fails on one stops no other."""
        saved = True
        for screen in self.screen_stack:
            try:
                saved = getattr(screen, "save_now", lambda: True)() and saved
            except Exception:
                saved = False
        return saved

    # -- closing an encrypted journal --------------------------------------------------------------

    async def action_lock(self) -> None:
        """Closes the journal once every page that is open is on the disk."""
        if not self._is_open:
            return
        if not self._world.has_passphrase:
            self.notify("There is no passphrase, so nothing can be closed. ctrl+p, “Set a passphrase” sets one.")
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

    def on_came_back(self, message: CameBack) -> None:
        """Keys were pressed in the editor too."""
        self._touched = self._clock()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent | events.Paste):
            if self._exit:  # what is typed after leaving is for no screen
                return
            if self._close_when_idle():  # the machine slept: the key that woke it is for no page
                return
            self._touched = self._clock()
            note_key()
        await super().on_event(event)

    def panic(self, *renderables: RenderableType) -> None:
        self._return_code = 1
        if os.environ.get(_DEBUG_VARIABLE):
            super().panic(*renderables)
        else:
            self._fatal_error()

    def _fatal_error(self) -> None:
        """An error of ours: all is saved, and it is said in one line, without the words that were on the screen."""
        if self._exit_renderables:  # one error follows from another, on screens that are half gone
            self._close_messages_no_wait()
            return
        is_saved = self._save_all()
        if os.environ.get(_DEBUG_VARIABLE):
            super()._fatal_error()
            return
        error: BaseException | None = self._exception
        if isinstance(error, WorkerFailed):
            error = error.error
        frame = error.__traceback__ if error else None
        while frame and frame.tb_next:
            frame = frame.tb_next
        where = f" in {frame.tb_frame.f_code.co_filename.rpartition('/')[2]}, line {frame.tb_lineno}" if frame else ""
        what = f" ({type(error).__name__}{where})" if error else ""
        kept = "What you wrote is kept: start it again to go on."
        if not is_saved:
            kept = "The last words you typed may be missing: start it again to see what is kept."
        self._exit_renderables.append(f"journal-tui had to stop{what}. {kept}")
        self._close_messages_no_wait()
