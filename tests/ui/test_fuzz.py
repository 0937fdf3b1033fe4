"""Texts that a terminal would obey, a parser of markup would stumble over or a wrapping would not end on, everywhere.

``FUZZ=10000`` shows so many; how many were on the way is said at the end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from textual.pilot import Pilot

from journal_tui.model import Answer, Commitment, Entry, Outcome, Pillar, Status
from journal_tui.paths import Paths, find_paths
from journal_tui.text import clean_line
from journal_tui.ui.app import JournalApp
from journal_tui.ui.closing import Closed
from journal_tui.ui.widgets.entry_list import EntryList
from journal_tui.world import World, open_world

from .conftest import MOMENT, TODAY
from .walk import GUIDED, raw_characters, screens

BATCH = 500
SIZES = ((90, 40), (27, 9), (200, 40))
LONG = "FUZZ" in os.environ
KEYS = ("tab", "end") if LONG else ()
OWN = "own"
"""Id of the pack whose every word is such a text."""
HOW_MANY = int(os.environ.get("FUZZ", 200))

PIECES = (
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x1b\\", "\x9b31m", "\x1bP$q\x1b\\", "\x1b[?1049l", "\x1bc",
    "\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u061c", "\u200e", "\u200f", "\u200b", "\u200d", "\u2060",
    "\ufeff", "\u00ad", "\u2028", "\u2029", "\r\n", "\x0b", "\t\t", "\ufffe", "\uffff", "\ue000", "\U0010ff00",
    "\udc80", "\ud800", "\udfff\ud800", "\U000e0041", "\U000e0001", "\ufe0f", "e\u0301\u0301\u0301",
    "Z\u0351\u036b\u0343",
    "日本語", "한국어", "ไม่เป็นไร", "क्षत्रिय", "שלום עולם", "مرحبا", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "👍🏽", "ﷺ", "Ǆ", "ſ", "İ",
    "[/]", "[red]", "[/red]", "[@click=app.quit]x[/]", "[link=file:///]", "[[", "\\[", "[b", "$ink", "{0}", "%s",
    "x" * 300, "日" * 120, "a-" * 100, "\u0301" * 60, " " * 90, "\n" * 12, ".", "'", "\"", "`", "#tag/[x]",
    "@Anna", "@\u202eAnna",
    "Anna", "I always gave in.", "She never listens.", "We agreed on a plan.", "#work",
    " ", " ", " ", " ", "\n", "\n\n",
)  # fmt: skip


def texts(chance: Random) -> Iterator[str]:
    """Without end, mostly short."""
    while True:
        yield "".join(chance.choices(PIECES, k=chance.choice((1, 2, 4, 8, 30))))


def fill(world: World, chance: Random, count: int) -> tuple[int, str]:
    """Puts `count` texts or a few more wherever a journal has room for some.

    Returns:
        How many, and the id of an entry that was edited.
    """
    source = texts(chance)
    used = 0

    def text() -> str:
        nonlocal used
        used += 1
        return next(source)

    pillars = [*Pillar, None]
    made: list[Entry] = []
    promises: list[Commitment] = []
    _write_pack(world.paths.packs, [text() for _ in range(30)])
    _write_settings(world.paths, [text() for _ in range(4)])
    while used < count:
        day = TODAY - timedelta(len(made) * 3 % 400)
        signals = ("gave_way" if len(made) % 4 else "they_gave_way",) if len(made) % 2 else ("kept_quiet",)
        answers = [
            Answer(text=text(), prompt=f"trust/{number}", ask=text(), quote=text())
            for number in range(chance.randint(1, 3))
        ]
        entry = Entry(
            id=world.journal.new_id(),
            created=MOMENT,
            day=day if len(made) % 20 else None,
            pillar=pillars[len(made) % len(pillars)],
            answers=(*answers, Answer(choice=(text(),), ask=text(), prompt="trust/chosen", signals=signals)),
            rating=len(made) % 5 + 1,
            tags=(text(), "work"),
            people=(text(), "Anna"),
        )
        made.append(entry)
        if len(made) % 3 == 0:
            outcomes = (Outcome(on=TODAY, status=Status.KEPT),) if len(made) % 2 else ()
            promise = {"id": world.journal.new_id(), "entry": entry.id, "text": text(), "made": day, "due": TODAY}
            promises.append(Commitment(**promise, outcomes=outcomes))  # type: ignore[arg-type]
    world.journal.imports.bring_in(made, promises)
    world.journal.replace(replace(made[0], answers=(Answer(text=text()), *made[0].answers[1:]), edited=MOMENT))
    world.journal.delete([entry.id for entry in made[1:8]])
    for session in (world.begin(None), world.begin(Pillar.TRUST)):
        world.drafts.save(session.write(text()))
        world.drafts.release(session.id)
    world.drafts.save_edit(made[0].id, text())
    world.drafts.release_edit(made[0].id)
    return used, made[0].id


def _write_pack(folder: Path, texts: list[str]) -> None:
    """A pack of one's own, said in JSON, which is YAML, and those whose faults are told with their words."""
    folder.mkdir(parents=True)
    raw = [json.dumps(text) for text in texts]
    said = [
        json.dumps(_loadable(f"{n} {text}", 24 if n < 12 else 160), ensure_ascii=False) for n, text in enumerate(texts)
    ]
    head = f"title: {said[0]}\nlanguage: en\nabout: {said[1]}\nopening: [{said[2]}]\naffirmations: [{said[3]}]"
    labels = ", ".join(said[4:9])
    options = "\n".join(f"      - {{key: {key}, label: {label}}}" for key, label in zip("abc", said[9:12], strict=True))
    closing = f"closing:\n  - id: closed\n    ask: {said[12]}\n    when: {{longer_than: 0}}\n    options:\n{options}"
    rest = f"rating: {{ask: {said[13]}, labels: [{labels}]}}\npromise: {said[14]}\n{closing}"
    prompts = "\n".join(
        f"  - id: p{number}\n    depth: light\n    ask: {ask}\n    help: {said[15]}\n    example: {said[16]}"
        for number, ask in enumerate(said[17:])
    )
    (folder / "own.yaml").write_text(f"id: {OWN}\n{head}\n{rest}\nprompts:\n{prompts}\n")
    (folder / "bad.yaml").write_text(f"id: bad\n{head}\n{raw[4]}: {raw[5]}\n")
    (folder / "\x1b[2Jworse\x9b\u202e.yaml").write_text(texts[6], errors="replace")


