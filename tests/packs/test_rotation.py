"""Which pillar and which questions come today."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import Depth, Pack, Pillar, Prompt, Season, Visit
from journal_tui.packs.library import load_library
from journal_tui.packs.rotation import choose_prompts, pillar_of_day
from journal_tui.paths import bundled_packs

FIRST = date(2026, 1, 5)


def pack(*prompts: Prompt) -> Pack:
    return Pack(id="p", title="P", pillar=Pillar.TRUST, language="en", about="", prompts=prompts)


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
    assert choose_prompts(LADDER, shuffled, FIRST, 3) == choose_prompts(LADDER, past, FIRST, 3)


# -- questions -------------------------------------------------------------------------------------


@given(visits, st.integers(0, 10))
def test_questions_are_distinct_and_grow_deeper(past: list[Visit], count: int) -> None:
    chosen = choose_prompts(LADDER, past, FIRST, count)
    assert len(set(chosen)) == len(chosen) == min(count, len(LADDER.prompts))
    depths = [list(Depth).index(p.depth) for p in chosen]
    assert depths == sorted(depths)


@pytest.mark.parametrize(("count", "depths"), [(1, "l"), (2, "ld"), (3, "lmd"), (4, "lmmd"), (6, "llmmdd")])
def test_questions_spread_over_the_depths(count: int, depths: str) -> None:
    assert "".join(p.depth[0] for p in choose_prompts(LADDER, [], FIRST, count)) == depths


def test_another_depth_stands_in_for_a_missing_one() -> None:
    only_deep = pack(*(prompt(f"d{n}", Depth.DEEP) for n in range(3)))
    assert [p.id for p in choose_prompts(only_deep, [], FIRST, 3)] == ["p/d0", "p/d1", "p/d2"]


def test_a_question_put_less_often_or_longer_ago_comes_first() -> None:
    three = pack(prompt("a"), prompt("b"), prompt("c"))
    put = ["p/b", "p/b", "p/c", "p/a"]
    past = [Visit(day=FIRST + timedelta(n), prompt=id, pillar=None) for n, id in enumerate(put)]
    today = FIRST + timedelta(9)
    assert [p.id for p in choose_prompts(three, past, today, 3)] == ["p/c", "p/a", "p/b"]


def test_follow_ups_and_questions_out_of_season_wait() -> None:
    monday = prompt("monday", season=Season(weekdays=(0,)))
    later = prompt("later", season=Season(after_entries=2))
    given = pack(prompt("follow", only_follow_up=True), monday, later)
    past = [Visit(day=FIRST - timedelta(n), prompt="other/x", pillar=None) for n in (1, 2)]
    assert choose_prompts(given, [], FIRST, 3) == [monday]
    assert choose_prompts(given, [], FIRST + timedelta(1), 3) == []
    assert choose_prompts(given, past, FIRST + timedelta(1), 3) == [later]


# -- a year and more -------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [1, 3])
def test_four_hundred_days(every: int) -> None:
    """Pillars come equally often, and no question comes again before the others of its depth."""
    library = load_library(bundled_packs())
    past: list[Visit] = []
    pillars: list[Pillar] = []
    for number in range(0, 400, every):
        today = FIRST + timedelta(number)
        pillar = pillar_of_day(past, today)
        pillars.append(pillar)
        chosen = choose_prompts(library.for_session(pillar), past, today, 3)
        assert [p.depth for p in chosen] == list(Depth)
        past += [Visit(day=today, prompt=p.id, pillar=pillar, skipped=number % 5 == 0) for p in chosen]

    assert all(len(set(pillars[n : n + 7])) == 7 for n in range(len(pillars) - 6))
    put = Counter(visit.prompt for visit in past)
    for pillar in Pillar:
        always = [p for p in library.for_session(pillar).prompts if not p.only_follow_up and p.season == Season()]
        for depth in Depth:
            times = [put[p.id] for p in always if p.depth is depth]
            assert max(times) - min(times) <= 1
