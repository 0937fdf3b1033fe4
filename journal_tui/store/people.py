"""Those who go by several names, as the writer joined them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from journal_tui.model import Person, UsageError
from journal_tui.people import called, merged, same_name, tidy_name
from journal_tui.store.records import person_to_document

if TYPE_CHECKING:
    from journal_tui.store.ledger import Ledger


class People:
    """Those of a journal."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Person]:
        """In the order of the joining."""
        with self._ledger.reading():
            return [person for person, _ in self._joined()]

    def called(self, name: str) -> tuple[str, ...]:
        """All the names of whoever goes by this one."""
        return called(name, self.all())

    def join(self, name: str, other: str) -> Person:
        """Two names stand for one person from now on, and so do all that were joined with either; `name` stands for
        them.

        Raises:
            UsageError: one is no name, or they are the same.
            JournalError: nothing was changed.
        """
        first, second = tidy_name(name), tidy_name(other)
        if same_name(first, second):
            raise UsageError(f'"{first}" and "{second}" are the same name: give two that differ')
        with self._ledger.change("join", names=[first, second]):
            ((person, numbers), *_) = merged([(Person(name=first, also=(second,)), []), *self._joined()])
            self._put(person, numbers)
        return person

    def part(self, name: str) -> None:
        """This name stands by itself again; what else was joined with it stays joined.

        Raises:
            UsageError: it is joined with no other.
            JournalError: nothing was changed.
        """
        parted = tidy_name(name)
        if not any(same_name(other, parted) for person in self.all() for other in (person.name, *person.also)):
            raise UsageError(f'"{parted}" is joined with no other name: `journal-tui people` shows those that are')
        with self._ledger.change("part", names=[parted]):
            for person, numbers in self._joined():
                first, *rest = [other for other in (person.name, *person.also) if not same_name(other, parted)]
                if len(rest) < len(person.also):
                    self._put(Person(name=first, also=tuple(rest)), numbers)

    def bring_in(self, people: Iterable[Person]) -> None:
        """Adds them, within a change of the ledger."""
        documents = ({"id": self._ledger.ids.new(), **person_to_document(person)} for person in people)
        self._ledger.table("people").insert_multiple(documents)

    def _joined(self) -> list[tuple[Person, list[int]]]:
        """Each person with the numbers of the documents that make them up: two devices may each have joined some."""
        people = self._ledger.index.people
        found = merged((people[number], [number]) for number in self._ledger.in_order("people", people))
        return [(person, made_of) for person, made_of in found if person.also]

    def _put(self, person: Person, numbers: Sequence[int]) -> None:
        """Makes one document of those with these numbers; none of somebody who has one name only."""
        table = self._ledger.table("people")
        kept = numbers[: bool(person.also)]
        if kept:
            table.update(person_to_document(person), doc_ids=kept)
        elif person.also:
            self.bring_in([person])
        if rest := numbers[len(kept) :]:
            table.remove(doc_ids=rest)
