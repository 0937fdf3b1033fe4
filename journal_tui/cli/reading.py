"""``list``, ``search`` and ``show``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from journal_tui.cli import out
from journal_tui.cli.params import Wanted, as_json, filters, offering
from journal_tui.cli.world import titles_of, world_of
from journal_tui.dates import say_full_day
from journal_tui.model import Entry, Pillar, UsageError
from journal_tui.paths import Paths
from journal_tui.text import clean_line, find_spans, fold, listed, mentions, plural, query_words

if TYPE_CHECKING:
    from journal_tui.model import Commitment
    from journal_tui.store.journal import Journal

PAGE = 20
"""Entries shown in a terminal when no limit is given."""
WIDEST = 20
"""Cells of the column of pillars, at most."""
_NOTHING = f"Nothing is here yet: {out.PROGRAM} write. Coming from another journal? {out.PROGRAM} import FILE"
LEAST = 16
"""Cells that a heading is to have: in a narrow terminal the pillars make room for it."""
STAR = "★"
NONE = "-"
"""What stands in a pipe for a day or a pillar that an entry does not have."""


@click.command("list")
@filters
@as_json
@click.pass_obj
def list_entries(paths: Paths, wanted: Wanted, as_json: bool) -> None:
    """List entries, the newest first.

    In a terminal the newest twenty, unless --limit says otherwise; ★ is before those with a star. In a pipe all of
    them, whole, with a tab between id, date, pillar and heading (- where there is none).

    \b
      journal-tui list --pillar trust --since "last month"

    The JSON is a list of objects as `show --json` prints them.
    """
    _print_found(paths, wanted, "", as_json)


@click.command()
@click.argument("words", nargs=-1, required=True)
@filters
@as_json
@click.pass_obj
def search(paths: Paths, words: tuple[str, ...], wanted: Wanted, as_json: bool) -> None:
    """Find the entries that hold all of these words.

    The beginning of a word is enough, case and accents do not matter. Words in double quotes are looked for side
    by side.

    \b
      journal-tui search sister letter
      journal-tui search '"sunday dinner"' --since 2024

    The JSON is a list of objects as `show --json` prints them.
    """
    query = " ".join(words)
    if not query_words(query):
        raise UsageError("there is no word to search for: give at least one")
    _print_found(paths, wanted, query, as_json)


def _print_found(paths: Paths, wanted: Wanted, query: str, as_json: bool) -> None:
    world = world_of(paths)
    to_person = out.is_terminal() and not as_json
    filter = wanted.filter(world.today(), query, PAGE if to_person else 0)
    shown = world.journal.find(filter)
    if not shown:
        said = "Nothing like that is here." if world.journal.ids() else _say_empty(world.journal)
        if said:
            out.note(said)
    if as_json:
        out.say_json([entry_to_json(entry) for entry in shown])
        return
    length = world.journal.id_length()
    ids = {entry.id: entry.id[-length:] for entry in shown}
    words = query_words(query)
    if not to_person:
        rows = ([ids[e.id], f"{e.day or NONE}", e.pillar or NONE, _best_line(e, words)] for e in shown)
        if shown:
            out.say("\n".join(map("\t".join, rows)))
        return
    titles = titles_of(world)
    names = min(max((out.cells(titles[entry.pillar]) for entry in shown if entry.pillar), default=0), WIDEST)
    if out.column() - length - names < len("  2025-03-07    ") + LEAST:
        names = 0
    sign = "*" if world.settings.plain_glyphs else STAR
    stars = {True: f"{sign} ", False: "  "} if any(entry.starred for entry in shown) else {True: "", False: ""}
    for entry in shown:
        _print_line(entry, ids[entry.id], titles, names, stars[entry.starred], words)
    if filter.limit and len(shown) == filter.limit < (count := world.journal.count(filter)):
        out.say(out.dim(f"{len(shown):,} of {count:,} · --limit 0 shows all"))


def _say_empty(journal: Journal) -> str:
    """What there is to say of a journal without entries."""
    thrown = len(journal.trash.all())
    if not thrown:
        return "" if journal.unreadable else _NOTHING
    return f"Nothing is here: {plural(thrown, 'entry is', 'entries are')} in the trash, {out.PROGRAM} trash shows them"


def short_ids(ids: Sequence[str]) -> dict[str, str]:
    """The ends of `ids`, as short as they may be and still tell all of them apart."""
    from journal_tui.store.ids import telling_apart

    length = telling_apart(ids)
    return {id: id[-length:] for id in ids}


def _print_line(
    entry: Entry, id: str, titles: Mapping[Pillar, str], names: int, star: str, words: Sequence[str]
) -> None:
    """One entry on one line: id, day, pillar, star, heading or the line that was found."""
    day = entry.day.isoformat() if entry.day else "undated   "
    gap = "  " if names else ""
    room = out.column() - len(f"{id}  {day}  {gap}{star}") - names
    line = _excerpt(_best_line(entry, words), words, max(10, room))
    pillar = out.pillar_name(entry.pillar, titles, names) if names else ""
    lived = f"lived {entry.rating} of 5, no words" if entry.rating else "no words"
    out.say(out.dim(id), f"  {day}  ", pillar, gap, star, *(_marked(line, words) if line else [out.dim(lived)]))


def _best_line(entry: Entry, words: Sequence[str]) -> str:
    """The first of the lines that hold most of `words`; the heading when none does."""
    lines = [clean_line(line) for line in entry.text.splitlines()] if words else []
    best = max(lines, key=lambda line: sum(bool(find_spans(line, [word])) for word in words), default="")
    return best if find_spans(best, words) else clean_line(entry.heading)


def _excerpt(line: str, words: Sequence[str], width: int) -> str:
    """`line` cut to `width` cells, where most of `words` stand together."""
    folded = fold(line)
    spans = find_spans(line, words) if len(line) > width // 2 else []
    place = max((a for a, _ in spans), key=lambda a: sum(w in folded[a : a + width // 2] for w in words), default=0)
    if place > width // 2:
        start = line.rfind(" ", 0, max(1, place - width // 4)) + 1
        line = "…" + line[start:]
    return out.fit(line, width)


def _marked(line: str, words: Sequence[str]) -> list[str]:
    parts: list[str] = []
    at = 0
    for start, end in find_spans(line, words):
        parts += [line[at:start], out.paint(line[start:end], bold=True, underline=True)]
        at = end
    return [*parts, line[at:]]


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=offering("entries"))
@as_json
@click.pass_obj
def show(paths: Paths, ids: tuple[str, ...], as_json: bool) -> None:
    """Show entries. The end of an id, as `list` shows it, is enough.

    In a terminal the lines are broken to be read; in a pipe they are as written.

    \b
      journal-tui show k3v9qx

    The JSON is an object, of several IDs a list of them: id, date (or null), time (or null), pillar (or null), rating
    (or null), tags, people (noted or named as @name), text, answers (prompt, ask, text, choice, signals, skipped,
    quote, quoted: earlier words that the question was laid beside, and the id of their entry), starred, source
    (format, file, fingerprint; or null).
    """
    world = world_of(paths)
    journal = world.journal
    entries = [journal.get(id) for id in ids]
    if as_json:
        found = [entry_to_json(entry) for entry in entries]
        out.say_json(found[0] if len(ids) == 1 else found)
        return
    titles, promises = titles_of(world), journal.promises.all()
    for place, entry in enumerate(entries):
        if place:
            out.say()
        _print_entry(entry, titles, [promise for promise in promises if promise.entry == entry.id])


def _print_entry(entry: Entry, titles: Mapping[Pillar, str], promises: Sequence[Commitment]) -> None:
    clock = f", {entry.moment:%H:%M}" if entry.moment else ""
    out.say(out.paint(say_full_day(entry.day) + clock, bold=True))
    facts: list[str] = [out.pillar_name(entry.pillar, titles)] if entry.pillar else []
    facts += [f"{entry.rating} of 5"] if entry.rating else []
    facts += ["starred"] if entry.starred else []
    facts += [" ".join(f"#{clean_line(tag)}" for tag in entry.tags)] if entry.tags else []
    facts += [f"about {listed(map(clean_line, entry.people))}"] if entry.people else []
    if facts:
        out.say(facts[0], *(part for fact in facts[1:] for part in (" · ", fact)))
    for answer in entry.answers:
        if answer.words:
            out.say()
            if answer.quote:
                out.paragraph(f"“{answer.quote}”", italic=True)
            if answer.ask:
                out.paragraph(answer.ask, dim=True)
            if answer.text:
                out.paragraph(answer.text)
            if answer.choice:
                out.say("· ", clean_line(" · ".join(answer.choice)))
    for promise in promises:
        due = f", by {say_full_day(promise.due)}" if promise.due else ""
        out.say()
        out.paragraph("promised", dim=True)
        out.paragraph(f"{promise.text}{due}{f' ({promise.status})' if promise.status else ''}")
    out.say()
    origin = f" · from {entry.source.format}, {clean_line(entry.source.file)}" if entry.source else ""
    out.say(out.dim(f"{entry.id}{origin}"))


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """The entry as programs read it; the shape is told in the help of ``show``."""
    return {
        "id": entry.id,
        "date": entry.day.isoformat() if entry.day else None,
        "time": entry.moment.isoformat() if entry.moment else None,
        "pillar": entry.pillar,
        "rating": entry.rating,
        "tags": entry.tags,
        "people": tuple(dict.fromkeys((*entry.people, *mentions(entry.text)))),
        "text": entry.text,
        "answers": [
            {
                "prompt": answer.prompt,
                "ask": answer.ask,
                "text": answer.text,
                "choice": answer.choice,
                "signals": answer.signals,
                "skipped": answer.skipped,
                "quote": answer.quote,
                "quoted": answer.quoted,
            }
            for answer in entry.answers
        ],
        "starred": entry.starred,
        "source": {"format": entry.source.format, "file": entry.source.file, "fingerprint": entry.source.fingerprint}
        if entry.source
        else None,
    }
