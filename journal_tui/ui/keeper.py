"""Puts what is being written on the disk from any thread."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

from journal_tui.session.session import Session
from journal_tui.world import World


class Lane:
    """Saves the states of one text: an older one never over a newer one, none after the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._saved = 0
        self._is_closed = False

    def number(self) -> int:
        """The place of a state in their order; to be taken when the state is."""
        return next(self._numbers)

    def save(self, save: Callable[[], object], number: int) -> None:
        """Runs `save`, unless a newer state was saved already. Raises what it raises."""
        with self._lock:
            if not self._is_closed and number >= self._saved:
                save()
                self._saved = number

    def close(self, last: Callable[[], object]) -> None:
        """Runs `last`; afterwards nothing is saved any more. Raises what it raises, and then saving goes on."""
        with self._lock:
            last()
            self._is_closed = True


class Keeper:
    """Saves the states of one session, in their order, until its entry is kept."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lane = Lane()
        self.number = self._lane.number

    def save(self, session: Session, number: int) -> None:
        """The draft becomes this state, unless it is a newer one already. A session without words has no draft.

        Raises:
            JournalError, OSError: it cannot be written.
        """
        drafts = self._world.drafts
        self._lane.save(lambda: drafts.save(session) if session.has_words else drafts.remove(session.id), number)

    def keep(self, session: Session) -> None:
        """The session becomes an entry, and its draft is forgotten.

        Raises:
            JournalError, OSError: it is not kept, and drafts go on.
        """
        self._lane.close(lambda: self._world.keep(session))
