"""``history``, ``trash`` and ``erase``: what was, and what is to go for good."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.params import as_json, entry_id, offering
from journal_tui.cli.reading import entry_to_json, short_ids
from journal_tui.cli.world import titles_of, world_of
from journal_tui.dates import by_this_clock, say_full_day
from journal_tui.model import Entry, JournalError, Pillar, UsageError
from journal_tui.paths import Paths
from journal_tui.text import clean_line, plural

if TYPE_CHECKING:
    from journal_tui.store.history import Version
    from journal_tui.store.journal import Journal
    from journal_tui.store.trash import Trashed
    from journal_tui.ui.views.changes import Change

Titles = Mapping[Pillar, str]
_MARKS = {"out": ("[-", "-]"), "in": ("{+", "+}")}
_STYLES = {"[-": {"dim": True}, "{+": {"bold": True}}


# -- history ---------------------------------------------------------------------------------------


@click.command()
@entry_id
@as_json
@click.pass_obj
def history(paths: Paths, id: str, as_json: bool) -> None:
    """Show every version of an entry, the newest first.

    Each with what changed in it: [-gone-] and {+new+}. The oldest is shown whole. A step back and forward that
    changed nothing in the entry is left out.

    \b
      journal-tui history k3v9qx

    The JSON is a list of objects, one for every step: at, what ("written", "edited", "deleted", "put back" …), device,
    entry (as `show --json` prints it).
    """
    world = world_of(paths)
    versions = world.journal.history(id)
    if not versions:
        raise JournalError(f"entry {world.journal.id_of(id)} cannot be read: {out.PROGRAM} check shows why")
    if as_json:
        out.say_json(
            [
                {
                    "at": version.at.isoformat(),
                    "what": version.what,
                    "device": version.device,
                    "entry": entry_to_json(version.entry),
                }
                for version in reversed(versions)
            ]
        )
        return
    titles = titles_of(world)
    is_first = True
    for before, version in reversed(list(zip([None, *versions[:-1]], versions, strict=True))):
        lines = list(_told(before and before.entry, version.entry, titles))
        has_moved = before is not None and before.is_thrown is not version.is_thrown
        if lines or has_moved:
            if not is_first:
                out.say()
            _print_version(version, lines, has_moved=has_moved)
            is_first = False


def _print_version(version: Version, lines: Sequence[str], *, has_moved: bool) -> None:
    at = by_this_clock(version.at)
    what = version.what
    if has_moved and what in ("taken back", "done again"):
        what += ", in the trash" if version.is_thrown else ", out of the trash"
    out.say(out.paint(f"{say_full_day(at.date())}, {at:%H:%M}", bold=True), f" · {what}")
    style: dict[str, bool] = {}
    for line in lines:
        for shown in out.wrap(line, out.column()) if out.is_terminal() else [line]:
            parts = []
            for part in re.split(r"(\[-|-\]|\{\+|\+\})", shown):
                style = _STYLES.get(part, style)
                parts.append(out.paint(part, **style))
                style = {} if part in ("-]", "+}") else style
            out.say(*parts)


def _told(before: Entry | None, entry: Entry, titles: Titles) -> Iterator[str]:
    """What is to be read about a version: all of the first, of others what changed, with its marks."""
    from journal_tui.session.document import to_document
    from journal_tui.ui.views.changes import word_changes

    if before is None:
        yield from to_document(entry).splitlines()
        yield " · ".join(f"{name} {value}" for name, value in _facts(entry, titles) if value)
        return
    for (name, was), (_, new) in zip(_facts(before, titles), _facts(entry, titles), strict=True):
        if was != new:
            yield " ".join([name, *(_mark(change) for change in (("out", was), ("in", new)) if change[1])])
    if before.answers != entry.answers:
        hidden = False
        for line in _lines(word_changes(to_document(before), to_document(entry))):
            same = all(kind == "same" for kind, _ in line)
            if not same:
                yield "".join(map(_mark, line))
            elif not hidden:
                yield "…"
            hidden = same


def _facts(entry: Entry, titles: Titles) -> list[tuple[str, str]]:
    return [
        ("day", entry.day.isoformat() if entry.day else "undated"),
        ("time", f"{entry.moment:%H:%M}" if entry.moment else ""),
        ("pillar", titles[entry.pillar] if entry.pillar else ""),
        ("rating", str(entry.rating or "")),
        ("tags", " ".join(entry.tags)),
        ("starred", "yes" if entry.starred else ""),
    ]


def _lines(found: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes line by line; a stretch that runs over several lines comes once in each."""
    line: list[Change] = []
    for kind, stretch in found:
        for place, text in enumerate(stretch.split("\n")):
            if place:
                yield line
                line = []
            if text:
                line.append((kind, text))
    if line:
        yield line


