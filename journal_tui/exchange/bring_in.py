"""Bringing a foreign journal in: first a plan that changes nothing, then one step that keeps it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from journal_tui.exchange.formats import Format, find_format
from journal_tui.exchange.own import Sifted, fingerprints_of, own_fingerprints, sift
from journal_tui.exchange.record import LeftOut, Note, Record, Whole, fingerprint
from journal_tui.exchange.source import Progress, Tree, UnreadableError, Watch, open_content, open_place
from journal_tui.model import Answer, Entry, Source, tidy_tags
from journal_tui.store.journal import Journal
from journal_tui.text import clean_line, plural, shorten

PIPED = "standard input"
"""Stands for the name of a file."""
SHOWN = 20
"""Pieces left out, and notes, that are told one by one; the JSON tells all."""
WIDEST = 240
"""Characters of one of them."""
MOST_LEFT_OUT = 100_000
"""Pieces; a file with more of them is something else."""
MOST_ENTRIES = 100_000
"""Of one import: all are held in memory until they are kept together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import brings; the report before it and after it."""

    file: str
    """Name of the file or folder."""
    format: Format
    entries: tuple[Entry, ...]
    """New ones, in the order of the file."""
    already_there: int
    in_trash: int
    """Of those that were thrown away here; they stay there."""
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    known: Counter[str] = field(repr=False)
    """The fingerprints in the journal when this was planned."""
    beside: Sifted = field(repr=False)
    """What comes with the entries of a journal of this program's own."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing comes in."""
        return not (self.entries or self.beside.words())

    @property
    def undated(self) -> int:
        """How many of the new entries have no date."""
        return sum(entry.day is None for entry in self.entries)

    def lines(self) -> list[str]:
        """The report for a person."""
        report = [
            f"{clean_line(self.file)}, read as {self.format.title}",
            f"new: {plural(len(self.entries), 'entry', 'entries')}",
        ]
        if beside := self.beside.words():
            report.append(f"with them: {beside}")
        if self.undated:
            report.append(f"without a date: {self.undated:,} of them")
        if self.already_there:
            report.append(f"already in the journal: {self.already_there:,}")
        if self.in_trash:
            report.append(f"in the trash, and left there: {self.in_trash:,} (journal-tui trash shows them)")
        if self.left_out:
            report.append(f"left out: {len(self.left_out):,}")
            report += [
                f"  {shorten(f'{_ending(piece.where)}: {piece.why}', WIDEST)}" for piece in self.left_out[:SHOWN]
            ]
            if len(self.left_out) > SHOWN:
                report.append(f"  and {len(self.left_out) - SHOWN:,} more")
        report += [f"note: {shorten(note, WIDEST)}" for note in self.notes[:SHOWN]]
        return report + ([f"  and {len(self.notes) - SHOWN:,} more notes"] if len(self.notes) > SHOWN else [])

    def to_json(self) -> dict[str, Any]:
        """The same for programs: counts, and every piece that was left out."""
        return {
            "file": self.file,
            "format": self.format.name,
            "new": len(self.entries),
            "beside": self.beside.counts(),
            "undated": self.undated,
            "already_there": self.already_there,
            "in_trash": self.in_trash,
            "left_out": [{"where": piece.where, "why": piece.why} for piece in self.left_out],
            "notes": list(self.notes),
        }


