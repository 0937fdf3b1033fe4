"""What *Insights* shows: its parts, and where each line leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from rich.cells import cell_len

from journal_tui.dates import say_day
from journal_tui.insights.balance import PillarBalance, WeekRating
from journal_tui.insights.draw import bar, beads
from journal_tui.insights.patterns import Evidence, Finding
from journal_tui.insights.report import Report, missing
from journal_tui.insights.themes import Change, Quote, Theme
from journal_tui.model import Commitment, Pillar
from journal_tui.text import clean_line, listed, plural, shorten
from journal_tui.ui.theme import Titles, glyph, hue, title
from journal_tui.ui.views.parts import BLANK, Item, Part, Row, Span, Target, said
from journal_tui.ui.views.patterns import HURT, QUOTE, id_of, says, sign
from journal_tui.ui.views.ratings import chart, month
from journal_tui.ui.wrapping import cut, pad, wrap

MOST_QUOTED = 5
"""Themes with a quote; those after them have a line each."""
MOST_THEMES = 12
MOST_PEOPLE = 8
MOST_PATTERNS = 3
MOST_DUE = 3
_ROOMY = 66
"""Cells from which there is room for words beside numbers."""

THEMES, PATTERNS, BALANCE, RATINGS, PROMISES, PEOPLE = (
    "What keeps coming back",
    "What may be worth a look",
    "Balance of the pillars",
    "How the days were rated",
    "Promises",
    "People",
)
_AWAITED = {
    THEMES: "Words and phrases that return, each with its weeks and a sentence of yours.",
    PATTERNS: "What may be a blind spot, in your own words. You say whether it is true.",
    BALANCE: "How much is written of each pillar, how it was lived, and when you were there last.",
    RATINGS: "Week by week.",
    PROMISES: "What became of them.",
    PEOPLE: "Whom you name, and how often.",
}


def awaited(width: int) -> list[Part]:
    """What will be here, while it is being made."""
    return [Part(heading, (Item(said(text, width)),)) for heading, text in _AWAITED.items()]


def summary(report: Report) -> str:
    """Of how much the page tells: themes and people are counted in those entries that have words."""
    if not report.entries:
        return "nothing is written yet"
    with_words, *_ = (*(t.of for t in report.themes), *(p.of for p in report.people), report.entries)
    some = f", {with_words:,} with words" if with_words < report.entries else ""
    return f"from {plural(report.entries, 'entry', 'entries')}{some}"


def parts(
    report: Report,
    width: int,
    *,
    pillar: Pillar | None = None,
    rated: Sequence[WeekRating] = (),
    plain: bool = False,
    titles: Titles | None = None,
) -> list[Part]:
    """Each part that has something to show, in lines of at most `width` cells.

    Args:
        pillar: the one whose ratings are drawn, `rated`; None: all of them are.
    """
    weeks = rated if pillar else report.ratings
    found: list[tuple[str, Sequence[Item]]] = [
        ("For you", _for_you(report, width)),
        (THEMES, _themes(report, width, plain)),
        (PATTERNS, _patterns(report, width, plain)),
        (BALANCE, _pillars(report, width, plain, titles)),
        (RATINGS, chart(report.ratings, weeks, width, pillar=pillar, plain=plain, titles=titles)),
        (PROMISES, _promises(report, width, plain)),
        (PEOPLE, _people(report, width, plain)),
        ("Still to come", _missing(report, width)),
    ]
    return [Part(heading, tuple(items)) for heading, items in found if any(item.rows for item in items)]


def _missing(report: Report, width: int) -> list[Item]:
    items = [item for line in missing(report) for item in (BLANK, Item(said(clean_line(line), width)))]
    return items[1:]


def _for_you(report: Report, width: int) -> list[Item]:
    words = f"{HURT} h leads to those who can be called."
    return [Item(said(words, width, "$ink"), Target(screen="helplines"))] if report.withheld else []


# -- themes ----------------------------------------------------------------------------------------


def _themes(report: Report, width: int, plain: bool) -> list[Item]:
    recurring = [theme for theme in report.themes if not theme.burst]
    shown = recurring[:MOST_THEMES]
    told: set[str] = set()
    items: list[Item] = []
    heads = _theme_lines(shown, width, plain)
    for number, (theme, head) in enumerate(zip(shown, heads, strict=True)):
        quote = next((quote for quote in reversed(theme.quotes) if quote.quote not in told), None)
        opens = Target(screen="journal", entry=quote.id) if quote else None
        if quote and number < MOST_QUOTED:
            told.add(quote.quote)
            items += [Item((head, *_quoted(quote, width, report.as_of)), opens), BLANK]
        else:
            items.append(Item((head,), opens))
    also = [clean_line(theme.label) for theme in recurring[MOST_THEMES:]]
    bursts = [f"{clean_line(theme.label)} ({month(theme.first)})" for theme in report.themes if theme.burst]
    for start, labels in (("And less often: ", also), ("For a while: ", bursts)):
        if labels:
            gap = [BLANK] if items and items[-1] is not BLANK else []
            items += [*gap, Item(said(f"{start}{', '.join(labels)}", width))]
    return items[:-1] if items and items[-1] is BLANK else items


def _theme_lines(themes: Sequence[Theme], width: int, plain: bool) -> list[Row]:
    """Label, trend, how often, and what has changed: in columns."""
    counts = [f"{theme.entries:,} of {theme.of:,}" for theme in themes]
    wide = max(map(len, counts), default=0)
    trends = [[sum(theme.trend[n : n + 2]) for n in range(0, len(theme.trend), 2)] for theme in themes]
    long = max(map(len, trends), default=0)
    changes = {theme.change for theme in themes} - {Change.STEADY}
    change = 2 + max(map(len, changes), default=-2)
    label = min(30, max((cell_len(clean_line(theme.label)) for theme in themes), default=0) + 2)
    room = width - wide - change - 4
    if room - long < 12:  # the trend is drawn where there is room for it
        long = -2
    label = min(label, room - long)
    lines: list[Row] = []
    for theme, count, trend in zip(themes, counts, trends, strict=True):
        drawn = [("  ", "$quiet"), *_beads(trend, plain)] if long > 0 else []
        tells = f"  {count.rjust(wide)}" + ("" if theme.change is Change.STEADY else f"  {theme.change}")
        lines.append(((pad(clean_line(theme.label), label), "bold $ink"), *drawn, (tells, "$quiet")))
    return lines


def _beads(values: Sequence[float], plain: bool) -> list[Span]:
    drawn = zip(beads(values, ascii=plain), values, strict=True)
    return [
        ("".join(bead for bead, _ in group), "$accent" if there else "$rule")
        for there, group in groupby(drawn, key=lambda pair: pair[1] > 0)
    ]


def _quoted(quote: Quote | Evidence, width: int, today: date) -> tuple[Row, ...]:
    """The writer's own words, brightest, and the day they were written."""
    *lines, last = wrap(f"“{shorten(quote.quote, QUOTE)}”", width)
    day = say_day(quote.date, today)
    if cell_len(last) + cell_len(day) + 2 > width:
        lines, last = [*lines, last], ""
    end = ((f"{last}  " if last else "", "$ink"), (day, "$quiet"))
    return (*(((line, "$ink"),) for line in lines), end)


