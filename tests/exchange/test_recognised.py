"""Samples are told apart by looking inside: `WHOLE` are journals, `PARTS` what they consist of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from journal_tui.exchange.formats import ALIASES, FORMATS, find_format, format_names
from journal_tui.exchange.source import Leaf, Tree, Watch, open_place
from journal_tui.model import Answer, Entry, JournalError, UsageError
from journal_tui.store.journal import Journal

SAMPLES = Path(__file__).parents[1] / "samples" / "import"
WHOLE = [path for path in sorted(SAMPLES.iterdir()) if path.name != "jrnl-timeformats"]
PARTS = [path for path in sorted(SAMPLES.rglob("*")) if path not in WHOLE]


def names(path: Path) -> list[str]:
    place = open_place(path, Watch())
    places: list[Leaf | Tree] = [place]
    if isinstance(place, Tree) and (only := place.only()):
        places.append(only)
    return [row.name for row in FORMATS for place in places if isinstance(place, row.of) and row.recognises(place)]


def test_one_format_knows_a_sample_and_no_other_takes_it() -> None:
    assert [path.name for path in WHOLE if len(names(path)) != 1] == []
    assert [path.name for path in PARTS if len(set(names(path))) > 1] == []


STAMP = "[2024-05-06 10:00:01]"
NO_JOURNAL = {
    "page.html": f"<html>\n<body>\n{STAMP} Words.\n\n{STAMP} More.\n</body>",
    "chat.md": f"# Chat\n\n{STAMP} Anna: Hello.\n{STAMP} Tom: Hi.\n",
    "chat.txt": f"{STAMP} Anna: Hello.\n" * 9,
    "server.log": f"{STAMP} INFO started\n" * 9,
    "server.txt": f"started\n{STAMP} INFO up\n{STAMP} INFO idle\n{STAMP} WARN down\n" * 3,
    "program.txt": f"words\n\n    {STAMP} Indented.\n",
    "program.py": f'"""Reads what begins so:\n\n{STAMP} Words.\n"""\n',
    "letter.txt": "Dear all, see the list.\n\n[2025-03-01] is when we meet.\n",
    "three.txt": "".join(f"[2025-02-28 10:0{n}] Ben: hello\n" for n in range(3)),
    "two.txt": f"{STAMP} Ben: hello\n{STAMP} Ana: hello\n",
    "whatsapp.txt": "Holidays\n\n[28/02/2025, 10:00:12] Ben: hi\n[28/02/2025, 10:01:12] Ana: hi\n",
    "whatsapp2.txt": "Holidays\n[28/02/2025, 10:00:12] Ben: hi\n",
    "changelog.txt": "Changes\n\n[2025-02-28] released 1.0\n\n[2025-02-01] released 0.9\n",
    "changelog": "[2025-02-28] released 1.0\n[2025-02-01] released 0.9\n",
    "notes.txt": "[1] one\n[x] milk\n\n[2025-03-01] Ana comes\n",
    "day.txt": "[2025-03-01] is when we meet.\n",
    "other.csv": f'Nummer,Notiz\n1,"\n\n{STAMP} Words."\n',
}


@pytest.mark.parametrize("name", NO_JOURNAL)
def test_lines_like_those_of_jrnl_make_no_journal_of_a_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(NO_JOURNAL[name])
    assert names(path) == []
    says = "is in no format known here: name its format with --from|is a note without a date|has no column of dates"
    with pytest.raises(UsageError, match=rf"{name} ({says})"):
        find_format(open_place(path, Watch()))


@pytest.mark.parametrize("above", ["", "Old letters.\n\n"])
def test_a_journal_of_jrnl_may_begin_with_other_words_and_hold_a_chat(tmp_path: Path, above: str) -> None:
    path = tmp_path / "journal.txt"
    chat = f"{STAMP} Ben: hello\n{STAMP} Ana: hello\n" if not above else ""
    path.write_text(f"{above}{STAMP} One.\n{chat}" + f"\n{STAMP} Another.\nMore words.\n" * 9)
    assert names(path) == ["jrnl"]


def test_cells_like_entries_of_jrnl_stay_in_their_table(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(f'date,text\n2024-01-01,"{STAMP} One."\n2024-01-02,"\n{STAMP} Two.\n\n{STAMP} Three."\n')
    chosen, place = find_format(open_place(path, Watch()))
    assert chosen.name == "csv"
    assert len(list(chosen.read(place))) == 2


@pytest.mark.parametrize(
    "sample", ["jrnl-folder", "rednotebook", "vault", "rflect", "dayone-classic", "journal-tui", "jrnl-folder-clock"]
)
def test_a_journal_among_many_other_files_is_none(tmp_path: Path, sample: str) -> None:
    shutil.copytree(SAMPLES / sample, tmp_path / "tests" / "data")
    for number in range(40):
        (tmp_path / f"program{number}.py").write_text("print()\n")
        (tmp_path / "tests" / f"picture{number}.png").write_bytes(b"PNG")
    with pytest.raises(UsageError, match=r"holds no journal known here \(found: "):
        find_format(open_place(tmp_path, Watch()))
    chosen, _ = find_format(open_place(tmp_path / "tests", Watch()))
    assert chosen.name in names(SAMPLES / sample)


@pytest.mark.parametrize(
    ("wanted", "sample", "title"),
    [
        ("Daylio", "daylio.csv", "CSV"),
        ("obsidian", "vault", "Markdown"),
        ("md", "vault", "Markdown"),
        ("Day One", "dayone.json", "Day One"),
        ("dayone2", "dayone.json", "Day One"),
        ("tujo", "tui-journal.db", "tui-journal SQLite"),
        ("jrnl", "jrnl-export.json", "jrnl JSON"),
        ("jrnl", "jrnl-encrypted-v2.txt", "encrypted jrnl"),
        ("jrnl", "jrnl-folder", "jrnl folder"),
        ("jrnl", "jrnl-short-timeformat.txt", "jrnl text"),
        ("jrnl", "dnote.db", None),
        ("jrnl-json", "jrnl-export.json", "jrnl JSON"),
    ],
)
def test_a_format_goes_by_the_names_that_people_give_it(wanted: str, sample: str, title: str | None) -> None:
    place = open_place(SAMPLES / sample, Watch())
    if title is None:
        with pytest.raises(JournalError, match="is not a text file"):
            find_format(place, wanted)
    else:
        assert find_format(place, wanted)[0].title == title


def test_other_names_lead_to_formats_and_stand_in_the_hint() -> None:
    assert set(ALIASES.values()) <= set(format_names())
    assert not set(ALIASES) & set(format_names())
    with pytest.raises(UsageError, match=r'no format is called "obsidain" \(did you mean "obsidian"\?\): choose from'):
        find_format(open_place(SAMPLES / "vault", Watch()), "obsidain")


def test_a_journal_of_this_program_is_told_from_others(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "data")
    journal.add(Entry(id="a", created=journal.now(), day=None, answers=(Answer(text="Words."),)))
    backup = journal.backup(tmp_path / "backup.zip")
    first = SAMPLES.parent / "journals" / "format-1" / "journal.json"
    for path in (backup, tmp_path / "data", *(tmp_path / "data").glob("*.log"), first):
        with pytest.raises(UsageError, match=rf"{path.name} is a journal of this program, or a backup .*restore FILE"):
            find_format(open_place(path, Watch()))
