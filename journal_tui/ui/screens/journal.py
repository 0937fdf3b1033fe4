"""Journal: every entry, a list with a reading pane, search as one types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from journal_tui.model import Commitment, Entry, JournalError, Pillar
from journal_tui.store.history import EDITS
from journal_tui.store.search import Filter
from journal_tui.text import clean_line, plural, query_words, shorten
from journal_tui.ui.messages import Edit, Go
from journal_tui.ui.theme import glyph, hue, title
from journal_tui.ui.views.entry import Block, blocks_of
from journal_tui.ui.widgets.entry_list import EntryList
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.reader import Reader
from journal_tui.world import World

_PILLARS: tuple[Pillar | None, ...] = (None, *Pillar)
NARROW = 74
"""Cells below which list and reading pane take turns."""


class JournalScreen(Screen[None]):
    """Find and read what was written."""

    CSS_PATH = "journal.tcss"
    TITLE = "Journal"
    HELP = "Every entry, newest first. Type / and words to search; 1 to 7 show one pillar, 0 shows all."
    BINDINGS = [
        Binding("escape", "back", "Back", tooltip="One step back"),
        Binding("slash", "search", "Search", key_display="/", tooltip="Words, or a phrase in double quotes"),
        Binding("e", "edit", "Edit", tooltip="Change the words; the version before is kept"),
        Binding("d", "delete", "Delete", tooltip="Into the trash; u brings it back"),
        Binding("u", "undo", "Undo", tooltip="Takes the last edit or deletion back"),
        Binding("h", "history", "History", tooltip="How this entry was before, and what was changed"),
        Binding("t", "go('trash')", "Trash", tooltip="What was thrown away: put it back, or erase it for good"),
        Binding("p", "pillar", "Pillar", tooltip="The next pillar alone"),
        *(
            Binding(str(n), f"only({n})", "One pillar", show=False, tooltip=f"{p.title} alone" if p else "All pillars")
            for n, p in enumerate(_PILLARS)
        ),
        Binding("down", "to_list", show=False),
    ]

    def __init__(self, world: World, entry: str = "", person: str = "") -> None:
        """All entries with the cursor on `entry`, or only those that name `person`."""
        super().__init__()
        self._world = world
        self._filter = Filter(person=person)
        self._wanted = entry
        self._promises: list[Commitment] = []
        self._is_empty = True

    def compose(self) -> ComposeResult:
        plain = self._world.settings.plain_glyphs
        with Vertical(id="top"):
            yield Line(placeholder="search your words", id="search", compact=True)
            yield Static(id="chips", markup=False)
        with Horizontal(id="panes"):
            yield EntryList(plain=plain, id="list")
            yield Reader(id="reader")
        yield Static(id="empty", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(EntryList).focus()
        self.run_worker(self._world.journal.warm, thread=True, group="warm", exit_on_error=False)

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from the page of an edit."""
        self._find()
        if self._wanted:
            self.query_one(EntryList).point_at(self._wanted)
            self._wanted = ""

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")

    # -- finding -----------------------------------------------------------------------------------

    def _find(self) -> None:
        try:
            found = self._world.journal.find(self._filter)
            self._promises = self._world.journal.commitments()
            trouble = ""
        except JournalError as error:
            found, self._promises, trouble = [], [], clean_line(str(error))
        words = query_words(self._filter.words)
        self._show_chips(len(found))
        nothing = not found
        self.set_class(nothing, "-empty")
        if nothing:
            self.query_one("#empty", Static).update(Content(trouble or self._why_empty()))
        self.query_one(EntryList).show(found, words)

    def _why_empty(self) -> str:
        if self._filter.is_open:
            return "Nothing is written yet. What you write will be here, newest first.\n\nEsc leads back to Today."
        where = f" on {title(self._filter.pillar, self._world.titles).lower()}" if self._filter.pillar else ""
        if self._filter.person:
            where += f" that names {shorten(self._filter.person, 24)}"
        if self._filter.words:
            return f"No entry{where} has “{clean_line(self._filter.words)}”.\n\nEsc clears the search."
        return f"No entry{where} yet.\n\nEsc {'shows all of them' if self._filter.pillar else 'leads back'}."

    def _show_chips(self, count: int) -> None:
        plain = self._world.settings.plain_glyphs
        parts: list[Content] = []
        for number, pillar in enumerate(_PILLARS):
            chosen = self._filter.pillar is pillar
            words = f"{glyph(pillar, plain=plain)} {title(pillar, self._world.titles)}" if pillar and chosen else ""
            words = words or (glyph(pillar, plain=plain) if pillar else "all")
            style = f"bold {hue(pillar) if pillar else '$accent'} on $lift" if chosen else hue(pillar)
            chip = Content.styled(f" {words} ", style)
            parts.append(chip.stylize(Style.from_meta({"chip": number})))
        marked = plural(count, "entry", "entries")
        if self._filter.person:
            marked += f" with {shorten(self._filter.person, 24)}"
        self.query_one("#chips", Static).update(Content.assemble(*parts, (f"   {marked}", "$quiet")))

    @on(events.Click, "#chips")
    def _chip_clicked(self, event: events.Click) -> None:
        if (number := event.style.meta.get("chip")) is not None:
            self.action_only(number)

    @on(Line.Changed, "#search")
    def _typed(self, event: Line.Changed) -> None:
        self._filter = replace(self._filter, words=event.value)
        self._find()

    @on(Line.Submitted, "#search")
    def _searched(self, event: Line.Submitted) -> None:
        event.stop()
        self.query_one(EntryList).focus()

    @on(EntryList.Moved)
    def _moved(self, event: EntryList.Moved) -> None:
        self._read(event.entry)
        if (event.entry is None) != self._is_empty:
            self._is_empty = event.entry is None
            self.refresh_bindings()

    def _read(self, entry: Entry | None) -> None:
        blocks: list[Block] = []
        if entry:
            promises = [c for c in self._promises if c.entry == entry.id]
            blocks = blocks_of(entry, promises, plain=self._world.settings.plain_glyphs, titles=self._world.titles)
        self.query_one(Reader).show(blocks, query_words(self._filter.words))

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self._is_empty and action in ("edit", "delete", "history"))

    def action_search(self) -> None:
        self.query_one("#search").focus()

    @on(EntryList.Chosen)
    def _open_reader(self) -> None:
        if self.query_one(EntryList).entry:
            self.add_class("-reading")
            self.query_one(Reader).focus()

    def action_to_list(self) -> None:
        if self.query_one("#search").has_focus:
            self.query_one(EntryList).focus()

    def action_back(self) -> None:
        search = self.query_one("#search", Line)
        entries = self.query_one(EntryList)
        if self.query_one(Reader).has_focus:
            self.remove_class("-reading")
            entries.focus()
        elif search.value:
            search.value = ""
            entries.focus()
        elif search.has_focus:
            entries.focus()
        elif self._filter.pillar:
            self.action_only(0)
        else:
            self.dismiss()

    def action_only(self, number: int) -> None:
        self._filter = replace(self._filter, pillar=_PILLARS[number])
        self._find()

    def action_pillar(self) -> None:
        self.action_only((_PILLARS.index(self._filter.pillar) + 1) % len(_PILLARS))

    def action_edit(self) -> None:
        if entry := self.query_one(EntryList).entry:
            self.post_message(Edit(entry.id))

    def action_history(self) -> None:
        if entry := self.query_one(EntryList).entry:
            self.post_message(Go("history", entry=entry.id))

    def action_go(self, screen: str) -> None:
        self.post_message(Go(screen))

    async def action_delete(self) -> None:
        if entry := self.query_one(EntryList).entry:
            await self._change(lambda: self._delete(entry))

    def _delete(self, entry: Entry) -> str:
        self._world.journal.delete([entry.id])
        return "In the trash. u brings it back."

    async def action_undo(self) -> None:
        await self._change(lambda: self._world.journal.undo(EDITS))

    async def _change(self, change: Callable[[], str]) -> None:
        """Makes a change beside the screen's own work, and tells of it."""
        try:
            said = await asyncio.to_thread(change)
        except JournalError as error:
            self.notify(clean_line(str(error)), severity="warning", markup=False)
            return
        self.notify(clean_line(said), markup=False)
        self.remove_class("-reading")
        self.query_one(EntryList).focus()
        self._find()
