"""Who is named in a text and in a journal, language by language."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Answer, Entry, Person
from journal_tui.people import find_people, known_names, name_key, names_somebody, recognise
from journal_tui.text import fold

DAY = date(2026, 1, 5)


def diary(*texts: str, **fields: tuple[str, ...]) -> list[Entry]:
    """Texts as entries, one a day."""
    return [
        Entry(
            id=f"e{number:03}",
            created=datetime(2026, 1, 5, tzinfo=UTC),
            day=DAY + timedelta(number),
            answers=(Answer(text=text),),
            **fields,  # type: ignore[arg-type]
        )
        for number, text in enumerate(texts)
    ]


# -- whether anybody is named ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("with @ana", "en"),
        ("I saw Ruth there", "en"),
        ("my sister", "en"),
        ("our old boss", "en"),
        ("My fiancée, at last", "en"),
        ("she left", "en"),
        ("Told him.", "en-GB"),
        ("Dann kam meine große Schwester", "de"),
        ("mit unserem Chef geredet", "de"),
        ("Ich habe ihm geschrieben", "de"),
        ("Fui con mi hermana", "es"),
        ("Y luego vino Lucía", "es"),
        ("Se lo dije a él", "es"),
        ("avec ma petite sœur", "fr"),
        ("et puis mon père", "fr"),
        ("Elle est partie", "fr"),
        ("con @lucía", "xx"),
    ],
)
def test_somebody_is_named(text: str, language: str) -> None:
    assert names_somebody(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("It rained.", "en"),
        ("Then on Monday I slept", "en"),
        ("and I went", "en"),
        ("my garden", "en"),
        ("The sheet", "en"),
        ("in April", "en"),
        ("Dann war die Arbeit vorbei, und der Garten wartete", "de"),
        ("Es ist meine Schuld", "de"),
        ("El lunes llovió", "es"),
        ("Il pleut sur la ville", "fr"),
        ("It was Ruth", "xx"),
        ("", "../../secret"),
    ],
)
def test_nobody_is_named(text: str, language: str) -> None:
    assert not names_somebody(text, language)


# -- who is recognised -----------------------------------------------------------------------------

KNOWN = ("Ana", "Ada Holm", "Will", "May", "my sister", "Mum", "Jean-Luc", "Mr. Reed", "Zoë", "O'Brien", "my mother")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ana and ana, ANA's dress.", ["Ana"]),
        ("Banana, Anatole, un-Ana and Ana-Lena.", []),
        ("with @bob and @Ana’s friend, then @bob", ["bob", "Ana"]),
        ("mail me at a@ana.example", ["Ana"]),
        ("Ada came.", []),
        ("Ada\nHolm came", ["Ada Holm"]),
        ("I asked mr. reed and Mr\u00a0Reed", ["Mr. Reed"]),
        ("zoe and ZOË and zoe\u0308", ["Zoë"]),
        ("jean-luc called O’Brien", ["Jean-Luc", "O'Brien"]),
        ("Jean Luc, Jean-Lucs", ["Jean-Luc"]),
        # names that are words
        ("Will you come? I will. Will came.", []),
        ("I told Will so.", ["Will"]),
        ("“Will you?” I said. 'Will', I said", []),
        ("We met in May. May was cold.", []),
        ("I asked May.", ["May"]),
        ("then, Will", ["Will"]),
        # kin
        ("My sister, our little sister", ["my sister"]),
        ("a sister, the sister of my boss", []),
        ("my sister-in-law", []),
        ("mom called, so did my mummy", ["Mum"]),
        ("my mother-in-law", []),
        ("my. Sister", []),
        ("mother", []),
        # in order, each once
        ("my sister saw Ana. Mum saw my sister and Will", ["my sister", "Ana", "Mum", "Will"]),
        ("", []),
    ],
)
def test_those_known_are_recognised(text: str, found: list[str]) -> None:
    assert list(recognise(text, KNOWN)) == found


@pytest.mark.parametrize(
    ("language", "text", "known", "found"),
    [
        ("de", "Mit meiner Schwester und Mutti bei Anna.", ("meine Schwester", "Mama", "Anna"), None),
        ("de", "Der Wolf kam, dann Wolf.", ("Wolf",), ()),
        ("de", "Mit @Wolf geredet.", ("Wolf",), None),
        ("es", "Con mi querida hermana y papá. Rosa no vino.", ("mi hermana", "papá"), None),
        ("es", "Vino Lucia", ("Lucía",), ("Lucía",)),
        ("fr", "Ma sœur, notre grand-mère et papa", ("ma sœur", "ma grand-mère", "papa"), None),
        ("fr", "ma soeur", ("ma sœur",), ("ma sœur",)),
        ("xx", "anna and @ben", ("Anna",), ("Anna", "ben")),
    ],
)
def test_in_each_language(language: str, text: str, known: tuple[str, ...], found: tuple[str, ...] | None) -> None:
    assert recognise(text, known, language) == (known if found is None else found)


WORDS = st.sampled_from(["Ana", "ana", "my", "sister", "Will", "will", ".", "-", "@", " ", "\n", "'s", "mum", "ß", "İ"])


@given(st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=40))
def test_any_text_is_read_and_each_is_there(text: str) -> None:
    found = recognise(text, ("Ana", "Will", "my sister", "Mum"))
    assert len(set(found)) == len(found)
    assert all(name in ("my sister", "Mum") or fold(name) in fold(text) for name in found if name.isascii())
    names_somebody(text)


def test_it_is_done_between_two_keys() -> None:
    """5,000 words and 300 names; the time wanted is 5 ms on a quiet machine."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghiklmnoprstuwé", k=chance.randint(2, 9))) for _ in range(3000)]
    names = ["".join(chance.choices("abcdefghiklmnoprstuwé", k=6)).capitalize() for _ in range(300)]
    text = " ".join(chance.choice(names if chance.random() < 0.02 else words) for _ in range(5000))
    times = []
    for _ in range(5):
        started = time.perf_counter()
        assert len(recognise(text, names)) > 50
        times.append(time.perf_counter() - started)
    assert min(times) < 0.05


