"""The command line beside jrnl 4.6 on the same entries, plain and encrypted, and beside an empty Python, as ratios.

    python -m benchmarks.cli [--runs 7] [--size 10000] [--large 20000] [--jrnl PATH_OF_JRNL]

jrnl gets an environment of its own, unless ``--jrnl`` names one that is there, and the settings it begins with. Its
journal is written as text and taken in by ``journal-tui import``. Every command is a process of its own and in turn
with those it is compared with; medians of what the clock on the wall says. jrnl asks for its password on standard
input; without a keyring it is as quick as it gets. A passphrase of ours costs a quarter of a second on purpose
(Argon2id), whatever the size of the journal.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

JRNL = "jrnl==4.6"
WORD = "heliotrope"
"""Stands in one entry of a hundred."""
SECRET = "correct horse battery staple"
QUICK, FASTER = 6.0, 10.0
"""What is aimed at: of `add` and `list` beside an empty Python, and of all beside jrnl."""

_CONFIG = """\
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals: {{default: {{journal: {journal}, encrypt: {encrypt}}}}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: v4.6
"""


class Command(NamedTuple):
    """What is run, and what it gets on standard input."""

    words: Sequence[str | Path]
    said: str = ""

    def run(self) -> str:
        """Its output.

        Raises:
            RuntimeError: it failed.
        """
        environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "NO_COLOR": "1"}
        for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "JOURNAL_TUI_HOME"):
            environment.pop(name, None)
        # In a session of its own it has no terminal, and passwords come from standard input.
        done = subprocess.run(
            self.words, input=self.said, capture_output=True, text=True, env=environment, start_new_session=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(map(str, self.words))}: {done.stderr[-400:]}")
        return done.stdout


def medians(commands: Sequence[Command], runs: int) -> list[float]:
    """Milliseconds of each, run in turn after one that is not counted."""
    took: list[list[float]] = [[] for _ in commands]
    for number in range(runs + 1):
        for command, times in zip(commands, took, strict=True):
            start = time.perf_counter()
            command.run()
            if number:
                times.append((time.perf_counter() - start) * 1000)
    return list(map(statistics.median, took))


def jrnl_text(count: int) -> str:
    """A journal of jrnl's, the same on every run."""
    chance = random.Random(7)
    syllables = [a + b for a in "bdfghklmnprstw" for b in ("a", "e", "i", "o", "u", "ar", "en", "ist", "ow")]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(3000)]
    moment, entries = datetime(1996, 1, 1, 8), []
    for number in range(count):
        moment += timedelta(hours=chance.randint(5, 20))
        text = " ".join(chance.choices(words, k=70)) + (f" {WORD}" if number % 100 == 50 else "")
        entries.append(
            f"[{moment:%Y-%m-%d %I:%M:%S %p}] {text[:40].strip().capitalize()}.\n{text} @{chance.choice(words)}\n\n"
        )
    return "".join(entries)


class Peer:
    """jrnl, with a journal at `folder`."""

    def __init__(self, program: Path, folder: Path, text: str, *, is_encrypted: bool) -> None:
        self._program = program
        self._said = ""
        self._config = folder / "jrnl.yaml"
        journal = folder / "jrnl.txt"
        journal.write_text(text)
        self._config.write_text(_CONFIG.format(journal=journal, encrypt="false"))
        if is_encrypted:
            self.command("--encrypt", said=f"{SECRET}\n{SECRET}\nn\n").run()
            self._said = f"{SECRET}\n"
            self._config.write_text(_CONFIG.format(journal=journal, encrypt="true"))
            assert WORD.encode() not in journal.read_bytes()

    def command(self, *words: str, said: str | None = None) -> Command:
        return Command([self._program, "--config-file", self._config, *words], self._said if said is None else said)


