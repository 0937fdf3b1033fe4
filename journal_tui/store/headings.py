"""What is known of every entry without reading it: its heading, and where its document lies.

Kept beside the logs, so that whoever needs the newest ten, or adds one, does not read them all. A cache: it is used
only where every log is, to the inode and the nanosecond, as it was when this was written, and made anew where it is
not. In an encrypted journal the file is sealed. It has lines::

    journal-tui headings 1 <CRC-32 of all that follows, in hexadecimal>
    {"logs":[[name,inode,size,mtime,ctime,seq,sum,begun],…],"id_length":6,"trash":[id,…]}
    <day>⇥<moment>⇥=<id>⇥<"-" where it is blank>⇥<log>⇥<offset>⇥<length>⇥<CRC-32>
    …

Times are in nanoseconds; ``id_length`` is how many characters of their end tell all ids apart. Then comes a line for
each entry that is not in the trash, oldest first: the last fields say in which log its document stands, and where, with
its CRC-32; in an encrypted journal they say where the line of its commit stands, which has its own seal.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from journal_tui.files import NEVER_WAITING, read_plain, remove_leftovers, write_private
from journal_tui.model import Entry, JournalError
from journal_tui.paths import make_private
from journal_tui.sealed import SealError, is_sealed, unwrap, wrap
from journal_tui.store.folder import Resumed
from journal_tui.store.ids import telling_apart
from journal_tui.store.log import ERASED, Op, decode_line, encode_json, seq_of
from journal_tui.store.records import (
    UNREADABLE,
    Heading,
    entry_from_document,
    heading_of,
    heading_of_entry,
    is_blank,
)
from journal_tui.store.search import Filter, can_be_told_unread, has_words, in_days, may_fold
from journal_tui.text import query_words

if TYPE_CHECKING:
    from pathlib import Path

    from journal_tui.store.folder import LogFolder
    from journal_tui.store.index import Record
    from journal_tui.store.log import Stamp
    from journal_tui.store.storage import LogStorage

FOLDER = "mirror"
MOST_READ = 500
"""Documents read one by one; for more the logs are read as a whole."""
LARGEST = 2**26
"""Bytes of a file of them: half a million entries. A journal with more does without."""
MOST_CHANGES = 50
"""Documents that a commit may change; after more all headings are collected anew."""

_BLANK = b"\t-\t"

Place = tuple[int, int, int]
"""Of a document in a log: offset, length, CRC-32."""


class Known(NamedTuple):
    """One entry, not read."""

    heading: Heading
    is_blank: bool
    log: str
    offset: int
    length: int
    crc: int

    @classmethod
    def from_line(cls, line: bytes) -> Known:
        day, moment, id, blank, log, offset, length, crc = line.decode().split("\t")
        return cls(Heading(day, moment, id[1:]), bool(blank), log, int(offset), int(length), int(crc, 16))

    def line(self) -> bytes:
        """In the order of their bytes, lines are in that of the headings."""
        day, moment, id = self.heading
        blank = "-" if self.is_blank else ""
        return f"{day}\t{moment}\t={id}\t{blank}\t{self.log}\t{self.offset}\t{self.length}\t{self.crc:08x}\n".encode()


def path_in(folder: LogFolder) -> Path:
    """Where they are kept: each device writes its own, so that no two write the same file."""
    return folder.folder / FOLDER / f"headings-{folder.device}.txt"


def forget(folder: Path) -> None:
    """Removes all that are kept. A disk that refuses is no trouble: once a log is written anew, they hold no more."""
    with suppress(OSError):
        for path in (folder / FOLDER).glob("*headings-*.txt*"):
            path.unlink(missing_ok=True)


class Headings:
    """The headings of a folder's live entries, as one block of lines."""

    def __init__(
        self, folder: LogFolder, logs: Mapping[str, Resumed], id_length: int, trash: set[str], block: bytes, start: int
    ) -> None:
        """The lines stand in `block` from `start` on: they are megabytes, and nothing copies them without need."""
        self._folder = folder
        self.logs = dict(logs)
        """How each log was when it was read, by its name."""
        self.id_length = id_length
        """How many characters of the end tell all ids apart."""
        self._trash = trash
        self._block = block
        self._start = start

    # -- reading -----------------------------------------------------------------------------------

    @classmethod
    def read(cls, folder: LogFolder) -> Headings | None:
        """Those kept for the logs as they lie there now, from which `folder` goes on; None where they do not hold.

        Raises:
            JournalError: the folder cannot be read.
        """
        path = path_in(folder)
        try:
            content = _content(path)
            if is_sealed(content) is not (folder.key is not None):
                return None
            block = unwrap(content, path.name, folder.key)
            after = block.index(b"\n") + 1
            if block[:after] != _first_line(crc32(memoryview(block)[after:])):
                return None
            start = block.index(b"\n", after) + 1
            about = json.loads(block[after:start])
            logs = {name: _resumed(*log) for name, *log in about["logs"]}
            found = cls(folder, logs, _number(about["id_length"]), set(about["trash"]), block, start)
        except (OSError, SealError, *UNREADABLE):
            return None
        return found if folder.resume(logs) else None

    def has(self, id: str) -> bool:
        """Whether a live entry has this id."""
        return b"\t=%s\t" % id.encode() in self._block

    def holds(self, id: str) -> bool:
        """Whether an entry has this id, in the trash or not."""
        return id in self._trash or self.has(id)

    def newest(self) -> Iterator[Known]:
        """The live entries, newest first.

        Raises:
            ValueError, KeyError, TypeError: a line is not as it was written.
        """
        end = len(self._block)
        while end > self._start:
            start = self._block.rfind(b"\n", 0, end - 1) + 1
            known = Known.from_line(self._block[start : end - 1])
            if not 0 <= known.offset <= known.offset + known.length <= self.logs[known.log].stamp[1]:
                raise ValueError
            yield known
            end = start

    def find(self, filter: Filter) -> list[Entry] | None:
        """As `Journal.find`; None where they do not suffice, or something is not as it was written."""
        words = [word.encode("utf-8", "surrogatepass") for word in query_words(filter.words)]
        if filter.person or not (words or filter.limit is not None) or not all(map(can_be_told_unread, words)):
            return None
        if words and self._folder.key:
            return None
        try:
            return self._find(filter, words)
        except UNREADABLE:
            forget(self._folder.folder)  # so that they are made anew
            return None

    def _find(self, filter: Filter, words: Sequence[bytes]) -> list[Entry] | None:
        """Raises one of `UNREADABLE`: something is not as it was written."""
        found: list[Entry] = []
        tried = 0
        with _Documents(self._folder) as documents:
            for known in in_days(self.newest(), filter):
                if len(found) == filter.limit:
                    break
                if words and not documents.may_hold(known, words):
                    continue
                tried += 1
                if tried > MOST_READ:
                    return None
                document = documents.read(known)
                entry = entry_from_document(document)
                if heading_of_entry(entry) != known.heading:
                    raise ValueError
                if filter.passes(entry) and (not words or has_words(document, words)):
                    found.append(entry)
        return found

    def count(self) -> int:
        """How many entries are not blank."""
        return self._block.count(b"\n", self._start) - self._block.count(_BLANK, self._start)

    # -- changing ----------------------------------------------------------------------------------

    def fits(self, folder: LogFolder) -> bool:
        """Whether they hold for all that `folder` has read."""
        return folder.resumable() == self.logs

    def take(self, folder: LogFolder) -> bool:
        """Takes in the commit that `folder` just added to its own log, when they held before; False: they cannot."""
        added, logs = folder.added, folder.resumable()
        if added is None or logs is None or len(added.ops) > MOST_CHANGES:
            return False
        offset, line, ops = added
        try:
            for op in ops:
                if op.record is None or op.raw == ERASED:
                    return False
                if op.table == "entries":
                    self._take(op, offset, line, folder)
        except UNREADABLE:
            return False
        self.logs = logs
        return True

    def _take(self, op: Op, offset: int, line: bytes, folder: LogFolder) -> None:
        """Raises one of `UNREADABLE`: it does not say what has become of which entry."""
        document = json.loads(op.raw)
        id = str(document["id"])
        self._remove(id)
        if document.get("deleted"):
            self._trash.add(id)
            return
        heading = heading_of(op.raw)
        if heading is None:
            raise ValueError
        while self.id_length <= len(id) and id[-self.id_length :].encode() + b"\t" in self._block:
            self.id_length += 1
        place = _places(line, offset, {op.raw}, is_sealed=folder.key is not None)[op.raw]
        self._insert(Known(heading, is_blank(op.raw), folder.device, *place).line())

    def _remove(self, id: str) -> None:
        self._trash.discard(id)
        at = self._block.find(b"\t=%s\t" % id.encode())
        if at >= 0:
            self._replace(self._block.rfind(b"\n", 0, at) + 1, self._block.index(b"\n", at) + 1, b"")

    def _insert(self, line: bytes) -> None:
        low, high = self._start, len(self._block)
        while low < high:
            middle = (low + high) // 2
            start, end = self._block.rfind(b"\n", 0, middle) + 1, self._block.index(b"\n", middle) + 1
            if self._block[start:end] < line:
                low = end
            else:
                high = start
        self._replace(low, low, line)

    def _replace(self, start: int, end: int, line: bytes) -> None:
        lines = memoryview(self._block)
        self._block = b"".join((lines[:start], line, lines[end:]))

    def keep(self) -> None:
        """Writes them, with or without the writer's lock: they hold for the logs that they name, and no others. They
        are not the journal: a disk that refuses is no trouble, and nobody waits for it."""
        path = path_in(self._folder)
        about = {
            "logs": [[name, *log.stamp, *log[1:]] for name, log in self.logs.items()],
            "id_length": self.id_length,
            "trash": sorted(self._trash),
        }
        said, lines = encode_json(about) + b"\n", memoryview(self._block)[self._start :]
        content = b"".join((_first_line(crc32(lines, crc32(said))), said, lines))
        with suppress(OSError, JournalError):
            if len(content) > LARGEST or path.parent.is_symlink():
                return
            make_private(path.parent)
            remove_leftovers(path)
            write_private(path, wrap(content, path.name, self._folder.key), durable=False)


