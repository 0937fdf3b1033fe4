"""Stands between the program and the system: sees every call on the files of a folder, and lets some of them fail.

Every function of `os` and `fcntl` is wrapped, whatever it is called, but for the few in `NO_DISK`; files that are
opened otherwise become files of `_pyio`, which work through `os` alone. A call counts when it names a path in the
folder or a handle opened there. Python's audit events tell of a call that got past this.
"""

from __future__ import annotations

import _pyio  # type: ignore[import-not-found]
import builtins
import errno
import fcntl
import inspect
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, NamedTuple

NO_DISK = {"fspath", "urandom", "strerror", "getpid", "kill", "fstat", "lseek", "isatty"}
"""Functions that the system answers from memory. A handle that was not written to is closed so too."""

REAL_CLOSE = os.close


class PowerGoneError(BaseException):
    """From here on no call reaches the disk: not even those that tidy up."""


class Call(NamedTuple):
    """One call, as it was made."""

    name: str
    where: str
    """Path from the folder; of a handle, as it was opened."""
    arguments: tuple[Any, ...]
    handle: int | None = None
    """The handle it was about, or which it gave."""
    is_new: bool = False
    """Opening made the file."""

    def __str__(self) -> str:
        return f"{self.name}({self.where})"


_active: list[Disk] = []


class Disk:
    """Within ``with Disk(folder) as disk:`` the calls are counted in `calls`; one may fail, or be done by half.

    Args:
        fail: number of the call that fails with `error`.
        gone: number of the call from which on all fail with `PowerGoneError`.
        short: number of the call that, if it writes, writes only the first half.
    """

    def __init__(
        self, folder: Path, *, fail: int = -1, error: int = errno.ENOSPC, gone: int = -1, short: int = -1
    ) -> None:
        self._root = str(folder)
        self._fail, self._error, self._gone, self._short = fail, error, gone, short
        self.calls: list[Call] = []
        self.done: list[Call] = []
        """The calls that reached the disk."""
        self.bypassed: list[str] = []
        self.left_open: list[str] = []
        """What was opened and not closed again."""
        self._depth = 0
        self._handles: dict[int, str] = {}
        self._written: set[int] = set()
        self._before: list[tuple[ModuleType, str, Any]] = []

    def __enter__(self) -> Disk:
        for module in (os, fcntl):
            for name, function in list(vars(module).items()):
                if inspect.isbuiltin(function) and name not in NO_DISK:
                    self._replace(module, name, self._wrapped(name, function))
        for module in (io, builtins):
            self._replace(module, "open", _pyio.open)
        if not _active:
            _watch()
        _active.append(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _active.remove(self)
        for module, name, function in reversed(self._before):
            setattr(module, name, function)
        self.left_open = sorted(self._handles.values())
        for handle in self._handles:  # as the end of the process does
            REAL_CLOSE(handle)
        assert not self.bypassed, f"calls that nothing counted: {self.bypassed}"

    def _replace(self, module: ModuleType, name: str, function: object) -> None:
        self._before.append((module, name, getattr(module, name)))
        setattr(module, name, function)

    def _place(self, thing: object) -> str | None:
        """Where in the folder a path or handle is."""
        if isinstance(thing, int) and not isinstance(thing, bool):
            return self._handles.get(thing)
        if isinstance(thing, str | os.PathLike):
            path = os.fspath(thing)
            if isinstance(path, str) and (path == self._root or path.startswith(f"{self._root}/")):
                return path[len(self._root) + 1 :] or "."
        return None

    def touches(self, path: object) -> bool:
        return self._place(path) is not None

    @property
    def is_within(self) -> bool:
        return self._depth > 0

    def _wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            where = self._place(arguments[0]) if arguments else None
            if where is None and len(arguments) > 1 and isinstance(arguments[1], str | os.PathLike):
                where = self._place(arguments[1])
            if where is None or self._depth:
                return function(*arguments, **named)
            if name == "close" and arguments[0] not in self._written:
                del self._handles[arguments[0]]
                return function(*arguments)
            return self._counted(name, where, function, arguments, named)

        return call

    def _counted(
        self, name: str, where: str, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> Any:
        number = len(self.calls)
        handle = arguments[0] if isinstance(arguments[0], int) else None
        made = Call(name, where, arguments, handle)
        self.calls.append(made)
        self._depth += 1
        try:
            if name == "close":
                del self._handles[arguments[0]]
                self._written.remove(arguments[0])
                function(*arguments)
            if 0 <= self._gone <= number:
                raise PowerGoneError
            if number == self._fail:
                raise OSError(self._error, os.strerror(self._error), where)
            if name == "close":
                self.done.append(made)
                return None
            if name == "write":
                self._written.add(arguments[0])
                content = bytes(arguments[1])
                arguments = (arguments[0], content[: max(1, len(content) // 2)] if number == self._short else content)
                made = made._replace(arguments=arguments)
            is_new = name == "open" and not os.path.lexists(arguments[0])
            result = function(*arguments, **named)
            if name == "open":
                self._handles[result] = where
                made = made._replace(handle=result, is_new=is_new)
            self.done.append(made)
            return result
        finally:
            self._depth -= 1


_watching: list[bool] = []


def _watch() -> None:
    """Python tells of opening, renaming, removing and the like, whoever does it. A hook stays for ever."""
    if not _watching:
        _watching.append(True)
        sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _active and (event == "open" or event.startswith(("os.", "fcntl."))):
        disk = _active[-1]
        if not disk.is_within and any(disk.touches(a) for a in arguments if isinstance(a, str | os.PathLike)):
            disk.bypassed.append(f"{event}{arguments}")
