"""A folder of Markdown, a file a day (``2024-05-31.md``), as Obsidian keeps daily notes.

Front matter of YAML (``date``, ``tags``, ``pillars``, ``people``), then each entry: a heading with hour and pillar, a
line of what stands beside the words, and the answers as they were written, each below its question. Questions, words
quoted and promises are callouts (https://help.obsidian.md/callouts), which other programs show as block quotes. A line
of the writer's own that looks like one of these headings or callouts has a backslash before it, Markdown's own way to
say that it is none; every other line stands as it was written.

``journal-tui`` in the front matter is a checksum of all the rest: a file that does not fit it was changed by hand.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from journal_tui.exchange.contents import EVERYTHING, Contents, writable
from journal_tui.exchange.send_out import Progress, held, shown, unwritten
from journal_tui.files import read_plain, sync_folder, write_private
from journal_tui.model import Answer, Commitment, Entry, JournalError, Pillar
from journal_tui.text import clean_line, listed, plural

CARRIES = EVERYTHING - {"names", "judgements", "marks"}
UNDATED = "undated.md"
SHOWN = 5
"""Names of files that are told one by one."""

_KEY = "journal-tui"
_MARKER = re.compile(rf"\A---\n(?:[^\n]+\n)*?({_KEY}: ([0-9a-f]{{64}})\n)---\n")
_NAMES = rf"\d{{4}}-\d\d-\d\d\.md|{re.escape(UNDATED)}"
_TITLES = "|".join(pillar.title for pillar in Pillar)
HEADING = (
    r"## (?:(?:(?P<night>\d{4}-\d\d-\d\d) )?(?P<clock>\d\d:\d\d)"
    rf"(?: · (?P<title>{_TITLES}))?|(?P<only>{_TITLES})|Entry)[ \t\r]*$"
)
_KIND = r"\[!(?P<kind>quote|question|check|todo)\](?= |$)"
CALLOUT = rf"> {_KIND}"
FRONT = re.compile(r"---\n(?:[^\n]+\n)*?---\n")
_OURS = re.compile(rf"^(?=\\*(?:{HEADING}|{CALLOUT}))", re.MULTILINE)
_OURS_QUOTED = re.compile(rf"^(?=\\*{_KIND})", re.MULTILINE)
_NO_TAG = re.compile(r"[\s!-,.:-@\[-^`{-~]+")
_NO_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


# -- one file --------------------------------------------------------------------------------------


def unescaped(line: str, *, quoted: bool = False) -> str:
    """A line of the writer's own as it was written, from one of a file; `quoted`: without its ``> ``."""
    ours = _OURS_QUOTED if quoted else _OURS
    return line[1:] if line.startswith("\\") and ours.match(line[1:]) else line


def files(contents: Contents) -> Iterator[tuple[str, str]]:
    """Name and text of each file, in the order of the days."""
    days: dict[date | None, list[tuple[Entry, list[Commitment]]]] = {}
    for entry, promises in contents.readable():
        days.setdefault(entry.day, []).append((entry, promises))
    for day, entries in days.items():
        yield f"{day.isoformat()}.md" if day else UNDATED, _file(day, entries)


def _file(day: date | None, entries: Sequence[tuple[Entry, list[Commitment]]]) -> str:
    front = {
        "tags": [_tag(tag) for entry, _ in entries for tag in entry.tags],
        "pillars": [entry.pillar.value for entry, _ in entries if entry.pillar],
        "people": [clean_line(name) for entry, _ in entries for name in entry.people],
    }
    lines = ["---", *([f"date: {day.isoformat()}"] if day else [])]
    for key, values in front.items():
        if found := list(dict.fromkeys(filter(None, values))):
            lines += [f"{key}:", *(f"  - {_yaml(value)}" for value in found)]
    head = "\n".join(lines) + "\n"
    body = writable("---\n" + "".join(f"\n{block}\n" for pair in entries for block in _blocks(*pair)))
    return f"{head}{_KEY}: {_sum(head + body)}\n{body}"


def _blocks(entry: Entry, promises: Sequence[Commitment]) -> Iterator[str]:
    """What stands between empty lines."""
    facts = _facts(entry)
    yield f"## {_heading(entry)}" + (f"\n*{' · '.join(facts)}*" if facts else "")
    for place, answer in enumerate(answer for answer in entry.answers if answer.words):
        yield from _answer(answer, is_first=place == 0)
    for promise in promises:
        due = f" (by {promise.due.isoformat()})" if promise.due else ""
        status = f": {promise.status}" if promise.status else ""
        yield _callout("todo", f"{promise.text}{due}{status}")


def _answer(answer: Answer, *, is_first: bool) -> Iterator[str]:
    if answer.quote:
        quoted = _OURS_QUOTED.sub(r"\\", answer.quote).split("\n")
        yield "\n".join((_callout("quote"), *(f"> {line}" if line else ">" for line in quoted)))
    if answer.ask or not (is_first or answer.quote):  # without a question too it is another answer
        yield _callout("question", answer.ask)
    if answer.choice:
        yield _callout("check", " · ".join(answer.choice))
    if text := answer.text.strip("\n"):
        yield _OURS.sub(r"\\", text)


def _callout(kind: str, title: str = "") -> str:
    return f"> [!{kind}] {' '.join(title.split())}".rstrip()


def _heading(entry: Entry) -> str:
    title = entry.pillar.title if entry.pillar else ""
    if entry.moment is None:
        return title or "Entry"
    night = f"{entry.moment.date().isoformat()} " if entry.moment.date() != entry.day else ""
    return f"{night}{entry.moment:%H:%M}" + (f" · {title}" if title else "")


