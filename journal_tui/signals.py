"""Listening to the signals that end a program."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

END = (signal.SIGTERM, signal.SIGHUP)
"""A request to end, and a terminal that was closed."""


@contextmanager
def listening(numbers: Sequence[signal.Signals], hear: Callable[[int], None]) -> Iterator[None]:
    """Within, `hear` is called with the number of each of these signals. For the main thread alone."""

    def handler(number: int, frame: FrameType | None) -> None:
        hear(number)

    before = [signal.signal(number, handler) for number in numbers]
    try:
        yield
    finally:
        for number, earlier in zip(numbers, before, strict=True):
            signal.signal(number, earlier)


def leave(number: int) -> None:
    """Unwinds the program, so that everything on the way is tidied up."""
    raise SystemExit(128 + number)
