"""What became of the promises, as their writer says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from journal_tui.model import Commitment, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """Promises by their latest answer, each list in the order they were made."""

    kept: tuple[Commitment, ...]
    partly: tuple[Commitment, ...]
    not_yet: tuple[Commitment, ...]
    let_go: tuple[Commitment, ...]
    open: tuple[Commitment, ...]
    """Never answered yet."""
    due: tuple[Commitment, ...]
    """Those to ask about: their day has come, and they are neither kept nor let go."""
    all: tuple[Commitment, ...]

    @property
    def total(self) -> int:
        return len(self.all)


def find_promises(commitments: Sequence[Commitment], today: date) -> Promises:
    """The promises as they stood on `today`: what was made or answered later is not seen."""
    known = sorted(
        (
            replace(c, outcomes=tuple(outcome for outcome in c.outcomes if outcome.on <= today))
            for c in commitments
            if c.made <= today
        ),
        key=lambda c: (c.made, c.id),
    )

    def with_status(status: Status) -> tuple[Commitment, ...]:
        return tuple(c for c in known if c.status is status)

    return Promises(
        kept=with_status(Status.KEPT),
        partly=with_status(Status.PARTLY),
        not_yet=with_status(Status.NOT_YET),
        let_go=with_status(Status.LET_GO),
        open=tuple(c for c in known if c.status is None),
        due=tuple(c for c in known if c.is_due(today)),
        all=tuple(known),
    )


def still_open(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Those that wait: by the day to ask about them, the ones without a day last."""
    found = [promise for promise in commitments if promise.is_open]
    return sorted(found, key=lambda promise: (promise.day or date.max, promise.made, promise.id))


def answered(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Those that were kept, partly kept or let go, the latest answer first."""
    found = [promise for promise in commitments if not promise.is_open]
    return sorted(found, key=lambda promise: (promise.outcomes[-1].on, promise.made, promise.id), reverse=True)
