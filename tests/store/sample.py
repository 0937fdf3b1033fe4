"""Entries made short, and any entry at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from journal_tui.model import Answer, Commitment, Entry, Judgement, Mark, Outcome, Pillar, Source, Status, Verdict

NOW = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
TODAY = NOW.date()


def entry(id: str, text: str = "", **fields: Any) -> Entry:
    """One entry on 1 March 2026."""
    given: dict[str, Any] = {"created": NOW, "day": TODAY, "answers": (Answer(text=text),) if text else ()}
    return Entry(id=id, **given | fields)


def promise(id: str, made_in: str, **fields: Any) -> Commitment:
    given: dict[str, Any] = {"text": "Call her.", "made": TODAY, "due": TODAY}
    return Commitment(id=id, entry=made_in, **given | fields)


def log_of(folder: Path) -> Path:
    """The only log in a folder."""
    (log,) = folder.glob("*.log")
    return log


TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\r\n\x1b\u202e\u2028\ud800'\""), max_size=30)
NAMES = TEXT.filter(bool)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=-9, minutes=-30)), timezone(timedelta(hours=14))])
MOMENTS = st.datetimes(timezones=ZONES, allow_imaginary=False)
LISTS = st.lists(TEXT, max_size=2).map(tuple)
ANSWERS = st.builds(
    Answer,
    text=TEXT,
    prompt=TEXT,
    ask=TEXT,
    choice=LISTS,
    signals=LISTS,
    skipped=st.booleans(),
    quote=TEXT,
    quoted=TEXT,
)
ENTRIES = st.builds(
    Entry,
    id=st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=16, max_size=16),
    created=MOMENTS,
    day=st.none() | DAYS,
    moment=st.none() | MOMENTS,
    pillar=st.none() | st.sampled_from(Pillar),
    answers=st.lists(ANSWERS, max_size=3).map(tuple),
    rating=st.none() | st.integers(1, 5),
    tags=LISTS,
    people=LISTS,
    starred=st.booleans(),
    edited=st.none() | MOMENTS,
    source=st.none() | st.builds(Source, format=NAMES, fingerprint=NAMES, file=TEXT),
)
IDS = st.from_regex(r"[0-9A-Za-z][0-9A-Za-z_-]{0,15}", fullmatch=True)
OUTCOMES = st.builds(Outcome, on=DAYS, status=st.sampled_from(Status), ask_again=st.none() | DAYS)
COMMITMENTS = st.builds(
    Commitment,
    id=IDS,
    entry=IDS,
    text=NAMES,
    made=DAYS,
    due=st.none() | DAYS,
    outcomes=st.lists(OUTCOMES, max_size=2).map(tuple),
)
JUDGEMENTS = st.builds(Judgement, kind=NAMES, target=TEXT, verdict=st.sampled_from(Verdict), on=DAYS)
MARKS = st.builds(Mark, id=IDS, entry=IDS, words=NAMES, signal=NAMES, on=DAYS)
