"""What a shell may offer for a word that is being typed. Nothing here asks, tells, or reads a locked journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from journal_tui.cli.helping import command_named
from journal_tui.dates import by_this_clock
from journal_tui.model import PATTERNS, SIGNALS, Pillar
from journal_tui.paths import Paths, bundled_packs, find_paths

if TYPE_CHECKING:
    from journal_tui.store.journal import Journal

Found = TypeVar("Found")
Offers = Iterable[str | tuple[str, str]]
"""Words, with a remark or without."""

QUICK = 8_000_000
"""Bytes of a journal that is read while somebody waits for a word."""
NEWEST = 40
"""Entries that are offered."""
_HEAD = 2000
"""Bytes of a pack in which its id is looked for."""


def _paths(ctx: click.Context) -> Paths:
    home = ctx.find_root().params.get("home")
    return find_paths(Path(home) if home else None)


def _journal(ctx: click.Context) -> Journal | None:
    """The journal, where it is plain and quickly read."""
    paths = _paths(ctx)
    if paths.vault.exists() or sum(log.stat().st_size for log in paths.data.glob("*.log")) > QUICK:
        return None
    from journal_tui.store.journal import Journal

    return Journal(paths.data)


def pillars(ctx: click.Context) -> Offers:
    return [pillar.value for pillar in Pillar]


def packs(ctx: click.Context) -> Iterator[str]:
    """Ids of packs, ours and the user's own: read off the beginning of each file, for YAML takes too long."""
    from journal_tui.packs.library import pack_files

    for folder in (bundled_packs(), _paths(ctx).packs):
        for path in pack_files(folder) if folder.is_dir() else []:
            with path.open("rb") as file:
                found = re.search(rb"^id:\s*['\"]?([a-z0-9-]+)", file.read(_HEAD), re.MULTILINE)
            if found:
                yield found[1].decode()


def about(ctx: click.Context) -> Offers:
    """What `write` can be about."""
    return dict.fromkeys([*Pillar, *packs(ctx), "free"])


def entries(ctx: click.Context) -> Offers:
    """The newest entries by the short ends of their ids, each with its day and pillar: none of its words."""
    journal = _journal(ctx)
    if not journal:
        return
    from journal_tui.store.search import Filter

    length = journal.id_length()
    for entry in journal.find(Filter(limit=NEWEST)):
        yield entry.id[-length:], f"{entry.day or 'undated'} {entry.pillar or ''}".strip()


def trashed(ctx: click.Context) -> Offers:
    found = _by_short_ids(ctx, lambda journal: journal.trash.all(), lambda gone: gone.entry.id)
    return [(id, f"{by_this_clock(gone.since):%Y-%m-%d}") for id, gone in found[:NEWEST]]


def promises(ctx: click.Context) -> Offers:
    found = _by_short_ids(ctx, lambda journal: journal.promises.all(), lambda promise: promise.id)
    return [(id, f"{promise.due or 'no day'}") for id, promise in found if promise.is_open]


def marked(ctx: click.Context) -> Offers:
    """Marks, each with the day that it was made and what it is an example of: none of its words."""
    found = _by_short_ids(ctx, lambda journal: journal.marks.all(), lambda mark: mark.id)
    return [(id, f"{mark.on} {mark.signal}") for id, mark in found]


def _by_short_ids(
    ctx: click.Context, find: Callable[[Journal], Sequence[Found]], id_of: Callable[[Found], str]
) -> list[tuple[str, Found]]:
    """What `find` finds in the journal, each with the short end of its id."""
    journal = _journal(ctx)
    if not journal:
        return []
    from journal_tui.cli.reading import short_ids

    found = find(journal)
    short = short_ids([id_of(one) for one in found])
    return [(short[id_of(one)], one) for one in found]


def dates(ctx: click.Context) -> Offers:
    """Days in words, with hyphens in place of blanks: no shell has to quote them."""
    from journal_tui.dates import WORDS

    return [(words.replace(" ", "-"), meaning) for words, meaning in WORDS if " " in words or words.isalpha()]


def signals(ctx: click.Context) -> Offers:
    return SIGNALS


def patterns(ctx: click.Context) -> Offers:
    return PATTERNS


def times(ctx: click.Context) -> Offers:
    return ["two", "ten", "long"]


def ratings(ctx: click.Context) -> Offers:
    return ["1", "2", "3", "4", "5"]


def formats(ctx: click.Context) -> Offers:
    """What `import` reads: each name once, with what its titles say beyond it."""
    from journal_tui.exchange.formats import FORMATS

    titles: dict[str, dict[str, None]] = {}
    for format in FORMATS:
        said = titles.setdefault(format.name, {})
        if more := " ".join(word for word in format.title.split() if word.casefold() != format.name):
            said[more] = None
    return [(name, ", ".join(of)) if of else name for name, of in titles.items()]


def exports(ctx: click.Context) -> Offers:
    """What `export` writes."""
    from journal_tui.cli.exporting import FORMATS

    return FORMATS


def shells(ctx: click.Context) -> Offers:
    from journal_tui.cli.shells import SHELLS

    return SHELLS


def commands(ctx: click.Context) -> Offers:
    """The commands of the program, or of the group named before."""
    group = command_named(ctx.find_root(), ctx.params.get("command") or ()).command
    return group.list_commands(ctx) if isinstance(group, click.Group) else []


def timetables(ctx: click.Context) -> Offers:
    """What can call for a reminder."""
    from journal_tui.reminder import KINDS

    return KINDS


def countries(ctx: click.Context) -> Offers:
    """Codes of the countries whose helplines are known."""
    from journal_tui.helplines import load_helplines

    return [(country.code, country.name) for country in load_helplines(bundled_packs(), _paths(ctx).config).countries]


def settings(ctx: click.Context) -> Offers:
    from journal_tui.settings import SCHEMA

    return [(setting.key, setting.label) for setting in SCHEMA.values()]


def setting_values(ctx: click.Context) -> Offers:
    """What the setting named before may be."""
    from journal_tui.settings import SCHEMA, Kind, choices

    setting = SCHEMA.get(ctx.params.get("name") or "")
    if setting is None:
        return []
    if setting.kind is Kind.YES:
        return ["true", "false"]
    return choices(setting, _paths(ctx).settings)
