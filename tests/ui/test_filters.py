"""What the journal is narrowed down to: chips, the sheet to choose from, the calendar, this day in every year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot

from journal_tui.model import Answer, Entry, Pillar
from journal_tui.store.search import Filter
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.calendar import CalendarScreen
from journal_tui.ui.screens.filters import FiltersScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.ui.views.calendar import month_of, moved_by_days, moved_by_months, say_written
from journal_tui.ui.views.filters import Facts, facts_of, options, read_span, say_span, to_take_off, why_empty
from journal_tui.ui.views.listing import Listing, list_entries
from journal_tui.ui.widgets.entry_list import EntryList
from journal_tui.ui.widgets.filter_bar import ChipBar
from journal_tui.ui.widgets.month_grid import MonthGrid
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.reader import Reader
from journal_tui.ui.widgets.row_list import RowList
from journal_tui.world import World
from tests.store.sample import entry as made

from .conftest import TODAY, entry
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]
TITLES = {pillar: pillar.title for pillar in Pillar}


@pytest.fixture
def noted(filled: World) -> World:
    """Tags, people and a day a year ago, and an entry without a day."""
    for found, tags, people in zip(
        filled.journal.entries()[-3:], ((), ("home", "work"), ("home",)), ((), ("Imke",), ("Imke",)), strict=True
    ):
        filled.journal.replace(replace(found, tags=tags, people=people))
    entry(filled, None, "From a shoe box, undated.", rating=5)
    return filled


async def come(app: JournalApp, pilot: Pilot[Closed]) -> None:
    await settle(pilot)
    app.post_message(Go("journal"))
    await settle(pilot)


async def choose(app: JournalApp, pilot: Pilot[Closed], words: str) -> None:
    await pilot.press("f")
    app.screen.query_one("#typed", Line).value = words
    await settle(pilot)
    await pilot.press("enter")
    await settle(pilot)


# -- on the screen ---------------------------------------------------------------------------------


async def test_filters_add_up_and_go_one_after_the_other(noted: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await come(app, pilot)
        assert "12 entries" in picture(app)
        for words, chip, count in (("imke", "with Imke", 3), ("#wo", "#work", 1)):
            await choose(app, pilot, words)
            assert f"{chip} ×" in picture(app)
            assert f"{count} of 12 entries" in picture(app)
        await choose(app, pilot, "2 weeks ago")
        assert "No entry fits all of this: with Imke, #work, 26 February 2026." in picture(app)
        for chip, count in (("26 February 2026", 1), ("#work", 3), ("with Imke", 12)):
            assert chip in picture(app)
            await pilot.press("escape")
            await settle(pilot)
            assert f"{chip} ×" not in picture(app)
            assert f"{count} of 12 entries" in picture(app) or (count == 12 and "12 entries" in picture(app))
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_a_click_takes_a_chip_off(noted: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await come(app, pilot)
        await choose(app, pilot, "imke")
        await choose(app, pilot, "lived 4 or")
        assert "with Imke ×" in picture(app)
        await pilot.click(ChipBar, offset=(4, 0))
        await settle(pilot)
        assert "with Imke ×" not in picture(app)
        assert "lived 4 or more ×" in picture(app)


async def test_what_one_came_with_stays_when_the_rest_is_taken_off(noted: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.post_message(Go("journal", person="Imke"))
        await settle(pilot)
        app.screen.query_one("#search", Line).value = "again"
        await choose(app, pilot, "#work")
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert "with Imke ×" in picture(app)
        assert "3 of 12 entries" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(app.screen, JournalScreen)


async def test_the_sheet_says_what_is_wrong_and_leads_back(noted: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await come(app, pilot)
        await pilot.press("f")
        await settle(pilot)
        assert "2 entries" in picture(app)
        app.screen.query_one("#typed", Line).value = "march 2026 or so"
        await settle(pilot)
        assert "Nothing here is called “march 2026 or so”" in picture(app)
        await pilot.press("enter")
        assert isinstance(app.screen, FiltersScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert "Imke" in picture(app)
        await pilot.press("down")
        rows = app.screen.query_one(RowList)
        place = next(number for number, row in enumerate(rows._rows) if row.text == "#home")
        await pilot.click(RowList, offset=(6, place))
        await pilot.click(RowList, offset=(6, place))
        await settle(pilot)
        assert "#home ×" in picture(app)


async def test_this_day_in_every_year(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.post_message(Go("journal", entry=filled.journal.entries()[1].id))  # a year ago
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert "every 12 March ×" in picture(app)
        assert "1 of 11 entries" in picture(app)
        await pilot.press("o")
        await settle(pilot)
        assert "every 12 March" not in picture(app)


async def test_the_calendar_leads_to_a_day(noted: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await come(app, pilot)
        await pilot.press("c", "k", "l", "pageup")
        assert isinstance(app.screen, CalendarScreen)
        assert "February 2026" in picture(app)
        assert app.screen.query_one(MonthGrid).day == date(2026, 2, 5)
        await pilot.press("enter")
        await settle(pilot)
        found = app.screen.query_one(EntryList).entry
        assert found
        assert found.day == date(2026, 2, 7)
        assert "Nothing was written on Thursday 5 February 2026; this is the nearest day." in said(app)
        await pilot.press("c", "Y", "escape")
        assert isinstance(app.screen, JournalScreen)


async def test_the_calendar_takes_clicks(noted: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await come(app, pilot)
        await pilot.press("c")
        await pilot.click(MonthGrid, offset=(9, 3))  # Tuesday of the second week
        assert app.screen.query_one(MonthGrid).day == date(2026, 3, 3)
        await pilot.click(MonthGrid, offset=(9, 3))
        await settle(pilot)
        found = app.screen.query_one(EntryList).entry
        assert found
        assert found.day == date(2026, 3, 3)


async def test_matches_are_counted_and_gone_through(world: World, open_app: OpenApp) -> None:
    entry(world, TODAY, "A kettle.\n\n" + "Rain. " * 300 + "\n\nThe kettle again, and a third kettle.")
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        app.screen.query_one("#search", Line).value = "kettle"
        await settle(pilot)
        reader = app.screen.query_one(Reader)
        assert "1 of 3 in this entry · 1 of 1 entry" in picture(app)
        assert reader.scroll_offset.y == 0
        await pilot.press("n")
        assert "2 of 3 in this entry" in picture(app)
        assert reader.scroll_offset.y > 10
        await pilot.press("n", "n")
        assert "3 of 3 in this entry" in picture(app)
        assert "That was the last one." in said(app)
        await pilot.press("N")
        assert "2 of 3 in this entry" in picture(app)


async def test_matches_lead_on_to_the_next_entry_and_back(world: World, open_app: OpenApp) -> None:
    for text in ("One kettle, and a second kettle.", "No match here.", "Unforeseeably kettle on top, kettle below."):
        entry(world, TODAY, text)
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        app.screen.query_one("#search", Line).value = "kettle"
        await settle(pilot)
        for key, count, text in (("n", "2 of 2", "Unf"), ("n", "1 of 2", "One"), ("N", "2 of 2", "Unf")):
            await pilot.press(key)
            await settle(pilot)
            assert f"{count} in this entry · 2 of 3 entries" in picture(app)
            found = app.screen.query_one(EntryList).entry
            assert found
            assert found.text.startswith(text)
        assert "…kettle on top" in picture(app)  # within the width of the list


async def test_words_are_marked_over_the_end_of_a_line_and_in_questions(world: World, open_app: OpenApp) -> None:
    words = Answer(ask="What of the long walk?", text=f"{'x' * 70} long walk and\tanother long walk")
    world.journal.add(made("e1", day=TODAY, answers=(words,)))
    app = open_app()
    async with app.run_test(size=(160, 30)) as pilot:
        await come(app, pilot)
        app.screen.query_one("#search", Line).value = '"long walk"'
        await settle(pilot)
        reader = app.screen.query_one(Reader)
        assert reader.matches == 3
        lines = [line for line, _, _ in reader._lines]
        marked = [[lines[number][start:end] for start, end, _ in reader._spans[number]] for number in range(len(lines))]
        assert [part for parts in marked for part in parts] == ["long walk", "long", "walk", "long walk"]


async def test_copying_says_so(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("y")
        assert "18 words copied" in said(app)
        assert app.clipboard.startswith("Ruth wanted June")


async def test_what_is_copied_is_tame(world: World, open_app: OpenApp) -> None:
    entry(world, TODAY, "a\x1b]52;c;aGk=\x07b \u202eright \udc80\r\nend")
    app = open_app()
    async with app.run_test() as pilot:
        await come(app, pilot)
        await pilot.press("y")
        assert app.clipboard == "a␛]52;c;aGk=␇b right \ufffd\nend"


# -- in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 3, 3), date(2026, 3, 3), "3 March 2026"),
        (date(2026, 3, 1), date(2026, 3, 31), "March 2026"),
        (date(9999, 12, 1), date.max, "December 9999"),
        (date(2026, 3, 2), date(2026, 3, 8), "2 to 8 March 2026"),
        (date(2026, 2, 23), date(2026, 3, 1), "23 February to 1 March 2026"),
        (date(2025, 12, 29), date(2026, 1, 4), "29 December 2025 to 4 January 2026"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2025, 1, 1), None, "from 1 January 2025 on"),
        (None, date(2025, 1, 1), "up to 1 January 2025"),
    ],
)
def test_days_are_said(first: date | None, last: date | None, words: str) -> None:
    assert say_span(first, last) == words


def test_a_span_may_be_open() -> None:
    assert read_span("since last month", TODAY) == (date(2026, 2, 1), None)
    assert read_span("until 2025", TODAY) == (None, date(2025, 12, 31))
    assert read_span("last month", TODAY) == (date(2026, 2, 1), date(2026, 2, 28))
    assert read_span("since when", TODAY) is None


def test_the_filter_that_was_set_last_is_taken_off_first() -> None:
    given = Filter(person="Ana")
    october = replace(given, since=date(2025, 10, 1), until=date(2025, 10, 31))
    rated = replace(october, rating=(4, 5))
    off: dict[str, Filter] = {}
    for filter in (given, october, replace(rated, pillar=Pillar.RESPECT), replace(rated, pillar=Pillar.TRUST)):
        off = to_take_off(filter, given, TITLES, off)
    assert list(off) == ["October 2025", "lived 4 or more", "trust"]
    assert off["trust"] == rated
    assert list(to_take_off(rated, given, TITLES, off)) == ["October 2025", "lived 4 or more"]


@pytest.mark.parametrize(
    ("filter", "says"),
    [
        (Filter(words="zebra"), "No entry has “zebra”."),
        (Filter(pillar=Pillar.TRUST), "No entry on trust is here yet."),
        (Filter(pillar=Pillar.TRUST, words="zebra"), "No entry on trust has “zebra”."),
        (Filter(tag="home", words="zebra"), "No entry with “zebra” fits all of this: #home."),
        (Filter(rating=(1, 5), pillar=Pillar.TRUST), "No entry fits all of this: trust, rated."),
    ],
)
def test_what_is_not_there_is_said(filter: Filter, says: str) -> None:
    assert why_empty(filter, TITLES).startswith(says)
    assert why_empty(filter, TITLES, "rated").endswith(
        "Esc clears the search." if filter.words else "Esc takes “rated” off."
    )


ENTRIES = [
    made("a1", "x", tags=("home", "work"), rating=4),
    made("a2", "y", tags=("work",), rating=2),
    made("a3", "z", rating=5),
]


def texts(typed: str, filter: Filter | None = None, facts: Facts | None = None) -> list[str]:
    facts = facts or replace(facts_of(ENTRIES), people=[("my Ana", 2), ("Ruth", 1)])
    return [row.text for row in options(facts, filter or Filter(), typed, TODAY).rows if row.id]


def test_what_fits_stands_under_its_heading() -> None:
    assert texts("")[:4] == ["my Ana", "Ruth", "#work", "#home"]
    assert texts("ana") == ["my Ana"]
    assert texts("@ru") == ["Ruth"]
    assert texts("WÓ") == ["#work"]
    assert texts("#ho") == ["#home"]
    assert texts("4 or") == ["lived 4 or more"]
    assert texts("last m") == ["last month"]
    assert texts("3 weeks ago") == ["3 weeks ago"]
    assert texts("", Filter(tag="work"))[0] == "#work"


def test_each_line_leads_to_its_filter_beside_the_others() -> None:
    facts = replace(facts_of(ENTRIES), people=[("Ana", 2)])
    found = options(facts, Filter(tag="work"), "last month", TODAY)
    assert list(found.filters.values()) == [Filter(tag="work", since=date(2026, 2, 1), until=date(2026, 2, 28))]
    taken_off = options(facts, Filter(tag="work"), "", TODAY)
    assert taken_off.filters["set #work"] == Filter()


def test_nothing_is_wrong_before_the_people_are_known() -> None:
    found = options(facts_of(ENTRIES), Filter(), "zeb", TODAY)
    assert not found.is_wrong
    assert "Reading" in found.says
    assert options(replace(facts_of(ENTRIES), people=[]), Filter(), "zeb", TODAY).is_wrong


# -- list and calendar -----------------------------------------------------------------------------


def days(*wanted: date | None) -> list[Entry]:
    return [made(f"d{number}", f"Day {number}", day=day) for number, day in enumerate(wanted)]


def test_entries_stand_under_their_months_with_air_between() -> None:
    listing = list_entries(days(date(2026, 3, 2), date(2026, 3, 1), date(2025, 3, 1), None))
    assert listing.rows == ["March 2026", 0, 1, "", "March 2025", 2, "", "Undated", 3]
    assert listing.places == [1, 2, 5, 8]
    assert list_entries(days(date(2026, 3, 2), None), is_dense=True).rows == ["March 2026", 0, "Undated", 1]


def test_the_nearest_entry_of_a_day() -> None:
    listing = Listing(days(date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 1), None))
    wanted = {date(2026, 3, 10): 0, date.max: 0, date(2026, 3, 6): 1, date(2026, 3, 5): 2, date.min: 2}
    assert {day: listing.nearest(day) for day in wanted} == wanted
    assert Listing(days(None)).nearest(TODAY) is None


def test_a_month_from_monday_on() -> None:
    entries = days(date(2026, 4, 1), date(2026, 3, 31), date(2026, 3, 31), date(2026, 3, 1), date(2026, 2, 28), None)
    month = month_of(entries, date(2026, 3, 15))
    assert month.name == "March 2026"
    assert month.weeks[0] == (None,) * 6 + (date(2026, 3, 1),)
    assert month.count == 3
    assert [found.id for found in month.written[date(2026, 3, 31)]] == ["d1", "d2"]
    assert say_written(month, date(2026, 3, 31), 60) == "Tuesday 31 March 2026: Day 1 and 1 more"
    assert say_written(month, TODAY, 60) == "Thursday 12 March 2026: nothing written"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendar_ends_where_the_years_do(day: date) -> None:
    month = month_of([], day)
    assert sum(found is not None for week in month.weeks for found in week) == 31
    by = -1 if day == date.min else 1
    assert moved_by_days(day, by) == day
    assert moved_by_months(day, 12 * by) == day
    assert moved_by_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert moved_by_days(TODAY, -7) == TODAY - timedelta(7)
