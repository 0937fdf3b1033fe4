"""The nouns beside entries: people, promises, answers to patterns, marks; named as `journal_tui.model.Person`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


# -- what the writer says of the mirror ------------------------------------------------------------


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
