"""The book as a page: whole, closed to the world, with every word and every figure as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal_tui.book import render
from journal_tui.book.charts import LINES, SIGNS
from journal_tui.breathing import breathing
from journal_tui.demo import entries_of_year
from journal_tui.insights.report import Report, build
from journal_tui.model import Answer, Commitment, Entry, Outcome, Pillar, Source, Status
from journal_tui.packs.library import load_library
from journal_tui.palette import PALETTES
from journal_tui.paths import bundled_packs, find_paths
from journal_tui.settings import Settings
from journal_tui.text import clean, count_words
from journal_tui.ui.theme import READABLE, contrast
from journal_tui.world import World

from .page import Element, read

TODAY = date(2026, 5, 21)
EVENING = datetime(2026, 5, 21, 20, 40, tzinfo=UTC)
YEAR = entries_of_year(TODAY, load_library(bundled_packs()).session_packs())
ENTRIES = [entry for entry, _ in YEAR]
PROMISES = [promise for _, promise in YEAR if promise]
TITLES = {pillar: pillar.title for pillar in Pillar}
NOTHING = build([], [], today=TODAY)
MARKUP = "</p></style><script>alert(1)</script><img src=x onerror=alert(2)>&amp; {{ 7 * 7 }} {% raw %} \"'`\0\u202e"


def page_of(entries: Sequence[Entry], commitments: Sequence[Commitment] = (), chosen: str = "") -> str:
    report = build(entries, commitments, today=TODAY)
    return render(entries, commitments=commitments, report=report, titles=TITLES, span_words=chosen, made_on=TODAY)


def entry(text: str, day: date | None = TODAY, id: str = "one", **more: object) -> Entry:
    return replace(Entry(id=id, created=EVENING, day=day, answers=(Answer(text=text),)), **more)  # type: ignore[arg-type]


def promise(of: str, text: str = "Ring Mum", *outcomes: Outcome) -> Commitment:
    return Commitment(id=f"p-{of}", entry=of, text=text, made=TODAY, outcomes=outcomes)


@pytest.fixture(scope="module")
def report() -> Report:
    return build(ENTRIES, PROMISES, today=TODAY)


@pytest.fixture(scope="module")
def source(report: Report) -> str:
    return render(ENTRIES, commitments=PROMISES, report=report, titles=TITLES, span_words="", made_on=TODAY)


@pytest.fixture(scope="module")
def page(source: str) -> Element:
    return read(source)


def one_line(text: str) -> str:
    return " ".join(text.split())


# -- what it is made of ----------------------------------------------------------------------------


def test_it_asks_nothing_of_any_network(source: str) -> None:
    ours = source.replace("http-equiv", "")
    assert not re.search(r"http|url\(|<script|@import|\bsrc=|\bon\w+=|<(link|img|iframe|object|embed)\b", ours)


def test_a_policy_forbids_what_should_not_be_there(page: Element) -> None:
    policies = [e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes]
    assert [policy.split("; ")[:2] for policy in policies] == [["default-src 'none'", "style-src 'unsafe-inline'"]]


def test_every_link_leads_somewhere_in_it(page: Element) -> None:
    ids = [element.id for element in page.walk() if element.id]
    assert len(set(ids)) == len(ids)
    leads = [e.attributes["href"] for e in page.walk() if "href" in e.attributes]
    assert len(leads) > 300
    assert {lead.removeprefix("#") for lead in leads} <= set(ids)


def test_headings_are_in_order(page: Element) -> None:
    levels = [int(e.name[1]) for e in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.all("html")[0].attributes["lang"] == "en"
    assert page.all("title")[0].text == "Journal, 15 May 2025 to 20 May 2026"


def test_every_picture_is_told_in_words(page: Element) -> None:
    pictures = [e for e in page.all("svg") if e.attributes.get("aria-hidden") != "true"]
    assert len(pictures) > 30
    for picture in pictures:
        assert picture.attributes["role"] == "img"
        title, told = (page.with_id(id) for id in picture.attributes["aria-labelledby"].split())
        assert (title.name, told.name) == ("title", "desc")
        assert title in picture.children
        assert title.text
        assert told.text


def test_tables_name_their_columns_and_rows(page: Element) -> None:
    assert len(page.all("table")) == 3
    for table in page.all("table"):
        assert {e.attributes.get("scope") for e in table.all("thead")[0].all("th")} == {"col"}
        assert all(e.attributes["scope"] == "row" for body in table.all("tbody") for e in body.all("th"))
        assert all(e.text.strip() for e in table.all("th"))


def test_every_pillar_has_a_sign_and_a_colour_of_its_own(source: str) -> None:
    assert {pillar.value for pillar in Pillar} <= set(SIGNS)
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert set(SIGNS) >= LINES
    for pillar in Pillar:
        assert f".{pillar.value} {{ color: var(--{pillar.value}) }}" in source
        for name in ("paper", "dusk"):
            assert f"--{pillar.value}: {PALETTES[name].pillars[pillar]}" in source


def test_it_can_be_read_on_paper() -> None:
    """On screens it stands on the grounds of the themes, for which tests/ui/test_theme.py speaks."""
    for name, colour in PALETTES["paper"].texts.items():
        assert contrast(colour, "#ffffff") >= READABLE, name


# -- the words -------------------------------------------------------------------------------------


def test_every_word_is_in_it(page: Element) -> None:
    articles = page.all("article")
    shown = sorted((e for e in ENTRIES if not e.is_blank), key=Entry.sort_key)
    assert len(articles) == len(shown) == 233
    for article, written in zip(articles, shown, strict=True):
        assert "\n\n".join(e.text for e in article.all("p", of="words")) == written.text
        asked = [one_line(f"{a.ask} {' · '.join(a.choice)}") for a in written.answers if a.ask and a.words]
        assert [one_line(e.text) for e in article.all("p", of="ask")] == asked
        told = one_line(article.text)
        assert all(f"#{tag}" in told for tag in written.tags)
        assert (f"lived {written.rating} of 5" in told) is (written.rating is not None)
        assert (written.pillar.title if written.pillar else "Free page") in told


def test_months_and_days_stand_in_their_order(page: Element) -> None:
    chapters = page.all("section", of="chapter")
    titles = [one_line(chapter.all("h2")[0].text) for chapter in chapters]
    assert titles[0] == "May 2025 12 entries on 12 days"
    assert titles[-1] == "May 2026 13 entries on 13 days"
    assert [one_line(e.text) for e in page.all("nav")[0].all("ol")[0].all("li")] == titles
    days = [e.text for e in chapters[0].all("h3")]
    assert days[:2] == ["Thursday 15 May", "Friday 16 May"]


@given(st.text(st.characters(exclude_characters="#")), st.text())
@example(MARKUP, MARKUP)
@example("\ud800", "\udfff")
@example("  two\n  lines\n\n\n\tand a third  ", "a, b")
def test_whatever_is_written_is_shown_as_words(words: str, other: str) -> None:
    said = Answer(text=f"a{words}", ask=f"b{other}", choice=(f"c{other}",), quote=f"d{other}")
    written = entry("", answers=(said,), tags=(f"e{other}",), people=(f"f{other}",), starred=True)
    source = render(
        [written],
        commitments=[promise("one", f"g{other}")],
        report=NOTHING,
        titles=TITLES,
        span_words=f"h{other}",
        made_on=TODAY,
    )
    page = read(source.encode().decode())
    (article,) = page.all("article")
    shown = [line for e in article.all("p", of="words") for line in e.text.split("\n") if line.strip()]
    assert shown == [line for line in clean(f"a{words}").split("\n") if line.strip()]
    line = one_line(clean(other))
    told = one_line(page.text)
    for letter in "bcdefgh":
        assert one_line(f"{letter}{line}" if clean(other)[:1].strip() else f"{letter} {line}") in told
    assert {e.name for e in article.walk()} <= set("article p span svg use blockquote q".split())


MARKDOWN = """\
# Sunday, 1st March 2026

