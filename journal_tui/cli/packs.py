"""``packs``: the questions, listed, shown, checked and begun anew."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_tui.cli import out
from journal_tui.cli.main import Commands
from journal_tui.cli.params import a_path, as_json, number_option, offering, pillar_option
from journal_tui.cli.world import library_of, world_of
from journal_tui.dates import say_full_day
from journal_tui.model import JournalError, Pillar, UsageError, When
from journal_tui.paths import HELPLINES, Paths, bundled_packs, make_private
from journal_tui.text import clean, clean_line, fold, plural

if TYPE_CHECKING:
    from journal_tui.model import Pack
    from journal_tui.packs.library import Library
    from journal_tui.strictyaml import Fault

SCHEMA = "schema.json"
STANDARD_INPUT = "-"
_TITLE = 16
"""Cells that a title is to have in the list."""


@click.group(cls=Commands, invoke_without_command=True)
@click.pass_context
def packs(ctx: click.Context) -> None:
    """List the packs of questions, ours and yours.

    \b
      journal-tui packs
      journal-tui packs show trust
      journal-tui packs ahead
      journal-tui packs new "Evening walks"
      journal-tui packs check evening-walks.yaml
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_packs, as_json=False)


def _library(paths: Paths) -> Library:
    from journal_tui.packs.library import load_library

    return load_library(bundled_packs(), paths.packs)


# -- listing ---------------------------------------------------------------------------------------


@packs.command("list")
@as_json
@click.pass_obj
def list_packs(paths: Paths, as_json: bool) -> None:
    """Name every pack.

    \b
      journal-tui packs list

    The JSON is a list of objects: id, title, pillar (or null), language, about, asked (round, first-days, weekly),
    prompts (asked by themselves), follow_ups, closing (how many of each), own, replaces (whether it takes the place
    of ours), file.
    """
    library = _library(paths)
    if line := library.left_out:
        out.tell(line)
    if as_json:
        out.say_json([_row(pack, pack.id in library.replaced) for pack in library.packs.values()])
        return
    wide = max(map(len, library.packs), default=0)
    rows = []
    for pack in library.packs.values():
        about = [pack.asked.replace("-", " ")] if pack.asked != "round" else []
        about += [pack.pillar.title] if pack.pillar and pack.pillar.title != pack.title else []
        about += [f"yours{', in place of ours' if pack.id in library.replaced else ''}"] if pack.own else []
        asked, follow_ups = _counts(pack)
        rows.append((f"{pack.id:<{wide}}  ", f"{asked:>9}  {follow_ups:>10}  ", pack.title, "  ".join(["", *about])))
    # Where they leave no room for the titles, the counts are left out.
    narrow = out.is_narrow(
        *(len(id + counts + kind) + min(out.cells(title), _TITLE) for id, counts, title, kind in rows)
    )
    if not narrow:
        out.say(out.dim(f"{'':<{wide}}  questions  follow-ups"))
    for id, counts, title, kind in rows:
        start = id if narrow else id + counts
        room = out.column() - len(start + kind)
        # A line without room for a title is broken, and then nothing is to be cut.
        out.say(start, out.fit(title, room) if room >= _TITLE else clean_line(title), out.dim(kind))


def _counts(pack: Pack) -> tuple[int, int]:
    """Questions asked by themselves, and follow-ups."""
    follow_ups = sum(prompt.only_follow_up for prompt in pack.prompts)
    return len(pack.prompts) - follow_ups, follow_ups


def _row(pack: Pack, replaces: bool) -> dict[str, object]:
    asked, follow_ups = _counts(pack)
    return {
        "id": pack.id,
        "title": pack.title,
        "pillar": pack.pillar,
        "language": pack.language,
        "about": pack.about,
        "asked": pack.asked,
        "prompts": asked,
        "follow_ups": follow_ups,
        "closing": len(pack.closing),
        "own": pack.own,
        "replaces": replaces,
        "file": pack.file,
    }


# -- showing ---------------------------------------------------------------------------------------


@packs.command()
@click.argument("id", metavar="ID", shell_complete=offering("packs"))
@as_json
@click.pass_obj
def show(paths: Paths, id: str, as_json: bool) -> None:
    """Read a pack aloud: its questions with what follows on them.

    \b
      journal-tui packs show boundaries

    The JSON is an object with all that the pack says; what has its default is left out. A follow-up has the id of
    what is asked (prompt) and its condition (when); weekdays count from 0 (Monday), months from 1.
    """
    from journal_tui.cli.packs_aloud import read_aloud

    pack = _library(paths).get(id)
    if as_json:
        out.say_json(_said(pack))
    else:
        read_aloud(pack)


