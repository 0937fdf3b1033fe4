"""Themes in other languages than English, told apart entry by entry; bursts and trends."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_tui.insights.languages import WITHOUT_SPACES, language_of, main_language
from journal_tui.insights.people import find_names
from journal_tui.insights.reading import Reading, read
from journal_tui.insights.themes import MOST_BURSTS, Change, Theme, find_themes
from journal_tui.insights.vocabulary import STEMMERS, vocabulary
from journal_tui.model import Entry

Make = Callable[..., Entry]
Diary = Callable[..., list[Entry]]

DIARIES = {file.stem: file for file in sorted((Path(__file__).parent / "diaries").glob("*.txt"))}
"""Diaries of fourteen or fifteen days; the first line names what was put into them."""


def readings_of(entries: list[Entry]) -> list[Reading]:
    main = main_language(language_of(entry.text) for entry in entries)
    return [read(entry, main) for entry in entries]


def themes(entries: list[Entry]) -> list[Theme]:
    readings = readings_of(entries)
    return list(find_themes(readings, {e.id: e.text for e in entries}, names=find_names(readings)))


def of_diary(language: str) -> tuple[list[str], list[str]]:
    """What was put in, and the texts."""
    first, *texts = DIARIES[language].read_text(encoding="utf-8").splitlines()
    return first.removeprefix("themes: ").split(", "), texts


# -- languages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", DIARIES)
def test_what_was_put_into_a_diary_comes_out_and_hardly_anything_else(language: str, diary: Diary) -> None:
    planted, texts = of_diary(language)
    found = themes(diary(*texts))
    stem = vocabulary(language)
    assert stem is not None
    stems = [stem.term(theme.label) for theme in found]
    assert {stem.term(word) for word in planted} <= set(stems[: len(planted) + 1])
    assert len(stems) <= len(planted) + 1, [theme.label for theme in found]


@pytest.mark.parametrize("language", DIARIES)
def test_the_language_of_an_entry_is_told_or_left_open(language: str) -> None:
    _, texts = of_diary(language)
    told = [language_of(text) for text in texts]
    assert set(told) <= {language, ""}
    assert main_language(told, "en") == language


def test_a_writer_of_two_languages_has_themes_in_both(diary: Diary) -> None:
    _, german = of_diary("de")
    _, spanish = of_diary("es")
    mixed = [text for pair in zip(german, spanish, strict=False) for text in pair]
    found = {theme.label for theme in themes(diary(*mixed))}
    assert {"Klavier", "Garten", "Umzug", "huerto", "examen", "guitarra"} == found


def test_a_short_entry_takes_the_language_of_the_journal(diary: Diary) -> None:
    _, german = of_diary("de")
    *_, last = readings_of(diary(*german, "Klavier."))
    assert (last.language, last.sure) == ("de", False)
    assert main_language(["", ""], "fr") == "fr"
    assert main_language(["da", "no"], "no") == "no"


def test_what_an_apostrophe_parts_is_left_out(diary: Diary) -> None:
    entries = diary(
        "Je suis dans l’atelier ce soir.", "Un atelier pour moi et pour elle.", "Il est déjà dans l'atelier avec toi."
    )
    assert [theme.label for theme in themes(entries)] == ["atelier"]


@pytest.mark.parametrize("language", STEMMERS)
def test_every_language_of_the_stemmer_has_its_stop_words(language: str) -> None:
    vocab = vocabulary(language)
    assert vocab is not None
    assert len(vocab.stops) > 40
    assert all(0 < rate < 0.05 for rate in vocab.rates.values())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "今天早上我很早起床，喝了咖啡，然后去上班。"),
        ("ja", "今日は早く起きてコーヒーを飲みました。"),
        ("th", "วันนี้ฉันตื่นเช้าและดื่มกาแฟกับแม่"),
    ],
)
def test_a_language_without_spaces_is_told_and_has_no_themes(language: str, text: str, diary: Diary) -> None:
    assert language_of(text) == language
    assert language in WITHOUT_SPACES
    assert themes(diary(*[text] * 6)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Jag gick upp tidigt och drack kaffe på balkongen. Sedan ringde mamma."),
        ("da", "Jeg stod tidligt op og drak kaffe på altanen. Bagefter ringede min mor."),
        ("pt", "Acordei cedo e tomei café na varanda. Depois a minha mãe ligou."),
        ("ca", "M'he llevat d'hora i he pres cafè al balcó. Després ha trucat la mare."),
        ("cs", "Vstal jsem brzy a pil kávu na balkoně. Pak volala máma a já jsem neměl čas."),
        ("hu", "Korán keltem és kávét ittam az erkélyen. Aztán hívott anya, de nem volt időm."),
        ("fi", "Heräsin aikaisin ja join kahvia parvekkeella. Sitten äiti soitti, mutta en jaksanut puhua."),
        ("ro", "M-am trezit devreme și am băut cafea pe balcon. Apoi a sunat mama."),
        ("el", "Ξύπνησα νωρίς και ήπια καφέ στο μπαλκόνι. Μετά με πήρε η μαμά τηλέφωνο."),
        ("hi", "मैं आज जल्दी उठा और बालकनी में कॉफी पी। फिर माँ का फोन आया।"),
        ("fa", "صبح زود بیدار شدم و در بالکن قهوه خوردم. بعد مادرم زنگ زد."),
        ("et", "Tõusin vara ja jõin rõdul kohvi. Siis helistas ema, aga mul ei olnud aega."),
        ("uk", "Я прокинувся рано і випив каву на балконі. Потім подзвонила мама, але я не мав часу."),
        ("en", "Got up early and had my coffee on the balcony. Then mum called."),
    ],
)
def test_two_sentences_tell_a_language(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "Klavier.", "Ugh.", "12:30", "👍", "Lisbon, Lisbon, Lisbon"])
def test_a_few_words_tell_nothing(text: str) -> None:
    assert language_of(text) == ""


def test_words_of_scripts_with_vowel_signs_stay_whole(diary: Diary) -> None:
    entries = diary("आज मैं बगीचे में गया और खुश था।", "मैं बगीचे में फूल लगाने के लिए गया।", "बारिश के बाद मैं बगीचे में बैठा।")
    assert [theme.label for theme in themes(entries)] == ["बगीचे"]


# -- bursts ----------------------------------------------------------------------------------------


def ordinary(entry: Make, days: range) -> dict[int, str]:
    """A journal with two themes that go on through all of it."""
    return {day: "Played the piano." if day % 4 else "Dug in the garden." for day in days}


def test_what_comes_up_in_one_week_only_stands_apart(entry: Make) -> None:
    texts = ordinary(entry, range(0, 60, 2))
    for day in (52, 54, 56, 58):
        texts[day] += " We packed more boxes."
    found = themes([entry(text, day=day) for day, text in texts.items()])
    assert {(theme.label, theme.burst) for theme in found} >= {("piano", False), ("garden", False), ("boxes", True)}
    assert [theme.burst for theme in found] == sorted(theme.burst for theme in found)


def test_one_mention_before_does_not_make_a_burst_recur(entry: Make) -> None:
    texts = ordinary(entry, range(0, 120, 2))
    for day in (4, 100, 102, 104, 106, 108):
        texts[day] += " The lawsuit again."
    (lawsuit,) = [t for t in themes([entry(text, day=day) for day, text in texts.items()]) if t.label == "lawsuit"]
    assert lawsuit.burst
    assert lawsuit.entries == 6


def test_in_a_young_journal_nothing_is_a_burst(entry: Make) -> None:
    found = themes([entry(f"The piano. {'The garden.' if day % 3 else ''}", day=day) for day in range(10)])
    assert {(theme.label, theme.burst) for theme in found} == {("piano", False), ("garden", False)}


def test_bursts_are_few(entry: Make) -> None:
    texts = ordinary(entry, range(0, 120, 2))
    for number, word in enumerate("boxes lawsuit fever wedding exam strike flood".split()):
        for day in (16 * number, 16 * number + 2, 16 * number + 4, 16 * number + 6):
            texts[day] += f" The {word}."
    found = themes([entry(text, day=day) for day, text in texts.items()])
    assert sum(theme.burst for theme in found) == MOST_BURSTS


# -- trends ----------------------------------------------------------------------------------------


def changing(entry: Make) -> list[Entry]:
    """The piano gives way to the garden; the rain stays."""
    made = []
    for number in range(60):
        words = ["The piano." if number < 28 else "The garden." if number > 31 else "Nothing."]
        words += ["The lawsuit."] if number % 4 == 0 else []
        made.append(entry(" ".join(words), day=3 * number))
    return made


def test_what_gives_way_fades_and_what_takes_its_place_rises(entry: Make) -> None:
    assert {theme.label: theme.change for theme in themes(changing(entry))} == {
        "piano": Change.FADING,
        "garden": Change.RISING,
        "lawsuit": Change.STEADY,
    }


def test_longer_entries_alone_make_nothing_rise(entry: Make) -> None:
    words = "piano garden lawsuit river bakery violin harbour tractor".split()
    draw = random.Random(5)
    entries = []
    for number in range(80):
        named = [word for word in words if draw.random() < (0.25 if number < 40 else 0.9)]
        entries.append(entry(" ".join(f"The {word}." for word in named) or "Nothing.", day=2 * number))
    assert {theme.change for theme in themes(entries)} == {Change.STEADY}


def test_shuffled_dates_take_trends_away(entry: Make) -> None:
    entries = changing(entry)
    readings = readings_of(entries)
    texts = {e.id: e.text for e in entries}
    names = find_names(readings)
    days = [reading.day for reading in readings]
    draw = random.Random(11)
    changed = 0
    for _ in range(200):
        dealt = draw.sample(days, len(days))
        shuffled = [
            Reading(
                id=reading.id,
                day=day,
                language=reading.language,
                sure=reading.sure,
                terms=reading.terms,
                capitals=reading.capitals,
                names=reading.names,
            )
            for reading, day in zip(readings, dealt, strict=True)
        ]
        changed += any(t.change is not Change.STEADY or t.burst for t in find_themes(shuffled, texts, names=names))
    # Of the journals without a trend one in twenty may show one at most.
    assert changed <= 10
