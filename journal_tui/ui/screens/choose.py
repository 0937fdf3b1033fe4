"""Choose what to write about: a pillar, an own pack, a draft, a free page."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from journal_tui.model import Pace, Pillar
from journal_tui.session.session import Session
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Begin, GoOn
from journal_tui.ui.views.choose import FREE_KEY, Choice, choices, first_choice, look
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.world import World


class ChooseScreen(Screen[Begin | GoOn | None]):
    """A short list; the choice is the result."""

    CSS_PATH = "choose.tcss"
    TITLE = "Choose"
    HELP = "Choose what to write about. A number takes its pillar at once."
    BINDINGS = [
        Command("choose.take", "enter", "Begin", "Write about what the cursor is on", priority=True),
        Command("choose.down", "j", "Down", show=False),
        Command("choose.up", "k", "Up", show=False),
        *(
            Command(
                f"choose.{pillar.value}",
                str(number),
                pillar.title,
                pillar.title,
                action=f"pillar({number})",
                show=False,
            )
            for number, pillar in enumerate(Pillar, 1)
        ),
        Command("choose.free", FREE_KEY, "Free page", "Write without a question"),
        Command("choose.back", "escape", "Back", "Back to Today", action="dismiss(None)"),
    ]

    def __init__(self, world: World, drafts: tuple[Session, ...], pace: Pace | None = None) -> None:
        """What can be chosen now.

        Raises:
            JournalError: the journal cannot be read.
        """
        super().__init__()
        self._view = look(world, drafts)
        self._plain = world.settings.plain_glyphs
        self._pace = pace
        self._choices: list[Choice] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Head("What would you like to look at?")
            yield Choices(plain=self._plain)
        yield KeyBar(width=WIDEST)

    def on_mount(self) -> None:
        self.query_one(Choices).focus()

    def on_resize(self) -> None:
        list_of = self.query_one(Choices)
        self._choices = choices(self._view, self._pace, min(self.size.width, WIDEST) - 7, plain=self._plain)
        at = list_of.highlighted
        if at is None:
            at = first_choice(self._view, self._choices)
        list_of.show([(str(number), choice.label) for number, choice in enumerate(self._choices)], at)
        for number, choice in enumerate(self._choices):
            if choice.message is None:
                list_of.disable_option(str(number))

    def action_take(self) -> None:
        self.query_one(Choices).action_select()

    def action_down(self) -> None:
        self.query_one(Choices).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(Choices).action_cursor_up()

    def action_pillar(self, number: int) -> None:
        """The pillar of this number, as in the journal."""
        self.dismiss(Begin(list(Pillar)[number - 1], self._pace))

    def action_free(self) -> None:
        self.dismiss(Begin(None, self._pace))

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].message)
