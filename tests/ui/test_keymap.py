"""Keys of the user's own choice."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from journal_tui.ui.app import JournalApp
from journal_tui.ui.commands import offers
from journal_tui.ui.keymap import all_commands, commands_of, keys_of, places, read_keymap
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.today import TodayScreen
from journal_tui.world import World

from .golden import picture, said, settle


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keymap.yaml"


def test_every_binding_of_ours_is_a_command_that_can_be_named() -> None:
    for place in places():
        for binding in vars(place).get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert binding.id, f"{place.__name__}: {binding}"


def test_keys_that_stand_by_themselves_could_be_chosen(file: Path) -> None:
    """What a person writes into the file, taken from what is there already, is no clash."""
    known = {id: commands[0].key for id, commands in all_commands().items() if len({c.key for c in commands}) == 1}
    file.write_text("".join(f"{id}: [{keys}]\n" for id, keys in known.items()))
    keymap, told = read_keymap(file)
    assert told == []
    assert keymap.items() >= known.items()


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("journal.search: ctrl+f", "ctrl+f"),
        ("journal.search: Ctrl+F, F5", "ctrl+f,f5"),
        ("journal.search: [f5, '?']", ""),
        ("journal.search: [f5, '~']", "f5,tilde"),
        ("journal.search: shift+x", "X"),
        ("journal.search: +", "plus"),
        ("journal.search: ctrl+shift+f", "ctrl+shift+f"),
        ("journal.search: ü", "ü"),
    ],
)
def test_keys_are_understood(file: Path, line: str, keys: str) -> None:
    file.write_text(line + "\n")
    assert read_keymap(file)[0].get("journal.search", "") == keys


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("journal.serch: x\n", ':1:1: there is no command "journal.serch" (did you mean "journal.search"?)'),
        ("foo.bar: x\n", ':1:1: there is no command "foo.bar": docs/keys.md names them all'),
        ("journal.search: pgup\n", ':1:17: "pgup" is no key (did you mean "pageup"?)'),
        ("journal.search: hyper+x\n", '"hyper+x" is no key'),
        ('journal.search: "\\x03"\n', "the key holds control"),
        ("journal.search:\n", "the key is empty"),
        ("journal.search: {a: b}\n", "the key should be text"),
        ("journal.search: ctrl+m\n", "a terminal cannot tell ctrl+m from enter"),
        ("journal.search: ctrl+c\n", "ctrl+c copies"),
        ("journal.search: ctrl+p\n", "^p is the key of app.command-palette"),
        ("journal.search: f1\n", "F1 is the key of app.help"),
        ("journal.search: e\n", ":1:1: e is the key of journal.edit: give that one another key"),
        ("journal.search: k\n", "k is the key of move.up"),
        ("move.up: e\n", "e is the key of "),
        ("app.help: e\n", "e is the key of"),
        ("write.forward: x\n", "x is for writing there: choose a key such as f5 or ctrl+g"),
        ("write.stop: x\n", "x is for writing there"),
        ("unlock.open: x\n", "x is for writing there"),
        ("write.forward: backspace\n", "⌫ is for writing there"),
        ("app.lock: delete\n", "delete is for writing there"),
        ("edit.keep: enter\n", "⏎ is for writing there"),
        ("write.stop: [f4, ctrl+v]\n", "^v is for writing there"),
        ("- x\n", "the keymap should be a mapping"),
        ("x: [\n", "not valid YAML"),
    ],
)
def test_what_is_amiss_is_told_and_the_rest_holds(file: Path, content: str, told: str) -> None:
    good = "" if content[0] in "-x" else "today.journal: f5\n"
    file.write_text(content + good)
    keymap, lines = read_keymap(file)
    assert len(lines) == 1
    assert lines[0].startswith(f"key left out: {file}:")
    assert told in lines[0]
    assert set(keymap) == ({"today.journal"} if good else set())


def test_two_commands_may_change_their_keys_with_each_other(file: Path) -> None:
    file.write_text("journal.edit: t\njournal.trash: e\n")
    keymap, told = read_keymap(file)
    assert told == []
    assert (keymap["journal.edit"], keymap["journal.trash"]) == ("t", "e")


def test_of_two_lines_with_one_key_the_first_holds(file: Path) -> None:
    file.write_text("journal.edit: f6\njournal.trash: f6\n")
    keymap, told = read_keymap(file)
    assert "journal.trash" not in keymap
    assert [":2:1: F6 is the key of journal.edit" in line for line in told] == [True]


def test_no_file_or_an_empty_one_is_no_trouble(file: Path) -> None:
    file.write_text("# journal.search: ctrl+f\n")
    assert read_keymap(file) == ({}, [])


def test_commands_that_share_a_key_keep_it(file: Path) -> None:
    """Textual takes a key that is given up from every command that has it."""
    shared = next(
        (one, other)
        for place in places()
        for one in commands_of(place)
        for other in commands_of(place)
        if one.id != other.id and set(keys_of(one)) & set(keys_of(other))
    )
    file.write_text(f"{shared[0].id}: f9\n")
    keymap, told = read_keymap(file)
    assert told == []
    assert keymap[shared[0].id or ""] == "f9"
    assert set(keys_of(shared[1])) <= set(keymap[shared[1].id or ""].split(","))


async def test_footer_help_and_keys_follow(filled: World) -> None:
    filled.paths.config.mkdir(exist_ok=True)
    filled.paths.keymap.write_text("today.journal: f5, J\njournal.search: ctrl+f\nmove.down: [n, down]\n")
    app = JournalApp(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "F5 Journal" in picture(app)
        assert "move.down: [" not in said(app)
        await pilot.press("j")
        await settle(pilot)
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("J")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "^f Search" in picture(app)
        assert {offer.id: offer.keys for offer in offers(app.screen)}["journal.search"] == "^f"


async def test_what_is_amiss_is_said(world: World) -> None:
    world.paths.config.mkdir(parents=True, exist_ok=True)
    world.paths.keymap.write_text("today.jornal: f5\n")
    app = JournalApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert 'keymap.yaml, line 1: there is no command "today.jornal"' in said(app)
        await pilot.press("escape")
        assert not said(app)
