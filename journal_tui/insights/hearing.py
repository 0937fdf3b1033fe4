"""What the sentences of one entry say: signals by their wording, who they are about, and their tone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from journal_tui.breathing import breathe
from journal_tui.collecting import without_collecting
from journal_tui.insights.cues import Classes, Cues, Found, Signal
from journal_tui.insights.tone import Tone, score, tone_of
from journal_tui.insights.vocabulary import vocabulary
from journal_tui.people import Words, base, head, kin_inside, names_inside, somebody_in, words_of
from journal_tui.strictyaml import parse_bytes
from journal_tui.text import find_mentions, fold, sentences

PRONOUNS = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she", "they": "they"}
"""By pronoun of a third person, the one it stands for."""


class Heard(NamedTuple):
    """A signal in the wording of a sentence."""

    signal: str
    who: str
    """Key of the person, or a pronoun (``he``, ``she``, ``they``) where none is named; empty: it is about nobody."""
    about: tuple[str, ...] = ()
    """Of what is open or settled: the words of the sentence that are not the cue's own."""


class Sentence(NamedTuple):
    """A sentence that says something for the mirror."""

    start: int
    end: int
    """Where it stands in the text of the entry."""
    people: tuple[str, ...]
    """Keys of those who may be named, and pronouns, in order."""
    heard: tuple[Heard, ...]
    tone: float
    """-1 (heavy) to 1 (light)."""


# -- the words of a sentence -----------------------------------------------------------------------

_SHORT = (
    (r"\b(?:can(?:'?t|not))\b", "can not"),
    (r"\bwon'?t\b(?!\s+(?:the|by))", "will not"),
    (r"\bshan't\b", "shall not"),
    (r"\bain'?t\b", "is not"),
    (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should|must|need)n'?t\b", r"\1 not"),
    (r"\bi'?m\b", "i am"),
    (r"\b(i|you|we|they|who|that|there|what|P\d+)'ve\b", r"\1 have"),
    (r"\bive\b", "i have"),
    (r"\b(could|would|should|might|must)(?:'ve|a|of)\b(?= \w)", r"\1 have"),
    (r"\b(you|we|they|who|what|there)'re\b", r"\1 are"),
    (r"\b(\w+)'ll\b", r"\1 will"),
    (r"\b(\w+)'d\b", r"\1 would"),
    (r"\b(he|she|it|that|there|what|who|where|how|here)'s\b", r"\1 is"),
    (r"\blet's\b", "let us"),
    (r"\bgonna\b", "going to"),
    (r"\bwanna\b", "want to"),
    (r"\bgotta\b", "got to"),
    (r"\b(?:tho)\b", "though"),
    (r"\b(?:cuz|cos|coz|bc)\b", "because"),
    (r"\bu\b", "you"),
)
_SHORTENED = [(re.compile(pattern), long) for pattern, long in _SHORT]
_SHORT_WORDS = frozenset(
    "cannot cant wont shant aint dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt"
    " mustnt neednt im ive gonna wanna gotta tho cuz cos coz bc u coulda woulda shoulda musta".split()
)
_MAY_BE_SHORT = re.compile(
    rf"(?P<wont>\bwon'?t\b(?=\s+(?:the|by)))|\b(?:\w+'\w+(?:'\w+)*|(?:{'|'.join(sorted(_SHORT_WORDS))})\b)"
)
_QUOTED = re.compile(r'"[^"\n]{3,}"')
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|'s\b|[,;:()—–….]|(?<= )-(?= )")
_PAUSES = dict.fromkeys(",;:()—–….-", ",")


def normalise(sentence: str) -> str:
    """A folded sentence, with people as ``P0``, as cues read it: ``"^ i did not give in , again "``."""
    if '"' in sentence:
        sentence = _QUOTED.sub(" Q ", sentence)
    words = _WORD.findall(sentence)
    if "'" in sentence or not _SHORT_WORDS.isdisjoint(words):
        words = _WORD.findall(_MAY_BE_SHORT.sub(_long, sentence))
    words = [_PAUSES.get(word, word) for word in words]
    while words and words[-1] == ",":
        words.pop()
    return f"^ {' '.join(words)} "


