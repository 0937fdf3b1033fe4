"""Journal: every entry, a list with a reading pane, search as one types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.model import Entry, Pillar
from journal_tui.store.history import EDITS
from journal_tui.store.search import Filter
from journal_tui.text import count_words, plural, query_words
from journal_tui.ui.changing import change
from journal_tui.ui.messages import Edit, Go
from journal_tui.ui.screens.journal_commands import COMMANDS
from journal_tui.ui.views.entry import Block, blocks_of
from journal_tui.ui.views.filters import chips, of_this_day, to_take_off, why_empty
from journal_tui.ui.views.journal import Found, find, say_count, say_nearest, words_to_copy
from journal_tui.ui.widgets.entry_list import EntryList
from journal_tui.ui.widgets.filter_bar import PILLARS, ChipBar, PillarBar
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.reader import Reader
from journal_tui.world import World

NARROW = 74
"""Cells below which list and reading pane take turns."""
TIGHT = 100
"""Cells below which there is less air around them."""
_AT_ONCE = 100
"""Entries shown at once on arriving; the rest is read beside the screen's own work."""


class JournalScreen(Screen[None]):
    """Find and read what was written."""

    CSS_PATH = "journal.tcss"
    TITLE = "Journal"
    HELP = "Every entry, newest first. Type / and words to search; f narrows it down; 1 to 7 show one pillar, 0 all."
    BINDINGS = [*COMMANDS]

    class Searched(Message):
        """What the filter lets through."""

        def __init__(self, found: Found) -> None:
            super().__init__()
            self.found = found

    def __init__(self, world: World, entry: str = "", person: str = "", pillar: Pillar | None = None) -> None:
        """All entries with the cursor on `entry`, or only those that name `person`, or those on `pillar`."""
        super().__init__()
        self._world = world
        self._plain = world.settings.plain_glyphs
        self._titles = world.titles
        self._given = Filter(person=person, pillar=pillar)
        """What one came with; it stays when the other filters are taken off."""
        self._filter = self._given
        self._to_take_off: dict[str, Filter] = {}
        """What Esc takes off, the last one first (it stands last), each with the filter that stays."""
        self._point_at = entry
        self._was_changed = False
        """The cursor goes to what came back."""
        self._reads_from_end = False
        self._found = Found()

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Head("Journal")
            with Horizontal(id="find"):
                yield Line(placeholder="search your words", id="search", compact=True)
                yield PillarBar(markup=False)
            yield ChipBar(markup=False)
            with Horizontal(id="panes"):
                yield EntryList(plain=self._plain, id="list")
                yield Reader(id="reader")
            yield Static(id="empty", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(EntryList).focus()
        self._show_filter()
        warm = self._world.journal.warm  # once the first list stands
        self.call_after_refresh(self.run_worker, warm, thread=True, group="warm", exit_on_error=False)

    def on_screen_resume(self) -> None:
        """On arriving, and again on coming back from the page of an edit."""
        if not self._found.listing.entries and not self._point_at:
            first = find(self._world.journal, replace(self._filter, limit=_AT_ONCE))
            if first.listing.entries:
                self._show(first)
        self._find_anew()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        self.set_class(event.size.width < TIGHT, "-tight")

    # -- finding -----------------------------------------------------------------------------------

    def _find_anew(self) -> None:
        """For what was changed; the entries are counted again."""
        self._found = replace(self._found, total=0)
        self._find()

    @work(group="find", exclusive=True)
    async def _find(self) -> None:
        """Shows what the filter lets through; the search that was under way is given up."""
        found = await asyncio.to_thread(find, self._world.journal, self._filter, self._found.total)
        self.post_message(self.Searched(found))  # which nobody reads once the screen is left

    def on_journal_screen_searched(self, message: Searched) -> None:
        self._show(message.found)

    def _show(self, found: Found) -> None:
        came_back = found.listing.first_beside(self._found.listing) if self._was_changed else ""
        point_at, self._point_at, self._was_changed = self._point_at, "", False
        self._found = found
        nothing = not found.listing.entries
        if found.bare or (nothing and not self.query_one("#search").has_focus):
            self.set_focus(None)  # else the keys would go to the search when the list goes
        elif self.focused is None:
            self.call_after_refresh(self.query_one(EntryList).focus)
        self.set_class(nothing, "-empty")
        self.set_class(bool(found.bare), "-bare")
        if nothing:
            said = found.trouble or found.bare or why_empty(self._filter, self._titles, *list(self._to_take_off)[-1:])
            self.query_one("#empty", Static).update(Content(said))
        self.query_one(EntryList).show(found.listing, query_words(self._filter.words), at=point_at or came_back)
        if point_at and self._entry and self._entry.id == point_at and self.size.width < NARROW:
            self._open_reader()  # one came for its words

    def _narrow(self, filter: Filter) -> None:
        self._filter = filter
        self._to_take_off = to_take_off(filter, self._given, self._titles, self._to_take_off)
        self._show_filter()
        self._find()

    def _show_filter(self) -> None:
        self.query_one(PillarBar).show(self._filter.pillar, self._titles, plain=self._plain)
        self.query_one(ChipBar).show(self._filter, plain=self._plain)

    @on(PillarBar.Chosen)
    def _pillar_clicked(self, event: PillarBar.Chosen) -> None:
        self.action_only(event.number)

    @on(ChipBar.TakenOff)
    def _chip_clicked(self, event: ChipBar.TakenOff) -> None:
        self._narrow(chips(self._filter)[event.number].without)

    @on(Line.Changed, "#search")
    def _typed(self, event: Line.Changed) -> None:
        self._filter = replace(self._filter, words=event.value)
        self._find()

    @on(EntryList.Moved)
    def _moved(self, event: EntryList.Moved) -> None:
        blocks: list[Block] = []
        if entry := event.entry:
            promises = self._found.promised_in(entry)
            blocks = blocks_of(entry, promises, plain=self._plain, titles=self._titles)
        self.query_one(Reader).show(blocks, query_words(self._filter.words), from_end=self._reads_from_end)
        self._reads_from_end = False
        self._say_count()
        self.refresh_bindings()

    @on(Reader.Appeared)
    def _say_count(self) -> None:
        reader = self.query_one(Reader)
        self.query_one(Head).say(say_count(self._found, self._filter, reader.match, reader.matches))

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "match" and not query_words(self._filter.words):
            return False
        if self._found.bare and action in ("search", "filter", "pillar", "only"):
            return False
        needs_entry = ("match", "edit", "delete", "history", "calendar", "on_this_day", "copy", "scroll")
        return bool(self._found.listing.entries) or action not in needs_entry

    @property
    def _entry(self) -> Entry | None:
        return self.query_one(EntryList).entry

    def action_search(self) -> None:
        self.query_one("#search").focus()

    @on(EntryList.Chosen)
    def _open_reader(self) -> None:
        if self._entry:
            self.add_class("-reading")
            self.query_one(Reader).focus()
            self._say_count()

    def action_scroll(self) -> None:
        self.query_one(Reader).action_move_page(1)

    def action_match(self, by: int) -> None:
        if self.query_one(Reader).go_to_match(by):
            self._say_count()
            return
        before = self._entry
        self.query_one(EntryList).action_move(by)
        if self._entry is before:
            self.notify(f"That was the {'last' if by > 0 else 'first'} one.")
        else:
            self._reads_from_end = by < 0

    @on(Line.Submitted, "#search")
    def action_to_list(self) -> None:
        if self.query_one("#search").has_focus:
            self.query_one(EntryList).focus()

    def action_leave_entry(self) -> None:
        if self.query_one(Reader).has_focus:
            self.remove_class("-reading")
            self.query_one(EntryList).focus()

    def action_back(self) -> None:
        search = self.query_one("#search", Line)
        if self.query_one(Reader).has_focus:
            self.action_leave_entry()
        elif search.value or search.has_focus:
            search.value = ""
            self.query_one(EntryList).focus()
        elif self._to_take_off:
            self._narrow(replace([*self._to_take_off.values()][-1], words=""))
        else:
            self.dismiss()

    def action_only(self, number: int) -> None:
        self._narrow(replace(self._filter, pillar=PILLARS[number]))

    def action_pillar(self) -> None:
        self.action_only((PILLARS.index(self._filter.pillar) + 1) % len(PILLARS))

    def action_filter(self) -> None:
        from journal_tui.ui.screens.filters import FiltersScreen

        self.app.push_screen(FiltersScreen(self._world, self._filter), self._filtered)

    def _filtered(self, filter: Filter | None) -> None:
        if filter is not None:
            self._narrow(replace(filter, words=self._filter.words))

    def action_on_this_day(self) -> None:
        if filter := of_this_day(self._filter, self._entry):
            self._narrow(filter)
        else:
            self.notify("This entry has no day.")

    def action_calendar(self) -> None:
        from journal_tui.ui.screens.calendar import CalendarScreen

        today = self._world.today()
        day = self._entry.day if self._entry else None
        calendar = CalendarScreen(self._found.listing.entries, day or today, today, plain=self._plain)
        self.app.push_screen(calendar, self._go_to)

    def _go_to(self, day: date | None) -> None:
        if day and (number := self._found.listing.nearest(day)) is not None:
            self.query_one(EntryList).action_move_to(number)
            if self._entry and self._entry.day != day:
                self.notify(say_nearest(day, self._filter))

    def action_copy(self) -> None:
        if self._entry:
            words = words_to_copy(self._entry)
            self.app.copy_to_clipboard(words)
            self.notify(f"{plural(count_words(words), 'word')} copied, if your terminal allows it.")

    def action_edit(self) -> None:
        if self._entry:
            self.post_message(Edit(self._entry.id))

    def action_history(self) -> None:
        if self._entry:
            self.post_message(Go("history", entry=self._entry.id))

    def action_go(self, screen: str) -> None:
        self.post_message(Go(screen))

    async def action_delete(self) -> None:
        if entry := self._entry:
            await self._change(lambda: self._delete(entry))

    def _delete(self, entry: Entry) -> str:
        self._world.journal.delete([entry.id])
        return "In the trash. u brings it back."

    async def action_undo(self) -> None:
        await self._change(lambda: self._world.journal.steps.undo(EDITS))

    async def action_redo(self) -> None:
        await self._change(self._world.journal.steps.redo)

    async def _change(self, make: Callable[[], str]) -> None:
        if await change(self, make):
            self.remove_class("-reading")
            self.query_one(EntryList).focus()
            self._was_changed = True
            self._find_anew()
