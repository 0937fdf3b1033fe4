"""``insights``: the mirror, as one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.params import as_json, date_option
from journal_tui.cli.world import titles_of, world_of
from journal_tui.dates import parse_span, say_day, say_full_day
from journal_tui.model import Pillar, UsageError
from journal_tui.paths import Paths
from journal_tui.text import clean_line, plural

if TYPE_CHECKING:
    from journal_tui.insights.balance import PillarBalance, WeekRating
    from journal_tui.insights.patterns import Finding
    from journal_tui.insights.people import Person
    from journal_tui.insights.promises import Promises
    from journal_tui.insights.report import Report
    from journal_tui.insights.themes import Theme

THEMES = 8
EARLIEST, LATEST = 1000, 9990
PATTERNS = 3
PEOPLE = 8
"""What a page holds; the JSON has all."""
_BAR, _SHORT_BAR = 22, 10
"""Cells of the longest bar, and where there is little room."""
_WIDE = 60
"""Cells below which there is."""
_GAP = 4
_PERIODS = 48
"""Weeks or months of ratings shown."""


@click.command()
@date_option("--as-of", "Look at the journal as it stood on this day.")
@as_json
@click.pass_obj
def insights(paths: Paths, as_of: str | None, as_json: bool) -> None:
    """Show what keeps coming back, on one page.

    Themes with the words and the dates they rest on, patterns with what speaks for them and against them, the balance
    of the pillars, ratings, people and promises.

    \b
      journal-tui insights
      journal-tui insights --as-of "last month"

    The JSON is an object: as_of, entries, themes, patterns, pillars, people, promises, signals, ratings.
    """
    from journal_tui.insights.report import to_json

    world = world_of(paths)
    day = parse_span(as_of, world.today()).last if as_of is not None else world.today()
    if not EARLIEST <= day.year < LATEST:
        raise UsageError(f"{day} is out of reach: give a day between the years {EARLIEST} and {LATEST}")
    with out.Progress("reading") as progress:
        report = world.report(day, progress)
    if as_json:
        out.say_json(to_json(report))
    else:
        _Page(titles_of(world), ascii=world.settings.plain_glyphs).show(report)


class _Page:
    """The report for a person."""

    def __init__(self, titles: Mapping[Pillar, str], *, ascii: bool) -> None:
        self._titles = titles
        self._ascii = ascii
        self._narrow = out.is_narrow(_WIDE)
        self._longest = _SHORT_BAR if self._narrow else _BAR
        self._left = self._longest + _GAP

    def show(self, report: Report) -> None:
        from journal_tui.insights.balance import rhythm_line
        from journal_tui.insights.draw import dots
        from journal_tui.insights.report import missing

        out.say(out.paint(say_full_day(report.as_of), bold=True), f" · {plural(report.entries, 'entry', 'entries')}")
        if report.entries:
            out.say(f"{dots(report.rhythm, ascii=self._ascii)}  {rhythm_line(report.rhythm)}")
        if report.themes:
            self._themes(report.themes, report.as_of)
        if report.patterns:
            _patterns(report.patterns, report.as_of)
        if report.withheld:
            _title("For you")
            out.say()
            out.paragraph(f"Some of your words speak of someone being hurt. {out.PROGRAM} helplines: who to call.")
        if any(row.entries for row in report.pillars):
            self._pillars(report.pillars)
        if report.ratings:
            self._ratings(report.ratings)
        if report.people:
            self._people(report.people)
        if report.promises.total:
            _promises(report.promises)
        for line in _spaced(missing(report)):
            out.say(out.dim(line))

    def _bar(self, value: float, top: float) -> str:
        from journal_tui.insights.draw import bar

        return bar(value, top, self._longest, ascii=self._ascii).ljust(self._left)

    def _themes(self, themes: Sequence[Theme], today: date) -> None:
        from journal_tui.insights.draw import sparkline

        recurring = [theme for theme in themes if not theme.burst]
        if recurring:
            _title("What keeps coming back")
        top = max((theme.entries for theme in recurring), default=0)
        for theme in recurring[:THEMES]:
            out.say()
            label = out.fit(theme.label, self._left - 2)
            gap = " " * (self._left - out.cells(label))
            change = "" if theme.change == "steady" else f", {theme.change}"
            count = f"in {theme.entries:,} of {plural(theme.of, 'entry', 'entries')}{change}"
            out.say(out.paint(label, bold=True), f"{gap}{count}")
            out.say(f"{self._bar(theme.entries, top)}{sparkline(theme.trend, ascii=self._ascii)}".rstrip())
            for quote in theme.quotes[:1]:
                said = f"“{clean_line(quote.quote)}” {say_day(quote.date, today)}"
                for line in out.wrap(said, out.column()):
                    out.say(out.dim(line))
        if len(recurring) > THEMES:
            out.say()
            out.say(out.dim(f"and {len(recurring) - THEMES} more: --json has them all"))
        bursts = [theme for theme in themes if theme.burst]
        if bursts:
            _title("For some days only")
            out.say()
            for theme in bursts:
                label = out.fit(theme.label, self._left - 2)
                days = f"in {plural(theme.entries, 'entry', 'entries')}, {say_day(theme.first, today)}"
                out.say(label, " " * (self._left - out.cells(label)), out.dim(days))

    def _pillars(self, rows: Sequence[PillarBalance]) -> None:
        _title("The seven pillars")
        out.say()
        top = max(row.entries for row in rows)
        for row in rows:
            name = out.pillar_name(row.pillar, self._titles, 15)
            lived = "" if self._narrow else "lived "
            rated = f", {lived}{row.rating:.1f} of 5" if row.rating else ""
            count = plural(row.entries, "entry", "entries") if row.entries else "none yet"
            drawn = "" if self._narrow else self._bar(row.entries, top)
            out.say(name, f" {drawn}{count}{rated}")

    def _ratings(self, ratings: Sequence[WeekRating]) -> None:
        from journal_tui.insights.draw import sparkline

        means, period = rating_trend(ratings)
        _title("How it was lived")
        out.say()
        total = sum(week.n for week in ratings)
        mean = sum(week.mean * week.n for week in ratings) / total
        out.say(f"{sparkline([*means, 5], ascii=self._ascii)[:-1]}  by {period}")
        out.say(f"{mean:.1f} of 5 over {plural(total, 'rated entry', 'rated entries')}")

    def _people(self, people: Sequence[Person]) -> None:
        _title("People")
        out.say()
        top = max(person.entries for person in people)
        for person in people[:PEOPLE]:
            name = out.fit(person.name, 15)
            out.say(f"{name}{' ' * (16 - out.cells(name))}{self._bar(person.entries, top)}in {person.entries:,}")


def _patterns(patterns: Sequence[Finding], today: date) -> None:
    from journal_tui.cli.patterns import say_finding, say_how_to_answer

    _title("What may be worth a look")
    for finding in patterns[:PATTERNS]:
        out.say()
        say_finding(finding, today)
    if len(patterns) > PATTERNS:
        out.say()
        out.say(out.dim(f"and {len(patterns) - PATTERNS} more: {out.PROGRAM} patterns shows them all"))
    say_how_to_answer()


def _promises(promises: Promises) -> None:
    _title("Promises")
    out.say()
    counts = {
        "kept": promises.kept,
        "partly": promises.partly,
        "not yet": promises.not_yet,
        "let go": promises.let_go,
        "open": promises.open,
    }
    said = [f"{len(found):,} {word}" for word, found in counts.items() if found]
    out.say(f"{plural(promises.total, 'promise')}: {' · '.join(said)}")
    for promise in promises.due:
        for line in out.wrap(f"due: {promise.text}", out.column()):
            out.say(line)


def rating_trend(ratings: Sequence[WeekRating]) -> tuple[list[float], str]:
    """Mean rating of each week without a gap, or of each month where weeks would not fit; 0 where none is rated."""
    first, last = ratings[0].monday, ratings[-1].monday
    if (last - first).days // 7 < _PERIODS:
        by_week = {week.monday: week.mean for week in ratings}
        return [by_week.get(first + timedelta(days=days), 0) for days in range(0, (last - first).days + 1, 7)], "week"
    sums: dict[int, list[float]] = {}
    for week in ratings:
        sums.setdefault(_month(week.monday), []).extend([week.mean] * week.n)
    months = range(_month(first), _month(last) + 1)[-_PERIODS:]
    return [sum(sums[month]) / len(sums[month]) if month in sums else 0 for month in months], "month"


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _title(words: str) -> None:
    out.say()
    out.say()
    out.say(out.paint(words, underline=True))


def _spaced(lines: Sequence[str]) -> Iterable[str]:
    return ["", *lines] if lines else []
