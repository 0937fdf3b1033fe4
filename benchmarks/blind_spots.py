"""Runs the mirror over a folder of journals, week by week, and writes when each finding first showed.

    python -m benchmarks.blind_spots JOURNALS_DIR FINDINGS.jsonl [--processes N]

Reads ``<jid>.jsonl`` alone, an entry a line (``id, date, pillar, skipped, rating, text, signals, commitment,
followup``). At the end of each week only what was written up to then is known. Writes a finding a line, once for each
tier in which it shows: ``jid, kind, target, tier, first_seen, evidence``.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from journal_tui.insights.material import material
from journal_tui.insights.patterns import Finding, find_patterns
from journal_tui.insights.people import find_names
from journal_tui.insights.promises import find_promises
from journal_tui.insights.reading import Reading, read
from journal_tui.model import Answer, Commitment, Entry, Outcome, Pillar, Status

WEEK = timedelta(days=7)
_STATUS = {"kept": Status.KEPT, "open": Status.NOT_YET, "dropped": Status.LET_GO}


def entry_of(row: dict[str, Any]) -> Entry:
    """An entry of a generated journal as ours; the closing questions are a second answer."""
    pillar = Pillar(row["pillar"]) if row["pillar"] else None
    answers = [Answer(text=row["text"], prompt=f"{row['pillar']}/question", skipped=row["skipped"])]
    if row["signals"]:
        answers.append(Answer(prompt=f"{row['pillar']}/closing", choice=("chosen",), signals=tuple(row["signals"])))
    day = date.fromisoformat(row["date"])
    return Entry(
        id=row["id"],
        created=datetime(day.year, day.month, day.day, 20, tzinfo=UTC),
        day=day,
        pillar=pillar,
        answers=tuple(answers),
        rating=row["rating"],
    )


def promises_of(rows: Sequence[dict[str, Any]]) -> list[Commitment]:
    """What was promised, and what was said of it."""
    said = {row["followup"]["id"]: row for row in rows if row["followup"]}
    return [
        Commitment(
            id=made["id"],
            entry=row["id"],
            text=made["text"],
            made=date.fromisoformat(row["date"]),
            due=date.fromisoformat(made["due"]),
            outcomes=tuple(
                Outcome(on=date.fromisoformat(later["date"]), status=_STATUS[later["followup"]["status"]])
                for later in [said.get(made["id"])]
                if later
            ),
        )
        for row in rows
        if (made := row["commitment"])
    ]


def weekly(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[date, Finding]]:
    """What shows at the end of each week."""
    entries = [entry_of(row) for row in rows]
    promises = promises_of(rows)
    readings: dict[str, Reading] = {entry.id: read(entry) for entry in entries if entry.text.strip()}
    days = [entry.day for entry in entries if entry.day]
    today = min(days, default=date.max)
    while days and today < max(days) + WEEK:
        today += WEEK
        until = [entry for entry in entries if entry.day and entry.day <= today]
        known = [readings[entry.id] for entry in until if entry.id in readings]
        made = find_promises(promises, today).all
        found = find_patterns(material(until, known, made, find_names(known)), (), today)
        yield from ((today, finding) for finding in found.shown)


def findings_of(file: Path) -> list[dict[str, Any]]:
    """When each finding of a journal first showed, in each tier."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    told: dict[tuple[str, str, str], dict[str, Any]] = {}
    for today, finding in weekly(rows):
        told.setdefault(
            (finding.kind, finding.target, finding.tier.value),
            {
                "jid": file.stem,
                "kind": finding.kind,
                "target": finding.target or None,
                "tier": finding.tier.value,
                "first_seen": today.isoformat(),
                "count": finding.count,
                "of": finding.of,
                "evidence": [{"id": e.id, "quote": e.quote} for e in finding.evidence],
            },
        )
    return list(told.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("journals", type=Path)
    parser.add_argument("findings", type=Path)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    files = sorted(file for file in options.journals.glob("*.jsonl") if file.stem != "truth")
    with ProcessPoolExecutor(options.processes) as pool, options.findings.open("w", encoding="utf-8") as out:
        for number, found in enumerate(pool.map(findings_of, files, chunksize=2), 1):
            out.writelines(json.dumps(finding, ensure_ascii=False) + "\n" for finding in found)
            print(f"\r{number} of {len(files)} journals", end="", flush=True)
    print()


if __name__ == "__main__":
    main()
