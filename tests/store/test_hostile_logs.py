"""Logs and heads as nobody writes them: nothing crashes, nothing forged is taken, nothing that was written is lost."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from journal_tui.model import JournalError
from journal_tui.paths import Paths
from journal_tui.store.journal import Journal
from journal_tui.store.log import HIGHEST
from journal_tui.store.passphrase import remove_passphrase
from journal_tui.store.records import commitment_to_document, entry_to_document
from journal_tui.store.storage import LogDB
from journal_tui.store.vault import Key, Vault
from journal_tui.world import World, open_world
from tests.store.sample import NOW, entry, promise

PASSPHRASE = "four walls of paper"


def chained(*rests: bytes, prev: bytes = b"0" * 32) -> bytes:
    """Lines with these ends, each with the checksum it needs."""
    lines = []
    for rest in rests:
        digits = sha256(prev + rest).hexdigest()[:32].encode()
        lines.append(b'{"prev":"%s","sum":"%s",%s\n' % (prev, digits, rest))
        prev = digits
    return b"".join(lines)


def first_line(device: object = "evil", **said: object) -> bytes:
    words = {"seq": 0, "journal-tui log": 2, "device": device, "vault": "", "begun": "2026-03-01"} | said
    return json.dumps(words, separators=(",", ":")).encode()[1:]


def adding(text: str = "Forged.", *, seq: bytes = b"7", **odd: bytes) -> bytes:
    """A commit that adds an entry, with some parts of it as they should not be."""
    document = json.dumps(entry_to_document(entry("e9", text))).encode()
    part = {"head": b'["entries","r9",9', "raw": document, "note": b'{"what":"add"}'} | odd
    return b'"seq":%s,"at":"2026-03-01T20:30:00+00:00","note":%s,"ops":[%s,\t%s\t]]}' % (
        seq, part["note"], part["head"], part["raw"],
    )  # fmt: skip


def texts(journal: Journal) -> list[str]:
    return [e.text for e in journal.entries()]


def opened(folder: Path, key: Key | None = None, device: str = "one") -> Journal:
    return Journal(folder, key=key, device=device, clock=lambda: NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain journal of the device "one"."""
    folder = tmp_path / "data"
    opened(folder).add(entry("e1", "First."), commitments=[promise("c1", "e1")])
    return folder


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """An encrypted one, open, with entries of two devices."""
    world = open_world(Paths(data=tmp_path / "data", config=tmp_path), lambda: NOW)
    opened(world.paths.data).add(entry("e1", "First."))
    opened(world.paths.data, device="two").add(entry("e2", "Second."))
    monkeypatch.setenv("JOURNAL_TUI_DEVICE", "one")
    world.set_passphrase(PASSPHRASE)
    return world


def anew(world: World) -> World:
    """The same folder, opened as by another program."""
    other = open_world(world.paths, lambda: NOW)
    if other.has_passphrase:
        other.unlock(PASSPHRASE)
    return other


# -- odd lines -------------------------------------------------------------------------------------

DEEP = b"[" * 100_000
HEADS: dict[str, bytes] = {
    "a table that is a list": b'[["a"],"r9",9',
    "a table that is a number": b'[5,"r9",9',
    "a record that is a list": b'["entries",["\\u0041"],9',
    "a record that is a number": b'["entries",5,9',
    "a number that is a text": b'["entries","r9","x"',
    "a number with a point": b'["entries","r9",1.5',
    "a number below one": b'["entries","r9",-1',
    "a number without end": b'["entries","r9",' + b"9" * 5000,
    "a number too high": b'["entries","r9",' + b"9" * 4299,
    "a record that is no UTF-8": b'["entries","\xff\xfe",9',
    "too few": b"[1",
    "too deep": b"[" + DEEP,
    "nothing": b"",
}
RAWS: dict[str, bytes] = {
    "no JSON": b"{nope",
    "no UTF-8": b'{"id":"\xff"}',
    "too deep": DEEP,
    "a list": b"[]",
    "thrown away at no time": b'{"id":"e9","created":"2026-03-01T20:30:00+00:00","deleted":true}',
    "thrown away without a zone": b'{"id":"e9","created":"2026-03-01T20:30:00+00:00","deleted":"2026-03-01T20:30:00"}',
}
NOTES = {"too deep": DEEP, "a text": b'"add"', "a number": b"1e999"}
LINES: dict[str, bytes] = {
    **{f"op: {name}": chained(first_line(), adding(head=head)) for name, head in HEADS.items()},
    **{f"document: {name}": chained(first_line(), adding(raw=raw)) for name, raw in RAWS.items()},
    **{f"note: {name}": chained(first_line(), adding(note=note)) for name, note in NOTES.items()},
    "no tabs": chained(first_line(), adding().replace(b"\t", b" ")),
    "a prev that is not ASCII": chained(adding(), prev=b"\xff" * 32),
    "a first line that is a list": chained(b'"seq":0,"journal-tui log":[2]}'),
    "a format without end": chained(first_line(**{"journal-tui log": float("inf")})),
    "a first line too deep": chained(b'"seq":0,"x":' + DEEP),
    "a device that is a number": chained(first_line(device=5)),
    "nothing": b"",
    "line feeds": b"\n" * 50,
    "zeros": b"\x00" * 5000,
}


