"""Day One 2: ``<Journal>.json``, alone or in an archive or folder with its pictures.

``{"metadata": {"version"}, "entries": [{"uuid", "creationDate", "timeZone", "isAllDay", "text", "richText", "starred",
"tags", "photos", "videos", "audios", "pdfAttachments", "location", "weather", …}]}``, of which only the first two are
sure. ``creationDate`` is in UTC and is shown in ``timeZone``. ``text`` is Markdown in which marks have a backslash
before them, with ``![](dayone-moment://ID)`` for pictures. Source: exports of Day One for iOS and macOS that were
published, and dayoneapp.com/guides/tips-and-tutorials/exporting-entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from journal_tui.exchange.record import LeftOut, Piece, Record, UnfitError, kind_tag, piece_of, tags_of, words_of
from journal_tui.exchange.source import Leaf, Tree, UnreadableError, parsed
from journal_tui.text import plural

NO_ZONE = "its time zone is not known here, so its time was kept in UTC"
WEATHER = "weather is not brought in"
PLACE = "a place that is known by its coordinates alone is not brought in"
MEDIA = {
    "photos": "a picture is not brought in",
    "videos": "a video is not brought in",
    "audios": "a recording is not brought in",
    "pdfAttachments": "a PDF is not brought in",
}
_KINDS = {"video": "videos", "audio": "audios", "pdfAttachment": "pdfAttachments"}

_BEGINS = re.compile(r'\s*\{\s*(?:"metadata"\s*:\s*\{[^{}]*\}\s*,\s*)?"entries"\s*:\s*\[')
# A quotation mark within a text has a backslash before it.
_CREATED = re.compile(r'(?<!\\)"creationDate"\s*:')
_JSON = r"(?:[^/]+/)?[^/]+\.json"
_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Atomic, that no text makes it try for ever.
_MOMENT = r"(?>!\[[^\]\n]{0,99}+\]\(dayone-moment:/{1,3}+(?:(\w{1,40}+)/)?+[^)\s]{0,99}+\))"
_LINE_OF_MOMENTS = re.compile(rf"^[ \t]*(?:{_MOMENT}[ \t]*+)++\r?(?:\n|\Z)(?:[ \t]*\r?\n)*", re.MULTILINE)
_OFFSET = re.compile(r"(?:GMT|UTC)([+-])([0-9]{2}):?([0-9]{2})")


def recognises(leaf: Leaf) -> bool:
    """Whether it begins with Day One's metadata, or with entries that have Day One's date."""
    begins = _BEGINS.match(leaf.beginning)
    return bool(begins and ('"metadata"' in begins[0] or _CREATED.search(leaf.beginning)))


def recognises_tree(tree: Tree) -> bool:
    """Whether a journal is among its first files."""
    return tree.is_mostly(_JSON) and tree.shows(_JSON, recognises)


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every entry, in the order of the export.

    Raises:
        UnreadableError: no whole JSON with a list of entries.
    """
    entries = leaf.json_entries("export it from Day One as JSON")
    yield from _pieces(entries)


def read_tree(tree: Tree) -> Iterator[Piece]:
    """Every entry of every journal; where there are several, each is tagged with the name of its journal.

    Raises:
        UnreadableError: no journal is in it.
    """
    journals = []
    for leaf in tree.matching(_JSON):
        try:
            if recognises(leaf):
                journals.append(leaf)
            else:
                yield LeftOut(where=leaf.name, why="it is no journal of Day One")
        except UnreadableError as error:
            yield error.left_out(leaf.name)
    if not journals:
        raise UnreadableError(tree.name, "holds no journal of Day One: export it from there as JSON")
    for leaf in journals:
        tags = (leaf.path.stem,) if len(journals) > 1 else ()
        try:
            data = leaf.json()
        except UnreadableError as error:
            yield error.left_out(leaf.name)
            continue
        entries = data.get("entries") if isinstance(data, dict) else None
        yield from _pieces(entries if isinstance(entries, list) else [], f"{leaf.name}, ", tags)


def shown_in(instant: datetime, zone: object) -> tuple[datetime, tuple[str, ...]]:
    """`instant` on the clock of the zone named `zone`, with its offset; and a note where that is not known.

    Raises:
        UnfitError: the clock cannot show it.
    """
    try:
        shown = instant.astimezone(_zone(zone) if isinstance(zone, str) else UTC)
        # The offset of that moment is kept, whatever becomes of the zone.
        return shown.replace(tzinfo=timezone(shown.utcoffset() or timedelta())), ()
    except OverflowError as error:
        raise UnfitError("its date is out of reach") from error
    # An unknown zone, none that is a name, or a folder of zones; or this machine knows none.
    except (LookupError, ValueError, OSError):
        return instant, (NO_ZONE,)


