"""A data folder that is not as it should be: one clear line, nothing written, nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.command_line import Cli

PASSPHRASE = "four walls of paper"
READING = (["list"], ["show", "abc"], ["history", "abc"], ["trash"], ["insights"])
WRITING = (["add", "more"], ["delete", "abc"], ["undo"], ["write", "free"])


@pytest.fixture
def kept(cli: Cli) -> Cli:
    """A plain journal with two entries."""
    for text in ("the first entry", "the second entry"):
        cli.ok("add", text)
    return cli


@pytest.fixture
def sealed(kept: Cli) -> Cli:
    kept.ok("backup")
    kept.ok("passphrase", "set", "--new-passphrase-file", kept.secret(PASSPHRASE))
    return kept


def log(cli: Cli) -> Path:
    [path] = (cli.home / "data").glob("*.log")
    return path


def refused_everywhere(cli: Cli, *what: str, before: tuple[str, ...] = ()) -> None:
    """Every command says the same in one line and leaves every byte as it is."""
    files = cli.files()
    for arguments in (*READING, *WRITING):
        line = cli.refused(*before, *arguments, code=1, input="words\n")
        for part in what:
            assert part in line, (arguments, line)
    assert cli.files() == files


def texts(cli: Cli, *before: str) -> set[str]:
    return {entry["text"] for entry in cli.ok(*before, "list", "--json").json}


# -- the vault -------------------------------------------------------------------------------------


def test_the_vault_is_missing(sealed: Cli) -> None:
    vault = sealed.home / "data" / "vault.json"
    content = vault.read_bytes()
    vault.unlink()
    refused_everywhere(sealed, "vault.json", "missing", "restore")
    refused_everywhere(sealed, "vault.json", before=("--passphrase-file", sealed.secret(PASSPHRASE)))
    vault.write_bytes(content)
    assert len(texts(sealed, "--passphrase-file", sealed.secret(PASSPHRASE))) == 2


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_the_vault_is_cut(sealed: Cli, share: float) -> None:
    vault = sealed.home / "data" / "vault.json"
    content = vault.read_bytes()
    vault.write_bytes(content[: int((len(content) - 2) * share)])
    secret = ("--passphrase-file", sealed.secret(PASSPHRASE))
    refused_everywhere(sealed, "vault.json", "damaged", "restore", before=secret)
    vault.write_bytes(content)
    assert len(texts(sealed, *secret)) == 2


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_lost_vault_comes_back_from_a_backup(sealed: Cli, damage: str) -> None:
    secret = ("--passphrase-file", sealed.secret(PASSPHRASE))
    backup = sealed.ok(*secret, "backup", "--to", str(sealed.folder / "mine.zip")).out.strip()
    vault = sealed.home / "data" / "vault.json"
    if damage == "cut":
        vault.write_bytes(vault.read_bytes()[:100])
    else:
        vault.unlink()
    sealed.ok(*secret, "restore", backup)
    assert texts(sealed, *secret) == {"the first entry", "the second entry"}


def test_the_vault_is_something_else(sealed: Cli) -> None:
    vault = sealed.home / "data" / "vault.json"
    secret = ("--passphrase-file", sealed.secret(PASSPHRASE))
    vault.rename(sealed.folder / "vault.json")
    vault.symlink_to(sealed.folder / "vault.json")
    refused_everywhere(sealed, "vault.json", before=secret)
    vault.unlink()
    vault.mkdir()
    refused_everywhere(sealed, "vault.json", before=secret)
    vault.rmdir()
    newer = json.loads((sealed.folder / "vault.json").read_text())
    vault.write_text(json.dumps(newer | {"journal-tui vault": 2}))
    refused_everywhere(sealed, "newer", before=secret)


# -- the logs --------------------------------------------------------------------------------------


def test_a_log_from_a_newer_version(kept: Cli) -> None:
    """Its first line is as docs/format.md describes it, but for the number."""
    rest = b'"seq":0,"journal-tui log":99,"device":"elsewhere","vault":"","begun":"2031-01-01"}'
    start = b"0" * 32
    sum = hashlib.sha256(start + rest).hexdigest()[:32].encode()
    newer = kept.home / "data" / "elsewhere.log"
    newer.write_bytes(b'{"prev":"%s","sum":"%s",%s\n' % (start, sum, rest))
    refused_everywhere(kept, "newer", "elsewhere.log", "99")
    newer.unlink()
    assert texts(kept) == {"the first entry", "the second entry"}


def test_two_logs_claim_one_device(kept: Cli) -> None:
    """As a folder-syncing tool leaves them: one of the two has more in it."""
    copy = kept.home / "data" / f"{log(kept).stem}-conflict.log"
    shutil.copy(log(kept), kept.folder / "copy.log")
    kept.ok("add", "only in the one")
    (kept.folder / "copy.log").rename(copy)
    refused_everywhere(kept, copy.name, "device", "restore")
    aside = kept.folder / copy.name
    copy.rename(aside)
    assert len(texts(kept)) == 3
    kept.ok("restore", str(aside))
    assert len(texts(kept)) == 3


@pytest.mark.parametrize("what", ["folder", "link", "pipe"])
def test_something_else_in_the_place_of_a_log(kept: Cli, what: str) -> None:
    path = log(kept)
    path.rename(kept.folder / "moved.log")
    if what == "folder":
        path.mkdir()
    elif what == "link":
        path.symlink_to(kept.folder / "moved.log")
    else:
        os.mkfifo(path)
    for arguments in (*READING, *WRITING):
        assert path.name in kept.refused(*arguments, code=1, input="words\n")
    path.rmdir() if what == "folder" else path.unlink()
    (kept.folder / "moved.log").rename(path)
    assert texts(kept) == {"the first entry", "the second entry"}


def test_a_log_of_three_gigabytes(kept: Cli) -> None:
    """A sparse file: it takes no room and no time."""
    path = log(kept)
    size = path.stat().st_size
    os.truncate(path, 3 * 2**30)
    for arguments in (*READING, *WRITING):
        line = kept.refused(*arguments, code=1, input="words\n")
        assert path.name in line
        assert "GB" in line
    assert path.stat().st_size == 3 * 2**30
    os.truncate(path, size)
    assert texts(kept) == {"the first entry", "the second entry"}


def test_a_line_that_is_damaged_is_left_out_and_told_and_nothing_else_is_lost(kept: Cli) -> None:
    kept.ok("add", "the third entry")
    path = log(kept)
    path.write_bytes(path.read_bytes().replace(b"second", b"sXcond"))
    result = kept.ok("list")
    assert ("the first entry" in result.out, "the third entry" in result.out) == (True, True)
    assert result.err.count("\n") == 1
    assert path.name in result.err
    kept.ok("add", "the fourth entry")
    assert texts(kept) == {"the first entry", "the third entry", "the fourth entry"}
    assert any(b"sXcond" in content for name, content in kept.files().items() if name.startswith("quarantine"))


# -- the folder ------------------------------------------------------------------------------------


def test_the_folder_is_a_link(kept: Cli) -> None:
    data = kept.home / "data"
    data.rename(kept.folder / "moved")
    data.symlink_to(kept.folder / "moved")
    refused_everywhere(kept, str(data), "link")
    data.unlink()
    (kept.folder / "moved").rename(data)
    assert len(texts(kept)) == 2


def apart(cli: Cli, script: str) -> subprocess.CompletedProcess[str]:
    """Runs shell lines where they may mount file systems that nobody else sees; ``$J`` is the program."""
    if (
        not shutil.which("unshare")
        or subprocess.run(
            ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("mounting is not allowed here")
    program = " ".join(cli.command)
    return subprocess.run(
        ["unshare", "-rm", "/bin/sh", "-c", f'J="{program}"\n{script}'],
        env=cli.env, capture_output=True, text=True, check=False, timeout=60, cwd=cli.folder, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_a_read_only_folder_is_read_and_not_written(kept: Cli) -> None:
    before = kept.files()
    done = apart(
        kept,
        f"""
        mount --bind {kept.home} {kept.home} && mount -o remount,bind,ro {kept.home}
        $J list && echo more | $J add; echo "code $?"
        """,
    )
    assert done.stdout.count("entry") == 2
    assert done.stdout.endswith("code 1\n")
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Read-only file system" in done.stderr
    assert kept.files() == before


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_full_disk_keeps_what_was_there_and_takes_more_when_there_is_room(cli: Cli, passphrase: str | None) -> None:
    """Words of growing length until they do not fit; each add that was acknowledged is there afterwards."""
    unlock = f"--passphrase-file {cli.secret(passphrase)}" if passphrase else ""
    cli.home.mkdir()
    done = apart(
        cli,
        f"""
        mount -t tmpfs -o size=96k none {cli.home}
        J="$J {unlock}"
        $J add first >&2
        {"$J passphrase set > /dev/null" if passphrase else ""}
        for size in 4000 8000 16000 32000 64000 100 16000; do
            head -c $size /dev/zero | tr '\\0' x | $J add > id 2> error && echo "kept $size" || cat error
        done
        rm {cli.home}/data/backups/* 2> /dev/null
        mount -o remount,size=1m {cli.home}
        $J add last > /dev/null && echo "kept 4"
        echo -- ; $J list --json; $J check >&2
        """,
    )
    said, _, listed = done.stdout.partition("--\n")
    kept = [int(line.split()[1]) for line in said.splitlines() if line.startswith("kept ")]
    refused = [line for line in said.splitlines() if not line.startswith("kept ")]
    assert refused, said
    assert all("No space left" in line and line.startswith("journal-tui: ") for line in refused), refused
    assert sorted(len(entry["text"]) for entry in json.loads(listed)) == sorted([5, *kept]), done.stderr
    assert "nothing is wrong" in done.stderr
