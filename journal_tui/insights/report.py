"""Everything the mirror shows, in one value."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from journal_tui.insights.balance import PillarBalance, WeekRating, pillar_balance, rhythm, weekly_ratings, written
from journal_tui.insights.people import Person, find_names
from journal_tui.insights.promises import Promises, find_promises
from journal_tui.insights.reading import read
from journal_tui.insights.themes import LEAST_ENTRIES, Theme, find_themes
from journal_tui.insights.vocabulary import vocabulary
from journal_tui.model import Commitment, Entry
from journal_tui.model import Person as Joined

_PROGRESS_EVERY = 25
"""Entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the journal shows on one day."""

    as_of: date
    language: str
    entries: int
    """Entries that hold anything."""
    themes: tuple[Theme, ...]
    people: tuple[Person, ...]
    pillars: tuple[PillarBalance, ...]
    promises: Promises
    ratings: tuple[WeekRating, ...]
    rhythm: tuple[bool, ...]
    """Which of the last 14 days have writing, the day of the report being the last."""


def build(
    entries: Sequence[Entry],
    commitments: Sequence[Commitment],
    *,
    today: date,
    people: Iterable[Joined] = (),
    language: str = "en",
    on_progress: Callable[[int, int], None] | None = None,
) -> Report:
    """The report on `entries` as they stood on `today`; their order does not matter.

    Args:
        today: nothing of a later day is seen. Undated entries always are.
        people: whose names the writer joined.
        language: what the entries are written in, as "en". Others have no themes yet.
        on_progress: called now and then with the entries read and the entries to read. To stop,
            raise from it: whatever it raises comes out of here, and nothing is left half done.
    """
    seen = [entry for entry in entries if entry.day is None or entry.day <= today]
    with_text = [entry for entry in seen if entry.text.strip()]
    readings = []
    for done, entry in enumerate(with_text, start=1):
        readings.append(read(entry, language))
        if on_progress and (done % _PROGRESS_EVERY == 0 or done == len(with_text)):
            on_progress(done, len(with_text))
    names = find_names(readings, language, people)
    texts = {entry.id: entry.text for entry in with_text}
    return Report(
        as_of=today,
        language=language,
        entries=len(written(seen)),
        themes=find_themes(readings, texts, names=names, language=language),
        people=names.people,
        pillars=pillar_balance(seen),
        promises=find_promises(commitments, today),
        ratings=weekly_ratings(seen),
        rhythm=rhythm(seen, today),
    )


# -- for other programs ----------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    """Dataclasses as dicts, dates in ISO form, tuples as lists."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _promise(promise: Commitment) -> dict[str, Any]:
    return {
        "id": promise.id,
        "entry": promise.entry,
        "text": promise.text,
        "made": promise.made.isoformat(),
        "due": promise.due.isoformat() if promise.due else None,
        "status": promise.status.value if promise.status else None,
    }


def _promises(promises: Promises) -> dict[str, Any]:
    lists = ("kept", "partly", "not_yet", "let_go", "open", "due")
    return {"total": promises.total} | {name: [_promise(p) for p in getattr(promises, name)] for name in lists}


def to_json(report: Report) -> dict[str, Any]:
    """The report as values that ``json`` can write.

    Themes, people, pillars and ratings have the fields of their dataclasses; each list of promises
    holds ``id, entry, text, made, due, status``.
    """
    return {
        "as_of": report.as_of.isoformat(),
        "entries": report.entries,
        "themes": _plain(report.themes),
        "patterns": [],
        "pillars": _plain(report.pillars),
        "people": _plain(report.people),
        "promises": _promises(report.promises),
        "ratings": _plain(report.ratings),
    }


# -- for people ------------------------------------------------------------------------------------

_SO_FAR = ("nothing yet", "one", "two")


def _no_themes(report: Report) -> str:
    if report.entries < LEAST_ENTRIES:
        return f"Themes appear from the third entry on. You have written {_SO_FAR[report.entries]}."
    if vocabulary(report.language) is None:
        return f'We cannot find themes in the language "{report.language}" yet. Everything else is here.'
    return "No theme yet. One appears when something comes up in three entries, over two weeks or more."


def missing(report: Report) -> list[str]:
    """What is not there yet and when it will be, one line each."""
    lines = []
    if not report.themes:
        lines.append(_no_themes(report))
    if not any(row.entries for row in report.pillars):
        lines.append("The balance of the pillars appears with the first entry written for one.")
    if not report.people:
        lines.append("People appear when you name them: @Anna, or my sister.")
    if not report.ratings:
        lines.append("Ratings over time appear once you have rated a day, from 1 to 5.")
    if not report.promises.total:
        lines.append("Promises appear once you make one at the end of an entry.")
    return lines
