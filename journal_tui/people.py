"""Words that name people: ``@name``, names, and what people are to the writer ("my sister").

What a language has for that stands in ``data/people.<language>.txt``. Names are compared without regard to case and
accents; kin by what they are, so that "mum" is "my mom". In a language without a file only ``@name``, and names met
before, are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import NamedTuple

from journal_tui.breathing import breathe
from journal_tui.model import Entry, Person, UsageError
from journal_tui.text import clean_line, find_mentions, fold, mentions

LONGEST = 80
"""Characters of a name."""

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"\w+")
_OF = re.compile(r"['’]s?$")
_GAP = re.compile(r"\.?\s+|['’-]")
"""What stands between the words of a name."""
_INSIDE = re.compile(r"[\w,;'’][ \u00a0]")
"""What stands before a word inside a sentence."""


# -- the words of a language -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """How people are named in one language; folded, but for `kin` and `they`."""

    my: frozenset[str] = frozenset()
    kin: Mapping[str, str] = field(default_factory=dict)
    """``mum`` → ``mom``: what people are to the writer, in lower case, each with the first on its line."""
    said: Mapping[str, str] = field(default_factory=dict)
    """By folded word for kin, how it is said: ``my mum``."""
    called: frozenset[str] = frozenset()
    """Kin that are named without "my"."""
    somebody: frozenset[str] = frozenset()
    they: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    """As written."""
    places: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    """A capital after one of these names no person."""
    either: frozenset[str] = frozenset()
    """A capital after one of these tells nothing."""
    words: frozenset[str] = frozenset()
    """First names that are ordinary words too."""
    not_people: frozenset[str] = frozenset()
    pronouns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By pronoun, the kin it stands for."""
    nouns_have_capitals: bool = False

    def kin_of(self, name: str) -> str:
        """The word under which kin are counted, if `name` is ``my sister``, ``sister`` or ``Mum``; else nothing."""
        first, *rest = fold(name).split() or [""]
        noun = " ".join(rest) if rest and first in self.my else " ".join((first, *rest))
        return self.kin.get(noun, "")


def base(language: str) -> str:
    """``en`` of ``en-GB``."""
    return language.lower().replace("_", "-").partition("-")[0]


@cache
def words_of(language: str) -> Words:
    """The words of a language (``en``, ``en-GB``); none where we have no file for it."""
    file = _DATA / f"people.{base(language)}.txt"
    if not (base(language).isalpha() and file.is_file()):
        return Words(nouns_have_capitals=True)
    parts: defaultdict[str, list[list[str]]] = defaultdict(list)
    part = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif found := line.partition("#")[0].split():
            parts[part].append(found)

    def folded(part: str) -> frozenset[str]:
        return frozenset(fold(word) for line in parts[part] for word in line)

    kin: dict[str, str] = {}
    said: dict[str, str] = {}
    for part, lines in parts.items():
        if part.startswith("kin "):
            for forms in lines:
                for word in forms:
                    kin[word.lower()] = kin[fold(word)] = forms[0].lower()
                    said.setdefault(fold(word), f"{part.removeprefix('kin ')} {word}")
    return Words(
        my=folded("my"),
        kin=kin,
        said=said,
        called=folded("called"),
        somebody=folded("somebody"),
        they=frozenset(word for line in parts["they"] for word in line),
        titles=tuple(word for line in parts["titles"] for word in line),
        places=folded("places"),
        things=folded("things"),
        either=folded("either"),
        words=folded("words"),
        not_people=folded("not people"),
        pronouns={pronoun: folded(pronoun) for pronoun in ("he", "she") if pronoun in parts},
        nouns_have_capitals=bool(parts["capitals"]),
    )


@cache
def _languages() -> tuple[str, ...]:
    found = (file.name.split(".")[1] for file in _DATA.glob("people.*.txt"))
    return tuple(sorted(found, key=lambda language: (language != "en", language)))


# -- names -----------------------------------------------------------------------------------------


class KnownName(str):
    """A name met before, with what else the same person is called."""

    __slots__ = ("also",)

    also: tuple[str, ...]

    def __new__(cls, name: str, also: Iterable[str] = ()) -> KnownName:
        known = super().__new__(cls, name)
        known.also = tuple(also)
        return known