def _long(match: re.Match[str]) -> str:
    return match.group() if match["wont"] else _written_out(match.group())


@lru_cache(1000)
def _written_out(short: str) -> str:
    # Some count as short only before another word.
    words = f"{short} x"
    for pattern, long in _SHORTENED:
        words = pattern.sub(long, words)
    return words.removesuffix(" x")


# -- the cues of a language ------------------------------------------------------------------------

_DATA = files(__package__) / "data" / "cues"


class Listener(NamedTuple):
    """What is listened for in one language."""

    cues: Cues
    words: Words
    common: frozenset[str]
    """Stems of words that name nobody even where a sentence begins with them."""
    stem: Mapping[str, str]
    tone: Tone
    language: str


def read_signal(content: bytes, name: str) -> Signal:
    """A file of cues, ``<signal>.<language>.yaml``: ``cues``, and if need be ``unless``, ``questions``, ``negated``.

    Raises:
        FileFaults: it is none.
    """
    breathe()
    held = parse_bytes(content, name).plain()
    return Signal(
        name=name.partition(".")[0],
        cues=held["cues"],
        unless=held.get("unless", ()),
        questions=held.get("questions") == "yes",
        negated=held.get("negated") == "yes",
    )


def read_examples(content: bytes, name: str) -> tuple[list[str], list[str]]:
    """Of a file of cues, the sentences that must tell the signal, and those that must not.

    Raises:
        FileFaults: it is none.
    """
    held = parse_bytes(content, name).plain().get("examples", {})
    return held.get("match", []), held.get("not", [])


def read_classes(content: bytes, name: str) -> Classes:
    """The file of the classes of words.

    Raises:
        FileFaults: it is none.
    """
    classes: Classes = parse_bytes(content, name).plain()
    return classes


def signal_files(language: str = "en") -> list[Traversable]:
    """The files of cues of a language, by name."""
    found = (file for file in _DATA.iterdir() if file.name.endswith(f".{language}.yaml"))
    return sorted((file for file in found if not file.name.startswith("words.")), key=lambda file: file.name)


@cache
def listener(language: str) -> Listener | None:
    """Who listens in a language ("en", "en-GB"); None where nobody does."""
    language = base(language)
    vocab, signals = vocabulary(language), signal_files(language)
    if vocab is None or not signals:
        return None
    with without_collecting():
        classes = read_classes((_DATA / f"words.{language}.yaml").read_bytes(), f"words.{language}.yaml")
        cues = Cues([read_signal(file.read_bytes(), file.name) for file in signals], classes)
    return Listener(
        cues=cues,
        words=words_of(language),
        common=vocab.stops | vocab.rates.keys(),
        stem=vocab.stem,
        tone=tone_of(language),
        language=language,
    )


# -- who is named ----------------------------------------------------------------------------------


class _Named(NamedTuple):
    start: int
    end: int
    key: str


_FIRST = re.compile(r"[^\W\d_a-z][^\W\d_]+(?= |'s\b|,)")
_ENDINGS = ("ed", "ing", "ly")
"""A word with one of these is seldom a name where a sentence begins with it."""
_ALSO_PEOPLE = frozenset(("on", "from", "towards", "that"))
"""Words that lead to places and things, and to people as well: "I put it all on Ruth", "that Tom was late"."""
_BEFORE = re.compile(r"([^\W\d_]+),?[ \u00a0]\Z")


