"""What is exported, read by something else: TinyDB, Python's csv, PyYAML, and the import of each format."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from journal_tui.exchange import out_csv, out_markdown, send_out
from journal_tui.exchange.contents import Contents
from journal_tui.exchange.out_markdown import marked
from journal_tui.exchange.send_out import FORMS, render
from journal_tui.model import Answer, Entry, JournalError, Outcome, Pillar, Status
from journal_tui.store.journal import Journal
from tests.cli.command_line import Cli
from tests.store.sample import ENTRIES, NOW, TEXT, entry, promise

EVENING = datetime(2026, 2, 28, 21, 10, 5, tzinfo=timezone(timedelta(hours=1)))
NIGHT = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=1)))
SESSION = entry(
    "06efk2m8g0a1b2c3",
    day=date(2026, 2, 28),
    moment=EVENING,
    pillar=Pillar.TRUST,
    rating=4,
    tags=("work", "quiet evening", "2024"),
    people=("Anna B",),
    starred=True,
    answers=(
        Answer(
            text="First line.\n\n=SUM(A1)", prompt="trust/one", ask="What did you\npromise?", quote="Earlier\nwords."
        ),
        Answer(ask="Who moved?", choice=("I did",), signals=("gave_way",)),
        Answer(ask="And then?", skipped=True),
    ),
)
ENTRIES_HERE = (
    SESSION,
    entry("06efk2m8g0a1b2c4", "Awake.", day=date(2026, 2, 28), moment=NIGHT),
    entry("06efk2m8g0a1b2c5", "Only a day.", day=date(2026, 3, 1)),
    entry("06efk2m8g0a1b2c6", "No day at all.", day=None),
)
PROMISES = (promise("p1", SESSION.id, text="Tell Ana.", outcomes=(Outcome(on=date(2026, 3, 1), status=Status.KEPT),)),)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


@pytest.fixture
def filled(cli: Cli) -> Cli:
    Journal(cli.home / "data", clock=lambda: NOW).imports.bring_in(ENTRIES_HERE, PROMISES)
    return cli


def contents(*entries: Entry) -> Contents:
    return Contents(entries=entries, made=NOW)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# -- one file --------------------------------------------------------------------------------------


def test_tinydb_itself_opens_the_database(filled: Cli) -> None:
    filled.ok("export", "--format", "tinydb", "--to", "db.json")
    with TinyDB(filled.folder / "db.json") as db:
        assert db.tables() == {"entries", "commitments", "people", "judgements", "marks"}
        found = db.table("entries").get(doc_id=2)
        assert found is not None
        assert found["answers"][0]["quote"] == "Earlier\nwords."
        assert [document["text"] for document in db.table("commitments")] == ["Tell Ana."]
        db.table("entries").insert({"id": "new"})
    assert "new" in (filled.folder / "db.json").read_text()


def test_csv_keeps_what_it_has_a_column_for(filled: Cli) -> None:
    result = filled.ok("export", "--to", "out.csv")
    assert result.out == "4 entries written to out.csv\n"
    assert "CSV has no place for: the earlier words quoted of 1 entry and 1 promise" in result.err
    assert mode(filled.folder / "out.csv") == 0o600
    with (filled.folder / "out.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file, strict=True)}
    assert rows[SESSION.id] == {
        "date": "2026-02-28",
        "time": "21:10:05",
        "zone": "+01:00",
        "day": "2026-02-28",
        "pillar": "trust",
        "rating": "4",
        "starred": "yes",
        "tags": "work, quiet evening, 2024",
        "people": "Anna B",
        "questions": "What did you promise?\nWho moved?",
        "text": "First line.\n\n=SUM(A1)\n\nI did",
        "id": SESSION.id,
    }
    night, day, undated = (rows[entry.id] for entry in ENTRIES_HERE[1:])
    assert (night["date"], night["time"], night["day"]) == ("2026-03-01", "01:30:00", "2026-02-28")
    assert (day["date"], day["time"], undated["date"]) == ("2026-03-01", "", "")


@settings(max_examples=30)
@given(st.lists(ENTRIES, max_size=4))
def test_csv_of_any_words_is_read_back_by_another_reader(entries: list[Entry]) -> None:
    raw = render(FORMS["csv"], contents(*entries)).decode()
    header, *rows = csv.reader(io.StringIO(raw, newline=""), strict=True)
    assert tuple(header) == out_csv.COLUMNS
    assert all(len(row) == len(header) for row in rows)
    readable = [e for e in entries if not e.is_blank]
    for row, given_ in zip(rows, readable, strict=True):
        words = out_csv.words(given_)
        assert dict(zip(header, row, strict=True))["text"] == _shown(words)


def _shown(words: str) -> str:
    return "".join("\u2400" if c == "\0" else "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in words)


def test_a_closed_standard_output_is_one_line(filled: Cli) -> None:
    command = ["bash", "-c", 'exec "$@" >&-', "bash", *filled.command, "export", "--format", "CSV", "--to", "-"]
    done = subprocess.run(command, capture_output=True, text=True, env=filled.env, cwd=filled.folder, check=False)
    line = "journal-tui: standard output is closed, nothing was written: name a file with --to\n"
    assert (done.returncode, done.stderr) == (1, line)


def test_forms_go_by_the_names_people_look_for(filled: Cli) -> None:
    filled.ok("export", "--format", "obsidian", "--to", "notes.2026")
    assert len(list((filled.folder / "notes.2026").iterdir())) == 3
    assert filled.ok("export", "--format", "DB", "--to", "-").json.keys() >= {"entries", "marks"}


def test_what_no_text_file_holds_is_told(cli: Cli) -> None:
    Journal(cli.home / "data").add(entry("e1", "a\0b\udc80c"))
    result = cli.ok("export", "--format", "csv", "--to", "-")
    assert "a\u2400b\ufffdc" in result.out
    assert "1 entry with characters that no text file holds" in result.err


# -- the place -------------------------------------------------------------------------------------


def test_nothing_that_is_there_is_lost(
    filled: Cli, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(filled.folder)
    (filled.folder / "there.csv").write_text("mine")
    (filled.folder / "link.csv").symlink_to("there.csv")
    (filled.folder / "sub.csv").mkdir()
    (filled.folder / "there").write_text("mine")
    os.mkfifo(filled.folder / "pipe")
    taken: tuple[tuple[tuple[str, ...], str], ...] = (
        (("--to", "there.csv"), "there.csv is there already, nothing was written: --force replaces it"),
        (("--to", "link.csv", "--force"), "link.csv is a link or no plain file"),
        (("--to", "sub.csv", "--format", "csv", "--force"), "sub.csv is a folder: name a file in it"),
        (("--to", "no/where.csv"), "there is no folder no: make it first"),
        (("--to", "there.csv/x.csv"), "there.csv/x.csv cannot be written"),
        (("--to", f"{'long' * 75}.csv"), "long.csv cannot be written (File name too long), nothing was kept there"),
        (("--to", "long" * 75), "long cannot be written (File name too long), nothing was kept there"),
        (("--to", "there.csv/notes"), "there.csv/notes cannot be written (Not a directory)"),
        (("--to", "no/where"), "there is no folder no: make it first"),
        (("--to", "there"), "there is a file: name a folder for Markdown"),
        (("--to", "pipe"), "pipe is a file: name a folder for Markdown"),
        (("--to", "pipe", "--format", "csv", "--force"), "pipe is a link or no plain file"),
    )
    for arguments, line in taken:
        assert line in filled.refused_here(capsys, "export", *arguments, code=1)
    unclear: tuple[tuple[tuple[str, ...], str], ...] = (
        (("--to", "x.docx"), "which format x.docx shall have cannot be told: name it with --format"),
        (("--to", "x", "--format", "mrkdown"), 'no format is called "mrkdown" (did you mean "markdown"?)'),
        (("--to", "home/data/x.json"), "lies in the folder of the journal itself"),
        (("--to", "home/../home/data/vault.json", "--force"), "lies in the folder of the journal itself"),
        (("--to", "home/data", "--force"), "lies in the folder of the journal itself"),
        (("--to", "x.md"), "Markdown is a folder, a file a day: name one with --to, such as x"),
        (("--to", "x.csv", "--format", "md"), "Markdown is a folder, a file a day: name one with --to, such as x"),
        (("--to", "-", "--format", "markdown"), "Markdown is a folder"),
        (("--to", ""), "--to is empty"),
        ((), "--to is missing: journal-tui export --help shows how"),
        (("x.json",), "where to write stands after --to: journal-tui export --to x.json"),
        (("--limit", "3", "my x", "--format", "md"), "after --to: journal-tui export --to 'my x'"),
        (("x.json", "--to", "y.json"), 'there is no place for "x.json"'),
    )
    for arguments, line in unclear:
        assert line in filled.refused_here(capsys, "export", *arguments)
    assert filled.ok("export", "--to", "-", "--format", "text").out.startswith("[")
    left = ["home", "link.csv", "pipe", "sub.csv", "there", "there.csv"]
    assert sorted(p.name for p in filled.folder.iterdir()) == left
    assert (filled.folder / "there.csv").read_text() == "mine"
    filled.ok("export", "--to", "there.csv", "--force")
    assert (filled.folder / "there.csv").read_text().startswith("date,")


def test_a_disk_that_takes_nothing_is_one_line(filled: Cli) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*filled.command, "export", "--format", "csv", "--to", "-"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=filled.env,
            cwd=filled.folder,
            check=False,
        )
    assert done.returncode == 1
    assert b"standard output takes no more (No space left on device)" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_disk_that_is_full_leaves_nothing_behind(cli: Cli) -> None:
    Journal(cli.home / "data").add(entry("e1", "A long day. " * 4000))
    limited = ["bash", "-c", 'ulimit -f 16; exec "$@"', "bash", *cli.command]
    for target in ("out.json", "notes"):
        done = subprocess.run(
            [*limited, "export", "--to", target],
            capture_output=True,
            text=True,
            env=cli.env,
            cwd=cli.folder,
            check=False,
        )
        assert done.returncode == 1
        assert "cannot be written (File too large), nothing was kept there" in done.stderr
        assert done.stderr.count("\n") == 1
    assert [path.name for path in cli.folder.iterdir()] == ["home"]


WRITING = """
import os, sys, time
from pathlib import Path
from journal_tui.exchange import send_out
os.fsync = lambda handle: (print("writing", flush=True), time.sleep(60))
send_out.write(Path("out.csv"), b"words")
"""


def test_what_a_killed_export_left_goes_with_the_next_and_never_what_a_living_one_writes(cli: Cli) -> None:
    (cli.folder / ".out.csv.mine.new").write_text("mine")
    (cli.folder / ".[ot]ut.csv.0a1b2c3d.new").write_text("mine")
    with subprocess.Popen(
        [sys.executable, "-c", WRITING], cwd=cli.folder, env=cli.env, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "writing\n"
        send_out.write(cli.folder / "out.csv", b"mine")
        assert len(hidden(cli.folder)) == 3
        other.kill()
    send_out.write(cli.folder / "out.csv", b"mine")
    assert hidden(cli.folder) == [".[ot]ut.csv.0a1b2c3d.new", ".out.csv.mine.new"]


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_part_says_nothing_of_the_rest(filled: Cli) -> None:
    journal = Journal(filled.home / "data")
    journal.people.join("Anna", "Nan")
    whole = json.loads(filled.ok("export", "--format", "json", "--to", "-").raw)
    part = json.loads(filled.ok("export", "--format", "json", "--to", "-", "--since", "2026-03-01").raw)
    assert [len(whole[table]) for table in ("entries", "commitments", "people")] == [4, 1, 1]
    assert [document["id"] for document in part["entries"]] == [ENTRIES_HERE[2].id]
    assert [part[table] for table in ("commitments", "people")] == [[], []]


def test_an_encrypted_journal_leaves_only_on_its_writers_word(filled: Cli) -> None:
    secret = filled.secret("correct horse")
    filled.ok("passphrase", "set", "--new-passphrase-file", secret)
    line = filled.refused("--passphrase-file", secret, "export", "--to", "out.json")
    assert line == "this would write an encrypted journal in the clear: say --yes to do so without being asked"
    child = filled.spawn("--passphrase-file", secret, "export", "--to", "out.json")
    child.expect_exact("This writes your words unencrypted to out.json. Go on? [y/N]")
    child.sendline("")
    child.expect_exact("nothing was written")
    child.close()
    assert not (filled.folder / "out.json").exists()
    filled.ok("--passphrase-file", secret, "export", "--to", "out.json", "--yes")
    assert mode(filled.folder / "out.json") == 0o600
    assert "First line." in (filled.folder / "out.json").read_text()


def test_a_terminal_is_shown_no_control_characters(cli: Cli) -> None:
    Journal(cli.home / "data").add(entry("e1", "red \x1b[31m alert"))
    assert "red \u241b[31m alert" in cli.in_terminal("export", "--format", "csv", "--to", "-")


# -- Markdown --------------------------------------------------------------------------------------


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_markdown_is_a_file_a_day_and_stays_as_it_is(filled: Cli) -> None:
    notes = filled.folder / "notes"
    assert filled.ok("export", "--to", "notes").out == "4 entries in notes: 3 files written\n"
    assert sorted(p.name for p in notes.iterdir()) == ["2026-02-28.md", "2026-03-01.md", "undated.md"]
    assert mode(notes) == 0o700
    assert {mode(path) for path in notes.iterdir()} == {0o600}
    text = (notes / "2026-02-28.md").read_text()
    _, front, body = text.split("---\n", 2)
    head = yaml.safe_load(front)
    assert (head["date"], head["tags"]) == (date(2026, 2, 28), ["work", "quiet-evening", "_2024"])
    assert (head["pillars"], head["people"]) == (["trust"], ["Anna B"])
    assert body == (
        "\n## 21:10 · Trust\n*4 of 5 · starred · #work #quiet-evening #_2024 · about Anna B*\n"
        "\n> [!quote]\n> Earlier\n> words.\n"
        "\n> [!question] What did you promise?\n"
        "\nFirst line.\n\n=SUM(A1)\n"
        "\n> [!question] Who moved?\n\n> [!check] I did\n"
        "\n> [!todo] Tell Ana. (by 2026-03-01): kept\n"
        "\n## 2026-03-01 01:30\n\nAwake.\n"
    )
    before = snapshot(notes)
    again = filled.ok("export", "--to", "notes")
    assert again.out == "4 entries in notes: nothing new, 3 files left as they were\n"
    assert "written" not in again.err
    assert snapshot(notes) == before
    Journal(filled.home / "data").add(entry("e9", "More."))
    assert filled.ok("export", "--to", "notes").out == "5 entries in notes: 1 file written, 2 left as they were\n"
    assert [name for name, kept in snapshot(notes).items() if kept != before[name]] == ["2026-03-01.md"]


def test_what_others_wrote_in_the_folder_stays(filled: Cli) -> None:
    notes = filled.folder / "notes"
    notes.mkdir()
    (notes / "Shopping.md").write_text("milk")
    (notes / "2026-03-01.md").write_text("# my own note")
    line = filled.refused("export", "--to", "notes", "--force", code=1)
    assert line.startswith("2026-03-01.md in notes was not written by journal-tui, nothing was changed: move it, or")
    (notes / "undated.md").write_text("mine too")
    line = filled.refused("export", "--to", "notes", code=1)
    assert line.startswith("undated.md and 2026-03-01.md in notes were not written by journal-tui")
    assert ": move them, or" in line
    (notes / "undated.md").unlink()
    assert sorted(p.name for p in notes.iterdir()) == ["2026-03-01.md", "Shopping.md"]
    (notes / "2026-03-01.md").rename(notes / "2026-03-01 mine.md")
    filled.ok("export", "--to", "notes")
    changed = notes / "2026-02-28.md"
    changed.write_text(changed.read_text() + "\nA line by hand.\n")
    Journal(filled.home / "data").delete([ENTRIES_HERE[2].id])
    before = snapshot(notes)
    line = filled.refused("export", "--to", "notes", code=1)
    assert line.startswith("2026-02-28.md in notes was changed by hand, nothing was written: --force")
    assert snapshot(notes) == before
    result = filled.ok("export", "--to", "notes", "--force")
    assert "no longer in the journal, and left there: 2026-03-01.md" in result.err
    assert "the trash (1 entry) and earlier versions stay behind" in result.err
    assert "by hand" not in changed.read_text()
    assert (notes / "Shopping.md").read_text() == "milk"


def stop(done: int, total: int) -> None:
    if done:
        raise KeyboardInterrupt


def test_a_folder_that_was_begun_is_taken_away_when_it_cannot_be_finished(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        out_markdown.write(contents(*ENTRIES_HERE), tmp_path / "notes", force=False, on_progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_what_others_put_there_meanwhile_stays_whatever_becomes_of_the_export(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    def interrupt(done: int, total: int) -> None:
        (notes / "Shopping.md").write_text("milk")
        stop(done, total)

    def be_in_the_way(done: int, total: int) -> None:
        (notes / "2026-03-01.md").mkdir(exist_ok=True)

    with pytest.raises(KeyboardInterrupt):
        out_markdown.write(contents(*ENTRIES_HERE), notes, force=False, on_progress=interrupt)
    assert {path.name: path.read_text() for path in notes.iterdir()} == {"Shopping.md": "milk"}
    (notes / "Shopping.md").unlink()
    notes.rmdir()
    with pytest.raises(JournalError, match=r"2026-03-01\.md cannot be written \(Is a directory\)"):
        out_markdown.write(contents(*ENTRIES_HERE), notes, force=False, on_progress=be_in_the_way)
    assert [path.name for path in notes.iterdir()] == ["2026-03-01.md"]


def test_what_was_there_before_is_whole_when_an_export_ends_early(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    out_markdown.write(contents(*ENTRIES_HERE), notes, force=False, on_progress=lambda done, total: None)
    more = [entry(f"06efk2m8g0a1b2d{n}", "More.", day=e.day) for n, e in enumerate(ENTRIES_HERE)]
    (notes / ".2026-03-01.md.0a1b2c3d.new").write_text("of an export that was killed")
    with pytest.raises(KeyboardInterrupt):
        out_markdown.write(contents(*ENTRIES_HERE, *more), notes, force=False, on_progress=stop)
    texts = {path.name: path.read_text() for path in notes.iterdir()}
    assert sorted(texts) == ["2026-02-28.md", "2026-03-01.md", "undated.md"]
    assert all(map(marked, texts.values()))
    assert [name for name, text in texts.items() if "More." in text] == ["2026-02-28.md"]


def test_two_exports_at_once_into_one_new_folder_do_not_mix(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    def another(done: int, total: int) -> None:
        with pytest.raises(JournalError, match=r"another export is writing in .*notes, nothing was written: try again"):
            out_markdown.write(contents(SESSION), notes, force=True, on_progress=stop)

    out_markdown.write(contents(*ENTRIES_HERE), notes, force=False, on_progress=another)
    assert sorted(path.name for path in notes.iterdir()) == ["2026-02-28.md", "2026-03-01.md", "undated.md"]


@settings(max_examples=30)
@given(st.lists(ENTRIES, max_size=4), TEXT)
def test_markdown_of_any_words_is_valid_and_marked(entries: list[Entry], more: str) -> None:
    for name, text in out_markdown.files(contents(*entries)):
        text.encode()
        assert marked(text) is True
        assert marked(text + "x") is False
        assert marked(more) is None
        head = yaml.safe_load(text.split("---\n", 2)[1])
        assert name == (f"{head['date']:%Y-%m-%d}".rjust(10, "0") + ".md" if "date" in head else "undated.md")
        assert all(isinstance(tag, str) and tag and not tag.isdigit() for tag in head.get("tags", []))
        assert all(isinstance(name, str) for name in head.get("people", []))
