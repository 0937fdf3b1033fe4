"""The screens one can go to by their name, each loaded when it is asked for."""

from __future__ import annotations

from textual.screen import Screen

from journal_tui.ui.messages import Go
from journal_tui.world import World

LISTED = (
    ("week", "The week", "The last seven days, and the weeks before"),
    ("patterns", "Patterns", "What may be worth a look, with your own words"),
    ("promises", "Promises", "What you promised: open and kept"),
    ("people", "People", "Who is named, and in which entries"),
    ("settings", "Settings", "Theme, time, focus, editor, reminder and more"),
    ("packs", "Packs", "The questions, ours and your own"),
    ("helplines", "Who to call", "Helplines where you live, and elsewhere"),
)
"""Name, label and what it is, of those that the palette names everywhere."""


def page(world: World, message: Go) -> Screen[None]:
    """The screen that `message` asks for."""
    match message.screen:
        case "journal":
            from journal_tui.ui.screens.journal import JournalScreen

            return JournalScreen(world, message.entry, message.person, message.pillar)
        case "history":
            from journal_tui.ui.screens.history import HistoryScreen

            return HistoryScreen(world, message.entry)
        case "trash":
            from journal_tui.ui.screens.trash import TrashScreen

            return TrashScreen(world)
        case "patterns":
            from journal_tui.ui.screens.patterns import PatternsScreen

            return PatternsScreen(world, message.pattern)
        case "promises":
            from journal_tui.ui.screens.promises import PromisesScreen

            return PromisesScreen(world, message.entry)
        case "people":
            from journal_tui.ui.screens.people import PeopleScreen

            return PeopleScreen(world)
        case "week":
            from journal_tui.ui.screens.week import WeekScreen

            return WeekScreen(world)
        case "settings":
            from journal_tui.ui.screens.settings import SettingsScreen

            return SettingsScreen(world)
        case "packs":
            from journal_tui.ui.screens.packs import PacksScreen

            return PacksScreen(world)
        case "helplines":
            from journal_tui.ui.screens.helplines import HelplinesScreen

            return HelplinesScreen(world)
        case _:
            from journal_tui.ui.screens.insights import InsightsScreen

            return InsightsScreen(world)
