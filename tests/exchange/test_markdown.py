"""Markdown notes and Obsidian vaults. The vault of samples was written by hand, as Obsidian's help describes one."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import Plan, carry_out, plan
from journal_tui.exchange.markdown import EMBEDDED, NO_DATE, NO_YAML
from journal_tui.exchange.stamps import TWO_WAYS
from journal_tui.model import Entry, JournalError, UsageError
from journal_tui.store.journal import Journal

Put = Callable[[str, str | bytes], Path]


def whole(entry: Entry) -> tuple[date | None, datetime | None, str, tuple[str, ...], bool]:
    return entry.day, entry.moment, entry.text, entry.tags, entry.starred


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a file of a vault; the vault."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "vault" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / "vault"

    return write


WALK = """\
# A sample walk

With [[Ana]] along the river #outside, past `#no-tag` and https://example.org/#top.

![[river.png]] ![the bridge](attachments/bridge.jpg)"""
VAULT = [
    (date(2024, 3, 4), None, "Talk with Ben\n\nHe listened this time.", ("work", "trust"), True),
    (
        date(2024, 3, 2),
        datetime(2024, 3, 2, 21, 40, tzinfo=timezone(timedelta(hours=1))),
        WALK,
        ("family", "sample/walks", "outside", "mood/calm"),
        False,
    ),
    (
        date(2024, 3, 3),
        None,
        "No front matter here, only words. #home\n---\nBelow a rule: café, 日本語, 🙂.",
        ("home",),
        False,
    ),
]
NOTES = (
    "1 note without a date: --from markdown brings it in too",
    f"{EMBEDDED} (Daily/2024/March 2nd, Saturday.md and 1 more)",
    "not brought in: aliases (Daily/2024/March 2nd, Saturday.md)",
    "not brought in: 1 file beside the notes, such as pictures",
)


def test_a_vault(journal: Journal, samples: Path) -> None:
    result = plan(journal, samples / "vault")
    assert result.format.title == "Markdown"
    assert list(map(whole, result.entries)) == VAULT
    assert result.entries[0].people == ("Ben",)
    assert [(p.where, p.why) for p in result.left_out] == [("Recipes/Bread.md", NO_DATE)]
    assert set(result.notes) == set(NOTES)
    named = plan(journal, samples / "vault", "markdown")
    assert list(map(whole, named.entries)) == [*VAULT, (None, None, "Flour, water, salt.", (), False)]
    assert (named.left_out, set(named.notes)) == ((), set(NOTES[1:]))


def test_an_archive_of_a_vault_and_a_vault_grown_since(
    journal: Journal, samples: Path, tmp_path: Path, put: Put
) -> None:
    shutil.copytree(samples / "vault", tmp_path / "vault")
    with zipfile.ZipFile(tmp_path / "vault.zip", "w") as archive:
        for path in (tmp_path / "vault").rglob("*"):
            archive.write(path, path.relative_to(tmp_path))
    result = plan(journal, tmp_path / "vault.zip")
    assert list(map(whole, result.entries)) == VAULT
    carry_out(journal, result)
    folder = put("Daily/2024/March 5th, Tuesday.md", "New.")
    again = plan(journal, folder)
    assert [whole(entry) for entry in again.entries] == [(date(2024, 3, 5), None, "New.", (), False)]
    assert again.already_there == 3


def test_a_folder_with_dates_in_front_matter(journal: Journal) -> None:
    folder = Path(__file__).parents[3] / "shared" / "samples" / "markdown-folder"
    if not folder.exists():
        pytest.skip("the shared samples are not here")
    result = plan(journal, folder)
    assert (len(result.entries), result.left_out, result.notes) == (15, (), ())
    entry = next(entry for entry in result.entries if entry.text.startswith("# Child truth"))
    assert (entry.moment, entry.tags) == (datetime(2026, 7, 26, 8, 2), ("work", "gratitude", "mood/5"))


@pytest.mark.parametrize(
    ("name", "day", "moment", "text"),
    [
        ("2024-05-31.md", date(2024, 5, 31), None, "words"),
        ("1660-01-01.md", date(1660, 1, 1), None, "words"),
        ("deep/er/20240531.markdown", date(2024, 5, 31), None, "words"),
        ("2024_05_31 A walk.md", date(2024, 5, 31), None, "A walk\n\nwords"),
        ("2024-05-31-Friday.md", date(2024, 5, 31), None, "words"),
        ("2024.05.31.md", date(2024, 5, 31), None, "words"),
        ("2024/05/31.md", date(2024, 5, 31), None, "words"),
        ("notes/2024/05-May/31 A walk.md", date(2024, 5, 31), None, "A walk\n\nwords"),
        ("2024-05-31-2130.md", date(2024, 5, 31), datetime(2024, 5, 31, 21, 30), "words"),
        ("2024-05-31 21.30.15.md", date(2024, 5, 31), datetime(2024, 5, 31, 21, 30, 15), "words"),
        ("202405312130 A walk.md", date(2024, 5, 31), datetime(2024, 5, 31, 21, 30), "A walk\n\nwords"),
        ("2024-05-31 1200 kcal.md", date(2024, 5, 31), None, "1200 kcal\n\nwords"),
        ("2024-05-31-9999.md", date(2024, 5, 31), None, "9999\n\nwords"),
    ],
)
def test_days_in_names(journal: Journal, put: Put, name: str, day: date, moment: datetime | None, text: str) -> None:
    folder = put(name, "words\n")
    for path in [folder, folder / name] if "/" not in name else [folder]:
        [entry] = plan(journal, path).entries
        assert whole(entry) == (day, moment, text, (), False)


@pytest.mark.parametrize(
    "name", ["2024-13-31.md", "1066-10-14 Hastings.md", "20245.md", "123456789.md", "may.md", "2024-05.md"]
)
def test_names_that_are_no_day(journal: Journal, put: Put, name: str) -> None:
    with pytest.raises(UsageError):
        plan(journal, put(name, "words"))


@pytest.mark.parametrize(
    ("format", "name"),
    [
        ("", "2024-05-03"),
        ("DD-MM-YYYY", "03-05-2024"),
        ("D.M.YYYY", "3.5.2024"),
        ("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2024/05-May/2024-05-03-Friday"),
        ("dddd, MMM D YYYY", "Friday, May 3 2024"),
        ("YYYY-[W]ww/DD.MM.YYYY", "2024-W18/03.05.2024"),
        ("[Journal of] MMMM Do, YYYY", "Journal of May 3rd, 2024"),
        ("gggg-[Q]Q [day] DDDD, D MMM YYYY", "2024-Q2 day 124, 3 May 2024"),
    ],
)
@pytest.mark.parametrize("folder", ["", "/", "My days/"])
def test_names_of_daily_notes(journal: Journal, put: Put, format: str, name: str, folder: str) -> None:
    put(".obsidian/daily-notes.json", json.dumps({"format": format, "folder": folder}))
    path = put(f"{folder.strip('/')}/{name}.md".lstrip("/"), "words")
    [entry] = plan(journal, path).entries
    assert whole(entry) == (date(2024, 5, 3), None, "words", (), False)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 7, "folder": []}', '{"format": "' + "d" * 150 + '"}'])
def test_settings_of_daily_notes_that_say_nothing(journal: Journal, put: Put, content: str) -> None:
    put(".obsidian/daily-notes.json", content)
    put("a" * 200 + ".md", "no day")
    result = plan(journal, put("2024-05-03.md", "words"))
    assert [entry.day for entry in result.entries] == [date(2024, 5, 3)]


@pytest.mark.parametrize(
    ("front", "day", "moment"),
    [
        ("date: 2024-05-31", date(2024, 5, 31), None),
        ("Date: 2024-05-31 21:30", date(2024, 5, 31), datetime(2024, 5, 31, 21, 30)),
        ("date: 2024-05-31T21:30:00Z", date(2024, 5, 31), datetime(2024, 5, 31, 21, 30, tzinfo=UTC)),
        ("date: 2024-05-31\ntime: 9:30 pm", date(2024, 5, 31), datetime(2024, 5, 31, 21, 30)),
        ('date: "[[2024-05-31]]"', date(2024, 5, 31), None),
        ("date: 31 May 2024", date(2024, 5, 31), None),
        ("created: 2024-05-31T21:30", date(2024, 5, 31), datetime(2024, 5, 31, 21, 30)),
        ("created: 2024-05-30T21:30\ndate: 2024-05-31", date(2024, 5, 31), None),
    ],
)
def test_days_in_front_matter(journal: Journal, put: Put, front: str, day: date, moment: datetime | None) -> None:
    [entry] = plan(journal, put("a note.md", f"---\n{front}\n---\nwords")).entries
    assert whole(entry) == (day, moment, "words", (), False)


def test_a_note_made_on_another_day_stays_on_the_day_of_its_name(journal: Journal, put: Put) -> None:
    made = "---\ncreated: 2024-06-02T08:00\n---\nwords"
    assert plan(journal, put("2024-05-31.md", made)).entries[0].day == date(2024, 5, 31)
    assert plan(journal, put("2024-05-31.md", made)).entries[0].moment is None


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: a, b", ("a", "b")),
        ("tags: a b", ("a", "b")),
        ("tags:\n  - a\n  - '#b/c'", ("a", "b/c")),
        ("tag: a\ntags: [b]", ("b", "a")),
        ("tags:", ()),
        ("mood: [calm, Very tired]\nrating: 4", ("mood/calm", "mood/very-tired", "rating/4")),
    ],
)
def test_tags_and_moods_of_front_matter(journal: Journal, put: Put, front: str, tags: tuple[str, ...]) -> None:
    result = plan(journal, put("2024-05-31.md", f"---\n{front}\n---\nwords"))
    assert (result.entries[0].tags, result.entries[0].rating, result.notes) == (tags, None, ())


def test_tags_in_the_words(journal: Journal, put: Put) -> None:
    body = "#One and #two/three, #2024 #2024/goal #日記\n# Heading\na#b [x](#y)\n```\n#code\n```\n#last"
    [entry] = plan(journal, put("2024-05-31.md", body)).entries
    assert entry.tags == ("one", "two/three", "2024/goal", "日記", "last")


def test_titles_stand_first_once(journal: Journal, put: Put) -> None:
    put("2024-05-01.md", "---\ntitle: A title\n---\nwords")
    put("2024-05-02.md", "---\ntitle: A title\n---\n# A title\n\nwords")
    entries = plan(journal, put("2024-05-03 A title.md", "")).entries
    assert [entry.text for entry in entries] == ["A title\n\nwords", "# A title\n\nwords", "A title"]


@pytest.mark.parametrize(
    "front", ["tags: [a", "- a\n- b", "date: {{date}}", "a: 1\na: 2", "title: one: two", "a: &x b", "just words"]
)
def test_front_matter_that_is_none_is_kept_as_words(journal: Journal, put: Put, front: str) -> None:
    content = f"---\n{front}\n---\nwords"
    result = plan(journal, put("2024-05-31.md", content))
    assert [entry.text for entry in result.entries] == [content]
    assert result.notes == (f"{NO_YAML} (2024-05-31.md)",)


@pytest.mark.parametrize(
    "content", ["---\nwords", "---\n\nwords\n----\n", "--- x\n---\nwords", "words\n---\ndate: x\n---"]
)
def test_rules_are_no_front_matter(journal: Journal, put: Put, content: str) -> None:
    result = plan(journal, put("2024-05-31.md", content))
    assert ([entry.text for entry in result.entries], result.notes) == ([content.rstrip("\n")], ())


def test_what_is_told(journal: Journal, put: Put) -> None:
    put("2024-05-01.md", "---\ndate: soon\nplace: Lisbon\nempty:\n---\nwords")
    put("2024-05-02.md", "---\ndate: 03/04/2024\n---\nwords")
    put("2024-05-03.md", " \n")
    put("2024-05-04.md", b"caf\xe9")
    put("2024-05-05.md", b"\0")
    put("2024-05-06.md", "---\n---\n")
    result = plan(journal, put("board.canvas", "{}"))
    assert [entry.day for entry in result.entries] == [date(2024, 5, 1), date(2024, 3, 4)]
    assert set(result.notes) == {
        "not brought in: 1 file beside the notes, such as pictures",
        "not brought in: date (2024-05-01.md)",
        "not brought in: place (2024-05-01.md)",
        f"{TWO_WAYS} (2024-05-02.md)",
    }
    assert [(p.where, p.why.partition(":")[0]) for p in result.left_out] == [
        ("2024-05-03.md", "it has no words"),
        ("2024-05-04.md", "it is not UTF-8 in line 1, byte 4"),
        ("2024-05-05.md", "it is not a text file"),
        ("2024-05-06.md", "it has no words"),
    ]


def test_notes_without_a_date_come_in_when_they_are_asked_for(journal: Journal, put: Put) -> None:
    folder = put("one.md", "Words of one.")
    for path in (folder, folder / "one.md"):
        [entry] = plan(journal, path, "markdown").entries
        assert whole(entry) == (None, None, "Words of one.", (), False)
    with pytest.raises(UsageError, match="holds no journal known here"):
        plan(journal, folder)
    with pytest.raises(UsageError, match=r"one.md is a note without a date: --from markdown brings it in$"):
        plan(journal, folder / "one.md")


def test_text_files_that_are_named_by_days(journal: Journal, put: Put) -> None:
    put("2025-03-01.txt", "Rain #home\n")
    put("2025/20250302 A walk.txt", "words")
    folder = put("ideas.txt", "Someday.")
    result = plan(journal, folder)
    assert result.format.title == "dated text files"
    assert [(entry.day, entry.text, entry.tags) for entry in result.entries] == [
        (date(2025, 3, 1), "Rain #home", ("home",)),
        (date(2025, 3, 2), "A walk\n\nwords", ()),
    ]
    assert [(p.where, p.why) for p in result.left_out] == [("ideas.txt", NO_DATE)]
    assert len(plan(journal, folder, "markdown").entries) == 3
    assert plan(journal, folder / "2025-03-01.txt").format.title == "dated text"
    for name in ("readme.txt", "license.txt", "2025 plan.txt", "todo.txt"):
        put(name, "Other words.")
    with pytest.raises(UsageError, match="holds no journal known here"):
        plan(journal, folder)


def test_a_note_without_end_is_told(journal: Journal, put: Put) -> None:
    put("2024-05-01.md", b"x" * 8_000_001)
    result = plan(journal, put("2024-05-02.md", "words"))
    assert [p.why for p in result.left_out] == ["it is larger than 8 MB, as no note is: shorten it"]
    with pytest.raises(JournalError, match=r"2024-05-01.md is larger than 8 MB"):
        plan(journal, put("x", "") / "2024-05-01.md")


def planned(content: bytes) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2024-05-31.md"
        path.write_bytes(content)
        return plan(Journal(Path(folder) / "journal"), path)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")))
@example("---\ndate: 2024-05-01\n---\nx")
@example("![[" * 50_000)
@example("[" * 50_000 + "#" * 50_000)
@example("#" + "1" * 100_000)
@example("`" * 100_001)
@example("---\n" + "a:\n" * 30_000)
def test_no_word_is_lost(text: str) -> None:
    result = planned(f"Words: {text}".encode())
    assert [entry.text.split() for entry in result.entries] == [f"Words: {text}".split()]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
@example("journal-tui: " + "0" * 64)
@example("date: 2024-13-45\njournal-tui: " + "0" * 64)
def test_any_front_matter_gives_a_plan_or_one_line(front: str) -> None:
    try:
        lines = planned(f"---\n{front}\n---\nwords".encode()).lines()
    except JournalError as error:
        lines = str(error).splitlines()
        assert len(lines) == 1
    assert all(len(line.splitlines()) == 1 for line in lines)
