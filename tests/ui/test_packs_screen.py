"""Packs: every question, and what is wrong with the files that are left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_tui.ui.app import JournalApp
from journal_tui.ui.messages import Go
from journal_tui.ui.screens.packs import PacksScreen
from journal_tui.ui.screens.write import WriteScreen
from journal_tui.ui.views.packs import details, look, rows
from journal_tui.world import World

from .golden import picture, said, settle

WALKS = """id: walks
title: Walks
about: What comes up on the way.
prompts:
  - id: first-turn
    ask: Where did you turn back today?
    depth: light
    follow_ups:
      - if: {mentions: [rain]}
        then: {id: wet-feet, ask: What was worth the wet feet?}
  - id: last-turn
    ask: What did the last mile say?
    depth: deep
"""


def put(world: World, name: str, content: str) -> Path:
    world.paths.packs.mkdir(parents=True, exist_ok=True)
    path = world.paths.packs / name
    path.write_text(content)
    return path


def test_questions_stand_by_depth_with_what_follows(world: World) -> None:
    put(world, "walks.yaml", WALKS)
    view = look(world)
    text = "\n".join(block.text for block in details(view, "walks"))
    light, asked, follows, deep = (
        text.index(words) for words in ("Light", "Where did you turn", "    What was worth the wet feet?", "Deep")
    )
    assert light < asked < follows < deep < text.index("What did the last mile say?")
    assert next(row.aside for row in rows(view) if row.id == "walks").split() == ["en", "2"]
    assert "2 questions, 1 follow-up" in text


def test_every_pack_of_ours_is_listed_with_all_its_questions(world: World) -> None:
    view = look(world)
    assert {row.id for row in rows(view)} >= set(view.library.packs)
    for id, pack in view.library.packs.items():
        words = "\n".join(block.text for block in details(view, id))
        assert all(prompt.ask in words for prompt in pack.prompts)


def test_without_packs_of_ones_own_it_says_how_to_make_one(world: World) -> None:
    view = look(world)
    assert "journal-tui packs new" in "\n".join(block.text for block in details(view, "own"))


async def test_a_broken_one_is_told_and_read_again(world: World) -> None:
    path = put(world, "walks.yaml", WALKS.replace("depth: deep", "depht: deep"))
    app = JournalApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.post_message(Go("packs"))
        await settle(pilot)
        seen = picture(app)
        assert "! walks.yaml" in seen
        assert "Line 13, column 5" in seen
        assert '(did you mean "depth"?)' in " ".join(seen.split())
        path.write_text(WALKS)
        await pilot.press("r")
        await settle(pilot)
        assert "left out" not in picture(app)
        assert world.troubles == []
        screen = app.screen
        assert isinstance(screen, PacksScreen)
        assert screen.at == "walks"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, WriteScreen)
        assert "turn back today?" in picture(app) or "last mile say?" in picture(app)


async def test_text_of_a_pack_is_cleaned(world: World) -> None:
    put(world, "odd.yaml", WALKS.replace("title: Walks", 'title: "[b]Walks[/]"'))
    app = JournalApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.post_message(Go("packs"))
        await settle(pilot)
        assert "[b]Walks[/]" in picture(app)


async def test_a_pack_of_ones_own_can_be_edited_and_ours_cannot(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    put(world, "walks.yaml", WALKS)
    monkeypatch.setenv("EDITOR", "true")
    app = JournalApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.post_message(Go("packs"))
        await settle(pilot)
        assert "e Edit" in picture(app)
        await pilot.press("e")
        await settle(pilot)
        assert said(app) == "This terminal cannot be lent to an editor."
        await pilot.press("down")
        await settle(pilot)
        assert "e Edit" not in picture(app)
        assert "→ Questions" in picture(app)
        await pilot.press("right")
        await settle(pilot)
        assert "Questions" not in picture(app).splitlines()[-1]
