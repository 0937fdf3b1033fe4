"""The list of entries: a line each under their months, any number of them."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.message import Message
from textual.strip import Strip

from journal_tui.dates import WEEKDAYS
from journal_tui.model import Entry
from journal_tui.text import clean_line, find_spans
from journal_tui.ui.commands import Command
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.views.listing import Listing
from journal_tui.ui.widgets.cursor_list import CursorList

_BEFORE = 11
"""Cells before the heading: cursor, day, sign."""
_WIDE = 44
"""Cells of a list in which there is room for rating and star."""


class EntryList(CursorList[int | str]):
    """Entries in their order, with a cursor."""

    BINDINGS = [Command("move.choose", "enter,right,l", "Read", "Into the reading pane, to scroll")]

    class Moved(Message):
        """The cursor stands on another entry."""

        def __init__(self, entry: Entry | None) -> None:
            super().__init__()
            self.entry = entry

    class Chosen(Message):
        """The entry under the cursor is to be read."""

    def __init__(self, *, plain: bool = False, can_choose: bool = True, id: str | None = None) -> None:
        """Without `can_choose` its keys leave choosing to the screen."""
        super().__init__(plain=plain, id=id)
        self._plain = plain
        self._can_choose = can_choose
        self._listing = Listing()
        self._words: tuple[str, ...] = ()
        self._excerpts: dict[tuple[str, int], str] = {}
        """By id of entry and width: where the words stand in it."""

    def show(self, listing: Listing, words: tuple[str, ...] = (), *, at: str = "") -> None:
        """Shows the entries with the folded `words` marked. The cursor goes to the entry with the id `at`, else stays
        on the one it was on; where that is gone, in its place, or on the first that was found."""
        wanted = at or (self.entry.id if self.entry else "")
        number = listing.number_of(wanted)
        if number is None:
            number = 0 if words else self._cursor
        self._listing, self._words = listing, words
        self._excerpts.clear()
        self.put(listing.rows, listing.places, number)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        entries = self._listing.entries
        return entries[self._cursor] if self._cursor < len(entries) else None

    def say_moved(self) -> None:
        self.post_message(self.Moved(self.entry))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" or (self._can_choose and self.entry is not None)

    def action_choose(self) -> None:
        self.choose()

    def choose(self) -> None:
        if self.entry:
            self.post_message(self.Chosen())

    def paint(self, row: int | str, *, here: bool) -> Strip:
        width = self.room
        if isinstance(row, str):
            return self.strip([(f"  {row}", self.ink("$quiet", extra="bold"))], width, self.ink("$ink"))
        entry = self._listing.entries[row]
        on, bold = (self.RAISED, "bold") if here else (self.GROUND, "")
        quiet = self.ink(self.WHISPER if here else "$quiet", on=on)
        day = f"{entry.day.day:>2} {WEEKDAYS[entry.day.weekday()][:2].capitalize()}" if entry.day else "  -  "
        aside = self._aside(entry) if width >= _WIDE else ""
        room = max(0, width - _BEFORE - cell_len(aside))
        heading = set_cell_size(_fit(self._heading(entry, room), room), room)
        words = self.ink("$ink", on=on, extra=bold) if entry.heading else quiet
        return self.strip(
            [
                (self._pointer if here else "  ", self.ink("$accent", on=on)),
                (day, quiet),
                (f"  {glyph(entry.pillar, plain=self._plain)} ", self.ink(hue(entry.pillar), on=on)),
                *self.marked(heading, self._words, words, self.ink("$accent", on=on, extra=f"{bold} underline")),
                (aside, quiet),
            ],
            width,
            self.ink("$ink", on=on),
        )

    def _aside(self, entry: Entry) -> str:
        star = ("*" if self._plain else "★") if entry.starred else " "
        return f"  {star} {entry.rating or ' '} "

    def _heading(self, entry: Entry, width: int) -> str:
        """The first line, or the place where the words searched for stand."""
        if not entry.heading:
            return f"lived {entry.rating} of 5, no words" if entry.rating else "no words"
        line = clean_line(entry.heading[: width * 8])
        if not self._words or find_spans(_fit(line, width), self._words):
            return line
        if (entry.id, width) not in self._excerpts:
            self._excerpts[entry.id, width] = _excerpt(entry.text, self._words, width) or line
        return self._excerpts[entry.id, width]


def _excerpt(text: str, words: tuple[str, ...], width: int) -> str:
    """Where the folded words stand first, from a little before if they are seen then; empty: nowhere."""
    spans = find_spans(text, words)
    if not spans:
        return ""
    first, last = spans[0]
    start = text.rfind(" ", 0, max(0, first - 6)) + 1
    if cell_len(clean_line(text[start:last])) > width - 2:  # an ellipsis on either side
        start = first
    return f"{'…' if start else ''}{clean_line(text[start : start + width * 4])}"


def _fit(text: str, width: int) -> str:
    """`text` in at most `width` cells, with an ellipsis where it was cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""
