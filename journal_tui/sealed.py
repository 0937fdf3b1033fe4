"""Small files that may be sealed: drafts, edits and whatever else lies beside the logs of an encrypted journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from journal_tui.files import read_plain, sync_folder, write_private
from journal_tui.model import JournalError

MAGIC = b"\x89journal-tui sealed 1\n"
"""The first line of a sealed file. No text in UTF-8 begins with its first byte, so no words are taken for a box."""

ASIDE = ".aside"
"""Ends the name of an unfinished change that could not be read: ``<name of before>.<letters>.aside``."""
SUFFIXES = frozenset({".json", ".edit", ".md", ".txt", ASIDE})


class SealError(ValueError):
    """The box was not sealed with this key for this place, or was changed since."""


class Cipher(Protocol):
    """Authenticated encryption with one key. `context` says where a box belongs: elsewhere it does not open."""

    def seal(self, content: bytes, context: str) -> bytes:
        """A box that only the same key and context open."""
        ...

    def open(self, box: bytes, context: str) -> bytes:
        """What was sealed.

        Raises:
            SealError: another key, another context, or a damaged box.
        """
        ...


def is_sealed(content: bytes) -> bool:
    """Whether `wrap` sealed this file."""
    return content.startswith(MAGIC)


def wrap(content: bytes, name: str, cipher: Cipher | None) -> bytes:
    """What to write in the file called `name`: `MAGIC` and a box, or without a cipher the content as it is."""
    return content if cipher is None else MAGIC + cipher.seal(content, f"file/{name}")


def unwrap(content: bytes, name: str, cipher: Cipher | None) -> bytes:
    """The content of a file that `wrap` made; a file that is not sealed is its own content.

    Raises:
        SealError: it is sealed and there is no cipher, or not the right one, or it is damaged.
    """
    if not is_sealed(content):
        return content
    if cipher is None:
        raise SealError("it is sealed with a passphrase")
    return cipher.open(content[len(MAGIC) :], f"file/{name}")


# -- whole folders ---------------------------------------------------------------------------------


def seal_files(folders: Sequence[Path], cipher: Cipher) -> None:
    """Seals every plain file that lies directly in `folders` and ends in one of `SUFFIXES`, each in one step.

    What interrupted writing left there is removed. Sealed files stay as they are, so that it can be done again after
    any end. Not for the data folder itself, whose vault.json has to stay readable. The plain bytes of before are no
    longer in the folder; a disk may hold them in its free blocks until it uses those again.

    Raises:
        JournalError: a file cannot be read or written; it is as it was.
    """
    for path, content in _files(folders):
        if not is_sealed(content):
            _replace(path, wrap(content, _name_of(path), cipher))


def unseal_files(folders: Sequence[Path], cipher: Cipher) -> list[Path]:
    """Takes back what `seal_files` did; the files that `cipher` does not open, which stay as they are.

    Raises:
        JournalError: a file cannot be read or written; it is as it was.
    """
    closed = []
    for path, content in _files(folders):
        if is_sealed(content):
            try:
                plain = unwrap(content, _name_of(path), cipher)
            except SealError:
                if path.suffix != ASIDE:
                    closed.append(path)
            else:
                _replace(path, plain)
    return closed


def _name_of(path: Path) -> str:
    """The name a file was sealed under."""
    return path.name.rsplit(".", 2)[0] if path.suffix == ASIDE else path.name


def _files(folders: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
    for folder in folders:
        try:
            found = sorted(folder.iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _refused(folder, error) from None
        for path in found:
            try:
                if path.is_symlink() or not path.is_file():
                    continue
                if path.name.startswith(".") and path.suffix == ".new":
                    path.unlink(missing_ok=True)
                    sync_folder(folder)
                elif path.suffix in SUFFIXES:
                    yield path, read_plain(path)
            except FileNotFoundError:  # its program finished with it meanwhile
                continue
            except OSError as error:
                raise _refused(path, error) from None


def _replace(path: Path, content: bytes) -> None:
    try:
        write_private(path, content)
    except OSError as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> JournalError:
    return JournalError(
        f"{path} cannot be turned ({error.strerror}) and is as it was: make room or make it writable, then try again"
    )
