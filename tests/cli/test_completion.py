"""``completion``: what shells are given, tried in the shells themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

from journal_tui.cli.main import main
from journal_tui.dates import WORDS, parse_span
from tests.cli.command_line import Cli
from tests.test_dates import WEDNESDAY

TAB = "\t"


def needs(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed here")


@pytest.fixture
def offered(cli: Cli, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """What is offered for the last of some words, with the remark to each; asked as the shells ask."""

    def offered(*words: str) -> dict[str, str]:
        line = ["journal-tui", "--home", str(cli.home), *words]
        monkeypatch.setenv("_JOURNAL_TUI_COMPLETE", "zsh_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(line))
        monkeypatch.setenv("COMP_CWORD", str(len(line) - 1))
        with pytest.raises(SystemExit):
            main([])
        out, err = capfd.readouterr()
        assert err == ""
        lines = out.splitlines()
        return dict(zip(lines[1::3], lines[2::3], strict=True))

    return offered


def test_what_is_offered(cli: Cli, offered) -> None:  # type: ignore[no-untyped-def]
    id = cli.ok("add", "She laughed.", "--pillar", "trust", "--date", "2025-03-07").id
    own = cli.home / "packs" / "evenings.yaml"
    own.parent.mkdir()
    own.write_text("# mine\nid: evening-walks\ntitle: x\nprompts: []\n")
    assert set(offered("li")) == {"list"}
    assert {"--since", "--limit", "--json", "--help"} <= set(offered("list", "--"))
    assert set(offered("list", "--pillar", "re")) == {"respect", "responsibility"}
    assert {"weekly-review", "evening-walks", "free", "win-win"} <= set(offered("write", ""))
    assert set(offered("packs", "show", "eve")) == {"evening-walks"}
    assert set(offered("write", "--time", "")) == {"two", "ten", "long"}
    assert {"jrnl", "jsonl"} <= set(offered("import", "x", "--from", ""))
    assert {"json", "markdown", "csv"} <= set(offered("export", "--format", ""))
    assert set(offered("settings", "theme", "n")) == {"night", "noon"}
    assert set(offered("settings", "remind")) == {"remind_at", "reminder"}
    assert "gave_way" in offered("mark", id, "laughed", "g")
    assert "one_sided_compromise" in offered("patterns", "partly", "one")
    assert set(offered("remind", "--for", "")) == {"cron", "systemd", "launchd"}
    assert offered("helplines", "pt") == {"pt": "Portugal"}
    [(short, remark)] = offered("show", "").items()
    assert id.endswith(short)
    assert remark == "2025-03-07 trust"


def test_dates_that_are_offered_need_no_quotes_and_are_understood(offered) -> None:  # type: ignore[no-untyped-def]
    found = offered("list", "--since", "")
    assert {"yesterday", "last-month", "3-weeks-ago"} <= set(found)
    for word in found:
        assert shutil.which("true") is None or " " not in word
        parse_span(word, WEDNESDAY)
    assert len(found) < len(WORDS)


def test_nothing_is_asked_told_or_emptied(cli: Cli, offered) -> None:  # type: ignore[no-untyped-def]
    cli.ok("add", "words")
    secret = cli.secret("kettle and rain")
    cli.ok("passphrase", "set", "--new-passphrase-file", secret)
    cli.home.joinpath("settings.yaml").write_text("them: [")
    assert offered("show", "") == {}
    pipe = cli.folder / "pipe"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    os.write(handle, b"kettle and rain\n")
    assert set(offered("--passphrase-file", str(pipe), "li")) == {"list"}
    assert os.read(handle, 100) == b"kettle and rain\n"
    os.close(handle)


def test_bash(cli: Cli) -> None:
    needs("bash")
    child = pexpect.spawn(
        "bash", ["--norc", "--noprofile", "-i"], env=cli.on_path() | {"TERM": "dumb"}, encoding="utf-8", timeout=20
    )
    child.sendline('PS1="ready> "; eval "$(journal-tui completion bash)"; echo lo"aded"')
    child.expect("loaded\r\n")
    for typed, completed in [
        ("journal-tui prom", "promises "),
        ("journal-tui list --pillar tr", "trust "),
        ("journal-tui list --since last-y", "last-year "),
    ]:
        child.send(f"{typed}{TAB}")
        child.expect_exact(typed.rpartition(" ")[0])
        child.expect_exact(completed)
        child.sendcontrol("u")
    Path(cli.folder / "a file.txt").write_text("")
    child.sendline(f"cd '{cli.folder}'")
    child.send(f"journal-tui restore a{TAB}")
    child.expect_exact("a\\ file.txt")
    child.close(force=True)


def test_zsh(cli: Cli) -> None:
    needs("zsh")
    child = pexpect.spawn("zsh", ["-f", "-i"], env=cli.on_path() | {"TERM": "dumb"}, encoding="utf-8", timeout=20)
    child.sendline('autoload -Uz compinit; compinit -u -D; eval "$(journal-tui completion zsh)"; echo lo"aded"')
    child.expect("loaded\r\n")
    child.send(f"journal-tui prom{TAB}")
    child.expect_exact("promises ")
    child.send(f"k{TAB}")
    child.expect_exact("keep ")
    child.close(force=True)


def test_fish(cli: Cli) -> None:
    needs("fish")
    script = (
        "journal-tui completion fish | source; complete -C 'journal-tui prom'; complete -C 'journal-tui list --since l'"
    )
    done = subprocess.run(
        ["fish", "--no-config", "-c", script], env=cli.on_path(), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    offered = [line.partition("\t")[0] for line in done.stdout.splitlines()]
    assert offered[0] == "promises"
    assert {"last-month", "last-30-days"} <= set(offered)
