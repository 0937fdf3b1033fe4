"""The filters of the journal in words: the chips of those that are set, and what one may choose from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from journal_tui.dates import MONTHS, parse_span, say_full_day
from journal_tui.model import Entry, UsageError
from journal_tui.store.search import Filter
from journal_tui.text import clean_line, fold, plural, shorten
from journal_tui.ui.theme import Titles, title
from journal_tui.ui.views.listing import say_month
from journal_tui.ui.widgets.row_list import Row

FEW = 6
"""Names and tags shown before one types."""
MANY = 60
"""The same, among those that fit what was typed."""
NAME = 24
"""Characters of a name or tag in a chip or a sentence."""

_PERIODS = ("this week", "last week", "this month", "last month", "this year", "last year")
_RATINGS = ((1, 5), (4, 5), (1, 2), *((number, number) for number in (5, 4, 3, 2, 1)))
_OPEN = {"since": "since", "from": "since", "after": "since", "until": "until", "till": "until", "up to": "until"}
_OPEN_WORDS = re.compile(rf"({'|'.join(_OPEN)})\s+(.+)", re.IGNORECASE)


# -- what is set -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is set, and all that stays when it is taken off."""

    words: str
    without: Filter


def chips(filter: Filter) -> list[Chip]:
    """The filters that are set, but for words and pillar."""
    found: list[Chip] = []
    if filter.person:
        found.append(Chip(f"with {_name(filter.person)}", replace(filter, person="")))
    if filter.tag:
        found.append(Chip(_tag(filter.tag), replace(filter, tag="")))
    if filter.rating:
        found.append(Chip(say_rating(filter.rating), replace(filter, rating=None)))
    if filter.since or filter.until:
        found.append(Chip(say_span(filter.since, filter.until), replace(filter, since=None, until=None)))
    if filter.on_day:
        found.append(Chip(f"every {_day_and_month(filter.on_day)}", replace(filter, on_day=None)))
    return found


def to_take_off(filter: Filter, given: Filter, titles: Titles, before: Iterable[str] = ()) -> dict[str, Filter]:
    """What one set beside what was `given`, each with all that stays without it: in the order of `before`, what was to
    take off until now, and after it what is new."""
    kept = {chip.words for chip in chips(given)}
    found = {chip.words: chip.without for chip in chips(filter) if chip.words not in kept}
    if filter.pillar is not given.pillar:
        words = title(filter.pillar, titles).lower() if filter.pillar else "all pillars"
        found[words] = replace(filter, pillar=given.pillar)
    return {words: found[words] for words in dict.fromkeys([*before, *found]) if words in found}


def of_this_day(filter: Filter, entry: Entry | None) -> Filter | None:
    """The day of `entry` in every year, or, where that is set, all days again; None: it has no day."""
    if filter.on_day:
        return replace(filter, on_day=None)
    if entry and entry.day:
        return replace(filter, on_day=(entry.day.month, entry.day.day), since=None, until=None)
    return None


def say_rating(rating: tuple[int, int]) -> str:
    """``lived 4 or more``."""
    least, most = rating
    if rating == (1, 5):
        return "rated"
    if least == most:
        return f"lived {least} of 5"
    return f"lived {least} or more" if most == 5 else f"lived {most} or less" if least == 1 else f"lived {least}-{most}"


def say_span(since: date | None, until: date | None) -> str:
    """``March 2026``, ``3 March 2026``, ``2 to 8 March 2026``, ``from 2 March 2026 on``."""
    if since is None or until is None:
        day = _day(since or until or date.min)
        return f"from {day} on" if since else f"up to {day}"
    if since == until:
        return _day(since)
    if (since.year, since.month) == (until.year, until.month):
        whole = since.day == 1 and _is_last(until)
        return say_month(since.year, since.month) if whole else f"{since.day} to {_day(until)}"
    if since.year != until.year:
        return f"{_day(since)} to {_day(until)}"
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return f"{since.year}"
    return f"{_day_and_month((since.month, since.day))} to {_day(until)}"


def _is_last(day: date) -> bool:
    """Of its month."""
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def _day(day: date) -> str:
    return say_full_day(day).partition(" ")[2]


def _day_and_month(on: tuple[int, int]) -> str:
    return f"{on[1]} {MONTHS[on[0] - 1].capitalize()}"


def _name(name: str) -> str:
    return shorten(name, NAME)


def _tag(tag: str) -> str:
    return f"#{shorten(tag.removeprefix('#'), NAME)}"


def why_empty(filter: Filter, titles: Titles, last: str = "") -> str:
    """What was looked for and is not there, and the way back; `last`: the filter that Esc takes off."""
    pillar = title(filter.pillar, titles).lower() if filter.pillar else ""
    words = f"“{clean_line(filter.words)}”" if filter.words else ""
    if found := chips(filter):
        all_of_this = ", ".join([*([pillar] if pillar else []), *(chip.words for chip in found)])
        said = f"No entry{f' with {words}' if words else ''} fits all of this: {all_of_this}."
    else:
        said = f"No entry{f' on {pillar}' if pillar else ''} {f'has {words}' if words else 'is here yet'}."
    way = "clears the search" if words else f"takes “{last}” off" if last else "leads back"
    return f"{said}\n\nEsc {way}."


