"""Every command there is, and the keys that the user would rather have for some."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys, _character_to_key
from textual.screen import Screen
from textual.widgets import Input, TextArea

from journal_tui.model import did_you_mean
from journal_tui.strictyaml import EMPTY, FileFaults, Node, Reading, load
from journal_tui.text import shorten
from journal_tui.ui.commands import Command, say_key
from journal_tui.ui.widgets.lines import MOVES

_SAME = {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""Keys that a terminal does not tell apart."""
_MOVING = (".up", ".down")
_CHARACTERS = {_character_to_key(chr(code)) for code in range(0x20, 0x7F)}
_MODIFIERS = ("ctrl", "shift", "alt")


@cache
def places() -> tuple[type[DOMNode], ...]:
    """The app and every screen and widget of ours with commands of its own. Loads them all: tenths of a second."""
    from journal_tui.ui import screens, widgets
    from journal_tui.ui.app import JournalApp

    found: list[type[DOMNode]] = [JournalApp]
    for package in (screens, widgets):
        for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
            module = import_module(f"{package.__name__}.{name}")
            found += [
                thing
                for thing in vars(module).values()
                if isinstance(thing, type) and issubclass(thing, DOMNode) and thing.__module__ == module.__name__
                if any(commands_of(thing))
            ]
    return tuple(found)


def commands_of(place: type[DOMNode]) -> Iterator[Command]:
    """The commands of a screen or widget, with those it takes over from its base."""
    for base in place.__mro__:
        yield from (binding for binding in vars(base).get("BINDINGS", ()) if isinstance(binding, Command))
        if not getattr(base, "_inherit_bindings", True):
            return


def keys_of(command: Command) -> list[str]:
    return command.key.split(",")


def all_commands() -> dict[str, list[Command]]:
    """Every command by its id; the same on several screens may have other words there."""
    found: dict[str, list[Command]] = {}
    for place in places():
        for command in commands_of(place):
            if command.id and command not in found.setdefault(command.id, []):
                found[command.id].append(command)
    return found


def read_keymap(path: Path) -> tuple[dict[str, str], list[str]]:
    """Keys by command as `App.set_keymap` takes them, and a line for each thing amiss; what is amiss is left out.

    Loads every screen: not for the screens' own thread.
    """
    reading = Reading(str(path))
    try:
        nodes = _named(reading, load(path))
        wanted = {id: keys for id, node in nodes.items() if (keys := _keys(reading, node))}
        for id in reversed(list(wanted)):
            if problem := _problem(id, wanted):
                reading.fault(nodes[id].key or nodes[id], problem)
                del wanted[id]
        faults = reading.in_order()
    except FileFaults as error:
        wanted = {}
        faults = [fault for fault in error.faults if fault.message != EMPTY][:1]
    except OSError as error:
        return {}, [f"keys left out: {path} cannot be read ({error.strerror})"]
    return _with_neighbours(wanted), [f"key left out: {fault}" for fault in faults]


def _named(reading: Reading, tree: Node) -> dict[str, Node]:
    """What stands in the file for commands that there are."""
    known = all_commands()
    names = tuple(tree.value) if isinstance(tree.value, dict) else ()
    nodes = reading.mapping(tree, "the keymap", names)
    for id, node in nodes.items():
        if id not in known:
            hint = did_you_mean(shorten(id, 40), known) or ": docs/keys.md names them all"
            reading.fault(node.key or node, f'there is no command "{shorten(id, 40)}"{hint}')
    return {id: node for id, node in nodes.items() if id in known}


def _keys(reading: Reading, node: Node) -> list[str]:
    """The keys that stand at `node`: a list, or parted by commas; none where one of them is none."""
    items = node.value if isinstance(node.value, list) else [node]
    found: list[str] = []
    for item in items:
        words = reading.text(item, "the key", most=100)
        if words and not words.isprintable():
            return []  # which is told already
        for word in words.split(",") if words else ():
            key, problem = _key(word.strip())
            if problem:
                reading.fault(item, problem)
                return []
            found.append(key)
    return list(dict.fromkeys(found))


@cache
def _names() -> frozenset[str]:
    """Keys by Textual's names: those of ASCII characters, and those that are none."""
    return frozenset(_CHARACTERS | {key.value for key in Keys if re.fullmatch("[a-z]+[0-9]*", key.value)})


