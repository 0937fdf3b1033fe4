"""What a disk may hold after the power went: whatever was not synced may have reached it or not, sector by sector.

The model: names (files made, renamed, removed) reach the disk in their order, as with a journaling file system, and
at the latest with the sync of a folder. The bytes of a file reach it with its sync; before that every sector of 512
bytes is as before, as written, or, where nothing was before, zeros; and its length is that before, the new one, or
one in between.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.faults.disk import Call

SECTOR = 512
READING = {"stat", "lstat", "listdir", "scandir", "read", "flock", "close", "chmod", "fchmod", "access", "readlink"}


class File:
    """One file: what the disk holds for certain, and what was written."""

    def __init__(self, content: bytes = b"") -> None:
        self.synced = content
        self.content = bytearray(content)
        self.shortest = len(content)

    def write(self, content: bytes, at: int) -> None:
        if len(self.content) < at:
            self.content.extend(bytes(at - len(self.content)))
        self.content[at : at + len(content)] = content

    def cut(self, size: int) -> None:
        del self.content[size:]
        self.shortest = min(self.shortest, size)

    def sync(self) -> None:
        self.synced = bytes(self.content)
        self.shortest = len(self.synced)

    def after(self, chance: random.Random) -> bytes:
        """What may be found, one of many possibilities."""
        old, new = self.synced, bytes(self.content)
        if old == new and self.shortest == len(old):
            return old
        sizes = {len(old), len(new), self.shortest}
        between = range(min(sizes) // SECTOR + 1, max(sizes) // SECTOR + 1)
        size = chance.choice([*sorted(sizes), *(n * SECTOR for n in between)])
        found = bytearray()
        for start in range(0, size, SECTOR):
            end = min(start + SECTOR, size)
            choices = [old[start:end], new[start:end]] + ([b""] if start >= len(old) else [])
            found += chance.choice(choices).ljust(end - start, b"\0")
        return bytes(found)


Names = dict[str, "File | None"]
"""Files by their path; folders are None."""


class Medium:
    """The folder of a `Disk` as calls change it."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self.names: Names = {
            str(path.relative_to(folder)): File(path.read_bytes()) if path.is_file() else None
            for path in sorted(folder.rglob("*"))
        }
        self.past: list[Names] = [dict(self.names)]
        """The names after each change to them, from the last that is on the disk for certain."""
        self._open: dict[int, tuple[File | None, bool, int]] = {}

    def _relative(self, path: object) -> str:
        return os.path.relpath(os.fspath(path), self._root)  # type: ignore[call-overload]

    def take(self, call: Call) -> None:
        """One call that was done."""
        if call.name in READING:
            return
        first = call.arguments[0]
        if call.name == "open":
            self._opened(call)
        elif call.name in ("write", "ftruncate", "fsync"):
            self._on_handle(call)
        elif call.name in ("rename", "replace"):
            self.names[self._relative(call.arguments[1])] = self.names.pop(call.where)
            self.past.append(dict(self.names))
        elif call.name in ("unlink", "remove", "rmdir"):
            del self.names[call.where]
            self.past.append(dict(self.names))
        elif call.name == "mkdir":
            self.names[call.where] = None
            self.past.append(dict(self.names))
        else:
            raise AssertionError(f"the model knows nothing of {call.name}({first})")

    def _opened(self, call: Call) -> None:
        assert call.handle is not None
        flags = call.arguments[1]
        if call.is_new:
            self.names[call.where] = File()
            self.past.append(dict(self.names))
        file = self.names.get(call.where)
        if file and flags & os.O_TRUNC:
            file.cut(0)
        self._open[call.handle] = (file, bool(flags & os.O_APPEND), 0)

    def _on_handle(self, call: Call) -> None:
        assert call.handle is not None
        file, appends, at = self._open[call.handle]
        if file is None:
            assert call.name == "fsync"
            self.past = [dict(self.names)]
        elif call.name == "write":
            content = call.arguments[1]
            at = len(file.content) if appends else at
            file.write(content, at)
            self._open[call.handle] = (file, appends, at + len(content))
        elif call.name == "ftruncate":
            file.cut(call.arguments[1])
        else:
            file.sync()

    @property
    def unsynced(self) -> list[str]:
        """Files whose bytes are not all on the disk for certain."""
        files = ((name, file) for name, file in self.names.items() if file)
        return [name for name, file in files if file.synced != file.content or file.shortest < len(file.content)]

    @property
    def is_settled(self) -> bool:
        """There is but one state that the disk may be in."""
        return len(self.past) == 1 and not self.unsynced

    def lay_out(self, folder: Path, chance: random.Random) -> None:
        """Writes one of the states that the disk may be in."""
        names = chance.choice(self.past)
        folder.mkdir()
        for name, file in sorted(names.items()):
            if file is None:
                (folder / name).mkdir(exist_ok=True)
            else:
                (folder / name).parent.mkdir(exist_ok=True, parents=True)
                (folder / name).write_bytes(file.after(chance))
