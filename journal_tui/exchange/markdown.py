"""Markdown notes, as in an Obsidian vault: one file, or a folder of them; and plain text files that are named by days.

A note has its day from ``date`` in its front matter (YAML between two lines of ``---``), from its name or path
(``2024-05-31.md``, ``20240531 A walk.md``, ``2024/05/31.md``), or from ``created``. What daily notes are called stands
in ``.obsidian/daily-notes.json``: ``folder`` and ``format``, in the tokens of moment.js
(https://help.obsidian.md/plugins/daily-notes, https://momentjs.com/docs/#/displaying/format/). Tags are those of the
front matter and those in the words (https://help.obsidian.md/tags). The words stay as they are.

Our own export is read entry by entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from journal_tui.exchange import own_markdown
from journal_tui.exchange.record import LeftOut, Note, Piece, Record, kind_tag, piece_of, titled, words_of
from journal_tui.exchange.source import Leaf, Tree, UnreadableError, refuse_binary
from journal_tui.exchange.stamps import TWO_WAYS, Stamp, is_weekday, month_named, read_clock, read_stamp
from journal_tui.strictyaml import FileFaults, Node, parse
from journal_tui.text import plural, shorten

EMBEDDED = "a picture or another file was not brought in; the words that name it were kept"
NO_YAML = "front matter that is no whole YAML was kept as words"
NO_DATE = "it has no date in its name or front matter"

_LARGEST = 8_000_000
"""Bytes of a note."""
_NOTE = re.compile(r"(?is:.*\.(?:md|markdown))")
_DATED_TEXT = re.compile(r"(?is:(?:.*/)?(?:19|20)[0-9]{2}[^/]*\.txt)")
"""Text files there are for everything: only a date in its name makes one a note."""
_READ = re.compile(r"(?is:.*\.(?:md|markdown|txt))")
_SETTINGS = r"(?s:(?:.*/)?\.obsidian/daily-notes\.json)"

_OPENS = re.compile(r"---[ \t]*\n")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_DIGITS = "[0-9]{2}"
_YEAR = f"(?P<year>(?:19|20){_DIGITS})"
_MONTH, _DAY = f"(?P<month>{_DIGITS})", f"(?P<day>{_DIGITS})"
_NAMES = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"(?P<year>[0-9]{{4}})-{_MONTH}-{_DAY}",
        rf"{_YEAR}{_MONTH}{_DAY}(?P<clock>{_DIGITS}{_DIGITS}(?:{_DIGITS})?)(?![0-9])(?P<title>.*)",
        rf"{_YEAR}-{_MONTH}-{_DAY}[-_ T]+(?P<clock>{_DIGITS}[-:._h]?{_DIGITS}(?:[-:._]?{_DIGITS})?)",
        rf"{_YEAR}(?P<dash>[-_. ]?){_MONTH}(?P=dash){_DAY}(?![0-9])(?P<title>.*)",
    )
)
"""Names of notes, without their ending. The more a name may be something else, the less any year will do."""
_PATH = re.compile(rf"(?s:(?:.*/)?{_YEAR}/(?:[0-9]{{4}}-)?{_MONTH}(?:[-_. ][^/]*)?/{_DAY}(?:[-_. ](?P<title>[^/]*))?)")

_TOKEN = re.compile(
    r"\[([^\]]*)\]|YYYY|MMMM|MMM|MM|M|DDDD|DDD|Do|DD|D|dddd|ddd|dd|d|gggg|GGGG|ww|WW|wo|Wo|w|W|E|e|Q|HH|mm|ss|.",
    re.DOTALL,
)
# Possessive, so that no pattern made of them can take long.
_NUMBER, _LETTERS = "[0-9]{1,4}+", r"[^\W\d_]++\.?"
_TOKENS = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MMMM": r"(?P<name>[^\W\d_]++)\.?",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2}+)",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2}+)",
    "Do": "(?P<day>[0-9]{1,2}+)(?:st|nd|rd|th)",
    **dict.fromkeys(("dddd", "ddd", "dd"), _LETTERS),
    **dict.fromkeys(("wo", "Wo"), "[0-9]{1,2}+(?:st|nd|rd|th)"),
    **dict.fromkeys("DDDD DDD d gggg GGGG ww WW w W E e Q HH mm ss".split(), _NUMBER),
}
_TOKENS["MMM"] = _TOKENS["MMMM"]

_CODE = re.compile(r"^```.*?(?:^```|\Z)|`[^`\n]*`", re.DOTALL | re.MULTILINE)
_TAG = re.compile(r"(?<!\S)#([\w/-]*[^\W\d_][\w/-]*)")
_EMBED = re.compile(r"!\[\[[^\[\]\n]{1,500}\]\]|!\[[^\[\]\n]{0,500}\]\([^()\[\]\n]{1,2000}\)")

_DATE = ("date", "day")
_CREATED = ("created", "created at", "date created", "creation date", "createdat")
_STARRED = ("starred", "star", "favorite", "favourite", "pinned")
_KNOWN = frozenset((*_DATE, *_CREATED, *_STARRED, "time", "title", "tags", "tag", "mood", "rating", "people"))
_YES = ("true", "yes", "1")


def recognises(leaf: Leaf) -> bool:
    """Whether it is a Markdown file with a date in its name or front matter."""
    return is_note(leaf) and _is_dated(leaf)


def is_note(leaf: Leaf) -> bool:
    """Whether it is called as a Markdown file is."""
    return _NOTE.fullmatch(str(leaf.path)) is not None


def recognises_tree(tree: Tree) -> bool:
    """Whether it holds a Markdown file with a date: in its name, or in the front matter of one of the first."""
    daily = _daily(tree)
    dated = (_named(path, daily) for path in tree.paths if _NOTE.fullmatch(path))
    return tree.is_mostly(_NOTE.pattern) and (any(dated) or tree.shows(_NOTE.pattern, _is_dated))


def recognises_text(leaf: Leaf) -> bool:
    """Whether it is a text file with a date in its name."""
    return bool(_DATED_TEXT.fullmatch(str(leaf.path)) and _named(str(leaf.path), None))


def recognises_texts(tree: Tree) -> bool:
    """Whether it holds text files with dates in their names, and little else."""
    return tree.is_mostly(_DATED_TEXT.pattern) and any(
        _DATED_TEXT.fullmatch(path) and _named(path, None) for path in tree.paths
    )


def read(leaf: Leaf) -> Iterator[Piece]:
    """The note, with a date or without, or every entry of our own export.

    Raises:
        UnreadableError: it is no text, or too large.
    """
    yield from _Note(leaf, leaf.path.name, None).pieces()


def read_tree(tree: Tree, *, takes_undated: bool = False) -> Iterator[Piece]:
    """Every note with a date; of those without one it is told how to bring them in, unless they are taken too."""
    daily = _daily(tree)
    undated = others = 0
    for path in tree.paths:
        leaf = tree.leaf(path)
        if not _READ.fullmatch(path):
            others += not re.fullmatch(_SETTINGS, path)
            continue
        try:
            note = _Note(leaf, leaf.name, daily)
        except UnreadableError as error:
            yield error.left_out(leaf.name)
            continue
        if takes_undated or note.is_ours or note.stamp:
            yield from note.pieces()
        else:
            undated += 1
            yield LeftOut(where=leaf.name, why=NO_DATE)
    if undated:
        them = "it" if undated == 1 else "them"
        yield Note(f"{plural(undated, 'note')} without a date: --from markdown brings {them} in too")
    if others:
        yield Note(f"not brought in: {plural(others, 'file')} beside the notes, such as pictures")


def tags_in(words: str) -> list[str]:
    """The tags among words, without those in code."""
    return _TAG.findall(_CODE.sub(" ", words))


def embedded_in(words: str) -> tuple[str, ...]:
    """A note on each picture or other file that words show."""
    return (EMBEDDED,) * len(_EMBED.findall(words))


# -- dates in names --------------------------------------------------------------------------------


def _daily(tree: Tree) -> re.Pattern[str] | None:
    """The paths of daily notes, as Obsidian's settings say; None: they say nothing, or cannot be read."""
    for leaf in tree.matching(_SETTINGS):
        try:
            data = leaf.json()
        except UnreadableError:
            return None
        folder, format = (data.get(key) if isinstance(data, dict) else None for key in ("folder", "format"))
        root = str(leaf.path).removesuffix(".obsidian/daily-notes.json")
        under = f"{folder.strip('/')}/" if isinstance(folder, str) and folder.strip("/") else ""
        wanted = format if isinstance(format, str) and 0 < len(format) <= 200 else "YYYY-MM-DD"
        return re.compile(rf"{re.escape(root + under)}{_pattern(wanted)}\.\w+")
    return None


