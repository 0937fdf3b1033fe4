"""What every earlier format holds is found again."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from journal_tui.paths import find_paths
from journal_tui.store.records import commitment_to_document, entry_to_document
from journal_tui.world import World, open_world
from tests.faults.scenarios import readable_files
from tests.store.sample import entry

SAMPLES = Path(__file__).parents[1] / "samples" / "journals"
PASSPHRASES = {"format-1": "", "format-2-plain": "", "format-2-sealed": "correct horse battery staple"}
formats = pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))


@pytest.fixture(autouse=True)
def its_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_TUI_DEVICE", "sample")


def copied(name: str, home: Path) -> World:
    shutil.copytree(SAMPLES / name, home / "data")
    return anew(name, home)


def anew(name: str, home: Path) -> World:
    world = open_world(find_paths(home), lambda: datetime(2030, 1, 1, tzinfo=UTC))
    if PASSPHRASES[name]:
        world.unlock(PASSPHRASES[name])
    return world


def what_is_there(world: World) -> dict[str, Any]:
    journal = world.journal
    live, trash = journal.entries(), journal.trash.all()
    ids = [*(e.id for e in live), *(thrown.entry.id for thrown in trash)]
    return {
        "entries": [entry_to_document(e) for e in live],
        "trash": [{"since": thrown.since.isoformat(), "entry": entry_to_document(thrown.entry)} for thrown in trash],
        "promises": [commitment_to_document(promise) for promise in journal.promises.all()],
        "history": {id: [version.entry.text for version in journal.history(id)] for id in ids},
        "drafts": {draft.id: draft.reply.text for draft in world.drafts.waiting({})[0]},
        "edits": {id: world.drafts.edit_of(id) for id in world.drafts.edits()},
    }


@formats
def test_everything_is_there_and_goes_on(name: str, tmp_path: Path) -> None:
    world = copied(name, tmp_path)
    wanted = json.loads((SAMPLES / f"{name.removesuffix('-plain').removesuffix('-sealed')}.json").read_bytes())
    assert what_is_there(world) == wanted
    assert (world.journal.troubles, world.journal.check().problems) == ((), ())
    world.journal.add(entry("0000000009newest", "The newest words."))
    world.journal.delete(["0000000009newest"])
    again = anew(name, tmp_path)
    now = what_is_there(again)
    assert [thrown["entry"]["id"] for thrown in now["trash"]] == ["0000000009newest", "0000000003thrown"]
    for part in ("entries", "promises", "drafts", "edits"):
        assert now[part] == wanted[part], part
    assert now["history"].items() >= wanted["history"].items()
    assert (again.journal.troubles, again.journal.check().problems) == ((), ())
    again.journal.trash.put_back(["0000000003thrown"])
    again.keep(again.drafts.take("0000000005drafts", {}))
    assert {e.text for e in anew(name, tmp_path).journal.entries()} >= {"Thrown away.", "Half a thought"}


@formats
def test_its_backup_brings_all_of_it_into_a_new_journal(name: str, tmp_path: Path) -> None:
    [file] = [*(SAMPLES / name).glob("journal.json"), *(SAMPLES / name).glob("backups/*.zip")]
    wanted = json.loads((SAMPLES / f"{name.removesuffix('-plain').removesuffix('-sealed')}.json").read_bytes())
    world = open_world(find_paths(tmp_path / "new"))
    restored = world.journal.restore(file, lambda: PASSPHRASES[name])
    assert world.journal.check().problems == ()
    assert restored.brought == len(wanted["entries"]) + len(wanted["trash"])
    found = what_is_there(world)
    assert found["entries"] == wanted["entries"]
    assert (found["trash"], found["promises"]) == (wanted["trash"], wanted["promises"])


def test_the_sealed_sample_is_sealed() -> None:
    for words in (b"kettle was", b"onions.", b"thought", b"robin"):
        assert [p for p in (SAMPLES / "format-2-sealed").rglob("*") if p.is_file() and words in p.read_bytes()] == []
    assert readable_files(SAMPLES) == []
