"""A year in the life of a sample person, to look around in.

The entries are written by hand, in ``year.jsonl``: an object a line, oldest first. ``ago`` counts days back from
today (``"year"``: this day a year earlier); ``prompt`` is the id of a question and ``choice`` the key of an option
in our own packs; ``due`` and ``after`` count days from the entry on.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import time as clocks
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from journal_tui.dates import day_of, now
from journal_tui.model import Commitment, Entry, Outcome, Pack, Status
from journal_tui.packs.library import load_library
from journal_tui.paths import Paths, bundled_packs, find_paths
from journal_tui.session.session import ASK_AGAIN_DAYS, Session
from journal_tui.session.steps import Reply
from journal_tui.signals import END, leave, listening
from journal_tui.store.journal import Journal

_PREFIX = "journal-tui-demo-"
_FRESH_SECONDS = 60
"""A folder as young may be one that is not held yet."""
_YEAR = Path(__file__).with_name("year.jsonl")


@contextmanager
def demo_home(*, clock: Callable[[], datetime] = now) -> Iterator[Paths]:
    """A private folder with the sample year up to yesterday; it is removed at the end, with all that was added.

    For the main thread alone: it listens to signals.

    Raises:
        JournalError: the folder cannot be filled.
        OSError: there is no place for temporary files.
    """
    moment = clock()
    packs = load_library(bundled_packs()).session_packs()
    _remove_leftovers(Path(tempfile.gettempdir()))
    with listening(END, leave), tempfile.TemporaryDirectory(prefix=_PREFIX) as folder, _held(Path(folder)):
        paths = find_paths(Path(folder), {})
        journal = Journal(paths.data, clock=clock)
        year = entries_of_year(day_of(moment), packs, zone=moment.tzinfo)
        journal.imports.bring_in([entry for entry, _ in year], [promise for _, promise in year if promise])
        yield paths


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Holds `folder` against other processes. The system frees it when this one ends, however it ends.

    Raises:
        OSError: another process holds it, or it is not a folder of this user.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(handle).st_uid != os.getuid():
            raise PermissionError
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _remove_leftovers(parent: Path) -> None:
    """Removes the folders of this user that killed processes left in `parent`."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError), _held(folder):
            if clocks.time() - folder.stat().st_mtime > _FRESH_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def entries_of_year(
    today: date, packs: Mapping[str, Pack], *, zone: tzinfo | None = UTC
) -> list[tuple[Entry, Commitment | None]]:
    """The sample entries as seen from `today`, oldest first, each with the promise made in it.

    Args:
        packs: ours, by id, as a session meets them.
        zone: of the hours at which the entries were written.
    """
    lines = _YEAR.read_text(encoding="utf-8").splitlines()
    return [_entry(json.loads(line), today, packs, zone) for line in lines]


def _entry(
    written: Mapping[str, Any], today: date, packs: Mapping[str, Pack], zone: tzinfo | None
) -> tuple[Entry, Commitment | None]:
    """What the program would have kept, had the session of that day been given these answers."""
    day = _day(written["ago"], today)
    moment = datetime.combine(day, time.fromisoformat(written["time"]), zone)
    pack = packs[written["pillar"]] if "pillar" in written else None
    asked = [pack.prompt(answer["prompt"]) for answer in written["answers"]] if pack else []
    closing = pack.closing if pack else ()
    replies = {
        answer.get("prompt", "page"): Reply(answer.get("text", ""), answer.get("choice", ""), passed=True)
        for answer in written["answers"]
    }
    if "rating" in written:
        replies["rating"] = Reply(choice=str(written["rating"]))
    promise = written.get("promise", {})
    if promise:
        replies["promise"] = Reply(promise["text"], due=_after(day, promise["due"]).isoformat())
    session = Session(
        id=f"sample{moment:%y%m%d%H%M}",
        started=moment,
        day=day,
        pack=pack,
        questions=tuple(prompt for prompt in asked if prompt and not prompt.only_follow_up and prompt not in closing),
        replies=replies,
    )
    entry = replace(session.entry(moment), tags=tuple(written.get("tags", ())))
    commitment = next(iter(session.commitments()), None)
    if commitment:
        commitment = replace(commitment, outcomes=tuple(_outcome(day, said) for said in promise.get("outcomes", ())))
    return entry, commitment


def _day(ago: int | str, today: date) -> date:
    if ago != "year":
        return today - timedelta(days=int(ago))
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 1, day=28 if leap_day else today.day)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _outcome(made: date, said: Mapping[str, Any]) -> Outcome:
    on = _after(made, said["after"])
    status = Status(said["status"])
    return Outcome(on=on, status=status, ask_again=_after(on, ASK_AGAIN_DAYS) if status is Status.NOT_YET else None)
