"""Looks at everything that is kept: every commit, every document, every backup."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.files import read_plain
from journal_tui.model import JournalError
from journal_tui.sealed import SealError, unwrap
from journal_tui.store import backup
from journal_tui.store.folder import BACKUPS, ENDING, QUARANTINE, VAULT, numbered
from journal_tui.store.log import ERASED, GONE, LineError, ops_of
from journal_tui.store.plain import left_plain
from journal_tui.store.reader import LogReader, NewerLogError, PlainLogError, SealedLogError
from journal_tui.store.records import READERS, UNREADABLE
from journal_tui.store.vault import Vault

if TYPE_CHECKING:
    from journal_tui.store.storage import LogStorage

_SEQ = re.compile(rb'"seq":(\d{1,16})\b')


Held = dict[Path, dict[str, set[int]]]
"""The numbers of the commits in each backup, by log; the newest backup first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be."""

    where: str
    what: str
    help: str
    """How to get back what is missing, or that nothing needs to be done."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found."""

    commits: int
    entries: int
    backups: int
    problems: tuple[Problem, ...]


def check(storage: LogStorage, on_progress: Callable[[float], None] | None = None) -> Checked:
    """Reads every log and every backup from the disk anew.

    Args:
        on_progress: called with the share done, 0 to 1.

    Raises:
        JournalError: a log cannot be read at all.
    """
    logs = storage.log_paths()
    copies = backup.found_in(storage.folder / BACKUPS)
    steps = len(logs) + len(copies)
    problems: list[Problem] = []
    held: Held = {}
    for done, copy in enumerate(copies):
        try:
            held[copy.path] = _commits_in(storage, backup.unpacked(copy.path))
        except (JournalError, NewerLogError, SealedLogError) as error:
            problems.append(Problem(str(copy.path), f"cannot be used ({error})", "the other backups stand for it"))
        if on_progress:
            on_progress((done + 1) / steps)
    commits = 0
    told: dict[str, set[int]] = {}
    for done, path in enumerate(logs, len(copies)):
        reader = LogReader(path.stem, storage.key)
        seen: set[int] = set()
        try:
            content = read_plain(path)
        except OSError as error:
            raise JournalError(f"{path} cannot be read ({error.strerror})") from None
        try:
            lines = list(reader.read(io.BytesIO(content)))
        except PlainLogError:
            help = f"if it is yours, journal-tui restore {path} brings it in"
            problems.append(Problem(str(path), "it is not encrypted and was not read", help))
            continue
        for line in lines:
            commits += 1
            seen.add(line.seq)
            problems += _documents(str(path), line.seq, line.payload)
        reader.head = storage.readers[path.stem].head if path.stem in storage.readers else 0
        problems += _damage(str(path), reader, seen, held)
        told[path.stem] = seen | _lost(reader)
        if on_progress:
            on_progress((done + 1) / steps)
    for name in storage.readers.keys() - {path.stem for path in logs}:  # a log of which only the head is left
        problems += _damage(str(storage.folder / f"{name}{ENDING}"), storage.readers[name], set(), held)
    problems += _quarantined(storage, told, held)
    problems += _drafts(storage)
    if storage.key:
        help = "if nothing needs it, remove it or keep it elsewhere"
        known = {problem.where for problem in problems}
        open_files = [str(path) for path in left_plain(storage.folder)]
        problems += [Problem(path, "it is not encrypted", help) for path in open_files if path not in known]
    entries = len(storage.table_state("entries").rows)
    return Checked(commits, entries, len(copies), tuple(problems))


def _commits_in(storage: LogStorage, files: dict[str, bytes]) -> dict[str, set[int]]:
    """The numbers of the whole commits in a copy, by log."""
    vault = Vault.from_bytes(files[VAULT]) if VAULT in files else None
    key = storage.key if vault and vault.id == storage.vault else None
    found: dict[str, set[int]] = {}
    for name, content in files.items():
        if name != VAULT:
            reader = LogReader(name.removesuffix(ENDING), key, takes_plain=True)
            try:
                found[name] = {line.seq for line in reader.read(io.BytesIO(content))}
            except SealedLogError:
                found[name] = set()  # made with another passphrase: whole as a file, closed to us
    return found


