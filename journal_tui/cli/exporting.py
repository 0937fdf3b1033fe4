"""``export``: the journal, or a part of it, in a form that others read."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from journal_tui.cli import out
from journal_tui.cli.params import Wanted, a_path, filters, offering
from journal_tui.cli.world import world_of
from journal_tui.dates import MONTHS
from journal_tui.model import JournalError, Pillar, UsageError, did_you_mean
from journal_tui.paths import Paths
from journal_tui.signals import END, leave, listening
from journal_tui.text import clean, clean_line, plural

if TYPE_CHECKING:
    from journal_tui.exchange.contents import Contents
    from journal_tui.store.search import Filter
    from journal_tui.world import World

FORMATS = ("json", "markdown", "csv", "jrnl", "html", "tinydb")
_ALIASES = {
    **dict.fromkeys(("md", "obsidian"), "markdown"),
    **dict.fromkeys(("txt", "text"), "jrnl"),
    **dict.fromkeys(("htm", "book"), "html"),
    "db": "tinydb",
}
_ENDINGS = {".json": "json", ".csv": "csv", ".txt": "jrnl", ".html": "html", ".htm": "html"}
_OF_ONE_FILE = (*_ENDINGS, ".md", ".markdown")
STANDARD_OUTPUT = "-"


class _Sent(NamedTuple):
    """What was written."""

    title: str
    """Of the format."""
    entries: int
    """How many are in it."""
    carries: frozenset[str]
    """Names from `contents.FACETS`."""
    notes: Sequence[str] = ()
    """Lines on what is not as it was."""
    files: str = ""
    """What became of them, where there may be many."""


class _Export(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Who names a file without ``--to`` is told how."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.MissingParameter:
            _, rest, _ = self.make_parser(ctx).parse_args(given)
            if not rest:
                raise
            named = shlex.quote(clean_line(rest[0]))
            raise UsageError(f"where to write stands after --to: {ctx.command_path} --to {named}") from None


@click.command(cls=_Export)
@click.option(
    "--format",
    "format",
    metavar="FORMAT",
    shell_complete=offering("exports"),
    help="json, markdown (or md, obsidian), csv, jrnl (or txt, text), html (or book), tinydb (or db).",
)
@click.option(
    "--to",
    "to",
    metavar="PATH",
    required=True,
    shell_complete=a_path(),
    help="The file, for markdown the folder; - prints it.",
)
@filters
@click.option("--force", is_flag=True, help="Replace the file that is there.")
@click.option("--yes", is_flag=True, help="Write an encrypted journal in the clear without being asked.")
@click.pass_obj
def export(paths: Paths, format: str | None, to: str, wanted: Wanted, force: bool, yes: bool) -> None:
    """Write the journal, or a part of it, for others to read.

    Without --format the ending of PATH tells: .json, .csv, .txt (jrnl), .html; a folder gets Markdown, a file a day,
    and what was written there before by hand stays. JSON holds everything and comes back by `import`.

    \b
      journal-tui export --to journal.json
      journal-tui export --to ~/notes/journal
      journal-tui export --format csv --to - --since 2025
      journal-tui export --to 2025.html --since 2025 --until 2025

    Nobody but you can open what is written, but it is not encrypted.
    """
    format = _format(format, to)
    world = world_of(paths)
    filter = wanted.filter(world.today())
    target = None if to == STANDARD_OUTPUT else _target(to, format, paths, force)
    _ask_first(world, to, yes)
    from journal_tui.exchange.contents import gather

    contents = gather(world.journal, filter)
    with listening(END, leave):
        if format == "markdown":
            sent = _send_markdown(contents, target, force)
        elif format == "html":
            sent = _send_page(world, contents, filter, target)
        else:
            sent = _send_file(contents, format, target)
    where = "standard output" if target is None else clean_line(str(target))
    count = plural(sent.entries, "entry", "entries")
    said = f"{count} in {where}: {sent.files}" if sent.files else f"{count} written to {where}"
    if target is None:
        out.note(said)
    else:
        out.confirm(said)
    for line in (*sent.notes, *_stayed(world, contents, sent)):
        out.note(line)


def _format(name: str | None, to: str) -> str:
    """The format meant, by its name or the ending of the path."""
    if not to.strip():
        raise UsageError("--to is empty: name a file, a folder, or - for standard output")
    is_folder, ending = _is_folder(to), Path(to).suffix.lower()
    if name is not None:
        found = _ALIASES.get(name.lower(), name.lower())
        if found in FORMATS:
            if found == "markdown" and not is_folder and (to == STANDARD_OUTPUT or ending in _OF_ONE_FILE):
                raise _no_folder(to)
            return found
        hint = did_you_mean(name, FORMATS)
        raise UsageError(f'no format is called "{clean_line(name)}"{hint}: choose from {", ".join(FORMATS)}')
    if is_folder:
        return "markdown"
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if ending in _OF_ONE_FILE:
        raise _no_folder(to)
    raise UsageError(f"which format {clean_line(to)} shall have cannot be told: name it with --format")


def _is_folder(to: str) -> bool:
    try:
        return to != STANDARD_OUTPUT and (to.endswith("/") or not Path(to).suffix or Path(to).is_dir())
    except OSError:  # such as a name that is too long
        return False


def _no_folder(to: str) -> UsageError:
    folder = "" if to == STANDARD_OUTPUT else f", such as {clean_line(str(Path(to).with_suffix('')))}"
    return UsageError(f"Markdown is a folder, a file a day: name one with --to{folder}")


def _target(to: str, format: str, paths: Paths, force: bool) -> Path:
    """Where to write, once it is sure that it may be written there."""
    from journal_tui.exchange.send_out import check_target

    try:
        target = Path(to).expanduser()
        inside = target.resolve().is_relative_to(paths.data.resolve())
    except (RuntimeError, ValueError, OSError):
        raise UsageError(f"{clean_line(to)} is no place to write to: name a file or a folder") from None
    if inside:
        raise UsageError(f"{clean_line(to)} lies in the folder of the journal itself: name another place")
    if format != "markdown":
        check_target(target, replace=force)
    return target


def _ask_first(world: World, to: str, yes: bool) -> None:
    """An encrypted journal leaves its encryption only on the word of its writer."""
    if yes or not world.has_passphrase:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("this would write an encrypted journal in the clear: say --yes to do so without being asked")
    where = "standard output" if to == STANDARD_OUTPUT else clean_line(to)
    click.echo(f"This writes your words unencrypted to {where}. Go on? [y/N] ", nl=False, err=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise JournalError("nothing was written")


def _stayed(world: World, contents: Contents, sent: _Sent) -> Iterator[str]:
    """Lines on what is not in it."""
    from journal_tui.exchange.contents import left_behind

    if behind := left_behind(contents, sent.carries):
        yield f"{sent.title} has no place for: {behind}"
    if contents.is_whole and (thrown := len(world.journal.trash.all())):
        entries = plural(thrown, "entry", "entries")
        yield f"the trash ({entries}) and earlier versions stay behind: {out.PROGRAM} backup copies them too"


def _send_markdown(contents: Contents, target: Path | None, force: bool) -> _Sent:
    from journal_tui.exchange.contents import unwritable
    from journal_tui.exchange.out_markdown import CARRIES, write

    if target is None:
        raise _no_folder(STANDARD_OUTPUT)
    with out.Progress("writing") as progress:
        written = write(contents, target, force=force, on_progress=progress)
    stale = written.left_there() if contents.is_whole else ""
    notes = [*filter(None, [stale, unwritable(contents)])]
    return _Sent("Markdown", len(contents.readable()), CARRIES, notes, written.told())


def _send_file(contents: Contents, format: str, target: Path | None) -> _Sent:
    from journal_tui.exchange.send_out import FORMS, render, write

    form = FORMS[format]
    with out.Progress("writing") as progress:
        content = render(form, contents, progress)
    if target:
        write(target, content)
    else:
        _print(content)
    return _Sent(form.title, form.count(contents), form.carries, form.notes(contents))


def _send_page(world: World, contents: Contents, filter: Filter, target: Path | None) -> _Sent:
    from journal_tui.book import render
    from journal_tui.exchange.contents import EVERYTHING
    from journal_tui.exchange.send_out import write

    with out.Progress("reading") as progress:
        # What recurs is found when all is read: about a fifth of the time.
        report = world.report_of(
            contents.entries, contents.commitments, lambda done, total: progress(done, total + total // 4)
        )
    with out.Progress("setting the pages") as progress:
        page = render(
            contents.entries,
            commitments=contents.commitments,
            report=report,
            titles=world.titles,
            span_words=_span_words(filter, world.titles),
            made_on=world.today(),
            on_progress=progress,
        )
    if target:
        write(target, page.encode())
    else:
        _print(page.encode())
    return _Sent("The page", len(contents.readable()), EVERYTHING - {"names", "judgements", "marks"})


def _span_words(filter: Filter, titles: Mapping[Pillar, str]) -> str:
    """What was asked for, as a title page says it."""
    since, until = filter.since, filter.until
    words = []
    if since and until and (since, until) == (date(since.year, 1, 1), date(since.year, 12, 31)):
        words.append(str(since.year))
    elif since and until:
        words.append(f"{_day(since)} to {_day(until)}")
    elif since:
        words.append(f"since {_day(since)}")
    elif until:
        words.append(f"until {_day(until)}")
    words += [titles[filter.pillar]] if filter.pillar else []
    words += [f"with {clean_line(filter.person)}"] if filter.person else []
    words += [f"#{clean_line(filter.tag).removeprefix('#')}"] if filter.tag else []
    words += [f"lived {filter.rating[0]} to {filter.rating[1]} of 5"] if filter.rating else []
    words += [f"the newest {filter.limit:,}"] if filter.limit else []
    return ", ".join(words)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def _print(content: bytes) -> None:
    """The bytes as they are in a pipe, cleaned in a terminal."""
    if sys.stdout is None:
        raise out.OutputError("standard output is closed, nothing was written: name a file with --to")
    out.echo(clean(content.decode()) if out.is_terminal() else content)
