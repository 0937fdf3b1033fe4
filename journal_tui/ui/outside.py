"""A page in the writer's own editor: the terminal is lent to it, and what it saved comes back onto the page."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from textual.app import SuspendNotSupported

from journal_tui.model import JournalError
from journal_tui.sealed import SealError
from journal_tui.text import clean_line
from journal_tui.ui.messages import CameBack

if TYPE_CHECKING:
    from textual.screen import Screen

    from journal_tui.editor import Workplace
    from journal_tui.ui.widgets.page import Page
    from journal_tui.world import World

_BACK = "This is what your editor saved. ctrl+z brings back what stood here before."
_LEFT = "These are the words your editor had. ctrl+z brings back what stood here before."


class Outcome(NamedTuple):
    """What became of a page in an editor."""

    words: str | None = None
    """What was saved, where it is a text and another one."""
    trouble: str = ""
    """What went wrong, in a line."""
    ended: int = 0
    """Exit code when this program was told to end meanwhile."""


def write_outside(screen: Screen[None], page: Page, world: World, id: str, save: Callable[[], object]) -> None:
    """Opens the text of `page` in the editor that is set, and waits until it is closed.

    What it saved is on the page then, even where it failed; undo brings back what stood there before.

    Args:
        id: of the entry or the session, by which what an interrupted edit leaves is found again.
        save: puts what is on the page on the disk.
    """
    from journal_tui.editor import Workplace, editor_of, place_for_files

    save()
    app = screen.app
    begun = page.words
    try:
        editor = editor_of(world.settings.editor, os.environ)
        parent = place_for_files(world.paths, in_memory=world.has_passphrase)
        with closing(Workplace.make(parent, id, f"{begun}\n")) as place, app.suspend():
            outcome = _run(editor, place, begun)  # raises nothing: the terminal comes back in any case
            _take_back(page, outcome)
            if outcome.ended:
                save()
    except SuspendNotSupported:
        screen.notify("This terminal cannot be lent to an editor.", severity="warning")
        return
    except JournalError as error:
        screen.notify(clean_line(str(error)), severity="warning", timeout=10)
        return
    screen.post_message(CameBack())
    screen.refresh(layout=True)
    if outcome.ended:
        app.exit(return_code=outcome.ended)
    elif outcome.trouble:
        then = "The page is as it was." if outcome.words is None else _BACK
        screen.notify(f"{clean_line(outcome.trouble)}. {then}", severity="warning", timeout=10)
    elif outcome.words is not None:
        screen.notify(_BACK)


def _run(editor: str, place: Workplace, begun: str) -> Outcome:
    from journal_tui.editor import WentOnError, run_editor

    trouble, ended = "", 0
    try:
        run_editor(editor, place)
    except WentOnError as error:
        return Outcome(None, str(error))
    except JournalError as error:
        trouble = str(error).removesuffix(": nothing was changed")
    except SystemExit as error:
        ended = int(error.code or 1)
    try:
        words = place.words().removesuffix("\n")
    except (OSError, SealError) as error:
        place.remove()
        return Outcome(None, trouble or f"what the editor saved cannot be read ({error})", ended)
    place.remove()
    if "\r" not in begun:
        words = words.replace("\r\n", "\n")
    if words == begun:
        return Outcome(None, trouble, ended)
    if begun.strip() and not words.strip():
        return Outcome(None, trouble or "the editor saved an empty page", ended)
    if "\0" in words:
        return Outcome(None, trouble or "what the editor saved is no text", ended)
    if not trouble and any("\udc80" <= letter <= "\udcff" for letter in words) and not _has_foreign(begun):
        trouble = "what the editor saved is not UTF-8"
    return Outcome(words, trouble, ended)


def _has_foreign(text: str) -> bool:
    """Whether bytes of another encoding were carried along in `text` already."""
    return any("\udc80" <= letter <= "\udcff" for letter in text)


def _take_back(page: Page, outcome: Outcome) -> None:
    if outcome.words is not None:
        page.revise(outcome.words)


def take_up(screen: Screen[None], page: Page, world: World, id: str) -> None:
    """Puts on `page` what an editor had when program and editor were ended; undo brings back what stood there."""
    from journal_tui.editor import left_behind, memory_folder

    memory = memory_folder() if world.has_passphrase else None
    for place in left_behind([world.paths.edits, *([memory] if memory else [])], id):
        try:
            words = place.words(world.key).removesuffix("\n")
        except (OSError, SealError):
            continue
        if words.strip() and "\0" not in words and words != page.words:
            page.revise(words)
            screen.notify(_LEFT)
        place.remove()
