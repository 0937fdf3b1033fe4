"""Cues: how people word what the mirror listens for. A small pattern language over the words of one sentence.

A cue is a row of words, as ``{i} went along with (it|{them})``:

======================  ============================================================================
``gave``                the word
``gave*``               any word that begins so
``(gave|caved) in``     one of several, each one word or more
``[just] gave in``      may be left out
``..``                  up to four words, none of them a negation, no comma
``...``                 up to twelve words of any kind
``{them}``              a class of words, from the file of classes
``^``, ``$``            where the sentence begins and ends
``,``                   a comma or any other pause
======================  ============================================================================

A cue counts nowhere behind a negation ("I never gave in"). The words are in lower case, without accents and
contractions: "I didn't" is ``i did not``, "she's" ``she is``, "Ana's" ``P0 's``. People stand there as ``P0``, ``P1``;
words in quotation marks as ``Q``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from journal_tui.breathing import breathe

NEGATIONS = ("not", "never", "nor", "hardly", "without", "neither", "nobody", "barely", "rarely", "refuse*", "stop*")
_NEGATIONS = frozenset(NEGATIONS)
_NEGATED = 3
"""Words before a cue one of which negates it."""
_NEAR, _FAR = 4, 12
"""Words that ``..`` and ``...`` stand for at most."""


class CueError(ValueError):
    """A cue that is none; the message says what is wrong with it."""


Classes = Mapping[str, Sequence[str]]
Keys = frozenset[str]
"""Words of which one stands in one place: as they are, or what they begin with and ``*``."""


# -- a cue as a tree -------------------------------------------------------------------------------


class _Sentence:
    """A sentence while cues are tried on it."""

    def __init__(self, words: Sequence[str], keys: Sequence[Keys]) -> None:
        self.words = words
        self.keys = (keys[0] | {"^"}, *keys[1:], frozenset[str]())
        """Of each word the keys that fit it, of the first ``^`` too, and nothing after the last."""
        self.ends: dict[tuple[_Choice, int], Sequence[int]] = {}

    def after(self, mark: str, at: int) -> Sequence[int]:
        """Where what a mark stands for may end."""
        length = len(self.words)
        match mark:
            case "..":
                last = min(at + _NEAR, length)
                for place in range(at, last):
                    if self.words[place] == "," or not self.keys[place].isdisjoint(_NEGATIONS):
                        return range(at, place + 1)
                return range(at, last + 1)
            case "...":
                return range(at, min(at + _FAR, length) + 1)
            case "^":
                return () if at else (0,)
            case _:
                return (length,) if at == length or self.words[at:] == [","] else ()

    def is_negated(self, at: int) -> bool:
        """Whether a negation stands before a place, and no comma between."""
        for place in range(at - 1, max(-1, at - 1 - _NEGATED), -1):
            if not self.keys[place].isdisjoint(_NEGATIONS):
                return True
            if self.words[place] == ",":
                return False
        return False


class _Row:
    """Parts that follow each other."""

    def __init__(self, parts: Sequence[_Part]) -> None:
        self.parts = parts

    @cached_property
    def first(self) -> Keys | None:
        """What one begins with; None: it may be anything."""
        keys: Keys = frozenset()
        for part in self.parts:
            if isinstance(part, frozenset):
                return keys | part
            if part == "^":
                return keys | {part}
            if isinstance(part, str) or part.first is None:
                return None
            keys |= part.first
            if not part.is_optional:
                return keys
        return None

    @cached_property
    def words(self) -> Sequence[Keys] | None:
        """Its parts if they are words."""
        words = [part for part in self.parts if isinstance(part, frozenset)]
        return words if len(words) == len(self.parts) else None

    def ends(self, sentence: _Sentence, at: int) -> Sequence[int]:
        """Where it ends that begins at a place, as a regular expression would try it: options in their order, the
        longest of what may be left out, the shortest of gaps."""
        keys = sentence.keys
        if self.words is not None:
            for word in self.words:
                if keys[at].isdisjoint(word):
                    return ()
                at += 1
            return (at,)
        ends: Sequence[int] = (at,)
        for part in self.parts:
            if isinstance(part, frozenset):
                ends = [end + 1 for end in ends if not keys[end].isdisjoint(part)]
            elif isinstance(part, str):
                ends = list(dict.fromkeys([after for end in ends for after in sentence.after(part, end)]))
            elif len(ends) == 1:
                ends = part.ends(sentence, ends[0])
            else:
                ends = list(dict.fromkeys([after for end in ends for after in part.ends(sentence, end)]))
            if not ends:
                break
        return ends


class _Choice:
    """One of several rows, or nothing if it `is_optional`."""

    def __init__(self, rows: Sequence[_Row], *, is_optional: bool = False) -> None:
        self.rows = rows
        self.is_optional = is_optional
        self._beginning: dict[str, Sequence[_Row]] = {}

    @cached_property
    def first(self) -> Keys | None:
        keys = [row.first for row in self.rows if row.first is not None]
        return _any(keys) if len(keys) == len(self.rows) else None

    @cached_property
    def has_begin(self) -> bool:
        """It has a ``^`` somewhere."""
        parts = [part for row in self.rows for part in row.parts]
        return "^" in parts or any(isinstance(part, _Choice) and part.has_begin for part in parts)

    def ends(self, sentence: _Sentence, at: int) -> Sequence[int]:
        """As of a row."""
        ends = sentence.ends.get((self, at))
        if ends is None:
            ends = sentence.ends[self, at] = self._ends(sentence, at)
        return ends

    def _ends(self, sentence: _Sentence, at: int) -> Sequence[int]:
        rows = self.rows
        if self.first is not None:
            keys = sentence.keys[at]
            if keys.isdisjoint(self.first):
                return (at,) if self.is_optional else ()
            word = sentence.words[at]
            known = self._beginning.get(word)
            if known is None:
                known = [row for row in rows if row.first and not keys.isdisjoint(row.first)]
                self._beginning[word] = known
            rows = known
        ends = [end for row in rows for end in row.ends(sentence, at)]
        if self.is_optional:
            ends.append(at)
        return list(dict.fromkeys(ends)) if len(ends) > 1 else ends


_Part = Keys | str | _Choice
"""One of several words, a mark (``..``, ``...``, ``^``, ``$``), or a choice."""


def _any(several: Iterable[Keys]) -> Keys:
    return frozenset[str]().union(*several)


# -- reading cues ----------------------------------------------------------------------------------

_ONE = r"\.\.\.|\.\.|[()|\[\]^$,]|\{\w+\}|[\w'-]+\*?|\S"
_PART = re.compile(_ONE)
_PART_OR_GROUP = re.compile(rf"[(\[][^()\[\]]*[)\]]|{_ONE}")
_PLAIN = re.compile(r"[\w'-]+\*?|,")
_PHRASES = re.compile(r"\([\w'* |-]+\)|\[[\w'* |-]+\]")
_LETTERS = re.compile(r"[a-z]{2,}")
_MARKS = frozenset(("..", "...", "^", "$"))


class _Built(NamedTuple):
    """What was read of a cue."""

    parts: Sequence[_Part]
    has_word: bool
    """It fits nothing without a word of its own."""


class _Parser:
    """Cues to trees."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._words: dict[str, _Built] = {}
        self._built: dict[str, _Built] = {}
        """Classes and groups, as written."""
        self._open: list[str] = []

    @property
    def words(self) -> Iterable[str]:
        """Every word of all cues so far."""
        return self._words

    def parse(self, cue: str) -> _Built:
        """Raises `CueError`."""
        rest = _PART_OR_GROUP.findall(cue)
        rest.reverse()
        built = self._row(rest)
        if rest:
            raise CueError(f'"{rest[-1]}" closes what was not opened')
        return built

    def _row(self, rest: list[str]) -> _Built:
        """What stands up to the next end; `rest` is in reverse, and what was read is taken from it."""
        parts: list[_Part] = []
        has_word = False
        while rest and rest[-1] not in "|)]":
            part = rest.pop()
            if part in _MARKS:
                parts.append(part)
                continue
            built = self._words.get(part) or self._built.get(part) or self._part(part, rest)
            parts += built.parts
            has_word |= built.has_word
        return _Built(parts, has_word)

    def _part(self, part: str, rest: list[str]) -> _Built:
        """What was not met before."""
        if part in "([":
            return self._group(part, rest)
        if part[0] in "([":
            rows = self._phrases(part) if _PHRASES.fullmatch(part) else None
            if rows is None:
                inside = _PART.findall(part)
                inside.reverse()
                built = self._group(inside.pop(), inside)
            else:
                built = _either(rows) if part[0] == "(" else _optional(rows)
            self._built[part] = built
        elif part[0] == "{" and len(part) > 1:
            self._built[part] = built = self._class(part[1:-1])
        elif _PLAIN.fullmatch(part):
            self._words[part] = built = _Built([frozenset((part,))], True)
        else:
            raise CueError(f'"{part}" means nothing in a cue')
        return built

    def _phrases(self, group: str) -> list[_Built] | None:
        """The rows of a group that has only words; None: it may have more."""
        rows = []
        words = self._words
        for option in group[1:-1].split("|"):
            parts: list[_Part] = []
            for word in option.split():
                if word not in words:
                    if not _PLAIN.fullmatch(word):
                        return None
                    words[word] = _Built([frozenset((word,))], True)
                parts += words[word].parts
            rows.append(_Built(parts, bool(parts)))
        return rows

    def _group(self, opening: str, rest: list[str]) -> _Built:
        closing = ")" if opening == "(" else "]"
        rows: list[_Built] = []
        while True:
            rows.append(self._row(rest))
            if not rest:
                raise CueError(f'"{closing}" is missing')
            end = rest.pop()
            if end == closing:
                break
            if end != "|":
                raise CueError(f'"{end}" stands where "{closing}" is missing')
        return _either(rows) if opening == "(" else _optional(rows)

    def _class(self, name: str) -> _Built:
        if name in self._open:
            raise CueError(f'the class "{name}" leads back to itself')
        if name not in self._classes:
            raise CueError(f'there is no class "{name}"')
        self._open.append(name)
        built = _either([self.parse(option) for option in self._classes[name]])
        self._open.pop()
        return built


