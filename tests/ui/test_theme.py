"""Every theme can be read, and every pillar is told by more than its colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.theme import Theme

from journal_tui.model import Pillar
from journal_tui.palette import PALETTES, Palette
from journal_tui.settings import THEMES
from journal_tui.ui.app import JournalApp
from journal_tui.ui.own_theme import load_theme
from journal_tui.ui.theme import GLYPHS, OWN, READABLE, choose_theme, contrast, theme_of
from journal_tui.world import World, open_world

from .conftest import MOMENT
from .golden import said, settle


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48), ("#ff0000", "#00ff00", 2.91)],
)
def test_contrast_is_as_wcag_has_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("name", PALETTES)
def test_text_stands_out(name: str) -> None:
    palette = PALETTES[name]
    least = 7 if name in ("night", "noon") else READABLE
    for text, colour in palette.texts.items():
        for ground, behind in palette.grounds.items():
            assert contrast(colour, behind) >= least, f"{text} on {ground}"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_what_is_chosen_stands_out(palette: Palette) -> None:
    """The cursor, which is the ground's colour on the accent, and text that is selected: a third of the accent."""
    assert contrast(palette.ground, palette.accent) >= READABLE
    from textual.color import Color

    selected = Color.parse(palette.ground).blend(Color.parse(palette.accent), 0.3).hex
    assert contrast(palette.ink, selected) >= READABLE


def test_every_theme_can_be_chosen() -> None:
    assert ("auto", *(theme.name for theme in OWN)) == THEMES


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_styles_set_text_on_no_other_ground(theme: Theme) -> None:
    """What stands in the styles beside the screens: rules are lines, no grounds."""
    folder = Path(__file__).parents[2] / "journal_tui" / "ui"
    for style in folder.rglob("*.tcss"):
        for line in style.read_text().splitlines():
            if "background:" in line and "cursor" not in line:
                assert "$rule" not in line.partition("background:")[2], f"{style.name}: {line}"


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


# -- of the user's own -----------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "forest.yaml"


def test_what_is_left_out_is_as_in_the_theme_it_is_based_on(file: Path) -> None:
    file.write_text('based_on: dusk\nground: "#101a14"\naccent: tan\npillars:\n  win-win: "#dde"\n')
    palette, told = load_theme(file)
    assert told == []
    assert palette
    assert (palette.ground, palette.accent, palette.ink) == ("#101A14", "#D2B48C", PALETTES["dusk"].ink)
    assert palette.pillars[Pillar.WIN_WIN] == "#DDDDEE"
    assert palette.pillars[Pillar.TRUST] == PALETTES["dusk"].pillars[Pillar.TRUST]
    assert theme_of("forest", palette).dark


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("ink: red\n", 'theme left out: {file}:1:1: the theme has no "based_on"'),
        ("based_on: dask\n", 'theme left out: {file}:1:11: based_on cannot be "dask" (did you mean "dusk"?)'),
        ("based_on: [\n", "theme left out: {file}:2:1: not valid YAML"),
        ("based_on: dusk\nink: reddish\n", 'colour left out: {file}:2:6: ink should be a colour such as "#e2a76f"'),
        ("based_on: dusk\nink: #fff\n", "colour left out: {file}:2:5: ink is empty: a colour that begins with #"),
        ("based_on: dusk\nink: ansi_red\n", "colour left out: {file}:2:6: ink should be a colour"),
        ("based_on: dusk\nink: '#ff000080'\n", "colour left out: {file}:2:6: ink should be a colour"),
        ("based_on: dusk\nInk: tan\n", 'unknown key "Ink" in the theme (did you mean "ink"?)'),
        ("based_on: dusk\npillars: {trst: tan}\n", 'unknown key "trst" in pillars (did you mean "trust"?)'),
        ("based_on: dusk\ndark: perhaps\n", "colour left out: {file}:2:7: dark should be true or false"),
        ("based_on: dusk\nquiet: '#554433'\n", "{file}: hard to read (contrast below 4.5): quiet on lift 1.6"),
    ],
)
def test_what_is_wrong_is_told(file: Path, content: str, told: str) -> None:
    file.write_text(content)
    palette, lines = load_theme(file)
    assert len(lines) == 1
    assert told.format(file=file) in lines[0]
    assert (palette is None) is told.startswith("theme")


async def test_the_app_wears_it(world: World) -> None:
    world.paths.themes.mkdir(parents=True)
    (world.paths.themes / "forest.yaml").write_text("based_on: paper\nground: '#eef4ec'\n")
    world.paths.settings.write_text("theme: forest\n")
    app = JournalApp(open_world(world.paths, lambda: MOMENT))
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        assert app.theme == "forest"
        assert app.screen.styles.background.hex == "#EEF4EC"
        assert said(app) == ""


async def test_a_broken_one_falls_back_and_is_told(world: World) -> None:
    world.paths.themes.mkdir(parents=True)
    (world.paths.themes / "forest.yaml").write_text("based_on: nothing\n")
    world.paths.settings.write_text("theme: forest\n")
    app = JournalApp(open_world(world.paths, lambda: MOMENT))
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        assert app.theme == "dusk"
        assert "forest.yaml, line 1: based_on cannot be" in said(app)
        await pilot.press("enter")
        await settle(pilot)
        assert not said(app)  # it spoke of what was left
