"""CSV (RFC 4180): a row an entry, for spreadsheets and scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from journal_tui.exchange.contents import Contents, writable
from journal_tui.model import Entry

COLUMNS = ("date", "time", "zone", "day", "pillar", "rating", "starred", "tags", "people", "questions", "text", "id")
"""``date`` and ``time`` are those on the wall, ``day`` is the journal's: a night belongs to the day before."""

CARRIES = frozenset(("pillars", "ratings", "tags", "people", "stars", "questions"))


def words(entry: Entry) -> str:
    """All that is to be read: what was written, and where nothing was, what was chosen."""
    return "\n\n".join(answer.words for answer in entry.answers if answer.words)


def pieces(contents: Contents) -> Iterator[str]:
    """The header, then the rows. Words are as they were written, those too that a spreadsheet takes for a formula."""
    yield _row(COLUMNS)
    for entry, _ in contents.readable():
        moment = entry.moment
        shown = moment.date() if moment else entry.day
        yield _row(
            (
                shown.isoformat() if shown else "",
                moment.time().isoformat("seconds") if moment else "",
                moment.isoformat().removeprefix(moment.replace(tzinfo=None).isoformat()) if moment else "",
                entry.day.isoformat() if entry.day else "",
                entry.pillar or "",
                str(entry.rating or ""),
                "yes" if entry.starred else "",
                ", ".join(filter(None, entry.tags)),
                ", ".join(filter(None, entry.people)),
                "\n".join(" ".join(answer.ask.split()) for answer in entry.answers if answer.ask and answer.words),
                words(entry),
                entry.id,
            )
        )


def _row(cells: tuple[str, ...]) -> str:
    row = io.StringIO(newline="")
    csv.writer(row).writerow(map(writable, cells))
    return row.getvalue()
