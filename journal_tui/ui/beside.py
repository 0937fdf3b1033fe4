"""Long reading beside the screens: it ends when it is no longer wanted, and may wait for who types."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager

from textual.worker import get_current_worker

from journal_tui.breathing import breathing

TYPING_SECONDS = 0.2
"""After a key, for which reading waits that is not to be felt."""

_last_key = 0.0
"""When one was pressed, in seconds: a process has one keyboard."""


class Stopped(Exception):
    """The worker was cancelled while it read."""


def note_key() -> None:
    """A key was pressed: who types comes first."""
    global _last_key
    _last_key = time.monotonic()


def stopping(*, between_keys: bool = False) -> AbstractContextManager[None]:
    """Within, in a worker, whatever breathes ends with `Stopped` soon after the worker is cancelled.

    Args:
        between_keys: it goes on only while nobody types, so that every letter is there at once.
    """
    worker = get_current_worker()

    def breath() -> None:
        while not worker.is_cancelled:
            rest = _last_key + TYPING_SECONDS - time.monotonic() if between_keys else 0.0
            if rest <= 0:
                return
            time.sleep(min(rest, 0.05))
        raise Stopped

    return breathing(breath)
