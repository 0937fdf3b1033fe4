"""The colours of our own themes, on every screen and in the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journal_tui.model import Pillar


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a theme."""

    dark: bool
    ink: str
    """The writer's words."""
    quiet: str
    """The program's words."""
    rule: str
    """Thin lines."""
    ground: str
    lift: str
    """The line under the cursor, and sheets that lie above a page."""
    accent: str
    warn: str
    pillars: Mapping[Pillar, str]

    @property
    def texts(self) -> dict[str, str]:
        """Every colour that words are set in, by name."""
        named = {"ink": self.ink, "quiet": self.quiet, "accent": self.accent, "warn": self.warn}
        return named | {pillar.value: colour for pillar, colour in self.pillars.items()}

    @property
    def grounds(self) -> dict[str, str]:
        """Every colour that words are set on, by name."""
        return {"ground": self.ground, "lift": self.lift}


PALETTES: Mapping[str, Palette] = {
    "dusk": Palette(
        dark=True,
        ink="#f2e9dc",
        quiet="#a3978a",
        rule="#453d37",
        ground="#1c1917",
        lift="#2b2622",
        accent="#e2a76f",
        warn="#e58a76",
        pillars={
            Pillar.RESPECT: "#dca35f",
            Pillar.BOUNDARIES: "#d58d77",
            Pillar.COMMUNICATION: "#84b4c9",
            Pillar.RESPONSIBILITY: "#a9b56c",
            Pillar.ACCOUNTABILITY: "#c6a0c4",
            Pillar.TRUST: "#7dba9e",
            Pillar.WIN_WIN: "#d4bd58",
        },
    ),
    "paper": Palette(
        dark=False,
        ink="#2a2420",
        quiet="#6a6056",
        rule="#d5cabb",
        ground="#f8f3ea",
        lift="#ece3d5",
        accent="#96501e",
        warn="#a5341f",
        pillars={
            Pillar.RESPECT: "#8a5a12",
            Pillar.BOUNDARIES: "#9c4a33",
            Pillar.COMMUNICATION: "#2f667c",
            Pillar.RESPONSIBILITY: "#5c6a1d",
            Pillar.ACCOUNTABILITY: "#7a4a7c",
            Pillar.TRUST: "#22704f",
            Pillar.WIN_WIN: "#736009",
        },
    ),
    "night": Palette(
        dark=True,
        ink="#fffaf2",
        quiet="#d3c8bb",
        rule="#7d7066",
        ground="#0a0807",
        lift="#2a231d",
        accent="#f4bd86",
        warn="#ffa995",
        pillars={
            Pillar.RESPECT: "#f2bd7c",
            Pillar.BOUNDARIES: "#f2b19d",
            Pillar.COMMUNICATION: "#a3cfe3",
            Pillar.RESPONSIBILITY: "#c5d188",
            Pillar.ACCOUNTABILITY: "#dfbfdd",
            Pillar.TRUST: "#9bd6ba",
            Pillar.WIN_WIN: "#e8d274",
        },
    ),
    "noon": Palette(
        dark=False,
        ink="#14100d",
        quiet="#4c443c",
        rule="#8a7d6f",
        ground="#fffefb",
        lift="#efe6d6",
        accent="#733808",
        warn="#821c0c",
        pillars={
            Pillar.RESPECT: "#653f05",
            Pillar.BOUNDARIES: "#77311d",
            Pillar.COMMUNICATION: "#1c4b5e",
            Pillar.RESPONSIBILITY: "#3f4a0d",
            Pillar.ACCOUNTABILITY: "#5c305e",
            Pillar.TRUST: "#0f5239",
            Pillar.WIN_WIN: "#524400",
        },
    ),
}
"""Our own: one dark and one light, and the same with more contrast."""
