"""``edit``."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.params import entry_facts, entry_id, piped, read_when
from journal_tui.cli.unfinished import put_away
from journal_tui.cli.world import world_of
from journal_tui.editor import (
    NoMemoryFolderError,
    WentOnError,
    Workplace,
    editor_of,
    place_for_files,
    read_back,
    run_editor,
)
from journal_tui.model import Entry, JournalError, Pillar, UsageError, tidy_tags
from journal_tui.paths import Paths
from journal_tui.text import hashtags

if TYPE_CHECKING:
    from journal_tui.session.drafts import Drafts
    from journal_tui.store.journal import Journal
    from journal_tui.world import World


@click.command()
@entry_id
@entry_facts
@click.option("--plain-file", is_flag=True, help="Let the editor's file lie on the disk, unencrypted, meanwhile.")
@click.pass_obj
def edit(
    paths: Paths,
    id: str,
    pillar: Pillar | None,
    when: str | None,
    rating: int | None,
    tags: tuple[str, ...],
    plain_file: bool,
) -> None:
    """Change an entry, in your editor or by the options.

    The editor is what the settings, $VISUAL or $EDITOR name. Words piped in take the place of the text. Tags given
    take the place of those it has, but for the #words of its text. `undo` takes an edit back, and an edit that was
    interrupted goes on where it stopped. The editor's file of an encrypted journal lies in memory, not on the disk.

    \b
      journal-tui edit k3v9qx
      journal-tui edit k3v9qx --pillar trust --rating 4
    """
    world = world_of(paths)
    journal = world.journal
    entry = journal.get(id)
    if pillar or when or rating or tags:
        day, moment = read_when(when, world.today()) if when else (entry.day, entry.moment)
        edited = replace(
            entry,
            pillar=pillar or entry.pillar,
            rating=rating or entry.rating,
            day=day,
            moment=moment,
            tags=tidy_tags([*hashtags(entry.text), *tags]) if tags else entry.tags,
        )
        out.confirm(_keep_edit(journal, entry, edited))
    elif raw := piped():
        if sum(bool(answer.text) for answer in entry.answers) > 1:
            raise UsageError(f"entry {entry.id} has several answers, piped words would fit only one: use an editor")
        out.confirm(_keep_edit(journal, entry, _reworded(entry, read_back(raw))))
    else:
        _edit_in_editor(world, entry, _place(world, plain_file=plain_file))


def _place(world: World, *, plain_file: bool) -> Path:
    """The folder for the editor's file: of an encrypted journal in memory alone.

    Raises:
        JournalError: there is none.
    """
    try:
        return place_for_files(world.paths, in_memory=world.has_passphrase and not plain_file)
    except NoMemoryFolderError as error:
        raise JournalError(
            f"{error}: pipe the new text in, edit in the screens, or let --plain-file put it on the disk meanwhile"
        ) from None


def _keep_edit(journal: Journal, entry: Entry, edited: Entry) -> str:
    """Keeps `edited` in the place of `entry`, and says so.

    Raises:
        JournalError: the entry was changed meanwhile, or it could not be written.
    """
    if edited == entry:
        return "Nothing changed."
    journal.replace(replace(edited, edited=journal.now()), expected=entry)
    return f"Kept. {out.PROGRAM} undo takes it back."


def _reworded(entry: Entry, text: str) -> Entry:
    """`entry` with the words of an edited document.

    Raises:
        UsageError: no words are left.
    """
    from journal_tui.session.document import from_document

    if not text.strip():
        raise UsageError(f"no words are left, nothing was changed: {out.PROGRAM} delete {entry.id} removes the entry")
    return from_document(text, entry)


def _edit_in_editor(world: World, entry: Entry, parent: Path) -> None:
    """Hands the words to an editor, in a private folder under `parent`. Until they are kept they are in the drafts."""
    from journal_tui.session.document import to_document

    editor = editor_of(world.settings.editor)
    drafts, before = world.drafts, to_document(entry)
    drafts.take_edit(entry.id)
    try:
        waiting = drafts.edit_of(entry.id)
        begun = before if waiting is None else f"{waiting}\n"
        if waiting is not None:
            out.note("These are the words of an edit that was interrupted.")
        with closing(Workplace.make(parent, entry.id, begun)) as place:
            try:
                run_editor(editor, place, lambda: _follow(drafts, place, begun))
                after = place.words()
                said = _keep_edit(world.journal, entry, entry if after == before else _reworded(entry, after))
            except WentOnError:
                raise
            except BaseException as error:
                where = put_away(place, drafts, begun, interrupted=isinstance(error, SystemExit))
                if isinstance(error, SystemExit) and where:
                    out.tell(f"the edit was interrupted; {where}")
                elif where:
                    what = str(error) if isinstance(error, JournalError) else "the edit was not kept"
                    raise JournalError(f"{what}; {where}") from error
                raise
            drafts.remove_edit(entry.id)
            place.remove()
    finally:
        with suppress(OSError):
            drafts.release_edit(entry.id)
    out.confirm(said)


def _follow(drafts: Drafts, place: Workplace, begun: str) -> None:
    """Keeps what the editor has written so far among the drafts, for the case that all power goes."""
    with suppress(JournalError, OSError):
        words = place.words()
        if words.strip() and words != begun:
            drafts.save_edit(place.entry, words.removesuffix("\n"))