# -- what there is to choose -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """What the entries have beside their words, each with the number of entries, the most frequent first."""

    tags: Sequence[tuple[str, int]] = ()
    ratings: Counter[int] | None = None
    people: Sequence[tuple[str, int]] | None = None
    """None: not known yet, for every entry is read for them."""


def facts_of(entries: Iterable[Entry]) -> Facts:
    """All but the people."""
    tags: Counter[str] = Counter()
    ratings: Counter[int] = Counter()
    for entry in entries:
        tags.update(entry.tags)
        if entry.rating:
            ratings[entry.rating] += 1
    return Facts(sorted(tags.items(), key=lambda one: (-one[1], one[0])), ratings)


@dataclass(frozen=True, slots=True)
class Options:
    """Lines to choose from, and the filter that each one leads to."""

    rows: Sequence[Row]
    filters: dict[str, Filter]
    """By id of the row."""
    says: str
    """What there is to say of what was typed."""
    is_wrong: bool = False


def options(facts: Facts, filter: Filter, typed: str, today: date) -> Options:
    """What fits what was typed, under its headings; all of it, in part, when nothing was."""
    wanted = " ".join(fold(typed).split())
    found: list[tuple[Row, Filter]] = []
    for name, lines in (
        ("Shown now", _set(filter) if not wanted else []),
        ("People", _people(facts, filter, wanted)),
        ("Tags", _tags(facts, filter, wanted)),
        ("Rating", _rated(facts, filter, wanted)),
        ("When", _when(filter, typed, wanted, today)),
    ):
        under = list(lines)
        if under:
            found += [(Row(text=name), filter), *under] if not found else [_AIR, (Row(text=name), filter), *under]
    says, is_wrong = "A name, a tag, a rating, or when: last month, 2025-03", False
    if wanted and not found:
        is_wrong = facts.people is not None
        says = (
            f"Nothing here is called “{shorten(typed, NAME)}”, and it is no day such as last month or 2025-03"
            if is_wrong
            else "Reading who is named …"
        )
    elif facts.people is None:
        says = "Reading who is named …"
    return Options([row for row, _ in found], {row.id: to for row, to in found if row.id}, says, is_wrong)


_AIR = (Row(text=""), Filter())


def _row(id: str, text: str, count: int | None = None, aside: str = "", sign: str = " ") -> Row:
    return Row(id=id, text=text, sign=sign, aside=aside or (plural(count, "entry", "entries") if count else ""))


def _set(filter: Filter) -> Iterator[tuple[Row, Filter]]:
    for chip in chips(filter):
        yield _row(f"set {chip.words}", chip.words, aside="enter takes it off"), chip.without


def _people(facts: Facts, filter: Filter, wanted: str) -> Iterator[tuple[Row, Filter]]:
    if not wanted.startswith("#"):
        for name, count in _fitting(facts.people or (), wanted.removeprefix("@")):
            yield _row(f"person {name}", clean_line(name[:200]), count), replace(filter, person=name)


def _tags(facts: Facts, filter: Filter, wanted: str) -> Iterator[tuple[Row, Filter]]:
    if not wanted.startswith("@"):
        for tag, count in _fitting(facts.tags, wanted.removeprefix("#")):
            yield _row(f"tag {tag}", f"#{clean_line(tag[:200])}", count), replace(filter, tag=tag)


def _fitting(counted: Sequence[tuple[str, int]], wanted: str) -> Iterator[tuple[str, int]]:
    """Those of which a word begins as it was typed."""
    left = MANY if wanted else FEW
    for name, count in counted:
        if left and f" {wanted}" in f" {fold(name)}":
            left -= 1
            yield name, count


def _rated(facts: Facts, filter: Filter, wanted: str) -> Iterator[tuple[Row, Filter]]:
    for span in _RATINGS:
        count = sum((facts.ratings or Counter())[number] for number in range(span[0], span[1] + 1))
        said = say_rating(span)
        if count and (f" {wanted}" in f" rating {said}"):
            yield _row(f"rating {span}", said, count), replace(filter, rating=span)


def _when(filter: Filter, typed: str, wanted: str, today: date) -> Iterator[tuple[Row, Filter]]:
    named = [period for period in _PERIODS if period.startswith(wanted)]
    for words in dict.fromkeys([*named, *([clean_line(typed)] if wanted else [])]):
        if span := read_span(words, today):
            since, until = span
            to = replace(filter, since=since, until=until, on_day=None)
            yield _row(f"when {span}", words, aside=say_span(since, until)), to
    if "on this day".startswith(wanted) or "every year".startswith(wanted):
        on = (today.month, today.day)
        row = _row("every", "on this day, every year", aside=f"every {_day_and_month(on)}")
        yield row, replace(filter, on_day=on, since=None, until=None)


def read_span(words: str, today: date) -> tuple[date | None, date | None] | None:
    """The days meant: as `parse_span` reads them, or open at one end after ``since`` or ``until``; None: none are."""
    given = _OPEN_WORDS.fullmatch(words.strip())
    try:
        span = parse_span(given[2] if given else words, today)
    except UsageError:
        return None
    if given is None:
        return span.first, span.last
    return (span.first, None) if _OPEN[given[1].lower()] == "since" else (None, span.last)
