"""One guided session: its way, its moves, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_tui.model import (
    Answer,
    Commitment,
    Condition,
    FollowUp,
    Kind,
    Outcome,
    Pace,
    Pack,
    Pillar,
    Prompt,
    Quote,
    Status,
    UsageError,
)
from journal_tui.session.session import ASK_AGAIN_DAYS, MAX_CLOSING, Session
from journal_tui.session.steps import StepKind
from tests.session.sample import CLOSING, DUE, PACK, STARTED, TODAY, WALKS, WRITTEN, begin, full, walk

LATER = STARTED + timedelta(hours=1)


def way(session: Session) -> str:
    """The names of all steps."""
    return " ".join(step.id.removeprefix("p/") for step in session.steps())


def at(session: Session, name: str) -> Session:
    """Gone on to the step with this name."""
    for _ in session.steps():
        if session.step.id in (name, f"p/{name}"):
            return session
        session = session.forward()
    raise AssertionError(f"{name} is not on the way: {way(session)}")


# -- whatever the writer does ----------------------------------------------------------------------


@given(WALKS)
def test_every_way_ends_and_holds_each_step_once(steps: list[Any]) -> None:
    session = walk(full(), steps)
    ids = [step.id for step in session.steps()]
    assert session.steps()[-1].kind is StepKind.END
    assert len(set(ids)) == len(ids)
    assert session.step.id in ids
    for _ in ids:
        session = session.forward()
    assert session.is_finished


@given(WALKS)
def test_nothing_written_is_lost(steps: list[Any]) -> None:
    """The last words of each step are in the entry, or in the promise, whatever was done since."""
    session = full()
    last: dict[str, str] = {}
    for step in steps:
        here = session.step
        session = walk(session, [step])
        if step[0] == "write" and (here.kind in WRITTEN or here.kind is StepKind.PROMISE):
            last[here.id] = step[1]
    entry, promises = session.entry(LATER), session.commitments()
    kept = {answer.prompt: answer.text for answer in entry.answers}
    for id, text in last.items():
        assert session.replies[id].text == text
        if text.strip() and id == "promise":
            assert [promise.text for promise in promises] == [text.strip()]
        elif text.strip():
            assert kept[id] == text


@given(WALKS)
def test_what_was_chosen_is_in_the_entry(steps: list[Any]) -> None:
    session = walk(full(), steps)
    entry = session.entry(LATER)
    kept = {answer.prompt: answer for answer in entry.answers}
    for id, reply in session.replies.items():
        if reply.choice and id.startswith("p/"):
            assert kept[id].choice in [(reply.choice,), (f"Option {reply.choice}",)]
            assert not kept[id].skipped
    assert entry.rating == (int(session.replies["rating"].choice) if entry.rating else None)


@given(WALKS)
def test_forward_and_back_is_where_one_was(steps: list[Any]) -> None:
    session = walk(full(), steps)
    if not session.is_finished:
        assert session.forward().back().step == session.step
    if session.progress()[0] > 1 and not session.is_finished:
        assert session.back().forward().step == session.step


@given(WALKS)
def test_moving_changes_no_words(steps: list[Any]) -> None:
    session = walk(full(), steps)
    for moved in (session.forward(), session.back(), session.skip(), session.finish()):
        assert moved.word_text == session.word_text
        assert moved.entry(LATER).rating == session.entry(LATER).rating


@given(WALKS)
def test_progress_is_within_its_bounds(steps: list[Any]) -> None:
    session = walk(full(), steps)
    here, of = session.progress()
    assert 1 <= here <= of == full().progress()[1]


@given(WALKS)
def test_at_most_three_closing_questions_are_asked(steps: list[Any]) -> None:
    session = walk(full(), steps)
    asked = [step for step in session.steps() if step.kind is StepKind.CLOSING]
    assert len([step for step in asked if session.replies.get(step.id) is None]) <= MAX_CLOSING[Pace.MEDIUM]


@given(WALKS)
def test_a_session_is_changed_by_none_of_its_moves(steps: list[Any]) -> None:
    session = full()
    before = (session.at, dict(session.replies), way(session))
    walk(session, steps)
    assert (session.at, dict(session.replies), way(session)) == before


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Any follow-ups among nine questions that do not lead back."""
    names = [f"p/{letter}" for letter in "abcdefghi"]
    prompts = []
    for number, name in enumerate(names):
        targets = draw(st.lists(st.sampled_from(names[number + 1 :]), max_size=3)) if number < 8 else []
        whens = st.sampled_from([Condition(longer_than=0), Condition(longer_than=3), Condition(shorter_than=3)])
        follow_ups = tuple(FollowUp(when=draw(whens), prompt=target) for target in targets)
        prompts.append(Prompt(id=name, ask=f"{name}?", follow_ups=follow_ups))
    return Pack(id="p", title="P", pillar=None, language="en", about="", prompts=tuple(prompts), closing=CLOSING[:1])


