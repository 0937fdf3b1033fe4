"""Starts the screens."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys

from journal_tui.paths import Paths
from journal_tui.signals import END, leave, listening
from journal_tui.ui.closing import Closed, start_again, unseen_typing, was_closed


def run_screens(paths: Paths, passphrase: str | None = None, *, is_sample: bool = False) -> None:
    """Shows the screens on the journal under `paths` until the writer leaves.

    Args:
        passphrase: opens an encrypted journal, once; after it was closed the writer is asked.
        is_sample: the folder goes with this process, so that it cannot become another one.

    Raises:
        JournalError: the passphrase does not open it.
    """
    before = was_closed()
    with unseen_typing(before):
        closed = _show(paths, passphrase, before)
        if closed:
            start_again(paths, closed, beside=is_sample)


def _show(paths: Paths, passphrase: str | None, before: Closed | None) -> Closed | None:
    """Whether, and why, the journal was closed in the end."""
    sys.setswitchinterval(0.001)  # seconds: a key waits that long, some times over, while a worker computes
    gc.disable()  # start-up makes many objects and no garbage

    from journal_tui.ui.app import JournalApp
    from journal_tui.ui.terminal import TerminalDriver, when_hung_up
    from journal_tui.world import open_world

    world = open_world(paths)
    if passphrase is not None and world.is_locked:
        world.unlock(passphrase)
    app = JournalApp(world, closed=before)
    app.driver_class = TerminalDriver
    loop: asyncio.AbstractEventLoop | None = None

    def settled() -> None:
        nonlocal loop
        gc.freeze()
        gc.enable()
        loop = asyncio.get_running_loop()
        when_hung_up(end)

    def end(number: int = signal.SIGHUP) -> None:
        """Told to end: once is enough."""
        if loop is None:
            leave(number)
        else:
            with contextlib.suppress(RuntimeError):  # it has ended already
                loop.call_soon_threadsafe(app.leave_now, 128 + number)

    app.call_after_refresh(settled)
    with listening((*END, signal.SIGINT, signal.SIGQUIT), end):
        app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.return_value
