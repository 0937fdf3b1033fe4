from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal_tui import demo
from journal_tui.demo import demo_home, entries_of_year
from journal_tui.model import Answer, Commitment, Entry, Pack, Pillar, Status
from journal_tui.packs.library import load_library
from journal_tui.paths import bundled_packs
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.store.journal import Journal
from journal_tui.text import count_words, sentences

PACKS = load_library(bundled_packs()).session_packs()
TODAY = date(2026, 3, 1)
EVENING = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
YEAR = entries_of_year(TODAY, PACKS)
ENTRIES = [entry for entry, _ in YEAR]
PROMISES = [promise for _, promise in YEAR if promise]
WRITTEN = [json.loads(line) for line in Path(demo.__file__).with_name("year.jsonl").read_text("utf-8").splitlines()]


def session_of(entry: Entry, pack: Pack) -> Session:
    """The session in which `entry` was written, nothing answered yet."""
    asked = [pack.prompt(answer.prompt) for answer in entry.answers]
    questions = tuple(p for p in asked if p and not p.only_follow_up and p not in pack.closing)
    return Session(id=entry.id, started=EVENING, day=TODAY, pack=pack, questions=questions)


def replayed(entry: Entry, pack: Pack) -> tuple[Answer, ...]:
    """The answers of `entry`, given one by one to the session as it asks for them."""
    session = session_of(entry, pack)
    answers = {answer.prompt: answer for answer in entry.answers}
    while session.step.kind in (StepKind.QUESTION, StepKind.CLOSING):
        answer = answers.get(session.step.id)
        if answer is None:
            session = session.skip()
            continue
        if answer.text:
            session = session.write(answer.text)
        if answer.choice:
            keys = {label: key for key, label in session.offered().items()}
            session = session.choose(keys[answer.choice[0]])
        session = session.forward()
    return tuple(answer for answer in session.entry(EVENING).answers if not answer.skipped)


# -- the days --------------------------------------------------------------------------------------


@example(date(2024, 2, 29))
@example(date(2024, 3, 1))
@example(date(2025, 2, 28))
@example(date(2025, 1, 1))
@settings(max_examples=20, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_on_any_day_the_year_ends_yesterday_and_has_one_entry_a_year_ago(today: date) -> None:
    days = [entry.day for entry, _ in entries_of_year(today, PACKS) if entry.day]
    assert len(days) == len(WRITTEN)
    assert today - timedelta(days=372) <= days[0]
    assert days[-1] == today - timedelta(days=1)
    assert all(earlier < later for earlier, later in pairwise(days))
    year_ago = (
        date(today.year - 1, 2, 28) if (today.month, today.day) == (2, 29) else today.replace(year=today.year - 1)
    )
    assert days.count(year_ago) == 1
    assert sum(day >= today - timedelta(days=14) for day in days) in (9, 10)


def test_the_year_has_busy_weeks_quiet_weeks_and_a_holiday() -> None:
    days = [entry.day for entry in ENTRIES if entry.day]
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    assert sum(gap > 14 for gap in gaps) == 1
    assert gaps.count(1) >= 5
    assert sum(5 <= gap <= 14 for gap in gaps) >= 8


def test_entries_lie_in_the_order_and_at_the_hour_of_writing() -> None:
    assert sorted(ENTRIES, key=Entry.sort_key) == ENTRIES
    assert sorted(entry.id for entry in ENTRIES) == [entry.id for entry in ENTRIES]
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    assert all(entry.moment and entry.moment.date() == entry.day and entry.moment.hour >= 4 for entry in ENTRIES)


# -- the words -------------------------------------------------------------------------------------


def test_every_written_answer_is_kept_with_the_question_of_its_pack() -> None:
    for written, entry in zip(WRITTEN, ENTRIES, strict=True):
        assert [(a.get("prompt", ""), a.get("text", "")) for a in written["answers"]] == [
            (answer.prompt, answer.text) for answer in entry.answers
        ]
        assert all(answer.words or answer.skipped or answer.signals for answer in entry.answers)
        assert not entry.is_blank
        if entry.pillar:
            prompts = [PACKS[entry.pillar].prompt(answer.prompt) for answer in entry.answers]
            assert [prompt and prompt.ask for prompt in prompts] == [answer.ask for answer in entry.answers]
        else:
            assert [answer.prompt for answer in entry.answers] == [""]


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.pillar], ids=lambda e: f"{e.day} {e.pillar}")
def test_the_program_would_have_asked_for_just_these_answers(entry: Entry) -> None:
    assert entry.pillar is not None
    assert replayed(entry, PACKS[entry.pillar]) == tuple(answer for answer in entry.answers if not answer.skipped)


def test_there_is_enough_of_everything_to_look_around_in() -> None:
    assert 200 <= len(ENTRIES) <= 240
    pillars = Counter(entry.pillar for entry in ENTRIES)
    assert all(pillars[pillar] >= 13 for pillar in Pillar)
    assert pillars[None] >= 70
    assert {entry.rating for entry in ENTRIES} == {None, 1, 2, 3, 4, 5}
    signals = Counter(signal for entry in ENTRIES for signal in entry.signals)
    least = {"gave_way": 12, "both_gave": 3, "kept_quiet": 18, "spoke_up": 8, "still_open": 18, "settled": 8}
    least |= {"their_part": 8, "saw_their_side": 10, "their_side_blank": 5}
    assert {signal: signals[signal] for signal, number in least.items() if signals[signal] < number} == {}
    assert sum(answer.skipped for entry in ENTRIES for answer in entry.answers) >= 6
    assert all(entry.tags for entry in ENTRIES if entry.pillar)


