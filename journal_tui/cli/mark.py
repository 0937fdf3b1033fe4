"""``mark`` and ``marks``: words that the mirror is to know as an example of something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import click

from journal_tui.cli import out
from journal_tui.cli.main import Commands
from journal_tui.cli.params import as_json, entry_id, offering
from journal_tui.cli.reading import short_ids
from journal_tui.cli.world import world_of
from journal_tui.dates import say_day
from journal_tui.model import SIGNALS, Mark, UsageError
from journal_tui.paths import Paths
from journal_tui.text import shorten

_WORDS = 40
"""Characters of the words in a line that says what was done."""


@click.command()
@entry_id
@click.argument("words", nargs=-1, required=True, shell_complete=offering("signals"))
@click.argument("signal", shell_complete=offering("signals"))
@click.pass_obj
def mark(paths: Paths, id: str, words: tuple[str, ...], signal: str) -> None:
    """Mark words of an entry as an example of something.

    “This is me giving way”: the mirror knows these words from then on. Case and accents do not matter, and the
    beginning of a SIGNAL is enough:

    \b
      gave_way, they_gave_way, both_gave    who moved
      spoke_up, kept_quiet                  what I needed, said or not
      own_part, their_part, both_part       whose doing it was
      saw_their_side, their_side_blank      how they may have seen it
      settled, still_open                   where it stands

    \b
      journal-tui mark k3v9qx "I said yes again" gave_way
      journal-tui mark k3v9qx "So we left it at that" "still open"
    """
    world = world_of(paths)
    known = {mark.id for mark in world.journal.marks.all()}
    made = world.journal.marks.add(id, " ".join(words), _signal(signal), on=world.today())
    what = f"“{shorten(made.words, _WORDS)}” is marked as {_said(made.signal)}"
    if made.id in known:
        out.say(f"{what}, as it was already.")
    else:
        out.confirm(f"{what}. {out.PROGRAM} undo takes it back.")


def _signal(given: str) -> str:
    """The signal meant: its name, with blanks or hyphens too, or a beginning that fits only one; else as given.

    Raises:
        UsageError: more than one is meant.
    """
    wanted = re.sub(r"[\s_-]+", "_", given.strip().casefold())
    found = [signal for signal in SIGNALS if wanted and signal.startswith(wanted)]
    if wanted in SIGNALS:
        return wanted
    if len(found) > 1:
        raise UsageError(f'"{given}" may be {" or ".join(found)}: write more of it')
    return found[0] if found else wanted


def _said(signal: str) -> str:
    return signal.replace("_", " ")


@click.group(cls=Commands, invoke_without_command=True)
@as_json
@click.pass_context
def marks(ctx: click.Context, as_json: bool) -> None:
    """List the words that you marked.

    Each stands with its entry. Words that an edit took out of their entry are left out, and come back with them.

    \b
      journal-tui marks
      journal-tui marks remove 7hq2zd

    The JSON is a list of objects: id, entry (its id), words, signal, on (the day of the marking), date (of the entry,
    or null).
    """
    if ctx.invoked_subcommand is not None:
        return
    world = world_of(ctx.obj)
    found = world.journal.marks.all()
    days = {entry.id: entry.day for entry in world.journal.entries()} if found else {}
    if as_json:
        out.say_json([_to_json(mark, days.get(mark.entry)) for mark in found])
        return
    if not found:
        out.note(f"Nothing is marked yet: {out.PROGRAM} mark ID WORDS SIGNAL marks words of an entry.")
    entry_ids = short_ids(world.journal.ids()) if found else {}
    _print(found, entry_ids, days, world.today())


def _to_json(mark: Mark, day: date | None) -> dict[str, str | None]:
    return {
        "id": mark.id,
        "entry": mark.entry,
        "words": mark.words,
        "signal": mark.signal,
        "on": mark.on.isoformat(),
        "date": day.isoformat() if day else None,
    }


def _print(found: Sequence[Mark], entry_ids: dict[str, str], days: dict[str, date | None], today: date) -> None:
    """Each with its words, and below them what they are an example of."""
    ids = short_ids([mark.id for mark in found])
    for place, mark in enumerate(found):
        indent = " " * (len(ids[mark.id]) + 2)
        words = f"“{mark.words}”"
        lines = out.wrap(words, out.column() - len(indent)) if out.is_terminal() else words.split("\n")
        if place:
            out.say()
        for number, line in enumerate(lines):
            out.say(indent if number else out.dim(f"{ids[mark.id]}  "), line)
        day = say_day(days.get(mark.entry), today)
        out.say(out.dim(f"{indent}{_said(mark.signal)}, in {entry_ids.get(mark.entry, mark.entry)}, {day}"))


@marks.command()
@click.argument("id", shell_complete=offering("marked"))
@click.pass_obj
def remove(paths: Paths, id: str) -> None:
    """Let words be an example no longer. The entry stays as it is.

    \b
      journal-tui marks remove 7hq2zd
    """
    gone = world_of(paths).journal.marks.remove(id)
    out.confirm(
        f"“{shorten(gone.words, _WORDS)}” is no longer marked as {_said(gone.signal)}."
        f" {out.PROGRAM} undo takes it back."
    )