@pytest.mark.parametrize("content", LINES.values(), ids=LINES.keys())
def test_an_odd_line_does_no_harm(folder: Path, content: bytes) -> None:
    opened(folder).delete(["e1"])
    opened(folder).trash.put_back(["e1"])
    (folder / "evil.log").write_bytes(content)
    assert "First." in texts(opened(folder))
    opened(folder).add(entry("e5", "New."))
    journal = opened(folder)
    assert {"First.", "New."} <= set(texts(journal))
    journal.trash.all(), journal.history("e1"), journal.check(), journal.promises.all()
    journal.steps.undo()
    assert [thrown.entry.text for thrown in opened(folder).trash.all()] == ["New."]
    journal.trash.erase(["e1"])
    assert not any(b"First." in path.read_bytes() for path in folder.glob("*.log"))


BAD_NUMBERS = (
    *(b"0", b"-1", b"+5", b"05", b"1_0", b" 5", b"5.0", b"1e3", b'"5"', b"null"),
    *(b"9007199254740992", b"9" * 5000),
)


@pytest.mark.parametrize("number", BAD_NUMBERS, ids=lambda number: number.decode()[:20])
def test_a_number_that_others_would_read_otherwise_is_none(folder: Path, number: bytes) -> None:
    (folder / "evil.log").write_bytes(chained(first_line(), adding(seq=number)))
    assert texts(opened(folder)) == ["First."]
    (told,) = opened(folder).troubles
    assert "is damaged" in told
    assert [p.what for p in opened(folder).check().problems if "has no number" in p.what]


@pytest.mark.parametrize("blank", [b"\\n", b" ", b"="])
def test_a_box_is_written_in_one_way_alone(world: World, blank: bytes) -> None:
    log = world.paths.data / "two.log"
    *lines, last = log.read_bytes().splitlines(keepends=True)
    box = last[84:].rstrip(b"\n").replace(b'"}', blank + b'"}')
    log.write_bytes(b"".join(lines) + chained(box, prev=last[9:41]))
    assert texts(anew(world).journal) == ["First."]


def test_an_encrypted_line_after_none_that_can_be_is_told(world: World) -> None:
    log = world.paths.data / "two.log"
    log.write_bytes(log.read_bytes() + chained(b'"seq":9,"box":"AAAA"}', prev=b"\xff" * 32))
    journal = anew(world).journal
    assert texts(journal) == ["First.", "Second."]
    (told,) = journal.troubles
    assert "is damaged" in told


# -- the highest number ----------------------------------------------------------------------------


def test_no_entry_is_written_that_could_not_be_read(folder: Path, tmp_path: Path) -> None:
    evil = folder / "evil.log"
    evil.write_bytes(chained(first_line(), adding(seq=b"%d" % HIGHEST)))
    before = (folder / "one.log").read_bytes()
    with pytest.raises(JournalError, match=r"evil.log claims to hold commit 9007199254740991, the last there can be"):
        opened(folder).add(entry("e5", "New."))
    assert (folder / "one.log").read_bytes() == before
    assert sorted(texts(opened(folder))) == ["First.", "Forged."]
    shutil.move(evil, tmp_path)
    assert opened(folder).restore(tmp_path / "evil.log").brought == 1
    opened(folder).add(entry("e5", "New."))
    assert sorted(texts(opened(folder))) == ["First.", "Forged.", "New."]


