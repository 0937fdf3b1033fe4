"""``remind``: what timetables are given, and what it does when its hour comes."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from journal_tui.settings import read_settings

from .command_line import Cli

ODD = "a b%h $HOME 'q' \"d\" <&> \\n ü"
"""A folder whose name means something in every timetable."""


def settings(cli: Cli, text: str) -> None:
    cli.home.mkdir(parents=True, exist_ok=True)
    (cli.home / "settings.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def odd(tmp_path: Path) -> Cli:
    """The program with a home of an odd name."""
    cli = Cli(tmp_path / ODD)
    cli.folder.mkdir()
    return cli


def tools(cli: Cli, **scripts: str) -> dict[str, str]:
    """An environment in which these programs of the system are shell scripts; each notes how it was called."""
    folder = cli.folder / "tools"
    folder.mkdir(exist_ok=True)
    for name, script in scripts.items():
        program = folder / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >>"$0.log"\n{script}\n')
        program.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin"}


CRONTAB = """case $1 in
-l) cat "$0.tab" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; };;
-) cat >"$0.new" && mv "$0.new" "$0.tab";;
esac"""


# -- printed ---------------------------------------------------------------------------------------


def test_the_line_is_one_that_cron_takes(cli: Cli) -> None:
    assert cli.ok("remind").out.startswith("0 21 * * *  ")
    settings(cli, 'remind_at: "07:05"\n')
    line = cli.ok("remind").out
    assert line.startswith("5 7 * * *  ")
    assert line.count("\n") == 1
    assert shlex.split(line)[-4:] == ["--home", str(cli.home), "remind", "--now"]


def test_what_the_line_calls_reminds(odd: Cli) -> None:
    settings(odd, "remind_at: 21:00\nreminder: A line, 100 % yours?\n")
    command = odd.ok("remind").out.split(None, 5)[5]
    assert not re.search(r"(?<!\\)%", command), "there cron would end the command"
    command = command.replace("\\%", "%")
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"HOME": "/nowhere", "PYTHONPATH": odd.env["PYTHONPATH"], "PATH": str(odd.folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "A line, 100 % yours?\n"


def test_the_property_list_calls_the_same(odd: Cli) -> None:
    settings(odd, 'remind_at: "7:05"\n')
    about = plistlib.loads(odd.ok("remind", "--for", "launchd").raw)
    assert about["ProgramArguments"][-4:] == ["--home", str(odd.home), "remind", "--now"]
    assert about["StartCalendarInterval"] == {"Hour": 7, "Minute": 5}


def test_systemd_takes_the_units(odd: Cli) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed here")
    env = tools(odd, systemctl="") | {"XDG_CONFIG_HOME": str(odd.folder.parent / "config")}
    odd.ok("remind", "--for", "systemd", "--install", env=env)
    units = sorted((odd.folder.parent / "config" / "systemd" / "user").iterdir())
    assert [unit.suffix for unit in units] == [".service", ".timer"]
    assert 'a b%%h $$HOME \'q\' \\"d\\" <&> \\\\n ü/home"' in units[0].read_text()
    command = ["systemd-analyze", "verify", "--user", *map(str, units)]
    runtime = odd.env | {"XDG_RUNTIME_DIR": str(odd.folder.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=runtime)
    complaints = [line for line in done.stderr.splitlines() if "journal-tui-remind" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr


def test_two_journals_have_a_reminder_each(cli: Cli) -> None:
    one, other = (cli.ok("--home", home, "remind", "--for", "launchd").raw for home in ("one", "other"))
    assert plistlib.loads(one)["Label"] != plistlib.loads(other)["Label"]


# -- put in place ----------------------------------------------------------------------------------


def test_crontab_gets_one_line_and_loses_no_other(cli: Cli) -> None:
    env = tools(cli, crontab=CRONTAB)
    tab = cli.folder / "tools" / "crontab.tab"
    tab.write_text("# mine\n5 4 * * * backup\n0 21 * * * journal-tui remind --now\n")
    before = tab.read_text()
    said = cli.ok("remind", "--install", env=env).out
    assert "21:00" in said
    assert "journal-tui remind --for cron --remove" in said
    settings(cli, 'remind_at: "07:05"\n')
    cli.ok("remind", "--install", env=env)
    *others, ours = tab.read_text().splitlines()
    assert others == before.splitlines()
    assert ours.startswith("5 7 * * *  ")
    assert shlex.split(ours, comments=True)[-4:] == ["--home", str(cli.home), "remind", "--now"]
    cli.ok("--home", str(cli.folder / "other"), "remind", "--install", env=env)
    cli.ok("remind", "--remove", env=env)
    assert tab.read_text().startswith(before)
    assert str(cli.folder / "other") in tab.read_text()
    assert str(cli.home) not in tab.read_text()
    assert "None was put" in cli.ok("remind", "--remove", env=env).out


@pytest.mark.parametrize(
    "before", [b"# caf\xe9\r\n1 2 * * * a\x0cb\x1cc\x85\r\r\n\n\n", "# \u2028ü\n".encode(), b"\n", b""]
)
def test_other_lines_of_a_crontab_stay_byte_for_byte(cli: Cli, before: bytes) -> None:
    env = tools(cli, crontab=CRONTAB)
    tab = cli.folder / "tools" / "crontab.tab"
    tab.write_bytes(before)
    cli.ok("remind", "--install", env=env)
    after = tab.read_bytes()
    assert after.startswith(before + b"0 21 * * *  ")
    assert after.count(b"\n") == before.count(b"\n") + 1
    cli.ok("remind", "--remove", env=env)
    assert tab.read_bytes() == before


def test_a_last_line_without_its_end_stays_a_line(cli: Cli) -> None:
    env = tools(cli, crontab=CRONTAB)
    tab = cli.folder / "tools" / "crontab.tab"
    tab.write_bytes(b"5 4 * * * backup")
    cli.ok("remind", "--install", env=env)
    assert tab.read_bytes().startswith(b"5 4 * * * backup\n0 21")


def test_a_crontab_that_takes_nothing_stays(cli: Cli) -> None:
    env = tools(cli, crontab='[ "$1" = -l ] && exit 0; echo "crontab: disk \033[1m full" >&2; exit 1')
    line = cli.refused("remind", "--install", code=1, env=env)
    assert line.startswith("crontab - refused (crontab: disk ")
    assert line.endswith("nothing was changed")
    assert line.isprintable()


def test_a_crontab_that_cannot_be_read_stays(cli: Cli) -> None:
    env = tools(cli, crontab='[ "$1" = -l ] && { echo "not allowed" >&2; exit 1; }; touch "$0.written"')
    assert "not allowed" in cli.refused("remind", "--install", code=1, env=env)
    assert not (cli.folder / "tools" / "crontab.written").exists()
    assert "there is no crontab here" in cli.refused("remind", "--install", code=1, env={"PATH": str(cli.folder)})


def test_systemd_is_given_the_units_and_relieved_of_them(cli: Cli) -> None:
    env = tools(cli, systemctl="")
    units = cli.folder / "xdg-config" / "systemd" / "user"
    cli.ok("remind", "--for", "systemd", "--install", env=env)
    [service, timer] = sorted(units.iterdir())
    assert service.stem == timer.stem
    assert "OnCalendar=*-*-* 21:00:00" in timer.read_text()
    cli.ok("remind", "--for", "systemd", "--remove", env=env)
    assert list(units.iterdir()) == []
    calls = (cli.folder / "tools" / "systemctl.log").read_text().splitlines()
    assert calls == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {timer.name}",
        f"systemctl --user disable --now {timer.name}",
    ]
    service.write_text("[Service]\nExecStart=/bin/true\n")
    for what in ("--install", "--remove"):
        assert str(service) in cli.refused("remind", "--for", "systemd", what, code=1, env=env)
    assert service.read_text() == "[Service]\nExecStart=/bin/true\n"


def test_what_systemd_refuses_leaves_nothing(cli: Cli) -> None:
    env = tools(cli, systemctl='echo "no bus" >&2; exit 1')
    assert "no bus" in cli.refused("remind", "--for", "systemd", "--install", code=1, env=env)
    assert list((cli.folder / "xdg-config" / "systemd" / "user").iterdir()) == []


def test_launchd_is_given_the_list_and_relieved_of_it(cli: Cli) -> None:
    env = tools(cli, launchctl="")
    cli.ok("remind", "--for", "launchd", "--install", env=env)
    [file] = (cli.folder / "user" / "Library" / "LaunchAgents").iterdir()
    assert plistlib.loads(file.read_bytes())["Label"] == file.stem
    assert f"bootstrap gui/{os.getuid()} {file}" in (cli.folder / "tools" / "launchctl.log").read_text()
    cli.ok("remind", "--for", "launchd", "--remove", env=env)
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--for", "systemdd"], 'did you mean "systemd"'),
        (["--install", "--remove"], "say one of them"),
    ],
)
def test_what_is_refused(cli: Cli, arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert what in cli.refused_here(capsys, "remind", *arguments)


def test_a_folder_that_no_timetable_takes(cli: Cli) -> None:
    assert "rename" in cli.refused("--home", f"{cli.folder}/a\nb", "remind", code=1)


def test_what_stands_in_two_timetables_is_taken_from_both(cli: Cli) -> None:
    env = tools(cli, crontab=CRONTAB, systemctl="")
    units = cli.folder / "xdg-config" / "systemd" / "user"
    cli.ok("settings", "remind_at", "20:30", env=env)
    cli.ok("remind", "--install", env=env)
    cli.ok("remind", "--for", "systemd", "--install", env=env)
    assert cli.ok("settings", "remind_at", "20:30", env=env).err == ""
    told = cli.ok("settings", "remind_at", "22:15", env=env).err.splitlines()
    assert [(line.count("still comes at 20:30"), line.count("--install renews")) for line in told] == [(1, 1)] * 2
    cli.ok("remind", "--for", "systemd", "--install", env=env)
    said = cli.ok("remind", "--for", "cron", "--remove", env=env).out
    assert said.startswith("Taken away from cron. systemd still calls at 22:15: ")
    assert "None was put in place for cron. systemd still" in cli.ok("remind", "--for", "cron", "--remove", env=env).out
    cli.ok("remind", "--install", env=env)
    said = cli.ok("settings", "remind_at", "none", env=env).err
    assert said.count("still calls at 22:15, and nothing is said: journal-tui remind --remove") == 2
    assert (
        cli.ok("remind", "--remove", env=env).out == "Taken away from cron and systemd. No reminder comes any more.\n"
    )
    assert list(units.iterdir()) == []
    assert "journal-tui" not in (cli.folder / "tools" / "crontab.tab").read_text()
    assert cli.ok("remind", "--remove", env=env).out == "None was put in place here.\n"


def test_who_has_no_hour_is_given_one_with_the_timetable(cli: Cli) -> None:
    env = tools(cli, crontab=CRONTAB, systemctl="exit 1", launchctl="")
    assert (cli.ok("remind", "--now", env=env).out, cli.ok("remind", "--now", env=env).err) == ("", "")
    assert "remind_at is none" in cli.ok("remind", env=env).err
    cli.refused("remind", "--for", "systemd", "--install", code=1, env=env)
    assert read_settings(cli.home / "settings.yaml")[0].remind_at == ""
    cli.ok("remind", "--for", "launchd", "--install", env=env)
    assert read_settings(cli.home / "settings.yaml")[0].remind_at == "21:00"
    assert "By launchd it still comes at 21:00" in cli.ok("settings", "remind_at", "7:05", env=env).err
    assert cli.ok("remind", "--now", env=env | {"PATH": ""}).out == "A few lines about today?\n"


# -- its hour --------------------------------------------------------------------------------------


def test_a_desktop_is_told_instead(cli: Cli, tmp_path: Path) -> None:
    settings(cli, "remind_at: 21:00\nreminder: --urgency critical\n")
    desktop = tmp_path / "desktop"
    desktop.mkdir()
    program = desktop / "notify-send"
    program.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done >"$0.said"\n')
    program.chmod(0o755)
    assert cli.ok("remind", "--now", env={"PATH": str(desktop)}).out == ""
    assert (desktop / "notify-send.said").read_text().splitlines()[-2:] == ["--", "--urgency critical"]
    program.write_text("#!/bin/sh\nexit 1\n")
    assert cli.ok("remind", "--now", env={"PATH": str(desktop)}).out == "--urgency critical\n"


def test_no_passphrase_is_needed(cli: Cli) -> None:
    settings(cli, "remind_at: 21:00\n")
    cli.ok("--passphrase-file", cli.secret("kettle and rain"), "passphrase", "set")
    assert cli.ok("remind", "--now", env={"PATH": ""}).out == "A few lines about today?\n"
