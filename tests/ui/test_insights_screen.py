"""Insights: what can be opened there and come back from, the chart of a pillar, the report as it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from textual.pilot import Pilot

from journal_tui.model import JournalError, Pillar
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.screens.insights import InsightsScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.patterns import PatternsScreen
from journal_tui.ui.screens.people import PeopleScreen
from journal_tui.ui.screens.promises import PromisesScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.widgets.parts import Parts
from journal_tui.world import World

from .conftest import TODAY, entry
from .golden import picture, settle, until
from .test_insights_view import FULL
from .test_patterns_view import REPORT

OpenApp = Callable[[], JournalApp]


async def come(app: JournalApp, pilot: Pilot[Closed]) -> None:
    await settle(pilot)
    await pilot.press("i")
    await settle(pilot)


def pointed(app: JournalApp) -> list[str]:
    """The lines that the cursor stands on."""
    return [line.partition("▌")[2].strip() for line in picture(app).splitlines() if "▌" in line]


async def test_what_is_under_the_cursor_opens_and_escape_comes_back(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await come(app, pilot)
        assert pointed(app)[0].startswith("allotment")
        assert pointed(app)[-1].endswith("the spade.”  10 March")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "Tuesday 10 March 2026" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, InsightsScreen)
        assert pointed(app)[0].startswith("allotment")
        await pilot.press("down", "j")
        assert pointed(app)[0].startswith("▣ Boundaries")
        top = app.screen.query_one(Parts).scroll_offset.y
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "Told Petra no, kindly" in picture(app)
        assert "The dishes again" not in picture(app)
        while isinstance(app.screen, JournalScreen):
            await pilot.press("escape")
        await settle(pilot)
        assert pointed(app)[0].startswith("▣ Boundaries")
        assert app.screen.query_one(Parts).scroll_offset.y == top


async def test_tab_goes_from_part_to_part(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await come(app, pilot)
        await pilot.press("tab")
        assert pointed(app)[0].startswith("◆ Respect")
        assert "Balance of the pillars" in picture(app)
        await pilot.press("tab")
        assert pointed(app)[0].startswith("open")
        await pilot.press("shift+tab", "j", "shift+tab")
        assert pointed(app)[0].startswith("◆ Respect")
        await pilot.press("G")
        assert pointed(app)[0].startswith("◉ Call Mum on Sunday")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PromisesScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert pointed(app)[0].startswith("◉ Call Mum on Sunday")
        await pilot.press("home")
        assert pointed(app)[0].startswith("allotment")


async def test_where_nothing_is_near_it_scrolls(world: World, open_app: OpenApp) -> None:
    for ago, text in enumerate(("Rain.", "Fog.", "Wind.")):
        entry(world, TODAY - timedelta(weeks=ago), text, rating=3)
    app = open_app()
    async with app.run_test(size=(60, 10)) as pilot:
        await come(app, pilot)
        parts = app.screen.query_one(Parts)
        assert parts.stop is None
        await pilot.press("j", "j")
        assert parts.scroll_offset.y == 6
        await pilot.press("k", "enter", "tab", "left", "right")
        assert parts.scroll_offset.y == 3
        assert isinstance(app.screen, InsightsScreen)


async def test_two_columns_on_a_wide_terminal(world: World, open_app: OpenApp) -> None:
    world.report = lambda *given, **named: FULL  # type: ignore[method-assign]
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await come(app, pilot)
        assert picture(app).splitlines()[3].split("   ")[1:2] == [" What keeps coming back"]
        await pilot.press("j", "right")
        assert pointed(app)[0].startswith("▲ Responsibility")  # what stands beside it
        await pilot.press("h")
        assert pointed(app)[0].startswith("word 1")
        assert await pilot.click(Parts, offset=(62, 3))  # the second pillar in the other column
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        while isinstance(app.screen, JournalScreen):
            await pilot.press("escape")
        await settle(pilot)
        assert "▣ Boundaries" in pointed(app)[0]
        await pilot.resize_terminal(70, 24)
        await settle(pilot)
        assert pointed(app)[0].startswith("▣ Boundaries")


async def test_patterns_and_people_open_where_they_stand(world: World, open_app: OpenApp) -> None:
    world.report = lambda *given, **named: FULL  # type: ignore[method-assign]
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await come(app, pilot)
        await pilot.press("tab", "j")
        assert "spare key" in pointed(app)[0]
        await pilot.press("o")
        await settle(pilot)
        assert isinstance(app.screen, PatternsScreen)
        assert "spare key" in pointed(app)[0]
        await pilot.press("escape", "w")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        await pilot.press("escape", "G")
        await settle(pilot)
        assert pointed(app)[0].startswith("Ruth")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "Ruth" in picture(app)


async def test_a_number_draws_a_pillars_own_ratings(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await come(app, pilot)
        await pilot.press("2")
        seen = picture(app)
        assert "How the days were rated" in seen
        assert "▣ Boundaries: 2 rated, 2.5 of 5 on average." in seen
        await pilot.press("0")
        assert "All: 9 rated, 3.3 of 5 on average." in picture(app)


async def test_the_page_says_what_it_will_be_and_leaving_stops_it(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    told: list[str] = []

    def report(day: object = None, on_progress: Callable[[int, int], None] | None = None) -> object:
        told.append("begun")
        try:
            for step in range(2000):
                assert on_progress
                on_progress(step, 2000)
                asyncio.run(asyncio.sleep(0.005))
        except Exception as error:
            told.append(type(error).__name__)
            raise
        return REPORT

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        filled.report = report  # type: ignore[method-assign,assignment]
        await pilot.press("i")
        await until(pilot, lambda: "What keeps coming back" in picture(app))
        await until(pilot, lambda: "reading  " in picture(app))
        seen = picture(app)
        assert "What keeps coming back" in seen
        assert "You say whether it is true." in seen
        await pilot.press("w")  # to another page: it is stopped, and begins again on coming back
        await until(pilot, lambda: len(told) > 1)
        assert told == ["begun", "Stopped"]
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert isinstance(app.screen, InsightsScreen)
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert isinstance(app.screen, TodayScreen)
        assert told[:4] == ["begun", "Stopped"] * 2


async def test_help_over_it_does_not_stop_the_reading(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    begun: list[int] = []
    whole = filled.report

    def report(*given: object, **named: object) -> object:
        begun.append(1)
        asyncio.run(asyncio.sleep(0.3))
        return whole(*given, **named)  # type: ignore[arg-type]

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        filled.report = report  # type: ignore[method-assign,assignment]
        await pilot.press("i")
        await pilot.pause(0.05)
        await pilot.press("question_mark", "escape")
        await settle(pilot)
        assert begun == [1]
        assert "from 11 entries" in picture(app)


async def test_a_journal_that_cannot_be_read_says_so(filled: World, open_app: OpenApp) -> None:
    app = open_app()

    def report(*given: object, **named: object) -> object:
        raise JournalError("entries.jsonl, line 3: \x1b[2Jdamaged. journal-tui check tells more.")

    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        filled.report = report  # type: ignore[method-assign,assignment]
        await pilot.press("i")
        await settle(pilot)
        assert "entries.jsonl, line 3: ␛[2Jdamaged." in picture(app)
        await pilot.press("enter", "tab", "j", "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_it_reads_anew_only_when_something_changed(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    made: list[int] = []
    whole = filled.report

    def report(*given: object, **named: object) -> object:
        made.append(1)
        return whole(*given, **named)  # type: ignore[arg-type]

    filled.report = report  # type: ignore[method-assign,assignment]
    async with app.run_test(size=(80, 24)) as pilot:
        await come(app, pilot)
        once = len(made)
        await pilot.press("j", "p")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert len(made) == once
        await pilot.press("p")
        await settle(pilot)
        entry(filled, TODAY, "A new page on the allotment.", pillar=Pillar.TRUST)
        await pilot.press("escape")
        await settle(pilot)
        assert len(made) == once + 1
        assert "from 12 entries" in picture(app)
        assert pointed(app)[0].startswith("◆ Respect")  # where one was
