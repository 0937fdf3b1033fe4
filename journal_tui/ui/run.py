"""Starts the screens."""

from __future__ import annotations

import asyncio
import gc
import signal

from journal_tui.paths import Paths


def run_screens(paths: Paths) -> None:
    """Shows the screens on the journal under `paths` until the writer leaves."""
    gc.disable()  # start-up makes many objects and no garbage

    from journal_tui.ui.app import JournalApp
    from journal_tui.world import open_world

    app = JournalApp(open_world(paths))

    def settled() -> None:
        gc.freeze()
        gc.enable()
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, app.leave_now)

    app.call_after_refresh(settled)
    app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
