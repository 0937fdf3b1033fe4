"""The journal as a book: one HTML page that asks nothing of any network, to read, to print and to keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

    from journal_tui.insights.report import Report
    from journal_tui.model import Commitment, Entry, Pillar
    from journal_tui.palette import Palette


def render(
    entries: Sequence[Entry],
    *,
    commitments: Sequence[Commitment],
    report: Report,
    titles: Mapping[Pillar, str],
    span_words: str,
    made_on: date,
    on_progress: Callable[[int, int], object] | None = None,
) -> str:
    """The page, from ``<!doctype html>`` on; it can always be written as UTF-8.

    Patterns are not in it: a mirror is for the one who looks, and paper is read by others too.

    Args:
        entries: those to show, in any order; the undated ones stand at the end, blank ones are left out.
        commitments: promises; those made in other entries are left out.
        report: of these entries alone (`World.report_of`).
        titles: what the packs call the pillars (`World.titles`).
        span_words: what was chosen, for the title page, as ``since 1 March 2025, with Anna``; empty: everything.
        made_on: today.
        on_progress: called now and then with the entries set and the entries to set.
    """
    from markupsafe import Markup

    from journal_tui.book import charts
    from journal_tui.book.chapters import make
    from journal_tui.breathing import breathe

    book = make(entries, commitments, report, titles, span_words, made_on, on_progress)
    parts = []
    for part in _page().generate(
        book=book,
        style=Markup(_colours() + _ours("page.css")),
        tongue=Markup(' lang="{}"').format(book.language) if book.language != "en" else "",
        shapes=charts.SIGNS,
        lines=charts.LINES,
        width=charts.RATINGS_WIDTH,
        height=charts.RATINGS_HEIGHT,
        levels=[charts.rating_height(rating) for rating in (1, 3, 5)],
        trend_height=charts.TREND_HEIGHT,
    ):
        breathe()
        parts.append(part)
    return "".join(parts)


@cache
def _page() -> Template:
    """The template; every value in it is escaped."""
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined).from_string(_ours("page.html.j2"))


def _ours(name: str) -> str:
    """A file that stands beside this one."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _colours() -> str:
    """The light and the dark theme as variables; what is printed is light, on white."""
    from journal_tui.palette import PALETTES

    light, dark = _variables(PALETTES["paper"]), _variables(PALETTES["dusk"])
    return (
        f":root {{ {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        "@media print { :root { --ground: #fff } }\n"
    )


def _variables(palette: Palette) -> str:
    named = palette.texts | {"rule": palette.rule, "ground": palette.ground}
    return "; ".join(f"--{name}: {colour}" for name, colour in named.items())