def _either(rows: Sequence[_Built]) -> _Built:
    if len(rows) == 1:
        return rows[0]
    together = _together(rows)
    parts = together[0].parts if len(together) == 1 else [_Choice(together)]
    return _Built(parts, all(row.has_word for row in rows))


def _optional(rows: Sequence[_Built]) -> _Built:
    return _Built([_Choice(_together(rows), is_optional=True)], False)


def _together(rows: Iterable[_Built]) -> list[_Row]:
    """Rows; single words next to each other are one."""
    together: list[_Row] = []
    words: list[Keys] = []
    for parts, _ in rows:
        only = parts[0] if len(parts) == 1 else None
        if isinstance(only, frozenset):
            words.append(only)
            continue
        if words:
            together.append(_Row([_any(words)]))
            words = []
        if isinstance(only, _Choice) and not only.is_optional:
            together += only.rows
        else:
            together.append(_Row(parts))
    if words:
        together.append(_Row([_any(words)]))
    return together


# -- finding what may fit --------------------------------------------------------------------------


_GAPS = ("..", "...")
_BEGIN: Keys = frozenset("^")
_SPELT = 40
"""Phrases that a row is made into at most."""
_KEPT = 1000
"""Ends of options for which is kept what comes of them."""


@dataclass(slots=True)
class _Element:
    """One part of a row in the net."""

    part: Keys | _Choice
    is_optional: bool
    gap: str
    """``..`` or (whatever else) ``...``: what may stand before it."""


