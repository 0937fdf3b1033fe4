"""Closing an encrypted journal: the process becomes a new one, so that words and key are in no memory."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from enum import StrEnum
from typing import NoReturn

from journal_tui.paths import HOME_VARIABLE, Paths, find_paths

CLOSED_VARIABLE = "JOURNAL_TUI_CLOSED"
"""Tells the new process why it was started; the passphrase is then asked for, whatever is given."""


class Closed(StrEnum):
    """Why the journal was closed."""

    ASKED = "asked"
    IDLE = "idle"


def was_closed() -> Closed | None:
    """Why the process before this one ended; None when this is an ordinary start. To be asked once."""
    try:
        return Closed(os.environ.pop(CLOSED_VARIABLE, ""))
    except ValueError:
        return None


def start_again(paths: Paths, why: Closed, *, beside: bool) -> NoReturn:
    """This process becomes a new one on the same journal, started as it was but without its arguments.

    Args:
        beside: this process waits for the new one instead, having to tidy up afterwards.
    """
    environment = {**os.environ, CLOSED_VARIABLE: why.value}
    if find_paths(paths.config, {}) == paths:
        environment[HOME_VARIABLE] = str(paths.config)
    way_in = sys.orig_argv[1 : len(sys.orig_argv) - len(sys.argv) + 1]
    sys.stdout.flush()
    sys.stderr.flush()
    if beside:
        raise SystemExit(subprocess.call([sys.executable, *way_in], env=environment))
    os.execve(sys.executable, [sys.executable, *way_in], environment)


@contextlib.contextmanager
def unseen_typing(after: Closed | None) -> Iterator[None]:
    """Within, the terminal shows nothing that is typed by itself: a quick hand's passphrase does not appear on it.

    Args:
        after: why the process before ended, which left the terminal so.
    """
    try:
        before = termios.tcgetattr(0)
    except termios.error:
        yield
        return
    if after:
        before[3] |= termios.ECHO
    _set(before, before[3] & ~termios.ECHO)
    try:
        yield
    finally:
        _set(before, before[3])


def _set(mode: list[int | list[bytes | int]], local: int) -> None:
    with contextlib.suppress(termios.error):  # the terminal is gone
        termios.tcsetattr(0, termios.TCSANOW, [*mode[:3], local, *mode[4:]])


def seconds() -> float:
    """A clock that nobody sets and that goes on while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
