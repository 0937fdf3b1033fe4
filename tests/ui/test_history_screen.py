"""The versions of an entry: seen, compared, brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from journal_tui.model import Answer, Entry
from journal_tui.store.history import Version
from journal_tui.text import count_words
from journal_tui.ui.app import JournalApp
from journal_tui.ui.screens.history import HistoryScreen
from journal_tui.ui.screens.journal import JournalScreen
from journal_tui.ui.views.history import change_blocks, version_lines
from journal_tui.ui.widgets.reader import Reader
from journal_tui.world import World

from .conftest import MOMENT, TODAY, ago, entry
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]


def test_words_are_counted_as_everywhere_else() -> None:
    words = "A well-known tune, 3 times."
    written = Entry(id="e", created=MOMENT, day=TODAY, answers=(Answer(text=words),))
    (line,) = version_lines([Version(written, MOMENT, "written", "here")], MOMENT)
    assert line.plain.endswith(f"+{count_words(words)} words")


async def test_every_version_tells_when_and_what_changed(grown: Entry, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        newest = picture(app)
        assert "today 21:10" in newest
        assert "yesterday 21:30" in newest
        assert "4 March 19:30" in newest
        assert "{+Then Jonas dried.+}" in newest
        assert "lived [-2-] {+4+} of 5" in newest
        await pilot.press("down", "down")
        assert "The words stayed as they were." in picture(app)
        await pilot.press("j")
        edited = picture(app)
        assert "We [-sighed-] {+talked instead of sighing+} at each other" in edited
        assert "I said nothing {+at first+}, which" in edited
        await pilot.press("end")
        assert "which is a kind of shouting." in picture(app)
        assert "+}" not in picture(app)


async def test_a_version_is_brought_back_and_that_undone(grown: Entry, world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        await pilot.press("r")
        assert isinstance(app.screen, HistoryScreen)  # the newest is what it is already
        await pilot.press("end", "r")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)
        assert "As it was 4 March 19:30" in said(app)
        assert "sighed" in picture(app)
        now = world.journal.get(grown.id)
        assert now.text.startswith("The dishes again. We sighed")
        assert now.rating == 2
        await pilot.press("u")
        await settle(pilot)
    assert world.journal.get(grown.id).text == grown.text


async def test_what_was_changed_meanwhile_is_not_overwritten(grown: Entry, world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        ago(world).journal.replace(replace(grown, answers=(Answer(text="from the other window"),)), expected=grown)
        await pilot.press("end", "r")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert "changed by another program" in said(app)
    assert world.journal.get(grown.id).text == "from the other window"


async def test_the_text_scrolls_and_escape_leads_back(world: World, open_app: OpenApp) -> None:
    entry(world, TODAY, "\n".join(f"line {number}" for number in range(100)))
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        await pilot.press("tab", "end")
        assert "line 99" in picture(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HistoryScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, JournalScreen)


async def test_hostile_words_are_shown_tame(world: World, open_app: OpenApp) -> None:
    made = entry(ago(world, days=1), TODAY, "[/] [bold]x \x1b]52;c;aGk=\x07 \u202eone")
    world.journal.replace(replace(made, answers=(Answer(text="[/] [bold]y \x1b[2J \u202etwo"),)))
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        assert "[/] [bold][-x" in picture(app)
        assert "two+}" in picture(app)
        assert not set(picture(app)) & set("\x1b\x07\u202e")


def test_what_stayed_the_same_is_cut_short_and_marks_fit() -> None:
    def of(*lines: str) -> Entry:
        return Entry(id="x", created=MOMENT, day=TODAY, answers=(Answer(text="\n".join(lines)),))

    same = [f"line {number}" for number in range(40)]
    (block,) = change_blocks(of(*same, "the end"), of("a start", *same, "an end"))
    assert "{+a start+}" in block.text
    assert "[-the-] {+an+} end" in block.text
    assert "…  33 lines as before" in block.text
    assert {block.text[start:end][:2] for start, end, _ in block.marks} == {"{+", "[-"}
    assert {block.text[start:end][-2:] for start, end, _ in block.marks} == {"+}", "-]"}


async def test_signs_are_more_than_colour(grown: Entry, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await pilot.press("j", "h")
        await settle(pilot)
        await pilot.press("down", "down", "down")
        reader = app.screen.query_one(Reader)
        struck = [
            segment.text
            for y in range(reader.size.height)
            for segment in reader.render_line(y)
            if segment.style and segment.style.strike
        ]
        assert struck == ["[-sighed-]"]


def test_moments() -> None:
    from journal_tui.ui.views.history import say_moment

    assert say_moment(MOMENT - timedelta(days=1, hours=20), MOMENT) == "yesterday 01:30"
