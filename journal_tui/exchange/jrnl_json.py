"""jrnl's JSON export: ``{"tags": {…}, "entries": [{"title", "body", "date", "time", "tags", "starred"}]}``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from journal_tui.exchange.jrnl_text import bare_hashtags, tags_in
from journal_tui.exchange.record import Piece, Record, UnfitError, piece_of, tags_of, words_of
from journal_tui.exchange.source import Leaf

_BEGINS = re.compile(r'\s*\{\s*"(?:tags"\s*:\s*\{|entries"\s*:\s*\[)')


def recognises(leaf: Leaf) -> bool:
    """Whether it begins with the tags or the entries of an export."""
    return bool(_BEGINS.match(leaf.beginning))


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every entry, in the order of the export.

    Raises:
        UnreadableError: no whole JSON with a list of entries.
    """
    entries = leaf.json_entries("make it with jrnl --export json")
    for number, entry in enumerate(entries, 1):
        yield piece_of(_record, f"entry {number}", entry)


def _record(where: str, data: object) -> Record:
    if not isinstance(data, dict):
        raise UnfitError("it is not a JSON object")
    title, body = data.get("title") or "", data.get("body") or ""
    if not isinstance(title, str) or not isinstance(body, str):
        raise UnfitError("its title or body is not in quotes")
    text = words_of(f"{title}\n{body}")
    day, moment = _when(data.get("date"), data.get("time"))
    found = tags_in(text)
    return Record(
        where=where,
        day=day,
        moment=moment,
        text=text,
        tags=bare_hashtags(found) + tuple(tag for tag in tags_of(data.get("tags")) if tag.lower() not in found),
        starred=data.get("starred") is True,
    )


def _when(day: object, clock: object) -> tuple[date | None, datetime | None]:
    if day is None:
        return None, None
    try:
        on = date.fromisoformat(str(day))
        return on, datetime.combine(on, time.fromisoformat(str(clock))) if clock is not None else None
    except ValueError as error:
        raise UnfitError("its date and time are not written like 2024-05-31 and 21:10") from error
