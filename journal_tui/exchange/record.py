"""What a reader of a foreign format hands on: a record, or a piece that was left out and why."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Concatenate, ParamSpec

from journal_tui.model import Answer, Commitment, Entry, Judgement, Mark, Person, Pillar

P = ParamSpec("P")


class UnfitError(Exception):
    """This piece of a file cannot become an entry; the message is the end of ``line 4: …``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry as its source meant it."""

    where: str
    """Its place in the file, for reports: ``line 12``."""
    day: date | None
    """The calendar day that the source shows; None when it gives none."""
    moment: datetime | None = None
    """Wall-clock time of the source, with a zone only if the source has one; None when it gives a day only."""
    text: str
    """The words as they stand, without blank lines around them."""
    ask: str = ""
    """The question that they answer, as the source put it."""
    answers: tuple[Answer, ...] = ()
    """Where the source keeps each with its question; `text` is all of their words."""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Names that stand beside the words."""
    rating: int | None = None
    pillar: Pillar | None = None
    starred: bool = False
    notes: tuple[str, ...] = ()
    """What a person should know of how this was read; the same words for the same matter, once for each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A piece that did not become an entry."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of the import as a whole, such as what it passed over."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Something that was written by this program and comes back as it was, with its id."""

    where: str
    item: Entry | Commitment | Person | Judgement | Mark


Piece = Record | LeftOut | Note | Whole
"""What readers hand on."""


def piece_of(make: Callable[Concatenate[str, P], Record], where: str, *args: P.args, **kwargs: P.kwargs) -> Piece:
    """The record that `make` gives of what stands at `where`; what cannot be an entry is left out, and why."""
    try:
        return make(where, *args, **kwargs)
    except UnfitError as unfit:
        return LeftOut(where=where, why=str(unfit))


def titled(title: str, body: str) -> str:
    """The words of an entry with a title, which is their first line; once, where the body repeats it."""
    title = title.strip()
    first = body.lstrip().partition("\n")[0].strip().lstrip("#").strip()
    return body if not title or first == title else f"{title}\n\n{body}" if body.strip() else title


def kind_tag(kind: str, words: str) -> str:
    """A tag such as ``mood/very-calm`` for what another program keeps in a field of its own; empty without words."""
    found = re.findall(r"\w+(?:['’]\w+)*", words)
    return f"{kind}/{'-'.join(found)}".lower() if found else ""


def tags_of(value: object) -> list[str]:
    """The tags that a field of JSON or of a property list holds; where it is empty, none.

    Raises:
        UnfitError: it is no list of words.
    """
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise UnfitError("its tags are not a list of words")
    return value


def words_of(text: str) -> str:
    """`text` without the blank lines before and after it, and otherwise untouched.

    Raises:
        UnfitError: nothing but white space is there.
    """
    if not text.strip():
        raise UnfitError("it has no words")
    blank = " \t\r\n"
    first = len(text) - len(text.lstrip(blank))
    last = len(text.rstrip(blank))
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    return text[start:] if end < 0 else text[start:end].removesuffix("\r")


def fingerprint(record: Record) -> str:
    """A name for the words of `record` at their minute, the same whichever format they came in: 64 hex digits."""
    return fingerprint_of(record.day, record.moment, record.text)


def fingerprint_of(day: date | None, moment: datetime | None, text: str) -> str:
    """SHA-256 of the wall-clock minute and the text, as 64 hex digits.

    Programs break lines differently when they export the same entry, and some write midnight for "no time": so any
    white space counts as one space, and no time as midnight.
    """
    moment = moment or (datetime.combine(day, time.min) if day else None)
    minute = moment.replace(tzinfo=None).isoformat(timespec="minutes") if moment else ""
    named = f"{minute}\n{' '.join(text.split())}"
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()
