"""JSON lines, through the plan of an import."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import Plan, plan
from journal_tui.model import Pillar
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]


def planned(content: str) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines"
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
        return plan(Journal(Path(folder) / "journal"), path)


days = st.none() | st.dates() | st.datetimes(timezones=st.none() | st.timezones())
inner = st.text(st.characters(codec=None, exclude_categories=[]))
fields = st.fixed_dictionaries(
    {"text": inner.map(lambda text: f"a{text}z")},
    optional={
        "rating": st.integers(1, 5),
        "pillar": st.sampled_from([p.value for p in Pillar]),
        "tags": st.just(["a"]),
    },
)


@given(days, fields, st.booleans())
@example(date(2024, 5, 1), {"text": "a\u2028\x0b\x1c\x85\r\n\n\tz"}, False)
@example(datetime(2024, 1, 2, 1, 30), {"text": "a\u202eb\x1b[31m🙂z"}, True)
def test_what_is_written_as_json_lines_comes_in_unchanged(
    when: date | datetime | None, data: dict[str, Any], ascii_only: bool
) -> None:
    lone = any("\ud800" <= character <= "\udfff" for character in data["text"])
    document = {"date": when and when.isoformat(), **data}
    [entry] = planned(json.dumps(document, ensure_ascii=ascii_only or lone)).entries
    assert entry.text == json.loads(json.dumps(data["text"]))
    assert entry.rating == data.get("rating")
    assert entry.pillar == data.get("pillar")
    assert entry.tags == tuple(data.get("tags", ()))
    if isinstance(when, datetime):
        assert (entry.day, entry.moment) == (when.date(), datetime.fromisoformat(when.isoformat()))
    else:
        assert (entry.day, entry.moment) == (when, None)


@given(inner)
def test_only_blank_lines_around_a_text_go(text: str) -> None:
    result = planned(json.dumps({"date": "2024-05-01", "text": text}))
    if not text.strip():
        assert [piece.why for piece in result.left_out] == ["it has no words"]
        return
    [entry] = result.entries
    text = json.loads(json.dumps(text))
    before, _, after = text.partition(entry.text)
    assert not (before + after).strip(" \t\r\n")
    assert not before or before.endswith("\n")


def test_an_indented_first_line_stays_indented() -> None:
    [entry] = planned(r'{"date": null, "text": " \n\r\n    indented\n\n  more  \r\n\t\n"}').entries
    assert entry.text == "    indented\n\n  more  "


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("hello", "it is not JSON"),
        ('{"date": "2024-05-01", "text": "cut', "it is not JSON"),
        ('{"date": "2024-05-01", "text": "x", "rating": NaN}', "it is not JSON"),
        ('{"date": "2024-05-01", "text": "x", "rating": 1' + "0" * 5000 + "}", "it is not JSON"),
        ("[" * 100_000, "it is nested too deeply"),
        ('["2024-05-01", "x"]', "it is not a JSON object"),
        ("null", "it is not a JSON object"),
        ('{"date": "2024-05-01"}', "it has no text"),
        ('{"date": "2024-05-01", "text": null}', "it has no text"),
        ('{"date": "2024-05-01", "text": 7}', "its text is not in quotes"),
        ('{"date": "2024-05-01", "text": " \\n\\t"}', "it has no words"),
        ('{"date": "2024-02-30", "text": "x"}', "its date is not written like"),
        ('{"date": "yesterday", "text": "x"}', "its date is not written like"),
        ('{"date": "", "text": "x"}', "its date is not written like"),
        ('{"date": 20240501, "text": "x"}', "its date is not written like"),
        ('{"date": "2024-05-01T25:00", "text": "x"}', "its date is not written like"),
        ('{"date": "\\ud800", "text": "x"}', "its date is not written like"),
        ('{"text": "x", "rating": 0}', "its rating is not a whole number from 1 to 5"),
        ('{"text": "x", "rating": 6}', "its rating is not a whole number from 1 to 5"),
        ('{"text": "x", "rating": 1e999}', "its rating is not a whole number from 1 to 5"),
        ('{"text": "x", "rating": true}', "its rating is not a whole number from 1 to 5"),
        ('{"text": "x", "rating": "3"}', "its rating is not a whole number from 1 to 5"),
        ('{"text": "x", "pillar": "honour"}', "its pillar is none of respect, "),
        ('{"text": "x", "pillar": 3}', "its pillar is none of respect, "),
        ('{"text": "x", "tags": "a, b"}', "its tags are not a list of words"),
        ('{"text": "x", "tags": ["a", 1]}', "its tags are not a list of words"),
    ],
)
def test_a_line_that_does_not_fit_is_left_out_and_the_others_come_in(line: str, why: str) -> None:
    good = '{"date": "2024-05-01", "text": "good"}'
    result = planned(f"{good}\n{line}\n{good}\n")
    assert [entry.text for entry in result.entries] == ["good", "good"]
    [piece] = result.left_out
    assert piece.where == "line 2"
    assert piece.why.startswith(why)


def test_the_first_line_may_be_the_broken_one() -> None:
    result = planned('oops\n{"date": "2024-05-01", "text": "good"}\n')
    assert ([e.text for e in result.entries], [p.where for p in result.left_out]) == (["good"], ["line 1"])


def test_a_byte_order_mark_crlf_and_blank_lines_are_no_trouble(journal: Journal, file: Write) -> None:
    content = '\ufeff{"date": "2024-05-01", "text": "one"}\r\n\r\n   \r\n{"text": "two"}\r\n'
    result = plan(journal, file(content))
    assert [(e.text, e.day) for e in result.entries] == [("one", date(2024, 5, 1)), ("two", None)]
    assert (result.undated, result.left_out) == (1, ())


def test_a_line_longer_than_what_is_looked_at_is_found(journal: Journal, file: Write) -> None:
    text = "word " * 40_000 + "end"
    [entry] = plan(journal, file(json.dumps({"date": "2024-05-01", "text": text}))).entries
    assert entry.text == text


def test_the_clock_on_the_wall_decides_the_day() -> None:
    [entry] = planned('{"date": "2024-01-02T01:30:00+09:00", "text": "late"}').entries
    assert entry.day == date(2024, 1, 2)
    assert entry.moment is not None
    assert entry.moment.isoformat() == "2024-01-02T01:30:00+09:00"


def test_tags_are_tidied_and_empty_fields_are_none() -> None:
    [entry] = planned(
        '{"text": "x", "date": null, "tags": ["#Home", "home", " "], "rating": null, "pillar": null}'
    ).entries
    assert (entry.tags, entry.rating, entry.pillar, entry.starred) == (("home",), None, None, False)
