"""Options that several commands share, and what they mean."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from journal_tui.dates import parse_span, parse_when
from journal_tui.model import Pillar, UsageError
from journal_tui.text import fold, shorten

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from journal_tui.store.search import Filter

Completion = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]
Command = TypeVar("Command", bound=Callable[..., Any])

_WORD = r"\w[\w. -]*"
"""What may be offered. Others may write ids and files, and bash puts a word into the line as it is: nothing in it may
mean something to a shell."""


def offering(what: str) -> Completion:
    """What a shell offers for an option or argument: the words of this function of `completing`."""

    def offer(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        from click.shell_completion import CompletionItem

        from journal_tui.cli import completing

        try:
            found: completing.Offers = list(getattr(completing, what)(ctx))
        except Exception:
            # Whatever is amiss is told when the command runs, not in the middle of a line that is being typed.
            return []
        pairs = [(word, None) if isinstance(word, str) else word for word in found]
        return [
            CompletionItem(word, help=help)
            for word, help in pairs
            if word.startswith(incomplete) and re.fullmatch(_WORD, word)
        ]

    return offer


def a_path(kind: str = "file") -> Completion:
    """The shell completes the path of a "file", or of a folder ("dir")."""

    def offer(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, kind)]

    return offer


def as_json(command: Command) -> Command:
    """``--json``, handed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")(command)


def date_option(option: str, help: str, *name: str) -> Callable[[Command], Command]:
    """An option that takes a date in words, as they were given."""
    return click.option(option, *name, metavar="DATE", shell_complete=offering("dates"), help=help)


def entry_id(command: Command) -> Command:
    """The argument ``ID``, handed on as `id`."""
    return click.argument("id", shell_complete=offering("entries"))(command)


def pillar_option(help: str) -> Callable[[Command], Command]:
    """``--pillar``, by its name, what a pack in use calls it, or the beginning of either; a `Pillar`."""
    return click.option("--pillar", metavar="PILLAR", callback=_pillar, shell_complete=offering("pillars"), help=help)


def _pillar(ctx: click.Context, param: click.Parameter, value: str | None) -> Pillar | None:
    if value is None:
        return None
    try:
        return Pillar.named(value)
    except UsageError:
        found = _pillar_by_title(ctx.obj.packs, value)
        if found is None:
            raise
        return found


def _pillar_by_title(own: Path, value: str) -> Pillar | None:
    """The pillar that a pack of the user's own calls so, or begins so, in whatever language."""
    if not own.is_dir():
        return None
    from journal_tui.packs.library import load_library
    from journal_tui.paths import bundled_packs

    library = load_library(bundled_packs(), own)
    found = [pillar for pillar in Pillar if fold(library.title(pillar)).startswith(fold(value.strip()) or " ")]
    return found[0] if len(found) == 1 else None


def _rating(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    if value is None or value in ("1", "2", "3", "4", "5"):
        return int(value) if value else None
    raise UsageError(f'--rating "{shorten(value, 40)}" cannot be used: give a whole number from 1 to 5')


def rating_option(help: str) -> Callable[[Command], Command]:
    """``--rating``, one or a span; the least and the most, both within."""
    return click.option("--rating", metavar="1-5", callback=_ratings, shell_complete=offering("ratings"), help=help)


def _ratings(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    found = re.fullmatch(r"([1-5])(?:-([1-5]))?", value)
    if not found or found[1] > (found[2] or found[1]):
        usable = "give a whole number from 1 to 5, or a span like 4-5"
        raise UsageError(f'--rating "{shorten(value, 40)}" cannot be used: {usable}')
    return int(found[1]), int(found[2] or found[1])


_MOST = 999_999_999
"""The greatest number that is taken: no journal holds more entries."""


def number_option(
    option: str, help: str, *, least: int, most: int = _MOST, default: int | None = None
) -> Callable[[Command], Command]:
    """An option that takes a whole number from `least` to `most`."""

    def number(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return default
        found = int(value) if re.fullmatch(r"[0-9]{1,9}", value) else -1
        if not least <= found <= most:
            raise UsageError(
                f'{option} "{shorten(value, 40)}" cannot be used: give a whole number from {least} to {most}'
            )
        return found

    return click.option(option, metavar="N", callback=number, help=help)


class Wanted(NamedTuple):
    """What `filters` were given."""

    pillar: Pillar | None
    person: str | None
    tag: str | None
    since: str | None
    until: str | None
    rating: tuple[int, int] | None
    starred: bool
    limit: int | None

    @property
    def is_all(self) -> bool:
        """Nothing was given: every entry is wanted."""
        return all(given is None or given is False for given in self)

    def filter(self, today: date, words: str = "", limit: int = 0) -> Filter:
        """As the journal takes it.

        Args:
            limit: the newest so many where none was given; 0: all.

        Raises:
            UsageError: a date is none, or the first comes after the last.
        """
        from journal_tui.store.search import Filter

        since = parse_span(self.since, today).first if self.since is not None else None
        until = parse_span(self.until, today).last if self.until is not None else None
        if since and until and since > until:
            raise UsageError(f"--since ({since}) is after --until ({until}): exchange them")
        return Filter(
            words=words,
            pillar=self.pillar,
            person=self.person or "",
            tag=self.tag or "",
            since=since,
            until=until,
            rating=self.rating,
            starred=self.starred,
            limit=(limit if self.limit is None else self.limit) or None,
        )


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--pillar --person --tag --since --until --rating --starred --limit``, handed on as `wanted`, a `Wanted`."""

    @wraps(command)
    def called(*arguments: Any, **options: Any) -> Any:
        wanted = Wanted(*(options.pop(name) for name in Wanted._fields))
        return command(*arguments, wanted=wanted, **options)

    options = (
        pillar_option("On this pillar."),
        click.option("--person", metavar="NAME", help="Naming this person, by any name that was joined."),
        click.option("--tag", metavar="TAG", help="With this tag."),
        date_option("--since", "From this day on: 2025-03-07, 2025, march, last month."),
        date_option("--until", "Up to this day."),
        rating_option("Lived so much: 4, at least 4 (4-5), at most 2 (1-2), or rated at all (1-5)."),
        click.option("--starred", is_flag=True, help="With a star, as other journals give them."),
        number_option("--limit", "Only the newest N entries; 0 for all.", least=0),
    )
    for option in reversed(options):
        called = option(called)
    return called


def entry_facts(command: Command) -> Command:
    """``--pillar --date --rating --tag``: what stands beside the words; as `pillar`, `when`, `rating`, `tags`."""
    options = (
        pillar_option("The pillar it is about."),
        date_option("--date", "Its day: 2025-03-07, 2025-03-07T21:10, yesterday, monday.", "when"),
        click.option(
            "--rating",
            metavar="1-5",
            callback=_rating,
            shell_complete=offering("ratings"),
            help="How much you lived the pillar that day.",
        ),
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
