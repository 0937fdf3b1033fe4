"""A walk through every screen, and what must hold of any picture."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import NamedTuple

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from journal_tui.model import Pace, Pillar
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.messages import Begin, Edit, Go
from journal_tui.ui.screens.passphrase import PassphraseScreen
from journal_tui.ui.screens.settings import SettingsScreen
from journal_tui.ui.screens.unlock import UnlockScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.views.passphrase import TASKS
from journal_tui.ui.widgets.page import Line, Page
from journal_tui.ui.widgets.secret import Secret
from journal_tui.ui.widgets.sheet import Sheet
from journal_tui.world import World

from .golden import settle

RAW = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal may obey rather than show, and what cannot be written to one."""
MOST_STEPS = 20
"""Of a session."""
GUIDED = "write-"
"""Names of the steps of a session begin so; Tab goes on there."""


class Stop(NamedTuple):
    """A picture on the way."""

    name: str
    keys: str = ""
    """Pressed there, one after the other."""
    typed: str = ""
    """Into the first line."""


WALK: dict[str, tuple[Stop, ...]] = {
    "journal": (
        Stop("journal"),
        Stop("calendar", "c"),
        Stop("filters", "f"),
        Stop("filters-when", "f", "last month"),
        Stop("filters-wrong", "f", "\u202e[/]\x1b"),
        Stop("journal-read", "enter"),
        Stop("journal-this-day", "o"),
        Stop("journal-chips", "f enter"),
        Stop("journal-search", "slash", "anna"),
    ),
    "week": (Stop("week"), Stop("week-before", "pageup"), Stop("week-long-before", "pageup pageup")),
    "insights": (Stop("insights"), Stop("insights-part", "tab tab 3")),
    "patterns": (
        Stop("patterns"),
        Stop("patterns-true", "r"),
        Stop("patterns-later", "t"),
        Stop("patterns-put-away", "n"),
    ),
    "promises": (Stop("promises"), Stop("promise-answer", "space"), Stop("promise-day", "m", "in three days")),
    "people": (Stop("people"),),
    "trash": (Stop("trash"), Stop("erase", "x")),
    "settings": (Stop("settings"), Stop("settings-passphrase", "end")),
    "packs": (Stop("packs"), Stop("packs-next", "down"), Stop("packs-read", "down tab pagedown")),
    "helplines": (Stop("helplines"), Stop("countries", "c")),
    "": (
        Stop("choose", "p"),
        Stop("help", "question_mark"),
        Stop("palette", "ctrl+p"),
        Stop("palette-found", "ctrl+p", "the"),
    ),
}
"""What is seen on the pages by their names, one after the other, and on Today."""
SHEETS = ("lock_after", "editor")
"""Settings that are typed in."""


def raw_characters(app: App[Closed]) -> list[str]:
    """The lines of the picture that hold anything but what can be seen."""
    strips = app.screen._compositor.render_strips()
    texts = ("".join(part.text for part in strip if not part.control) for strip in strips)
    return [repr(text) for text in texts if RAW.search(text)]


async def screens(
    pilot: Pilot[Closed], world: World, entry: str = "", words: str = "", choice: Pillar | str = Pillar.BOUNDARIES
) -> AsyncIterator[str]:
    """Opens one screen after the other and gives its name each time it stands.

    Args:
        entry: id of the entry whose history is shown and that is edited.
        words: put on every page and line that is written.
        choice: what a guided session is about.
    """
    app = pilot.app
    assert isinstance(app, JournalApp)
    await settle(pilot)
    yield "today"
    for page, stops in WALK.items():
        if page:
            app.post_message(Go(page))
            await settle(pilot)
        for stop in stops:
            if stop.keys:
                await pilot.press(*stop.keys.split())
                await settle(pilot)
            if stop.typed:
                app.screen.query(Input).first().value = stop.typed
                await settle(pilot)
            yield stop.name
            await _back(pilot, 2 if page else 1)
        await _back(pilot)
    for key in SHEETS:
        settings = SettingsScreen(world)
        await _arrive(pilot, settings)
        settings.show_view(key)
        await settle(pilot)
        await pilot.press("enter")
        app.screen.query_one(Line).value = words
        await settle(pilot)
        yield f"settings-{key}"
        await _back(pilot)
    for message in [Go("history", entry=entry), Edit(entry)] if entry else []:
        app.post_message(message)
        await settle(pilot)
        yield "history" if isinstance(message, Go) else "edit"
        await _back(pilot)
    app.post_message(Begin(None))
    await settle(pilot)
    app.screen.query_one(Page).text = words
    await settle(pilot)
    yield "page"
    await pilot.press("f3")
    await settle(pilot)
    yield "page-alone"
    await _back(pilot)
    app.post_message(Begin(choice, Pace.SHORT))
    await settle(pilot)
    async for name in _steps(pilot, words):
        yield name
    await _back(pilot)
    closed: dict[str, Screen[None]] = {f"passphrase-{task}": PassphraseScreen(world, task) for task in TASKS}
    for name, screen in {"unlock": UnlockScreen(world, Closed.IDLE), **closed}.items():
        await _arrive(pilot, screen)
        screen.query(Secret).first().value = words
        await settle(pilot)
        yield name
        app.pop_screen()  # the way back from a closed journal is out
        await settle(pilot)


async def _steps(pilot: Pilot[Closed], words: str) -> AsyncIterator[str]:
    """From step to step of the session that has begun, to its closing page."""
    for _ in range(MOST_STEPS):
        screen = pilot.app.screen
        assert isinstance(screen, WriteScreen)
        sheet = screen.query_one(Sheet)
        if sheet.page.display:
            # Something that closing questions are asked about.
            sheet.page.text = f"{words} I agreed, and said nothing to Anna."
            await settle(pilot)
        yield f"{GUIDED}{screen._session.step.kind}"
        if screen._session.is_finished:
            return
        if sheet.promise.display and sheet.promise.text.display and not sheet.promise.text.value:
            sheet.promise.text.value = words
            await pilot.press("tab")
            await settle(pilot)
            yield f"{GUIDED}promise-day"
        await pilot.press(*("down", "enter") if sheet.choices.display else ("tab",))
        await settle(pilot)
    raise AssertionError("the session does not end")


async def _arrive(pilot: Pilot[Closed], screen: Screen[None]) -> None:
    pilot.app.push_screen(screen)
    await settle(pilot)


async def _back(pilot: Pilot[Closed], to: int = 1) -> None:
    """Back to the page, or (1) to Today, whatever is open."""
    app = pilot.app
    for _ in range(6):
        if len(app.screen_stack) <= to:
            return
        await pilot.press("escape")
        await settle(pilot)
    while len(app.screen_stack) > to:
        app.pop_screen()
        await settle(pilot)
