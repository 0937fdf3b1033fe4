"""``helplines``: needs no journal, and reads well in any width."""

from __future__ import annotations

import json

import pytest

from journal_tui.cli.main import main
from tests.cli.command_line import Cli


def shown(cli: Cli, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """What one command prints on both streams; in this process, which takes a hundredth of the time."""
    with pytest.raises(SystemExit) as end:
        main(["--home", str(cli.home), "helplines", *arguments])
    assert not end.value.code
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_it_needs_neither_the_passphrase_nor_a_whole_journal(cli: Cli) -> None:
    data = cli.home / "data"
    data.mkdir(parents=True)
    (data / "vault.json").write_text("{")
    (data / "here.log").write_bytes(b"\x00damaged")
    (cli.home / "settings.yaml").write_text("nonsense: [")
    before = cli.files()
    result = cli.ok("helplines", env={"LC_ALL": "de_AT.UTF-8"})
    assert result.err == ""
    places = [
        result.out.index(words) for words in ("Austria\n", "In danger: 112", "142 · TelefonSeelsorge", "Everywhere")
    ]
    assert places == sorted(places)
    assert cli.files() == before


def test_a_country_can_be_named_and_the_others_are_listed(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = shown(cli, capsys, "portugal")
    assert "1411" in out
    assert "TelefonSeelsorge" not in out
    assert "Spain" in " ".join(out.split())
    out, _ = shown(cli, capsys)
    assert "In danger" not in out  # the locale of the tests names no country
    assert "findahelpline.com" in out
    assert not cli.home.exists()


def test_a_country_that_is_not_known_is_one_line(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--home", str(cli.home), "helplines", "Portugla"])
    assert end.value.code == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert 'did you mean "portugal"' in captured.err


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    cli: Cli, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for country in ("gb", "de", "us"):
        out, _ = shown(cli, capsys, country)
        assert max(map(len, out.splitlines())) <= min(columns, 76)


def test_the_json_has_all_of_it(cli: Cli, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_CH.UTF-8")
    found = json.loads(shown(cli, capsys, "--json")[0])
    assert list(found) == ["opening", "note", "checked", "country", "countries", "directory"]
    assert found["country"] == "ch"
    assert len(found["countries"]) >= 30
    one = json.loads(shown(cli, capsys, "finland", "--json")[0])
    assert one["country"] == "fi"
    [country] = one["countries"]
    assert country["lines"][1] == {
        "name": "Nollalinja",
        "number": "116 016 or 080 005 005",
        "for": "Violence or fear in a close relationship",
        "hours": "day and night",
        "languages": ["Finnish", "Swedish", "English"],
        "web": "nollalinja.fi",
    }


def test_ones_own_file_is_used_and_a_broken_one_told(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    cli.home.mkdir()
    own = cli.home / "help.yaml"
    own.write_text("country: at\nopening: Ruf an.\n")
    out, err = shown(cli, capsys)
    assert out.startswith("Ruf an.\n")
    assert "\nAustria\n" in out
    assert err == ""
    own.write_text("country: at\nopenings: x\n")
    out, err = shown(cli, capsys)
    assert "You need not carry this alone" in out
    assert err.startswith(f"journal-tui: helplines left out: {own}:2:1: ")
    assert err.count("\n") == 1
    assert 'did you mean "opening"' in err
    assert [path.name for path in cli.home.iterdir()] == ["help.yaml"]
