"""Faults in files of the user's own, as a screen says them."""

from __future__ import annotations

import re
from pathlib import Path

from journal_tui.text import clean_line

_FAULT = re.compile(r"(?:[a-z ]+ left out: )?(?P<file>.*?\.yaml):(?P<line>\d+):\d+: (?P<says>.*)", re.DOTALL)


def short_fault(line: str) -> str:
    """One line without the folder that the file lies in: ``settings.yaml, line 2: focus cannot be …``."""
    found = _FAULT.fullmatch(line)
    return clean_line(f"{Path(found['file']).name}, line {found['line']}: {found['says']}" if found else line)
