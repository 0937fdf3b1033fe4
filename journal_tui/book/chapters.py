"""What the book says, from its title to its last page, as values for the template. Every word of the writer's is
cleaned for display here, and nowhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from journal_tui.book.charts import (
    Day,
    MonthGrid,
    Periods,
    Ratings,
    bars,
    days_of,
    month_grid,
    periods,
    ratings,
    sign_of,
    thirds,
)
from journal_tui.book.words import MARKDOWN, OBSIDIAN, paragraphs, set_markdown, without_day
from journal_tui.breathing import breathe
from journal_tui.dates import MONTHS, say_full_day
from journal_tui.insights.promises import find_promises
from journal_tui.insights.report import Report
from journal_tui.insights.themes import Change, Theme
from journal_tui.model import Commitment, Entry, Pillar
from journal_tui.safety import speaks_of_harm
from journal_tui.text import clean, clean_line, count_words, listed, plural

Titles = Mapping[Pillar, str]

_MOST_THEMES = 8
"""Themes drawn and quoted; those after them are named in one line."""
_MOST_PEOPLE = 20
_FREE = "Free page"
_UNDATED = "Without a date"
_MOST_MONTHS = 26
"""Months with a line each in the contents; where there are more, each year has one."""


# -- the entries -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One answer."""

    ask: str
    quote: str
    """Earlier words that it was laid beside."""
    choice: str
    paragraphs: tuple[str, ...]
    """As they were written; empty where they are `set`."""
    set: Markup
    """HTML of what was Markdown."""


@dataclass(frozen=True, slots=True)
class Promised:
    text: str
    made: str
    due: str
    """Empty: no day was set."""
    status: str
    place: str
    """Of the entry it was made in."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry."""

    place: str
    """What a link to it names."""
    sign: str
    title: str
    """Of its pillar; empty: it was imported and has none."""
    time: str
    """``21:40``, or empty."""
    said: tuple[Said, ...]
    promised: tuple[Promised, ...]
    facts: tuple[str, ...]
    starred: bool


