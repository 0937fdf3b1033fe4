"""The book in a browser of today, which reads it as a person's would: headless Chromium, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from journal_tui.palette import PALETTES

from .page import read
from .test_book import ENTRIES, MARKUP, PROMISES, TODAY, entry, imported, page_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --no-pdf-header-footer --window-size=1200,900"
).split()

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def show(page: str, folder: Path, *options: str) -> str:
    """What the browser made of it, as HTML; ``shown.png`` and ``printed.pdf`` lie in `folder`."""
    file = folder / "book.html"
    file.write_text(page, encoding="utf-8")
    outcome = [f"--screenshot={folder / 'shown.png'}", f"--print-to-pdf={folder / 'printed.pdf'}", "--dump-dom"]
    command = [CHROMIUM or "", *OPTIONS, f"--user-data-dir={folder / 'profile'}", *outcome, *options, file.as_uri()]
    return subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()


def first_colour(png: Path) -> str:
    """The colour of the pixel at the top left, as ``#rrggbb``: its line comes first, and no filter changes it."""
    data = png.read_bytes()
    chunks, at = b"", 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            chunks += data[at + 8 : at + 8 + length]
        at += 12 + length
    return f"#{zlib.decompress(chunks)[1:4].hex()}"


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what is asked of it meanwhile."""
    asked: list[bytes] = []

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(4096))

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
        try:
            yield server.server_address[1], asked
        finally:
            server.shutdown()


def test_words_stay_words_and_nothing_is_fetched(tmp_path: Path) -> None:
    with listening() as (port, asked):
        call = f'<img src="http://127.0.0.1:{port}/a"></style><style>@import "http://127.0.0.1:{port}/b"</style>'
        hostile = entry(MARKUP + call, tags=(call,), people=(MARKUP,))
        at = f"http://127.0.0.1:{port}"
        markdown = imported(f"[a]({at}/c) ![b]({at}/d) <{at}/e> [f](javascript:alert(3))\n\n{MARKUP}{call}", id="two")
        shown = show(page_of([hostile, markdown], chosen=call), tmp_path)
    assert not asked
    assert shown.count("<article") == 2
    assert not re.search(r"<a [^>]*(?:http|javascript)", shown)
    article = shown[shown.index("<article") : shown.rindex("</article>")]
    assert not re.search(r"<(img|script|style)", article)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in article
    assert shown.count("<style>") == 1
    assert first_colour(tmp_path / "shown.png") == PALETTES["paper"].ground


def test_it_is_dark_by_night_and_whole_on_paper(tmp_path: Path) -> None:
    entries = [entry for entry in ENTRIES if entry.day and TODAY - entry.day < timedelta(days=120)]
    shown = read(show(page_of(entries, PROMISES), tmp_path, "--blink-settings=preferredColorScheme=0"))
    assert [e.text for e in shown.all("h1")] == ["Journal"]
    assert "\n\n".join(e.text for e in shown.all("p", of="words")).count("\n\n") > 15
    assert first_colour(tmp_path / "shown.png") == PALETTES["dusk"].ground
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") > 5
    if reader := shutil.which("pdftotext"):
        command = [reader, "-layout", str(tmp_path / "printed.pdf"), "-"]
        pages = subprocess.run(command, capture_output=True, check=True).stdout.decode().rstrip("\f").split("\f")
        lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
        assert [page[-1] for page in lines[1:]] == [str(number) for number in range(2, len(pages) + 1)]
        headings = {" ".join(e.text.split()) for e in shown.all("h2", "h3")}
        assert "Thursday 14 May" in headings
        assert not headings & {page[-2] for page in lines[1:]}
        first, *_ = entries[0].text.split("\n")
        assert " ".join(first.split()[:5]) in " ".join(word for page in lines for word in page)
