"""Changes that a screen makes in the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from journal_tui.model import JournalError
from journal_tui.text import clean_line


async def change(screen: Screen[Any], make: Callable[[], str]) -> bool:
    """Makes a change beside the screen's own work, and tells what it says; whether it could be made."""
    try:
        said = await asyncio.to_thread(make)
    except JournalError as error:
        screen.notify(clean_line(str(error)), severity="warning")
        return False
    screen.notify(clean_line(said))
    return True
