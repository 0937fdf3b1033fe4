"""``list``, ``search`` and ``show``."""

from __future__ import annotations

import re

import pytest

from journal_tui.store.storage import LogDB
from tests.cli.command_line import Cli

WIDTH = 76
PLAIN = {"NO_COLOR": "1"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """Three entries, for reading only."""
    cli = Cli(tmp_path_factory.mktemp("filled"))
    cli.ok("add", "Anna read the letter. #letter", "--date", "2025-03-07", "--pillar", "trust", "--rating", "4")
    cli.ok("add", "Café with @Tom\nand a second line about ropes", "--date", "2025-04-01", "--tag", "walk")
    cli.ok("add", "Said no to the boss", "--date", "2025-05-20", "--pillar", "boundaries")
    return cli


def days(cli: Cli, *arguments: str) -> list[str]:
    return [entry["date"] for entry in cli.ok(*arguments, "--json").json]


def test_the_list_is_newest_first_with_day_pillar_and_heading(filled: Cli) -> None:
    lines = filled.ok("list").out.splitlines()
    rows = [line.split("\t") for line in lines]
    assert [row[1:] for row in rows] == [
        ["2025-05-20", "boundaries", "Said no to the boss"],
        ["2025-04-01", "-", "Café with @Tom"],
        ["2025-03-07", "trust", "Anna read the letter. #letter"],
    ]
    shown = filled.in_terminal("list", env={"NO_COLOR": "1"}).splitlines()
    assert [re.split("  +", line)[1:] for line in shown] == [
        [row[1], *([row[2].capitalize()] if row[2] != "-" else []), row[3]] for row in rows
    ]
    for row, line, entry in zip(rows, shown, filled.entries(), strict=True):
        assert entry["id"].endswith(row[0])
        assert line.startswith(f"{row[0]}  ")


def test_a_pillar_is_called_as_your_own_pack_says(cli: Cli) -> None:
    cli.ok("add", "Anna hat gelesen.", "--pillar", "trust")
    pack = cli.home / "packs" / "trust.yaml"
    pack.parent.mkdir()
    pack.write_text(
        "id: trust\npillar: trust\ntitle: Vertrauen\nlanguage: de\nabout: x\n"
        "prompts: [{id: a, ask: Wem?, depth: light}]\n"
    )
    assert "  Vertrauen  Anna" in cli.in_terminal("list", env={"NO_COLOR": "1"})
    assert "\ttrust\t" in cli.ok("list", "--pillar", "vertr").out
    assert "\nVertrauen\n" in cli.ok("show", cli.entries()[0]["id"]).out
    assert "Vertrauen" in cli.ok("insights").out


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--pillar", "trust"], ["2025-03-07"]),
        (["--person", "tom"], ["2025-04-01"]),
        (["--person", "@Tom"], ["2025-04-01"]),
        (["--tag", "letter"], ["2025-03-07"]),
        (["--tag", "#Walk"], ["2025-04-01"]),
        (["--since", "2025-04"], ["2025-05-20", "2025-04-01"]),
        (["--until", "2025-04"], ["2025-04-01", "2025-03-07"]),
        (["--since", "2025-04-01", "--until", "2025-04-01"], ["2025-04-01"]),
        (["--rating", "4"], ["2025-03-07"]),
        (["--rating", "1-3"], []),
        (["--limit", "2"], ["2025-05-20", "2025-04-01"]),
        (["--limit", "0"], ["2025-05-20", "2025-04-01", "2025-03-07"]),
        (["--limit", "1", "--until", "2025-04"], ["2025-04-01"]),
    ],
)
def test_filters(filled: Cli, filters: list[str], found: list[str]) -> None:
    assert days(filled, "list", *filters) == found


def test_search_shows_the_line_that_was_found(filled: Cli) -> None:
    result = filled.ok("search", "CAFE", "rope")
    assert len(result.out.splitlines()) == 1
    assert days(filled, "search", "cafe", "ropes") == ["2025-04-01"]
    assert filled.ok("search", "ropes").out.endswith("and a second line about ropes\n")
    assert days(filled, "search", '"second rope"') == []
    assert days(filled, "search", "the", "--pillar", "trust") == ["2025-03-07"]


