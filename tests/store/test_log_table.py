"""TinyDB's tables on logs: nothing stored is handed out, nothing half done stays, and stock TinyDB is the model."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tinydb import TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from journal_tui.store.storage import LogDB, LogStorage
from journal_tui.store.table import LogTable
from journal_tui.store.vault import Key

KEY = Key(bytes(32), "0" * 32)


@pytest.fixture
def table(tmp_path: Path) -> LogTable:
    made = table_of(tmp_path)
    made.insert({"name": "Ana", "tags": ["home", ["deep"]]})
    made.insert({"name": "Jo", "tags": []})
    return made


def table_of(folder: Path, device: str = "one", key: Key | None = None) -> LogTable:
    return LogTable(LogStorage(folder / "data", device=device, key=key), "people")


def names(table: LogTable) -> dict[int, str]:
    return {document.doc_id: document["name"] for document in table.all()}


# -- what is handed out ----------------------------------------------------------------------------

WAYS: dict[str, Callable[[LogTable], Document]] = {
    "all": lambda table: table.all()[0],
    "iteration": lambda table: next(iter(table)),
    "get by number": lambda table: found(table.get(doc_id=1)),
    "get by numbers": lambda table: table.get(doc_ids=[1])[0],
    "get by query": lambda table: found(table.get(where("name") == "Ana")),
    "search": lambda table: table.search(where("name") == "Ana")[0],
    "a search by function": lambda table: table.search(where("name").test(is_ana))[0],
}


def is_ana(name: Any) -> bool:
    return bool(name == "Ana")


def found(document: Document | list[Document] | None) -> Document:
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("way", WAYS)
def test_changing_a_result_changes_nothing_that_is_stored(way: str, table: LogTable) -> None:
    for _ in range(2):  # the second time from what is remembered
        document = WAYS[way](table)
        document["tags"][1].append("changed")
        document["tags"].append("changed")
        document["name"] = "changed"
    assert WAYS[way](table) == {"name": "Ana", "tags": ["home", ["deep"]]}
    table.update({"name": "Bo"}, doc_ids=[2])
    assert table.get(doc_id=1) == {"name": "Ana", "tags": ["home", ["deep"]]}


def test_changing_what_was_inserted_changes_nothing_that_is_stored(table: LogTable) -> None:
    tags = ["new"]
    number = table.insert({"name": "Cy", "tags": tags})
    table.update({"others": tags}, doc_ids=[1])
    tags.append("changed")
    assert found(table.get(doc_id=number))["tags"] == ["new"]
    assert found(table.get(doc_id=1))["others"] == ["new"]


def test_a_query_cannot_change_what_is_stored(table: LogTable) -> None:
    def meddling(tags: Any) -> bool:
        tags.append("changed")
        return True

    assert len(table.search(where("tags").test(meddling))) == 2
    assert found(table.get(doc_id=2))["tags"] == []


# -- what raises -----------------------------------------------------------------------------------


def fails_at_the_second(document: Any) -> None:
    document["tags"].append("changed")
    if document["name"] == "Jo":
        raise ZeroDivisionError


def is_ana_or_fails(name: Any) -> bool:
    return is_ana(name) or bool(1 / 0)


def documents_that_end() -> Any:
    yield {"name": "Cy"}
    raise ZeroDivisionError


FAILURES: dict[str, Callable[[LogTable], object]] = {
    "update": lambda table: table.update(fails_at_the_second),
    "update where": lambda table: table.update(fails_at_the_second, where("name").exists()),
    "update_multiple": lambda table: table.update_multiple([(fails_at_the_second, where("name").exists())]),
    "insert_multiple": lambda table: table.insert_multiple(documents_that_end()),
    "insert": lambda table: table.insert({"name": "Cy", "tags": {1, 2}}),
    "an update that is no JSON": lambda table: table.update({"name": {1, 2}}),
    "a number that is taken": lambda table: table.insert(Document({"name": "Cy"}, 1)),
    "numbers of which one is taken": lambda table: table.insert_multiple([Document({}, 7), Document({}, 1)]),
    "remove": lambda table: table.remove(where("name").test(is_ana_or_fails)),
}


@pytest.mark.parametrize("what", FAILURES)
def test_what_raises_changes_nothing(what: str, table: LogTable, tmp_path: Path) -> None:
    before, log = table.all(), (tmp_path / "data" / "one.log").read_bytes()
    with pytest.raises((ZeroDivisionError, TypeError, ValueError)):
        FAILURES[what](table)
    assert table.all() == before
    assert (tmp_path / "data" / "one.log").read_bytes() == log
    assert table.insert({"name": "Di"}) == 3 or "insert" in what
    assert table_of(tmp_path).all() == table.all()


def test_a_transaction_that_raises_changes_nothing(table: LogTable, tmp_path: Path) -> None:
    before = table.all()
    storage: Any = table.storage

    def half() -> None:
        with storage.transaction():
            table.insert({"name": "Cy"})
            table.remove(doc_ids=[1])
            assert sorted(names(table).values()) == ["Cy", "Jo"]
            assert len(table.search(where("name") == "Cy")) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert table.all() == before
    assert table.search(where("name") == "Cy") == []
    assert table_of(tmp_path).all() == before


def test_a_transaction_is_one_line(table: LogTable, tmp_path: Path) -> None:
    log = tmp_path / "data" / "one.log"
    lines = log.read_bytes().count(b"\n")
    storage: Any = table.storage
    with storage.transaction():
        table.insert({"name": "Cy"})
        table.remove(doc_ids=[1])
        table.update({"name": "Di"}, doc_ids=[3])
    assert log.read_bytes().count(b"\n") == lines + 1
    assert names(table_of(tmp_path)) == {2: "Jo", 3: "Di"}


# -- what is remembered ----------------------------------------------------------------------------


def count(table: LogTable, query: QueryInstance) -> list[int]:
    return [document.doc_id for document in table.search(query)]


def test_a_function_in_a_query_is_asked_every_time(table: LogTable) -> None:
    wanted = "Ana"

    def is_wanted(name: Any) -> bool:
        return bool(name == wanted)

    query = where("name").test(is_wanted)
    queries = [query, ~query, query & where("name").exists(), where("tags").exists() & query]
    assert [count(table, query) for query in queries] == [[1], [2], [1], [1]]
    wanted = "Jo"
    assert [count(table, query) for query in queries] == [[2], [1], [2], [2]]


def test_functions_that_come_and_go_at_one_address_are_not_confused(table: LogTable) -> None:
    def is_called(wanted: str) -> QueryInstance:
        def is_it(name: Any) -> bool:
            return bool(name == wanted)

        return where("name").test(is_it)

    assert [count(table, is_called(name)) for name in ("Ana", "Jo", "Cy")] == [[1], [2], []]


def test_what_another_instance_writes_is_found(table: LogTable, tmp_path: Path) -> None:
    query = where("name") == "Cy"
    assert count(table, query) == []
    table_of(tmp_path).insert({"name": "Cy"})
    assert count(table, query) == [3]
    storage: Any = table.storage
    with storage.transaction():
        LogTable(storage, "people").remove(query)
        assert count(table, query) == []
        number = LogTable(storage, "people").insert({"name": "Cy"})
        assert count(table, query) == [number]
    assert count(table, query) == [number]


# -- numbers ---------------------------------------------------------------------------------------


def test_numbers_go_on_where_another_process_stopped(table: LogTable, tmp_path: Path) -> None:
    for number in range(3, 9, 2):
        program = (
            "from tests.store.test_log_table import *;"
            f"print(table_of(Path({str(tmp_path)!r})).insert_multiple([{{'name': 'a'}}]))"
        )
        ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == f"[{number}]"
        assert table.insert({"name": "b"}) == number + 1
    assert list(names(table)) == list(range(1, 9))


def test_the_first_number_asked_for_is_new(tmp_path: Path, table: LogTable) -> None:
    again = table_of(tmp_path)
    assert again._get_next_id() == 3
    assert again.insert({"name": "Cy"}) == 4
    again.truncate()
    assert again.insert({"name": "Cy"}) == 1


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_two_devices_that_gave_the_same_numbers_lose_nothing(key: Key | None, tmp_path: Path) -> None:
    for device in ("one", "two"):
        table = table_of(tmp_path / device, device, key)
        table.insert_multiple({"name": f"{device} {number}"} for number in range(3))
        table.update({"name": f"{device} changed"}, doc_ids=[2])
        table.remove(doc_ids=[3])
    (tmp_path / "two/data/two.log").rename(tmp_path / "one/data/two.log")
    merged = table_of(tmp_path / "one", "one", key)
    assert sorted(names(merged).values()) == ["one 0", "one changed", "two 0", "two changed"]
    assert len(names(merged)) == len(merged) == 4
    number = next(number for number, name in names(merged).items() if name == "two changed")
    merged.update({"name": "both changed"}, doc_ids=[number])
    new = merged.insert({"name": "new"})
    assert new not in range(1, 5)
    again = table_of(tmp_path / "one", "two", key)
    assert sorted(names(again).values()) == ["both changed", "new", "one 0", "one changed", "two 0"]


# -- beside stock TinyDB ---------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=3,
)
DOCUMENTS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)
NUMBERS = st.integers(1, 6)
QUERIES = st.builds(lambda name, value: where(name) == value, st.sampled_from("abc"), VALUES) | st.builds(
    lambda name: where(name).exists(), st.sampled_from("abc")
)
TABLES = st.sampled_from(["_default", "second"])


class BesideTinyDB(RuleBasedStateMachine):
    """The same calls on both, with the same results, before and after opening anew."""

    @initialize(key=st.sampled_from([None, KEY]))
    def begin(self, key: Key | None) -> None:
        self.key = key
        self.folder = tempfile.TemporaryDirectory()
        self.model = TinyDB(storage=MemoryStorage)
        self.open()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    @rule()
    def open(self) -> None:
        self.ours = LogDB(Path(self.folder.name) / "data", key=self.key)

    def both(self, table: str, call: Callable[[Any], object]) -> None:
        outcomes = []
        for db in (self.ours, self.model):
            try:
                outcomes.append(call(db.table(table)))
            except ValueError as error:
                outcomes.append(str(error))
        assert outcomes[0] == outcomes[1]

    @rule(table=TABLES, documents=st.lists(DOCUMENTS, max_size=3))
    def insert_multiple(self, table: str, documents: list[dict[str, Any]]) -> None:
        """Ours never gives a number twice, stock TinyDB does: it is told ours."""
        before = max((document.doc_id for document in self.ours.table(table)), default=0)
        numbers = self.ours.table(table).insert_multiple(documents)
        assert numbers == sorted(set(numbers))
        assert all(number > before for number in numbers)
        self.model.table(table).insert_multiple(map(Document, documents, numbers))

    @rule(table=TABLES, document=DOCUMENTS)
    def insert(self, table: str, document: dict[str, Any]) -> None:
        number = self.ours.table(table).insert(document)
        assert number not in [document.doc_id for document in self.model.table(table)]
        self.model.table(table).insert(Document(document, number))

    @rule(table=TABLES, document=DOCUMENTS, number=NUMBERS)
    def insert_with_number(self, table: str, document: dict[str, Any], number: int) -> None:
        self.both(table, lambda table: table.insert(Document(document, number)))

    @rule(table=TABLES, fields=DOCUMENTS, query=st.none() | QUERIES)
    def update(self, table: str, fields: dict[str, Any], query: QueryInstance | None) -> None:
        self.both(table, lambda table: table.update(fields, query))

    @rule(table=TABLES, fields=DOCUMENTS, numbers=st.lists(NUMBERS, max_size=2, unique=True))
    def update_by_number(self, table: str, fields: dict[str, Any], numbers: list[int]) -> None:
        self.both(table, lambda table: table.update(fields, doc_ids=numbers))

    @rule(table=TABLES, document=DOCUMENTS, query=QUERIES)
    def upsert(self, table: str, document: dict[str, Any], query: QueryInstance) -> None:
        if self.model.table(table).contains(query):
            self.both(table, lambda table: table.upsert(document, query))
        else:
            (number,) = self.ours.table(table).upsert(document, query)
            self.model.table(table).upsert(Document(document, number))

    @rule(table=TABLES, query=QUERIES)
    def remove(self, table: str, query: QueryInstance) -> None:
        self.both(table, lambda table: table.remove(query))

    @rule(table=TABLES, numbers=st.lists(NUMBERS, max_size=2, unique=True))
    def remove_by_number(self, table: str, numbers: list[int]) -> None:
        self.both(table, lambda table: table.remove(doc_ids=numbers))

    @rule(table=TABLES)
    def truncate(self, table: str) -> None:
        self.both(table, lambda table: table.truncate())

    @rule(table=TABLES, query=QUERIES)
    def search(self, table: str, query: QueryInstance) -> None:
        for _ in range(2):
            self.both(table, lambda table: [(document.doc_id, document) for document in table.search(query)])

    @rule(table=TABLES)
    def drop_table(self, table: str) -> None:
        for db in (self.ours, self.model):
            db.drop_table(table)

    @rule()
    def drop_tables(self) -> None:
        for db in (self.ours, self.model):
            db.drop_tables()

    @precondition(lambda self: hasattr(self, "ours"))
    @invariant()
    def they_hold_the_same(self) -> None:
        assert self.ours.tables() == self.model.tables()
        for table in self.model.tables():
            self.both(table, lambda table: [(document.doc_id, document) for document in table])
            self.both(table, len)


TestBesideTinyDB = BesideTinyDB.TestCase
TestBesideTinyDB.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
