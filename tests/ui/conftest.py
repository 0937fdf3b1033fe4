"""The app on a journal of its own, at a fixed moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from journal_tui.model import Answer, Commitment, Entry, Pillar
from journal_tui.paths import find_paths
from journal_tui.ui.app import JournalApp
from journal_tui.world import World, open_world

MOMENT = datetime(2026, 3, 12, 21, 30, tzinfo=timezone(timedelta(hours=1)))
TODAY = MOMENT.date()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return open_world(find_paths(tmp_path / "home"), lambda: MOMENT)


@pytest.fixture
def open_app(world: World) -> Callable[[], JournalApp]:
    return lambda: JournalApp(world)


def entry(world: World, day: date | None, text: str, **more: object) -> Entry:
    """One entry with free words."""
    made = Entry(id=world.journal.new_id(), created=MOMENT, day=day, answers=(Answer(text=text),), **more)  # type: ignore[arg-type]
    world.journal.add(made)
    return made


SAMPLE = (
    (398, Pillar.TRUST, 4, "Lent Imke the spare key. It felt like nothing, which is probably the point."),
    (
        365,
        None,
        None,
        "First frost on the allotment. Covered the kale with the old curtain.\n\nWalked home the long way.",
    ),
    (40, Pillar.RESPECT, 3, "Jonas asked before he moved my papers. I noticed that I noticed."),
    (33, Pillar.BOUNDARIES, 2, "Said yes to the weekend shift again. The allotment will wait. It always waits."),
    (26, Pillar.BOUNDARIES, 3, "Told Petra no, kindly, for once. #work My hands shook a little on the stairs."),
    (12, Pillar.COMMUNICATION, 4, "The dishes again. We talked instead of sighing at each other across the sink."),
    (9, Pillar.TRUST, 5, "日本語 with the new neighbour: three words each, a lot of pointing. 🙂"),
    (5, Pillar.RESPONSIBILITY, 2, "Forgot to call Mum on Sunday. The allotment was dry and I stayed too long."),
    (2, None, None, "The allotment: two rows of onions, mud up to the knees, and a robin on the spade."),
    (1, Pillar.WIN_WIN, 4, "Ruth wanted June, I wanted July. We took the last week of June and the first of July."),
)


@pytest.fixture
def filled(world: World) -> World:
    """A world with some entries, a due promise, and something on this day a year ago."""
    for ago, pillar, rating, text in SAMPLE:
        day = TODAY - timedelta(ago)
        moment = datetime(day.year, day.month, day.day, 21, 10, tzinfo=MOMENT.tzinfo)
        made = entry(world, day, text, pillar=pillar, rating=rating, moment=moment)
    promise = Commitment(
        id="promise-1", entry=world.journal.new_id(), text="Call Mum on Sunday", made=TODAY - timedelta(5), due=TODAY
    )
    made = Entry(
        id=promise.entry,
        created=MOMENT,
        day=TODAY - timedelta(5),
        pillar=Pillar.ACCOUNTABILITY,
        rating=3,
        answers=(Answer(prompt="accountability/x", ask="What did you leave undone?", text="The call. Again."),),
    )
    world.journal.add(made, commitments=[promise])
    return world


def ago(world: World, **span: float) -> World:
    """The same journal at an earlier moment, as another process has it."""
    return open_world(world.paths, lambda: MOMENT - timedelta(**span))


@pytest.fixture
def grown(world: World) -> Entry:
    """An entry of last week that was edited twice, and thrown away and put back in between."""
    made = entry(
        ago(world, days=8, hours=2),
        TODAY - timedelta(8),
        "The dishes again. We sighed at each other across the sink.\n\nI said nothing, which is a kind of shouting.",
        pillar=Pillar.COMMUNICATION,
        rating=2,
    )
    second = replace(
        made,
        edited=MOMENT - timedelta(days=3),
        answers=(
            Answer(
                text="The dishes again. We talked instead of sighing at each other across the sink.\n\n"
                "I said nothing at first, which is a kind of shouting."
            ),
        ),
    )
    ago(world, days=3).journal.replace(second)
    ago(world, days=1, hours=1).journal.delete([made.id])
    ago(world, days=1).journal.trash.put_back([made.id])
    last = replace(second, edited=MOMENT, rating=4, answers=(Answer(text=f"{second.text}\n\nThen Jonas dried."),))
    ago(world, minutes=20).journal.replace(last)
    return last