class _Phrase(NamedTuple):
    words: Sequence[Keys]
    places: Sequence[int]
    """Of the elements that it is."""


class _Node:
    """Phrases that may be under way after some words; nodes are made as texts bring them up."""

    __slots__ = ("bits", "first", "next", "rest")

    def __init__(self, rest: Sequence[_Phrase], bits: int, first: int) -> None:
        self.rest = rest
        """Those that go on."""
        self.bits = bits
        """The elements that end here."""
        self.first = first
        """What follows those of them that a row begins with."""
        self.next: dict[str, _Node | None] = {}


class _Word(NamedTuple):
    """What is known of a word."""

    keys: Keys
    node: _Node | None
    gap: int
    """The elements before which it may stand in a gap."""


class _Kind(NamedTuple):
    """What a choice is in the rows that it stands in."""

    is_optional: bool
    gap: str
    """What may stand behind it."""


class _Net:
    """All cues at once: a bit for each element of each row, set where the row was met up to there and the element may
    be next (shift-and: Baeza-Yates & Gonnet 1992, Navarro & Raffinot 2002).

    A choice is one element of the row that it stands in: of its options, phrases are met from where they begin, all
    else as if it might begin anywhere before; gaps have no end. So nothing that fits is missed, and little is met that
    does not fit.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        """All words of cues, and beginnings of words."""
        self._lengths = sorted({len(word) - 1 for word in self._known if word.endswith("*")})
        self._size = 0
        self._places: defaultdict[Keys | _Choice, list[int]] = defaultdict(list)
        self._first: list[int] = []
        self._optional: list[int] = []
        self._gaps: dict[str, list[int]] = {"..": [], "...": []}
        self._inner: dict[int, _Choice] = {}
        """By the place behind one of its options."""
        self._phrases: list[_Phrase] = []
        self._spelt: dict[_Choice, Sequence[tuple[Keys, ...]] | None] = {}
        self._kinds: dict[_Choice, _Kind] = {}

    # What it is made of

    def add(self, rows: Sequence[_Row]) -> list[int]:
        """For each row the place that is set where it may fit."""
        # What stands inside comes first: the bits asked for most are the lowest.
        several = [self._elements(row)[0] for row in rows]
        places = []
        for elements in several:
            breathe()
            while elements and elements[-1].is_optional:
                elements.pop()
            places.append(self._add(elements or [_Element(_BEGIN, is_optional=False, gap="")]))
        self._finish()
        return places

    def _add(self, elements: Sequence[_Element]) -> int:
        """The place behind them."""
        self._first.append(self._size)
        for element in elements:
            self._places[element.part].append(self._size)
            if element.is_optional:
                self._optional.append(self._size)
            if element.gap:
                self._gaps[element.gap].append(self._size)
            self._size += 1
        return self._size

    def _elements(self, row: _Row) -> tuple[list[_Element], str]:
        """Those of a row from the first that may not be left out, and the gap behind them."""
        breathe()
        elements: list[_Element] = []
        gap = ""
        for number, part in enumerate(row.parts):
            if part in _GAPS:
                gap = max(gap, str(part))
            elif number and isinstance(part, _Choice) and part.has_begin:
                # The one beginning of a sentence may be met twice.
                gap = "..."
            elif part != "$" and not (number and part == "^"):
                kind = self._kind(part) if isinstance(part, _Choice) else _Kind(is_optional=False, gap="")
                if elements or not kind.is_optional:
                    keys = _BEGIN if isinstance(part, str) else part
                    elements.append(_Element(keys, kind.is_optional, gap if elements else ""))
                    gap = ""
                gap = max(gap, kind.gap)
        return elements, gap

    def _kind(self, choice: _Choice) -> _Kind:
        kind = self._kinds.get(choice)
        if kind is None:
            kind = self._kinds[choice] = self._choice(choice)
        return kind

    def _choice(self, choice: _Choice) -> _Kind:
        is_optional, gap = choice.is_optional, ""
        for row in choice.rows:
            phrases = self._phrases_of(row)
            if phrases is not None:
                is_optional |= () in phrases
                self._phrases += [_Phrase(words, self._places[choice]) for words in phrases if words]
                continue
            elements, behind = self._elements(row)
            head = _BEGIN if row.parts[:1] == ["^"] else (row.parts or [""])[0]
            if isinstance(head, frozenset) and all(element.is_optional for element in elements[1:]):
                # As "i [really] [just]", what is met most often: a word, and then anything.
                self._phrases.append(_Phrase([head], self._places[choice]))
                gap = "..."
            elif elements:
                self._inner[self._add(elements)] = choice
                gap = max(gap, behind)
            elif any(part != "$" for part in row.parts):
                is_optional, gap = True, "..."
            else:
                is_optional = True
        return _Kind(is_optional, gap)

    def _phrases_of(self, row: _Row) -> Sequence[tuple[Keys, ...]] | None:
        """All phrases that a row may be; None: they are too many, or it is more than that."""
        phrases: Sequence[tuple[Keys, ...]] = [()]
        for number, part in enumerate(row.parts):
            more: Sequence[tuple[Keys, ...]]
            if number and (part == "^" or (isinstance(part, _Choice) and part.has_begin)):
                return None
            if isinstance(part, _Choice):
                if part not in self._spelt:
                    self._spelt[part] = self._options_of(part)
                options = self._spelt[part]
                if options is None:
                    return None
                more = options
            elif part == "^" or isinstance(part, frozenset):
                more = [(frozenset(part) if part != "^" else _BEGIN,)]
            else:
                return None
            if len(phrases) > 1 < len(more) and len(phrases) * len(more) > _SPELT:
                return None
            phrases = [(*before, *after) for before in phrases for after in more]
        return phrases

    def _options_of(self, choice: _Choice) -> Sequence[tuple[Keys, ...]] | None:
        spelt: list[tuple[Keys, ...]] = [()] if choice.is_optional else []
        for row in choice.rows:
            phrases = self._phrases_of(row)
            if phrases is None:
                return None
            spelt += phrases
        return spelt

    def _finish(self) -> None:
        self._begins = self.bits(self._first)
        self._skips = self.bits(self._optional)
        self._far = self.bits(self._gaps["..."])
        self._near = self._far | self.bits(self._gaps[".."])
        self._insides = self.bits(self._inner)
        self._met: dict[int, tuple[int, int]] = {}
        """By what stands behind options, the elements that their choices are, and what follows those that rows begin
        with."""
        self._by_key: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for part, places in self._places.items():
            if isinstance(part, frozenset):
                self._phrases.append(_Phrase([part], places))
        for phrase in self._phrases:
            for key in phrase.words[0]:
                self._by_key[key].append(phrase)
        self._words: dict[str, _Word] = {}

    # Reading

    def bits(self, places: Iterable[int]) -> int:
        """Places as bits."""
        bits = bytearray(self._size // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def _node(self, phrases: Iterable[_Phrase], length: int) -> _Node | None:
        rest: list[_Phrase] = []
        places: list[int] = []
        for phrase in phrases:
            if len(phrase.words) > length:
                rest.append(phrase)
            else:
                places += phrase.places
        bits = self.bits(places) if places else 0
        return _Node(rest, bits, (bits & self._begins) << 1) if rest or bits else None

    def words(self, words: Iterable[str]) -> list[_Word]:
        """What is known of words."""
        known = self._words
        return [known.get(word) or self._word(word) for word in words]

    def _word(self, word: str) -> _Word:
        begins = [f"{word[:length]}*" for length in self._lengths if length == len(word) or word[length:].isalnum()]
        keys = self._known.intersection((word, *begins))
        phrases = {id(phrase): phrase for key in keys for phrase in self._by_key[key]}
        stops = word == "," or not keys.isdisjoint(_NEGATIONS)
        self._words[word] = known = _Word(keys, self._node(phrases.values(), 1), self._far if stops else self._near)
        return known

    def read(self, words: Sequence[str], known: Sequence[_Word]) -> int:
        """All that is met in a sentence."""
        length = len(words)
        states = [0] * (length + 1)
        skips, insides = self._skips, self._insides
        seen = 0
        for at in range(length + 1):
            state = states[at]
            if state:
                # Adding carries over all elements in a row that may be left out, to the one behind them.
                if skipped := state & skips:
                    state |= (skips + skipped) ^ skips
                if state & insides:
                    state = self._inside(state, seen)
                seen |= state
            if at == length:
                break
            _, node, gap = known[at]
            if state and (waiting := state & gap):
                states[at + 1] |= waiting
            end = at
            while node is not None:
                end += 1
                if node.bits:
                    if entered := state & node.bits:
                        states[end] |= entered << 1 | node.first
                    elif node.first:
                        states[end] |= node.first
                if not node.rest or end == length:
                    break
                word = words[end]
                if word in node.next:
                    node = node.next[word]
                else:
                    keys, begun, before = known[end].keys, end - at, node
                    following = [phrase for phrase in node.rest if not keys.isdisjoint(phrase.words[begun])]
                    node = before.next[word] = self._node(following, begun + 1)
        return seen

    def _inside(self, state: int, seen: int) -> int:
        """With what follows choices of which an option ends here."""
        skips = self._skips
        done = 0
        while ended := state & self._insides & ~done:
            done |= ended
            if ended not in self._met:
                if len(self._met) > _KEPT:
                    self._met.clear()
                choices = {self._inner[place] for place in _places(ended)}
                bits = self.bits(place for choice in choices for place in self._places[choice])
                self._met[ended] = bits, (bits & self._begins) << 1
            bits, first = self._met[ended]
            state |= (seen & bits) << 1 | first
            if skipped := state & skips:
                state |= (skips + skipped) ^ skips
        return state


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


# -- all cues of a language ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What one file of cues holds."""

    name: str
    cues: Sequence[str]
    unless: Sequence[str] = ()
    """Cues that take it away wherever they stand in the sentence."""
    questions: bool = False
    """A question may tell it too."""
    negated: bool = False
    """It counts behind a negation too: its cues say themselves what is negated."""