class Ours:
    """journal-tui, with a journal at `folder`."""

    def __init__(self, folder: Path, text: str, *, is_encrypted: bool) -> None:
        folder.mkdir()
        source, secret = folder / "jrnl.txt", folder / "secret"
        source.write_text(text)
        secret.write_text(SECRET)
        # As it is installed: `python -m` takes some milliseconds more.
        program = Path(sys.executable).with_name("journal-tui")
        self._words: list[str | Path] = [program] if program.exists() else [sys.executable, "-m", "journal_tui"]
        self._words += ["--home", folder / "home"]
        self.command("import", str(source)).run()
        if is_encrypted:
            self.command("passphrase", "set", "--new-passphrase-file", str(secret)).run()
            self._words += ["--passphrase-file", secret]

    def command(self, *words: str) -> Command:
        return Command([*self._words, *words])


def installed(folder: Path) -> Path:
    """jrnl, in an environment of its own."""
    venv.create(folder, with_pip=True)
    pip: list[str | Path] = [folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", JRNL]
    subprocess.run(pip, check=True)
    return folder / "bin" / "jrnl"


def compare(jrnl: Path, folder: Path, size: int, runs: int) -> None:
    """Each of what both do, side by side."""
    text = jrnl_text(size)
    for is_encrypted in (False, True):
        kind = "encrypted" if is_encrypted else "plain"
        home = folder / kind
        home.mkdir()
        peer = Peer(jrnl, home, text, is_encrypted=is_encrypted)
        ours = Ours(home / "ours", text, is_encrypted=is_encrypted)
        found = [len(peer.command("-contains", WORD, "--short").run().splitlines())]
        found.append(len(ours.command("search", WORD).run().splitlines()))
        print(f"\n{kind}, {size:,} entries; both find {found[0]:,} and {found[1]:,} entries with one word", flush=True)
        sides = {
            "add": (ours.command("add", "One more evening."), peer.command("One more evening.")),
            "search a word": (ours.command("search", WORD), peer.command("-contains", WORD, "--short")),
            "last ten": (ours.command("list", "--limit", "10"), peer.command("-n", "10", "--short")),
            "export as JSON": (
                ours.command("export", "--format", "json", "--to", "-", *(["--yes"] if is_encrypted else [])),
                peer.command("--export", "json"),
            ),
        }
        print(f"{'':24}{'journal-tui':>14}{'jrnl':>12}{'jrnl / ours':>14}{'aim':>8}")
        for what, commands in sides.items():
            mine, theirs = medians(commands, runs)
            ratio = theirs / mine
            print(f"{what:24}{mine:>11.0f} ms{theirs:>9.0f} ms{ratio:>13.1f}x{_met(ratio >= FASTER)}", flush=True)


def beside_python(folder: Path, size: int, runs: int) -> None:
    """What is done every day, beside a Python that does nothing."""
    ours = Ours(folder / "large", jrnl_text(size), is_encrypted=False)
    commands = {
        "python -c pass": Command([sys.executable, "-c", "pass"]),
        "python -c 'import click'": Command([sys.executable, "-c", "import click"]),
        "add": ours.command("add", "One more evening."),
        "list --limit 10": ours.command("list", "--limit", "10"),
    }
    print(f"\nbeside an empty Python, {size:,} entries")
    took = medians(list(commands.values()), runs)
    for what, milliseconds in zip(commands, took, strict=True):
        ratio = milliseconds / took[0]
        met = _met(ratio <= QUICK) if what.startswith(("add", "list")) else ""
        print(f"{what:28}{milliseconds:>8.0f} ms{ratio:>8.1f}x{met}", flush=True)


def _met(is_met: bool) -> str:
    return f"{'yes' if is_met else 'NO':>8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=20_000)
    parser.add_argument("--jrnl", type=Path, help="the program, where it is installed already")
    chosen: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare(chosen.jrnl or installed(folder / "jrnl"), folder, chosen.size, chosen.runs)
        beside_python(folder, chosen.large, chosen.runs)


if __name__ == "__main__":
    main()
