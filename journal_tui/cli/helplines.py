"""``helplines``: who to call when someone is being hurt."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from journal_tui.cli import out
from journal_tui.cli.params import as_json, offering
from journal_tui.paths import Paths, bundled_packs
from journal_tui.text import listed

if TYPE_CHECKING:
    from journal_tui.helplines import Country, Helplines, Line

_INDENT = "  "


@click.command()
@click.argument("country", required=False, shell_complete=offering("countries"))
@as_json
@click.pass_obj
def helplines(paths: Paths, country: str | None, as_json: bool) -> None:
    """Say who to call when someone is being hurt.

    People who answer to violence, fear, or thoughts of suicide, in COUNTRY or where your system says that you live.
    It needs neither the journal nor its passphrase. A help.yaml beside your settings adds to it, or takes its place.

    \b
      journal-tui helplines
      journal-tui helplines portugal

    The JSON is an object: opening, note, checked (a month), country (the code of the one shown first, or null),
    countries (those asked for, or all, a list of code, name, emergency, lines) and directory (lines for any country).
    A line is an object: name, number, for, hours, languages (a list), web.
    """
    from journal_tui.helplines import load_helplines

    known = load_helplines(bundled_packs(), paths.config)
    for fault in known.faults:
        out.tell(f"helplines left out: {fault}")
    here = known.named(country) if country is not None else known.at_home(os.environ)
    if as_json:
        out.say_json(_to_json(known, here, [here] if country is not None and here else known.countries))
    else:
        _show(known, here)


def _show(known: Helplines, here: Country | None) -> None:
    _say(known.opening)
    if here:
        out.say()
        _say(here.name, bold=True)
        _say(f"In danger: {here.emergency}", bold=True)
        _say_lines(here.lines)
    out.say()
    _say("Everywhere", bold=True)
    _say_lines(known.directory)
    out.say()
    _say(known.note)
    out.say()
    others = [country.name for country in known.countries if country is not here]
    _say(f"Also known here: {listed(others)}. {out.PROGRAM} helplines COUNTRY shows them.", dim=True)
    if known.checked:
        _say(f"Looked up {known.checked}.", dim=True)


def _say(text: str, indent: str = "", **style: bool) -> None:
    for line in out.wrap(text, out.column() - len(indent)):
        out.say(indent, out.paint(line, **style))


def _say_lines(lines: Iterable[Line]) -> None:
    for line in lines:
        out.say()
        _say(line.title, _INDENT)
        _say(line.details, _INDENT, dim=True)


def _to_json(known: Helplines, here: Country | None, countries: Iterable[Country]) -> dict[str, Any]:
    return {
        "opening": known.opening,
        "note": known.note,
        "checked": known.checked,
        "country": here.code if here else None,
        "countries": [
            {
                "code": country.code,
                "name": country.name,
                "emergency": country.emergency,
                "lines": list(map(_line_to_json, country.lines)),
            }
            for country in countries
        ],
        "directory": list(map(_line_to_json, known.directory)),
    }


def _line_to_json(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "number": line.number,
        "for": line.about,
        "hours": line.hours,
        "languages": list(line.languages),
        "web": line.web,
    }
