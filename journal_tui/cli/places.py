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

    The journal is one log for each device that writes in the folder.

    \b
      journal-tui paths

    The JSON is an object: data, journal (a list), vault (or null while there is no passphrase), drafts, backups,
    settings, keymap, themes, packs (your own) and bundled packs (ours), each a path.
    """
    from journal_tui.store.device import device_name

    logs = sorted(paths.data.glob("*.log")) or [paths.data / f"{device_name()}.log"]
    places = {
        "data": [paths.data],
        "journal": logs,
        "vault": [paths.vault] if paths.vault.exists() else [],
        "drafts": [paths.drafts],
        "backups": [paths.backups],
        "settings": [paths.settings],
        "keymap": [paths.keymap],
        "themes": [paths.themes],
        "packs": [paths.packs],
        "bundled packs": [bundled_packs()],
    }
    if as_json:
        single = {label: str(found[0]) if found else None for label, found in places.items()}
        out.say_json(single | {"journal": [str(log) for log in logs]})
        return
    narrow = out.is_narrow(*(15 + len(str(path)) for found in places.values() for path in found))
    for label, found in places.items():
        for path in found:
            out.say(out.dim(f"{label}\n  " if narrow else label.ljust(15)), clean_line(str(path)))


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
        open_screens(sample, is_sample=True)
