"""``remind``."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.params import offering
from journal_tui.model import JournalError, UsageError, did_you_mean
from journal_tui.paths import Paths, make_private
from journal_tui.settings import Settings, read_settings, write_setting
from journal_tui.text import clean, clean_line, listed

if TYPE_CHECKING:
    from journal_tui.reminder import Call

_NO_HOUR = "remind_at is none, and a reminder says nothing"


@click.command()
@click.option(
    "--for",
    "kind",
    metavar="TIMETABLE",
    shell_complete=offering("timetables"),
    help="cron (unless said), systemd or launchd.",
)
@click.option("--install", is_flag=True, help="Put it in place for you.")
@click.option("--remove", is_flag=True, help="Take away what --install put there: everywhere, or only --for.")
@click.option("--now", is_flag=True, help="Remind at once: on the desktop where there is one, else as a line of text.")
@click.pass_obj
def remind(paths: Paths, kind: str | None, install: bool, remove: bool, now: bool) -> None:
    """Print what makes your system remind you of writing.

    A line for cron, two units for systemd (Linux) or a property list for launchd (macOS). Nothing is installed unless
    you say --install. The hour and the words are the settings remind_at and reminder; while remind_at is none, a
    reminder that comes says nothing. Neither the journal nor its passphrase is needed.

    \b
      journal-tui remind
      journal-tui remind --for systemd --install
      journal-tui remind --remove
    """
    from journal_tui import reminder

    if kind is not None and kind not in reminder.KINDS:
        hint = did_you_mean(kind, reminder.KINDS)
        raise UsageError(f'no timetable is called "{clean_line(kind)}"{hint}: choose from {", ".join(reminder.KINDS)}')
    if install + remove + now > 1:
        raise UsageError("--install, --remove and --now are three different things: say one of them")
    settings, faults = read_settings(paths.settings)
    for fault in faults:
        out.tell(str(fault))
    call = reminder.daily_call(settings, paths)
    if now:
        _remind_now(settings)
    elif install:
        _install(call, kind or reminder.CRON, paths, settings)
    elif remove:
        _remove(call, kind)
    else:
        _print_for(call, kind or reminder.CRON)
        if not settings.remind_at:
            out.note(f"{_NO_HOUR}; this is for {reminder.EVENING}: {out.PROGRAM} settings remind_at {reminder.EVENING}")


def _remind_now(settings: Settings) -> None:
    from journal_tui import reminder

    words = clean_line(settings.reminder)
    if not settings.remind_at:
        if out.is_terminal():
            out.note(f"{_NO_HOUR}.")
    elif not reminder.show_on_desktop(words, out.PROGRAM):
        out.say(words)


def _install(call: Call, kind: str, paths: Paths, settings: Settings) -> None:
    """Puts it in place; who has set no hour gets the usual one, for without one a reminder says nothing."""
    from journal_tui import reminder

    hour = f"{call.hour:02}:{call.minute:02}"
    if not settings.remind_at:
        make_private(paths.config)
        write_setting(paths.settings, "remind_at", hour)
    try:
        reminder.install(call, kind)
    except JournalError:
        if not settings.remind_at:
            write_setting(paths.settings, "remind_at", "")
        raise
    take_away = f"{out.PROGRAM} remind --for {kind} --remove takes it away"
    out.confirm(f"A reminder comes every day at {hour}. {take_away}.")


def _remove(call: Call, kind: str | None) -> None:
    """Takes it away from the timetable of this kind, or from all, and says what stands there still."""
    from journal_tui import reminder

    wanted = [kind] if kind else [each for each in reminder.KINDS if reminder.comes_at(call, each)]
    gone = [each for each in wanted if reminder.remove(call, each)]
    said = f"Taken away from {listed(gone)}." if gone else f"None was put in place {f'for {kind}' if kind else 'here'}."
    standing = put_in_place(call)
    if gone and not standing:
        said += " No reminder comes any more."
    for other, hour in standing.items():
        said += f" {other} still calls at {hour}: {out.PROGRAM} remind --for {other} --remove takes that away."
    out.confirm(said)


def put_in_place(call: Call) -> dict[str, str]:
    """Kind and hour of each timetable that calls for a reminder of this journal, as far as they can be read."""
    from journal_tui import reminder

    found = {}
    for kind in reminder.KINDS:
        with suppress(JournalError):
            found[kind] = reminder.comes_at(call, kind)
    return {kind: hour for kind, hour in found.items() if hour}


def _print_for(call: Call, kind: str) -> None:
    from journal_tui import reminder

    if kind == reminder.CRON:
        _print(reminder.crontab_line(call))
    elif kind == reminder.LAUNCHD:
        _print(reminder.launchd_plist(call).rstrip())
    else:
        for name, content in reminder.systemd_units(call).items():
            _print(f"# ~/.config/systemd/user/{name}\n{content}")


def _print(text: str) -> None:
    """What is to be copied: its lines stay whole in a terminal too."""
    out.echo(f"{clean(text)}\n")
