"""Insights and the pages it leads to, as plain text at three sizes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from journal_tui.model import Verdict
from journal_tui.ui.messages import Go
from journal_tui.world import World

from .conftest import TODAY
from .golden import OpenApp, assert_golden, every_size, settle
from .test_insights_view import FULL
from .test_patterns_view import AWAY, OPEN, REPORT, judgement
from .test_people_screen import TEXTS, written
from .test_promises_screen import ALL, keep

pytestmark = every_size


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
        await pilot.press("3")
        assert_golden(app, "insights-rated")


async def test_insights_in_plain_ascii(world: World, open_app: OpenApp, size: tuple[int, int]) -> None:
    world.settings = replace(world.settings, plain_glyphs=True)
    world.report = lambda *given, **named: FULL  # type: ignore[method-assign]
    app = open_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("tab")
        assert_golden(app, "insights-plain")


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
            world.journal.judgements.add(judgement(pattern, pattern.verdict or Verdict.NOT_NOW, TODAY - timedelta(40)))
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
