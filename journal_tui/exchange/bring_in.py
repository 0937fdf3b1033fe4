"""Bringing a foreign journal in: first a plan that changes nothing, then one step that keeps it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from journal_tui.exchange.formats import Format, find_format
from journal_tui.exchange.own import Sifted, own_fingerprints, sift
from journal_tui.exchange.record import LeftOut, Note, Record, Whole, fingerprint
from journal_tui.exchange.source import Progress, Tree, UnreadableError, Watch
from journal_tui.model import Answer, Entry, Source, tidy_tags
from journal_tui.store.journal import Journal
from journal_tui.text import clean_line, plural

SHOWN = 20
"""Pieces left out, and notes, that are told one by one; the JSON tells all."""
MOST_LEFT_OUT = 100_000
"""Pieces; a file with more of them is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import brings; the report before it and after it."""

    file: str
    """Name of the file or folder."""
    format: Format
    entries: tuple[Entry, ...]
    """New ones, in the order of the file."""
    already_there: int
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
        if self.left_out:
            report.append(f"left out: {len(self.left_out):,}")
            report += [f"  {piece.where}: {piece.why}" for piece in self.left_out[:SHOWN]]
            if len(self.left_out) > SHOWN:
                report.append(f"  and {len(self.left_out) - SHOWN:,} more")
        return report + [f"note: {note}" for note in self.notes[:SHOWN]]

    def to_json(self) -> dict[str, Any]:
        """The same for programs: counts, and every piece that was left out."""
        return {
            "file": self.file,
            "format": self.format.name,
            "new": len(self.entries),
            "beside": self.beside.counts(),
            "undated": self.undated,
            "already_there": self.already_there,
            "left_out": [{"where": piece.where, "why": piece.why} for piece in self.left_out],
            "notes": list(self.notes),
        }


def plan(
    journal: Journal,
    path: Path,
    format: str | None = None,
    on_progress: Progress | None = None,
    password: Callable[[], str] | None = None,
) -> Plan:
    """Reads what lies at `path` and decides what is new. Writes nothing.

    A text that the file holds k times at the same minute is new as often as the journal knows it fewer than k
    times: importing again adds nothing, a longer export adds its new entries, and true repetitions stay.

    Args:
        format: a name from `formats.FORMATS`; None to find it by looking inside.
        password: asked for when the file is encrypted.

    Raises:
        UsageError: the format is unknown.
        JournalError: the file cannot be read as a whole.
    """
    known = journal.fingerprints()
    watch = Watch(on_progress, password)
    chosen, place = find_format(path, watch, format)
    created = journal.now()
    name = path.resolve().name
    met: Counter[str] = Counter()
    entries: list[Entry] = []
    left_out: list[LeftOut] = list(place.refused) if isinstance(place, Tree) else []
    noted: Counter[str] = Counter()
    first: dict[str, str] = {}
    whole: list[Whole] = []
    own: Counter[str] | None = None
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
        if met[mark] <= known[mark]:
            continue
        own = own_fingerprints(journal) if own is None else own
        if met[mark] <= known[mark] + own[mark]:
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
        already_there=met.total() - len(entries) + sifted.already,
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
    journal.add_many(
        plan.entries,
        beside.commitments,
        people=beside.people,
        judgements=beside.judgements,
        marks=beside.marks,
        known=plan.known,
    )


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


def _told(note: str, first: str | None, times: int) -> str:
    if first is None:
        return note
    more = f" and {times - 1:,} more" if times > 1 else ""
    return f"{note} ({first}{more})"
