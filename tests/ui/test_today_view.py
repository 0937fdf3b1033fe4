"""What Today says and draws, and where its lines lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.cells import cell_len
from textual.content import Content

from journal_tui.model import Commitment, Entry, Pillar
from journal_tui.ui.app import JournalApp
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.screens.promises import PromisesScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.views.choose import ago as say_ago
from journal_tui.ui.views.choose import choices, first_choice
from journal_tui.ui.views.choose import look as look_at_choices
from journal_tui.ui.views.rhythm import ENTRY, WIDTH, calendar, days_written, in_words, row
from journal_tui.ui.views.today import TodayView, look
from journal_tui.ui.views.today_lines import LEADS, Line, Words, laid_out, lines, say_amiss
from journal_tui.ui.wrapping import wrap_at_most
from journal_tui.world import World

from .conftest import TODAY, entry
from .golden import picture, settle

OpenApp = Callable[[], JournalApp]


def on(world: World, *days: int, pillar: Pillar | None = None) -> dict[date, Entry]:
    """A journal with an entry so many days ago, as the rhythm sees it."""
    for back in days:
        entry(world, TODAY - timedelta(back), "words", pillar=pillar)
    return days_written(world.journal.entries(), TODAY)


def test_many_faults_take_one_line_and_few_a_short_one_each(world: World) -> None:
    fault = 'setting left out: /somewhere/deep/settings.yaml:3:1: focus cannot be "trst": choose from many words'
    view = replace(look(world), left_out=(fault, fault), notices=("a draft is damaged",))
    short, _, left_out, draft = say_amiss(view)
    assert short.startswith('settings.yaml, line 3: focus cannot be "trst"')
    assert len(short) <= 60
    assert left_out.startswith("Left out until")
    assert draft == "a draft is damaged"
    assert say_amiss(replace(view, left_out=())) == [draft]
    many = say_amiss(replace(view, left_out=(fault,) * 7))
    assert many == ["7 lines in your files were left out: , shows them.", draft]


def test_choosing_begins_at_what_today_offers(world: World) -> None:
    view = replace(look_at_choices(world, ()), of_day=Pillar.TRUST)
    assert first_choice(view, choices(view, None, 70)) == list(Pillar).index(Pillar.TRUST)
    draft = world.begin(None)
    view = replace(view, drafts=(draft,))
    assert first_choice(view, choices(view, None, 70)) == 0


# -- the rhythm ------------------------------------------------------------------------------------


def test_nothing_written_has_no_rhythm() -> None:
    assert calendar({}, TODAY) is None
    assert in_words({}, TODAY) == ""
    assert row({}, TODAY).plain == ""


def test_the_rhythm_begins_with_the_first_entry_and_ends_today(world: World) -> None:
    drawn = calendar(on(world, 8, 3, pillar=Pillar.TRUST), TODAY)
    assert drawn
    # A Thursday: the first entry was on the Wednesday of the week before, and there was one this Monday.
    assert [line.rstrip() for line in drawn.plain.split("\n")] == [
        "Mo   ∞",
        "Tu   ·",
        "We ∞ ·",
        "Th · ◦",
        "Fr ·",
        "Sa ·",
        "Su ·",
    ]


def test_a_day_shows_its_last_entry_and_a_free_page_has_a_mark_of_its_own(world: World) -> None:
    entry(world, TODAY, "first", pillar=Pillar.TRUST)
    last = entry(world, TODAY, "last", pillar=Pillar.RESPECT)
    entry(world, TODAY + timedelta(1), "a day to come")
    entry(world, TODAY - timedelta(1), "free")
    written = days_written(world.journal.entries(), TODAY)
    assert written[TODAY] == last
    assert row(written, TODAY).plain == "▪ ◆"
    assert row(written, TODAY, plain=True).plain == "- R"


def test_a_full_rhythm_has_twelve_weeks(world: World) -> None:
    drawn = calendar(on(world, *range(0, 400, 9)), TODAY)
    assert drawn
    assert {line.cell_length for line in drawn.split("\n")} == {WIDTH}


def test_every_cell_with_words_leads_to_them(world: World) -> None:
    written = on(world, 0, 1, 40)
    drawn = calendar(written, TODAY)
    assert drawn
    found = {span.style.meta[ENTRY] for span in drawn.spans if not isinstance(span.style, str) and span.style.meta}
    assert found == {made.id for made in written.values()}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0,), ""),
        ((1,), "1 of the last 2 days"),
        ((0, 2, 20), "2 of the last 14 days"),
        ((30,), "0 of the last 14 days"),
    ],
)
def test_the_rhythm_in_words(world: World, days: tuple[int, ...], words: str) -> None:
    assert in_words(on(world, *days), TODAY) == words


# -- the lines -------------------------------------------------------------------------------------


def view(world: World, **changes: object) -> TodayView:
    return replace(look(world), **changes)  # type: ignore[arg-type]


def promise(text: str, due: date | None = TODAY) -> Commitment:
    return Commitment(id=text, entry="e", text=text, made=TODAY, due=due)


def test_two_promises_are_named_and_the_others_counted(world: World) -> None:
    due = tuple(promise(text) for text in ("Call", "Rest", "Ask", "Bake"))
    [line, *_] = lines(view(world, due=due))
    assert (line.key, line.action) == ("m", "go('promises')")
    assert [words.text or words.aside for words in line.words] == ["Call", "Rest", "and 2 more to look at"]
    [line, *_] = lines(view(world, due=due[:2]))
    assert len(line.words) == 2


def test_what_others_wrote_is_cleaned(world: World) -> None:
    [line, *_] = lines(view(world, due=(promise("tea\x1b]0;x\x07 [/] at\nfive"),)))
    assert line.words[0].text == "tea␛]0;x␇ [/] at five"
    assert "[/]" in laid_out([line], 60, 9).plain


LONG = "Tell Jonas before the weekend that the shifts are full again, and ask him what he thinks of it, with tea"


def line(words: str, aside: str = "", *, whole: bool = False) -> Line:
    return Line("m", "go('promises')", "You promised", (Words(words, aside, is_whole=whole),))


def height(shown: Content) -> int:
    return shown.plain.count("\n") + 1


@pytest.mark.parametrize("width", [30, 46, 76])
@pytest.mark.parametrize("rows", range(3, 14))
def test_lines_take_the_rows_there_are(width: int, rows: int) -> None:
    shown = laid_out([line(LONG), line("日本語 " * 30), line("short", "due today")], width, rows)
    assert height(shown) <= rows
    assert all(cell_len(text) <= width for text in shown.plain.split("\n"))


def test_with_room_there_is_air_and_what_asks_is_never_cut() -> None:
    roomy = laid_out([line(LONG), line("short")], 76, 20)
    assert roomy.plain.split("\n")[-2:-1] == [""]
    assert "…" not in roomy.plain
    tight = laid_out([line(LONG, whole=True), line(LONG)], 46, 1)
    assert " ".join(tight.plain.replace("You promised", "").split()).startswith(f"m {LONG} m Tell")
    assert tight.plain.endswith("…")


def test_rows_kept_free_for_the_mirror_are_free() -> None:
    assert height(laid_out([line("a"), line("b")], 46, 7, reserved=3)) == 3
    assert height(laid_out([line("a"), line("b")], 46, 6, reserved=3)) == 2


async def test_rows_that_the_mirror_leaves_are_used_at_once(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = picture(app)
        assert "The mirror" not in seen
        await pilot.resize_terminal(80, 30)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert picture(app) == seen


def test_each_line_leads_where_its_key_does() -> None:
    shown = laid_out([line("short")], 46, 9)
    leads = [span.style.meta for span in shown.spans if not isinstance(span.style, str)]
    assert {LEADS: "go('promises')"} in leads


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("one two three four", 1, ["one two…"]),
        ("one two three four", 2, ["one two", "three four"]),
        ("onetwothreefour", 1, ["onetwothre…"]),
        ("one, two, three four five", 1, ["one, two…"]),
    ],
)
def test_wrapping_ends_after_a_whole_word(text: str, most: int, lines: list[str]) -> None:
    assert wrap_at_most(text, 11, most) == lines


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "today"),
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (59, "8 weeks ago"),
        (60, "2 months ago"),
        (729, "24 months ago"),
        (730, "2 years ago"),
    ],
)
def test_a_last_visit_in_words(days: int, words: str) -> None:
    assert say_ago(TODAY - timedelta(days), TODAY) == words


# -- clicks ----------------------------------------------------------------------------------------


def place(app: JournalApp, words: str) -> tuple[int, int]:
    """Where `words` stand on the screen."""
    for y, text in enumerate(picture(app).split("\n")):
        if words in text:
            return cell_len(text[: text.index(words)]) + 1, y
    raise AssertionError(f"{words} is not there")


async def test_what_leads_somewhere_can_be_clicked(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click(offset=place(app, "Call Mum"))
        await settle(pilot)
        assert isinstance(app.screen, PromisesScreen)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.click(offset=place(app, "On this day"))
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "Walked home the long way." in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        x, y = place(app, "⇄")
        await pilot.click(offset=(x - 1, y))
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "Wednesday 11 March 2026" in picture(app)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.click("#question", offset=(3, 0))
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)


async def test_a_click_beside_the_words_does_nothing(filled: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        before = app.screen
        x, y = place(app, "Th ·")
        await pilot.click(offset=(x + 2, y))  # a day without words
        await pilot.click(offset=(2, 1))
        await settle(pilot)
        assert app.screen is before
