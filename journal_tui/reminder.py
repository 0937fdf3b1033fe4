"""A reminder to write: how the system's timetable calls for it (cron, systemd or launchd), and how it is shown."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journal_tui.files import is_there, write_private
from journal_tui.model import JournalError
from journal_tui.paths import Paths
from journal_tui.settings import Settings
from journal_tui.text import clean_line

KINDS = CRON, SYSTEMD, LAUNCHD = ("cron", "systemd", "launchd")
_PROGRAM = "journal-tui"
_OURS = f"# Written by {_PROGRAM} remind --install; --remove takes it away."

EVENING = "21:00"
"""When, unless the settings say."""
_SECONDS = 10.0
"""What a desktop gets to show it, and a program of the system to end."""
_HOURS = {
    CRON: r"^(?P<minute>\d+) (?P<hour>\d+) ",
    SYSTEMD: r"OnCalendar=\*-\*-\* (?P<hour>\d+):(?P<minute>\d+)",
    LAUNCHD: r"<key>Hour</key>\s*<integer>(?P<hour>\d+)</integer>\s*<key>Minute</key>\s*<integer>(?P<minute>\d+)<",
}
"""Where each timetable tells when."""
_APPLE = "on run words\ndisplay notification (item 1 of words) with title (item 2 of words)\nend run"


@dataclass(frozen=True, slots=True)
class Call:
    """What the timetable calls, and when: every day at this hour and minute."""

    command: tuple[str, ...]
    hour: int
    minute: int
    name: str
    """Of its own for each journal, so that two do not take one another's place."""


def daily_call(settings: Settings, paths: Paths) -> Call:
    """The call that reminds of this journal.

    Raises:
        JournalError: the name of its folder holds what no timetable can.
    """
    hour, _, minute = (settings.remind_at or EVENING).partition(":")
    command, name = _program(), "journal-tui-remind"
    if paths.data == paths.config / "data":
        command += ["--home", str(paths.config)]
        name += f"-{hashlib.sha256(os.fsencode(paths.config)).hexdigest()[:8]}"
    if not all(map(str.isprintable, command)):
        raise JournalError(f"{clean_line(str(paths.config))} has a sign in its name that no timetable takes: rename it")
    return Call((*command, "remind", "--now"), int(hour), int(minute), name)


def _program() -> list[str]:
    """This program, as a timetable finds it that knows no PATH and no environment of Python."""
    called = Path(sys.argv[0])
    if called.name == "journal-tui" and called.is_file():
        return [str(called.absolute())]
    found = shutil.which("journal-tui")
    return [found] if found else [sys.executable, "-m", "journal_tui"]


# -- the forms of it -------------------------------------------------------------------------------


def crontab_line(call: Call) -> str:
    """The line of a crontab(5)."""
    # In a crontab a percent sign ends the command.
    words = shlex.join(call.command).replace("%", "\\%")
    return f"{call.minute} {call.hour} * * *  {words}"


def systemd_units(call: Call) -> dict[str, str]:
    """The files of a user's systemd by their names: systemd.service(5), systemd.timer(5)."""
    first, *others = call.command
    # What is run is no place for variables: there a dollar stands for itself.
    words = " ".join([_systemd_word(first), *(_systemd_word(word).replace("$", "$$") for word in others)])
    return {
        f"{call.name}.service": f"""{_OURS}
[Unit]
Description=A reminder to write in the journal

[Service]
Type=oneshot
ExecStart={words}
""",
        f"{call.name}.timer": f"""{_OURS}
[Unit]
Description=A reminder to write in the journal

[Timer]
OnCalendar=*-*-* {call.hour:02}:{call.minute:02}:00

[Install]
WantedBy=timers.target
""",
    }


