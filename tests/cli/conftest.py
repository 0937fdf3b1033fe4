from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import Cli


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """The program with an empty home."""
    return Cli(tmp_path)
