"""The user's choices, from one small YAML file. A bad one falls back to its default and is told.

`SCHEMA` is made of the fields of `Settings`, each declared once: reading, messages, the screen and the docs follow it.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.model import JournalError, Pace, Pillar, UsageError

if TYPE_CHECKING:
    from journal_tui.strictyaml import Fault, Node, Reading

Value = str | int | bool | Pace | Pillar | None

THEMES = ("auto", "dusk", "paper", "night", "noon")
NONE = "none"
"""How an empty choice is written."""


class Kind(StrEnum):
    """What a setting holds."""

    CHOICE = "one of"
    YES = "true or false"
    NUMBER = "a number"
    CLOCK = "a time of day"
    TEXT = "words"
    COMMAND = "a command line"


class Group(StrEnum):
    """Settings that stand together, in this order."""

    WRITING = "Writing"
    LOOK = "Look"
    PRIVACY = "Privacy"
    REMINDER = "Reminder"


class Setting(NamedTuple):
    """What is to be known of one setting."""

    group: Group
    kind: Kind
    label: str
    help: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    shown: str = "{}"
    """How a screen says the value; how it says 0, or nothing, stands after a bar."""
    key: str = ""
    default: Value = None

    @property
    def takes(self) -> str:
        """What may stand there, in words."""
        match self.kind:
            case Kind.CHOICE:
                return ", ".join(self.choices)
            case Kind.NUMBER:
                return f"{self.low} to {self.high}"
            case Kind.CLOCK:
                return f"HH:MM, or {NONE}"
            case Kind.TEXT | Kind.COMMAND:
                return f"{self.kind.value}, or {NONE}"
        return self.kind.value


def _as(group: Group, kind: Kind, label: str, help: str, **more: Any) -> dict[str, Setting]:
    return {"setting": Setting(group, kind, label, help, **more)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be chosen, with what holds when nothing is."""

    time: Pace = field(
        default=Pace.MEDIUM,
        metadata=_as(
            Group.WRITING,
            Kind.CHOICE,
            "Time for a session",
            "How long a session is meant to be, and how deep it goes. On Today, t changes it for one evening.",
            choices=tuple(Pace),
        ),
    )
    focus: Pillar | None = field(
        default=None,
        metadata=_as(
            Group.WRITING,
            Kind.CHOICE,
            "Pillar in focus",
            "This pillar comes round more often than the others.",
            choices=(NONE, *Pillar),
        ),
    )
    shuffled: bool = field(
        default=False,
        metadata=_as(
            Group.WRITING,
            Kind.YES,
            "Pillars shuffled",
            "The pillars come in another order each round.",
        ),
    )
    day_starts_at: int = field(
        default=4,
        metadata=_as(
            Group.WRITING,
            Kind.NUMBER,
            "A new day begins at",
            "The hour at which a new day begins. What you write before it belongs to the day before.",
            low=0,
            high=12,
            shown="{:02}:00",
        ),
    )
    editor: str = field(
        default="",
        metadata=_as(
            Group.WRITING,
            Kind.COMMAND,
            "Editor",
            "The command line of the editor to write in, for example nano or code --wait. None: what $VISUAL or $EDITOR"
            " name.",
            shown="{}|as $EDITOR says",
        ),
    )
    theme: str = field(
        default="auto",
        metadata=_as(
            Group.LOOK,
            Kind.CHOICE,
            "Theme",
            "dusk is dark and paper is light; night and noon are the same with more contrast. auto: as the terminal"
            " says, else dusk. Your own lie in the folder themes.",
            choices=THEMES,
        ),
    )
    plain_glyphs: bool = field(
        default=False,
        metadata=_as(
            Group.LOOK,
            Kind.YES,
            "Plain signs",
            "Letters and # in place of the pillars' signs and drawn bars.",
        ),
    )
    reduced_motion: bool = field(
        default=False,
        metadata=_as(
            Group.LOOK,
            Kind.YES,
            "Less motion",
            "Nothing fades or slides.",
        ),
    )
    lock_after: int = field(
        default=15,
        metadata=_as(
            Group.PRIVACY,
            Kind.NUMBER,
            "Close after",
            "Minutes without a key after which an encrypted journal closes. 0: never.",
            low=0,
            high=240,
            shown="{} min|never",
        ),
    )
    remind_at: str = field(
        default="",
        metadata=_as(
            Group.REMINDER,
            Kind.CLOCK,
            "Remind me at",
            "When a reminder should come, as HH:MM. The journal does not run in the background: your system's own"
            " timetable has to call it.",
        ),
    )
    reminder: str = field(
        default="A few lines about today?",
        metadata=_as(
            Group.REMINDER,
            Kind.TEXT,
            "Words of the reminder",
            "What a reminder says.",
        ),
    )


