"""Makes docs/pictures and docs/screens.md from the demo's sample year: `make pictures`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from pathlib import Path

from textual.message import Message
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

sys.path.insert(0, str(Path(__file__).parent))

from svg import svg

from journal_tui.demo import demo_home
from journal_tui.model import Pillar
from journal_tui.paths import Paths
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Begin, Choose, Go
from journal_tui.ui.theme import DUSK, PAPER
from journal_tui.ui.widgets.page import Page
from journal_tui.world import open_world

FOLDER = Path(__file__).parent / "pictures"
SIZES = ((80, 24), (120, 40))
EVENING = datetime(2026, 5, 21, 20, 40).astimezone()
"""The same evening each time, so that a picture changes only when a screen does."""
WORDS = (
    "Jonas asked, advice or company? Company, I said, and he turned the radio off and sat down on the edge of the bath"
    " while I told it from the beginning, the part about Petra twice."
)


@dataclass(frozen=True, slots=True)
class Scene:
    """How to come to a picture from Today, and what a reader who cannot see it is told."""

    name: str
    says: str
    way: Callable[[], Message] | None = None
    keys: tuple[str, ...] = ()
    writes: str = ""


SCENES = (
    Scene("today", "Today: the pillar of the day, its question, a promise that is due, the rhythm of the last weeks"),
    Scene("week", "The week: seven days at a glance, promises that came due", lambda: Go("week")),
    Scene("choose", "Choose: the seven pillars, packs, a free page", Choose),
    Scene("write", "Write: one question, a wide page", lambda: Begin(Pillar.COMMUNICATION), writes=WORDS),
    Scene("journal", "Journal: the list of entries and a reading pane", lambda: Go("journal")),
    Scene("search", "Search: found words are marked", lambda: Go("journal"), ("slash", *"cello", "enter")),
    Scene("filter", "Filter: people, tags, ratings, days in words", lambda: Go("journal"), ("f",)),
    Scene("calendar", "Calendar: the days with entries, by pillar", lambda: Go("journal"), ("c",)),
    Scene("edit", "Edit: the whole entry as one page", lambda: Go("journal"), ("e",)),
    Scene("history", "History: what a version changed, word by word", lambda: Go("journal"), ("h",)),
    Scene("trash", "Trash: what was thrown away, to put back or to erase", lambda: Go("journal"), ("t",)),
    Scene("insights", "Insights: themes with their trend and the words themselves", lambda: Go("insights")),
    Scene(
        "insights-below",
        "Insights, further down: balance of the pillars, ratings over time",
        lambda: Go("insights"),
        ("tab", "tab", "tab"),
    ),
    Scene("patterns", "Patterns: what may be a blind spot, with days and words", lambda: Go("patterns")),
    Scene("people", "People: who is named, and where", lambda: Go("people")),
    Scene("promises", "Promises: open ones and what became of the others", lambda: Go("promises")),
    Scene("settings", "Settings, in groups, with what each is for", lambda: Go("settings")),
    Scene("packs", "Packs with their questions", lambda: Go("packs")),
    Scene("helplines", "Who to call: helplines by country", lambda: Go("helplines")),
    Scene("help", "Help: what works on this screen", keys=("question_mark",)),
    Scene("palette", "The palette: every command by its name", keys=("ctrl+p",)),
)
LOCKED = Scene("unlock", "Unlock: a closed journal asks for its passphrase")


async def settle(pilot: Pilot[Closed]) -> None:
    workers = pilot.app.workers
    await pilot.pause()
    while any(not worker.is_finished for worker in workers):
        with suppress(WorkerCancelled):  # its screen was left
            await workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


def save(app: JournalApp, name: str, title: str) -> None:
    """Writes what the terminal shows now."""
    lines = [list(strip) for strip in app.screen._compositor.render_strips()]
    picture = svg(lines, app.size.width, app.theme_variables["background"], title)
    path = FOLDER / f"{name}.svg"
    path.write_text(picture)
    print(f"{path.relative_to(FOLDER.parents[1])}  {len(picture.encode()) / 1024:.0f} KiB")


async def show(app: JournalApp, pilot: Pilot[Closed], scene: Scene) -> None:
    """Goes to the scene."""
    if scene.way:
        app.post_message(scene.way())
        await settle(pilot)
    await pilot.press(*scene.keys)
    if scene.writes:
        while not app.screen.query_one(Page).display:
            await pilot.press("tab")
        app.screen.query_one(Page).fill(scene.writes)
        await pilot.pause(1.2)  # until it is saved, and the words are counted
    await settle(pilot)


async def picture_all(paths: Paths, theme: str, size: tuple[int, int], scenes: Sequence[Scene]) -> None:
    """Every scene in one theme and size."""
    app = JournalApp(open_world(paths, lambda: EVENING))
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for scene in scenes:
            await show(app, pilot, scene)
            save(app, name_of(scene, theme, size), scene.says)
            while len(app.screen_stack) > 1:
                app.pop_screen()
            await settle(pilot)


def grow(paths: Paths) -> None:
    """Something for History and Trash to show: the newest entry edited, two old ones thrown away."""
    world = open_world(paths, lambda: EVENING)
    *_, newest = entries = world.journal.entries()
    *others, last = newest.answers
    more = replace(last, text=last.text.replace("neither of us remarked on it", "we both noticed, and neither said so"))
    world.journal.replace(replace(newest, answers=(*others, more), edited=EVENING))
    world.journal.delete([entry.id for entry in entries[40:42]])


def name_of(scene: Scene, theme: str, size: tuple[int, int]) -> str:
    return f"{scene.name}-{theme}-{size[0]}x{size[1]}"


def page() -> str:
    """docs/screens.md."""
    lines = ["# Every screen", "", "On the sample year of `make demo`, made by `make pictures`: dark and light, 80x24"]
    lines[-1] += " here, 120x40 behind the link."
    for scene in (*SCENES, LOCKED):
        lines += ["", f"## {scene.says.partition(':')[0]}", "", f"{scene.says}."]
        for theme in (DUSK, PAPER):
            small, large = (f"pictures/{name_of(scene, theme.name, size)}.svg" for size in SIZES)
            lines += ["", f"[![{scene.says}, {theme.name}]({small})]({large})"]
    return "\n".join(lines) + "\n"


async def main(wanted: Iterable[str]) -> None:
    wanted = set(wanted) or {scene.name for scene in (*SCENES, LOCKED)}
    FOLDER.mkdir(exist_ok=True)
    (FOLDER.parent / "screens.md").write_text(page())
    with demo_home(clock=lambda: EVENING) as paths:
        grow(paths)
        scenes = [scene for scene in SCENES if scene.name in wanted]
        for theme, size in product((DUSK, PAPER), SIZES):
            await picture_all(paths, theme.name, size, scenes)
        if LOCKED.name in wanted:
            open_world(paths).set_passphrase("a sample")
            for theme, size in product((DUSK, PAPER), SIZES):
                await picture_all(paths, theme.name, size, [LOCKED])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
