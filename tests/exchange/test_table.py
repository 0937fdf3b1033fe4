"""CSV: our own, Daylio's, and what other programs write. The samples were written to the formats by hand."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.exchange.bring_in import Plan, carry_out, plan
from journal_tui.exchange.stamps import TWO_WAYS
from journal_tui.exchange.table import SKIPPED, WORDLESS
from journal_tui.model import Entry, JournalError, Pillar, UsageError
from journal_tui.store.journal import Journal

Write = Callable[[str | bytes], Path]


def whole(entry: Entry) -> tuple[date | None, datetime | None, str, tuple[str, ...], bool]:
    return entry.day, entry.moment, entry.text, entry.tags, entry.starred


def only(journal: Journal, path: Path) -> Entry:
    result = plan(journal, path)
    assert result.left_out == ()
    [entry] = result.entries
    return entry


@pytest.mark.parametrize("form", [None, "csv"])
def test_daylio(journal: Journal, samples: Path, form: str | None) -> None:
    result = plan(journal, samples / "daylio.csv", form)
    assert (result.format.title, result.left_out) == ("CSV", ())
    assert list(map(whole, result.entries)) == [
        (
            date(2026, 2, 14),
            datetime(2026, 2, 14, 21, 40),
            'A sample evening at home.\nWe read aloud, "one more chapter" three times.',
            ("family", "reading", "mood/good"),
            False,
        ),
        (
            date(2026, 2, 13),
            datetime(2026, 2, 13, 22, 5),
            "Long day\n\nSaid yes to the extra shift.",
            ("work", "late bus", "mood/meh"),
            False,
        ),
        (date(2026, 2, 12), datetime(2026, 2, 12, 7, 30), "rad · running", ("running", "mood/rad"), False),
    ]
    assert result.notes == (f"{WORDLESS} (line 4)",)


def test_a_spreadsheet(journal: Journal, samples: Path) -> None:
    result = plan(journal, samples / "table.csv")
    assert list(map(whole, result.entries)) == [
        (
            date(2026, 3, 1),
            datetime(2026, 3, 1, 8, 15),
            'First line of a sample\n\nA cell with a line feed,\nand a "quote".',
            ("home", "garden"),
            True,
        ),
        (date(2026, 3, 2), datetime(2026, 3, 2, 21, 5), "No title", ("walk", "rain"), False),
        (date(2026, 3, 3), None, "Only a title", (), False),
    ]
    assert result.notes == ("not brought in: the column Weather (line 5)",)
    carry_out(journal, result)
    again = plan(journal, samples / "table.csv")
    assert (again.entries, again.already_there) == ((), 3)


def test_a_longer_export_adds_what_is_new(journal: Journal, samples: Path, file: Write) -> None:
    daylio = (samples / "daylio.csv").read_text()
    carry_out(journal, plan(journal, samples / "daylio.csv"))
    head, _, rows = daylio.partition("\n")
    longer = f'{head}\n"2026-02-15","February 15","Sunday","09:00","good","","","A new morning."\n{rows}'
    result = plan(journal, file(longer))
    assert ([e.text for e in result.entries], result.already_there) == (["A new morning."], 3)


def test_every_column_that_is_understood(journal: Journal, file: Write) -> None:
    header = "date,time,zone,day,pillar,rating,starred,tags,people,questions,text,id"
    row = '2026-03-02,01:30:09,+02:00,2026-03-01,trust,4,yes,"a, b","Ana, Ben","What moved?",Words.,01ABC'
    entry = only(journal, file(f"{header}\r\n{row}\r\n"))
    assert entry.moment is not None
    assert (entry.day, entry.moment.isoformat()) == (date(2026, 3, 1), "2026-03-02T01:30:09+02:00")
    assert (entry.pillar, entry.rating, entry.starred) == (Pillar.TRUST, 4, True)
    assert (entry.tags, entry.people) == (("a", "b"), ("Ana", "Ben"))
    assert [(answer.ask, answer.text) for answer in entry.answers] == [("What moved?", "Words.")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_delimiter_and_line_end(journal: Journal, file: Write, delimiter: str, end: str) -> None:
    lines = [
        ["Created At", "Note Title", "NOTE"],
        ["2026-03-01", "Title", '"Words, and; more|here\tend."'],
        ["", "", ""],
    ]
    entry = only(journal, file("\ufeff" + end.join(delimiter.join(cells) for cells in lines) + end))
    assert whole(entry) == (date(2026, 3, 1), None, "Title\n\nWords, and; more|here\tend.", (), False)


@pytest.mark.parametrize(
    ("header", "row", "day", "moment"),
    [
        ("date", "2026-03-01T21:10:00.000Z", date(2026, 3, 1), datetime(2026, 3, 1, 21, 10, tzinfo=UTC)),
        ("timestamp", "2026-03-01 21:10:00 UTC", date(2026, 3, 1), datetime(2026, 3, 1, 21, 10, tzinfo=UTC)),
        ("timestamp", "1772399400", date(2026, 3, 1), datetime(2026, 3, 1, 21, 10, tzinfo=UTC)),
        ("timestamp", "1772399400123", date(2026, 3, 1), datetime(2026, 3, 1, 21, 10, tzinfo=UTC)),
        ("timestamp,timezone", "1772399400,Asia/Tokyo", date(2026, 3, 2), datetime(2026, 3, 1, 21, 10, tzinfo=UTC)),
        ("date,zone", "2026-03-01 21:10,-03:00", date(2026, 3, 1), datetime(2026, 3, 2, 0, 10, tzinfo=UTC)),
        ("date,tz", "2026-03-01 21:10,Nowhere/At all", date(2026, 3, 1), datetime(2026, 3, 1, 21, 10)),
        ("date", "20260301", date(2026, 3, 1), None),
        ("day", "1 March 2026", date(2026, 3, 1), None),
        ("date,time", "03/14/2026,9:05 AM", date(2026, 3, 14), datetime(2026, 3, 14, 9, 5)),
        ("created,date", "2026-03-01,2026-03-02", date(2026, 3, 2), None),
    ],
)
def test_dates_and_zones(
    journal: Journal, file: Write, header: str, row: str, day: date, moment: datetime | None
) -> None:
    entry = only(journal, file(f"{header},text\n{row},Words\n"))
    assert (entry.day, entry.moment) == (day, moment)


@pytest.mark.parametrize(
    ("others", "day", "noted"),
    [
        ("", date(2026, 3, 4), True),
        ("25/12/2026,x\n", date(2026, 4, 3), False),
        ("12/25/2026,x\n", date(2026, 3, 4), False),
    ],
)
def test_day_and_month_are_told_apart_by_the_other_rows(
    journal: Journal, file: Write, others: str, day: date, noted: bool
) -> None:
    result = plan(journal, file(f"date,text\n03/04/2026,first\n{others}"))
    assert result.entries[0].day == day
    assert result.notes == ((f"{TWO_WAYS} (line 2)",) if noted else ())


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026-02-30,x", 'its date "2026-02-30" cannot be read: write it like 2024-05-31'),
        ("0000-01-01,x", 'its date "0000-01-01" cannot be read'),
        ("99999-01-01,x", 'its date "99999-01-01" cannot be read'),
        ("yesterday,x", 'its date "yesterday" cannot be read'),
        ("2026-03-01 25:00,x", 'its date "2026-03-01 25:00" cannot be read'),
        ("2026-03-01, ", "it has no words"),
        ("2026-03-01,a,b", "it has more cells than the first line"),
        ('2026-03-01,"a"b', "its quotation marks or line ends are not those of CSV"),
        ("2026-03-01,a\rb", "its quotation marks or line ends are not those of CSV"),
    ],
)
def test_a_broken_row_does_not_stop_the_others(journal: Journal, file: Write, row: str, why: str) -> None:
    good = "2026-03-01,good"
    result = plan(journal, file(f"date,text\n{good}\n{row}\n{good}\n"))
    assert [entry.text for entry in result.entries] == ["good", "good"]
    [piece] = result.left_out
    assert piece.where == "line 3"
    assert piece.why.startswith(why)


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens(journal: Journal, file: Write) -> None:
    result = plan(journal, file('date,text\n2026-03-01,"two\nlines"\n2026-03-02,"lost\n2026-03-03,x\n'))
    assert [entry.text for entry in result.entries] == ["two\nlines"]
    assert [(p.where, p.why) for p in result.left_out] == [
        ("line 4", "a quotation mark is opened there and never closed")
    ]


def test_an_endless_cell_is_refused(journal: Journal, file: Write) -> None:
    content = b'date,text\n2026-03-01,good\n2026-03-01,"' + b"x" * 5_000_001 + b"\n2026-03-02,good\n"
    with pytest.raises(JournalError, match="has a cell longer than 5,000,000 characters in line 3, where a quotation"):
        plan(journal, file(content))


def test_no_known_header_says_which_names_are_understood(journal: Journal, file: Write) -> None:
    with pytest.raises(UsageError, match=r"has no column of words \(its first line: a, b\): .* \(date, .*text"):
        plan(journal, file("a,b\n1,2\n"), "csv")
    with pytest.raises(UsageError, match="is in no format known here"):
        plan(journal, file("date,weight\n2026-03-01,2\n"))


def test_what_is_not_known_is_shown_as_it_stands(journal: Journal, file: Write) -> None:
    with pytest.raises(UsageError, match=r"has no column of words \(its first line: Nummer 1, Wie-Was, none\):"):
        plan(journal, file("Nummer  1;Wie-Was;\n1,2;3;\n"), "csv")
    result = plan(journal, file("Date,DATA,Text,Wie_Was\n2025-03-01,11,Rain,x\n"))
    assert {note.partition(" (")[0] for note in result.notes} == {
        "not brought in: the column DATA",
        "not brought in: the column Wie_Was",
    }


@pytest.mark.parametrize(
    "names",
    [
        "Datum;Uhrzeit;Titel;Eintrag;Schlagwörter;Stimmung",
        "Date;Heure;Titre;Texte;Étiquettes;Humeur",
        "Fecha;Hora;Título;Texto;Etiquetas;Estado de ánimo",
        "Data;Hora;Ti\u0301tulo;Conteúdo;Palavras-chave;Humor",
        "Data;Ora;Titolo;Testo;Etichette;Umore",
        "Datum;Tijd;Titel;Notitie;Trefwoorden;Stemming",
    ],
)
def test_columns_go_by_names_of_other_languages(journal: Journal, file: Write, names: str) -> None:
    result = plan(journal, file(f"{names}\n1.3.2025;21:10;Rain;All day.;home, work;calm\n"))
    [entry] = result.entries
    assert (entry.moment, entry.text) == (datetime(2025, 3, 1, 21, 10), "Rain\n\nAll day.")
    assert (entry.tags, result.notes) == (("home", "work", "mood/calm"), ())


def test_words_that_no_column_is_understood_for_and_odd_values_are_kept(journal: Journal, file: Write) -> None:
    row = "text,note,pillar,rating,mood,\nOne,Two,honour,9,Very good,\n"
    entry = plan(journal, file(f"date,{row.replace(chr(10), chr(10) + '2026-03-01,', 1)}")).entries[0]
    assert (entry.text, entry.pillar, entry.rating) == ("One\n\nTwo", None, None)
    assert entry.tags == ("mood/very-good", "rating/9", "honour")


def planned(content: str) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(content.encode())
        return plan(Journal(Path(folder) / "journal"), path)


@given(
    st.dates(),
    st.text(st.characters(codec="utf-8", exclude_characters="\0")).map(lambda text: f"a{text}z"),
    st.booleans(),
)
@example(date.max, "a\r\n\"\r,;\n\u2028'z", True)
def test_what_python_writes_as_csv_comes_in_unchanged(day: date, text: str, quoted: bool) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows([("date", "text"), (day.isoformat(), text)])
    [entry] = planned(table.getvalue()).entries
    assert (entry.day, entry.text) == (day, text)


def test_each_column_that_is_left_is_told_once(journal: Journal, file: Write) -> None:
    rows = "date,text,wind,rain\n2026-03-01,a,1,\n2026-03-02,b,1,2\n2026-03-03,c,,2\n2026-03-04,d,1,2\n"
    assert plan(journal, file(rows)).notes == (
        "not brought in: the column wind (line 2 and 2 more)",
        "not brought in: the column rain (line 3 and 2 more)",
    )


def test_a_time_that_clocks_skipped_is_kept_and_told(journal: Journal, file: Write) -> None:
    times = (("02:30", "Europe/Berlin"), ("03:30", "Europe/Berlin"), ("02:30", "UTC"))
    rows = "date,zone,text\n" + "".join(f"2025-03-30 {clock},{zone},Words.\n" for clock, zone in times)
    planned = plan(journal, file(rows))
    clocks = [entry.moment.isoformat() for entry in planned.entries if entry.moment]
    assert clocks == ["2025-03-30T02:30:00+01:00", "2025-03-30T03:30:00+02:00", "2025-03-30T02:30:00+00:00"]
    assert planned.notes == (f"{SKIPPED} (line 2)",)