SCHEMA = {
    item.name: item.metadata["setting"]._replace(key=item.name, default=item.default) for item in fields(Settings)
}


# -- reading ---------------------------------------------------------------------------------------


def own_themes(folder: Path) -> tuple[str, ...]:
    """Names of the themes in `folder`: those of its files, where they are plain words."""
    try:
        return tuple(sorted(path.stem for path in folder.glob("*.yaml") if re.fullmatch(r"\w[\w -]*", path.stem)))
    except OSError:
        return ()


def choices(setting: Setting, path: Path) -> tuple[str, ...]:
    """What can be chosen for `setting`, with the own themes beside the settings file at `path`."""
    if setting.key != "theme":
        return setting.choices
    return (*setting.choices, *(name for name in own_themes(path.parent / "themes") if name not in setting.choices))


def read_settings(path: Path) -> tuple[Settings, list[Fault]]:
    """The settings in the file at `path`, and what is wrong there. No file: the defaults."""
    if not os.path.lexists(path):
        return Settings(), []
    # Reading YAML costs a tenth of a start: only those who have settings pay.
    from journal_tui.files import read_plain
    from journal_tui.strictyaml import MAX_BYTES, Fault

    try:
        return _read(read_plain(path, MAX_BYTES + 1), path)
    except OSError as error:
        return Settings(), [Fault(str(path), 1, 1, f"cannot be read ({error.strerror})")]


def _read(content: bytes, path: Path) -> tuple[Settings, list[Fault]]:
    from journal_tui.strictyaml import EMPTY, FileFaults, Reading, parse_bytes

    reading = Reading(str(path))
    try:
        nodes = reading.mapping(parse_bytes(content, str(path)), "settings", tuple(SCHEMA))
        found = {key: _value(reading, SCHEMA[key], node, path) for key, node in nodes.items()}
    except FileFaults as error:
        return Settings(), [fault for fault in error.faults if fault.message != EMPTY]
    good = {key: value[0] for key, value in found.items() if value}
    return replace(Settings(), **good), reading.in_order()  # type: ignore[arg-type]


def _value(reading: Reading, setting: Setting, node: Node, path: Path) -> tuple[Value] | None:
    """The value at `node`; None where it is bad, which `reading` notes."""
    before = len(reading.faults)
    value: Value
    match setting.kind:
        case Kind.YES:
            value = reading.yes(node, setting.key)
        case Kind.NUMBER:
            value = reading.number(node, setting.key, setting.low, setting.high)
        case Kind.CHOICE:
            value = _meant(setting, reading.one_of(node, setting.key, choices(setting, path)))
        case _:
            value = reading.text(node, setting.key, most=200)
            value = "" if value == NONE else value
            if problem := _problem(setting.kind, value):
                reading.fault(node, f"{setting.key} {problem}")
            elif setting.kind is Kind.CLOCK:
                value = value.zfill(5) if value else ""
    return (value,) if len(reading.faults) == before else None


def _meant(setting: Setting, word: str) -> Value:
    match setting.key:
        case "time":
            return Pace(word) if word else None
        case "focus":
            return Pillar(word) if word not in ("", NONE) else None
    return word


def _problem(kind: Kind, value: str) -> str:
    if kind is Kind.CLOCK and value and not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", value):
        return f"should be a time of day such as 21:30, or {NONE}"
    if kind is Kind.COMMAND:
        import shlex

        try:
            shlex.split(value)
        except ValueError:
            return "should be a command line: a quotation mark in it is not closed"
    return ""