HEAD_FILES = {
    "without end": b'{"seq":1e999}',
    "too deep": b"[" * 4000,
    "below": b'{"seq":-1}',
    "true": b'{"seq":true}',
    "a text": b'{"seq":"5"}',
    "too high": b'{"seq":9007199254740992}',
    "a list": b"[5]",
    "torn": b'{"seq',
}


@pytest.mark.parametrize("content", HEAD_FILES.values(), ids=HEAD_FILES.keys())
def test_an_odd_head_does_no_harm(folder: Path, content: bytes) -> None:
    (folder / "one.head").write_bytes(content)
    opened(folder).add(entry("e5", "New."))
    assert texts(opened(folder)) == ["First.", "New."]
    assert opened(folder).troubles == ()


def test_a_head_that_claims_the_highest_number_is_told(folder: Path) -> None:
    (folder / "one.head").write_bytes(b'{"seq":9007199254740991}')
    with pytest.raises(JournalError, match=r"one.head claims to hold commit 9007199254740991"):
        opened(folder).add(entry("e5", "New."))
    (folder / "one.head").unlink()
    opened(folder).add(entry("e5", "New."))
    assert texts(opened(folder)) == ["First.", "New."]


def test_a_head_without_the_key_tells_nothing(world: World) -> None:
    (world.paths.data / "one.head").write_bytes(b'{"seq":9007199254740991}')
    anew(world).journal.add(entry("e5", "New."))
    assert texts(anew(world).journal) == ["First.", "Second.", "New."]
    assert anew(world).journal.troubles == ()


# -- the first line --------------------------------------------------------------------------------

FIRST_LINES = {
    "whole": lambda log: log,
    "damaged": lambda log: log[:100] + b"#" + log[101:],
    "missing": lambda log: log.partition(b"\n")[2],
}
each_first_line = pytest.mark.parametrize("change", FIRST_LINES.values(), ids=FIRST_LINES.keys())


@each_first_line
def test_a_plain_line_in_an_encrypted_log_is_not_taken(world: World, change: Any) -> None:
    log = world.paths.data / "two.log"
    last = log.read_bytes().splitlines()[-1]
    log.write_bytes(change(log.read_bytes()) + chained(adding(), prev=last[50:82]))
    journal = anew(world).journal
    assert texts(journal) == ["First.", "Second."]
    assert any("is damaged" in line for line in journal.troubles)
    journal.add(entry("e5", "New."))
    journal.trash.erase(["e5"])
    assert texts(anew(world).journal) == ["First.", "Second."]
    assert anew(world).journal.troubles == ()
    files = [*world.paths.data.glob("*.log"), *(world.paths.data / "quarantine").iterdir()]
    assert not any(b"Forged." in path.read_bytes() for path in files)


@each_first_line
@pytest.mark.parametrize("way", ["erase", "restore", "passphrase remove", "passphrase change"])
def test_writing_encrypted_logs_anew_keeps_every_commit(world: World, change: Any, way: str) -> None:
    world.journal.add(entry("e3", "To be gone."))
    copy = world.journal.backup()
    for name in ("one.log", "two.log"):
        log = world.paths.data / name
        log.write_bytes(change(log.read_bytes()))
    other = anew(world)
    if way == "erase":
        other.journal.trash.erase(["e3"])
    elif way == "restore":
        other.restore(copy, lambda: PASSPHRASE)
    elif way == "passphrase remove":
        other.remove_passphrase()
    else:
        other.change_passphrase(PASSPHRASE)
    left = ["First.", "Second."] if way == "erase" else ["First.", "Second.", "To be gone."]
    assert texts(anew(world).journal) == left
    logs = [path.read_bytes() for path in world.paths.data.glob("*.log")]
    assert any(b"First." in log for log in logs) == (way == "passphrase remove")
    if way != "passphrase change":
        assert anew(world).journal.troubles == ()