@given(packs(), st.lists(st.integers(0, 8), min_size=1, max_size=4, unique=True), WALKS)
def test_any_pack_leads_to_its_end_with_all_words(pack: Pack, asked: list[int], steps: list[Any]) -> None:
    questions = tuple(pack.prompts[number] for number in asked)
    session = walk(Session(id="s", started=STARTED, day=TODAY, pack=pack, questions=questions), steps)
    written = {id for id, reply in session.replies.items() if reply.text.strip() and id != "promise"}
    assert written == {answer.prompt for answer in session.entry(LATER).answers if answer.text.strip()}
    for _ in session.steps():
        session = session.forward()
    assert session.is_finished


# -- the way ---------------------------------------------------------------------------------------


def test_due_promises_come_first() -> None:
    assert way(full()) == "due:c1 due:c2 text choice scale who end"
    assert way(begin(pack=None, due=DUE[:1])) == "due:c1 page end"
    assert way(begin()) == "end"


def test_words_open_the_closing_questions_the_rating_and_the_promise() -> None:
    assert way(begin("text").write("two words")) == "text short moved eyes settled rating promise end"
    assert way(begin("text").write("   ")) == "text end"


def test_a_choice_alone_opens_the_rating_but_no_closing_question() -> None:
    assert way(begin("choice").choose("c")) == "choice rating promise end"


def test_an_answered_promise_alone_opens_nothing() -> None:
    assert way(begin("text", due=DUE[:1]).choose("k")) == "due:c1 text end"


def test_a_text_that_speaks_of_harm_is_not_asked_for_the_other_side() -> None:
    assert way(begin("text").write("He hit me again.")) == "text end"


def test_fitting_closing_questions_only() -> None:
    assert way(begin("text").write("Word.")) == "text short eyes settled fourth rating promise end"


def test_a_closing_answer_stays_when_its_question_no_longer_fits() -> None:
    session = at(begin("text").write("two words"), "moved").choose("a").back().back().write("Word.")
    assert way(session) == "text short eyes settled fourth moved rating promise end"
    assert session.entry(LATER).signals == ("gave_way",)


@pytest.mark.parametrize(
    ("question", "reply", "opened"),
    [
        ("text", "I am SORRY for it", "sorry"),
        ("text", "It was my fault.", "sorry"),
        ("text", "one two three four five six", "shared"),
        ("text", "one two three four five", ""),
        ("text", "one two", "short"),
        ("text", " ", ""),
        ("text", "sorry, one two three four five six", "sorry"),
        ("who", "My sister came.", "somebody"),
        ("who", "It rained.", "nobody"),
        ("choice", "a", "chose-a"),
        ("choice", "b", "shared"),
        ("choice", "c", ""),
        ("scale", "4", "high"),
        ("scale", "5", "high"),
        ("scale", "3", ""),
        ("scale", "2", "low"),
    ],
)
def test_one_follow_up_opens_by_what_was_answered(question: str, reply: str, opened: str) -> None:
    session = begin(question)
    session = session.choose(reply) if session.offered() else session.write(reply)
    follow_ups = [step.id.removeprefix("p/") for step in session.steps() if step.is_follow_up]
    assert follow_ups == [opened] * bool(opened)