def _documents(where: str, seq: int, payload: bytes) -> Iterator[Problem]:
    try:
        ops = ops_of(payload)
    except LineError as error:
        yield Problem(f"{where}, commit {seq}", str(error), "everything else is whole; keep the file")
        return
    for op in ops:
        read = READERS.get(op.table)
        if read and op.record and op.raw not in (GONE, ERASED):
            try:
                read(json.loads(op.raw))
            except UNREADABLE as error:
                what = f"{op.record} cannot be read ({error or type(error).__name__})"
                yield Problem(f"{where}, commit {seq}", what, "it is left as it is; everything else is whole")


def _damage(where: str, reader: LogReader, seen: set[int], held: Held) -> Iterator[Problem]:
    lost: set[int] = set()
    for damage in reader.damages:
        missing = _number_in(damage.content) - seen
        lost |= missing
        what = f"commit {min(missing)} is damaged" if missing else "a stretch is damaged"
        help = _way_back(reader.name, missing, held) or "no backup holds it; what is left of it is in quarantine"
        yield Problem(f"{where}, byte {damage.offset}", f"{what} ({damage.why})", help)
    missing = set(range(reader.seq + 1, reader.head + 1)) - lost
    if missing:
        help = _way_back(reader.name, missing, held) or "no backup holds that"
        yield Problem(where, f"it lost its end, {numbered(min(missing), max(missing))}", help)
    elif reader.torn:
        yield Problem(where, "its last line was not finished", "the next entry cuts it off; what was saved is whole")
    if reader.gaps and not reader.damages:
        help = _way_back(reader.name, set(range(1, reader.seq)) - seen, held) or "no backup holds that"
        yield Problem(where, f"something is missing or moved before commit {reader.gaps[0]}", help)


def _lost(reader: LogReader) -> set[int]:
    """The numbers of the commits that damage and a lost end tell of."""
    damaged = (_number_in(damage.content) for damage in reader.damages)
    return set(range(reader.seq + 1, reader.head + 1)).union(*damaged)


def _number_in(line: bytes) -> set[int]:
    """The number of the commit that a damaged line was, where it can still be read."""
    found = _SEQ.search(line)
    return {int(found[1])} if found else set()


def _quarantined(storage: LogStorage, told: Mapping[str, set[int]], held: Held) -> Iterator[Problem]:
    """Commits of which only what lies in quarantine is left, when the log went on without them. The number of one that
    was never said to be kept was given to the next; one that a backup held came back when that was restored."""
    folder = storage.folder / QUARANTINE
    kept = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not kept:
        return
    restored = {commit.note.get("file") for commit in storage.commits() if commit.note.get("what") == "restore"}
    back = [logs for copy, logs in held.items() if copy.name in restored]
    for path in kept:
        device = path.stem.rsplit("-", 2)[0]
        try:
            number = _number_in(unwrap(read_plain(path), path.name, storage.key))
        except (OSError, SealError):
            continue
        missing = number - told.get(device, set())
        if missing and not any(missing <= logs.get(f"{device}{ENDING}", set()) for logs in back):
            help = _way_back(device, missing, held) or "what is left of it is in this file; remove it when done"
            yield Problem(str(path), f"commit {min(missing)} of {device} could not be read", help)


def _way_back(device: str, missing: set[int], held: Held) -> str:
    """How to bring commits of a log back; empty: there is no way."""
    for copy, logs in held.items():
        if missing & logs.get(f"{device}{ENDING}", set()):
            return f"a backup holds it: journal-tui restore {copy}"
    return ""


def _drafts(storage: LogStorage) -> Iterator[Problem]:
    folder = storage.folder / "drafts"
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            json.loads(unwrap(read_plain(path), path.name, storage.key))
        except (OSError, SealError, ValueError, RecursionError) as error:
            reason = getattr(error, "strerror", None) or error
            yield Problem(str(path), f"this draft cannot be read ({reason})", "it is left as it is")
