"""What there is to choose from: drafts, the pillars with their last visit, packs, and the free page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from journal_tui.model import Asked, Pace, Pack, Pillar, visits
from journal_tui.session.session import Session
from journal_tui.text import clean_line, count_words, plural
from journal_tui.ui.messages import Begin, GoOn
from journal_tui.ui.theme import Titles, glyph, hue, title
from journal_tui.ui.wrapping import cut, pad
from journal_tui.world import World

FREE_KEY = "f"
_NAME = 17
"""Cells of a title."""
_BEFORE = 6
"""Cells before it: the key and the sign."""
_PERIODS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One line; without a message it is only air between two groups."""

    message: Begin | GoOn | None
    label: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseView:
    """What there is to write about."""

    today: date
    drafts: Sequence[Session]
    of_day: Pillar | str
    """What a new session is about unless the writer says otherwise."""
    titles: Titles
    last: Mapping[Pillar, date]
    """When each pillar was last visited."""
    packs: Sequence[Pack]
    """Those that are no pillar's own."""


def look(world: World, drafts: Sequence[Session]) -> ChooseView:
    """Reads journal and packs.

    Raises:
        JournalError: the journal cannot be read.
    """
    past = visits(world.journal.entries())
    packs = world.library.packs.values()
    return ChooseView(
        today=world.today(),
        drafts=drafts,
        of_day=world.choice_of_day(past),
        titles=world.titles,
        last={visit.pillar: visit.day for visit in past if visit.pillar},
        packs=[pack for pack in packs if pack.pillar is None or pack.id != pack.pillar.value],
    )


def choices(view: ChooseView, pace: Pace | None, width: int, *, plain: bool = False) -> list[Choice]:
    """Drafts first, then the pillars with the day each was last visited, packs, and the free page, in `width` cells."""
    return list(_choices(view, pace, width, plain))


def first_choice(view: ChooseView, found: Sequence[Choice]) -> int:
    """Which of them Today offers: the last draft, else what is of the day."""
    messages = [choice.message for choice in found]
    of_day = (n for n, said in enumerate(messages) if isinstance(said, Begin) and said.choice == view.of_day)
    return 0 if view.drafts else next(of_day, 0)


def _choices(view: ChooseView, pace: Pace | None, width: int, plain: bool) -> Iterator[Choice]:
    def line(message: Begin | GoOn, pillar: Pillar | None, name: str, aside: str, key: str = "") -> Choice:
        room = width - _BEFORE
        name = pad(clean_line(name), min(room, _NAME))
        sign = (f"{glyph(pillar, plain=plain)}  ", hue(pillar))
        return Choice(
            message,
            Content.assemble((f"{key:<3}", "$accent"), sign, name, (f"  {cut(aside, room - _NAME - 2)}", "$quiet")),
        )

    air = Choice(None, Content())
    for draft in view.drafts:
        name = draft.pack.title if draft.pack else title(None)
        written = f"go on from {ago(draft.day, view.today)}, {plural(count_words(draft.word_text), 'word')}"
        yield line(GoOn(draft), draft.pillar, name, written)
    if view.drafts:
        yield air
    for number, pillar in enumerate(Pillar, 1):
        facts = [ago(view.last[pillar], view.today)] if pillar in view.last else []
        facts += ["its turn now"] if pillar == view.of_day else []
        yield line(Begin(pillar, pace), pillar, view.titles[pillar], ", ".join(facts), str(number))
    yield air
    for pack in view.packs:
        yield line(Begin(pack.id, pace), pack.pillar, pack.title, _about(pack))
    yield line(Begin(None, pace), None, "A free page", "without a question", FREE_KEY)


def _about(pack: Pack) -> str:
    """In a few words what a pack is there for."""
    if pack.own:
        return "your own pack"
    return {Asked.WEEKLY: "looks back on its words", Asked.FIRST_DAYS: "short evenings, to begin with"}.get(
        pack.asked, "sparks for a page"
    )


def ago(day: date, today: date) -> str:
    """How long ago a day is, as one would say it: ``today``, ``yesterday``, ``5 days ago``, ``3 weeks ago``."""
    days = (today - day).days
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    length, period = next(period for period in _PERIODS if days >= period[0] * (2 if period[0] > 1 else 1))
    return f"{plural(days // length, period)} ago"
