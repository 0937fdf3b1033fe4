"""What the page of a session shows around the words that are being written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.content import Content

from journal_tui.people import recognise
from journal_tui.session.session import Session
from journal_tui.session.wording import CARE, StepView
from journal_tui.text import clean_line, count_words, listed, plural, shorten
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.wrapping import wrap

ASKED_WIDTH = 70


class Look(NamedTuple):
    """What the quiet line tells of the words so far."""

    words: int = 0
    """On the page."""
    named: tuple[str, ...] = ()
    """Who seems to be named, and is not noted yet."""


def look(session: Session, known: Sequence[str]) -> Look:
    """Reads every word of the session: not for the screens' own thread when there are many."""
    named = recognise(session.word_text, known, session.language)
    return Look(count_words(session.reply.text), tuple(name for name in named if name not in session.people))


def whisper(seen: Look, noted: Iterable[str]) -> str:
    """The quiet line below the page: how much there is, and who it is about."""
    words = plural(seen.words, "word") if seen.words else "an empty page is skipped with tab"
    with_them = f" · with {listed(map(clean_line, noted))}" if noted else ""
    offered = f" · {listed(map(clean_line, seen.named))}? ctrl+o notes it" if seen.named else ""
    return words + with_them + offered


def head(session: Session, width: int, *, plain: bool) -> Content:
    """What it is about on the left, how far along on the right."""
    name = clean_line(session.pack.title) if session.pack else "Free page"
    here, total = session.progress()
    full, empty = ("*", "-") if plain else ("●", "○")
    dots = "" if session.is_finished or total < 2 else f"{full * here}{empty * (total - here)}"
    left = Content.styled(f"{glyph(session.pillar, plain=plain)}  {name}", f"bold {hue(session.pillar)}")
    gap = max(2, width - left.cell_length - len(dots))
    return Content.assemble(left, " " * gap, (dots, "$quiet"))


class _Room(NamedTuple):
    """What is shown beside the question."""

    quote: int
    """Lines."""
    above: bool
    air: bool
    help: bool


_ROOMS = (
    _Room(99, True, True, True),
    _Room(2, True, True, True),
    _Room(2, False, True, True),
    _Room(2, False, False, True),
    _Room(1, False, False, True),
    _Room(1, False, False, False),
    _Room(0, False, False, False),
)
"""From wide to narrow."""


def asked(view: StepView, width: int, rows: int, *, plain: bool) -> Content:
    """The question and what stands beside it, in at most `rows` lines of `width` cells where it can be done: what
    there is no room for goes, but never the question, nor the line for who is being hurt."""
    lines: list[Content] = []
    for room in _ROOMS:
        lines = _asked(view, min(width, ASKED_WIDTH), room, plain=plain)
        if len(lines) <= rows:
            break
    return Content("\n").join(lines)


def _asked(view: StepView, width: int, room: _Room, *, plain: bool) -> list[Content]:
    parts = []
    if view.above and room.above:
        parts.append([Content.styled(line, "$quiet") for line in wrap(view.above, width)])
    if view.quote and room.quote:
        parts.append(_quoted(view, width - 2, room.quote, plain=plain))
    question = [Content.styled(line, "bold $ink") for line in wrap(view.ask, width)] if view.ask else []
    if view.help and (room.help or view.help == CARE):
        question += [Content.styled(line, "$quiet") for line in wrap(view.help, width)]
    parts.append(question)
    air = [Content()] if room.air else []
    return [line for part in parts if part for line in (*part, *air)][: -1 if air else None]


def _quoted(view: StepView, width: int, rows: int, *, plain: bool) -> list[Content]:
    """The earlier words with their day, behind a bar."""
    day = view.quote_from.replace(" ", "\u00a0")  # not broken
    lines = wrap(f"{view.quote}  {day}".rstrip(), width)
    if len(lines) > rows:
        cut = shorten(view.quote.removesuffix("”"), max(1, width * rows - len(day) - 8))
        lines = wrap(f"{cut}”  {day}", width)[:rows]
    *lines, last = lines
    told = last.removesuffix(day) if day else last
    bar = ("| " if plain else "▏ ", "$rule")
    whole = [Content.assemble(bar, (line, "italic $ink")) for line in lines]
    return [
        *whole,
        Content.assemble(bar, (told.lstrip(), "italic $ink"), (view.quote_from[: len(last) - len(told)], "$quiet")),
    ]
