"""The pictures of docs/: each is whole, loads nothing from anywhere, and stands on the page that shows it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
SHOWN = re.compile(r"\]\(((?:docs/)?pictures/[^)]+)\)")


def test_there_are_some() -> None:
    assert len(PICTURES) > 80


@pytest.mark.parametrize("theme", ["dusk", "paper"])
@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_every_screen_has_both_themes_and_sizes(theme: str, size: str) -> None:
    names = {path.stem.rsplit("-", 2)[0] for path in PICTURES}
    assert names == {path.stem.rsplit("-", 2)[0] for path in PICTURES if path.stem.endswith(f"-{theme}-{size}")}


def test_they_load_nothing() -> None:
    for path in PICTURES:
        text = path.read_text()
        assert ElementTree.fromstring(text).find("{http://www.w3.org/2000/svg}title") is not None, path.name
        assert not re.search(r"(href|src|url\(|@import|<script)", text), path.name
        assert len(text) < 60_000, path.name


@pytest.mark.parametrize("page", ["README.md", "docs/screens.md"])
def test_a_page_shows_pictures_that_are_there(page: str) -> None:
    shown = SHOWN.findall((ROOT / page).read_text())
    assert shown
    for picture in shown:
        assert ((ROOT / page).parent / picture).exists(), picture
