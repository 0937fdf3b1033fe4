"""A diary in one file, parted by lines that are dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.exchange import diary
from journal_tui.exchange.bring_in import Plan, plan
from journal_tui.exchange.record import Record
from journal_tui.exchange.source import Leaf, Watch, open_content
from journal_tui.exchange.stamps import TWO_WAYS
from journal_tui.model import JournalError
from journal_tui.store.journal import Journal

Read = Callable[..., Plan]


@pytest.fixture
def read(journal: Journal, tmp_path: Path) -> Read:
    """Plans the import of a file with this name and content."""

    def read(name: str, content: str, form: str | None = None) -> Plan:
        (tmp_path / name).write_bytes(content.encode())
        return plan(journal, tmp_path / name, form)

    return read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("diary.md", "# Mine\n\n## 2025-02-28\n\nRain. #home\n\n### Later\n7 March 2025\n\n## 2025-03-01 ##\nSun.\n"),
        ("d.md", "# Friday, 28 February 2025\nRain. #home\n\n### Later\n7 March 2025\n# March 1st, 2025\n\nSun.\n"),
        (
            "a.txt",
            "February 28, 2025\r\n\r\nRain. #home\r\n\r\n### Later\r\n7 March\r\nMarch 1, 2025\r\nSun.",
        ),
        ("diary", "\ufeff\n28.2.2025\nRain. #home\n\n### Later\n7 March\n01.03.2025\nSun.\n\n"),
        ("b.txt", "My diary\n\n2025/2/28\nRain. #home\n\n### Later\n1.2.25\n\nSat, 1 Mar 2025\nSun."),
    ],
)
@pytest.mark.parametrize("form", [None, "markdown"])
def test_every_day_is_an_entry(read: Read, name: str, content: str, form: str | None) -> None:
    result = read(name, content, form)
    assert result.format.title == "a diary in one file"
    assert [(entry.day, entry.tags) for entry in result.entries] == [
        (date(2025, 2, 28), ("home",)),
        (date(2025, 3, 1), ()),
    ]
    rain, sun = (entry.text for entry in result.entries)
    assert rain.startswith("Rain. #home\n\n### Later\n")
    assert "2025-03" not in rain
    assert (rain.count("\n"), sun) == (3, "Sun.")
    title = {"diary.md": "# Mine", "b.txt": "My diary"}.get(name)
    assert result.notes == ((f"not brought in: the title above the first day: {title}",) if title else ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.md", "## 2025-02-28\n\nRain.\n"),
        ("bare.md", "2025-02-28\n\nRain.\n\n2025-03-01\n\nSun.\n"),
        ("letter.txt", "Dear Ana,\nwe meet on\n\n1 March 2025\nor\n2 March 2025\n"),
        ("changes.md", "# Changes\n\n## 1.0 (2025-02-28)\n\n- more\n\n## 0.9 (2025-02-01)\n\n- less\n"),
        ("versions.txt", "1.2.03\nmore\n1.2.04\nless\n"),
        ("log.log", "2025-02-28\nup\n2025-03-01\ndown\n"),
    ],
)
def test_what_is_no_diary(read: Read, name: str, content: str) -> None:
    with pytest.raises(JournalError, match=r"known here|without a date"):
        read(name, content)


def test_hours_orders_and_days_without_words(read: Read) -> None:
    result = read("diary.txt", "1/3/2025 21:10\nOne.\n\n2/3/2025\n\n25/3/2025\nThree.\n")
    assert [(entry.day, entry.moment) for entry in result.entries] == [
        (date(2025, 3, 1), datetime(2025, 3, 1, 21, 10)),
        (date(2025, 3, 25), None),
    ]
    assert [(piece.where, piece.why) for piece in result.left_out] == [("line 4", "it has no words")]
    assert result.notes == ()
    either = read("diary.txt", "1/3/2025\nOne.\n2/3/2025\nTwo.\n")
    assert [entry.day for entry in either.entries] == [date(2025, 1, 3), date(2025, 2, 3)]
    assert either.notes == (f"{TWO_WAYS} (line 1 and 1 more)",)


LINES = st.sampled_from(["## 2025-02-28", "# March 1, 2025", "Rain.", "", "  ", "## Later", "2025", "```", "3/4/2025"])


@settings(max_examples=100)
@given(st.lists(LINES | st.text(st.characters(exclude_characters="\n\r\x00"), max_size=12), max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    content = "\n".join(["# 2025-02-27", "words", "# 2025-02-28", *lines]).encode(errors="replace")
    leaf = open_content("diary.md", content, Watch())
    assert isinstance(leaf, Leaf)
    assert diary.recognises(leaf)
    kept = "\n".join(piece.text for piece in diary.read(leaf) if isinstance(piece, Record)).split()
    days = ("# 2025-02-28", "## 2025-02-28", "# March 1, 2025")
    assert kept == [w for line in content.decode().split("\n")[1:] if line not in days for w in line.split()]
