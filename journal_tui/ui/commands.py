"""What can be done: the key, the footer, the palette, the help and the user's keymap are all made of commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import ActiveBinding, Binding
from textual.keys import key_to_character
from textual.screen import Screen


class Command(Binding):
    """One thing to do on a screen, as a Textual binding that can be named."""

    def __init__(
        self,
        id: str,
        key: str,
        label: str = "",
        does: str = "",
        *,
        action: str = "",
        show: bool = True,
        priority: bool = False,
    ) -> None:
        """A command.

        Args:
            id: ``screen.name``: what a keymap calls it. The same name on several screens is one command.
            key: its keys by Textual's names, parted by commas.
            label: a word or two, for footer and palette.
            does: what follows, in a few words, for palette and help; without it the help keeps silent of it.
            action: what runs; left out, the name.
            show: whether footer and palette name it.
            priority: it comes before the focused widget's own keys.
        """
        super().__init__(
            key=key,
            action=action or id.rpartition(".")[2].replace("-", "_"),
            description=label,
            show=show,
            priority=priority,
            tooltip=does,
            id=id,
        )


_KEYS = {
    "backspace": "⌫",
    "down": "↓",
    "enter": "⏎",
    "escape": "esc",
    "left": "←",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "question_mark": "?",
    "right": "→",
    "slash": "/",
    "space": "space",
    "up": "↑",
}


def say_key(key: str) -> str:
    """The key, by Textual's name, as one reads it."""
    if key in _KEYS:
        return _KEYS[key]
    character = key_to_character(key)
    if character and character.isprintable():
        return character
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return key.upper() if re.fullmatch(r"f\d+", key) else key


class Offer(NamedTuple):
    """A command that works now."""

    id: str
    keys: str
    """As one reads them, the first the one to show."""
    label: str
    does: str
    action: str
    """With its namespace, to be run from anywhere on the screen."""
    show: bool

    @property
    def key(self) -> str:
        """The one to show."""
        return self.keys.partition(" ")[0]


def offers(screen: Screen[object]) -> list[Offer]:
    """Every command that works now, each once, in the order of the bindings."""
    found: dict[str, Offer] = {}
    for active in _in_order(screen):
        binding = active.binding
        key = say_key(binding.key)
        name = binding.id or binding.action
        seen = found.get(name)
        if seen is None:
            action = _with_namespace(active, screen)
            found[name] = Offer(name, key, binding.description, binding.tooltip, action, binding.show)
        elif key not in seen.keys.split(" "):
            # Enter is the one to show, and arrows come before letters.
            keys = f"{key} {seen.keys}" if key == _KEYS["enter"] else f"{seen.keys} {key}"
            found[name] = seen._replace(keys=keys)
    return list(found.values())


def _in_order(screen: Screen[object]) -> list[ActiveBinding]:
    """What works now: what is focused first, the app last, each as its class lists it. Textual's own order is that of
    the keys: one that a base class or a keymap binds as well stands elsewhere."""
    found = [active for active in screen.active_bindings.values() if active.enabled]
    nodes = list((screen.focused or screen).ancestors_with_self)
    places = {(node, id): (number, place) for number, node in enumerate(nodes) for id, place in _listed(type(node))}
    return sorted(found, key=lambda active: places.get((active.node, active.binding.id), (nodes.index(active.node), 0)))


def _listed(kind: type) -> Iterator[tuple[str | None, int]]:
    """Where the commands stand in the lists of a class and its bases, the first place of each last."""
    listed = [binding for base in kind.__mro__ for binding in vars(base).get("BINDINGS", ())]
    return ((binding.id, place) for place, binding in reversed([*enumerate(listed)]) if isinstance(binding, Command))


def _with_namespace(active: ActiveBinding, screen: Screen[object]) -> str:
    action = active.binding.action
    if "." in action:
        return action
    if active.node is screen.app:
        return f"app.{action}"
    return f"screen.{action}" if active.node is screen else f"focused.{action}"
