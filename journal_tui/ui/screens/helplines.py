"""Who to call: those who answer when someone is being hurt, the writer's country first."""

from __future__ import annotations

import os

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.helplines import Helplines, load_helplines
from journal_tui.model import JournalError
from journal_tui.paths import bundled_packs
from journal_tui.text import clean, fold
from journal_tui.ui.commands import Command
from journal_tui.ui.views.entry import Block
from journal_tui.ui.views.helplines import choices, page
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.head import Head
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.reader import Reader
from journal_tui.world import World


class HelplinesScreen(Screen[None]):
    """One page to read; the countries stand behind a key, or first where none is known. Needs no open journal."""

    CSS_PATH = "helplines.tcss"
    TITLE = "Who to call"
    HELP = "People who answer when someone is being hurt. A help.yaml beside your settings adds to it."
    BINDINGS = [
        Command("helplines.choose", "c", "Another country", "Show who answers in another country"),
        Command("helplines.show", "enter", "Show", "Show who answers there; a letter leads to it", priority=True),
        Command("helplines.back", "escape", "Back", "To where you came from"),
    ]

    class Loaded(Message):
        """Who there is; or what is amiss."""

        def __init__(self, known: Helplines | None, error: str = "") -> None:
            super().__init__()
            self.known = known
            self.error = error

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._known = Helplines()
        self._has_page = False

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Head(self.TITLE)
            yield Static(id="opening", markup=False)
            yield Choices(plain=self._world.settings.plain_glyphs)
            yield Reader()
        yield KeyBar(width=WIDEST)

    def on_mount(self) -> None:
        self.query_one(Reader).focus()
        self.run_worker(self._load, thread=True, group="helplines", exclusive=True)

    def _load(self) -> None:
        try:
            self.post_message(self.Loaded(load_helplines(bundled_packs(), self._world.paths.config)))
        except JournalError as error:
            self.post_message(self.Loaded(None, str(error)))

    def on_helplines_screen_loaded(self, message: Loaded) -> None:
        if message.known is None:
            self.query_one(Reader).show([Block(clean(message.error), "$warning")])
            return
        self._known = message.known
        self.query_one("#opening", Static).update(Content(clean(self._known.opening)))
        options = [(code, Content(name)) for code, name in choices(self._known)]
        self.query_one(Choices).show(options)
        if here := self._known.at_home(os.environ):
            self._show(here.code)
        else:
            self.action_choose()

    def _show(self, code: str) -> None:
        """The page of the country with this code; empty: what is known for any."""
        country = next((country for country in self._known.countries if country.code == code), None)
        self._has_page = True
        self.remove_class("-choosing")
        reader = self.query_one(Reader)
        reader.show(page(self._known, country))
        reader.focus()
        self.refresh_bindings()

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_choosing = self.has_class("-choosing")
        return {"choose": bool(self._known.countries) and not is_choosing, "show": is_choosing}.get(action, True)

    @on(Choices.OptionSelected)
    def action_show(self) -> None:
        options = self.query_one(Choices)
        if options.highlighted is not None:
            self._show(options.get_option_at_index(options.highlighted).id or "")

    def on_key(self, event: events.Key) -> None:
        """While choosing, a letter leads to the next country that begins with it."""
        if not (self.has_class("-choosing") and event.character and event.character.isalpha()):
            return
        event.stop()
        options = self.query_one(Choices)
        at = options.highlighted or 0
        names = [fold(name) for _, name in choices(self._known)]
        after = [*range(at + 1, len(names)), *range(at + 1)]
        options.highlighted = next((n for n in after if names[n].startswith(fold(event.character))), at)

    def action_choose(self) -> None:
        self.add_class("-choosing")
        self.query_one(Choices).focus()
        self.refresh_bindings()

    def action_back(self) -> None:
        if self.has_class("-choosing") and self._has_page:
            self.remove_class("-choosing")
            self.query_one(Reader).focus()
            self.refresh_bindings()
        else:
            self.dismiss()
