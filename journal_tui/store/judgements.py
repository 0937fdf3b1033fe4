"""What the writer says of patterns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from journal_tui.store.records import judgement_to_document

if TYPE_CHECKING:
    from journal_tui.model import Judgement
    from journal_tui.store.ledger import Ledger


class Judgements:
    """Those of a journal."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Judgement]:
        """In the order it was said; of two on the same pattern, the later holds."""
        with self._ledger.reading() as index:
            found = index.judgements
            return [found[number] for number in self._ledger.in_order("judgements", found)]

    def add(self, judgement: Judgement) -> None:
        """Notes what the writer says of a pattern; what was said before stays known.

        Raises:
            JournalError: nothing was changed.
        """
        with self._ledger.change("judge", pattern=[judgement.kind, judgement.target]):
            self.bring_in([judgement])

    def bring_in(self, judgements: Iterable[Judgement]) -> None:
        """Adds them, within a change of the ledger."""
        documents = ({"id": self._ledger.ids.new(), **judgement_to_document(judgement)} for judgement in judgements)
        self._ledger.table("judgements").insert_multiple(documents)
