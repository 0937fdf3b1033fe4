"""Days as a journal counts them, and dates in words. Today is always handed in; `now` is the clock to hand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from journal_tui.model import Entry, UsageError, did_you_mean
from journal_tui.text import shorten

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NUMBERS = dict(zip("a one two three four five six seven eight nine ten".split(), (1, *range(1, 11)), strict=True))
_NUMBERS["an"] = 1
_NUMBERS |= {"couple": 2, "few": 3}

WORDS = (
    ("2025-03-07", "that day; also 2025-3-7, 2025/03/07, 2025.03.07 and 20250307"),
    ("25/12/2024", "that day: only one reading of it is a date; also 25-12-2024"),
    ("2025-03", "that month"),
    ("2025", "that year"),
    ("2025-W10", "that week, counted as ISO 8601 does"),
    ("7 march 2025", "that day; also march 7 2025, 7th of mar 2025, march the 7th 2025, 7.3.2025"),
    ("friday 7 march 2025", "that day, and a Friday it has to be"),
    ("7 march", "the last such day, a promise's next one; also 7.3."),
    ("the 3rd", "the last such day of a month, a promise's next one"),
    ("march 2025", "that month"),
    ("march", "the last one, or the one that it is; a promise's next one"),
    ("last march", "the last one before this month; also this, next"),
    ("today", "also tonight, this morning, this afternoon, this evening"),
    ("yesterday", "also last night"),
    ("tomorrow", ""),
    ("yesterday evening", "that day; also morning, afternoon, night, after any day"),
    ("yesterday 21:30", "that day; an entry keeps the hour; also 9pm, 9:30pm"),
    ("day before yesterday", "also day after tomorrow"),
    ("monday", "the last one, or today; a promise's next one"),
    ("this friday", "the last one, or today; a promise's next one"),
    ("last monday", "the last one before today"),
    ("next friday", "the first one after today"),
    ("this week", "Monday to Sunday; also last, next, and month, year, weekend"),
    ("last week", "the week before this one"),
    ("monday last week", "that day of it; also this, next"),
    ("last weekend", "the Saturday and Sunday that are over"),
    ("last month", "the month before this one"),
    ("last year", "the year before this one"),
    ("past week", "seven days up to today; also past month, past year"),
    ("last 30 days", "so many up to today; also weeks, months, years, and past for last"),
    ("3 weeks ago", "one day; also days, months, years, and a, two … ten, a couple of, a few"),
    ("7d", "7 days ago, for a promise in 7 days; also 2w, 6m, 1y"),
    ("in three days", "one day; also weeks, months, years"),
    ("start of march", "its first day; also beginning of"),
    ("end of last month", "its last day; also end of the week, month, year"),
)
"""Every form that is understood, by an example, and what it means. Documentation, manual and shells are made of it."""


class Span(NamedTuple):
    """Days from `first` to `last`, both within."""

    first: date
    last: date


def now() -> datetime:
    """This moment with the zone of the machine."""
    return datetime.now().astimezone()


def by_this_clock(moment: datetime) -> datetime:
    """`moment` in the zone of this machine; as it is where that would lie before year 1 or after 9999."""
    try:
        return moment.astimezone()
    except OverflowError:
        return moment


def day_of(moment: datetime, starts_at: int = 4) -> date:
    """The journal day of a moment: the hours before `starts_at` o'clock belong to the day before."""
    return (moment - timedelta(hours=starts_at)).date()


