"""jrnl's own file, so written that jrnl reads each entry as it was.

As jrnl 4.6 reads: ``[`` at the start of a line begins an entry if what follows up to ``] `` can be taken for a date,
and it is lenient, over line ends too (six characters or fewer are a footnote); a ``*`` at the end of the first line is
a star, and goes. Where the words would be taken for either, a zero-width space stands between. It outlives jrnl's own
rewriting of the file, which takes blanks away. Where the writer has such spaces in these places, there is one more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from journal_tui.exchange.contents import Contents, writable
from journal_tui.exchange.jrnl_text import GUARD, tags_in
from journal_tui.exchange.out_csv import words
from journal_tui.model import Entry
from journal_tui.text import plural

CARRIES = frozenset(("tags", "people", "stars"))

_BRACKET = re.compile(r"(?<=\n)\[(?![^\]\n]{0,6}\])")
_GUARDS = re.compile(rf"^{GUARD}+(?=[\[*])|\*{GUARD}+$", re.MULTILINE)
_NO_TAG = re.compile(r"[^-+*#/\w]+")


def pieces(contents: Contents) -> Iterator[str]:
    """Every entry with words, oldest first, a blank line between them."""
    for place, entry in enumerate(sorted(_told(contents), key=_when)):
        separator = "\n" if place else ""
        yield writable(f"{separator}[{_stamp(entry)}] {_guarded(body(entry), starred=entry.starred)}\n")


def body(entry: Entry) -> str:
    """The words, and below them the tags and people that are not named in them."""
    text = "\n".join(words(entry).strip().splitlines())
    missing = [tag for tag in dict.fromkeys(_tags(entry)) if tag.lower() not in tags_in(text)]
    return "\n".join((text, *([" ".join(missing)] if missing else [])))


def _guarded(text: str, *, starred: bool) -> str:
    own = _GUARDS.sub(lambda found: found.group() + GUARD, text)
    first, line_end, rest = _BRACKET.sub(f"{GUARD}[", own).partition("\n")
    first = f"{GUARD}{first}" if first.startswith("*") and starred else first
    first += GUARD if first.endswith("*") else ""
    return f"{first}{' *' if starred else ''}{line_end}{rest}"


def count(contents: Contents) -> int:
    """How many entries stand in the file: those with words."""
    return len(_told(contents))


def notes(contents: Contents) -> list[str]:
    """What is left out, or told otherwise than it is."""
    told = _told(contents)
    silent = len(contents.readable()) - len(told)
    undated = sum(entry.day is None for entry in told)
    lines = [f"{plural(silent, 'entry', 'entries')} without words left out"] if silent else []
    if undated:
        dated = f"dated by when {'it' if undated == 1 else 'they'} came into the journal"
        lines.append(f"{plural(undated, 'entry', 'entries')} without a day: {dated}")
    return lines


def _told(contents: Contents) -> list[Entry]:
    return [entry for entry, _ in contents.readable() if words(entry).strip()]


def _when(entry: Entry) -> datetime:
    if entry.moment:
        return entry.moment.replace(tzinfo=None)
    return datetime.fromisoformat(entry.day.isoformat()) if entry.day else entry.created.replace(tzinfo=None)


def _stamp(entry: Entry) -> str:
    if entry.moment is None and entry.day:
        return entry.day.isoformat()
    return _when(entry).isoformat(" ", "seconds")


def _tags(entry: Entry) -> Iterator[str]:
    for symbol, names in (("#", entry.tags), ("@", entry.people)):
        for name in names:
            if fit := _NO_TAG.sub("-", name).strip("-"):
                yield f"{symbol}{fit}"