def _loadable(text: str, most: int) -> str:
    """The text as a pack may hold it, in up to `most` characters."""
    return clean_line(text).translate({0xFFFE: None, 0xFFFF: None})[:most]


def _write_settings(paths: Paths, texts: list[str]) -> None:
    """Settings and keys, each with something that cannot be used."""
    said = [json.dumps(text) for text in texts]
    paths.settings.write_text(f"language: {said[0]}\n{said[1]}: 1\n")
    paths.keymap.write_text(f"today.write: {said[2]}\n{said[3]}: x\n")


async def _look_at_all(pilot: Pilot[Closed], world: World, entry: str, words: str) -> int:
    """Returns how many pictures were looked at from near."""
    app = pilot.app
    names = set()
    async for name in screens(pilot, world, entry, words, OWN):
        names.add(name)
        assert raw_characters(app) == [], name
        if name == "journal":
            entries = app.screen.query_one(EntryList)
            while True:  # the words of each in the pane beside
                before = entries.entry
                entries.action_move(1)
                await pilot.pause(0)
                assert raw_characters(app) == [], before
                if entries.entry == before:
                    break
        if LONG or len(names) % 3 == 0:
            await pilot.resize_terminal(*SIZES[len(names) // (1 if LONG else 3) % len(SIZES)])
            assert raw_characters(app) == [], (name, app.size)
        for key in KEYS if not name.startswith(GUIDED) else ():
            await pilot.press(key)
            assert raw_characters(app) == [], (name, key)
    return len(names)


@pytest.mark.parametrize("batch", range((HOW_MANY + BATCH - 1) // BATCH))
async def test_no_text_disturbs_a_screen(tmp_path: Path, batch: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance = Random(batch)
    world = open_world(find_paths(tmp_path / "home"), lambda: MOMENT)
    used, entry = fill(world, chance, min(BATCH, HOW_MANY))
    assert OWN in world.library.packs, world.library.faults
    words = next(texts(chance))
    app = JournalApp(world)
    async with app.run_test(size=SIZES[0]) as pilot:
        seen = await _look_at_all(pilot, world, entry, words)
    if LONG:
        with capsys.disabled():
            print(f" {used} texts on {seen} screens")
