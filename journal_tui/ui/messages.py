"""What screens ask of the app: to go somewhere else. The app alone knows which screens there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from journal_tui.model import Pillar
    from journal_tui.session.session import Session


class Begin(Message):
    """Start a session on a pillar, on a pack by its id, or (None) on a free page."""

    def __init__(self, choice: Pillar | str | None) -> None:
        super().__init__()
        self.choice = choice


class GoOn(Message):
    """Go on with a session that was stopped."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class Choose(Message):
    """Let the writer choose what to write about."""


class Go(Message):
    """Go to the screen of this name: ``journal``, ``insights``, ``trash``, ``history``."""

    def __init__(self, screen: str, *, entry: str = "") -> None:
        super().__init__()
        self.screen = screen
        self.entry = entry
        """Id of the entry it is about."""


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
