"""The repository: every way in which the program keeps, finds, changes and takes back entries."""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from journal_tui.dates import day_of, now, say_day
from journal_tui.files import LOCK_SECONDS, BusyError, locked
from journal_tui.model import SIGNALS, Entry, JournalError, UsageError, did_you_mean
from journal_tui.paths import make_private
from journal_tui.store.device import device_name
from journal_tui.store.folder import BACKUPS, LOCK, LogFolder
from journal_tui.store.headings import Headings, collect
from journal_tui.store.ids import Ids, telling_apart
from journal_tui.store.log import ERASED, GONE, Op, encode_json
from journal_tui.store.records import (
    UNREADABLE,
    commitment_to_document,
    entry_to_document,
    fingerprint_in,
    is_blank,
    judgement_to_document,
    mark_to_document,
    outcome_to_document,
    person_to_document,
)
from journal_tui.store.search import Filter, candidates, narrows, standing_in
from journal_tui.text import listed, plural, shorten

if TYPE_CHECKING:
    from journal_tui.model import Commitment, Judgement, Mark, Outcome, Person
    from journal_tui.store.backup import Backup
    from journal_tui.store.check import Checked
    from journal_tui.store.folder import Commit
    from journal_tui.store.history import Version
    from journal_tui.store.index import Index, Record
    from journal_tui.store.restore import Restored
    from journal_tui.store.storage import LogStorage
    from journal_tui.store.table import LogTable
    from journal_tui.store.vault import Key

ADD_SECONDS = 2.0
"""An entry waits so long for another program that is writing, then it gets a log of its own."""


_GROWS = ("answers", "rating", "people")
"""What a session that comes a second time may have more of."""

_SHORTEST_MARK = 3
"""Characters."""


_BESIDE = ("people", "judgements", "marks")
"""Tables whose new documents go when what made them is taken back; promises stay with their entry."""


