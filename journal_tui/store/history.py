"""What the logs tell of the past: every version of an entry, and which changes can be taken back or done again.

A commit that takes one back names it (``undoes``), and doing a change again is taking back what took it back. So the
logs alone tell which changes stand, whoever reads them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from operator import itemgetter
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
    "redo": "done again",
    "restore": "restored",
}

Key = tuple[str, str | None]
"""A table and a record in it."""


class Version(NamedTuple):
    """An entry as it was from one change on."""

    entry: Entry
    at: datetime
    what: str
    """``written``, ``brought in``, ``edited``, ``deleted``, ``put back``, ``taken back``, ``done again`` or
    ``restored``."""
    device: str
    is_thrown: bool = False
    """It is in the trash from then on."""


def versions(storage: LogStorage, records: Collection[str]) -> list[Version]:
    """Every version of an entry, oldest first; `records` are the record ids that it goes by."""
    commits = {commit.stamp: commit for record in records for commit in storage.commits(record.encode())}
    return [version for _, commit in sorted(commits.items()) for version in _versions_in(commit, records)]


def _versions_in(commit: Commit, records: Collection[str]) -> Iterator[Version]:
    what = commit.note.get("what", "")
    for op in commit.ops:
        if op.table == "entries" and op.record in records and op.raw not in (GONE, ERASED):
            with contextlib.suppress(*UNREADABLE):
                document = json.loads(op.raw)
                entry = entry_from_document(document)
                is_carried = what not in _SAID
                said = ("edited" if entry.edited else "written") if is_carried else _SAID[what]
                at = (entry.edited or entry.created) if is_carried else datetime.fromisoformat(commit.at)
                yield Version(entry, at, said, commit.stamp[1], is_thrown=bool(document.get("deleted")))


def name_of(stamp: Stamp) -> str:
    """A commit, as the note of the one that takes it back names it."""
    number, device = stamp
    return f"{device}:{number}"


class Changes:
    """The changes that the logs tell of, in their order, and which of them are taken back."""

    def __init__(self, storage: LogStorage) -> None:
        self._storage = storage
        self._kinds: dict[str, str] = {}
        """Of the changes by their names, the earliest first."""
        self._back: dict[str, list[Stamp]] = {}
        """Those taken back, each with what did so: two devices may, before they meet."""
        self._stamps: dict[str, Stamp] = {}
        of: dict[str, str] = {}
        for stamp, note in sorted(((commit.stamp, commit.note) for commit in storage.commits()), key=itemgetter(0)):
            name, undoes = name_of(stamp), note.get("undoes")
            if not isinstance(undoes, str):
                self._kinds[name], self._stamps[name] = str(note.get("what", "")), stamp
                continue
            change = of[name] = of.get(undoes, undoes)
            if change == undoes:
                self._back.setdefault(change, []).append(stamp)
            else:
                self._back.pop(change, None)

    def to_take_back(self, kinds: Collection[str]) -> Iterator[Commit]:
        """The changes of these kinds (of `UNDOABLE`) that stand, the latest first."""
        for name, what in reversed(self._kinds.items()):
            if what in kinds and name not in self._back:
                yield self._commit(self._stamps[name])

    def to_do_again(self) -> Iterator[tuple[Commit, Commit]]:
        """What was taken back since the last change, what went last first: the change, and what took it back."""
        last = max((self._stamps[name] for name, what in self._kinds.items() if what in UNDOABLE), default=(0, ""))
        for name, stamps in sorted(self._back.items(), key=itemgetter(1), reverse=True):
            if stamps[0] > last and name in self._stamps:
                yield self._commit(self._stamps[name]), self._commit(stamps[0])

    def imports_taken_back(self) -> set[Stamp]:
        """The commits that took back an import which does not stand."""
        return {stamp for name, back in self._back.items() if self._kinds.get(name) == "import" for stamp in back}

    def _commit(self, stamp: Stamp) -> Commit:
        return next(commit for commit in self._storage.commits() if commit.stamp == stamp)


def before(storage: LogStorage, stamp: Stamp, keys: Iterable[Key]) -> dict[Key, bytes]:
    """The documents of these records before a commit, of those that were there."""
    wanted, found = set(keys), dict[Key, tuple[Stamp, bytes]]()
    for commit in storage.commits():
        if commit.stamp < stamp:
            for op in commit.ops:
                key = (op.table, op.record)
                if key in wanted and (key not in found or found[key][0] <= commit.stamp):
                    found[key] = (commit.stamp, op.raw)
    return {key: raw for key, (_, raw) in found.items() if raw not in (GONE, ERASED)}