def tidy_name(name: str) -> str:
    """A name as it is kept: one line, without ``@``.

    Raises:
        UsageError: it is none.
    """
    tidy = clean_line(name).removeprefix("@").strip()
    if not _WORD.search(tidy):
        raise UsageError(f'"{tidy}" is no name: write it as in your entries, like Ana or my sister')
    if len(tidy) > LONGEST:
        raise UsageError(f'"{tidy[:20]}…" is too long for a name: give {LONGEST} letters or fewer')
    return tidy


def name_key(name: str, language: str = "") -> str:
    """What is the same for all spellings of a name: "Ana" and "ana", "mum" and "my mom".

    Args:
        language: whose words for kin are known; empty: all.
    """
    tidy = " ".join(unicodedata.normalize("NFC", name).removeprefix("@").split())
    for known in [language] if language else _languages():
        if kin := words_of(known).kin_of(tidy):
            return kin
    return fold(tidy)


def head(name: str, language: str = "en") -> str:
    """The one word, in lower case, by which a name is found: ``ada`` for "Ada Holm", ``reed`` for "Mr. Reed", and
    what kin are counted under."""
    words = words_of(language)
    titles = {fold(title) for title in words.titles}
    parts = [part for part in name.lower().split() if fold(part.rstrip(".")) not in titles]
    return words.kin_of(name) or (parts or [name.lower()])[0]


def same_name(name: str, other: str) -> bool:
    """Whether two names differ in spelling only."""
    return name_key(name) == name_key(other)


def as_met(name: str, known: Iterable[str]) -> str:
    """The spelling of `name` among `known` and what else these are called; empty: nobody goes by it."""
    wanted = name_key(name)
    for one in known:
        for spelling in (str(one), *(one.also if isinstance(one, KnownName) else ())):
            if name_key(spelling) == wanted:
                return spelling
    return ""


def merged(found: Iterable[tuple[Person, list[int]]]) -> list[tuple[Person, list[int]]]:
    """One person of all those that share a name, in the place and under the name of the first; with each the numbers
    of all that they were made of."""
    groups: list[tuple[dict[str, str], list[int]]] = []
    for person, numbers in found:
        names: dict[str, str] = {}
        for name in (person.name, *person.also):
            names.setdefault(name_key(name), name)
        sharing = [group for group in groups if not names.keys().isdisjoint(group[0])]
        if not sharing:
            groups.append((names, [*numbers]))
            continue
        first, *others = sharing
        for other in (*others, (names, numbers)):
            for key, name in other[0].items():
                first[0].setdefault(key, name)
            first[1].extend(other[1])
        groups = [group for group in groups if not any(group is other for other in others)]
    return [
        (Person(name=name, also=tuple(also)), numbers) for names, numbers in groups for name, *also in [names.values()]
    ]


def called(name: str, people: Iterable[Person]) -> tuple[str, ...]:
    """All names of whom `people` has under `name`; else that name alone."""
    wanted = name_key(name)
    for person in people:
        names = (person.name, *person.also)
        if wanted in map(name_key, names):
            return names
    return (name,)


class Wording(NamedTuple):
    """How a name is found in folded text."""

    stems: tuple[str, ...]
    """One of these stands in every text that names them."""
    patterns: tuple[str, ...]
    """Regular expressions, one of which fits there."""

    @property
    def pattern(self) -> str:
        """All of them as one."""
        return "|".join(self.patterns)


def wording(name: str) -> Wording:
    """How `name` stands in folded text, as whole words: kin in any form, ``begin*`` with any ending."""
    wanted = fold(unicodedata.normalize("NFC", name).removeprefix("@")).split() or [""]
    stems: list[str] = []
    patterns: list[str] = []
    for words in map(words_of, _languages()):
        if kin := words.kin_of(" ".join(wanted)):
            nouns = [noun for noun in words.said if words.kin[noun] == kin]
            any_noun = "|".join(map(re.escape, nouns))
            patterns += [rf"{_begin(my)}\s+(?:\w+\s+)?(?:{any_noun})" for my in words.my]
            patterns += [_begin(noun) for noun in nouns if noun in words.called or len(wanted) == 1]
            stems += nouns
    if stems:
        return Wording(tuple(stems), tuple(rf"{pattern}(?!\w|-\w)" for pattern in patterns))
    end = "" if wanted[-1].endswith("*") else r"(?!\w)"
    wanted[-1] = wanted[-1].removesuffix("*")
    first, *rest = wanted
    return Wording((first,), (r"\s+".join((_begin(first), *map(re.escape, rest))) + end,))


