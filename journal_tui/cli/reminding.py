"""``remind``."""

from __future__ import annotations

import click

from journal_tui.cli import out
from journal_tui.paths import Paths
from journal_tui.settings import read_settings
from journal_tui.text import clean_line


@click.command()
@click.option("--now", is_flag=True, help="Remind at once: on the desktop where there is one, else as a line of text.")
@click.pass_obj
def remind(paths: Paths, now: bool) -> None:
    """Print the line for cron that reminds you of writing.

    Nothing is installed: `crontab -e` takes the line. The hour and the words are the settings remind_at and reminder.
    Neither the journal nor its passphrase is needed.

    \b
      journal-tui remind
      (crontab -l; journal-tui remind) | crontab -
    """
    from journal_tui.reminder import crontab_line, show_on_desktop

    settings, faults = read_settings(paths.settings)
    for fault in faults:
        out.tell(str(fault))
    if not now:
        out.say(crontab_line(settings, paths))
        return
    words = clean_line(settings.reminder)
    if not show_on_desktop(words, out.PROGRAM):
        out.say(words)
