"""One quiet line at the foot of a screen: the keys that work here."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from journal_tui.ui.commands import commands

_GAP = "   "


class KeyBar(Widget):
    """Shows the bindings of the screen that want to be shown, as many as fit; each can be clicked."""

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
        *parts, last = [
            Content.assemble((key, "$accent"), f" {label}").stylize(Style.from_meta({"action": action}))
            for key, label, _, action in commands(self.screen)
        ] or [Content()]
        # The last one is help, which leads to all that found no room here.
        room = self.content_size.width - last.cell_length
        while parts and sum(part.cell_length + len(_GAP) for part in parts) > room:
            parts.pop()
        margin = max(0, self.outer_size.width - self._column) // 2 if self._column else 0
        return Content.assemble(" " * margin, Content(_GAP).join([*parts, last]))

    async def on_click(self, event: events.Click) -> None:
        if action := event.style.meta.get("action"):
            await self.screen.run_action(action)
