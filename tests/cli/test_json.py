"""``--json``: every command that reads prints what docs/commands.md says, on a year of sample life."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import click
import pytest

from journal_tui.cli.main import COMMANDS, main, program
from journal_tui.demo import demo_home
from journal_tui.settings import SCHEMA
from tests.cli.command_line import ROOT

Run = Callable[..., Any]
BLOCK = re.compile(r"^```json (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
SHAPES: dict[str, Any] = {
    name: json.loads(shape)
    for names, shape in BLOCK.findall((ROOT / "docs" / "commands.md").read_text("utf-8"))
    for name in names.split()
}
"""By the command, hyphens for blanks, or by a name of its own with a capital."""
TOLD_ELSEWHERE = {"settings", "packs show"}
ALONE: dict[str, Callable[[Any], object]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "true or false": lambda value: isinstance(value, bool),
    "day": lambda value: re.fullmatch(r"\d{4}-\d\d-\d\d", value) and date.fromisoformat(value),
    "moment": lambda value: datetime.fromisoformat(value).tzinfo,
}


def faults(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """What in `value` is not as `shape` says."""
    if isinstance(shape, dict):
        wanted = {**(SHAPES[shape["..."]] if "..." in shape else {}), **shape}
        wanted.pop("...", None)
        if not isinstance(value, dict) or set(value) != set(wanted):
            yield f"{at}: {sorted(set(value) ^ set(wanted)) if isinstance(value, dict) else value}"
            return
        for key, inner in wanted.items():
            yield from faults(value[key], inner, f"{at}.{key}")
    elif isinstance(shape, list):
        for number, one in enumerate(value):
            yield from faults(one, shape[0], f"{at}[{number}]")
    elif shape.endswith(" or null"):
        if value is not None:
            yield from faults(value, shape.removesuffix(" or null"), at)
    elif shape in SHAPES:
        yield from faults(value, SHAPES[shape], at)
    elif value is None or not ALONE[shape](value):
        yield f"{at}: {value!r} is no {shape}"


@pytest.fixture(scope="module")
def year() -> Iterator[list[str]]:
    with demo_home() as paths:
        yield ["--home", str(paths.config)]


@pytest.fixture
def run(year: list[str], capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str, code: int = 0) -> Any:
        with pytest.raises(SystemExit) as end:
            main([*year, *arguments])
        out, err = capsys.readouterr()
        assert end.value.code == code, err
        return json.loads(out) if "--json" in arguments else out

    return run


def reading() -> Iterator[str]:
    """Every command with ``--json``."""
    for name in COMMANDS:
        command = program.get_command(click.Context(program), name)
        inner = command.commands.values() if isinstance(command, click.Group) else ()
        for title, one in [(name, command), *((f"{name} {sub.name}", sub) for sub in inner)]:
            if one and any("--json" in parameter.opts for parameter in one.params):
                yield title


def test_every_command_that_reads_is_documented() -> None:
    documented = {name.replace("-", " ") for name in SHAPES if name[0].islower()}
    assert set(reading()) - TOLD_ELSEWHERE == documented
    assert {"list", "search", "show", "trash", "insights", "packs list", "check", "paths"} <= documented


def test_what_is_printed_is_what_is_documented(run: Run, tmp_path: Any) -> None:
    first, second = (entry["id"] for entry in run("list", "--json", "--limit", "2"))
    words = run("show", first, "--json")["text"].split(".")[0]
    run("mark", first, words, "gave_way")
    run("delete", second)
    (tmp_path / "lines.jsonl").write_text('{"date": "2001-03-01", "text": "old"}\n')
    run("import", str(tmp_path / "lines.jsonl"))
    (tmp_path / "more.jsonl").write_text('{"date": "2001-03-02", "text": "older"}\n{"no": "entry"}\n')
    (tmp_path / "bad.yaml").write_text("id: [")
    arguments = {
        "import": [str(tmp_path / "more.jsonl"), "--dry-run"],
        "search": ["the"],
        "show": [first],
        "history": [second],
        "packs-check": [str(tmp_path / "bad.yaml")],
    }
    for name in filter(lambda name: name[0].islower(), SHAPES):
        command = [*name.split("-"), *arguments.get(name, [])]
        printed = run(*command, "--json", code=int(name == "packs-check"))
        assert printed, name
        assert list(faults(printed, SHAPES[name], name))[:3] == []


def test_settings_are_those_of_their_page(run: Run) -> None:
    assert list(run("settings", "--json")) == list(SCHEMA)


def test_a_shape_that_differs_is_found() -> None:
    assert list(faults({"a": 1}, {"a": "number", "b": "text"}))
    assert list(faults([{"id": 3}], [{"id": "text or null"}]))
    assert list(faults("7 march", "day or null"))
    assert not list(faults([None, "2025-03-07"], ["day or null"]))
