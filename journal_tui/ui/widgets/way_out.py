"""The last line of a sheet."""

from __future__ import annotations

from textual.widgets import Static


class WayOut(Static):
    """Says how one leaves the sheet."""

    DEFAULT_CSS = """
    WayOut { margin-top: 1; color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__("esc leaves it as it is", markup=False)
