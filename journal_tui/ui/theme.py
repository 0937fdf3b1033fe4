"""Our own themes, and the colour and sign of each pillar."""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

from journal_tui.model import Pillar
from journal_tui.palette import PALETTES, Palette

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
