"""The terminal the screens are on, which may go away at any moment."""

from __future__ import annotations

import contextlib
import select
import threading
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from functools import partial
from typing import Any, TextIO, cast

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver


def _forgiving(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), "replace")


# What is no UTF-8, from an old keyboard or a torn paste, becomes a replacement character; Textual would end the app.
vars(linux_driver)["getincrementaldecoder"] = _forgiving


class TerminalDriver(LinuxDriver):
    """Textual's driver, whose way out does not wait for a terminal that is gone."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        assert self._file is not None
        self._file = cast(Any, _Outlet(self._file))


class _Outlet:
    """What is written to a terminal that is gone is dropped. An error would end the thread that writes, and then the
    app would wait for it without end."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._file.flush()


def when_hung_up(tell: Callable[[], object]) -> None:
    """Calls `tell`, from a thread, once nobody is at the other end of standard input.

    Only the first process in a terminal gets a SIGHUP from the system: below ``make`` or ``sh -c`` there is none,
    and what is read has no end that Textual would notice.
    """
    threading.Thread(target=_wait, args=(tell,), name="hung-up", daemon=True).start()


def _wait(tell: Callable[[], object]) -> None:
    watched = select.poll()
    watched.register(0, 0)  # no input is asked for: only the end is told
    if any(event & (select.POLLHUP | select.POLLERR) for _, event in watched.poll()):
        tell()
