"""A pack as it is read aloud: every question, and in words what leads to the next."""

from __future__ import annotations

from collections.abc import Iterator

from journal_tui.cli import out
from journal_tui.dates import MONTHS, WEEKDAYS
from journal_tui.model import Condition, Kind, Pack, Prompt, When
from journal_tui.text import listed, plural

MENTIONS = 6
"""Words of a condition that are named."""


def read_aloud(pack: Pack) -> None:
    """Prints `pack` on standard output."""
    asked = [prompt for prompt in pack.prompts if not prompt.only_follow_up]
    out.say(out.paint(pack.title, bold=True))
    if pack.about:
        _print(0, pack.about)
    counted = [plural(len(asked), "question"), plural(len(pack.prompts) - len(asked), "follow-up")]
    _print(0, listed([*counted, *([f"{len(pack.closing)} for the end"] if pack.closing else [])]), dim=True)
    _lines("Arriving", pack.opening)
    depth = None
    told: set[str] = set()
    for prompt in asked:
        if prompt.depth is not depth:
            depth = prompt.depth
            _heading(depth.capitalize())
        out.say()
        _question(pack, prompt, 0, told)
    if pack.closing:
        _heading("Closing")
    for prompt in pack.closing:
        fits = ", or if ".join(say_condition(condition) for condition in prompt.fitting)
        out.say()
        _print(0, f"If {fits}:" if fits else "Always:", dim=True)
        _question(pack, prompt, 2, told)
    if pack.rating:
        _lines("Rating", [pack.rating.ask, " · ".join(pack.rating.labels)])
    _lines("Promise", [pack.promise])
    _lines("To take along", pack.affirmations)
    _lines("Resting on", pack.sources)


def say_condition(condition: Condition, prompt: Prompt | None = None) -> str:
    """`condition` in words, as they stand after an *if*; `prompt` is what was answered."""
    return " and ".join(_parts(condition, prompt))


def _parts(condition: Condition, prompt: Prompt | None) -> Iterator[str]:
    if condition.tags:
        yield f"a question on {' or '.join(condition.tags)} was answered"
    if condition.mentions:
        rest = len(condition.mentions) - MENTIONS
        more = f" or {plural(rest, 'word')} more" if rest > 0 else ""
        yield f"it mentions {', '.join(condition.mentions[:MENTIONS])}{more}"
    if condition.option:
        labels = [option.label for option in prompt.options if option.key == condition.option] if prompt else []
        yield f"“{(labels or [condition.option])[0]}” is chosen"
    if condition.longer_than is not None:
        yield f"it has more than {plural(condition.longer_than, 'word')}" if condition.longer_than else "it has words"
    if condition.shorter_than is not None:
        yield f"it has fewer than {plural(condition.shorter_than, 'word')}"
    if condition.person is not None:
        yield "somebody is named" if condition.person else "nobody is named"
    if condition.rating_at_least is not None:
        yield f"it is {condition.rating_at_least} or more"
    if condition.rating_at_most is not None:
        yield f"it is {condition.rating_at_most} or less"


def _say_when(when: When) -> Iterator[str]:
    if when.after_entries:
        yield f"after {plural(when.after_entries, 'day')} with writing"
    if when.weekdays:
        yield f"on {listed(WEEKDAYS[day].capitalize() for day in when.weekdays)}"
    if when.months:
        yield f"in {listed(MONTHS[month - 1].capitalize() for month in when.months)}"
    if when.due_promise:
        yield "when a promise is due"
    if when.focus:
        yield "while in focus"


def _question(pack: Pack, prompt: Prompt, indent: int, told: set[str]) -> None:
    """Prints a question with what follows on it; what was `told` before is only named."""
    told.add(prompt.id)
    _print(indent, prompt.ask, bold=True)
    for line in filter(None, (prompt.help, prompt.example and f"For instance: {prompt.example}")):
        _print(indent, line)
    for option in prompt.options:
        _print(indent, f"{option.key}  {option.label}{f'  ({option.signal})' if option.signal else ''}")
    facts = [_name(prompt)]
    facts += [prompt.kind] if prompt.kind not in (Kind.TEXT, Kind.CHOICE) else []
    facts += [f"beside the words of the week: {prompt.recall}"] if prompt.recall else []
    facts += [*_say_when(prompt.when), *(f"#{tag}" for tag in prompt.tags), *prompt.patterns]
    facts += [f"answered: {prompt.signal}"] if prompt.signal else []
    facts += [f"left empty: {prompt.signal_if_empty}"] if prompt.signal_if_empty else []
    _print(indent, " · ".join(facts), dim=True)
    for follow_up in prompt.follow_ups:
        _print(indent + 2, f"If {say_condition(follow_up.when, prompt)}:", dim=True)
        target = pack.prompt(follow_up.prompt)
        if target and target.only_follow_up and target.id not in told:
            _question(pack, target, indent + 4, told)
        elif target:
            _print(indent + 4, target.ask)
            _print(indent + 4, _name(target), dim=True)


def _name(prompt: Prompt) -> str:
    return prompt.id.partition("/")[2]


def _heading(text: str) -> None:
    out.say()
    out.say(out.dim(f"— {text}"))


def _lines(heading: str, lines: tuple[str, ...] | list[str]) -> None:
    if any(lines):
        _heading(heading)
        out.say()
    for line in filter(None, lines):
        _print(0, line)


def _print(indent: int, text: str, **style: bool) -> None:
    """`text` broken to be read in a terminal, on one line in a pipe."""
    for line in out.wrap(text, out.column() - indent) if out.is_terminal() else [text]:
        out.say(" " * indent, out.paint(line, **style))
