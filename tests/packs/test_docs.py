"""docs/packs.md: what it teaches is so."""

from __future__ import annotations

import re
from pathlib import Path

from journal_tui.model import PATTERNS, SIGNALS, Kind, Pillar, Recall
from journal_tui.packs.reader import KEYS, read_pack
from tests.cli.command_line import ROOT, Cli

PAGE = (ROOT / "docs" / "packs.md").read_text("utf-8")
EXAMPLE = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[0]


def test_the_example_is_asked(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    folder = cli.home / "packs"
    folder.mkdir(parents=True)
    (folder / "kitchen-table.yaml").write_text(EXAMPLE, "utf-8")
    assert cli.ok("packs", "check", str(folder)).out == "1 pack read, nothing wrong.\n"
    answers = [
        "My sister asked about milk",
        "No milk",
        "None today",
        "o",
        "What did you cook?",
        "Oak, by the stove",
        "y",
    ]
    told = cli.ok("write", "kitchen-table", "--time", "ten", input="\n".join([*answers, "4", "Ask her", ""])).out
    asked = [
        "Put the kettle on first.",
        "What were the first words at your table today?",
        "And what came back?",
        "What might they have said, with more time?",
        "How did the talk go round the table?",
        "One question would have turned it the other way.",
        "Describe the table you grew up at",
        "Did you say what you wanted to say?",
        "How far did you listen at the table today?",
        "One thing you want to ask at the table?",
    ]
    places = [told.find(ask) for ask in asked]
    assert -1 not in places, told
    assert places == sorted(places)
    [entry] = cli.entries()
    assert (entry["pillar"], entry["rating"]) == ("communication", 4)
    assert [signal for answer in entry["answers"] for signal in answer["signals"]] == ["spoke_up"]


def test_every_key_and_every_value_is_named() -> None:
    named = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))
    known = {key for keys in KEYS.values() for key in keys} | {*SIGNALS, *PATTERNS, *Pillar, *Kind, *Recall}
    assert {str(name) for name in known} - named == set()


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "docs" / target).is_file(), target


def test_the_pack_in_another_language_takes_the_place_of_ours() -> None:
    pack = read_pack(ROOT / "docs" / "packs" / "respekt.yaml")
    assert (pack.id, pack.language, pack.title) == ("respect", "de", "Respekt")
