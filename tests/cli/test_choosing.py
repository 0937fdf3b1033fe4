"""``settings``: shown and changed."""

from __future__ import annotations

import pytest

from journal_tui.settings import SCHEMA
from tests.cli.command_line import Cli


def test_one_is_changed_and_the_rest_of_the_file_stays(cli: Cli) -> None:
    cli.home.mkdir()
    file = cli.home / "settings.yaml"
    file.write_text("# mine\ntheme: paper   # light\nlock_after: 5\n")
    assert cli.ok("settings", "theme", "night").out == "theme: night\n"
    assert file.read_text() == "# mine\ntheme: night   # light\nlock_after: 5\n"
    assert cli.ok("settings", "reminder", "A", "line?").out == "reminder: A line?\n"
    shown = dict(line.split(None, 1) for line in cli.ok("settings").out.splitlines())
    assert list(shown) == list(SCHEMA)
    assert (shown["theme"], shown["lock_after"], shown["reminder"]) == ("night", "5", "A line?")
    assert "Minutes without a key" in cli.ok("settings", "lock_after").out
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["them", "night"], 'did you mean "theme"'),
        (["theme", "nigt"], 'did you mean "night"'),
        (["lock_after", "soon"], "lock_after"),
        (["remind_at", "25:00"], "such as 21:30"),
    ],
)
def test_what_cannot_be_is_one_line(
    cli: Cli, arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert what in cli.refused_here(capsys, "settings", *arguments)
    assert not (cli.home / "settings.yaml").exists()


def test_a_file_that_is_wrong_stays_as_it_is(cli: Cli) -> None:
    cli.home.mkdir()
    (cli.home / "settings.yaml").write_text("them: dusk\n")
    assert "settings.yaml:1" in cli.refused("settings", "theme", "night", code=1)
    assert (cli.home / "settings.yaml").read_text() == "them: dusk\n"