def _mark(change: Change) -> str:
    """A stretch between its marks, which stand close to the words."""
    kind, text = change
    words = text.strip()
    if kind == "same" or not words:
        return text
    first, last = _MARKS[kind]
    return text.replace(words, f"{first}{words}{last}", 1)


# -- trash -----------------------------------------------------------------------------------------


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1, shell_complete=offering("trashed"))
@as_json
@click.pass_obj
def trash(paths: Paths, ids: tuple[str, ...], as_json: bool) -> None:
    """List what was deleted, the last first. With an ID: put that entry back.

    \b
      journal-tui trash
      journal-tui trash k3v9qx

    The JSON is a list of objects as `show --json` prints them, each with "since": when it was deleted.
    """
    journal = world_of(paths).journal
    thrown = journal.trash.all()
    if ids:
        back = _picked(journal, ids)
        for id in back:
            if id not in {gone.entry.id for gone in thrown}:
                raise UsageError(f"entry {id} is not in the trash: {out.PROGRAM} show {id} shows it")
        journal.trash.put_back(back)
        out.confirm(f"{_named(back)} back. {out.PROGRAM} undo takes {_it(back)} away again.")
    elif as_json:
        out.say_json([entry_to_json(gone.entry) | {"since": gone.since.isoformat()} for gone in thrown])
    else:
        _print_trash(thrown)


def _print_trash(thrown: Sequence[Trashed]) -> None:
    if not thrown:
        out.note("The trash is empty.")
    ids = short_ids([gone.entry.id for gone in thrown])
    for gone in thrown:
        id, day = ids[gone.entry.id], f"{by_this_clock(gone.since):%Y-%m-%d}"
        if out.is_terminal():
            start = f"{id}  {day}  "
            out.say(out.dim(start), out.fit(gone.entry.heading, max(10, out.column() - len(start))))
        else:
            out.say("\t".join((id, day, clean_line(gone.entry.heading))))


# -- erase -----------------------------------------------------------------------------------------


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=offering("entries"))
@click.option("--yes", is_flag=True, help="Without being asked.")
@click.pass_obj
def erase(paths: Paths, ids: tuple[str, ...], yes: bool) -> None:
    """Remove entries for good, with every version. This cannot be undone.

    They go from the journal and from its automatic backups. Copies that you or other programs made elsewhere
    stay. Entries in the trash and others can be named.

    \b
      journal-tui erase k3v9qx
    """
    if not yes and (sys.stdin is None or not sys.stdin.isatty()):
        raise UsageError("erasing cannot be undone and there is no terminal to ask on: say --yes to erase all the same")
    world = world_of(paths)
    gone = _picked(world.journal, ids)
    if not yes:
        for id, heading in gone.items():
            out.say(f"{id}  {out.fit(heading, out.column() - len(id) - 2)}")
        word = input("This cannot be undone. Type erase to remove it for good: ")
        if word.strip().lower() != "erase":
            raise JournalError("nothing was erased: the word was not typed")
    erased = world.erase(list(gone))
    if erased.unread_drafts:
        drafts = plural(erased.unread_drafts, "draft")
        out.tell(f"{drafts} could not be looked through, and may quote {_it(gone)}: see {world.paths.drafts}")
    for reviewed in erased.quoting:
        out.tell(
            f"the entry of {say_full_day(reviewed.day)} quotes {_it(gone)}:"
            f" {out.PROGRAM} erase {reviewed.id} erases it too"
        )
    backups = erased.backups
    cleaned = f"; {plural(backups, 'backup')} held {_it(gone)} and {'was' if backups == 1 else 'were'} cleaned"
    out.confirm(f"{_named(gone)} erased, with every version{cleaned if backups else ''}.")
    out.paragraph("Copies elsewhere stay: synced folders, backups of the disk, exports, traces on an SSD.")


def _picked(journal: Journal, ids: Sequence[str]) -> dict[str, str]:
    """Ids and headings of the entries meant, in the trash or not, each once.

    Raises:
        UsageError: one of the ids fits none, or more than one.
    """
    versions = {journal.id_of(id): journal.history(id) for id in ids}
    return {id: found[-1].entry.heading if found else "cannot be read" for id, found in versions.items()}


def _named(entries: Collection[str]) -> str:
    if len(entries) == 1:
        return f"entry {next(iter(entries))} is"
    return f"{plural(len(entries), 'entry', 'entries')} are"


def _it(entries: Collection[str]) -> str:
    return "it" if len(entries) == 1 else "them"
