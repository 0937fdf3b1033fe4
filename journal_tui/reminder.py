"""A reminder to write: the line with which the system's timetable calls for it, and how it is shown."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from journal_tui.paths import Paths
from journal_tui.settings import Settings

EVENING = "21:00"
"""When, unless the settings say."""
_SECONDS = 10.0
"""What a desktop gets to show it."""
_APPLE = "on run words\ndisplay notification (item 1 of words) with title (item 2 of words)\nend run"


def crontab_line(settings: Settings, paths: Paths) -> str:
    """The line of a crontab(5) that reminds every day, with this journal's settings."""
    hour, _, minute = (settings.remind_at or EVENING).partition(":")
    command = [shutil.which("journal-tui") or "journal-tui"]
    if paths.data == paths.config / "data":
        command += ["--home", str(paths.config)]
    # In a crontab a percent sign ends the command.
    words = shlex.join([*command, "remind", "--now"]).replace("%", "\\%")
    return f"{int(minute)} {int(hour)} * * *  {words}"


def show_on_desktop(words: str, title: str) -> bool:
    """Shows `words` as a notification of the desktop; False where there is none that takes it."""
    environment = dict(os.environ)
    bus = Path(f"/run/user/{os.getuid()}/bus")
    if bus.exists():  # cron does not know of it
        environment.setdefault("DBUS_SESSION_BUS_ADDRESS", f"unix:path={bus}")
    for command in (["notify-send", "--app-name", title, "--", words], ["osascript", "-e", _APPLE, words, title]):
        program = shutil.which(command[0])
        if program:
            try:
                done = subprocess.run(
                    [program, *command[1:]], env=environment, timeout=_SECONDS, capture_output=True, check=False
                )
            except (OSError, subprocess.TimeoutExpired):
                continue
            if done.returncode == 0:
                return True
    return False
