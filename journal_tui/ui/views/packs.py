"""What the Packs screen shows: every pack with its questions, and what is wrong with those left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from journal_tui.model import Asked, Depth, Pack, Prompt
from journal_tui.packs.library import Library
from journal_tui.strictyaml import Fault
from journal_tui.text import clean, clean_line, plural
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.views.entry import Block
from journal_tui.ui.widgets.row_list import Row
from journal_tui.world import World

_GAP = Block("", "$ink")
_ASKED = {
    Asked.ROUND: "",
    Asked.WEEKLY: "asked once a week",
    Asked.FIRST_DAYS: "for the first days",
}
_DEPTHS = {Depth.LIGHT: "Light", Depth.MIDDLE: "In the middle", Depth.DEEP: "Deep"}
_NEW = "A file here is a pack of your own. This writes one to begin with:"
_DEEPEST = 4
"""Questions below one another that are shown."""
OWN = "own"
"""Id of the row on the user's own folder."""


@dataclass(frozen=True, slots=True)
class PacksView:
    """The packs as they lie in both folders."""

    library: Library
    folder: Path
    """Of the user's own."""

    @property
    def summary(self) -> str:
        packs = plural(len(self.library.packs), "pack")
        files = len(self.broken)
        return f"{packs}, {plural(files, 'file')} left out" if files else packs

    @property
    def broken(self) -> dict[str, list[Fault]]:
        """What is wrong, by file."""
        found: dict[str, list[Fault]] = {}
        for fault in self.library.faults:
            found.setdefault(fault.file, []).append(fault)
        return found


def look(world: World) -> PacksView:
    """Reads both folders anew; sessions that begin from now on take what was found."""
    world.forget_packs()
    return PacksView(world.library, world.paths.packs)


def row_of(view: PacksView, file: str) -> str:
    """Id of the row on this file of the user's, broken or not; empty: there is none."""
    return file if file in view.broken else next((p.id for p in view.library.packs.values() if p.file == file), "")


def rows(view: PacksView, *, plain: bool = False) -> list[Row]:
    """Packs that are left out, then the user's own, then ours."""
    packs = list(view.library.packs.values())
    own, ours = [pack for pack in packs if pack.own], [pack for pack in packs if not pack.own]
    found: list[Row] = []
    if view.broken:
        found.append(Row(text="Left out"))
        found += [
            Row(id=file, sign="!", text=clean_line(Path(file).name), aside=plural(len(faults), "fault"))
            for file, faults in view.broken.items()
        ]
        found.append(Row(text=""))
    found.append(Row(text="Yours"))
    found += [_row(pack, view, plain) for pack in own] or [Row(id=OWN, text="None yet", is_dim=True)]
    found += [Row(text=""), Row(text="Ours"), *(_row(pack, view, plain) for pack in ours)]
    return found


def _row(pack: Pack, view: PacksView, plain: bool) -> Row:
    beside = "in place of ours" if pack.id in view.library.replaced else _ASKED[pack.asked]
    return Row(
        id=pack.id,
        sign=glyph(pack.pillar, plain=plain),
        hue=hue(pack.pillar),
        text=clean_line(pack.title),
        beside=beside,
        aside=f"{pack.language}  {_asked(pack):3}",
    )


def _asked(pack: Pack) -> int:
    """How many questions a session may put by itself."""
    return sum(not prompt.only_follow_up for prompt in pack.prompts)


def details(view: PacksView, id: str) -> list[Block]:
    """What there is to know of the row with this id: a pack's questions, or what is wrong with a file."""
    if id in view.broken:
        return list(_wrong(id, view.broken[id]))
    pack = view.library.packs.get(id)
    if pack is None:
        return [
            Block(clean(str(view.folder)), "$accent"),
            Block(_NEW, "$ink"),
            _GAP,
            Block('journal-tui packs new "Evening walks"', "$accent"),
            _GAP,
            Block("r reads the folder again. docs/packs.md teaches it in one page.", "$quiet"),
        ]
    return list(_pages(pack))


def _wrong(file: str, faults: list[Fault]) -> Iterator[Block]:
    yield Block(clean(file), "$accent")
    for fault in faults:
        yield _GAP
        yield Block(f"Line {fault.line}, column {fault.column}", "$quiet")
        yield Block(clean(fault.message), "$ink")
    yield _GAP
    yield Block("When it is put right, r reads it again.", "$quiet")


def _pages(pack: Pack) -> Iterator[Block]:
    yield Block(clean(pack.title), "bold $ink")
    facts = [pack.pillar.title if pack.pillar and pack.pillar.title != pack.title else "", _ASKED[pack.asked]]
    follow_ups = len(pack.prompts) - _asked(pack)
    count = plural(_asked(pack), "question") + (f", {plural(follow_ups, 'follow-up')}" if follow_ups else "")
    facts += [count, f"language {pack.language}"]
    yield Block(" · ".join(filter(None, map(clean_line, facts))), "$quiet")
    if pack.about:
        yield Block(clean(pack.about), "$ink")
    if pack.own:
        yield Block(clean(pack.file), "$quiet")
    later = {prompt.id: prompt for prompt in pack.prompts if prompt.only_follow_up}
    asked = [prompt for prompt in pack.prompts if not prompt.only_follow_up]
    order = list(Depth)
    for depth, prompts in groupby(sorted(asked, key=lambda p: order.index(p.depth)), key=lambda p: p.depth):
        yield _GAP
        yield Block(_DEPTHS[depth], "bold $accent")
        for prompt in prompts:
            yield from _question(prompt, later)
    if pack.closing:
        yield _GAP
        yield Block("After writing, where it fits", "bold $accent")
        for prompt in pack.closing:
            yield from _question(prompt, later)


def _question(prompt: Prompt, later: dict[str, Prompt], above: tuple[str, ...] = ()) -> Iterator[Block]:
    """The question, and below it those that an answer may open."""
    indent = "    " * len(above)
    yield Block(indent + clean_line(prompt.ask), "$quiet" if above else "$ink")
    if prompt.options:
        yield Block(f"{indent}    " + clean_line(" / ".join(option.label for option in prompt.options)), "$quiet")
    above = (*above, prompt.id)
    for follow_up in prompt.follow_ups:
        then = later.get(follow_up.prompt)
        if then and then.id not in above and len(above) < _DEEPEST:
            yield from _question(then, later, above)
