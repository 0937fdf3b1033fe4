"""CSV (RFC 4180): a row an entry, its columns known by their names in the first line.

So are read: our own export; Daylio's (``full_date,date,weekday,time,mood,activities,note_title,note``, activities
parted by ``|`` and lines of the note by ``<br>``); what other journals and spreadsheets write. Cells are parted by
commas, semicolons, tabs or bars, whichever makes most sense of the first line.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from journal_tui.exchange.record import LeftOut, Piece, Record, UnfitError, kind_tag, titled, words_of
from journal_tui.exchange.source import Leaf, UnreadableError
from journal_tui.exchange.stamps import TWO_WAYS, Stamp, orders, read_clock, read_stamp
from journal_tui.model import Pillar, UsageError
from journal_tui.text import shorten

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": (
        *("full date", "date", "datetime", "date time", "timestamp", "entry date", "journal date", "when"),
        *("creation date", "created", "created at", "created on", "date created", "creation time", "createdat"),
        *("datum", "erstellt", "erstellt am", "date de création", "créé le", "fecha", "fecha de creación"),
        *("data", "data de criação", "data di creazione", "aangemaakt", "aangemaakt op"),
    ),
    "day": ("day", "jour", "día", "dia", "giorno", "dag"),
    "time": ("time", "clock", "hour", "zeit", "uhrzeit", "heure", "hora", "ora", "orario", "tijd", "tijdstip"),
    "zone": ("zone", "time zone", "timezone", "utc offset", "tz"),
    "title": (
        "title",
        "note title",
        "entry title",
        "subject",
        "headline",
        "heading",
        "titel",
        "überschrift",
        "titre",
        "título",
        "titolo",
    ),
    "text": (
        *("text", "body", "entry", "note", "notes", "content", "contents", "journal", "journal entry", "entry text"),
        *("words", "reflection", "description", "message", "comment", "comments"),
        *("eintrag", "tagebucheintrag", "notiz", "notizen", "inhalt", "beschreibung", "texte", "entrée", "contenu"),
        *("texto", "entrada", "nota", "notas", "contenido", "conteúdo", "descripción", "descrição"),
        *("testo", "voce", "contenuto", "descrizione", "tekst", "notitie", "notities", "inhoud"),
    ),
    "tags": (
        *("tags", "tag", "activities", "activity", "labels", "keywords", "categories", "category"),
        *("schlagwörter", "schlagworte", "stichwörter", "aktivitäten", "kategorie", "étiquettes", "mots clés"),
        *("activités", "catégorie", "etiquetas", "palabras clave", "actividades", "categoría", "palavras chave"),
        *("atividades", "categoria", "etichette", "parole chiave", "attività", "trefwoorden", "activiteiten"),
        "categorie",
    ),
    "mood": (
        *("mood", "moods", "feeling", "feelings", "emotion", "stimmung", "laune", "humeur", "estado de ánimo", "ánimo"),
        *("humor", "umore", "stato d'animo", "stemming"),
    ),
    "starred": ("starred", "star", "favorite", "favourite", "is favorite", "is favourite"),
    "rating": ("rating",),
    "pillar": ("pillar",),
    "people": ("people", "persons", "person"),
    "question": ("question", "questions", "prompt"),
}
"""What each column means, by the names that it goes by, in English, German, French, Spanish, Portuguese, Italian and
Dutch: lower case, with blanks for ``_`` and ``-``; of two names that mean a date the first counts."""

SKIPPED = "a time that clocks there skipped that night, when summer time began, was kept as it stands"
WORDLESS = "entries without words of their own: what else the row says stands for them"

_PASSED_OVER = frozenset(("id", "uuid", "weekday", "day of week", *COLUMNS["date"])) - {"data"}
_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 1000
_NAMED = 8
"""Columns whose names are told."""
_LONGEST_CELL = 5_000_000
"""Characters."""
_YES = frozenset(("yes", "y", "true", "1", "x", "*", "★"))
_BETWEEN = re.compile(r"[|,;\n]")
_EPOCH = re.compile(r"([0-9]{10})(?:[0-9]{3}|\.[0-9]+)?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Table:
    """What the first line says."""

    line: int
    delimiter: str
    titles: list[str]
    """Of every column, as they stand there."""
    names: list[str]
    """The same as in `COLUMNS`."""
    columns: dict[str, list[int]]
    """Where to look for what, the first choice first."""

    @property
    def has_words(self) -> bool:
        return any(meaning in self.columns for meaning in ("text", "title", "mood"))


def recognises(leaf: Leaf) -> bool:
    """Whether the first line names a date and words or moods."""
    lines = enumerate(leaf.beginning.split("\n"), 1)
    table = _table(lines)
    return table is not None and table.has_words and bool({"date", "day"} & set(table.columns))


def unknown(leaf: Leaf) -> str:
    """Why a table is none that can be read, in one line for a person."""
    table = _table(leaf.lines(again=True))
    titles = table.titles if table else []
    seen = ", ".join(shorten(title, 20) or "none" for title in titles[:_NAMED])
    seen += ", …" if len(titles) > _NAMED else ""
    return (
        f"{leaf.name} has no column of {'dates' if table and table.has_words else 'words'} (its first line: {seen}):"
        f" call the columns there what they are ({', '.join(COLUMNS)})"
    )


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every row; blank ones are passed over.

    Raises:
        UsageError: the first line names no column with words.
        UnreadableError: a cell has no end, or there are too many columns.
    """
    table = _table(leaf.lines(again=True))
    if table and len(table.names) > _MOST_COLUMNS:
        raise UnreadableError(leaf.name, f"has more than {_MOST_COLUMNS:,} columns: leave those with the words")
    if table is None or not table.has_words:
        raise UsageError(unknown(leaf))
    proofs: set[str] | None = None
    for line, cells in _rows(leaf, table):
        where = f"line {line}"
        if isinstance(cells, str):
            yield LeftOut(where=where, why=cells)
            continue
        row = _Row(table, cells)
        try:
            stamp = row.stamp(day_first=False)
            if stamp and stamp.slashed:
                proofs = _proofs(leaf, table) if proofs is None else proofs
                if proofs == {"day"}:
                    stamp = row.stamp(day_first=True)
                if len(proofs) != 1 and stamp and stamp.is_either_way:
                    row.notes.append(TWO_WAYS)
            yield row.record(where, stamp)
        except UnfitError as unfit:
            yield LeftOut(where=where, why=str(unfit))


