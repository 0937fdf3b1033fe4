"""The name of this device, so that two devices that share a folder never write the same file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from journal_tui.model import UsageError
from journal_tui.text import clean_line

VARIABLE = "JOURNAL_TUI_DEVICE"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_MACHINE_ID = Path("/etc/machine-id")


def device_name(environment: Mapping[str, str] = os.environ) -> str:
    """``$JOURNAL_TUI_DEVICE``, or eight letters made of the machine's id (systemd's machine-id(5), hashed as it
    asks for) or else of its name. The same on every start; tells nothing of the machine.

    Raises:
        UsageError: the variable holds no name for a file.
    """
    chosen = environment.get(VARIABLE)
    if chosen:
        if not NAME.fullmatch(chosen):
            raise UsageError(f'{VARIABLE} is "{clean_line(chosen)[:40]}": use up to 32 of a-z, 0-9 and "-"')
        return chosen
    try:
        machine = _MACHINE_ID.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        machine = ""
    digest = sha256(f"journal-tui device {machine or os.uname().nodename}".encode()).digest()
    return "".join(_LETTERS[byte % 32] for byte in digest[:8])
