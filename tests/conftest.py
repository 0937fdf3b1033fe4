"""Every test runs in a world of its own: folders, time zone and language are the same on every machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("here", max_examples=60, derandomize=True, deadline=None, database=None)
settings.load_profile("here")

MIDDLE_EUROPE = "CET-1CEST,M3.5.0,M10.5.0/3"
"""Spelled out, so that no zone files are needed."""


class Clock:
    """A clock that stands until it is moved: ``clock()`` is its time."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        """On by so many days, hours, minutes …; returns the new time."""
        self.at += timedelta(**by)
        return self.at


@pytest.fixture
def clock() -> Clock:
    """Sunday, 1 March 2026, half past eight in the evening (UTC)."""
    return Clock(datetime(2026, 3, 1, 20, 30, tzinfo=UTC))


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder that is empty and thrown away."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.delenv("JOURNAL_TUI_HOME", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with monkeypatch.context() as zone:
        zone.setenv("TZ", MIDDLE_EUROPE)
        time.tzset()
        yield home
    time.tzset()
