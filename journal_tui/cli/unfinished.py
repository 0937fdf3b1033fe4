"""Where an editor works on an entry, and what becomes of the words when the edit is interrupted.

Each edit has a private folder, locked as long as this program or the editor it started runs. An unlocked one is what
an interrupted edit left: its words go to the drafts, where `edit` and the screens take them up.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.cli.out import PROGRAM
from journal_tui.cli.params import decode
from journal_tui.model import JournalError, UsageError
from journal_tui.sealed import Cipher, SealError, unwrap

if TYPE_CHECKING:
    from journal_tui.session.drafts import Drafts
    from journal_tui.world import World

FILE = "entry.md"
_PREFIX = "journal-tui-edit-"
_SHARED_MEMORY = Path("/dev/shm")
_MOUNTS = Path("/proc/self/mountinfo")


def read_back(raw: bytes) -> str:
    """A document as it was edited: what `Workplace.make` wrote comes back exactly, other bytes are carried along."""
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return decode(raw)


class Workplace:
    """The folder of one edit, held against other programs."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError: another program holds it, or it is not a folder of this user."""
        self.folder = folder
        self.file = folder / FILE
        self.entry = folder.name.removeprefix(_PREFIX).partition("-")[0]
        self.handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            if os.fstat(self.handle).st_uid != os.getuid():
                raise PermissionError
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self.handle)
            raise

    @classmethod
    def make(cls, parent: Path, entry: str, words: str) -> Workplace:
        """A new one for a change to `entry`, with `words` in its file.

        Raises:
            JournalError: `parent` cannot be written.
        """
        from journal_tui.files import write_private

        try:
            place = cls(Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{entry}-", dir=parent)))
            write_private(place.file, words.encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise JournalError(
                f"the file to edit cannot be made in {parent} ({error.strerror}): make room there, or pipe the text in"
            ) from None
        return place

    def words(self, cipher: Cipher | None = None) -> str:
        """What stands in the file; nothing when it is not there.

        Args:
            cipher: opens it where it was sealed with the rest of the folder.

        Raises:
            OSError, SealError: it cannot be read.
        """
        try:
            return read_back(unwrap(self.file.read_bytes(), FILE, cipher))
        except FileNotFoundError:
            return ""

    def put_away(self, drafts: Drafts, known: str, cipher: Cipher | None = None, *, interrupted: bool) -> str:
        """Moves words other than `known` to the drafts; the end of a line that says where they are, if there are any.

        Where the editor was `interrupted`, what it may have saved beside its file stays there.
        """
        where = ""
        try:
            words = self.words(cipher)
        except (OSError, SealError):
            return f"your words are in {self.file}"
        if words.strip() not in (known.strip(), ""):
            try:
                drafts.save_edit(self.entry, words.removesuffix("\n"))
            except (JournalError, OSError):
                return f"your words are in {self.file}"
            where = f"your words wait, {PROGRAM} edit {self.entry} goes on with them"
        self.file.unlink(missing_ok=True)
        if interrupted and any(self.folder.iterdir()):
            return "; ".join(filter(None, [where, f"what the editor left is in {self.folder}"]))
        self.remove()
        return where

    def remove(self) -> None:
        """Removes the folder with all that the editor laid beside the file."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        os.close(self.handle)


def memory_folder() -> Path | None:
    """A folder that is never on a disk, where only this user can reach what is private; None where there is none."""
    named = os.environ.get("XDG_RUNTIME_DIR")
    for folder in (*([Path(named)] if named else []), _SHARED_MEMORY):
        with contextlib.suppress(OSError):
            about = folder.stat()
            ours = about.st_uid == os.getuid() or bool(about.st_mode & stat.S_ISVTX)
            if ours and os.access(folder, os.W_OK | os.X_OK) and _file_system(about.st_dev) == "tmpfs":
                return folder
    return None


def _file_system(device: int) -> str:
    """Its kind, as proc(5) tells it: ``… major:minor … - kind …``."""
    number = f"{os.major(device)}:{os.minor(device)}"
    lines = (line.split() for line in _MOUNTS.read_text(errors="replace").splitlines())
    return next((line[line.index("-") + 1] for line in lines if line[2] == number), "")


def _left_behind(parents: list[Path]) -> Iterator[Workplace]:
    for parent in parents:
        for folder in sorted(parent.glob(f"{_PREFIX}*")):
            try:
                place = Workplace(folder)
            except OSError:
                continue
            with contextlib.closing(place):
                if place.file.exists():
                    yield place


def unfinished_edits(world: World) -> list[str]:
    """Takes up what interrupted edits left; a line for each change that waits to be gone on with."""
    from journal_tui.session.document import to_document

    lines = []
    memory = memory_folder()
    for place in _left_behind([world.paths.edits, *([memory] if memory else [])]):
        try:
            known = to_document(world.journal.get(place.entry))
        except UsageError:
            # Another journal's, where the folder is shared.
            if place.folder.parent == world.paths.edits:
                lines.append(f"words left by an edit of {place.entry}, which is not here, are in {place.file}")
            continue
        where = place.put_away(world.drafts, known, world.key, interrupted=True)
        if str(place.folder) in where:
            lines.append(f"an edit of {place.entry} was interrupted: {where}")
    if any(world.paths.drafts.glob("*.edit")):
        lines += map(_waits, filter(lambda id: _is_free(world, id), world.drafts.edits()))
    return lines


def _waits(id: str) -> str:
    return f"words left by an interrupted edit of {id} wait: {PROGRAM} edit {id} goes on with them"


def _is_free(world: World, id: str) -> bool:
    """Whether the entry is here, and no running program is changing it."""
    try:
        world.journal.get(id)
        world.drafts.take_edit(id)
    except JournalError:
        return False
    world.drafts.release_edit(id)
    return True
