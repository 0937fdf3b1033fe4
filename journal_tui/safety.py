"""Whether a text speaks of someone being hurt. Then nobody is asked for the other side, and nothing is counted.

How it is told in a language stands in ``data/harm.<language>.txt``; all languages are listened for at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from journal_tui.text import fold

_DATA = Path(__file__).parent / "data"
_MARKS = """,;:'"()[]-–—_/*"""
"""What stands between words, beside white space and what ends a sentence."""
_NOTHING = ("", frozenset[str]())
_STOPS = "!?…\n"
_NAMED = re.compile(r"\{(\w+)\}")
_UP_TO = r"(?:[\w']+,? ){{0,{}}}"


# -- the wordings of a language --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """What is around a wording in one language, and takes its weight; patterns for folded text."""

    ordinary: str
    story: str
    play: str


@dataclass(frozen=True, slots=True, eq=False)
class _Wording:
    """One way to tell of harm."""

    anchors: tuple[str, ...]
    """Words, and ``beginnings*``, of which a sentence has one."""
    also: tuple[frozenset[str], ...]
    """Of each of these it, or the one after it, has a word."""
    pattern: str
    of_others: bool
    frame: _Frame


def _with_parts(pattern: str, parts: Mapping[str, str]) -> str:
    """`pattern` with what stands in braces spelled out."""
    return _NAMED.sub(lambda m: _UP_TO.format(m[1][1:]) if m[1][0] == "_" else parts[m[1]], pattern)


def _read(file: Path) -> Iterator[_Wording]:
    lines: defaultdict[str, list[str]] = defaultdict(list)
    room = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            room = line.strip("[]")
        elif line and not line.startswith("#"):
            lines[room].append(line)
    parts: dict[str, str] = {}
    for line in lines["parts"]:
        name, _, pattern = line.partition(" = ")
        parts[name] = _with_parts(pattern, parts)
    frame = _Frame(*("|".join(lines[room]) for room in ("ordinary", "story", "play")))
    for room in ("own", "others"):
        for line in lines[room]:
            words, _, pattern = line.partition(" : ")
            anchors, *also = (group.split() for group in words.split(" & "))
            pattern = _with_parts(pattern, parts)
            yield _Wording(tuple(anchors), tuple(map(frozenset, also)), pattern, room == "others", frame)


@dataclass(frozen=True, slots=True, eq=False)
class _Lookup:
    """The wordings of all languages by their anchors."""

    whole: Mapping[str, tuple[_Wording, ...]]
    beginnings: Mapping[str, tuple[_Wording, ...]]


@cache
def _lookup() -> _Lookup:
    whole: defaultdict[str, list[_Wording]] = defaultdict(list)
    beginnings: defaultdict[str, list[_Wording]] = defaultdict(list)
    for file in sorted(_DATA.glob("harm.*.txt")):
        for wording in _read(file):
            for word in wording.anchors:
                (beginnings if word.endswith("*") else whole)[word.removesuffix("*")].append(wording)
    return _Lookup(*({word: tuple(found) for word, found in table.items()} for table in (whole, beginnings)))


# Compiled when first met: most of them never are.
_compiled = cache(re.compile)


# -- reading ---------------------------------------------------------------------------------------


def _is_told(wording: _Wording, sentence: str, text: str) -> bool:
    """Whether `text`, a sentence and the one after it, tells it of the writer's own world."""
    pattern = _compiled(wording.pattern)
    if not pattern.search(text):
        return False
    frame = wording.frame
    if _compiled(frame.play).search(sentence) or (wording.of_others and _compiled(frame.story).search(sentence)):
        return False
    return pattern.search(_compiled(frame.ordinary).sub("~", text)) is not None


def speaks_of_harm(text: str) -> bool:
    """Whether `text` tells of violence, threat, fear of a person, control or self-harm, in any language there are
    wordings for. Careful rather than certain."""
    lookup = _lookup()
    folded = fold(text)
    # Far faster than to find words and ends of sentences one by one; long diaries are read at once.
    for stop in _STOPS:
        folded = folded.replace(stop, ".")
    spaced = folded
    for mark in _MARKS:
        spaced = spaced.replace(mark, " ")
    pairs = zip(folded.split("."), map(str.split, spaced.split(".")), strict=True)
    sentences = [(sentence, frozenset(words)) for sentence, words in pairs if words]
    beginnings = [begin for begin in lookup.beginnings if begin in folded]
    for (sentence, words), (after, words_after) in pairwise([*sentences, _NOTHING]):
        found = [wording for word in lookup.whole.keys() & words for wording in lookup.whole[word]]
        found += [wording for begin in beginnings if begin in sentence for wording in lookup.beginnings[begin]]
        if not found:
            continue
        near = words | words_after
        told = [wording for wording in found if not any(map(near.isdisjoint, wording.also))]
        if told:
            sentence = " ".join(sentence.split())
            pair = f"{sentence}. {' '.join(after.split())}"
            if any(_is_told(wording, sentence, pair) for wording in told):
                return True
    return False


_CARING = frozenset("hit afraid scared unsafe threat* threaten* geschlagen angst bedroht*".split())
"""What the follow-ups listen for that look after the writer."""


def looks_after(mentions: Collection[str]) -> bool:
    """Whether a follow-up on these words is meant for one who is being hurt."""
    return not _CARING.isdisjoint(mentions)
