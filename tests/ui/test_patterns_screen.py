"""Patterns: seen with the writer's words, answered, taken back, opened; the mirror's question on Today."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from journal_tui.insights.judgements import MUTED
from journal_tui.model import Answer, Entry, Judgement, Verdict
from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.helplines import HelplinesScreen
from journal_tui.ui.screens.insights import InsightsScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.patterns import PatternsScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.world import World

from .conftest import MOMENT, TODAY
from .golden import picture, said, settle, until

OpenApp = Callable[[], JournalApp]

GAVE_WAY = "one_sided_compromise"
SILENT = "self_silencing"
THINGS = ("tea", "balcony\x1b]52;c;aGk=\x07", "canal walk", "laundry", "garden")


def plant(world: World) -> None:
    """Who mostly gave way in the last weeks, and long before said nothing; few words."""
    made = []
    for week in range(13):
        signal, told = ("both_gave", "We met halfway") if week > 10 else ("gave_way", "I gave in again")
        moved = Answer(prompt="p/q", ask="Who moved?", choice=("One of us",), signals=(signal,))
        words = Answer(text=f"Rain all day. {told} about the {THINGS[week % len(THINGS)]}.")
        day = TODAY - timedelta(weeks=week)
        made.append(Entry(id=f"moved{week:03}", created=MOMENT, day=day, answers=(words, moved)))
    for week in range(12):
        silent = Answer(prompt="p/r", ask="Did I say it?", choice=("No",), signals=("kept_quiet",))
        day = TODAY - timedelta(weeks=week + 14)
        made.append(Entry(id=f"quiet{week:03}", created=MOMENT, day=day, answers=(silent,)))
    world.journal.imports.bring_in(made)


@pytest.fixture
def mirrored(world: World) -> World:
    plant(world)
    return world


async def come(app: JournalApp, pilot: object) -> None:
    await settle(pilot)  # type: ignore[arg-type]
    app.post_message(Go("patterns"))
    await settle(pilot)  # type: ignore[arg-type]


def lines_on(app: JournalApp) -> list[str]:
    """The lines of the list, without spaces beside each other."""
    lines = picture(app).partition("────")[0].splitlines()[3:]
    return [" ".join(line.split()) for line in lines if line.strip()]


def verdicts(world: World) -> list[tuple[str, str]]:
    return [(judgement.kind, judgement.verdict.value) for judgement in world.journal.judgements.all()]


async def test_a_pattern_with_its_words_answered_and_taken_back(mirrored: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 34)) as pilot:
        await come(app, pilot)
        assert lines_on(app) == ["▌ ✦ Who moves steady", "✦ Said and unsaid steady"]
        seen = picture(app)
        for line in (
            "2 patterns",
            "In 11 of 13 agreements you were the one who moved.",
            "1  “I gave in again about the tea.”  today",
            "And here it was shared, or the other one moved.",
            "4  “We met halfway about the balcony",
            "”  25 December 2025",
            "Which of these did you choose freely?",
        ):
            assert line in seen
        assert "\x1b" not in seen
        assert "Undo" not in seen
        await pilot.press("r")
        await settle(pilot)
        assert lines_on(app)[0] == "▌ ✦ Who moves steady rings true"
        assert "You said: rings true. In view since today." in picture(app)
        assert said(app).startswith("It stays in view: its questions come round more often.")
        await pilot.press("r")
        assert "as you said already" in said(app)
        await pilot.press("j", "p", "t")
        await settle(pilot)
        assert verdicts(mirrored) == [(GAVE_WAY, "rings true"), (SILENT, "partly"), (SILENT, "not now")]
        await pilot.press("u", "u", "u")
        await settle(pilot)
        assert said(app).endswith("What was last said about “Who moves” is taken back")
        assert verdicts(mirrored) == []
        assert lines_on(app) == ["▌ ✦ Who moves steady", "✦ Said and unsaid steady"]
        assert "You said" not in picture(app)
        await pilot.press("u")
        await settle(pilot)
    assert len(mirrored.journal.entries()) == 25


async def test_what_is_not_me_is_put_away_at_the_end(mirrored: World, open_app: OpenApp) -> None:
    mirrored.settings = replace(mirrored.settings, plain_glyphs=True)
    app = open_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await come(app, pilot)
        await pilot.press("n")
        await settle(pilot)
        away = "- Who moves until 11 May"
        assert TODAY.replace(month=5, day=11) == TODAY + MUTED
        assert lines_on(app) == ["> * Said and unsaid steady", "Put away", away]  # the next one takes its place
        assert "1 pattern, 1 put away" in picture(app)
        await pilot.press("escape")
        await come(app, pilot)  # read anew, it says the same
        assert lines_on(app) == ["> * Said and unsaid steady", "Put away", away]
        await pilot.press("j")
        assert "You said: not me. It is put away until 11 May." in picture(app)
        await pilot.press("p")
        await settle(pilot)
        assert lines_on(app)[1] == "> * Who moves steady partly"


async def test_a_quick_hand_answers_the_one_it_went_to(mirrored: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        for key in "jn":  # without a pause between them, as a terminal hands on what was typed ahead
            app.simulate_key(key)
        await settle(pilot)
    assert verdicts(mirrored) == [(SILENT, "not me")]


async def test_a_number_opens_what_it_quotes_and_escape_comes_back(mirrored: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await come(app, pilot)
        for keys, day in (("enter", "Thursday 12 March 2026"), ("4", "Thursday 25 December 2025")):
            await pilot.press(keys)
            await settle(pilot)
            assert isinstance(app.screen, JournalScreen)
            assert day in picture(app)
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, PatternsScreen)
        await pilot.press("j", "2")
        await settle(pilot)
        mirrored.journal.delete(["moved001"])  # something else has changed meanwhile: it is read anew
        await pilot.press("escape")
        await settle(pilot)
        assert lines_on(app)[1] == "▌ ✦ Said and unsaid steady"
        await pilot.press("k")
        assert "In 10 of 12 agreements" in picture(app)
        await pilot.press("9", "6")  # no such quote
        await settle(pilot)
        assert isinstance(app.screen, PatternsScreen)


async def test_nothing_shows_yet(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        assert "No pattern shows so far." in picture(app)
        assert "over three weeks" in " ".join(picture(app).split())
        await pilot.press("r", "n", "u", "enter", "1", "space", "tab", "h", "j", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
    assert verdicts(world) == []


async def test_where_somebody_is_hurt_it_leads_to_those_who_help(mirrored: World, open_app: OpenApp) -> None:
    hurt = Answer(text="He hit me again last night and I am afraid of him.")
    mirrored.journal.add(Entry(id="hurt0001", created=MOMENT, day=TODAY, answers=(hurt,)))
    app = open_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        assert "The mirror" not in picture(app)
        await pilot.press("i")
        await settle(pilot)
        assert "For you" in picture(app)
        assert "speak of someone being hurt" in picture(app)
        assert "What may be worth a look" not in picture(app)
        await pilot.press("b")
        await settle(pilot)
        assert "speak of someone being hurt" in picture(app)
        assert "Who moves" not in picture(app)
        await pilot.press("h")
        await settle(pilot)
        assert isinstance(app.screen, HelplinesScreen)


async def test_insights_show_some_and_lead_there(mirrored: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 50)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        seen = picture(app)
        for line in (
            "What may be worth a look",
            "Who moves",
            "In 11 of 13 agreements you were the one who moved.",
            "“I gave in again about the tea.”  today",
            "b shows them all",
        ):
            assert line in seen
        await pilot.press("h")  # nobody is hurt
        await settle(pilot)
        assert isinstance(app.screen, InsightsScreen)
        await pilot.press("b")
        await settle(pilot)
        assert isinstance(app.screen, PatternsScreen)


async def test_today_asks_one_question_and_leads_to_it(mirrored: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        question = "b  The mirror    Said and unsaid. What were"
        assert question in picture(app)
        await pilot.press("b")
        await settle(pilot)
        assert lines_on(app)[1] == "▌ ✦ Said and unsaid steady"
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "The mirror" not in picture(app)  # one a week
        mirrored.journal.steps.undo()
        await pilot.press("j", "escape")
        await settle(pilot)
        assert question in picture(app)
        looked: list[int] = []
        mirrored.report = lambda *given, **named: looked.append(1)  # type: ignore[method-assign,assignment]
        await pilot.press("j", "escape")
        await settle(pilot)
        assert not looked  # nothing was written since
        assert question in picture(app)


async def test_today_asks_nothing_of_a_young_journal(world: World, open_app: OpenApp) -> None:
    plant(world)
    world.journal.delete([entry.id for entry in world.journal.entries() if entry.id.startswith("quiet")])
    world.journal.delete([f"moved{week:03}" for week in range(9, 13)])
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "The mirror" not in picture(app)


async def test_leaving_stops_the_reading(mirrored: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        mirrored.journal.judgements.add(
            Judgement(kind=SILENT, target="", verdict=Verdict.PARTLY, on=TODAY - timedelta(20))
        )
        begun: list[object] = []
        stopped: list[str] = []

        def report(day: object = None, on_progress: Callable[[int, int], None] | None = None) -> None:
            assert on_progress
            begun.append(on_progress)
            try:
                for step in range(2000):
                    on_progress(step, 2000)
                    asyncio.run(asyncio.sleep(0.005))
            except Exception as error:
                stopped.append(type(error).__name__)
                raise

        mirrored.report = report  # type: ignore[method-assign,assignment]
        app.post_message(Go("patterns"))
        await until(pilot, lambda: "reading  " in picture(app))
        await pilot.press("escape")
        await until(pilot, lambda: len(begun) > 1)
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("j")
        await until(pilot, lambda: len(stopped) > 1)
        assert stopped == ["Stopped", "Stopped"]  # of the page, then of Today, which had begun again
