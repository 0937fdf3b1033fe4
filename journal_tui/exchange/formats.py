"""The formats that can be read, and which of them a file has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from journal_tui.exchange import jrnl_json, jrnl_text, jsonl
from journal_tui.exchange.record import LeftOut, Record
from journal_tui.exchange.source import Progress, read_head, refuse_binary, shown
from journal_tui.model import JournalError, UsageError, did_you_mean
from journal_tui.text import clean_line, listed


@dataclass(frozen=True, slots=True)
class Format:
    """One foreign format."""

    name: str
    title: str
    recognises: Callable[[str, Path], bool]
    """Given the beginning of a file, and where it is."""
    read: Callable[[Path, Progress | None], Iterator[Record | LeftOut]]


# Asked in this order: what is told more surely comes first.
FORMATS = (
    Format("jrnl", "jrnl text", jrnl_text.recognises, jrnl_text.read),
    Format("jrnl-json", "jrnl JSON", jrnl_json.recognises, jrnl_json.read),
    Format("jsonl", "JSON lines", jsonl.recognises, jsonl.read),
)


def format_names() -> list[str]:
    """Every name that ``--from`` takes."""
    return [format.name for format in FORMATS]


def find_format(path: Path, name: str | None = None) -> Format:
    """The format called `name`, or the one that the file at `path` has, found by looking inside.

    Raises:
        UsageError: no format has this name, or the file is in none of them.
        JournalError: the file cannot be read, is no text, or is encrypted.
    """
    names = format_names()
    if name is not None and name not in names:
        wanted = clean_line(name)
        raise UsageError(f'no format is called "{wanted}"{did_you_mean(wanted, names)}: choose from {listed(names)}')
    head = _readable_head(path)
    for format in FORMATS:
        if format.name == name or (name is None and format.recognises(head, path)):
            return format
    raise UsageError(f"{shown(path)} is in no format known here: name its format with --from ({', '.join(names)})")


def _readable_head(path: Path) -> str:
    """The beginning of the file, decoded for recognising only."""
    head = read_head(path)
    if jrnl_text.is_encrypted(head):
        raise JournalError(
            f"{shown(path)} is encrypted by jrnl: write it out with jrnl --export json first, and import that"
        )
    refuse_binary(path, head)
    return head.decode(errors="replace").removeprefix("\ufeff")