@dataclass(frozen=True, slots=True)
class DayOfPieces:
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries of one month, or the undated ones."""

    place: str
    title: str
    year: str
    """Empty: undated."""
    month: str
    """``Mar``."""
    counts: str
    """``22 entries on 19 days``."""
    days: tuple[DayOfPieces, ...]
    opens_year: bool
    """It is the first one of its year."""


class _Writing:
    """The entries in the order of the book, with what is counted of them once."""

    def __init__(self, entries: Iterable[Entry], commitments: Iterable[Commitment]) -> None:
        chosen = {entry.id: entry for entry in entries}
        self.promises = [promise for promise in commitments if promise.entry in chosen]
        with_promise = {promise.entry for promise in self.promises}
        shown = [entry for entry in chosen.values() if not entry.is_blank or entry.id in with_promise]
        shown.sort(key=lambda entry: (entry.day is None, entry.sort_key()))
        self.entries = shown
        self.words: list[int] = []
        for entry in shown:
            breathe()
            self.words.append(count_words(entry.text))
        self.places = {entry.id: f"e{number}" for number, entry in enumerate(shown, start=1)}
        self.by_id = chosen


def _said(entry: Entry) -> Iterable[Said]:
    format = entry.source.format if entry.source else ""
    for number, answer in enumerate(entry.answers):
        if answer.words:
            text = clean(answer.text)
            if number == 0 and not answer.ask and entry.day:
                text = without_day(text, entry.day)
            level = 4 if entry.day else 3  # months have the second, days the third
            is_markdown = format in MARKDOWN
            yield Said(
                ask=clean_line(answer.ask),
                quote=clean_line(answer.quote),
                choice=clean_line(" · ".join(answer.choice)),
                paragraphs=() if is_markdown else paragraphs(text),
                set=set_markdown(text, level, obsidian=format == OBSIDIAN) if is_markdown else Markup(),
            )


def _chapters(writing: _Writing, titles: Titles, promised: Mapping[str, Sequence[Promised]]) -> Iterable[Chapter]:
    months: defaultdict[tuple[int, int] | None, list[Entry]] = defaultdict(list)
    for entry in writing.entries:
        months[(entry.day.year, entry.day.month) if entry.day else None].append(entry)
    year = None
    for month, entries in months.items():
        days: defaultdict[date | None, list[Piece]] = defaultdict(list)
        for entry in entries:
            breathe()
            days[entry.day].append(_piece(entry, writing.places[entry.id], titles, promised.get(entry.id, ())))
        count = plural(len(entries), "entry", "entries")
        yield Chapter(
            place=_month_place(*month) if month else "undated",
            title=_month_title(*month) if month else _UNDATED,
            year=str(month[0]) if month else "",
            month=MONTHS[month[1] - 1][:3].capitalize() if month else "",
            counts=f"{count} on {plural(len(days), 'day')}" if month else count,
            days=tuple(DayOfPieces(_day_title(day), tuple(pieces)) for day, pieces in days.items()),
            opens_year=bool(month and month[0] != year),
        )
        year = month[0] if month else None


def _piece(entry: Entry, place: str, titles: Titles, promised: Sequence[Promised]) -> Piece:
    facts = [f"lived {entry.rating} of 5"] if entry.rating else []
    facts += [f"#{clean_line(tag)}" for tag in entry.tags]
    if entry.people:
        facts.append(f"with {listed(map(clean_line, entry.people))}")
    return Piece(
        place=place,
        sign=sign_of(entry.pillar),
        title=titles[entry.pillar] if entry.pillar else "" if entry.source else _FREE,
        time=f"{entry.moment:%H:%M}" if entry.moment else "",
        said=tuple(_said(entry)),
        promised=tuple(promised),
        facts=tuple(facts),
        starred=entry.starred,
    )


def _month_place(year: int, month: int) -> str:
    return f"m{year}-{month:02}"


def _month_title(year: int, month: int) -> str:
    return f"{MONTHS[month - 1].capitalize()} {year}"


def _day_title(day: date | None) -> str:
    """``Friday 7 March``: the year stands above it."""
    return say_full_day(day).removesuffix(f" {day.year}") if day else ""


def _say(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def _say_briefly(day: date) -> str:
    """``7 Mar 2025``."""
    return f"{day.day} {MONTHS[day.month - 1][:3].capitalize()} {day.year}"


def _span(first: date, last: date) -> str:
    """``7 March 2025``, ``3 to 7 March 2025``, ``24 November 2024 to 7 March 2025``."""
    if first == last:
        return _say(first)
    if first.year != last.year:
        return f"{_say(first)} to {_say(last)}"
    month = f" {MONTHS[first.month - 1].capitalize()}" if first.month != last.month else ""
    return f"{first.day}{month} to {_say(last)}"


# -- at a glance -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    name: str
    place: str
    """Of its chapter; empty: it has none."""
    tells: str
    """What is drawn, in words."""
    grid: MonthGrid


@dataclass(frozen=True, slots=True)
class CalendarYear:
    year: int
    months: tuple[CalendarMonth, ...]


@dataclass(frozen=True, slots=True)
class PillarRow:
    sign: str
    title: str
    entries: int
    words: int
    share: float
    """Of the entries of the pillar with the most, in per cent."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    sign: str
    """Empty: all together."""
    title: str
    drawn: Ratings


@dataclass(frozen=True, slots=True)
class ThemeRow:
    label: str
    count: str
    width: int
    bars: str
    tells: str
    """What the bars show, in words."""
    quote: str
    said: str
    """The day of the quote."""
    place: str


@dataclass(frozen=True, slots=True)
class Book:
    """All of it."""

    span: str
    """The days it holds; empty: none."""
    chosen: str
    counts: str
    made: str
    language: str
    """What most of the words are written in, as ``en``."""
    calendar: tuple[CalendarYear, ...]
    limits: tuple[int, int]
    """Words up to which the ground of a day is light, and middling."""
    signs: tuple[tuple[str, str], ...]
    """Those in the calendar, with their names; empty: all of it are free pages."""
    pillars: tuple[PillarRow, ...]
    """Empty: nothing was written for one."""
    ratings: tuple[RatingRow, ...]
    each: str
    """What a point of the ratings stands for: ``month``."""
    first: str
    last: str
    """The first and the last of them."""
    themes: tuple[ThemeRow, ...]
    more_themes: str
    people: tuple[tuple[str, int], ...]
    """Those named most, each with how many entries name them."""
    promises: tuple[Promised, ...]
    promise_counts: str
    chapters: tuple[Chapter, ...]
    years: tuple[tuple[str, tuple[Chapter, ...]], ...]
    """The chapters by their year, for the contents; empty: there are few enough to name each."""


