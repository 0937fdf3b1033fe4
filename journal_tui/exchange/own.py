"""What this program wrote itself and meets again in an import: known by its id, or by its words at their minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from journal_tui.exchange import out_jrnl
from journal_tui.exchange.contents import writable
from journal_tui.exchange.out_csv import words
from journal_tui.exchange.record import LeftOut, Whole, fingerprint_of
from journal_tui.model import Commitment, Entry, Judgement, Mark, Person
from journal_tui.people import called, name_key
from journal_tui.store.journal import Journal
from journal_tui.text import listed, plural


def own_fingerprints(journal: Journal) -> Counter[str]:
    """How often each text is here, in the trash or not, under the fingerprints that its exports have when they come
    again; without those under which it was imported, and those whose import was taken back."""
    free = journal.imports.taken_back()
    thrown = (trashed.entry for trashed in journal.trash.all() if trashed.entry.id not in free)
    there = [*journal.entries(), *thrown]
    return Counter(mark for entry in there for mark in fingerprints_of(entry))


def fingerprints_of(entry: Entry) -> set[str]:
    """What an entry may have when it comes back, by the form it went out in."""
    # Of a row of CSV without words its tags are read.
    texts = {entry.text, words(entry) or ", ".join(entry.tags), out_jrnl.body(entry)}
    found = {fingerprint_of(entry.day, entry.moment, writable(text)) for text in texts if text.strip()}
    if entry.day is None and entry.moment is None:
        found.add(fingerprint_of(None, entry.created, writable(out_jrnl.body(entry))))
    return found - {entry.source.fingerprint if entry.source else ""}


@dataclass(slots=True)
class Sifted:
    """What of an export is new here."""

    entries: list[Entry] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    already: int = 0
    """Entries that are here as they are there."""
    left_out: list[LeftOut] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many there are of each kind beside the entries."""
        kinds = ("commitments", "people", "judgements", "marks")
        return {kind: len(getattr(self, kind)) for kind in kinds}

    def words(self) -> str:
        """The same for a person; empty: there is nothing."""
        names = (
            ("promise", "promises"),
            ("person with several names", "people with several names"),
            ("answer to a pattern", "answers to patterns"),
            ("marked passage", "marked passages"),
        )
        counted = zip(self.counts().values(), names, strict=True)
        return listed(plural(count, *name) for count, name in counted if count)


def sift(journal: Journal, pieces: Iterable[Whole]) -> Sifted:
    """What is not here yet. What was changed, thrown away or erased here since stays so, and is told."""
    found = Sifted()
    here = {entry.id: entry for entry in journal.entries()}
    thrown = {trashed.entry.id for trashed in journal.trash.all()} - journal.imports.taken_back()
    erased = journal.trash.erased()
    promises = {promise.id: promise for promise in journal.promises.all()}
    marks = {(mark.entry, mark.words, mark.signal) for mark in journal.marks.all()}
    people = journal.people.all()
    said = journal.judgements.all()
    new: set[str] = set()

    def leave(piece: Whole, why: str) -> None:
        found.left_out.append(LeftOut(where=piece.where, why=why))

    for piece in pieces:
        match piece.item:
            case Entry() as entry:
                if entry.id in new:
                    leave(piece, "its id stands twice in the file")
                elif entry.id in thrown:
                    leave(piece, "it is in the trash here")
                elif entry.id in erased:
                    leave(piece, "it was erased for good here")
                elif entry.id not in here:
                    new.add(entry.id)
                    found.entries.append(entry)
                elif here[entry.id] == entry:
                    found.already += 1
                else:
                    leave(piece, "it was changed here since: it is left as it is")
            case Commitment() as promise:
                if promise.entry not in here and promise.entry not in new:
                    if promise.entry not in thrown and promise.entry not in erased:
                        leave(piece, "the entry it was made in is not there")
                elif promise.id not in promises:
                    promises[promise.id] = promise
                    found.commitments.append(promise)
                elif promises[promise.id] != promise:
                    leave(piece, "it was answered or changed here since: it is left as it is")
            case Person() as person:
                known = set(map(name_key, called(person.name, people)))
                if not known.issuperset(map(name_key, person.also)):
                    found.people.append(person)
            case Judgement() as judgement:
                later = (j for j in said if (j.kind, j.target) == (judgement.kind, judgement.target))
                if not any(j.on >= judgement.on for j in later):
                    found.judgements.append(judgement)
            case Mark() as mark:
                if (mark.entry in here or mark.entry in new) and (mark.entry, mark.words, mark.signal) not in marks:
                    found.marks.append(mark)
    return found