def test_a_word_far_into_a_long_line_is_shown(cli: Cli) -> None:
    cli.ok("add", "blah " * 300 + "needle in it" + " blah" * 300)
    line = cli.in_terminal("search", "needle", env={"NO_COLOR": "1"}).rstrip("\n")
    assert "needle in it" in line
    assert len(line) <= WIDTH
    assert len(cli.ok("search", "needle").out) > 3000, "a pipe is given the whole line"


def test_nothing_found_is_no_error(filled: Cli) -> None:
    result = filled.ok("search", "zebra")
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert filled.ok("search", "zebra", "--json").json == []


def test_an_empty_journal(cli: Cli) -> None:
    result = cli.ok("list")
    assert result.out == ""
    assert "write" in result.err
    assert cli.ok("list", "--json").json == []
    assert not cli.home.exists()


def test_show_tells_day_pillar_rating_and_words(filled: Cli) -> None:
    id = filled.ok("list", "--json", "--pillar", "trust").json[0]["id"]
    out = filled.ok("show", id[-6:]).out
    assert out.startswith("Friday 7 March 2025\nTrust · 4 of 5 · #letter\n")
    assert "\nAnna read the letter. #letter\n" in out
    assert id in out


def test_show_as_json_is_what_the_list_prints(filled: Cli) -> None:
    listed = filled.ok("list", "--json").json
    assert len(listed) == 3
    for entry in listed:
        assert filled.ok("show", entry["id"], "--json").json == entry
        assert list(entry) == [
            "id", "date", "time", "pillar", "rating", "tags", "people", "text", "answers", "starred", "source",
        ]  # fmt: skip


NASTY = "start \x1b]52;c;aGk=\x07 \x1b[31mred \x00 \x9b2J \x7f \u202eback\u2066 end"
RAW = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


def test_several_are_shown_one_after_another(filled: Cli) -> None:
    ids = [line.split("\t")[0] for line in filled.ok("list").out.splitlines()]
    assert filled.ok("show", *ids).out == "\n".join(filled.ok("show", id).out for id in ids)
    assert filled.ok("show", *ids, "--json").json == filled.entries()
    assert filled.ok("show", ids[0], "--json").json == filled.entries()[0]
    assert "nosuch" in filled.refused("show", ids[0], "nosuch")


def test_stars_of_other_journals_are_seen_and_found(cli: Cli) -> None:
    file = cli.folder / "table.csv"
    file.write_text("date,text,starred\n2025-03-07,rope,yes\n2025-03-08,rope two,no\n")
    cli.ok("import", str(file))
    cli.ok("add", "rope three", "--date", "2025-03-09")
    assert [entry["starred"] for entry in cli.entries()] == [False, False, True]
    for command in (["list"], ["search", "rope"]):
        assert days(cli, *command, "--starred") == ["2025-03-07"]
        assert re.findall(r"..rope.*", cli.in_terminal(*command, env=PLAIN)) == ["  rope three", "  rope two", "★ rope"]
        assert "★" not in cli.ok(*command).out
    assert "1 entry" in cli.ok("export", "--starred", "--format", "csv", "--to", "out.csv").out
    (cli.home / "settings.yaml").write_text("plain_glyphs: true\n")
    assert "  * rope" in cli.in_terminal("list", env=PLAIN)
    assert "starred" in cli.ok("show", cli.entries()[-1]["id"]).out


def test_no_control_character_reaches_the_terminal(cli: Cli) -> None:
    cli.ok("add", "--tag", NASTY.replace("\0", ""), input=NASTY)
    id = cli.entries()[0]["id"]
    for arguments in (["list"], ["search", "start"], ["show", id], ["list", "--json"], ["insights"]):
        result = cli.ok(*arguments)
        assert not RAW.search(result.raw.replace(b"\t", b"")), arguments
        assert not RAW.search(result.err.encode()), arguments
    assert cli.entries()[0]["text"] == NASTY


