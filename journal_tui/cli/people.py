"""``people``: who the entries are about, and which names are one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.main import Commands
from journal_tui.cli.params import Wanted, as_json, filters
from journal_tui.cli.world import world_of
from journal_tui.dates import say_day
from journal_tui.paths import Paths
from journal_tui.text import clean_line, listed, plural

if TYPE_CHECKING:
    from datetime import date

    from journal_tui.model import Entry
    from journal_tui.people import Known

_NAME = 24
"""Cells of the widest column of names."""
_LAST = 16
"""Cells of most days of the last entry."""


@click.group(cls=Commands, invoke_without_command=True)
@filters
@as_json
@click.pass_context
def people(ctx: click.Context, wanted: Wanted, as_json: bool) -> None:
    """List the people in your entries, those in most of them first.

    Somebody is found as @Ana, as a name with a capital that comes back, as kin (my sister, Mum), or because you noted
    them when writing. `list --person NAME` shows their entries. The options say which entries are counted.

    \b
      journal-tui people
      journal-tui people --since "last month"
      journal-tui people join Ana Annie
      journal-tui people part Annie

    The JSON is a list of objects: name, also (a list), entries (how many), last (the day of the last one, or null).
    """
    if ctx.invoked_subcommand is not None:
        return
    from journal_tui.people import find_people

    world = world_of(ctx.obj)
    journal = world.journal
    with out.Progress("reading") as progress:
        found = find_people(journal.entries(), journal.people.all(), on_progress=progress)
    if not wanted.is_all:
        found = _in(found, journal.find(wanted.filter(world.today())))
    if as_json:
        out.say_json([_to_json(known) for known in found])
        return
    if not found:
        nobody = "Nobody is named yet: @Ana or my sister in an entry will be found."
        out.note(nobody if wanted.is_all else "Nobody is named in entries like that.")
    _print(found, world.today())


def _in(found: Sequence[Known], entries: Sequence[Entry]) -> list[Known]:
    """Those who are in `entries`, with the entries among these; they are met in the whole journal all the same."""
    ids = {entry.id for entry in entries}
    kept = [replace(known, entries=tuple(e for e in known.entries if e.id in ids)) for known in found]
    return sorted((known for known in kept if known.entries), key=lambda known: -len(known.entries))


def _to_json(known: Known) -> dict[str, object]:
    return {
        "name": known.name,
        "also": known.also,
        "entries": len(known.entries),
        "last": known.last.isoformat() if known.last else None,
    }


def _print(found: Sequence[Known], today: date) -> None:
    names = [out.fit(known.name, _NAME) for known in found]
    counts = [plural(len(known.entries), "entry", "entries") for known in found]
    wide, long = max(map(out.cells, names), default=0), max(map(len, counts), default=0)
    narrow = out.is_narrow(wide + long + 2 * _LAST)
    for known, name, count in zip(found, names, counts, strict=True):
        last = f"last {say_day(known.last, today)}" if known.last else ""
        also = f"also {listed(map(clean_line, known.also))}" if known.also else ""
        if narrow:
            out.say(out.paint(name, bold=True))
            out.paragraph(", ".join(filter(None, (count, last, also))), "  ", dim=True)
            continue
        gap = " " * (wide - out.cells(name))
        line = f"  {count.rjust(long)}  {last.ljust(_LAST)}  {also}".rstrip()
        out.say(out.paint(name, bold=True), gap, out.dim(line))


@people.command()
@click.argument("name")
@click.argument("other")
@click.pass_obj
def join(paths: Paths, name: str, other: str) -> None:
    """Say that two names are one person. NAME stands for both from now on.

    What is joined with either of them comes along. The words of your entries stay as they are.

    \b
      journal-tui people join Ana Annie
      journal-tui people join Ruth "my sister"
    """
    from journal_tui.people import as_met
    from journal_tui.store.search import Filter

    world = world_of(paths)
    journal = world.journal
    known = world.known_people()
    met = [as_met(given, known) for given in (name, other)]
    before = {given: journal.count(Filter(person=given)) for given in (name, other)}
    person = journal.people.join(met[0] or name, met[1] or other)
    count = journal.count(Filter(person=person.name))
    names = listed(map(clean_line, (person.name, *person.also)))
    entries = plural(count, "entry", "entries")
    out.confirm(f"{names} are one person from now on, in {entries}. {out.PROGRAM} undo takes it back.")
    unmet = [given for given in (name, other) if not before[given]]
    if unmet:
        out.note(f"No entry has {' or '.join(map(clean_line, unmet))} so far.")


@people.command()
@click.argument("name")
@click.pass_obj
def part(paths: Paths, name: str) -> None:
    """Let a name that was joined stand by itself again.

    \b
      journal-tui people part Annie
    """
    from journal_tui.people import as_met

    journal = world_of(paths).journal
    joined = [spelling for person in journal.people.all() for spelling in (person.name, *person.also)]
    parted = as_met(name, joined) or name
    journal.people.part(parted)
    out.confirm(f"{clean_line(parted)} is a name by itself again. {out.PROGRAM} undo takes it back.")
