"""``insights``, ``import`` and ``paths``."""

from __future__ import annotations

import json
from pathlib import Path

import pexpect
import pytest

from tests.cli.command_line import ROOT, Cli

# -- insights --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gardener(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """Four entries on one theme, for reading only."""
    cli = Cli(tmp_path_factory.mktemp("gardener"))
    lines = [
        {
            "date": f"2025-0{month}-{day:02}",
            "text": f"The greenhouse again, {what}.",
            "pillar": "trust",
            "rating": rating,
        }
        for month, day, what, rating in (
            (1, 3, "with Anna and too much wind", 2),
            (1, 17, "seeds in every pocket", 4),
            (2, 4, "a pane was broken", 3),
            (3, 1, "and Anna laughed at my gloves", 5),
        )
    ]
    (cli.folder / "garden.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    cli.ok("import", "garden.jsonl")
    return cli


def test_insights_name_what_keeps_coming_back(gardener: Cli) -> None:
    page = gardener.ok("insights").out
    assert "greenhouse" in page
    assert "in 4 of 4 entries" in page
    assert "“The greenhouse again" in page
    assert "lived 3.5 of 5" in page
    assert max(map(len, page.splitlines())) <= 80
    assert "Promises appear once" in page


def test_insights_as_json(gardener: Cli) -> None:
    report = gardener.ok("insights", "--json", "--as-of", "2025-02-10").json
    assert {"themes", "patterns", "pillars", "people", "promises"} <= set(report)
    assert (report["as_of"], report["entries"]) == ("2025-02-10", 3)
    assert [theme["entries"] for theme in report["themes"] if "greenhouse" in theme["label"]] == [3]


def test_a_period_means_its_last_day(gardener: Cli) -> None:
    assert gardener.ok("insights", "--json", "--as-of", "2025-01").json["as_of"] == "2025-01-31"


def test_plain_glyphs(gardener: Cli) -> None:
    settings = gardener.home / "settings.yaml"
    settings.write_text("plain_glyphs: true\n")
    page = gardener.ok("insights").out
    settings.unlink()
    assert "#####" in page
    assert "█" not in page


def test_kind_words_where_there_is_little(cli: Cli) -> None:
    result = cli.ok("insights")
    assert "Themes appear from the third entry on" in result.out
    assert cli.ok("insights", "--json").json["themes"] == []
    assert "no date" in cli.refused("insights", "--as-of", "soonish")


# -- import ----------------------------------------------------------------------------------------


def test_import_says_what_came_in_and_undo_takes_it_back(cli: Cli) -> None:
    (cli.folder / "old.jsonl").write_text('{"date": "2025-01-01", "text": "one"}\n{"date": "soon", "text": "two"}\n')
    dry = cli.ok("import", "old.jsonl", "--dry-run", "--json").json
    assert (dry["new"], dry["dry_run"], len(dry["left_out"])) == (1, True, 1)
    assert "nothing was brought in" in cli.ok("import", "old.jsonl", "--dry-run").out
    assert cli.entries() == []
    done = cli.ok("import", "old.jsonl", "--from", "jsonl").out
    assert "new: 1 entry" in done
    assert "line 2" in done
    [entry] = cli.entries()
    assert entry["source"]["format"] == "jsonl"
    assert cli.ok("import", "old.jsonl", "--json").json["already_there"] == 1
    assert len(cli.entries()) == 1
    cli.ok("undo")
    assert cli.entries() == []


def test_imports_that_cannot_be(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text("just some words\n")
    assert "no format known" in cli.refused("import", "a.txt")
    assert "choose from" in cli.refused("import", "a.txt", "--from", "jrnll")
    assert "nowhere.txt" in cli.refused("import", "nowhere.txt", code=1)
    assert "holds no journal known here" in cli.refused("import", ".")
    assert "is missing" in cli.refused("import")
    assert cli.entries() == []


# -- paths -----------------------------------------------------------------------------------------


def test_paths_are_under_the_home_and_nothing_is_made(cli: Cli) -> None:
    places = cli.ok("paths", "--json").json
    assert places["vault"] is None
    [log] = places["journal"]
    for place in (log, *(places[label] for label in ("data", "drafts", "backups", "settings", "packs"))):
        assert Path(place).is_relative_to(cli.home)
    assert Path(places["bundled packs"]) == ROOT / "prompts"
    named = {place for place in places.values() if isinstance(place, str)}
    assert {line.rsplit(maxsplit=1)[-1] for line in cli.ok("paths").out.splitlines()} == {log, *named}
    assert not cli.home.exists()


def test_paths_name_the_log_of_each_device_and_the_vault(cli: Cli) -> None:
    for device in ("here", "there"):
        cli.ok("add", "words", env={"JOURNAL_TUI_DEVICE": device})
    cli.ok("--passphrase-file", cli.secret("four walls of paper"), "passphrase", "set")
    places = cli.ok("paths", "--json").json
    assert places["journal"] == [str(cli.home / "data" / f"{device}.log") for device in ("here", "there")]
    assert all(Path(place).is_file() for place in (*places["journal"], places["vault"]))


# -- demo ------------------------------------------------------------------------------------------


def test_the_demo_touches_nothing_of_yours_and_leaves_nothing(cli: Cli) -> None:
    cli.folder.joinpath("temp").mkdir()
    child = cli.spawn("demo", env={"TMPDIR": str(cli.folder / "temp")})
    child.expect("Help")
    assert list((cli.folder / "temp").iterdir())
    child.send("\x11")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert not list((cli.folder / "temp").iterdir())
    assert not cli.home.exists()
    assert "need a terminal" in cli.refused("demo")
