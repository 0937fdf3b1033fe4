"""Golden screens: the picture as plain text, compared with a file. `make golden` writes the files anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed

FOLDER = Path(__file__).parents[1] / "golden"
SIZES = ((60, 20), (80, 24), (120, 40), (200, 50))
OpenApp = Callable[[], JournalApp]

every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


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


QUIET_ROUNDS = 3
"""In a row, as a message may lead to another one only after the next picture."""
PATIENCE = 8.0
"""Seconds."""
SOON = 0.05
"""Seconds; what was put off by no more than this is waited for."""


async def until(pilot: Pilot[Closed], holds: Callable[[], object]) -> None:
    """Waits for what a thread is about to do."""
    end = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < end, "it never came"
        await pilot.pause(SOON / 5)


async def settle(pilot: Pilot[Closed]) -> None:
    """Waits until nothing is under way and the screen shows it, however busy the machine is meanwhile."""
    app = pilot.app
    quiet, until = 0, monotonic() + PATIENCE
    while quiet < QUIET_ROUNDS and app.is_running and not app._exit:
        assert monotonic() < until, "something goes on and on"
        for worker in list(app.workers):
            with suppress(WorkerCancelled):  # its screen was left
                await worker.wait()
        await pilot.pause(0)
        if _is_put_off(app):
            await pilot.pause(SOON / 5)
        quiet = 0 if _is_busy(app) else quiet + 1


def _pumps(app: App[Closed]) -> list[MessagePump]:
    return [app, *(node for screen in app.screen_stack for node in screen.walk_children(with_self=True))]


def _is_put_off(app: App[Closed]) -> bool:
    timers = (timer for pump in _pumps(app) for timer in pump._timers)
    return any(
        timer._repeat == 0 and timer._interval <= SOON and timer._task and not timer._task.done() for timer in timers
    )


def _is_busy(app: App[Closed]) -> bool:
    return (
        any(not worker.is_finished for worker in app.workers)
        or any(pump.message_queue_size for pump in _pumps(app))
        or _is_put_off(app)
    )
