"""Damaged journals: each is one clear line, or comes in with what is left out told; nothing is written by a plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journal_tui.exchange.bring_in import carry_out, plan
from journal_tui.model import JournalError
from journal_tui.store.journal import Journal
from tests.exchange.damaged import Damaged, variants

VARIANTS = variants()
_NOT_FOR_PEOPLE = re.compile(r"Error|Exception|Traceback|object at|NoneType|<class|codec|0x[0-9a-f]{2}")


def test_there_are_two_hundred() -> None:
    assert len({damaged.name for damaged in VARIANTS}) == len(VARIANTS) >= 200


@pytest.mark.parametrize("damaged", VARIANTS, ids=lambda damaged: damaged.name)
def test_each_is_told_clearly_and_loses_nothing(damaged: Damaged, tmp_path: Path) -> None:
    path = damaged.write(tmp_path)
    journal = Journal(tmp_path / "home")
    try:
        planned = plan(journal, path, password=lambda: "correct horse battery")
    except JournalError as error:
        lines = [str(error)]
    else:
        lines = planned.lines()
    assert not (tmp_path / "home").exists()
    for line in lines:
        assert line.isprintable()
        assert len(line) < 400 + len(str(path))
        assert not _NOT_FOR_PEOPLE.search(line)
    if len(lines) == 1:
        assert path.name in lines[0]
    else:
        carry_out(journal, planned)
        assert len(journal.entries()) == len(planned.entries)
        assert len(plan(journal, path, password=lambda: "correct horse battery").entries) == 0
