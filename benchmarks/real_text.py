"""What the mirror says where nobody planned anything: real entries laid on random days.

    python -m benchmarks.real_text ENTRIES.jsonl [--journals 30] [--length 90] [--seed 1] [--as-written]

Entries are objects with ``text`` (and ``date``, for ``--as-written``: one journal in its own order). Each made journal
takes some of them at random, a random day and pillar each. Prints each finding with its words, to be read, and how many
there are a journal, by kind and tier.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from journal_tui.insights.kept import Readings
from journal_tui.insights.report import Report, build
from journal_tui.model import Answer, Entry, Pillar

START = date(2025, 3, 3)


def entry(number: int, text: str, day: date, pillar: Pillar | None) -> Entry:
    created = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
    answers = (Answer(text=text, prompt=f"{pillar}/question" if pillar else ""),)
    return Entry(id=f"e{number:06}", created=created, day=day, pillar=pillar, answers=answers)


def show(number: int, report: Report) -> None:
    for finding in report.patterns:
        print(f"\n{number}: {finding.tier} {finding.name}: {finding.statement}")
        for evidence in finding.evidence:
            print(f"    {evidence.date} “{evidence.quote}”")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entries", type=Path)
    parser.add_argument("--journals", type=int, default=30)
    parser.add_argument("--length", type=int, default=90, help="entries a journal")
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as-written", action="store_true", help="one journal, each entry on its own day")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.entries.open(encoding="utf-8")]
    chance = random.Random(options.seed)
    counts: Counter[str] = Counter()
    reports = []
    for journal in range(1 if options.as_written else options.journals):
        if options.as_written:
            dated = [row for row in rows if row["date"]]
            entries = [entry(n, row["text"], date.fromisoformat(row["date"][:10]), None) for n, row in enumerate(dated)]
        else:
            days = sorted(chance.randrange(options.days) for _ in range(options.length))
            drawn = chance.sample(rows, options.length)
            pillars = [chance.choice(list(Pillar)) for _ in days]
            entries = [
                entry(n, row["text"], START + timedelta(days=day), pillar)
                for n, (row, day, pillar) in enumerate(zip(drawn, days, pillars, strict=True))
            ]
        today = max(e.day for e in entries if e.day)
        report = build(entries, [], today=today, kept=Readings())
        reports.append(report)
        counts.update(f"{finding.tier} {finding.kind}" for finding in report.patterns)
        show(journal, report)
    for tier in ("steady", "emerging"):
        of_tier = {name: count for name, count in counts.items() if name.startswith(tier)}
        print(f"\n{tier}: {sum(of_tier.values()) / len(reports):.3f} a journal {of_tier}")


if __name__ == "__main__":
    main()
