"""What is kept as TinyDB documents, and back. The names of the fields are the file format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.model import Answer, Entry, Pillar, Source

if TYPE_CHECKING:
    from journal_tui.model import Commitment, Judgement, Mark, Outcome, Person

Document = Mapping[str, Any]

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a document raises when it is none."""


def _compact(document: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: absent means empty."""
    return {key: value for key, value in document.items() if value not in (None, "", [], False)}


def entry_to_document(entry: Entry) -> dict[str, Any]:
    """Plain data: ISO dates and times, lists, strings."""
    return _compact(
        {
            "id": entry.id,
            "created": entry.created.isoformat(),
            "day": entry.day.isoformat() if entry.day else None,
            "moment": entry.moment.isoformat() if entry.moment else None,
            "pillar": entry.pillar.value if entry.pillar else None,
            "answers": [
                _compact(
                    {
                        "text": answer.text,
                        "prompt": answer.prompt,
                        "ask": answer.ask,
                        "choice": list(answer.choice),
                        "signals": list(answer.signals),
                        "skipped": answer.skipped,
                        "quote": answer.quote,
                        "quoted": answer.quoted,
                    }
                )
                for answer in entry.answers
            ],
            "rating": entry.rating,
            "tags": list(entry.tags),
            "people": list(entry.people),
            "starred": entry.starred,
            "edited": entry.edited.isoformat() if entry.edited else None,
            "source": _compact(
                {
                    "format": entry.source.format,
                    "fingerprint": entry.source.fingerprint,
                    "file": entry.source.file,
                }
            )
            if entry.source
            else None,
        }
    )


_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_HEAD = re.compile(
    rb'\{"id":"([0-9A-Za-z][0-9A-Za-z_-]{0,63})","created":"[^"\\]*"(?:,"day":"(\d{4}-\d\d-\d\d)")?'
    rb'(?:,"moment":"(\d{4}-\d\d-\d\dT[0-9:.]+)[^"\\]*")?[,}]'
)
_FINGERPRINT = rb'"fingerprint":("(?:[^"\\]|\\.)*")'

_SAID = re.compile(rb'"(?:text|choice|rating)":')


class Heading(NamedTuple):
    """What is known of an entry before it is read in full."""

    day: str
    """ISO 8601, empty when it is not known."""
    moment: str
    """ISO 8601 without a zone, empty when only the day is known."""
    id: str


def heading_of(raw: bytes) -> Heading | None:
    """The heading of a live entry's document; None where the document has to be read in full to tell.

    Headings order entries as `Entry.sort_key` does. A quotation mark within a text is escaped, so that what looks
    like a key is one.
    """
    found = _HEAD.match(raw)
    if found is None or b'"deleted":' in raw:
        return None
    id, day, moment = found.groups(b"")
    return Heading(day.decode(), moment.decode(), id.decode())


def heading_of_entry(entry: Entry) -> Heading:
    """The heading of an entry that was read."""
    moment = entry.moment.replace(tzinfo=None).isoformat() if entry.moment else ""
    return Heading(entry.day.isoformat() if entry.day else "", moment, entry.id)


def is_blank(raw: bytes) -> bool:
    """`Entry.is_blank` of an entry's document: what is empty is not written."""
    return _SAID.search(raw) is None


def fingerprint_in(raw: bytes) -> str:
    """The fingerprint of an imported entry's document; empty: it was written here."""
    found = re.search(_FINGERPRINT, raw)
    return str(json.loads(found[1])) if found else ""


def entry_from_document(document: Document) -> Entry:
    """The entry that `entry_to_document` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the document is no entry.
    """
    get = document.get
    source = get("source")
    if get("deleted") and datetime.fromisoformat(document["deleted"]).tzinfo is None:  # the trash is ordered by it
        raise ValueError("a time with its zone expected")
    return Entry(
        id=_id(document["id"]),
        created=datetime.fromisoformat(document["created"]),
        day=date.fromisoformat(document["day"]) if get("day") else None,
        moment=datetime.fromisoformat(document["moment"]) if get("moment") else None,
        pillar=Pillar(document["pillar"]) if get("pillar") else None,
        answers=tuple(
            Answer(
                text=_text(answer.get("text", "")),
                prompt=_text(answer.get("prompt", "")),
                ask=_text(answer.get("ask", "")),
                choice=_texts(answer.get("choice", [])),
                signals=_texts(answer.get("signals", [])),
                skipped=bool(answer.get("skipped", False)),
                quote=_text(answer.get("quote", "")),
                quoted=_text(answer.get("quoted", "")),
            )
            for answer in get("answers", ())
        ),
        rating=_whole(document["rating"]) if get("rating") is not None else None,
        tags=_texts(get("tags", [])),
        people=_texts(get("people", [])),
        starred=bool(get("starred", False)),
        edited=datetime.fromisoformat(document["edited"]) if get("edited") else None,
        source=Source(
            format=_text(source["format"]),
            fingerprint=_text(source["fingerprint"]),
            file=_text(source.get("file", "")),
        )
        if source
        else None,
    )


def _id(value: object) -> str:
    """An id is letters and digits: drafts and edits are files of this name, and a shell is offered it."""
    if not _ID.fullmatch(_text(value)):
        raise ValueError("its id is none")
    return _text(value)


def _check_id(document: Document) -> None:
    """Of a document whose id nobody asks for; an older version, or a program of one's own, gave it none."""
    if "id" in document:
        _id(document["id"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or not 1 <= value <= 5:
        raise TypeError("a whole number from 1 to 5 expected")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("a list expected")
    return tuple(map(_text, value)) if value else ()


def commitment_to_document(commitment: Commitment) -> dict[str, Any]:
    """Plain data, with every answer to "did it happen?"."""
    return _compact(
        {
            "id": commitment.id,
            "entry": commitment.entry,
            "text": commitment.text,
            "made": commitment.made.isoformat(),
            "due": commitment.due.isoformat() if commitment.due else None,
            "outcomes": [outcome_to_document(outcome) for outcome in commitment.outcomes],
        }
    )


def outcome_to_document(outcome: Outcome) -> dict[str, Any]:
    return _compact(
        {
            "on": outcome.on.isoformat(),
            "status": outcome.status.value,
            "ask_again": outcome.ask_again.isoformat() if outcome.ask_again else None,
        }
    )


def commitment_from_document(document: Document) -> Commitment:
    """The promise that `commitment_to_document` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the document is no promise.
    """
    from journal_tui.model import Commitment, Outcome, Status

    return Commitment(
        id=_id(document["id"]),
        entry=_id(document["entry"]),
        text=_text(document["text"]),
        made=date.fromisoformat(document["made"]),
        due=date.fromisoformat(document["due"]) if document.get("due") else None,
        outcomes=tuple(
            Outcome(
                on=date.fromisoformat(outcome["on"]),
                status=Status(outcome["status"]),
                ask_again=date.fromisoformat(outcome["ask_again"]) if outcome.get("ask_again") else None,
            )
            for outcome in document.get("outcomes", ())
        ),
    )


def person_to_document(person: Person) -> dict[str, Any]:
    """Plain data; the id of the document comes beside it."""
    return {"name": person.name, "also": list(person.also)}


def person_from_document(document: Document) -> Person:
    """The person that `person_to_document` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the document is no person.
    """
    from journal_tui.model import Person

    _check_id(document)
    return Person(name=_text(document["name"]), also=_texts(document.get("also", [])))


def judgement_to_document(judgement: Judgement) -> dict[str, Any]:
    """Plain data; the id of the document comes beside it."""
    return _compact(
        {
            "kind": judgement.kind,
            "target": judgement.target,
            "verdict": judgement.verdict.value,
            "on": judgement.on.isoformat(),
        }
    )


def judgement_from_document(document: Document) -> Judgement:
    """The answer that `judgement_to_document` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the document is no answer to a pattern.
    """
    from journal_tui.model import Judgement, Verdict

    _check_id(document)
    return Judgement(
        kind=_text(document["kind"]),
        target=_text(document.get("target", "")),
        verdict=Verdict(document["verdict"]),
        on=date.fromisoformat(document["on"]),
    )


class KeptMark(NamedTuple):
    """A mark as it is kept; one that was taken back stays known, so that it goes when its entry is erased."""

    mark: Mark
    is_removed: bool


def mark_to_document(mark: Mark) -> dict[str, Any]:
    """Plain data."""
    return {
        "id": mark.id,
        "entry": mark.entry,
        "words": mark.words,
        "signal": mark.signal,
        "on": mark.on.isoformat(),
    }


def mark_from_document(document: Document) -> KeptMark:
    """The mark that `mark_to_document` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the document is no mark.
    """
    from journal_tui.model import Mark

    mark = Mark(
        id=_id(document["id"]),
        entry=_id(document["entry"]),
        words=_text(document["words"]),
        signal=_text(document["signal"]),
        on=date.fromisoformat(document["on"]),
    )
    return KeptMark(mark, bool(document.get("removed", False)))


READERS: Mapping[str, Callable[[Document], Any]] = {
    "entries": entry_from_document,
    "commitments": commitment_from_document,
    "people": person_from_document,
    "judgements": judgement_from_document,
    "marks": mark_from_document,
}
"""What reads a document of each table; each raises one of `UNREADABLE`."""