def _said(value: Any) -> Any:
    """Values as JSON has them; of a dataclass the fields that differ from their default."""
    if isinstance(value, tuple):
        return [_said(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    said = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    usual = {field.name: field.default for field in dataclasses.fields(value)}
    return {name: _said(there) for name, there in said.items() if there != usual[name] and there != When()}


# -- looking ahead ---------------------------------------------------------------------------------


@packs.command()
@number_option("--days", "How many days; 14 unless given.", least=1, most=400, default=14)
@as_json
@click.pass_obj
def ahead(paths: Paths, days: int, as_json: bool) -> None:
    """Print the questions of the days to come, were each day's answered.

    As the settings say and as your journal stands. In a week's review it is not known yet which of your words
    there will be.

    \b
      journal-tui packs ahead --days 60

    The JSON is a list of objects: date, pack, questions (each an id and what it asks).
    """
    from journal_tui.packs.ahead import sittings_ahead

    world = world_of(paths)
    focus = world.settings.focus
    sittings = sittings_ahead(
        library_of(world),
        world.visits(),
        world.today(),
        days,
        pace=world.settings.time,
        favoured=[focus] if focus else [],
        shuffled=world.settings.shuffled,
    )
    if as_json:
        out.say_json(
            [
                {
                    "date": sitting.day.isoformat(),
                    "pack": sitting.pack.id,
                    "questions": [{"id": prompt.id, "ask": prompt.ask} for prompt in sitting.questions],
                }
                for sitting in sittings
            ]
        )
        return
    for sitting in sittings:
        out.say(out.paint(say_full_day(sitting.day), bold=True), "  ", clean_line(sitting.pack.title))
        for prompt in sitting.questions:
            out.paragraph(f"{'“…” ' if prompt.recall else ''}{prompt.ask}", "  ")


# -- checking --------------------------------------------------------------------------------------


@packs.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, shell_complete=a_path())
@as_json
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """Say what is wrong in packs, and where.

    Every fault is printed with its line, column and what would be right. Without a FILE every pack in use is read;
    a folder means all packs in it, - standard input. The exit code is 1 when anything is wrong.

    \b
      journal-tui packs check
      journal-tui packs check evenings.yaml

    The JSON is a list of objects: file, line, column, message.
    """
    checked = _Checked(ctx.obj.packs)
    if files:
        for file in files:
            checked.add(file)
    else:
        library = _library(ctx.obj)
        checked.good, checked.faults = len(library.packs), list(library.faults)
    if as_json:
        out.say_json([dataclasses.asdict(fault) for fault in checked.faults])
    elif checked.faults:
        checked.report()
    else:
        out.say(f"{plural(checked.good, 'pack')} read, nothing wrong.")
    if checked.faults:
        ctx.exit(1)


class _Checked:
    """What was found in the files read so far."""

    def __init__(self, own: Path) -> None:
        self.own = own
        self.good = 0
        self.faults: list[Fault] = []
        self.piped = b""

    def add(self, name: str) -> None:
        """Reads a file, all packs of a folder, or standard input."""
        from journal_tui.packs.library import pack_files

        if name != STANDARD_INPUT and not Path(name).exists() and (self.own / name).is_file():
            name = str(self.own / name)
        if name != STANDARD_INPUT and Path(name).is_dir():
            found = pack_files(Path(name))
            if not found:
                raise UsageError(f"there is no pack in {name}: name a folder that holds .yaml files")
            for path in found:
                self._read(str(path))
        else:
            self._read(name)

    def _read(self, name: str) -> None:
        from journal_tui.packs.reader import parse_pack
        from journal_tui.strictyaml import Fault, FileFaults

        try:
            parse_pack(self._raw(name), name)
            self.good += 1
        except FileFaults as error:
            self.faults += error.faults
        except OSError as error:
            self.faults.append(Fault(name, 1, 1, f"cannot be read ({error.strerror})"))

    def _raw(self, name: str) -> bytes:
        from journal_tui.files import read_plain
        from journal_tui.strictyaml import MAX_BYTES

        if name != STANDARD_INPUT:
            return read_plain(Path(name), MAX_BYTES + 1)
        if sys.stdin is None:
            raise UsageError("standard input is closed: name a file")
        self.piped = self.piped or sys.stdin.buffer.read(MAX_BYTES + 1)
        return self.piped

    def report(self) -> None:
        """Prints the faults as a compiler does."""
        sources: dict[str, list[str]] = {}
        for fault in self.faults:
            if fault.file not in sources:
                sources[fault.file] = self._source(fault.file)
            place = f"{clean_line(fault.file)}:{fault.line}:{fault.column}: "
            out.say(out.paint(place, bold=True), out.paint("error: ", fg="red", bold=True), clean_line(fault.message))
            for line in _point(sources[fault.file], fault.line, fault.column):
                out.say(line)
        out.say(f"{plural(len(self.faults), 'error')} in {plural(len(sources), 'file')}")

    def _source(self, file: str) -> list[str]:
        from journal_tui.strictyaml import lines

        try:
            return lines(self._raw(file).decode("utf-8-sig", "replace"))
        except OSError:
            return []


def _point(source: list[str], line: int, column: int) -> Iterator[out.Safe]:
    """The line of the fault, as much as has room, and a caret below its column."""
    text = source[line - 1] if line <= len(source) else ""
    if not text.strip():
        return
    room = out.column() - len("12345 | ")
    before = clean(text[max(0, column - 1 - 2 * room) : column - 1].expandtabs(4))
    if out.cells(before) > room // 2:
        while out.cells(before) > room // 2 - 1:
            before = before[1:]
        before = f"…{before}"
    after = clean(text[column - 1 : column - 1 + room].expandtabs(4))
    while out.cells(before + after) > room:
        after = f"{after[:-2]}…"
    yield out.Safe(out.dim(f"{line:>5} | ") + before + after)
    yield out.Safe(out.dim("      | ") + " " * out.cells(before) + out.paint("^", fg="red", bold=True))


# -- beginning -------------------------------------------------------------------------------------


@packs.command()
@click.argument("name", metavar="NAME")
@pillar_option("Join the round of this pillar.")
@click.pass_obj
def new(paths: Paths, name: str, pillar: Pillar | None) -> None:
    """Begin a pack of your own.

    A small one, with remarks, that shows every kind of question and passes the check. Its id is made from NAME. The
    path of the file is printed.

    \b
      journal-tui packs new "Evening walks"
      journal-tui packs new "More on trust" --pillar trust
    """
    from journal_tui.files import is_there, write_private
    from journal_tui.packs.reader import parse_pack
    from journal_tui.strictyaml import FileFaults

    id = re.sub(r"[^a-z0-9]+", "-", fold(name).replace("ß", "ss")).strip("-")
    if not id or f"{id}.yaml" == HELPLINES:
        raise UsageError(f'"{clean_line(name)}" cannot name a pack: choose words in letters from a to z')
    content = _begun(id, clean_line(name), pillar)
    try:
        parse_pack(content, id)
    except FileFaults as error:
        raise UsageError(error.faults[0].message) from None
    file = paths.packs / f"{id}.yaml"
    taken = _library(paths).packs.get(id)
    if taken and not taken.own:
        raise JournalError(f'"{id}" is one of ours, and yours would take its place: choose another name')
    if taken or is_there(file):
        raise JournalError(f"{taken.file if taken else file} is already there: edit it, or choose another name")
    make_private(paths.packs)
    try:
        write_private(paths.packs / SCHEMA, _schema())
        write_private(file, content)
    except OSError as error:
        raise JournalError(f"{file} cannot be written ({error.strerror}): make the folder writable") from None
    out.confirm(str(file))
    out.note(f'Its id is "{id}". Open it in an editor, then: {out.PROGRAM} packs check')


def _begun(id: str, name: str, pillar: Pillar | None) -> bytes:
    from journal_tui import packs as room

    text = (Path(room.__file__).parent / "template.yaml").read_text("utf-8")
    title = json.dumps(name[:1].upper() + name[1:], ensure_ascii=False)
    text = text.replace("id: my-pack", f"id: {id}", 1).replace("title: My pack", f"title: {title}", 1)
    return (text.replace("# pillar: trust", f"pillar: {pillar}", 1) if pillar else text).encode()


@packs.command()
def schema() -> None:
    """Print the JSON Schema of packs, for editors.

    With it an editor completes and checks while you type.

    \b
      journal-tui packs schema > schema.json
    """
    out.echo(_schema())


def _schema() -> bytes:
    return (bundled_packs() / SCHEMA).read_bytes()
