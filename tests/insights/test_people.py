"""People: who is named, under which name, and who is nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from journal_tui.insights.people import find_names
from journal_tui.insights.reading import read
from journal_tui.model import Entry

Diary = Callable[..., list[Entry]]


def people(entries: list[Entry]) -> dict[str, int]:
    return {person.name: person.entries for person in find_names([read(e) for e in entries]).people}


def test_a_mention_counts_with_and_without_its_sign(diary: Diary) -> None:
    assert people(diary("Lunch with @Anna.", "saw anna again", "Anna called.", "Nobody today.")) == {"Anna": 3}


def test_kin_is_named_by_what_it_is(diary: Diary) -> None:
    entries = diary(
        "My sister came.", "I missed my little sister.", "My Mom and my boss.", "Then Mom called about mum."
    )
    assert people(entries) == {"my sister": 2, "Mom": 2, "my boss": 1}


def test_a_capital_inside_sentences_makes_a_name_when_it_recurs(diary: Diary) -> None:
    entries = diary("When Tobias came I sang.", "I called Tobias about it.", "Lunch with Once.", "Work. Rain. Rest.")
    assert people(entries) == {"Tobias": 2}


def test_titles_and_family_names_stand_for_one_person(diary: Diary) -> None:
    entries = diary(
        "I saw Mr. Reed there.", "Then Mr.\u00a0Reed wrote.", "I like Ada Holm.", "I told Ada so.", "With Ada Holm."
    )
    assert people(entries) == {"Ada Holm": 3, "Mr. Reed": 2}


def test_places_days_and_things_are_nobody(diary: Diary) -> None:
    entries = diary(
        "On Monday we were in Lisbon.",
        "I love Monday, and English too, at Lisbon.",
        "Back in Lisbon for the Committee.",
        "The dinner with the Committee. Dinner was late. I watched Netflix.",
    )
    assert people(entries) == {}


def test_a_word_mostly_written_small_is_no_name(diary: Diary) -> None:
    entries = diary("I saw Olive there.", "So Olive called.", "an olive", "the olive tree", "one more olive")
    assert people(entries) == {}


def test_knows_the_first_and_the_last_day(diary: Diary) -> None:
    (person,) = find_names([read(e) for e in diary("@Ben", "nothing", "@ben", "nothing")]).people
    assert (person.first, person.last, person.of) == (date(2026, 1, 5), date(2026, 1, 13), 4)


def test_mentions_are_found_in_any_language(diary: Diary) -> None:
    names = find_names([read(e, "de") for e in diary("Heute mit @Jörg.", "Wieder @Jörg.")], "de")
    assert [(p.name, p.entries) for p in names.people] == [("Jörg", 2)]


@pytest.mark.parametrize("piece", ["A.", "A. ", "Mr. ", "Aa ", "a-", "my ", "@a", "X'", "Éa"])
def test_odd_text_is_read_in_no_time(entry: Callable[..., Entry], piece: str) -> None:
    text = piece * (300_000 // len(piece))
    started = time.perf_counter()
    find_names([read(entry(text))])
    assert time.perf_counter() - started < 5
