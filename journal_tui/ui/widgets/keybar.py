"""One quiet line at the foot of a screen: the keys that work here."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from journal_tui.ui.commands import offers, say_key

WIDEST = 80
"""Cells of the centred column that most pages are set in, with its edges."""
_GAP = "   "
_OUT = say_key("escape")


class KeyBar(Widget):
    """Shows the bindings of the screen that want to be shown, as many as fit; each can be clicked.

    The way back is always there, and so is the last one: help, which leads to all that found no room.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 2; color: $quiet; background: $background; }
    """

    def __init__(self, *, width: int | None = None) -> None:
        super().__init__()
        self._column = width
        """Width of the centred column that the screen is set in, if it is."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> RenderResult:
        shown = [offer for offer in offers(self.screen) if offer.show]
        parts = [
            Content.assemble((offer.key, "$accent"), f" {offer.label}").stylize(
                Style.from_meta({"action": offer.action})
            )
            for offer in shown
        ]
        margin = max(0, self.outer_size.width - self._column) // 2 if self._column else 0
        room = self.content_size.width - 2 * margin + len(_GAP)
        may_go = [part for part, offer in zip(parts[:-1], shown, strict=False) if offer.key != _OUT]
        while may_go and sum(part.cell_length + len(_GAP) for part in parts) > room:
            least = may_go.pop()
            parts = [part for part in parts if part is not least]
        return Content.assemble(" " * margin, Content(_GAP).join(parts))

    async def on_click(self, event: events.Click) -> None:
        if action := event.style.meta.get("action"):
            await self.screen.run_action(action)
