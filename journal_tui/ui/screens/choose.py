"""Choose what to write about: a pillar, an own pack, a draft, a free page."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from journal_tui.dates import say_day
from journal_tui.model import Asked, Pace, Pack, Pillar, visits
from journal_tui.session.session import Session
from journal_tui.text import clean_line, count_words, plural, shorten
from journal_tui.ui.messages import Begin, GoOn
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.widgets.choices import Choices
from journal_tui.world import World


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose."""

    message: Begin | GoOn
    label: Content


def choices(world: World, drafts: tuple[Session, ...], pace: Pace | None) -> list[Choice]:
    """Drafts first, then the pillars with the day each was last visited, own packs, and the free page."""
    plain = world.settings.plain_glyphs
    today = world.today()
    found = [
        Choice(
            GoOn(draft),
            Content.assemble(
                (f"{glyph(draft.pillar, plain=plain)} ", hue(draft.pillar)),
                f"go on: {clean_line(draft.pack.title) if draft.pack else 'free page'}",
                (f"   {say_day(draft.day, today)}, {plural(count_words(draft.word_text), 'word')}", "$quiet"),
            ),
        )
        for draft in drafts
    ]
    last = {visit.pillar: visit.day for visit in visits(world.journal.entries()) if visit.pillar}
    for pillar in Pillar:
        when = say_day(last[pillar], today) if pillar in last else ""
        label = Content.assemble(
            (f"{glyph(pillar, plain=plain)} ", hue(pillar)), _column(world.library.title(pillar)), (when, "$quiet")
        )
        found.append(Choice(Begin(pillar, pace), label))
    for pack in world.library.packs.values():
        if pack.pillar is None or pack.id != pack.pillar.value:
            sign = (f"{glyph(pack.pillar, plain=plain)} ", hue(pack.pillar))
            label = Content.assemble(sign, _column(pack.title), (_about(pack), "$quiet"))
            found.append(Choice(Begin(pack.id, pace), label))
    found.append(
        Choice(
            Begin(None, pace), Content.assemble((f"{glyph(None, plain=plain)} ", "$quiet"), "A page without a question")
        )
    )
    return found


def _column(title: str) -> str:
    return shorten(title, 17).ljust(18)


def _about(pack: Pack) -> str:
    """In a few words what a pack is there for."""
    if pack.own:
        return "your own pack"
    return {Asked.WEEKLY: "looks back on its words", Asked.FIRST_DAYS: "short evenings, to begin with"}.get(
        pack.asked, "sparks for a page"
    )


class ChooseScreen(ModalScreen[Begin | GoOn | None]):
    """A short list; the choice is the result."""

    CSS_PATH = "choose.tcss"
    TITLE = "Choose"
    HELP = "Choose what to write about."
    BINDINGS = [
        Binding("j", "down", "Down", show=False),
        Binding("k", "up", "Up", show=False),
        *(
            Binding(str(number), f"pillar({number})", pillar.title, show=False, tooltip=pillar.title)
            for number, pillar in enumerate(Pillar, 1)
        ),
        Binding("question_mark,f1", "app.help", "Help", tooltip="What works here"),
        Binding("escape", "dismiss(None)", "Back", tooltip="Back to Today"),
    ]

    def __init__(self, world: World, drafts: tuple[Session, ...], pace: Pace | None = None) -> None:
        super().__init__()
        self._pace = pace
        self._plain = world.settings.plain_glyphs
        self._choices = choices(world, drafts, pace)

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static("What would you like to look at?", id="title", markup=False)
            yield Choices(plain=self._plain)

    def on_mount(self) -> None:
        choices = self.query_one(Choices)
        choices.show([(str(number), choice.label) for number, choice in enumerate(self._choices)])
        choices.focus()

    def action_down(self) -> None:
        self.query_one(Choices).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(Choices).action_cursor_up()

    def action_pillar(self, number: int) -> None:
        """The pillar of this number, as in the journal."""
        pillar = list(Pillar)[number - 1]
        self.dismiss(Begin(pillar, self._pace))

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].message)
