"""A guided session as a pure state machine.

The steps are never stored: they follow from the plan (the questions chosen for today, the promises that are
due) and the replies so far. Going back and answering otherwise therefore changes the way taken, while every
step that holds words stays on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from journal_tui.dates import parse_due, say_full_day
from journal_tui.model import (
    Answer,
    Commitment,
    Condition,
    Entry,
    Kind,
    Outcome,
    Pace,
    Pack,
    Pillar,
    Prompt,
    Quote,
    Status,
    UsageError,
    tidy_tags,
)
from journal_tui.safety import looks_after, speaks_of_harm
from journal_tui.session.conditions import fits
from journal_tui.session.steps import (
    DUE_ANSWERS,
    END,
    MOVE,
    NO_REPLY,
    PAGE,
    PROMISE,
    RATING,
    Reply,
    Step,
    StepKind,
)
from journal_tui.text import count_words, hashtags

MAX_CLOSING = {Pace.SHORT: 1, Pace.MEDIUM: 3, Pace.LONG: 3}
"""Closing questions, at most."""
ASK_AGAIN_DAYS = 3
"""After "not yet" a promise rests this many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting. Every method returns a new session; nothing is changed in place."""

    id: str
    """Becomes the id of the entry, so that a session is never kept twice."""
    started: datetime
    day: date
    pack: Pack | None = None
    """None: free writing."""
    questions: tuple[Prompt, ...] = ()
    quotes: Mapping[str, Quote] = field(default_factory=lambda: MappingProxyType({}))
    """Id of a question to the earlier words it is laid beside."""
    pace: Pace = Pace.MEDIUM
    people: tuple[str, ...] = ()
    """Those it is about, as the writer noted them."""
    due: tuple[Commitment, ...] = ()
    replies: Mapping[str, Reply] = field(default_factory=lambda: MappingProxyType({}))
    at: str = ""
    """Id of the present step; empty: the first."""
    _way: list[Step] | None = field(default=None, init=False, repr=False, compare=False)
    """`steps`, once they were looked for: every word is read for that."""

    # -- the way -----------------------------------------------------------------------------------

    def steps(self) -> list[Step]:
        """All steps from arrival to the end, as far as the replies so far tell."""
        if self._way is None:
            object.__setattr__(self, "_way", self._steps())
            assert self._way is not None
        return self._way

    def _steps(self) -> list[Step]:
        way = [step for commitment in self.due for step in self._about(commitment)]
        if self.pack is None:
            return [*way, PAGE, END]
        for prompt in self.questions:
            way += self._with_follow_ups(prompt, is_follow_up=False)
        text = self._text(way)
        rating = self._rating
        # Nobody who is being hurt is asked how the other may have seen it, who gave way, or how well they lived this.
        is_hurt = speaks_of_harm(text)
        asks = bool(text) and not is_hurt
        tags = {tag for step in way if step.prompt and self._has_words(step.id) for tag in step.prompt.tags}
        closing = [
            Step(p.id, StepKind.CLOSING, prompt=p)
            for p in self.pack.closing
            if asks and self._is_fitting(p, text, tags)
        ][: MAX_CLOSING[self.pace]]
        kept = [p for p in self.pack.closing if self._has_words(p.id) and p.id not in [step.id for step in closing]]
        way += closing
        way += [Step(p.id, StepKind.CLOSING, prompt=p) for p in kept]
        # Two answers may open the same follow-up: it is asked once.
        way = list({step.id: step for step in way}.values())
        something = any(not self.replies.get(step.id, NO_REPLY).is_empty for step in way if not step.commitment)
        if something or self._has_words("promise") or rating is not None:
            promised = any(step.answer_kind is Kind.PROMISE and step.prompt for step in way)
            if rating is not None or ((self.pack.pillar or self.pack.rating) and not is_hurt):
                way.append(RATING)
            if self._has_words("promise") or not (promised or is_hurt):
                way.append(PROMISE)
        return [*way, END]

    def _about(self, commitment: Commitment) -> Iterator[Step]:
        """What is asked about a promise whose day has come."""
        asked = Step(f"due:{commitment.id}", StepKind.DUE, commitment=commitment)
        yield asked
        if self.replies.get(asked.id, NO_REPLY).choice == MOVE:
            yield Step(f"day:{commitment.id}", StepKind.NEW_DAY, commitment=commitment)

    def _with_follow_ups(self, prompt: Prompt, *, is_follow_up: bool) -> Iterator[Step]:
        """The step of `prompt`, then the first follow-up that fits its reply, and any that leads to words."""
        quote = self.quotes.get(prompt.id)
        yield Step(prompt.id, StepKind.QUESTION, prompt=prompt, quote=quote, is_follow_up=is_follow_up)
        reply = self.replies.get(prompt.id, NO_REPLY)
        opened = False
        assert self.pack is not None
        for follow_up in prompt.follow_ups:
            target = self.pack.prompt(follow_up.prompt)
            if target is None or any(target.id == question.id for question in self.questions):
                continue
            given = not reply.is_empty and not reply.skipped
            fitting = not opened and given and self._fits(prompt, follow_up.when, reply)
            opened = opened or fitting
            if fitting or self._leads_to_words(target):
                yield from self._with_follow_ups(target, is_follow_up=True)

    def _is_fitting(self, closing: Prompt, text: str, tags: set[str]) -> bool:
        language = closing.language or self.language
        return not closing.fitting or any(fits(c, text, tags=tags, language=language) for c in closing.fitting)

    def _fits(self, prompt: Prompt, condition: Condition, reply: Reply) -> bool:
        if speaks_of_harm(reply.text) and not looks_after(condition.mentions):
            return False
        rating = int(reply.choice) if reply.choice.isdecimal() else None
        language = prompt.language or self.language
        return fits(condition, reply.text, options=(reply.choice,), rating=rating, language=language)

    def _has_words(self, step: str) -> bool:
        return not self.replies.get(step, NO_REPLY).is_empty

    def _leads_to_words(self, prompt: Prompt, asked: set[str] | None = None) -> bool:
        """Whether `prompt` or anything that follows on it holds words; `asked` are those already looked at."""
        asked = set() if asked is None else asked
        if self._has_words(prompt.id):
            return True
        asked.add(prompt.id)
        assert self.pack is not None
        targets = (self.pack.prompt(follow_up.prompt) for follow_up in prompt.follow_ups)
        return any(self._leads_to_words(target, asked) for target in targets if target and target.id not in asked)

    def _text(self, way: list[Step]) -> str:
        return "\n\n".join(text for step in way if (text := self.replies.get(step.id, NO_REPLY).text.strip()))

    @property
    def _rating(self) -> int | None:
        choice = self.replies.get(RATING.id, NO_REPLY).choice
        return int(choice) if choice else None

    @property
    def step(self) -> Step:
        """The present step."""
        steps = self.steps()
        return next((step for step in steps if step.id == self.at), steps[0])

    @property
    def reply(self) -> Reply:
        """What was given for the present step so far."""
        return self.replies.get(self.step.id, NO_REPLY)

    @property
    def is_finished(self) -> bool:
        return self.step.kind is StepKind.END

    @property
    def has_words(self) -> bool:
        """Whether anything was written, chosen or rated."""
        return any(not reply.is_empty for reply in self.replies.values())

    @property
    def word_text(self) -> str:
        """Every word written so far."""
        return self._text(self.steps())

    def progress(self) -> tuple[int, int]:
        """How far one is, in parts whose number stands from the start: due promises, each question of the plan
        with what follows on it, and the closing."""
        steps = self.steps()
        planned = {prompt.id for prompt in self.questions} | {PAGE.id}
        way = steps[: steps.index(self.step) + 1]
        parts = bool(self.due) + max(1, len(self.questions)) + bool(self.pack)
        if self.step.kind not in (StepKind.DUE, StepKind.NEW_DAY, StepKind.QUESTION, StepKind.PAGE):
            return parts, parts
        return bool(self.due) + sum(step.id in planned for step in way), parts

    def before(self) -> Reply:
        """What was given in the step before the present one."""
        steps = self.steps()
        here = steps.index(self.step)
        return self.replies.get(steps[here - 1].id, NO_REPLY) if here else NO_REPLY

    # -- moving ------------------------------------------------------------------------------------

    def _replying(self, reply: Reply) -> Session:
        return replace(self, at=self.step.id, replies=MappingProxyType({**self.replies, self.step.id: reply}))

    def write(self, text: str) -> Session:
        """The present step with `text` as its words; does not move on."""
        return self._replying(replace(self.reply, text=text, skipped=False))

    def choose(self, key: str) -> Session:
        """The present step with an option, a number or a status chosen; does not move on.

        Raises:
            UsageError: it is none of those offered.
        """
        offered = self.offered()
        if key not in offered:
            raise UsageError(f'"{key}" is not offered here: choose from {", ".join(offered)}')
        return self._replying(replace(self.reply, choice=key, skipped=False))

    def offered(self) -> dict[str, str]:
        """Key to label of what can be chosen in the present step; empty where one writes."""
        step = self.step
        if step.kind is StepKind.DUE:
            return {key: status.value for key, status in DUE_ANSWERS.items()} | {MOVE: "move it to another day"}
        if step.answer_kind is Kind.SCALE:
            return {str(number): str(number) for number in range(1, 6)}
        return {option.key: option.label for option in step.prompt.options} if step.prompt else {}

    def promise(self, text: str, due: str) -> Session:
        """A promise with its text and its date in words, or (without a text) the day to which one is moved; does not
        move on."""
        return self._replying(replace(self.reply, text=text, due=due, skipped=False))

    def forward(self) -> Session:
        """On to the next step.

        Raises:
            UsageError: the date of the promise cannot be read.
        """
        self._date(self.step.id)
        return self._replying(replace(self.reply, passed=True))._move(1)

    def skip(self) -> Session:
        """On without answering; words already written here stay."""
        if not self.reply.is_empty:
            return self.forward()
        return self._replying(replace(self.reply, skipped=True, passed=True))._move(1)

    def back(self) -> Session:
        """To the step before; nothing written is lost."""
        return self._move(-1)

    def finish(self) -> Session:
        """To the end from wherever one is.

        Raises:
            UsageError: the date of the promise cannot be read.
        """
        for step in self.steps():
            self._date(step.id)
        return replace(self, at=END.id)

    # -- more or less time, and who it is about ----------------------------------------------------

    def paced(self, pace: Pace, questions: Sequence[Prompt]) -> Session:
        """The same session with more or less time: `questions` are what a new one at this pace would ask.

        What was answered or passed stays, and so does the present step.
        """
        here = self.step
        met = [prompt for prompt in self.questions if prompt.id in self.replies or prompt.id == here.id]
        room = max(0, len(questions) - len(met))
        met_ids = {prompt.id for prompt in met}
        new = [prompt for prompt in (*self.questions, *questions) if prompt.id not in met_ids]
        chosen = list({prompt.id: prompt for prompt in new}.values())[:room]
        return replace(self, pace=pace, questions=(*met, *chosen), at=here.id)

    def note_people(self, names: Sequence[str]) -> Session:
        """The session as being about these people, in place of those noted before."""
        return replace(self, people=tuple(dict.fromkeys(names)))

    def _move(self, by: int) -> Session:
        steps = self.steps()
        here = steps.index(self.step)
        return replace(self, at=steps[max(0, min(here + by, len(steps) - 1))].id)

    # -- what comes of it --------------------------------------------------------------------------

    def entry(self, now: datetime) -> Entry:
        """The entry that this session makes, as far as it has come."""
        answers = self._answers
        text = "\n".join(answer.text for answer in answers)
        return Entry(
            id=self.id,
            created=now,
            day=self.day,
            moment=self.started,
            pillar=self.pillar,
            answers=answers,
            rating=self._rating,
            tags=tidy_tags(hashtags(text)),
            people=self.people,
        )

    @property
    def _answers(self) -> tuple[Answer, ...]:
        return tuple(answer for step in self.steps() if (answer := self._answer(step)))

    @property
    def entry_words(self) -> int:
        """How many words the entry has; those of a promise are the promise's own."""
        return sum(count_words(answer.text) for answer in self._answers)

    @property
    def language(self) -> str:
        """What is asked and, most likely, answered in."""
        return self.pack.language if self.pack else "en"

    @property
    def pillar(self) -> Pillar | None:
        return self.pack.pillar if self.pack else None

    def _answer(self, step: Step) -> Answer | None:
        reply = self.replies.get(step.id)
        if reply is None or step.kind not in (StepKind.QUESTION, StepKind.PAGE, StepKind.CLOSING):
            return None
        prompt = step.prompt
        if prompt is None:
            return Answer(text=reply.text) if reply.text.strip() else None
        asked = Answer(prompt=prompt.id, ask=prompt.ask)
        if step.quote:
            asked = replace(asked, quote=step.quote.text, quoted=step.quote.entry)
        if reply.skipped:
            return replace(asked, skipped=True)
        if reply.is_empty:
            blank = (prompt.signal_if_empty,) if prompt.signal_if_empty and reply.passed else ()
            return replace(asked, signals=blank, skipped=not blank) if reply.passed else None
        if prompt.kind is Kind.PROMISE:
            return asked  # the words are the promise's own
        option = next((option for option in prompt.options if option.key == reply.choice), None)
        label = option.label if option else reply.choice
        signal = option.signal if option else prompt.signal
        return replace(asked, text=reply.text, choice=(label,) if label else (), signals=(signal,) if signal else ())

    def _date(self, step: str) -> date | None:
        """The day that was given for a promise.

        Raises:
            UsageError: it is none, or past.
        """
        words = self.replies.get(step, NO_REPLY).due.strip()
        due = parse_due(words, self.day) if words else None
        if due and due < self.day:
            raise UsageError(f"{say_full_day(due)} is already past: name a day to come, like friday or in three days")
        return due

    def _date_or_none(self, step: str) -> date | None:
        try:
            return self._date(step)
        except UsageError:
            return None

    def commitments(self) -> tuple[Commitment, ...]:
        """The promises made in this session."""
        made = [
            (text, self._date_or_none(step.id))
            for step in self.steps()
            if step.answer_kind is Kind.PROMISE and not step.commitment
            if (text := self.replies.get(step.id, NO_REPLY).text.strip())
        ]
        return tuple(
            Commitment(id=f"{self.id}-p{number or ''}", entry=self.id, text=text, made=self.day, due=due)
            for number, (text, due) in enumerate(made)
        )

    def outcomes(self) -> dict[str, Outcome]:
        """Id of each promise that was asked about to what became of it."""
        found: dict[str, Outcome] = {}
        for commitment in self.due:
            key = self.replies.get(f"due:{commitment.id}", NO_REPLY).choice
            status = Status.NOT_YET if key == MOVE else DUE_ANSWERS.get(key)
            if status:
                moved = self._date_or_none(f"day:{commitment.id}") if key == MOVE else None
                rest = date.fromordinal(self.day.toordinal() + ASK_AGAIN_DAYS)
                again = (moved or rest) if status is Status.NOT_YET else None
                found[commitment.id] = Outcome(on=self.day, status=status, ask_again=again)
        return found