def test_a_follow_up_may_open_another() -> None:
    session = begin("text").write("sorry").forward().write("Because.")
    assert way(session).startswith("text sorry deeper ")


def test_a_follow_up_with_words_stays_when_its_question_changes() -> None:
    session = begin("text").write("sorry").forward().write("Because.").forward().write("Deep.")
    session = session.back().write("").back().write("one two three four five six")
    assert way(session).startswith("text sorry deeper shared ")
    assert [answer.text for answer in session.entry(LATER).answers if answer.text][1:] == ["Deep."]


def test_a_follow_up_that_two_answers_open_is_asked_once() -> None:
    session = at(begin("text", "choice").write("one two three four five six"), "choice").choose("b")
    assert way(session).startswith("text shared choice moved ")
    assert session.forward().step.id == "p/moved"


def test_a_follow_up_to_a_question_of_today_is_left_to_it() -> None:
    both = tuple(FollowUp(when=Condition(longer_than=0), prompt=target) for target in ("p/who", "p/deeper"))
    leading = replace(PACK.prompts[0], follow_ups=both)
    session = replace(begin("text", "who"), questions=(leading, PACK.prompts[3])).write("Word.")
    assert way(session).startswith("text deeper who eyes ")
    assert [step.is_follow_up for step in session.steps()[:3]] == [False, True, False]


# -- moving ----------------------------------------------------------------------------------------


def test_forward_and_back_stop_at_the_ends() -> None:
    session = begin("text")
    assert session.back().step.id == "p/text"
    assert session.forward().forward().forward().is_finished


def test_skipping_an_empty_question_is_kept_and_can_be_taken_back() -> None:
    session = begin("text", "who").skip()
    assert (session.step.id, session.replies["p/text"].skipped) == ("p/who", True)
    assert not session.back().write("After all.").replies["p/text"].skipped


def test_skipping_a_written_question_keeps_its_words() -> None:
    session = begin("text", "who").write("Word.").skip()
    assert session.entry(LATER).answers == (Answer(text="Word.", prompt="p/text", ask="text?"),)


@pytest.mark.parametrize(("question", "key"), [("choice", "d"), ("choice", ""), ("scale", "6"), ("scale", "0")])
def test_what_is_not_offered_cannot_be_chosen(question: str, key: str) -> None:
    with pytest.raises(UsageError, match=f'"{key}" is not offered here: choose from (a, b, c|1, 2, 3, 4, 5)'):
        begin(question).choose(key)


def test_a_place_that_is_no_longer_there_is_the_first() -> None:
    assert replace(full(), at="p/gone").step.id == "due:c1"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("due:c1", Kind.CHOICE),
        ("text", Kind.TEXT),
        ("scale", Kind.SCALE),
        ("rating", Kind.SCALE),
        ("promise", Kind.PROMISE),
    ],
)
def test_the_kind_of_answer(name: str, kind: Kind) -> None:
    session = begin("text", "scale", due=DUE[:1])
    session = at(at(session, "text").write("Word."), name) if name != "due:c1" else session
    assert session.step.answer_kind is kind


# -- what comes of it ------------------------------------------------------------------------------


def test_an_entry_of_a_free_page() -> None:
    entry = begin(pack=None).write("A #Walk.").entry(LATER)
    assert entry.answers == (Answer(text="A #Walk."),)
    assert (entry.id, entry.created, entry.moment, entry.day) == ("s1", LATER, STARTED, TODAY)
    assert (entry.pillar, entry.rating, entry.tags) == (None, None, ("walk",))


