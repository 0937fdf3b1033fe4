"""``packs``: listed, shown, checked, begun."""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from journal_tui.cli.main import main
from journal_tui.model import Pillar
from journal_tui.packs.reader import KEYS
from journal_tui.paths import bundled_packs
from tests.cli.command_line import Cli
from tests.packs.corpus_files import CORPUS

SMALL = "id: {0}\ntitle: {1}\nprompts: [{{id: a, ask: Why?}}]\n"


class Ran(NamedTuple):
    code: object
    out: str
    err: str


class Packs:
    """``packs …`` in this process: loading all packs is the work here, not the process."""

    def __init__(self, cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
        self.cli = cli
        self.folder = cli.home / "packs"
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        with pytest.raises(SystemExit) as end:
            main(["--home", str(self.cli.home), "packs", *arguments])
        return Ran(end.value.code, *self.capsys.readouterr())

    def own(self, name: str, text: str) -> str:
        """The path of a pack in the user's folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")
        return str(self.folder / name)


@pytest.fixture
def packs(cli: Cli, capsys: pytest.CaptureFixture[str]) -> Packs:
    return Packs(cli, capsys)


# -- list ------------------------------------------------------------------------------------------


def test_packs_are_listed_with_yours_marked(packs: Packs) -> None:
    packs.own("own.yaml", SMALL.format("own", "Mine"))
    packs.own("trust.yaml", SMALL.format("trust", "My trust"))
    packs.own("weekly.yaml", SMALL.format("sundays", "Sundays") + "asked: weekly\n")
    packs.own("bad.yaml", "id: bad\ntitel: x\n")
    result = packs("list", "--json")
    listed = {pack["id"]: pack for pack in json.loads(result.out)}
    assert set(listed) >= {*Pillar, "own", "sundays"}
    assert (listed["own"]["own"], listed["own"]["prompts"], listed["own"]["follow_ups"]) == (True, 1, 0)
    assert listed["trust"]["replaces"]
    assert not listed["respect"]["own"]
    assert listed["sundays"]["asked"] == "weekly"
    assert "bad.yaml:1:1" in result.err
    assert "(and 2 more)" in result.err
    lines = {line.split()[0]: line for line in packs("list").out.splitlines()}
    assert lines["own"].endswith("yours")
    assert "in place of ours" in lines["trust"]
    assert "yours" not in lines["respect"]
    assert "weekly" in lines["sundays"]
    assert max(map(len, lines.values())) <= 80


# -- show ------------------------------------------------------------------------------------------


def test_a_pack_is_read_aloud(packs: Packs) -> None:
    packs.own("loud.yaml", (CORPUS / "good" / "follow-ups.yaml").read_text())
    packs.own("closing.yaml", (CORPUS / "good" / "closing-any.yaml").read_text())
    page = packs("show", "follow-ups").out
    parts = [
        "\nWhat did you say?\n",
        "\n  If it mentions sorr*, not at all and it has more than 2 words and it has fewer than 500 words:\n",
        "\n    What came before that?\n",
        "\n      If somebody is named:\n        And they?\n",
        "\n          If nobody is named:\n            And then?\n",
        "\n  If it has words:\n    What did you leave out?\n",
        "\n  If it is 4 or more:\n    What made it clear?\n",
        "\n  If it is 2 or less:\n",
    ]
    places = [page.find(part) for part in parts]
    assert -1 not in places, page
    assert places == sorted(places)
    assert "3 questions, 5 follow-ups\n" in page.replace(" and ", ", ")
    page = packs("show", "closing-any").out
    assert "If a question on limits was answered, or if it mentions said no, refus* and nobody is named, or" in page
    assert "y  I did  (spoke_up)" in page


def test_a_pack_as_json_holds_all_that_it_says(packs: Packs) -> None:
    packs.own("times.yaml", (CORPUS / "good" / "times.yaml").read_text())
    packs.own("follow.yaml", (CORPUS / "good" / "follow-ups.yaml").read_text())
    times = json.loads(packs("show", "times", "--json").out)
    assert times["prompts"][0]["when"]["months"] == [1, 12]
    assert "when" not in times["prompts"][1]
    follow = json.loads(packs("show", "follow-ups", "--json").out)
    assert follow["pillar"] is None
    assert follow["prompts"][0]["follow_ups"][1] == {"when": {"longer_than": 0}, "prompt": "follow-ups/other"}
    assert follow["prompts"][2]["follow_ups"][0]["when"] == {"person": False}


def test_a_pack_that_is_not_there(packs: Packs) -> None:
    result = packs("show", "trsut")
    assert (result.code, result.out) == (2, "")
    assert 'there is no pack "trsut" (did you mean "trust"?)' in result.err


# -- check -----------------------------------------------------------------------------------------


def test_faults_are_told_as_a_compiler_does(packs: Packs) -> None:
    bad = packs.own("bad.yaml", "id: bad\ntitle: T\nprompts:\n  - id: a\n    aks: Why?\n")
    good = packs.own("good.yaml", SMALL.format("good", "Good"))
    assert packs("check", good) == (0, "1 pack read, nothing wrong.\n", "")
    expected = (
        f'{bad}:4:5: error: the prompt has no "ask"\n'
        "    4 |   - id: a\n"
        "      |     ^\n"
        f'{bad}:5:5: error: unknown key "aks" in the prompt (did you mean "ask"?)\n'
        "    5 |     aks: Why?\n"
        "      |     ^\n"
        "2 errors in 1 file\n"
    )
    assert packs("check", good, bad) == (1, expected, "")
    assert packs("check") == (1, expected, "")
    assert packs("check", str(packs.folder)) == (1, expected, "")
    assert json.loads(packs("check", "--json", bad).out)[1] == {
        "file": bad,
        "line": 5,
        "column": 5,
        "message": 'unknown key "aks" in the prompt (did you mean "ask"?)',
    }
    assert packs("check", "--json", good) == (0, "[]\n", "")


@pytest.mark.parametrize(
    "line",
    [
        "zzz: 1",
        "{title: T, 'tïtel 家家': 1, zzz: 1}",
        "{title: T,\tzzz: 1}",
        f'{{title: "{"long " * 80}", zzz: 1, about: "{"wide 家" * 80}"}}',
        f'{{title: "{"家" * 200}", zzz: 1}}',
    ],
)
def test_the_caret_stands_below_its_column(packs: Packs, line: str) -> None:
    """In cells of a terminal of 80, whatever is wide, long or indented."""
    shown = packs("check", packs.own("p.yaml", line + "\n")).out.splitlines()
    at = next(n for n, text in enumerate(shown) if f"p.yaml:1:{line.index('zzz') + 1}: " in text)
    source, caret = shown[at + 1], shown[at + 2]
    cells = "".join(letter * (2 if letter == "家" else 1) for letter in source)
    assert cells[caret.index("^") :].startswith("zzz")
    assert len(cells) <= 80


def test_nothing_raw_is_printed_from_a_file(packs: Packs) -> None:
    text = 'id: p\ntitle: "a\\e[31m"\nprompts:\n  - id: a\n    ask: [\x1b]0;x\x07, \u202e]\n\x9b31m: x\n'
    bad = packs.own("bad.yaml", text)
    odd = packs.folder / "odd\x1b[2J\nname.yaml"
    odd.write_text("[]")
    out = packs("check", bad, str(odd)).out
    assert not set(out) & set("\x1b\x07\x9b\u202e")
    assert out.count(" error: ") == 2


def test_what_cannot_be_read_is_told(packs: Packs) -> None:
    result = packs("check", str(packs.folder / "nowhere.yaml"))
    assert result.code == 1
    assert result.out.endswith(
        "nowhere.yaml:1:1: error: cannot be read (No such file or directory)\n1 error in 1 file\n"
    )
    packs.folder.mkdir(parents=True)
    result = packs("check", str(packs.folder))
    assert (result.code, result.out) == (2, "")
    assert "there is no pack in" in result.err


def test_standard_input(cli: Cli) -> None:
    assert cli.ok("packs", "check", "-", input=SMALL.format("p", "P")).out == "1 pack read, nothing wrong.\n"
    result = cli("packs", "check", "-", input="id: p\ntitle: [\n")
    assert result.code == 1
    assert result.out.startswith("-:3:1: error: not valid YAML")
    assert result.out.endswith("1 error in 1 file\n")
    assert "larger than 128 KB" in cli("packs", "check", "-", input=b"#" * 3_000_000).out


def test_help_says_in_a_whole_line_what_each_command_does(packs: Packs) -> None:
    commands = packs("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in commands] == ["ahead", "check", "list", "new", "schema", "show"]
    assert not [line for line in commands if line.endswith("...")]


def test_colour_only_where_it_is_wanted(cli: Cli) -> None:
    bad = cli.folder / "bad.yaml"
    bad.write_text("[]\n")
    assert "\x1b[31m" in cli.in_terminal("packs", "check", str(bad), code=1)
    plain = cli.in_terminal("packs", "check", str(bad), code=1, env={"NO_COLOR": "1"})
    assert "\x1b" not in plain
    assert "bad.yaml:1:1: error: the pack should be a mapping" in " ".join(plain.split())


# -- new -------------------------------------------------------------------------------------------


def test_a_pack_is_begun_that_passes_and_shows_everything(packs: Packs) -> None:
    result = packs("new", "Évening walks", "--pillar", "trust")
    file = packs.folder / "evening-walks.yaml"
    assert (result.code, result.out) == (0, f"{file}\n")
    assert 'id is "evening-walks"' in result.err
    assert packs("check", str(file)).code == 0
    pack = json.loads(packs("show", "evening-walks", "--json").out)
    assert (pack["title"], pack["pillar"], pack["own"]) == ("Évening walks", "trust", True)
    kinds = {prompt.get("kind", "text") for prompt in pack["prompts"] if "only_follow_up" not in prompt}
    assert kinds == {"text", "list", "scale", "choice", "promise"}
    asked = {key for prompt in pack["prompts"] for follow in prompt.get("follow_ups", ()) for key in follow["when"]}
    assert asked == {*KEYS["if"]} - {"tags"}
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in (packs.folder, *packs.folder.iterdir())} == {
        "packs": 0o700,
        "evening-walks.yaml": 0o600,
        "schema.json": 0o600,
    }
    assert file.read_text().startswith("# yaml-language-server: $schema=schema.json\n")
    assert (packs.folder / "schema.json").read_bytes() == (bundled_packs() / "schema.json").read_bytes()


def test_nothing_is_overwritten(packs: Packs) -> None:
    first = packs.own("walks.yaml", "mine, and not a pack at all")
    packs.own("other.yaml", SMALL.format("evening-walks", "E"))
    for name, told in (
        ("walks", f"{first} is already there"),
        ("evening walks", "other.yaml is already there"),
        ("Win-Win", '"win-win" is one of ours'),
    ):
        result = packs("new", name)
        assert (result.code, result.out) == (1, "")
        assert told in result.err
    assert Path(first).read_text() == "mine, and not a pack at all"
    assert len(list(packs.folder.iterdir())) == 2


@pytest.mark.parametrize("name", ["", "日本", "free", "help", "---", "x" * 70])
def test_names_that_cannot_be(packs: Packs, name: str) -> None:
    result = packs("new", name)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert not packs.cli.home.exists()


@pytest.mark.parametrize(
    "name", ['say "no": #1 \\ it\'s {x}', "../../etc/passwd", "tab\tand\nline \x1b[2J", "$schema: & *"]
)
def test_odd_names_give_a_pack_that_passes(packs: Packs, name: str) -> None:
    file = Path(packs("new", name).out.strip())
    assert file.parent == packs.folder
    assert packs("check", str(file)).code == 0


def test_the_schema_is_printed(packs: Packs) -> None:
    assert json.loads(packs("schema").out)["title"] == "A pack of questions"


def test_the_days_ahead_are_told_and_nothing_is_written(packs: Packs) -> None:
    sittings = json.loads(packs("ahead", "--days", "60", "--json").out)
    days = list(dict.fromkeys(sitting["date"] for sitting in sittings))
    assert len(days) == 60
    asked = [question["id"] for sitting in sittings for question in sitting["questions"]]
    assert not [id for id, times in Counter(asked).items() if times > 1 and not id.startswith("weekly-review/")]
    weeks = [sitting["date"] for sitting in sittings if sitting["pack"] == "weekly-review"]
    assert 7 <= len(weeks) <= 9
    printed = packs("ahead", "--days", "1").out
    assert sittings[0]["questions"][0]["ask"] in " ".join(printed.split())
    assert "a whole number from 1 to 400" in packs("ahead", "--days", "0").err


def test_a_list_in_a_small_terminal_is_cut_or_broken_but_not_both(cli: Cli) -> None:
    for width in ("60", "34"):
        shown = cli.in_terminal("packs", env={"COLUMNS": width, "NO_COLOR": "1"})
        assert "questions" not in shown
        assert not re.search(r"…[^\n]*\n  +", shown), shown
        assert " ".join(shown.split()).count("The first week first days") == 1
