"""The ten patterns: each shows when it is there, with its words; none shows where it is not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from journal_tui.insights.judgements import FOCUS, MUTED, focuses
from journal_tui.insights.occasions import KINDS
from journal_tui.insights.patterns import Finding, Tier, declared, for_today
from journal_tui.insights.report import Report, build
from journal_tui.model import PATTERNS, Answer, Commitment, Entry, Judgement, Mark, Outcome, Pillar, Status, Verdict
from tests.insights.conftest import MONDAY, make_entry

ORDINARY = (
    "We walked along the canal and watched the ducks for a while.",
    "Work was long, the train was on time for once.",
    "Soup, bread, an early night with a good book.",
    "The neighbours painted their fence a very bright blue.",
    "I mended the bicycle and rode it round the block.",
)
PILLARS = tuple(Pillar)
TODAY = MONDAY + timedelta(days=100)


def journal(*told: str, every: int = 4, **fields: Any) -> list[Entry]:
    """An ordinary entry a day, into some of which a sentence of `told` is put, in turn."""
    entries = []
    for day in range(84):
        text = f"{ORDINARY[day % 5]} {ORDINARY[(day + 2) % 5]}"
        if told and day % every == 0:
            text = f"{ORDINARY[day % 5]} {told[day // every % len(told)]} {ORDINARY[(day + 2) % 5]}"
        entries.append(make_entry(text, day=day, pillar=PILLARS[day % 7], rating=3, **fields))
    return entries


def report(
    entries: Sequence[Entry],
    promises: Sequence[Commitment] = (),
    judgements: Sequence[Judgement] = (),
    marks: Sequence[Mark] = (),
    today: date = TODAY,
) -> Report:
    return build(entries, promises, today=today, judgements=judgements, marks=marks)


def found(entries: Sequence[Entry], kind: str, promises: Sequence[Commitment] = ()) -> list[Finding]:
    return [finding for finding in report(entries, promises).patterns if finding.kind == kind]


def promises_of(entries: Sequence[Entry], is_kept: Callable[[Entry], bool]) -> list[Commitment]:
    return [
        Commitment(
            id=f"p{entry.id}",
            entry=entry.id,
            text="Call first.",
            made=entry.day,
            due=entry.day + timedelta(days=2),
            outcomes=(
                Outcome(on=entry.day + timedelta(days=2), status=Status.KEPT if is_kept(entry) else Status.NOT_YET),
            ),
        )
        for entry in entries
        if entry.day
    ]


GAVE_WAY = (
    "I gave in and we did it his way.",
    "In the end I went along with what Tom wanted.",
    "I let Tom decide.",
    "I dropped my plan and we took his.",
)
KEPT_QUIET = (
    "I said nothing, although it bothered me.",
    "I bit my tongue.",
    "I did not tell Tom how I felt.",
    "I said it was fine, but it was not.",
)
BLAME = (
    "It was all Tom's fault.",
    "Tom made me lose my temper.",
    "If Tom had called, none of this would have happened.",
    "I only shouted because Tom started it.",
)
CRITICISM = (
    "And Tom never listens.",
    "And Tom always has an excuse.",
    "And Tom is so selfish.",
    "And Tom never says sorry.",
)
NEGATIVE = (
    "Tom was rude to me and it hurt.",
    "Seeing Tom left me sad and drained.",
    "Tom let me down and I felt miserable.",
    "Lunch with Tom was awful.",
)
QUARREL = (
    "Tom and I had an argument this evening.",
    "I had a row with Tom.",
    "Tom snapped at me and I snapped back.",
    "There was a fight with Tom about the car.",
)
OPEN = ("We argued about money again.", "Money came up again and nothing changed.", "Still no answer about money.")
HEAVY = "It was a terrible day, I cried and felt ashamed, miserable and alone."
LONG = " ".join(ORDINARY)


def with_pillar(change: Callable[[Entry], Entry], pillar: Pillar) -> list[Entry]:
    return [change(entry) if entry.pillar is pillar else entry for entry in journal()]


def skipped(entry: Entry) -> Entry:
    return replace(entry, answers=(Answer(prompt="trust/a", skipped=True),), rating=None)


def asked(entries: list[Entry]) -> list[Entry]:
    return [replace(e, answers=(replace(e.answers[0], prompt="x/y"), *e.answers[1:])) for e in entries]


def planted() -> Iterator[tuple[str, str, list[Entry], list[Commitment]]]:
    plain = journal()
    yield "say_do_gap", "trust", plain, promises_of(plain, lambda entry: entry.pillar is not Pillar.TRUST)
    yield "avoided_pillar", "trust", asked(with_pillar(skipped, Pillar.TRUST)), []
    heavy = with_pillar(lambda e: replace(e, answers=(Answer(text=HEAVY),), rating=5), Pillar.TRUST)
    yield "rating_text_mismatch", "trust", heavy, []
    yield "absolutist_criticism", "Tom", journal(*CRITICISM, "Lunch with Tom and Ana.", "I met Ana with Tom."), []
    yield "blame_over_ownership", "", journal(*BLAME), []
    yield "recurring_unresolved", "money", journal(*OPEN), []
    yield "one_sided_account", "Tom", journal(*QUARREL), []
    yield "one_sided_compromise", "", journal(*GAVE_WAY), []
    yield "person_negative", "Tom", journal(*NEGATIVE, "A good walk with Ana.", "I saw Ana and her mother."), []
    yield "self_silencing", "", journal(*KEPT_QUIET), []


PLANTED = {kind: (target, entries, promises) for kind, target, entries, promises in planted()}


def test_every_kind_is_declared_counted_and_tried_here() -> None:
    assert {kind.kind for kind in declared()} == set(PATTERNS) == set(PLANTED)
    assert {kind.name for kind in declared()} == set(KINDS)


@pytest.mark.parametrize("kind", PLANTED)
def test_a_pattern_that_is_there_shows_with_the_writers_words(kind: str) -> None:
    target, entries, promises = PLANTED[kind]
    (finding,) = found(entries, kind, promises)
    assert (finding.target, finding.tier) == (target, Tier.STEADY)
    assert finding.weeks >= 3
    assert 3 <= finding.count <= finding.of
    assert str(finding.count) in finding.statement
    assert finding.question.endswith("?")
    texts = {entry.id: entry.text for entry in entries}
    assert 1 <= len(finding.evidence) <= 3
    for piece in (*finding.evidence, *finding.against):
        assert piece.quote in texts[piece.id]
        assert piece.date == next(entry.day for entry in entries if entry.id == piece.id) or kind == "say_do_gap"
    assert all(kind == "say_do_gap" or piece.quote or kind == "avoided_pillar" for piece in finding.evidence)


def test_an_ordinary_journal_shows_none() -> None:
    assert report(journal()).patterns == ()


@pytest.mark.parametrize("kind", PLANTED)
def test_nothing_is_known_before_it_was_written(kind: str) -> None:
    """On the day it is first seen it shows, on the day before it does not; what came later changes nothing."""
    _, entries, promises = PLANTED[kind]
    (finding,) = found(entries, kind, promises)
    first = finding.first_seen
    told = [p for p in promises if p.made <= first]
    then = [f for f in report(entries, told, today=first).patterns if f.kind == kind and f.tier is Tier.STEADY]
    assert [f.first_seen for f in then] == [first]
    before = report(entries, told, today=first - timedelta(days=1)).patterns
    assert not [f for f in before if f.kind == kind and f.tier is Tier.STEADY]


@pytest.mark.parametrize(
    ("kind", "other"),
    [
        ("one_sided_compromise", "We met halfway."),
        ("one_sided_compromise", "Tom gave in and we did it my way."),
        ("self_silencing", "I told Tom plainly what I needed."),
        ("blame_over_ownership", "I was wrong to raise my voice."),
    ],
)
def test_as_often_the_other_way_round_is_no_pattern(kind: str, other: str) -> None:
    told = {"one_sided_compromise": GAVE_WAY, "self_silencing": KEPT_QUIET, "blame_over_ownership": BLAME}[kind]
    assert not found(journal(*[line for one in told for line in (one, other)], every=3), kind)


def test_the_other_direction_is_told_too() -> None:
    (finding,) = found(journal("Tom gave in and we did it my way.", "Tom let me have my way."), "one_sided_compromise")
    assert "the other one moved" in finding.statement


def test_their_side_told_is_no_one_sided_account() -> None:
    seen = [f"{line} I can see why he was worried." for line in QUARREL]
    assert not found(journal(*seen), "one_sided_account")


def test_a_theme_that_is_only_loved_is_not_open() -> None:
    assert not found(journal("Time in the garden again, my favourite part of the day."), "recurring_unresolved")


def test_a_theme_that_was_settled_rests() -> None:
    entries = [*journal(*OPEN), make_entry("Money is settled at last, we agreed on a plan.", day=86)]
    (finding,) = found(entries, "recurring_unresolved")
    assert finding.rested == MONDAY + timedelta(days=86)
    assert "rested since 1 April" in finding.change
    assert for_today([finding], [], TODAY) is None


def test_grief_and_illness_are_nothing_against_a_person() -> None:
    ill = (
        "Tom is ill and it is horrible to see.",
        "Tom was in hospital, I felt awful.",
        "The funeral with Tom was sad.",
    )
    assert not found(journal(*ill), "person_negative")


def test_what_was_chosen_counts_like_what_was_written() -> None:
    chosen = (Answer(text=LONG), Answer(prompt="trust/who", choice=("I did",), signals=("gave_way",)))
    (finding,) = found(journal(answers=chosen), "one_sided_compromise")
    assert finding.count == finding.of == 84


# -- where somebody is being hurt ------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind.kind for kind in declared() if kind.sensitive and "/" not in kind.name])
def test_where_somebody_is_being_hurt_nothing_is_said(kind: str) -> None:
    _, entries, _ = PLANTED[kind]
    hurt = make_entry("Tom hit me and I am afraid of him.", day=85)
    shown = report([*entries, hurt])
    assert not [f for f in (*shown.patterns, *shown.muted) if f.kind == kind]
    assert shown.withheld


# -- what the writer says --------------------------------------------------------------------------


def judge(verdict: Verdict, day: int, kind: str = "one_sided_compromise", target: str = "") -> Judgement:
    return Judgement(kind=kind, target=target, verdict=verdict, on=MONDAY + timedelta(days=day))


def test_not_me_puts_it_away_for_sixty_days_and_asks_for_more() -> None:
    entries = PLANTED["one_sided_compromise"][1]
    said = [judge(Verdict.NOT_ME, 90)]
    away = report(entries, judgements=said)
    assert [f.kind for f in away.patterns] == []
    assert [f.muted_until for f in away.muted] == [said[0].on + MUTED]
    assert len(report(entries, judgements=said, today=said[0].on + MUTED).patterns) == 1
    thrice = [judge(Verdict.NOT_ME, day) for day in (90, 91, 92)]
    first = found(entries, "one_sided_compromise")[0].first_seen
    again = report(entries, judgements=thrice, today=thrice[-1].on + MUTED).patterns[0]
    assert again.first_seen > first
    assert report(entries, judgements=[*thrice, judge(Verdict.RINGS_TRUE, 93)]).patterns[0].first_seen == first


def test_what_rings_true_is_in_focus_for_some_weeks() -> None:
    said = [judge(Verdict.RINGS_TRUE, 50)]
    entries = PLANTED["one_sided_compromise"][1]
    (finding,) = report(entries, judgements=said).patterns
    assert (finding.verdict, finding.focus_since) == (Verdict.RINGS_TRUE, said[0].on)
    assert finding.since_focus == (8, 8)
    assert "8 of 8" in finding.change
    assert focuses(said, said[0].on) == tuple(said)
    assert focuses(said, said[0].on + FOCUS) == ()
    assert focuses([*said, judge(Verdict.NOT_NOW, 51)], MONDAY + timedelta(days=52)) == ()


def test_today_asks_one_a_week_at_most() -> None:
    entries = journal(*[f"{one} {other}" for one, other in zip(GAVE_WAY, KEPT_QUIET, strict=True)])
    shown = report(entries).patterns
    assert len(shown) == 2
    first = for_today(shown, [], TODAY)
    assert first
    said = Judgement(kind=first.kind, target=first.target, verdict=Verdict.PARTLY, on=TODAY)
    assert for_today(report(entries, judgements=[said]).patterns, [said], TODAY) is None
    later = TODAY + timedelta(days=7)
    second = for_today(report(entries, judgements=[said], today=later).patterns, [said], later)
    assert second
    assert second.kind != first.kind
    put_off = replace(said, verdict=Verdict.NOT_NOW)
    asked_then = for_today(report(entries, judgements=[put_off], today=later).patterns, [put_off], later)
    assert asked_then
    assert asked_then.kind == second.kind


def later(entry: Entry, days: int) -> Entry:
    return replace(entry, id=f"f{entry.id}", day=entry.day + timedelta(days=days) if entry.day else None)


def less_and_less() -> tuple[list[Entry], list[Entry]]:
    """Eight weeks of giving way, then as many of meeting halfway."""
    return journal(*GAVE_WAY, every=3)[:56], [later(entry, 56) for entry in journal("We met halfway.", every=3)[:60]]


def test_what_gets_less_is_said_to_get_less() -> None:
    often, seldom = less_and_less()
    (finding,) = report([*often, *seldom], today=MONDAY + timedelta(days=116)).patterns
    assert finding.fading
    assert "less" in finding.change


def test_words_that_the_writer_marked_count_and_so_do_words_like_them() -> None:
    entries = journal("So the window stayed shut, as ever.")
    assert not found(entries, "one_sided_compromise")
    mark = Mark(id="m1", entry=entries[0].id, words="the window stayed shut", signal="gave_way", on=TODAY)
    (finding,) = report(entries, marks=[mark]).patterns
    assert (finding.kind, finding.count, finding.of) == ("one_sided_compromise", 21, 21)
    assert finding.evidence[0].quote == "the window stayed shut"


# -- shuffling -------------------------------------------------------------------------------------


def shuffled_targets(kind: str, chance: random.Random) -> tuple[list[Entry], list[Commitment]]:
    """The same journal with what the pattern is about given to others: pillars among entries, names among sentences,
    signals among entries."""
    _, entries, promises = PLANTED[kind]
    if kind in ("say_do_gap", "avoided_pillar", "rating_text_mismatch"):
        pillars = [entry.pillar for entry in entries]
        chance.shuffle(pillars)
        return [replace(e, pillar=p) for e, p in zip(entries, pillars, strict=True)], promises
    names = ("Tom", "Ana", "Ruth", "Ben", "Lea", "Max")
    renamed = []
    for entry in entries:
        one, other = chance.sample(names, 2)
        text = entry.text.replace("Ana", "{0}").replace("Tom", "{1}").format(one, other)
        renamed.append(replace(entry, answers=(Answer(text=text),)))
    return renamed, promises


@pytest.mark.parametrize(
    "kind", ["say_do_gap", "avoided_pillar", "rating_text_mismatch", "absolutist_criticism", "person_negative"]
)
def test_shuffling_what_it_is_about_takes_it_away(kind: str) -> None:
    chance = random.Random(3)
    shown = sum(
        any(f.kind == kind and f.tier is Tier.STEADY for f in report(*shuffled_targets(kind, chance)).patterns)
        for _ in range(12)
    )
    assert shown <= 1


def test_shuffling_dates_takes_fading_away() -> None:
    often, seldom = less_and_less()
    entries = [*often, *seldom]
    chance = random.Random(5)
    fading = 0
    for _ in range(20):
        days = [entry.day for entry in entries]
        chance.shuffle(days)
        moved = [replace(entry, day=day) for entry, day in zip(entries, days, strict=True)]
        fading += any(f.fading for f in report(moved, today=MONDAY + timedelta(days=116)).patterns)
    assert fading <= 2
