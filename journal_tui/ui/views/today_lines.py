"""The words on *Today*: the question, and the quiet lines below it that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from journal_tui.dates import say_day
from journal_tui.model import Commitment, Pace, Pillar
from journal_tui.text import clean_line, count_words, plural, shorten
from journal_tui.ui.theme import glyph, hue, title
from journal_tui.ui.views.faults import short_fault
from journal_tui.ui.views.rhythm import calendar, in_words, row
from journal_tui.ui.views.today import TodayView
from journal_tui.ui.wrapping import wrap, wrap_at_most

if TYPE_CHECKING:
    from journal_tui.insights.patterns import Finding

_LABEL = 17
"""Cells before the words: the key and what it leads to."""
_FITS = ((1, 3), (1, 2), (0, 2), (0, 1))
"""From airy to tight: rows between two lines, and rows that each may take."""
LEADS = "leads"
"""Key in the meta of words that lead somewhere: the action."""
_PROMISES = 2
"""Due promises that are named."""
_SAID = 2
"""Faults in the writer's own files that are told one by one."""
_NOTICE = 60
"""Characters of a line of a notice."""
MIRROR_ROWS = 3
"""Kept free for the mirror's question until it was looked into, so that nothing moves when it comes."""


class Hero(NamedTuple):
    """What stands at the top."""

    pillar: Content
    question: Content
    start: Content


def hero(view: TodayView, pace: Pace, *, plain: bool = False) -> Hero:
    """The question of the day, or of the draft that waits."""
    pillar: Pillar | None = view.pillar
    name, question = view.name, view.question
    if view.drafts:
        draft = view.drafts[0]
        pillar = draft.pillar
        name = clean_line(draft.pack.title) if draft.pack else title(None)
        question = draft.step.prompt.ask if draft.step.prompt else clean_line(draft.word_text)[:160]
        if draft.step.quote:
            question = f"“{draft.step.quote.text}” {question}"
        words = count_words(draft.word_text)
        after = f", after {plural(words, 'word')}" if words else ""
        start = f"You stopped here {say_day(draft.day, view.day)}{after}. Enter goes on."
    elif not view.entries:
        start = "Press Enter and write. One sentence is enough."
    elif view.written_today:
        start = f"You wrote {plural(view.written_today, 'entry', 'entries')} today. There is room for more."
    else:
        start = say_pace(pace)
    return Hero(
        Content.styled(f"{glyph(pillar, plain=plain)}  {name}", f"bold {hue(pillar)}"),
        Content(clean_line(question)),
        Content(start),
    )


def say_amiss(view: TodayView) -> list[str]:
    """What could not be used, in a line each; many lines of the writer's own files in one."""
    said = [shorten(short_fault(line), _NOTICE) for line in view.left_out]
    if 0 < len(said) <= _SAID:
        said.append("Left out until that is put right: , shows more.")
    elif said:
        said = [f"{len(said)} lines in your files were left out: , shows them."]
    return [*said, *map(clean_line, view.notices)]


def say_pace(pace: Pace) -> str:
    """How much time there is, and how to change it."""
    return f"{pace.value.capitalize()}. t for less or more."


class Words(NamedTuple):
    """One thing that a line says."""

    text: str
    aside: str = ""
    """Quiet, after it."""
    lead: str = ""
    """What the text begins with, in the accent."""
    is_whole: bool = False
    """It is never cut."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that leads somewhere."""

    key: str
    action: str
    label: str
    words: tuple[Words, ...]


def lines(view: TodayView, finding: Finding | None = None) -> list[Line]:
    """What there is besides the question, the nearest first.

    Args:
        finding: what the mirror asks about.
    """
    return list(_lines(view, finding))


