"""The journal's own Markdown, come back: what `out_markdown` wrote in one file, entry by entry.

What was changed or added by hand comes as it is. A file without the mark in its front matter is none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from journal_tui.exchange.out_markdown import CALLOUT, FRONT, HEADING, marked, unescaped
from journal_tui.exchange.record import LeftOut, Piece, Record
from journal_tui.exchange.stamps import read_stamp
from journal_tui.model import Answer, Pillar

MOST_ENTRIES = 100_000
"""In one file."""
PROMISES = "promises come back from the journal's own JSON alone"

_PILLARS = {pillar.title: pillar for pillar in Pillar}
_FACTS = re.compile(
    r"\*(?:(?P<rating>[1-5]) of 5(?: · |(?=\*$)))?(?:(?P<starred>starred)(?: · |(?=\*$)))?"
    r"(?:(?P<tags>#\S+(?: #\S+)*)(?: · |(?=\*$)))?(?:about (?P<people>.+))?\*\s*"
)


def is_ours(text: str) -> bool:
    """Whether a file with this text carries the mark, changed by hand or not."""
    return marked(text) is not None


def read(text: str, where: str) -> Iterator[Piece]:
    """The entries in the whole text of a file of ours.

    Args:
        where: its name, for reports.
    """
    head = FRONT.match(text)
    assert head
    found = re.search(r"^date: (\d{4}-\d\d-\d\d)\s*$", head.group(), re.MULTILINE)
    dated = read_stamp(found[1]) if found else None
    day = dated.day if dated else None
    headings = list(islice(re.finditer(rf"^{HEADING}", text, re.MULTILINE), MOST_ENTRIES + 1))
    if len(headings) > MOST_ENTRIES:
        yield LeftOut(where=where, why=f"it holds more than {MOST_ENTRIES:,} entries: export fewer at a time")
        return
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    above = text[head.end() : headings[0].start() if headings else len(text)]
    if above.strip():
        yield Record(where=where, day=day, text=above.strip("\n"))
    line, counted = 1, 0
    for heading, end in zip(headings, ends, strict=False):
        line, counted = line + text.count("\n", counted, heading.start()), heading.start()
        yield _entry(f"{where}, line {line}", day, heading, text[heading.end() : end].removeprefix("\n").split("\n"))


def _entry(where: str, day: date | None, heading: re.Match[str], lines: list[str]) -> Record | LeftOut:
    facts = _FACTS.fullmatch(lines[0])
    answers, promised = _answers(lines[1:] if facts else lines)
    text = "\n\n".join(answer.words for answer in answers if answer.words)
    if not text.strip():
        return LeftOut(where=where, why="it has no words")
    on = heading["night"] or day
    stamp = read_stamp(f"{on} {heading['clock']}") if heading["clock"] else None
    tags = facts["tags"] if facts else None
    people = facts["people"] if facts else None
    return Record(
        where=where,
        day=day,
        moment=stamp.moment if stamp else None,
        text=text,
        answers=tuple(answers),
        pillar=_PILLARS.get(heading["title"] or heading["only"] or ""),
        rating=int(facts["rating"]) if facts and facts["rating"] else None,
        starred=bool(facts and facts["starred"]),
        tags=tuple(re.sub(r"^#_?(?=\d+$)|^#", "", tag) for tag in (tags or "").split()),
        people=tuple((people or "").split(", ")) if people else (),
        notes=(PROMISES,) * promised,
    )


@dataclass(slots=True)
class _Open:
    """An answer while its lines are gathered."""

    quote: list[str] = field(default_factory=list)
    ask: str = ""
    choice: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)

    def finished(self) -> Answer:
        text = "\n".join(self.lines).strip("\n")
        return Answer(text=text, ask=self.ask, choice=self.choice, quote="\n".join(self.quote))


def _answers(lines: Sequence[str]) -> tuple[list[Answer], int]:
    """The answers, and how many promises stand below them."""
    found = [_Open()]
    quoting = False
    promised = 0
    for line in lines:
        callout = re.match(CALLOUT, line)
        if quoting and line.startswith(">") and not callout:
            found[-1].quote.append(unescaped(line.removeprefix(">").removeprefix(" "), quoted=True))
            continue
        quoting = False
        if callout is None:
            found[-1].lines.append(unescaped(line))
            continue
        title = line[callout.end() :].strip()
        match callout["kind"]:
            case "quote":
                found.append(_Open())
                quoting = True
            case "question":
                if not found[-1].quote or any(found[-1].lines) or found[-1].ask or found[-1].choice:
                    found.append(_Open())
                found[-1].ask = title
            case "check":
                found[-1].choice = tuple(title.split(" · "))
            case "todo":
                promised += 1
    answers = [answer.finished() for answer in found]
    return [answer for answer in answers if answer.words], promised
