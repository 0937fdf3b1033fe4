"""``delete``, ``undo`` and ``redo``."""

from __future__ import annotations

from tests.cli.command_line import Cli


def test_deleted_entries_come_back(cli: Cli) -> None:
    ids = [cli.ok("add", text).id for text in ("one", "two", "three")]
    result = cli.ok("delete", ids[0], ids[1][-6:], ids[0])
    assert result.out == "2 entries are in the trash. journal-tui undo brings them back.\n"
    assert [entry["text"] for entry in cli.entries()] == ["three"]
    assert "trash" in cli.refused("show", ids[0])
    cli.ok("undo")
    assert {entry["text"] for entry in cli.entries()} == {"one", "two", "three"}
    said = "“three” (today) is in the trash."
    assert cli.ok("delete", ids[2]).out == f"{said} journal-tui undo brings it back.\n"
    cli.ok("undo")
    assert cli.ok("redo").out.startswith(said.removesuffix("."))


def test_undo_goes_back_step_by_step_and_redo_forward(cli: Cli) -> None:
    cli.ok("add", "one")
    (cli.folder / "notes.jsonl").write_text('{"date": "2026-03-01", "text": "two"}\n')
    cli.ok("import", "notes.jsonl")
    there = cli.entries()
    assert cli.ok("undo").out == (
        "Took back the import of notes.jsonl: 1 entry is in the trash. journal-tui redo does it again.\n"
    )
    assert cli.ok("undo").out.endswith("is in the trash. journal-tui redo does it again.\n")
    assert cli.entries() == []
    assert "2 entries are in the trash" in cli.ok("list").err
    assert cli.ok("redo").out.endswith("is back.\n")
    assert cli.ok("redo").out == "Done again: the import of notes.jsonl: 1 entry is back.\n"
    assert cli.entries() == there
    assert "nothing to do again" in cli.refused("redo", code=1)
    cli.ok("undo")
    assert "new: 1 entry" in cli.ok("import", "notes.jsonl").out
    assert cli.entries() == there


def test_nothing_to_undo(cli: Cli) -> None:
    assert "nothing to undo" in cli.refused("undo", code=1)


def test_one_unknown_id_deletes_nothing(cli: Cli) -> None:
    id = cli.ok("add", "one").id
    assert "zzzzzz" in cli.refused("delete", id, "zzzzzz")
    assert len(cli.entries()) == 1
    assert "missing" in cli.refused("delete")
