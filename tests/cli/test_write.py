"""``write``: a session without screens, from a pipe and in a terminal."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pexpect
import pytest

from tests.cli.command_line import Cli

PLAIN = {"NO_COLOR": "1"}

PACK = """
id: evening
title: Evenings
pillar: trust
opening: [Sit down first.]
affirmations: [The day is done.]
prompts:
  - id: mood
    kind: choice
    ask: How was the light?
    depth: light
    options:
      - {key: w, label: Warm, signal: settled}
      - {key: c, label: Cold}
    follow_ups:
      - if: {option: c}
        then: {id: coat, ask: Did you have a coat?}
  - id: said
    ask: What was said?
    help: The very words.
    depth: middle
closing:
  - id: their-view
    kind: text
    ask: How might they have seen it?
    signal: saw_their_side
    signal_if_empty: their_side_blank
    when: {person: true}
"""


@pytest.fixture
def evening(cli: Cli) -> Cli:
    (cli.home / "packs").mkdir(parents=True)
    (cli.home / "packs" / "evening.yaml").write_text(PACK)
    return cli


def drafts(cli: Cli) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in (cli.home / "data" / "drafts").glob("*.json")]


# -- from a pipe -----------------------------------------------------------------------------------


def test_one_line_is_one_answer_in_the_order_of_the_steps(evening: Cli) -> None:
    lines = ["c", "No \\n coat", "@Anna said little. #late", "", "4", "Call @Anna", "2099-03-07"]
    result = evening.ok("write", "evening", input="\n".join(lines))
    asked = [
        "Sit down first.",
        "How was the light?",
        "a coat",
        "What was said?",
        "seen it?",
        "did word and deed go together",
        "One small thing",
    ]
    places = [result.out.index(ask) for ask in asked]
    assert places == sorted(places)
    [entry] = evening.entries()
    assert entry["id"] == result.id
    assert [(a["text"], a["choice"], a["signals"]) for a in entry["answers"]] == [
        ("", ["Cold"], []),
        ("No \\n coat", [], []),
        ("@Anna said little. #late", [], []),
        ("", [], ["their_side_blank"]),
    ]
    assert (entry["pillar"], entry["rating"], entry["tags"]) == ("trust", 4, ["late"])
    shown = evening.ok("show", entry["id"]).out
    assert "Call @Anna, by Saturday 7 March 2099" in shown
    assert drafts(evening) == []


def test_the_promise_is_asked_about_when_its_day_has_come(evening: Cli) -> None:
    evening.ok("write", "evening", input="w\nwords\n\nCall Tom\ntoday\n")
    result = evening.ok("write", "evening", input="k\n")
    assert "Call Tom" in result.out
    assert [entry["text"] for entry in evening.entries()] == ["words"]
    assert "(kept)" in evening.ok("show", evening.entries()[0]["id"]).out


def test_the_end_of_the_input_is_the_end(evening: Cli) -> None:
    evening.ok("write", "evening", input="warm\n")
    [entry] = evening.entries()
    [answer] = entry["answers"]
    assert (answer["prompt"], answer["ask"]) == ("evening/mood", "How was the light?")
    assert (answer["choice"], answer["signals"], answer["skipped"]) == (["Warm"], ["settled"], False)


def test_passed_over_and_skipped_questions_are_remembered(evening: Cli) -> None:
    evening.ok("write", "evening", input="\nwords\n")
    assert [answer["skipped"] for answer in evening.entries()[0]["answers"]] == [True, False]
    evening.ok("write", "evening", input=":skip\nother words\n:done\n")
    assert [answer["skipped"] for answer in evening.entries()[0]["answers"]] == [True, False]


def test_words_at_a_choice_are_an_answer_of_ones_own(evening: Cli) -> None:
    evening.ok("write", "evening", input="Neither, it was dark\nwords\n")
    assert evening.entries()[0]["answers"][0]["text"] == "Neither, it was dark"


def test_what_is_not_offered_is_told_and_the_next_line_is_the_next_answer(evening: Cli) -> None:
    result = evening("write", "evening", input="x\nwords\n9\nCall Tom\nsomeday\n")
    assert result.code == 0
    assert [line.split(":")[0] for line in result.err.splitlines()] == ["journal-tui"] * 3
    assert '"x" is not offered' in result.err
    assert '"9" is not offered' in result.err
    assert '"someday" is no date' in result.err
    [entry] = evening.entries()
    assert (entry["text"], entry["rating"]) == ("words", None)
    assert "Call Tom" in evening.ok("show", entry["id"]).out


def test_words_that_do_not_fit_a_choice_answer_what_comes_next(evening: Cli) -> None:
    """A promise came due, or a question was chosen by a key: a line of words is never dropped."""
    evening.ok("write", "evening", input="w\nwords\n\nCall Tom\ntoday\n")
    evening.ok("write", "evening", input="I said no to Jonas\nThen he laughed.\nAnd more.\n")
    text = "\n".join(entry["text"] for entry in evening.entries())
    assert all(words in text for words in ("I said no to Jonas", "Then he laughed.", "And more."))


def test_a_free_page(cli: Cli) -> None:
    for arguments in (["write", "free"], ["write", "--free"]):
        cli.ok(*arguments, input="  whatever \x1b[31m\n")
    for entry in cli.entries():
        assert (entry["text"], entry["pillar"]) == ("  whatever \x1b[31m", None)


def test_the_pillar_of_the_day_is_the_one_waiting_longest(cli: Cli) -> None:
    assert cli.ok("write", input="something\n").out.startswith("Respect")
    assert cli.entries()[0]["pillar"] == "respect"


def test_lines_after_the_last_question_are_an_entry_of_their_own(evening: Cli) -> None:
    result = evening("write", "evening", input="w\nwords\n4\n\nleft over\nand more\n")
    assert result.code == 0
    assert sorted(entry["text"] for entry in evening.entries()) == ["left over\nand more", "words"]
    assert "an entry of its own" in result.err
    evening.ok("undo")
    assert evening.ok("write", "evening", input="w\nwords\n4\n\n\n\n").err == ""


@pytest.mark.parametrize("lines", ["", "\n\n\n\n\n\n", ":skip\n:skip\n:skip\n:skip\n", ":done\n", ":stop\n"])
def test_nothing_written_keeps_nothing(cli: Cli, lines: str) -> None:
    result = cli.ok("write", "respect", input=lines)
    assert "nothing is kept" in result.err
    assert cli.entries() == []
    assert drafts(cli) == []


def test_what_cannot_be_written_about(cli: Cli) -> None:
    assert 'did you mean "trust"' in cli.refused("write", "trsut")
    assert "respect, boundaries" in cli.refused("write", "zebra")
    assert "no place for" in cli.refused("write", "trust", "free")


def test_a_broken_pack_is_told_and_not_in_the_way(evening: Cli) -> None:
    (evening.home / "packs" / "broken.yaml").write_text("id: broken\ntitle: x\nprompts: []\ncolour: red\n")
    result = evening.ok("write", "evening", input="w\n")
    assert "broken.yaml:3:10" in result.err


def test_the_journal_must_be_writable_before_anybody_writes(cli: Cli) -> None:
    cli.home.mkdir()
    (cli.home / "data").write_text("a file")
    line = cli.refused("write", "free", code=1, input="words\n")
    assert str(cli.home / "data") in line


def test_answers_are_drafts_until_the_entry_is_kept(evening: Cli) -> None:
    """The journal cannot be written any more while the answers are given: they are still there as a draft."""
    evening.ok("add", "before")
    with session(evening, "write", "evening") as child:
        child.expect("How was the light")
        child.sendline("w")
        child.expect("What was said")
        child.sendline("precious")
        child.sendline("")
        child.sendline("")
        child.expect("did word and deed go together")
        lock = evening.home / "data" / "lock"
        lock.unlink()
        lock.mkdir()
        child.sendline(":done")
        child.expect(pexpect.EOF)
    assert child.exitstatus == 1
    assert "cannot" in str(child.before)
    assert "waits as a draft" in " ".join(str(child.before).split())
    assert "precious" in json.dumps(drafts(evening))


# -- in a terminal ---------------------------------------------------------------------------------


@contextmanager
def session(cli: Cli, *arguments: str) -> Iterator[pexpect.spawn[str]]:
    child = cli.spawn(*arguments, env=PLAIN)
    try:
        yield child
    finally:
        child.close(force=True)


def test_a_session_with_paragraphs_and_a_way_back(evening: Cli) -> None:
    with session(evening, "write", "evening") as child:
        child.expect("Two empty lines")
        child.expect("How was the light")
        child.sendline("x")
        child.expect('"x" is not offered')
        child.sendline("w")
        child.expect("What was said")
        for line in ("First.", "", "Second paragraph.", "", ""):
            child.sendline(line)
        child.expect("did word and deed go together")
        child.sendline(":back")
        child.expect("Second paragraph")
        child.expect("This stays")
        child.sendline("A third thing.")
        child.expect("thing.\r\n> ")
        child.sendeof()
        child.expect("did word and deed go together")
        child.sendline("mostly")
        child.expect("not offered")
        child.sendline("4")
        child.expect("One small thing")
        child.sendline("Call Tom")
        child.expect("By which day")
        child.sendline("someday")
        child.expect("no date")
        child.sendline("friday")
        child.expect("You promised: Call Tom — Friday")
        child.expect("The day is done")
        child.expect(pexpect.EOF)
    assert child.exitstatus == 0
    [entry] = evening.entries()
    assert entry["text"] == "First.\n\nSecond paragraph.\n\nA third thing."
    assert entry["rating"] == 4
    assert drafts(evening) == []


def test_stopping_goes_on_next_time(evening: Cli) -> None:
    with session(evening, "write", "evening") as child:
        child.expect("How was the light")
        child.sendline("w")
        child.expect("What was said")
        child.sendline("Half of it")
        child.sendline(":stop")
        child.expect("Kept as a draft")
        child.expect(pexpect.EOF)
    assert child.exitstatus == 0
    assert evening.entries() == []
    with session(evening, "write") as child:
        child.expect("You began this before")
        child.expect("Half of it")
        child.sendline(":done")
        child.expect(pexpect.EOF)
    assert [entry["text"] for entry in evening.entries()] == ["Half of it"]
    assert drafts(evening) == []


def test_another_pack_leaves_the_draft_alone(evening: Cli) -> None:
    with session(evening, "write", "free") as child:
        child.expect("page is yours")
        child.sendline("free words")
        child.sendline(":stop")
        child.expect(pexpect.EOF)
    evening.ok("write", "evening", input="w\nwords\n")
    with session(evening, "write", "evening") as child:
        child.expect("Sit down first")
        child.sendline(":stop")
        child.expect(pexpect.EOF)
    assert [draft["pack"] for draft in drafts(evening)] == [None]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_session_keeps_even_the_unfinished_line(evening: Cli, number: signal.Signals) -> None:
    with session(evening, "write", "free") as child:
        child.expect("page is yours")
        child.sendline("A whole line")
        child.expect("A whole line")
        child.send("and half a l")
        child.expect("and half a l")
        child.kill(number)
        child.expect("Kept as a draft")
        child.expect(pexpect.EOF)
    assert child.exitstatus == 128 + number
    assert drafts(evening)[0]["replies"]["page"]["text"] == "A whole line\nand half a l"


def test_killed_outright_it_keeps_every_finished_line(evening: Cli) -> None:
    with session(evening, "write", "free") as child:
        child.expect("page is yours")
        child.sendline("A whole line")
        child.expect("> A whole line\r\n> ")
        child.kill(signal.SIGKILL)
        child.wait()
    assert drafts(evening)[0]["replies"]["page"]["text"] == "A whole line"


def test_the_time_and_the_people_are_the_writers_to_say(evening: Cli) -> None:
    evening.ok("add", "With @Ana at the river.")
    with session(evening, "write", "evening", "--time", "two") as child:
        child.expect("1 of 2")
        child.expect("How was the light")
        child.sendline(":more")
        child.expect("Ten minutes")
        child.sendline("w")
        child.expect("2 of 3")
        child.expect("What was said")
        child.sendline("Ana laughed.")
        child.sendline("")
        child.sendline("")
        child.expect("You wrote of Ana. :who notes it")
        child.sendline(":who")
        child.expect("Noted: Ana")
        child.sendline(":done")
        child.expect(pexpect.EOF)
    assert evening.entries()[-1]["people"] == ["Ana"]


def test_a_promise_that_is_due_can_be_moved(evening: Cli) -> None:
    evening.ok("write", "evening", input="w\nwords\n\nCall Tom\ntoday\n")
    evening.ok("write", "evening", input="m\nin three weeks\nw\n")
    [promise] = json.loads(evening.ok("promises", "--json").out)
    assert (promise["status"], promise["text"]) == ("not yet", "Call Tom")
    assert promise["ask"] > promise["made"]


@pytest.mark.parametrize("time", ["three", "minutes", ""])
def test_a_time_that_is_none_is_told(evening: Cli, time: str) -> None:
    assert "say two, ten or long" in evening.refused("write", "--time", time, input="words\n")
