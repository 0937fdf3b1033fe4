"""Golden screens: the picture as plain text, compared with a file. `make golden` writes the files anew."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from journal_tui.ui.closing import Closed

FOLDER = Path(__file__).parents[1] / "golden"


def picture(app: App[Closed]) -> str:
    """What the terminal shows, a line of text each, without styles and trailing spaces."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = [strip.text.rstrip() for strip in strips[:height]]
    return "\n".join(line[:width] for line in lines).rstrip() + "\n"


def assert_golden(app: App[Closed], name: str) -> None:
    """The screen looks as in tests/golden/`name`-WIDTHxHEIGHT.txt."""
    path = FOLDER / f"{name}-{app.size.width}x{app.size.height}.txt"
    seen = picture(app)
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen)
    assert path.exists(), f"{path} is missing: run `make golden` and look at what it wrote"
    assert seen == path.read_text()


def said(app: App[Closed]) -> str:
    """Everything the app has notified of."""
    return "\n".join(notification.message for notification in app._notifications)


async def settle(pilot: Pilot[Closed]) -> None:
    """Waits until nothing is under way and the screen shows it."""
    workers = pilot.app.workers
    await pilot.pause()
    while any(not worker.is_finished for worker in workers):
        with suppress(WorkerCancelled):  # its screen was left
            await workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()
