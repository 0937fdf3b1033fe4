"""Entries made short for tests of the mirror."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from journal_tui.model import Answer, Entry

MONDAY = date(2026, 1, 5)


def make_entry(text: str = "", day: int | date | None = 0, number: int | None = None, **fields: Any) -> Entry:
    """One entry; a number for `day` counts days from Monday, 5 January 2026."""
    on = MONDAY + timedelta(days=day) if isinstance(day, int) else day
    if number is None:
        number = (on - MONDAY).days if on else 0
    fields = {"answers": (Answer(text=text),)} | fields
    return Entry(id=f"e{number:06}", created=datetime(2026, 1, 5, tzinfo=UTC), day=on, **fields)


@pytest.fixture(scope="session")
def entry() -> Callable[..., Entry]:
    return make_entry


@pytest.fixture(scope="session")
def diary() -> Callable[..., list[Entry]]:
    """Texts as entries, one every fourth day."""
    return lambda *texts: [make_entry(text, day=4 * place) for place, text in enumerate(texts)]
