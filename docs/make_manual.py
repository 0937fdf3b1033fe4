"""Writes docs/journal-tui.1, the manual: made of the commands themselves, so that it says what --help says.

Run from the top of a checkout: python docs/make_manual.py. The page is man(7), for it is the one that both man-db and
mandoc show alike.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from journal_tui.cli.main import program
from journal_tui.cli.out import PROGRAM
from journal_tui.dates import WORDS

PAGE = Path(__file__).with_name("journal-tui.1")
_EXAMPLE = "\b"
"""Stands before a paragraph of a help text whose lines stay as they are: click's sign."""

_FILES = (
    ("~/.local/share/journal-tui", "Entries, drafts, backups: the journal (macOS: ~/Library/Application Support)."),
    ("~/.config/journal-tui", "settings.yaml, keymap.yaml, help.yaml, and the folders packs and themes."),
)
_DATE = "2026-11-23"
"""Of the form of the page, not of what it says: made anew, an unchanged page is the same."""
_TABLES = Path(__file__).with_name("commands.md")


def manual() -> str:
    """The whole page."""
    return "\n".join(_page(program)) + "\n"


def _page(group: click.Group) -> Iterator[str]:
    context = click.Context(group, info_name=PROGRAM, **group.context_settings)
    yield '.\\" Made by docs/make_manual.py of the commands themselves: do not edit.'
    yield f'.TH {_text(PROGRAM.upper())} 1 {_DATE} {_text(PROGRAM)} "User Commands"'
    yield ".SH NAME"
    yield f"{_text(PROGRAM)} \\- a guided reflection journal in the terminal"
    yield ".SH SYNOPSIS"
    yield f".B {_text(PROGRAM)}"
    yield "[\\fIOPTION\\fR]... [\\fICOMMAND\\fR [\\fIARGUMENT\\fR]...]"
    yield ".SH DESCRIPTION"
    yield from _help(group)
    yield ".SH OPTIONS"
    yield from _options(group, context)
    yield ".SH COMMANDS"
    yield from _commands(group, context)
    yield ".SH DATES"
    yield from _filled("Case does not matter, and a hyphen stands for a blank: --since last-month.")
    for words, meaning in WORDS:
        yield from _item(f"\\fB{_text(words)}\\fR", meaning or "as it says")
    yield ".SH FILES"
    yield from _filled(f"{PROGRAM} paths prints where they are. --home moves all of them under one folder.")
    for path, what in _FILES:
        yield from _item(f"\\fI{_text(path)}\\fR", what)
    yield ".SH ENVIRONMENT"
    for names, what in _table("Environment"):
        yield from _item(_text(names, bold=True), what)
    yield ".SH EXIT STATUS"
    for code, what in _table("Exit codes"):
        yield from _item(f"\\fB{code}\\fR", what)
    yield ".SH SEE ALSO"
    yield ".BR crontab (5),"
    yield ".BR systemd.timer (5),"
    yield ".BR launchd.plist (5)"


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        inner = click.Context(command, parent=context, info_name=name)
        pieces = " ".join(command.collect_usage_pieces(inner))
        yield f'.SS "{_text(f"{inner.command_path} {pieces}".removeprefix(f"{PROGRAM} "))}"'
        yield from _help(command)
        yield from _options(command, inner)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)


def _help(command: click.Command) -> Iterator[str]:
    """The help text, its examples in the letters of a terminal."""
    for place, paragraph in enumerate(re.split(r"\n\s*\n", inspect.cleandoc(command.help or ""))):
        if place:
            yield ".PP"
        if paragraph.startswith(_EXAMPLE):
            yield ".EX"
            yield from (_text(line.strip()) for line in paragraph.strip(_EXAMPLE).strip().splitlines())
            yield ".EE"
        else:
            yield from _filled(paragraph)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and isinstance(parameter, click.Option) and not (context.parent and "--help" in parameter.opts):
            names = ", ".join(f"\\fB{_text(name)}\\fR" for name in sorted(parameter.opts, key=len))
            value = "" if parameter.is_flag or parameter.count else f" \\fI{_text(parameter.make_metavar(context))}\\fR"
            yield from _item(names + value, parameter.help or "")


def _item(term: str, words: str) -> Iterator[str]:
    yield ".TP"
    yield term
    yield from _filled(words)


def _table(heading: str) -> Iterator[tuple[str, str]]:
    """The two columns of the table below this heading of docs/commands.md."""
    section = _TABLES.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    yield from re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)[1:]


def _filled(words: str) -> Iterator[str]:
    """A paragraph as lines that are pleasant to read in the file too."""
    for line in textwrap.wrap(_text(" ".join(words.split()), bold=True), 78, break_long_words=False):
        yield f"\\&{line}" if line.startswith(("'", ".")) else line


_SIGNS = {"\\": "\\e", "-": "\\-", "“": "\\(lq", "”": "\\(rq", "…": "...", "'": "\\(aq", "~": "\\(ti", '"': "\\(dq"}


def _text(words: str, *, bold: bool = False) -> str:
    """`words` for a line of roff; with `bold`, what stands in backquotes is bold."""
    escaped = "".join(_SIGNS.get(sign, sign) for sign in words)
    if bold:
        escaped = re.sub(r"`(.+?)`", r"\\fB\1\\fR", escaped)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