@pytest.mark.parametrize(
    ("matter", "least"),
    [
        (r"\b(dishes|calendar|sink|pan|plates)\b", 25),
        (r"\bPetra\b", 18),
        (r"\ballotment\b", 15),
        (r"\bMum\b", 18),
        (r"\bRuth\b", 15),
        (r"\bcello\b", 12),
        (r"\b(money|rent|savings|Emil|folder)\b", 12),
        (r"\bKatrin\b", 10),
        (r"\b(ran|run|lock)\b", 6),
    ],
)
def test_what_matters_to_the_writer_comes_back_all_year(matter: str, least: int) -> None:
    days = [entry.day for entry in ENTRIES if entry.day and re.search(matter, entry.text, re.IGNORECASE)]
    assert len(days) >= least
    assert len({(TODAY - day).days // 90 for day in days}) >= 4


def test_no_sentence_is_written_twice() -> None:
    texts = [answer.text for entry in ENTRIES for answer in entry.answers] + [promise.text for promise in PROMISES]
    said = Counter(text[a:b].casefold() for text in texts for a, b in sentences(text) if count_words(text[a:b]) > 3)
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_the_voice_is_calm_and_plain() -> None:
    lengths = sorted(count_words(entry.text) for entry in ENTRIES)
    assert lengths[0] < 10
    assert 40 <= lengths[len(lengths) // 2] <= 70
    assert 140 <= lengths[-1] <= 180
    everything = "".join(entry.text for entry in ENTRIES) + "".join(promise.text for promise in PROMISES)
    assert "!" not in everything
    assert {character for character in everything if not character.isascii()} <= set("…êé")


# -- the promises ----------------------------------------------------------------------------------


def test_promises_end_in_every_way() -> None:
    status = Counter(promise.status for promise in PROMISES)
    assert set(status) == {*Status, None}
    assert status[Status.KEPT] >= 18
    assert status[Status.LET_GO] >= 10
    assert status[None] == 2


def test_each_promise_is_answered_only_when_it_was_due_and_not_later_than_yesterday() -> None:
    for promise in PROMISES:
        before = Commitment(id=promise.id, entry=promise.entry, text=promise.text, made=promise.made, due=promise.due)
        for outcome in promise.outcomes:
            assert before.is_due(outcome.on), promise.text
            assert outcome.on < TODAY
            before = Commitment(
                id=promise.id,
                entry=promise.entry,
                text=promise.text,
                made=promise.made,
                due=promise.due,
                outcomes=(*before.outcomes, outcome),
            )


def test_one_promise_is_asked_about_today_and_another_is_to_come() -> None:
    assert sum(promise.is_due(TODAY) for promise in PROMISES) == 1
    assert any(promise.due and promise.due > TODAY for promise in PROMISES)


# -- the folder ------------------------------------------------------------------------------------


def test_the_folder_holds_the_year_and_is_private_while_it_lasts() -> None:
    with demo_home(clock=lambda: EVENING) as paths:
        journal = Journal(paths.data)
        assert journal.entries() == ENTRIES
        assert {promise.id: promise for promise in journal.promises.all()} == {p.id: p for p in PROMISES}
        assert journal.troubles == ()
        assert stat.S_IMODE(paths.config.stat().st_mode) == 0o700
        assert paths.data.parent == paths.config
    assert not paths.config.exists()


def test_the_hours_before_four_still_belong_to_the_day_before() -> None:
    with demo_home(clock=lambda: datetime(2026, 3, 2, 1, 15, tzinfo=UTC)) as paths:
        assert Journal(paths.data).entries() == ENTRIES


def leave_in_a_hurry() -> Path:
    with demo_home() as paths:
        (paths.data / "something.txt").write_text("typed while looking around")
        raise KeyboardInterrupt(paths.config)


def test_the_folder_goes_whatever_happens_inside() -> None:
    with pytest.raises(KeyboardInterrupt) as left:
        leave_in_a_hurry()
    assert not Path(left.value.args[0]).exists()


WAITING = """
import time
from journal_tui.demo import demo_home
with demo_home() as paths:
    print(paths.config, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
def test_the_folder_goes_when_the_program_is_told_to_end(told: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        folder = Path(program.stdout.readline().strip())
        assert folder.is_dir()
        program.send_signal(told)
        assert program.wait(timeout=60) == 128 + told
    assert not folder.exists()


def test_the_folder_of_a_killed_program_goes_at_the_next_start() -> None:
    with subprocess.Popen([sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        folder = Path(program.stdout.readline().strip())
        os.utime(folder, (1, 1))
        with demo_home():
            assert folder.is_dir()
        program.kill()
    os.utime(folder)
    with demo_home():
        assert folder.is_dir()  # it may be somebody's who is just about to hold it
    os.utime(folder, (1, 1))
    with demo_home():
        assert not folder.exists()
