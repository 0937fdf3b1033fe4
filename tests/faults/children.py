"""What other processes do to a journal while a test looks on, or ends them. Started from a process that has
everything loaded, so that a thousand of them take no longer than their work."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from journal_tui.store.journal import Journal
from tests.faults.scenarios import OLD, opened
from tests.store.sample import entry

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["__main__", "tests.faults.children"])

Model = dict[str, tuple[str, bool]]
"""Entries by id: their text, and whether they are in the trash."""
Step = tuple[str, str, str]
"""What, which entry, which text."""


def start(work: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, Connection]:
    """A child that does `work` with a pipe to this process as its first argument."""
    here, there = _context.Pipe()
    child = _context.Process(target=work, args=(there, *arguments), daemon=True)
    child.start()
    there.close()
    return child, here


@contextlib.contextmanager
def ended(child: BaseProcess) -> Iterator[None]:
    """Ends the child whatever happens: this process would wait for ever for one that stands still."""
    try:
        yield
    finally:
        child.kill()
        child.join()


def journal_in(home: Path) -> Journal:
    world = opened(home)
    if world.is_locked:
        world.unlock(OLD)
    return world.journal


def model_of(journal: Journal) -> Model:
    return {e.id: (e.text, False) for e in journal.entries()} | {
        thrown.entry.id: (thrown.entry.text, True) for thrown in journal.trash.all()
    }


def after(model: Model, step: Step) -> Model:
    """The model after a step."""
    what, id, text = step
    match what:
        case "add" | "edit":
            return model | {id: (text, False)}
        case "delete" | "put back":
            return model | {id: (model[id][0], what == "delete")}
        case "erase":
            return {other: found for other, found in model.items() if other != id}
    return model


def _next_step(chance: random.Random, model: Model, number: str) -> Step:
    live = sorted(id for id, (_, is_trash) in model.items() if not is_trash)
    trash = sorted(id for id, (_, is_trash) in model.items() if is_trash)
    words = " ".join(chance.choices(("kettle", "words", "ünï", "日本", "\n\n", '"'), k=chance.randint(1, 400)))
    what = chance.choices(("add", "edit", "delete", "put back", "erase", "backup"), (40, 25, 12, 8, 10, 5))[0]
    if what in ("edit", "delete") and live:
        return what, chance.choice(live), words
    if what == "put back" and trash:
        return what, chance.choice(trash), words
    if what == "erase" and len(model) > 3:
        return what, chance.choice(sorted(model)), words
    return ("backup", "", "") if what == "backup" and model else ("add", f"entry-{number}", words)


def do(journal: Journal, step: Step) -> None:
    what, id, text = step
    match what:
        case "add":
            journal.add(entry(id, text))
        case "edit":
            journal.replace(entry(id, text))
        case "delete":
            journal.delete([id])
        case "put back":
            journal.trash.put_back([id])
        case "erase":
            journal.trash.erase([id])
        case "backup":
            journal.backup()


def write_without_end(pipe: Connection, home: Path, seed: int) -> None:
    """Says each step before it begins, and says when it is done."""
    chance = random.Random(seed)
    journal = journal_in(home)
    model = model_of(journal)
    pipe.send("ready")
    number = 0
    while True:
        number += 1
        step = _next_step(chance, model, f"{seed}-{number}")
        pipe.send(step)
        do(journal, step)
        pipe.send("done")
        model = after(model, step)


def add_many(pipe: Connection, home: Path, name: str, count: int) -> None:
    """Adds, beginning when it is told to."""
    journal = journal_in(home)
    pipe.send("ready")
    pipe.recv()
    for number in range(count):
        journal.add(entry(f"{name}-{number:03}", f"{name} {number}"))
    pipe.send("done")


def stop_in_a_commit(pipe: Connection, home: Path) -> None:
    """Stops itself when its line is written and not yet synced, with the lock held."""
    journal = journal_in(home)
    journal.entries()
    sync = os.fsync

    def stop(handle: int) -> None:
        os.fsync = sync
        pipe.send("stopped")
        os.kill(os.getpid(), signal.SIGSTOP)
        sync(handle)

    os.fsync = stop  # type: ignore[assignment]
    journal.add(entry("slow", "Slow words."))
    pipe.send("done")
