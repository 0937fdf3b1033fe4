"""Keys on their way: widgets have queues of their own, and an action may overtake what was typed before it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from textual.screen import Screen

_PATIENCE = 1.0
"""Seconds."""


async def all_typed(screen: Screen[Any]) -> None:
    """Waits until the keys that came before this moment have reached what is focused on `screen`."""
    if screen.focused:
        reached = asyncio.Event()
        screen.focused.call_later(reached.set)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reached.wait(), _PATIENCE)
