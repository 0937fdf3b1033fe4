"""What the Settings screen shows: every setting with its value, and what is amiss in the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from journal_tui.paths import Paths
from journal_tui.reminder import crontab_line, daily_call
from journal_tui.settings import (
    SCHEMA,
    THEMES,
    Group,
    Kind,
    Setting,
    Settings,
    Value,
    choices,
    read_settings,
    say_value,
    show_value,
)
from journal_tui.text import clean, clean_line, plural
from journal_tui.ui.views.entry import Block
from journal_tui.ui.views.faults import short_fault
from journal_tui.ui.widgets.row_list import Row
from journal_tui.world import World

PASSPHRASE = "passphrase"
PACKS = "packs"
KEYS = "keys"
FILE = "file"
_FAULT = "fault-"
_OF_SETTINGS = (
    "Until you put this line right, the setting it means stays at its default, and none of the settings can be changed"
    " here."
)
_OF_OTHERS = "It is left out until you put it right; all else holds."
_GAP = Block("", "$ink")


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The settings as they hold, and the files they lie in."""

    settings: Settings
    choices: Mapping[str, tuple[str, ...]]
    """What can be chosen, by key of those settings that have choices."""
    faults: tuple[str, ...]
    """What the file says that cannot be used, a line each."""
    key_faults: tuple[str, ...]
    other_faults: tuple[str, ...]
    """Of packs and of the theme."""
    has_passphrase: bool
    paths: Paths

    @property
    def all_faults(self) -> tuple[str, ...]:
        return (*self.faults, *self.key_faults, *self.other_faults)

    @property
    def changed(self) -> int:
        """How many are other than their defaults."""
        return sum(getattr(self.settings, key) != setting.default for key, setting in SCHEMA.items())

    @property
    def summary(self) -> str:
        return f"{self.changed} changed" if self.changed else ""

    def value(self, key: str) -> Value:
        value: Value = getattr(self.settings, key)
        return value


def look(world: World) -> SettingsView:
    """Reads the files of settings and keys."""
    paths = world.paths
    _, faults = read_settings(paths.settings)
    key_faults: list[str] = []
    if paths.keymap.exists():
        from journal_tui.ui.keymap import read_keymap

        _, key_faults = read_keymap(paths.keymap)
    return SettingsView(
        settings=world.settings,
        choices={key: choices(setting, paths.settings) for key, setting in SCHEMA.items() if setting.choices},
        faults=tuple(map(str, faults)),
        key_faults=tuple(key_faults),
        other_faults=(*map(str, world.library.faults), *_theme_faults(world)),
        has_passphrase=world.has_passphrase,
        paths=paths,
    )


def _theme_faults(world: World) -> list[str]:
    name = world.settings.theme
    if name in THEMES:
        return []
    from journal_tui.ui.own_theme import load_theme

    return load_theme(world.paths.themes / f"{name}.yaml")[1]


def stepped(view: SettingsView, setting: Setting, by: int) -> Value:
    """The value `by` steps on from the present one: round a list of choices, to the end of a range."""
    value = view.value(setting.key)
    if setting.kind is Kind.YES:
        return not value
    if setting.kind is Kind.NUMBER:
        step = 5 if setting.high > 24 else 1
        return max(setting.low, min(setting.high, int(str(value)) + by * step))
    known = view.choices[setting.key]
    word = say_value(value)
    return known[(known.index(word) + by) % len(known)] if word in known else known[0]


def rows(view: SettingsView, *, plain: bool = False) -> list[Row]:
    """The settings under their groups, then the pages and files that belong to them."""
    mark = "*" if plain else "•"
    found: list[Row] = []
    if faults := view.all_faults:
        found.append(Row(text="Left out of your files"))
        found += [Row(id=f"{_FAULT}{n}", sign="!", text=short_fault(line)) for n, line in enumerate(faults)]
        found.append(Row(text=""))
    for group in Group:
        found.append(Row(text=group.value))
        for setting in SCHEMA.values():
            if setting.group is group:
                value = view.value(setting.key)
                found.append(
                    Row(
                        id=setting.key,
                        sign=mark if value != setting.default else " ",
                        text=setting.label,
                        aside=clean_line(show_value(setting, value)),
                    )
                )
        if group is Group.PRIVACY:
            found.append(Row(id=PASSPHRASE, text="Passphrase", aside="set" if view.has_passphrase else "none"))
        found.append(Row(text=""))
    keys = "yes" if view.paths.keymap.exists() else "none"
    if view.key_faults:
        keys = plural(len(view.key_faults), "line") + " left out"
    found += [
        Row(text="More"),
        Row(id=PACKS, text="Packs", aside="the questions"),
        Row(id=KEYS, sign="!" if view.key_faults else " ", text="Keys of your own", aside=keys),
        Row(id=FILE, text="Where all this is kept", aside=view.paths.settings.name),
    ]
    return found


def details(view: SettingsView, id: str) -> list[Block]:
    """What there is to know of the row with this id."""
    if id.startswith(_FAULT):
        number = int(id.removeprefix(_FAULT))
        says = _OF_SETTINGS if number < len(view.faults) else _OF_OTHERS
        return [Block(clean(view.all_faults[number]), "$warning"), _GAP, Block(says, "$ink")]
    if id in SCHEMA:
        return list(_about(view, SCHEMA[id]))
    if id == PASSPHRASE:
        says = "The journal is encrypted. Enter changes the passphrase or removes it."
        none = "With a passphrase, all that you write is encrypted. Enter sets one."
        return [Block(says if view.has_passphrase else none, "$ink")]
    if id == PACKS:
        return [Block("Every question that can be asked, ours and your own. Enter shows them.", "$ink")]
    if id == KEYS:
        return [
            Block("A line for each command whose key you would rather have elsewhere, in", "$ink"),
            Block(clean(str(view.paths.keymap)), "$accent"),
            *(Block(clean(line), "$warning") for line in view.key_faults),
            _GAP,
            Block("journal.search: ctrl+f\nwrite.stop: [f4, ctrl+g]", "$quiet"),
            _GAP,
            Block("docs/keys.md names every command. ? shows the keys of a screen.", "$ink"),
        ]
    return [
        Block("What you choose here is written, a line each, to", "$ink"),
        Block(clean(str(view.paths.settings)), "$accent"),
        Block("Your own words in it stay as they are. Themes and packs of your own lie in", "$ink"),
        Block(clean(f"{view.paths.themes}\n{view.paths.packs}"), "$accent"),
    ]


def _about(view: SettingsView, setting: Setting) -> Iterator[Block]:
    value = view.value(setting.key)
    yield Block(setting.help, "$ink")
    if setting.kind is Kind.CHOICE:
        known = view.choices[setting.key]
        text = ", ".join(known)
        word = say_value(value)
        at = len(", ".join(["", *known[: known.index(word)]])) if word in known else 0
        yield _GAP
        yield Block(text, "$quiet", marks=((at, at + len(word), "bold $accent"),) if word in known else ())
    elif setting.kind in (Kind.TEXT, Kind.COMMAND) and value:
        yield _GAP
        yield Block(clean(str(value)), "bold $ink")
    if setting.key in ("remind_at", "reminder") and view.settings.remind_at:
        yield _GAP
        yield Block("With cron, crontab -e takes this line:", "$ink")
        yield Block(clean(crontab_line(daily_call(view.settings, view.paths))), "$accent")
        yield Block("Where one is in place, journal-tui remind --install renews it.", "$quiet")
    if value != setting.default:
        yield _GAP
        yield Block(f"The default is {show_value(setting, setting.default)}.", "$quiet")
