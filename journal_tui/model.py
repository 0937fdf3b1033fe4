"""The nouns of the journal. Frozen values, no input or output."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum


class JournalError(Exception):
    """Something a person can understand and act on.

    The message is one line that says what happened, where, and what to do.
    """

    exit_code = 1


class UsageError(JournalError):
    """The request itself cannot be understood (an unknown pillar, a date that is none)."""

    exit_code = 2


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of an error line: `` (did you mean "x"?)``, or nothing when no name comes near."""
    close = get_close_matches(word.casefold(), list(known), n=1, cutoff=0.6)
    return f' (did you mean "{close[0]}"?)' if close else ""


# -- pillars ---------------------------------------------------------------------------------------


class Pillar(StrEnum):
    """One of the seven things that healthy relationships have."""

    RESPECT = "respect"
    BOUNDARIES = "boundaries"
    COMMUNICATION = "communication"
    RESPONSIBILITY = "responsibility"
    ACCOUNTABILITY = "accountability"
    TRUST = "trust"
    WIN_WIN = "win-win"

    @property
    def title(self) -> str:  # type: ignore[override]
        return "Win-win" if self is Pillar.WIN_WIN else self.value.capitalize()

    @classmethod
    def named(cls, name: str) -> Pillar:
        """The pillar meant by `name`: its id, its title, or a beginning of it that fits only one.

        Raises:
            UsageError: no pillar, or more than one, is meant.
        """
        wanted = re.sub(r"[^a-z]+", "-", name.strip().casefold()).strip("-")
        exact = [p for p in cls if p.value == wanted]
        begins = [p for p in cls if wanted and (p.value.startswith(wanted) or wanted.startswith(p.value))]
        found = exact or begins
        if len(found) == 1:
            return found[0]
        names = [p.value for p in cls]
        raise UsageError(f'no pillar is called "{name}"{did_you_mean(wanted, names)}: choose from {", ".join(names)}')


# -- entries ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was written or chosen for one question. Without a prompt it is free writing."""

    text: str = ""
    prompt: str = ""
    """Stable id of the question, ``pack/prompt``; empty for free writing."""
    ask: str = ""
    """The question as it was put that day: packs change, the entry does not."""
    choice: tuple[str, ...] = ()
    """Labels of the chosen options."""
    signals: tuple[str, ...] = ()
    """What the chosen options tell the mirror, for example ``gave_way``."""
    skipped: bool = False
    quote: str = ""
    """The writer's earlier words that the question was laid beside, exactly."""
    quoted: str = ""
    """Id of the entry they come from."""

    @property
    def words(self) -> str:
        """All that is to be read: the text, or what was chosen."""
        return self.text or " · ".join(self.choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an imported entry came from; `fingerprint` recognises it when it comes again."""

    format: str
    fingerprint: str
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the journal."""

    id: str
    """Unique and ordered by the time of writing."""
    created: datetime
    """When it came into this journal, with its zone."""
    day: date | None
    """The journal day it belongs to (a day ends when the writer sleeps); None when it is not known."""
    moment: datetime | None = None
    """The time it tells of, with a zone if one is known; None when only the day is known."""
    pillar: Pillar | None = None
    answers: tuple[Answer, ...] = ()
    rating: int | None = None
    """How much the pillar was lived that day, 1 to 5."""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Names of those it is about, as the writer noted them."""
    starred: bool = False
    edited: datetime | None = None
    source: Source | None = None

    @property
    def text(self) -> str:
        """Every word of the writer's own, answers parted by an empty line."""
        return "\n\n".join(a.text for a in self.answers if a.text)

    @property
    def is_blank(self) -> bool:
        """Nothing was written, chosen or rated: every question was skipped."""
        for answer in self.answers:  # no generator: this is asked of every entry at every letter of a search
            if answer.text or answer.choice:
                return False
        return self.rating is None

    @property
    def signals(self) -> tuple[str, ...]:
        return tuple(signal for answer in self.answers for signal in answer.signals)

    @property
    def heading(self) -> str:
        """One line that stands for the entry in a list: the first that was written; after an ellipsis where it goes on
        with a sentence that the question begins."""
        for answer in self.answers:
            for line in answer.text.splitlines():
                if line.strip():
                    return f"…{line.strip().lstrip('… .')}" if answer.ask.endswith(("…", "...")) else line.strip()
        return next((a.words for a in self.answers if a.words), "")

    def sort_key(self) -> tuple[date, datetime, str]:
        """Orders entries by the day they tell of, then the hour, then the order of writing.

        Undated entries come first. Wall-clock times are compared as written: zones do not reorder a day.
        """
        moment = self.moment.replace(tzinfo=None) if self.moment else datetime.min
        return (self.day or date.min, moment, self.id)


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags lower-cased, without a leading ``#``, each once, in their order."""
    return tuple(dict.fromkeys(t for tag in tags if (t := tag.strip().removeprefix("#").strip().lower())))


# -- people ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom the writer calls by several names, joined by the writer."""

    name: str
    """What they are called here."""
    also: tuple[str, ...] = ()
    """The other names and spellings."""


# -- promises --------------------------------------------------------------------------------------


class Status(StrEnum):
    """What became of a promise, as its writer says."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not yet"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One answer to "did it happen?"."""

    on: date
    status: Status
    ask_again: date | None = None
    """The day to ask again; only with ``not yet``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A small promise made at the end of an entry."""

    id: str
    entry: str
    """Id of the entry it was made in."""
    text: str
    made: date
    due: date | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def status(self) -> Status | None:
        """The latest answer, None while nothing was said."""
        return self.outcomes[-1].status if self.outcomes else None

    @property
    def is_open(self) -> bool:
        return self.status in (None, Status.NOT_YET)

    @property
    def day(self) -> date | None:
        """The day on which to ask about it: its own, or the one it was moved to."""
        moved = self.outcomes[-1].ask_again if self.outcomes else None
        return moved or self.due

    def is_due(self, today: date) -> bool:
        """Whether to ask about it: open, and its day has come."""
        return self.is_open and self.day is not None and self.day <= today


# -- prompts ---------------------------------------------------------------------------------------


PATTERNS = (
    "say_do_gap",
    "avoided_pillar",
    "rating_text_mismatch",
    "absolutist_criticism",
    "blame_over_ownership",
    "recurring_unresolved",
    "one_sided_account",
    "one_sided_compromise",
    "person_negative",
    "self_silencing",
)
"""The kinds of patterns that the mirror knows."""


SIGNALS = (
    "gave_way",
    "they_gave_way",
    "both_gave",
    "spoke_up",
    "kept_quiet",
    "own_part",
    "their_part",
    "both_part",
    "saw_their_side",
    "their_side_blank",
    "settled",
    "still_open",
)
"""What an option of a question, or words that the writer marked, may tell the mirror."""


class Verdict(StrEnum):
    """What the writer says of a pattern that the mirror found."""

    RINGS_TRUE = "rings true"
    PARTLY = "partly"
    NOT_ME = "not me"
    NOT_NOW = "not now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One answer to one pattern."""

    kind: str
    """One of `PATTERNS`."""
    target: str
    """A person, a pillar or a theme as the mirror named it; empty: the pattern is about nobody and nothing."""
    verdict: Verdict
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words that the writer marked as an example of a signal; the mirror knows them from then on."""

    id: str
    entry: str
    """Id of the entry they stand in."""
    words: str
    """An exact part of its text."""
    signal: str
    """One of `SIGNALS`."""
    on: date


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


class Pace(StrEnum):
    """How much time the writer has."""

    SHORT = "two minutes"
    MEDIUM = "ten minutes"
    LONG = "as long as it takes"


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
