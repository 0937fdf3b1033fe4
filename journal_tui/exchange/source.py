"""What is imported: one file, or a folder or zip archive of files. Looked at first, then read strictly as UTF-8.

Nothing is ever unpacked to the disk. Links are not followed.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, partial
from itertools import count, islice
from pathlib import Path, PurePosixPath
from typing import IO, Any, NoReturn

from journal_tui.exchange.record import LeftOut
from journal_tui.model import JournalError, UsageError
from journal_tui.text import clean_line

Progress = Callable[[int, int], None]
"""Told the bytes done and the bytes in all; may raise to stop."""

HEAD = 64 * 1024
"""Bytes that are looked at to find the format."""
LONGEST = 8_000_000
"""Bytes of a line or an entry; more is no journal."""
LARGEST_WHOLE = 100_000_000
"""Bytes of a file that can only be read as a whole."""
MOST_VALUES = 1_000_000
"""In one JSON, which takes some 200 bytes of memory for each; a large one may have one more for each 50 characters."""
MOST_FILES = 200_000
"""In a folder or archive."""
LARGEST_TREE = 2_000_000_000
"""Bytes of all files in a folder or archive."""
LARGEST_LIST = 32_000_000
"""Bytes of the list of files that an archive carries."""
HIGHEST_RATIO = 200
"""Of what an archive holds to its own size, where it holds more than `SMALL`."""
SMALL = 2_000_000
"""Bytes."""
LOOKED_AT = 20
"""Files of a folder or archive that are looked into to find its format."""
ATTACHED = frozenset(
    f".{ending}"
    for ending in "png jpg jpeg gif webp svg bmp tif tiff heic pdf mp3 m4a aac wav ogg opus mp4 mov webm canvas".split()
)
"""Endings of pictures, recordings and the like."""
_STEP = 128 * 1024
"""Bytes from one word on progress to the next."""

_READING = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError)
"""What reading may raise; a locked member of an archive raises RuntimeError, an unknown packing a kind of it."""


class UnreadableError(JournalError):
    """A file that cannot be read. `why` goes on after its name, or after "it": ``is empty: …``."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} {why}; nothing of it was brought in")
        self.why = why

    def left_out(self, where: str) -> LeftOut:
        """The same, where only this file of many is left out."""
        return LeftOut(where=where, why=f"it {self.why}")


class Watch:
    """Progress over all files of an import, and the way to ask for a password."""

    def __init__(
        self, on_progress: Progress | None = None, password: Callable[[], str] | None = None, tries: int = 1
    ) -> None:
        self._on_progress = on_progress
        self._password = password
        self.tries = tries
        """How often a password may be asked for."""
        self._done = self._told = 0
        self.total = 0
        """Bytes to read."""

    def read(self, size: int) -> None:
        """Takes note that `size` bytes more were read."""
        self._done += size
        if self._on_progress and self._done - self._told >= _STEP:
            self._told = self._done
            self._on_progress(min(self._done, self.total), self.total)

    def end(self) -> None:
        """All was read."""
        if self._on_progress:
            self._on_progress(self.total, self.total)

    def password(self, name: str) -> str:
        """What opens the file called `name`.

        Raises:
            UsageError: nobody can be asked.
        """
        if self._password is None:
            raise UsageError(f"{name} is encrypted: its password is needed to read it")
        return self._password()


