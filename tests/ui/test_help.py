"""Help and palette, both made of the commands."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from journal_tui.ui.app import JournalApp
from journal_tui.ui.commands import Offer, offers
from journal_tui.ui.screens.help import HelpScreen
from journal_tui.ui.views.help import page
from journal_tui.ui.widgets.reader import Reader
from journal_tui.world import World

from .golden import picture, settle

OFFERS = [
    Offer("journal.back", "esc", "Back", "One step back", "screen.back", True),
    Offer("journal.search", "/", "Search", "Words, or a phrase in double quotes " * 3, "screen.search", True),
    Offer("journal.edit", "", "Edit", "", "screen.edit", True),
    Offer("move.down", "↓ j", "Down", "One line down", "focused.move", False),
    Offer("app.help", "? F1", "Help", "What works here", "app.help", True),
    Offer("journal.far", "ctrl+shift+f ctrl+shift+g", "Far", "Far away", "screen.far", True),
]


@pytest.mark.parametrize("width", [40, 72])
def test_commands_stand_in_their_parts_and_fit(width: int) -> None:
    lines = [block.text for block in page("A page.", OFFERS, "", width)]
    assert all(cell_len(line) <= width for line in lines)
    here, moving, everywhere = (lines.index(part) for part in ("Here", "Moving about", "Everywhere"))
    assert here < moving < everywhere
    search, back = (next(n for n, line in enumerate(lines) if line.startswith(key)) for key in ("/ ", "esc "))
    assert here < search < back < moving
    assert lines[search + 1].startswith("     ")  # what follows goes on under itself
    assert "Edit" not in "".join(lines)
    far = lines.index("ctrl+shift+f ctrl+shift+g")
    assert lines[far + 1].split() == ["Far", "Far", "away"]
    named = next(block for block in page("A page.", OFFERS, "", width) if block.text.startswith("?"))
    (start, end, _) = named.marks[-1]
    assert named.text[start:end] == "Help"


async def test_every_command_of_the_screen_is_told_and_can_be_scrolled_to(world: World) -> None:
    app = JournalApp(world)
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        told = [offer.does for offer in offers(app.screen) if offer.does]
        await pilot.press("f1")
        await settle(pilot)
        words = " ".join(block.text for block in app.screen.query_one(Reader)._blocks)
        assert all(does.split()[-1] in words for does in told)
        assert "helpline" not in picture(app)
        await pilot.press("G")
        await settle(pilot)
        assert "helpline" in picture(app)
        await pilot.press("question_mark")
        await settle(pilot)
        assert not isinstance(app.screen, HelpScreen)


async def test_the_palette_says_what_a_command_does_and_its_key(world: World) -> None:
    app = JournalApp(world)
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        commands = {named.label: named for named in app.named()}
        assert (commands["Journal"].says, commands["Journal"].key) == ("Read, search and edit what you wrote", "j")
        assert commands["Settings"].key == ","
        assert "Lock" not in commands  # there is no passphrase
        assert len(commands) == len(app.named())
