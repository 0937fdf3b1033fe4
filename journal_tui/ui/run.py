"""Starts the screens."""

from __future__ import annotations

import asyncio
import gc
import signal

from journal_tui.paths import Paths
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
    gc.disable()  # start-up makes many objects and no garbage

    from journal_tui.ui.app import JournalApp
    from journal_tui.world import open_world

    world = open_world(paths)
    if passphrase is not None and world.is_locked:
        world.unlock(passphrase)
    app = JournalApp(world, closed=before)

    def settled() -> None:
        gc.freeze()
        gc.enable()
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, app.leave_now)

    app.call_after_refresh(settled)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
    return app.return_value
