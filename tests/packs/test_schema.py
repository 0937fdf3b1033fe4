"""The schema for editors and the reader: one truth, told twice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from journal_tui.model import PATTERNS, SIGNALS, Asked, Depth, Kind, Pillar, Recall
from journal_tui.packs.reader import (
    KEYS,
    MAX_FOLLOW_UPS,
    MAX_MENTIONS,
    MAX_OPTIONS,
    MONTH_NAMES,
    REQUIRED,
    WEEKDAY_NAMES,
    parse_pack,
)
from journal_tui.paths import bundled_packs
from journal_tui.strictyaml import FileFaults, Node, load
from tests.packs.corpus_files import BAD, GOOD, only_the_reader

SCHEMA: dict[str, Any] = json.loads((bundled_packs() / "schema.json").read_text("utf-8"))
PARTS: dict[str, dict[str, Any]] = {**SCHEMA["$defs"], "pack": SCHEMA}
VALIDATOR = Draft202012Validator(SCHEMA)
BUNDLED = [path for path in bundled_packs().glob("*.yaml") if path.stem != "help"]


def as_an_editor_reads(node: Node) -> Any:
    """The values of YAML 1.2: unquoted numbers, true and false are no text there."""
    if isinstance(node.value, dict):
        return {key: as_an_editor_reads(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [as_an_editor_reads(item) for item in node.value]
    if node.is_null or node.quoted:
        return None if node.is_null else node.value
    if re.fullmatch(r"[-+]?[0-9]+", node.value):
        return int(node.value)
    return {"true": True, "false": False}.get(node.value.lower(), node.value)


def is_refused(value: Any) -> bool:
    return next(VALIDATOR.iter_errors(value), None) is not None


# -- one truth -------------------------------------------------------------------------------------


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("part", KEYS)
def test_every_part_has_the_keys_that_the_reader_knows(part: str) -> None:
    assert tuple(PARTS[part]["properties"]) == KEYS[part]
    assert tuple(PARTS[part].get("required", ())) == REQUIRED.get(part, ())
    assert PARTS[part]["additionalProperties"] is False


@pytest.mark.parametrize("part", KEYS)
def test_every_key_is_described(part: str) -> None:
    for key, said in PARTS[part]["properties"].items():
        shared = SCHEMA["$defs"].get(said.get("$ref", "").removeprefix("#/$defs/"), {})
        assert "description" in {**shared, **said}, key


@pytest.mark.parametrize(
    ("part", "key", "known"),
    [
        ("pack", "pillar", Pillar),
        ("pack", "asked", Asked),
        ("prompt", "kind", Kind),
        ("prompt", "depth", Depth),
        ("prompt", "patterns", PATTERNS),
        ("prompt", "recall", Recall),
        ("when", "weekdays", WEEKDAY_NAMES),
        ("when", "months", MONTH_NAMES),
        ("option", "signal", SIGNALS),
    ],
)
def test_what_can_be_chosen(part: str, key: str, known: Any) -> None:
    said = PARTS[part]["properties"][key]
    if key == "signal":
        said = SCHEMA["$defs"]["signal"]
    assert said.get("enum", said.get("items", {}).get("enum")) == [str(value) for value in known]


def test_how_many_there_may_be() -> None:
    assert SCHEMA["$defs"]["options"]["maxItems"] == MAX_OPTIONS
    assert SCHEMA["$defs"]["mentions"]["maxItems"] == MAX_MENTIONS
    assert PARTS["prompt"]["properties"]["follow_ups"]["maxItems"] == MAX_FOLLOW_UPS


# -- the same packs --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*GOOD, *BUNDLED], ids=lambda path: path.stem)
def test_what_is_good_for_the_reader_is_good_for_an_editor(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(as_an_editor_reads(load(path)))] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_bad_is_seen_by_both_where_a_schema_can(path: Path) -> None:
    try:
        value = as_an_editor_reads(load(path))
    except FileFaults:
        return  # no YAML for an editor either
    assert is_refused(value) != only_the_reader(path)


WRONG = st.sampled_from([None, "", "x", "x" * 500, 3, -1, True, [], ["x"], {}, {"x": "y"}])
PACKS = [as_an_editor_reads(load(path)) for path in GOOD]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every collection within `value` with every key or index in it."""
    found: list[tuple[Any, Any]] = []
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        found += [(value, key), *places(value[key])]
    return found


@given(st.sampled_from(PACKS), st.data())
def test_an_editor_never_marks_what_the_reader_takes(pack: Any, data: st.DataObject) -> None:
    """A good pack with one thing taken away, put in, or put in place of another."""
    changed = json.loads(json.dumps(pack))
    collection, key = data.draw(st.sampled_from(places(changed)))
    how = data.draw(st.sampled_from(["take", "replace", "swap", "add"]))
    if how == "take":
        del collection[key]
    elif how == "replace":
        collection[key] = data.draw(WRONG)
    elif how == "swap":
        other, its_key = data.draw(st.sampled_from(places(changed)))
        collection[key] = json.loads(json.dumps(other[its_key]))
    elif isinstance(collection, dict):
        collection[data.draw(st.sampled_from([*KEYS["pack"], *KEYS["prompt"], *KEYS["if"]]))] = data.draw(WRONG)
    if is_refused(changed):
        with pytest.raises(FileFaults):
            parse_pack(json.dumps(changed, ensure_ascii=False).encode(), "f")
