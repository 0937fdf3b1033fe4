"""Days and times as other programs write them: ISO 8601, numbers with slashes or dots, English month names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from journal_tui.dates import MONTHS, WEEKDAYS

TWO_WAYS = "a date such as 03/04/2024 can be read in two ways; it was read as month/day/year"
"""A note where nothing else in the file tells."""

_CLOCK = (
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?\s?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_ONLY_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_CLOCK_WITHIN = re.compile(rf"(?<![0-9:]){_CLOCK}(?![0-9:])", re.IGNORECASE)
_NUMBERS = re.compile(
    r"(?:(?P<year>[0-9]{4})(?P<dash>[-/.])(?P<month>[0-9]{1,2})(?P=dash)(?P<day>[0-9]{1,2})"
    r"|(?P<first>[0-9]{1,2})(?P<mark>[./])(?P<second>[0-9]{1,2})(?P=mark)(?P<last>[0-9]{4}|[0-9]{2}))"
    rf"(?:(?:,?\s+|T){_CLOCK})?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[\s,./-]+")
_NUMBER = re.compile(r"([0-9]{4}|[0-9]{1,2})(?:st|nd|rd|th)?")
_FILLING = ("", "at", "of")
_LONGEST = 100
"""Characters of a day and time, with room to spare."""


class Stamp(NamedTuple):
    """When something was written."""

    day: date
    moment: datetime | None = None
    """With a zone only if one is written; fractions of seconds are not kept."""
    slashed: tuple[int, int] | None = None
    """The two numbers before the year in ``03/04/2024``."""

    @property
    def is_either_way(self) -> bool:
        """Whether it could have meant another day."""
        return self.slashed is not None and max(self.slashed) <= 12 and self.slashed[0] != self.slashed[1]


def read_stamp(text: str, *, day_first: bool = False) -> Stamp | None:
    """The day and time that all of `text` means, None when it means none.

    ``03/04/2024`` is 4 March, or with `day_first` 3 April, unless one number is above 12. Years of two digits are
    those from 1969 to 2068, as POSIX strptime reads them.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    try:
        if found := _NUMBERS.fullmatch(text):
            return _numbered(found, day_first)
        return _named(text)
    except ValueError:
        return None


def read_clock(text: str) -> time | None:
    """The time that all of `text` means, with a zone only if one is written; None when it means none."""
    found = _ONLY_CLOCK.fullmatch(text.strip())
    try:
        return _time(found) if found else None
    except ValueError:
        return None


def month_named(word: str) -> int | None:
    """The number of the month that `word` is in English, or begins with at least three letters."""
    at = _begun(word.casefold(), MONTHS)
    return None if at is None else at + 1


def is_weekday(word: str) -> bool:
    """Whether `word` is a day of the week in English, or at least three letters of it."""
    return _begun(word.casefold(), WEEKDAYS) is not None


def orders(stamps: Iterable[Stamp | None]) -> set[str]:
    """What dates with slashes prove of each other: ``day`` comes first, ``month`` does, both, or nothing."""
    proofs = (stamp.slashed for stamp in stamps if stamp and stamp.slashed)
    return {"day" if first > 12 else "month" for first, second in proofs if max(first, second) > 12}


def _numbered(found: re.Match[str], day_first: bool) -> Stamp:
    slashed = None
    if found["year"]:
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"])
    else:
        year, day, month = _year(found["last"]), int(found["first"]), int(found["second"])
        if found["mark"] == "/":
            slashed = day, month
            if not day_first and day <= 12:
                day, month = month, day
    on = date(year, month, day)
    return Stamp(on, datetime.combine(on, _time(found)) if found["clock"] else None, slashed)


def _named(text: str) -> Stamp | None:
    """``Saturday, 2 March 2024 09:05 PM``, ``Mar 2nd, 2024``, ``Sat Mar  2 21:05:00 2024``."""
    clock = _CLOCK_WITHIN.search(text)
    rest = f"{text[: clock.start()]} {text[clock.end() :]}" if clock else text
    numbers: list[str] = []
    months: list[int] = []
    for part in _PARTS.split(rest.casefold()):
        if found := _NUMBER.fullmatch(part):
            numbers.append(found[1])
        elif (month := month_named(part)) is not None:
            months.append(month)
        elif part not in _FILLING and not is_weekday(part):
            return None
    if len(numbers) != 2 or len(months) != 1:
        return None
    day, year = sorted(numbers, key=lambda number: len(number) == 4)
    on = date(_year(year), months[0], int(day))
    return Stamp(on, datetime.combine(on, _time(clock)) if clock else None)


def _begun(word: str, names: tuple[str, ...]) -> int | None:
    """Index of the name that `word` is, or begins with at least three letters."""
    return next((at for at, name in enumerate(names) if len(word) > 2 and name.startswith(word)), None)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 69 else 1900)


def _time(found: re.Match[str]) -> time:
    hour, minute, second = map(int, f"{found['clock']}:0".split(":")[:3])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("a clock with am and pm has twelve hours")
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    zone = (found["zone"] or "").upper()
    offset = datetime.strptime("Z" if zone in ("UTC", "GMT") else zone, "%z").tzinfo if zone else None
    return time(hour, minute, second, tzinfo=offset)
