"""What leaves the journal: the entries that were asked for, and what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from journal_tui.model import Commitment, Entry, Judgement, Mark, Person
from journal_tui.store.journal import Journal
from journal_tui.store.search import Filter
from journal_tui.text import listed, plural

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One export, before it has a form."""

    entries: Sequence[Entry]
    """Oldest first, before them those without a day; blank ones only in a whole export."""
    commitments: Sequence[Commitment] = ()
    people: Sequence[Person] = ()
    judgements: Sequence[Judgement] = ()
    marks: Sequence[Mark] = ()
    made: datetime
    is_whole: bool = True
    """Nothing but the trash and earlier versions stays behind."""

    def readable(self) -> list[tuple[Entry, list[Commitment]]]:
        """The entries that a reader finds something in, each with the promises made in it."""
        promises: dict[str, list[Commitment]] = {}
        for promise in self.commitments:
            promises.setdefault(promise.entry, []).append(promise)
        return [(e, promises.get(e.id, [])) for e in self.entries if not e.is_blank or e.id in promises]


def gather(journal: Journal, filter: Filter) -> Contents:
    """What `filter` lets through. Of a part, only the promises and marks of its entries go along: joined names and
    answers to patterns speak of the rest too.

    Raises:
        JournalError: the journal cannot be read.
    """
    if filter.is_open and filter.limit is None:
        return Contents(
            entries=journal.entries(),
            commitments=journal.promises.all(),
            people=journal.people.all(),
            judgements=journal.judgements.all(),
            marks=journal.marks.all(),
            made=journal.now(),
        )
    entries = journal.find(filter)[::-1]
    ids = {entry.id for entry in entries}
    return Contents(
        entries=entries,
        commitments=[promise for promise in journal.promises.all() if promise.entry in ids],
        marks=[mark for mark in journal.marks.all() if mark.entry in ids],
        made=journal.now(),
        is_whole=False,
    )


# -- what a form has no place for ------------------------------------------------------------------


def _of(what: str, has: Callable[[Entry], object]) -> Callable[[Contents], str]:
    def told(contents: Contents) -> str:
        count = sum(bool(has(entry)) for entry in contents.entries)
        return f"{what} of {plural(count, 'entry', 'entries')}" if count else ""

    return told


def _counted(one: str, many: str, among: Callable[[Contents], Sequence[object]]) -> Callable[[Contents], str]:
    return lambda contents: plural(len(found), one, many) if (found := among(contents)) else ""


FACETS: Mapping[str, Callable[[Contents], str]] = {
    "pillars": _of("the pillar", lambda entry: entry.pillar),
    "ratings": _of("the rating", lambda entry: entry.rating),
    "tags": _of("the tags", lambda entry: entry.tags),
    "people": _of("the people noted beside", lambda entry: entry.people),
    "stars": _of("the star", lambda entry: entry.starred),
    "questions": _of("the questions", lambda entry: any(answer.ask and answer.words for answer in entry.answers)),
    "quotes": _of("the earlier words quoted", lambda entry: any(answer.quote for answer in entry.answers)),
    "promises": _counted("promise", "promises", lambda contents: contents.commitments),
    "names": _counted("person with several names", "people with several names", lambda contents: contents.people),
    "judgements": _counted("answer to a pattern", "answers to patterns", lambda contents: contents.judgements),
    "marks": _counted("marked passage", "marked passages", lambda contents: contents.marks),
}
"""What there may be beside the words, and how it is told that it stayed behind; empty: there was nothing of it."""

EVERYTHING = frozenset(FACETS)


def left_behind(contents: Contents, carries: frozenset[str]) -> str:
    """What of `contents` a form that carries these facets has no place for; empty: nothing."""
    return listed(filter(None, (told(contents) for name, told in FACETS.items() if name not in carries)))


# -- words in text files ---------------------------------------------------------------------------


def writable(text: str) -> str:
    """`text` as a text file in UTF-8 can hold it: for NUL and half a surrogate pair a sign stands."""
    return _UNWRITABLE.sub(lambda found: "\u2400" if found.group() == "\0" else "\ufffd", text)


def unwritable(contents: Contents) -> str:
    """A line on the entries that `writable` changes; empty: there are none."""
    count = sum(any(_UNWRITABLE.search(answer.words) for answer in entry.answers) for entry in contents.entries)
    if not count:
        return ""
    return f"{plural(count, 'entry', 'entries')} with characters that no text file holds: � or ␀ stands for each"
