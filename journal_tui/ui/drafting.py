"""A screen on a session whose draft follows the typing."""

from __future__ import annotations

from textual.message import Message
from textual.screen import Screen

from journal_tui.model import JournalError
from journal_tui.session.session import Session
from journal_tui.ui.keeper import Keeper
from journal_tui.ui.views.write import Look, look
from journal_tui.world import World

AUTOSAVE_SECONDS = 1.0
"""A draft is at most two of these behind the typing: one to wait, one while the last save ends."""


class DraftingScreen(Screen[None]):
    """Puts its session on the disk: soon after each change in a worker, and at once before it is left."""

    class Saved(Message):
        """A draft reached the disk, or (with an error) did not; and what was seen in it."""

        def __init__(self, seen: Look, error: str = "") -> None:
            super().__init__()
            self.seen = seen
            self.error = error

    def __init__(self, world: World, session: Session) -> None:
        super().__init__()
        self._world = world
        self._session = session
        self._keeper = Keeper(world)
        self._known: tuple[str, ...] = ()
        """Names met before."""
        self._dirty = False
        self._saving = False
        self._kept = False
        self._trouble = ""
        self._leave_anyway = False

    def _take_in(self) -> Session:
        """The session with what is on the screen, which is the one from now on."""
        raise NotImplementedError

    def _whisper(self) -> None:
        """Tells of trouble, where there is any."""
        raise NotImplementedError

    def _has_seen(self, seen: Look) -> None:
        """Tells what a worker found in the words."""
        raise NotImplementedError

    def _begin_saving(self) -> None:
        self.set_interval(AUTOSAVE_SECONDS, self._autosave)

    def _changed(self) -> None:
        """To be called when there is something new to save."""
        self._dirty = True
        self._leave_anyway = False

    def _autosave(self) -> None:
        if not self._dirty or self._saving:
            return
        self._dirty, self._saving = False, True
        session, number = self._take_in(), self._keeper.number()
        self.run_worker(lambda: self._save(session, number), thread=True, group="draft")

    def _save(self, session: Session, number: int) -> None:
        """In a thread of its own: the typing waits neither for the disk nor for the reading of all words."""
        error = ""
        try:
            self._keeper.save(session, number)
        except (JournalError, OSError) as failed:
            error = str(failed)
        self.post_message(self.Saved(look(session, self._known), error))

    def on_drafting_screen_saved(self, message: Saved) -> None:
        self._saving = False
        self._dirty = self._dirty or bool(message.error)
        if not self._kept:
            self._trouble = message.error
            self._has_seen(message.seen)

    def save_now(self) -> bool:
        """Puts everything on the disk at once; False when that failed and the words stand on the screen alone."""
        if self._kept:
            return True
        try:
            self._keeper.save(self._take_in(), self._keeper.number())
        except (JournalError, OSError) as error:
            self._trouble = str(error)
            self._whisper()
            return False
        return True

    def may_leave(self) -> bool:
        """Whether all is on the disk, or the writer has said twice to leave without."""
        if self.save_now() or self._leave_anyway:
            return True
        self._leave_anyway = True
        self.notify(
            "Not saved: these words are on the screen alone. The same key again leaves without them.",
            severity="warning",
            timeout=10,
        )
        return False