def _pattern(format: str) -> str:
    """A regular expression for what moment.js writes by `format`; of a part that comes twice the first tells."""
    parts: list[str] = []
    seen: set[str] = set()
    for found in _TOKEN.finditer(format):
        part = _TOKENS.get(found[0]) if found[1] is None else None
        if part is None:
            part = re.escape(found[0] if found[1] is None else found[1])
        elif group := re.match(r"\(\?P<(\w+)>", part):
            part = part.replace(group[0], "(?:") if group[1] in seen else part
            seen.add(group[1])
        parts.append(part)
    return "".join(parts)


def _named(path: str, daily: re.Pattern[str] | None) -> tuple[Stamp, str] | None:
    """The day, perhaps the time, and the title that a path tells; None: it tells no day."""
    stem = path.rpartition(".")[0]
    name = stem.rpartition("/")[2]
    tries = [daily.fullmatch(path)] if daily else []
    for found in (*tries, *(known.fullmatch(name) for known in _NAMES), _PATH.fullmatch(stem)):
        if found and (stamp := _stamp(found.groupdict())):
            title = (found.groupdict().get("title") or "").strip(" -_.,–—")
            return stamp, "" if is_weekday(title) else title
    return None


def _stamp(parts: dict[str, str | None]) -> Stamp | None:
    try:
        month = month_named(parts.get("name") or "") or int(parts.get("month") or 0)
        day = date(int(parts.get("year") or 0), month, int(parts.get("day") or 0))
        clock = re.findall(_DIGITS, parts.get("clock") or "")
        return Stamp(day, datetime.combine(day, time.fromisoformat(":".join(clock))) if clock else None)
    except ValueError:
        return None