def make(
    entries: Sequence[Entry],
    commitments: Sequence[Commitment],
    report: Report,
    titles: Titles,
    span_words: str,
    made_on: date,
    on_progress: Callable[[int, int], object] | None = None,
) -> Book:
    """The book of these entries; see `journal_tui.book.render`."""
    writing = _Writing(entries, commitments)
    counted = list(zip(writing.entries, writing.words, strict=True))
    days = days_of(counted)
    of_entry: defaultdict[str, list[Promised]] = defaultdict(list)
    promises = []
    for promise in find_promises(writing.promises, made_on).all:
        promises.append(_promised(promise, writing.places))
        of_entry[promise.entry].append(promises[-1])
    chapters: list[Chapter] = []
    done = 0
    for chapter in _chapters(writing, titles, of_entry):
        chapters.append(chapter)
        done += sum(len(day.pieces) for day in chapter.days)
        if on_progress:
            on_progress(done, len(writing.entries))
    limits = thirds(days.values())
    over = periods(min(days), max(days)) if days else None
    shown_signs = {day.pillar for day in days.values()}
    return Book(
        span=_span(min(days), max(days)) if days else "",
        chosen=clean_line(span_words),
        counts=_counts(counted, days),
        made=_say(made_on),
        language=report.language,
        calendar=tuple(_calendar(days, limits, {chapter.place for chapter in chapters}, titles)),
        limits=limits,
        signs=tuple(
            (sign_of(pillar), titles[pillar] if pillar else _FREE)
            for pillar in (*Pillar, None)
            if pillar in shown_signs and shown_signs != {None}
        ),
        pillars=tuple(_pillars(counted, titles)),
        ratings=tuple(_ratings(writing.entries, over, titles)) if over else (),
        each=over.each if over else "",
        first=over.name(0) if over else "",
        last=over.name(over.count - 1) if over else "",
        themes=tuple(_themes(report, writing)),
        more_themes=_more_themes(report),
        people=tuple((clean_line(person.name), person.entries) for person in report.people[:_MOST_PEOPLE]),
        promises=tuple(promises),
        promise_counts=_promise_counts(promises),
        chapters=tuple(chapters),
        years=_years(chapters) if len(chapters) > _MOST_MONTHS else (),
    )


def _years(chapters: Sequence[Chapter]) -> tuple[tuple[str, tuple[Chapter, ...]], ...]:
    return tuple((year, tuple(months)) for year, months in groupby(chapters, key=lambda chapter: chapter.year))


def _counts(counted: Sequence[tuple[Entry, int]], days: Mapping[date, Day]) -> str:
    entries = plural(len(counted), "entry", "entries")
    on_days = f" on {plural(len(days), 'day')}" if days else ""
    return f"{entries}{on_days}, {plural(sum(words for _, words in counted), 'word')}"


def _calendar(
    days: Mapping[date, Day], limits: tuple[int, int], places: Iterable[str], titles: Titles
) -> Iterable[CalendarYear]:
    by_month: defaultdict[tuple[int, int], list[Pillar | None]] = defaultdict(list)
    for at, day in days.items():
        by_month[at.year, at.month].append(day.pillar)
    for year in dict.fromkeys(year for year, _ in sorted(by_month)):
        first = min(days).month if year == min(days).year else 1
        last = max(days).month if year == max(days).year else 12
        months = []
        for month in range(first, last + 1):
            place = _month_place(year, month)
            here = by_month[year, month]
            signs = Counter(titles[pillar] if pillar else _FREE for pillar in here)
            each = [f"{title} {count}" for title, count in signs.most_common()]
            tells = f"Writing on {plural(len(here), 'day')}: {listed(each)}." if here else "No writing."
            name = MONTHS[month - 1].capitalize()
            grid = month_grid(year, month, days, limits)
            months.append(CalendarMonth(name, place if place in places else "", tells, grid))
        yield CalendarYear(year, tuple(months))


