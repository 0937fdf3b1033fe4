"""dnote's ``dnote.db``: tables ``books(uuid, label)`` and ``notes(book_uuid, body, added_on, deleted)``.

``added_on`` counts nanoseconds since 1970-01-01 UTC. dnote keeps no zone and shows the time of the machine that it runs
on, and so does this. Source: ``pkg/cli/database/schema.sql`` of github.com/dnote/dnote.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from journal_tui.exchange import sqlite
from journal_tui.exchange.record import LeftOut, Note, Piece, Record, UnfitError, words_of
from journal_tui.exchange.source import Leaf, UnreadableError
from journal_tui.text import plural

LOCAL = "dnote keeps no time zone: the times are those of this computer's zone, as dnote shows them"
_NOTE = ("book_uuid", "body", "added_on", "deleted")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def recognises(leaf: Leaf) -> bool:
    """Whether it is a database with dnote's two tables."""
    return sqlite.columns(leaf, "notes") >= set(_NOTE) and sqlite.columns(leaf, "books") >= {"uuid", "label"}


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every note that is not deleted, in the order in which they were added.

    Raises:
        UnreadableError: as `sqlite.rows`, or it has no such tables.
    """
    if not recognises(leaf):
        raise UnreadableError(leaf.name, "is no database of dnote: check which file it is")
    books = dict(sqlite.rows(leaf, "books", "uuid", "label"))
    deleted = read = 0
    for number, (book, body, added, gone) in enumerate(sqlite.rows(leaf, "notes", *_NOTE), 1):
        if str(gone).lower() in ("1", "true"):
            deleted += 1
            continue
        where = f"note {number}"
        try:
            yield _record(where, books.get(book), body, added)
            read += 1
        except UnfitError as unfit:
            yield LeftOut(where=where, why=str(unfit))
    if read:
        yield Note(LOCAL)
    if deleted:
        yield Note(f"{plural(deleted, 'note', 'notes')} deleted in dnote, and not brought in")


def _record(where: str, book: object, body: object, added: object) -> Record:
    if not isinstance(body, str):
        raise UnfitError("its words are not text")
    day, moment = _when(added)
    tags = (book,) if isinstance(book, str) else ()
    return Record(where=where, day=day, moment=moment, text=words_of(body), tags=tags)


def _when(nanoseconds: object) -> tuple[date, datetime]:
    try:
        if type(nanoseconds) is not int or nanoseconds <= 0:
            raise ValueError
        moment = (_EPOCH + timedelta(microseconds=nanoseconds // 1000)).astimezone()
        return moment.date(), moment
    except (ValueError, OverflowError, OSError) as error:
        raise UnfitError("its time is not a number of nanoseconds since 1970") from error
