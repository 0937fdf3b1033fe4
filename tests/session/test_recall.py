"""The week's own words, found again for a review."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Answer, Commitment, Entry, Pillar, Quote, Recall
from journal_tui.session.recall import find_quotes

TODAY = date(2026, 3, 15)
STARTED = datetime(2026, 3, 1, tzinfo=UTC)


def wrote(text: str, ago: int = 0, id: str = "", **fields: Any) -> Entry:
    answers = fields.pop("answers", (Answer(text=text, signals=tuple(fields.pop("signals", ()))),))
    return Entry(
        id=id or f"e{ago}",
        created=STARTED,
        day=TODAY - timedelta(days=ago),
        pillar=Pillar.TRUST,
        answers=answers,
        **fields,
    )


def found(*entries: Entry, promises: tuple[Commitment, ...] = (), **fields: Any) -> dict[Recall, str]:
    quotes = find_quotes(sorted(entries, key=lambda e: e.sort_key()), promises, TODAY, **fields)
    return {recall: quote.text for recall, quote in quotes.items()}


def test_an_empty_week_leaves_nothing() -> None:
    assert found() == {}
    assert found(wrote("This was long ago and is not of the week.", 8)) == {}
    assert found(wrote("Tomorrow has not come yet, so it is not seen.", -1)) == {}


def test_what_was_left_open_comes_with_its_day() -> None:
    open = wrote("We talked. Nobody said who would pay for it in the end. Hm.", 2, signals=["still_open"])
    quotes = find_quotes([open, wrote("All is well between us today.")], [], TODAY)
    assert quotes[Recall.OPEN] == Quote(
        text="Nobody said who would pay for it in the end.", entry="e2", day=TODAY - timedelta(2)
    )


def test_a_question_of_ones_own_is_open_too() -> None:
    assert found(wrote("A long day at work. Why does this always come up on Sundays?"))[Recall.OPEN] == (
        "Why does this always come up on Sundays?"
    )


def test_low_and_high_days_by_their_rating() -> None:
    week = found(
        wrote("Nothing worked out the way it should.", 1, rating=1),
        wrote("It was neither here nor there today.", 2, rating=3),
        wrote("She laughed all the way to the bus.", 3, rating=5),
    )
    assert week[Recall.HARD] == "Nothing worked out the way it should."
    assert week[Recall.GOOD] == "She laughed all the way to the bus."


def test_what_was_kept_in_and_what_was_promised() -> None:
    promise = Commitment(id="p", entry="e9", text="Call the landlord", made=TODAY - timedelta(30), due=TODAY)
    old = Commitment(id="q", entry="e8", text="Mend the gate", made=TODAY - timedelta(30), due=TODAY + timedelta(9))
    week = found(wrote("I wanted to say that it hurt.", signals=["kept_quiet"]), promises=(promise, old))
    assert week[Recall.UNSAID] == "I wanted to say that it hurt."
    assert week[Recall.PROMISE] == "Call the landlord"


def test_the_person_of_the_week() -> None:
    week = found(
        wrote("Ana came by with the keys again.", 1),
        wrote("Long walk by the river. Ana had no time for it.", 2),
        wrote("Bo was there as well, all evening.", 3),
        named=lambda text: [name for name in ("Ana", "Bo") if name in text],
    )
    assert week[Recall.PERSON] == "Ana came by with the keys again."


def test_a_skipped_question_is_put_again() -> None:
    skipped = Answer(prompt="trust/x", ask="Who has your spare key?", skipped=True)
    assert found(wrote("", answers=(skipped,)))[Recall.SKIPPED] == "Who has your spare key?"


def test_words_of_some_weeks_ago_that_come_back() -> None:
    week = found(
        wrote("The allotment again, and who has time to water it.", 1),
        wrote("We gave the allotment one more summer.", 30),
        wrote("It rained the whole day and I slept.", 31),
    )
    assert week[Recall.EARLIER] == "We gave the allotment one more summer."


def test_the_shortest_entry_comes_whole_and_the_longest_by_a_sentence() -> None:
    week = found(wrote("Nothing much.", 1), wrote("We walked and we talked about the house. " * 8, 2))
    assert week[Recall.SHORTEST] == "Nothing much."
    assert week[Recall.LONGEST] == "We walked and we talked about the house."


def test_nothing_is_quoted_from_where_someone_is_hurt_nor_from_a_review() -> None:
    hurt = wrote("He hit me again last night. Why do I stay here?", rating=1, signals=["kept_quiet"])
    review = wrote("", answers=(Answer(text="Why is that still so with me?", quote="It is so.", quoted="e1"),))
    assert found(hurt, review) == {}


def test_a_review_that_speaks_of_harm_is_left_out_whole_and_so_is_what_was_promised_there() -> None:
    hurt = wrote("He hits me when I come home late. I am afraid of him.", 2, id="hurt")
    promise = Commitment(id="p", entry="hurt", text="Never come home late again", made=TODAY - timedelta(2))
    review = wrote(
        "",
        answers=(
            Answer(text="It is the same with us still.", quote="x", quoted="y"),
            Answer(text="I keep it to myself."),
        ),
    )
    assert found(hurt, review, promises=(promise,)) == {}


texts = st.text(st.sampled_from("abc .?!\n“”’é日🙂"), max_size=60) | st.text(max_size=30)


@given(st.lists(st.tuples(texts, st.integers(0, 80), st.none() | st.integers(1, 5)), max_size=12))
def test_every_quote_is_an_exact_part_of_its_entry_and_none_comes_twice(
    given: list[tuple[str, int, int | None]],
) -> None:
    entries = [wrote(text, ago, id=f"e{n}", rating=rating) for n, (text, ago, rating) in enumerate(given)]
    quotes = find_quotes(entries, [], TODAY)
    assert len({quote.text for quote in quotes.values()}) == len(quotes)
    for quote in quotes.values():
        assert quote.text.strip()
        assert quote.text in next(entry for entry in entries if entry.id == quote.entry).text
