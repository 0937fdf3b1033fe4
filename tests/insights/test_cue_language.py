"""The language of cues: each part of it, and all of it against a matcher that tries everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.insights.cues import NEGATIONS, CueError, Cues, Signal

CLASSES = {
    "me": ["i", "we", "P* and i"],
    "them": ["(him|her)", "P*", "my {kin}"],
    "kin": ["sister", "old (boss|friend)"],
    "round": ["{trip}"],
    "trip": ["a {round}"],
}


def found(sentence: str, *cues: str, question: bool = False, **more: object) -> str | None:
    """The words in which one of the cues is found."""
    cues_of_one = Cues([Signal(name="one", cues=cues, **more)], CLASSES)  # type: ignore[arg-type]
    told = list(cues_of_one.find(f"^ {sentence} ", question=question))
    return told[0].words if told else None


@pytest.mark.parametrize(
    ("cue", "sentence", "words"),
    [
        ("gave in", "then i gave in again", "gave in"),
        ("gave in", "i gave it in", None),
        ("gave", "i forgave", None),
        ("gave*", "all gaves count", "gaves"),
        ("gave*", "a gave-up", None),
        ("half-hearted", "a half-hearted yes", "half-hearted"),
        ("P* 's", "it is P12 's", "P12 's"),
        ("i (gave|caved) in", "i caved in", "i caved in"),
        ("i (gave in|caved)", "i gave", None),
        ("i [just] gave", "i gave", "i gave"),
        ("i [just|did (so|just)] gave", "i did just gave", "i did just gave"),
        ("i .. in", "i in", "i in"),
        ("i .. in", "i a b c d in", "i a b c d in"),
        ("i .. in", "i a b c d e in", None),
        ("i .. in", "i a , in", None),
        ("i .. in", "i would never give in", None),
        ("i .. in", "i stopped it in", None),
        ("i .. in", "i a in b in", "i a in"),
        ("i ... in", "i would never , ever , give in", "i would never , ever , give in"),
        ("i ... in", f"i {'a ' * 12}in", f"i {'a ' * 12}in"),
        ("i ... in", f"i {'a ' * 13}in", None),
        ("{me} gave", "P0 and i gave", "P0 and i gave"),
        ("with {them}", "with my old boss", "with my old boss"),
        ("^ gave", "gave in", "gave"),
        ("^ gave", "i gave", None),
        ("(^|,) gave", "no , gave", ", gave"),
        ("^ ^ i", "i", "i"),
        ("(^|and) (^ so|then)", "so", "so"),
        ("[so] (^ i|and) gave", "i gave", "i gave"),
        ("(i ..|so) gave", "i a b gave", "i a b gave"),
        ("(i [(really|just) ..]|so) gave", "i just a b gave", "i just a b gave"),
        ("so ({me} [just] ..|it) gave", "so P0 and i just a gave", "so P0 and i just a gave"),
        ("so (.. up|down) gave", "so a b up gave", "so a b up gave"),
        ("in $", "in and in", "in"),
        ("in $", "in it", None),
        ("so , in", "so , in", "so , in"),
        ("so in", "so , in", None),
        ("gave", "i never gave", None),
        ("gave", "i never really just gave", None),
        ("gave", "i never once really just gave", "gave"),
        ("gave", "not now , gave", "gave"),
        ("gave", "i never gave and gave", None),
        ("[i] gave", "not so very i gave", None),
        ("[i] gave", "not that very much i gave", "i gave"),
        ("gave in", "i never gave in and then later i gave in", "gave in"),
    ],
)
def test_each_part_of_a_cue(cue: str, sentence: str, words: str | None) -> None:
    """A cue, a sentence, and the words in which it is found."""
    expected = words and " ".join(words.split())
    assert found(sentence, cue) == expected


def test_what_a_signal_adds() -> None:
    """Cues that take it away, questions, negations that count, and what a finding tells."""
    assert found("i gave in", "gave in", unless=["in the (film|book)"])
    assert not found("in the film i gave in", "gave in", unless=["in the (film|book)"])
    assert not found("in the film i gave in", "gave in", unless=["film"], negated=True)
    assert not found("gave", "gave", question=True)
    assert found("gave", "gave", question=True, questions=True)
    assert found("never gave", "gave", negated=True)
    signals = [
        Signal(name="one", cues=["gave (in|up)", "gave"]),
        Signal(name="two", cues=["in"], unless=["never"]),
    ]
    (one, two) = Cues(signals, CLASSES).find("^ i gave in ")
    assert (one.signal, one.words, one.cue) == ("one", "gave in", "gave (in|up)")
    assert one.own == {"gave", "in", "up"}
    assert (two.signal, two.words) == ("two", "in")
    assert Cues(signals, CLASSES).words >= {"gave", "in", "up", "never"}


@pytest.mark.parametrize(
    ("cue", "fault"),
    [
        ("(gave", '")" is missing'),
        ("[gave", '"]" is missing'),
        ("gave)", '")" closes what was not opened'),
        ("(gave]", '"]" stands where ")" is missing'),
        ("(gave (in) up]", '"]" stands where ")" is missing'),
        ("gave|in", '"|" closes what was not opened'),
        ("gave & in", '"&" means nothing in a cue'),
        ("(gave|in/out)", '"/" means nothing in a cue'),
        ("gave {nobody}", 'there is no class "nobody"'),
        ("{round}", 'the class "round" leads back to itself'),
        (".. [gave] ...", "it needs a word of its own"),
        ("(gave|..)", "it needs a word of its own"),
    ],
)
def test_what_is_no_cue(cue: str, fault: str) -> None:
    """The signal, the cue and the fault are named."""
    with pytest.raises(CueError) as refused:
        Cues([Signal(name="one", cues=["gave", cue])], CLASSES)
    assert str(refused.value) == f'one: "{cue}": {fault}'


# -- against a matcher that tries everything -------------------------------------------------------


class Group(NamedTuple):
    """``(a|b)`` or ``[a|b]``."""

    opening: str
    rows: Sequence[Row]

    def __str__(self) -> str:
        return f"{self.opening}{'|'.join(map(written, self.rows))}{')' if self.opening == '(' else ']'}"


Row = Sequence["str | Group"]
WORDS = ("i", "gave", "given", "in", "so", "and", "P0", "in-law", ",", "never", "stopped", "'s")
PARTS = ("i", "gave", "giv*", "in", "in*", "so", "and", "P*", ",", "stop*", "'s", "..", "...", "^", "$")


def written(row: Row) -> str:
    """A row as in a cue."""
    return " ".join(map(str, row))


def fits(part: str, word: str) -> bool:
    """Whether a word of a cue fits one of a sentence."""
    begin = part.removesuffix("*")
    return word == part if begin == part else word.startswith(begin) and "-" not in word.removeprefix(begin)


def ends(row: Row, words: Sequence[str], at: int) -> Iterator[int]:
    """Where a row may end that begins at a place, in the order in which a regular expression would try."""
    if not row:
        yield at
        return
    part, rest = row[0], row[1:]
    after: list[int] = []
    if isinstance(part, Group):
        after = [end for inner in part.rows for end in ends(inner, words, at)]
        after += [at] if part.opening == "[" else []
    elif part in ("..", "..."):
        for end in range(at, min(at + (4 if part == ".." else 12), len(words)) + 1):
            if part == ".." and any(word == "," or is_negation(word) for word in words[at:end]):
                break
            after.append(end)
    elif part == "^":
        after = [at] if at == 0 else []
    elif part == "$":
        after = [len(words)] if words[at:] in ([], [","]) else []
    elif at < len(words) and fits(part, words[at]):
        after = [at + 1]
    for end in after:
        yield from ends(rest, words, end)


def is_negation(word: str) -> bool:
    """Whether a word negates what follows."""
    return any(fits(negation, word) for negation in NEGATIONS)


def first_match(row: Row, words: Sequence[str], negated: bool) -> str | None:
    """The words in which a row is first found."""
    begin = 0
    for at in range(len(words)):
        end = next(ends(row, words, at), None) if at >= begin else None
        if end is None:
            continue
        before = " ".join(words[max(0, at - 3) : at]).split(",")[-1].split()
        if negated or not any(map(is_negation, before)):
            return " ".join(words[at:end])
        begin = end
    return None


def has_word(row: Row) -> bool:
    """Whether a row fits nothing without a word."""
    return any(
        part.opening == "(" and all(map(has_word, part.rows))
        if isinstance(part, Group)
        else part not in ("..", "...", "^", "$")
        for part in row
    )


def rows(parts: st.SearchStrategy[str | Group]) -> st.SearchStrategy[Row]:
    """Rows of some parts."""
    return st.lists(parts, min_size=1, max_size=4)


def groups(parts: st.SearchStrategy[str | Group]) -> st.SearchStrategy[Group]:
    """Groups of some parts."""
    return st.builds(Group, st.sampled_from("(["), st.lists(rows(parts), min_size=1, max_size=3))


PART: st.SearchStrategy[str | Group] = st.recursive(st.sampled_from(PARTS), groups, max_leaves=6)
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=16)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(rows(PART).filter(has_word), min_size=1, max_size=4),
    rows(PART).filter(has_word),
    st.booleans(),
    st.lists(SENTENCE, min_size=4, max_size=4),
)
def test_all_of_it_at_once(cues: list[Row], unless: Row, negated: bool, sentences: list[list[str]]) -> None:
    """Whatever the cues, each is found where, and only where, trying everything finds it."""
    signals = [Signal(name=str(n), cues=[written(cue)], negated=negated) for n, cue in enumerate(cues)]
    signals.append(Signal(name="unless", cues=[written(cues[0])], unless=[written(unless), "{rows}"], negated=negated))
    several = Cues(signals, {"rows": [*map(written, cues[1:]), "nothing"]})
    for words in sentences:
        expected = {str(n): first_match(cue, words, negated) for n, cue in enumerate(cues)}
        if not any(first_match(row, words, True) for row in (unless, *cues[1:])):
            expected["unless"] = expected["0"]
        told = {one.signal: one.words for one in several.find(f"^ {' '.join(words)} ")}
        assert told == {name: words for name, words in expected.items() if words is not None}
