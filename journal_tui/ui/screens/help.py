"""Help: what this screen is and which keys work on it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from journal_tui.session.wording import HELP_LINE
from journal_tui.ui.messages import Go

_ABOUT = "A journal to think with, not therapy. What you write stays in the files on this machine. "
_ABOUT += HELP_LINE.format(how="c")


def key_lines(screen: Screen[object]) -> list[tuple[str, str]]:
    """Key and what it does, for every binding that says what it does; keys of one action together."""
    keys: dict[str, dict[str, None]] = {}
    says: dict[str, str] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.tooltip and active.enabled:
            says[binding.action] = binding.tooltip
            keys.setdefault(binding.action, {})[screen.app.get_key_display(binding)] = None
    return [(" ".join(keys[action]), says[action]) for action in keys]


class HelpScreen(ModalScreen[None]):
    """Made of the bindings themselves, so that it is never out of date."""

    CSS_PATH = "help.tcss"
    TITLE = "Help"
    BINDINGS = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close"),
        Binding("c", "helplines", "Who to call"),
    ]

    def __init__(self, of: Screen[object]) -> None:
        super().__init__()
        self._title = of.title or ""
        self._help = getattr(of, "HELP", "")
        self._keys = key_lines(of)

    def action_helplines(self) -> None:
        self.dismiss()
        self.app.post_message(Go("helplines"))

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="sheet"):
            yield Static(Content.styled(self._title, "bold $accent"), markup=False)
            yield Static(self._help, id="what", markup=False)
            wide = max((len(key) for key, _ in self._keys), default=0) + 3
            for key, says in self._keys:
                yield Static(Content.assemble((key.ljust(wide), "$accent"), says), markup=False)
            yield Static(_ABOUT, id="about", markup=False)
