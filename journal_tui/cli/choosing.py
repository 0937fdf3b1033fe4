"""``settings``: what can be chosen, and choosing it."""

from __future__ import annotations

from contextlib import suppress

import click

from journal_tui.cli import out
from journal_tui.cli.params import as_json, offering
from journal_tui.model import JournalError, UsageError, did_you_mean
from journal_tui.paths import Paths
from journal_tui.text import clean_line, shorten


@click.command()
@click.argument("name", required=False, shell_complete=offering("settings"))
@click.argument("value", nargs=-1, shell_complete=offering("setting_values"))
@as_json
@click.pass_obj
def settings(paths: Paths, name: str | None, value: tuple[str, ...], as_json: bool) -> None:
    """Show the settings, or change one.

    With NAME one is shown with what it takes, with a VALUE it is changed. The rest of the file stays as it is.

    \b
      journal-tui settings
      journal-tui settings remind_at 21:30
      journal-tui settings theme night
    """
    from journal_tui.settings import SCHEMA, Kind, parse_value, read_settings, say_value, write_setting

    if name is not None and name not in SCHEMA:
        hint = did_you_mean(name, list(SCHEMA))
        raise UsageError(f'no setting is called "{shorten(name, 40)}"{hint}: {out.PROGRAM} settings names them')
    if name and value:
        from journal_tui.paths import make_private

        make_private(paths.config)
        chosen = parse_value(SCHEMA[name], " ".join(value), paths.settings, called=name)
        write_setting(paths.settings, name, chosen)
        out.confirm(f"{name}: {clean_line(say_value(chosen))}")
        if SCHEMA[name].kind is Kind.CLOCK:
            _note_timetables(paths, str(chosen))
        return
    found, faults = read_settings(paths.settings)
    for fault in faults:
        out.tell(str(fault))
    shown = [SCHEMA[name]] if name else list(SCHEMA.values())
    if as_json:
        out.say_json({setting.key: getattr(found, setting.key) for setting in shown})
        return
    wide = max(len(setting.key) for setting in shown)
    for setting in shown:
        out.say(setting.key.ljust(wide), "  ", clean_line(say_value(getattr(found, setting.key))))
    if name:
        out.say()
        out.paragraph(SCHEMA[name].help, dim=True)
        out.paragraph(f"It takes {SCHEMA[name].takes}.", dim=True)
        if SCHEMA[name].kind is Kind.CLOCK:
            out.paragraph(f"{out.PROGRAM} remind --install has your system call it.", dim=True)


def _note_timetables(paths: Paths, hour: str) -> None:
    """What the timetables of the system make of the hour that was set."""
    from journal_tui.cli.reminding import put_in_place
    from journal_tui.reminder import daily_call
    from journal_tui.settings import Settings

    in_place = {}
    with suppress(JournalError):  # a folder with a name that no timetable takes: none was put in place
        in_place = put_in_place(daily_call(Settings(remind_at=hour), paths))
    if hour and not in_place:
        out.note(f"It comes once your system's timetable calls it: {out.PROGRAM} remind --install")
    for kind, at in in_place.items():
        if not hour:
            out.note(f"{kind} still calls at {at}, and nothing is said: {out.PROGRAM} remind --remove takes it away")
        elif at != hour:
            out.note(f"By {kind} it still comes at {at}: {out.PROGRAM} remind --for {kind} --install renews it")