class Found(NamedTuple):
    """A cue found in a sentence."""

    signal: str
    words: str
    """The part of the sentence, as normalised, that fits."""
    cue: str
    own: frozenset[str]
    """Every word that the cue itself is made of."""


class _Cue:
    """A cue of a signal, or one that takes it away."""

    def __init__(self, signal: Signal, text: str, row: _Row) -> None:
        self.signal = signal
        self.text = text
        self.row = row
        self.place = 0
        """In the net."""

    @cached_property
    def own(self) -> frozenset[str]:
        return frozenset(letters for word in _words(self.row) for letters in _LETTERS.findall(word))

    def match(self, sentence: _Sentence, *, negated: bool) -> tuple[int, int] | None:
        """From where to where it first fits; where it is negated only if it may be."""
        row = self.row
        begin = 0
        for at in range(len(sentence.words)):
            if at < begin or (row.first is not None and sentence.keys[at].isdisjoint(row.first)):
                continue
            if ends := row.ends(sentence, at):
                if negated or not sentence.is_negated(at):
                    return at, ends[0]
                begin = ends[0]
        return None


def _words(row: _Row) -> Iterator[str]:
    for part in row.parts:
        if isinstance(part, frozenset):
            yield from part
        elif isinstance(part, _Choice):
            for inner in part.rows:
                yield from _words(inner)


