"""Long reading that stops to breathe: who asked for it may let it wait, or end it, between one entry and the next."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

_breath: ContextVar[Callable[[], object] | None] = ContextVar("breath", default=None)


def breathe() -> None:
    """To be called in loops that go on for long, where no lock is held; costs less than a microsecond."""
    if breath := _breath.get():
        breath()


@contextlib.contextmanager
def breathing(breath: Callable[[], object]) -> Iterator[None]:
    """Within, in this thread alone, `breathe` calls `breath`, which may sleep, or raise to end what is being read."""
    token = _breath.set(breath)
    try:
        yield
    finally:
        _breath.reset(token)
