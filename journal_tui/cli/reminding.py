"""``remind``."""

from __future__ import annotations

import click

from journal_tui.cli import out
from journal_tui.cli.params import offering
from journal_tui.model import UsageError, did_you_mean
from journal_tui.paths import Paths
from journal_tui.settings import read_settings
from journal_tui.text import clean, clean_line, listed


@click.command()
@click.option(
    "--for",
    "kind",
    metavar="TIMETABLE",
    default="cron",
    shell_complete=offering("timetables"),
    help="cron (unless said), systemd or launchd.",
)
@click.option("--install", is_flag=True, help="Put it in place for you.")
@click.option("--remove", is_flag=True, help="Take away what --install put there, and nothing else.")
@click.option("--now", is_flag=True, help="Remind at once: on the desktop where there is one, else as a line of text.")
@click.pass_obj
def remind(paths: Paths, kind: str, install: bool, remove: bool, now: bool) -> None:
    """Print what makes your system remind you of writing.

    A line for cron, two units for systemd (Linux) or a property list for launchd (macOS). Nothing is installed unless
    you say --install. The hour and the words are the settings remind_at and reminder. Neither the journal nor its
    passphrase is needed.

    \b
      journal-tui remind
      journal-tui remind --for systemd --install
      journal-tui remind --for systemd --remove
    """
    from journal_tui import reminder

    if kind not in reminder.KINDS:
        hint = did_you_mean(kind, reminder.KINDS)
        raise UsageError(f'no timetable is called "{clean_line(kind)}"{hint}: choose from {listed(reminder.KINDS)}')
    if install + remove + now > 1:
        raise UsageError("--install, --remove and --now are three different things: say one of them")
    settings, faults = read_settings(paths.settings)
    for fault in faults:
        out.tell(str(fault))
    call = reminder.daily_call(settings, paths)
    if now:
        words = clean_line(settings.reminder)
        if not reminder.show_on_desktop(words, out.PROGRAM):
            out.say(words)
    elif install:
        reminder.install(call, kind)
        take_away = f"{out.PROGRAM} remind --for {kind} --remove takes it away"
        out.confirm(f"A reminder comes every day at {call.hour:02}:{call.minute:02}. {take_away}.")
    elif remove:
        out.confirm("No reminder comes any more." if reminder.remove(call, kind) else "None was put in place here.")
    elif kind == reminder.CRON:
        _print(reminder.crontab_line(call))
    elif kind == reminder.LAUNCHD:
        _print(reminder.launchd_plist(call).rstrip())
    else:
        for name, content in reminder.systemd_units(call).items():
            _print(f"# ~/.config/systemd/user/{name}\n{content}")


def _print(text: str) -> None:
    """What is to be copied: its lines stay whole in a terminal too."""
    out.echo(f"{clean(text)}\n")
