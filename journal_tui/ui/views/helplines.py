"""The page of those who answer when someone is being hurt."""

from __future__ import annotations

from collections.abc import Iterator

from journal_tui.helplines import Country, Helplines, Line
from journal_tui.text import clean
from journal_tui.ui.views.entry import Block

_GAP = Block("", "$ink")
ANYWHERE = "My country is not here"
"""In the list of countries, for what is known of them all."""


def page(known: Helplines, country: Country | None) -> list[Block]:
    """Who answers in `country` (None: in none that is known), then who knows more, from top to bottom."""
    blocks = [Block(clean(known.opening), "$ink"), _GAP]
    if country:
        blocks += [
            Block(clean(country.name), "bold $accent"),
            Block(clean(f"In danger: {country.emergency}"), "bold $ink"),
            *_blocks_of(country.lines),
            _GAP,
        ]
    blocks += [
        Block("Everywhere", "bold $accent"),
        *_blocks_of(known.directory),
        _GAP,
        Block(clean(known.note), "$ink"),
    ]
    if known.checked:
        blocks.append(Block(clean(f"Looked up {known.checked}."), "$quiet"))
    for fault in known.faults:
        blocks += [_GAP, Block(clean(f"Your own list was left out: {fault}"), "$warning")]
    return blocks


def _blocks_of(lines: tuple[Line, ...]) -> Iterator[Block]:
    for line in lines:
        title = clean(line.title)
        number = len(clean(line.number)) if line.number and title.startswith(clean(line.number)) else 0
        yield _GAP
        yield Block(title, "bold $ink", marks=((0, number, "bold $accent"),) if number else ())
        yield Block(clean(line.details), "$quiet")


def choices(known: Helplines) -> list[tuple[str, str]]:
    """Code and name of every country, to choose from; the last one, without a code, stands for all others."""
    return [*((country.code, clean(country.name)) for country in known.countries), ("", ANYWHERE)]
