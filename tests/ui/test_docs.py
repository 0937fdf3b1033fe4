"""The tables in docs/ say what the program does."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from journal_tui.settings import SCHEMA, read_settings, say_value
from journal_tui.ui.commands import Command
from journal_tui.ui.keymap import commands_of, keys_of, places, read_keymap
from journal_tui.ui.own_theme import load_theme
from journal_tui.ui.widgets.lines import Lines

DOCS = Path(__file__).parents[2] / "docs"
_COMMON = {"app": "Everywhere", "move": "In lists and long texts", "pane": "Where a list stands above a text"}


def commands() -> str:
    """Every command by screen: its id, its keys, what it does."""
    tables: dict[str, list[str]] = {heading: [] for heading in _COMMON.values()}
    told: set[tuple[str, str]] = set()
    for place in sorted(places(), key=lambda place: place is not Lines):  # which has the plainest words for moving
        for command in commands_of(place):
            id = command.id or ""
            where = _COMMON.get(id.partition(".")[0]) or _title(place, id)
            if (where, id) not in told:
                told.add((where, id))
                keys = " ".join(f"`{key}`" for key in _keys(id))
                tables.setdefault(where, []).append(f"| `{id}` | {keys} | {command.tooltip or command.description} |")
    return "\n".join(_table(heading, rows) for heading, rows in tables.items() if rows)


def _title(place: type, id: str) -> str:
    """The heading for a command that stands in `place`: the screen that its id names, where there is one."""
    titled = {
        command.id: screen.TITLE
        for screen in places()
        if issubclass(screen, Screen) and screen.TITLE
        for command in reversed(list(commands_of(screen)))
    }
    return str(titled.get(id) or id.partition(".")[0].capitalize())


def _keys(id: str) -> Iterator[str]:
    found: list[Command] = [command for place in places() for command in commands_of(place) if command.id == id]
    yield from dict.fromkeys(key for command in found for key in keys_of(command))


def _table(heading: str, rows: list[str]) -> str:
    return "\n".join(["", f"### {heading}", "", "| command | keys | |", "|---|---|---|", *rows])


def settings() -> str:
    """Every setting by group."""
    lines = ["", "| setting | takes | what it is | default |", "|---|---|---|---|"]
    lines += [
        f"| `{key}` | {setting.takes} | {setting.help} | {say_value(setting.default)} |"
        for key, setting in SCHEMA.items()
    ]
    return "\n".join(lines)


def examples(name: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", (DOCS / name).read_text(), re.DOTALL)


def test_what_the_docs_show_can_be_used(tmp_path: Path) -> None:
    keys, theme = examples("keys.md")
    (choices,) = examples("settings.md")
    for text, read in ((keys, read_keymap), (theme, load_theme), (choices, read_settings)):
        file = tmp_path / "example.yaml"
        file.write_text(text)
        found, told = read(file)
        assert found
        assert told == []


@pytest.mark.parametrize(("name", "made"), [("keys.md", commands), ("settings.md", settings)])
def test_docs_are_as_the_code(name: str, made: object) -> None:
    assert callable(made)
    path = DOCS / name
    text = path.read_text()
    head, mark, _ = text.rpartition(" -->\n")
    assert mark, f"{path} has no line that says where the table begins"
    wanted = f"{head}{mark}{made()}\n"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(wanted)
        text = wanted
    assert text == wanted, f"{path} is out of date: GOLDEN=write pytest tests/ui/test_docs.py"
