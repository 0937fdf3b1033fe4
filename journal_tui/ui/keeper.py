"""Puts a session on the disk from any thread."""

from __future__ import annotations

import itertools
import threading

from journal_tui.session.session import Session
from journal_tui.world import World


class Keeper:
    """Saves the states of one session; an older one never over a newer one, none after its entry is kept."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lane = threading.Lock()
        self._numbers = itertools.count(1)
        self._saved = 0
        self._is_kept = False

    def number(self) -> int:
        """The place of a state in their order; to be taken when the state is."""
        return next(self._numbers)

    def save(self, session: Session, number: int) -> None:
        """The draft becomes this state, unless it is a newer one already. A session without words has no draft.

        Raises:
            JournalError, OSError: it cannot be written.
        """
        with self._lane:
            if self._is_kept or number < self._saved:
                return
            if session.has_words:
                self._world.drafts.save(session)
            else:
                self._world.drafts.remove(session.id)
            self._saved = number

    def keep(self, session: Session) -> None:
        """The session becomes an entry, and its draft is forgotten.

        Raises:
            JournalError, OSError: it is not kept, and drafts go on.
        """
        with self._lane:
            self._world.keep(session)
            self._is_kept = True
