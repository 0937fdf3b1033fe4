from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal_tui.store.journal import Journal

NOW = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal", clock=lambda: NOW)


@pytest.fixture
def samples() -> Path:
    return Path(__file__).parents[1] / "samples" / "import"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Writes a file to import, byte for byte."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "old journal"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
