"""Finding entries: by words, pillar, person, tag and span of days."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from journal_tui.model import Entry, Pillar
from journal_tui.text import fold, has_word, query_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to let through; whatever is not set lets everything through."""

    words: str = ""
    """All of these words (or beginnings, or "quoted phrases") stand in the entry."""
    pillar: Pillar | None = None
    person: str = ""
    """Named in the text, with or without @."""
    tag: str = ""
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    """The newest so many."""

    @property
    def is_open(self) -> bool:
        """Lets every entry through."""
        return replace(self, limit=None) == Filter()


class Searcher:
    """Searches entries, keeping the folded text of each as long as the entry stays the same object."""

    def __init__(self) -> None:
        self._folded: dict[str, tuple[Entry, str]] = {}

    def warm(self, entries: Iterable[Entry]) -> None:
        """Folds what is not folded yet."""
        for entry in entries:
            self._text(entry)

    def _text(self, entry: Entry) -> str:
        kept = self._folded.get(entry.id)
        if kept and kept[0] is entry:
            return kept[1]
        parts = [part for answer in entry.answers for part in (answer.text, answer.ask, *answer.choice) if part]
        folded = fold(unicodedata.normalize("NFC", "\n".join((*parts, *entry.tags))))
        self._folded[entry.id] = (entry, folded)
        return folded

    def find(self, entries: Iterable[Entry], filter: Filter) -> list[Entry]:
        """What `filter` lets through of `entries`, in their order, blank ones never; no more are read than needed."""
        words = query_words(filter.words)
        found: list[Entry] = []
        for entry in entries:
            if filter.limit is not None and len(found) >= filter.limit:
                break
            if self._passes(entry, filter, words):
                found.append(entry)
        return found

    def _passes(self, entry: Entry, filter: Filter, words: Sequence[str]) -> bool:
        if filter.pillar and entry.pillar is not filter.pillar:
            return False
        if filter.since and (entry.day is None or entry.day < filter.since):
            return False
        if filter.until and (entry.day is None or entry.day > filter.until):
            return False
        if filter.tag and filter.tag.removeprefix("#").lower() not in entry.tags:
            return False
        if words:
            text = self._text(entry)
            if not all(word in text for word in words):
                return False
        if filter.person and not has_word(self._text(entry), filter.person.removeprefix("@")):
            return False
        return not entry.is_blank