def test_an_entry_of_a_guided_session() -> None:
    session = begin("text", "choice").write("two words").forward().skip().choose("a")
    session = at(session, "moved").choose("a").forward().write("Another view.").forward().forward().choose("4")
    entry = session.entry(LATER)
    assert entry.answers == (
        Answer(text="two words", prompt="p/text", ask="text?"),
        Answer(prompt="p/short", ask="short?", skipped=True),
        Answer(prompt="p/choice", ask="choice?", choice=("Option a",)),
        Answer(prompt="p/chose-a", ask="chose-a?", skipped=True),
        Answer(prompt="p/moved", ask="moved?", choice=("Option a",), signals=("gave_way",)),
        Answer(text="Another view.", prompt="p/eyes", ask="eyes?", signals=("saw_their_side",)),
        Answer(prompt="p/settled", ask="settled?", skipped=True),
    )
    assert (entry.rating, entry.pillar) == (4, Pillar.TRUST)


def test_only_a_question_gone_past_can_be_left_empty() -> None:
    session = at(begin("text").write("two words"), "eyes")
    assert session.entry(LATER).signals == ()
    assert session.forward().entry(LATER).signals == ("their_side_blank",)
    assert session.skip().entry(LATER).signals == ()


def test_a_session_in_which_all_was_skipped_is_blank() -> None:
    entry = begin("text", "choice").skip().skip().entry(LATER)
    assert entry.is_blank
    assert [answer.skipped for answer in entry.answers] == [True, True]
    assert not begin("text").skip().has_words


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("", None),
        ("today", TODAY),
        ("friday", date(2026, 3, 13)),
        ("wednesday", date(2026, 3, 18)),
        ("in two weeks", date(2026, 3, 25)),
        ("next week", date(2026, 3, 22)),
        ("1 march", date(2027, 3, 1)),
    ],
)
def test_a_promise_has_its_day(due: str, day: date | None) -> None:
    session = at(begin("text").write("Word."), "promise").promise(" Call her. ", due).forward()
    assert session.is_finished
    assert session.commitments() == (Commitment(id="s1-p", entry="s1", text="Call her.", made=TODAY, due=day),)
    assert session.entry_words == 1  # those of the promise are not the entry's


def test_a_date_that_is_none_holds_one_at_the_promise() -> None:
    session = at(begin("text").write("Word."), "promise").promise("Call her.", "some day")
    for leave in (session.forward, session.skip, session.finish):
        with pytest.raises(UsageError, match='"some day" is no date'):
            leave()
    (promise,) = session.commitments()
    assert promise is not None
    assert (promise.text, promise.due) == ("Call her.", None)
    assert session.promise("Call her.", "").forward().is_finished


def test_without_words_there_is_no_promise() -> None:
    session = at(begin("text").write("Word."), "promise").promise("  ", "friday").forward()
    assert session.commitments() == ()


@pytest.mark.parametrize(
    ("key", "status", "again"),
    [("k", Status.KEPT, 0), ("p", Status.PARTLY, 0), ("n", Status.NOT_YET, ASK_AGAIN_DAYS), ("l", Status.LET_GO, 0)],
)
def test_what_became_of_a_promise(key: str, status: Status, again: int) -> None:
    session = begin("text", due=DUE).choose(key).forward().skip()
    ask_again = TODAY + timedelta(again) if again else None
    assert session.outcomes() == {"c1": Outcome(on=TODAY, status=status, ask_again=ask_again)}
    assert session.entry(LATER).answers == ()


# -- a promise is moved ----------------------------------------------------------------------------


def test_a_promise_is_moved_to_another_day() -> None:
    session = begin("text", due=DUE[:1]).choose("m").forward()
    assert session.step.kind is StepKind.NEW_DAY
    assert session.back().step.id == "due:c1"
    with pytest.raises(UsageError, match="is already past"):
        session.promise("", "yesterday").finish()
    moved = session.promise("", "in three weeks").forward()
    assert moved.step.id == "p/text"
    assert moved.outcomes() == {"c1": Outcome(on=TODAY, status=Status.NOT_YET, ask_again=TODAY + timedelta(weeks=3))}
    assert moved.commitments() == ()
    without_a_day = session.forward().outcomes()["c1"]
    assert without_a_day.ask_again == TODAY + timedelta(ASK_AGAIN_DAYS)


