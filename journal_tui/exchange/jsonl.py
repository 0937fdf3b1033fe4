"""JSON lines: one object a line.

``{"date": "2024-05-31" or "2024-05-31T21:10+02:00" or null, "text": "…"}``, and if wanted ``pillar`` (its name),
``rating`` (1 to 5) and ``tags`` (a list of words). A line that does not fit is left out; the others come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from journal_tui.exchange.record import Piece, Record, UnfitError, piece_of, tags_of, words_of
from journal_tui.exchange.source import Leaf, parsed
from journal_tui.model import Pillar, UsageError
from journal_tui.text import listed, shorten

_FIELDS = ("date", "text", "pillar", "rating", "tags")
_BEGINS = re.compile(rf'[ \t]*\{{[ \t]*"(?:{"|".join(_FIELDS)})"[ \t]*:')


def recognises(leaf: Leaf) -> bool:
    """Whether the first line, which may be cut short, begins with a known field, or any line has a text."""
    head = leaf.beginning
    objects = (line for line in head.split("\n") if line.lstrip().startswith("{"))
    return bool(_BEGINS.match(head.lstrip())) or any(map(_has_text, objects))


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every line of the file; blank lines are passed over."""
    for number, line in leaf.lines():
        if not line.strip():
            continue
        yield piece_of(_record, f"line {number}", line)


def _has_text(line: str) -> bool:
    try:
        return "text" in _object(line)
    except UnfitError:
        return False


def _object(line: str) -> dict[str, Any]:
    try:
        data = parsed(line)
    except RecursionError as error:
        raise UnfitError("it is nested too deeply") from error
    except ValueError as error:
        raise UnfitError("it is not JSON") from error
    if not isinstance(data, dict):
        raise UnfitError("it is not a JSON object")
    return data


def _record(where: str, line: str) -> Record:
    data = _object(line)
    day, moment = _when(data.get("date"))
    others = [shorten(name, 30) for name in data if name not in _FIELDS]
    return Record(
        where=where,
        day=day,
        moment=moment,
        text=_text(data),
        tags=tuple(tags_of(data.get("tags"))),
        rating=_rating(data.get("rating")),
        pillar=_pillar(data.get("pillar")),
        notes=tuple(f"not brought in: {name}" for name in others),
    )


def _when(value: object) -> tuple[date | None, datetime | None]:
    if value is None:
        return None, None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip()), None
        except ValueError:
            pass
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            pass
        else:
            return moment.date(), moment
    raise UnfitError("its date is not written like 2024-05-31 or 2024-05-31T21:10")


def _text(data: dict[str, Any]) -> str:
    text = data.get("text")
    if text is None:
        raise UnfitError("it has no text")
    if not isinstance(text, str):
        raise UnfitError("its text is not in quotes")
    return words_of(text)


def _rating(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 1 <= value <= 5:
        raise UnfitError("its rating is not a whole number from 1 to 5")
    return value


def _pillar(value: object) -> Pillar | None:
    if value is None:
        return None
    try:
        return Pillar.named(value if isinstance(value, str) else "")
    except UsageError as error:
        raise UnfitError(f"its pillar is none of {listed(Pillar)}") from error
