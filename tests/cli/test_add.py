"""``add``: words in, an id out, and nothing changed on the way."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.command_line import Cli

ODD = "bell \x07 nul \x00 bidi \u202e esc \x1b[31m 你好 👩\u200d👧"


def test_words_from_the_command_line(cli: Cli) -> None:
    result = cli.ok("add", "Anna held", "the door.")
    assert re.fullmatch(r"[0-9a-z]{16}\n", result.out)
    [entry] = cli.entries()
    assert entry["id"] == result.id
    assert entry["text"] == "Anna held the door."
    assert result.err == ""


def test_everything_beside_the_words(cli: Cli) -> None:
    cli.ok(
        "add", "Talked with @Tom. #walk", "--pillar", "bound", "--date", "2025-03-07", "--rating", "4",
        "--tag", "#Rain", "--tag", "walk",
    )  # fmt: skip
    [entry] = cli.entries()
    assert (entry["date"], entry["time"]) == ("2025-03-07", None)
    assert (entry["pillar"], entry["rating"]) == ("boundaries", 4)
    assert entry["tags"] == ["walk", "rain"]
    assert entry["people"] == ["Tom"]
    nothing = {"prompt": "", "ask": "", "choice": [], "signals": [], "skipped": False, "quote": "", "quoted": ""}
    assert entry["answers"] == [nothing | {"text": "Talked with @Tom. #walk"}]
    assert (entry["starred"], entry["source"]) == (False, None)


@pytest.mark.parametrize(
    ("piped", "kept"),
    [
        ("  two\n\nlines  \n", "  two\n\nlines  "),
        ("one\n\n", "one\n"),
        ("dos\r\nlines\r\n", "dos\r\nlines"),
        ("no line end", "no line end"),
        (f"{ODD}\n", ODD),
    ],
)
def test_piped_words_are_kept_exactly(cli: Cli, piped: str, kept: str) -> None:
    id = cli.ok("add", input=piped).id
    assert cli.ok("show", id, "--json").json["text"] == kept
    assert cli.ok("add", "-", input=piped).id != id


def test_bytes_that_are_not_utf_8_are_not_lost(cli: Cli) -> None:
    cli.ok("add", input=b"caf\xe9\n")
    cli.ok("add", b"na\xefve")
    later, earlier = (entry["text"] for entry in cli.entries())
    assert earlier.encode("utf-8", "surrogateescape") == b"caf\xe9"
    assert later.encode("utf-8", "surrogateescape") == b"na\xefve"


def test_an_hour_keeps_its_zone(cli: Cli) -> None:
    cli.ok("add", "summer", "--date", "2025-07-01T21:10")
    cli.ok("add", "far away", "--date", "2025-07-02T21:10-05:00")
    assert [entry["time"] for entry in cli.entries()] == ["2025-07-02T21:10:00-05:00", "2025-07-01T21:10:00+02:00"]


def test_days_in_words(cli: Cli) -> None:
    cli.ok("add", "earlier", "--date", "3 weeks ago")
    [entry] = cli.entries()
    assert (
        timedelta(days=20) <= datetime.now().date() - datetime.fromisoformat(entry["date"]).date() < timedelta(days=23)
    )


def test_the_hours_after_midnight_belong_to_the_day_before(cli: Cli) -> None:
    """The zone is chosen so that it is between half past one and half past two at night there."""
    now = datetime.now(UTC)
    there = now.replace(hour=1, minute=30) - now
    hours = round(there.total_seconds() / 3600)
    night = {"TZ": f"NGT{-hours}"}
    date_there = (now + timedelta(hours=hours)).date()
    cli.ok("add", "late", env=night)
    cli.home.mkdir(exist_ok=True)
    (cli.home / "settings.yaml").write_text("day_starts_at: 0\n")
    cli.ok("add", "early", env=night)
    days = {entry["text"]: entry["date"] for entry in cli.entries()}
    assert days == {"late": str(date_there - timedelta(days=1)), "early": str(date_there)}


def test_files_are_private(cli: Cli) -> None:
    before = os.umask(0)
    try:
        cli.ok("add", "secret")
    finally:
        os.umask(before)
    cli.ok("backup")
    kinds: dict[str, int] = {}
    for path in [cli.home / "data", *(cli.home / "data").rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
        kinds[path.suffix] = mode
    assert {".log", ".zip"} <= set(kinds)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["add", "   "], "the text is empty"),
        (["add", "\n"], "the text is empty"),
        (["add", "x", "--rating", "6"], '--rating "6"'),
        (["add", "x", "--rating", "0"], '--rating "0"'),
        (["add", "x", "--rating", ""], '--rating ""'),
        (["add", "x", "--pillar", "trst"], 'did you mean "trust"'),
        (["add", "x", "--pillar", "re"], "no pillar"),
        (["add", "x", "--date", "2025-02-30"], "there is no 30 February 2025"),
        (["add", "x", "--date", "last month"], "more than one day"),
        (["add", "x", "--date", ""], "no date"),
        (["add", "x", "--dat", "today"], 'did you mean "--date"'),
        (["add", "x", "--tag"], "wants a value"),
        (["add", "x", "--pillar", "\x1b]0;owned\x07"], "no pillar"),
    ],
)
def test_what_cannot_be_understood_is_one_line_and_keeps_nothing(
    cli: Cli, arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = cli.refused_here(capsys, *arguments)
    assert what in line
    assert line.isprintable()
    assert not (cli.home / "data").exists()


def test_an_empty_pipe_keeps_nothing(cli: Cli) -> None:
    assert "the text is empty" in cli.refused("add")
    assert "the text is empty" in cli.refused("add", input=" \n\n")


def test_without_words_in_a_terminal_it_says_how(cli: Cli) -> None:
    assert "pipe them in" in " ".join(cli.in_terminal("add", code=2).split())


@pytest.mark.skipif(not os.access("/dev/full", os.W_OK), reason="this system has no device that is always full")
def test_an_entry_whose_id_cannot_be_printed_is_kept_and_that_is_said(cli: Cli) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [*cli.command, "add", "words"], env=cli.env, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    [entry] = cli.entries()
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "kept" in done.stderr
    assert "No space left" in done.stderr
    assert entry["id"] in done.stderr
