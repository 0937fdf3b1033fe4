"""Who to call: what we ship, what a user's own file adds, and which country comes first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.helplines import Helplines, guess_country, load_helplines
from journal_tui.model import JournalError, UsageError
from journal_tui.paths import HELPLINES, bundled_packs
from tests.packs.wording import faults_of

OWN = """
country: xa
opening: Du musst das nicht allein tragen.
countries:
  - code: xa
    name: Atlantis
    emergency: "12"
    lines:
      - {name: The lighthouse, number: "3 4 5", for: Anyone at sea, hours: at night, languages: [Greek]}
  - code: at
    name: Österreich
    emergency: "112"
    lines:
      - {name: TelefonSeelsorge, number: "142", for: Wenn du reden magst}
"""


@pytest.fixture(scope="module")
def ours() -> Helplines:
    return load_helplines(bundled_packs(), Path("nowhere"))


def with_own(folder: Path, text: str | bytes) -> Helplines:
    (folder / HELPLINES).write_bytes(text.encode() if isinstance(text, str) else text)
    return load_helplines(bundled_packs(), folder)


# -- ours ------------------------------------------------------------------------------------------


def test_many_countries_each_with_an_emergency_number_and_those_who_listen(ours: Helplines) -> None:
    names = [country.name for country in ours.countries]
    assert len(names) >= 30
    assert names == sorted(names)
    assert ours.faults == ()
    assert re.fullmatch(r"20\d\d-\d\d", ours.checked)
    assert "Numbers change" in ours.note
    for country in ours.countries:
        assert re.search(r"\d{2,}", country.emergency), country
        assert len(country.lines) >= 2, country
        assert any(re.search("violence", line.about, re.IGNORECASE) for line in country.lines), country
        assert any(re.search("suicide|listen|crisis|weighs", line.about, re.IGNORECASE) for line in country.lines)
    young = [c for c in ours.countries if any(re.search("children|young", line.about.lower()) for line in c.lines)]
    assert len(young) >= 25


def test_a_number_can_be_dialled_and_a_web_address_looked_up(ours: Helplines) -> None:
    lines = [*ours.directory, *(line for country in ours.countries for line in country.lines)]
    for line in lines:
        digits = re.sub(r"\b(?:or|call|text|then|START|SHOUT|to)\b|[ ,()-]", "", line.number)
        assert digits.isdecimal() or (not line.number and line.web), line
        assert not line.web or re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[a-z-]+)?", line.web), line
    assert {line.web for line in ours.directory} >= {"findahelpline.com", "befrienders.org"}


def test_what_is_said_there_neither_scolds_nor_diagnoses(ours: Helplines) -> None:
    said = [ours.opening, ours.note, *(line.about for country in ours.countries for line in country.lines)]
    assert [fault for words in said for fault in faults_of(words)] == []


# -- which country ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "de_AT.UTF-8"}, "at"),
        ({"LC_ALL": "pt_BR", "LANG": "de_DE"}, "br"),
        ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "en_IE.UTF-8"}, "ie"),
        ({"LANG": "en_US.UTF-8", "LC_TELEPHONE": "de_CH.UTF-8"}, "ch"),
        ({"LANG": "ca_ES@valencia"}, "es"),
        ({"LANG": "zh-TW"}, "tw"),
        ({"LANG": "de"}, ""),
        ({"LANG": "POSIX"}, ""),
        ({"LANG": ""}, ""),
        ({}, ""),
    ],
)
def test_the_locale_names_the_country(environment: dict[str, str], code: str) -> None:
    assert guess_country(environment) == code


@given(st.text())
def test_any_locale_is_borne(locale: str) -> None:
    assert re.fullmatch("(?:[a-z]{2})?", guess_country({"LC_ALL": locale}))


def test_what_is_chosen_comes_before_what_is_guessed(ours: Helplines) -> None:
    at_home = [
        ours.at_home({"LANG": "fr_FR"}),
        ours.at_home({"LANG": "fr_FR"}, "AT"),
        ours.at_home({"LANG": "fr_FR"}, "xx"),
        ours.at_home({"LANG": "xx_XX"}),
    ]
    assert [country and country.code for country in at_home] == ["fr", "at", "fr", None]


@pytest.mark.parametrize(
    ("name", "code"),
    [("pt", "pt"), ("Portugal", "pt"), (" portu ", "pt"), ("Osterreich", "at"), ("uk", "gb"), ("holland", "nl")],
)
def test_a_country_is_known_by_its_code_its_names_and_their_beginning(ours: Helplines, name: str, code: str) -> None:
    assert ours.named(name).code == code


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("united", '"united" may be United Kingdom or United States'),
        ("Portugla", 'did you mean "portugal"'),
        ("zzz", "findahelpline.com"),
        ("", 'for ""'),
    ],
)
def test_a_country_that_is_not_known_is_told(ours: Helplines, name: str, says: str) -> None:
    with pytest.raises(UsageError, match=re.escape(says)):
        ours.named(name)


# -- the user's own file ---------------------------------------------------------------------------


def test_ones_own_come_first_and_take_the_place_of_ours(tmp_path: Path, ours: Helplines) -> None:
    both = with_own(tmp_path, OWN)
    assert both.faults == ()
    assert [country.name for country in both.countries[:3]] == ["Atlantis", "Österreich", "Argentina"]
    assert [country.code for country in both.countries].count("at") == 1
    assert len(both.countries) == len(ours.countries) + 1
    assert both.opening == "Du musst das nicht allein tragen."
    assert (both.note, both.directory) == (ours.note, ours.directory)
    home = both.at_home({"LANG": "fr_FR"})
    assert home is not None
    [line] = home.lines
    assert (line.title, line.details) == ("3 4 5 · The lighthouse", "Anyone at sea · at night · Greek")


LINE = "directory:\n  - {name: A, number: '1', for: B}"
TWICE = "countries:\n  - {code: at, name: A, emergency: '1'}\n  - {code: at, name: B, emergency: '1'}"


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("- a", "1:1", "the file should be a mapping"),
        ("opening: x\nopenin: y", "2:1", 'unknown key "openin" in the file (did you mean "opening"?)'),
        ("country: Austria", "1:10", "two small letters"),
        ("checked: today", "1:10", "a month, like 2026-11"),
        ("countries:\n  - {code: at, name: A}", "2:5", 'the country has no "emergency"'),
        (TWICE, "3:5", "twice"),
        (LINE.replace("number: '1', ", ""), "2:5", "no number and no web address"),
        (LINE.replace("for", "four"), "2:", 'unknown key "four" in the line (did you mean "for"?)'),
        (LINE.replace("B", r'"\e[31mB"'), "2:", "control or invisible characters"),
        ("opening: [", "", "not valid YAML"),
        (b"\xff\xfe", "1:1", "not UTF-8"),
    ],
)
def test_a_broken_file_is_told_with_line_and_column_and_ours_stand_in(
    tmp_path: Path, ours: Helplines, text: str | bytes, where: str, says: str
) -> None:
    found = with_own(tmp_path, text)
    assert found.countries == ours.countries
    fault = next(str(fault) for fault in found.faults if says in str(fault))
    assert fault.startswith(f"{tmp_path / HELPLINES}:{where}")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, ours: Helplines) -> None:
    (tmp_path / HELPLINES).mkdir()
    found = load_helplines(bundled_packs(), tmp_path)
    assert found.countries == ours.countries
    assert "cannot be read" in str(found.faults[0])


@given(st.one_of(st.binary(max_size=200), st.text(st.sampled_from("countriesdl:- \n{}[],'\"#&*!|>at1"), max_size=120)))
def test_whatever_stands_in_it_ours_are_there(tmp_path_factory: pytest.TempPathFactory, text: str | bytes) -> None:
    found = with_own(tmp_path_factory.getbasetemp(), text)
    assert {"at", "us"} <= {country.code for country in found.countries}


def test_without_ours_one_line_says_where_to_turn(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"emergency number of your country, or look at findahelpline\.com"):
        load_helplines(tmp_path, tmp_path)