def _content(path: Path) -> bytes:
    """Raises an OSError: it is no file of our own there."""
    if path.parent.is_symlink():
        raise OSError(errno.ELOOP, "a link to another place")
    handle = os.open(path, os.O_RDONLY | NEVER_WAITING)
    with os.fdopen(handle, "rb") as file:
        said = os.fstat(handle)
        if not stat.S_ISREG(said.st_mode) or said.st_size > LARGEST:
            raise OSError(errno.EINVAL, "not a file of headings")
        return file.read(LARGEST)


def _resumed(*log: Any) -> Resumed:
    """Raises a TypeError: this is not how a log was read."""
    inode, size, mtime, ctime, seq, sum, begun = log
    stamp = (_number(inode), _number(size), _number(mtime), _number(ctime))
    if not (isinstance(sum, str) and isinstance(begun, str)):
        raise TypeError
    return Resumed(stamp, _number(seq), sum, begun)


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _places(line: bytes, offset: int, wanted: Collection[bytes], *, is_sealed: bool) -> dict[bytes, Place]:
    """Where these documents stand in a log. Of a line that is sealed its own place.

    Raises:
        ValueError: one is not in the line.
    """
    if is_sealed:
        return dict.fromkeys(wanted, (offset, len(line), 0))
    found: dict[bytes, Place] = {}
    for piece in line.split(b"\t"):  # a tab stands around documents alone
        if piece in wanted:
            found[piece] = (offset, len(piece), crc32(piece))
        offset += len(piece) + 1
    if len(found) < len(wanted):
        raise ValueError
    return found


