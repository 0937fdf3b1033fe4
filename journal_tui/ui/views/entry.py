"""How an entry is laid out for reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journal_tui.dates import say_full_day
from journal_tui.model import Commitment, Entry
from journal_tui.text import clean, clean_line, listed
from journal_tui.ui.theme import Titles, glyph, hue, title


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text in one style (a theme variable, with ``bold`` or ``italic`` before it)."""

    text: str
    style: str
    is_words: bool = False
    """It is searched: found words are marked in it."""
    marks: tuple[tuple[int, int, str], ...] = ()
    """Stretches in a style of their own, in order: from, to, style. A text with marks has no tabs."""
    indent: int = 0
    """So many characters of the text, each a cell wide, stand before it; its further lines begin below what follows
    them. A text with an indent is not searched."""


def blocks_of(
    entry: Entry, promises: Sequence[Commitment] = (), *, plain: bool = False, titles: Titles | None = None
) -> list[Block]:
    """The entry from top to bottom, cleaned for display."""
    time = f"  {entry.moment:%H:%M}" if entry.moment else ""
    blocks = [Block(f"{say_full_day(entry.day)}{time}", "bold $accent")]
    facts = [f"{glyph(entry.pillar, plain=plain)} {title(entry.pillar, titles)}"] if entry.pillar else []
    if entry.rating:
        facts.append(f"lived {entry.rating} of 5")
    if entry.starred:
        facts.append("starred")
    facts += [f"#{clean_line(tag)}" for tag in entry.tags]
    if entry.people:
        facts.append(f"with {listed(map(clean_line, entry.people))}")
    if facts:
        blocks.append(Block("   ".join(facts), hue(entry.pillar)))
    for answer in entry.answers:
        if not answer.words:
            continue
        blocks.append(Block("", "$ink"))
        if answer.quote:
            blocks.append(Block(f"“{clean(answer.quote)}”", "italic $quiet"))
        if answer.ask:
            blocks.append(Block(clean(answer.ask), "$quiet", is_words=True))
        if answer.choice:
            blocks.append(Block(clean(" · ".join(answer.choice)), "italic $ink", is_words=True))
        if answer.text:
            blocks.append(Block(clean(answer.text), "$ink", is_words=True))
    for promise in promises:
        due = f", {say_full_day(promise.due)}" if promise.due else ""
        blocks += [Block("", "$ink"), Block(f"Promised{due}: {promise.status or 'open'}", "$quiet")]
        blocks.append(Block(clean(promise.text), "$ink", is_words=True))
    return blocks