def _begin(word: str) -> str:
    """A word from its beginning on. Its letters come first in the pattern: that is what `re` looks for fast."""
    return rf"{re.escape(word)}(?<!\w{re.escape(word)})"


# -- who is named in a text ------------------------------------------------------------------------


@cache
def somebody_in(language: str) -> re.Pattern[str]:
    """``my sister``, ``my old boss`` in folded text."""
    words = words_of(language)
    nouns = "|".join(map(re.escape, sorted({*words.said, *words.somebody}, key=len, reverse=True)))
    return re.compile(rf"\b(?:{'|'.join(words.my)}) (?:\w+ )?(?:{nouns})\b" if nouns else r"(?!)")


_NAME_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][^\W\d_]{2,}")


def names_somebody(text: str, language: str = "en") -> bool:
    """Whether `text` seems to speak of a person: ``@name``, a name within a sentence, ``my sister``, ``she``."""
    words = words_of(language)
    if mentions(text) or somebody_in(base(language)).search(fold(text)):
        return True
    if not words.nouns_have_capitals and any(
        name[0].isupper() and fold(name) not in words.not_people for name in _NAME_INSIDE.findall(text)
    ):
        return True
    return not words.they.isdisjoint(_WORD.findall(text.lower()))


class _Form(NamedTuple):
    """One way in which somebody known is named."""

    rest: tuple[str, ...]
    """The words after the first."""
    name: str
    is_kin: bool
    """It needs "my" before it."""
    is_word: bool
    """It needs a capital inside a sentence."""


class _Names:
    """Those who are known, by the first two words of their names."""

    def __init__(self, known: Iterable[str], language: str) -> None:
        self._words = words = words_of(language)
        self._by_key: dict[str, str] = {}
        self._forms: defaultdict[tuple[str, str], list[_Form]] = defaultdict(list)
        for name in known:
            for spelling in (name, *(name.also if isinstance(name, KnownName) else ())):
                kin = words.kin_of(spelling)
                key = kin or fold(spelling)
                if key in self._by_key:
                    continue
                self._by_key[key] = str(name)
                for form in [noun for noun in words.said if words.kin[noun] == kin] if kin else [key]:
                    first, *rest = _WORD.findall(form) or [""]
                    is_word = not (kin or rest) and form in words.words
                    bare = not kin or form in words.called
                    second = rest[0] if rest else ""
                    self._forms[first, second].append(_Form(tuple(rest), str(name), not bare, is_word))
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form.rest))
        self._firsts = {first for first, _ in self._forms}

    def named(self, name: str) -> str:
        """The known name for `name`, or that itself."""
        return self._by_key.get(self._words.kin_of(name) or fold(name), name)

    def found(self, text: str) -> tuple[str, ...]:
        """Who is named in `text`, in order."""
        text = unicodedata.normalize("NFC", text)
        found: dict[int, str] = {}
        mentioned: dict[int, int] = {}
        for match in find_mentions(text) if "@" in text else ():
            found[match.start(1)] = self.named(_OF.sub("", match[1]))
            mentioned[match.start(1)] = match.end()
        if self._forms:
            self._look(text, found, mentioned)
        return tuple(dict.fromkeys(name for _, name in sorted(found.items())))

    def _look(self, text: str, found: dict[int, str], mentioned: Mapping[int, int]) -> None:
        # Character by character, each folded once: as `fold`, and fast in any script.
        folded = text.translate({ord(character): fold(character) for character in set(text)})
        if self._firsts.isdisjoint(_WORD.findall(folded)):
            return
        tokens = list(_WORD.finditer(folded))
        end = 0
        for place, token in enumerate(tokens):
            first = token.group()
            if first not in self._firsts or (at := token.start()) < end:
                continue
            if at in mentioned:
                end = mentioned[at]
                continue
            following = tokens[place + 1].group() if place + 1 < len(tokens) else ""
            for form in (*self._forms.get((first, following), ()), *self._forms.get((first, ""), ())):
                if self._is_there(form, text, tokens, place):
                    found[at] = form.name
                    end = tokens[place + len(form.rest)].end()
                    break

    def _is_there(self, form: _Form, text: str, tokens: Sequence[re.Match[str]], place: int) -> bool:
        last = place + len(form.rest)
        if last >= len(tokens):
            return False
        for before, after, word in zip(tokens[place:last], tokens[place + 1 : last + 1], form.rest, strict=True):
            if after.group() != word or not _GAP.fullmatch(text, before.end(), after.start()):
                return False
        start, end = tokens[place].start(), tokens[last].end()
        if _is_part(text, start, end):
            return False
        if form.is_kin:
            return self._is_mine(text, tokens, place)
        return not form.is_word or self._is_capital(text, tokens, place)

    def _is_mine(self, text: str, tokens: Sequence[re.Match[str]], place: int) -> bool:
        """``my sister``, ``my little sister``."""
        after = tokens[place].start()
        for token in reversed(tokens[max(0, place - 2) : place]):
            if not text[token.end() : after].isspace():
                return False
            if token.group() in self._words.my:
                return True
            after = token.start()
        return False

    def _is_capital(self, text: str, tokens: Sequence[re.Match[str]], place: int) -> bool:
        """A capital that stands there because it is a name."""
        start = tokens[place].start()
        if (
            self._words.nouns_have_capitals
            or start < 2
            or not text[start].isupper()
            or not _INSIDE.match(text, start - 2, start)
        ):
            return False
        before = tokens[place - 1].group()
        return before not in self._words.places and before not in self._words.things


