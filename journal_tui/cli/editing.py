"""``edit``."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.params import decode, entry_facts, piped, read_when
from journal_tui.cli.world import world_of
from journal_tui.model import Entry, JournalError, Pillar, UsageError, tidy_tags
from journal_tui.paths import Paths, make_private
from journal_tui.text import hashtags

if TYPE_CHECKING:
    from journal_tui.store.journal import Journal


@click.command()
@click.argument("id")
@entry_facts
@click.pass_obj
def edit(
    paths: Paths, id: str, pillar: Pillar | None, when: str | None, rating: int | None, tags: tuple[str, ...]
) -> None:
    """Change an entry, in your editor or by the options.

    The editor is what $VISUAL or $EDITOR names. Words piped in take the place of the text. Tags given take the
    place of those it has, but for the #words of its text. `undo` takes an edit back.

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
        _keep_edit(journal, entry, edited)
    elif raw := piped():
        if sum(bool(answer.text) for answer in entry.answers) > 1:
            raise UsageError(f"entry {entry.id} has several answers, piped words would fit only one: use an editor")
        _keep_edit(journal, entry, _reworded(entry, raw))
    else:
        _edit_in_editor(journal, entry, paths.data / "edit")


def _keep_edit(journal: Journal, entry: Entry, edited: Entry) -> None:
    """Keeps `edited` in the place of `entry`.

    Raises:
        JournalError: the entry was changed meanwhile, or it could not be written.
    """
    if edited == entry:
        out.say("Nothing changed.")
        return
    journal.replace(replace(edited, edited=journal.now()), expected=entry)
    out.say(f"Kept. {out.PROGRAM} undo takes it back.")


def _reworded(entry: Entry, raw: bytes) -> Entry:
    """`entry` with the words of an edited document.

    Raises:
        UsageError: no words are left.
    """
    from journal_tui.session.document import from_document

    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = decode(raw)
    if not text.strip():
        raise UsageError(f"no words are left, nothing was changed: {out.PROGRAM} delete {entry.id} removes the entry")
    return from_document(text, entry)


def _edit_in_editor(journal: Journal, entry: Entry, folder: Path) -> None:
    from journal_tui.session.document import to_document

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise JournalError("no editor is set: set EDITOR, for example export EDITOR=nano, or pipe the new text in")
    before = to_document(entry).encode("utf-8", "surrogatepass")
    with _private_file(folder, before) as file:
        _run_editor(editor, file)
        after = file.read_bytes()
        _keep_edit(journal, entry, _reworded(entry, after) if after != before else entry)


@contextmanager
def _private_file(folder: Path, content: bytes) -> Iterator[Path]:
    """A file of its own to edit, gone afterwards with all that the editor laid beside it.

    When the work with it fails, and it was changed, it stays and its place is told.
    """
    from journal_tui.files import write_private

    make_private(folder)
    own = Path(tempfile.mkdtemp(dir=folder))
    file = own / "entry.md"
    try:
        write_private(file, content)
        yield file
    except BaseException as error:
        if file.exists() and file.read_bytes().strip() not in (content.strip(), b""):
            message = str(error) if isinstance(error, JournalError) else "the edit was not kept"
            raise JournalError(f"{message}; your words are in {file}") from error
        shutil.rmtree(own, ignore_errors=True)
        raise
    shutil.rmtree(own, ignore_errors=True)


def _run_editor(editor: str, file: Path) -> None:
    """Raises JournalError: it could not be started, or said that it failed."""
    try:
        code = subprocess.call([*shlex.split(editor), str(file)])
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise JournalError(f'the editor "{editor}" cannot be started ({reason}): set EDITOR to another one') from None
    if code or not file.exists():
        raise JournalError(f'the editor "{editor}" ended with {code}: nothing was changed')
