"""Options that several commands share, and what they mean."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TypeVar

import click

from journal_tui.dates import parse_when
from journal_tui.model import Pillar, UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


def as_json(command: Command) -> Command:
    """``--json``, handed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")(command)


def pillar_option(help: str) -> Callable[[Command], Command]:
    """``--pillar``, by its name or the beginning of it; a `Pillar`."""
    return click.option("--pillar", metavar="PILLAR", callback=_pillar, help=help)


def _pillar(ctx: click.Context, param: click.Parameter, value: str | None) -> Pillar | None:
    return None if value is None else Pillar.named(value)


def _rating(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    if value is None or value in ("1", "2", "3", "4", "5"):
        return int(value) if value else None
    raise UsageError(f'the rating "{value}" cannot be used: give a whole number from 1 to 5')


def rating_option(help: str) -> Callable[[Command], Command]:
    """``--rating``, one or a span; the least and the most, both within."""
    return click.option("--rating", metavar="1-5", callback=_ratings, help=help)


def _ratings(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    found = re.fullmatch(r"([1-5])(?:-([1-5]))?", value)
    if not found or found[1] > (found[2] or found[1]):
        raise UsageError(f'the rating "{value}" cannot be used: give a whole number from 1 to 5, or a span like 4-5')
    return int(found[1]), int(found[2] or found[1])


def entry_facts(command: Command) -> Command:
    """``--pillar --date --rating --tag``: what stands beside the words; as `pillar`, `when`, `rating`, `tags`."""
    options = (
        pillar_option("The pillar it is about."),
        click.option(
            "--date", "when", metavar="DATE", help="Its day: 2025-03-07, 2025-03-07T21:10, yesterday, monday."
        ),
        click.option("--rating", metavar="1-5", callback=_rating, help="How much you lived the pillar that day."),
        click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be given several times."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_when(when: str, today: date) -> tuple[date, datetime | None]:
    """The day of an entry and its moment, if an hour was given; without a zone it is one of this machine's.

    Raises:
        UsageError: it means no single day.
    """
    day, moment = parse_when(when, today)
    if moment and moment.tzinfo is None:
        # The first and the last day of all have no other zone.
        with suppress(OverflowError, ValueError, OSError):
            moment = moment.astimezone()
    return day, moment


def piped() -> bytes | None:
    """All that was piped in; None when standard input is a terminal, or closed."""
    if sys.stdin is None or sys.stdin.isatty():
        return None
    return sys.stdin.buffer.read()


def decode(raw: bytes) -> str:
    """Text from outside: bytes that are not UTF-8 are carried along, so that nothing is lost."""
    return raw.decode("utf-8", "surrogateescape")


def without_line_end(text: str) -> str:
    """`text` without the one line end that a pipe puts after it."""
    return text.removesuffix("\r\n") if text.endswith("\r\n") else text.removesuffix("\n")