def _is_part(text: str, start: int, end: int) -> bool:
    """It is part of a longer word with hyphens."""
    before = text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalnum()
    return before or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum())


def recognise(text: str, known: Iterable[str], language: str = "en") -> tuple[str, ...]:
    """Who is named in `text`, each once, in order: every ``@name``, and those of `known` who are named by their
    names or as kin ("my sister"), called as in `known`."""
    return _Names(known, language).found(text)


# -- who is named in a journal ---------------------------------------------------------------------

_CAPITAL = r"[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*"
_RUN = rf"{_CAPITAL}(?:[ \u00a0]{_CAPITAL}){{0,2}}"


@cache
def names_inside(language: str) -> re.Pattern[str]:
    """The word before, a title and names with a capital, inside a sentence; names without a title only where nouns
    have none."""
    words = words_of(language)
    title = rf"(?P<title>(?:{'|'.join(words.titles)})\b\.?[ \u00a0])" if words.titles else r"(?P<title>(?!))"
    no_title = "" if words.nouns_have_capitals else r"|(?<=[\w,;][ \u00a0])"
    # The capital is looked for first: few places have one.
    return re.compile(rf"(?=[^\W\d_a-z])(?<![\w@'’-])(?:{title}{no_title})(?P<names>{_RUN})")


@cache
def kin_inside(language: str) -> re.Pattern[str]:
    """``my sister``, ``my little sister`` (the noun) or ``mum`` in folded text."""
    words = words_of(language)
    nouns, bare = ("|".join(map(re.escape, found)) or "(?!)" for found in (words.said, words.called))
    my = "|".join(words.my)
    return re.compile(rf"(?<![\w-])(?:(?:{my})\s+(?:\w+\s+)?(?P<noun>{nouns})|(?P<called>{bare}))(?!\w|-\w)")


_BEFORE = re.compile(r"([^\W\d_]+),?[ \u00a0]\Z")


class _Cue(Enum):
    """What a name is taken for in an entry."""

    SURE = auto()
    """Somebody: written with ``@``, noted by the writer, or kin."""
    NAME = auto()
    NO_NAME = auto()
    """A place or a thing."""


@dataclass(slots=True)
class _Met:
    """What was found of one name."""

    entries: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    cues: Counter[_Cue] = field(default_factory=Counter)
    lower: int = 0
    """Entries that have it without a capital."""

    @property
    def form(self) -> str:
        """As the writer mostly writes it."""
        return min(self.forms, key=lambda form: (-self.forms[form], form))

    @property
    def is_sure(self) -> bool:
        return bool(self.cues[_Cue.SURE])

    def is_person(self, key: str, words: Words) -> bool:
        """A capital alone makes a name only when it comes back, mostly as a name."""
        if self.is_sure:
            return True
        named = self.cues[_Cue.NAME]
        often = named >= 2 and named > 2 * max(self.cues[_Cue.NO_NAME], self.lower)
        return often and key not in words.not_people