def parse_value(setting: Setting, words: str, path: Path, *, called: str = "") -> Value:
    """What somebody typed, as the value of `setting`; nothing typed is the empty choice, or the default.

    Args:
        called: what an error calls the setting, unless by its label.

    Raises:
        UsageError: it cannot be.
    """
    from journal_tui.strictyaml import Node, Reading

    reading = Reading("")
    if not words.strip():
        return "" if setting.kind in (Kind.CLOCK, Kind.TEXT, Kind.COMMAND) else setting.default
    found = _value(reading, setting, Node(words.strip(), 1, 1), path)
    if found is None:
        raise UsageError(reading.faults[0].message.replace(setting.key, called or setting.label, 1))
    return found[0]


# -- writing ---------------------------------------------------------------------------------------


def say_value(value: Value) -> str:
    """`value` as one reads it in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    return NONE if value is None or value == "" else str(value)


def show_value(setting: Setting, value: Value) -> str:
    """`value` as a screen says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    shown, _, zero = setting.shown.partition("|")
    return zero if value in (0, "") and zero else shown.format(value or (0 if value == 0 else NONE))


def write_setting(path: Path, key: str, value: Value) -> None:
    """Puts `value` into the line of `key` in the settings file at `path`; all else in it stays to the letter.

    Without a file one is made, private; its folder must be there.

    Raises:
        JournalError: the file holds what is wrong or cannot be changed by a line; it is as it was.
    """
    from journal_tui.files import read_plain, write_private
    from journal_tui.strictyaml import MAX_BYTES, FileFaults, parse_bytes

    path = Path(os.path.realpath(path))  # a link from a folder of settings stays one
    try:
        old = read_plain(path, MAX_BYTES + 1) if os.path.lexists(path) else b""
        before, faults = _read(old, path)
        if faults:
            raise JournalError(f"{faults[0]}. Nothing was changed: put this right in the file first")
        text = old.decode()
        keys: dict[str, Node] = {}
        with suppress(FileFaults):  # the one fault there may be: nothing is in it
            tree = parse_bytes(old, str(path)).value
            keys = tree if isinstance(tree, dict) else {}
        name = keys[key].key if key in keys else None
        line = name.line if name else 0
        if not line and value == SCHEMA[key].default:
            return
        new = _with_line(text, key, _scalar(SCHEMA[key], value), line).encode()
        if _read(new, path) != (replace(before, **{key: value}), []):  # type: ignore[arg-type]
            where = f"{path}:{line}" if line else str(path)
            raise JournalError(f"{where}: {key} cannot be changed by its line alone; change it in the file")
        write_private(path, new)
    except OSError as error:
        raise JournalError(f"{path} cannot be written ({error.strerror}); nothing was changed") from None


def _scalar(setting: Setting, value: Value) -> str:
    """`value` as YAML, quoted where it might be taken for something else."""
    words = say_value(value)
    if setting.kind not in (Kind.TEXT, Kind.COMMAND) or re.fullmatch(r"[A-Za-z/][\w ./-]*(?<! )", words):
        return words
    import json

    return json.dumps(words, ensure_ascii=False)


_ENDS = "(\r\n|[\r\n\x85\u2028\u2029])"
_LINE = r"""(?P<key>[^:]+:)\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^'"\s#](?:[^#]|(?<=\S)#)*?)?(?P<note>\s+#.*)?\s*"""


def _with_line(text: str, key: str, scalar: str, line: int) -> str:
    """`text` with `scalar` for `key` in its line, counted from 1; 0: in a new one at the end."""
    parts = re.split(_ENDS, text)
    end = parts[1] if len(parts) > 1 else "\n"
    if line:
        found = re.fullmatch(_LINE, parts[2 * line - 2])
        if found:
            parts[2 * line - 2] = f"{found['key']} {scalar}{found['note'] or ''}"
        return "".join(parts)
    return f"{text}{end if parts[-1] else ''}{key}: {scalar}{end}"
