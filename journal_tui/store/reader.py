"""Reads a log from the first line to the last, past whatever is damaged."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from journal_tui.store.log import FIRST, FORMAT, Header, Line, LineError, decode_header, decode_line, pieces, sum_of

if TYPE_CHECKING:
    from journal_tui.store.vault import Key


class NewerLogError(Exception):
    """The log was written by a newer version; `format` is its number."""

    def __init__(self, format: int) -> None:
        super().__init__(format)
        self.format = format


class SealedLogError(Exception):
    """The log is encrypted and there is no key; or it needs the key of another vault, whose id is `vault`."""

    def __init__(self, vault: str) -> None:
        super().__init__(vault)
        self.vault = vault


class PlainLogError(Exception):
    """The log is not encrypted, in a journal that is."""


class Damage(NamedTuple):
    """A stretch of a log that is not as it was written."""

    offset: int
    """Bytes from the start of the file."""
    content: bytes
    why: str


class LogReader:
    """How far one log was read, and what was found amiss. Reads on from there as the log grows."""

    def __init__(self, name: str, key: Key | None = None, *, takes_plain: bool = False) -> None:
        """Args:
        name: of the file, without its ending: a log's device.
        key: opens the boxes of a log that belongs to its vault.
        takes_plain: whether a plain log is read although there is a key. Anybody who can write in the folder can
            make one.
        """
        self.name = name
        self._key = key
        self._takes_plain = takes_plain
        self.header: Header | None = None
        self.size = 0
        """Bytes up to the end of the last commit."""
        self.seq = 0
        self.sum = FIRST
        """Of the last line."""
        self.damages: list[Damage] = []
        self.gaps: list[int] = []
        """Numbers of the commits before which something is missing or out of order."""
        self.torn = b""
        """What stands after the last commit and is none: a line that was not finished."""
        self.is_open = False
        """The last line lacks its line feed."""
        self.head = 0
        """Number of the commit that was its last once, where that is known."""
        self.is_refused = False
        """It is a plain log in an encrypted journal, which was not read."""
        self._since_damage = False
        self._why = ""

    @property
    def device(self) -> str:
        return self.header.device if self.header else self.name

    @property
    def begun(self) -> str:
        """The day it was begun, ISO 8601; empty when that is not known."""
        return self.header.begun if self.header else ""

    @property
    def is_damaged(self) -> bool:
        """Something in it is not as it was written."""
        return bool(self.damages or self.gaps or self.torn or self.head > self.seq)

    def read(self, file: BinaryIO) -> Iterator[Line]:
        """The commits from `size` on, in the order of the file.

        Raises:
            NewerLogError, SealedLogError, PlainLogError: it is not to be read.
            OSError: the disk.
        """
        file.seek(self.size)
        self.torn = b""
        offset = self.size
        if self.is_open and (feed := file.read(1)):
            if feed == b"\n":
                offset = self.size = offset + 1
                self.is_open = False
            else:
                file.seek(offset)
        for chunk in file:
            ends = chunk.endswith(b"\n")
            line = chunk[:-1] if ends else chunk
            found = self._take(line, offset)
            if found is None:
                yield from self._rescue(line, offset, ends)
            else:
                if found:
                    yield found[0]
                self.size = offset + len(chunk)
                self.is_open = not ends
            offset += len(chunk)

    def resume(self, size: int, seq: int, sum: bytes, header: Header) -> None:
        """Goes on where another reader was that found nothing amiss."""
        self.size, self.seq, self.sum, self.header = size, seq, sum, header

    def wrote(self, content: bytes, line: bytes, seq: int, header: Header | None) -> None:
        """Takes note of what its writer added to the file, so that it need not be read.

        Args:
            content: all that was added, `line` the commit in it.
            header: of a log that was begun with it.
        """
        self.size += len(content)
        self.seq, self.sum, self.is_open = seq, sum_of(line), False
        self.header = header or self.header

    def _take(self, line: bytes, offset: int) -> tuple[()] | tuple[Line] | None:
        """The commit of a line, nothing for the first line, None when the line is damaged."""
        if offset == 0:
            with contextlib.suppress(LineError):  # the first line may be missing, and this a commit
                self._open(decode_header(line), sum_of(line))
                return ()
        try:
            commit = decode_line(line, self.device, self._key if self._is_sealed(line) else None)
        except LineError as error:
            self._why = str(error)
            return None
        if commit.seq <= self.seq or (commit.prev != self.sum and not self._since_damage):
            self.gaps.append(commit.seq)
        self._since_damage = False
        self.seq = max(self.seq, commit.seq)
        self.sum = commit.sum
        return (commit,)

    def _open(self, header: Header, sum: bytes) -> None:
        if header.format > FORMAT:
            raise NewerLogError(header.format)
        if header.vault and (self._key is None or header.vault != self._key.vault):
            raise SealedLogError(header.vault)
        if self._key and not header.vault and not self._takes_plain:
            raise PlainLogError
        self.header, self.sum = header, sum

    def _is_sealed(self, line: bytes) -> bool:
        """As the first line says; where that is damaged, as the line itself shows."""
        if self.header:
            return bool(self.header.vault)
        return b',"box":"' in line[:120] or (self._key is not None and not self._takes_plain)

    def _rescue(self, chunk: bytes, offset: int, ends: bool) -> Iterator[Line]:
        """Finds the whole lines in a damaged stretch; what is none is kept as damage, or at the end as torn."""
        for piece in pieces(chunk):
            # A changed line feed leaves one byte behind its line.
            for length in (len(piece) - 1, len(piece)):
                found = self._take(piece[:length], offset)
                if found is not None:
                    if length < len(piece) and ends:
                        self.damages.append(Damage(offset + length, piece[length:], "the end of a line is damaged"))
                    yield from found
                    self.size, self.is_open = offset + length, not ends
                    self.torn = b"" if ends else piece[length:]
                    break
            else:
                self._since_damage = True
                if ends:
                    self.damages.append(Damage(offset, piece, self._why))
                else:
                    self.torn += piece
            offset += len(piece)
        if ends:
            self.size, self.is_open = offset + 1, False
