"""``mark`` and ``marks``: words kept as an example of a signal."""

from __future__ import annotations

from datetime import date

import pytest

from journal_tui.cli.main import main
from journal_tui.dates import day_of, now
from journal_tui.store.journal import Journal
from tests.cli.command_line import Cli
from tests.store.sample import entry


@pytest.fixture
def diary(cli: Cli) -> Cli:
    texts = ("I said “yes” again,\nand smiled\x1b[2J.", "We left it at that.")
    Journal(cli.home / "data").imports.bring_in(
        [entry(f"0000e{number}", text, day=date(2024, 3, number)) for number, text in enumerate(texts, 1)]
    )
    return cli


def here(cli: Cli, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What one command prints, run in this process."""
    with pytest.raises(SystemExit) as end:
        main(["--home", str(cli.home), *arguments])
    assert end.value.code == 0
    return capsys.readouterr().out


def test_words_are_marked_listed_and_taken_back(diary: Cli) -> None:
    said = diary.ok("mark", "0e1", 'i said "yes" AGAIN', "gave-way").out
    assert said == "“I said “yes” again” is marked as gave way. journal-tui undo takes it back.\n"
    assert diary.ok("mark", "0e1", "I", "said", "“yes”", "again", "gave").out.endswith(", as it was already.\n")
    diary.ok("mark", "0e1", "and smiled\x1b[2J", "kept quiet")
    diary.ok("mark", "0e2", "left it at that", "STILL_OPEN")
    rows = diary.ok("marks", "--json").json
    today = day_of(now()).isoformat()
    assert [{name: row[name] for name in row if name != "id"} for row in rows] == [
        {"entry": "0000e1", "words": "I said “yes” again", "signal": "gave_way", "on": today, "date": "2024-03-01"},
        {"entry": "0000e1", "words": "and smiled\x1b[2J", "signal": "kept_quiet", "on": today, "date": "2024-03-01"},
        {"entry": "0000e2", "words": "left it at that", "signal": "still_open", "on": today, "date": "2024-03-02"},
    ]
    end = rows[2]["id"][-6:]
    shown = diary.ok("marks").out
    assert f"\n\n{end}  “left it at that”\n        still open, in 0000e2, 2 March 2024\n" in shown
    assert "“and smiled␛[2J”" in shown
    assert diary.ok("marks", "remove", end).out == (
        "“left it at that” is no longer marked as still open. journal-tui undo takes it back.\n"
    )
    assert diary.ok("undo").out.startswith("“left it at that” is marked again.")
    assert len(Journal(diary.home / "data").marks.all()) == 3


@pytest.mark.parametrize(
    ("given", "signal"),
    [
        ("gave_way", "gave_way"),
        ("Gave  Way", "gave_way"),
        ("gave-w", "gave_way"),
        ("they", "they_gave_way"),
        ("k", "kept_quiet"),
        ("their side", "their_side_blank"),
        ("se", "settled"),
    ],
)
def test_a_signal_is_known_by_any_beginning_that_fits_one(
    diary: Cli, capsys: pytest.CaptureFixture[str], given: str, signal: str
) -> None:
    here(diary, capsys, "mark", "0e2", "at that", given)
    assert [mark.signal for mark in Journal(diary.home / "data").marks.all()] == [signal]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("mark", "0e1", "I said no", "gave_way"), '"I said no" does not stand in entry 0000e1: give words as'),
        (("mark", "0e1", "no\x1b]0;x\nwhere", "gave_way"), "does not stand"),
        (("mark", "0e1", "I", "gave_way"), '"I" is too short'),
        (("mark", "0e1", "\x1b", "gave_way"), "is too short"),
        (("mark", "0e1", "I said", "gvae-way"), 'no signal is called "gvae_way" (did you mean "gave_way"?)'),
        (("mark", "0e1", "I said", "their"), '"their" may be their_part or their_side_blank: write more of it'),
        (("mark", "0e1", "I said", ""), 'no signal is called ""'),
        (("mark", "zzzz", "I said", "gave_way"), "no entry has the id"),
        (("mark", "0e1", "gave_way"), "WORDS is missing"),
        (("marks", "remove", "zzzz"), 'no mark has the id "zzzz": `journal-tui marks` shows the ids'),
        (("marks", "remov", "zzzz"), 'there is no command "remov" (did you mean "remove"?)'),
    ],
)
def test_what_cannot_be_done_is_one_line(
    diary: Cli, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    line = diary.refused_here(capsys, *arguments)
    assert why in line
    assert line.isprintable()


def test_none_yet(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    result = cli.ok("marks")
    assert (result.out, result.err.count("\n")) == ("", 1)
    assert here(cli, capsys, "marks", "--json") == "[]\n"
