"""Passphrases: from a file, or asked for on the terminal, where nobody sees them typed."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from journal_tui.cli.out import tell
from journal_tui.cli.params import Command, a_path
from journal_tui.model import JournalError, UsageError

if TYPE_CHECKING:
    from journal_tui.world import World

OPTION = "--passphrase-file"
MOST_BYTES = 4096
TRIES = 3


def secret_option(option: str, name: str, help: str) -> Callable[[Command], Command]:
    """An option that names a file; the first line of it is handed on as `name`."""
    return click.option(option, name, metavar="FILE", callback=_first_line, shell_complete=a_path(), help=help)


def _first_line(ctx: click.Context, param: click.Parameter, file: str | None) -> str | None:
    """The first line of `file`, which may be a pipe.

    Raises:
        UsageError: it cannot be read, or holds no passphrase.
    """
    if file is None or ctx.resilient_parsing:  # a shell that completes a line must not empty a pipe
        return None
    # Ours is a passphrase, that of another program's file a password.
    word = "password" if param.name == "password" else "passphrase"
    content = b""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        try:
            while b"\n" not in content and len(content) <= MOST_BYTES:
                piece = os.read(handle, MOST_BYTES)
                if not piece:
                    break
                content += piece
        finally:
            os.close(handle)
        line = content.partition(b"\n")[0].removesuffix(b"\r")
        secret = line.decode()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
    except ValueError:
        what = "is no text in UTF-8"
    else:
        if secret.strip() and len(line) <= MOST_BYTES:
            return secret
        what = "has an empty first line" if not secret.strip() else f"has a first line of more than {MOST_BYTES} bytes"
    raise UsageError(f"{param.opts[0]} {file} {what}: name a file whose first line is the {word}")


def given() -> str | None:
    """What the global `OPTION` holds."""
    secret: str | None = click.get_current_context().find_root().params["passphrase"]
    return secret


def ask(prompt: str, otherwise: str) -> str:
    """A passphrase typed on the terminal, even where standard input is a pipe.

    Raises:
        JournalError: there is no terminal; `otherwise` says what to do then.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        raise JournalError(otherwise) from None
    from getpass import getpass

    try:
        return getpass(prompt)
    except KeyboardInterrupt:
        os.write(terminal, b"\n")  # what is said next begins a line
        raise
    finally:
        os.close(terminal)


def ask_new(otherwise: str) -> str:
    """A new passphrase, typed twice.

    Raises:
        JournalError: there is no terminal, or the two differ.
    """
    new = ask("New passphrase: ", otherwise)
    if not new.strip():
        raise UsageError("the passphrase is empty, nothing was changed: use a few words")
    if ask("Once more: ", otherwise) != new:
        raise JournalError("the two are not the same, nothing was changed: try again")
    return new


def of_journal() -> str:
    """The passphrase of the journal, given or asked for.

    Raises:
        JournalError: there is no terminal to ask on.
    """
    otherwise = f"the journal is locked and there is no terminal to ask on: give its passphrase with {OPTION} FILE"
    return given() or ask("Passphrase: ", otherwise)


def unlock(world: World) -> None:
    """Opens the journal where it is locked; what is typed on a terminal has three tries.

    Raises:
        JournalError: it is not the right passphrase, or there is no terminal to ask on.
    """
    if not world.is_locked:
        return
    from journal_tui.store.vault import WrongPassphraseError

    for left in reversed(range(1 if given() else TRIES)):
        try:
            world.unlock(of_journal())
        except WrongPassphraseError:
            if not left:
                raise
            tell("that did not open it: once more")
        else:
            break
