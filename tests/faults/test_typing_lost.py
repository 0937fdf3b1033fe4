"""Words on their way to the disk, in a real terminal: at most two seconds of typing are lost, however it ends."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from journal_tui.paths import find_paths
from journal_tui.world import open_world
from tests.faults.conftest import LONG
from tests.faults.scenarios import OLD, readable_files
from tests.ui.test_terminal import Terminal

TEXT = "The kettle was on before I asked, and these words are typed one after the other without any pause at all. " * 4
SECONDS = [3.25, 3.55, 3.9] if LONG else [3.9]
"""Of typing. Drafts are saved on the second: the last of these ends just before."""
CLOSED = 0
"""The terminal is closed, rather than a signal sent."""
ENDS = [signal.SIGKILL, CLOSED, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def terminals(tmp_path: Path) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.child.close(force=True)


def words_kept(home: Path, passphrase: str) -> str:
    """The words of the draft that is on the disk."""
    world = open_world(find_paths(home))
    if passphrase:
        world.unlock(passphrase)
    drafts, troubles = world.drafts.waiting({})
    assert troubles == []
    return drafts[0].reply.text if drafts else ""


@pytest.mark.parametrize("passphrase", ["", OLD] if LONG else [OLD], ids=lambda given: "sealed" if given else "plain")
@pytest.mark.parametrize("seconds", SECONDS)
@pytest.mark.parametrize("end", ENDS if LONG else ENDS[:1], ids=str)
def test_at_most_two_seconds_of_typing_are_lost(
    tmp_path: Path, terminals: list[Terminal], passphrase: str, end: int, seconds: float, tell: Callable[[str], None]
) -> None:
    home = tmp_path / "home"
    if passphrase:
        open_world(find_paths(home)).set_passphrase(passphrase)
    terminals.append(Terminal(home))
    terminal, child = terminals[0], terminals[0].child
    if passphrase:
        terminal.sees("Your journal is closed.")
        terminal.types(passphrase)
        child.send("\r")
    terminal.sees("Press Enter and write")
    child.send("f")
    terminal.sees("Next")
    times: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        child.send(TEXT[len(times) % len(TEXT)])
        times.append(time.monotonic())
        with contextlib.suppress(pexpect.TIMEOUT):
            child.read_nonblocking(65536, 0.02)
    ended = time.monotonic()
    if end == CLOSED:
        child.close(force=True)
    else:
        child.kill(end)
        child.wait()
    kept = words_kept(home, passphrase)
    typed = "".join(TEXT[n % len(TEXT)] for n in range(len(times)))
    assert typed.startswith(kept)
    lost = ended - times[len(kept)] if len(kept) < len(times) else 0.0
    assert kept
    assert lost <= 2.0
    if passphrase:
        assert readable_files(home, b"kettle") == []
    name = {CLOSED: "terminal closed"}.get(end) or signal.Signals(end).name
    tell(f"{name} while typing ({'sealed' if passphrase else 'plain'}): {lost:.2f} s of {seconds} s of typing lost")
