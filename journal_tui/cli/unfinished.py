"""What interrupted edits left: their words go to the drafts, where `edit` and the screens take them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_tui.cli.out import PROGRAM
from journal_tui.editor import Workplace, left_behind, memory_folder
from journal_tui.model import JournalError
from journal_tui.sealed import Cipher, SealError

if TYPE_CHECKING:
    from journal_tui.session.drafts import Drafts
    from journal_tui.world import World


def put_away(place: Workplace, drafts: Drafts, known: str, cipher: Cipher | None = None, *, interrupted: bool) -> str:
    """Moves words other than `known` to the drafts; the end of a line that says where they are, if there are any.

    Where the editor was `interrupted`, what it may have saved beside its file stays there.
    """
    where = ""
    try:
        words = place.words(cipher)
    except (OSError, SealError):
        return f"your words are in {place.file}"
    if words.strip() not in (known.strip(), ""):
        try:
            drafts.save_edit(place.entry, words.removesuffix("\n"))
        except (JournalError, OSError):
            return f"your words are in {place.file}"
        where = f"your words wait, {PROGRAM} edit {place.entry} goes on with them"
    place.file.unlink(missing_ok=True)
    if interrupted and any(place.folder.iterdir()):
        return "; ".join(filter(None, [where, f"what the editor left is in {place.folder}"]))
    place.remove()
    return where


def unfinished_edits(world: World) -> list[str]:
    """Takes up what interrupted edits left; a line for each change that waits to be gone on with."""
    lines = []
    memory = memory_folder()
    for place in left_behind([world.paths.edits, *([memory] if memory else [])]):
        if not world.journal.has(place.entry):
            # A session's, or another journal's where the folder is shared.
            if (world.paths.drafts / f"{place.entry}.json").exists():
                lines.append("words left by your editor wait: the screens take them up when you go on with the draft")
            elif place.folder.parent == world.paths.edits:
                lines.append(f"words left by an edit of {place.entry}, which is not here, are in {place.file}")
            continue
        from journal_tui.session.document import to_document

        known = to_document(world.journal.get(place.entry))
        where = put_away(place, world.drafts, known, world.key, interrupted=True)
        if str(place.folder) in where:
            lines.append(f"an edit of {place.entry} was interrupted: {where}")
    if any(world.paths.drafts.glob("*.edit")):
        lines += map(_waits, filter(lambda id: _is_free(world, id), world.drafts.edits()))
    return lines


def _waits(id: str) -> str:
    return f"words left by an interrupted edit of {id} wait: {PROGRAM} edit {id} goes on with them"


def _is_free(world: World, id: str) -> bool:
    """Whether the entry is here, and no running program is changing it."""
    try:
        world.journal.get(id)
        world.drafts.take_edit(id)
    except JournalError:
        return False
    world.drafts.release_edit(id)
    return True