class Cues:
    """All cues of a language, found fast: few are tried that do not fit.

    Raises:
        CueError: a cue is none; which, and why.
    """

    def __init__(self, signals: Iterable[Signal], classes: Classes) -> None:
        parser = _Parser(classes)
        tells: list[_Cue] = []
        self._unless: dict[str, list[_Cue]] = {}
        for signal in signals:
            tells += [_cue(parser, signal, text) for text in dict.fromkeys(signal.cues)]
            self._unless[signal.name] = [_cue(parser, signal, text) for text in dict.fromkeys(signal.unless)]
        cues = [*tells, *(cue for unless in self._unless.values() for cue in unless)]
        self._net = _Net((*parser.words, *NEGATIONS, "^"))
        for cue, place in zip(cues, self._net.add([cue.row for cue in cues]), strict=True):
            cue.place = place
        self._cues = {cue.place: cue for cue in tells}
        self._tells = self._net.bits(self._cues)
        self._questions = self._net.bits(cue.place for cue in tells if cue.signal.questions)
        self.words = frozenset(word for word in parser.words if word[-1].isalnum())
        """Every whole word that cues are made of."""

    def find(self, sentence: str, *, question: bool = False) -> Iterator[Found]:
        """The first cue of each signal that fits a normalised sentence (``"^ i gave in "``)."""
        words = sentence.split()
        known = self._net.words(words)
        met = self._net.read(words, known)
        tries = met & (self._questions if question else self._tells)
        if not tries or len(words) == 1:
            return
        read = _Sentence(words[1:], [word.keys for word in known[1:]])
        told: set[str] = set()
        for place in _places(tries):
            cue = self._cues[place]
            signal = cue.signal
            if signal.name not in told and (span := cue.match(read, negated=signal.negated)):
                told.add(signal.name)
                if not any(met >> cue.place & 1 and cue.match(read, negated=True) for cue in self._unless[signal.name]):
                    yield Found(signal.name, " ".join(read.words[slice(*span)]), cue.text, cue.own)


def _cue(parser: _Parser, signal: Signal, text: str) -> _Cue:
    breathe()
    try:
        parts, has_word = parser.parse(text)
        if not has_word:
            raise CueError("it needs a word of its own")
    except CueError as error:
        raise CueError(f'{signal.name}: "{text}": {error}') from None
    return _Cue(signal, text, _Row(parts))
