"""Text from people and files: made safe to show, folded for search, cut into words and sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_INVISIBLE = "\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
"""Direction marks, overrides and isolates, invisible operators, tags: they can reorder or hide what is shown."""

# Patterns are compiled when they are needed, which `re` remembers: most starts do without most of them.
_UNSAFE = f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_INVISIBLE}\ud800-\udfff]"
_IS_INVISIBLE = f"[{_INVISIBLE}]"


def _shown(match: re.Match[str]) -> str:
    """What stands on the screen for one unsafe character."""
    character = match.group()
    if character < " ":
        return chr(0x2400 + ord(character))
    if character in "\u2028\u2029":
        return "\n"
    if re.match(_IS_INVISIBLE, character):
        return ""
    return "\u2421" if character == "\x7f" else "\ufffd"


def clean(text: str) -> str:
    """`text` as it may be written to a terminal, over several lines.

    Control characters become visible pictures, direction marks and other invisible characters go,
    unpaired surrogates become U+FFFD, any line ending becomes a line feed. For display only: what is
    kept on disk is never changed.
    """
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(_UNSAFE, _shown, text)


def clean_line(text: str) -> str:
    """`text` on one line: cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def same_width(text: str) -> str:
    """One line of `text` made safe without moving any character: for editors that count columns.

    Every unsafe character becomes a single zero-width space or picture, so offsets stay true.
    """
    return re.sub(_UNSAFE, lambda m: "\u200b" if unicodedata.category(m[0]) in ("Cf", "Cc") else "\ufffd", text)


def shorten(text: str, width: int) -> str:
    """One cleaned line of at most `width` characters, with an ellipsis where it was cut."""
    head = text[: width * 8 + 64]
    line = clean_line(head)
    if len(line) <= width and len(head) == len(text):
        return line
    return line[: width - 1].rstrip() + "…" if width else ""


def plural(count: int, one: str, many: str = "") -> str:
    """``1 entry``, ``3,415 entries``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} and {last}" if head else last


# -- searching -------------------------------------------------------------------------------------

_SAME = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "ς": "σ"}


@lru_cache(maxsize=8192)
def _base(character: str) -> str:
    base, *marks = list(unicodedata.normalize("NFKD", character))
    # Only accents are dropped: the parts of a Hangul syllable or a ligature are letters.
    plain = base.lower() if all(map(unicodedata.combining, marks)) else character
    return _SAME.get(plain, plain)


def fold(text: str) -> str:
    """`text` for comparison without regard to case, accents and curly quotes.

    As long as `text`, character for character, so that a place found in one is the place in the other.
    """
    lowered = text.lower()
    if text.isascii():
        return lowered
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return re.sub(r"[^\x00-\x7f]", lambda m: _base(m.group()), lowered)


_QUERY = r'"([^"]*)"?|(\S+)'


def query_words(query: str) -> tuple[str, ...]:
    """The folded words and "quoted phrases" that a search asks for."""
    text = fold(unicodedata.normalize("NFC", query))
    found = ((quoted or word).strip() for quoted, word in re.findall(_QUERY, text))
    return tuple(dict.fromkeys(word for word in found if word))


def find_spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the folded `words` stand in `text`: offsets in order, without overlap."""
    patterns = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    if not patterns:
        return []
    return [m.span() for m in re.finditer("|".join(patterns), fold(text))]


# -- words and sentences ---------------------------------------------------------------------------

_WORD = r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*"
_LETTER = r"\w"
_CORE = r"\w(?:.*\w)?"


def words(text: str) -> list[str]:
    """The words of `text`: letters, with apostrophes inside."""
    return re.findall(_WORD, text)


def count_words(text: str) -> int:
    """How many words a reader would count."""
    return sum(1 for part in text.split() if re.search(_LETTER, part))


def counted_words(text: str) -> list[str]:
    """The words that `count_words` counts, without the punctuation at their edges."""
    return [core[0] for part in text.split() if (core := re.search(_CORE, part))]


# People: "@name" as one writes it in many journals.
# A name goes on over anything but space and punctuation: the vowel signs of many scripts are no letters.
_NO_NAME = r"\s\x00-&(-,./:-@\[-^`{-¿–—“”„…。、！？，；：（）「」؟،؛\u2600-\u27bf\U0001f000-\U0001faff"
_MENTION = rf"(?<![\w@])@([^\W\d_][^{_NO_NAME}]*)"
_HASHTAG = r"(?<![\w#&])#([^\W\d_][\w/-]*)"


def mentions(text: str) -> tuple[str, ...]:
    """Names written as ``@name``, each once, as first written."""
    return tuple(dict.fromkeys(match[1] for match in find_mentions(text)))


def find_mentions(text: str) -> Iterator[re.Match[str]]:
    """Where ``@name`` stands; the name is group 1."""
    return re.finditer(_MENTION, text) if "@" in text else iter(())


def hashtags(text: str) -> tuple[str, ...]:
    """Words written as ``#tag``, each once, lower-cased."""
    found = re.findall(_HASHTAG, text) if "#" in text else ()
    return tuple(dict.fromkeys(tag.lower() for tag in found))


def has_word(folded: str, word: str) -> bool:
    """Whether `word` stands in folded text as a whole word, whatever its case; ``begin*`` fits any ending."""
    stem = fold(word.removesuffix("*"))
    if stem not in folded:  # a hundred times faster than the pattern, which begins with no letter
        return False
    end = "" if word.endswith("*") else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(stem)}{end}", folded) is not None


_STOP = (
    r"(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029]+)"
    r"|(?P<wide>[。！？]+)[」』”’）]*"
    r"|(?P<stop>[.!?…]+)(?P<after>[\"'”’»)\]]*)"
)
_BEFORE_STOP = r"(?:^|[^\w.])((?:\w\.)*\w{1,6})\Z"
_NEVER_LAST = r"mrs?|ms|messrs|dr|prof|st|sr|jr|rev|hon|capt|col|gen|lt|sgt|mt|vs|viz|cf|e\.g|i\.e|approx"
_SELDOM_LAST = r"etc|[ap]\.m|inc|ltd|co|esq"


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
    word = re.compile(_BEFORE_STOP).search(text, max(0, stop.start() - 12), stop.start())
    if word is None:
        return True
    last = word[1].lower()
    initial = len(last.rpartition(".")[2]) == 1 and word[1].isupper() and last != "i"
    return not (initial or re.fullmatch(_NEVER_LAST, last) or (goes_on and re.fullmatch(_SELDOM_LAST, last)))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of `text` begin and end: offsets in order, white space around them left out.

    A line break ends a sentence, and so does a full stop before white space unless it belongs to a
    title, an initial or another abbreviation. Together they hold every character that is not white space.
    """
    ends = [m.end() for m in re.finditer(_STOP, text) if _ends_sentence(text, m)]
    spans = []
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        sentence = text[start:end]
        body = sentence.strip()
        if body:
            begin = start + len(sentence) - len(sentence.lstrip())
            spans.append((begin, begin + len(body)))
    return spans
