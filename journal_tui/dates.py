"""Days as a journal counts them, and dates in words. Today is always handed in; `now` is the clock to hand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from journal_tui.model import UsageError, did_you_mean

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
_NUMBERS["few"] = 3


class Span(NamedTuple):
    """Days from `first` to `last`, both within."""

    first: date
    last: date


def now() -> datetime:
    """This moment with the zone of the machine."""
    return datetime.now().astimezone()


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


_RELATIVE = re.compile(r"(?:in )?(\w+) (day|week|month|year)s?( ago)?")
_PERIOD = re.compile(r"(this|last|next) (week|month|year)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_DAY_MONTH = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?)(?:,? (\d{4}))?")


def _relative(text: str, today: date) -> date | None:
    match = _RELATIVE.fullmatch(text.replace("a few", "few"))
    if not match:
        return None
    number, unit, ago = match.groups()
    count = int(number) if number.isdecimal() and len(number) < 6 else _NUMBERS.get(number)
    if count is None or not (ago or text.startswith("in ")):
        return None
    return _moved(today, -count if ago else count, unit)


def _weekday(text: str, today: date, *, ahead: bool) -> date | None:
    *before, name = text.split()
    index = _name(name, WEEKDAYS)
    if index is None or before not in ([], ["on"], ["next"], ["last"], ["this"]):
        return None
    if before == ["next"] or (before != ["last"] and ahead):
        return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    if before == ["last"]:
        return today - timedelta(days=(today.weekday() - index - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - index) % 7)


def _period(text: str, today: date) -> Span | None:
    match = _PERIOD.fullmatch(text)
    if not match:
        return None
    which, unit = match.groups()
    day = _moved(today, {"this": 0, "last": -1, "next": 1}[which], unit)
    if unit == "week":
        return Span(start_of_week(day), start_of_week(day) + timedelta(days=6))
    return _month(day.year, day.month) if unit == "month" else Span(date(day.year, 1, 1), date(day.year, 12, 31))


def _year_of(month: int, day: int, today: date, *, ahead: bool) -> int:
    """The year meant when none is named: of the last such day up to today, or with `ahead` the next from today on."""
    here, wanted = (today.month, today.day), (month, day)
    if ahead:
        return today.year + (wanted < here)
    return today.year - (wanted > here)


def _calendar(text: str, today: date, *, ahead: bool) -> Span | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        day = date.fromisoformat(text)
        return Span(day, day)
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return _month(int(text[:4]), int(text[5:]))
    if re.fullmatch(r"\d{4}", text):
        return Span(date(int(text), 1, 1), date(int(text), 12, 31))
    if match := _DOTTED.fullmatch(text):
        dotted_day, dotted_month, dotted_year = (int(part or 0) for part in match.groups())
        day = date(dotted_year or _year_of(dotted_month, dotted_day, today, ahead=ahead), dotted_month, dotted_day)
        return Span(day, day)
    if match := _DAY_MONTH.fullmatch(text):
        day_first, month_last, month_first, day_last, year = match.groups()
        month = _name(month_last or month_first, MONTHS)
        if month is not None:
            number = int(day_first or day_last)
            named = int(year) if year else _year_of(month + 1, number, today, ahead=ahead)
            day = date(named, month + 1, number)
            return Span(day, day)
    name, _, year = text.partition(" ")
    month = _name(name, MONTHS)
    if month is not None and re.fullmatch(r"(\d{4})?", year):
        named = int(year) if year else _year_of(month + 1, today.day, today, ahead=ahead)
        return _month(named, month + 1)
    return None


def parse_span(text: str, today: date, *, ahead: bool = False) -> Span:
    """The days that `text` means, seen from `today`.

    Understands ``2025-03-07``, ``2025-03``, ``2025``, ``7 march``, ``march 2025``, ``7.3.``, ``7.3.2025``, ``today``,
    ``yesterday``, ``tomorrow``, weekdays, ``next friday``, ``3 weeks ago``, ``in three days``,
    ``this|last|next week|month|year``.
    A weekday, day or month without a year is the last one, or with `ahead` the coming one.

    Raises:
        UsageError: it means no day.
    """
    wanted = " ".join(text.casefold().split())
    near = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
    try:
        if wanted in near:
            day: date | None = today + timedelta(days=near[wanted])
        else:
            span = _calendar(wanted, today, ahead=ahead) or _period(wanted, today) if wanted else None
            if span:
                return span
            day = (_relative(wanted, today) or _weekday(wanted, today, ahead=ahead)) if wanted else None
    except (ValueError, OverflowError):
        day = None
    if day is None:
        hint = did_you_mean(wanted, [*near, *WEEKDAYS, *MONTHS])
        past, coming = "yesterday, monday, 3 weeks ago, last month", "friday, in three days, 24 december, 2030-03-07"
        examples = coming if ahead else f"2025-03-07, 2025-03, {past}"
        raise UsageError(f'"{text[:60]}" is no date{hint}: write it like {examples}')
    return Span(day, day)


def parse_due(text: str, today: date) -> date:
    """The day by which something was promised: a date in words, looking ahead; a period means its last day.

    Raises:
        UsageError: it means no day.
    """
    return parse_span(text, today, ahead=True).last


def parse_when(text: str, today: date) -> tuple[date, datetime | None]:
    """The day of an entry and, when an hour is given, its moment: an ISO date or date-time, or a day in words.

    Raises:
        UsageError: it means no single day.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        span = parse_span(text, today)
        if span.first != span.last:
            raise UsageError(f'"{text}" is more than one day: name the day of the entry, like 2025-03-07') from None
        return span.first, None
    timed = len(text.strip()) > 10
    return moment.date(), moment if timed else None


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


def say_full_day(day: date | None) -> str:
    """``Friday 7 March 2025``."""
    if day is None:
        return "Undated"
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"
