"""How text is laid out for a terminal."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pexpect
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.cli.out import cells, fit, hang, paint, wrap
from journal_tui.text import clean
from tests.cli.command_line import Cli

widths = st.integers(10, 90)
texts = st.text(st.one_of(st.characters(), st.sampled_from(" \n\tab日本語é\u0301\u202e\x1b")), max_size=200)


@given(texts, widths)
def test_wrapping_changes_no_word_and_is_never_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())
    assert all(cells(line) <= width for line in lines)


@given(texts.map(lambda text: clean(text).replace("\n", " ")), widths)
def test_a_line_that_hangs_keeps_its_words_whole(line: str, width: int) -> None:
    lines = hang(line, width)
    assert " ".join(lines).split() == line.split()
    assert all(cells(part) <= width or len(part.split()) <= 1 for part in lines)
    assert lines[0] == line or not line.strip() or all(part.startswith(" ") for part in lines[1:])


@given(texts, widths)
def test_a_fitted_line_is_one_line_and_never_too_wide(text: str, width: int) -> None:
    line = fit(text, width)
    assert cells(line) <= width
    assert "\n" not in line
    assert not any(unicodedata.category(character) == "Cc" for character in line)


def test_wide_and_combining_characters() -> None:
    assert cells("abc") == 3
    assert cells("日記") == 4
    assert cells("e\u0301") == 1
    assert wrap("日記を書いた", 5) == ["日記", "を書", "いた"]
    assert wrap("  indented words here", 12) == ["  indented", "words here"]
    assert wrap("one\n\ntwo", 20) == ["one", "", "two"]
    assert hang("  line 3: no date", 12) == ["  line 3: no", "    date"]
    assert fit("one two three", 8) == "one two…"


NARROW = 40
SHOWN = """list
show {id}
people
packs
insights
paths
show nowhere
paths --help"""


def test_no_line_is_wider_than_a_narrow_terminal(cli: Cli) -> None:
    rest = "and one after the other they went home without a word to anybody"
    id = cli.ok("add", f"At the allotment with my sister, {rest}.", "--pillar", "accountability").id
    for line in SHOWN.format(id=id).split("\n"):
        child = pexpect.spawn(
            cli.command[0],
            [*cli.command[1:], *line.split()],
            env=cli.env | {"TERM": "xterm-256color"},
            encoding="utf-8",
            timeout=40,
            dimensions=(24, NARROW),
        )
        shown = str(child.read()).replace("\r\n", "\n")
        child.close()
        plain = re.sub(r"\x1b\[[0-9;]*m|.*\r", "", shown)
        assert shown.strip()
        too_wide = [row for row in plain.split("\n") if cells(row) > NARROW and len(row.split()) > 1]
        assert not too_wide, (line, too_wide)
        assert line != "list" or plain.count("\n") == 1, "an entry a line"


def test_nothing_is_painted_where_no_terminal_is() -> None:
    assert paint("a\x1b[31mb", bold=True) == "a\u241b[31mb"


def test_a_bar_on_standard_error_only_for_a_person_and_only_when_it_takes_long(cli: Cli) -> None:
    script = """
import sys
from journal_tui.cli.out import Progress
with Progress("reading", patience=float(sys.argv[1])) as progress:
    progress(1, 4)
print("done")
"""
    for patience, shown in (("0", True), ("60", False)):
        child = pexpect.spawn(sys.executable, ["-c", script, patience], env=cli.env, encoding="utf-8", timeout=40)
        seen = str(child.read())
        child.close()
        assert ("reading ######......" in seen) is shown
        assert ("25%" in seen) is shown
        # The bar is wiped before anything else is said.
        assert seen.endswith(f"{' ' * 37 if shown else ''}{chr(13) if shown else ''}done\r\n")
    piped = subprocess.run([sys.executable, "-c", script, "0"], env=cli.env, capture_output=True, check=True)
    assert piped.stderr == b""
