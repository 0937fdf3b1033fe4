"""Drafts: one small file a session, at most a pause behind the typing, gone only when the entry is kept.

The file is JSON: ``{"format": 1, "id", "started", "day", "pack", "pillar", "at", "pace", "people": [name],
"questions": [{"id", "ask", "quote": {"text", "entry", "day"} or null}], "due": [{"id", "entry", "text", "made"}],
"replies": {step: {"text", "choice", "due", "skipped", "passed", "ask", "kind", "label",
"signal"}}}``.
With a cipher it is sealed (`journal_tui.sealed`).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from journal_tui.files import read_plain, remove_leftovers, sync_folder, write_private
from journal_tui.model import Commitment, JournalError, Kind, Option, Pace, Pack, Pillar, Prompt, Quote
from journal_tui.paths import make_private
from journal_tui.sealed import ASIDE, Cipher, SealError, unwrap, wrap
from journal_tui.session.session import Session
from journal_tui.session.steps import Reply

FORMAT = 1


class NewerDraftError(ValueError):
    """The draft was written by a newer version."""


def to_json(session: Session) -> dict[str, Any]:
    """The session as plain data, with the words of every question so that it outlives its pack."""
    prompts = {step.id: step.prompt for step in session.steps() if step.prompt}
    return {
        "format": FORMAT,
        "id": session.id,
        "started": session.started.isoformat(),
        "day": session.day.isoformat(),
        "pack": session.pack.id if session.pack else None,
        "pillar": session.pillar.value if session.pillar else None,
        "at": session.at,
        "pace": session.pace.value,
        "people": list(session.people),
        "questions": [
            {"id": prompt.id, "ask": prompt.ask, "quote": _quote_to_json(session.quotes.get(prompt.id))}
            for prompt in session.questions
        ],
        "due": [{"id": c.id, "entry": c.entry, "text": c.text, "made": c.made.isoformat()} for c in session.due],
        "replies": {
            id: {
                "text": reply.text,
                "choice": reply.choice,
                "due": reply.due,
                "skipped": reply.skipped,
                "passed": reply.passed,
                **_prompt_to_json(prompts.get(id), reply),
            }
            for id, reply in session.replies.items()
        },
    }


def from_json(data: Mapping[str, Any], packs: Mapping[str, Pack]) -> Session:
    """The session that `to_json` wrote. Questions that the pack no longer leads to come back from the draft itself.

    Raises:
        ValueError, KeyError, TypeError: it is no draft.
    """
    if data["format"] > FORMAT:
        raise NewerDraftError
    replies = {
        id: Reply(
            text=str(reply["text"]),
            choice=str(reply["choice"]),
            due=str(reply["due"]),
            skipped=bool(reply["skipped"]),
            passed=bool(reply["passed"]),
        )
        for id, reply in data["replies"].items()
    }
    if not isinstance(data["pack"], str | None):
        raise TypeError("the name of a pack expected")
    pack = packs.get(data["pack"] or "")
    if data["pack"] and pack is None:
        pillar = Pillar(data["pillar"]) if data.get("pillar") else None
        pack = Pack(id=data["pack"], title=data["pack"], pillar=pillar, language="en", about="", prompts=())
    quotes = {q["id"]: _quote_from_json(q["quote"]) for q in data["questions"] if q.get("quote")}
    given = data["replies"]
    questions = [
        (pack and pack.prompt(q["id"])) or _prompt_from_json(q["id"], {**given.get(q["id"], {}), "ask": q["ask"]})
        for q in data["questions"]
    ]
    session = Session(
        id=str(data["id"]),
        started=datetime.fromisoformat(data["started"]),
        day=date.fromisoformat(data["day"]),
        pack=pack,
        questions=tuple(questions),
        quotes=MappingProxyType(quotes),
        pace=Pace(data.get("pace", Pace.MEDIUM)),
        people=tuple(map(str, data.get("people", ()))),
        due=tuple(
            Commitment(id=c["id"], entry=c["entry"], text=str(c["text"]), made=date.fromisoformat(c["made"]))
            for c in data["due"]
        ),
        replies=MappingProxyType(replies),
        at=str(data["at"]),
    )
    on_the_way = {step.id for step in session.steps()}
    cut_off = [
        _prompt_from_json(id, given[id])
        for id, reply in replies.items()
        if pack and not reply.is_empty and "/" in id and id not in on_the_way
    ]
    return replace(session, questions=(*session.questions, *cut_off)) if cut_off else session


def _prompt_to_json(prompt: Prompt | None, reply: Reply) -> dict[str, str]:
    """What is needed of a question to keep its answer, should its pack be gone when the session goes on."""
    if prompt is None:
        return {"ask": ""}
    chosen = next((option for option in prompt.options if option.key == reply.choice), None)
    signal = chosen.signal if chosen else prompt.signal
    return {"ask": prompt.ask, "kind": prompt.kind.value, "label": chosen.label if chosen else "", "signal": signal}


def _prompt_from_json(id: str, data: Mapping[str, Any]) -> Prompt:
    signal, label = str(data.get("signal", "")), str(data.get("label", ""))
    options = (Option(key=str(data["choice"]), label=label, signal=signal),) if label else ()
    kind = Kind(data.get("kind", Kind.TEXT))
    return Prompt(id=id, ask=str(data["ask"]), kind=kind, options=options, signal="" if options else signal)


def _quote_to_json(quote: Quote | None) -> dict[str, str | None] | None:
    if quote is None:
        return None
    return {"text": quote.text, "entry": quote.entry, "day": quote.day.isoformat() if quote.day else None}


def _quote_from_json(data: Mapping[str, Any]) -> Quote:
    day = date.fromisoformat(data["day"]) if data["day"] else None
    return Quote(text=str(data["text"]), entry=str(data["entry"]), day=day)


class Drafts:
    """The drafts in one folder. A draft open in one process is not offered to another.

    With a `cipher` every file is sealed when it is written; those that are not sealed are read all the same.
    """

    def __init__(self, folder: Path, cipher: Cipher | None = None) -> None:
        self._folder = folder
        self._cipher = cipher
        self._held: dict[str, int] = {}

    def become(self, cipher: Cipher | None) -> None:
        """From now on with this cipher, holding what it holds."""
        self._cipher = cipher

    def _path(self, id: str) -> Path:
        return self._folder / f"{id}.json"

    def _read(self, path: Path) -> bytes:
        return unwrap(read_plain(path), path.name, self._cipher)

    def _write(self, path: Path, content: bytes) -> None:
        write_private(path, wrap(content, path.name, self._cipher))

    def save(self, session: Session) -> None:
        """Puts the session on the disk.

        Raises:
            JournalError: it cannot be written; what lay there before is untouched.
        """
        make_private(self._folder)
        content = json.dumps(to_json(session), indent=1).encode()
        try:
            self._hold(session.id)
            self._write(self._path(session.id), content)
        except OSError as error:
            raise JournalError(
                f"the draft cannot be saved in {self._folder} ({error.strerror}): your words are still on the screen"
            ) from None

    def waiting(self, packs: Mapping[str, Pack]) -> tuple[list[Session], list[str]]:
        """Drafts that no running program has open, the latest first, and a line for each that cannot be read."""
        found: list[Session] = []
        troubles: list[str] = []
        if not self._folder.is_dir():
            return [], []
        for path in self._folder.glob("*.json"):
            if self._held_elsewhere(path.stem):
                continue
            try:
                found.append(from_json(json.loads(self._read(path)), packs))
            except OSError as error:
                troubles.append(f"the draft {path} cannot be read ({error.strerror}); it is left as it is")
            except NewerDraftError:
                troubles.append(f"the draft {path} is from a newer journal-tui: update this one; it is left as it is")
            except SealError as error:
                troubles.append(f"the draft {path} does not open ({error}); it is left as it is")
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                troubles.append(f"the draft {path} is damaged; it is left as it is, open it with a text editor")
        return sorted(found, key=lambda session: session.id, reverse=True), troubles

    def remove(self, id: str) -> None:
        """Forgets a draft, once its entry is kept."""
        remove_leftovers(self._path(id))
        if self._path(id).exists():
            self._path(id).unlink()
            sync_folder(self._folder)
        self.release(id)

    def forget(self, entries: Collection[str]) -> int:
        """Takes erased entries out of the drafts: their own, what others quote of them, the promises made in them.

        Returns:
            How many drafts cannot be looked into: open in another window, or not readable.
        """
        unread = 0
        for path in sorted(self._folder.glob("*.json")):
            if path.stem in entries:
                self.remove(path.stem)
                continue
            try:
                data = json.loads(self._read(path))
                quoting = [q for q in data["questions"] if (q.get("quote") or {}).get("entry") in entries]
                due = [promise for promise in data["due"] if promise["entry"] not in entries]
                if not quoting and len(due) == len(data["due"]):
                    continue
                if self._held_elsewhere(path.stem):
                    raise ValueError
                for question in quoting:
                    question["quote"] = None
                self._write(path, json.dumps(data | {"due": due}, indent=1).encode())
            except (OSError, SealError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
                unread += 1
        return unread

    # -- changes to entries ------------------------------------------------------------------------

    def _edit_path(self, entry: str) -> Path:
        return self._folder / f"{entry}.edit"

    def save_edit(self, entry: str, text: str) -> None:
        """Puts an unfinished change to an entry on the disk.

        Raises:
            JournalError: it cannot be written.
        """
        make_private(self._folder)
        try:
            self._write(self._edit_path(entry), text.encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise JournalError(
                f"the change cannot be saved in {self._folder} ({error.strerror}): it is still on the screen"
            ) from None

    def edit_of(self, entry: str) -> str | None:
        """The unfinished change to an entry, if there is one that can be read."""
        try:
            return self._read(self._edit_path(entry)).decode("utf-8", "surrogatepass")
        except (OSError, UnicodeDecodeError, SealError):
            return None

    def edits(self) -> list[str]:
        """Ids of the entries whose change was not finished."""
        return sorted(path.stem for path in self._folder.glob("*.edit"))

    def remove_edit(self, entry: str) -> None:
        """Forgets an unfinished change, once it is kept.

        Raises:
            JournalError: it cannot be removed.
        """
        path = self._edit_path(entry)
        try:
            remove_leftovers(path)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise JournalError(f"{path} cannot be removed ({error.strerror}): it will be offered again") from None

    # -- one writer a draft ------------------------------------------------------------------------

    def take(self, id: str, packs: Mapping[str, Pack]) -> Session:
        """The draft with this id, as it is on the disk, from now on for this program alone.

        Raises:
            JournalError: another program has it open, or it is gone.
        """
        self._hold_or_say(id, "this draft")
        try:
            return from_json(json.loads(self._read(self._path(id))), packs)
        except SealError as error:
            self.release(id)
            raise JournalError(f"this draft does not open ({error}); it is left as it is") from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.release(id)
            raise JournalError("this draft is no longer there: it was finished or moved elsewhere") from None

    def take_edit(self, entry: str) -> None:
        """Changing this entry is from now on for this program alone, until `release_edit`.

        An unfinished change that cannot be read is set aside, so that saving does not write over it.

        Raises:
            JournalError: another program is changing it, or a change cannot be set aside.
        """
        make_private(self._folder)
        self._hold_or_say(f"{entry}.edit", "this entry")
        path = self._edit_path(entry)
        try:
            if self.edit_of(entry) is None and path.exists():
                path.rename(path.with_name(f"{path.name}.{os.urandom(4).hex()}{ASIDE}"))
        except OSError as error:
            self.release_edit(entry)
            raise JournalError(f"{path} cannot be set aside ({error.strerror}): make its folder writable") from None

    def release_edit(self, entry: str) -> None:
        self.release(f"{entry}.edit")

    def _hold_or_say(self, id: str, what: str) -> None:
        try:
            self._hold(id)
        except BlockingIOError:
            raise JournalError(f"{what} is open in another window: go on there, or close it there first") from None
        except OSError as error:
            raise JournalError(f"{what} cannot be opened ({error.strerror}: {self._lock_path(id)})") from None

    def _lock_path(self, id: str) -> Path:
        return self._folder / f"{id}.lock"

    def _hold(self, id: str) -> None:
        if id in self._held:
            return
        path = self._lock_path(id)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not path.exists() or path.stat().st_ino != os.fstat(handle).st_ino:
                raise BlockingIOError  # its holder removed it just now
        except OSError:
            os.close(handle)
            raise
        self._held[id] = handle

    def release(self, id: str) -> None:
        """Lets go of a draft without removing it."""
        handle = self._held.pop(id, None)
        if handle is not None:
            self._lock_path(id).unlink(missing_ok=True)
            os.close(handle)

    def _held_elsewhere(self, id: str) -> bool:
        if id in self._held:
            return False
        try:
            handle = os.open(self._lock_path(id), os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:  # no lock, or none of ours: the draft can be read
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(handle)
        return False
