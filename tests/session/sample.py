"""A pack made for tests: every kind of question, follow-up and closing question."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from journal_tui.model import Commitment, Condition, FollowUp, Kind, Option, Pack, Pillar, Prompt
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind

STARTED = datetime(2026, 3, 11, 21, 15, tzinfo=UTC)
TODAY = date(2026, 3, 11)
WRITTEN = (StepKind.QUESTION, StepKind.PAGE, StepKind.CLOSING)


def follow(target: str, **when: object) -> FollowUp:
    return FollowUp(when=Condition(**when), prompt=f"p/{target}")  # type: ignore[arg-type]


def choice(name: str, *signals: str, **fields: object) -> Prompt:
    options = tuple(Option(key=key, label=f"Option {key}", signal=s) for key, s in zip("abc", signals, strict=False))
    return Prompt(id=f"p/{name}", ask=f"{name}?", kind=Kind.CHOICE, options=options, **fields)  # type: ignore[arg-type]


PROMPTS = (
    Prompt(
        id="p/text",
        ask="text?",
        follow_ups=(
            follow("sorry", mentions=("sorr*", "my fault")),
            follow("shared", longer_than=5),
            follow("short", shorter_than=3),
        ),
    ),
    choice("choice", "", "", "", follow_ups=(follow("chose-a", option="a"), follow("shared", option="b"))),
    Prompt(
        id="p/scale",
        ask="scale?",
        kind=Kind.SCALE,
        follow_ups=(follow("high", rating_at_least=4), follow("low", rating_at_most=2)),
    ),
    Prompt(id="p/who", ask="who?", follow_ups=(follow("somebody", person=True), follow("nobody", person=False))),
    Prompt(id="p/sorry", ask="sorry?", only_follow_up=True, follow_ups=(follow("deeper", longer_than=0),)),
    Prompt(id="p/deeper", ask="deeper?", only_follow_up=True),
    *(
        Prompt(id=f"p/{name}", ask=f"{name}?", only_follow_up=True)
        for name in ("shared", "short", "chose-a", "high", "low", "somebody", "nobody")
    ),
)
CLOSING = (
    choice("moved", "gave_way", "they_gave_way", "", fitting=(Condition(longer_than=1),)),
    Prompt(id="p/eyes", ask="eyes?", signal="saw_their_side", signal_if_empty="their_side_blank"),
    choice("settled", "settled", "still_open"),
    choice("fourth", "own_part", "their_part"),
)
PACK = Pack(
    id="p", title="P", pillar=Pillar.TRUST, language="en", about="", prompts=PROMPTS, closing=CLOSING, opening=("Hi.",)
)
DUE = tuple(
    Commitment(id=f"c{n}", entry=f"old{n}", text=f"Promise {n}", made=date(2026, 3, 1), due=TODAY) for n in (1, 2)
)


def begin(*names: str, due: tuple[Commitment, ...] = (), pack: Pack | None = PACK) -> Session:
    """A session on the questions with these names."""
    questions = tuple(prompt for prompt in PROMPTS if prompt.id.removeprefix("p/") in names)
    return Session(id="s1", started=STARTED, day=TODAY, pack=pack, questions=questions, due=due)


def full() -> Session:
    """Four questions, each with its follow-ups, and two promises that are due."""
    return begin("text", "choice", "scale", "who", due=DUE)


# -- random walks ----------------------------------------------------------------------------------

TEXTS = ("", "  ", "No.", "I am sorry, Ana.", "We talked for a long while about it.", "ünï 日本 🙂\n\n#tag \ud800")
MOVES = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(TEXTS)),
    st.tuples(st.just("choose"), st.integers(0, 4)),
    st.sampled_from([("forward",), ("forward",), ("forward",), ("back",), ("skip",), ("finish",)]),
)
WALKS = st.lists(MOVES, max_size=40)


def move(session: Session, step: tuple[Any, ...]) -> Session:
    """One thing a writer may do; what the present step does not offer is left undone."""
    what, *given = step
    if what == "write":
        if session.step.answer_kind is Kind.PROMISE:
            return session.promise(given[0], "tomorrow" if given[0] else "")
        return session.write(given[0]) if session.step.kind in WRITTEN else session
    if what == "choose":
        offered = list(session.offered())
        return session.choose(offered[given[0] % len(offered)]) if offered else session
    return getattr(session, what)()  # type: ignore[no-any-return]


def walk(session: Session, steps: list[tuple[Any, ...]]) -> Session:
    for step in steps:
        session = move(session, step)
    return session
