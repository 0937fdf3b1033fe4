"""The nouns of the journal. Frozen values, no input or output.

Those that are not in this file are loaded when somebody asks for one: making a class of each takes a fifth of the time
that adding an entry does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journal_tui.model_beside import Commitment as Commitment
    from journal_tui.model_beside import Judgement as Judgement
    from journal_tui.model_beside import Mark as Mark
    from journal_tui.model_beside import Outcome as Outcome
    from journal_tui.model_beside import Person as Person
    from journal_tui.model_beside import Status as Status
    from journal_tui.model_beside import Verdict as Verdict
    from journal_tui.model_packs import Asked as Asked
    from journal_tui.model_packs import Condition as Condition
    from journal_tui.model_packs import Depth as Depth
    from journal_tui.model_packs import FollowUp as FollowUp
    from journal_tui.model_packs import Kind as Kind
    from journal_tui.model_packs import Option as Option
    from journal_tui.model_packs import Pack as Pack
    from journal_tui.model_packs import Prompt as Prompt
    from journal_tui.model_packs import Quote as Quote
    from journal_tui.model_packs import Rating as Rating
    from journal_tui.model_packs import Recall as Recall
    from journal_tui.model_packs import Visit as Visit
    from journal_tui.model_packs import When as When
    from journal_tui.model_packs import visits as visits

_BESIDE = "Person Status Outcome Commitment Verdict Judgement Mark"
_PACKS = "Kind Depth Option Condition Asked Recall Quote When Rating FollowUp Prompt Pack Visit visits"
_ELSEWHERE = dict.fromkeys(_BESIDE.split(), "model_beside") | dict.fromkeys(_PACKS.split(), "model_packs")


def __getattr__(name: str) -> object:
    """Loads the other nouns: PEP 562."""
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    noun = globals()[name] = getattr(import_module(f"journal_tui.{_ELSEWHERE[name]}"), name)
    return noun


class JournalError(Exception):
    """Something a person can understand and act on.

    The message is one line that says what happened, where, and what to do.
    """

    exit_code = 1


class UsageError(JournalError):
    """The request itself cannot be understood (an unknown pillar, a date that is none)."""

    exit_code = 2


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The end of an error line: `` (did you mean "x"?)``, or nothing when no name comes near.

    Args:
        cutoff: how alike they must be, from 0 to 1, as `difflib` counts it.
    """
    from difflib import get_close_matches  # it takes a millisecond, and errors are rare

    close = get_close_matches(word.casefold(), list(known), n=1, cutoff=cutoff)
    return f' (did you mean "{close[0]}"?)' if close else ""


# -- pillars ---------------------------------------------------------------------------------------


class Pillar(StrEnum):
    """One of the seven things that healthy relationships have."""

    RESPECT = "respect"
    BOUNDARIES = "boundaries"
    COMMUNICATION = "communication"
    RESPONSIBILITY = "responsibility"
    ACCOUNTABILITY = "accountability"
    TRUST = "trust"
    WIN_WIN = "win-win"

    @property
    def title(self) -> str:  # type: ignore[override]
        return "Win-win" if self is Pillar.WIN_WIN else self.value.capitalize()

    @classmethod
    def named(cls, name: str) -> Pillar:
        """The pillar meant by `name`: its id, its title, or a beginning of it that fits only one.

        Raises:
            UsageError: no pillar, or more than one, is meant.
        """
        wanted = re.sub(r"[^a-z]+", "-", name.strip().casefold()).strip("-")
        exact = [p for p in cls if p.value == wanted]
        begins = [p for p in cls if wanted and (p.value.startswith(wanted) or wanted.startswith(p.value))]
        found = exact or begins
        if len(found) == 1:
            return found[0]
        names = [p.value for p in cls]
        raise UsageError(f'no pillar is called "{name}"{did_you_mean(wanted, names)}: choose from {", ".join(names)}')


