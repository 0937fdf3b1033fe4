"""What is written is its owner's alone, whatever the umask, and goes nowhere else through a link."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_tui.model import JournalError
from journal_tui.paths import find_paths
from journal_tui.world import open_world
from tests.cli.command_line import Cli
from tests.faults.scenarios import OLD, draft, of_format_1, opened, torn
from tests.store.sample import entry


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path)
    cli.env["JOURNAL_TUI_DEVICE"] = "here"
    return cli


@pytest.fixture
def no_mask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """Files that are not 0600, and folders that are not 0700."""
    wanted = ((path, 0o700 if path.is_dir() else 0o600) for path in [folder, *sorted(folder.rglob("*"))])
    found = [(path, path.lstat().st_mode & 0o777, mode) for path, mode in wanted]
    return [f"{path.relative_to(folder)} {mode:o}" for path, mode, right in found if mode != right]


@pytest.mark.usefixtures("no_mask")
@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "sealed"])
def test_without_a_umask_everything_is_private(cli: Cli, *, is_sealed: bool) -> None:
    data = cli.home / "data"
    seen: set[str] = set()

    def look() -> None:
        assert open_to_others(data) == []
        seen.update(path.name if path.is_dir() else path.suffix or path.name for path in data.rglob("*"))

    secret: list[str] = []
    id = cli.ok("add", "First words.").id
    look()
    if is_sealed:
        cli.ok("passphrase", "set", "--new-passphrase-file", cli.secret(OLD))
        secret = ["--passphrase-file", cli.secret(OLD)]
        look()
    cli.ok(*secret, "backup")
    cli.ok(*secret, "edit", id, env=cli.editor("path.write_text('Edited words.')"))
    cli.ok(*secret, "write", "trust", input="an answer\n")
    look()
    log = data / "here.log"
    log.write_bytes(log.read_bytes() + log.read_bytes()[:60])  # torn: to quarantine
    cli.ok(*secret, "add", "More words.")
    look()
    world = open_world(find_paths(cli.home))
    if is_sealed:
        world.unlock(OLD)
    world.drafts.save(draft("d1", "Draft words."))
    world.drafts.save_edit(id, "Edit words.")
    look()
    cli.ok(*secret, "delete", id, "--yes") if "--yes" in cli.ok("delete", "--help").out else cli.ok(
        *secret, "delete", id
    )
    world.journal.trash.erase([id])
    look()
    if is_sealed:
        world.change_passphrase("another one")
        look()
        world.remove_passphrase()
        look()
    assert {".log", ".head", ".zip", "lock", "backups", "quarantine", "drafts"} <= seen


@pytest.mark.usefixtures("no_mask")
def test_what_is_carried_over_and_kept_elsewhere_is_private(tmp_path: Path) -> None:
    home = tmp_path / "home"
    of_format_1(home)
    world = opened(home)
    world.journal.add(entry("e9", "New words."))
    to = world.journal.backup(tmp_path / "copy.zip")
    torn(lambda home: None, home)
    opened(home).journal.add(entry("e8", "Newer words."))
    assert open_to_others(home / "data") == []
    assert to.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "sealed"])
@pytest.mark.parametrize("name", ["here.log", "here.head", "lock", "vault.json", "."])
def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path, name: str, *, is_sealed: bool) -> None:
    home, target = tmp_path / "home", tmp_path / "target"
    world = opened(home)
    world.journal.add(entry("e1", "First words."))
    if is_sealed:
        world.set_passphrase(OLD)
    place = home / "data" / name
    if place.exists():
        (shutil.move if place.is_dir() else os.rename)(place, target)
    else:
        target.write_bytes(b"mine")
    place.symlink_to(target)
    before = contents(target)

    def use() -> None:
        world = opened(home)
        if world.has_passphrase:
            world.unlock(OLD)
        world.journal.add(entry("e2", "New words."))

    if name == "here.head":
        use()  # only a hint: it is left alone, and the entry is kept
    else:
        with pytest.raises(JournalError) as error:
            use()
        assert len(str(error.value).splitlines()) == 1
    assert contents(target) == before
    assert place.is_symlink()


def contents(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(inner for inner in path.rglob("*") if inner.is_file())
    return {str(file): file.read_bytes() for file in files}
