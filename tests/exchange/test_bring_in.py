"""The plan, what it leaves alone, and what importing twice does."""

from __future__ import annotations

import json
import os
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from journal_tui.exchange import bring_in
from journal_tui.exchange.bring_in import SHOWN, WIDEST, carry_out, plan
from journal_tui.model import Answer, Entry, JournalError, UsageError
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]


PEPYS = Path(__file__).parents[3] / "shared" / "samples" / "pepys.jsonl"


def line(day: str | None, text: str) -> str:
    return json.dumps({"date": day, "text": text}) + "\n"


def texts(journal: Journal) -> list[str]:
    return [entry.text for entry in journal.entries()]


def test_a_plan_writes_nothing_and_carrying_it_out_keeps_it_all(journal: Journal, file: Write, tmp_path: Path) -> None:
    path = file(line("2024-05-01", "One.") + line("2024-05-02", "Two."))
    planned = plan(journal, path)
    assert not (tmp_path / "journal").exists()
    carry_out(journal, planned)
    assert texts(journal) == ["One.", "Two."]
    assert [e.created for e in journal.entries()] == [journal.now()] * 2
    assert {e.source.file for e in journal.entries() if e.source} == {"old journal"}


def test_importing_again_adds_nothing_and_a_longer_file_adds_what_is_new(journal: Journal, file: Write) -> None:
    old = line("2024-05-01", "One.") + line("2024-05-02", "Two.")
    carry_out(journal, plan(journal, file(old)))
    again = plan(journal, file(old))
    assert (again.entries, again.already_there) == ((), 2)
    longer = plan(journal, file(line("2024-04-30", "Before.") + old + line("2024-05-03", "Three.")))
    assert ([e.text for e in longer.entries], longer.already_there) == (["Before.", "Three."], 2)


def test_true_repetitions_are_kept_and_not_multiplied(journal: Journal, file: Write) -> None:
    once = line("2024-05-01", "Tired.")
    carry_out(journal, plan(journal, file(once * 3)))
    assert texts(journal) == ["Tired."] * 3
    assert len(plan(journal, file(once * 3)).entries) == 0
    assert len(plan(journal, file(once)).entries) == 0
    assert len(plan(journal, file(once * 5)).entries) == 2


def test_what_lies_in_the_trash_does_not_come_back(journal: Journal, file: Write) -> None:
    path = file(line("2024-05-01", "One."))
    carry_out(journal, plan(journal, path))
    journal.delete([journal.entries()[0].id])
    again = plan(journal, path)
    assert (again.entries, again.already_there, again.in_trash) == ((), 0, 1)
    assert again.lines()[2:] == ["in the trash, and left there: 1 (journal-tui trash shows them)"]
    twice = plan(journal, file(line("2024-05-01", "One.") * 2))
    assert (len(twice.entries), twice.already_there, twice.in_trash) == (1, 0, 1)


def test_what_was_written_here_and_thrown_away_stays_there_too(journal: Journal, file: Write, tmp_path: Path) -> None:
    journal.add(Entry(id=journal.new_id(), created=journal.now(), day=date(2024, 5, 1), answers=(Answer(text="One."),)))
    journal.delete([journal.entries()[0].id])
    again = plan(journal, file(line("2024-05-01", "One.")))
    assert (again.entries, again.already_there, again.in_trash) == ((), 0, 1)


def test_an_import_that_was_taken_back_comes_again(journal: Journal, file: Write) -> None:
    path = file(line("2024-05-01", "One.") + line("2024-05-02", "Two."))
    carry_out(journal, plan(journal, path))
    ids = [entry.id for entry in journal.entries()]
    journal.steps.undo()
    again = plan(journal, path)
    assert (len(again.entries), again.already_there, again.in_trash) == (2, 0, 0)
    carry_out(journal, again)
    assert [entry.id for entry in journal.entries()] == ids
    assert (journal.trash.all(), plan(journal, path).already_there) == ([], 2)