def plan(
    journal: Journal,
    file: Path | bytes,
    format: str | None = None,
    on_progress: Progress | None = None,
    password: Callable[[], str] | None = None,
    tries: int = 1,
) -> Plan:
    """Reads `file`, a file or folder or what came through a pipe, and decides what is new. Writes nothing.

    A text that the file holds k times at the same minute is new as often as the journal knows it fewer than k
    times: importing again adds nothing, a longer export adds its new entries, and true repetitions stay.

    Args:
        format: a name from `formats.FORMATS`; None to find it by looking inside.
        password: asked for when the file is encrypted.
        tries: how often at the most.

    Raises:
        UsageError: the format is unknown.
        JournalError: the file cannot be read as a whole.
    """
    known = journal.imports.fingerprints()
    watch = Watch(on_progress, password, tries)
    place = open_content(PIPED, file, watch) if isinstance(file, bytes) else open_place(file, watch)
    chosen, place = find_format(place, format)
    created = journal.now()
    name = PIPED if isinstance(file, bytes) else file.resolve().name
    met: Counter[str] = Counter()
    entries: list[Entry] = []
    left_out: list[LeftOut] = list(place.refused) if isinstance(place, Tree) else []
    noted: Counter[str] = Counter()
    first: dict[str, str] = {}
    whole: list[Whole] = []
    own: Counter[str] | None = None
    thrown = _thrown_away(journal)
    read = in_trash = 0
    for piece in chosen.read(place):
        if isinstance(piece, Whole):
            whole.append(piece)
            continue
        if isinstance(piece, LeftOut):
            left_out.append(piece)
            if len(left_out) > MOST_LEFT_OUT:
                why = f"holds more than {MOST_LEFT_OUT:,} pieces that are no {chosen.title}: name another with --from"
                raise UnreadableError(place.name, why)
            continue
        if isinstance(piece, Note):
            noted[piece.text] += 1
            continue
        mark = fingerprint(piece)
        met[mark] += 1
        read += 1
        if read > MOST_ENTRIES:
            raise UnreadableError(place.name, f"holds more than {MOST_ENTRIES:,} entries: import fewer years at a time")
        there = known[mark]
        if met[mark] > there:
            own = own_fingerprints(journal) if own is None else own
            there += own[mark]
        if met[mark] <= there:
            in_trash += met[mark] > there - thrown[mark]
            continue
        for note in piece.notes:
            noted[note] += 1
            first.setdefault(note, piece.where)
        source = Source(format=chosen.name, fingerprint=mark, file=name)
        entries.append(_entry(piece, source, id=journal.new_id(), created=created))
    watch.end()
    sifted = sift(journal, whole) if whole else Sifted()
    return Plan(
        file=name,
        format=chosen,
        entries=(*entries, *sifted.entries),
        already_there=read - len(entries) - in_trash + sifted.already,
        in_trash=in_trash,
        left_out=(*left_out, *sifted.left_out),
        notes=tuple(_told(note, first.get(note), times) for note, times in noted.items()),
        known=known,
        beside=sifted,
    )


def carry_out(journal: Journal, plan: Plan) -> None:
    """Keeps every new entry of `plan`, or none.

    Raises:
        JournalError: it could not be written, or something else was imported since; nothing was brought in.
    """
    beside = plan.beside
    journal.imports.bring_in(
        plan.entries,
        beside.commitments,
        people=beside.people,
        judgements=beside.judgements,
        marks=beside.marks,
        known=plan.known,
        file=plan.file,
    )


def _thrown_away(journal: Journal) -> Counter[str]:
    """Of what an import would find here, what lies in the trash."""
    found = journal.imports.fingerprints_in_trash()
    free = journal.imports.taken_back()
    for trashed in journal.trash.all():
        if trashed.entry.id not in free:
            found.update(fingerprints_of(trashed.entry))
    return found


def _entry(record: Record, source: Source, *, id: str, created: datetime) -> Entry:
    return Entry(
        id=id,
        created=created,
        day=record.day,
        moment=record.moment,
        pillar=record.pillar,
        answers=record.answers or (Answer(text=record.text, ask=record.ask),),
        rating=record.rating,
        tags=tidy_tags(record.tags),
        people=record.people,
        starred=record.starred,
        source=source,
    )


def _ending(where: str) -> str:
    """`where` in its last characters: of a path those that tell the file."""
    line = clean_line(where)
    return line if len(line) <= WIDEST // 2 else f"…{line[1 - WIDEST // 2 :]}"


def _told(note: str, first: str | None, times: int) -> str:
    if first is None:
        return note
    more = f" and {times - 1:,} more" if times > 1 else ""
    return f"{note} ({_ending(first)}{more})"
