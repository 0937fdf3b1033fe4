"""What *People* shows: everybody who is named, by all their names, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from journal_tui.dates import say_day
from journal_tui.model import Entry
from journal_tui.people import Known, find_people, wording
from journal_tui.text import clean_line, fold, listed, plural, sentences, shorten
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.row_list import Row
from journal_tui.world import World

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """The people of a journal, those in most entries first."""

    today: date
    people: tuple[Known, ...]

    def get(self, name: str) -> Known | None:
        return next((person for person in self.people if person.name == name), None)


def look(world: World) -> PeopleView:
    """Reads every entry for names; may take a while with a large journal.

    Raises:
        JournalError: the journal cannot be read.
    """
    people = find_people(world.journal.entries(), world.journal.people.all())
    return PeopleView(today=world.today(), people=tuple(people))


def rows(view: PeopleView, *, marked: str = "") -> list[Row]:
    """A line for each of them, with the name as id; the one called `marked` is to be joined with another."""
    return [
        Row(
            id=person.name,
            text=clean_line(person.name[:200]),
            beside=clean_line(", ".join(person.also)[:500]),
            sign="+" if person.name == marked else " ",
            aside=_where(person, view.today),
        )
        for person in view.people
    ]


def _where(person: Known, today: date) -> str:
    if not person.entries:
        return "in no entry now"
    last = f", last {say_day(person.last, today)}" if person.last else ""
    return f"{plural(len(person.entries), 'entry', 'entries')}{last}"


def details(person: Known, today: date) -> list[Block]:
    """All their names, and what was written of them last."""
    also = f", also called {listed(map(clean_line, person.also))}" if person.also else ""
    blocks = [Block(f"{clean_line(person.name)}{also}", "bold $ink")]
    for entry in reversed(person.entries[-MOST_QUOTES:]):
        day = say_day(entry.day, today)
        blocks += [
            Block("", "$ink"),
            Block(day[:1].upper() + day[1:], "$quiet"),
            Block(f"“{shorten(_words_on(person, entry), 240)}”", "$ink"),
        ]
    return blocks


def _words_on(person: Known, entry: Entry) -> str:
    """The first sentence with their name, or the first line of an entry that notes them without it."""
    named = re.compile("|".join(wording(name).pattern for name in (person.name, *person.also)))
    found = (entry.text[start:end] for start, end in sentences(entry.text))
    return next((sentence for sentence in found if named.search(fold(sentence))), entry.heading)
