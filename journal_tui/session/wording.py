"""The words in which the steps of a session are asked and its end is told, for screens and plain terminal alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from journal_tui.dates import MONTHS, WEEKDAYS, parse_due, say_day, say_full_day
from journal_tui.model import Kind, Pillar, Prompt, UsageError, did_you_mean
from journal_tui.safety import speaks_of_harm
from journal_tui.session.session import Session, StepKind
from journal_tui.text import clean, clean_line, count_words, plural

HELP_LINE = (
    "If someone is hurting you, or you think of hurting yourself, you need not carry it alone: please speak to a person"
    " you trust, or to a helpline where you live."
)
RATING: Mapping[Pillar | None, str] = {
    Pillar.RESPECT: "How far did you meet others with respect today?",
    Pillar.BOUNDARIES: "How far did you keep your own limits today?",
    Pillar.COMMUNICATION: "How far did you say what you meant today?",
    Pillar.RESPONSIBILITY: "How far did you do your part today?",
    Pillar.ACCOUNTABILITY: "How far did you stand by what you did today?",
    Pillar.TRUST: "How far did you act in trust today?",
    Pillar.WIN_WIN: "How far did you look for what serves both today?",
    None: "How far did you live this today?",
}
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
        labels = tuple((str(number), label) for number, label in enumerate(RATING_LABELS, 1))
        return StepView(ask=RATING[session.pillar], options=labels)
    if step.kind is StepKind.PROMISE:
        return StepView(
            ask="One small thing you want to do?",
            help="Only if there is one. With a day, it will be asked about when that day comes.",
        )
    assert step.prompt is not None
    above = ""
    if session.pack and session.questions and step.id == session.questions[0].id:
        above = pick(session.pack.opening, session)
    if step.is_follow_up:
        above = _echo(session)
    if step.kind is StepKind.CLOSING:
        above = "Looking back at what you wrote"
    return StepView(
        above=clean(above),
        ask=clean(step.prompt.ask),
        help=clean(step.prompt.help),
        example=_example(step.prompt),
        options=offered if step.answer_kind in (Kind.CHOICE, Kind.SCALE) else (),
    )


def _echo(session: Session) -> str:
    """The writer's last words, which a follow-up follows on."""
    reply = session.before()
    last = clean_line(reply.text[-400:])
    return f"“{last if len(last) <= 90 else '…' + last[-88:].partition(' ')[2]}”" if last else ""


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
        meant = did_you_mean(words.strip(), ["today", "tomorrow", *WEEKDAYS, *MONTHS])
        return f"not a date yet{meant}: try friday, in three days, 24 december", False
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
