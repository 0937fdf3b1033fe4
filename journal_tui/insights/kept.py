"""Readings kept from one report to the next: an entry is read once, and again only when it or the rules change.

Derived data: whoever throws it away loses some seconds. It holds words, so it is sealed where the journal is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from journal_tui.breathing import breathe
from journal_tui.insights.hearing import Heard, Sentence
from journal_tui.insights.languages import language_of
from journal_tui.insights.reading import Cue, Name, Reading, read
from journal_tui.model import Entry

_CODE = ("cues.py", "hearing.py", "kept.py", "languages.py", "reading.py", "tone.py", "vocabulary.py")
_BESIDE = ("people.py", "safety.py", "text.py", "data")
_SEPARATOR = "\t"
"""Stands in no term."""


@cache
def rules() -> str:
    """A digest of everything that a reading depends on besides its entry: code, word lists and cues."""
    here, beside = files(__package__), files("journal_tui")
    told = blake2b(digest_size=16)
    for file in (*(here / name for name in (*_CODE, "data")), *(beside / name for name in _BESIDE)):
        for content in _contents(file):
            told.update(content)
    return told.hexdigest()


def _contents(file: Traversable) -> Iterable[bytes]:
    if file.is_dir():
        for inner in sorted(file.iterdir(), key=lambda inner: inner.name):
            yield from _contents(inner)
    elif file.name.endswith((".py", ".txt", ".yaml")):
        yield file.name.encode()
        yield file.read_bytes()


def _digest(entry: Entry) -> str:
    told = "\0".join((str(entry.day), *entry.people, entry.text))
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _head(body: bytes) -> bytes:
    """The line before `body`: a file that was damaged, or made by other rules, has another."""
    return f"{rules()} {blake2b(body, digest_size=16).hexdigest()}".encode()


class Readings:
    """The readings of a journal.

    Args:
        content: what `to_bytes` made; anything else, or by other rules, is left aside.
    """

    def __init__(self, content: bytes = b"") -> None:
        self._kept: dict[str, list[Any]] = {}
        self._asked: dict[str, list[Any]] = {}
        self._fitting: dict[str, list[Any] | None] = {}
        self._is_new = False
        head, _, body = content.partition(b"\n")
        if head == _head(body):
            self._kept = json.loads(body)

    def _row(self, entry: Entry) -> list[Any] | None:
        """What is kept of an entry as it is now; looked up once."""
        if entry.id not in self._fitting:
            row = self._kept.get(entry.id)
            self._fitting[entry.id] = row if row and row[0] == _digest(entry) else None
        return self._fitting[entry.id]

    def language(self, entry: Entry) -> str:
        """What an entry's own words tell of its language; empty: nothing."""
        breathe()
        row = self._row(entry)
        if row is None:
            return language_of(entry.text)
        return str(row[1]) if row[2] else ""

    def of(self, entry: Entry, language: str) -> Reading:
        """The reading of an entry, kept or made now.

        Args:
            language: what it is taken for where its words do not tell.
        """
        breathe()
        row = self._row(entry)
        if row and (row[2] or row[1] == language):
            self._asked[entry.id] = row
            return _reading(entry, row)
        reading = read(entry, language)
        self._asked[entry.id] = [_digest(entry), *_row(reading)]
        self._is_new = True
        return reading

    @property
    def is_new(self) -> bool:
        """Something was read since, or is no longer needed: worth keeping again."""
        return self._is_new or len(self._asked) < len(self._kept)

    def to_bytes(self, ids: Collection[str] | None = None) -> bytes:
        """What was asked for, to be kept: a line with the rules and a checksum, then JSON.

        Args:
            ids: of the entries that are still there; None: all.
        """
        there = None if ids is None else set(ids)
        rows = {id: row for id, row in self._asked.items() if there is None or id in there}
        body = json.dumps(rows, separators=(",", ":")).encode()
        return _head(body) + b"\n" + body


def _row(reading: Reading) -> list[Any]:
    return [
        reading.language,
        reading.sure,
        _SEPARATOR.join(reading.terms),
        _SEPARATOR.join(reading.capitals),
        [*reading.names],
        [*reading.sentences],
        reading.harm,
        reading.harmed_by,
    ]


def _reading(entry: Entry, row: list[Any]) -> Reading:
    _, language, sure, terms, capitals, names, sentences, harm, harmed_by = row
    return Reading(
        id=entry.id,
        day=entry.day,
        language=language,
        sure=sure,
        terms=frozenset(terms.split(_SEPARATOR)) if terms else frozenset(),
        capitals=frozenset(capitals.split(_SEPARATOR)) if capitals else frozenset(),
        names=frozenset(Name(key, form, Cue(cue), stem) for key, form, cue, stem in names),
        sentences=tuple(
            Sentence(start, end, tuple(people), tuple(Heard(s, who, tuple(about)) for s, who, about in heard), tone)
            for start, end, people, heard, tone in sentences
        ),
        harm=harm,
        harmed_by=tuple(harmed_by),
    )