def _facts(entry: Entry) -> list[str]:
    people = ", ".join(filter(None, map(clean_line, entry.people)))
    facts = (
        f"{entry.rating} of 5" if entry.rating else "",
        "starred" if entry.starred else "",
        " ".join(f"#{fit}" for tag in entry.tags if (fit := _tag(tag))),
        f"about {people}" if people else "",
    )
    return [fact for fact in facts if fact]


def _tag(tag: str) -> str:
    """`tag` as Obsidian takes one: without blanks and punctuation, and not of digits alone."""
    fit = _NO_TAG.sub("-", clean_line(tag)).strip("-")
    return f"_{fit}" if fit.isdigit() else fit


def _yaml(text: str) -> str:
    """One quoted scalar: JSON is YAML but for some characters."""
    return _NO_YAML.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


# -- the folder ------------------------------------------------------------------------------------


def _sum(rest: str) -> str:
    return hashlib.sha256(rest.encode()).hexdigest()


def marked(text: str) -> bool | None:
    """Whether a file with this text is as it was written here; None: it was never written here."""
    found = _MARKER.match(text)
    if not found:
        return None
    return _sum(text[: found.start(1)] + text[found.end(1) :]) == found[2]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files of a folder."""

    new: int
    same: int
    stale: tuple[str, ...]
    """Files of ours for which there are no entries any more."""

    def told(self) -> str:
        """What was done, for a person."""
        if not self.same:
            return f"{plural(self.new, 'file')} written"
        done = f"{plural(self.new, 'file')} written" if self.new else "nothing new"
        kept = "left as it was" if self.same == 1 else "left as they were"
        return f"{done}, {self.same:,} {kept}" if self.new else f"{done}, {plural(self.same, 'file')} {kept}"

    def left_there(self) -> str:
        """A line on the files without entries; empty: there are none."""
        return f"no longer in the journal, and left there: {_named(self.stale)}" if self.stale else ""


def write(contents: Contents, folder: Path, *, force: bool, on_progress: Progress) -> Written:
    """Brings the files in `folder` up to date; those that are so already are not touched. Nothing is written before
    every file was looked at.

    Args:
        force: replace files of ours that were changed by hand, too.

    Raises:
        JournalError: a file is in the way, another export writes there, or the disk refuses; what was written before
            that is whole.
    """
    wanted = dict(files(contents))
    is_ours = _made(folder)
    with held(folder, _NAMES, alone=True):
        return _bring_up_to_date(folder, wanted, is_ours=is_ours, force=force, on_progress=on_progress)


def _bring_up_to_date(
    folder: Path, wanted: Mapping[str, str], *, is_ours: bool, force: bool, on_progress: Progress
) -> Written:
    there = _there(folder, wanted)
    foreign = [name for name in wanted if name in there and marked(there[name]) is None]
    if foreign:
        were, them = ("was", "it") if len(foreign) == 1 else ("were", "them")
        raise JournalError(
            f"{_named(foreign)} in {shown(folder)} {were} not written by journal-tui, nothing was changed:"
            f" move {them}, or name another folder"
        )
    changed = [n for n in wanted if n in there and marked(there[n]) is False and there[n] != wanted[n]]
    if changed and not force:
        raise JournalError(
            f"{_named(changed)} in {shown(folder)} {'was' if len(changed) == 1 else 'were'} changed by hand, nothing"
            " was written: --force replaces what was changed"
        )
    new = {name: text for name, text in wanted.items() if there.get(name) != text}
    _put(folder, new, is_ours=is_ours, on_progress=on_progress)
    stale = tuple(sorted(name for name, text in there.items() if name not in wanted and marked(text) is not None))
    return Written(new=len(new), same=len(wanted) - len(new), stale=stale)


def _made(folder: Path) -> bool:
    """Makes sure that there is a folder; whether it had to be made."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not folder.is_dir():
            raise JournalError(f"{shown(folder)} is a file: name a folder for Markdown") from None
        return False
    except FileNotFoundError:
        raise JournalError(f"there is no folder {shown(folder.parent)}: make it first, or name another") from None
    except OSError as error:
        raise unwritten(folder, error) from None
    return True


def _there(folder: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """The text of each file of a day; of what is no plain text, something that was never written here."""
    found = {}
    try:
        for path in sorted(folder.iterdir()):
            if path.name in wanted or re.fullmatch(_NAMES, path.name):
                found[path.name] = "" if path.is_symlink() else _text(path)
    except OSError as error:
        raise unwritten(folder, error) from None
    return found


def _text(path: Path) -> str:
    try:
        return read_plain(path).decode()
    except (OSError, ValueError):
        return ""


def _put(folder: Path, new: Mapping[str, str], *, is_ours: bool, on_progress: Progress) -> None:
    at = folder
    made: list[Path] = []
    try:
        for number, (name, text) in enumerate(new.items()):
            on_progress(number, len(new))
            at = folder / name
            write_private(at, text.encode(), durable=False)
            made.append(at)
        sync_folder(folder)
    except OSError as error:
        _unmake(folder, made, is_ours=is_ours)
        raise unwritten(at, error) from None
    except BaseException:
        _unmake(folder, made, is_ours=is_ours)
        raise


def _unmake(folder: Path, made: Sequence[Path], *, is_ours: bool) -> None:
    """Takes back what was written into a folder of our own; what others put there meanwhile stays, and the folder."""
    if is_ours:
        with suppress(OSError):
            for path in made:
                path.unlink(missing_ok=True)
            folder.rmdir()


def _named(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return listed([*names[:SHOWN], *([f"{more:,} more"] if more > 0 else [])])
