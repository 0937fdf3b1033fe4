"""``delete`` and ``undo``."""

from __future__ import annotations

from tests.cli.command_line import Cli


def test_deleted_entries_come_back(cli: Cli) -> None:
    ids = [cli.ok("add", text).id for text in ("one", "two", "three")]
    result = cli.ok("delete", ids[0], ids[1][-6:], ids[0])
    assert "2 entries" in result.out
    assert "undo" in result.out
    assert [entry["text"] for entry in cli.entries()] == ["three"]
    assert "trash" in cli.refused("show", ids[0])
    cli.ok("undo")
    assert {entry["text"] for entry in cli.entries()} == {"one", "two", "three"}


def test_undo_goes_back_step_by_step(cli: Cli) -> None:
    id = cli.ok("add", "one").id
    cli.ok("edit", id, "--rating", "5")
    cli.ok("undo")
    assert cli.entries()[0]["rating"] is None
    assert "in the trash" in cli.ok("undo").out
    assert cli.entries() == []
    assert "is back" in cli.ok("undo").out
    assert [entry["id"] for entry in cli.entries()] == [id]


def test_nothing_to_undo(cli: Cli) -> None:
    assert "nothing to undo" in cli.refused("undo", code=1)


def test_one_unknown_id_deletes_nothing(cli: Cli) -> None:
    id = cli.ok("add", "one").id
    assert "zzzzzz" in cli.refused("delete", id, "zzzzzz")
    assert len(cli.entries()) == 1
    assert "missing argument" in cli.refused("delete")
