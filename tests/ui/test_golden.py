"""Every screen as plain text, at three sizes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.widgets import OptionList

from journal_tui.model import Entry, Pillar, Verdict
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Go, Protect
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World

from .conftest import TODAY, ago
from .golden import assert_golden, settle
from .test_patterns_view import AWAY, OPEN, REPORT, judgement
from .test_people_screen import TEXTS, written
from .test_promises_screen import ALL, keep

OpenApp = Callable[[], JournalApp]
SIZES = [(60, 20), (80, 24), (120, 40)]

pytestmark = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


async def test_today_empty(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_golden(app, "today-empty")


async def test_today(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_golden(app, "today")


async def test_choose(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert_golden(app, "choose")


async def test_write(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert_golden(app, "write-question")
        app.screen.query_one(Page).text = "We agreed on a plan, and Anna wrote it down. " * 3
        await pilot.press("tab")
        while app.screen.query_one(Page).display:
            await pilot.press("tab")
        await settle(pilot)
        assert_golden(app, "write-choice")
        while app.screen.query_one("#choices", OptionList).display:
            await pilot.press("tab")
        await settle(pilot)
        await pilot.press(*"tea", "tab", *"friday")
        await settle(pilot)
        assert_golden(app, "write-promise")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
        assert_golden(app, "write-end")


async def test_due_promise(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert_golden(app, "write-due")


async def test_journal_empty(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert_golden(app, "journal-empty")


async def test_journal(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        assert_golden(app, "journal")
        await pilot.press("slash", *"allotment", "enter")
        await settle(pilot)
        assert_golden(app, "journal-search")
        await pilot.press("enter")
        await settle(pilot)
        assert_golden(app, "journal-reading")
        await pilot.press("e")
        await settle(pilot)
        assert_golden(app, "edit")


async def test_history(grown: Entry, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        assert_golden(app, "history")
        await pilot.press("down", "down", "down")
        assert_golden(app, "history-edit")


async def test_trash(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "t")
        await settle(pilot)
        assert_golden(app, "trash-empty")
        entries = filled.journal.entries()
        ago(filled, days=2).journal.delete([entries[3].id])
        filled.journal.delete([entries[5].id, entries[-1].id])
        await pilot.press("escape", "t")
        await settle(pilot)
        assert_golden(app, "trash")
        await pilot.press("x")
        await settle(pilot)
        assert_golden(app, "trash-erase")


async def test_unlock(filled: World, size: tuple[int, int]) -> None:
    filled.set_passphrase("kettle and rain")
    app = JournalApp(ago(filled), closed=Closed.IDLE)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_golden(app, "unlock")
        await pilot.press(*"kettle", "enter")
        await settle(pilot)
        assert_golden(app, "unlock-wrong")


async def test_passphrase(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert_golden(app, "passphrase-set")
        await pilot.press(*"kettle", "enter", *"rain", "enter")
        assert_golden(app, "passphrase-differ")
        world.set_passphrase("kettle and rain")
        await pilot.press("escape")
        for task in ("change", "remove"):
            app.post_message(Protect(task))
            await settle(pilot)
            assert_golden(app, f"passphrase-{task}")
            await pilot.press("escape")


async def test_insights_empty(open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert_golden(app, "insights-empty")


async def test_insights(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert_golden(app, "insights")


async def test_helplines(open_app: OpenApp, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Go("helplines"))
        await settle(pilot)
        assert_golden(app, "helplines")
        await pilot.press("c", "i")
        assert_golden(app, "helplines-countries")


async def test_help(filled: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("j", "question_mark")
        await settle(pilot)
        assert_golden(app, "help")


async def test_free_page(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        app.screen.query_one(Page).text = "A long line. " * 40 + "\n\n" + "wide 日本語 🙂 " * 8 + "\n" + "x" * 200
        await pilot.pause(1.3)
        await settle(pilot)
        assert_golden(app, "free-page")


def test_every_pillar_has_a_sign(size: tuple[int, int]) -> None:
    from journal_tui.ui.theme import GLYPHS

    assert set(GLYPHS) == {*Pillar, None}


async def test_promises(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Go("promises"))
        await settle(pilot)
        assert_golden(app, "promises-empty")
        keep(world, *ALL)
        await pilot.press("escape")
        app.post_message(Go("promises"))
        await settle(pilot)
        assert_golden(app, "promises")
        await pilot.press("space")
        await settle(pilot)
        assert_golden(app, "promises-answer")
        await pilot.press("m", *"fr")
        await settle(pilot)
        assert_golden(app, "promises-move")


async def test_people(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Go("people"))
        await settle(pilot)
        assert_golden(app, "people-empty")
        for ago, text in TEXTS:
            written(world, ago, text)
        await pilot.press("escape")
        app.post_message(Go("people"))
        await settle(pilot)
        assert_golden(app, "people")
        await pilot.press("m", "j")
        await settle(pilot)
        assert_golden(app, "people-join")


async def test_patterns(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.post_message(Go("patterns"))
        await settle(pilot)
        assert_golden(app, "patterns-empty")
        for pattern in (OPEN, AWAY):
            world.journal.judge(judgement(pattern, pattern.verdict or Verdict.NOT_NOW, TODAY - timedelta(40)))
        world.report = lambda *given, **named: REPORT  # type: ignore[method-assign]
        await pilot.press("escape")
        app.post_message(Go("patterns"))
        await settle(pilot)
        assert_golden(app, "patterns")
        await pilot.press("n")
        await settle(pilot)
        assert_golden(app, "patterns-put-away")
        await pilot.press("escape")
        app.post_message(Go("insights"))
        await settle(pilot)
        assert_golden(app, "insights-patterns")