def _key(word: str) -> tuple[str, str]:
    """The key by Textual's name, and what is wrong with it."""
    before, _, name = (word[:-1].rstrip("+"), "", "+") if word.endswith("+") else word.rpartition("+")
    modifiers = sorted({part.casefold() for part in before.split("+") if part}, key=_order)
    if modifiers == ["shift"] and len(name) == 1:
        modifiers, name = [], name.upper()  # which is how a terminal tells it
    elif "ctrl" in modifiers and len(name) == 1:
        name = name.lower()  # control does not tell capitals apart
    name = _character_to_key(name) if len(name) == 1 else name.casefold()
    key = "+".join([*modifiers, name])
    if not (name in _names() or len(name) == 1) or not set(modifiers) <= set(_MODIFIERS):
        hint = did_you_mean(name, _names()) or ": write f5, ctrl+f, slash or a letter"
        return "", f'"{shorten(word, 20)}" is no key{hint}'
    if key in _SAME:
        return "", f"a terminal cannot tell {key} from {_SAME[key]}: choose another key"
    if key == "ctrl+c":
        return "", "ctrl+c copies, everywhere: choose another key"
    return key, ""


def _order(modifier: str) -> int:
    return _MODIFIERS.index(modifier) if modifier in _MODIFIERS else 0


def _problem(id: str, wanted: Mapping[str, list[str]]) -> str:
    """Why `id` cannot have the keys wanted for it, beside all others as they would then be."""
    for place in places():
        here = list(commands_of(place))
        mine = [command for command in here if command.id == id]
        its_own = {key for command in mine for key in keys_of(command)}
        for key in wanted[id] if mine else ():
            if key in its_own:
                continue  # what it shares by itself it may share
            if _writes(key) and (
                any(command.priority for command in mine) or (_takes_words(place) and not any(map(_is_letter, its_own)))
            ):
                return f"{say_key(key)} is for writing there: choose a key such as f5 or ctrl+g"
            for other in _beside(place):
                if other.id != id and key in wanted.get(other.id or "", keys_of(other)):
                    return f"{say_key(key)} is the key of {other.id}: give that one another key, or choose another"
    return ""


def _is_letter(key: str) -> bool:
    """Whether it puts something on a page."""
    return len(key) == 1 or key in _CHARACTERS


@cache
def _writes(key: str) -> bool:
    """Whether a page or a line does something with it: puts it there, moves in the words, takes some away."""
    bound = (binding for place in (TextArea, Input) for binding in Binding.make_bindings(place.BINDINGS))
    return _is_letter(key) or key == "enter" or key in {binding.key for binding in bound}


@cache
def _takes_words(place: type[DOMNode]) -> bool:
    """Whether one writes there: a page or a line stands in its module, or in that of a base."""
    ours = [base for base in place.__mro__ if base.__module__.startswith("journal_tui.")]
    things = [thing for base in ours for thing in vars(import_module(base.__module__)).values()]
    return any(isinstance(thing, type) and issubclass(thing, TextArea | Input) for thing in things)


@cache
def _beside(place: type[DOMNode]) -> tuple[Command, ...]:
    """The commands that a key of this place may meet: its own, those of the app, and moving about in lists."""
    app, *others = places()
    found = [*commands_of(place), *commands_of(app)]
    if place is app:
        found += [command for other in others for command in commands_of(other)]
    elif not issubclass(place, Screen):
        found += [command for other in others if _may_hold_lists(other) for command in commands_of(other)]
    elif _may_hold_lists(place):
        found += MOVES
    return tuple(found)


def _may_hold_lists(place: type[DOMNode]) -> bool:
    """Whether it is a screen on which a list may stand: not where the letters of moving do something else."""
    moves = {key for command in MOVES for key in keys_of(command) if len(key) == 1}
    return issubclass(place, Screen) and not any(
        moves & set(keys_of(command)) for command in commands_of(place) if not (command.id or "").endswith(_MOVING)
    )


def _with_neighbours(wanted: Mapping[str, list[str]]) -> dict[str, str]:
    """`wanted`, and the keys of those commands that share one which is given up: Textual takes it from all of them."""
    found = {id: ",".join(keys) for id, keys in wanted.items()}
    for place in places():
        here = list(commands_of(place))
        given_up = {key for command in here if command.id in wanted for key in keys_of(command)}
        for command in here:
            if command.id and command.id not in wanted and given_up & set(keys_of(command)):
                found.setdefault(command.id, command.key)
    return found
