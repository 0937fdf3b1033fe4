"""Less or more time, who it is about, the first days, the week, a promise that is moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from textual import events

from journal_tui.model import Asked, Pace, Pillar
from journal_tui.ui.app import JournalApp
from journal_tui.ui.screens.helplines import HelplinesScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World
from tests.ui.conftest import TODAY, entry
from tests.ui.golden import picture, settle, until

OpenApp = Callable[[], JournalApp]


def written(app: JournalApp) -> WriteScreen:
    assert isinstance(app.screen, WriteScreen)
    return app.screen


async def test_the_time_is_chosen_before_writing_and_changed_while_writing(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "Ten minutes. t for less or more." in picture(app)
        await pilot.press("t", "t")
        assert "Two minutes." in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        # A due promise, one question, the closing.
        assert "●○○" in picture(app)
        await pilot.press("k", "ctrl+t", "ctrl+t")
        await settle(pilot)
        assert "●●○○○○○" in picture(app)
        await pilot.press(*"words", "ctrl+t", "escape")
        await settle(pilot)
    [draft], _ = filled.waiting()
    assert draft.pace is Pace.SHORT
    assert draft.word_text == "words"


async def test_people_are_offered_and_noted_only_on_a_key(world: World, open_app: OpenApp) -> None:
    entry(world, TODAY - timedelta(1), "With @Ana by the river.")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(*"Ana laughed.")
        await until(pilot, lambda: "Ana? ctrl+o notes it" in picture(app))
        await pilot.press("ctrl+o")
        assert "with Ana" in picture(app)
        await pilot.press("ctrl+o")
        assert "Ana? ctrl+o notes it" in picture(app)
        await pilot.press("ctrl+o", "ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[-1].people == ("Ana",)


async def test_a_new_writer_may_begin_with_the_first_days(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "The first week" in picture(app)
        await pilot.press("n")
        await settle(pilot)
        first = written(app)._session
        assert first.pack
        assert first.pack.asked is Asked.FIRST_DAYS
        await pilot.press(*"Bread.", "ctrl+s")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "Respect" in picture(app)  # the second evening waits for tomorrow
    world.clock = lambda: first.started + timedelta(days=1)
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "The first week · 1 of 7" in picture(app)
        await pilot.press("enter")
        await settle(pilot)
        assert written(app)._session.questions[0] not in first.questions[:1]


async def test_the_week_is_looked_back_on_beside_its_own_words(world: World, open_app: OpenApp) -> None:
    for ago in (1, 2, 3):
        entry(world, TODAY - timedelta(ago), f"Nobody said who would pay on day {ago}.", rating=1, pillar=Pillar.TRUST)
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "Look back" in picture(app)
        await pilot.press("w")
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert "“Nobody said who would pay on day " in picture(app)
        await pilot.press(*"It is paid.", "ctrl+s")
        await settle(pilot)
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert "Look back" not in picture(app)
    answer = world.journal.entries()[-1].answers[0]
    assert answer.quote.startswith("Nobody said who")
    assert answer.quoted in {e.id for e in world.journal.entries()}


async def test_a_promise_is_moved_to_the_day_that_is_named(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert "By which day?" in picture(app)
        await pilot.press(*"in two weeks", "enter", "ctrl+s")
        await settle(pilot)
        await pilot.press(*"words", "ctrl+s")
        await settle(pilot)
    [promise] = filled.journal.promises.all()
    assert not promise.is_due(TODAY + timedelta(13))
    assert promise.is_due(TODAY + timedelta(14))


async def test_where_someone_is_hurt_the_last_page_leads_to_who_to_call(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        await pilot.press(*"He hit me.", "ctrl+s")
        await settle(pilot)
        assert "c says who answers where you live" in " ".join(picture(app).split())
        await pilot.press("c")
        await settle(pilot)
        assert isinstance(app.screen, HelplinesScreen)
        await pilot.press("escape", "c")
        await settle(pilot)
        assert isinstance(app.screen, HelplinesScreen)
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_keys_that_come_in_one_burst_stay_with_their_question(world: World, open_app: OpenApp) -> None:
    """Tab is seen by the app before the page has taken in what was typed ahead of it."""
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        first = written(app)._session.step.id
        for letter in "Bread":
            app.post_message(events.Key(letter.lower(), letter))
        app.post_message(events.Key("tab", "\t"))
        await settle(pilot)
        session = written(app)._session
        assert session.step.id != first
        assert session.replies[first].text == "Bread"
        assert written(app).query_one(Page).text == ""
