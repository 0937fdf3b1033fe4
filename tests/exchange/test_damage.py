"""Whatever a file holds: a plan, or one line for a person; never another error."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import carry_out, plan
from journal_tui.exchange.formats import format_names
from journal_tui.model import JournalError
from journal_tui.store.journal import Journal

SAMPLES = Path(__file__).parents[1] / "samples" / "import"
GOOD = (
    b'{"date": "2024-05-01T09:00", "text": "One #day.", "rating": 3, "pillar": "trust", "tags": ["a"]}\n'
    b'{"date": null, "text": "Two"}\n',
    "[2024-01-02 09:05:00 AM] Title *\nbody 日本語 #tag\n\n[03/04/2024 10:00] Next.\n".encode(),
    b'{"tags": {"@a": 1}, "entries": [{"title": "T", "body": "b", "date": "2024-01-02", "time": "09:05",'
    b' "tags": ["@a"], "starred": true}]}',
    b'{"entries":{"1":{"id":"a1b2","created":"2026-03-01T21:10:05+01:00","answers":[{"text":"x"}]}},"marks":{}}',
    *((SAMPLES / name).read_bytes() for name in ("dayone.json", "dnote.db", "rflect.json", "tui-journal.db")),
    *((SAMPLES / name).read_bytes() for name in ("tui-journal.json", "tui-journal-export.json")),
    *(path.read_bytes() for path in sorted(SAMPLES.glob("dayone-classic/entries/*"))),
    *((SAMPLES / name).read_bytes() for name in ("daylio.csv", "table.csv", "jrnl-encrypted-v3.txt")),
    (SAMPLES / "vault/Daily/2024/March 2nd, Saturday.md").read_bytes(),
    *((SAMPLES / name).read_bytes() for name in ("journal-tui.json", "journal-tui/2026-03-01.md")),
)
PIECES = st.sampled_from(
    [b"[", b"]", b"{", b'"', b"\n", b"\r", b"*", b"] ", b"\\ud800", b"NaN", b"\xff", b"\0", b"9" * 20]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    content = draw(st.sampled_from(GOOD))
    start = draw(st.integers(0, len(content)))
    end = draw(st.integers(start, min(len(content), start + 8)))
    return content[:start] + draw(PIECES | st.binary(max_size=8)) + content[end:]


@given(st.binary(max_size=300) | damaged(), st.sampled_from([None, *format_names()]))
def test_any_bytes_give_a_plan_or_one_line(content: bytes, form: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        journal = Journal(Path(folder) / "journal")
        try:
            planned = plan(journal, path, form, password=lambda: "correct horse battery")
        except JournalError as error:
            planned, line = None, str(error)
        if planned is None:
            assert len(line.splitlines()) == 1
            return
        assert all(len(line.splitlines()) == 1 for line in planned.lines())
        carry_out(journal, planned)
        assert sorted(e.text for e in journal.entries()) == sorted(e.text for e in planned.entries)
        assert len(plan(journal, path, form, password=lambda: "correct horse battery").entries) == 0


def test_words_survive_a_cut_at_any_byte() -> None:
    """Of a jrnl file cut short every word before the cut is there, or the cut character is told."""
    whole, headers = GOOD[1], ["[2024-01-02", "09:05:00", "AM]", "*", "[03/04/2024", "10:00]"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        journal = Journal(Path(folder) / "journal")
        for cut in range(len("[2024-01-02 09:05:00 AM] T"), len(whole) + 1):
            path.write_bytes(whole[:cut])
            try:
                words = whole[:cut].decode().split()
            except UnicodeDecodeError:
                with pytest.raises(JournalError, match="is not UTF-8"):
                    plan(journal, path)
                continue
            kept = " ".join(entry.text for entry in plan(journal, path).entries).split()
            assert set(words) - set(headers) <= set(kept)
