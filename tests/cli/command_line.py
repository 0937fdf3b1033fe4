"""The program run as a person runs it: in a process of its own, with nothing of this machine around it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
import pytest

from journal_tui.cli.main import main
from journal_tui.cli.reading import entry_to_json
from journal_tui.store.journal import Journal
from journal_tui.store.search import Filter
from tests.conftest import MIDDLE_EUROPE

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Result:
    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def id(self) -> str:
        """The last line, where an id is printed."""
        return self.out.splitlines()[-1]


def only_line(code: object, expected: int, out: str, err: str) -> str:
    """The one line that says why something was not done."""
    assert (code, out) == (expected, ""), err
    assert err.startswith("journal-tui: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    return err.removeprefix("journal-tui: ").rstrip("\n")


class Cli:
    """Runs commands in one home."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.folder = folder
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "user"),
            "XDG_DATA_HOME": str(folder / "xdg-data"),
            "XDG_CONFIG_HOME": str(folder / "xdg-config"),
            "PYTHONPATH": str(ROOT),
            "TZ": MIDDLE_EUROPE,
            "LC_ALL": "C.UTF-8",
        }

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "journal_tui", "--home", str(self.home)]

    def __call__(
        self, *arguments: str | bytes, input: str | bytes | None = None, env: dict[str, str] | None = None
    ) -> Result:
        """Runs one command; without `input`, standard input is empty."""
        done = subprocess.run(
            [*self.command, *arguments],
            input=input.encode() if isinstance(input, str) else input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            env=self.env | (env or {}),
            cwd=self.folder,
            timeout=60,
            check=False,
            # The terminal from which the tests are run is out of reach: nothing can be asked there.
            start_new_session=True,
        )
        return Result(done.returncode, done.stdout, done.stderr.decode())

    def ok(self, *arguments: str | bytes, **how: Any) -> Result:
        """Runs one command that has nothing to complain about."""
        result = self(*arguments, **how)
        assert result.code == 0, result.err
        return result

    def refused(self, *arguments: str | bytes, code: int = 2, **how: Any) -> str:
        """Runs one command that cannot be done; the one line that says why."""
        result = self(*arguments, **how)
        return only_line(result.code, code, result.out, result.err)

    def refused_here(self, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
        """As `refused`, in this process: for many cases where the process is not the point."""
        with pytest.raises(SystemExit) as end:
            main(["--home", str(self.home), *arguments])
        return only_line(end.value.code, code, *capsys.readouterr())

    def secret(self, passphrase: str, name: str = "secret") -> str:
        """A file whose first line is `passphrase`."""
        file = self.folder / f"{name}.txt"
        file.write_text(f"{passphrase}\n")
        return str(file)

    def files(self) -> dict[str, bytes]:
        """Everything in the data folder, byte for byte: of links where they lead, of zip files what is in them too. Not
        the headings, which reading may write."""
        data = self.home / "data"
        found: dict[str, bytes] = {}
        for path in sorted(path for path in data.rglob("*") if not path.name.startswith("headings-")):
            name = str(path.relative_to(data))
            if path.is_symlink():
                found[name] = str(path.readlink()).encode()
            elif path.is_file():
                found[name] = path.read_bytes()
                if zipfile.is_zipfile(path):
                    with zipfile.ZipFile(path) as archive:
                        found |= {f"{name}/{inner}": archive.read(inner) for inner in archive.namelist()}
        return found

    def entries(self) -> list[dict[str, Any]]:
        """All entries, newest first, as ``list --json`` prints them; read here, which takes a hundredth of the time."""
        found = Journal(self.home / "data").find(Filter())
        entries: list[dict[str, Any]] = json.loads(json.dumps([entry_to_json(entry) for entry in found]))
        return entries

    def spawn(self, *arguments: str, env: dict[str, str] | None = None) -> pexpect.spawn[str]:
        """One command begun in a terminal of 80x24."""
        environment = self.env | {"TERM": "xterm-256color"} | (env or {})
        command = [*self.command, *arguments]
        return pexpect.spawn(
            command[0], command[1:], env=environment, encoding="utf-8", timeout=40, dimensions=(24, 80)
        )

    def in_terminal(self, *arguments: str, code: int = 0, env: dict[str, str] | None = None) -> str:
        """What one command shows in a terminal."""
        child = self.spawn(*arguments, env=env)
        shown = str(child.read())
        child.close()
        assert child.exitstatus == code, shown
        return shown.replace("\r\n", "\n")

    def on_path(self) -> dict[str, str]:
        """An environment in which `journal-tui` is this program, with the home of this object."""
        folder = self.folder / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "journal-tui"
        program.write_text(f'#!/bin/sh\nexec {shlex.join(self.command[:-2])} "$@"\n')
        program.chmod(0o755)
        return self.env | {"PATH": f"{folder}{os.pathsep}{self.env['PATH']}", "JOURNAL_TUI_HOME": str(self.home)}

    def editor(self, script: str) -> dict[str, str]:
        """An environment whose editor runs this Python on the file `path`."""
        program = self.folder / "editor.py"
        program.write_text(f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{script}\n")
        return {"EDITOR": f"{sys.executable} {program}"}
