"""What a session is made of: the things asked, and what was given for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from journal_tui.model import Commitment, Kind, Prompt, Quote, Status


class StepKind(StrEnum):
    DUE = "due"
    """A promise whose day has come: what became of it?"""
    NEW_DAY = "new day"
    """The day to which it is moved."""
    QUESTION = "question"
    PAGE = "page"
    """Free writing, no question."""
    CLOSING = "closing"
    RATING = "rating"
    PROMISE = "promise"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing asked. `id` names its reply."""

    id: str
    kind: StepKind
    prompt: Prompt | None = None
    commitment: Commitment | None = None
    quote: Quote | None = None
    """Earlier words that the question is laid beside."""
    is_follow_up: bool = False

    @property
    def answer_kind(self) -> Kind:
        """What kind of answer it takes."""
        if self.kind is StepKind.DUE:
            return Kind.CHOICE
        if self.kind is StepKind.RATING:
            return Kind.SCALE
        if self.kind in (StepKind.PROMISE, StepKind.NEW_DAY):
            return Kind.PROMISE
        return self.prompt.kind if self.prompt else Kind.TEXT


@dataclass(frozen=True, slots=True)
class Reply:
    """What was given for one step; an empty one that is not `skipped` was passed over in silence."""

    text: str = ""
    choice: str = ""
    """Key of the option, a number from 1 to 5, or a `Status`."""
    due: str = ""
    """For a promise: its date, in the writer's words."""
    skipped: bool = False
    passed: bool = False
    """The writer has gone on from here."""

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.choice or self.due.strip())


NO_REPLY = Reply()
END = Step("end", StepKind.END)
PROMISE = Step("promise", StepKind.PROMISE)
RATING = Step("rating", StepKind.RATING)
PAGE = Step("page", StepKind.PAGE)

MOVE = "m"
"""Key of the answer that moves a promise to another day."""
DUE_ANSWERS = {status.value[0]: status for status in Status}
"""Key to what became of a promise."""
