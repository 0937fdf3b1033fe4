"""Days as a journal counts them, and dates in words."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as clock_time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.dates import WORDS, day_of, parse_due, parse_span, parse_when, say_day, say_full_day, start_of_week
from journal_tui.model import UsageError

WEDNESDAY = date(2026, 3, 11)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))


def D(text: str) -> date:
    return date.fromisoformat(text)


# -- days ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "starts_at", "day"),
    [
        ("2026-03-11T03:59:59", 4, "2026-03-10"),
        ("2026-03-11T04:00:00", 4, "2026-03-11"),
        ("2026-03-11T23:59:59", 4, "2026-03-11"),
        ("2026-03-11T00:00:00", 0, "2026-03-11"),
        ("2026-01-01T01:00:00", 4, "2025-12-31"),
        ("2026-03-29T03:30:00+02:00", 4, "2026-03-28"),
    ],
)
def test_a_day_ends_when_the_writer_sleeps(moment: str, starts_at: int, day: str) -> None:
    assert day_of(datetime.fromisoformat(moment), starts_at) == D(day)


def test_a_week_starts_on_monday() -> None:
    assert {start_of_week(D("2026-03-09") + timedelta(n)) for n in range(7)} == {D("2026-03-09")}


# -- dates in words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-03-07", "2025-03-07", "2025-03-07"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("7 march 2025", "2025-03-07", "2025-03-07"),
        ("March 7th, 2025", "2025-03-07", "2025-03-07"),
        ("22nd feb 2025", "2025-02-22", "2025-02-22"),
        ("march 2025", "2025-03-01", "2025-03-31"),
        ("December 9999", "9999-12-01", "9999-12-31"),
        ("today", "2026-03-11", "2026-03-11"),
        ("  TOMORROW ", "2026-03-12", "2026-03-12"),
        ("yesterday", "2026-03-10", "2026-03-10"),
        ("last friday", "2026-03-06", "2026-03-06"),
        ("last wednesday", "2026-03-04", "2026-03-04"),
        ("next wednesday", "2026-03-18", "2026-03-18"),
        ("next thu", "2026-03-12", "2026-03-12"),
        ("3 weeks ago", "2026-02-18", "2026-02-18"),
        ("a week ago", "2026-03-04", "2026-03-04"),
        ("a few days ago", "2026-03-08", "2026-03-08"),
        ("in three days", "2026-03-14", "2026-03-14"),
        ("in a month", "2026-04-11", "2026-04-11"),
        ("two years ago", "2024-03-11", "2024-03-11"),
        ("this week", "2026-03-09", "2026-03-15"),
        ("last week", "2026-03-02", "2026-03-08"),
        ("next month", "2026-04-01", "2026-04-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last-month", "2026-02-01", "2026-02-28"),
        ("3-weeks_ago", "2026-02-18", "2026-02-18"),
        ("7-march-2025", "2025-03-07", "2025-03-07"),
        ("2025/3/7", "2025-03-07", "2025-03-07"),
        ("2026-w01", "2025-12-29", "2026-01-04"),
        ("this weekend", "2026-03-14", "2026-03-15"),
        ("the last 2 weeks", "2026-02-26", "2026-03-11"),
        ("past year", "2025-03-12", "2026-03-11"),
        ("last few days", "2026-03-09", "2026-03-11"),
        ("a couple of months ago", "2026-01-11", "2026-01-11"),
        ("last night", "2026-03-10", "2026-03-10"),
        ("the day after tomorrow", "2026-03-13", "2026-03-13"),
        ("the 31st", "2026-01-31", "2026-01-31"),
        ("end of the month", "2026-03-31", "2026-03-31"),
        ("beginning of 2025", "2025-01-01", "2025-01-01"),
        ("1st of march", "2026-03-01", "2026-03-01"),
        ("the 1st of march 2024", "2024-03-01", "2024-03-01"),
        ("march the 3rd", "2026-03-03", "2026-03-03"),
        ("on march 3rd", "2026-03-03", "2026-03-03"),
        ("last march", "2025-03-01", "2025-03-31"),
        ("last feb", "2026-02-01", "2026-02-28"),
        ("last december", "2025-12-01", "2025-12-31"),
        ("this march", "2026-03-01", "2026-03-31"),
        ("next march", "2027-03-01", "2027-03-31"),
        ("next april", "2026-04-01", "2026-04-30"),
        ("end of last march", "2025-03-31", "2025-03-31"),
        ("yesterday evening", "2026-03-10", "2026-03-10"),
        ("last friday night", "2026-03-06", "2026-03-06"),
        ("this morning", "2026-03-11", "2026-03-11"),
        ("20250307", "2025-03-07", "2025-03-07"),
        ("25/12/2024", "2024-12-25", "2024-12-25"),
        ("12/25/2024", "2024-12-25", "2024-12-25"),
        ("7/7/2025", "2025-07-07", "2025-07-07"),
        ("2025-03-07 14:00", "2025-03-07", "2025-03-07"),
        ("2025-03-07T23:59:59.5+14:00", "2025-03-07", "2025-03-07"),
        ("2025-03-07t14:00z", "2025-03-07", "2025-03-07"),
        ("yesterday at 9:05", "2026-03-10", "2026-03-10"),
        ("yesterday-21:30", "2026-03-10", "2026-03-10"),
        ("yesterday 9pm", "2026-03-10", "2026-03-10"),
        ("Saturday 1 March 2025", "2025-03-01", "2025-03-01"),
        ("Friday, March 7th, 2025", "2025-03-07", "2025-03-07"),
        ("fri-2025-03-07", "2025-03-07", "2025-03-07"),
        ("friday 2025-W10", "2025-03-07", "2025-03-07"),
        ("monday last week", "2026-03-02", "2026-03-02"),
        ("sunday this weekend", "2026-03-15", "2026-03-15"),
        ("25-12-2024", "2024-12-25", "2024-12-25"),
        ("2025.03.07", "2025-03-07", "2025-03-07"),
        ("6m", "2025-09-11", "2025-09-11"),
        ("1y", "2025-03-11", "2025-03-11"),
    ],
)
def test_a_span_in_words(text: str, first: str, last: str) -> None:
    assert parse_span(text, WEDNESDAY) == (D(first), D(last))


@pytest.mark.parametrize(
    ("text", "back", "ahead"),
    [
        ("monday", "2026-03-09", "2026-03-16"),
        ("wednesday", "2026-03-11", "2026-03-18"),
        ("on fri", "2026-03-06", "2026-03-13"),
        ("7 march", "2026-03-07", "2027-03-07"),
        ("11 march", "2026-03-11", "2026-03-11"),
        ("12 march", "2025-03-12", "2026-03-12"),
        ("31 december", "2025-12-31", "2026-12-31"),
        ("march", "2026-03-31", "2026-03-31"),
        ("january", "2026-01-31", "2027-01-31"),
        ("may", "2025-05-31", "2026-05-31"),
        ("the 3rd", "2026-03-03", "2026-04-03"),
        ("the 11th", "2026-03-11", "2026-03-11"),
        ("this friday", "2026-03-06", "2026-03-13"),
        ("friday evening", "2026-03-06", "2026-03-13"),
        ("7d", "2026-03-04", "2026-03-18"),
        ("2w", "2026-02-25", "2026-03-25"),
    ],
)
def test_a_day_without_its_year_is_the_last_or_the_coming_one(text: str, back: str, ahead: str) -> None:
    assert parse_span(text, WEDNESDAY).last == D(back)
    assert parse_due(text, WEDNESDAY) == D(ahead)


def test_a_month_ago_from_its_last_day_is_the_last_day() -> None:
    assert parse_span("a month ago", D("2026-03-31")).first == D("2026-02-28")
    assert parse_span("a month ago", D("2026-05-31")).first == D("2026-04-30")
    assert parse_span("one year ago", D("2024-02-29")).first == D("2023-02-28")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "soon",
        "2025-13",
        "0000",
        "0 march 2025",
        "in 99999 years",
        "99999 years ago",
        "next next friday",
        "3 weeks",
        "fr",
        "٢٠٢٥-٠٣-٣٥",
        "in ² days",
        "in 0x3 days",
        "last 99999 years",
        "last 0 days",
        "2025-W60",
        "2025-03/07",
        "0000-01-01",
        "10000-01-01",
        "99999999999999999999",
        "the 32nd",
        "the 0th",
        "last summer",
        "25/13/2024",
        "32/12/2024",
        "last week 14:00",
        "last week evening",
        "yesterday 24:00",
        "2025-03-07T25:00",
        "last evening evening of",
        "5/2025",
        "end of",
        "end of " * 4000 + "march",
        "\ud800",
        "x" * 5000,
    ],
)
def test_what_is_no_date_is_told_in_one_line(text: str) -> None:
    with pytest.raises(UsageError, match=r"is no date.*write it like") as error:
        parse_span(text, WEDNESDAY)
    assert len(str(error.value).splitlines()) <= 1
    assert len(str(error.value)) < 250


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [("03/07/2025", "2025-03-07", "2025-07-03"), ("end of 1/2/2024", "2024-01-02", "2024-02-01")],
)
def test_what_can_be_read_in_two_ways_is_told_with_both(text: str, one: str, other: str) -> None:
    for read in (parse_span, parse_due, parse_when):
        with pytest.raises(UsageError, match=rf"can be read in two ways: write {one} or {other}$"):
            read(text, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-02-30", "30 February 2025"),
        ("2025-02-29 21:10", "29 February 2025"),
        ("20250431", "31 April 2025"),
        ("30 february", "30 February 2026"),
        ("31-4-2025", "31 April 2025"),
        ("2/30/2024", "30 February 2024"),
        ("31.6.2025", "31 June 2025"),
    ],
)
def test_a_day_that_its_month_has_not_is_named(text: str, day: str) -> None:
    with pytest.raises(UsageError, match=f"there is no {day}: its last day is "):
        parse_span(text, WEDNESDAY)


@pytest.mark.parametrize("text", ["Saturday 7 March 2025", "mon, 2025-03-07"])
def test_a_wrong_weekday_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"^7 March 2025 is a Friday, no (Satur|Mon)day: "):
        parse_span(text, WEDNESDAY)


@pytest.mark.parametrize("text", ["fortnight ago", "this quarter", "last summer", "next next friday"])
def test_what_is_not_near_is_no_guess(text: str) -> None:
    with pytest.raises(UsageError, match="is no date: write it like"):
        parse_span(text, WEDNESDAY)


@given(days, st.times())
def test_what_is_printed_is_read_again(day: date, clock: clock_time) -> None:
    full, said = say_full_day(day), say_day(day, WEDNESDAY)
    at = datetime.combine(day, clock.replace(second=0, microsecond=0))
    assert parse_when(full, WEDNESDAY) == (day, None)
    assert parse_when(f"{full}, {clock:%H:%M}", WEDNESDAY) == (day, at)
    assert parse_when(f"{full} {at:%I:%M %p}", WEDNESDAY) == (day, at)
    assert said[0].isalpha() or day.year == WEDNESDAY.year or parse_when(said, WEDNESDAY) == (day, None)


@pytest.mark.parametrize(("text", "meant"), [("yesteday", "yesterday"), ("wendesday", "wednesday")])
def test_a_slip_of_the_pen_is_understood(text: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f'did you mean "{meant}"'):
        parse_span(text, WEDNESDAY)


WORDS_OF_DATES = (
    "the last past next this in a few couple of ago end start monday march 3rd 31st 9999 0 2025-03 w53 7.3. day weeks"
    " month years - 1/2/2024 25/12/2024 20250307 14:00 7d 2w the on of evening at T02:00Z 2025-03-07T25:00"
    " friday, 9pm 12 am 6m 1y 25-12-2024 2025.03.07"
).split()


@given(
    st.text(max_size=30) | st.lists(st.sampled_from(WORDS_OF_DATES), max_size=5).map(" ".join),
    days | st.sampled_from([date.min, date.max]),
)
def test_any_text_is_a_span_or_told(text: str, today: date) -> None:
    for ahead in (False, True):
        with suppress(UsageError):
            span = parse_span(text, today, ahead=ahead)
            assert span.first <= span.last
    for read in (parse_due, parse_when):
        with suppress(UsageError):
            read(text, today)


def test_any_text_is_read_at_once() -> None:
    hostile = ("march " * 9, "0" * 60, "a couple of " * 1000, "-" * 100_000, "the last " * 7, "1:" * 30, "a" * 60)
    for text in hostile:
        began = time.process_time()
        for _ in range(20):
            with suppress(UsageError):
                parse_span(text, WEDNESDAY)
        assert time.process_time() - began < 1, text[:20]


def documented() -> list[tuple[str, str, str]]:
    """The table of docs/dates.md: the words, what they mean, the days they are on a Wednesday."""
    text = (Path(__file__).parents[1] / "docs" / "dates.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \| (.*?) ?\| (\S+)(?: to (\S+))? \|$", text, re.MULTILINE)
    return [(words, meaning, f"{first} {last or first}") for words, meaning, first, last in rows]


def test_the_documented_forms_are_those_that_are_known_and_mean_what_is_said() -> None:
    found = documented()
    assert [(words, meaning) for words, meaning, _ in found] == list(WORDS)
    assert [f"{first} {last}" for first, last in (parse_span(words, WEDNESDAY) for words, *_ in found)] == [
        days for *_, days in found
    ]


@pytest.mark.parametrize("ahead", [False, True])
def test_the_forms_of_an_error_are_understood(ahead: bool) -> None:
    with pytest.raises(UsageError) as error:
        parse_span("?", WEDNESDAY, ahead=ahead)
    for words in str(error.value).partition("write it like ")[2].split(", "):
        parse_span(words, WEDNESDAY, ahead=ahead)


@given(days, days)
def test_what_is_said_of_a_near_day_is_understood_again(day: date, today: date) -> None:
    assert parse_span(day.isoformat(), today) == (day, day)
    for distance in range(-1, 7):
        near = today + timedelta(distance)
        assert parse_due(say_day(near, today), today) == near


@given(
    days, st.sampled_from(["monday", "in 2 weeks", "3 march", "june", "next week", "this month", "tomorrow", "2 may"])
)
def test_a_promise_is_never_due_in_the_past(today: date, text: str) -> None:
    assert parse_due(text, today) >= today


# -- the moment of an entry ------------------------------------------------------------------------


def test_an_entry_at_an_hour_keeps_its_zone() -> None:
    zone = timezone(timedelta(hours=2))
    moment = datetime(2025, 3, 7, 21, 30, tzinfo=zone)
    assert parse_when("2025-03-07T21:30+02:00", WEDNESDAY) == (D("2025-03-07"), moment)
    assert parse_when(" 2025-03-07 21:30Z ", WEDNESDAY)[1] == datetime(2025, 3, 7, 21, 30, tzinfo=UTC)
    for text in ("yesterday 21:30", "yesterday at 21:30", "2026-03-10T21:30", "10.3. 21:30"):
        assert parse_when(text, WEDNESDAY) == (D("2026-03-10"), datetime(2026, 3, 10, 21, 30))


@pytest.mark.parametrize("text", ["2025-03-07", "20250307", "7 march 2025"])
def test_an_entry_without_an_hour_has_no_moment(text: str) -> None:
    assert parse_when(text, WEDNESDAY) == (D("2025-03-07"), None)


def test_an_entry_has_one_day() -> None:
    for text in ("last week", "2025-W10", "2025"):
        with pytest.raises(UsageError, match="more than one day"):
            parse_when(text, WEDNESDAY)


# -- saying it -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-11", "today"),
        ("2026-03-10", "yesterday"),
        ("2026-03-12", "tomorrow"),
        ("2026-03-13", "Friday"),
        ("2026-03-17", "Tuesday"),
        ("2026-03-18", "18 March"),
        ("2026-03-04", "4 March"),
        ("2025-03-11", "11 March 2025"),
    ],
)
def test_say_day(day: str, said: str) -> None:
    assert say_day(D(day), WEDNESDAY) == said


def test_a_full_day() -> None:
    assert say_full_day(WEDNESDAY) == "Wednesday 11 March 2026"
    assert (say_day(None, WEDNESDAY), say_full_day(None)) == ("undated", "Undated")
