"""Samples are told apart by looking inside: `WHOLE` are journals, `PARTS` what they consist of."""

from __future__ import annotations

from pathlib import Path

from journal_tui.exchange.formats import FORMATS
from journal_tui.exchange.source import Leaf, Tree, Watch, open_place

SAMPLES = Path(__file__).parents[1] / "samples" / "import"
WHOLE = [path for path in sorted(SAMPLES.iterdir()) if path.name != "jrnl-timeformats"]
PARTS = [path for path in sorted(SAMPLES.rglob("*")) if path not in WHOLE]


def names(path: Path) -> list[str]:
    place = open_place(path, Watch())
    places: list[Leaf | Tree] = [place]
    if isinstance(place, Tree) and (only := place.only()):
        places.append(only)
    return [row.name for row in FORMATS for place in places if isinstance(place, row.of) and row.recognises(place)]


def test_one_format_knows_a_sample_and_no_other_takes_it() -> None:
    assert [path.name for path in WHOLE if len(names(path)) != 1] == []
    assert [path.name for path in PARTS if len(set(names(path))) > 1] == []
