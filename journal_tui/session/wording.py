"""The words in which the steps of a session are asked and its end is told, for screens and plain terminal alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from journal_tui.dates import parse_due, say_day, say_full_day
from journal_tui.model import Kind, Prompt, UsageError
from journal_tui.safety import speaks_of_harm
from journal_tui.session.session import Session, StepKind
from journal_tui.text import clean, count_words, plural

HELP_LINE = (
    "If someone is hurting you, or you think of hurting yourself, you need not carry it alone: please speak to a person"
    " you trust, or to a helpline where you live."
)
RATING_LABELS = ("hardly", "a little", "about half", "mostly", "fully")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """Words for one step."""

    ask: str = ""
    above: str = ""
    """The line of arrival, or what a promise said."""
    help: str = ""
    example: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Key and label of each choice."""


def pick(lines: Sequence[str], session: Session) -> str:
    """One of `lines`, the same for the whole day."""
    return lines[crc32(session.day.isoformat().encode()) % len(lines)] if lines else ""


def view_step(session: Session) -> StepView:
    """What is asked in the present step, cleaned for display."""
    step = session.step
    offered = tuple((key, clean(label)) for key, label in session.offered().items())
    if step.kind is StepKind.DUE and step.commitment:
        made = say_day(step.commitment.made, session.day)
        return StepView(
            above=f"You promised {made}:",
            ask=f"“{clean(step.commitment.text)}”",
            help="Did it happen?",
            options=offered,
        )
    if step.kind is StepKind.PAGE:
        return StepView(above="The page is yours.")
    if step.kind is StepKind.RATING:
        what = session.pillar.title.lower() if session.pillar else "this"
        labels = tuple((str(number), label) for number, label in enumerate(RATING_LABELS, 1))
        return StepView(ask=f"How much did you live {what} today?", options=labels)
    if step.kind is StepKind.PROMISE:
        return StepView(
            ask="One small thing you want to do?",
            help="Only if there is one. With a day, it will be asked about when that day comes.",
        )
    assert step.prompt is not None
    is_first = session.progress()[0] == 1 + len(session.due)
    above = pick(session.pack.opening, session) if session.pack and is_first else ""
    if step.kind is StepKind.CLOSING:
        above = "Looking back at what you wrote"
    return StepView(
        above=clean(above),
        ask=clean(step.prompt.ask),
        help=clean(step.prompt.help),
        example=_example(step.prompt),
        options=offered if step.answer_kind in (Kind.CHOICE, Kind.SCALE) else (),
    )


def _example(prompt: Prompt) -> str:
    if prompt.example:
        return f"For instance: {clean(prompt.example)}"
    return "One on each line" if prompt.kind is Kind.LIST else ""


def echo_due(words: str, today: date) -> tuple[str, bool]:
    """What the date of a promise was understood as, and whether it can stand."""
    if not words.strip():
        return "a day is not needed", True
    try:
        due = parse_due(words, today)
    except UsageError:
        return "not a date yet: try friday, in three days, 2026-05-01", False
    if due < today:
        return f"{say_full_day(due)} is already past", False
    return say_full_day(due), True


def closing_lines(session: Session) -> tuple[str, ...]:
    """What the last page says: what was kept, what was promised, and one line to take along."""
    words = count_words(session.word_text)
    about = f" on {session.pack.title.lower()}" if session.pack else ""
    lines = [f"{plural(words, 'word')}{about}, kept."] if words else ["Kept."]
    promise = session.commitment()
    if promise:
        when = f" — {say_full_day(promise.due)}" if promise.due else ""
        lines.append(f"You promised: {clean(promise.text)}{when}")
    if speaks_of_harm(session.word_text):
        lines.append(HELP_LINE)
    elif session.pack and session.pack.affirmations:
        lines.append(clean(pick(session.pack.affirmations, session)))
    return tuple(lines)
