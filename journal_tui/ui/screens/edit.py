"""Edit an entry. Leaving keeps the change; the version before stays in the history."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.dates import say_full_day
from journal_tui.model import Entry, JournalError
from journal_tui.session.document import from_document, to_document
from journal_tui.store.journal import ChangedMeanwhileError
from journal_tui.text import clean_line, count_words, plural
from journal_tui.ui.commands import Command
from journal_tui.ui.drafting import AUTOSAVE_SECONDS
from journal_tui.ui.keeper import Lane
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.typed import all_typed
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World

_PATIENCE = 0.3
"""Seconds that keys wait for a change to be kept."""


class EditScreen(Screen[None]):
    """The whole entry as one page; lines that begin with # are its questions."""

    CSS_PATH = "edit.tcss"
    TITLE = "Edit"
    HELP = "Change what you like. Esc keeps it; u in the journal brings the version before back."
    BINDINGS = [
        Command("edit.keep", "escape,ctrl+s", "Keep", "Keep the change and go back"),
        Command("edit.reset", "ctrl+r", "As it was", "Take back what was changed here; ctrl+z brings it again"),
        Command("edit.only-page", "f3", "Page", "Nothing but the page; the same key or Esc brings the rest back"),
        Command("edit.editor", "f2", "Editor", "Change it in your own editor"),
    ]

    class Saved(Message):
        """The change reached the disk, or (with an error) did not."""

        def __init__(self, text: str, words: int, error: str = "") -> None:
            super().__init__()
            self.text = text
            self.words = words
            self.error = error

    def __init__(self, world: World, entry: Entry) -> None:
        super().__init__()
        self._world = world
        self._entry = entry
        self._document = to_document(entry).removesuffix("\n")
        self._shown = ""
        self._saved = ""
        self._saving = False
        self._lane = Lane()
        self._is_keeping = False

    def compose(self) -> ComposeResult:
        plain = self._world.settings.plain_glyphs
        sign = (f"{glyph(self._entry.pillar, plain=plain)}  ", hue(self._entry.pillar))
        with Vertical(id="sheet"):
            yield Static(Content.assemble(sign, (say_full_day(self._entry.day), "bold")), id="head", markup=False)
            yield Page(id="page")
            yield Static(id="whisper", markup=False)
        yield KeyBar(width=WIDEST)

    @property
    def _page(self) -> Page:
        return self.query_one(Page)

    def on_mount(self) -> None:
        from journal_tui.ui.outside import take_up

        page = self._page
        page.fill(self._document)
        self._shown = self._saved = page.words
        waiting = self._world.drafts.edit_of(self._entry.id)
        if waiting is not None and waiting != self._document:
            page.fill(waiting)
            self.notify("Your unfinished change is here again. ctrl+r goes back to the entry as it was.")
        take_up(self, page, self._world, self._entry.id)
        page.focus()
        self._whisper(count_words(self._changed().text))
        self.set_interval(AUTOSAVE_SECONDS, self._autosave)

    def _changed(self) -> Entry:
        """The entry with what is on the page."""
        return from_document(f"{self._page.words}\n", self._entry)

    def _whisper(self, words: int = 0, trouble: str = "") -> None:
        line = self.query_one("#whisper", Static)
        line.set_class(bool(trouble), "-trouble")
        line.update(Content(clean_line(trouble) or plural(words, "word")))

    def _autosave(self) -> None:
        text = self._page.words
        if text != self._saved and not self._saving:
            self._saving = True
            number = self._lane.number()
            self.run_worker(lambda: self._save(text, number), thread=True, group="draft")

    def _save(self, text: str, number: int) -> None:
        """In a thread of its own: the typing waits neither for the disk nor for the counting."""
        error = ""
        try:
            self._lane.save(lambda: self._world.drafts.save_edit(self._entry.id, text), number)
        except JournalError as failed:
            error = str(failed)
        self.post_message(self.Saved(text, count_words(from_document(f"{text}\n", self._entry).text), error))

    def on_edit_screen_saved(self, message: Saved) -> None:
        self._saving = False
        if not message.error:
            self._saved = message.text
        self._whisper(message.words, message.error)

    def action_reset(self) -> None:
        self._page.revise(self._document)

    def action_only_page(self) -> None:
        self.app.clear_notifications()
        self.toggle_class("-alone")
        if self.has_class("-alone"):
            self.notify("Only the page. F3 or Esc brings the rest back.")

    async def action_editor(self) -> None:
        from journal_tui.ui.outside import write_outside

        await all_typed(self)
        write_outside(self, self._page, self._world, self._entry.id, self.save_now)

    def save_now(self) -> bool:
        """Puts the change on the disk at once; False when that failed."""
        text = self._page.words
        try:
            if text != self._shown:
                number = self._lane.number()
                self._lane.save(lambda: self._world.drafts.save_edit(self._entry.id, text), number)
        except JournalError as error:
            self._whisper(trouble=str(error))
            return False
        return True

    may_leave = save_now

    def on_unmount(self) -> None:
        self._world.drafts.release_edit(self._entry.id)

    async def action_keep(self) -> None:
        if self.has_class("-alone"):
            self.action_only_page()
            return
        if self._is_keeping:
            return
        await all_typed(self)
        self._is_keeping = True
        done = asyncio.Event()
        self.run_worker(self._keep(done), group="keep")
        try:
            # Until then keys wait for the screen below; a page that is emptied has no other place for them.
            await asyncio.wait_for(done.wait(), _PATIENCE if self._changed().text.strip() else None)
        except TimeoutError:
            self._whisper(
                trouble="Another program is writing. This is kept as soon as it has ended; write on meanwhile."
            )

    async def _keep(self, done: asyncio.Event) -> None:
        try:
            await self._keep_now()
        finally:
            self._is_keeping = False
            done.set()

    async def _keep_now(self) -> None:
        """Keeps what is on the page, and leaves it unless it was written on meanwhile."""
        text = self._page.words
        try:
            if text != self._shown:
                changed = replace(self._changed(), edited=self._world.now())
                if changed.text.strip():
                    await asyncio.to_thread(self._world.journal.replace, changed, expected=self._entry)
                    self._entry, self._shown = changed, text
                    if self._page.words != text or not self.is_current:
                        self._whisper(count_words(self._changed().text))
                        self.notify("Kept, but for what you typed since: Esc keeps that too.")
                        return
                    self.notify("Kept. u brings the version before back.")
                else:
                    await asyncio.to_thread(self._world.journal.delete, [changed.id])
                    self.notify("Nothing is left in it, so it is in the trash. u brings it back.")
            self._lane.close(lambda: self._world.drafts.remove_edit(self._entry.id))
        except ChangedMeanwhileError as error:
            self._entry = error.entry
            self._whisper(trouble="It was changed elsewhere. Esc once more keeps yours; the history has the other.")
            return
        except JournalError as error:
            self._whisper(trouble=str(error))
            return
        self.dismiss()
