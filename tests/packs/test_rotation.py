"""Which pillar and which questions come today."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Asked, Depth, Pace, Pack, Pillar, Prompt, Recall, Visit, When
from journal_tui.packs.library import load_library
from journal_tui.packs.rotation import choose_prompts, first_days, pillar_of_day, sitting_of_first_days, weekly
from journal_tui.paths import bundled_packs

FIRST = date(2026, 1, 5)
TEN = Pace.MEDIUM


def pack(*prompts: Prompt, asked: Asked = Asked.ROUND) -> Pack:
    return Pack(id="p", title="P", pillar=Pillar.TRUST, language="en", about="", prompts=prompts, asked=asked)


def names(prompts: list[Prompt]) -> list[str]:
    return [prompt.id.removeprefix("p/") for prompt in prompts]


def put(name: str, day: date = FIRST, pillar: Pillar | None = None) -> Visit:
    return Visit(day=day, prompt=f"p/{name}", pillar=pillar)


def prompt(name: str, depth: Depth = Depth.MIDDLE, **fields: object) -> Prompt:
    return Prompt(id=f"p/{name}", ask="?", depth=depth, **fields)  # type: ignore[arg-type]


LADDER = pack(*(prompt(f"{depth}-{n}", depth) for n in (1, 2) for depth in (Depth.DEEP, Depth.MIDDLE, Depth.LIGHT)))

visits = st.lists(
    st.builds(
        Visit,
        day=st.dates(FIRST - timedelta(400), FIRST),
        prompt=st.sampled_from([p.id for p in LADDER.prompts] + ["other/x"]),
        pillar=st.none() | st.sampled_from(Pillar),
        skipped=st.booleans(),
    ),
    max_size=30,
)


# -- pillars ---------------------------------------------------------------------------------------


def test_pillars_never_visited_come_first_in_their_order() -> None:
    seen: list[Visit] = []
    for number, pillar in enumerate(Pillar):
        today = FIRST + timedelta(number)
        assert pillar_of_day(seen, today) is pillar
        seen.append(Visit(day=today, prompt="p/q", pillar=pillar))
    assert pillar_of_day(seen, FIRST + timedelta(7)) is Pillar.RESPECT


@given(visits, visits)
def test_a_day_keeps_its_pillar(past: list[Visit], later: list[Visit]) -> None:
    today = [Visit(day=FIRST, prompt=visit.prompt, pillar=visit.pillar) for visit in later]
    before = [visit for visit in past if visit.day < FIRST]
    assert pillar_of_day([*before, *today], FIRST) is pillar_of_day(before, FIRST)


@given(visits)
def test_the_order_of_the_past_does_not_matter(past: list[Visit]) -> None:
    shuffled = sorted(past, key=lambda visit: (visit.prompt, visit.day))
    assert pillar_of_day(shuffled, FIRST) is pillar_of_day(past, FIRST)
    assert choose_prompts(LADDER, shuffled, FIRST, TEN) == choose_prompts(LADDER, past, FIRST, TEN)


def days(past: list[Visit], number: int, **how: Any) -> list[Pillar]:
    """The pillars of so many days, each of them visited."""
    past = list(past)
    for day in range(number):
        today = FIRST + timedelta(day)
        past.append(Visit(day=today, prompt="p/q", pillar=pillar_of_day(past, today, **how)))
    return [visit.pillar for visit in past[-number:] if visit.pillar]


def test_shuffled_each_round_has_every_pillar_in_another_order() -> None:
    came = days([], 70, shuffled=True)
    rounds = [tuple(came[n : n + 7]) for n in range(0, 70, 7)]
    assert all(set(one) == set(Pillar) for one in rounds)
    assert len(set(rounds)) > 5
    assert all(one is not other for one, other in pairwise(came))


@given(st.sets(st.sampled_from(Pillar), min_size=1), st.booleans(), visits)
def test_those_favoured_come_more_often_and_nobody_starves(
    favoured: set[Pillar], shuffled: bool, past: list[Visit]
) -> None:
    past = [visit for visit in past if visit.day < FIRST]
    came = Counter(days(past, 210, favoured=favoured, shuffled=shuffled)[70:])
    assert set(came) == set(Pillar)
    assert min(came.values()) >= 140 // 30
    if len(favoured) <= 2:
        assert all(came[pillar] > came[other] for pillar in favoured for other in set(Pillar) - favoured)


# -- questions -------------------------------------------------------------------------------------


@given(visits, st.sampled_from(Pace))
def test_questions_are_distinct_and_grow_deeper(past: list[Visit], pace: Pace) -> None:
    chosen = choose_prompts(LADDER, past, FIRST, pace)
    assert len(set(chosen)) == len(chosen)
    depths = [list(Depth).index(p.depth) for p in chosen]
    assert depths == sorted(depths)


@pytest.mark.parametrize(("pace", "depths"), [(Pace.SHORT, "m"), (Pace.MEDIUM, "lmd"), (Pace.LONG, "lmmdd")])
def test_the_time_there_is_tells_how_deep_it_goes(pace: Pace, depths: str) -> None:
    assert "".join(p.depth[0] for p in choose_prompts(LADDER, [], FIRST, pace)) == depths


def test_in_two_minutes_nothing_deep_is_asked() -> None:
    asked: list[str] = []
    for day in range(8):
        past = [put(name, FIRST + timedelta(n)) for n, name in enumerate(asked)]
        asked += names(choose_prompts(LADDER, past, FIRST + timedelta(day), Pace.SHORT))
    assert set(asked) == {"light-1", "light-2", "middle-1", "middle-2"}
    assert len(set(asked[:4])) == 4


def test_another_depth_stands_in_for_a_missing_one() -> None:
    only_deep = pack(*(prompt(f"d{n}", Depth.DEEP) for n in range(3)))
    assert names(choose_prompts(only_deep, [], FIRST, TEN)) == ["d0", "d1", "d2"]


def test_the_question_put_longest_ago_comes_first() -> None:
    three = pack(prompt("a"), prompt("b"), prompt("c"))
    past = [put(name, FIRST + timedelta(n)) for n, name in enumerate("bbca")]
    assert names(choose_prompts(three, past, FIRST + timedelta(9), TEN)) == ["b", "c", "a"]
    not_yet = [*past, put("b", FIRST + timedelta(10))]
    assert names(choose_prompts(three, not_yet, FIRST + timedelta(9), TEN)) == ["b", "c", "a"]


def test_a_question_of_a_season_or_a_new_one_takes_its_place_and_no_more() -> None:
    """It does not come again and again until it was put as often as the others."""
    given = pack(*(prompt(name) for name in "abc"), prompt("december", when=When(months=(12,))))
    past = [put(name, date(2025, 11, day)) for day, name in enumerate("abcabcabc", start=1)]
    asked = []
    for day in range(1, 9):
        [chosen] = choose_prompts(given, past, date(2025, 12, day), Pace.SHORT)
        asked += names([chosen])
        past.append(put(asked[-1], date(2025, 12, day)))
    assert asked == ["december", "a", "b", "c", "december", "a", "b", "c"]


def test_follow_ups_and_questions_out_of_season_wait() -> None:
    monday = prompt("monday", when=When(weekdays=(0,)))
    later = prompt("later", when=When(after_entries=2))
    june = prompt("june", when=When(months=(6,)))
    given = pack(prompt("follow", only_follow_up=True), monday, later, june)
    past = [Visit(day=FIRST - timedelta(n), prompt="other/x", pillar=None) for n in (1, 2)]
    assert choose_prompts(given, [], FIRST, TEN) == [monday]
    assert choose_prompts(given, [], FIRST + timedelta(1), TEN) == []
    assert choose_prompts(given, past, FIRST + timedelta(1), TEN) == [later]
    assert choose_prompts(given, [], date(2026, 6, 2), TEN) == [june]


def test_questions_on_a_promise_or_a_pattern_wait_for_it() -> None:
    promised = prompt("promised", when=When(due_promise=True))
    focused = prompt("focused", when=When(focus=True), patterns=("self_silencing",))
    given = pack(promised, focused)
    assert choose_prompts(given, [], FIRST, TEN) == []
    assert choose_prompts(given, [], FIRST, TEN, promise_due=True) == [promised]
    assert choose_prompts(given, [], FIRST, TEN, focus=["say_do_gap"]) == []
    assert choose_prompts(given, [], FIRST, TEN, focus=["self_silencing"]) == [focused]


def test_questions_of_a_pattern_in_focus_come_twice_as_often() -> None:
    given = pack(prompt("a"), prompt("b"), prompt("c", patterns=("say_do_gap",)))
    past: list[Visit] = []
    for day in range(80):
        today = FIRST + timedelta(day)
        chosen = choose_prompts(given, past, today, Pace.SHORT, focus=["say_do_gap"])
        past += [put(name, today) for name in names(chosen)]
    came = Counter(visit.prompt for visit in past)
    assert came["p/c"] >= 39
    assert abs(came["p/a"] - came["p/b"]) <= 1


# -- first days and weeks --------------------------------------------------------------------------

FIRST_DAYS = pack(*(prompt(str(n), Depth.DEEP if n == 1 else Depth.LIGHT) for n in range(1, 6)), asked=Asked.FIRST_DAYS)


def test_the_first_days_are_offered_then_go_on_in_the_order_of_the_file() -> None:
    past: list[Visit] = []
    assert first_days([LADDER, FIRST_DAYS], past, FIRST) == (FIRST_DAYS, False)
    for day, expected in enumerate([["1", "2"], ["3", "4"], ["5"]]):
        today = FIRST + timedelta(day)
        assert first_days([LADDER, FIRST_DAYS], past, today) == (FIRST_DAYS, day > 0)
        assert sitting_of_first_days(FIRST_DAYS, past) == (day + 1, 3)
        chosen = names(choose_prompts(FIRST_DAYS, past, today, Pace.LONG)[: 2 if day < 2 else 1])
        assert chosen == expected
        past += [put(name, today) for name in chosen]
        assert first_days([FIRST_DAYS], past, today) == (None, False)
    assert first_days([FIRST_DAYS], past, FIRST + timedelta(3)) == (None, False)


def test_the_first_days_wait_two_weeks_and_are_not_offered_to_those_who_write_already() -> None:
    begun = [put("1"), put("2")]
    assert first_days([FIRST_DAYS], begun, FIRST + timedelta(14)) == (FIRST_DAYS, True)
    assert first_days([FIRST_DAYS], begun, FIRST + timedelta(15)) == (None, False)
    elsewhere = [Visit(day=FIRST, prompt="other/x", pillar=Pillar.TRUST)]
    assert first_days([FIRST_DAYS], elsewhere, FIRST) == (FIRST_DAYS, False)
    assert first_days([FIRST_DAYS], elsewhere, FIRST + timedelta(1)) == (None, False)


WEEK = pack(
    prompt("open-1", recall=Recall.OPEN),
    prompt("open-2", recall=Recall.OPEN),
    prompt("good", recall=Recall.GOOD),
    prompt("person", recall=Recall.PERSON),
    prompt("ahead"),
    prompt("slow"),
    asked=Asked.WEEKLY,
)


def test_a_review_is_offered_once_a_week_to_those_who_wrote() -> None:
    other = [Visit(day=FIRST - timedelta(n), prompt="other/x", pillar=None) for n in range(7)]
    assert weekly([WEEK], other[:2], FIRST) is None
    assert weekly([LADDER, WEEK], other[:3], FIRST) is WEEK
    assert weekly([WEEK], [*other, put("good", FIRST - timedelta(6))], FIRST) is None
    assert weekly([WEEK], [*other, put("good", FIRST - timedelta(7))], FIRST) is WEEK
    assert weekly([WEEK], other, FIRST + timedelta(10)) is None


def test_a_review_asks_beside_what_the_week_left() -> None:
    recalls = {Recall.OPEN, Recall.PERSON}
    assert names(choose_prompts(WEEK, [], FIRST, TEN, recalls=recalls)) == ["open-1", "person", "ahead"]
    past = [put(name) for name in ("open-1", "person", "ahead")]
    assert names(choose_prompts(WEEK, past, FIRST, TEN, recalls=recalls)) == ["open-2", "person", "slow"]
    assert names(choose_prompts(WEEK, [], FIRST, TEN)) == ["ahead", "slow"]


# -- a year and more -------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [1, 3])
@pytest.mark.parametrize("pace", Pace)
def test_four_hundred_days(every: int, pace: Pace) -> None:
    """Pillars come equally often; no question comes again before its peers, and each is reached."""
    library = load_library(bundled_packs())
    past: list[Visit] = []
    pillars: list[Pillar] = []
    for number in range(0, 400, every):
        today = FIRST + timedelta(number)
        pillar = pillar_of_day(past, today)
        pillars.append(pillar)
        chosen = choose_prompts(library.for_session(pillar), past, today, pace)
        assert chosen == choose_prompts(library.for_session(pillar), past, today, pace)
        past += [Visit(day=today, prompt=p.id, pillar=pillar, skipped=number % 5 == 0) for p in chosen]

    assert all(len(set(pillars[n : n + 7])) == 7 for n in range(len(pillars) - 6))
    asked = Counter(visit.prompt for visit in past)
    for pillar in Pillar:
        always = [p for p in library.for_session(pillar).prompts if not p.only_follow_up and p.when == When()]
        groups = [{Depth.LIGHT, Depth.MIDDLE}] if pace is Pace.SHORT else [{depth} for depth in Depth]
        for depths in groups:
            times = [asked[p.id] for p in always if p.depth in depths]
            assert max(times) - min(times) <= 1
            if every == 1:
                assert min(times) >= 1