@each_first_line
@pytest.mark.parametrize("way", ["erase", "passphrase set"])
def test_writing_plain_logs_anew_keeps_every_commit(folder: Path, change: Any, way: str) -> None:
    opened(folder).add(entry("e2", "Second."))
    opened(folder).add(entry("e3", "To be gone."))
    log = folder / "one.log"
    log.write_bytes(change(log.read_bytes()))
    world = open_world(Paths(data=folder, config=folder.parent), lambda: NOW)
    if way == "erase":
        world.journal.trash.erase(["e3"])
    else:
        world.set_passphrase(PASSPHRASE)
    left = ["First.", "Second."] if way == "erase" else ["First.", "Second.", "To be gone."]
    assert texts(anew(world).journal) == left
    assert anew(world).journal.troubles == ()
    assert (b"First." in log.read_bytes()) == (way == "erase")


# -- plain logs in an encrypted journal ------------------------------------------------------------


def test_a_plain_log_in_an_encrypted_journal_is_told_and_only_brought_in_when_asked(world: World) -> None:
    evil = world.paths.data / "evil.log"
    evil.write_bytes(chained(first_line(), adding("Mine after all.")))
    before = evil.read_bytes()
    journal = anew(world).journal
    assert texts(journal) == ["First.", "Second."]
    (told,) = journal.troubles
    assert f"{evil} is not encrypted and was not read: if it is yours, journal-tui restore {evil} brings" in told
    journal.add(entry("e5", "New."))
    journal.trash.erase(["e5"])
    anew(world).change_passphrase(PASSPHRASE)
    assert evil.read_bytes() == before
    assert journal.restore(evil).brought == 1
    evil.unlink()
    assert texts(anew(world).journal) == ["First.", "Second.", "Mine after all."]
    assert not any(b"Mine" in path.read_bytes() for path in world.paths.data.glob("*.log"))


def test_a_plain_log_that_lay_there_is_not_brought_in_with_a_backup(world: World) -> None:
    evil = world.paths.data / "evil.log"
    evil.write_bytes(chained(first_line(), adding(), adding("Twice.", seq=b"8", head=b'["entries","r1",9')))
    copy = anew(world).journal.backup()
    anew(world).journal.add(entry("e5", "New."))
    anew(world).journal.trash.erase(["e5"])
    evil.unlink()
    assert anew(world).restore(copy, lambda: PASSPHRASE).brought == 0
    assert texts(anew(world).journal) == ["First.", "Second."]


def test_a_plain_log_of_this_device_is_never_written_in_an_encrypted_journal(world: World) -> None:
    own = world.paths.data / "one.log"
    own.write_bytes(chained(first_line("one"), adding()))
    before = own.read_bytes()
    with pytest.raises(JournalError, match=r"one.log is not encrypted, the journal is: move it out of the folder"):
        anew(world).journal.add(entry("e5", "Private."))
    assert own.read_bytes() == before
    assert texts(anew(world).journal) == ["Second."]
    own.unlink()
    anew(world).journal.add(entry("e5", "Private."))
    assert texts(anew(world).journal) == ["Second.", "Private."]
    assert b"Private." not in own.read_bytes()


def test_only_a_folder_that_is_turning_reads_both(world: World, tmp_path: Path) -> None:
    data, file = world.paths.data, world.paths.vault
    (data / "evil.log").write_bytes(chained(first_line(), adding("Plain yet.")))
    vault = Vault.read(file)
    assert vault is not None
    logs = {path.stem: sha256(path.read_bytes()).hexdigest() for path in data.glob("*.log")}
    vault.turned(vault.unlock(PASSPHRASE), "in", logs).write(file)
    replayed = file.read_bytes()
    assert texts(anew(world).journal) == ["First.", "Second.", "Plain yet."]
    assert not any(b"Plain yet." in path.read_bytes() for path in data.rglob("*") if path.is_file())

    (data / "evil2.log").write_bytes(chained(first_line("evil2"), adding("Forged.", head=b'["entries","r8",8')))
    content = json.loads(file.read_bytes())
    file.write_text(json.dumps({**content, "turning": "in"}))
    with pytest.raises(JournalError, match=r"vault.json was changed by another program"):
        anew(world)
    file.write_bytes(replayed)
    assert texts(anew(world).journal) == ["First.", "Second.", "Plain yet."]
    assert b"Forged." in (data / "evil2.log").read_bytes()


