"""The two own themes, dusk and paper, and the colour and sign of each pillar."""

from __future__ import annotations

from collections.abc import Mapping

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


def _theme(name: str, *, dark: bool, ink: str, quiet: str, rule: str, ground: str, lift: str, accent: str, warn: str,
           pillars: Mapping[Pillar, str]) -> Theme:  # fmt: skip
    variables = {
        "ink": ink,
        "quiet": quiet,
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
        "input-selection-background": f"{accent} 30%",
        "scrollbar": rule,
        "scrollbar-hover": quiet,
        "scrollbar-active": accent,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }
    variables |= {f"pillar-{pillar.value}": colour for pillar, colour in pillars.items()}
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=quiet,
        accent=accent,
        warning=warn,
        error=warn,
        success=pillars[Pillar.TRUST],
        foreground=ink,
        background=ground,
        surface=ground,
        panel=lift,
        boost=lift,
        variables=variables,
    )


DUSK = _theme(
    "dusk",
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
)

PAPER = _theme(
    "paper",
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
)


def choose_theme(wanted: str, environment: Mapping[str, str]) -> str:
    """The theme's name for a setting: ``auto`` follows what the terminal says of its background, else dusk.

    ``COLORFGBG`` is "foreground;background" in the sixteen colours: 7 and 9 to 15 are light grounds.
    """
    if wanted != "auto":
        return wanted
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    return PAPER.name if ground in ("7", *map(str, range(9, 16))) else DUSK.name
