"""Where everything lies. Nothing is made by importing or by asking."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from journal_tui.model import JournalError, UsageError
from journal_tui.text import clean_line

HOME_VARIABLE = "JOURNAL_TUI_HOME"
HELPLINES = "help.yaml"
"""Who to call: beside our packs, and the user's own beside the settings."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files of one journal."""

    data: Path
    config: Path

    @property
    def vault(self) -> Path:
        return self.data / "vault.json"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def edits(self) -> Path:
        return self.data / "edit"

    @property
    def drafts(self) -> Path:
        return self.data / "drafts"

    @property
    def readings(self) -> Path:
        """What the mirror keeps of entries it has read."""
        return self.data / "mirror" / "readings.json"

    @property
    def packs(self) -> Path:
        return self.config / "packs"

    @property
    def settings(self) -> Path:
        return self.config / "settings.yaml"

    @property
    def keymap(self) -> Path:
        """Keys of the user's own choice."""
        return self.config / "keymap.yaml"

    @property
    def themes(self) -> Path:
        """The user's own themes, a file each."""
        return self.config / "themes"


def find_paths(home: Path | None = None, environment: Mapping[str, str] = os.environ) -> Paths:
    """The folders to use: under `home`, under ``$JOURNAL_TUI_HOME``, or where the system keeps such things (XDG)."""
    chosen = home or (Path(environment[HOME_VARIABLE]) if environment.get(HOME_VARIABLE) else None)
    if chosen:
        try:
            root = chosen.expanduser().absolute()
        except RuntimeError:
            raise UsageError(f"{clean_line(str(chosen))} names a user that is not there: name a folder") from None
        return Paths(data=root / "data", config=root)
    # platformdirs costs a few milliseconds: only those who need it pay.
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("journal-tui", appauthor=False)
    return Paths(data=dirs.user_data_path, config=dirs.user_config_path)


def bundled_packs() -> Path:
    """The folder of our own packs: inside an installed package, or at the top of a checkout."""
    here = Path(__file__).parent
    inside = here / "prompts"
    return inside if inside.is_dir() else here.parent / "prompts"


def make_private(folder: Path) -> None:
    """Makes `folder`, open to its owner alone.

    Raises:
        JournalError: it cannot be made, or something else is in its place.
    """
    try:
        # Whatever is missing above it becomes private too: mkdir's mode does not hold for parents.
        for missing in reversed([parent for parent in (folder, *folder.parents) if not parent.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except FileExistsError:
        raise JournalError(f"{folder} is a file, a folder is needed there: move it away, or use --home") from None
    except OSError as error:
        raise JournalError(
            f"{folder} cannot be made ({error.strerror}): make it writable, or choose another place with --home"
        ) from None