class Leaf:
    """One file: on the disk, in an archive, or opened with a password.

    Args:
        name: for reports and error lines.
        path: within its tree; the name of the file where there is none.
        opened: gives its bytes from the beginning.
        on_disk: where it lies, if it does.
    """

    def __init__(
        self,
        name: str,
        path: PurePosixPath,
        size: int,
        opened: Callable[[], IO[bytes]],
        watch: Watch,
        on_disk: Path | None = None,
    ) -> None:
        self.name = clean_line(name)
        self.path = path
        self.size = size
        self.watch = watch
        self.on_disk = on_disk
        self._opened = opened

    @cached_property
    def head(self) -> bytes:
        """The first bytes, at most `HEAD`.

        Raises:
            UnreadableError: it cannot be read.
        """
        try:
            with self._opened() as file:
                return file.read(HEAD)
        except _READING as error:
            raise _unreadable(self.name, error) from error

    @cached_property
    def beginning(self) -> str:
        """`head` decoded, for recognising only; the last character may be cut."""
        return self.head.decode(errors="replace").removeprefix("\ufeff")

    def within(self, content: bytes) -> Leaf:
        """The file that was found within this one, as when a password opened it."""
        return Leaf(self.name, self.path, len(content), lambda: io.BytesIO(content), Watch())

    def lines(
        self, longest: int = LONGEST, *, again: bool = False, with_end: bool = False
    ) -> Iterator[tuple[int, str]]:
        """Every line with its number from 1, without byte order mark and, unless `with_end`, line end.

        Only a line feed (with or without a carriage return) ends a line; other separators belong to the text.

        Args:
            again: for a second look, which is no progress.

        Raises:
            UnreadableError: not text in UTF-8, or a line of more than `longest` bytes.
        """
        try:
            with self._opened() as file:
                for number in count(1):
                    raw = file.readline(longest + 1)
                    if not again:
                        self.watch.read(len(raw))
                    if not raw:
                        return
                    if len(raw) > longest:
                        size = f"{longest // 1_000_000} MB"
                        why = f"has a line {number} longer than {size}: take it out, and try again"
                        raise UnreadableError(self.name, why)
                    line = self._decoded(raw, number)
                    yield number, line if with_end else line.removesuffix("\n").removesuffix("\r")
        except _READING as error:
            raise _unreadable(self.name, error) from error

    def text(self) -> str:
        """All of it, with line feeds as line ends.

        Raises:
            UnreadableError: as `lines`, or larger than `LARGEST_WHOLE`.
        """
        content = self.content()
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            start = content.rfind(b"\n", 0, error.start) + 1
            raise self._no_utf8(content.count(b"\n", 0, start) + 1, error.start - start) from error
        return text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n")

    def content(self) -> bytes:
        """All bytes of it.

        Raises:
            UnreadableError: it cannot be read, or is larger than `LARGEST_WHOLE`.
        """
        self.check_size()
        try:
            with self._opened() as file:
                content = file.read(LARGEST_WHOLE)
        except _READING as error:
            raise _unreadable(self.name, error) from error
        self.watch.read(len(content))
        return content

    def json(self) -> Any:
        """The one JSON value that it is (RFC 8259).

        Raises:
            UnreadableError: as `text`, or it is no whole JSON.
        """
        try:
            return parsed(self.text())
        except json.JSONDecodeError as error:
            why = f"is no whole JSON, line {error.lineno} does not go on as it should: export it again"
            raise UnreadableError(self.name, why) from error
        except (ValueError, RecursionError) as error:
            why = "is no JSON of a journal, with numbers, brackets or values without end: export it again"
            raise UnreadableError(self.name, why) from error

    def json_entries(self, advice: str, *, may_be_bare: bool = False) -> list[Any]:
        """The list under ``entries`` in a JSON object, or a bare one.

        Raises:
            UnreadableError: as `json`, or there is none; `advice` says what to do.
        """
        data = self.json()
        entries = data.get("entries") if isinstance(data, dict) else data if may_be_bare else None
        if not isinstance(entries, list):
            raise UnreadableError(self.name, f"has no list of entries: {advice}")
        return entries

    def check_size(self) -> None:
        """Makes sure that it may be read as a whole.

        Raises:
            UnreadableError: it is larger than `LARGEST_WHOLE`.
        """
        if self.size > LARGEST_WHOLE:
            size = f"{LARGEST_WHOLE // 1_000_000} MB"
            why = f"is larger than {size}, too large to read as one piece: export fewer years at a time"
            raise UnreadableError(self.name, why)

    def _decoded(self, raw: bytes, number: int) -> str:
        try:
            line = raw.decode()
        except UnicodeDecodeError as error:
            raise self._no_utf8(number, error.start) from error
        return line.removeprefix("\ufeff") if number == 1 else line

    def _no_utf8(self, line: int, at: int) -> UnreadableError:
        return UnreadableError(
            self.name, f"is not UTF-8 in line {line}, byte {at + 1}: save it as UTF-8, and try again"
        )