# -- patterns --------------------------------------------------------------------------------------


def _patterns(report: Report, width: int, plain: bool) -> list[Item]:
    items: list[Item] = []
    for finding in report.patterns[:MOST_PATTERNS]:
        items += [Item(_card(finding, width, report.as_of, plain), _to_pattern(finding)), BLANK]
    if items:
        words = "b shows them all, and what speaks against them."
        items.append(Item(said(words, width), Target(screen="patterns")))
    return items


def _to_pattern(finding: Finding) -> Target:
    return Target(screen="patterns", pattern=id_of(finding))


def _card(finding: Finding, width: int, today: date, plain: bool) -> tuple[Row, ...]:
    verdict = f"  {finding.verdict}" if finding.verdict else ""
    name = cut(clean_line(finding.title), width - 2 - len(verdict))
    head: Row = ((f"{sign(finding, plain=plain)} ", "$accent"), (name, "bold $ink"), (verdict, "$quiet"))
    quote = next((piece for piece in reversed(finding.evidence) if piece.quote), None)
    return (head, *said(says(finding), width), *(_quoted(quote, width, today) if quote else ()))


# -- pillars ---------------------------------------------------------------------------------------


def _pillars(report: Report, width: int, plain: bool, titles: Titles | None) -> list[Item]:
    if not any(row.entries for row in report.pillars):
        return []
    is_roomy = width >= _ROOMY
    facts = [_facts(row, report.as_of, is_roomy) for row in report.pillars]
    wide = [max(cell_len(told[n]) for told in facts) for n in range(3)]
    names = [clean_line(title(row.pillar, titles)) for row in report.pillars]
    label = min(max(map(cell_len, names)), width // 3)
    top = max(row.entries for row in report.pillars)
    room = max(4, min(22, width - label - 2 - sum(2 + each for each in wide) - 2))
    items = []
    for row, name, told in zip(report.pillars, names, facts, strict=True):
        tells = f"  {told[0].rjust(wide[0])}" + "".join(
            f"  {t.ljust(w)}" for t, w in zip(told[1:], wide[1:], strict=True)
        )
        start: Row = (
            (f"{glyph(row.pillar, plain=plain)} ", hue(row.pillar)),
            (pad(name, label), "$ink"),
            (f"  {_bar(row.entries, top, room, plain)}", hue(row.pillar)),
        )
        left = width - sum(cell_len(text) for text, _ in start)
        line: Row = (*start, (cut(tells.rstrip(), left), "$quiet"))
        items.append(Item((line,), Target(screen="journal", pillar=row.pillar)))
    return items


def _facts(row: PillarBalance, today: date, is_roomy: bool) -> tuple[str, str, str]:
    """How much, how it was lived, when last: in words."""
    if not row.entries:
        return ("not yet", "", "") if is_roomy else ("0", "", "not yet")
    count = plural(row.entries, "entry", "entries") if is_roomy else f"{row.entries:,}"
    lived = f"lived {row.rating:.1f}" if row.rating else ""
    return count, lived, f"{'last ' if is_roomy else ''}{say_day(row.last, today)}" if row.last else ""


def _bar(value: float, top: float, width: int, plain: bool) -> str:
    return bar(value, top, width, ascii=plain).ljust(width)


# -- promises and people ---------------------------------------------------------------------------


def _promises(report: Report, width: int, plain: bool) -> list[Item]:
    promises = report.promises
    if not promises.total:
        return []
    counted = (
        ("kept", promises.kept),
        ("partly", promises.partly),
        ("not yet", promises.not_yet),
        ("let go", promises.let_go),
        ("open", promises.open),
    )
    lists = [(name, len(found)) for name, found in counted if found]
    top = max(count for _, count in lists)
    wide = len(f"{top:,}")
    rows: list[Row] = [
        (
            (pad(name, 9), "$ink"),
            (_bar(count, top, min(30, width - 30), plain), "$accent"),
            (f"  {count:>{wide},} of {promises.total:,}", "$quiet"),
        )
        for name, count in lists
    ]
    items = [Item(tuple(rows), Target(screen="promises"))]
    if promises.due:
        items += [BLANK, *(_due(promise, width, report.as_of, plain) for promise in promises.due[:MOST_DUE])]
    return items


def _due(promise: Commitment, width: int, today: date, plain: bool) -> Item:
    day = f"due {say_day(promise.day, today)}" if promise.day else "due"
    words = pad(clean_line(promise.text[:1000]), width - 4 - cell_len(day))
    row: Row = ((f"{'*' if plain else '◉'} ", "$accent"), (words, "$ink"), (f"  {day}", "$quiet"))
    return Item((row,), Target(screen="promises", entry=promise.entry))


def _people(report: Report, width: int, plain: bool) -> list[Item]:
    shown = report.people[:MOST_PEOPLE]
    top = max((person.entries for person in shown), default=0)
    label = min(max((cell_len(clean_line(person.name)) for person in shown), default=0), 24, width // 3)
    items = []
    for person in shown:
        last = f", last {say_day(person.last, report.as_of)}" if person.last else ""
        tells = f"  in {plural(person.entries, 'entry', 'entries')}{last}"
        room = max(4, min(20, width - label - 2 - 36))
        row: Row = (
            (pad(clean_line(person.name), label), "$ink"),
            (f"  {_bar(person.entries, top, room, plain)}", "$accent"),
            (cut(tells, width - label - 2 - room), "$quiet"),
        )
        items.append(Item((row,), Target(screen="journal", person=person.name)))
    more = [clean_line(person.name) for person in report.people[MOST_PEOPLE:]]
    if more:
        names = listed(shorten(name, 24) for name in more[:3]) if len(more) <= 3 else f"{len(more):,} more"
        items.append(Item(said(f"And {names}: w shows everybody.", width), Target(screen="people")))
    return items
