"""Our own themes, and the colour and sign of each pillar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.color import Color
from textual.theme import Theme

from journal_tui.model import Pillar

Titles = Mapping[Pillar, str]
"""What the packs in use call the pillars (`World.titles`)."""

GLYPHS: Mapping[Pillar | None, tuple[str, str]] = {
    Pillar.RESPECT: ("◆", "R"),
    Pillar.BOUNDARIES: ("▣", "B"),
    Pillar.COMMUNICATION: ("≈", "C"),
    Pillar.RESPONSIBILITY: ("▲", "S"),
    Pillar.ACCOUNTABILITY: ("●", "A"),
    Pillar.TRUST: ("∞", "T"),
    Pillar.WIN_WIN: ("⇄", "W"),
    None: ("·", "-"),
}
"""One cell for each pillar, and what stands for it in plain ASCII. None: free writing."""


def glyph(pillar: Pillar | None, *, plain: bool = False) -> str:
    """The one-cell sign of `pillar`."""
    return GLYPHS[pillar][plain]


def hue(pillar: Pillar | None) -> str:
    """The name of the theme variable that colours `pillar`."""
    return f"$pillar-{pillar.value}" if pillar else "$quiet"


def title(pillar: Pillar | None, titles: Titles | None = None) -> str:
    """What `pillar` is called, by the packs' `titles` where they are known; None is a free page."""
    if pillar is None:
        return "Free page"
    return titles[pillar] if titles else pillar.title


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

READABLE = 4.5
"""Contrast that text needs at least (WCAG 2.2, success criterion 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21.

    As WCAG 2.2 defines it by relative luminance: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [part / 255 for part in Color.parse(colour).rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def theme_of(name: str, palette: Palette) -> Theme:
    """The palette as Textual's widgets know it."""
    rule, lift, ink, ground = palette.rule, palette.lift, palette.ink, palette.ground
    variables = {
        "ink": ink,
        "quiet": palette.quiet,
        "rule": rule,
        "lift": lift,
        "border": rule,
        "border-blurred": rule,
        "block-cursor-background": lift,
        "block-cursor-foreground": ink,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": lift,
        "block-cursor-blurred-foreground": ink,
        "block-cursor-blurred-text-style": "none",
        "input-selection-background": f"{palette.accent} 30%",
        "scrollbar": rule,
        "scrollbar-hover": palette.quiet,
        "scrollbar-active": palette.accent,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }
    variables |= {f"pillar-{pillar.value}": colour for pillar, colour in palette.pillars.items()}
    return Theme(
        name=name,
        dark=palette.dark,
        primary=palette.accent,
        secondary=palette.quiet,
        accent=palette.accent,
        warning=palette.warn,
        error=palette.warn,
        success=palette.pillars[Pillar.TRUST],
        foreground=ink,
        background=ground,
        surface=ground,
        panel=lift,
        boost=lift,
        variables=variables,
    )


OWN = tuple(theme_of(name, palette) for name, palette in PALETTES.items())
DUSK, PAPER, NIGHT, NOON = OWN


def choose_theme(wanted: str, environment: Mapping[str, str]) -> str:
    """The theme's name for a setting: ``auto`` follows what the terminal says of its background, else dusk.

    ``COLORFGBG`` is "foreground;background" in the sixteen colours: 7 and 9 to 15 are light grounds.
    """
    if wanted != "auto":
        return wanted
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    return PAPER.name if ground in ("7", *map(str, range(9, 16))) else DUSK.name