def _named(text: str, folded: str, spans: Sequence[tuple[int, int]], who: Listener) -> list[_Named]:
    """Those who may be named in an entry, in order, none within another; whether a capital is a name, the journal
    tells."""
    words = who.words
    found = (
        [_Named(*match.span(), head(match[1], who.language)) for match in find_mentions(text)] if "@" in text else []
    )
    for match in kin_inside(who.language).finditer(folded):
        found.append(_Named(*match.span(), words.kin[match["noun"] or match["called"]]))
    for match in somebody_in(who.language).finditer(folded):
        found.append(_Named(*match.span(), ""))
    for match in names_inside(who.language).finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
        leads = fold(before[1]) if before and not match["title"] else ""
        name = fold(match["names"].split()[0])
        is_owner = folded[match.end() : match.end() + 2] == "'s"
        is_place = leads in words.places - _ALSO_PEOPLE and not is_owner
        if not is_place and leads not in words.things - _ALSO_PEOPLE and name not in words.not_people:
            found.append(_Named(*match.span(), name))
    met = {named.key for named in found}
    for start, end in spans:
        if first := _FIRST.match(text, start, end):
            name = folded[slice(*first.span())]
            is_word = name in who.cues.words or name.endswith(_ENDINGS)
            if name not in words.not_people and who.stem[name] not in who.common and (name in met or not is_word):
                found.append(_Named(*first.span(), name))
    apart: list[_Named] = []
    for named in sorted(found, key=lambda named: (named.start, -named.end)):
        if not apart or named.start >= apart[-1].end:
            apart.append(named)
    return apart


_ABOUT_THEMES = frozenset(("still_open", "settled"))

# -- hearing ---------------------------------------------------------------------------------------


_MOST_PEOPLE = 99
"""In a sentence; who comes after them is not told apart."""
_LONGEST, _MOST = 800, 100_000
"""Characters of a sentence, and of an entry: more is no diary, and is not worth the wait."""


def _spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a text; one without an end is cut between words."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        while end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            spans.append((start, cut))
            start = cut + text[cut : cut + 1].isspace()
        spans.append((start, end))
    return spans


def hear(text: str, language: str = "en") -> tuple[Sentence, ...]:
    """The sentences of `text` that name somebody, hold a signal, or have a tone."""
    who = listener(language)
    if who is None:
        return ()
    text = text[:_MOST]
    folded, spans = fold(text), _spans(text)
    named = _named(text, folded, spans, who)
    told = []
    place = 0
    for start, end in spans:
        pieces: list[str] = []
        at = start
        here: list[_Named] = []
        while place < len(named) and named[place].start < end:
            person = named[place]
            place += 1
            if person.end <= end:
                pieces += (folded[at : person.start], f" P{min(len(here), _MOST_PEOPLE)} ")
                here.append(person)
                at = person.end
        pieces.append(folded[at:end])
        sentence = normalise("".join(pieces))
        words = sentence.split()
        found = who.cues.find(sentence, question="?" in text[end - 3 : end])
        heard = tuple(Heard(cue.signal, _who(cue.words, sentence, here), _about(cue, words)) for cue in found)
        people = [_key(word, here) for word in words if word[0] == "P" or word in PRONOUNS]
        tone = score(words, who.tone)
        if people or heard or abs(tone) >= 0.05:
            told.append(Sentence(start, end, tuple(dict.fromkeys(people)), heard, round(tone, 3)))
    return tuple(told)


def _about(cue: Found, words: Sequence[str]) -> tuple[str, ...]:
    if cue.signal not in _ABOUT_THEMES:
        return ()
    return tuple(word for word in words if word not in cue.own and word[0] not in "P^,")


def _key(word: str, here: Sequence[_Named]) -> str:
    return here[int(word[1:])].key if word[0] == "P" else PRONOUNS[word]


def _who(words: str, sentence: str, here: Sequence[_Named]) -> str:
    """Whom the words of a cue are about: the first who is named in them, else in the sentence."""
    for part in (words.split(), sentence.split()):
        named = next((word for word in part if word[0] == "P"), "") or next((w for w in part if w in PRONOUNS), "")
        if named:
            return _key(named, here)
    return ""
