"""Bringing a foreign journal in: first a plan that changes nothing, then one step that keeps it all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from journal_tui.exchange.formats import Format, find_format
from journal_tui.exchange.record import LeftOut, Record, fingerprint
from journal_tui.exchange.source import Progress
from journal_tui.model import Answer, Entry, Source, tidy_tags
from journal_tui.store.journal import Journal
from journal_tui.text import clean_line, plural

SHOWN = 20
"""Pieces left out, and notes, that are told one by one; the JSON tells all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import brings; the report before it and after it."""

    file: str
    format: Format
    entries: tuple[Entry, ...]
    """New ones, in the order of the file."""
    already_there: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    known: Counter[str] = field(repr=False)
    """The fingerprints in the journal when this was planned."""

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
            "undated": self.undated,
            "already_there": self.already_there,
            "left_out": [{"where": piece.where, "why": piece.why} for piece in self.left_out],
            "notes": list(self.notes),
        }


def plan(journal: Journal, path: Path, format: str | None = None, on_progress: Progress | None = None) -> Plan:
    """Reads the file at `path` and decides what is new. Writes nothing.

    A text that the file holds k times at the same minute is new as often as the journal knows it fewer than k
    times: importing again adds nothing, a longer export adds its new entries, and true repetitions stay.

    Args:
        format: a name from `formats.FORMATS`; None to find it by looking inside.

    Raises:
        UsageError: the format is unknown.
        JournalError: the file cannot be read as a whole.
    """
    known = journal.fingerprints()
    chosen = find_format(path, format)
    created = journal.now()
    met: Counter[str] = Counter()
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    noted: Counter[str] = Counter()
    first: dict[str, str] = {}
    for piece in chosen.read(path, on_progress):
        if isinstance(piece, LeftOut):
            left_out.append(piece)
            continue
        mark = fingerprint(piece)
        met[mark] += 1
        if met[mark] <= known[mark]:
            continue
        for note in piece.notes:
            noted[note] += 1
            first.setdefault(note, piece.where)
        source = Source(format=chosen.name, fingerprint=mark, file=path.name)
        entries.append(_entry(piece, source, id=journal.new_id(), created=created))
    return Plan(
        file=path.name,
        format=chosen,
        entries=tuple(entries),
        already_there=met.total() - len(entries),
        left_out=tuple(left_out),
        notes=tuple(_told(note, first[note], times) for note, times in noted.items()),
        known=known,
    )


def carry_out(journal: Journal, plan: Plan) -> None:
    """Keeps every new entry of `plan`, or none.

    Raises:
        JournalError: it could not be written, or something else was imported since; nothing was brought in.
    """
    journal.add_many(plan.entries, known=plan.known)


def _entry(record: Record, source: Source, *, id: str, created: datetime) -> Entry:
    return Entry(
        id=id,
        created=created,
        day=record.day,
        moment=record.moment,
        pillar=record.pillar,
        answers=(Answer(text=record.text),),
        rating=record.rating,
        tags=tidy_tags(record.tags),
        starred=record.starred,
        source=source,
    )


def _told(note: str, first: str, times: int) -> str:
    more = f" and {times - 1:,} more" if times > 1 else ""
    return f"{note} ({first}{more})"
