"""The promises made in entries, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from journal_tui.store.records import commitment_to_document, outcome_to_document

if TYPE_CHECKING:
    from journal_tui.model import Commitment, Outcome
    from journal_tui.store.ledger import Ledger


class Promises:
    """Those of a journal."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Commitment]:
        """Of all entries, in the order they were made."""
        with self._ledger.reading() as index:
            live = [commitment for commitment in index.commitments.values() if commitment.entry in index.live]
            return sorted(live, key=lambda commitment: (commitment.made, commitment.entry))

    def due(self, today: date) -> list[Commitment]:
        """Those to ask about today."""
        return [commitment for commitment in self.all() if commitment.is_due(today)]

    def get(self, wanted: str) -> Commitment:
        """The promise with this id, or with the only id that begins or ends so (three characters or more).

        Raises:
            UsageError: none, or more than one.
        """
        from journal_tui.store.index import pick_promise

        return pick_promise(wanted, {promise.id: promise for promise in self.all()})

    def answer(self, outcomes: Mapping[str, Outcome]) -> None:
        """Notes what became of promises, by their ids.

        Raises:
            JournalError: nothing was changed.
        """
        if outcomes:
            with self._ledger.change("answer"):
                self.put_outcomes(outcomes)

    # -- within a change of the ledger -------------------------------------------------------------

    def put(self, promises: Iterable[Commitment]) -> None:
        """Each takes the place of the one with its id."""
        table = self._ledger.table("commitments")
        for promise in promises:
            document, number = commitment_to_document(promise), self._numbers().get(promise.id)
            if number is None:
                table.insert(document)
            else:
                table.update(document, doc_ids=[number])

    def put_outcomes(self, outcomes: Mapping[str, Outcome]) -> None:
        """Adds what became of promises; what was noted last is not noted again."""
        numbers = self._numbers() if outcomes else {}
        table = self._ledger.table("commitments")
        for id, outcome in outcomes.items():
            found = table.get(doc_id=numbers[id]) if id in numbers else None
            if found is not None:
                said, new = found.get("outcomes", []), outcome_to_document(outcome)
                if new not in said[-1:]:
                    table.update({"outcomes": [*said, new]}, doc_ids=[found.doc_id])

    def bring_in(self, promises: Iterable[Commitment]) -> None:
        """Adds those that are not here, not even with an entry in the trash."""
        kept = self._numbers()
        made = (commitment_to_document(promise) for promise in promises if promise.id not in kept)
        self._ledger.table("commitments").insert_multiple(made)

    def _numbers(self) -> dict[str, int]:
        return {commitment.id: number for number, commitment in self._ledger.index.commitments.items()}
