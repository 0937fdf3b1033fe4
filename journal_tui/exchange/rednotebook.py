"""RedNotebook's data: a folder with a file a month, ``YYYY-MM.txt``.

Each is YAML, ``{day of the month: {text: words, Category: null or {item: null}}}``, as PyYAML writes it
(RedNotebook's ``storage.py`` and ``data.py``; before 1.0 with tags such as ``!!python/unicode``). The words are in
txt2tags markup, which stays as it is. Days have no times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from journal_tui.exchange.record import LeftOut, Piece, Record, UnfitError, words_of
from journal_tui.exchange.source import Leaf, Tree, UnreadableError
from journal_tui.strictyaml import FileFaults, Node, parse
from journal_tui.text import clean_line, hashtags

PICTURE = "a picture was not brought in; the words that name its file were kept"

_LARGEST = 16_000_000
"""Bytes of a month."""
_NAME = re.compile(r"([0-9]{4})-([0-9]{2})\.txt")
_MONTHS = rf"(?s:(?:.*/)?{_NAME.pattern})"
# Possessive, so that no run of blanks is tried at every length.
_DAY_BEGINS = re.compile(r"(?:\s|#.*\n|---)*+\{?+\s*+[0-9]{1,2}\s*+:\s")
_NO_TAG = re.compile("[0-9a-f]{6}|include", re.IGNORECASE)
"""What a hashtag of RedNotebook cannot begin with: a colour, or the inclusion of a file."""
_PICTURE = re.compile(r'\[""[^"\[\n]{1,2000}""\.\w{1,5}(?:\?[0-9]+)?\]')
_TEXT = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "python/str", "python/unicode"))


def recognises(leaf: Leaf) -> bool:
    """Whether it is named by a month and begins with a day of it."""
    return _NAME.fullmatch(leaf.path.name) is not None and _DAY_BEGINS.match(leaf.beginning) is not None


def recognises_tree(tree: Tree) -> bool:
    """Whether any file of it is such a month."""
    return tree.is_mostly(_MONTHS) and tree.shows(_MONTHS, recognises)


def read(leaf: Leaf) -> Iterator[Piece]:
    """The entry of every day in one month.

    Raises:
        UnreadableError: its name tells no month, or it is no YAML of days.
    """
    yield from _days(leaf, "")


def read_tree(tree: Tree) -> Iterator[Piece]:
    """The entry of every day; a month that cannot be read is left out alone."""
    for path in tree.paths:
        leaf = tree.leaf(path)
        if not re.fullmatch(_MONTHS, path):
            yield LeftOut(where=leaf.name, why="it is not named by a month, like 2024-05.txt")
            continue
        try:
            yield from _days(leaf, f"{leaf.name} ")
        except UnreadableError as error:
            yield error.left_out(leaf.name)


def _days(leaf: Leaf, place: str) -> Iterator[Piece]:
    named = _NAME.fullmatch(leaf.path.name)
    if named is None:
        raise UnreadableError(leaf.name, "tells no month: name it as RedNotebook does, like 2024-05.txt")
    days = _tree_of(leaf).value
    if not isinstance(days, dict):
        raise UnreadableError(leaf.name, "holds no days: it should begin like 1: {text: …}")
    for number, node in days.items():
        where = f"{place}line {(node.key or node).line}"
        try:
            yield _record(where, _date(named[1], named[2], number), node)
        except UnfitError as unfit:
            yield LeftOut(where=where, why=str(unfit))


def _tree_of(leaf: Leaf) -> Node:
    if leaf.size > _LARGEST:
        raise UnreadableError(leaf.name, f"is larger than {_LARGEST // 1_000_000} MB, as no month is: shorten it")
    try:
        return parse(leaf.text(), leaf.name, passed=_TEXT)
    except FileFaults as error:
        fault = error.faults[0]
        raise UnreadableError(leaf.name, f"cannot be read, line {fault.line}: {clean_line(fault.message)}") from error


def _date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day) if re.fullmatch("[0-9]{1,2}", day) else 0)
    except ValueError as error:
        raise UnfitError("it is no day of its month") from error


def _record(where: str, day: date, node: Node) -> Record:
    text, lines, tags = "", [], []
    for name, value in node.value.items() if isinstance(node.value, dict) else [("text", node)]:
        if name == "text":
            text = _words(value)
            continue
        items = _items(value)
        if name.casefold() == "tags":
            tags += items
            continue
        tags.append(name)
        lines += [f"{name}: {item}" for item in items]
    words = "\n\n".join(part for part in (text.rstrip("\n"), "\n".join(lines)) if part.strip())
    if not words.strip() and tags:
        words = ", ".join(tags)
    return Record(
        where=where,
        day=day,
        text=words_of(words),
        tags=(*(tag for tag in hashtags(text) if not _NO_TAG.match(tag)), *tags),
        notes=(PICTURE,) * len(_PICTURE.findall(text)),
    )


def _words(node: Node) -> str:
    if node.is_null:
        return ""
    if not isinstance(node.value, str):
        raise UnfitError("its text is not in words")
    return node.value


def _items(node: Node) -> list[str]:
    """What stands in a category, however it was put."""
    if isinstance(node.value, str):
        return [] if node.is_null else [node.value]
    if isinstance(node.value, list):
        return [item for value in node.value for item in _items(value)]
    found: list[str] = []
    for item, value in node.value.items():
        found += [f"{item}: {inner}" for inner in _items(value)] or [item]
    return found