def test_a_long_heading_is_cut_to_the_width_also_when_it_is_wide(cli: Cli) -> None:
    from journal_tui.cli.out import cells

    cli.ok("add", "long words " * 50)
    cli.ok("add", "日記を書いた。" * 30)
    for columns in ("60", "200"):
        for line in cli.in_terminal("list", env={"COLUMNS": columns, "NO_COLOR": "1"}).splitlines():
            assert cells(line) <= min(WIDTH, int(columns))
            assert line.endswith("…")


def test_a_small_character_set_does_not_stop_the_list(cli: Cli) -> None:
    cli.ok("add", "schön … 日記")
    assert b"sch\xf6n ? ??" in cli.ok("list", env={"PYTHONIOENCODING": "latin-1"}).raw


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["search"], "is missing"),
        (["search", " "], "no word"),
        (["list", "words"], "no place for"),
        (["list", "--limit", "-1"], "--limit"),
        (["list", "--limit", "some"], "--limit"),
        (["list", "--since", "someday"], "no date"),
        (["list", "--since", "2025-05", "--until", "2025-04"], "exchange them"),
        (["list", "--rating", "6"], '--rating "6"'),
        (["list", "--rating", "5-4"], "a span like 4-5"),
        (["list", "--peson", "x"], 'did you mean "--person"'),
        (["show"], "is missing"),
        (["show", "zzzzzz"], "no entry"),
        (["show", "0"], "too short"),
        (["show", ""], "too short"),
    ],
)
def test_what_cannot_be_understood_is_one_line(
    filled: Cli, arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert what in filled.refused_here(capsys, *arguments)


class TestInATerminal:
    """What only a person sees."""

    def test_found_words_are_marked_unless_colour_is_unwanted(self, filled: Cli) -> None:
        assert "\x1b[1m\x1b[4mropes\x1b[0m" in filled.in_terminal("search", "ropes")
        for without in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            assert "\x1b" not in filled.in_terminal("search", "ropes", env=without)

    def test_the_newest_twenty(self, cli: Cli) -> None:
        lines = "".join(f'{{"date": "2025-01-{day:02}", "text": "day {day}"}}\n' for day in range(1, 26))
        (cli.folder / "many.jsonl").write_text(lines)
        cli.ok("import", "many.jsonl")
        assert len(cli.ok("list").out.splitlines()) == 25
        shown = cli.in_terminal("list", env=PLAIN).splitlines()
        assert len(shown) == 21
        assert shown[0].endswith("day 25")
        assert shown[-1] == "20 of 25 · --limit 0 shows all"
        assert len(cli.in_terminal("list", "--limit", "0").splitlines()) == 25

    def test_an_entry_is_wrapped_and_no_word_changes(self, cli: Cli) -> None:
        words = [f"word{number}" for number in range(60)]
        id = cli.ok("add", " ".join(words)).id
        lines = cli.in_terminal("show", id, env=PLAIN).splitlines()
        assert max(map(len, lines)) <= WIDTH
        assert [word for line in lines for word in line.split() if word.startswith("word")] == words
        assert " ".join(words) in cli.ok("show", id).out


UNREAD = "journal-tui: 2 entries could not be read: journal-tui check shows them\n"


def test_what_cannot_be_read_is_told_once(cli: Cli) -> None:
    id = cli.ok("add", "Whole.").id
    table = LogDB(cli.home / "data").table("entries")
    made = {"created": "2026-03-01T20:30:00+00:00", "day": "2026-03-01"}
    table.insert({"id": "$(reboot)", **made, "answers": [{"text": "Said."}]})
    table.insert({"id": "damaged", **made, "answers": "said"})
    told = {
        name: cli.ok(*arguments).err
        for name, arguments in {
            "list": ("list",),
            "the newest": ("list", "--limit", "9"),
            "json": ("list", "--json"),
            "search": ("search", "said"),
            "show": ("show", id),
            "export": ("export", "--format", "json", "--to", "out.json"),
            "insights": ("insights",),
        }.items()
    }
    # One of them is known to be none only once it is read.
    assert told.pop("show") == UNREAD.replace("2 entries", "1 entry").replace("them", "it")
    assert {err[-len(UNREAD) :] for err in told.values()} == {UNREAD}
    assert {err.count("could not be read") for err in told.values()} == {1}
    checked = cli("check")
    assert (checked.code, checked.out.count("cannot be read"), checked.err) == (1, 2, "")