@pytest.mark.parametrize("piece", ["A.", "A. ", "Mr. ", "Aa ", "a-", "my ", "@a", "X'", "Éa", "my a ", "Ana-", "my\n"])
def test_odd_text_is_read_in_no_time(piece: str) -> None:
    entries = diary(piece * (100_000 // len(piece)))
    started = time.perf_counter()
    recognise(entries[0].text, KNOWN)
    known_names(entries, [])
    assert time.perf_counter() - started < 5


# -- who was met before ----------------------------------------------------------------------------


def test_names_met_before_are_known_as_they_are_mostly_written() -> None:
    entries = diary(
        "Lunch with @ana. My sister came, and Mum called.",
        "@Ana again. When Tobias came I sang. My little sister too.",
        "I called Tobias about it, and I saw Ana there; mum too.",
        "Mum is well. Lunch with Once.",
    )
    assert known_names(entries, []) == ("Ana", "Mum", "my sister", "Tobias")


def test_places_days_and_words_are_nobody() -> None:
    entries = diary(
        "On Monday we were in Lisbon, and the Committee met.",
        "I love Monday, back in Lisbon for the Committee.",
        "So Olive oil; an olive, and I like Olive",
        "I bought Olive oil. More olive oil",
        "The olive tree. An olive, olive again",
    )
    assert known_names(entries, []) == ()


def test_whole_names_stand_for_their_parts() -> None:
    entries = diary("I like Ada Holm.", "I told Ada so.", "With Ada Holm.", "Then Mr. Reed wrote.", "So Mr. Reed came.")
    known = known_names(entries, [])
    assert known == ("Ada Holm", "Mr. Reed")
    assert recognise("ada called mr reed", known) == ("Ada Holm", "Mr. Reed")


def test_a_joined_name_stands_for_its_spellings() -> None:
    entries = diary("@Annie came.", "Lunch with @Ana.", "My sister wrote.", "@Ben")
    known = known_names(entries, [Person(name="Ana", also=("Annie", "my sister"))])
    assert known == ("Ana", "Ben")
    assert recognise("Ben saw my big sister", known) == ("Ben", "Ana")
    assert recognise("@annie and @ana", known) == ("Ana",)


def test_those_noted_are_known() -> None:
    known = known_names(diary("A walk.", people=("Frau Weber", "my sister")), [])
    assert known == ("Frau Weber", "my sister")
    assert recognise("Walked with frau weber", known) == ("Frau Weber",)


@pytest.mark.parametrize(
    ("language", "texts", "known"),
    [
        (
            "de",
            ("Mit meinem Bruder, und die Arbeit, und Arbeit.", "Angst vor der Arbeit, dann Angst."),
            ("mein Bruder",),
        ),
        ("de", ("Dann kam Frau Weber.", "Also hat Frau Weber gesagt"), ("Frau Weber",)),
        ("es", ("Luego vino Lucía.", "Y llamó Lucía, en Madrid", "mi mamá; fui a Madrid"), ("Lucía", "mi mamá")),
        ("fr", ("Hier avec Élodie.", "Et puis Élodie, et ma sœur, et maman"), ("Élodie", "ma sœur", "maman")),
        ("xx", ("Then came Ruth.", "And so Ruth said, @Ben"), ("Ben",)),
    ],
)
def test_names_met_in_each_language(language: str, texts: tuple[str, ...], known: tuple[str, ...]) -> None:
    assert known_names(diary(*texts), [], language) == known


def test_people_are_told_with_their_entries_and_the_last_day() -> None:
    entries = diary("@Ana", "annie slept", "Nobody.", "Ben and I met @Ben.") + diary("A walk.", people=("annie",))
    found = find_people(entries, [Person(name="Ana", also=("Annie",)), Person(name="Zoë", also=("Zo",))])
    assert [(one.name, one.also, len(one.entries), one.last) for one in found] == [
        ("Ana", ("Annie",), 3, DAY + timedelta(1)),
        ("Ben", (), 1, DAY + timedelta(3)),
        ("Zoë", ("Zo",), 0, None),
    ]


def test_names_differ_by_more_than_spelling() -> None:
    same = [("Ana", "@ANÁ"), ("my  sister", "My Sister"), ("Mum", "my mom"), ("Ma sœur", "soeur"), ("e\u0301", "é")]
    other = [("Ana", "Anna"), ("my sister", "my mother"), ("my", "our")]
    assert [name_key(a) == name_key(b) for a, b in (*same, *other)] == [True] * len(same) + [False] * len(other)
