"""What *Insights* shows, line by line."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from journal_tui.dates import MONTHS, say_day
from journal_tui.insights.draw import bar, sparkline
from journal_tui.insights.patterns import Evidence
from journal_tui.insights.report import Report, missing
from journal_tui.insights.themes import Change, Quote
from journal_tui.text import clean_line, plural, shorten
from journal_tui.ui.theme import Titles, glyph, hue, title
from journal_tui.ui.views.patterns import HURT, QUOTE, says
from journal_tui.ui.wrapping import wrap

MOST_THEMES = 12
MOST_PEOPLE = 8
MOST_PATTERNS = 3
_LABEL = 20
_BAR = 12
_TREND = 24


def sections(
    report: Report, width: int, *, plain: bool = False, titles: Titles | None = None
) -> list[tuple[str, list[Content]]]:
    """Heading and lines of each part that has something to show; `width` in cells."""
    parts = [
        ("What keeps coming back", _themes(report, width, plain)),
        ("For you", _for_you(report, width)),
        ("What may be worth a look", _patterns(report, width)),
        ("Balance of the pillars", _pillars(report, width, plain, titles)),
        ("How the days were rated", _ratings(report, width, plain)),
        ("Promises", _promises(report, plain)),
        ("People", _people(report, plain)),
        ("Still to come", [Content.styled(part, "$quiet") for line in missing(report) for part in wrap(line, width)]),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3].capitalize()} {day.year}"


def _label(text: str) -> str:
    return shorten(text, _LABEL - 1).ljust(_LABEL)


def _drawn(value: float, top: float, plain: bool) -> str:
    return bar(value, top, _BAR, ascii=plain).ljust(_BAR)


def _themes(report: Report, width: int, plain: bool) -> list[Content]:
    lines: list[Content] = []
    said: set[str] = set()
    recurring = [theme for theme in report.themes if not theme.burst]
    top = max((theme.entries for theme in recurring), default=0)
    for theme in recurring[:MOST_THEMES]:
        count = f"{theme.entries:,} of {theme.of:,}"
        trend = sparkline(theme.trend[-_TREND:], ascii=plain)
        change = "" if theme.change is Change.STEADY else f"  {theme.change}"
        room = width - _LABEL - _BAR - len(count) - len(change) - 4
        lines.append(
            Content.assemble(
                (_label(theme.label), "bold $ink"),
                (_drawn(theme.entries, top, plain), "$accent"),
                (f"  {count}  ", "$quiet"),
                (trend if len(trend) <= room else "", "$accent"),
                (change if len(trend) <= room else change.lstrip(), "$quiet"),
            )
        )
        quote = next((quote for quote in reversed(theme.quotes) if quote.quote not in said), None)
        if quote:
            said.add(quote.quote)
            lines += _quoted(quote, max(20, width - 2), report.as_of)
        lines.append(Content())
    bursts = [f"{theme.label} ({_month(theme.first)})" for theme in report.themes if theme.burst]
    if bursts:
        lines += [Content.styled(line, "$quiet") for line in wrap(f"For a while: {', '.join(bursts)}", width)]
        lines.append(Content())
    return lines[:-1]


def _for_you(report: Report, width: int) -> list[Content]:
    said = f"{HURT} h leads to those who can be called." if report.withheld else ""
    return [Content.styled(line, "$ink") for line in wrap(said, width)] if said else []


def _patterns(report: Report, width: int) -> list[Content]:
    lines: list[Content] = []
    for finding in report.patterns[:MOST_PATTERNS]:
        lines.append(Content.styled(clean_line(finding.title), "bold $ink"))
        lines += [Content.styled(line, "$quiet") for line in wrap(says(finding), width)]
        quote = next((piece for piece in reversed(finding.evidence) if piece.quote), None)
        if quote:
            lines += _quoted(quote, width, report.as_of)
        lines.append(Content())
    if lines:
        lines.append(Content.assemble(("b", "$accent"), ("  shows them all, and what speaks against them", "$quiet")))
    return lines


def _quoted(quote: Quote | Evidence, width: int, today: date) -> list[Content]:
    """The writer's own words, brightest, and the day they were written."""
    *lines, last = wrap(f"“{shorten(quote.quote, QUOTE)}”", width)
    day = say_day(quote.date, today)
    if len(last) + len(day) + 2 > width:
        lines, last = [*lines, last], ""
    return [*map(Content, lines), Content.assemble(last, f"{'  ' if last else ''}", (day, "$quiet"))]


