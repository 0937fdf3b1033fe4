"""Text from people and files: made safe to show, folded for search, cut into words and sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
"""C0 controls become their visible pictures (U+2400 block), one cell each."""

_INVISIBLE = [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xE0000, 0xE0080)]
"""Direction marks, overrides and isolates, invisible operators, tags: they can reorder or hide what is shown."""

_SHOWN: dict[int, str] = (
    _PICTURES
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    | dict.fromkeys(_INVISIBLE, "")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | {0x2028: "\n", 0x2029: "\n"}
)

_UNSAFE = re.compile("[" + "".join(f"\\U{code:08x}" for code in _SHOWN) + "]")


def clean(text: str) -> str:
    """`text` as it may be written to a terminal, over several lines.

    Control characters become visible pictures, direction marks and other invisible characters go,
    unpaired surrogates become U+FFFD, any line ending becomes a line feed. For display only: what is
    kept on disk is never changed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_SHOWN) if _UNSAFE.search(text) else text


def clean_line(text: str) -> str:
    """`text` on one line: cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def same_width(text: str) -> str:
    """One line of `text` made safe without moving any character: for editors that count columns.

    Every unsafe character becomes a single zero-width space or picture, so offsets stay true.
    """
    if not _UNSAFE.search(text):
        return text
    return _UNSAFE.sub(lambda m: "\u200b" if unicodedata.category(m.group()) in ("Cf", "Cc") else "\ufffd", text)


def shorten(text: str, width: int) -> str:
    """One cleaned line of at most `width` characters, with an ellipsis where it was cut."""
    line = clean_line(text[: width * 8 + 64])
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def plural(count: int, one: str, many: str = "") -> str:
    """``1 entry``, ``3,415 entries``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} and {last}" if head else last


# -- searching -------------------------------------------------------------------------------------

_NON_ASCII = re.compile(r"[^\x00-\x7f]")


def _base(character: str) -> str:
    if character in "\u2018\u2019\u02bc":
        return "'"
    if character in "\u201c\u201d":
        return '"'
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character


def fold(text: str) -> str:
    """`text` for comparison without regard to case, accents and curly quotes.

    As long as `text`, character for character, so that a place found in one is the place in the other.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    for character in set(_NON_ASCII.findall(lowered)):
        lowered = lowered.replace(character, _base(character))
    return lowered


_QUERY = re.compile(r'"([^"]*)"?|(\S+)')


def query_words(query: str) -> tuple[str, ...]:
    """The folded words and "quoted phrases" that a search asks for."""
    found = (fold((quoted or word).strip()) for quoted, word in _QUERY.findall(query))
    return tuple(dict.fromkeys(word for word in found if word))


def find_spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the folded `words` stand in `text`: offsets in order, without overlap."""
    patterns = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    if not patterns:
        return []
    return [m.span() for m in re.finditer("|".join(patterns), fold(text))]


# -- words and sentences ---------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_COUNTED = re.compile(r"\S*\w\S*")


def words(text: str) -> list[str]:
    """The words of `text`: letters, with apostrophes inside."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """How many words a reader would count."""
    return sum(1 for _ in _COUNTED.finditer(text))


# People: "@name" as one writes it in many journals.
_MENTION = re.compile(r"(?<![\w@])@([^\W\d_][\w'’-]*)")
_HASHTAG = re.compile(r"(?<![\w#&])#([^\W\d_][\w/-]*)")


def mentions(text: str) -> tuple[str, ...]:
    """Names written as ``@name``, each once, as first written."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def hashtags(text: str) -> tuple[str, ...]:
    """Words written as ``#tag``, each once, lower-cased."""
    return tuple(dict.fromkeys(tag.lower() for tag in _HASHTAG.findall(text)))


def has_word(text: str, word: str) -> bool:
    """Whether `word` stands in `text` as a whole word, whatever its case; ``begin*`` fits any ending."""
    stem = fold(word.removesuffix("*"))
    end = "" if word.endswith("*") else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(stem)}{end}", fold(text)) is not None


_KIN = (
    "wife husband partner girlfriend boyfriend fiancée fiancé spouse mother father mum mom dad parents sister brother "
    "son daughter kids children child aunt uncle cousin niece nephew grandmother grandfather grandma grandpa friend "
    "friends boss manager colleague colleagues team neighbour neighbor neighbours neighbors flatmate roommate landlord "
    "teacher client in-laws mother-in-law father-in-law sister-in-law brother-in-law stepmother stepfather ex"
).split()
_SOMEBODY = re.compile(rf"\b(?:my|our) (?:\w+ )?(?:{'|'.join(map(re.escape, _KIN))})\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z][a-z]{2,}\b")
_NO_NAME = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Christmas Easter English Internet God".split()
)


def names_somebody(text: str) -> bool:
    """Whether `text` seems to speak of a person: ``@name``, a name within a sentence, ``my sister``."""
    return (
        bool(_MENTION.search(text) or _SOMEBODY.search(text))
        or any(name not in _NO_NAME for name in _NAME.findall(text))
        or re.search(r"\b(?:she|he|her|him|his)\b", text, re.IGNORECASE) is not None
    )


_STOP = re.compile(r"(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029]+)|(?P<wide>[。！？]+)[」』”’）]*|(?P<stop>[.!?…]+)(?P<after>[\"'”’»)\]]*)")
_BEFORE_STOP = re.compile(r"(?:^|[^\w.])((?:\w\.)*\w{1,6})\Z")
_NEVER_LAST = frozenset("mr mrs ms messrs dr prof st sr jr rev hon capt col gen lt sgt mt vs viz cf e.g i.e approx".split())
_SELDOM_LAST = frozenset("etc a.m p.m inc ltd co esq".split())


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    end = stop.end()
    if stop["line"] or stop["wide"] or end == len(text):
        return True
    if not text[end].isspace():
        return False
    goes_on = text[end : end + 2].strip().islower()
    if stop["stop"] != ".":
        # "Wait... what", "Really?" she asked.
        return not (goes_on and (stop["after"] or stop["stop"][0] in ".…"))
    word = _BEFORE_STOP.search(text, max(0, stop.start() - 12), stop.start())
    if word is None:
        return True
    last = word[1].lower()
    initial = len(last.rpartition(".")[2]) == 1 and word[1].isupper() and last != "i"
    return not (initial or last in _NEVER_LAST or (goes_on and last in _SELDOM_LAST))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of `text` begin and end: offsets in order, white space around them left out.

    A line break ends a sentence, and so does a full stop before white space unless it belongs to a
    title, an initial or another abbreviation. Together they hold every character that is not white space.
    """
    ends = [m.end() for m in _STOP.finditer(text) if _ends_sentence(text, m)]
    spans = []
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        sentence = text[start:end]
        body = sentence.strip()
        if body:
            begin = start + len(sentence) - len(sentence.lstrip())
            spans.append((begin, begin + len(body)))
    return spans
