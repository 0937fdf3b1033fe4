"""The editor of the writer's choice, at work on a file that nobody else can read and that goes when it is closed.

Each edit has a private folder, locked as long as this program or the editor it started runs. An unlocked one is what
an interrupted edit left.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from journal_tui.files import read_plain, write_private
from journal_tui.model import JournalError
from journal_tui.paths import Paths, make_private
from journal_tui.sealed import Cipher, unwrap

# Every command looks for interrupted edits; what starts editors takes a twentieth of its time and is imported late.
FILE = "entry.md"
FOLLOW_SECONDS = 1.0
PATIENCE_SECONDS = 5.0
"""What an editor gets to put its own copy by when it is told to end."""
AT_ONCE_SECONDS = 3.0
"""Whoever closes an editor by hand, having changed nothing, needs about as long."""
_HANDED_OVER = ".handed-over"
"""Beside the file that an editor in the background has: what stood in it then."""
_PREFIX = "journal-tui-edit-"
_SHARED_MEMORY = Path("/dev/shm")
_MOUNTS = Path("/proc/self/mountinfo")


class NoMemoryFolderError(JournalError):
    """An encrypted journal's words may lie in memory alone, and there is no folder there."""


class WentOnError(JournalError):
    """The editor goes on in the background, and has its file for itself."""


def editor_of(chosen: str, environment: Mapping[str, str] = os.environ) -> str:
    """The command line of the editor: `chosen` in the settings, else ``$VISUAL``, else ``$EDITOR``.

    Raises:
        JournalError: there is none.
    """
    editor = chosen or environment.get("VISUAL") or environment.get("EDITOR")
    if not editor:
        raise JournalError("no editor is set: name one in the settings (editor: nano), or set EDITOR")
    return editor


def place_for_files(paths: Paths, *, in_memory: bool) -> Path:
    """The folder for the editor's files: in memory alone, as an encrypted journal needs it, or beside the data.

    Raises:
        NoMemoryFolderError: there is none in memory.
        JournalError: it cannot be made.
    """
    if not in_memory:
        make_private(paths.edits)
        return paths.edits
    memory = memory_folder()
    if memory is None:
        raise NoMemoryFolderError(
            "this system has no folder in memory for the editor's file (XDG_RUNTIME_DIR, /dev/shm)"
        )
    return memory


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


def read_back(raw: bytes) -> str:
    """A text as it was edited: what `Workplace.make` wrote comes back exactly, other bytes are carried along."""
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape")


class Workplace:
    """The folder of one edit, held against other programs."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError: another program holds it, or it is not a folder of this user."""
        self.folder = folder
        self.file = folder / FILE
        self.entry = folder.name.removeprefix(_PREFIX).partition("-")[0]
        """Id of the entry, or of the session that becomes one."""
        self.handle: int | None = _held(folder)

    @classmethod
    def make(cls, parent: Path, entry: str, words: str) -> Workplace:
        """A new one for a change to `entry`, with `words` in its file.

        Raises:
            JournalError: `parent` cannot be written.
        """
        import shutil
        import tempfile

        folder = None
        try:
            folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{entry}-", dir=parent))
            place = cls(folder)
            write_private(place.file, words.encode("utf-8", "surrogatepass"))
        except OSError as error:
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
            raise JournalError(
                f"the file to edit cannot be made in {parent} ({error.strerror}): make room there, or write without"
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
            return read_back(unwrap(read_plain(self.file), FILE, cipher))
        except FileNotFoundError:
            return ""

    def remove(self) -> None:
        """Removes the folder with all that the editor laid beside the file."""
        import shutil

        shutil.rmtree(self.folder, ignore_errors=True)

    def hand_over(self, known: bytes) -> bool:
        """Leaves the folder to a program that goes on in it, if there is one; whether there is.

        Args:
            known: the file's content, which then is no news; where it has another one, it stays here.
        """
        try:
            if read_plain(self.file) != known:
                return False
        except OSError:
            return False
        self.close()  # what the editor started has inherited the lock
        self.handle = None
        try:
            self.handle = _held(self.folder)
        except BlockingIOError:
            write_private(self.folder / _HANDED_OVER, known)
            return True
        except OSError:
            return False
        return False

    def came_back_unchanged(self) -> bool:
        """Whether an editor in the background had it and saved nothing."""
        handed_over = self.folder / _HANDED_OVER
        try:
            is_unchanged = read_plain(handed_over) == read_plain(self.file)
            handed_over.unlink()
        except OSError:
            return False
        return is_unchanged

    def close(self) -> None:
        if self.handle is not None:
            os.close(self.handle)


def _held(folder: Path) -> int:
    """A handle of the folder that nobody else has now. Raises OSError, as `Workplace` does."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(handle).st_uid != os.getuid():
            raise PermissionError
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def left_behind(parents: Sequence[Path], entry: str = "") -> Iterator[Workplace]:
    """What interrupted edits (of `entry`, or any) left in `parents`, each held until the next is asked for."""
    for parent in parents:
        for folder in sorted(parent.glob(f"{_PREFIX}{f'{entry}-' if entry else ''}*")):
            try:
                place = Workplace(folder)
            except OSError:
                continue
            with contextlib.closing(place):
                if place.came_back_unchanged():
                    place.remove()
                elif place.file.exists():
                    yield place


def run_editor(editor: str, place: Workplace, on_pause: Callable[[], None] = lambda: None) -> None:
    """Waits until the editor is closed, and calls `on_pause` about every second.

    Raises:
        WentOnError: it came back at once, and goes on in the background.
        JournalError: it could not be started, or said that it failed.
        SystemExit: this program was told to end; the editor was, too.
    """
    import shlex
    import signal
    import subprocess

    from journal_tui.signals import END, leave, listening

    handles = () if place.handle is None else (place.handle,)
    begun, start = read_plain(place.file), time.monotonic()
    # Ctrl+c is the editor's business. The folder stays locked as long as the editor runs, even without this program.
    with listening((signal.SIGINT, signal.SIGQUIT), lambda number: None), listening(END, leave):
        try:
            process = subprocess.Popen([*shlex.split(editor), str(place.file)], pass_fds=handles)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise JournalError(
                f'the editor "{editor}" cannot be started ({reason}): set EDITOR to another one'
            ) from None
        try:
            code = None
            while code is None:
                try:
                    code = process.wait(FOLLOW_SECONDS)
                except subprocess.TimeoutExpired:
                    on_pause()
        except BaseException:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_SECONDS)
            raise
    if code:
        raise JournalError(f'the editor "{editor}" ended with {code}: nothing was changed')
    if not place.file.exists():
        raise JournalError(f'the editor "{editor}" left no file: nothing was changed')
    if time.monotonic() - start < AT_ONCE_SECONDS and place.hand_over(begun):
        raise WentOnError(
            f'the editor "{editor}" went on in the background: use one that waits, for example code --wait. '
            f"What it saves in {place.file} is found again"
        )
