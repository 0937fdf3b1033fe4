"""``promises``: what was promised, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from journal_tui.cli import out
from journal_tui.cli.main import Commands
from journal_tui.cli.params import Wanted, as_json, filters, offering
from journal_tui.cli.reading import short_ids
from journal_tui.cli.world import world_of
from journal_tui.dates import parse_due, say_day, say_full_day
from journal_tui.model import Commitment, Outcome, Status, UsageError
from journal_tui.paths import Paths
from journal_tui.text import shorten

promise_id = click.argument("id", shell_complete=offering("promises"))
PAGE = 10
"""Answered promises shown when not all are wanted."""


@click.group(cls=Commands, invoke_without_command=True)
@click.option("--all", "all_of_them", is_flag=True, help="Every promise that was answered, not the latest ten.")
@filters
@as_json
@click.pass_context
def promises(ctx: click.Context, all_of_them: bool, wanted: Wanted, as_json: bool) -> None:
    """List your promises, and what became of them.

    The open ones come first, by their day, then those that were answered, the latest first. The end of an id, as it is
    shown, is enough to name one. The options say of which entries.

    \b
      journal-tui promises
      journal-tui promises keep k3v9-p
      journal-tui promises move k3v9-p next friday

    The JSON is a list of all of them in that order, each an object: id, entry (its id), text, made, due (or null),
    ask (the day to ask about it, if it is open and has one; or null), status (null, "kept", "partly", "not yet",
    "let go"), outcomes (a list: on, status, ask_again or null).
    """
    if ctx.invoked_subcommand is not None:
        return
    from journal_tui.insights.promises import answered, still_open

    world = world_of(ctx.obj)
    found = world.journal.promises.all()
    if not wanted.is_all:
        ids_wanted = {entry.id for entry in world.journal.find(wanted.filter(world.today()))}
        found = [promise for promise in found if promise.entry in ids_wanted]
    waiting, done = still_open(found), answered(found)
    if as_json:
        out.say_json([_to_json(promise) for promise in (*waiting, *done)])
        return
    if not found:
        none = f"No promise is here yet: you can make one at the end of {out.PROGRAM} write."
        out.note(none if wanted.is_all else "No promise like that is here.")
    shown = done if all_of_them else done[:PAGE]
    ids = short_ids([promise.id for promise in world.journal.promises.all()])
    _print("Open", waiting, ids, world.today())
    if waiting and shown:
        out.say()
    _print("Looking back", shown, ids, world.today())
    if len(shown) < len(done):
        out.say()
        out.say(out.dim(f"{len(done) - len(shown):,} more were answered: --all shows them"))


def _to_json(promise: Commitment) -> dict[str, Any]:
    ask = promise.day if promise.is_open else None
    return {
        "id": promise.id,
        "entry": promise.entry,
        "text": promise.text,
        "made": promise.made.isoformat(),
        "due": promise.due.isoformat() if promise.due else None,
        "ask": ask.isoformat() if ask else None,
        "status": promise.status,
        "outcomes": [
            {
                "on": outcome.on.isoformat(),
                "status": outcome.status,
                "ask_again": outcome.ask_again.isoformat() if outcome.ask_again else None,
            }
            for outcome in promise.outcomes
        ],
    }


def _print(title: str, promises: Sequence[Commitment], ids: dict[str, str], today: date) -> None:
    """Each with its words, and below them where it stands."""
    if promises:
        out.say(out.paint(title, underline=True))
    for promise in promises:
        id = ids[promise.id]
        indent = " " * (len(id) + 2)
        words = out.wrap(promise.text, out.column() - len(indent)) if out.is_terminal() else promise.text.split("\n")
        out.say()
        for place, line in enumerate(words):
            out.say(indent if place else out.dim(f"{id}  "), line)
        out.say(out.dim(f"{indent}{_stand(promise, today)}, made {say_day(promise.made, today)}"))


def _stand(promise: Commitment, today: date) -> str:
    if not promise.is_open:
        return f"{promise.status} {say_day(promise.outcomes[-1].on, today)}"
    day = promise.day if promise.is_open else None
    if day is None:
        return "no day"
    return f"{'due' if day == promise.due else 'up again'} {say_day(day, today)}"


# -- answering -------------------------------------------------------------------------------------


def _answer(paths: Paths, id: str, status: Status, said: str, day: str = "") -> None:
    """Notes what became of a promise, and says so in a line.

    Args:
        said: what it is now, as "kept"; ``{day}`` stands for the day it comes up again.
        day: that day in words.

    Raises:
        UsageError: there is no such promise, or the day is none or past.
    """
    world = world_of(paths)
    today = world.today()
    promise = world.journal.promises.get(id)
    again = _to_come(day, today) if status is Status.NOT_YET else None
    outcome = Outcome(on=today, status=status, ask_again=again)
    what = f"“{shorten(promise.text, 40)}” {said.format(day=say_full_day(again))}"
    if outcome in promise.outcomes[-1:]:
        out.say(f"{what}, as was said already.")
        return
    world.journal.promises.answer({promise.id: outcome})
    out.confirm(f"{what}. {out.PROGRAM} undo takes it back.")


def _to_come(words: str, today: date) -> date:
    day = parse_due(words, today)
    if day < today:
        raise UsageError(f"{say_full_day(day)} is already past: name a day to come, like friday or in three days")
    return day


@promises.command()
@promise_id
@click.pass_obj
def keep(paths: Paths, id: str) -> None:
    """Say that a promise was kept.

    \b
      journal-tui promises keep k3v9-p
    """
    _answer(paths, id, Status.KEPT, "is kept")


@promises.command()
@promise_id
@click.pass_obj
def partly(paths: Paths, id: str) -> None:
    """Say that a promise was kept in part.

    \b
      journal-tui promises partly k3v9-p
    """
    _answer(paths, id, Status.PARTLY, "is partly kept")


@promises.command("not-yet")
@promise_id
@click.pass_obj
def not_yet(paths: Paths, id: str) -> None:
    """Say that a promise still waits. It comes up again in three days.

    \b
      journal-tui promises not-yet k3v9-p
    """
    from journal_tui.session.session import ASK_AGAIN_DAYS

    _answer(paths, id, Status.NOT_YET, "waits, and comes up again on {day}", f"in {ASK_AGAIN_DAYS} days")


@promises.command()
@promise_id
@click.argument("day", metavar="DATE", nargs=-1, required=True, shell_complete=offering("dates"))
@click.pass_obj
def move(paths: Paths, id: str, day: tuple[str, ...]) -> None:
    """Move a promise to another day.

    \b
      journal-tui promises move k3v9-p friday
      journal-tui promises move k3v9-p in three days
      journal-tui promises move k3v9-p 2026-12-24
    """
    _answer(paths, id, Status.NOT_YET, "is moved to {day}", " ".join(day))


@promises.command("let-go")
@promise_id
@click.pass_obj
def let_go(paths: Paths, id: str) -> None:
    """Let a promise go. It is not asked about again.

    \b
      journal-tui promises let-go k3v9-p
    """
    _answer(paths, id, Status.LET_GO, "is let go")
