"""The user's choices, from one small YAML file. A bad one falls back to its default and is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journal_tui.model import Pace, Pillar

if TYPE_CHECKING:
    from journal_tui.strictyaml import Fault

THEMES = ("auto", "dusk", "paper")


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be chosen, with what holds when nothing is."""

    day_starts_at: int = 4
    """Hour at which a new day begins, 0 to 12."""
    time: Pace = Pace.MEDIUM
    """How long a session is meant to be, unless the writer says otherwise that day."""
    shuffled: bool = False
    """The pillars come in another order each round."""
    focus: Pillar | None = None
    """The pillar that comes round more often."""
    theme: str = "auto"
    """``dusk`` (dark), ``paper`` (light), or ``auto``: as the terminal says, else dusk."""
    plain_glyphs: bool = False
    """Letters and ``#`` in place of the pillars' signs and drawn bars."""
    reduced_motion: bool = False
    lock_after: int = 15
    """Minutes without a key after which an encrypted journal closes, 0 to 240; 0: never."""


def read_settings(path: Path) -> tuple[Settings, list[Fault]]:
    """The settings in the file at `path`, and what is wrong there. No file: the defaults."""
    default = Settings()
    if not path.exists():
        return default, []
    # Reading YAML costs a tenth of a start: only those who have settings pay.
    from journal_tui.strictyaml import EMPTY, Fault, FileFaults, Reading, load

    reading = Reading(str(path))
    try:
        keys = reading.mapping(load(path), "settings", Settings.__slots__)
    except FileFaults as error:
        return default, [fault for fault in error.faults if fault.message != EMPTY]
    except OSError as error:
        return default, [Fault(str(path), 1, 1, f"cannot be read ({error.strerror})")]

    hour = reading.number(keys.get("day_starts_at"), "day_starts_at", 0, 12)
    time = reading.one_of(keys.get("time"), "time", tuple(Pace))
    focus = reading.one_of(keys.get("focus"), "focus", (*Pillar, "none"))
    minutes = reading.number(keys.get("lock_after"), "lock_after", 0, 240)
    settings = Settings(
        day_starts_at=default.day_starts_at if hour is None else hour,
        time=Pace(time) if time else default.time,
        shuffled=reading.yes(keys.get("shuffled"), "shuffled") or False,
        focus=Pillar(focus) if focus and focus != "none" else None,
        theme=reading.one_of(keys.get("theme"), "theme", THEMES) or default.theme,
        plain_glyphs=reading.yes(keys.get("plain_glyphs"), "plain_glyphs") or False,
        reduced_motion=reading.yes(keys.get("reduced_motion"), "reduced_motion") or False,
        lock_after=default.lock_after if minutes is None else minutes,
    )
    return settings, reading.faults