class Tree:
    """The files of a folder or an archive. Hidden ones are not among them, but for Obsidian's note on daily notes.

    Args:
        sizes: bytes of each file by its path, with ``/`` between the parts.
        opened: gives the bytes of a path from the beginning.
        refused: what is not looked at, and why.
        on_disk: where it lies; None: in an archive.
    """

    def __init__(
        self,
        name: str,
        sizes: Mapping[str, int],
        opened: Callable[[str], IO[bytes]],
        watch: Watch,
        refused: tuple[LeftOut, ...] = (),
        on_disk: Path | None = None,
    ) -> None:
        self.name = clean_line(name)
        self.watch = watch
        self.refused = refused
        self._sizes = sizes
        self._opened = opened
        self._on_disk = on_disk

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Of all files, in their order."""
        return tuple(sorted(self._sizes))

    def leaf(self, path: str, name: str = "") -> Leaf:
        """The file at `path`, one of `paths`. Reports call it by `name`, or else by this path."""
        on_disk = self._on_disk / path if self._on_disk else None
        opened = partial(self._opened, path)
        return Leaf(name or path, PurePosixPath(path), self._sizes[path], opened, self.watch, on_disk)

    def only(self) -> Leaf | None:
        """The one file, where there is but one; it goes by the name of the whole."""
        return self.leaf(self.paths[0], self.name) if len(self.paths) == 1 else None

    def matching(self, pattern: str) -> Iterator[Leaf]:
        """The files whose whole path the regular expression `pattern` matches, in their order."""
        wanted = re.compile(pattern)
        return (self.leaf(path) for path in self.paths if wanted.fullmatch(path))

    def is_mostly(self, pattern: str) -> bool:
        """Whether the regular expression `pattern` matches the whole path of at least half of the files, those that
        journals have beside them not counted. A folder with samples or a few notes among other things is none."""
        wanted = sum(map(bool, map(re.compile(pattern).fullmatch, self.paths)))
        beside = sum(PurePosixPath(path).suffix.lower() in ATTACHED for path in self.paths)
        return wanted > 0 and 2 * wanted >= len(self.paths) - beside

    def shows(self, pattern: str, recognises: Callable[[Leaf], bool]) -> bool:
        """Whether one of the first files that `matching` gives is recognised; one that cannot be read is none."""
        for leaf in islice(self.matching(pattern), LOOKED_AT):
            with suppress(UnreadableError):
                if recognises(leaf):
                    return True
        return False


Place = Leaf | Tree


def parsed(text: str) -> Any:
    """The value that a JSON text is (RFC 8259).

    Raises:
        ValueError: it is none, or holds so many values that they could fill the memory.
        RecursionError: it is nested too deeply.
    """
    most = MOST_VALUES + len(text) // 50
    if _openings(text) > most and _openings(_QUOTED.sub("", text)) > most:
        raise ValueError("too many values")
    return json.loads(text, parse_constant=_no_number)


_QUOTED = re.compile(r'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)


def _openings(text: str) -> int:
    """How many values there may be in JSON at the most, but for its first."""
    return sum(map(text.count, "[{,"))


def open_place(path: Path, watch: Watch) -> Place:
    """What lies at `path`, to be looked at.

    Raises:
        JournalError: nothing that can be read, or an archive or folder that is not safe to read.
    """
    name = clean_line(str(path))
    try:
        if not path.exists():
            raise JournalError(f"there is no file {name}: check the name")
        if path.is_dir():
            return _folder(path, watch)
        if not path.is_file():
            raise JournalError(f"{name} is not a plain file: save it as one, or let import - read a pipe")
        place = Leaf(name, PurePosixPath(path.name), path.stat().st_size, lambda: path.open("rb"), watch, path)
    except OSError as error:
        raise _unreadable(clean_line(error.filename or name), error) from error
    return _looked_into(place, lambda: path.open("rb"))


def open_content(name: str, content: bytes, watch: Watch) -> Place:
    """The same for what came through a pipe; `name` stands in for that of a file.

    Raises:
        JournalError: it is empty, too large, or an archive that is not safe to read.
    """
    place = Leaf(name, PurePosixPath(name), len(content), lambda: io.BytesIO(content), watch)
    place.check_size()
    return _looked_into(place, lambda: io.BytesIO(content))


def _looked_into(place: Leaf, opened: Callable[[], IO[bytes]]) -> Place:
    if not place.head.strip():
        raise JournalError(f"{place.name} is empty: there is nothing to import")
    if place.head.startswith((b"PK\3\4", b"PK\5\6")):
        return _archive(place, opened)
    place.watch.total = place.size
    return place


def refuse_binary(leaf: Leaf) -> None:
    """Makes sure that a file may be text.

    Raises:
        UnreadableError: it is UTF-16, or no text.
    """
    if leaf.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(leaf.name, "is written in UTF-16: save it as UTF-8, and try again")
    if b"\0" in leaf.head:
        raise UnreadableError(leaf.name, "is not a text file: export the journal as text or JSON, and import that")


# -- folders ---------------------------------------------------------------------------------------


def _folder(folder: Path, watch: Watch) -> Tree:
    name = clean_line(str(folder))
    sizes: dict[str, int] = {}
    refused: list[LeftOut] = []
    waiting = [""]
    while waiting:
        under = waiting.pop()
        with os.scandir(folder / under) as found:
            for item in found:
                path = under + item.name
                if _is_hidden(path):
                    continue
                if item.is_symlink():
                    refused.append(LeftOut(where=clean_line(path), why="it is a link, and links are not followed"))
                elif item.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif item.is_file(follow_symlinks=False):
                    sizes[path] = item.stat(follow_symlinks=False).st_size
                if len(sizes) + len(refused) + len(waiting) > MOST_FILES:
                    raise _too_many(name)
    watch.total = _checked_total(name, sizes)
    return Tree(name, sizes, lambda path: _open_beneath(folder / path), watch, tuple(refused), folder)


def _open_beneath(path: Path) -> IO[bytes]:
    # A link that was put in the file's place meanwhile is not followed, and a pipe is not waited for.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    return os.fdopen(handle, "rb")


def _is_hidden(path: str) -> bool:
    """Whether a file or folder, or one that it lies in, is a program's own, or thrown away."""
    beneath = f"/{path}".removesuffix("/daily-notes.json").removesuffix("/.obsidian")
    return "/." in beneath or "__MACOSX" in beneath


