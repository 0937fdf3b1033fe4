"""A theme of the user's own: a YAML file with the colours that are other than in ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual.color import Color, ColorParseError

from journal_tui.model import Pillar
from journal_tui.palette import PALETTES, Palette
from journal_tui.strictyaml import FileFaults, Node, Reading, load
from journal_tui.ui.theme import READABLE, contrast

_COLOURS = ("ink", "quiet", "rule", "ground", "lift", "accent", "warn")
_KEYS = ("based_on", "dark", *_COLOURS, "pillars")


def load_theme(path: Path) -> tuple[Palette | None, list[str]]:
    """The theme in the file at `path` and a line for each thing amiss there; None: there is nothing to be used.

    What is wrong is as in the theme it is based on; what is hard to read is told and used.
    """
    reading = Reading(str(path))
    try:
        nodes = reading.mapping(load(path), "the theme", _KEYS, ("based_on",))
        based_on = reading.one_of(nodes.get("based_on"), "based_on", tuple(PALETTES))
        base = PALETTES.get(based_on)
        palette = _read(reading, nodes, base) if base else None
    except FileFaults as error:
        return None, [f"theme left out: {fault}" for fault in error.faults[:1]]
    except OSError as error:
        return None, [f"theme left out: {path} cannot be read ({error.strerror})"]
    told = [f"{'theme' if palette is None else 'colour'} left out: {fault}" for fault in reading.in_order()]
    if palette and (line := _hard_to_read(palette)):
        told.append(f"{path}: hard to read (contrast below {READABLE}): {line}")
    return palette, told


def _read(reading: Reading, nodes: dict[str, Node], base: Palette) -> Palette:
    found = {key: _colour(reading, nodes[key], key) for key in _COLOURS if key in nodes}
    pillars = reading.mapping(nodes["pillars"], "pillars", tuple(Pillar)) if "pillars" in nodes else {}
    hues = {Pillar(key): _colour(reading, node, key) for key, node in pillars.items()}
    dark = reading.yes(nodes.get("dark"), "dark")
    return replace(
        base,
        dark=base.dark if dark is None else dark,
        pillars={**base.pillars, **{pillar: hue for pillar, hue in hues.items() if hue}},
        **{key: colour for key, colour in found.items() if colour},
    )


def _colour(reading: Reading, node: Node, where: str) -> str:
    """As ``#rrggbb``; empty where it is none, which `reading` notes."""
    if node.is_null:
        reading.fault(node, f'{where} is empty: a colour that begins with # needs quotes, "#e2a76f"')
        return ""
    words = reading.text(node, where, most=40)
    try:
        colour = Color.parse(words) if words else None
    except ColorParseError:
        colour = None
    if colour and colour.a == 1 and colour.ansi is None:
        return colour.hex
    if words:
        reading.fault(node, f'{where} should be a colour such as "#e2a76f" or tan')
    return ""


def _hard_to_read(palette: Palette) -> str:
    """The texts whose contrast is too low, each where it is lowest."""
    found = []
    for text, colour in palette.texts.items():
        worst, where = min((contrast(colour, ground), name) for name, ground in palette.grounds.items())
        if worst < READABLE:
            found.append(f"{text} on {where} {worst:.1f}")
    return ", ".join(found)
