"""All packs together: ours and the user's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from journal_tui.model import JournalError, Pillar
from journal_tui.packs.library import Library, load_library, pack_files
from journal_tui.paths import bundled_packs


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return tmp_path / "ours"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def write(folder: Path, file: str, id: str, *prompts: str, more: str = "") -> None:
    folder.mkdir(exist_ok=True)
    asks = "".join(f"  - {{id: {prompt}, ask: About {prompt}?}}\n" for prompt in prompts or ("one",))
    (folder / file).write_text(f"id: {id}\ntitle: T\n{more}prompts:\n{asks}")


def asks(library: Library, choice: str) -> list[str]:
    return [prompt.id for prompt in library.for_session(choice).prompts]


def test_no_folder_no_packs(ours: Path, own: Path) -> None:
    assert load_library(ours, own) == load_library(ours) == Library({})


def test_a_broken_pack_is_left_out_and_told(ours: Path, own: Path) -> None:
    write(ours, "trust.yaml", "trust", more="pillar: trust\n")
    write(own, "good.yml", "good")
    (own / "bad.yaml").write_text("id: [")
    (own / "folder.yaml").mkdir()
    (own / "notes.txt").write_text("not a pack")
    (own / ".hidden.yaml").write_text("id: [")
    library = load_library(ours, own)
    assert set(library.packs) == {"trust", "good"}
    assert (library.packs["trust"].own, library.packs["good"].own) == (False, True)
    assert [Path(fault.file).name for fault in library.faults] == ["bad.yaml", "folder.yaml"]
    assert "cannot be read" in library.faults[1].message


def test_the_users_pack_takes_the_place_of_ours(ours: Path, own: Path) -> None:
    write(ours, "trust.yaml", "trust", "ours", more="pillar: trust\n")
    write(own, "mine.yaml", "trust", "mine")
    library = load_library(ours, own)
    assert library.replaced == {"trust"}
    assert not library.faults
    assert asks(library, Pillar.TRUST) == ["trust/mine"]
    assert library.packs["trust"].pillar is Pillar.TRUST


def test_an_id_belongs_to_the_first_file(ours: Path, own: Path) -> None:
    write(own, "a.yaml", "same", "first")
    write(own, "b.yaml", "same", "second")
    library = load_library(ours, own)
    assert asks(library, "same") == ["same/first"]
    assert f'b.yaml:1:1: pack id "same" is already taken by {own / "a.yaml"}' in str(library.faults[0])


def test_packs_on_a_pillar_add_to_ours(ours: Path, own: Path) -> None:
    closing = "pillar: trust\nclosing: [{id: end, ask: Why?, kind: text}]\n"
    write(ours, "trust.yaml", "trust", "one", more=closing)
    write(own, "a.yaml", "more", "one", more=closing)
    write(own, "b.yaml", "apart", "one")
    library = load_library(ours, own)
    pack = library.for_session(Pillar.TRUST)
    assert pack.id == "trust"
    assert [prompt.id for prompt in (*pack.prompts, *pack.closing)] == [
        "trust/one",
        "more/one",
        "trust/end",
        "more/end",
    ]
    assert asks(library, "trust") == ["trust/one", "more/one"]
    assert asks(library, "more") == ["more/one"]
    assert library.session_packs()["trust"] == pack
    assert library.session_packs()["apart"] == library.get("apart")


def test_a_pack_that_is_not_there(ours: Path) -> None:
    write(ours, "evening.yaml", "evening")
    library = load_library(ours)
    with pytest.raises(
        JournalError, match=r'no pack "evenings" \(did you mean "evening"\?\): `journal-tui packs list`'
    ):
        library.for_session("evenings")
    with pytest.raises(JournalError, match="no pack on trust: `journal-tui packs check` says why"):
        library.for_session(Pillar.TRUST)


def test_pillars_come_first_and_in_their_order(tmp_path: Path) -> None:
    for name in ("zebra.yaml", "win-win.yaml", "apple.yaml", "respect.yml", "trust.yaml"):
        (tmp_path / name).touch()
    assert [path.stem for path in pack_files(tmp_path)] == ["respect", "trust", "win-win", "apple", "zebra"]
    assert pack_files(None) == pack_files(tmp_path / "none") == []


def test_every_bundled_pillar_survives_a_broken_neighbour(tmp_path: Path) -> None:
    ours = Path(shutil.copytree(bundled_packs(), tmp_path / "ours"))
    (ours / "trust.yaml").write_text("id: trust\ntitle: [\n")
    library = load_library(ours)
    assert set(Pillar) - set(library.packs) == {Pillar.TRUST}
    assert len(library.faults) == 1
