"""Writing logs anew: without what was erased or damaged, or in and out of encryption. Each file in one step."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from journal_tui.files import read_plain, write_private
from journal_tui.model import JournalError
from journal_tui.sealed import SealError, unwrap, wrap
from journal_tui.store import backup, first_format, headings
from journal_tui.store.folder import BACKUPS, ENDING, QUARANTINE, VAULT
from journal_tui.store.log import (
    ERASED,
    LineError,
    about,
    encode_log,
    encode_payload,
    ops_of,
    words_in,
)
from journal_tui.store.reader import LogReader, NewerLogError, PlainLogError, SealedLogError

if TYPE_CHECKING:
    from journal_tui.store.storage import LogStorage
    from journal_tui.store.vault import Key

Erased = Mapping[str, set[str]]
"""Ids of the records to leave out, by table."""

NOTHING: Erased = {}


def rewritten(
    name: str,
    content: bytes,
    old: Key | None,
    new: Key | None,
    erased: Erased = NOTHING,
    *,
    takes_plain: bool = False,
) -> bytes:
    """A log with the same commits, chained anew.

    Args:
        name: of the device.
        old, new: the key before and after; None: plain.
        erased: every version of these records is left out, but for the note that they were erased.
        takes_plain: as for `LogReader`.

    Raises:
        SealedLogError, PlainLogError: it is not to be read with `old`.
    """
    reader = LogReader(name, old, takes_plain=takes_plain)
    lines = [(line.seq, _without(line.payload, erased)) for line in reader.read(io.BytesIO(content))]
    kept = [(seq, payload) for seq, payload in lines if payload]
    return encode_log(reader.device, new.vault if new else "", reader.begun, kept, new)


def _without(payload: bytes, erased: Erased) -> bytes:
    if not erased:
        return payload
    try:
        ops = ops_of(payload)
        kept = [op for op in ops if op.raw == ERASED or op.record not in erased.get(op.table, ())]
        if len(kept) == len(ops):
            return payload
        at, note = about(payload)
        return encode_payload(at, note, kept) if kept else b""
    except LineError:
        return payload


def rewrite(
    storage: LogStorage, old: Key | None, new: Key | None, erased: Erased = NOTHING, only: str | None = None
) -> None:
    """Every log of the folder, or the one of the device `only`, with the lock held.

    Raises:
        JournalError: the disk refuses; each log is as before or as it should be.
    """
    headings.forget(storage.folder)
    try:
        storage.keep_torn()
        for path in storage.log_paths():
            if only and path.stem != only:
                continue
            content = read_plain(path)
            with contextlib.suppress(PlainLogError):  # not of this journal: it stays as it is
                content = rewritten(path.stem, content, old, new, erased, takes_plain=path.stem in storage.takes_plain)
                write_private(path, content)
                storage.forget_end(path.stem)
    except OSError as error:
        raise storage.unwritable(error) from None
    finally:
        storage.forget()


def rewrite_backups(storage: LogStorage, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> int:
    """Lets `change` make other files of those in each copy; how many copies are different now.

    A copy that is damaged, or sealed with another key, stays as it is.

    Raises:
        JournalError: the disk refuses; each copy is as before or as it should be.
    """
    changed = 0
    for copy in backup.found_in(storage.folder / BACKUPS):
        try:
            files = backup.unpacked(copy.path)
            new = change(files)
        except backup.UnreachableError:
            raise
        except (SealedLogError, PlainLogError, NewerLogError, JournalError):
            continue
        if new == files:
            continue
        try:
            backup.replace(copy, new)
        except OSError as error:
            raise storage.unwritable(error) from None
        changed += 1
    return changed


def converted(files: Mapping[str, bytes], old: Key | None, new: Key | None, vault: bytes | None) -> dict[str, bytes]:
    """The files of a copy in or out of encryption, with `vault` as its vault.json, if any.

    Raises:
        SealedLogError: `old` does not open them.
    """
    logs = {
        name: rewritten(name.removesuffix(ENDING), content, old, new, takes_plain=True)
        for name, content in files.items()
        if name != VAULT
    }
    return logs if vault is None else {**logs, VAULT: vault}


def finish_erasure(storage: LogStorage, moment: datetime) -> int:
    """Removes what was erased from the backups and then from the logs, with the lock held; how many backups held it.

    As before everything that writes a log anew, a copy is made at this `moment`; it is not among them.

    The logs come last: as long as they hold something, it is known that this is not finished.

    Raises:
        JournalError: the disk refuses.
    """
    storage.refresh()
    erased = storage.erased()
    if erased is None:
        return 0
    backup.make(storage, "erase", moment)
    touched = _erase_in_backups(storage, erased) - 1 + _erase_beside(storage, erased)
    rewrite(storage, storage.key, storage.key, erased)
    storage.note_end()
    return touched


def _erase_in_backups(storage: LogStorage, erased: Erased) -> int:
    def without(files: dict[str, bytes]) -> dict[str, bytes]:
        key = storage.key if VAULT in files else None
        return {name: file if name == VAULT else _lacking(name, file, key, erased) for name, file in files.items()}

    return rewrite_backups(storage, without)


def erase_in_own(storage: LogStorage, moment: datetime) -> None:
    """Goes on erasing in the log of this device alone: others may be written by their own programs just now.

    Raises:
        JournalError: the disk refuses.
    """
    erased = storage.erased() or NOTHING
    try:
        own = storage.log_path(storage.device)
        content = read_plain(own) if own.exists() else b""
    except OSError as error:
        raise storage.unwritable(error) from None
    if content and _lacking(own.name, content, storage.key, erased) != content:
        backup.make(storage, "erase", moment)
        _erase_in_backups(storage, erased)
        _erase_beside(storage, erased)
        rewrite(storage, storage.key, storage.key, erased, only=storage.device)
        storage.note_end()


def _lacking(name: str, content: bytes, key: Key | None, erased: Erased) -> bytes:
    """A log without what was erased; untouched where it holds nothing of it."""
    stem = name.removesuffix(ENDING)
    reader = LogReader(stem, key)
    with contextlib.suppress(PlainLogError):  # not of this journal: it stays as it is
        if any(_without(line.payload, erased) != line.payload for line in reader.read(io.BytesIO(content))):
            return rewritten(stem, content, key, key, erased)
    return content


def _erase_beside(storage: LogStorage, erased: Erased) -> int:
    """Erases from the kept file of format 1, and removes what is in quarantine of the erased; how many were changed."""
    ids = set().union(*erased.values())
    changed = 0
    try:
        for path in [*(storage.folder / BACKUPS).glob("*.json"), *(storage.folder / QUARANTINE).glob("*.txt")]:
            if not path.is_file():
                continue
            try:
                content = unwrap(read_plain(path), path.name, storage.key)
            except SealError:
                continue  # damaged: nobody reads it
            if path.suffix == ".txt":
                content = words_in(content, path.name.rpartition("-")[0].rpartition("-")[0], storage.key)
            if not any(id.encode() in content for id in ids):
                continue
            if path.suffix == ".json":
                with contextlib.suppress(ValueError, AttributeError):  # not of format 1
                    write_private(path, wrap(first_format.without(content, ids), path.name, storage.key))
            else:
                path.unlink()
            changed += 1
    except OSError as error:
        raise storage.unwritable(error) from None
    return changed


def mend(storage: LogStorage) -> None:
    """Writes damaged logs anew without their damage, which is in quarantine; with the lock held.

    Raises:
        JournalError: the disk refuses.
    """
    storage.refresh()
    if any(reader.is_damaged for reader in storage.readers.values()):
        rewrite(storage, storage.key, storage.key)
        storage.note_end()
