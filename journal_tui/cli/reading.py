"""``list``, ``search`` and ``show``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

import click

from journal_tui.cli import out
from journal_tui.cli.params import Command, as_json, pillar_option, rating_option
from journal_tui.cli.world import world_of
from journal_tui.dates import parse_span, say_full_day
from journal_tui.model import Commitment, Entry, Pillar, UsageError
from journal_tui.paths import Paths
from journal_tui.text import clean_line, find_spans, fold, listed, mentions, query_words

PAGE = 20
"""Entries shown in a terminal when no limit is given."""
SHORT_ID = 6


class _Wanted(TypedDict):
    """The filters as they were given."""

    pillar: Pillar | None
    person: str | None
    tag: str | None
    since: str | None
    until: str | None
    rating: tuple[int, int] | None
    limit: int | None
    as_json: bool


def _filters(command: Command) -> Command:
    options = (
        pillar_option("On this pillar."),
        click.option("--person", metavar="NAME", help="Naming this person, by any name that was joined."),
        click.option("--tag", metavar="TAG", help="With this tag."),
        click.option("--since", metavar="DATE", help="From this day on: 2025-03-07, 2025, march, last month."),
        click.option("--until", metavar="DATE", help="Up to this day."),
        rating_option("Lived so much: 4, at least 4 (4-5), at most 2 (1-2), or rated at all (1-5)."),
        click.option("--limit", metavar="N", type=click.IntRange(min=0), help="The newest N; 0 for all."),
        as_json,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("list")
@_filters
@click.pass_obj
def list_entries(paths: Paths, **wanted: Unpack[_Wanted]) -> None:
    """List entries, the newest first.

    In a terminal the newest twenty, unless --limit says otherwise. In a pipe all of them.

    \b
      journal-tui list --pillar trust --since "last month"

    The JSON is a list of objects as `show --json` prints them.
    """
    _print_found(paths, "", wanted)


@click.command()
@click.argument("words", nargs=-1, required=True)
@_filters
@click.pass_obj
def search(paths: Paths, words: tuple[str, ...], **wanted: Unpack[_Wanted]) -> None:
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
    _print_found(paths, query, wanted)


def _print_found(paths: Paths, query: str, wanted: _Wanted) -> None:
    from journal_tui.store.search import Filter

    world = world_of(paths)
    today = world.today()
    since = parse_span(wanted["since"], today).first if wanted["since"] else None
    until = parse_span(wanted["until"], today).last if wanted["until"] else None
    if since and until and since > until:
        raise UsageError(f"--since ({since}) is after --until ({until}): exchange them")
    to_person = out.is_terminal() and not wanted["as_json"]
    limit = wanted["limit"] if wanted["limit"] is not None else PAGE if to_person else 0
    filter = Filter(
        words=query,
        pillar=wanted["pillar"],
        person=wanted["person"] or "",
        tag=wanted["tag"] or "",
        since=since,
        until=until,
        rating=wanted["rating"],
        limit=limit or None,
    )
    shown = world.journal.find(filter)
    if not shown:
        out.note("Nothing like that is here." if world.journal.ids() else f"Nothing is here yet: {out.PROGRAM} write")
    if wanted["as_json"]:
        out.say_json([entry_to_json(entry) for entry in shown])
        return
    ids = short_ids(world.journal.ids())
    names = max((len(entry.pillar.title) for entry in shown if entry.pillar), default=0)
    for entry in shown:
        _print_line(entry, ids[entry.id], names, query_words(query))
    if to_person and len(shown) == limit < (count := world.journal.count(filter)):
        out.say(out.dim(f"{len(shown):,} of {count:,} · --limit 0 shows all"))


def short_ids(ids: Sequence[str]) -> dict[str, str]:
    """The ends of `ids`, as short as they may be and still tell all of them apart."""
    longest = max(map(len, ids), default=0)
    lengths = (n for n in range(SHORT_ID, longest) if len({id[-n:] for id in ids}) == len(ids))
    length = next(lengths, longest)
    return {id: id[-length:] for id in ids}


def _print_line(entry: Entry, id: str, names: int, words: Sequence[str]) -> None:
    """One entry on one line: id, day, pillar, heading or the line that was found."""
    day = entry.day.isoformat() if entry.day else "undated   "
    gap = "  " if names else ""
    room = out.column() - len(f"{id}  {day}  {gap}") - names
    line = _excerpt(_best_line(entry, words), words, max(10, room))
    out.say(out.dim(id), f"  {day}  ", out.pillar_name(entry.pillar, names), gap, *_marked(line, words))


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
@click.argument("id")
@as_json
@click.pass_obj
def show(paths: Paths, id: str, as_json: bool) -> None:
    """Show one entry. The end of its id, as `list` shows it, is enough.

    In a terminal the lines are broken to be read; in a pipe they are as written.

    \b
      journal-tui show k3v9qx

    The JSON is an object: id, date (or null), time (or null), pillar (or null), rating (or null), tags, people
    (noted or named as @name), text, answers (prompt, ask, text, choice, signals, skipped, quote, quoted: earlier words
    that the question was laid beside, and the id of their entry), starred, source (format, file, fingerprint; or null).
    """
    journal = world_of(paths).journal
    entry = journal.get(id)
    if as_json:
        out.say_json(entry_to_json(entry))
        return
    _print_entry(entry, [promise for promise in journal.commitments() if promise.entry == entry.id])


def _print_entry(entry: Entry, promises: Sequence[Commitment]) -> None:
    clock = f", {entry.moment:%H:%M}" if entry.moment else ""
    out.say(out.paint(say_full_day(entry.day) + clock, bold=True))
    facts: list[str] = [out.pillar_name(entry.pillar)] if entry.pillar else []
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
