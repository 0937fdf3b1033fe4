"""rflect: one JSON object an entry, ``~/.rflect/entries/*.json``, or several in one file.

``{"prompt": {"id", "question", "category"}, "content": {"body", "wordCount", "tags", "mood"}, "metadata": {"timestamp",
"created", …}}``. ``timestamp`` is the writer's clock (``MM-dd-yyyy-HHmm``) and ``created`` the same moment in UTC, so
the two give the zone. A mood is an emoji and a word. Source: ``src/utils/entries.js`` of github.com/aniqatc/rflect-cli.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from journal_tui.exchange.record import Piece, Record, UnfitError, kind_tag, piece_of, tags_of, words_of
from journal_tui.exchange.source import Leaf, Tree, UnreadableError, parsed
from journal_tui.model import Pillar

_BEGINS = re.compile(r'[\s\[]*\{\s*"(?:prompt|content|metadata)"\s*:\s*\{')
# A quotation mark within a text has a backslash before it.
_PROMPT = re.compile(r'(?<!\\)"prompt"\s*:\s*\{')
_CONTENT = re.compile(r'(?<!\\)"content"\s*:\s*\{')
_JSON = r".*\.json"
_WIDEST = timedelta(hours=14)


def recognises(leaf: Leaf) -> bool:
    """Whether it begins with an object that has a prompt and a content."""
    head = leaf.beginning
    return bool(_BEGINS.match(head) and _PROMPT.search(head) and _CONTENT.search(head))


def recognises_tree(tree: Tree) -> bool:
    """Whether an entry is among its first files."""
    return tree.is_mostly(_JSON) and tree.shows(_JSON, recognises)


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every entry of one object, a list of objects, or an object a line.

    Raises:
        UnreadableError: no JSON.
    """
    try:
        data = leaf.json()
    except UnreadableError:
        first = next((line for _, line in leaf.lines(again=True) if line.strip()), "")
        if not isinstance(_value(first), dict):
            raise
        for number, line in leaf.lines(again=True):
            if line.strip():
                yield piece_of(_record, f"line {number}", _value(line))
        return
    for number, entry in enumerate(data if isinstance(data, list) else [data], 1):
        yield piece_of(_record, f"entry {number}", entry)


def read_tree(tree: Tree) -> Iterator[Piece]:
    """The entry of every JSON file, in the order of their names."""
    for leaf in tree.matching(_JSON):
        try:
            yield piece_of(_record, leaf.name, leaf.json())
        except UnreadableError as error:
            yield error.left_out(leaf.name)


def _value(line: str) -> object:
    """The JSON of a line; None where it is none."""
    try:
        value: object = parsed(line)
        return value
    except (ValueError, RecursionError):
        return None


def _record(where: str, data: object) -> Record:
    if not isinstance(data, dict) or not isinstance(data.get("content"), dict):
        raise UnfitError("it is no entry of rflect")
    prompt, content, metadata = (_part(data, name) for name in ("prompt", "content", "metadata"))
    body = content.get("body") or ""
    if not isinstance(body, str):
        raise UnfitError("its words are not in quotes")
    tags = tags_of(content.get("tags") or None)
    category = str(prompt.get("category") or "").strip()
    pillar = next((pillar for pillar in Pillar if pillar.value == category.lower()), None)
    moment = _when(metadata)
    return Record(
        where=where,
        day=moment.date() if moment else None,
        moment=moment,
        text=words_of(body),
        ask=str(prompt.get("question") or "").strip(),
        tags=tuple(filter(None, (*tags, "" if pillar else category, kind_tag("mood", str(content.get("mood") or ""))))),
        pillar=pillar,
    )


def _part(data: dict[str, Any], name: str) -> dict[str, Any]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _when(metadata: dict[str, Any]) -> datetime | None:
    """The moment on the writer's clock, with the zone where both times are given; None where none is.

    Raises:
        UnfitError: neither can be read.
    """
    shown, created = metadata.get("timestamp"), metadata.get("created")
    if shown is None and created is None:
        return None
    clock = instant = None
    with suppress(ValueError):
        clock = datetime.strptime(str(shown), "%m-%d-%Y-%H%M")
    with suppress(ValueError, OverflowError):
        instant = datetime.fromisoformat(str(created)).astimezone(UTC)
    if clock and instant:
        offset = clock - instant.replace(second=0, microsecond=0, tzinfo=None)
        if abs(offset) <= _WIDEST and not offset % timedelta(minutes=15):
            return instant.astimezone(timezone(offset))
    if not clock and not instant:
        raise UnfitError("its time is written neither like 05-31-2024-2110 nor like 2024-05-31T21:10:00Z")
    return clock or instant