def _in_entry(entry: Entry, language: str) -> Iterator[tuple[str, str, _Cue]]:
    """Key and form of every name that the entry may have."""
    words = words_of(language)
    text = unicodedata.normalize("NFC", entry.text)
    mentioned = mentions(text) if "@" in text else ()
    for name in (*entry.people, *(_OF.sub("", name) for name in mentioned)):
        yield words.kin_of(name) or fold(name), name, _Cue.SURE
    for match in kin_inside(language).finditer(fold(text)):
        noun = match["noun"] or match["called"]
        yield words.kin[noun], words.said[noun] if match["noun"] else text[slice(*match.span())], _Cue.SURE
    for match in names_inside(language).finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
        leads = fold(before[1]) if before and not match["title"] else ""
        if leads in words.either:
            continue
        cue = _Cue.NO_NAME if leads in words.places or leads in words.things else _Cue.NAME
        form = " ".join(match[0].split())
        for name in match["names"].split():
            if name[0].isupper() and not name.isupper() and not words.kin_of(name):
                yield fold(name), form, cue


def _meet(entries: Sequence[Entry], language: str) -> dict[str, _Met]:
    """All who are named, by the key of their name."""
    words = words_of(language)
    found: defaultdict[str, _Met] = defaultdict(_Met)
    for entry in entries:
        breathe()
        here = list(_in_entry(entry, language))
        for key in {key for key, _, _ in here}:
            found[key].entries += 1
        for key, form in {(key, form) for key, form, _ in here}:
            found[key].forms[form] += 1
        for key, cue in {(key, cue) for key, _, cue in here}:
            found[key].cues[cue] += 1
    unsure = {key for key, met in found.items() if not met.is_sure and met.is_person(key, words)}
    for entry in entries if unsure else ():
        breathe()
        for word in unsure.intersection(entry.text.split()):
            found[word].lower += 1
    people = {key: met for key, met in found.items() if met.is_person(key, words)}
    return {key: met for key, met in people.items() if not _stands_for(key, met, people)}


def _stands_for(key: str, met: _Met, people: Mapping[str, _Met]) -> bool:
    """Of "Ada" and "Holm" in "Ada Holm", the one in more entries stands for the person."""
    parts = [part for part in fold(met.form).split() if part in people]
    return key in parts and key != max(parts, key=lambda part: (people[part].entries, part))


def known_names(entries: Sequence[Entry], people: Sequence[Person], language: str = "en") -> tuple[str, ...]:
    """Names met before, those in most entries first: noted by the writer, written as ``@name``, kin, joined, or with
    a capital that comes back inside sentences. Each is a `KnownName` with all other spellings of it."""
    language = base(language)
    found = _meet(entries, language)
    known: list[tuple[int, KnownName]] = []
    for person in people:
        spellings = (person.name, *person.also)
        keys = dict.fromkeys(name_key(name, language) for name in spellings)
        joined = [found.pop(key) for key in keys if key in found]
        also = dict.fromkeys((*person.also, *(form for met in joined for form in met.forms if form != person.name)))
        known.append((sum(met.entries for met in joined), KnownName(person.name, also)))
    for met in found.values():
        known.append((met.entries, KnownName(met.form, [form for form in met.forms if form != met.form])))
    return tuple(name for _, name in sorted(known, key=lambda one: (-one[0], fold(one[1]))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody named in the journal."""

    name: str
    also: tuple[str, ...] = ()
    """The other names that the writer joined with it."""
    entries: tuple[Entry, ...] = ()
    """Those that name or note them, in the order in which they were given."""

    @property
    def last(self) -> date | None:
        """The day of the latest entry."""
        return max((entry.day for entry in self.entries if entry.day), default=None)


def find_people(
    entries: Sequence[Entry],
    people: Sequence[Person],
    language: str = "en",
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Known]:
    """Everybody named in `entries`, those in most of them first; who was joined is there in any case.

    Args:
        on_progress: called now and then with the entries read and the entries to read.
    """
    known = known_names(entries, people, language)
    names = _Names(known, language)
    found: dict[str, list[Entry]] = {str(name): [] for name in known}
    for done, entry in enumerate(entries, 1):
        breathe()
        for name in {*names.found(entry.text), *map(names.named, entry.people)}:
            found.setdefault(name, []).append(entry)
        if on_progress and done % 100 == 0:
            on_progress(done, len(entries))
    also = {person.name: person.also for person in people}
    named = [
        Known(name=name, also=also.get(name, ()), entries=tuple(where))
        for name, where in found.items()
        if where or name in also
    ]
    return sorted(named, key=lambda one: (-len(one.entries), fold(one.name)))