# -- one note --------------------------------------------------------------------------------------


def _is_dated(leaf: Leaf) -> bool:
    """Whether the name or the beginning of a note tells its date."""
    if _named(str(leaf.path), None):
        return True
    head = leaf.beginning.replace("\r\n", "\n")
    front, _ = _parted(head)
    return _is_ours(front, head) or _date_in(front or {}, (*_DATE, *_CREATED)) is not None


def _is_ours(front: dict[str, Node] | None, text: str) -> bool:
    return front is not None and "journal-tui" in front and own_markdown.is_ours(text)


def _parted(text: str) -> tuple[dict[str, Node] | None, str]:
    """The front matter by its keys in lower case, and what stands below it; None: there is none that can be read."""
    opened = _OPENS.match(text)
    closed = _CLOSES.search(text, opened.end()) if opened else None
    if not opened or not closed:
        return {}, text
    front, body = text[opened.end() : closed.start()], text[closed.end() :]
    if not front.strip():
        return {}, body
    try:
        root = parse(front, "front matter").value
    except FileFaults:
        return None, text
    if not isinstance(root, dict):
        return None, text
    return {key.casefold().replace("_", " "): node for key, node in root.items()}, body


def _date_in(front: dict[str, Node], keys: tuple[str, ...]) -> Stamp | None:
    stamps = (read_stamp(word) for key in keys for word in _words(front.get(key)))
    return next((stamp for stamp in stamps if stamp), None)


def _words(node: Node | None) -> list[str]:
    """Every word or line in a value, however deep, without the brackets of links."""
    if node is None or node.is_null:
        return []
    if isinstance(node.value, str):
        word = re.sub(r"\[\[|\]\]", "", node.value).strip()
        return [word] if word else []
    inner = node.value.values() if isinstance(node.value, dict) else node.value
    return [word for value in inner for word in _words(value)]


class _Note:
    """What one file says.

    Raises:
        UnreadableError: it is no text, or too large.
    """

    def __init__(self, leaf: Leaf, where: str, daily: re.Pattern[str] | None) -> None:
        if leaf.size > _LARGEST:
            raise UnreadableError(leaf.name, f"is larger than {_LARGEST // 1_000_000} MB, as no note is: shorten it")
        refuse_binary(leaf)
        self.where = where
        self.text = leaf.text()
        front, self.body = _parted(self.text)
        self.is_ours = _is_ours(front, self.text)
        self.front = front or {}
        self.notes = [NO_YAML] if front is None else []
        named, self.name = _named(str(leaf.path), daily) or (None, "")
        self.stamp = self._stamp(named)

    def pieces(self) -> Iterator[Piece]:
        """The note as an entry, or the entries of our own export."""
        if self.is_ours:
            yield from own_markdown.read(self.text, self.where)
        else:
            yield piece_of(self._record, self.where)

    def _stamp(self, named: Stamp | None) -> Stamp | None:
        """Its own date counts most, then its name; the time of its making only where that was the same day."""
        dated, made = _date_in(self.front, _DATE), _date_in(self.front, _CREATED)
        stamp = dated or named or made
        if stamp is None:
            return None
        if stamp.is_either_way:
            self.notes.append(TWO_WAYS)
        if stamp.moment is None and (
            clock := next(filter(None, map(read_clock, _words(self.front.get("time")))), None)
        ):
            return Stamp(stamp.day, datetime.combine(stamp.day, clock))
        timed = (other for other in (stamp, named, made) if other and other.moment and other.day == stamp.day)
        return next(timed, stamp)

    def _record(self, where: str) -> Record:
        front, body = self.front, self.body
        tags = [tag for key in ("tags", "tag") for word in _words(front.get(key)) for tag in re.split(r"[,\s]+", word)]
        moods = [kind_tag(kind, word) for kind in ("mood", "rating") for word in _words(front.get(kind))]
        titles = _words(front.get("title"))
        names = (name.strip() for words in _words(front.get("people")) for name in words.split(","))
        self.notes += [f"not brought in: {name}" for name in self._others()]
        return Record(
            where=where,
            day=self.stamp.day if self.stamp else None,
            moment=self.stamp.moment if self.stamp else None,
            text=words_of(titled(titles[0] if titles else self.name, body)),
            tags=(*tags, *tags_in(body), *moods),
            people=tuple(filter(None, names)),
            starred=any(word.casefold() in _YES for key in _STARRED for word in _words(front.get(key))),
            notes=(*self.notes, *embedded_in(body)),
        )

    def _others(self) -> list[str]:
        """The keys that nothing is known of, and dates that are none."""
        dates = [key for key in (*_DATE, *_CREATED) if _words(self.front.get(key))]
        unread = (key for key in dates if _date_in(self.front, (key,)) is None)
        unknown = (key for key, node in self.front.items() if key not in _KNOWN and _words(node))
        return [shorten(key, 30) for key in (*unread, *unknown)]
