"""What can be done in *Journal*."""

from __future__ import annotations

from journal_tui.ui.commands import Command
from journal_tui.ui.widgets.filter_bar import PILLAR_COMMANDS

COMMANDS = (
    Command("journal.back", "escape", "Back", "One step back: the search, the last filter, the page before"),
    Command("journal.search", "slash", "Search", "Words, or a phrase in double quotes"),
    Command("journal.filter", "f", "Filter", "A person, a tag, a rating, or a time in words"),
    Command("journal.next-match", "n", "Next", "To the next place where the words stand", action="match(1)"),
    Command("journal.match-before", "N", "Before", "To the place before", action="match(-1)", show=False),
    Command("journal.edit", "e", "Edit", "Change the words; the version before is kept"),
    Command("journal.calendar", "c", "Calendar", "Go to a day"),
    Command("journal.delete", "d", "Delete", "Into the trash; u brings it back"),
    Command("journal.undo", "u", "Undo", "Takes the last edit or deletion back"),
    Command("journal.redo", "U", "Redo", "Does again what was undone last", show=False),
    Command("journal.on-this-day", "o", "On this day", "The day of this entry in every year; again: all days"),
    Command("journal.history", "h", "History", "How this entry was before, and what was changed"),
    Command("journal.copy", "y", "Copy", "The words of this entry, to the clipboard"),
    Command("journal.trash", "t", "Trash", "What was thrown away, to put it back", action="go('trash')"),
    Command("journal.pillar", "p", "Pillar", "The next pillar alone"),
    *PILLAR_COMMANDS,
    Command("journal.scroll", "space", "Scroll", "On in the entry that is read", show=False),
    Command("journal.to-list", "down", show=False),
    Command("journal.leave-entry", "left", show=False),
)
