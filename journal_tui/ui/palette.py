"""What the command palette names: the commands that work now, the pages one can go to, the themes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.fuzzy import Matcher
from textual.message import Message
from textual.screen import Screen

from journal_tui.settings import SCHEMA, choices
from journal_tui.ui.commands import offers
from journal_tui.ui.messages import Go, Protect
from journal_tui.ui.pages import LISTED
from journal_tui.ui.views.passphrase import TASKS
from journal_tui.world import World

_USELESS = ("move.", "app.command-palette")
_THEMES = {
    "auto": "As the terminal says",
    "dusk": "Dark",
    "paper": "Light",
    "night": "Dark, with more contrast",
    "noon": "Light, with more contrast",
}


class Named(NamedTuple):
    """One thing to do, by its name."""

    label: str
    says: str
    key: str
    """Empty: it has none."""
    does: str | Message
    """An action with its namespace, or what is asked of the app."""


def named(screen: Screen[object], world: World, tasks: list[str]) -> Iterator[Named]:
    """What can be done on `screen`, and from everywhere.

    Args:
        tasks: those of the passphrase that there is room for now.
    """
    is_open = not world.is_locked
    useless = _USELESS if is_open and world.has_passphrase else (*_USELESS, "app.lock")
    found = [offer for offer in offers(screen) if offer.does and not offer.id.startswith(useless)]
    for offer in found:
        yield Named(offer.label, offer.does, offer.key, offer.action)
    labels = {offer.label for offer in found}
    for name, label, says in LISTED:
        if label not in labels and (is_open or name == "helplines"):
            yield Named(label, says, "", Go(name))
    for name in tasks:
        yield Named(TASKS[name].label, TASKS[name].tooltip, "", Protect(name))
    for name in choices(SCHEMA["theme"], world.paths.settings):
        says = f"{_THEMES.get(name, 'Your own')}; kept in the settings"
        yield Named(f"Theme: {name}", says, "", f"app.choose_theme({name!r})")


def matching(named: Sequence[Named], typed: str) -> list[Named]:
    """Those whose name, or else whose words, hold what was typed; the best first, and all when nothing was."""
    if not typed.strip():
        return list(named)
    matcher = Matcher(typed.strip())
    scores = [(max(2 * matcher.match(item.label), matcher.match(item.says)), item) for item in named]
    return [item for score, item in sorted(scores, key=lambda pair: -pair[0]) if score > 0]
