"""The nouns of packs, and of the questions that were put; named as `journal_tui.model.Pack`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from journal_tui.model import Entry, Pillar


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"
    SCALE = "scale"
    LIST = "list"
    PROMISE = "promise"


class Depth(StrEnum):
    LIGHT = "light"
    MIDDLE = "middle"
    DEEP = "deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: `key` picks it, `signal` is what it tells the mirror (empty: nothing)."""

    key: str
    label: str
    signal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a follow-up or a closing question is fitting. What is not said does not matter."""

    mentions: tuple[str, ...] = ()
    """Any of these words (or beginnings of words ending in ``*``) stands in the text."""
    option: str = ""
    """The option with this key was chosen."""
    longer_than: int | None = None
    """Words."""
    shorter_than: int | None = None
    """Words."""
    person: bool | None = None
    """Somebody is named (or nobody is)."""
    rating_at_least: int | None = None
    rating_at_most: int | None = None
    tags: tuple[str, ...] = ()
    """For closing questions: a question with one of these tags was answered."""


class Asked(StrEnum):
    """When the questions of a pack come up."""

    ROUND = "round"
    """In the round of its pillar; without a pillar when it is chosen."""
    FIRST_DAYS = "first-days"
    """Offered to a new writer, one sitting a day in the order of the file."""
    WEEKLY = "weekly"
    """Offered once a week."""


class Recall(StrEnum):
    """Which of the week's own words a question is laid beside."""

    OPEN = "open"
    """A sentence on something that was left open, or asked without an answer."""
    HARD = "hard"
    """From the day that was rated lowest, or was heavy."""
    GOOD = "good"
    """From the day that was rated highest, or was light."""
    LONGEST = "longest"
    """From the entry with the most words."""
    SHORTEST = "shortest"
    """All of the entry with the fewest words."""
    PERSON = "person"
    """A sentence with the person named in most entries."""
    UNSAID = "unsaid"
    """From an entry in which something was kept in."""
    PROMISE = "promise"
    """A promise made or due this week."""
    SKIPPED = "skipped"
    """A question that was passed over."""
    EARLIER = "earlier"
    """A sentence of some weeks ago that this week's words come back to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Earlier words that a question is laid beside."""

    text: str
    """An exact part of them."""
    entry: str
    """Id of the entry they come from."""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When a prompt may be asked at all. What is not said does not matter."""

    after_entries: int = 0
    """Days with writing."""
    weekdays: tuple[int, ...] = ()
    """Monday is 0."""
    months: tuple[int, ...] = ()
    """January is 1."""
    due_promise: bool = False
    """Only on a day on which a promise is due."""
    focus: bool = False
    """Only while one of the prompt's patterns is a focus."""

    def allows(self, today: date, entries: int) -> bool:
        """Whether the calendar and the writing so far allow it."""
        return (
            entries >= self.after_entries
            and (not self.weekdays or today.weekday() in self.weekdays)
            and (not self.months or today.month in self.months)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How a pack asks how much of it was lived that day."""

    ask: str
    labels: tuple[str, ...] = ()
    """Five, for 1 to 5; empty: the program's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A further question that an answer may open."""

    when: Condition
    prompt: str
    """Qualified id of the prompt asked next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One question."""

    id: str
    """``pack/prompt``, stable for ever: answers refer to it."""
    ask: str
    help: str = ""
    example: str = ""
    kind: Kind = Kind.TEXT
    depth: Depth = Depth.MIDDLE
    tags: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    signal: str = ""
    """Told by an answer in words (``saw_their_side``)."""
    signal_if_empty: str = ""
    """Told by leaving it empty (``their_side_blank``)."""
    follow_ups: tuple[FollowUp, ...] = ()
    patterns: tuple[str, ...] = ()
    """Kinds of patterns (`PATTERNS`); it is asked more often while one of them is a focus."""
    recall: Recall | None = None
    """It is asked only where there are such words, and laid beside them."""
    when: When = field(default_factory=When)
    fitting: tuple[Condition, ...] = ()
    """For closing questions: asked only when the entry meets one of these; empty: always."""
    only_follow_up: bool = False
    """Asked only as a follow-up, never by itself."""
    language: str = ""
    """Where it is another than that of the pack it is met in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A set of questions on one pillar (or on none), read from one file."""

    id: str
    title: str
    pillar: Pillar | None
    language: str
    about: str
    prompts: tuple[Prompt, ...]
    closing: tuple[Prompt, ...] = ()
    opening: tuple[str, ...] = ()
    """Lines of arrival."""
    affirmations: tuple[str, ...] = ()
    """Lines for the closing page."""
    sources: tuple[str, ...] = ()
    asked: Asked = Asked.ROUND
    rating: Rating | None = None
    promise: str = ""
    """How it asks for a promise at the end; empty: as the program does."""
    file: str = ""
    own: bool = False
    """From the user's folder, not one of ours."""

    def prompt(self, id: str) -> Prompt | None:
        """The prompt or closing question with this qualified id."""
        return next((p for p in (*self.prompts, *self.closing) if p.id == id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """That a question was put, or something written without one; what rotation needs to know of the past."""

    day: date
    prompt: str
    """Empty: free writing."""
    pillar: Pillar | None
    skipped: bool = False


def visits(entries: Sequence[Entry]) -> list[Visit]:
    """Every question that `entries` answer to or skip, and what they hold without one, in the order of the entries."""
    return [
        Visit(day=e.day, prompt=a.prompt, pillar=e.pillar, skipped=a.skipped)
        for e in entries
        if e.day is not None
        for a in e.answers
    ]
