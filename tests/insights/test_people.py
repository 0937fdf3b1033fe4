"""People: who is named, under which name, and who is nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from journal_tui.insights.people import find_names
from journal_tui.insights.reading import read
from journal_tui.insights.report import build, to_json
from journal_tui.model import Entry
from journal_tui.model import Person as Joined
from journal_tui.people import find_people
from journal_tui.store.journal import Journal
from journal_tui.store.search import Filter

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


def test_a_name_in_capitals_counts_as_the_same_person(diary: Diary) -> None:
    entries = diary("When Tobias came I sang.", "I called Tobias about it.", "I wrote TOBIAS 7 PM on it.")
    assert people(entries) == {"Tobias": 3}


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
        "I like Thursdays.",
        "Now Thursdays too.",
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


# -- joined by the writer --------------------------------------------------------------------------


def test_joined_names_count_as_one_under_the_name_that_was_chosen(diary: Diary) -> None:
    entries = diary(
        "Lunch with @Ana.", "Annie called. I like Annie.", "My sister wrote.", "@Ben, and Ana.", "Back with Annie."
    )
    joined = [Joined(name="Ana", also=("annie", "my sister"))]
    found = find_names([read(e) for e in entries], people=joined)
    assert [(p.name, p.entries, p.of) for p in found.people] == [("Ana", 5, 5), ("Ben", 1, 5)]
    assert (found.people[0].first, found.people[0].last) == (date(2026, 1, 5), date(2026, 1, 21))
    assert {"ana", "annie", "sister", "ben"} <= found.words.keys()


def test_family_names_follow_those_they_belong_to(diary: Diary) -> None:
    entries = diary("I like Ada Holm.", "With Ada Holm.", "Then Mr. Reed wrote.", "So Mr. Reed came.")
    joined = [Joined(name="Adi", also=("Ada Holm",)), Joined(name="Mr. Reed", also=("Tom",))]
    found = find_names([read(e) for e in entries], people=joined)
    assert {p.name: p.entries for p in found.people} == {"Adi": 2, "Mr. Reed": 2}


def test_accents_make_nobody_else(diary: Diary) -> None:
    assert people(diary("With @José.", "@Jose again", "and jose", "@José")) == {"José": 4}


def test_people_noted_are_people(entry: Callable[..., Entry]) -> None:
    entries = [entry("A walk.", day=0, people=("Ada Holm", "my sister")), entry("So Ada came.", day=4)]
    assert people(entries) == {"Ada": 2, "my sister": 1}


def test_a_report_joins_them(diary: Diary) -> None:
    entries = diary("@Ana", "@Annie", "@Ana and @Annie")
    report = build(entries, [], today=date(2026, 3, 1), people=[Joined(name="Annie", also=("Ana",))])
    assert [(p["name"], p["entries"]) for p in to_json(report)["people"]] == [("Annie", 3)]


def test_a_person_has_the_same_number_wherever_people_are_counted(
    entry: Callable[..., Entry], diary: Diary, tmp_path: Path
) -> None:
    entries = [
        *diary("With Anna. Anna was kind.", "I met Anna and Tom.", "Then Tom called, and anna laughed.", "ANNA."),
        *diary("I saw Anna Reed, who knows Tom Weber.", "My sister came. @jo was late.", "jo and my sister stayed."),
        entry("", day=9, people=("Anna",), rating=3),
        entry("Quiet.", day=9, people=("Tom",)),
        entry("Anna, and Tom again.", day=None),
    ]
    entries = [replace(one, id=f"e{number}") for number, one in enumerate(entries)]
    joined = Joined(name="Anna", also=("my sister",))
    journal = Journal(tmp_path / "data")
    journal.imports.bring_in(entries)
    journal.people.join("Anna", "my sister")
    report = build(entries, [], today=date(2026, 3, 1), people=[joined])
    told = {person.name: person.entries for person in report.people}
    assert told.keys() == {"Anna", "Tom", "jo"}
    assert told == {known.name: len(known.entries) for known in find_people(entries, [joined])}
    assert told == {name: journal.count(Filter(person=name)) for name in told}
    assert {person.of for person in report.people} == {report.entries} == {len(entries)}