# -- the first line --------------------------------------------------------------------------------


def _table(lines: Iterator[tuple[int, str]]) -> _Table | None:
    """What the first line with anything in it says; ``sep=;`` above it is Excel's."""
    for number, line in lines:
        if line.strip() and not re.fullmatch(r"sep=.\s*", line):
            tables = (_named(number, line, delimiter) for delimiter in _DELIMITERS)
            return max(tables, key=lambda table: (len(table.columns), len(table.names)))
    return None


def _named(number: int, line: str, delimiter: str) -> _Table:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = []
    titles = [" ".join(cell.split()) for cell in cells]
    names = [" ".join(re.sub("[-_]", " ", unicodedata.normalize("NFC", cell)).casefold().split()) for cell in cells]
    found = {meaning: [names.index(name) for name in known if name in names] for meaning, known in COLUMNS.items()}
    return _Table(number, delimiter, titles, names, {meaning: places for meaning, places in found.items() if places})


def _rows(leaf: Leaf, table: _Table, *, again: bool = False) -> Iterator[tuple[int, list[str] | str]]:
    """The line each row begins in, and its cells, or why it cannot be read."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = (line for number, line in leaf.lines(again=again, with_end=True) if number > table.line)
    reader = csv.reader(lines, delimiter=table.delimiter, strict=True)
    while True:
        begins = table.line + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "larger than" in str(error):
                size = f"{_LONGEST_CELL:,} characters"
                why = f"has a cell longer than {size} in line {begins}, where a quotation mark may be missing: close it"
                raise UnreadableError(leaf.name, why) from error
            yield begins, _why(error)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells[len(table.names) :]):
            yield begins, "it has more cells than the first line: put each cell with a comma in quotes"
        elif any(cell.strip() for cell in cells):
            yield begins, cells + [""] * (len(table.names) - len(cells))


def _why(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "a quotation mark is opened there and never closed"
    return "its quotation marks or line ends are not those of CSV"


def _proofs(leaf: Leaf, table: _Table) -> set[str]:
    """What the other dates with slashes in the file prove."""
    rows = (_Row(table, cells) for _, cells in _rows(leaf, table, again=True) if not isinstance(cells, str))
    return orders(read_stamp(row.first("date") or row.first("day")) for row in rows)


# -- one row ---------------------------------------------------------------------------------------


class _Row:
    """The cells of a row, by what they mean."""

    def __init__(self, table: _Table, cells: list[str]) -> None:
        self.table = table
        self.cells = cells
        self.notes: list[str] = []

    def each(self, meaning: str) -> list[str]:
        """The cells that mean this and are not empty."""
        return [cell for at in self.table.columns.get(meaning, ()) if (cell := self.cells[at]).strip()]

    def first(self, meaning: str) -> str:
        for at in self.table.columns.get(meaning, ()):  # no generator: a row asks for a dozen
            if cell := self.cells[at].strip():
                return cell
        return ""

    def stamp(self, *, day_first: bool) -> Stamp | None:
        """When it was written; None: no date is given.

        Raises:
            UnfitError: the date or the time is none.
        """
        written = self.first("date") or self.first("day")
        if not written:
            return None
        stamp = _epoch(written) or read_stamp(written, day_first=day_first) or _short(written)
        if stamp is None:
            raise UnfitError(f'its date "{shorten(written, 30)}" cannot be read: write it like 2024-05-31')
        moment = stamp.moment
        if moment is None and (clock := self.first("time")):
            time = read_clock(clock)
            if time is None:
                raise UnfitError(f'its time "{shorten(clock, 30)}" cannot be read: write it like 21:10')
            moment = datetime.combine(stamp.day, time)
        if moment is not None:
            moment = self._zoned(moment)
        day = moment.date() if moment else stamp.day
        if self.first("date") and (named := self.first("day")) and (own := read_stamp(named)):
            day = own.day
        return Stamp(day, moment, stamp.slashed)

    def _zoned(self, moment: datetime) -> datetime:
        name = self.first("zone")
        if not name:
            return moment
        try:
            if moment.tzinfo is None and re.match(r"Z|[+-][0-9]", name):
                return datetime.fromisoformat(f"{moment.isoformat()}{name}")
            zone = ZoneInfo(name)
            if moment.tzinfo is not None:
                return moment.astimezone(zone)
            zoned = moment.replace(tzinfo=zone)
            if zoned.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
                self.notes.append(SKIPPED)
            return zoned
        except (OSError, ValueError, KeyError, OverflowError):
            self.notes.append("a time zone is not known here; its time was kept as it stands")
            return moment

    def record(self, where: str, stamp: Stamp | None) -> Record:
        """The entry.

        Raises:
            UnfitError: there are no words, or a cell is not what its column says.
        """
        body = "\n\n".join(self.each("text"))
        if "full date" in self.table.names:
            body = _BREAK.sub("\n", body)
        mood, pillar, rating = (self.first(meaning) for meaning in ("mood", "pillar", "rating"))
        tags = [tag for cell in self.each("tags") for tag in _parts(cell)]
        words = titled(self.first("title"), body)
        if not words.strip() and (mood or tags):
            words = " · ".join(filter(None, (mood, ", ".join(tags))))
            self.notes.append(WORDLESS)
        # Only beside a pillar is it known what was rated.
        is_ours = "pillar" in self.table.columns and re.fullmatch("[1-5]", rating) is not None
        tags += [kind_tag("mood", mood), "" if is_ours else kind_tag("rating", rating)]
        known = _pillar(pillar)
        if known is None:
            tags.append(pillar)
        self.notes += [f"not brought in: {name}" for name in self._others()]
        return Record(
            where=where,
            day=stamp.day if stamp else None,
            moment=stamp.moment if stamp else None,
            text=words_of(words),
            ask=" · ".join(line.strip() for cell in self.each("question") for line in cell.splitlines()),
            tags=tuple(tags),
            people=tuple(name for cell in self.each("people") for name in _parts(cell)),
            rating=int(rating) if is_ours else None,
            pillar=known,
            starred=self.first("starred").casefold() in _YES,
            notes=tuple(self.notes),
        )

    def _others(self) -> list[str]:
        """The columns that nothing is known of, where this row has something in them."""
        columns = self.table.columns | {"date": self.table.columns.get("date", [])[:1]}
        known = {at for places in columns.values() for at in places}
        return [
            f"the column {shorten(title, 30)}" if title else "a column without a name"
            for at, (title, name, cell) in enumerate(zip(self.table.titles, self.table.names, self.cells, strict=False))
            if at not in known and name not in _PASSED_OVER and cell.strip()
        ]


def _parts(cell: str) -> list[str]:
    """``a, b``, ``a | b``, ``#a #b``."""
    parts = cell.split() if re.fullmatch(r"\s*#\S+(\s+#\S+)*\s*", cell) else _BETWEEN.split(cell)
    return [part.strip() for part in parts if part.strip()]


def _pillar(name: str) -> Pillar | None:
    try:
        return Pillar.named(name) if name else None
    except UsageError:
        return None


def _epoch(written: str) -> Stamp | None:
    """Seconds or thousandths since 1970: an instant, whose day is that of UTC until a zone is given."""
    found = _EPOCH.fullmatch(written)
    moment = datetime.fromtimestamp(int(found[1]), UTC) if found else None
    return Stamp(moment.date(), moment) if moment else None


def _short(written: str) -> Stamp | None:
    """``20240531``."""
    try:
        return Stamp(date.fromisoformat(written)) if re.fullmatch("[0-9]{8}", written) else None
    except ValueError:
        return None
