"""What a writer does to a small journal, each on a folder of its own, and what is there for the writer afterwards."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from journal_tui.files import locked
from journal_tui.model import JournalError
from journal_tui.paths import find_paths
from journal_tui.session.session import Session
from journal_tui.store import first_format
from journal_tui.store.log import encode_json
from journal_tui.store.records import commitment_to_document, entry_to_document
from journal_tui.store.vault import WrongPassphraseError
from journal_tui.world import World, open_world
from tests.faults.disk import Disk, PowerGoneError
from tests.store.sample import entry, promise

DAY = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
OLD, NEW = "old passphrase", "new passphrase"
MARK = b"words"
"""Stands in everything that is written, and in no name of ours."""

LONG_WORDS = " ".join(f"{number} words." for number in range(250))
"""They take several sectors of a disk."""

State = dict[str, Any]


def opened(home: Path, passphrase: str = "", at: datetime = DAY + timedelta(days=1)) -> World:
    world = open_world(find_paths(home), lambda: at)
    if passphrase:
        world.unlock(passphrase)
    return world


def opened_somehow(home: Path) -> World:
    """As a writer opens it who knows both passphrases."""
    world = opened(home)
    for passphrase in (OLD, NEW):
        if world.is_locked:
            with suppress(WrongPassphraseError):
                world.unlock(passphrase)
    return world


def state(world: World) -> State:
    """Everything a writer can find again."""
    journal = world.journal
    live, trash = journal.entries(), [thrown.entry for thrown in journal.trash.all()]
    return {
        "live": {e.id: e.text for e in live},
        "trash": {e.id: e.text for e in trash},
        "promises": {c.id: [o.status.value for o in c.outcomes] for c in journal.promises.all()},
        "history": {e.id: [version.entry.text for version in journal.history(e.id)] for e in [*live, *trash]},
        "drafts": {d.id: d.reply.text for d in world.drafts.waiting({})[0] if journal.kept(d.id) is None},
        "edits": {id: world.drafts.edit_of(id) for id in world.drafts.edits()},
    }


def draft(id: str, text: str) -> Session:
    return Session(id=id, started=DAY, day=DAY.date()).write(text)


# -- what is there first ---------------------------------------------------------------------------


def base(home: Path) -> None:
    """Entries live, edited and thrown away, a promise, a backup, a draft, an unfinished edit."""
    world = opened(home, at=DAY)
    journal = world.journal
    journal.add(entry("e1", "First words."), commitments=[promise("c1", "e1")])
    journal.add(entry("e2", "Other words."))
    journal.replace(entry("e1", "Second words."))
    journal.delete(["e2"])
    journal.backup()
    journal.add(entry("e3", "Third words."))
    world.drafts.save(draft("d1", "Draft words."))
    world.drafts.release("d1")
    world.drafts.save_edit("e3", "Edit words.")


def sealed(home: Path) -> None:
    base(home)
    opened(home, at=DAY).set_passphrase(OLD)


def nothing(home: Path) -> None:
    home.mkdir()


def of_format_1(home: Path) -> None:
    """The one file of the first format, and a draft."""
    number = iter(range(1, 9))
    tables = {
        "entries": {
            "1": entry_to_document(entry("e1", "Second words.")),
            "2": entry_to_document(entry("e2", "Words.")),
        },
        "history": {"1": {"entry": "e1", "until": "", "document": entry_to_document(entry("e1", "First words."))}},
        "commitments": {str(next(number)): commitment_to_document(promise("c1", "e1"))},
        "about": {"1": {"format": 1}},
    }
    world = opened(home, at=DAY)
    world.drafts.save(draft("d1", "Draft words."))
    world.drafts.release("d1")
    (world.paths.data / first_format.FILE).write_bytes(encode_json(tables))


def with_copy(prepare: Callable[[Path], None], home: Path) -> None:
    """A copy of another time lies there too."""
    other = home / "other"
    journal = opened(other, at=DAY - timedelta(days=9)).journal
    journal.add(entry("e1", "Ancient words."))
    journal.add(entry("e7", "Brought words."))
    journal.backup(home / "copy.zip")
    prepare(home)


def torn(prepare: Callable[[Path], None], home: Path) -> None:
    """The power went in the middle of a line, and a byte in another was changed."""
    prepare(home)
    log = home / "data" / "here.log"
    lines = log.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2][:100] + bytes([lines[2][100] ^ 1]) + lines[2][101:]
    log.write_bytes(b"".join(lines) + lines[-1][:77])


def half_set(home: Path) -> None:
    """Setting a passphrase was begun."""
    base(home)
    by_half(home, lambda world: world.set_passphrase(OLD))


def half_removed(home: Path) -> None:
    """Removing the passphrase was begun."""
    sealed(home)
    by_half(home, lambda world: world.remove_passphrase(), OLD)


def by_half(home: Path, act: Callable[[World], object], passphrase: str = "") -> None:
    """The power goes when the log was just written anew."""
    dry = shutil.copytree(home, home.with_name("dry"))
    world = opened(dry, passphrase)
    with Disk(dry) as disk:
        act(world)
    renamed = [n for n, call in enumerate(disk.calls) if call.name == "replace" and call.where.startswith("data/.here")]
    world = opened(home, passphrase)
    with suppress(PowerGoneError), Disk(home, gone=renamed[0] + 1):
        act(world)
    shutil.rmtree(dry)


# -- what is done ----------------------------------------------------------------------------------


def keep_draft(world: World) -> None:
    world.keep(world.drafts.take("d1", {}))


def keep_edit(world: World) -> None:
    text = world.drafts.edit_of("e3")
    if text is None:
        raise JournalError("it cannot be read")
    world.journal.replace(entry("e3", text))
    world.drafts.remove_edit("e3")


def add_beside(world: World) -> None:
    """While another program goes on writing."""
    from journal_tui.store import journal

    journal.ADD_SECONDS, before = 0.0, journal.ADD_SECONDS
    try:
        with locked(world.paths.data / "lock"):
            world.journal.add(entry("e9", "New words."))
    finally:
        journal.ADD_SECONDS = before


@dataclass(frozen=True)
class Scenario:
    name: str
    prepare: Callable[[Path], None]
    act: Callable[[World], object]
    passphrase: str = ""
    afterwards: str = ""
    """The passphrase that opens it when all went well."""
    is_one_step: bool = True
    """It is done as a whole or not at all, and an error means that it was not done."""
    erases: bytes = b"never written"
    """What is in no file afterwards."""


_CHANGES: dict[str, Callable[[World], object]] = {
    "add": lambda w: w.journal.add(entry("e9", LONG_WORDS), commitments=[promise("c9", "e9")]),
    "edit": lambda w: w.journal.replace(entry("e1", LONG_WORDS)),
    "delete": lambda w: w.journal.delete(["e1"]),
    "put back": lambda w: w.journal.trash.put_back(["e2"]),
    "undo": lambda w: w.journal.steps.undo(),
    "import": lambda w: w.journal.imports.bring_in([entry("e8", "Some words."), entry("e9", "More words.")]),
    "backup": lambda w: w.journal.backup(),
    "backup elsewhere": lambda w: w.journal.backup(w.paths.config / "elsewhere.zip"),
    "save a draft": lambda w: w.drafts.save(draft("d2", "New draft words.")),
    "save it again": lambda w: w.drafts.save(draft("d1", f"Later draft. {LONG_WORDS}")),
    "save an edit": lambda w: w.drafts.save_edit("e3", "Later edit words."),
    "add beside": add_beside,
}
_LONGER: dict[str, Callable[[World], object]] = {
    "keep a draft": keep_draft,
    "keep an edit": keep_edit,
    "erase": lambda w: w.journal.trash.erase(["e1"]),
}


def _restore(world: World) -> object:
    return world.restore(world.paths.config / "copy.zip", lambda: OLD)


SCENARIOS = [
    *(
        Scenario(
            f"{name}, {kind}",
            prepare,
            act,
            passphrase,
            passphrase,
            is_one_step=name in _CHANGES,
            erases=b"First words" if name == "erase" else b"never written",
        )
        for kind, prepare, passphrase in (("plain", base, ""), ("sealed", sealed, OLD))
        for name, act in (_CHANGES | _LONGER).items()
    ),
    Scenario("first add", nothing, _CHANGES["add"]),
    Scenario("add after a power cut", partial(torn, base), _CHANGES["add"]),
    Scenario("add after a power cut, sealed", partial(torn, sealed), _CHANGES["add"], OLD, OLD),
    Scenario("restore", partial(with_copy, base), _restore, is_one_step=False),
    Scenario("restore, sealed", partial(with_copy, sealed), _restore, OLD, OLD, is_one_step=False),
    Scenario("carry over", of_format_1, _CHANGES["add"]),
    Scenario("set", base, lambda w: w.set_passphrase(NEW), "", NEW, is_one_step=False),
    Scenario("set, format 1", of_format_1, lambda w: w.set_passphrase(NEW), "", NEW, is_one_step=False),
    Scenario("change", sealed, lambda w: w.change_passphrase(NEW), OLD, NEW, is_one_step=False),
    Scenario("remove", sealed, lambda w: w.remove_passphrase(), OLD, "", is_one_step=False),
    Scenario("go on with set", half_set, lambda w: w.unlock(OLD), "", OLD, is_one_step=False),
    Scenario("go on with remove", half_removed, lambda w: w.unlock(OLD), "", "", is_one_step=False),
]


def readable_files(home: Path, words: bytes = MARK) -> list[str]:
    """Files with these words in them that anybody can read, and files that were left over."""
    found = []
    for path in sorted(path for path in (home / "data").rglob("*") if path.is_file()):
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        # What is left over of a draft goes with it; a log written beside belongs to nobody before it has its name.
        is_left_over = path.suffix == ".new" and path.parent.name != "drafts" and not path.name.startswith(".here-")
        if is_left_over or any(words in content for content in contents):
            found.append(str(path.relative_to(home)))
    return found
