"""Into encryption and out of it, safe at every step: whatever was begun is finished by the next unlocking.

The vault says which way the folder is turning before the first file is turned, and that it is done after the last.
Each file is turned in one step, and a folder with files of both kinds can be read with the key.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from journal_tui.dates import now
from journal_tui.files import is_there, locked, read_plain, sync_folder
from journal_tui.model import JournalError
from journal_tui.paths import make_private
from journal_tui.sealed import seal_files, unseal_files
from journal_tui.store import backup, first_format
from journal_tui.store.folder import BACKUPS, ENDING, LOCK, QUARANTINE, VAULT
from journal_tui.store.plain import is_plain_log
from journal_tui.store.rewrite import converted, rewrite, rewrite_backups
from journal_tui.store.storage import LogStorage
from journal_tui.store.vault import Key, Vault

OnProgress = Callable[[int, int], None]
"""Called with the files that are turned and those there are in all."""

_HOLDING_WORDS = ("drafts", "edit", "mirror", QUARANTINE, BACKUPS)


def _vault(folder: Path) -> Vault:
    vault = Vault.read(folder / VAULT)
    if vault is None:
        raise JournalError(f"{folder / VAULT} is missing: no passphrase is set, or a backup holds a copy of it")
    return vault


def set_passphrase(folder: Path, new: str, on_progress: OnProgress | None = None) -> Key:
    """Seals every log, draft and backup; the key.

    Raises:
        UsageError: `new` is empty.
        JournalError: there is a passphrase already, or the disk refuses; then unlocking goes on with it.
    """
    if is_there(folder / VAULT):
        raise JournalError("the journal has a passphrase already: journal-tui passphrase change sets another")
    check_no_edit(folder / "edit")
    vault, key = Vault.create(new)
    storage = LogStorage(folder)
    with storage.alone():
        if storage.log_paths():
            backup.make(storage, "passphrase", now())
        logs = _digests(storage)
        vault = vault.turned(key, "in", logs)
        vault.write(folder / VAULT)
        storage.become(key, takes_plain=logs)
        _turn_in(storage, vault, key, on_progress)
    return key


def check_no_edit(folder: Path) -> None:
    """Makes sure that no words lie in plain files for an editor.

    Raises:
        JournalError: an editor has them open, or left them there.
    """
    try:
        is_empty = not any(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise JournalError(f"{folder} cannot be read ({error.strerror}); nothing was changed") from None
    if not is_empty:
        raise JournalError(f"an edit is open, or left something in {folder}: finish or remove it first")


def change_passphrase(folder: Path, key: Key, new: str) -> None:
    """Wraps the key anew, here and in the backups that have the same.

    Raises:
        UsageError: `new` is empty.
        JournalError: the disk refuses.
    """
    storage = LogStorage(folder, key=key)
    with storage.alone():
        if storage.log_paths():
            backup.make(storage, "passphrase", now())
        vault = _vault(folder).with_passphrase(key, new)
        vault.write(folder / VAULT)
        _renew_vault_in_backups(storage, vault)


def remove_passphrase(folder: Path, key: Key, on_progress: OnProgress | None = None) -> None:
    """Opens every log, draft and backup for good.

    Raises:
        JournalError: the disk refuses; then unlocking goes on with it.
    """
    storage = LogStorage(folder, key=key)
    with storage.alone():
        if storage.log_paths():
            backup.make(storage, "passphrase", now())
        logs = _digests(storage)
        vault = _vault(folder).turned(key, "out", logs)
        vault.write(folder / VAULT)
        storage.become(key, takes_plain=logs)
        _turn_out(storage, vault, key, on_progress)


def open_vault(folder: Path, passphrase: str) -> Key | None:
    """The key; None when the folder was on its way out of encryption, and now is.

    Raises:
        WrongPassphraseError: nothing was changed.
        JournalError: there is no usable vault, or what was begun cannot be finished.
    """
    vault = _vault(folder)
    key = vault.unlock(passphrase)
    if not vault.turning:
        return key
    logs = vault.logs_to_turn(key)
    storage = LogStorage(folder, key=key)
    here = _digests(storage)
    plain = {name for name in here if is_plain_log(folder / f"{name}{ENDING}")}
    if vault.turning == "in":
        storage.become(key, takes_plain={name for name in plain if here[name] == logs.get(name)})
        with storage.alone():
            _turn_in(storage, vault, key)
        return key
    if any(here[name] != logs.get(name) for name in here.keys() - plain):
        raise JournalError(
            f"{folder / VAULT} is an old copy, of when the passphrase was about to be removed: put the one of today"
            " back, the newest backup holds it; nothing was changed"
        )
    storage.become(key, takes_plain=plain)
    with storage.alone():
        _turn_out(storage, vault, key)
    return None


def _digests(storage: LogStorage) -> dict[str, str]:
    """SHA-256 of every log, by its name."""
    try:
        return {path.stem: sha256(read_plain(path)).hexdigest() for path in storage.log_paths()}
    except OSError as error:
        raise JournalError(
            f"a log in {storage.folder} cannot be read ({error.strerror}); nothing was changed"
        ) from None


def _turn_in(storage: LogStorage, vault: Vault, key: Key, on_progress: OnProgress | None = None) -> None:
    done = vault.turned(key, "")
    rewrite(storage, key, key)
    rewrite_backups(
        storage,
        _counted(
            storage,
            lambda files: files if VAULT in files else converted(files, None, key, done.to_bytes()),
            on_progress,
        ),
    )
    seal_files(_folders(storage.folder), key)
    storage.note_end()
    done.write(storage.folder / VAULT)


def _counted(
    storage: LogStorage, change: Callable[[dict[str, bytes]], dict[str, bytes]], on_progress: OnProgress | None
) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    """`change`, which tells how many of the logs and the copies are behind it: the logs were turned before."""
    if on_progress is None:
        return change
    logs = len(storage.log_paths())
    total = logs + len(backup.found_in(storage.folder / BACKUPS))
    behind = itertools.count(logs)

    def counted(files: dict[str, bytes]) -> dict[str, bytes]:
        on_progress(next(behind), total)
        return change(files)

    return counted


def _turn_out(storage: LogStorage, vault: Vault, key: Key, on_progress: OnProgress | None = None) -> None:
    closed = unseal_files(_folders(storage.folder), key)
    if closed:
        _turn_in(storage, vault, key)
        raise JournalError(
            f"{closed[0]} does not open with this journal's key: move it away, then remove the passphrase again;"
            " the journal is encrypted as it was"
        )
    rewrite(storage, key, None)

    rewrite_backups(
        storage,
        _counted(
            storage,
            lambda files: converted(files, key, None, None) if _is_sealed_by(files, key.vault) else files,
            on_progress,
        ),
    )
    unseal_files(_folders(storage.folder), key)  # drafts that another program saved meanwhile
    (storage.folder / VAULT).unlink(missing_ok=True)
    sync_folder(storage.folder)
    storage.become(None)
    storage.note_end()


def _renew_vault_in_backups(storage: LogStorage, vault: Vault) -> None:
    rewrite_backups(
        storage,
        lambda files: {**files, VAULT: vault.to_bytes()} if _is_sealed_by(files, vault.id) else files,
    )


def _is_sealed_by(files: Mapping[str, bytes], vault: str) -> bool:
    """Whether the files of a copy go with the vault of this id."""
    return VAULT in files and Vault.from_bytes(files[VAULT]).id == vault


def _folders(folder: Path) -> list[Path]:
    named = [folder / name for name in _HOLDING_WORDS]
    return [*named, *(inner for outer in named if outer.is_dir() for inner in outer.iterdir() if inner.is_dir())]


def bring_vault_back(folder: Path, file: Path, passphrase: Callable[[], str]) -> Key | None:
    """Puts the vault of a backup in the place of one that is missing or cut, once `passphrase` opens it; its key.

    None where none is needed, or wanted: a plain journal stays plain, whatever comes into it.

    Raises:
        JournalError: the backup cannot be read or opened, or the disk refuses; nothing was changed.
    """
    logs = LogStorage(folder).log_paths()
    has_plain = any(map(is_plain_log, logs)) or is_there(folder / first_format.FILE)
    is_plain = has_plain and all(map(is_plain_log, logs))
    if _usable(folder) or is_plain or not backup.is_zip(file):
        return None
    content = backup.unpacked(file).get(VAULT)
    if content is None:
        return None
    vault = Vault.from_bytes(content, f"{VAULT} in {file}")
    key = vault.unlock(passphrase())
    make_private(folder)
    with locked(folder / LOCK):
        there = _usable(folder)
        if there.id != vault.id if there else LogStorage(folder).log_paths() != logs:
            raise JournalError(f"another journal-tui wrote in {folder} meanwhile, nothing was changed: restore again")
        if there is None:
            vault.write(folder / VAULT)
    return key


def _usable(folder: Path) -> Vault | None:
    """The vault of a journal; None: it is missing, or cut."""
    try:
        return Vault.read(folder / VAULT)
    except JournalError:
        return None
