"""Both themes can be read, and every pillar is told by more than its colour."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from journal_tui.model import Pillar
from journal_tui.ui.theme import DUSK, GLYPHS, PAPER, choose_theme


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [part / 255 for part in Color.parse(colour).rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DUSK, PAPER], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "lift"])
def test_text_stands_out(theme: Theme, ground: str) -> None:
    behind = theme.background if ground == "background" else theme.variables["lift"]
    assert behind
    assert theme.warning
    names = ["ink", "quiet", *(f"pillar-{pillar.value}" for pillar in Pillar)]
    colours = [*(theme.variables[name] for name in names), theme.primary, theme.warning]
    for colour in colours:
        assert contrast(colour, behind) >= 4.5, colour


def test_signs_differ_without_colour() -> None:
    for plain in (0, 1):
        assert len({signs[plain] for signs in GLYPHS.values()}) == len(GLYPHS)
    assert all(signs[1].isascii() for signs in GLYPHS.values())


@pytest.mark.parametrize(
    ("wanted", "environment", "name"),
    [
        ("auto", {}, "dusk"),
        ("auto", {"COLORFGBG": "0;15"}, "paper"),
        ("auto", {"COLORFGBG": "15;0"}, "dusk"),
        ("auto", {"COLORFGBG": "nonsense"}, "dusk"),
        ("paper", {"COLORFGBG": "15;0"}, "paper"),
    ],
)
def test_the_theme_follows_setting_and_terminal(wanted: str, environment: dict[str, str], name: str) -> None:
    assert choose_theme(wanted, environment) == name