def _systemd_word(word: str) -> str:
    """`word` quoted as systemd.syntax(7) has it; a percent sign begins a specifier."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("%", "%%")):
        word = word.replace(plain, escaped)
    return f'"{word}"'


def launchd_plist(call: Call) -> str:
    """The property list of a launch agent: launchd.plist(5)."""
    import plistlib

    about = {
        "Label": call.name,
        "ProgramArguments": list(call.command),
        "StartCalendarInterval": {"Hour": call.hour, "Minute": call.minute},
    }
    return plistlib.dumps(about).decode()


# -- putting it in place ---------------------------------------------------------------------------


def install(call: Call, kind: str) -> None:
    """Puts the call into this user's timetable of `kind` (one of `KINDS`), in place of the one put there before.

    Raises:
        JournalError: that timetable is not there, or takes nothing; it is as it was.
    """
    if kind == CRON:
        kept = _without_ours(_crontab(), call)
        _write_crontab([*kept, os.fsencode(f"{crontab_line(call)}  ") + _mark(call)])
        return
    files = _files(call, kind)
    for file in files:
        _check_ours(file, call, kind)
    before = {file: file.read_bytes() if is_there(file) else None for file in files}
    try:
        if kind == LAUNCHD:
            _run(["launchctl", "bootout", _domain(call)], is_needed=False)
        for file, content in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            write_private(file, content.encode())
        for command in _starting(call, kind):
            _run(command)
    except (OSError, JournalError) as error:
        for file, old in before.items():
            file.unlink(missing_ok=True) if old is None else write_private(file, old)
        if isinstance(error, JournalError):
            raise
        raise JournalError(f"the reminder could not be put in place ({error.strerror}); nothing was changed") from None


def remove(call: Call, kind: str) -> bool:
    """Takes away what `install` put there; False: nothing was.

    Raises:
        JournalError: it could not be taken away.
    """
    if kind == CRON:
        lines = _crontab()
        kept = _without_ours(lines, call)
        if kept != lines:
            _write_crontab(kept)
        return kept != lines
    there = [file for file in _files(call, kind) if is_there(file)]
    for file in there:
        _check_ours(file, call, kind)
    if there:
        ending = ["systemctl", "--user", "disable", "--now", f"{call.name}.timer"]
        _run(ending if kind == SYSTEMD else ["launchctl", "bootout", _domain(call)], is_needed=False)
        try:
            for file in there:
                file.unlink()
        except OSError as error:
            raise JournalError(f"{file} could not be removed ({error.strerror}): remove it by hand") from None
    return bool(there)


def comes_at(call: Call, kind: str) -> str:
    """The hour of what `install` put into the timetable of `kind`, as ``20:30``; empty: nothing of ours is there.

    Raises:
        JournalError: the timetable cannot be read.
    """
    if kind == CRON:
        lines = _crontab() if shutil.which("crontab") else []
        content = b"".join(line for line in lines if line.endswith(_mark(call))).decode("utf-8", "replace")
    else:
        ours = [file for file in _files(call, kind) if _is_ours(file, call, kind)]
        content = "".join(file.read_text("utf-8", "replace") for file in ours)
    found = re.search(_HOURS[kind], content)
    if not found:
        return "another hour" if content else ""
    return f"{int(found['hour']):02}:{int(found['minute']):02}"


def _files(call: Call, kind: str) -> dict[Path, str]:
    """Where the files of a timetable lie, and what is in them."""
    if kind == LAUNCHD:
        return {Path.home() / "Library" / "LaunchAgents" / f"{call.name}.plist": launchd_plist(call)}
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return {Path(config) / "systemd" / "user" / name: content for name, content in systemd_units(call).items()}


def _check_ours(file: Path, call: Call, kind: str) -> None:
    """
    Raises:
        JournalError: something else lies at `file`.
    """
    if is_there(file) and not _is_ours(file, call, kind):
        raise JournalError(f"{file} was not written by {_PROGRAM}, and is left alone: move it away first")


def _is_ours(file: Path, call: Call, kind: str) -> bool:
    ours = f"<string>{call.name}</string>" if kind == LAUNCHD else _OURS
    return file.is_file() and ours in file.read_text("utf-8", "replace")


def _starting(call: Call, kind: str) -> list[list[str]]:
    if kind == LAUNCHD:
        [file] = _files(call, kind)
        return [["launchctl", "bootstrap", f"gui/{os.getuid()}", str(file)]]
    systemctl = ["systemctl", "--user"]
    return [[*systemctl, "daemon-reload"], [*systemctl, "enable", "--now", f"{call.name}.timer"]]


def _domain(call: Call) -> str:
    return f"gui/{os.getuid()}/{call.name}"


def _mark(call: Call) -> bytes:
    """What stands at the end of our line in a crontab, for the shell a remark."""
    return f"# {call.name}: put here by {_PROGRAM} remind --install".encode()


def _without_ours(lines: Sequence[bytes], call: Call) -> list[bytes]:
    return [line for line in lines if not line.endswith(_mark(call))]


def _crontab() -> list[bytes]:
    """The lines of this user's crontab, as they are: cron knows no other end of a line than a line feed.

    Raises:
        JournalError: it cannot be read.
    """
    done = _run(["crontab", "-l"], is_needed=False)
    if done.returncode and not re.search(rb"no crontab|no such file", done.stderr, re.IGNORECASE):
        raise JournalError(f"the crontab could not be read ({_said(done)}): journal-tui remind prints the line for it")
    return done.stdout.removesuffix(b"\n").split(b"\n") if done.stdout and not done.returncode else []


def _write_crontab(lines: Sequence[bytes]) -> None:
    _run(["crontab", "-"], input=b"".join(line + b"\n" for line in lines))


def _run(command: list[str], *, input: bytes = b"", is_needed: bool = True) -> subprocess.CompletedProcess[bytes]:
    """Runs a program of the system.

    Raises:
        JournalError: it is not there or takes too long, or it fails and `is_needed`.
    """
    try:
        done = subprocess.run(
            command,
            input=input,
            capture_output=True,
            timeout=_SECONDS,
            env=os.environ | {"LC_ALL": "C"},
            check=False,
        )
    except FileNotFoundError:
        raise JournalError(f"there is no {command[0]} here: choose another with --for {', '.join(KINDS)}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise JournalError(f"{command[0]} could not be run ({type(error).__name__}); nothing was changed") from None
    if done.returncode and is_needed:
        raise JournalError(f"{shlex.join(command[:3])} refused ({_said(done)}); nothing was changed")
    return done


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return clean_line(done.stderr.decode("utf-8", "replace"))[:200] or f"exit code {done.returncode}"


# -- showing it ------------------------------------------------------------------------------------


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
