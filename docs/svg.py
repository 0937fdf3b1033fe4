"""A terminal's screen as a small SVG: text and grounds alone, in whatever monospaced font there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

CELL_WIDTH, CELL_HEIGHT, FONT_SIZE, MARGIN = 8.4, 18, 14, 12
FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_UNUSED = TerminalTheme((0, 0, 0), (0, 0, 0), [(0, 0, 0)] * 8)


def svg(lines: Sequence[Iterable[Segment]], width: int, ground: str, title: str) -> str:
    """The picture of `lines`, each `width` cells; every segment has its colours.

    Args:
        ground: colour of what has no text, as ``#rrggbb``.
        title: what a reader who cannot see it is told.
    """
    classes: dict[str, str] = {}
    grounds: list[str] = []
    texts: list[str] = []
    for row, line in enumerate(lines):
        column = 0
        for style, segments in groupby(line, key=lambda segment: segment.style or Style()):
            text = "".join(segment.text for segment in segments)
            if (behind := _colour(style, behind=True, fallback=ground)) != ground:
                grounds.append(_rectangle(column, row, cell_len(text), behind))
            looks = classes.setdefault(_looks(style, ground), f"c{len(classes)}")
            texts += [_text(column + at, row, word, looks) for at, word in _words(text)]
            column += cell_len(text)
    wide, high = width * CELL_WIDTH + 2 * MARGIN, len(lines) * CELL_HEIGHT + 2 * MARGIN
    rules = "".join(f".{name}{{{looks}}}" for looks, name in classes.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" role="img">'
        f"<title>{escape(title)}</title>"
        f"<style>text{{font:{FONT_SIZE}px {FONTS};white-space:pre}}{rules}</style>"
        f'<rect width="{wide:g}" height="{high:g}" rx="8" fill="{ground}"/>\n'
        f'<g shape-rendering="crispEdges">{"".join(grounds)}</g>\n' + "\n".join(texts) + "</svg>\n"
    )


def _colour(style: Style, *, behind: bool, fallback: str) -> str:
    colour = style.bgcolor if behind != bool(style.reverse) else style.color
    return colour.get_truecolor(_UNUSED).hex if colour and not colour.is_default else fallback


def _looks(style: Style, ground: str) -> str:
    lines = [name for wanted, name in ((style.underline, "underline"), (style.strike, "line-through")) if wanted]
    rules = [
        f"fill:{_colour(style, behind=False, fallback=ground)}",
        "font-weight:bold" if style.bold else "",
        "font-style:italic" if style.italic else "",
        f"text-decoration:{' '.join(lines)}" if lines else "",
    ]
    return ";".join(filter(None, rules))


def _words(text: str) -> Iterable[tuple[int, str]]:
    """The stretches between two spaces or more, each with the cell it begins at."""
    column = 0
    for is_gap, parts in groupby(text.replace("  ", "\0\0"), key=lambda character: character == "\0"):
        stretch = "".join(parts)
        lead = len(stretch) - len(stretch.lstrip(" "))
        if not is_gap and stretch.strip():
            yield column + lead, stretch.strip(" ")
        column += len(stretch) if is_gap else cell_len(stretch)


def _text(column: int, row: int, text: str, looks: str) -> str:
    x, y = MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT + 13.5
    # The length holds the columns together where a font has other widths.
    length = f' textLength="{cell_len(text) * CELL_WIDTH:g}"' if len(text) > 1 else ""
    return f'<text class="{looks}" x="{x:g}" y="{y:g}"{length}>{escape(text, quote=False)}</text>'


def _rectangle(column: int, row: int, width: int, colour: str) -> str:
    x, y = MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT
    return f'<rect x="{x:g}" y="{y:g}" width="{width * CELL_WIDTH:g}" height="{CELL_HEIGHT}" fill="{colour}"/>'
