"""Edit an entry. Leaving keeps the change; the version before stays in the history."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.dates import say_full_day
from journal_tui.model import Entry, JournalError
from journal_tui.session.document import from_document, to_document
from journal_tui.store.journal import ChangedMeanwhileError
from journal_tui.text import clean_line, count_words, plural
from journal_tui.ui.screens.write import AUTOSAVE_SECONDS
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World


class EditScreen(Screen[None]):
    """The whole entry as one page; lines that begin with # are its questions."""

    CSS_PATH = "edit.tcss"
    TITLE = "Edit"
    HELP = "Change what you like. Esc keeps it; u in the journal brings the version before back."
    BINDINGS = [
        Binding("escape,ctrl+s", "keep", "Keep", key_display="esc", tooltip="Keep the change and go back"),
        Binding("ctrl+r", "reset", "As it was", tooltip="Take back what was changed here"),
    ]

    def __init__(self, world: World, entry: Entry) -> None:
        super().__init__()
        self._world = world
        self._entry = entry
        self._document = to_document(entry).removesuffix("\n")
        self._shown = ""
        self._saved = ""

    def compose(self) -> ComposeResult:
        plain = self._world.settings.plain_glyphs
        sign = (f"{glyph(self._entry.pillar, plain=plain)}  ", hue(self._entry.pillar))
        with Vertical(id="sheet"):
            yield Static(Content.assemble(sign, (say_full_day(self._entry.day), "bold $accent")), markup=False)
            yield Page(id="page")
            yield Static(id="whisper", markup=False)
        yield KeyBar(width=80)

    def on_mount(self) -> None:
        page = self.query_one(Page)
        page.fill(self._document)
        self._shown = self._saved = page.words
        waiting = self._world.drafts.edit_of(self._entry.id)
        if waiting is not None and waiting != self._document:
            page.fill(waiting)
            self.notify("Your unfinished change is here again. Ctrl+r goes back to the entry as it was.")
        page.focus()
        self._whisper()
        self.set_interval(AUTOSAVE_SECONDS, self._autosave)

    def _changed(self) -> Entry:
        """The entry with what is on the page."""
        return from_document(f"{self.query_one(Page).words}\n", self._entry)

    def _whisper(self, trouble: str = "") -> None:
        words = plural(count_words(self._changed().text), "word")
        line = Content.styled(clean_line(trouble), "$warning") if trouble else Content(words)
        self.query_one("#whisper", Static).update(line)

    async def _autosave(self) -> None:
        text = self.query_one(Page).words
        if text == self._saved:
            return
        try:
            await asyncio.to_thread(self._world.drafts.save_edit, self._entry.id, text)
            self._saved = text
            self._whisper()
        except JournalError as error:
            self._whisper(str(error))

    def action_reset(self) -> None:
        self.query_one(Page).fill(self._document)

    def save_now(self) -> bool:
        """Puts the change on the disk at once; False when that failed."""
        text = self.query_one(Page).words
        try:
            if text != self._shown:
                self._world.drafts.save_edit(self._entry.id, text)
        except JournalError as error:
            self._whisper(str(error))
            return False
        return True

    may_leave = save_now

    def on_unmount(self) -> None:
        self._world.drafts.release_edit(self._entry.id)

    async def action_keep(self) -> None:
        text = self.query_one(Page).words
        try:
            if text != self._shown:
                changed = replace(self._changed(), edited=self._world.now())
                if changed.text.strip():
                    await asyncio.to_thread(self._world.journal.replace, changed, expected=self._entry)
                    self.notify("Kept. u brings the version before back.")
                else:
                    await asyncio.to_thread(self._world.journal.delete, [changed.id])
                    self.notify("Nothing is left in it, so it is in the trash. u brings it back.")
            self._world.drafts.remove_edit(self._entry.id)
        except ChangedMeanwhileError as error:
            self._entry = error.entry
            self._whisper("It was changed elsewhere. Esc once more keeps yours; the other stays in the history.")
            return
        except JournalError as error:
            self._whisper(str(error))
            return
        self.dismiss()
