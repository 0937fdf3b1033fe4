"""TinyDB's own tests with our storage and tables in the place of its own; and what ours rest on in TinyDB."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, where
from tinydb.queries import QueryInstance
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table
from tinydb.version import __version__

from tests.store.tinydb_in_place import NOT_OURS

ARCHIVE = Path(sys.prefix) / "tinydb-source" / f"tinydb-{__version__}.tar.gz"
SUITES = ("tables", "queries", "operations", "tinydb", "storages")
PASSED = 192
"""Of TinyDB 4.9.0: one that is quietly left out would not be missed otherwise."""


@pytest.mark.parametrize("sealed", ["0", "1"], ids=["plain", "encrypted"])
def test_tinydb_passes_its_own_tests_on_logs(sealed: str, tmp_path: Path) -> None:
    if not ARCHIVE.exists():
        pytest.skip("TinyDB's source is not there: make check fetches it")
    files = {f"tinydb-{__version__}/tests/test_{name}.py": tmp_path / f"test_{name}.py" for name in SUITES}
    with tarfile.open(ARCHIVE) as archive:
        for inside, path in files.items():
            content = archive.extractfile(inside)
            assert content
            path.write_bytes(content.read())
    shutil.copy(Path(__file__).with_name("tinydb_in_place.py"), tmp_path / "conftest.py")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    (tmp_path / "tmp").mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "."],
        cwd=tmp_path,
        env=os.environ
        | {"SEALED": sealed, "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout
    assert re.findall(r"(\d+) (\w+)", ran.stdout.splitlines()[-1])[:2] == [
        (str(PASSED), "passed"),
        (str(len(NOT_OURS) + 1), "deselected"),  # one of them runs twice
    ]
    logs = [path for path in tmp_path.rglob("*.log") if path.stat().st_size]
    assert len(logs) > 100
    assert all((b'"box":' in path.read_bytes()) is (sealed == "1") for path in logs if b"\n{" in path.read_bytes())


# -- what ours rest on -----------------------------------------------------------------------------

CHANGING: dict[str, Callable[[Table], object]] = {
    "insert": lambda table: table.insert({"a": 1}),
    "insert_multiple": lambda table: table.insert_multiple([{"a": 1}]),
    "update": lambda table: table.update({"a": 2}),
    "update_multiple": lambda table: table.update_multiple([({"a": 2}, where("a") == 1)]),
    "upsert": lambda table: table.upsert({"b": 1}, where("b") == 1),
    "remove": lambda table: table.remove(doc_ids=[1]),
    "truncate": lambda table: table.truncate(),
}
READING = {"all", "clear_cache", "contains", "count", "get", "name", "search", "storage"}
SETTINGS = {"default_query_cache_capacity", "document_class", "document_id_class", "query_cache_class"}


class Watched(Table):
    """TinyDB's table, with a note of every updater; its storage takes nothing that does not come through one."""

    def __init__(self) -> None:
        self.updates: list[Any] = []
        super().__init__(MemoryStorage(), "watched")  # type: ignore[no-untyped-call]

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        def noting(documents: Any) -> None:
            self.updates.append(deepcopy(documents))
            updater(documents)

        write = MemoryStorage.write
        self._storage.write = lambda data: write(self._storage, data)  # type: ignore[method-assign, arg-type]
        super()._update_table(noting)
        self._storage.write = self._refuse  # type: ignore[method-assign]

    @staticmethod
    def _refuse(data: object) -> None:
        raise AssertionError("a way past _update_table")


@pytest.mark.parametrize("name", CHANGING)
def test_every_change_of_a_table_goes_through_one_private_method(name: str) -> None:
    table = Watched()
    table.insert(Document({"a": 1}, 1))
    table.updates.clear()
    CHANGING[name](table)
    assert table.updates
    assert table.updates[0] == {1: {"a": 1}}  # by whole numbers


def test_there_is_no_other_way_to_change_a_table() -> None:
    assert {name for name in vars(Table) if name[0] != "_"} == CHANGING.keys() | READING | SETTINGS


def test_the_private_names_that_ours_take_over() -> None:
    assert list(inspect.signature(Table._update_table).parameters) == ["self", "updater"]
    assert list(inspect.signature(Table._get_next_id).parameters) == ["self"]
    assert list(inspect.signature(Table._read_table).parameters) == ["self"]
    table = Watched()
    table.insert({"a": 1})
    assert table._storage.read() == {"watched": {"1": {"a": 1}}}
    assert table._get_next_id() == 2  # type: ignore[no-untyped-call]
    assert len(table._query_cache) == 0


def test_a_query_holds_the_functions_it_calls() -> None:
    query: QueryInstance = Query().a.test(len)
    assert len in (query._hash or ())
    assert (Query().a == 1)._hash == ("==", ("a",), 1)