def without_marks(text: str) -> str:
    """`text` without the backslashes that Day One sets before marks; code has none and stays."""
    parts = _CODE.split(text)
    parts[::2] = [_ESCAPED.sub(r"\1", part) for part in parts[::2]]
    return "".join(parts)


def place_tags(place: object, *names: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first of `names` that `place` has as a tag; and a note where it has none."""
    if not isinstance(place, dict) or not place:
        return (), ()
    found = [tag for name in names if isinstance(place.get(name), str) and (tag := kind_tag("place", place[name]))]
    return (found[0],) if found else (), () if found else (PLACE,)


def _zone(name: str) -> timezone | ZoneInfo:
    if found := _OFFSET.fullmatch(name):
        sign = -1 if found[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(found[2]), minutes=int(found[3])))
    return ZoneInfo(name)


def _pieces(entries: list[Any], within: str = "", tags: tuple[str, ...] = ()) -> Iterator[Piece]:
    for number, entry in enumerate(entries, 1):
        yield piece_of(_record, f"{within}entry {number}", entry, tags)


def _record(where: str, data: object, tags: tuple[str, ...]) -> Record:
    if not isinstance(data, dict):
        raise UnfitError("it is not a JSON object")
    day, moment, notes = _when(data)
    text, media = _words(data)
    try:
        text = words_of(text)
    except UnfitError as unfit:
        count = sum(media.values())
        raise UnfitError(
            f"{unfit}, only {plural(count, 'attachment', 'attachments')}" if count else str(unfit)
        ) from unfit
    places, unplaced = place_tags(data.get("location"), "userLabel", "localityName", "placeName", "country")
    for kind, note in MEDIA.items():
        notes += (note,) * media[kind]
    return Record(
        where=where,
        day=day,
        moment=moment,
        text=text,
        tags=(*tags_of(data.get("tags")), *tags, *places),
        starred=data.get("starred") is True,
        notes=(*notes, *unplaced, *((WEATHER,) if data.get("weather") else ())),
    )


def _when(data: dict[str, Any]) -> tuple[date, datetime | None, tuple[str, ...]]:
    written = data.get("creationDate")
    try:
        moment = datetime.fromisoformat(written if isinstance(written, str) else "")
    except ValueError as error:
        raise UnfitError("its creationDate is not written like 2024-05-31T21:10:00Z") from error
    shown, notes = shown_in(moment, data.get("timeZone")) if moment.tzinfo else (moment, ())
    return shown.date(), None if data.get("isAllDay") is True else shown, notes


def _words(data: dict[str, Any]) -> tuple[str, dict[str, int]]:
    """The text without its pictures, and how many of each kind of attachment there are."""
    text = data.get("text")
    if text is not None and not isinstance(text, str):
        raise UnfitError("its text is not in quotes")
    met = dict.fromkeys(MEDIA, 0)
    for kind in re.findall(_MOMENT, text or ""):
        met[_KINDS.get(kind, "photos")] += 1
    listed = {kind: value for kind in MEDIA if isinstance(value := data.get(kind), list)}
    media = {kind: max(met[kind], len(listed.get(kind, ()))) for kind in MEDIA}
    if text and text.strip():
        text = without_marks(re.sub(_MOMENT, "", _LINE_OF_MOMENTS.sub("", text)))
    else:
        text = _rich_words(data.get("richText"))
    spoken = (audio.get("transcription") for audio in listed.get("audios", ()) if isinstance(audio, dict))
    said = [words for words in spoken if isinstance(words, str) and words.strip() and words not in text]
    return "\n\n".join([text.rstrip(), *said]), media


def _rich_words(rich: object) -> str:
    """The words of `rich`, a JSON text of ``{"contents": [{"text"} or {"embeddedObjects"}]}``."""
    try:
        data = parsed(rich) if isinstance(rich, str) else {}
    except (ValueError, RecursionError) as error:
        raise UnfitError("its richText is no JSON") from error
    contents = data.get("contents") if isinstance(data, dict) else None
    parts = [part for part in contents if isinstance(part, dict)] if isinstance(contents, list) else []
    return "".join(words if isinstance(words := part.get("text"), str) else "\n" for part in parts)
