"""Finding entries: by words, pillar, person, tag, rating, star and days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from journal_tui.model import Entry, Pillar
from journal_tui.text import fold, query_words

if TYPE_CHECKING:
    from journal_tui.store.headings import Known
    from journal_tui.store.index import Record

_Headed = TypeVar("_Headed", "Record", "Known")
"""What has a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to let through; whatever is not set lets everything through."""

    words: str = ""
    """All of these words (or beginnings, or "quoted phrases") stand in the entry."""
    pillar: Pillar | None = None
    person: str = ""
    """Named in the text or noted beside it, with or without @, by any of the names that were joined."""
    tag: str = ""
    since: date | None = None
    until: date | None = None
    on_day: tuple[int, int] | None = None
    """This month and day, in every year."""
    rating: tuple[int, int] | None = None
    """The least and the most."""
    starred: bool = False
    """Only those with a star."""
    limit: int | None = None
    """The newest so many."""

    @property
    def is_open(self) -> bool:
        """Lets every entry through."""
        return replace(self, limit=None) == Filter()

    def passes(self, entry: Entry) -> bool:
        """What `candidates` do not know: pillar, tag, rating, star, and that there is something to read."""
        if self.pillar and entry.pillar is not self.pillar:
            return False
        if self.tag and self.tag.removeprefix("#").lower() not in entry.tags:
            return False
        if self.rating and not (entry.rating and self.rating[0] <= entry.rating <= self.rating[1]):
            return False
        if self.starred and not entry.starred:
            return False
        return not entry.is_blank


def narrows(new: Filter, old: Filter) -> bool:
    """Whether `new` lets through nothing that `old` does not, limits aside: the same, with more of the words."""
    if replace(new, words="", limit=None) != replace(old, words="", limit=None):
        return False
    wanted = query_words(new.words)
    return all(any(word in longer for longer in wanted) for word in query_words(old.words))


def candidates(records: Iterable[Record], filter: Filter, names: Iterable[str] = ()) -> Iterator[Record]:
    """Those of `records`, in their order, that have the words, the person and the day; each is looked at when its
    turn comes.

    Args:
        names: all that the person is called.
    """
    found = in_days(records, filter)
    for word in sorted(query_words(filter.words), key=len, reverse=True):  # a long one leaves least to the others
        found = _with(found, _encode(word))
    if filter.person:
        found = _naming(found, list(names) or [filter.person.removeprefix("@")])
    return found


def in_days(records: Iterable[_Headed], filter: Filter) -> Iterator[_Headed]:
    """Those of `records`, in their order, that have the day."""
    found = iter(records)
    if filter.since:
        found = _on_or_after(found, filter.since.isoformat())
    if filter.until:
        found = _until(found, filter.until.isoformat())
    if filter.on_day:
        found = _on(found, "-{:02}-{:02}".format(*filter.on_day))
    return found


def _on_or_after(records: Iterator[_Headed], day: str) -> Iterator[_Headed]:
    return (record for record in records if record.heading.day >= day)


def _until(records: Iterator[_Headed], day: str) -> Iterator[_Headed]:
    return (record for record in records if "" < record.heading.day <= day)


def _on(records: Iterator[_Headed], end: str) -> Iterator[_Headed]:
    return (record for record in records if record.heading.day.endswith(end))


def _with(records: Iterator[Record], word: bytes) -> Iterator[Record]:
    if not can_be_told_unread(word):
        return (record for record in records if word in record.folded())
    return (record for record in records if record.may_hold(word) and word in record.folded())


def _naming(records: Iterator[Record], names: Sequence[str]) -> Iterator[Record]:
    from journal_tui.people import wording

    wordings = [wording(name) for name in names]
    stems = [_encode(stem) for wanted in wordings for stem in wanted.stems]
    patterns = [re.compile(pattern) for wanted in wordings for pattern in wanted.patterns]
    for record in records:
        folded = record.folded()
        if any(stem in folded for stem in stems):
            text = _decode(folded)
            if any(pattern.search(text) for pattern in patterns):
                yield record


def can_be_told_unread(word: bytes) -> bool:
    """Whether JSON writes this folded word as it is, but for capitals: ASCII letters, digits and blanks."""
    return word.replace(b" ", b"").isalnum()


def may_fold(raw: bytes) -> bool:
    """Whether a document as JSON, in small letters, may hold such a word in other bytes: accents fold."""
    return not raw.isascii() or b"\\u" in raw


def has_words(document: Mapping[str, Any], words: Iterable[bytes]) -> bool:
    """Whether all folded `words` stand in an entry's document."""
    folded = folded_text(document)
    return all(word in folded for word in words)


def folded_text(document: Mapping[str, Any]) -> bytes:
    """What is searched in an entry's document: answers, questions, tags and the people noted, folded, as UTF-8.

    Bytes, because one wide character makes a whole string four times as large, and looking through them is as fast.

    Raises:
        KeyError, TypeError, AttributeError: the document is no entry.
    """
    parts: list[str] = []
    for answer in document.get("answers", ()):
        parts += filter(None, (answer.get("text"), answer.get("ask"), *answer.get("choice", ())))
    parts += (*document.get("tags", ()), *document.get("people", ()))
    return _encode(fold(unicodedata.normalize("NFC", "\n".join(parts))))


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decode(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def standing_in(text: str, words: str) -> str:
    """`words` as they stand in `text`: case, accents, quotes and white space may differ. Empty: they do not."""
    wanted = words.strip()
    if wanted in text:
        return wanted
    parts = map(re.escape, fold(unicodedata.normalize("NFC", wanted)).split())
    found = re.search(r"\s+".join(parts), fold(text))
    return text[slice(*found.span())] if found else ""