def _first_line(crc: int) -> bytes:
    return b"journal-tui headings 1 %08x\n" % crc


class _Documents:
    """Reads documents from the places in the logs that are known of them."""

    def __init__(self, folder: LogFolder) -> None:
        self._folder = folder
        self._handles: dict[str, int] = {}
        self._lowered: dict[str, bytes] = {}
        """Whole logs, in small letters."""
        self._opened: tuple[str, int, bytes] = ("", 0, b"")

    def __enter__(self) -> _Documents:
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._handles.values():
            os.close(handle)

    def may_hold(self, known: Known, words: Sequence[bytes]) -> bool:
        """Whether all `words`, which `can_be_told_unread`, may stand in a document of a plain log."""
        if known.log not in self._lowered:
            with suppress(OSError):
                self._lowered[known.log] = read_plain(self._folder.log_path(known.log)).lower()
        if known.log not in self._lowered:
            return True  # reading it tells
        raw = self._lowered[known.log][known.offset : known.offset + known.length]
        return all(word in raw for word in words) or may_fold(raw)

    def read(self, known: Known) -> dict[str, Any]:
        """Raises one of `UNREADABLE`: it does not stand there."""
        try:
            if known.log not in self._handles:
                path = self._folder.log_path(known.log)
                self._handles[known.log] = os.open(path, os.O_RDONLY | NEVER_WAITING)
            document: dict[str, Any] = json.loads(self._sealed(known) if self._folder.key else self._plain(known))
            return document
        except OSError:
            raise ValueError from None

    def _plain(self, known: Known) -> bytes:
        raw = os.pread(self._handles[known.log], known.length, known.offset)
        if crc32(raw) != known.crc:
            raise ValueError
        return raw

    def _sealed(self, known: Known) -> bytes:
        """A commit may hold many: it is opened once for all of them that follow each other."""
        if self._opened[:2] != (known.log, known.offset):
            line = os.pread(self._handles[known.log], known.length, known.offset)
            self._opened = (known.log, known.offset, decode_line(line, known.log, self._folder.key).payload)
        said = self._opened[2]
        start = said.rindex(b'\t{"id":"%s",' % known.heading.id.encode()) + 1  # a tab stands around documents alone
        return said[start : said.index(b"\t", start)]


def collect(storage: LogStorage, ordered: Collection[Record], trash: Collection[str]) -> Headings | None:
    """The headings of what `storage` has read; None where something is amiss, or changes just now.

    Args:
        ordered: the live entries, oldest first; `trash`: the ids of the others.
    """
    logs = storage.resumable()
    if not logs or storage.erased() is not None:
        return None
    rows = storage.table_state("entries").rows
    commits: dict[Stamp, list[Record]] = {}
    for record in ordered:
        commits.setdefault(rows[record.number].stamp, []).append(record)
    found: list[bytes] = []
    try:
        for name in logs:
            content = read_plain(storage.log_path(name))
            offset = 0
            for line in content.split(b"\n"):
                records = {record.raw: record for record in commits.pop((seq_of(line), name), ())}
                places = _places(line, offset, records.keys(), is_sealed=storage.key is not None) if records else {}
                for raw, place in places.items():
                    found.append(Known(records[raw].heading, is_blank(raw), name, *place).line())
                offset += len(line) + 1
    except (OSError, ValueError):
        return None
    if commits:
        return None
    id_length = telling_apart([record.heading.id for record in ordered])
    return Headings(storage, logs, id_length, set(trash), b"".join(sorted(found)), 0)
