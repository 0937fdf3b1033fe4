"""Makes docs/pictures/book-*.png from the demo's sample year: `.venv/bin/python docs/make_book.py`. Takes Chromium.

Fonts are those of the machine; the pictures show the page, and are no test of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make_pictures import EVENING, FOLDER

from journal_tui.book import render
from journal_tui.dates import day_of
from journal_tui.demo import entries_of_year
from journal_tui.insights.report import build
from journal_tui.model import Pillar
from journal_tui.packs.library import load_library
from journal_tui.paths import bundled_packs

SCENES = (
    ("book-days", "header, nav { display: none }", "--blink-settings=preferredColorScheme=1"),
    ("book-words", "header, nav, .part { display: none }", "--blink-settings=preferredColorScheme=0"),
)
"""The name of each picture, what of the page is left away for it, and in which light it is shown."""
OPTIONS = "--headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --window-size=900,1000"


def make() -> None:
    """Writes every picture.

    Raises:
        SystemExit: there is no Chromium.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("there is no Chromium here: install it, and try again")
    library, today = load_library(bundled_packs()), day_of(EVENING)
    year = entries_of_year(today, library.session_packs(), zone=EVENING.tzinfo)
    entries, promises = [entry for entry, _ in year], [promise for _, promise in year if promise]
    page = render(
        entries,
        commitments=promises,
        report=build(entries, promises, today=today),
        titles={pillar: library.title(pillar) for pillar in Pillar},
        span_words="",
        made_on=today,
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, away, light in SCENES:
            file, target = Path(folder) / f"{name}.html", FOLDER / f"{name}.png"
            file.write_text(page.replace("</style>", f"{away}</style>", 1), encoding="utf-8")
            command = [chromium, *OPTIONS.split(), f"--user-data-dir={folder}/profile", light, f"--screenshot={target}"]
            subprocess.run([*command, file.as_uri()], check=True, capture_output=True)
            print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    make()
