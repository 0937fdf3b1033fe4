"""Bringing back what a copy holds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.files import read_plain
from journal_tui.model import JournalError
from journal_tui.sealed import SealError, unwrap
from journal_tui.store import backup, first_format
from journal_tui.store.folder import ENDING, LARGEST, VAULT
from journal_tui.store.log import LineError, Op, ops_of
from journal_tui.store.reader import LogReader, NewerLogError, PlainLogError, SealedLogError
from journal_tui.store.table import DocumentTable
from journal_tui.store.vault import Vault

if TYPE_CHECKING:
    from journal_tui.store.storage import LogStorage
    from journal_tui.store.vault import Key

Tables = dict[str, DocumentTable]

_EXPORT = re.compile(rb'\s*\{\s*(?:"journal-tui export"|"entries"\s*:\s*\{\s*(?:\}|"[0-9]+"\s*:))')
"""How an export begins, as JSON or as the file of TinyDB."""
_FIRST = re.compile(rb'"about"\s*:\s*\{\s*"1"\s*:')
"""Stands in the one file of format 1."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a copy brought: entries that were not there, and entries that were otherwise."""

    brought: int
    changed: int


def tables_in(file: Path, key: Key | None, passphrase: Callable[[], str] | None) -> Tables:
    """The tables in a backup, in a log, or in the one file of format 1.

    Args:
        key: of this journal.
        passphrase: asked for when `key` does not open the file but a passphrase may.

    Raises:
        JournalError: it cannot be read.
    """
    try:
        if backup.is_zip(file):
            files = backup.unpacked(file)
            vault = Vault.from_bytes(files.pop(VAULT), f"{VAULT} in {file}") if VAULT in files else None
            return _tables(file, files.items(), _key_for(vault, key, passphrase), takes_plain=vault is None)
        if file.stat().st_size > (LARGEST if file.suffix == ENDING else first_format.LARGEST):
            raise JournalError(f"{file} is too large for a journal; nothing was changed")
        content = unwrap(read_plain(file), file.name, key)
    except OSError as error:
        raise JournalError(f"{file} cannot be read ({error.strerror}); nothing was changed") from None
    except SealError as error:
        raise JournalError(f"{file} does not open ({error}); nothing was changed") from None
    if file.suffix == ENDING:
        return _tables(file, [(file.stem, content)], key, takes_plain=True)
    if not _FIRST.search(content):
        what = "is an export and no backup: journal-tui import brings it in"
        other = "is no backup of this journal: journal-tui import reads exports and other journals"
        raise JournalError(f"{file} {what if _EXPORT.match(content) else other}; nothing was changed")
    tables: Tables = {}
    for seq, old in enumerate(first_format.commits_of(content, str(file), ""), 1):
        _take(tables, old.ops, (seq, "first"))
    return tables


def _key_for(vault: Vault | None, key: Key | None, passphrase: Callable[[], str] | None) -> Key | None:
    if vault is None or (key and key.vault == vault.id):
        return key
    if passphrase is None:
        raise JournalError("the backup was made with another passphrase: give it, then try again; nothing was changed")
    return vault.unlock(passphrase())


def _tables(file: Path, logs: Iterable[tuple[str, bytes]], key: Key | None, *, takes_plain: bool) -> Tables:
    tables: Tables = {}
    found = 0
    for name, content in logs:
        reader = LogReader(name.removesuffix(ENDING), key, takes_plain=takes_plain)
        try:
            for line in reader.read(io.BytesIO(content)):
                found += 1
                try:
                    _take(tables, ops_of(line.payload), (line.seq, reader.device))
                except LineError:
                    continue
        except NewerLogError:
            raise JournalError(f"{file} was written by a newer journal-tui: update this one") from None
        except PlainLogError:  # lay in the folder of an encrypted journal, and was not read there
            continue
        except SealedLogError:
            raise JournalError(f"{file} is sealed with another key: restore a whole backup of it instead") from None
    if not found:
        raise JournalError(f"{file} holds no journal: name a backup, a log, or the journal.json of an older version")
    return tables


def _take(tables: Tables, ops: Iterable[Op], stamp: tuple[int, str]) -> None:
    for op in ops:
        if op.record is not None:
            tables.setdefault(op.table, DocumentTable()).put(op, stamp)


def bring_back(storage: LogStorage, tables: Tables) -> Restored:
    """Within a transaction: makes every document of `tables` as it is there; those that are nowhere there stay."""
    brought = changed = 0
    for name, table in tables.items():
        present = storage.table_state(name)
        ops = []
        for number, row in table.rows.items():
            here = present.numbers.get(row.record)
            if here is not None and present.rows[here].raw == row.raw:
                continue
            if row.record in present.erased:
                continue
            ops.append(Op(name, row.record, number if here is None else here, row.raw))
            if name == "entries":
                brought, changed = brought + (here is None), changed + (here is not None)
        storage.commit(ops)
    return Restored(brought, changed)