def test_a_day_is_asked_for_only_where_a_promise_is_moved() -> None:
    session = begin("text", due=DUE[:1]).choose("m").promise("", "").back().choose("k")
    assert [step.kind for step in session.steps()][:2] == [StepKind.DUE, StepKind.QUESTION]


# -- a pack asks for a promise itself --------------------------------------------------------------

PROMISING = replace(PACK, closing=(), prompts=(*PACK.prompts, Prompt(id="p/plan", ask="plan?", kind=Kind.PROMISE)))


def test_a_question_may_ask_for_a_promise() -> None:
    plan = PROMISING.prompts[-1]
    session = replace(begin("text", pack=PROMISING), questions=(plan,)).promise("Call her", "friday").forward()
    assert [step.id for step in session.steps()] == ["p/plan", "rating", "end"]
    assert session.commitments() == (
        Commitment(id="s1-p", entry="s1", text="Call her", made=TODAY, due=date(2026, 3, 13)),
    )
    (answer,) = session.entry(LATER).answers
    assert (answer.prompt, answer.text, answer.skipped) == ("p/plan", "", False)


# -- more or less time -----------------------------------------------------------------------------


def test_with_less_time_what_was_written_stays() -> None:
    session = begin("text", "choice", "scale", "who").write("Four words are enough.").forward()
    here = session.step.id
    shorter = session.paced(Pace.SHORT, session.questions[2:3])
    assert [prompt.id for prompt in shorter.questions] == ["p/text", here]
    assert (shorter.pace, shorter.step.id) == (Pace.SHORT, here)


def test_with_more_time_more_is_asked() -> None:
    session = begin("text")
    questions = begin("choice", "scale", "text").questions
    longer = session.paced(Pace.LONG, questions)
    assert [prompt.id for prompt in longer.questions] == ["p/text", "p/choice", "p/scale"]


@given(WALKS, st.sampled_from(Pace), st.permutations(full().questions))
def test_another_pace_loses_no_words(steps: list[tuple[Any, ...]], pace: Pace, questions: list[Prompt]) -> None:
    session = walk(full(), steps)
    paced = session.paced(pace, questions[:2])
    assert sorted(session.word_text.split()) == sorted(paced.word_text.split())
    assert paced.step.id == session.step.id


# -- quotes and people -----------------------------------------------------------------------------


def test_an_answer_keeps_the_words_it_was_laid_beside() -> None:
    quote = Quote(text="She laughed.", entry="old", day=TODAY)
    session = replace(begin("text"), quotes={"p/text": quote})
    assert session.step.quote == quote
    (answer,) = session.write("Still.").entry(LATER).answers
    assert (answer.quote, answer.quoted, answer.ask) == ("She laughed.", "old", "text?")


def test_people_are_noted_only_when_the_writer_says_so() -> None:
    session = begin("text").write("With @Ana and Bo.")
    assert session.entry(LATER).people == ()
    assert session.note_people(["Ana", "Bo", "Ana"]).entry(LATER).people == ("Ana", "Bo")


@pytest.mark.parametrize(("pace", "most"), [(Pace.SHORT, 1), (Pace.MEDIUM, 3)])
def test_little_time_means_few_closing_questions(pace: Pace, most: int) -> None:
    session = replace(begin("text"), pace=pace).write("Some words here.")
    assert len([step for step in session.steps() if step.kind is StepKind.CLOSING]) == most


def test_a_closing_question_may_fit_by_what_was_asked() -> None:
    asked = replace(PACK.prompts[0], tags=("limits",))
    closing = Prompt(id="p/no", ask="no?", fitting=(Condition(mentions=("refuse*",)), Condition(tags=("limits",))))
    pack = replace(PACK, prompts=(asked, PACK.prompts[3]), closing=(closing,))

    def closes(session: Session) -> bool:
        return any(step.id == "p/no" for step in session.steps())

    plan = replace(begin(pack=pack), questions=(asked, PACK.prompts[3]))
    assert closes(plan.write("A word."))
    passed = plan.skip()
    assert not closes(passed.write("A word."))
    assert closes(passed.write("I refused."))
