"""Settings, packs, help and palette as plain text, at three sizes."""

from __future__ import annotations

from textual.pilot import Pilot

from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Go
from journal_tui.world import World, open_world

from .conftest import MOMENT
from .golden import OpenApp, assert_golden, every_size, settle

pytestmark = every_size


async def go(pilot: Pilot[Closed], app: JournalApp, screen: str) -> None:
    await settle(pilot)
    app.post_message(Go(screen))
    await settle(pilot)


async def test_settings(world: World, size: tuple[int, int]) -> None:
    world.paths.config.mkdir(exist_ok=True, parents=True)
    world.paths.settings.write_text("theme: paper\nfocus: trust\n")
    app = JournalApp(open_world(world.paths, lambda: MOMENT))
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, "settings")
        assert_golden(app, "settings")
        await pilot.press("down", "down", "down", "down", "enter")
        await settle(pilot)
        assert_golden(app, "settings-words")


async def test_settings_with_faults(world: World, size: tuple[int, int]) -> None:
    world.paths.config.mkdir(exist_ok=True, parents=True)
    world.paths.settings.write_text("theme: paper\nfocus: trst\nlock_afte: 3\n")
    app = JournalApp(open_world(world.paths, lambda: MOMENT))
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, "settings")
        await pilot.press("down", "down", "down")
        assert_golden(app, "settings-faults")


async def test_packs(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, "packs")
        await pilot.press("down")
        assert_golden(app, "packs")


async def test_help(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "question_mark")
        await settle(pilot)
        assert_golden(app, "help")


async def test_palette(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"set")
        await settle(pilot)
        await pilot.pause(0.2)
        assert_golden(app, "palette")