def _pillars(counted: Sequence[tuple[Entry, int]], titles: Titles) -> Iterable[PillarRow]:
    entries: Counter[Pillar | None] = Counter()
    words: Counter[Pillar | None] = Counter()
    for entry, count in counted:
        entries[entry.pillar] += 1
        words[entry.pillar] += count
    if not any(entries[pillar] for pillar in Pillar):
        return
    top = max(entries.values())
    for pillar in (*Pillar, None):
        if pillar or entries[None]:
            title = titles[pillar] if pillar else "Free pages"
            yield PillarRow(sign_of(pillar), title, entries[pillar], words[pillar], entries[pillar] * 100 / top)


def _ratings(entries: Sequence[Entry], over: Periods, titles: Titles) -> Iterable[RatingRow]:
    rated: defaultdict[Pillar | None, list[tuple[date, int]]] = defaultdict(list)
    everything = []
    for entry in entries:
        if entry.day and entry.rating is not None:
            rated[entry.pillar].append((entry.day, entry.rating))
            everything.append((entry.day, entry.rating))
    if drawn := ratings(everything, over):
        yield RatingRow("", "All", drawn)
    for pillar in (*Pillar, None):
        if drawn := ratings(rated[pillar], over):
            yield RatingRow(sign_of(pillar), titles[pillar] if pillar else "Free pages", drawn)


def _themes(report: Report, writing: _Writing) -> Iterable[ThemeRow]:
    """Those that recur, each with a quote that no other has."""
    told: set[str] = set()
    for theme in [theme for theme in report.themes if not theme.burst][:_MOST_THEMES]:
        quotes = (q for q in reversed(theme.quotes) if q.quote not in told and q.id in writing.places)
        quote = next((q for q in quotes if _may_be_lifted(writing.by_id[q.id])), None)
        told |= {quote.quote} if quote else set()
        width, path = bars(theme.trend)
        change = "" if theme.change is Change.STEADY else f", {theme.change}"
        yield ThemeRow(
            label=clean_line(theme.label),
            count=f"in {theme.entries:,} of {plural(theme.of, 'entry', 'entries')}{change}",
            width=width,
            bars=path,
            tells=f"From {_span(theme.first, theme.last)}, in {plural(theme.weeks, 'week')}. Entries in each of "
            f"{len(theme.trend)} equal stretches of time: {', '.join(map(str, theme.trend))}.",
            quote=clean_line(quote.quote) if quote else "",
            said=_say(quote.date) if quote and quote.date else "undated",
            place=writing.places[quote.id] if quote else "",
        )


def _may_be_lifted(entry: Entry) -> bool:
    """Words that tell of someone being hurt stand where they were written; a comment stands nowhere in the book."""
    has_comments = entry.source and entry.source.format == OBSIDIAN and "%%" in entry.text
    return not (has_comments or speaks_of_harm(entry.text))


def _more_themes(report: Report) -> str:
    """The themes that are not drawn, in a sentence each."""

    def when(theme: Theme) -> str:
        return f"{clean_line(theme.label)} ({_month_title(theme.first.year, theme.first.month)})"

    less = [clean_line(theme.label) for theme in report.themes if not theme.burst][_MOST_THEMES:]
    bursts = [when(theme) for theme in report.themes if theme.burst]
    told = (("Less often: ", less), ("For a while: ", bursts))
    return " ".join(f"{start}{', '.join(labels)}." for start, labels in told if labels)


def _promised(promise: Commitment, places: Mapping[str, str]) -> Promised:
    return Promised(
        text=clean_line(promise.text),
        made=_say_briefly(promise.made),
        due=_say(promise.due) if promise.due else "",
        status=promise.status or "open",
        place=places[promise.entry],
    )


def _promise_counts(promises: Sequence[Promised]) -> str:
    counts = Counter(promise.status for promise in promises)
    order = ("kept", "partly", "not yet", "let go", "open")
    return " · ".join(f"{counts[status]:,} {status}" for status in order if counts[status])
