"""The words in which the steps of a session are asked and its end is told, for screens and plain terminal alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from journal_tui.dates import MONTHS, WEEKDAYS, parse_due, say_day, say_full_day
from journal_tui.model import Kind, Prompt, Rating, UsageError, did_you_mean
from journal_tui.safety import speaks_of_harm
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.text import clean, clean_line, plural

HELP_LINE = (
    "If someone is hurting you, or you think of hurting yourself, you need not carry it alone: please speak to a person"
    " you trust, or to a helpline. {how} says who answers where you live."
)
CARE = (
    "You need not carry this alone. Who answers where you live: journal-tui helplines, or F1 and then c on the screens."
)
"""Beside the next questions, once a text speaks of somebody being hurt."""
RATING = Rating(ask="How far did you live this today?", labels=("hardly", "a little", "about half", "mostly", "fully"))
"""Where a pack asks in no words of its own."""
PROMISE = "One small thing you want to do?"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """Words for one step."""

    ask: str = ""
    above: str = ""
    """The line of arrival, or what a promise said."""
    quote: str = ""
    """Earlier words of the writer's that the question is laid beside."""
    quote_from: str = ""
    """Their day."""
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
    if step.kind is StepKind.NEW_DAY and step.commitment:
        return StepView(
            above=f"“{clean(step.commitment.text)}”",
            ask="By which day?",
            help="friday, in three days, 24 december. Without one it is asked about again in three days.",
        )
    if step.kind is StepKind.PAGE:
        return StepView(above="The page is yours.")
    if step.kind is StepKind.RATING:
        rating = (session.pack and session.pack.rating) or RATING
        labels = enumerate(map(clean, rating.labels or RATING.labels), 1)
        return StepView(ask=clean(rating.ask), options=tuple((str(number), label) for number, label in labels))
    if step.kind is StepKind.PROMISE:
        return StepView(
            ask=clean((session.pack and session.pack.promise) or PROMISE),
            help="Only if there is one. With a day, it will be asked about when that day comes.",
        )
    assert step.prompt is not None
    above = ""
    if session.pack and session.questions and step.id == session.questions[0].id:
        above = pick(session.pack.opening, session)
    if step.is_follow_up:
        above = _echo(session)
    if step.kind is StepKind.CLOSING:
        above = "Looking back at what you wrote" if _is_english(session) else ""
    return StepView(
        above=clean(above),
        ask=clean(step.prompt.ask),
        quote=f"“{clean(step.quote.text)}”" if step.quote else "",
        quote_from=say_day(step.quote.day, session.day) if step.quote and step.quote.day else "",
        help=CARE if step.kind is StepKind.QUESTION and speaks_of_harm(session.word_text) else clean(step.prompt.help),
        example=_example(step.prompt, session),
        options=offered if step.answer_kind in (Kind.CHOICE, Kind.SCALE) else (),
    )


def _echo(session: Session) -> str:
    """The writer's last words, which a follow-up follows on."""
    reply = session.before()
    last = clean_line(reply.text[-400:])
    return f"“{last if len(last) <= 90 else '…' + last[-88:].partition(' ')[2]}”" if last else ""


def _is_english(session: Session) -> bool:
    """Whether the program's own words may stand beside those of the pack."""
    return session.language.lower().partition("-")[0] == "en"


def _example(prompt: Prompt, session: Session) -> str:
    if prompt.example:
        example = clean(prompt.example)
        return f"For instance: {example}" if _is_english(session) else f"({example})"
    return "One on each line" if prompt.kind is Kind.LIST and _is_english(session) else ""


def echo_due(words: str, today: date) -> tuple[str, bool]:
    """What the date of a promise was understood as, and whether it can stand."""
    if not words.strip():
        return "a day is not needed", True
    try:
        due = parse_due(words, today)
    except UsageError:
        meant = did_you_mean(words.strip(), ["today", "tomorrow", *WEEKDAYS, *MONTHS])
        return f"not a date yet{meant}: try friday, in three days, 24 december", False
    if due < today:
        return f"{say_full_day(due)} is already past", False
    return say_full_day(due), True


def closing_lines(session: Session, helplines: str) -> tuple[str, ...]:
    """What the last page says: what was kept, what was promised, and one line to take along.

    Args:
        helplines: the key or command that leads to them.
    """
    words = session.entry_words
    about = f" on {clean_line(session.pack.title)}" if session.pack else ""
    lines = [f"{plural(words, 'word')}{about}, kept."] if words else ["Kept."]
    for promise in session.commitments():
        when = f" — {say_full_day(promise.due)}" if promise.due else ""
        lines.append(f"You promised: {clean(promise.text)}{when}")
    if speaks_of_harm(session.word_text):
        lines.append(HELP_LINE.format(how=helplines))
    elif session.pack and session.pack.affirmations:
        lines.append(clean(pick(session.pack.affirmations, session)))
    return tuple(lines)
