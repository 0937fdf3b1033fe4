"""Makes the pictures of docs/ and the README from the demo's sample year: `make pictures`."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from journal_tui.demo import demo_home
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.theme import DUSK, PAPER
from journal_tui.ui.widgets.page import Page
from journal_tui.world import open_world

HERE = Path(__file__).parent
SIZE = (80, 24)
EVENING = datetime(2026, 5, 21, 20, 40).astimezone()
"""The same evening each time, so that a picture changes only when a screen does."""
WORDS = (
    "Jonas asked, advice or company? Company, I said, and he turned the radio off and sat down on the edge of the bath"
    " while I told it from the beginning, the part about Petra twice."
)


async def settle(pilot: Pilot[Closed]) -> None:
    workers = pilot.app.workers
    await pilot.pause()
    while any(not worker.is_finished for worker in workers):
        with suppress(WorkerCancelled):  # its screen was left
            await workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


def save(app: JournalApp, name: str) -> None:
    svg = app.export_screenshot(title="journal-tui", simplify=True)
    # The export names a font on a content server; pictures of a private journal load nothing from anywhere.
    svg = re.sub(r"@font-face \{.*?\}|<!--.*?-->", "", svg, flags=re.DOTALL)
    (HERE / f"{name}.svg").write_text(re.sub(r"[ \t]+\n", "\n", svg))
    print(f"docs/{name}.svg")


async def main() -> None:
    with demo_home(clock=lambda: EVENING) as paths:
        for theme in (DUSK, PAPER):
            app = JournalApp(open_world(paths, lambda: EVENING))
            app.theme = theme.name
            async with app.run_test(size=SIZE) as pilot:
                await settle(pilot)
                save(app, f"today-{theme.name}")
                await pilot.press("j")
                await settle(pilot)
                save(app, f"journal-{theme.name}")
                await pilot.press("escape", "i")
                await settle(pilot)
                save(app, f"insights-{theme.name}")
                await pilot.press("escape", "p", *"jj", "enter")
                while not app.screen.query_one(Page).display:
                    await pilot.press("tab")
                app.screen.query_one(Page).fill(WORDS)
                await pilot.pause(1.2)
                save(app, f"write-{theme.name}")


if __name__ == "__main__":
    asyncio.run(main())