def start_of_week(day: date) -> date:
    """The Monday of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def _month(year: int, month: int) -> Span:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
    return Span(first, following - timedelta(days=1) if following else date.max)


def _date(year: int, month: int, day: int) -> date:
    """
    Raises:
        UsageError: this month is not so long.
        ValueError: it is no date at all.
    """
    if 1 <= month <= 12 and 1 <= year <= 9999 and (last := _month(year, month).last.day) < day <= 31:
        named = f"{MONTHS[month - 1].capitalize()} {year}"
        raise UsageError(f"there is no {day} {named}: its last day is {last} {named}")
    return date(year, month, day)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _month(year, month + 1).last.day))


def _name(word: str, names: Sequence[str]) -> int | None:
    """Index of the weekday or month meant, by at least its first three letters."""
    if len(word) < 3:
        return None
    return next((i for i, name in enumerate(names) if name.startswith(word)), None)


def _moved(today: date, count: int, unit: str) -> date:
    """`today` moved by `count` days, weeks, months or years, backwards when negative."""
    if unit == "day":
        return today + timedelta(days=count)
    if unit == "week":
        return today + timedelta(weeks=count)
    return _months_before(today, -count * (12 if unit == "year" else 1))


_LONGEST = 60
"""Characters of a date in words."""
_RELATIVE = r"(?:in )?(\w+) (day|week|month|year)s?( ago)?"
_LATELY = r"(?:the )?(?:last|past) (?:(\w+) )?(day|week|month|year)s?"
_PERIOD = r"(this|last|next) (week|weekend|month|year)"
_EDGE = r"(?:the )?(start|beginning|end) of (.+)"
_NUMERIC = r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?"
_COMPACT = r"(\d{4})(\d\d)(\d\d)"
_SLASHED = r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})"
_WEEK = r"(\d{4}) ?w(\d{1,2})"
_DAY_OF_MONTH = r"(?:the )?(\d{1,2})(?:st|nd|rd|th)"
_NEAR = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "day before yesterday": -2,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_DOTTED = r"(\d{1,2})\.(\d{1,2})\.(\d{4})?"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH = rf"(?:(?:the )?{_ORDINAL}(?: of)? ([a-z]+)|([a-z]+)(?: the)? {_ORDINAL})(?:,? (\d{{4}}))?"
_MONTH = r"(this|last|next) ([a-z]+)"
_SHORT = r"(\d{1,5}) ?([dwmy])"
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_WEEKDAY_FIRST = r"([a-z]{3,9}),? (.+)"
_PART_OF_DAY = r"(.+) (?:morning|afternoon|evening|night)"
_CLOCK = r"(.+?),?(?: at)? (?:([01]?\d|2[0-3]):([0-5]\d)|(1[0-2]|0?[1-9])(?::([0-5]\d))? ?([ap])m)"
_ALIKE = 0.8
"""How near a slip of the pen comes to what was meant: a guess that is further off helps nobody."""
_MOMENT = r"\d{4}-?\d\d-?\d\d[T ]\d\d.*"


def _count(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) < 6 else _NUMBERS.get(word)


def _relative(text: str, today: date) -> date | None:
    match = re.fullmatch(_RELATIVE, text)
    if not match:
        return None
    number, unit, ago = match.groups()
    count = _count(number)
    if count is None or not (ago or text.startswith("in ")):
        return None
    return _moved(today, -count if ago else count, unit)


def _lately(text: str, today: date) -> Span | None:
    """So many days, weeks, months or years up to today."""
    match = re.fullmatch(_LATELY, text)
    if not match or (match[1] is None and "past" not in text):
        return None
    count = _count(match[1]) if match[1] else 1
    return Span(_moved(today, -count, match[2]) + timedelta(days=1), today) if count else None


def _weekday(text: str, today: date, *, ahead: bool) -> date | None:
    *before, name = text.split()
    index = _name(name, WEEKDAYS)
    if index is None or before not in ([], ["next"], ["last"], ["this"]):
        return None
    if before == ["next"] or (before != ["last"] and ahead):
        return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    if before == ["last"]:
        return today - timedelta(days=(today.weekday() - index - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - index) % 7)


def _period(text: str, today: date) -> Span | None:
    match = re.fullmatch(_PERIOD, text)
    if not match:
        return None
    which, unit = match.groups()
    by = {"this": 0, "last": -1, "next": 1}[which]
    if unit == "weekend":
        saturday = start_of_week(today) + timedelta(days=5, weeks=by)
        return Span(saturday, saturday + timedelta(days=1))
    day = _moved(today, by, unit)
    if unit == "week":
        return Span(start_of_week(day), start_of_week(day) + timedelta(days=6))
    return _month(day.year, day.month) if unit == "month" else Span(date(day.year, 1, 1), date(day.year, 12, 31))


def _named_month(text: str, today: date) -> Span | None:
    match = re.fullmatch(_MONTH, text)
    index = _name(match[2], MONTHS) if match else None
    if match is None or index is None:
        return None
    month = index + 1
    by = {"this": 0, "last": -(month >= today.month), "next": month <= today.month}[match[1]]
    return _month(today.year + by, month)


def _weekday_first(text: str, today: date, *, ahead: bool) -> date | None:
    """A weekday with the day that it is, or with its week.

    Raises:
        UsageError: that day is another weekday.
    """
    match = re.fullmatch(_WEEKDAY_FIRST, text)
    index = _name(match[1], WEEKDAYS) if match else None
    if match is None or index is None:
        return None
    span = _calendar(match[2], today, ahead=ahead) or _period(match[2], today)
    if span is None or span.last - span.first > timedelta(days=6):
        return None
    day = span.first + timedelta(days=(index - span.first.weekday()) % 7)
    if day <= span.last:
        return day
    if span.first != span.last:
        return None
    called, wanted = say_full_day(span.first).split(None, 1), WEEKDAYS[index].capitalize()
    raise UsageError(f"{called[1]} is a {called[0]}, no {wanted}: leave the weekday out, or put the date right")


def _slashed(text: str, first: int, second: int, year: int) -> Span:
    """The day first, or the month first, as people of two continents write it.

    Raises:
        UsageError: it may be either.
        ValueError: it is neither.
    """
    found = set()
    for month, day in ((second, first), (first, second)):
        with suppress(ValueError):
            found.add(_date(year, month, day))
    if len(found) > 1:
        one, other = sorted(found)
        raise UsageError(f'"{text}" can be read in two ways: write {one} or {other}')
    [day_meant] = found
    return Span(day_meant, day_meant)


def _year_of(month: int, day: int, today: date, *, ahead: bool) -> int:
    """The year meant when none is named: of the last such day up to today, or with `ahead` the next from today on."""
    here, wanted = (today.month, today.day), (month, day)
    if ahead:
        return today.year + (wanted < here)
    return today.year - (wanted > here)


def _day_of_month(number: int, today: date, *, ahead: bool) -> Span | None:
    """The last day with this number up to today, or with `ahead` the next from today on: not every month has it."""
    for months in range(3):
        month = _month(*_months_before(today.replace(day=1), -months if ahead else months).timetuple()[:2])
        if 0 < number <= month.last.day:
            day = month.first.replace(day=number)
            if day >= today if ahead else day <= today:
                return Span(day, day)
    return None


def _calendar(text: str, today: date, *, ahead: bool) -> Span | None:
    if match := re.fullmatch(_NUMERIC, text):
        if match[4] is None:
            return _month(int(match[1]), int(match[3]))
        day = _date(int(match[1]), int(match[3]), int(match[4]))
        return Span(day, day)
    if match := re.fullmatch(_COMPACT, text):
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        return Span(day, day)
    if match := re.fullmatch(_SLASHED, text):
        return _slashed(text, int(match[1]), int(match[3]), int(match[4]))
    if match := re.fullmatch(_WEEK, text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return Span(monday, monday + timedelta(days=6))
    if match := re.fullmatch(_DAY_OF_MONTH, text):
        return _day_of_month(int(match[1]), today, ahead=ahead)
    if re.fullmatch(r"\d{4}", text):
        return Span(date(int(text), 1, 1), date(int(text), 12, 31))
    if match := re.fullmatch(_DOTTED, text):
        dotted_day, dotted_month, dotted_year = (int(part or 0) for part in match.groups())
        day = _date(dotted_year or _year_of(dotted_month, dotted_day, today, ahead=ahead), dotted_month, dotted_day)
        return Span(day, day)
    if match := re.fullmatch(_DAY_MONTH, text):
        day_first, month_last, month_first, day_last, year = match.groups()
        month = _name(month_last or month_first, MONTHS)
        if month is not None:
            number = int(day_first or day_last)
            named = int(year) if year else _year_of(month + 1, number, today, ahead=ahead)
            day = _date(named, month + 1, number)
            return Span(day, day)
    name, _, year = text.partition(" ")
    month = _name(name, MONTHS)
    if month is not None and re.fullmatch(r"(\d{4})?", year):
        named = int(year) if year else _year_of(month + 1, today.day, today, ahead=ahead)
        return _month(named, month + 1)
    return None


def parse_span(text: str, today: date, *, ahead: bool = False) -> Span:
    """The days that `text` means, seen from `today`: the forms are those of `WORDS`.

    Case does not matter, and a hyphen between two words stands for the blank. A weekday, day or month without a year
    is the last one, or with `ahead` the coming one. An hour is left aside.

    Raises:
        UsageError: it means no day, or may mean more than one.
    """
    return _read(text, today, ahead=ahead)[0]


def _read(text: str, today: date, *, ahead: bool = False) -> tuple[Span, datetime | None]:
    """The days, and the moment where there is one day with an hour."""
    if moment := _moment(text):
        return Span(moment.date(), moment.date()), moment
    wanted = re.sub(r"(?<=[a-z])[-_]|[-_](?=[a-z])", " ", text.casefold())
    wanted = " ".join(wanted.split())
    clock = re.fullmatch(_CLOCK, wanted) if len(wanted) <= _LONGEST else None
    try:
        span = _span(clock[1] if clock else wanted, today, ahead=ahead) if len(wanted) <= _LONGEST else None
    except (ValueError, OverflowError):
        span = None
    if span is None or (clock and span.first != span.last):
        hint = did_you_mean(wanted[:_LONGEST], [*_NEAR, *WEEKDAYS, *MONTHS], _ALIKE)
        past, coming = "yesterday, monday, 3 weeks ago, last month", "friday, in three days, 24 december, 2030-03-07"
        examples = coming if ahead else f"2025-03-07, 2025-03, {past}"
        raise UsageError(f'"{text[:60]}" is no date{hint}: write it like {examples}')
    return span, datetime.combine(span.first, _time(clock)) if clock else None


def _time(clock: re.Match[str]) -> time:
    """What `_CLOCK` found, of 24 hours or of twice twelve."""
    if clock[2]:
        return time(int(clock[2]), int(clock[3]))
    return time(int(clock[4]) % 12 + 12 * (clock[6] == "p"), int(clock[5] or 0))


def _moment(text: str) -> datetime | None:
    """A day with an hour as ISO 8601 writes it."""
    given = text.strip().upper()
    try:
        return datetime.fromisoformat(given) if re.fullmatch(_MOMENT, given) else None
    except ValueError:
        return None


def _span(text: str, today: date, *, ahead: bool) -> Span | None:
    if not text:
        return None
    text = re.sub(r"\ba (couple of|few)\b", lambda found: found[1].removesuffix(" of"), text).removeprefix("on ")
    if edge := re.fullmatch(_EDGE, text):
        span = _span(re.sub("^the (?=week|month|year)", "this ", edge[2]), today, ahead=ahead)
        day = span and (span.last if edge[1] == "end" else span.first)
    elif span := (
        _calendar(text, today, ahead=ahead) or _period(text, today) or _lately(text, today) or _named_month(text, today)
    ):
        return span
    elif (near := text.removeprefix("the ")) in _NEAR:
        day = today + timedelta(days=_NEAR[near])
    elif part := re.fullmatch(_PART_OF_DAY, text):
        span = _span(part[1], today, ahead=ahead)
        day = span.first if span and span.first == span.last else None
    elif short := re.fullmatch(_SHORT, text):
        day = _moved(today, int(short[1]) * (1 if ahead else -1), _UNITS[short[2]])
    else:
        day = _relative(text, today) or _weekday(text, today, ahead=ahead) or _weekday_first(text, today, ahead=ahead)
    return Span(day, day) if day else None


def parse_due(text: str, today: date) -> date:
    """The day by which something was promised: a date in words, looking ahead; a period means its last day.

    Raises:
        UsageError: it means no day.
    """
    return parse_span(text, today, ahead=True).last


def parse_when(text: str, today: date) -> tuple[date, datetime | None]:
    """The day of an entry and, when an hour is given, its moment.

    Raises:
        UsageError: it means no single day.
    """
    span, moment = _read(text, today)
    if span.first != span.last:
        raise UsageError(f'"{text}" is more than one day: name the day of the entry, like 2025-03-07')
    return span.first, moment


def say_day(day: date | None, today: date) -> str:
    """`day` as one would say it: ``today``, ``yesterday``, ``Friday``, ``3 March``, ``3 March 2024``."""
    if day is None:
        return "undated"
    distance = (day - today).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    if distance in near:
        return near[distance]
    if 1 < distance < 7:
        return WEEKDAYS[day.weekday()].capitalize()
    month = MONTHS[day.month - 1].capitalize()
    return f"{day.day} {month}" if day.year == today.year else f"{day.day} {month} {day.year}"


def say_entry(entry: Entry, today: date) -> str:
    """An entry as a line may speak of it: ``“Ana laughed.” (yesterday)``."""
    return f"“{shorten(entry.heading, 32)}” ({say_day(entry.day, today)})"


def say_full_day(day: date | None) -> str:
    """``Friday 7 March 2025``."""
    if day is None:
        return "Undated"
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
