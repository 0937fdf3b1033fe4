"""Faults in their short form for every run, and in their long form for ``make faults`` (``FAULTS=long``)."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from journal_tui.store import vault

LONG = os.environ.get("FAULTS") == "long"

_told: list[str] = []


@pytest.fixture
def tell() -> Callable[[str], None]:
    """Takes a line with what was counted, for the end of a long run."""
    return _told.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LONG and _told:
        terminalreporter.section("faults survived")
        for line in _told:
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def one_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_TUI_DEVICE", "here")


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """New vaults cost next to nothing to open: their cost is not the point, and they are opened thousands of times."""
    monkeypatch.setattr(vault, "MEMORY_KIB", 8)
    monkeypatch.setattr(vault, "PASSES", 1)
    monkeypatch.setattr(vault, "LANES", 1)
