"""Everything the mirror shows, in one value."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from journal_tui.insights.balance import PillarBalance, WeekRating, pillar_balance, rhythm, weekly_ratings, written
from journal_tui.insights.kept import Readings
from journal_tui.insights.languages import WITHOUT_SPACES, main_language
from journal_tui.insights.material import material
from journal_tui.insights.patterns import Finding, find_patterns
from journal_tui.insights.people import Person, find_names
from journal_tui.insights.promises import Promises, find_promises
from journal_tui.insights.reading import Reading
from journal_tui.insights.themes import LEAST_ENTRIES, Theme, find_themes, week_of
from journal_tui.insights.vocabulary import vocabulary
from journal_tui.model import Commitment, Entry, Judgement, Mark
from journal_tui.model import Person as Joined
from journal_tui.people import find_people

_PROGRESS_EVERY = 25
"""Entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many entries tell a signal."""

    signal: str
    entries: int
    of: int
    """Entries with text."""
    weeks: int
    """ISO weeks."""


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
    patterns: tuple[Finding, ...]
    """Steady ones first."""
    muted: tuple[Finding, ...]
    """To which the writer said "not me"."""
    withheld: bool
    """Somebody is being hurt: nothing is said of who gave way, whose doing it was, or of the other side."""
    signals: tuple[Counted, ...]
    """What was heard in the wording, or chosen, those in most entries first."""
    ratings: tuple[WeekRating, ...]
    rhythm: tuple[bool, ...]
    """Which of the last 14 days have writing, the day of the report being the last."""


def build(
    entries: Sequence[Entry],
    commitments: Sequence[Commitment],
    *,
    today: date,
    people: Sequence[Joined] = (),
    judgements: Sequence[Judgement] = (),
    marks: Sequence[Mark] = (),
    kept: Readings | None = None,
    language: str = "en",
    on_progress: Callable[[int, int], object] | None = None,
) -> Report:
    """The report on `entries` as they stood on `today`; their order does not matter.

    Args:
        today: nothing of a later day is seen. Undated entries always are.
        people: whose names the writer joined.
        judgements: what the writer said of patterns, in that order.
        marks: words that the writer marked as examples of a signal.
        kept: readings from before; those made now join them.
        language: what the entries are taken to be written in where most of them do not tell, as "en".
        on_progress: called now and then with the entries read and the entries to read. To stop,
            raise from it: whatever it raises comes out of here, and nothing is left half done.
    """
    seen = [entry for entry in entries if entry.day is None or entry.day <= today]
    with_text = [entry for entry in seen if entry.text.strip()]
    kept = kept or Readings()
    language = main_language(map(kept.language, with_text), language)
    readings = []
    for done, entry in enumerate(with_text, start=1):
        readings.append(kept.of(entry, language))
        if on_progress and (done % _PROGRESS_EVERY == 0 or done == len(with_text)):
            on_progress(done, len(with_text))
    names = find_names(readings, language, people)
    texts = {entry.id: entry.text for entry in with_text}
    promises = find_promises(commitments, today)
    patterns = find_patterns(
        material(seen, readings, promises.all, names, joined=people, marks=marks, language=language), judgements, today
    )
    return Report(
        as_of=today,
        language=language,
        entries=len(written(seen)),
        themes=find_themes(readings, texts, names=names),
        people=_people(names.people, written(seen), people, language),
        pillars=pillar_balance(seen),
        promises=promises,
        patterns=patterns.shown,
        muted=patterns.muted,
        withheld=patterns.withheld,
        signals=_signals(seen, readings),
        ratings=weekly_ratings(seen),
        rhythm=rhythm(seen, today),
    )


def _people(
    named: Sequence[Person], entries: Sequence[Entry], joined: Sequence[Joined], language: str
) -> tuple[Person, ...]:
    """People with the entries that `people` and `list` count for them, those in most entries first: where their name is
    written with a small letter, or only noted beside the words, too."""
    languages = dict.fromkeys((language, "en")) if named else ()  # what `people` finds, which takes English, comes last
    known = {one.name: one for one_of in languages for one in find_people(entries, joined, one_of)}
    told = []
    for person in named:
        if (one := known.get(person.name)) and one.entries:
            days = sorted(entry.day for entry in one.entries if entry.day)
            first, last = (days[0], days[-1]) if days else (None, None)
            person = replace(person, entries=len(one.entries), first=first, last=last)
        told.append(replace(person, of=len(entries)))
    return tuple(sorted(told, key=lambda person: (-person.entries, person.key)))


def _signals(entries: Sequence[Entry], readings: Sequence[Reading]) -> tuple[Counted, ...]:
    days: defaultdict[str, dict[str, date | None]] = defaultdict(dict)
    for entry in entries:
        for signal in entry.signals:
            days[signal][entry.id] = entry.day
    for reading in readings:
        for sentence in reading.sentences:
            for heard in sentence.heard:
                days[heard.signal][reading.id] = reading.day
    return tuple(
        Counted(signal=signal, entries=len(told), of=len(readings), weeks=len({week_of(d) for d in told.values() if d}))
        for signal, told in sorted(days.items(), key=lambda item: (-len(item[1]), item[0]))
    )


# -- for other programs ----------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    """Dataclasses as dicts, dates in ISO form, tuples as lists."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
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


def _pattern(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = _plain(finding)
    return found | {"target": finding.target or None, "name": finding.name}


def to_json(report: Report) -> dict[str, Any]:
    """The report as values that ``json`` can write.

    Themes, people, pillars and ratings have the fields of their dataclasses; each list of promises
    holds ``id, entry, text, made, due, status``.
    """
    return {
        "as_of": report.as_of.isoformat(),
        "entries": report.entries,
        "themes": _plain(report.themes),
        "patterns": [_pattern(finding) for finding in report.patterns],
        "pillars": _plain(report.pillars),
        "people": _plain(report.people),
        "promises": _promises(report.promises),
        "signals": _plain(report.signals),
        "ratings": _plain(report.ratings),
    }


# -- for people ------------------------------------------------------------------------------------

_SO_FAR = ("nothing yet", "one", "two")


def _no_themes(report: Report) -> str:
    if report.entries < LEAST_ENTRIES:
        return f"Themes appear from the third entry on. You have written {_SO_FAR[report.entries]}."
    if report.language in WITHOUT_SPACES:
        name = WITHOUT_SPACES[report.language][0]
        return f"Themes cannot be found in {name}: its words stand without spaces. Everything else is here."
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
