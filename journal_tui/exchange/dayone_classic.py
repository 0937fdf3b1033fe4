"""Day One Classic: a folder or archive ``Journal.dayone`` with one property list an entry, ``entries/*.doentry``.

Keys: ``Creation Date`` (UTC), ``Time Zone``, ``Entry Text`` (Markdown), ``Starred``, ``Tags``, ``UUID``, ``Location``,
``Weather``, ``Music``; pictures are ``photos/<UUID>.jpg``. Source:
help.dayoneapp.com/day-one-classic/what-file-format-is-used-for-the-data, and an entry printed in
github.com/ketanketanketan/day-one-classic-to-markdown; jrnl reads and writes the same.
"""

from __future__ import annotations

import plistlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from xml.parsers.expat import ExpatError

from journal_tui.exchange.dayone import MEDIA, WEATHER, place_tags, shown_in
from journal_tui.exchange.record import Piece, Record, UnfitError, piece_of, tags_of, words_of
from journal_tui.exchange.source import Leaf, Tree, UnreadableError

LARGEST = 16_000_000
"""Bytes of an entry."""
MUSIC = "the music that played is not brought in"
_ENTRIES = r"(?:.*/)?[^/]+\.doentry"
_PHOTOS = re.compile(r"(?:.*/)?photos/([^/]+)\.[^/.]+")
_KEY = re.compile(r"<key>(?:Entry Text|Creation Date)</key>")


def recognises(leaf: Leaf) -> bool:
    """Whether it is a property list with a key of an entry."""
    return "<plist" in leaf.beginning[:1000] and bool(_KEY.search(leaf.beginning))


def recognises_tree(tree: Tree) -> bool:
    """Whether an entry is in it."""
    return tree.is_mostly(_ENTRIES) and tree.shows(_ENTRIES, recognises)


def read(leaf: Leaf) -> Iterator[Piece]:
    """The one entry.

    Raises:
        UnreadableError: no property list.
    """
    yield from _pieces(leaf, "the entry", 0)


def read_tree(tree: Tree) -> Iterator[Piece]:
    """Every entry, in the order of their files' names."""
    names = (_PHOTOS.fullmatch(path) for path in tree.paths)
    photos = Counter(name[1].upper() for name in names if name)
    for leaf in tree.matching(_ENTRIES):
        try:
            yield from _pieces(leaf, leaf.name, photos[PurePosixPath(leaf.path).stem.upper()])
        except UnreadableError as error:
            yield error.left_out(leaf.name)


def _pieces(leaf: Leaf, where: str, photos: int) -> Iterator[Piece]:
    if leaf.size > LARGEST:
        raise UnreadableError(leaf.name, f"is larger than {LARGEST // 1_000_000} MB, as no entry is: look into it")
    try:
        data = plistlib.loads(leaf.content(), fmt=plistlib.FMT_XML)
    # plistlib lets through what its parts raise: a date that is none, a tag too many, an unknown encoding.
    except (ExpatError, ValueError, TypeError, AttributeError, LookupError, AssertionError, OverflowError) as error:
        raise UnreadableError(leaf.name, "is a damaged property list: export it again") from error
    yield piece_of(_record, where, data, photos)


def _record(where: str, data: Any, photos: int) -> Record:
    if not isinstance(data, dict):
        raise UnfitError("it is no entry of Day One")
    created, text = data.get("Creation Date"), data.get("Entry Text") or ""
    if not isinstance(created, datetime):
        raise UnfitError("it has no Creation Date")
    if not isinstance(text, str):
        raise UnfitError("its text is not text")
    tags = tags_of(data.get("Tags") or None)
    moment, notes = shown_in(created.replace(tzinfo=UTC), data.get("Time Zone"))
    places, unplaced = place_tags(data.get("Location"), "Locality", "Place Name", "Country")
    told = [note for key, note in (("Weather", WEATHER), ("Music", MUSIC)) if data.get(key)]
    return Record(
        where=where,
        day=moment.date(),
        moment=moment,
        text=words_of(text),
        tags=(*tags, *places),
        starred=data.get("Starred") is True,
        notes=(*notes, *(MEDIA["photos"],) * photos, *unplaced, *told),
    )
