"""The formats that can be read, and which of them a file, folder or archive has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from journal_tui.exchange import (
    dayone,
    dayone_classic,
    diary,
    dnote,
    jrnl_encrypted,
    jrnl_folder,
    jrnl_json,
    jrnl_text,
    jsonl,
    markdown,
    own_json,
    own_tinydb,
    rednotebook,
    rflect,
    table,
    tui_journal,
)
from journal_tui.exchange.record import Piece
from journal_tui.exchange.source import Leaf, Place, Tree, refuse_binary
from journal_tui.model import UsageError, did_you_mean
from journal_tui.text import clean_line, listed, shorten


@dataclass(frozen=True, slots=True)
class Format:
    """One foreign format."""

    name: str
    title: str
    of: type[Leaf] | type[Tree]
    """Whether it is a file, or a folder or archive of files."""
    recognises: Callable[[Any], bool]
    """Given a `Leaf` or `Tree` as `of` says."""
    read: Callable[[Any], Iterator[Piece]]
    """Raises `UnreadableError`: nothing is to be brought in."""
    is_text: bool = True
    """Not read where the beginning cannot be text."""
    read_named: Callable[[Any], Iterator[Piece]] | None = None
    """In place of `read` where the format was named; None: the same."""


_ALL_NOTES = partial(markdown.read_tree, takes_undated=True)

# Asked in this order: what is told more surely comes first. A name that was given is enough for its last row.
FORMATS = (
    Format("journal-tui", "journal-tui JSON", Leaf, own_json.recognises, own_json.read),
    Format("tinydb", "journal-tui TinyDB", Leaf, own_tinydb.recognises, own_tinydb.read),
    # Words in a cell may look like the beginning of an entry of jrnl; no entry looks like names of columns.
    Format("csv", "CSV", Leaf, table.recognises, table.read),
    Format("jrnl", "encrypted jrnl", Leaf, jrnl_encrypted.recognises, jrnl_encrypted.read, is_text=False),
    Format("jrnl", "jrnl text", Leaf, jrnl_text.recognises, jrnl_text.read),
    Format("jrnl", "jrnl folder", Tree, jrnl_folder.recognises, jrnl_folder.read),
    Format("dayone", "Day One", Leaf, dayone.recognises, dayone.read),
    Format("dayone", "Day One", Tree, dayone.recognises_tree, dayone.read_tree),
    Format("dayone-classic", "Day One Classic", Leaf, dayone_classic.recognises, dayone_classic.read),
    Format("dayone-classic", "Day One Classic", Tree, dayone_classic.recognises_tree, dayone_classic.read_tree),
    Format(
        "tui-journal",
        "tui-journal SQLite",
        Leaf,
        tui_journal.recognises_database,
        tui_journal.read_database,
        is_text=False,
    ),
    Format("tui-journal", "tui-journal", Leaf, tui_journal.recognises, tui_journal.read),
    Format("dnote", "dnote", Leaf, dnote.recognises, dnote.read, is_text=False),
    Format("rflect", "rflect", Leaf, rflect.recognises, rflect.read),
    Format("rflect", "rflect", Tree, rflect.recognises_tree, rflect.read_tree),
    Format("rednotebook", "RedNotebook", Leaf, rednotebook.recognises, rednotebook.read),
    Format("rednotebook", "RedNotebook", Tree, rednotebook.recognises_tree, rednotebook.read_tree),
    Format("jrnl-json", "jrnl JSON", Leaf, jrnl_json.recognises, jrnl_json.read),
    Format("jsonl", "JSON lines", Leaf, jsonl.recognises, jsonl.read),
    Format("markdown", "a diary in one file", Leaf, diary.recognises, diary.read),
    Format("markdown", "dated text", Leaf, markdown.recognises_text, markdown.read),
    Format("markdown", "Markdown", Leaf, markdown.recognises, markdown.read),
    Format("markdown", "dated text files", Tree, markdown.recognises_texts, markdown.read_tree, read_named=_ALL_NOTES),
    Format("markdown", "Markdown", Tree, markdown.recognises_tree, markdown.read_tree, read_named=_ALL_NOTES),
)


ALIASES = {
    **dict.fromkeys(("daylio", "tsv", "spreadsheet"), "csv"),
    **dict.fromkeys(("obsidian", "logseq", "md"), "markdown"),
    **dict.fromkeys(("dayone2", "day-one"), "dayone"),
    **dict.fromkeys(("jrnl-text", "jrnl-txt", "jrnl-folder", "jrnl-encrypted"), "jrnl"),
    "tujo": "tui-journal",
    "ndjson": "jsonl",
}
"""Other names of formats that a person may give."""


def format_names() -> list[str]:
    """Every name that ``--from`` takes, but for `ALIASES`."""
    return list(dict.fromkeys(format.name for format in FORMATS))


def find_format(place: Place, name: str | None = None) -> tuple[Format, Place]:
    """The format called `name`, or the one that `place` has, found by looking inside; and where to read it.

    A format may have a row for files and one for folders. An archive with one file in it stands for that file.

    Raises:
        UsageError: no format has this name, or it is in none of them.
        JournalError: it cannot be read.
    """
    name = _named(name) if name is not None else None
    only = place.only() if isinstance(place, Tree) else None
    places = [place, only] if only else [place]
    asked = [format for format in FORMATS if name is None or f"{format.name}-".startswith(f"{name}-")]
    for place in places:
        fitting = [format for format in asked if isinstance(place, format.of)]
        found = next((format for format in fitting if format.recognises(place)), None)
        if name and not found:
            found = next((format for format in reversed(fitting) if format.name == name), None)
        if found:
            if isinstance(place, Leaf) and found.is_text:
                refuse_binary(place)
            return replace(found, read=found.read_named or found.read) if name else found, place
    raise UsageError(_unknown(places[0], name, asked))


def _named(wanted: str) -> str:
    """The name of a format for what a person calls it: case, blanks and ``_`` do not matter."""
    names = format_names()
    name = re.sub(r"[\s_]+", "-", wanted.strip().lower())
    name = ALIASES.get(name, name)
    if name not in names:
        hint = did_you_mean(name, [*names, *ALIASES])
        raise UsageError(f'no format is called "{shorten(wanted, 40)}"{hint}: choose from {", ".join(names)}')
    return name


def _unknown(place: Place, name: str | None, asked: list[Format]) -> str:
    """Why nothing fits."""
    if name and not any(isinstance(place, format.of) for format in asked):
        kinds = ("a file", "a folder") if isinstance(place, Tree) else ("a folder", "a file")
        return f"{place.name} is {kinds[1]}, and {asked[0].title} is {kinds[0]}: name that"
    if place.shows(r"(?s:.*\.(?:log|json))", _is_own) if isinstance(place, Tree) else _is_own(place):
        return (
            f"{place.name} is a journal of this program, or a backup of one: bring a backup back with"
            " journal-tui restore FILE, and read a journal where it lies with journal-tui --home FOLDER"
        )
    if isinstance(place, Leaf):
        refuse_binary(place)
        if place.path.suffix.lower() in (".csv", ".tsv"):
            return table.unknown(place)
        if markdown.is_note(place):
            return f"{place.name} is a note without a date: --from markdown brings it in"
        return f"{place.name} is in no format known here: name its format with --from ({', '.join(format_names())})"
    endings = Counter(PurePosixPath(path).suffix.lower() or "no ending" for path in place.paths)
    seen = listed([f"{clean_line(ending)} {times:,}" for ending, times in endings.most_common(3)]) or "nothing"
    what = "name the file or folder that does, or its format with --from"
    return f"{place.name} holds no journal known here (found: {seen}): {what}"


def _is_own(leaf: Leaf) -> bool:
    """Whether it begins as a log of this program does, or the one file of its format 1 (docs/format.md)."""
    return any(mark in leaf.head[:400] for mark in (b'"journal-tui log":', b'"program":"journal-tui"'))