def test_a_file_that_vanishes_is_left_out_and_named(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for day in range(1, 4):
        (folder / f"2024-05-0{day}.md").write_text(f"Words of day {day}. {'word ' * 30_000}")
    gone = folder / "2024-05-03.md"
    planned = plan(journal, folder, on_progress=lambda done, total: gone.unlink(missing_ok=True))
    assert len(planned.entries) == 2
    assert [(left.where, left.why) for left in planned.left_out] == [
        ("2024-05-03.md", "it is no longer there: import once more")
    ]


def test_lines_of_the_report_have_an_end(journal: Journal, tmp_path: Path) -> None:
    deep = tmp_path / "notes" / ("a" * 200) / ("b\x1b[31m" * 20)
    deep.mkdir(parents=True)
    for day in range(1, SHOWN + 6):
        (deep / f"2024-05-{day:02}.md").write_text(f"---\nplace{day}: here\n---\n![[tree.png]] {day}")
    (deep / "2024-06-01.md").write_bytes(b"\xff")
    lines = plan(journal, tmp_path / "notes").lines()
    assert max(map(len, lines)) <= WIDEST + len("note: ")
    assert lines[3].endswith("/2024-06-01.md: it is not UTF-8 in line 1, byte 1: save it as UTF-8, and try again")
    assert all(line.isprintable() for line in lines)
    assert lines[-1] == "  and 6 more notes"


@pytest.mark.parametrize(
    ("name", "content", "is_known"),
    [
        ("b.jsonl", line("2024-05-01", "One.").encode(), True),
        ("b.txt", b"[2024-05-01 09:00] One.\n", True),
        ("jrnl-encrypted-v3.txt", None, True),
        ("dnote.db", None, True),
        ("dayone.json", None, True),
        ("table.csv", None, True),
        ("journal-tui.json", None, True),
        ("journal.zip", None, True),
        ("2024-05-01.md", b"Words.", False),
    ],
)
def test_what_comes_through_a_pipe(
    journal: Journal, samples: Path, tmp_path: Path, name: str, content: bytes | None, is_known: bool
) -> None:
    if name == "journal.zip":
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("x.jsonl", line("2024-05-01", "One."))
        content = (tmp_path / name).read_bytes()
    content = (samples / name).read_bytes() if content is None else content
    (tmp_path / name).write_bytes(content)
    if not is_known:
        with pytest.raises(UsageError, match=r"standard input is in no format known here: name its format with --from"):
            plan(journal, content)
        assert plan(journal, content, "markdown").undated == 1
        return
    piped, lying = (plan(journal, way, password=lambda: "correct horse battery") for way in (content, tmp_path / name))
    told = [(e.day, e.moment, e.text) for e in piped.entries]
    assert told == [(e.day, e.moment, e.text) for e in lying.entries]
    assert len(told) == len(piped.entries) > 0
    assert piped.file == "standard input"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A line.\\r\\nAnother.", "A line.\\nAnother."),
        ("A line.  \\n", "A line."),
    ],
)
def test_line_ends_and_outer_space_do_not_make_an_entry_new(
    journal: Journal, file: Write, first: str, second: str
) -> None:
    carry_out(journal, plan(journal, file(f'{{"date": "2024-05-01", "text": "{first}"}}')))
    assert plan(journal, file(f'{{"date": "2024-05-01", "text": "{second}"}}')).already_there == 1


@pytest.mark.parametrize("day", ["2024-05-02", "2024-05-01T09:01", None])
def test_the_same_words_at_another_time_are_new(journal: Journal, file: Write, day: str | None) -> None:
    carry_out(journal, plan(journal, file(line("2024-05-01T09:00", "Tired."))))
    assert len(plan(journal, file(line(day, "Tired."))).entries) == 1


def test_a_plan_carried_out_twice_is_refused(journal: Journal, file: Write) -> None:
    planned = plan(journal, file(line("2024-05-01", "One.")))
    carry_out(journal, planned)
    with pytest.raises(JournalError, match="import once more"):
        carry_out(journal, planned)
    assert texts(journal) == ["One."]


def test_ids_follow_the_order_of_the_file(journal: Journal, file: Write) -> None:
    planned = plan(journal, file("".join(line("2024-05-01", f"Entry {n}.") for n in range(20))))
    ids = [entry.id for entry in planned.entries]
    assert ids == sorted(set(ids))
    carry_out(journal, planned)
    assert texts(journal) == [f"Entry {n}." for n in range(20)]


def test_the_report_tells_what_came_and_what_did_not(journal: Journal, file: Write) -> None:
    carry_out(journal, plan(journal, file(line("2024-05-01", "Known."))))
    bad = "".join(f"no json {n}\n" for n in range(SHOWN + 2))
    planned = plan(
        journal, file(line("2024-05-01", "Known.") + line(None, "Some day.") + bad + '{"text": "x", "a": 1}')
    )
    report = planned.lines()
    assert report[:6] == [
        "old journal, read as JSON lines",
        "new: 2 entries",
        "without a date: 2 of them",
        "already in the journal: 1",
        "left out: 22",
        "  line 3: it is not JSON",
    ]
    assert report[-2:] == ["  and 2 more", "note: not brought in: a (line 25)"]
    told = json.loads(json.dumps(planned.to_json()))
    assert len(told.pop("left_out")) == SHOWN + 2
    assert told == {
        "file": "old journal",
        "format": "jsonl",
        "new": 2,
        "beside": {"commitments": 0, "people": 0, "judgements": 0, "marks": 0},
        "undated": 2,
        "already_there": 1,
        "in_trash": 0,
        "notes": ["not brought in: a (line 25)"],
    }


