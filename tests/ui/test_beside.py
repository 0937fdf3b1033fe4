"""Long reading beside the screens: it waits for who types, and ends when it is no longer wanted."""

from __future__ import annotations

import asyncio
import time

from textual.app import App

from journal_tui.breathing import breathe, breathing
from journal_tui.ui.beside import TYPING_SECONDS, Stopped, note_key, stopping


def test_breathing_is_of_one_thread_and_ends_with_its_block() -> None:
    breaths: list[int] = []
    breathe()
    with breathing(lambda: breaths.append(1)):
        breathe()
    breathe()
    assert breaths == [1]


async def test_reading_waits_while_a_hand_types() -> None:
    app: App[None] = App()
    waited: list[float] = []

    def read() -> None:
        for between_keys in (False, True):
            start = time.monotonic()
            with stopping(between_keys=between_keys):
                breathe()
            waited.append(time.monotonic() - start)

    async with app.run_test():
        note_key()
        await app.run_worker(read, thread=True).wait()
    at_once, after = waited
    assert at_once < TYPING_SECONDS / 2 < after


async def test_reading_ends_soon_after_its_worker_is_cancelled() -> None:
    app: App[None] = App()
    ended: list[bool] = []

    def read() -> None:
        try:
            with stopping():
                for _ in range(1000):
                    breathe()
                    time.sleep(0.01)
        except Stopped:
            ended.append(True)

    async with app.run_test():
        worker = app.run_worker(read, thread=True)
        await asyncio.sleep(0.05)
        worker.cancel()
        for _ in range(50):
            if ended:
                break
            await asyncio.sleep(0.01)
    assert ended