def _checked_total(name: str, sizes: Mapping[str, int]) -> int:
    total = sum(sizes.values())
    if total > LARGEST_TREE:
        size = f"{LARGEST_TREE // 1_000_000_000} GB"
        raise JournalError(f"{name} holds more than {size}: export fewer years at a time, or no pictures")
    return total


def _too_many(name: str) -> JournalError:
    return JournalError(f"{name} holds more than {MOST_FILES:,} files: name a folder or archive with the journal alone")


# -- archives --------------------------------------------------------------------------------------


def _archive(leaf: Leaf, opened: Callable[[], IO[bytes]]) -> Tree:
    name, watch = leaf.name, leaf.watch
    try:
        if _size_of_list(opened, leaf.size) > LARGEST_LIST:
            raise JournalError(f"{name} lists more files than a journal has: unpack it, and import the folder")
        archive = zipfile.ZipFile(leaf.on_disk or opened())
    except (*_READING, ValueError, NotImplementedError) as error:
        raise UnreadableError(name, "is a damaged archive: export it again") from error
    sizes: dict[str, int] = {}
    members: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist():
        inside, shown = member.filename, clean_line(member.filename)[:80]
        if why := _why_unsafe(member):
            raise JournalError(f'{name} holds "{shown}", {why}: it was not read, make the archive again')
        if member.is_dir() or _is_hidden(inside):
            continue
        if inside in sizes:
            raise JournalError(
                f'{name} holds "{clean_line(inside)[:80]}" twice: it was not read; make the archive again'
            )
        sizes[inside], members[inside] = member.file_size, member
    if len(sizes) > MOST_FILES:
        raise _too_many(name)
    total = watch.total = _checked_total(name, sizes)
    if total > SMALL and total > HIGHEST_RATIO * leaf.size:
        raise JournalError(f"{name} would grow {HIGHEST_RATIO} times and more, as no journal does: it was not read")
    return Tree(name, sizes, lambda inside: archive.open(members[inside]), watch)


def _why_unsafe(member: zipfile.ZipInfo) -> str:
    """Why a member is not looked at; empty: it may be."""
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or re.match(r"[A-Za-z]:", member.filename) or "\0" in member.orig_filename:
        return "a path that leads out of it"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link"
    # Of other packings a few bytes may become any number at once.
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that is not read here"
    return ""


def _size_of_list(opened: Callable[[], IO[bytes]], size: int) -> int:
    """Bytes of the central directory, as the end of the archive says (APPNOTE.TXT 4.3.14 to 4.3.16). All of it is
    read into memory before anything else can be asked."""
    with opened() as file:
        file.seek(max(0, size - 66_000))
        tail = file.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0 or len(tail) < at + 22:
            return 0
        listed: int = struct.unpack_from("<L", tail, at + 12)[0]
        at = tail.rfind(b"PK\6\6")
        if at >= 0 and len(tail) >= at + 56:
            listed = max(listed if listed != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, at + 40)[0])
        return listed


# -- errors ----------------------------------------------------------------------------------------


def _no_number(constant: str) -> NoReturn:
    # Python reads NaN and Infinity, JSON does not have them.
    raise ValueError(constant)


def _unreadable(name: str, error: Exception) -> JournalError:
    if isinstance(error, FileNotFoundError):
        return UnreadableError(name, "is no longer there: import once more")
    if isinstance(error, OSError):
        return UnreadableError(name, f"cannot be read ({error.strerror}): check the file and its permissions")
    if isinstance(error, RuntimeError) and "password" in str(error):
        return UnreadableError(name, "is locked with a password: unpack the archive first")
    return UnreadableError(name, "is damaged: export it again")
