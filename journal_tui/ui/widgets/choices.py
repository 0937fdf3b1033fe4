"""A short list to choose from; the line under the cursor is told by a mark, not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Choices(OptionList):
    """Options by id and label, with a mark at the cursor."""

    DEFAULT_CSS = """
    Choices {
        border: none; padding: 0; background: $background; color: $ink; scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: $foreground 0%; }
        & > .option-list--option-highlighted { background: $lift; color: $ink; text-style: bold; }
    }
    """

    def __init__(self, *, plain: bool = False, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._mark = "> " if plain else "▌ "
        self._labels: list[Content] = []
        self._marked: int | None = None

    def show(self, options: Sequence[tuple[str, Content]], at: int | None = 0) -> None:
        """Shows `options` (id and label) with the cursor on number `at`, or on none yet."""
        self.clear_options()
        self._marked = None
        self._labels = [label for _, label in options]
        self.add_options(Option(self._prompt(number), id=id) for number, (id, _) in enumerate(options))
        self.highlighted = at

    def _prompt(self, number: int) -> Content:
        mark = (self._mark, "$accent") if number == self._marked else ("  ", "")
        return Content.assemble(mark, self._labels[number])

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        before, self._marked = self._marked, highlighted
        for number in (before, highlighted):
            if number is not None and number < self.option_count:
                self.replace_option_prompt_at_index(number, self._prompt(number))