# -- entries ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was written or chosen for one question. Without a prompt it is free writing."""

    text: str = ""
    prompt: str = ""
    """Stable id of the question, ``pack/prompt``; empty for free writing."""
    ask: str = ""
    """The question as it was put that day: packs change, the entry does not."""
    choice: tuple[str, ...] = ()
    """Labels of the chosen options."""
    signals: tuple[str, ...] = ()
    """What the chosen options tell the mirror, for example ``gave_way``."""
    skipped: bool = False
    quote: str = ""
    """The writer's earlier words that the question was laid beside, exactly."""
    quoted: str = ""
    """Id of the entry they come from."""

    @property
    def words(self) -> str:
        """All that is to be read: the text, or what was chosen."""
        return self.text or " · ".join(self.choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an imported entry came from; `fingerprint` recognises it when it comes again."""

    format: str
    fingerprint: str
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the journal."""

    id: str
    """Unique and ordered by the time of writing."""
    created: datetime
    """When it came into this journal, with its zone."""
    day: date | None
    """The journal day it belongs to (a day ends when the writer sleeps); None when it is not known."""
    moment: datetime | None = None
    """The time it tells of, with a zone if one is known; None when only the day is known."""
    pillar: Pillar | None = None
    answers: tuple[Answer, ...] = ()
    rating: int | None = None
    """How much the pillar was lived that day, 1 to 5."""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Names of those it is about, as the writer noted them."""
    starred: bool = False
    edited: datetime | None = None
    source: Source | None = None

    @property
    def text(self) -> str:
        """Every word of the writer's own, answers parted by an empty line."""
        return "\n\n".join(a.text for a in self.answers if a.text)

    @property
    def is_blank(self) -> bool:
        """Nothing was written, chosen or rated: every question was skipped."""
        for answer in self.answers:  # no generator: this is asked of every entry at every letter of a search
            if answer.text or answer.choice:
                return False
        return self.rating is None

    @property
    def signals(self) -> tuple[str, ...]:
        return tuple(signal for answer in self.answers for signal in answer.signals)

    @property
    def heading(self) -> str:
        """One line that stands for the entry in a list: the first that was written, without the marks of Markdown
        around it; after an ellipsis where it goes on with a sentence that the question begins. A picture, a rule, the
        entry's day and another line without letters stand for an entry only where nothing else does."""
        other = ""
        for answer in self.answers:
            for line in answer.text.splitlines():
                shown = _without_marks(line.strip())
                if shown and answer.ask.endswith(("…", "...")):
                    shown = f"…{shown.lstrip('… .')}"
                is_picture = shown[:1] == "!" and re.fullmatch(_PICTURE, shown)
                is_day = self.day is not None and says_day(shown, self.day)
                if any(map(str.isalpha, shown)) and not is_picture and not is_day:
                    return shown
                other = other or shown
        return other or next((a.words for a in self.answers if a.words), "")

    def sort_key(self) -> tuple[date, datetime, str]:
        """Orders entries by the day they tell of, then the hour, then the order of writing.

        Undated entries come first. Wall-clock times are compared as written: zones do not reorder a day.
        """
        moment = self.moment.replace(tzinfo=None) if self.moment else datetime.min
        return (self.day or date.min, moment, self.id)


def says_day(line: str, day: date) -> bool:
    """Whether `line` is this day and nothing else, in whatever order, the names in English: ``2026-03-01``,
    ``Sunday, 1st March 2026``, ``March 1``."""
    if len(line) > 40 or str(day.day) not in line:  # what most lines are told by
        return False
    # In English, as long as nobody sets another locale.
    weekday, month = (name.lower() for name in (f"{day:%A}", f"{day:%B}"))
    numbers, is_named = [], False
    for word in re.findall(r"[^\W_]+", line.lower()):
        if word in (weekday, weekday[:3], "the", "of"):
            continue
        if word in (month, month[:3]) and not is_named:
            is_named = True
            numbers.append(day.month)
        elif found := re.fullmatch(r"([0-9]{1,4})(?:st|nd|rd|th)?", word):
            numbers.append(int(found[1]))
        else:
            return False
    said = [day.day, day.month] + ([] if is_named and len(numbers) == 2 else [day.year])
    return sorted(numbers) == sorted(said)


_MARKS = r"(?:(?:#{1,6}|>|[-*+](?: \[[ xX]\])?)[ \t]+)*"  # compiled by who needs it
"""Of headings, quotes, lists and tasks, at the beginning of a line."""
_EMPHASIS = r"(\*\*|__|[*_])(?![*_ ])([^*_]+)(?<! )\1"
_PICTURE = r"!\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)"


def _without_marks(line: str) -> str:
    if line[:1] not in "#>-*+_":  # most do without the patterns
        return line
    bare = re.sub(_MARKS, "", line, count=1)
    found = re.fullmatch(_EMPHASIS, bare)
    return (found[2] if found else bare) or line


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags lower-cased, without a leading ``#``, each once, in their order."""
    return tuple(dict.fromkeys(t for tag in tags if (t := tag.strip().removeprefix("#").strip().lower())))


# -- prompts ---------------------------------------------------------------------------------------


PATTERNS = (
    "say_do_gap",
    "avoided_pillar",
    "rating_text_mismatch",
    "absolutist_criticism",
    "blame_over_ownership",
    "recurring_unresolved",
    "one_sided_account",
    "one_sided_compromise",
    "person_negative",
    "self_silencing",
)
"""The kinds of patterns that the mirror knows."""


SIGNALS = (
    "gave_way",
    "they_gave_way",
    "both_gave",
    "spoke_up",
    "kept_quiet",
    "own_part",
    "their_part",
    "both_part",
    "saw_their_side",
    "their_side_blank",
    "settled",
    "still_open",
)
"""What an option of a question, or words that the writer marked, may tell the mirror."""


class Pace(StrEnum):
    """How much time the writer has."""

    SHORT = "two minutes"
    MEDIUM = "ten minutes"
    LONG = "as long as it takes"