## Morning ##
Coffee **in** C#, *slow*, ~~cold~~ &#x202e;warm.
#work is no heading

---

- a list
  1. in it
- [x] a task
- [ ] another

```python
# no heading

x = **1**
```

| a | b |
|---|--:|
| `c` | |
#### Evening
> quoted
> ![the river](http://example.org/river.png) ![](http://example.org/sea.png)

[a page](http://example.org "title") and <https://example.org>

[Ruth]: no

    only indented
# Night
"""


def imported(text: str, format: str = "markdown", **more: object) -> Entry:
    return entry(text, source=Source(format=format, fingerprint="f"), **{"day": date(2026, 3, 1)} | more)  # type: ignore[arg-type]


def set_words(text: str, format: str = "markdown", **more: object) -> Element:
    (article,) = read(page_of([imported(text, format, **more)])).all("article")
    (words,) = article.all("div", of="set")
    return words


@pytest.mark.parametrize("format", ["markdown", "dayone", "dayone-classic", "dnote"])
def test_what_came_as_markdown_is_set_as_such(format: str) -> None:
    words = set_words(MARKDOWN, format)
    told = [(e.name, one_line(e.text)) for e in words.walk() if e.name not in ("", "div", "br", "span")]
    assert told == [
        ("h4", "Morning"),
        ("p", "Coffee in C#, slow, cold warm. #work is no heading"),
        ("strong", "in"),
        ("em", "slow"),
        ("s", "cold"),
        ("hr", ""),
        ("ul", "a list in it ☑done: a task ☐to do: another"),
        ("li", "a list in it"),
        ("ol", "in it"),
        ("li", "in it"),
        ("li", "☑done: a task"),
        ("li", "☐to do: another"),
        ("pre", "# no heading x = **1**"),
        ("table", "a b c"),
        ("thead", "a b"),
        ("tr", "a b"),
        ("th", "a"),
        ("th", "b"),
        ("tbody", "c"),
        ("tr", "c"),
        ("td", "c"),
        ("code", "c"),
        ("td", ""),
        ("h5", "Evening"),
        ("blockquote", "quoted the river sea.png"),
        ("p", "quoted the river sea.png"),
        ("p", "a page and https://example.org"),
        ("p", "[Ruth]: no"),
        ("p", "only indented"),
        ("h4", "Night"),
    ]
    assert len(words.all("br")) == 2
    assert [e.attributes["aria-hidden"] for e in words.all("span") if e.text in "☑☐"] == ["true", "true"]
    assert {e.attributes.get("scope") for e in words.all("th")} == {"col"}


def test_the_headings_of_markdown_leave_no_gap() -> None:
    text = "### a\n# b\n###### c\n## d\n> # e\n\n- #### f"
    for day, levels in ((TODAY, "445545"), (None, "334434")):
        headings = set_words(text, day=day).all("h3", "h4", "h5", "h6")
        assert "".join(e.name[1] for e in headings) == levels


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[Petra]], [[notes/Petra|my sister]] and [[ ]", "Petra, my sister and [[ ]"),
        ("![[river.png]] ![[sea.png|300]] ![[a.png|at home]]", "river.png sea.png at home"),
        ("==**marked** words== and == not ==, =====", "marked words and == not ==, ====="),
        ("said %%hidden%%aloud", "said aloud"),
        ("%% hidden\n\n- hidden %% said\n%%hidden%%", "said"),
        ("> said\n> %% hidden %%\n\nsaid\n%%\nhidden\n\nhidden\n%%\nsaid", "said said said"),
        ("> [!note]- To keep\n> and more\n\n> [!a_b_c] d\n\n[!note] e", "Note To keep and more [!a_b_c] d [!note] e"),
        ("100%% sure\n\n%% of it", "100%% sure %% of it"),
        ("`%% code %%`\n```\n%% code\n```\n[[a]] %%", "%% code %% %% code a %%"),
    ],
)
def test_obsidian_has_marks_of_its_own(written: str, shown: str) -> None:
    words = set_words(written)
    assert one_line(words.text) == shown
    assert bool(words.all("mark")) is ("marked" in written)


def test_other_programs_have_no_marks_of_obsidian() -> None:
    assert set_words("[[a|b]] ==c== %%d%%", "dayone").text.strip() == "[[a|b]] ==c== %%d%%"


@given(st.text(st.sampled_from("ab <>&[]()!*_=%`~|#-+>\\:\"'/.1x\n\t"), max_size=60))
@example(MARKUP)
@example("[a](javascript:alert(1)) <script>a</script> ![a](data:x) <a href='http://b'>\n\n<style>a</style>\n<svg>")
@example('```" onclick=a\n</pre><script>\n```\n1000000000. a\n- [x] </span>\n| </table> |\n|---|\n')
def test_markdown_makes_words_and_nothing_else(text: str) -> None:
    for element in set_words(f"a\n\n{text}").walk():
        names = "div p br h4 h5 h6 ul ol li blockquote pre code hr table thead tbody tr th td em strong s mark span"
        assert element.name in names.split()
        assert set(element.attributes) <= {"dir", "lang", "class", "scope", "start", "aria-hidden"}


@pytest.mark.parametrize(
    "text",
    [
        ">" * 100_000 + "a",
        "- " * 5_000 + "a",
        "[" * 30_000 + "a",
        "[[" * 15_000 + "a",
        "==a " * 30_000,
        "%%a " * 50_001,
        "**a " * 20_000,
        "Some *words* of a day.\n\n" * 4_000,
    ],
    ids=["quotes", "lists", "brackets", "notes", "marks", "comments", "bold", "long"],
)
def test_markdown_of_any_shape_is_set_in_time_and_whole(text: str) -> None:
    from journal_tui.book.words import set_markdown

    begun = process_time()
    made = set_markdown(text, 4, obsidian=True)
    assert process_time() - begun < 5
    assert "a" in made.striptags()


def test_what_is_nested_too_deep_stays_words() -> None:
    words = set_words(">" * 50 + " far **in**\n" + ">" * 50 + " and on")
    assert "far in" in one_line(words.text)
    assert "and on" in one_line(words.text)


def test_what_was_imported_without_a_pillar_has_no_title() -> None:
    heads = [
        one_line(read(page_of([one])).all("p", of="head")[0].text)
        for one in (imported("a"), imported("a", pillar=Pillar.TRUST), entry("a"))
    ]
    assert heads == ["", "Trust", "Free page"]


@pytest.mark.parametrize("format", ["", "jrnl", "csv"])
def test_words_that_are_no_markdown_stay_as_they_were_written(format: str) -> None:
    text = "# a\n**b**\n\n- c\n  [d](e)\n\n```\n%%f%%\n\n---\n| g |"
    (article,) = read(page_of([imported(text, format) if format else entry(text)])).all("article")
    assert "\n\n".join(e.text for e in article.all("p", of="words")) == text
    assert {e.name for e in article.walk()} == {"article", "p", "svg", "use", "span"} - ({"span"} if format else set())


@pytest.mark.parametrize(
    ("first", "stays"),
    [
        ("2026-03-01", False),
        ("# 01.03.2026", False),
        ("Sun 1 Mar 2026", False),
        ("# March 1, 2026", False),
        ("2026-03-02", True),
        ("March 2026", True),
        ("1 March 2026 was a Sunday", True),
        ("Sunday, March 1st", False),
        ("# Sunday", True),
    ],
)
def test_a_day_is_not_told_twice(first: str, stays: bool) -> None:
    shown = [e.text for e in read(page_of([entry(f"{first}\n\nWords.", date(2026, 3, 1))])).all("p", of="words")]
    assert shown == [first] * stays + ["Words."]
    assert one_line(set_words(f"{first}\nWords.").text) == f"{first.removeprefix('# ')} " * stays + "Words."
    assert len(read(page_of([entry(first, date(2026, 3, 1))])).all("p", of="words")) == 1


def test_a_journal_without_pillars_explains_no_signs() -> None:
    days = read(page_of([entry("Words.")])).all("section", of="part")[0]
    assert "Each day with writing has a point." in days.text
    assert not days.all("ul")


def test_words_in_another_language_say_so() -> None:
    german = "Heute habe ich meiner Schwester gesagt, dass ich am Sonntag nicht kommen kann, und sie hat gelacht."
    page = read(page_of([entry(german, id=str(n), day=TODAY - timedelta(days=n)) for n in range(3)]))
    assert {e.attributes.get("lang") for e in page.all("p", of="words")} == {"de"}


def test_what_has_no_date_stands_at_the_end() -> None:
    page = read(page_of([entry("No day.", None, "a"), entry("A day.", TODAY, "b")]))
    assert [e.text for e in page.all("p", of="words")] == ["A day.", "No day."]
    assert one_line(page.all("section", of="chapter")[-1].text).startswith("Without a date 1 entry")
    only = read(page_of([entry("No day.", None, rating=4)]))
    assert [one_line(e.text) for e in only.all("h2")] == ["Contents", "Without a date 1 entry"]


def test_blank_entries_are_left_out_unless_something_was_promised() -> None:
    blank = [entry("", id="a"), entry("", id="b")]
    page = read(page_of(blank, [promise("b", "Go to bed")]))
    assert len(page.all("article")) == 1
    assert "Go to bed" in page.all("article")[0].text


def test_an_empty_span_says_so() -> None:
    page = read(page_of([], [promise("elsewhere")], "2019"))
    assert "Nothing was written in these days." in page.text
    assert "2019" in page.text
    assert [e.name for e in page.all("h1", "h2")] == ["h1"]
    assert "Mum" not in page.text


@pytest.mark.parametrize("day", [date.min, date(1, 12, 31), date(9999, 12, 31)])
def test_the_ends_of_the_calendar(day: date) -> None:
    page = read(page_of([entry("Far away.", day, "a", rating=3), entry("Here.", TODAY, "b", rating=4)]))
    assert len(page.all("article")) == 2
    assert [e.text for e in page.all("h3") if e.text.isdecimal()] == [str(year) for year in sorted({day.year, 2026})]


def test_promises_of_other_entries_stay_out() -> None:
    kept = Outcome(on=TODAY, status=Status.KEPT)
    page = read(page_of([entry("One.")], [promise("one", "Ring Ruth", kept), promise("two", "Ring Mum")]))
    assert "Mum" not in page.text
    rows = page.all("table", of="promises")[0].all("tbody")[0].all("tr")
    assert [[cell.text for cell in row.all("th", "td")] for row in rows] == [["Ring Ruth", "21 May 2026", "kept"]]


# -- the figures -----------------------------------------------------------------------------------


def test_pillars_are_counted(page: Element) -> None:
    rows = page.all("table", of="balance")[0].all("tbody")[0].all("tr")
    shown = [(cells[0].text.strip(), cells[2].text, cells[3].text) for r in rows if (cells := r.all("th", "td"))]
    expected = []
    for pillar in (*Pillar, None):
        here = [e for e in ENTRIES if e.pillar is pillar and not e.is_blank]
        words = sum(count_words(e.text) for e in here)
        expected.append((pillar.title if pillar else "Free pages", f"{len(here):,}", f"{words:,}"))
    assert shown == expected
    widths = [float(row.all("rect")[0].attributes["width"]) for row in rows]
    most = max(int(count) for _, count, _ in expected)
    assert widths == pytest.approx([int(count) * 100 / most for _, count, _ in expected], abs=0.06)


def test_the_calendar_tells_every_day(page: Element) -> None:
    months = [e for year in page.all("div", of="year") for e in year.all("figure")]
    assert len(months) == 13
    told = [int(m[1]) for e in months if (m := re.match(r"Writing on (\d+) day", e.all("desc")[0].text))]
    assert sum(told) == len({e.day for e in ENTRIES if not e.is_blank})
    blank = sum(e.attributes["d"].count("M") for month in months for e in month.all("path", of="blank"))
    assert sum(told) + blank == 31 + 365  # both Mays are whole


def test_a_day_has_the_sign_of_what_most_of_it_was_for() -> None:
    few, many = entry("One word.", pillar=Pillar.TRUST, id="a"), entry("Far more words.", pillar=Pillar.RESPECT, id="b")
    figure = read(page_of([few, many])).all("figure")[0]
    assert figure.all("desc")[0].text == "Writing on 1 day: Respect 1."
    assert [e.attributes["class"] for e in figure.all("path")] == ["blank", "ground3 respect", "full respect"]


def test_ratings_are_means_of_months(page: Element) -> None:
    rows = page.all("table", of="ratings")[0].all("tbody")[0].all("tr")
    rated = [e for e in ENTRIES if e.rating is not None]
    assert rows[0].all("td")[-1].text == str(len(rated))
    january = [e.rating for e in rated if e.day and (e.day.year, e.day.month) == (2026, 1) and e.rating]
    told = rows[0].all("desc")[0].text
    assert f"January 2026: {fmean(january):.1f} from {len(january)};" in told
    assert rows[0].all("path", of="dots")[0].attributes["d"].count("M") == told.count(" from ") == 13


def test_ratings_are_drawn_to_scale() -> None:
    days = [date(2026, month, 1) for month in range(1, 6)]
    rated = [entry("A day.", day, str(n), rating=n) for n, day in enumerate(days, start=1)]
    drawn = read(page_of(rated)).all("table", of="ratings")[0].all("svg")[0]
    dots, rule = (drawn.all("path", of=name)[0].attributes["d"] for name in ("dots", "rule"))
    points = [tuple(map(float, at)) for at in re.findall(r"M([\d.]+) ([\d.]+)h0", dots)]
    rules = [float(y) for y in re.findall(r"M0 ([\d.]+)", rule)]
    assert [points[n][1] for n in (0, 2, 4)] == rules
    assert [x for x, _ in points] == pytest.approx([6, 78, 150, 222, 294])
    steps = [before[1] - after[1] for before, after in pairwise(points)]
    assert steps == pytest.approx([8] * 4)


@pytest.mark.parametrize(
    ("years", "each", "count"), [(1, "month", 13), (5, "quarter of a year", 21), (20, "year", 21)], ids=str
)
def test_long_times_are_told_in_longer_stretches(years: int, each: str, count: int) -> None:
    entries = [
        entry(f"Day {n}", date(2026 - years + n // 12, n % 12 + 1, 1), str(n), rating=n % 5 + 1)
        for n in range(4, years * 12 + 5)
    ]
    source = page_of(entries)
    assert f"the mean of a {each}." in source
    told = read(source).all("table", of="ratings")[0].all("desc")[0].text
    assert told.count(" from ") == count
    contents = read(source).all("nav")[0].all("ol")[0]
    assert len(contents.all("a")) == years * 12 + 1
    assert len(contents.all("li")) == (13 if years == 1 else years + 1)


def test_a_quote_is_never_taken_from_words_on_harm() -> None:
    """They stand where they were written, and are not lifted out."""
    said = "He hit me again last night, beside the kettle in the kitchen."
    days = [TODAY - timedelta(weeks=n) for n in range(9)]
    page = read(page_of([entry(said, day, str(n)) for n, day in enumerate(days)]))
    assert page.all("section", of="chapter")[0].text.count("kettle")
    themes = page.with_id("themes")
    assert themes.text == "What kept coming back"
    assert not [e for section in page.all("section", of="part") for e in section.all("blockquote")]


def test_a_quote_is_never_taken_from_an_entry_with_a_comment() -> None:
    said = "Petra sat beside the kettle in the kitchen and sang."
    days = [TODAY - timedelta(weeks=n) for n in range(9)]
    for text, hidden in ((said, False), (f"Bread.\n\n%%{said}%%", True)):
        page = read(page_of([imported(text, day=day, id=str(n)) for n, day in enumerate(days)]))
        quotes = [e.text for section in page.all("section", of="part") for e in section.all("blockquote")]
        assert any("kettle" in quote for quote in quotes) is not hidden


def test_patterns_are_not_in_it(page: Element, report: Report) -> None:
    assert report.patterns
    for finding in report.patterns:
        assert finding.name not in page.text


def test_it_can_be_stopped() -> None:
    class EnoughError(Exception):
        pass

    def stop() -> None:
        raise EnoughError

    with breathing(stop), pytest.raises(EnoughError):
        render(ENTRIES[:2], commitments=[], report=NOTHING, titles=TITLES, span_words="", made_on=TODAY)


def test_it_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    three = [entry("Words.", day, str(n)) for n, day in enumerate((TODAY, TODAY, TODAY - timedelta(days=40)))]
    render(
        three,
        commitments=[],
        report=NOTHING,
        titles=TITLES,
        span_words="",
        made_on=TODAY,
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 3), (3, 3)]


# -- around it -------------------------------------------------------------------------------------


def test_the_pictures_of_the_docs_are_there_and_small() -> None:
    docs = Path(__file__).parents[2] / "docs"
    shown = re.findall(r"\]\((pictures/[^)]+)\)", (docs / "book.md").read_text("utf-8"))
    assert len(shown) == 2
    assert all(0 < (docs / name).stat().st_size < 150_000 for name in shown)


def test_a_report_of_some_entries_is_of_them_alone(tmp_path: Path) -> None:
    """What was read for it is kept only when it was all of the journal: a part must not push out the rest."""
    paths = find_paths(tmp_path, {})
    world = World(paths=paths, settings=Settings(), clock=lambda: EVENING, troubles=[])
    entries = [entry(f"@Anna and the cello, {n}.", TODAY - timedelta(weeks=n), str(n)) for n in range(6)]
    for one in entries:
        world.journal.add(one)
    part = world.report_of(entries[:2], [])
    assert (part.entries, len(part.themes), part.people[0].entries) == (2, 0, 2)
    assert not paths.readings.exists()
    whole = world.report_of(entries, [])
    assert (whole.entries, whole.people[0].entries) == (6, 6)
    kept = paths.readings.read_bytes()
    world.report_of(entries[:2], [])
    assert paths.readings.read_bytes() == kept
