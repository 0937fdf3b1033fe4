"""What screens ask of the app: to go somewhere else. The app alone knows which screens there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from journal_tui.model import Pace, Pillar
    from journal_tui.session.session import Session


class Begin(Message):
    """Start a session on a pillar, on a pack by its id, or (None) on a free page."""

    def __init__(self, choice: Pillar | str | None, pace: Pace | None = None) -> None:
        super().__init__()
        self.choice = choice
        self.pace = pace
        """How much time there is; None: as the settings say."""


class GoOn(Message):
    """Go on with a session that was stopped."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class Choose(Message):
    """Let the writer choose what to write about."""

    def __init__(self, pace: Pace | None = None) -> None:
        super().__init__()
        self.pace = pace


class Go(Message):
    """Go to the screen of this name: ``journal``, ``insights``, ``patterns``, ``promises``, ``people``, ``trash``,
    ``history``, ``week``, ``helplines``, ``settings``, ``packs``."""

    def __init__(
        self, screen: str, *, entry: str = "", person: str = "", pattern: str = "", pillar: Pillar | None = None
    ) -> None:
        super().__init__()
        self.screen = screen
        self.entry = entry
        """Id of the entry it is about."""
        self.person = person
        """Whom it is about: only the entries that name them."""
        self.pattern = pattern
        """Row of the pattern it is about."""
        self.pillar = pillar
        """The pillar it is about; None: of all."""


class Edit(Message):
    """Edit the entry with this id."""

    def __init__(self, entry: str) -> None:
        super().__init__()
        self.entry = entry


class Opened(Message):
    """A closed journal was opened with its passphrase."""


class Protect(Message):
    """Set, change or remove the passphrase: the name of a task in ``views/passphrase.py``."""

    def __init__(self, task: str) -> None:
        super().__init__()
        self.task = task


class SettingChosen(Message):
    """The setting with this key was chosen anew and is kept."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class CameBack(Message):
    """The writer comes back from their own editor."""
