"""People: seen with their entries, joined, parted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from journal_tui.model import Answer, Entry, Person
from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.ask import PickScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.people import PeopleScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.world import World

from .conftest import MOMENT, TODAY
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]


def written(world: World | None, ago: int, text: str, *people: str) -> Entry:
    """An entry of so many days ago, which notes `people`."""
    made = Entry(
        id=f"sample{ago:03}", created=MOMENT, day=TODAY - timedelta(ago), answers=(Answer(text=text),), people=people
    )
    if world:
        world.journal.imports.bring_in([made])
    return made


TEXTS = (
    (40, "Rain. @Anita brought the ladder back. We drank tea on the stairs."),
    (30, "A letter from @Ruth, four pages."),
    (20, "We talked about the rota, @Ana and I. @Ruth said nothing at all."),
    (9, "Nothing of note. @Ana waved from the tram."),
    (3, "The neighbour again. @Zo\u202eë\x1b]52;c;aGk=\x07 came too."),
    (2, "@Ana sent the recipe, with a drawing of the pan."),
)


@pytest.fixture
def peopled(world: World) -> World:
    """Four people, one of them under two names, and one with a strange one."""
    for ago, text in TEXTS:
        written(world, ago, text)
    written(world, 5, "On the stairs.", "M\x1b[2Jo")
    written(world, 1, "A long quiet day with the usual one.", "Ruth")
    return world


async def come(app: JournalApp, pilot: object) -> None:
    await settle(pilot)  # type: ignore[arg-type]
    app.post_message(Go("people"))
    await settle(pilot)  # type: ignore[arg-type]


def people_on(app: JournalApp) -> list[str]:
    """The lines of the list, from the first name on, without spaces beside each other."""
    lines = picture(app).partition("────")[0].splitlines()[3:]
    return [" ".join(line.replace("▌", " ").split()) for line in lines if line.strip()]


async def test_those_in_most_entries_first_with_what_was_written_last(peopled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await come(app, pilot)
        lines = people_on(app)
        assert lines[:2] == ["Ana 3 entries, last 10 March", "Ruth 3 entries, last yesterday"]
        assert "Anita 1 entry, last 31 January" in lines
        assert "“@Ana sent the recipe, with a drawing of the pan.”" in picture(app)
        assert "“We talked about the rota, @Ana and I.”" in picture(app)
        assert "“@Ana waved from the tram.”" in picture(app)
        assert "\x1b" not in picture(app)
        assert "\u202e" not in picture(app)
        await pilot.press("j")
        assert "A long quiet day with the usual one." in picture(app)  # noted, not named


async def test_two_names_of_one_person_are_joined_and_that_is_taken_back(peopled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        assert "Undo" not in picture(app)
        await pilot.press("m")
        assert "Who else is Ana?" in picture(app)
        assert "+ Ana" in picture(app)
        await pilot.press("enter", "m", "x", "u")  # not with herself
        await settle(pilot)
        assert peopled.journal.people.all() == []
        assert not said(app)
        await pilot.press("escape")
        assert "Who else" not in picture(app)
        await pilot.press("m", "j", "j")
        while "▌ Anita" not in " ".join(picture(app).split()):
            await pilot.press("j")
        await pilot.press("enter")
        await settle(pilot)
        assert peopled.journal.people.all() == [Person(name="Ana", also=("Anita",))]
        assert "Ana and Anita are one person now" in said(app)
        assert people_on(app)[0] == "Ana Anita 4 entries, last 10 March"
        assert "▌   Ana  Anita" in picture(app)
        await pilot.press("u")
        await settle(pilot)
        assert peopled.journal.people.all() == []
        assert people_on(app)[0].startswith("Ana 3 entries")
        await pilot.press("u")
        await settle(pilot)
    assert len(peopled.journal.entries()) == len(TEXTS) + 2


async def test_a_joined_name_is_parted_again(peopled: World, open_app: OpenApp) -> None:
    peopled.journal.people.join("Ana", "Anita")
    app = open_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert "in 4 entries, last 10 March" in picture(app)  # insights count them as one, and lead here
        await pilot.press("w")
        await settle(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert "Anita stands alone again" in said(app)
        assert "Anita 1 entry, last 31 January" in people_on(app)
        assert peopled.journal.people.all() == []
        await pilot.press("u")
        await settle(pilot)
        assert peopled.journal.people.all() == [Person(name="Ana", also=("Anita",))]


async def test_of_several_names_one_is_chosen(peopled: World, open_app: OpenApp) -> None:
    peopled.journal.people.join("Ana", "Anita")
    peopled.journal.people.join("Ana", "Ruth")
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        (ana,) = peopled.journal.people.all()
        assert people_on(app)[0] == f"Ana {', '.join(ana.also)} 6 entries, last yesterday"
        await pilot.press("x")
        await settle(pilot)
        assert isinstance(app.screen, PickScreen)
        await pilot.press("escape", "x", "2")
        await settle(pilot)
    assert peopled.journal.people.all() == [Person(name="Ana", also=ana.also[:1])]


async def test_enter_leads_to_the_entries_that_name_them(peopled: World, open_app: OpenApp) -> None:
    peopled.journal.people.join("Ana", "Anita")
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await come(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        seen = picture(app)
        assert "4 of 8 entries" in seen
        assert "with Ana ×" in seen
        assert "Rain. @Anita" in seen
        assert "A letter" not in seen
        await pilot.press("1")
        await settle(pilot)
        assert "No entry fits all of this: respect, with Ana" in picture(app)
        while isinstance(app.screen, JournalScreen):  # a step back at a time
            await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, PeopleScreen)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert "with Ruth ×" in picture(app)


async def test_nobody_is_named_yet(world: World, open_app: OpenApp) -> None:
    written(world, 2, "it rained all day.")
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        assert "Nobody is named yet" in picture(app)
        await pilot.press("enter", "m", "x", "u", "tab", "j", "escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
