"""What our questions must not say, and how much alike they may be.

``python -m tests.packs.wording`` prints what is amiss in all of them, with files as arguments in those.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import snowballstemmer  # type: ignore[import-untyped]

from journal_tui.model import Depth, Pack, Prompt
from journal_tui.packs.library import load_library
from journal_tui.packs.reader import read_pack
from journal_tui.paths import bundled_packs

ALIKE = 0.55
"""Share of stems that two questions may have in common, of all they have together."""
MOST_WITH_ONE_START = 4
"""Questions of a pack that may begin with the same two words."""
MOST_WITH_ONE_WORD = 0.4
"""Share of the questions of a pack that may begin with the same word."""

_ASKS_AGAIN = re.compile(
    r"[,;:–]? (?:and|or) (?:what|how|who|whom|whose|where|when|why|which|did|do|does)\b",
    re.IGNORECASE,
)
_FORBIDDEN = {
    "scolds": r"you should|should have|shouldn't|you ought|you must|you need to|you always|you never|your fault"
    r"|lazy|selfish|stupid|fail(?:ed|ure)?|guilty of|bad (?:wife|husband|partner|friend|parent|son|daughter)"
    r"|to blame|be honest|admit|confess|excuse|weakness|immature",
    "asks why of a person": r"why (?:did|do|don't|didn't|are|aren't|were|weren't|can't|couldn't|have|haven't)"
    r" (?:you|they|he|she)",
    "leads": r"don't you|isn't it|aren't you|wouldn't you|surely|of course you|obviously|wouldn't it be|clearly",
    "speaks of traits": r"what kind of person|are you a |too (?:sensitive|needy|emotional|controlling)|personality",
    "is therapy talk": r"trauma|toxic|narciss\w*|codependen\w*|gasligh\w*|trigger(?:s|ed|ing)?|inner child|shadow work"
    r"|attachment style|safe space|hold space|boundary violation|self-care|process (?:your|the) (?:feelings|emotions)"
    r"|unpack|journey|authentic self|manifest|empower\w*|healing|dysfunction\w*|projection|mindful\w*|validate[sd]?",
}
_FORBIDDEN_RES = {what: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for what, words in _FORBIDDEN.items()}
_SAYS_NOTHING = frozenset(
    "a an the of to in on at for with from by and or but that this these those it its is are was were be been do did "
    "does have has had you your yours i me my mine we us our they them their he she him her his what which who whom "
    "how when where there would could can will one some something someone somebody any anything not no so as if then "
    "than about into out up".split()
)
_stemmer = snowballstemmer.stemmer("english")


def complaints(packs: Iterable[Pack]) -> Iterator[str]:
    """A line for everything amiss in the questions of `packs`, one pack and all together."""
    packs = list(packs)
    for pack in packs:
        for prompt in (*pack.prompts, *pack.closing):
            for said in (prompt.ask, prompt.help, prompt.example):
                yield from (f"{prompt.id}: {what}: {said}" for what in faults_of(said))
            if is_double(prompt.ask):
                yield f"{prompt.id}: asks two things: {prompt.ask}"
        for said in (*pack.opening, *pack.affirmations, pack.about):
            yield from (f"{pack.id}: {what}: {said}" for what in faults_of(said))
        yield from _monotony(pack)
    for one, other, share in near_duplicates([prompt for pack in packs for prompt in pack.prompts]):
        yield f"{one.id} and {other.id}: alike ({share:.2f}): {one.ask} / {other.ask}"


def faults_of(said: str) -> list[str]:
    """Which of the forbidden ways of speaking stand in `said`."""
    found = [f'{what} ("{hit.group()}")' for what, words in _FORBIDDEN_RES.items() if (hit := words.search(said))]
    return [*found, *(["shouts"] if "!" in said else [])]


def is_double(ask: str) -> bool:
    """Whether two things are asked at once."""
    asking = [sentence for sentence in re.split(r"(?<=[.!?…:])\s+", ask) if sentence.endswith("?")]
    return len(asking) > 1 or any(_ASKS_AGAIN.search(sentence) for sentence in asking)


def near_duplicates(prompts: list[Prompt]) -> list[tuple[Prompt, Prompt, float]]:
    """Pairs of questions that share too many of their stems (Jaccard index)."""
    stems = [(prompt, _stems(prompt.ask)) for prompt in prompts]
    return [
        (one, other, share)
        for (one, a), (other, b) in combinations(stems, 2)
        if min(len(a), len(b)) > 1 and (share := len(a & b) / len(a | b)) >= ALIKE
    ]


def _stems(ask: str) -> frozenset[str]:
    words = re.findall(r"[a-z']+", ask.lower().replace("’", "'"))
    return frozenset(_stemmer.stemWords([word for word in words if word not in _SAYS_NOTHING]))


def _monotony(pack: Pack) -> Iterator[str]:
    """Questions that all sound the same."""
    asks = [prompt.ask for prompt in pack.prompts if not prompt.only_follow_up]
    if pack.pillar is None:
        return
    starts = Counter(" ".join(ask.lower().split()[:2]) for ask in asks)
    yield from (
        f'{pack.id}: {times} questions begin with "{start}…"'
        for start, times in starts.items()
        if times > MOST_WITH_ONE_START
    )
    first = Counter(ask.lower().split()[0] for ask in asks)
    yield from (
        f'{pack.id}: {times} of {len(asks)} questions begin with "{word}…"'
        for word, times in first.items()
        if times > MOST_WITH_ONE_WORD * len(asks)
    )
    lengths = [len(ask.split()) for ask in asks]
    if sum(length <= 7 for length in lengths) < len(asks) / 10:
        yield f"{pack.id}: too few short questions (seven words or fewer): {sum(n <= 7 for n in lengths)}"
    if sum(length >= 18 for length in lengths) < len(asks) / 10:
        yield f"{pack.id}: too few questions that set a scene (18 words or more): {sum(n >= 18 for n in lengths)}"
    for depth in Depth:
        here = sum(p.depth is depth for p in pack.prompts if not p.only_follow_up)
        if here < 10:
            yield f"{pack.id}: {here} {depth} questions, wanted 10"
    if len(asks) < 40:
        yield f"{pack.id}: {len(asks)} questions, wanted 40"
    follow_ups = sum(p.only_follow_up for p in pack.prompts)
    if follow_ups < 15:
        yield f"{pack.id}: {follow_ups} follow-ups, wanted 15"


if __name__ == "__main__":
    given = [read_pack(Path(name)) for name in sys.argv[1:]]
    for line in complaints(given or load_library(bundled_packs()).packs.values()):
        print(line)
