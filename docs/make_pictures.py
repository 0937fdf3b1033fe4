"""Makes the pictures of docs/ and the README from the demo's sample year: `make pictures`."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from textual.pilot import Pilot

from journal_tui.demo import demo_home
from journal_tui.ui.app import JournalApp
from journal_tui.ui.theme import DUSK, PAPER
from journal_tui.ui.world import open_world

HERE = Path(__file__).parent
SIZE = (80, 24)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def save(app: JournalApp, name: str) -> None:
    svg = app.export_screenshot(title="journal-tui", simplify=True)
    # The export names a font on a content server; pictures of a private journal load nothing from anywhere.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    (HERE / f"{name}.svg").write_text(re.sub(r"[ \t]+\n", "\n", svg))
    print(f"docs/{name}.svg")


async def main() -> None:
    with demo_home() as paths:
        for theme in (DUSK, PAPER):
            app = JournalApp(open_world(paths))
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


if __name__ == "__main__":
    asyncio.run(main())
