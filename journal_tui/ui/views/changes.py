"""What changed between two texts, word by word. Pure, without Textual: for every way in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Change = tuple[Literal["same", "out", "in"], str]
"""A stretch of text: in both, taken out, or put in."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_TOKENS = 4_000
"""Beyond this a passage counts as written anew: comparing word by word would keep one waiting."""


def word_changes(before: str, after: str) -> list[Change]:
    """How `before` became `after`, in the order of reading; a stretch taken out stands before what took its place.

    ``same`` and ``out`` together are `before`, ``same`` and ``in`` together are `after`.
    """
    found: list[Change] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for same, first, second in _steps(old, new):
        found += [("same", first)] if same else _between(first, second)
    return [
        (kind, "".join(text for _, text in stretch)) for kind, stretch in groupby(found, key=lambda change: change[0])
    ]


def _between(before: str, after: str) -> Iterator[Change]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        yield from _some(("out", before), ("in", after))
        return
    out, put_in, between = "", "", ""
    for same, first, second in _steps(old, new):
        if not same:
            out, put_in, between = out + between + first, put_in + between + second, ""
        elif (out or put_in) and not re.search(r"\w", first):
            between = first  # a space or a comma alone between two changes parts nothing
        else:
            yield from _some(("out", out), ("in", put_in), ("same", between + first))
            out, put_in, between = "", "", ""
    yield from _some(("out", out), ("in", put_in), ("same", between))


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Whether they are equal, and the stretch of each."""
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > _MOST_TOKENS).get_opcodes():
        yield kind == "equal", "".join(old[i:j]), "".join(new[k:n])


def _some(*changes: Change) -> Iterator[Change]:
    return (change for change in changes if change[1])
