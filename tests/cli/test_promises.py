"""``promises``: what was promised, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from journal_tui.cli.main import main
from journal_tui.dates import day_of, now, say_full_day
from journal_tui.model import Commitment, Outcome, Status
from journal_tui.store.journal import Journal
from tests.cli.command_line import Cli
from tests.store.sample import entry


def here(cli: Cli, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What one command prints, run in this process."""
    with pytest.raises(SystemExit) as end:
        main(["--home", str(cli.home), *arguments])
    assert end.value.code == 0
    return capsys.readouterr().out


def today() -> date:
    return day_of(now())


@pytest.fixture
def kept(cli: Cli) -> Cli:
    """An entry with six promises in as many states."""
    day = today()
    made = day - timedelta(400)

    def promise(name: str, text: str, due: int | None, *outcomes: Outcome) -> Commitment:
        when = None if due is None else day + timedelta(due)
        return Commitment(id=f"e1-{name}", entry="e1", text=text, made=made, due=when, outcomes=outcomes)

    def said(ago: int, status: Status, again: int | None = None) -> Outcome:
        asked = None if again is None else day + timedelta(again)
        return Outcome(on=day - timedelta(ago), status=status, ask_again=asked)

    promises = [
        promise("later", "Later.", 40),
        promise("noday", "Some day.", None),
        promise("moved", "Moved.", -30, said(9, Status.NOT_YET, 2)),
        promise("due", "Due \x1b[2J now.", -3),
        promise("kept", "Kept.", -90, said(80, Status.KEPT)),
        promise("gone", "Let go.", -90, said(8, Status.LET_GO)),
    ]
    Journal(cli.home / "data").add(entry("e1", "A day."), commitments=promises)
    return cli


def test_promises_of_some_entries(kept: Cli) -> None:
    Journal(kept.home / "data").add(
        entry("e2", "About Ana.", day=today()),
        commitments=[Commitment(id="e2-p", entry="e2", text="Ask @Ana.", made=today())],
    )
    assert [row["id"] for row in kept.ok("promises", "--person", "ana", "--json").json] == ["e2-p"]
    assert "like that" in kept.ok("promises", "--tag", "none").err


def test_open_ones_come_first_by_their_day_then_those_answered(kept: Cli) -> None:
    rows = kept.ok("promises", "--json").json
    assert [row["id"] for row in rows] == [f"e1-{n}" for n in ("due", "moved", "later", "noday", "gone", "kept")]
    assert rows[1] == {
        "id": "e1-moved",
        "entry": "e1",
        "text": "Moved.",
        "made": (today() - timedelta(400)).isoformat(),
        "due": (today() - timedelta(30)).isoformat(),
        "ask": (today() + timedelta(2)).isoformat(),
        "status": "not yet",
        "outcomes": [
            {
                "on": (today() - timedelta(9)).isoformat(),
                "status": "not yet",
                "ask_again": (today() + timedelta(2)).isoformat(),
            }
        ],
    }
    assert [row["ask"] is None for row in rows] == [False, False, False, True, True, True]
    shown = kept.ok("promises").out
    words = ["Open", "Due ␛[2J now.", "due ", "Moved.", "up again ", "Later.", "due ", "Some day.", "no day, made "]
    places = [0]
    for word in [*words, "Looking back", "Let go.", "let go ", "Kept.", "kept "]:
        places.append(shown.index(word, places[-1]))
    assert "--all" not in shown


def test_a_promise_is_answered_and_taken_back(kept: Cli) -> None:
    journal = Journal(kept.home / "data")
    said = kept.ok("promises", "keep", "1-due").out
    assert said == "“Due ␛[2J now.” is kept. journal-tui undo takes it back.\n"
    assert kept.ok("promises", "keep", "e1-due").out == "“Due ␛[2J now.” is kept, as was said already.\n"
    assert journal.promises.get("e1-due").outcomes == (Outcome(on=today(), status=Status.KEPT),)
    assert kept.ok("undo").out.startswith("What was last said about “Due ␛[2J now.” is taken back.")
    assert journal.promises.get("e1-due").outcomes == ()
    moved = today() + timedelta(3)
    assert kept.ok("promises", "move", "e1-due", "in", "three", "days").out.startswith(
        f"“Due ␛[2J now.” is moved to {say_full_day(moved)}."
    )
    assert journal.promises.get("e1-due").outcomes == (Outcome(on=today(), status=Status.NOT_YET, ask_again=moved),)


@pytest.mark.parametrize(
    ("command", "status", "again", "words"),
    [
        ("partly", Status.PARTLY, None, "is partly kept. "),
        ("not-yet", Status.NOT_YET, 3, "waits, and comes up again on "),
        ("let-go", Status.LET_GO, None, "is let go. "),
    ],
)
def test_the_other_answers(
    kept: Cli, capsys: pytest.CaptureFixture[str], command: str, status: Status, again: int | None, words: str
) -> None:
    assert f"“Later.” {words}" in here(kept, capsys, "promises", command, "later")
    outcome = Outcome(on=today(), status=status, ask_again=today() + timedelta(again) if again else None)
    assert Journal(kept.home / "data").promises.get("e1-later").outcomes == (outcome,)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("keep", "zzzz"), 'no promise has the id "zzzz": `journal-tui promises --all` shows the ids'),
        (("keep", "e1-"), "fits 6 promises"),
        (("keep", "e1"), "too short"),
        (("move", "e1-due", "yesterday"), "is already past: name a day to come"),
        (("move", "e1-due", "thirsday"), '"thirsday" is no date (did you mean "thursday"?)'),
        (("move", "e1-due"), "DATE is missing"),
        (("kep", "e1-due"), 'there is no command "kep" (did you mean "keep"?)'),
    ],
)
def test_what_cannot_be_done_is_one_line(
    kept: Cli, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    assert why in kept.refused_here(capsys, "promises", *arguments)


def test_the_latest_ten_answered_are_shown_unless_all_are_wanted(cli: Cli, capsys: pytest.CaptureFixture[str]) -> None:
    promises = [
        Commitment(
            id=f"e1-{number:02}",
            entry="e1",
            text=f"Promise {number:02}.",
            made=date(2024, 1, 1),
            outcomes=(Outcome(on=date(2024, 2, number), status=Status.KEPT),),
        )
        for number in range(1, 13)
    ]
    Journal(cli.home / "data").add(entry("e1", "A day."), commitments=promises)
    shown = here(cli, capsys, "promises")
    assert "Promise 12." in shown
    assert "Promise 02." not in shown
    assert "2 more were answered: --all shows them" in shown
    assert "Promise 01." in here(cli, capsys, "promises", "--all")
    assert len(cli.ok("promises", "--json").json) == 12


def test_none_yet(cli: Cli) -> None:
    result = cli.ok("promises")
    assert (result.out, result.err.count("\n")) == ("", 1)
    assert cli.ok("promises", "--json").json == []
