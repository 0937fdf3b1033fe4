"""Makes a sample journal with the journal-tui that is on the path: ``python make.py FOLDER [PASSPHRASE]``."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from journal_tui.model import Answer, Commitment, Entry, Outcome, Pillar, Status
from journal_tui.paths import find_paths
from journal_tui.session.session import Session
from journal_tui.world import open_world

_moment = datetime(2026, 2, 1, 20, 30, tzinfo=UTC)


def tick() -> datetime:
    """Every look at the clock is an hour after the one before."""
    global _moment
    _moment += timedelta(hours=1)
    return _moment


def entry(id: str, text: str, **more: object) -> Entry:
    return Entry(id=id, created=tick(), day=date(2026, 2, 2), answers=(Answer(text=text),), **more)  # type: ignore[arg-type]


def make(home: Path, passphrase: str) -> None:
    world = open_world(find_paths(home), tick)
    if passphrase:
        world.set_passphrase(passphrase)
    journal = world.journal
    words = "The kettle was on.\n\nBefore I asked. #home"
    kettle = entry("0000000001kettle", words, pillar=Pillar.TRUST, rating=4, tags=("home",))
    made = date(2026, 2, 2)
    call = Commitment(id="promise-1", entry=kettle.id, text="Call Mum on Sunday.", made=made, due=date(2026, 2, 8))
    journal.add(kettle, commitments=[call])
    journal.add(entry("0000000002robins", "A robin on the spade. 日本語 🙂 \x1b[2J"))
    promises: Any = getattr(journal, "promises", journal)  # an older program answers in the journal itself
    promises.answer({call.id: Outcome(on=date(2026, 2, 8), status=Status.KEPT)})
    journal.replace(entry(kettle.id, "The kettle was on, and sugar in the cup.", pillar=Pillar.TRUST, rating=5))
    journal.replace(entry(kettle.id, "The kettle was on, and sugar in both cups.", pillar=Pillar.TRUST, rating=5))
    journal.add(entry("0000000003thrown", "Thrown away."))
    journal.delete(["0000000003thrown"])
    onions = entry("0000000004onions", "Two rows of onions.")
    water = Commitment(id="promise-2", entry=onions.id, text="Water the onions.", made=made, due=date(2026, 2, 4))
    journal.add(onions, commitments=[water])
    draft = Session(id="0000000005drafts", started=tick(), day=date(2026, 2, 3)).write("Half a thought")
    world.drafts.save(draft)
    world.drafts.release(draft.id)
    world.drafts.save_edit(onions.id, "Three rows of onions.")
    if hasattr(journal, "backup"):  # from format 2 on
        journal.backup()


make(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
