"""Format 1: the whole journal in one JSON file that stock TinyDB opens, ``journal.json``.

Tables ``entries``, ``commitments`` and ``history`` (earlier versions: ``{"entry", "until", "document"}``), each a
mapping of numbers to documents. Every earlier version becomes a commit of its own, so that no history is lost.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from journal_tui.model import JournalError
from journal_tui.store.folder import FIRST_FORMAT
from journal_tui.store.log import Op, encode_json
from journal_tui.text import clean_line

FILE = FIRST_FORMAT
FORMAT = 1
LARGEST = 2**28
"""Bytes of a file that is read."""
CARRIED = "carry"
"""In the note of the commits made from it."""


class OldCommit(NamedTuple):
    """A commit to write in a log."""

    at: str
    note: dict[str, Any]
    ops: list[Op]


def fingerprint(content: bytes) -> str:
    """Tells one file from another: the note of the first commit made from a file names it."""
    return sha256(content).hexdigest()[:32]


def commits_of(content: bytes, where: str, at: str) -> list[OldCommit]:
    """What the file holds, as commits: earlier versions first, in their order, then how everything stands.

    Args:
        where: the file, for messages.
        at: the time to note where a document tells none, ISO 8601.

    Raises:
        JournalError: it is damaged, is no such file, or is from a version that is not known.
    """
    tables = _tables(content, where)
    version = tables.get("about", {}).get("1", {}).get("format", FORMAT)
    if version != FORMAT:
        raise JournalError(
            f"{where} was written by a newer journal-tui (format {clean_line(str(version))[:20]}): update this one;"
            " nothing was changed"
        )
    commits = [OldCommit(_time_of(op, at), {"what": CARRIED}, [op]) for op in _earlier(tables.get("history", {}))]
    present = [
        Op(name, _record(name, number, document), int(number), encode_json(document))
        for name in ("entries", "commitments")
        for number, document in tables.get(name, {}).items()
    ]
    commits.append(OldCommit(at, {"what": CARRIED}, present))
    commits[0].note["of"] = fingerprint(content)
    return commits


def without(content: bytes, ids: Collection[str]) -> bytes:
    """The file without the entries with these ids, their earlier versions and their promises."""
    tables = json.loads(content)

    def is_kept(document: dict[str, Any]) -> bool:
        inner = document.get("document")
        named = {document.get("id"), document.get("entry"), inner.get("id") if isinstance(inner, dict) else None}
        return not named & set(ids)

    kept = {
        name: {number: document for number, document in table.items() if is_kept(document)}
        for name, table in tables.items()
    }
    return encode_json(kept)


def _tables(content: bytes, where: str) -> dict[str, dict[str, Any]]:
    keep = "nothing was changed; keep a copy of the file and mend it with a text editor, or use another --home"
    try:
        tables = json.loads(content)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise JournalError(f"{where} is damaged ({place}: {error.msg}): {keep}") from None
    except (ValueError, RecursionError):
        raise JournalError(f"{where} is damaged (it is not JSON text): {keep}") from None
    tables_are_whole = isinstance(tables, dict) and all(
        isinstance(table, dict) and all(k.isdecimal() and isinstance(v, dict) for k, v in table.items())
        for table in tables.values()
    )
    if not tables_are_whole:
        raise JournalError(f"{where} is not a TinyDB file: {keep}")
    return tables  # type: ignore[no-any-return]


def _earlier(history: dict[str, Any]) -> Iterator[Op]:
    for number in sorted(history, key=int):
        document = history[number].get("document")
        if isinstance(document, dict):
            yield Op("entries", _record("history", number, document), None, encode_json(document))


def _record(table: str, number: str, document: dict[str, Any]) -> str:
    id = document.get("id")
    return id if isinstance(id, str) and id else f"first-{table}-{number}"


def _time_of(op: Op, otherwise: str) -> str:
    document = json.loads(op.raw)
    return str(document.get("edited") or document.get("created") or otherwise)
