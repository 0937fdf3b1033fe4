"""The pillars to choose from, and a chip for every other filter that is set."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from journal_tui.model import Pillar
from journal_tui.store.search import Filter
from journal_tui.ui.commands import Command
from journal_tui.ui.theme import Titles, glyph, hue, title
from journal_tui.ui.views.filters import chips

PILLARS: tuple[Pillar | None, ...] = (None, *Pillar)
"""By the number of their key; None: all."""

PILLAR_COMMANDS = tuple(
    Command(
        f"journal.{pillar.value if pillar else 'all'}",
        str(number),
        pillar.title if pillar else "All",
        f"{pillar.title} alone" if pillar else "All pillars",
        action=f"only({number})",
        show=False,
    )
    for number, pillar in enumerate(PILLARS)
)


class PillarBar(Static):
    """A sign for every pillar; the chosen one with its name."""

    class Chosen(Message):
        """The pillar with this number was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def show(self, chosen: Pillar | None, titles: Titles, *, plain: bool) -> None:
        parts: list[Content] = []
        for number, pillar in enumerate(PILLARS):
            words = glyph(pillar, plain=plain) if pillar else "all"
            if pillar is chosen:
                words = f"{words} {title(pillar, titles)}" if pillar else words
            style = f"{hue(pillar) if pillar else '$quiet'}"
            if pillar is chosen:
                style = f"bold {hue(pillar) if pillar else '$accent'} on $lift"
            parts.append(Content.styled(f" {words} ", style).stylize(Style.from_meta({"pillar": number})))
        self.update(Content.assemble(*parts))

    def on_click(self, event: events.Click) -> None:
        if (number := event.style.meta.get("pillar")) is not None:
            self.post_message(self.Chosen(number))


class ChipBar(Static):
    """A chip for each filter; a click takes it off."""

    class TakenOff(Message):
        """The chip with this number was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def show(self, filter: Filter, *, plain: bool) -> None:
        found = chips(filter)
        parts: list[Content] = []
        for number, chip in enumerate(found):
            sign = "x" if plain else "×"
            content = Content.assemble((f" {chip.words} ", "$ink on $lift"), (f"{sign} ", "$accent on $lift"))
            parts += [content.stylize(Style.from_meta({"chip": number})), Content(" ")]
        self.update(Content.assemble(*parts))
        self.display = bool(found)

    def on_click(self, event: events.Click) -> None:
        if (number := event.style.meta.get("chip")) is not None:
            self.post_message(self.TakenOff(number))
