"""``completion``: what shells are given, tried in the shells themselves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pexpect
import pytest

from journal_tui.cli.main import main
from journal_tui.dates import WORDS, parse_span
from journal_tui.store.storage import LogDB
from tests.cli.command_line import Cli
from tests.test_dates import WEDNESDAY

TAB = "\t"
HOSTILE = "p$(touch ran)", "q$(touch ran)", "r`touch ran`", "s;touch ran;", "t\ntouch ran\n", "-x", "u,'\":\t"
"""Ids that mean more than a word to a shell; no end of the first two tells them apart."""
ODD = "a:b, 'c' \"d\"\t$(touch ran)\nplain\n*"
"""A name that is shown beside a word."""


START = {
    "bash": (["--norc", "--noprofile", "-i"], 'PS1="ready> "'),
    "zsh": (["-f", "-i"], "autoload -Uz compinit; compinit -u -D"),
}


def begun(shell: str, cli: Cli) -> pexpect.spawn[str]:
    """A shell that completes."""
    arguments, first = START[shell]
    env = cli.on_path() | {"TERM": "dumb"}
    child = pexpect.spawn(shell, arguments, env=env, encoding="utf-8", timeout=20, cwd=str(cli.folder))
    child.sendline(f'{first}; eval "$(journal-tui completion {shell})"; echo lo"aded"')
    child.expect("loaded\r\n")
    return child


@pytest.fixture
def hostile(cli: Cli) -> Cli:
    """A home in which others wrote ids and names. Such ids are refused where records are read, and once more here."""
    entry = cli.ok("add", "words").id
    journal = LogDB(cli.home / "data")
    for id in HOSTILE:
        journal.table("commitments").insert({"id": id, "entry": entry, "text": ODD, "made": "2025-03-07"})
    (cli.home / "themes").mkdir()
    (cli.home / "themes" / "$(touch ran).yaml").write_text("")
    line = '{"name": "x", "number": "1", "for": "x"}'
    country = f'{{"code": "qz", "name": {json.dumps(ODD)}, "emergency": "1", "lines": [{line}]}}'
    (cli.home / "help.yaml").write_text(f'{{"countries": [{country}]}}')
    return cli


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
    formats = offered("import", "x", "--from", "")
    assert {"jrnl", "jsonl"} <= set(formats)
    assert (formats["tui-journal"], formats["csv"]) == ("SQLite", "_")
    assert all(name not in remark.casefold().split() for name, remark in formats.items())
    assert {"json", "markdown", "csv"} <= set(offered("export", "--format", ""))
    assert set(offered("settings", "theme", "n")) == {"night", "noon"}
    assert set(offered("settings", "remind")) == {"remind_at", "reminder"}
    assert "gave_way" in offered("mark", id, "laughed", "g")
    cli.ok("mark", id, "laughed", "settled")
    mark = cli.ok("marks", "--json").json[0]["id"]
    [(short, remark)] = offered("marks", "remove", "").items()
    assert mark.endswith(short)
    assert remark.endswith(" settled")
    assert "one_sided_compromise" in offered("patterns", "partly", "one")
    assert set(offered("remind", "--for", "")) == {"cron", "systemd", "launchd"}
    assert offered("helplines", "pt") == {"pt": "Portugal"}
    assert set(offered("help", "packs", "sch")) == {"schema"}
    assert set(offered("completion", "")) == {"bash", "zsh", "fish"}
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


def test_a_format_is_offered_once(offered) -> None:  # type: ignore[no-untyped-def]
    assert offered("import", "x", "--from", "jrnl")["jrnl"] == "encrypted, text, folder"
    assert offered("import", "x", "--from", "dayone")["dayone"] == "Day One"


def test_only_plain_words_are_offered_each_with_one_line(hostile: Cli, offered) -> None:  # type: ignore[no-untyped-def]
    assert offered("promises", "keep", "") == {}
    assert not [word for word in offered("settings", "theme", "") if "$" in word]
    assert offered("helplines", "qz")["qz"] == " ".join(ODD.split())


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_nothing_that_others_wrote_is_run(hostile: Cli, shell: str) -> None:
    needs(shell)
    child = begun(shell, hostile)
    for id in HOSTILE[1:5]:
        child.send(f"journal-tui promises keep {id[0]}{TAB}")
        child.sendline("; echo o'v'er")
        child.expect("over\r\n")
    child.send(f"journal-tui helplines q{TAB}{TAB}; echo o'v'er\r")
    child.expect("over\r\n")
    child.close(force=True)
    assert not list(hostile.folder.rglob("ran*"))


def test_bash(cli: Cli) -> None:
    needs("bash")
    child = begun("bash", cli)
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
    child = begun("zsh", cli)
    child.send(f"journal-tui prom{TAB}")
    child.expect_exact("promises ")
    child.send(f"k{TAB}")
    child.expect_exact("keep ")
    child.close(force=True)


def test_fish(hostile: Cli) -> None:
    needs("fish")
    asked = ("prom", "list --since l", "list --lim", "helplines q", "promises keep ")
    script = ["journal-tui completion fish | source", *(f"complete -C 'journal-tui {words}'; echo" for words in asked)]
    done = subprocess.run(
        ["fish", "--no-config", "-c", "\n".join(script)],
        env=hostile.on_path(),
        cwd=hostile.folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert not list(hostile.folder.rglob("ran*"))
    offered = [dict(line.partition("\t")[::2] for line in answer.splitlines()) for answer in done.stdout.split("\n\n")]
    assert list(offered[0]) == ["promises"]
    assert {"last-month", "last-30-days"} <= set(offered[1])
    assert offered[1]["last-30-days"] == dict(WORDS)["last 30 days"], "whole, with its commas"
    assert offered[2] == {"--limit": "Only the newest N entries; 0 for all."}
    assert offered[3] == {"qz": " ".join(ODD.split())}
    assert offered[4] == {"": ""}