def _pillars(report: Report, width: int, plain: bool, titles: Titles | None) -> list[Content]:
    if not any(row.entries for row in report.pillars):
        return []
    top = max(row.entries for row in report.pillars)
    lines = []
    for row in report.pillars:
        facts = [plural(row.entries, "entry", "entries") if row.entries else "not yet"]
        if row.rating:
            facts.append(f"lived {row.rating:.1f} of 5")
        if row.last:
            facts.append(f"last {say_day(row.last, report.as_of)}")
        while len(facts) > 1 and sum(len(fact) + 2 for fact in facts) > width - _LABEL - _BAR:
            facts.pop()
        lines.append(
            Content.assemble(
                (f"{glyph(row.pillar, plain=plain)} ", hue(row.pillar)),
                (shorten(title(row.pillar, titles), _LABEL - 3).ljust(_LABEL - 2), "$ink"),
                (_drawn(row.entries, top, plain), hue(row.pillar)),
                (f"  {', '.join(facts)}", "$quiet"),
            )
        )
    return lines


def _ratings(report: Report, width: int, plain: bool) -> list[Content]:
    if not report.ratings:
        return []
    # One column a week, weeks without a rating left blank, the latest that fit.
    by_week = {week.monday: week for week in report.ratings}
    first, last = report.ratings[0].monday, report.ratings[-1].monday
    count = (last - first).days // 7 + 1
    shown = min(count, max(10, width - 6))
    mondays = [date.fromordinal(last.toordinal() - 7 * back) for back in reversed(range(shown))]
    rows: list[Content] = []
    for level in range(5, 0, -1):
        marks = "".join(_dot(by_week[day].mean if day in by_week else None, level, plain) for day in mondays)
        rows.append(Content.assemble((f"{level} ", "$quiet"), (marks, "$accent")))
    rated = sum(week.n for week in report.ratings)
    mean = sum(week.mean * week.n for week in report.ratings) / rated
    rows.append(Content.styled(f"  {_month(mondays[0])} to {_month(mondays[-1])}, a column a week", "$quiet"))
    rows.append(Content.styled(f"  {plural(rated, 'day')} rated, {mean:.1f} of 5 on average", "$quiet"))
    return rows


def _dot(mean: float | None, level: int, plain: bool) -> str:
    if mean is None or round(mean) != level:
        return " "
    return "*" if plain else "●"


def _promises(report: Report, plain: bool) -> list[Content]:
    promises = report.promises
    if not promises.total:
        return []
    rows = [
        ("kept", len(promises.kept)),
        ("partly", len(promises.partly)),
        ("not yet", len(promises.not_yet)),
        ("let go", len(promises.let_go)),
        ("open", len(promises.open)),
    ]
    top = max(count for _, count in rows)
    return [
        Content.assemble(
            (name.ljust(_LABEL), "$ink"),
            (_drawn(count, top, plain), "$accent"),
            (f"  {count} of {promises.total}", "$quiet"),
        )
        for name, count in rows
        if count
    ]


def _people(report: Report, plain: bool) -> list[Content]:
    top = max((person.entries for person in report.people), default=0)
    return [
        Content.assemble(
            (_label(person.name), "$ink"),
            (_drawn(person.entries, top, plain), "$accent"),
            (f"  in {plural(person.entries, 'entry', 'entries')}, last {say_day(person.last, report.as_of)}", "$quiet"),
        )
        for person in report.people[:MOST_PEOPLE]
    ]
