"""The page one writes on: room, scrolling, nothing but it, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual import events
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.files import locked
from journal_tui.model import Pillar, Quote
from journal_tui.session.session import Session
from journal_tui.session.wording import CARE, StepView
from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Edit
from journal_tui.ui.screens.edit import EditScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.views.write import Look, asked, whisper
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.page import Page
from journal_tui.world import World

from .conftest import TODAY, entry
from .golden import picture, said, settle

OpenApp = Callable[[], JournalApp]
LONG = (
    "When you think back over the last week with the people close to you, which moment was it that showed you most"
    " clearly how differently two people can see one and the same small thing?"
)
EARLIER = "The dishes again. We talked instead of sighing at each other across the sink, and then Jonas dried. " * 2
VIEW = StepView(
    ask=LONG, above="A few lines are plenty.", quote=f"“{EARLIER.strip()}”", quote_from="28 February", help="One scene."
)


def long_session(world: World) -> Session:
    """A session whose first question is as long as they come, beside earlier words."""
    session = world.begin(Pillar.COMMUNICATION)
    question = replace(session.questions[0], ask=LONG, help="One scene is enough; who stood where, what was said.")
    quote = Quote(text=EARLIER.strip(), entry="x", day=TODAY)
    return replace(session, questions=(question, *session.questions[1:]), quotes={question.id: quote})


def page(app: JournalApp) -> Page:
    return app.screen.query_one(Page)


# -- what is asked, in the room there is ----------------------------------------------------------


@pytest.mark.parametrize("rows", [20, 10, 8, 6, 4])
def test_the_question_stays_whole_and_the_rest_gives_way(rows: int) -> None:
    text = asked(VIEW, 56, rows, plain=False).plain
    assert len(text.split("\n")) <= rows
    assert LONG in " ".join(text.split("\n"))
    assert ("A few lines" in text) is (rows >= 10)
    assert ("One scene." in text) is (rows >= 6)
    assert ("28 February" in text) is (rows >= 6)


def test_the_line_for_who_is_being_hurt_never_gives_way() -> None:
    text = asked(replace(VIEW, help=CARE), 56, 4, plain=False).plain
    assert "You need not carry this alone." in text


def test_earlier_words_stand_behind_a_bar() -> None:
    view = StepView(ask="And now?", quote="“The dishes again.”", quote_from="28 February")
    assert asked(view, 56, 9, plain=False).plain == "▏ “The dishes again.”  28 February\n\nAnd now?"
    assert asked(view, 56, 9, plain=True).plain.startswith("| ")


def test_the_quiet_line() -> None:
    assert whisper(Look(), ()) == "an empty page is skipped with tab"
    assert whisper(Look(1), ()) == "1 word"
    assert whisper(Look(2, ("Ana", "Jo")), ("Mum",)) == "2 words · with Mum · Ana and Jo? ctrl+o notes it"


async def test_the_page_keeps_six_rows_beside_a_long_question_and_a_quote(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        app.push_screen(WriteScreen(world, long_session(world)))
        await settle(pilot)
        assert page(app).content_size.height >= 6
        assert page(app).region.bottom <= 18
        assert "same small thing?" in picture(app)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert page(app).content_size.height >= 6


# -- nothing but the page -------------------------------------------------------------------------


async def test_a_key_hides_all_but_the_page_and_escape_brings_it_back(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.push_screen(WriteScreen(world, long_session(world)))
        await settle(pilot)
        page(app).fill("words")
        await pilot.press("f3")
        await settle(pilot)
        assert not app.screen.query_one(KeyBar).display
        assert not app.screen.query_one("#head", Static).display
        assert not app.screen.query_one("#whisper", Static).display
        assert "When you think back over" in picture(app)
        assert "same small thing?" not in picture(app)
        assert page(app).size.height >= 20
        assert "Esc brings the rest back" in said(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
        assert app.screen.query_one(KeyBar).display
        assert "same small thing?" in picture(app)
        await pilot.press("f3", "f3", "escape")
        await settle(pilot)
        assert not isinstance(app.screen, WriteScreen)


async def test_trouble_is_seen_though_all_else_is_hidden(
    world: World, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f", "f3")
        await settle(pilot)
        page(app).fill("words")
        world.paths.drafts.parent.mkdir(parents=True, exist_ok=True)
        world.paths.drafts.write_text("a file in the folder's place")
        screen = app.screen
        assert isinstance(screen, WriteScreen)
        assert not screen.save_now()
        await settle(pilot)
        assert "a folder is needed there" in " ".join(picture(app).split())


@pytest.mark.parametrize("is_writable", [True, False])
async def test_an_error_of_ours_saves_what_it_can_and_says_so(
    world: World, open_app: OpenApp, capfd: pytest.CaptureFixture[str], is_writable: bool
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("words of the page")

    async def run(app: JournalApp) -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press("f")
            await settle(pilot)
            page(app).fill("the last words")
            if not is_writable:
                world.paths.drafts.parent.mkdir(parents=True, exist_ok=True)
                world.paths.drafts.write_text("a file in the folder's place")
            app.call_later(fail)
            await pilot.pause()

    app = open_app()
    with pytest.raises(ZeroDivisionError):
        await run(app)
    assert app.return_code == 1
    told = " ".join(capfd.readouterr().err.split())
    assert "journal-tui had to stop (ZeroDivisionError in test_page.py" in told
    assert "words of the page" not in told
    assert ("What you wrote is kept" in told) == is_writable
    assert ("may be missing" in told) != is_writable
    assert [draft.word_text for draft in world.waiting()[0]] == ["the last words"] * is_writable


class Failing(Screen[None]):
    def save_now(self) -> bool:
        raise ZeroDivisionError


async def test_an_error_in_one_page_stops_no_other(
    world: World, open_app: OpenApp, capfd: pytest.CaptureFixture[str]
) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        page(app).fill("the last words")
        await app.push_screen(Failing())
        app.panic("words of the page")
    assert app.return_code == 1
    told = " ".join(capfd.readouterr().err.split())
    assert told.startswith("journal-tui had to stop. The last words you typed may be missing")
    assert "words of the page" not in told
    assert [draft.word_text for draft in world.waiting()[0]] == ["the last words"]


async def test_what_is_typed_while_another_program_writes_stays_on_the_page(world: World, open_app: OpenApp) -> None:
    made = entry(world, TODAY, "two rows of onions")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Edit(made.id))
        await settle(pilot)
        page(app).insert(" and leeks")
        with locked(world.paths.data / "lock"):
            await pilot.press("ctrl+s", "!")
            assert "Another program is writing" in picture(app)
            await pilot.press("escape")
        await settle(pilot)
        assert "but for what you typed since" in said(app)
        assert page(app).text == "two rows of onions and leeks!"
        assert world.journal.get(made.id).text == "two rows of onions and leeks"
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(app.screen, EditScreen)
    assert world.journal.get(made.id).text == "two rows of onions and leeks!"
    assert world.drafts.edits() == []


async def test_an_edit_too_can_be_the_page_alone(world: World, open_app: OpenApp) -> None:
    made = entry(world, TODAY, "two rows of onions")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Edit(made.id))
        await settle(pilot)
        await pilot.press("f3")
        assert not app.screen.query_one(KeyBar).display
        await pilot.press("escape")
        assert isinstance(app.screen, EditScreen)
        assert app.screen.query_one(KeyBar).display


# -- a long text ----------------------------------------------------------------------------------


async def test_the_cursor_stands_off_the_edge_of_a_long_text(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        page(app).fill("\n".join(f"line {number}" for number in range(100)))
        await pilot.pause()

        def row() -> int:
            return page(app).cursor_location[0] - page(app).scroll_offset.y

        rows = page(app).content_size.height
        assert row() == rows - 3
        await pilot.press("pageup", "pageup")
        assert 2 <= row() <= rows - 3
        assert page(app).cursor_location[0] < 99 - rows
        for _ in range(rows):
            page(app).action_cursor_up()
        assert row() == 2
        await pilot._post_mouse_events([events.MouseScrollUp], "#page")
        assert page(app).scroll_offset.y < page(app).cursor_location[0] - 2


async def test_a_paste_of_200_kb_and_a_key_after_it_are_quick(world: World, open_app: OpenApp) -> None:
    text = ("We talked about the garden, and Anna said (she laughed) she would call. " * 6 + "\r\r") * 460
    app = open_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        start = time.perf_counter()
        app.post_message(events.Paste(text))
        await pilot.pause()
        assert len(page(app).text) == len(text)
        assert time.perf_counter() - start < 3
        start = time.perf_counter()
        for _ in range(20):
            page(app).insert("(")
            for y in range(20):
                page(app).render_line(y)
        assert (time.perf_counter() - start) / 20 < 0.03
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert world.journal.entries()[0].text.startswith("We talked")


async def test_rows_are_drawn_as_the_text_area_draws_them(world: World, open_app: OpenApp) -> None:
    """Tabs, wide letters, emoji, a selection and hostile bytes."""
    app = open_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        page(app).fill("one\ttwo\t" * 12 + "\n日本語 🙂 wide " * 9 + "\n\x1b]52;c;aGk=\x07 \u202eturned\x85end")
        page(app).select_all()
        await pilot.pause()
        for y in range(12):
            ours = page(app).render_line(y)
            theirs = page(app)._render_line(y)
            assert ours.text.rstrip() == theirs.text.rstrip()
            assert not set(ours.text) & set("\x1b\x07\u202e\x85")
        selected = page(app)._theme.selection_style
        assert selected
        first = page(app).render_line(0)
        assert any(segment.style and segment.style.bgcolor == selected.bgcolor for segment in first)


# -- ctrl+c ---------------------------------------------------------------------------------------


async def test_ctrl_c_copies_what_is_selected_and_else_says_how_to_leave(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        page(app).fill("precious words")
        await pilot.press("ctrl+c")
        assert "ctrl+q leaves" in said(app)
        assert app.clipboard == ""
        page(app).select_all()
        await pilot.press("ctrl+c")
        assert app.clipboard == "precious words"
        assert page(app).text == "precious words"


async def test_foreign_bytes_are_cut_and_copied_tame(world: World, open_app: OpenApp) -> None:
    made = entry(world, TODAY, "caf\udce9 words")
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.post_message(Edit(made.id))
        await settle(pilot)
        await pilot.press("ctrl+x")
        await settle(pilot)
        assert app.screen.query_one(Page).text == ""
        await pilot.press("ctrl+v")
        assert app.screen.query_one(Page).text.strip() == "caf\udce9 words"


async def test_keys_after_leaving_are_for_no_screen(world: World, open_app: OpenApp) -> None:
    app = open_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        for key in ("q", "f1", "ctrl+p", "f1"):
            app.post_message(events.Key(key, None))
        await pilot.pause()
