"""The quiet line at the top of a page: what it is, and how much is on it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from journal_tui.text import shorten


class Head(Widget):
    """The page's name on the left, what there is to say of it on the right."""

    DEFAULT_CSS = """
    Head { height: 1; margin-bottom: 1; color: $quiet; }
    """

    def __init__(self, name: str, aside: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._called, self._aside = name, Content(aside)

    def say(self, aside: Content | str) -> None:
        """Puts another word on the right; cleaned for display."""
        self._aside = Content(aside) if isinstance(aside, str) else aside
        self.refresh()

    def render(self) -> RenderResult:
        room = self.content_size.width - cell_len(self._called) - 3
        aside = self._aside if self._aside.cell_length <= room else Content(shorten(self._aside.plain, max(0, room)))
        gap = max(1, self.content_size.width - cell_len(self._called) - aside.cell_length)
        return Content.assemble((self._called, "bold"), " " * gap, aside)
