"""What the help of a screen says: what it is there for, and every command that works on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from journal_tui.ui.commands import Offer
from journal_tui.ui.views.entry import Block
from journal_tui.ui.wrapping import pad, wrap

_GAP = Block("", "$ink")
_MOVES = ("up", "down", "left", "right", "page-up", "page-down", "change-pane")
_PARTS = ("Here", "Moving about", "Everywhere")
WIDEST_KEYS = 16
"""Cells of the keys; longer ones go on in a line of their own."""
LEAST_WORDS = 36
"""Cells for what a command does, with fewer of which the names take no column of their own."""


def part_of(offer: Offer) -> str:
    """The heading that a command stands under."""
    where, _, name = offer.id.partition(".")
    if where == "app":
        return _PARTS[2]
    return _PARTS[1] if where == "move" or name in _MOVES else _PARTS[0]


def page(what: str, offers: Iterable[Offer], about: str, width: int) -> list[Block]:
    """The help from top to bottom, in lines of at most `width` cells."""
    blocks = [Block(what, "$ink")] if what else []
    told = [offer for offer in offers if offer.does]
    keys = min(WIDEST_KEYS, max((cell_len(offer.keys) for offer in told), default=0)) + 3
    names = max((cell_len(offer.label) for offer in told), default=0) + 2
    if width - keys - names < LEAST_WORDS:
        names = 0
    for part in _PARTS:
        found = sorted((offer for offer in told if part_of(offer) == part), key=lambda offer: offer.key == "esc")
        if found:
            blocks += [_GAP, Block(part, "bold $quiet")]
            for offer in found:
                blocks += _line(offer, keys, names, width)
    if any("^" in offer.keys for offer in told):
        blocks += [_GAP, Block("^ is the ctrl key: ^q is ctrl+q.", "$quiet")]
    return [*blocks, _GAP, Block(about, "$quiet")]


def _line(offer: Offer, column: int, names: int, width: int) -> Iterator[Block]:
    """Keys on the left, the name beside them, then what follows, in as many lines as it needs.

    Args:
        names: cells for the names; 0: what follows comes right after each.
    """
    keys, name = offer.keys, offer.label
    does = "" if offer.does == name else offer.does
    if cell_len(keys) > column - 2:
        yield Block(keys, "$accent")
        keys = ""
    says = wrap(does if names else "  ".join(filter(None, (name, does))), max(20, width - column - names))
    for number, line in enumerate(says):
        head, named = (keys, pad(name, names) if names else "") if number == 0 else ("", " " * names)
        at = column - cell_len(head) + len(head)
        text = f"{head:<{at}}{named}{line}".rstrip()
        marks = ((0, len(head), "$accent"), (at, at + len(name), "bold $ink")) if number == 0 else ()
        yield Block(text, "$quiet", marks=tuple(mark for mark in marks if mark[0] < mark[1]))
