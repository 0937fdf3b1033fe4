"""Python's looking for garbage, where there is none to find."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Reading makes many objects and no garbage, and looking for some takes most of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep_for_good() -> None:
    """What there is by now will stay: nobody looks through it for garbage again, which stops every thread for up to
    a second where there are many entries."""
    gc.freeze()
