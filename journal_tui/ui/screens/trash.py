"""Trash: what was thrown away, to put back or to erase for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.dates import say_day, say_full_day
from journal_tui.model import Entry, JournalError
from journal_tui.text import clean_line, plural, shorten
from journal_tui.ui.changing import change
from journal_tui.ui.commands import Command
from journal_tui.ui.screens.confirm import ConfirmScreen
from journal_tui.ui.screens.journal import NARROW, TIGHT
from journal_tui.ui.views.entry import blocks_of
from journal_tui.ui.views.listing import list_entries
from journal_tui.ui.widgets.entry_list import EntryList
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.reader import Reader
from journal_tui.world import World

if TYPE_CHECKING:
    from journal_tui.store.trash import Trashed


class TrashScreen(Screen[None]):
    """What was thrown away last stands first."""

    CSS_PATH = "trash.tcss"
    TITLE = "Trash"
    HELP = "What you deleted rests here until you put it back or erase it. Only erasing is for good."
    BINDINGS = [
        Command("trash.put-back", "enter,r", "Put back", "Into the journal again", priority=True),
        Command("trash.erase", "x", "Erase", "Remove it for good, with every version and from the backups"),
        Command("trash.back", "escape", "Back", "To the journal"),
        Command("trash.change-pane", "tab", "Scroll", "To the text, to scroll it, and back to the list"),
    ]

    class Loaded(Message):
        """What is in the trash; or what is amiss."""

        def __init__(self, trash: list[Trashed], error: str = "") -> None:
            super().__init__()
            self.trash = trash
            self.error = error

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._titles = world.titles
        self._entry: Entry | None = None

    def compose(self) -> ComposeResult:
        plain = self._world.settings.plain_glyphs
        with Vertical(id="sheet"):
            yield Head("Trash")
            with Container(id="panes"):
                yield EntryList(plain=plain, can_choose=False)
                yield Reader()
            yield Static(id="empty", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(EntryList).focus()
        self._look()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.width < TIGHT, "-tight")

    def _look(self) -> None:
        self.run_worker(self._load, thread=True, group="trash", exclusive=True)

    def _load(self) -> None:
        try:
            self.post_message(self.Loaded(self._world.journal.trash.all()))
        except (JournalError, OSError) as error:
            self.post_message(self.Loaded([], str(error)))

    def on_trash_screen_loaded(self, message: Loaded) -> None:
        since = {trashed.entry.id: trashed.since.date() for trashed in message.trash}
        today = self._world.now().date()
        entries = [trashed.entry for trashed in message.trash]
        self.set_class(not entries, "-empty")
        self.query_one(Head).say(plural(len(entries), "entry", "entries") if entries else "")
        self.query_one("#empty", Static).update(
            Content(
                clean_line(message.error)
                or "Nothing is in the trash. What you delete in the journal rests here, until you put it back or erase"
                " it.\n\nEsc leads back."
            )
        )
        listing = list_entries(entries, lambda entry: f"Thrown away {say_day(since[entry.id], today)}")
        self.query_one(EntryList).show(listing)

    def on_entry_list_moved(self, event: EntryList.Moved) -> None:
        self._entry = event.entry
        plain = self._world.settings.plain_glyphs
        self.query_one(Reader).show(blocks_of(event.entry, plain=plain, titles=self._titles) if event.entry else [])
        self.refresh_bindings()

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action == "back" or self._entry is not None or action not in ("put_back", "erase", "change_pane")

    @on(EntryList.Chosen)
    def action_change_pane(self) -> None:
        entries, reader = self.query_one(EntryList), self.query_one(Reader)
        (entries if reader.has_focus else reader).focus()

    def action_back(self) -> None:
        if self.query_one(Reader).has_focus:
            self.query_one(EntryList).focus()
        else:
            self.dismiss()

    async def action_put_back(self) -> None:
        if entry := self._entry:
            await self._change(lambda: self._put_back(entry))

    def _put_back(self, entry: Entry) -> str:
        self._world.journal.trash.put_back([entry.id])
        return "In the journal again."

    def action_erase(self) -> None:
        if entry := self._entry:
            question = ConfirmScreen(
                f"Erase the entry of {say_full_day(entry.day)}?" if entry.day else "Erase this entry?",
                f"“{shorten(entry.heading, 90)}”\n\nEvery version of it goes, from the journal and from its backups."
                " This cannot be undone. Copies that you made elsewhere stay.",
                no="No, leave it in the trash",
                yes="Yes, erase it for good",
                plain=self._world.settings.plain_glyphs,
            )
            self.app.push_screen(question, lambda sure: self._erase_if(entry, sure=bool(sure)))

    async def _erase_if(self, entry: Entry, *, sure: bool) -> None:
        if sure:
            await self._change(lambda: self._erase(entry))

    def _erase(self, entry: Entry) -> str:
        erased = self._world.erase([entry.id])
        said = f"Erased, also from {plural(erased.backups, 'backup')}." if erased.backups else "Erased."
        if erased.quoting:
            said += f" {plural(len(erased.quoting), 'review')} beside its words still holds some of them."
        return f"{said} A draft may quote it still." if erased.unread_drafts else said

    async def _change(self, make: Callable[[], str]) -> None:
        await change(self, make)
        self.query_one(EntryList).focus()
        self._look()
