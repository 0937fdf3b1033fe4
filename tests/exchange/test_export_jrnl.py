"""The file for jrnl, read by jrnl itself where it is installed: on the path, or where ``JRNL`` says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import plan
from journal_tui.exchange.contents import Contents, writable
from journal_tui.exchange.send_out import FORMS, render
from journal_tui.model import Answer, Entry
from journal_tui.store.journal import Journal
from tests.store.sample import NOW, entry

JRNL = os.environ.get("JRNL") or shutil.which("jrnl")
CONFIG = """\
journals:
  default: {{journal: {file}}}
editor: ''
encrypt: false
timeformat: '{timeformat}'
default_hour: 9
default_minute: 0
tagsymbols: '#@'
template: false
highlight: false
linewrap: 79
indent_character: '|'
colors: {{body: none, date: none, tags: none, title: none}}
version: v4.6
"""

TEXTS = (
    "[2024-01-02 09:05] not an entry",
    "first\n[2024-01-02 09:05:00 AM] x\nend",
    "first\n\n[yesterday I went] home",
    "foo\n[unfinished",
    "a title *\nbody",
    "*emphasis*",
    "**bold** title\n* item\n* item",
    "x\n[ ] todo\n[x] done\n[1] foot\n[tomorrow]",
    "  leading\nbody",
    "\n\nblank first\nb",
    "one. two! three",
    "日本語。次",
    "t\x0b*\x0brest\nb",
    "end with *",
    "[yesterday] *",
    "a\r\nb\rc",
    "x\n[a\nb] c d",
    "* star first",
    "only *\n[2020-01-01] z",
    "a\0b \udc80",
)


def hostile() -> list[Entry]:
    """Each of the texts with and without a star, five minutes apart; a day without an hour, and none at all."""
    made = []
    for number, text in enumerate(TEXTS):
        for starred in (False, True):
            at = datetime(2024, 5, 1, 21, 10, 5, tzinfo=timezone(timedelta(hours=2))) + timedelta(
                minutes=10 * number + 5 * starred
            )
            made.append(
                entry(f"e{number}{starred}", text, moment=at, day=at.date(), starred=starred, tags=("quiet evening",))
            )
    made.append(entry("d", "Only a day.", day=date(2024, 1, 31)))
    made.append(entry("u", "No day.", day=None, created=datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)))
    return sorted(made, key=lambda e: e.moment or datetime(2025 if e.day is None else 2024, 1, 1, tzinfo=UTC))


def exported(*entries: Entry) -> str:
    return render(FORMS["jrnl"], Contents(entries=entries, made=NOW)).decode()


@pytest.mark.parametrize("timeformat", ["%F %r", "%Y-%m-%d %H:%M"])
@pytest.mark.skipif(not JRNL, reason="jrnl is not installed: name it with JRNL=/path/to/jrnl")
def test_jrnl_itself_reads_every_entry_whole(tmp_path: Path, timeformat: str) -> None:
    config, file = tmp_path / "jrnl.yaml", tmp_path / "journal.txt"
    config.write_text(CONFIG.format(file=file, timeformat=timeformat))
    file.write_text(exported(*hostile()), newline="")
    assert _read(config) == [_expected(e) for e in hostile()]
    # jrnl writes its file anew with each entry: nothing of ours may fall apart then.
    _jrnl(config, "2026-01-01 10:00: One more.")
    assert _read(config) == [*(_expected(e) for e in hostile()), ("2026-01-01 10:00", "One more.", False, [])]


def _jrnl(config: Path, *arguments: str) -> str:
    assert JRNL
    command = [JRNL, "--config-file", str(config), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _read(config: Path) -> list[tuple[str, str, bool, list[str]]]:
    entries: list[dict[str, Any]] = json.loads(_jrnl(config, "--export", "json"))["entries"]
    return [(f"{e['date']} {e['time']}", _plain(f"{e['title']} {e['body']}"), e["starred"], e["tags"]) for e in entries]


def _expected(given: Entry) -> tuple[str, str, bool, list[str]]:
    at = given.moment or (datetime.fromisoformat(f"{given.day}T00:00") if given.day else given.created)
    text = given.text.replace("\0", "\u2400").replace("\udc80", "\ufffd")
    tags = [f"#{tag.replace(' ', '-')}" for tag in given.tags]
    return f"{at:%Y-%m-%d %H:%M}", _plain(f"{text} {' '.join(tags)}"), given.starred, tags


def _plain(text: str) -> str:
    """White space is no word, and where jrnl would take words for something else, a zero-width space stands."""
    return " ".join(text.replace("\u200b", "").split())


def test_our_own_import_reads_the_words_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "journal.txt").write_text(exported(*hostile()), newline="")
    found = plan(Journal(tmp_path / "home"), tmp_path / "journal.txt")
    assert (found.left_out, len(found.entries)) == ((), len(hostile()))
    for read, given_ in zip(found.entries, hostile(), strict=True):
        text = writable("\n".join(given_.text.strip().splitlines()))
        assert read.text == "\n".join((text, *(f"#{tag.replace(' ', '-')}" for tag in given_.tags)))
        assert (read.starred, read.day) == (given_.starred, given_.day or given_.created.date())


PIECES = ("\u200b", "[", "*", "2024-01-02 09:05] x", "] ", "\n", " ", "a", "[ ] todo")


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), min_size=1).map("".join), st.booleans())
def test_the_writers_own_zero_width_spaces_are_neither_taken_nor_doubled(
    tmp_path_factory: pytest.TempPathFactory, words: str, starred: bool
) -> None:
    file = tmp_path_factory.mktemp("jrnl") / "journal.txt"
    at = datetime(2024, 5, 31, 21, 10, tzinfo=UTC)
    text = "\n".join(words.strip().splitlines())
    given_ = entry("e1", f"{text}\nend", moment=at, day=at.date(), starred=starred)
    file.write_text(exported(given_))
    [found] = plan(Journal(file.parent / "home"), file, "jrnl").entries
    assert (found.text, found.starred) == (given_.text.strip(), starred)


def test_an_entry_as_jrnl_writes_it() -> None:
    given = entry(
        "e1",
        moment=datetime(2024, 5, 31, 21, 10, 5, tzinfo=UTC),
        starred=True,
        tags=("work", "home"),
        people=("Anna B",),
        answers=(Answer(text="The plan #home", ask="What?"), Answer(ask="Who moved?", choice=("I did",))),
    )
    assert exported(given, entry("e2", "Later.", day=date(2024, 6, 1))) == (
        "[2024-05-31 21:10:05] The plan #home *\n\nI did\n#work @Anna-B\n\n[2024-06-01] Later.\n"
    )
