"""YAML from people: values with their places, and all that is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.strictyaml import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_EVENTS,
    MAX_FAULTS,
    Fault,
    FileFaults,
    Node,
    Reading,
    lines,
    load,
    parse,
)


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return [plain(item) for item in node.value] if isinstance(node.value, list) else node.value


def refusal(text: str) -> str:
    with pytest.raises(FileFaults) as error:
        parse(text, "f")
    assert len(error.value.faults) == 1
    return str(error.value)


# -- reading ---------------------------------------------------------------------------------------


def test_values_are_text_lists_and_mappings() -> None:
    text = "a: 1\nb:\n  - x y\n  - 'no'\n  - [p, {q: ~}]\nc: >-\n  folded\n  text\nd: |\n  kept\n  lines\n"
    assert plain(parse(text, "f")) == {
        "a": "1",
        "b": ["x y", "no", ["p", {"q": "~"}]],
        "c": "folded text",
        "d": "kept\nlines\n",
    }


@pytest.mark.parametrize("word", ["yes", "no", "on", "null", "1e3", "0x1f", "2025-03-07", "12:30", ".inf", "1_000"])
def test_no_word_turns_into_something_else(word: str) -> None:
    assert plain(parse(f"a: {word}", "f")) == {"a": word}


def test_a_value_knows_its_place_and_that_of_its_key() -> None:
    node = parse('top:\n  - {key: "v"}\n', "f")
    assert isinstance(node.value, dict)
    items = node.value["top"].value
    assert isinstance(items, list)
    assert isinstance(items[0].value, dict)
    inner = items[0].value["key"]
    assert (inner.line, inner.column, inner.quoted) == (2, 11, True)
    assert inner.key is not None
    assert (inner.key.line, inner.key.column) == (2, 6)


JSON_LIKE = st.recursive(
    st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON_LIKE)
def test_json_is_read_as_itself(value: Any) -> None:
    assert plain(parse(json.dumps(value), "f")) == value


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\n\t -:[]{}&*!|>#'\"%@`?,~<")), max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parse(text, "f")
    except FileFaults as error:
        told = [str(fault) for fault in error.faults]
    else:
        return
    assert len(told) == 1
    assert re.fullmatch(r"f:[1-9]\d*:[1-9]\d*: .+", told[0])


# -- refusing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "f:1:1: the file is empty"),
        ("# only a remark\n", "f:1:1: the file is empty"),
        ("a: 1\n---\nb: 2\n", "f:3:1: a second document"),
        ("a: 1\nb: 2\na: 3\n", 'f:3:1: "a" stands twice in this mapping, first in line 1: keep one'),
        ("x:\n  a: 1\n  'a': 2\n", 'f:3:3: "a" stands twice'),
        ("a: &x 1\n", "f:1:4: anchors and aliases"),
        ("a: &x [1]\nb: *x\n", "f:1:4: anchors and aliases"),
        ("b: *x\n", "f:1:4: anchors and aliases"),
        ("a: {<<: {b: 1}}\n", "f:1:5: a key must be plain text, and merge keys"),
        ("? [a, b]\n: c\n", "f:1:3: a key must be plain text"),
        ("a: !!str b\n", "f:1:4: tags (!) are not used here"),
        ("a: !own b\n", "f:1:4: tags"),
        ("a: ! b\n", "f:1:4: tags"),
        ('a: !!str "b"\n', "f:1:4: tags"),
        ("a: !!python/name:os.system\n", "f:1:4: tags"),
        ("a: !!python/object/apply:os.system [ls]\n", "f:1:4: tags"),
        ("a: !!set {b, c}\n", "f:1:4: tags"),
        ("# %TAG\r\n%TAG !e! tag:e\n---\na: 1\n", "f:2:1: tags (%TAG)"),
        ("--- !!map\na: b\n", "f:1:5: tags"),
        ("a:\n\t- b\n", "f:2:1: not valid YAML: indent with spaces"),
        ("a: x\n\tb: c\n", "f:2:1: not valid YAML: indent with spaces"),
        ("a: b: c\n", 'f:1:5: not valid YAML: ": " does not fit here: quote the text'),
        ("a: [b\n", 'f:2:1: not valid YAML: a "]" or a comma is missing before this, for the "[" in line 1'),
        ("é: 1\na: {b: c", 'f:3:1: not valid YAML: a "}" or a comma is missing before this, for the "{" in line 2'),
        ("a: 'b\n\nc: d\n", "f:1:4: not valid YAML: a quotation mark is opened here and not closed"),
        ("a: 'It's'\n", "f:1:8: not valid YAML: text goes on after the closing quote"),
        ('a: "b" c\n', "f:1:8: not valid YAML: text goes on after the closing quote"),
        ("a:\n  b: c\n d: e\n", "f:3:2: not valid YAML: this does not go on from what stands above"),
        ("- a\nb: c\n", "f:2:1: not valid YAML: this does not go on from what stands above"),
        ("a: b\nkey\n", 'f:2:1: not valid YAML: a key needs ": "'),
        ("a: @b\n", 'f:1:4: not valid YAML: text that begins with "@" needs quotes'),
        ("a: * b\n", 'f:1:4: not valid YAML: text that begins with "*" needs quotes'),
        ("a: - b\n", 'f:1:4: not valid YAML: text that begins with "- " needs quotes'),
        ("a: [b,,c]\n", "f:1:7: not valid YAML: text is missing here"),
        ('a: "\\q"\n', "f:1:5: not valid YAML: a backslash"),
        ("%YAML 9.9\n---\na: b\n", "not valid YAML"),
        ("a: \x00\n", "f:1:4: a control character (#x0000)"),
        ("a: 1\nb: é\nc: é\x1b[2J\n", "f:3:5: a control character (#x001b)"),
        ("a: 1\r\rb: \x07", "f:3:4: a control character (#x0007)"),
        ('a: "\\ud800"\n', "not valid YAML"),
        ('a: "\\UFFFFFFFF"\n', "not valid YAML"),
    ],
)
def test_refused(text: str, told: str) -> None:
    assert told in refusal(text)


def test_nesting_has_an_end() -> None:
    parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f")
    assert (
        refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == f"f:1:{MAX_DEPTH + 1}: nested deeper than 20 levels"
    )
    for hostile in ("[" * 30_000, "{a: " * 30_000, "- " * 30_000, "? " * 30_000):
        assert "nested deeper" in refusal(hostile) or "must be plain text" in refusal(hostile)


def test_a_file_has_a_size(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (MAX_BYTES - 5) + b"\na: 1")
    assert plain(load(file)) == {"a": "1"}
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(FileFaults, match=r"large\.yaml:1:1: larger than 128 KB"):
        load(file)


@pytest.mark.parametrize(
    ("raw", "place"),
    [(b"a: caf\xe9\n", "1:7"), (b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\xff\n", "2:5"), ("a: é".encode("utf-16"), "1:1")],
)
def test_another_encoding_is_told_with_its_place(tmp_path: Path, raw: bytes, place: str) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(raw)
    with pytest.raises(FileFaults, match=rf"f\.yaml:{place}: not UTF-8"):
        load(file)


def test_a_byte_order_mark_and_windows_lines_are_no_matter(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - c\r\n")
    assert plain(load(file)) == {"a": "1", "b": ["c"]}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.yaml")


def test_values_have_an_end() -> None:
    parse("[" + "a," * (MAX_EVENTS - 10) + "]", "f")
    for hostile in ("- \n" * 40_000, "[" + "a," * 60_000, "{" + "".join(f"k{n}," for n in range(20_000))):
        assert "more values than a file needs" in refusal(hostile)


def test_every_repeated_key_is_told_and_the_first_one_holds() -> None:
    text = "a: 1\na: 2\nb:\n  c: 3\n  c: {d: 4, d: 5}\n"
    faults: list[Fault] = []
    assert plain(parse(text, "f", faults)) == {"a": "1", "b": {"c": "3"}}
    assert [(fault.line, fault.column) for fault in faults] == [(2, 1), (5, 3), (5, 13)]
    with pytest.raises(FileFaults) as error:
        parse("a: 1\n" * 1000, "f")
    assert len(error.value.faults) == MAX_FAULTS


def test_lines_are_counted_as_the_parser_counts_them() -> None:
    text = "a: 1\r\nb: 2\rc: 3\x85d: 4\u2028e: 5\ne: 6"
    with pytest.raises(FileFaults, match=r"f:6:1: .*first in line 5"):
        parse(text, "f")
    assert lines(text) == ["a: 1", "b: 2", "c: 3", "d: 4", "e: 5", "e: 6"]


# -- taking values out -----------------------------------------------------------------------------


def told(take: str, text: str, *args: Any) -> tuple[Any, list[str]]:
    """What a method of `Reading` gives for the value of ``a``, and what it tells."""
    root = parse(text, "f")
    assert isinstance(root.value, dict)
    reading = Reading("f")
    return getattr(reading, take)(root.value["a"], "a", *args), [fault.message for fault in reading.faults]


@pytest.mark.parametrize(
    ("take", "text", "args", "value", "fault"),
    [
        ("text", "a:  two   words ", (), "two words", ""),
        ("text", "a: 'null'", (), "null", ""),
        ("text", "a: null", (), "", "a is empty"),
        ("text", "a: '  '", (), "", "a is empty"),
        ("text", "a: [b]", (), "", "a should be text, here it is a list"),
        ("text", 'a: "b\\e[2J"', (), "b\x1b[2J", "control or invisible"),
        ("text", 'a: "b\\u202ec"', (), "b\u202ec", "control or invisible"),
        ("texts", "a: [b, c d]", (), ("b", "c d"), ""),
        ("texts", "a: b", (), (), "a should be a list"),
        ("texts", "a: [b, {c: d}]", (), ("b", ""), "a 2 should be text, here it is a mapping"),
        ("number", "a: 5", (1, 5), 5, ""),
        ("number", "a: 6", (1, 5), None, "from 1 to 5"),
        ("number", "a: 2.5", (1, 5), None, "whole number"),
        ("number", "a: ٣", (1, 5), None, "whole number"),
        ("number", "a: 99999999999999999999", (1, 5), None, "whole number"),
        ("yes", "a: TRUE", (), True, ""),
        ("yes", "a: false", (), False, ""),
        ("yes", "a: 'true'", (), None, "true or false"),
        ("one_of", "a: b", (("b", "c"),), "b", ""),
        ("one_of", "a: see", (("b", "seen"),), "", '(did you mean "seen"?): choose from b, seen'),
        ("items", "a: {b: c}", (), [], "a should be a list (lines that begin with -), here it is a mapping"),
        ("items", "a: []", (), [], "a is empty: put something in"),
        ("items", "a:", (), [], "a is empty: put something in"),
        ("mapping", "a: ~", (("b",),), {}, "a should be a mapping (key: value), here it is empty"),
        ("text", 'a: "👩\\u200d👧 — “so”"', (), "👩\u200d👧 — “so”", ""),
        ("text", "a: Null", (), "", "a is empty"),
    ],
)
def test_a_value_is_taken_or_told(take: str, text: str, args: tuple[Any, ...], value: Any, fault: str) -> None:
    found, faults = told(take, text, *args)
    assert found == value
    assert len(faults) == bool(fault)
    assert fault in "".join(faults)


def test_text_has_a_length() -> None:
    reading = Reading("f")
    reading.text(Node("x" * 11, 3, 7), "a", most=10)
    assert list(map(str, reading.faults)) == ["f:3:7: a is longer than 10 characters"]


def test_all_that_is_wrong_in_a_mapping_is_told() -> None:
    reading = Reading("f")
    kept = reading.mapping(parse("titel: x\nask: y\nzzz: 1\n", "f"), "it", ("title", "ask", "id"), ("id", "ask"))
    assert set(kept) == {"ask"}
    assert list(map(str, reading.faults)) == [
        'f:1:1: unknown key "titel" in it (did you mean "title"?)',
        'f:3:1: unknown key "zzz" in it: known here are title, ask, id',
        'f:1:1: it has no "id"',
    ]


def test_a_fault_is_one_clean_line() -> None:
    reading = Reading("a\nb\x1b.yaml")
    reading.fault(Node("", 1, 1), "odd\u202e")
    assert str(reading.faults[0]) == "a b␛.yaml:1:1: odd"


def test_too_many_faults_are_cut_short_in_the_order_of_the_file() -> None:
    reading = Reading("f")
    wide = "".join(f"longer-name-{n}: 1\n" for n in range(3000))
    with pytest.raises(FileFaults) as error:
        reading.mapping(parse(wide, "f"), "it", ("name", "other-name"))
    told = error.value.faults
    assert [fault.line for fault in told] == [*range(1, MAX_FAULTS + 1), MAX_FAULTS + 1]
    assert told[-1].message == "and more: these first"


def test_a_hint_is_given_while_there_is_time() -> None:
    reading = Reading("f")
    names = [f"name-{n}" for n in range(900)]
    assert reading.hint("nane-7", names)
    assert reading.hint("nane-7", names) == ""
    assert Reading("f").hint("name" * 40, names) == ""


def test_long_words_are_cut_in_a_message() -> None:
    reading = Reading("f")
    reading.mapping(parse(f"{'k' * 500}: 1\n", "f"), "it", ("a",))
    reading.one_of(Node("v" * 500, 1, 1), "it", ("a",))
    assert all(len(fault.message) < 100 for fault in reading.faults)
