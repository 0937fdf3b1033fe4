"""History: how an entry was before, and what was changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from journal_tui.model import JournalError
from journal_tui.text import clean_line, plural
from journal_tui.ui.commands import Command
from journal_tui.ui.views.history import change_blocks, say_moment, version_lines
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.reader import Reader
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.store.history import Version


class HistoryScreen(Screen[None]):
    """The versions of one entry above, what a version changed below."""

    CSS_PATH = "history.tcss"
    TITLE = "History"
    HELP = "Every version of the entry, newest first. [-taken out-] and {+put in+} tell what a version changed."
    BINDINGS = [
        Command(
            "history.bring-back", "r", "Bring back", "The entry becomes this version again; u in the journal undoes"
        ),
        Command("history.back", "escape", "Back", "To the journal"),
        Command("history.down", "j", "Older", "The version before", action="step(1)", show=False),
        Command("history.up", "k", "Newer", "The version after", action="step(-1)", show=False),
        Command("history.change-pane", "tab", "Scroll", "To the text, to scroll it, and back to the versions"),
    ]

    class Loaded(Message):
        """The versions, oldest first; or what is amiss."""

        def __init__(self, versions: list[Version], error: str = "") -> None:
            super().__init__()
            self.versions = versions
            self.error = error

    def __init__(self, world: World, entry: str) -> None:
        super().__init__()
        self._world = world
        self._wanted = entry
        self._versions: list[Version] = []
        self._at = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Head("History")
            yield Choices(plain=self._world.settings.plain_glyphs)
            yield Reader()
        yield KeyBar(width=WIDEST)

    def on_mount(self) -> None:
        self.query_one(Choices).focus()
        self.run_worker(self._load, thread=True, group="history", exclusive=True)

    def _load(self) -> None:
        try:
            self.post_message(self.Loaded(self._world.journal.history(self._wanted)))
        except (JournalError, OSError) as error:
            self.post_message(self.Loaded([], str(error)))

    def on_history_screen_loaded(self, message: Loaded) -> None:
        self._versions = message.versions
        head = self.query_one(Head)
        if not self._versions:
            head.say(Content.styled(clean_line(message.error), "$warning"))
            return
        head.say(plural(len(self._versions), "version"))
        lines = version_lines(self._versions, self._world.now())
        self.query_one(Choices).show([(str(number), line) for number, line in enumerate(lines)])
        self._show(0)

    def on_option_list_option_highlighted(self, event: Choices.OptionHighlighted) -> None:
        self._show(event.option_index)

    def _show(self, at: int) -> None:
        """Shows what the version in this line (0: the newest) changed."""
        self._at = at
        place = len(self._versions) - 1 - at
        before = self._versions[place - 1].entry if place else None
        plain = self._world.settings.plain_glyphs
        entry = self._versions[place].entry
        self.query_one(Reader).show(change_blocks(before, entry, plain=plain, titles=self._world.titles))
        self.refresh_bindings()

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "bring_back" or self._at > 0

    def action_step(self, by: int) -> None:
        choices = self.query_one(Choices)
        choices.action_cursor_down() if by > 0 else choices.action_cursor_up()

    def action_change_pane(self) -> None:
        choices, reader = self.query_one(Choices), self.query_one(Reader)
        (choices if reader.has_focus else reader).focus()

    def action_back(self) -> None:
        if self.query_one(Reader).has_focus:
            self.query_one(Choices).focus()
        else:
            self.dismiss()

    async def action_bring_back(self) -> None:
        now = self._versions[-1].entry
        version = self._versions[len(self._versions) - 1 - self._at]
        wanted = replace(version.entry, edited=self._world.now())
        try:
            await asyncio.to_thread(self._world.journal.replace, wanted, expected=now)
        except JournalError as error:
            self.notify(clean_line(str(error)), severity="warning")
            return
        self.notify(f"As it was {say_moment(version.at, self._world.now())}. u takes that back.")
        self.dismiss()
