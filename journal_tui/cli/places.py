"""``paths`` and ``demo``."""

from __future__ import annotations

import click

from journal_tui.cli import out
from journal_tui.cli.params import as_json
from journal_tui.paths import Paths, bundled_packs
from journal_tui.text import clean_line


@click.command()
@as_json
@click.pass_obj
def paths(paths: Paths, as_json: bool) -> None:
    """Say where everything is kept.

    \b
      journal-tui paths

    The JSON is an object: data, journal, drafts, settings, packs (your own) and bundled packs (ours), each a path.
    """
    places = {
        "data": paths.data,
        "journal": paths.journal,
        "drafts": paths.drafts,
        "settings": paths.settings,
        "packs": paths.packs,
        "bundled packs": bundled_packs(),
    }
    if as_json:
        out.say_json({label: str(path) for label, path in places.items()})
        return
    for label, path in places.items():
        out.say(out.dim(label.ljust(15)), clean_line(str(path)))


@click.command()
def demo() -> None:
    """Open the screens on a year of sample life.

    Nothing of yours is touched: the sample lies in a folder that is thrown away.

    \b
      journal-tui demo
    """
    from journal_tui.cli.main import open_screens
    from journal_tui.demo import demo_home

    with demo_home() as sample:
        open_screens(sample)
