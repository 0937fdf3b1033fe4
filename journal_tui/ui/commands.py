"""What can be done on a screen, from its bindings: the foot of the screen and the palette are made of it."""

from __future__ import annotations

from typing import NamedTuple

from textual.screen import Screen


class Command(NamedTuple):
    """One thing to do here."""

    key: str
    """As one reads it."""
    label: str
    tooltip: str
    action: str
    """With its namespace, to be run from anywhere on the screen."""


def commands(screen: Screen[object]) -> list[Command]:
    """Every command that wants to be shown and works now, each once, in the order of the bindings."""
    found: dict[str, Command] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.show and active.enabled and binding.action not in found:
            namespace = "app" if active.node is screen.app else "screen"
            action = binding.action if "." in binding.action else f"{namespace}.{binding.action}"
            key = screen.app.get_key_display(binding)
            found[binding.action] = Command(key, binding.description, binding.tooltip, action)
    return list(found.values())