def test_an_old_vault_that_was_about_to_be_removed_decrypts_nothing(world: World) -> None:
    data, file = world.paths.data, world.paths.vault
    vault = Vault.read(file)
    assert vault is not None
    logs = {path.stem: sha256(path.read_bytes()).hexdigest() for path in data.glob("*.log")}
    replayed = vault.turned(vault.unlock(PASSPHRASE), "out", logs).to_bytes()
    anew(world).journal.add(entry("e5", "Since."))
    file.write_bytes(replayed)
    with pytest.raises(JournalError, match=r"vault.json is an old copy"):
        anew(world)
    assert not any(b"Since." in path.read_bytes() for path in data.rglob("*") if path.is_file())


def test_a_file_of_the_format_before_is_not_taken_into_an_encrypted_journal(world: World) -> None:
    forged = {"entries": {"1": entry_to_document(entry("e5", "Forged."))}}
    (world.paths.data / "journal.json").write_text(json.dumps(forged))
    for log in world.paths.data.glob("*.log"):
        log.unlink()
    journal = anew(world).journal
    assert texts(journal) == []
    assert any("journal.json is not encrypted and was not read" in told for told in journal.troubles)
    journal.add(entry("e6", "Mine."))
    assert texts(anew(world).journal) == ["Mine."]


def test_an_id_that_is_a_path_is_no_id(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "outside.edit").write_text("mine")
    for number, id in enumerate(["../outside", "**x", "a" * 300, "a\nb", ""]):
        LogDB(tmp_path / "data").table("entries").insert(entry_to_document(entry(id, f"Text {number}.")))
    journal = Journal(tmp_path / "data")
    assert journal.entries() == []
    assert len(journal.unreadable) == 5


# -- erased ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("eraser", "editor"), [("a", "z"), ("z", "a")])
@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "encrypted"])
def test_erased_holds_whatever_another_device_wrote_since(
    tmp_path: Path, eraser: str, editor: str, is_sealed: bool
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    key = None
    if is_sealed:
        vault, key = Vault.create(PASSPHRASE)
        here.mkdir()
        vault.write(here / "vault.json")
    opened(here, key, editor).add(entry("e1", "To be gone."), commitments=[promise("c1", "e1", text="To be gone too.")])
    shutil.copytree(here, there)
    opened(here, key, eraser).trash.erase(["e1"])
    for text in ("Edited since.", "And once more."):
        opened(there, key, editor).replace(entry("e1", text))
    shutil.copy(there / f"{editor}.log", here)
    journal = opened(here, key, eraser)
    assert (texts(journal), journal.trash.all(), journal.promises.all()) == ([], [], [])
    opened(here, key, editor).add(entry("e2", "New."))
    assert texts(opened(here, key, eraser)) == ["New."]
    assert opened(here, key, eraser).troubles == ()
    if key:
        remove_passphrase(here, key)
    logs = b"".join(path.read_bytes() for path in here.glob("*.log"))
    assert [words for words in (b"gone", b"since", b"once more") if words in logs] == []
    assert b"New." in logs


def test_erasing_cleans_the_file_of_format_1_and_quarantine(tmp_path: Path) -> None:
    old = {
        "about": {"1": {"program": "journal-tui", "format": 1}},
        "entries": {str(n): entry_to_document(entry(f"e{n}aaaaaa", f"Words {n}.")) for n in (1, 2)},
        "history": {
            "1": {"entry": "e1aaaaaa", "document": entry_to_document(entry("e1aaaaaa", "Words 1 before."))},
        },
        "commitments": {"1": commitment_to_document(promise("e1aaaaaa-p", "e1aaaaaa", text="Words 1 promised."))},
    }
    (tmp_path / "journal.json").write_text(json.dumps(old))
    opened(tmp_path).replace(entry("e1aaaaaa", "Words 1 damaged."))
    log = tmp_path / "one.log"
    log.write_bytes(log.read_bytes().replace(b"damaged", b"d4maged"))
    opened(tmp_path).add(entry("e3aaaaaa", "Words 3."))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(b"Words 1" in path.read_bytes() for path in files) == 3
    opened(tmp_path).trash.erase(["e1aaaaaa"])
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"Words 1" in path.read_bytes() for path in files)
    (kept,) = (tmp_path / "backups").glob("*.json")
    assert [entry["id"] for entry in json.loads(kept.read_bytes())["entries"].values()] == ["e2aaaaaa"]
    assert texts(opened(tmp_path)) == ["Words 2.", "Words 3."]