class ChangedMeanwhileError(JournalError):
    """Another program changed the entry since it was read; `entry` is how it is now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"entry {entry.id} was changed by another program meanwhile: edit it again")
        self.entry = entry


class Trashed(NamedTuple):
    """An entry in the trash."""

    entry: Entry
    since: datetime


class Journal:
    """The entries of one folder, and the promises, people, answers to patterns and marks beside them.

    Several processes may hold the same journal: each change takes the lock, reads what others wrote, and adds its
    line, so that no one overwrites another. One thread at a time is let in. Results never share state with what is
    stored.

    Args:
        key: of an encrypted journal.
        device: whose log to write; None: this one.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime] = now,
        key: Key | None = None,
        device: str | None = None,
    ) -> None:
        self._clock = clock
        self._folder = LogFolder(folder, device or device_name(), key, clock)
        """As it is before anything is read."""
        self._ids = Ids(clock)
        self._tables: dict[str, LogTable] = {}
        self._lane = threading.RLock()
        self._is_read = False
        self._headings: Headings | None = None
        self._troubles: list[str] = []
        self._erased_in_own: dict[str, set[str]] = {}
        self._last_search: tuple[int, Filter, Sequence[Record]] = (-1, Filter(), ())
        """Version of the storage, and what was found then: the next letter of a search narrows it down."""

    # Who needs a few entries, or adds one, does without all that reads everything, and without TinyDB.

    @cached_property
    def _storage(self) -> LogStorage:
        from journal_tui.store.storage import LogStorage

        folder = self._folder
        return LogStorage(folder.folder, device=folder.device, key=folder.key, clock=self._clock, ids=self._ids)

    @cached_property
    def _index(self) -> Index:
        from journal_tui.store.index import Index

        return Index(self._storage)

    def _table(self, name: str) -> LogTable:
        from journal_tui.store.table import LogTable

        return self._tables.setdefault(name, LogTable(self._storage, name))

    # -- reading -----------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The journal's clock."""
        return self._clock()

    def refresh(self) -> bool:
        """Reads what other processes wrote; whether anything had changed.

        Raises:
            JournalError: a log cannot be read, or is from a newer version.
        """
        with self._lane:
            changed = self._storage.refresh()
            self._index.read_changes()
            if not self._is_read:
                self._is_read = True
                self._keep_headings()
            return changed

    def _at_a_glance(self) -> Headings | None:
        """The headings, while they hold and nothing more is read. What is amiss in the folder is never overlooked for
        them: they are kept of folders without fault alone."""
        if self._is_read:
            return None
        if self._headings is None or not self._folder.is_as_read():
            self._headings = Headings.read(self._folder)
        return self._headings

    def _keep_headings(self) -> None:
        """Writes them anew, where those that are kept do not hold."""
        kept = Headings.read(self._folder)
        self._headings = kept if kept and kept.fits(self._storage) else None
        erased = self._storage.table_state("marks").erased
        is_late = any(mark.mark.entry in erased for mark in self._index.marks.values())
        if self._headings is None and not (is_late or self._index.unreadable or self._storage.troubles):
            self._headings = collect(self._storage, self._index.ordered, self._index.trash)
            if self._headings:
                self._headings.keep()

    @property
    def troubles(self) -> tuple[str, ...]:
        """A line for everything found amiss in the files so far; `check` looks at everything."""
        with self._lane:
            if self._at_a_glance():
                return tuple(self._troubles)
        self.refresh()
        return (*self._storage.troubles, *self._troubles)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The record ids, as `check` names them, of the entries that could not be read so far. Nothing is read for it:
        ask after `entries` or `find`, which leave them out."""
        if not self._is_read:
            return ()
        rows = self._storage.table_state("entries").rows
        numbers = [number for table, number in [*self._index.unreadable] if table == "entries"]
        return tuple(rows[number].record for number in sorted(numbers) if number in rows)

    def say_unreadable(self) -> tuple[str, ...]:
        """A line for the entries, the promises … that could not be read so far; as for `unreadable`."""
        return tuple(self._index.say_unreadable()) if self._is_read else ()

    def entries(self) -> list[Entry]:
        """All entries, oldest first; blank ones (every question skipped) too."""
        with self._lane:
            self.refresh()
            records = list(self._index.ordered)
        return list(self._index.entries_of(records))  # nobody waits for the reading of all

    def ids(self) -> list[str]:
        """Of all entries, oldest first, without reading them."""
        with self._lane:
            self.refresh()
            return [record.heading.id for record in self._index.ordered]

    def id_length(self) -> int:
        """How many characters of their end tell the ids of all entries apart."""
        with self._lane:
            glance = self._at_a_glance()
            return glance.id_length if glance else telling_apart(self.ids())

    def commitments(self) -> list[Commitment]:
        """All promises of the entries, in the order they were made."""
        with self._lane:
            self.refresh()
            live = [
                commitment for commitment in self._index.commitments.values() if commitment.entry in self._index.live
            ]
            return sorted(live, key=lambda commitment: (commitment.made, commitment.entry))

    def due(self, today: date) -> list[Commitment]:
        """The promises to ask about today."""
        return [commitment for commitment in self.commitments() if commitment.is_due(today)]

    def promise(self, wanted: str) -> Commitment:
        """The promise with this id, or with the only id that begins or ends so (three characters or more).

        Raises:
            UsageError: none, or more than one.
        """
        from journal_tui.store.index import pick_promise

        return pick_promise(wanted, {promise.id: promise for promise in self.commitments()})

    def people(self) -> list[Person]:
        """Those who go by several names, as the writer joined them, in the order of the joining."""
        with self._lane:
            self.refresh()
            return [person for person, _ in self._joined()]

    def _joined(self) -> list[tuple[Person, list[int]]]:
        """Each person with the numbers of the documents that make them up: two devices may each have joined some."""
        from journal_tui.people import merged

        numbers = self._in_order("people", self._index.people)
        found = merged((self._index.people[number], [number]) for number in numbers)
        return [(person, made_of) for person, made_of in found if person.also]

    def _called(self, name: str) -> tuple[str, ...]:
        from journal_tui.people import called

        return called(name, [person for person, _ in self._joined()])

    def _in_order(self, table: str, numbers: Iterable[int]) -> list[int]:
        """Numbers of documents in the order in which these were made."""
        rows = self._storage.table_state(table).rows
        return sorted(numbers, key=lambda number: rows[number].record)

    def judgements(self) -> list[Judgement]:
        """All that the writer said of patterns, in the order it was said; of two on the same, the later holds."""
        with self._lane:
            self.refresh()
            found = self._index.judgements
            return [found[number] for number in self._in_order("judgements", found)]

    def marks(self) -> list[Mark]:
        """The words kept as examples of signals, in the order of the marking: those that stand in their entry as they
        were marked."""
        with self._lane:
            self.refresh()
            found = self._index.marks
            kept = [found[number].mark for number in self._in_order("marks", found) if not found[number].is_removed]
            return [mark for mark in kept if mark.words in self._text_of(mark.entry)]

    def _text_of(self, id: str) -> str:
        """Of a live entry; empty: there is none."""
        record = self._index.live.get(id)
        return next((entry.text for entry in self._index.entries_of([record] if record else [])), "")

    def has(self, id: str) -> bool:
        """Whether an entry has just this id, and is not in the trash."""
        with self._lane:
            if glance := self._at_a_glance():
                return glance.has(id)
            self.refresh()
            return id in self._index.live

    def get(self, wanted: str) -> Entry:
        """The entry with this id, or with the only id that begins or ends so (three characters or more).

        Raises:
            UsageError: none, or more than one.
        """
        with self._lane:
            self.refresh()
            return _read(self._index.pick(wanted, self._index.live))

    def find(self, filter: Filter) -> list[Entry]:
        """The entries that `filter` lets through, newest first; blank ones never. No more are read than needed."""
        with self._lane:
            glance = self._at_a_glance()
            seen = glance.find(filter) if glance else None
            if seen is not None:
                return seen
            self.refresh()
            ordered = self._index.ordered
            names = self._called(filter.person) if filter.person else ()
            if filter.limit is None:  # memory is read faster forwards
                version, before, among = self._last_search
                if version != self._storage.version or not narrows(filter, before):
                    among = ordered
                all_found = list(candidates(among, filter, names))
                self._last_search = (self._storage.version, filter, all_found)
                found: Iterable[Record] = reversed(all_found)
            else:
                found = candidates(reversed(ordered), filter, names)
            entries = self._index.entries_of(found)
            return list(itertools.islice((entry for entry in entries if filter.passes(entry)), filter.limit))

    def count(self, filter: Filter) -> int:
        """How many entries `filter` lets through, whatever its limit."""
        with self._lane:
            if filter.is_open and (glance := self._at_a_glance()):
                return glance.count()
        if not filter.is_open:
            return len(self.find(replace(filter, limit=None)))
        with self._lane:
            self.refresh()
            return sum(not is_blank(record.raw) for record in self._index.ordered)

    def warm(self) -> None:
        """Prepares searching, so that the first search answers at once."""
        with self._lane:
            self.refresh()
            records = list(self._index.ordered)
        from journal_tui.breathing import breathe

        for record in records:
            breathe()
            record.folded()

    def fingerprints(self) -> Counter[str]:
        """How often each imported text is here, was before it was edited, or was thrown away; without those that went
        when their import was taken back."""
        with self._lane:
            self.refresh()
            free = self._taken_back()
            there = (record for record in self._index.records.values() if record.heading.id not in free)
            return Counter(filter(None, (fingerprint_in(record.raw) for record in there)))

    def fingerprints_in_trash(self) -> Counter[str]:
        """Those of `fingerprints` that the writer threw away."""
        with self._lane:
            self.refresh()
            free = self._taken_back()
            thrown = (record for id, record in self._index.trash.items() if id not in free)
            return Counter(filter(None, (fingerprint_in(record.raw) for record in thrown)))

    def taken_back(self) -> frozenset[str]:
        """Ids of the entries in the trash that went there when their import was taken back: they may come in again."""
        with self._lane:
            self.refresh()
            return frozenset(self._taken_back())

    def _taken_back(self) -> dict[str, Record]:
        from journal_tui.store.history import Steps

        if not self._index.trash:
            return {}
        rows, stamps = self._storage.table_state("entries").rows, Steps(self._storage).imports_taken_back()
        return {id: record for id, record in self._index.trash.items() if rows[record.number].stamp in stamps}

    def erased(self) -> frozenset[str]:
        """Ids of entries that were erased for good."""
        with self._lane:
            self.refresh()
            return frozenset(self._storage.table_state("marks").erased)

    def trash(self) -> list[Trashed]:
        """What was thrown away, the latest first."""
        with self._lane:
            self.refresh()
            found = [Trashed(record.entry(), _deleted_at(record.raw)) for record in self._index.trash.values()]
            return sorted(found, key=lambda trashed: (trashed.since, trashed.entry.id), reverse=True)

    def history(self, wanted: str) -> list[Version]:
        """Every version of an entry, in the trash or not, oldest first. `wanted` as for `get`.

        Raises:
            UsageError: no entry has this id, or more than one.
        """
        from journal_tui.store.history import versions

        with self._lane:
            self.refresh()
            record = self._index.pick(wanted, self._index.live | self._index.trash)
            rows = self._storage.table_state("entries").rows
            return versions(self._storage, {rows[twin.number].record for twin in self._index.twins(record)})

    # -- writing -----------------------------------------------------------------------------------

    def new_id(self) -> str:
        """A new id; ids sort in the order given."""
        return self._ids.new()

    def check_writable(self) -> None:
        """Makes sure that what is written can be kept, before anybody writes.

        Raises:
            JournalError: the folder cannot be made or written.
        """
        with self._lane, self._storage.alone():
            pass

    @contextlib.contextmanager
    def undisturbed(self) -> Iterator[None]:
        """No other program changes the journal meanwhile, and what others wrote is read.

        Raises:
            JournalError: another program is writing, or the folder cannot be written.
        """
        with self._lane, self._storage.alone():
            self.refresh()
            yield

    @contextlib.contextmanager
    def _change(self, what: str, *, seconds: float = LOCK_SECONDS, beside: bool = False, **note: Any) -> Iterator[None]:
        """One change: all of it reaches the disk, or none."""
        with self._lane:
            known = None
            with self._storage.transaction(seconds=seconds, beside=beside, what=what, **note):
                if self._storage.is_alone:
                    self._go_on_erasing()
                    self._back_up_before_today()
                self._index.read_changes()
                if self._storage.is_alone:
                    self._erase_late_marks()
                    known = self._headings if self._headings and self._headings.fits(self._storage) else None
                self._storage.added = None
                yield
            if self._storage.added:
                self._headings = known if known and known.take(self._storage) else None
                if self._headings:
                    self._headings.keep()
            with contextlib.suppress(JournalError):  # it is kept: the next reading tells what is amiss
                self.refresh()
            self._index.read_changes()

    def _go_on_erasing(self) -> None:
        """Removes from this device's log what another erased, or what an interrupted erasing left. A disk that
        refuses it does not hold up a change."""
        erased = self._storage.erased()
        if erased is None or erased == self._erased_in_own:
            return
        from journal_tui.store.rewrite import erase_in_own

        try:
            erase_in_own(self._storage, self._clock())
            self._erased_in_own = erased
        except JournalError as error:
            self._troubles = [f"what was erased is still in the files, the next change removes it ({error})"]
        self._storage.refresh()

    def _erase_late_marks(self) -> None:
        """Removes marks that another device made before it knew that their entry was erased."""
        erased = self._storage.table_state("marks").erased
        late = [number for number, kept in self._index.marks.items() if kept.mark.entry in erased]
        if late:
            self._storage.erase("marks", late)

    def _back_up_before_today(self) -> None:
        """The first change of a day leaves a copy of what was there before."""
        from journal_tui.store import backup

        try:
            backup.daily(self._storage, self._clock())
        except (OSError, JournalError) as error:
            reason = getattr(error, "strerror", None) or error
            self._troubles = [f"today's backup could not be made ({reason}): the journal itself is not touched by that"]

    def add(
        self,
        entry: Entry,
        *,
        commitments: Sequence[Commitment] = (),
        outcomes: Mapping[str, Outcome] | None = None,
    ) -> None:
        """Keeps an entry, the promises made in it, and what became of earlier promises, as one change.

        A session interrupted between being kept and being forgotten as a draft comes a second time: it is not
        kept twice, and if it has grown meanwhile, it takes the place of the entry as an edit does.

        Raises:
            JournalError: nothing was changed.
        """
        if not (commitments or outcomes) and self._add_at_a_glance(entry):
            return
        with self._change("edit" if self.kept(entry.id) else "add", seconds=ADD_SECONDS, beside=True):
            record = self._index.with_id(entry.id)
            if record is None:
                self._table("entries").insert(entry_to_document(entry))
            else:
                earlier = _read(record)
                if any(getattr(earlier, name) != getattr(entry, name) for name in _GROWS):
                    self._put(record, entry_to_document(entry))
            for commitment in commitments:
                self._put_promise(commitment)
            self._put_outcomes(outcomes or {})

    def _add_at_a_glance(self, entry: Entry) -> bool:
        """Adds an entry without reading the others; False: nothing was done, since more has to be known of them.

        Raises:
            JournalError: nothing was changed.
        """
        from journal_tui.store import backup

        folder = self._folder
        with self._lane:
            if self._at_a_glance() is None:
                return False
            make_private(folder.folder)
            with contextlib.suppress(BusyError), locked(folder.folder / LOCK, 0):
                known = self._at_a_glance()  # whatever others wrote before
                if known is None or known.holds(entry.id) or backup.is_due(folder, self._clock().date()):
                    return False
                try:
                    folder.put_away()
                except OSError as error:
                    raise folder.unwritable(error) from None
                folder.append([Op("entries", self._ids.new(), None, encode_json(entry_to_document(entry)))], what="add")
                self._headings = known if known.take(folder) else None
                if self._headings:
                    self._headings.keep()
                return True
        return False

    def kept(self, id: str) -> Entry | None:
        """The entry with just this id, in the trash or not."""
        with self._lane:
            self.refresh()
            record = self._index.with_id(id)
            return _read(record) if record else None

    def add_many(
        self,
        entries: Sequence[Entry],
        commitments: Sequence[Commitment] = (),
        *,
        people: Sequence[Person] = (),
        judgements: Sequence[Judgement] = (),
        marks: Sequence[Mark] = (),
        known: Counter[str] | None = None,
        file: str = "",
    ) -> None:
        """Keeps all of `entries` and the promises made in them, and what else comes with them, or nothing.

        An entry whose import was taken back comes out of the trash, with the id and the words it has there.

        Args:
            known: the `fingerprints` on which the choice of entries rests; their ids are looked for too.
            file: where they come from, to be said when they are taken back.

        Raises:
            JournalError: nothing was changed.
        """
        if not (entries or commitments or people or judgements or marks):
            return
        note: dict[str, Any] = {"file": file} if file else {}
        with self._change("import", **note):
            back = self._taken_back()
            if known is not None and (
                self.fingerprints() != known
                or any(self._index.with_id(entry.id) for entry in entries if entry.id not in back)
            ):
                raise JournalError("something else was imported meanwhile, nothing was brought in: import once more")
            again = _pairs(entries, back)
            self._table("entries").insert_multiple(
                entry_to_document(entry) for entry in entries if entry.id not in again
            )
            for entry in entries:
                if record := again.get(entry.id):
                    self._put(record, entry_to_document(entry if entry.id in back else _read(record)))
            kept = self._promise_numbers()  # those too whose entry comes out of the trash
            made = (commitment_to_document(commitment) for commitment in commitments if commitment.id not in kept)
            self._table("commitments").insert_multiple(made)
            named = (person_to_document(person) for person in people)
            self._table("people").insert_multiple({"id": self.new_id(), **document} for document in named)
            said = (judgement_to_document(judgement) for judgement in judgements)
            self._table("judgements").insert_multiple({"id": self.new_id(), **document} for document in said)
            there = {kept.mark.id for kept in self._index.marks.values()}  # those too that were taken back
            self._table("marks").insert_multiple(mark_to_document(mark) for mark in marks if mark.id not in there)

    def answer(self, outcomes: Mapping[str, Outcome]) -> None:
        """Notes what became of promises, by their ids."""
        if outcomes:
            with self._change("answer"):
                self._put_outcomes(outcomes)

    def _put(self, record: Record, document: dict[str, Any]) -> None:
        self._table("entries").update(_becoming(document), doc_ids=[record.number])

    def _promise_numbers(self) -> dict[str, int]:
        return {commitment.id: number for number, commitment in self._index.commitments.items()}

    def _put_promise(self, commitment: Commitment) -> None:
        document = commitment_to_document(commitment)
        number = self._promise_numbers().get(commitment.id)
        if number is None:
            self._table("commitments").insert(document)
        else:
            self._table("commitments").update(document, doc_ids=[number])

    def _put_outcomes(self, outcomes: Mapping[str, Outcome]) -> None:
        numbers = self._promise_numbers() if outcomes else {}
        for id, outcome in outcomes.items():
            found = self._table("commitments").get(doc_id=numbers[id]) if id in numbers else None
            if found is not None:
                said, new = found.get("outcomes", []), outcome_to_document(outcome)
                if new not in said[-1:]:
                    self._table("commitments").update({"outcomes": [*said, new]}, doc_ids=[found.doc_id])

    def join_people(self, name: str, other: str) -> Person:
        """Two names stand for one person from now on, and so do all that were joined with either; `name` stands for
        them.

        Raises:
            UsageError: one is no name, or they are the same.
            JournalError: nothing was changed.
        """
        from journal_tui.model import Person
        from journal_tui.people import merged, same_name, tidy_name

        first, second = tidy_name(name), tidy_name(other)
        if same_name(first, second):
            raise UsageError(f'"{first}" and "{second}" are the same name: give two that differ')
        with self._change("join", names=[first, second]):
            ((person, numbers), *_) = merged([(Person(name=first, also=(second,)), []), *self._joined()])
            self._put_person(person, numbers)
        return person

    def part_people(self, name: str) -> None:
        """This name stands by itself again; what else was joined with it stays joined.

        Raises:
            UsageError: it is joined with no other.
            JournalError: nothing was changed.
        """
        from journal_tui.model import Person
        from journal_tui.people import same_name, tidy_name

        parted = tidy_name(name)
        if not any(same_name(other, parted) for person in self.people() for other in (person.name, *person.also)):
            raise UsageError(f'"{parted}" is joined with no other name: `journal-tui people` shows those that are')
        with self._change("part", names=[parted]):
            for person, numbers in self._joined():
                first, *rest = [other for other in (person.name, *person.also) if not same_name(other, parted)]
                if len(rest) < len(person.also):
                    self._put_person(Person(name=first, also=tuple(rest)), numbers)

    def _put_person(self, person: Person, numbers: Sequence[int]) -> None:
        """Makes one document of those with these numbers; none of somebody who has one name only."""
        kept = numbers[: bool(person.also)]
        if kept:
            self._table("people").update(person_to_document(person), doc_ids=kept)
        elif person.also:
            self._table("people").insert({"id": self.new_id(), **person_to_document(person)})
        if rest := numbers[len(kept) :]:
            self._table("people").remove(doc_ids=rest)

    def judge(self, judgement: Judgement) -> None:
        """Notes what the writer says of a pattern; what was said before stays known.

        Raises:
            JournalError: nothing was changed.
        """
        with self._change("judge", pattern=[judgement.kind, judgement.target]):
            self._table("judgements").insert({"id": self.new_id(), **judgement_to_document(judgement)})

    def mark(self, entry_id: str, words: str, signal: str, *, on: date | None = None) -> Mark:
        """Keeps words of an entry as an example of a signal. Said a second time, it changes nothing.

        Args:
            entry_id: as for `get`.
            words: case, accents, quotes and white space may differ; they are kept as they stand in the entry.
            signal: one of `SIGNALS`.
            on: the day it is; None: by the clock.

        Raises:
            UsageError: there is no such entry or signal, or the words are too short or do not stand in the entry.
            JournalError: nothing was changed.
        """
        from journal_tui.model import Mark

        entry = self.get(entry_id)
        if signal not in SIGNALS:
            raise UsageError(
                f'no signal is called "{shorten(signal, 32)}"{did_you_mean(signal, SIGNALS)}:'
                f" choose from {', '.join(SIGNALS)}"
            )
        if len(words.strip()) < _SHORTEST_MARK:
            raise UsageError(f'"{words.strip()}" is too short to be known again: mark three characters or more')
        exact = standing_in(entry.text, words)
        if not exact:
            raise UsageError(
                f'"{shorten(words, 32)}" does not stand in entry {entry.id}: give words as'
                f" `journal-tui show {entry.id}` shows them"
            )
        for known in self.marks():
            if (known.entry, known.words, known.signal) == (entry.id, exact, signal):
                return known
        with self._change("mark"):
            day = on or day_of(self._clock())
            mark = Mark(id=self.new_id(), entry=entry.id, words=exact, signal=signal, on=day)
            self._table("marks").insert(mark_to_document(mark))
        return mark

    def unmark(self, wanted: str) -> Mark:
        """Lets words be an example no longer; which these were. `wanted` as for `get`.

        Raises:
            UsageError: no mark has this id, or more than one.
            JournalError: nothing was changed.
        """
        from journal_tui.store.index import pick_mark

        mark = pick_mark(wanted, {mark.id: mark for mark in self.marks()})
        with self._change("unmark"):
            self._remove_marks([number for number, kept in self._index.marks.items() if kept.mark.id == mark.id])
        return mark

    def _remove_marks(self, numbers: Sequence[int]) -> None:
        """They stay in the table: their versions are found there when their entry is erased."""
        self._table("marks").update({"removed": True}, doc_ids=numbers)

    def replace(self, entry: Entry, *, expected: Entry | None = None) -> None:
        """Puts a changed entry in the place of the one with its id; the version before stays in the history.

        Args:
            expected: how the entry was when it was read.

        Raises:
            ChangedMeanwhileError: it is no longer as `expected`; nothing was changed.
            JournalError: the entry is gone, or nothing could be written; nothing was changed.
        """
        with self._change("edit"):
            record = self._present(entry.id)
            present = _read(record)
            if expected and entry.id in self._index.live and present != expected:
                raise ChangedMeanwhileError(present)
            self._put(record, entry_to_document(entry))

    def _present(self, id: str) -> Record:
        record = self._index.with_id(id)
        if record is None:
            raise JournalError(
                f"the entry {id} is no longer there: it was removed by another program; nothing was changed"
            )
        return record

    def delete(self, ids: Iterable[str]) -> None:
        """Moves entries to the trash.

        Raises:
            JournalError: one of them is gone; nothing was changed.
        """
        with self._change("delete"):
            self._to_trash(list(ids))

    def _to_trash(self, ids: Iterable[str]) -> None:
        at = self._clock().isoformat()
        for record in [self._present(id) for id in dict.fromkeys(ids)]:
            self._put(record, {**entry_to_document(_read(record)), "deleted": at})

    def put_back(self, ids: Iterable[str]) -> None:
        """Takes entries out of the trash.

        Raises:
            JournalError: one of them is gone; nothing was changed.
        """
        with self._change("put back"):
            for record in [self._present(id) for id in dict.fromkeys(ids)]:
                self._put(record, entry_to_document(_read(record)))

    def erase(self, ids: Iterable[str]) -> int:
        """Removes entries for good: every version, with the promises made and the words marked in them, from the logs
        and from the automatic backups. Cannot be undone.

        Returns:
            How many of the backups held one of them.

        Raises:
            JournalError: one of them is gone, or the disk refuses. What was begun goes on with the next change.
        """
        from journal_tui.store.rewrite import finish_erasure

        with self._lane, self._storage.alone():
            with self._storage.transaction(what="erase"):
                self._index.read_changes()
                erased = {record.heading.id: record for record in map(self._present, dict.fromkeys(ids))}
                twins = [twin for record in erased.values() for twin in self._index.twins(record)]
                self._storage.erase("entries", [twin.number for twin in twins])
                promises = [n for n, promise in self._index.commitments.items() if promise.entry in erased]
                self._storage.erase("commitments", promises)
                marks = [number for number, kept in self._index.marks.items() if kept.mark.entry in erased]
                self._storage.erase("marks", marks)
                # Under the id of the entry: marks that another device made and that are not here yet.
                self._storage.commit(Op("marks", id, None, ERASED) for id in erased)
            touched = finish_erasure(self._storage, self._clock())
            self.refresh()
            return touched

    # -- taking back -------------------------------------------------------------------------------

    def undo(self, of: Collection[str] | None = None, title_of: Callable[[str, str], str] | None = None) -> str:
        """Takes back the last change that stands, and says what it was and how things are now.

        Again and again, it goes back change by change to the beginning. No words go with it: what was added goes to
        the trash, how things were stays in the history, and `redo` leads forward again.

        Args:
            of: kinds of changes (`store.history`), of which the last one is meant; None: any.
            title_of: what a pattern is called, by its kind and target; left out, its name is said.

        Raises:
            JournalError: there is nothing to take back.
        """
        from journal_tui.store.history import UNDOABLE, Steps

        with self._lane, self._storage.alone():
            self._index.read_changes()
            for change in Steps(self._storage).to_take_back(of or UNDOABLE):
                if self._take_back(change, change):
                    return self._say_change(change, title_of)
            raise JournalError("there is nothing to undo: no change is left to take back")

    def redo(self) -> str:
        """Does again what `undo` took back last, and says how things are now. Once something else was changed, there
        is nothing to do again.

        Raises:
            JournalError: there is nothing to do again.
        """
        from journal_tui.store.history import Steps

        with self._lane, self._storage.alone():
            self._index.read_changes()
            for change, undone in Steps(self._storage).to_do_again():
                if self._take_back(undone, change):
                    return self._say_again(change)
            raise JournalError("there is nothing to do again: nothing was undone since the last change")

    def can_undo(self, of: Collection[str] | None = None) -> bool:
        """Whether there is something for `undo` to take back."""
        from journal_tui.store.history import UNDOABLE, Steps

        with self._lane:
            self.refresh()
            return any(self._touched_by(change) for change in Steps(self._storage).to_take_back(of or UNDOABLE))

    def _touched_by(self, commit: Commit) -> list[tuple[str, str]]:
        """Tables and records that a commit changed, without those erased since."""
        touched = ((op.table, op.record) for op in commit.ops if op.record and op.raw != ERASED)
        return [
            (table, record)
            for table, record in dict.fromkeys(touched)
            if record not in self._storage.table_state(table).erased
        ]

    def _take_back(self, commit: Commit, change: Commit) -> bool:
        """Makes everything as it was before `commit`, which is `change` or took it back; False: nothing is left of
        what it touched."""
        from journal_tui.store.history import before, name_of

        touched = self._touched_by(commit)
        earlier = before(self._storage, commit.stamp, touched)
        new = [record for table, record in touched if table == "entries" and (table, record) not in earlier]
        ids = {entry.heading.id for record in new if (entry := self._entry_in(record))}
        if not touched:
            return False
        with self._change("undo" if commit is change else "redo", undoes=name_of(commit.stamp)):
            self._to_trash(ids)
            for table, record in touched:
                number = self._storage.table_state(table).numbers.get(record)
                if raw := earlier.get((table, record)):
                    self._storage.commit([Op(table, record, number, raw)])
                elif number is not None and table == "marks":
                    self._remove_marks([number])
                elif number is not None and (table in _BESIDE or self._came_alone(change, table, number, ids)):
                    self._storage.commit([Op(table, record, number, GONE)])
        return True

    def _came_alone(self, change: Commit, table: str, number: int, ids: Collection[str]) -> bool:
        """Whether this is a promise that was brought in for an entry that was there."""
        promise = self._index.commitments.get(number) if table == "commitments" else None
        return promise is not None and promise.entry not in ids and change.note.get("what") in ("import", "restore")

    def _entry_in(self, record: str) -> Record | None:
        """The entry in a record of the table."""
        return self._index.records.get(self._storage.table_state("entries").numbers.get(record, 0))

    def _entries_in(self, change: Commit) -> list[Record]:
        records = (self._entry_in(record) for table, record in self._touched_by(change) if table == "entries")
        return [record for record in records if record]

    def _say_change(self, change: Commit, title_of: Callable[[str, str], str] | None) -> str:
        """How things are now that `change` is taken back, in words a writer knows them by."""
        what, found = change.note.get("what", ""), self._entries_in(change)
        if what in ("import", "restore"):
            return f"Took back {self._say_brought(change, found, 'as before')}"
        if not found:
            return self._say_beside(change, title_of)
        if found[0].heading.id in self._index.trash:
            return self._say_state(found, "in the trash again" if what == "put back" else "in the trash")
        state = {"delete": "back", "edit": "as before the last edit"}.get(what, "as before the last change")
        return self._say_state(found, state)

    def _say_again(self, change: Commit) -> str:
        """How things are now that `change` is done again."""
        what, found = change.note.get("what", ""), self._entries_in(change)
        if what in ("import", "restore"):
            return f"Done again: {self._say_brought(change, found, 'back')}"
        if not found:
            return "What was taken back last is done again"
        if found[0].heading.id in self._index.trash:
            return self._say_state(found, "in the trash again")
        return self._say_state(found, "as edited" if what == "edit" else "back")

    def _say_brought(self, change: Commit, found: Sequence[Record], otherwise: str) -> str:
        """``the import of notes.json: 2 entries are in the trash``."""
        name = change.note.get("file")
        thrown = [record for record in found if record.heading.id in self._index.trash]
        states = [(len(thrown), "in the trash"), (len(found) - len(thrown), otherwise)]
        said = [f"{plural(n, 'entry', 'entries')} {'is' if n == 1 else 'are'} {state}" for n, state in states if n]
        of = f" of {shorten(str(name), 60)}" if name else ""
        return f"the {change.note['what']}{of}{':' if said else ''} {listed(said)}".rstrip()

    def _say_state(self, found: Sequence[Record], state: str) -> str:
        if len(found) != 1:
            return f"{len(found):,} entries are {state}"
        entry = _read(found[0])
        return f"“{shorten(entry.heading, 32)}” ({say_day(entry.day, self._clock().date())}) is {state}"

    def _say_beside(self, last: Commit, title_of: Callable[[str, str], str] | None) -> str:
        """What is so again after a change that was not about entries."""
        names = [f"“{shorten(str(name), 32)}”" for name in last.note.get("names", ())]
        match last.note.get("what"):
            case "join":
                return f"{listed(names)} are two again"
            case "part":
                return f"{listed(names)} is joined as before"
            case "judge":
                kind, *target = map(str, last.note.get("pattern", ("",)))
                pattern = title_of(kind, "".join(target)) if title_of else ":".join([kind, *filter(None, target)])
                return f"What was last said about “{shorten(pattern, 60)}” is taken back"
            case "mark" | "unmark" as what:
                here = self._storage.table_state("marks").numbers
                marks = [self._index.marks.get(here.get(op.record or "", 0)) for op in last.ops if op.table == "marks"]
                words = listed(f"“{shorten(kept.mark.words, 32)}”" for kept in marks if kept) or "What was marked"
                return f"{words} is {'no longer marked' if what == 'mark' else 'marked again'}"
        numbers = self._storage.table_state("commitments").numbers
        promises = [self._index.commitments.get(numbers.get(op.record or "", 0)) for op in last.ops]
        texts = [f"“{shorten(promise.text, 32)}”" for promise in promises if promise]
        return f"What was last said about {listed(texts) or 'a promise'} is taken back"

    # -- keeping safe ------------------------------------------------------------------------------

    def backup(self, to: Path | None = None) -> Path:
        """A copy of everything as one zip file: `to` (a file, or a folder to put it in), or among the backups.

        Raises:
            JournalError: it cannot be written, or there is nothing to copy.
        """
        from journal_tui.store import backup

        with self._lane, self._storage.alone():
            if not self._storage.log_paths():
                raise JournalError("there is nothing to back up yet: write something first")
            return backup.make(self._storage, "asked", self._clock(), to)

    def backups(self) -> list[Backup]:
        """The copies among the backups, the newest first."""
        from journal_tui.store import backup

        return backup.found_in(self._storage.folder / BACKUPS)

    def restore(self, file: Path, passphrase: Callable[[], str] | None = None) -> Restored:
        """Brings back what `file` holds and the journal does not, or holds otherwise; what was written since stays.

        Args:
            file: a backup, a log, or the one file of an older version.
            passphrase: asked for when the file is encrypted with another key.

        Raises:
            JournalError: it cannot be read; nothing was changed.
        """
        from journal_tui.store import backup
        from journal_tui.store.restore import bring_back, tables_in
        from journal_tui.store.rewrite import mend

        with self._lane:
            tables = tables_in(file, self._storage.key, passphrase)
            with self._storage.alone():
                self._index.read_changes()
                if self._storage.log_paths():
                    backup.make(self._storage, "restore", self._clock())
                with self._change("restore", file=file.name):
                    restored = bring_back(self._storage, tables)
                mend(self._storage)
            self.refresh()
            return restored

    def check(self, on_progress: Callable[[float], None] | None = None) -> Checked:
        """Verifies every commit, every record and every backup.

        Args:
            on_progress: called with the share done, 0 to 1.
        """
        from journal_tui.store.check import check

        with self._lane:
            self.refresh()
            return check(self._storage, on_progress)


def _becoming(document: Mapping[str, Any]) -> Callable[[MutableMapping[str, Any]], None]:
    """For TinyDB's update: the document becomes this one, without what it has beside."""

    def become(present: MutableMapping[str, Any]) -> None:
        present.clear()
        present.update(document)

    return become


def _pairs(entries: Iterable[Entry], back: Mapping[str, Record]) -> dict[str, Record]:
    """Which of the records in `back` an entry is that comes again, by the id of the entry: by it, or by its text."""
    by_text: dict[str, list[Record]] = {}
    entries = list(entries)
    for id in back.keys() - {entry.id for entry in entries}:
        by_text.setdefault(fingerprint_in(back[id].raw), []).append(back[id])
    found: dict[str, Record] = {}
    for entry in entries:
        same = by_text.get(entry.source.fingerprint) if entry.source else None
        if entry.id in back:
            found[entry.id] = back[entry.id]
        elif same:
            found[entry.id] = same.pop()
    return found


def _read(record: Record) -> Entry:
    """Raises a JournalError: its document is no entry."""
    try:
        return record.entry()
    except UNREADABLE:
        raise JournalError(
            f"entry {record.heading.id} cannot be read: journal-tui check shows where it lies; nothing was changed"
        ) from None


def _deleted_at(raw: bytes) -> datetime:
    return datetime.fromisoformat(json.loads(raw)["deleted"])
