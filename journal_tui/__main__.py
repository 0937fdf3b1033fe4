"""``journal-tui`` and ``python -m journal_tui``."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import sys


def main() -> None:
    """The screens when nothing else is asked for, else the command line."""
    try:
        _main()
    except KeyboardInterrupt:  # before there is anything that could be left undone
        sys.exit(130)


def _main() -> None:
    with contextlib.suppress(ValueError, OSError):
        # No words and no key in a core dump. A program that the system pipes dumps to is started for a limit of 0,
        # and not for 1: core(5).
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    on_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if len(sys.argv) == 1 and on_terminal and os.environ.get("TERM") != "dumb":
        # The everyday start does without the command line's library, a tenth of the time to the first picture.
        from journal_tui.model import JournalError
        from journal_tui.paths import find_paths
        from journal_tui.ui.run import run_screens

        try:
            paths = find_paths()
        except JournalError as error:
            sys.exit(f"journal-tui: {error}")
        run_screens(paths)
    else:
        gc.set_threshold(100_000)  # starting makes many objects and hardly any garbage
        from journal_tui.cli.main import main as command_line

        try:
            command_line()
        finally:
            gc.freeze()  # or Python would look through all of it once more before the process goes


if __name__ == "__main__":
    main()