def _lines(view: TodayView, finding: Finding | None) -> Iterator[Line]:
    if view.due:
        words = [_promise(promise, view) for promise in view.due[:_PROMISES]]
        if (more := len(view.due) - _PROMISES) > 0:
            words.append(Words("", f"and {plural(more, 'more', 'more')} to look at"))
        yield Line("m", "go('promises')", "You promised", tuple(words))
    if view.first_days:
        yield Line("n", "first_days", "To begin", (Words("", f"{view.first_days_title}, a few short evenings"),))
    if view.week:
        yield Line("w", "go('week')", "Look back", (Words("", f"{view.week_title}, in its own words"),))
    if len(view.drafts) > 1:
        yield Line("p", "choose", "Drafts", (Words("", f"{len(view.drafts)} wait for you"),))
    if view.unfinished_edits:
        count = plural(view.unfinished_edits, "change")
        yield Line("j", "go('journal')", "Edits", (Words("", f"{count} not finished; e there goes on"),))
    if view.memory and view.memory.day:
        year = str(view.memory.day.year)
        then = f"{year}  {clean_line(view.memory.heading[:1000])}"
        yield Line("o", "memory", "On this day", (Words(then, lead=year),))
    if finding:
        asked = f"{clean_line(finding.title)}. {clean_line(finding.question)}"
        yield Line("b", "patterns", "The mirror", (Words(asked, is_whole=True),))
    if not (view.entries or view.drafts):
        yield Line("j", "go('journal')", "Moving in", (Words("", "journal-tui import FILE, in a shell"),))
    if view.offers_passphrase:
        yield Line("s", "protect", "If you wish", (Words("", "Protect it with a passphrase"),))


def _promise(promise: Commitment, view: TodayView) -> Words:
    return Words(clean_line(promise.text[:1000]), f"due {say_day(promise.due, view.day)}" if promise.due else "")


def rhythm(view: TodayView, *, plain: bool = False, in_a_row: bool = False) -> Content | None:
    """The last weeks, drawn and in words; on one row where there is no room. None: there is nothing to show yet."""
    words = in_words(view.written, view.day)
    if in_a_row:
        drawn = row(view.written, view.day, plain=plain)
        return Content.assemble("   ", drawn, (f"  {words}", "$quiet")) if words else None
    drawn_weeks = calendar(view.written, view.day, plain=plain)
    return Content.assemble(drawn_weeks, (f"\n\n   {words}", "$quiet")) if drawn_weeks else None


def laid_out(lines: Sequence[Line], width: int, rows: int, *, reserved: int = 0) -> Content:
    """The lines in `width` cells, as airy as `rows` allow; each leads where its key does when clicked (`LEADS`).

    More than `rows` only where nothing more can be cut.

    Args:
        reserved: rows kept free for one more line.
    """
    for gap, most in _FITS:
        shown = [_laid_out(line, width, most) for line in lines]
        count = len(shown) - 1 + bool(reserved)
        if sum(map(len, shown)) + reserved + gap * count <= rows:
            break
    return Content("\n" * (gap + 1)).join(Content("\n").join(rows_of) for rows_of in shown)


def _laid_out(line: Line, width: int, most: int) -> list[Content]:
    room = max(12, width - _LABEL)
    rows = [row for words in line.words for row in _wrapped(words, room, most)]
    starts = [Content.assemble((line.key, "$accent"), "  ", (line.label.ljust(_LABEL - 3), "$quiet"))]
    starts += [Content(" " * _LABEL)] * (len(rows) - 1)
    leads = Style.from_meta({LEADS: line.action})
    return [(start + row).stylize(leads) for start, row in zip(starts, rows, strict=True)]


def _wrapped(words: Words, room: int, most: int) -> list[Content]:
    """The words on at most `most` rows; what is quiet goes behind them, or where it finds no room below."""
    quiet = [Content.styled(row, "$quiet") for row in wrap(words.aside, room)] if words.aside else []
    if not words.text:
        return quiet
    if words.is_whole:
        rows = wrap(words.text, room)
    else:
        beside = cell_len(words.aside) + 2 if words.aside and most == 1 else 0
        rows = wrap_at_most(words.text, room - beside, most)
    found = [Content.styled(row, "$ink") for row in rows]
    if words.lead and rows[0].startswith(words.lead):
        found[0] = found[0].stylize("$accent", 0, len(words.lead))
    if quiet and cell_len(f"{rows[-1]}  {words.aside}") <= room:
        return [*found[:-1], Content.assemble(found[-1], "  ", quiet[0])]
    return [*found, *quiet]
