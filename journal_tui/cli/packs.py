"""``packs``: the questions, listed and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.main import Commands
from journal_tui.cli.params import as_json
from journal_tui.paths import Paths, bundled_packs
from journal_tui.text import plural

if TYPE_CHECKING:
    from journal_tui.packs.library import Library
    from journal_tui.strictyaml import Fault


@click.group(cls=Commands, no_args_is_help=False)
def packs() -> None:
    """The packs of questions, ours and yours.

    \b
      journal-tui packs list
      journal-tui packs check ~/.config/journal-tui/packs/evenings.yaml
    """


@packs.command("list")
@as_json
@click.pass_obj
def list_packs(paths: Paths, as_json: bool) -> None:
    """Name every pack.

    \b
      journal-tui packs list

    The JSON is a list of objects: id, title, pillar (or null), language, about, prompts (asked by themselves),
    follow_ups, closing (how many of each), own, replaces (whether it takes the place of ours), file.
    """
    library = _library(paths)
    for fault in library.faults:
        out.tell(f"pack left out: {fault}")
    rows = [
        {
            "id": pack.id,
            "title": pack.title,
            "pillar": pack.pillar,
            "language": pack.language,
            "about": pack.about,
            "prompts": sum(not prompt.only_follow_up for prompt in pack.prompts),
            "follow_ups": sum(prompt.only_follow_up for prompt in pack.prompts),
            "closing": len(pack.closing),
            "own": pack.own,
            "replaces": pack.id in library.replaced,
            "file": pack.file,
        }
        for pack in library.packs.values()
    ]
    if as_json:
        out.say_json(rows)
        return
    wide = max((len(id) for id in library.packs), default=0)
    for pack, row in zip(library.packs.values(), rows, strict=True):
        yours = "  yours, in place of ours" if row["replaces"] else "  yours" if pack.own else ""
        title = out.fit(pack.title, 28)
        pillar = pack.pillar.title if pack.pillar and pack.pillar.title != pack.title else ""
        out.say(f"{pack.id:<{wide}}  {row['prompts']:>3}  {title}", out.dim(f"  {pillar}" if pillar else ""), yours)


@packs.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Read packs strictly, and print every fault with its line and column.

    Without a FILE every pack in use is read. The exit code is 1 when anything is wrong.

    \b
      journal-tui packs check
      journal-tui packs check evenings.yaml
    """
    good, faults = _check_files(files) if files else _check_all(ctx.obj)
    for fault in faults:
        out.say(str(fault))
    if faults:
        ctx.exit(1)
    out.say(f"{plural(good, 'pack')} read, nothing wrong.")


def _library(paths: Paths) -> Library:
    from journal_tui.packs.library import load_library

    return load_library(bundled_packs(), paths.packs)


def _check_all(paths: Paths) -> tuple[int, list[Fault]]:
    library = _library(paths)
    return len(library.packs), list(library.faults)


def _check_files(files: tuple[str, ...]) -> tuple[int, list[Fault]]:
    """How many of the files are right, and the faults of the others."""
    from journal_tui.packs.reader import read_pack
    from journal_tui.strictyaml import Fault, FileFaults

    faults: list[Fault] = []
    good = 0
    for file in files:
        try:
            read_pack(Path(file), own=True)
            good += 1
        except FileFaults as error:
            faults += error.faults
        except OSError as error:
            faults.append(Fault(file, 1, 1, f"cannot be read ({error.strerror})"))
    return good, faults
