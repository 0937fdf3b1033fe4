"""The conftest.py that is laid beside TinyDB's own tests: there its names mean our classes, on folders of logs.

``SEALED=1`` in the environment: on encrypted logs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinydb
import tinydb.storages
from tinydb.table import Table

from journal_tui.store.storage import LogDB, LogStorage
from journal_tui.store.table import LogTable
from journal_tui.store.vault import Key

KEY = Key(bytes(range(32)), "0" * 32) if os.environ.get("SEALED") == "1" else None

NOT_OURS = {
    "test_json_kwargs": "reads the JSON file and its indentation",
    "test_json_read": "opens the file with an access mode",
    "test_json_invalid_mode_warning": "opens the file with an access mode",
    "test_encoding": "writes the file in another encoding",
    "test_create_dirs": "expects no folder to be made unless asked for",
    "test_json_invalid_directory": "expects the file to be made on opening; ours is made with the first document",
    "test_table_repr": "reads the names of TinyDB's own classes",
}
"""What TinyDB promises of its JSON file alone."""


def pytest_configure() -> None:
    for ours in (JSONStorage, MemoryStorage, TinyDB):
        for module in (tinydb, tinydb.storages):
            if hasattr(module, ours.__name__):
                setattr(module, ours.__name__, ours)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    config.hook.pytest_deselected(items=[test for test in items if test.originalname in NOT_OURS])
    items[:] = [test for test in items if test.originalname not in NOT_OURS]


class JSONStorage(LogStorage):
    """A folder of logs where a test asks for a file."""

    def __init__(self, path: str | Path, **_: Any) -> None:
        super().__init__(Path(path), key=KEY)


class MemoryStorage(LogStorage):
    """A new folder of logs where a test asks for memory."""

    def __init__(self) -> None:
        super().__init__(Path(tempfile.mkdtemp()) / "data", key=KEY)


class TinyDB(LogDB):
    """On a storage that a test made for itself, TinyDB's own tables."""

    default_storage_class = JSONStorage  # type: ignore[assignment]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.table_class = LogTable if isinstance(self.storage, LogStorage) else Table  # type: ignore[assignment]


@pytest.fixture(params=["file", "memory"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LogDB]:
    """Three documents, as TinyDB's tests expect them."""
    with TinyDB(tmp_path / "data") if request.param == "file" else TinyDB(storage=MemoryStorage) as found:
        found.insert_multiple({"int": 1, "char": char} for char in "abc")
        yield found
