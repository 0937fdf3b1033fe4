"""What the logs tell of the past: every version of an entry, and the last change that can be taken back."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.model import Entry
from journal_tui.store.log import ERASED, GONE, Stamp
from journal_tui.store.records import UNREADABLE, entry_from_document

if TYPE_CHECKING:
    from journal_tui.store.folder import Commit
    from journal_tui.store.storage import LogStorage

EDITS = ("edit", "delete", "put back")
"""Changes of entries that were there."""
ANSWERS = ("answer",)
"""What became of promises."""
JOINS = ("join", "part")
"""Names of people made one, or two again."""
JUDGEMENTS = ("judge",)
"""What the writer said of patterns."""
MARKS = ("mark", "unmark")
"""Words kept as an example of a signal, or no longer."""
UNDOABLE = ("add", "import", "restore", *EDITS, *ANSWERS, *JOINS, *JUDGEMENTS, *MARKS)

_SAID = {
    "add": "written",
    "import": "brought in",
    "edit": "edited",
    "delete": "deleted",
    "put back": "put back",
    "undo": "taken back",
    "restore": "restored",
}

Key = tuple[str, str | None]
"""A table and a record in it."""


class Version(NamedTuple):
    """An entry as it was from one change on."""

    entry: Entry
    at: datetime
    what: str
    """``written``, ``brought in``, ``edited``, ``deleted``, ``put back``, ``taken back`` or ``restored``."""
    device: str


def versions(storage: LogStorage, records: Collection[str]) -> list[Version]:
    """Every version of an entry, oldest first; `records` are the record ids that it goes by."""
    commits = {commit.stamp: commit for record in records for commit in storage.commits(record.encode())}
    return [version for _, commit in sorted(commits.items()) for version in _versions_in(commit, records)]


def _versions_in(commit: Commit, records: Collection[str]) -> Iterator[Version]:
    what = commit.note.get("what", "")
    for op in commit.ops:
        if op.table == "entries" and op.record in records and op.raw not in (GONE, ERASED):
            with contextlib.suppress(*UNREADABLE):
                entry = entry_from_document(json.loads(op.raw))
                is_carried = what not in _SAID
                said = ("edited" if entry.edited else "written") if is_carried else _SAID[what]
                at = (entry.edited or entry.created) if is_carried else datetime.fromisoformat(commit.at)
                yield Version(entry, at, said, commit.stamp[1])


def name_of(stamp: Stamp) -> str:
    """A commit, as the note of the one that takes it back names it."""
    number, device = stamp
    return f"{device}:{number}"


def last_change(storage: LogStorage, of: Collection[str]) -> Commit | None:
    """The last commit of one of these kinds (of `UNDOABLE`) that was not taken back yet."""
    notes = sorted((commit.stamp, commit.note) for commit in storage.commits())
    undone = {note.get("undoes") for _, note in notes}
    for stamp, note in reversed(notes):
        what = note.get("what")
        if what in of and name_of(stamp) not in undone:
            return next(commit for commit in storage.commits() if commit.stamp == stamp)
    return None


def before(storage: LogStorage, stamp: Stamp, keys: Collection[Key]) -> dict[Key, bytes]:
    """The documents of these records before a commit, of those that were there."""
    found: dict[Key, tuple[Stamp, bytes]] = {}
    for commit in storage.commits():
        if commit.stamp < stamp:
            for op in commit.ops:
                key = (op.table, op.record)
                if key in keys and (key not in found or found[key][0] <= commit.stamp):
                    found[key] = (commit.stamp, op.raw)
    return {key: raw for key, (_, raw) in found.items() if raw not in (GONE, ERASED)}