def test_a_format_is_named_or_found_and_an_unknown_one_is_told(journal: Journal, file: Write) -> None:
    with pytest.raises(UsageError, match=r"with --from \(.*jrnl, .*jsonl.*\)"):
        plan(journal, file("Dear diary, no dates here.\n"))
    with pytest.raises(UsageError, match=r'"jrnl-jsn" \(did you mean "jrnl-json"\?\): choose from'):
        plan(journal, file("x"), "jrnl-jsn")
    assert plan(journal, file("Dear diary.\n"), "jrnl").undated == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text file"),
        ("[2024-05-01 09:00] Hi.".encode("utf-16"), "is written in UTF-16"),
        (b'{"date": null, "text": "one"}\n{"date": null, "text": "caf\xe9"}\n', "is not UTF-8 in line 2, byte 28"),
        (b"[2024-05-01 09:00] One.\n\xff\n", "is not UTF-8 in line 2, byte 1"),
        (b'{"tags": {}, "entries": [{"title": "\xe9"', "is not UTF-8 in line 1, byte 37"),
        (b'{"tags": {}, "entries": [\n{"title": "cut', "is no whole JSON, line 2"),
        (b'{"tags": {}, "entries": {}}', "has no list of entries"),
        (b'{"tags": {}, "entries": ' + b"[" * 100_000, "is no JSON of a journal"),
        (b'{"tags": {"a": 1' + b"0" * 5000 + b'}, "entries": []}', "is no JSON of a journal"),
        (b'{"tags": {}, "entries": [' + b"[]," * 600_000 + b"[]]}", "numbers, brackets or values without end"),
        (b'{"tags": {}, "entries": [' + b"," * 2_000_000 + b'"' + b'\\"' * 500_000, "brackets or values without end"),
        (b"date,text" + b",a" * 1000, "has more than 1,000 columns"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_brings_nothing(
    journal: Journal, file: Write, content: bytes, says: str
) -> None:
    with pytest.raises(JournalError, match=says) as caught:
        plan(journal, file(content))
    assert "\n" not in str(caught.value)
    assert "old journal" in str(caught.value)


def test_a_file_that_is_none(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="there is no file"):
        plan(journal, tmp_path / "missing")
    with pytest.raises(JournalError, match="holds no journal known here"):
        plan(journal, tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(JournalError, match="is not a plain file"):
        plan(journal, tmp_path / "pipe")
    with pytest.raises(JournalError, match="cannot be read"):
        plan(journal, tmp_path / ("x" * 300))


def test_a_file_that_may_not_be_read(journal: Journal, file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = file(line("2024-05-01", "One."))
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(JournalError, match=r"cannot be read \(Permission denied\)"):
        plan(journal, path)


def test_too_large_a_file_is_refused_unread(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "old journal"
    with path.open("wb") as file:
        file.write(b'{"tags": {' + b" " * 70_000)
        file.truncate(200_000_001)
    with pytest.raises(JournalError, match="larger than 100 MB"):
        plan(journal, path)
    with pytest.raises(JournalError, match="has a line 1 longer than 8 MB"):
        plan(journal, path, "jsonl")


def test_marks_within_words_are_no_values(journal: Journal, file: Write) -> None:
    words = '[{,"' * 400_000
    path = file(json.dumps({"tags": {}, "entries": [{"title": words, "body": "\\", "date": "2024-05-01"}]}))
    assert [entry.text for entry in plan(journal, path).entries] == [f"{words}\n\\"]


def test_values_without_end_in_a_line_or_a_text_leave_it_out(journal: Journal, file: Write) -> None:
    many = f"[{'[],' * 600_000}[]]"
    planned = plan(journal, file(f'{line("2024-05-01", "One.")}{{"text": {many}}}\n'))
    assert [(piece.where, piece.why) for piece in planned.left_out] == [("line 2", "it is not JSON")]
    entry = {"creationDate": "2024-05-01T09:00:00Z", "richText": many}
    planned = plan(journal, file(json.dumps({"metadata": {}, "entries": [entry]})))
    assert [piece.why for piece in planned.left_out] == ["its richText is no JSON"]


def test_more_entries_than_memory_should_hold_are_refused(
    journal: Journal, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bring_in, "MOST_ENTRIES", 3)
    path = file(line("2024-05-01", "Tired.") * 4)
    with pytest.raises(JournalError, match="holds more than 3 entries: import fewer years at a time"):
        plan(journal, path)


def test_progress_runs_from_early_to_the_end_and_may_stop_the_import(journal: Journal, file: Write) -> None:
    path = file("".join(line("2024-05-01", f"{n} " + "word " * 200) for n in range(2000)))
    told: list[tuple[int, int]] = []
    plan(journal, path, on_progress=lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert told == sorted(told)
    assert told[0][0] < size / 10
    assert told[-1] == (size, size)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(journal, path, on_progress=stop)
    assert texts(journal) == []


@pytest.mark.skipif(not PEPYS.exists(), reason="Pepys' diary is not beside this checkout")
def test_pepys(journal: Journal) -> None:
    """A real diary of nine years: 3,415 entries, two without a date, three dates that repeat."""
    planned = plan(journal, PEPYS)
    carry_out(journal, planned)
    assert (len(planned.entries), planned.undated, planned.left_out) == (3415, 2, ())
    assert "without a date: 2 of them" in planned.lines()
    again = plan(journal, PEPYS)
    assert (len(again.entries), again.already_there) == (0, 3415)
    days = Counter(entry.day for entry in journal.entries() if entry.day)
    assert sum(times - 1 for times in days.values()) == 3
