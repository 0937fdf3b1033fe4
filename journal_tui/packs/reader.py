"""YAML to `Pack`, strictly: all that is wrong in a file is told at once, with line and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from journal_tui.dates import MONTHS, WEEKDAYS
from journal_tui.files import read_plain
from journal_tui.model import (
    PATTERNS,
    SIGNALS,
    Asked,
    Condition,
    Depth,
    FollowUp,
    Kind,
    Option,
    Pack,
    Pillar,
    Prompt,
    Rating,
    Recall,
    When,
)
from journal_tui.packs.reach import contradiction, is_reached
from journal_tui.strictyaml import MAX_BYTES, FileFaults, Node, Reading, parse_bytes
from journal_tui.text import listed, shorten

MAX_FOLLOW_UP_DEPTH = 3
MAX_OPTIONS = 10
MAX_FOLLOW_UPS = 10
MAX_MENTIONS = 200
RATINGS = 5

WEEKDAY_NAMES = tuple(day[:3] for day in WEEKDAYS)
MONTH_NAMES = tuple(month[:3] for month in MONTHS)

KEYS = {
    "pack": (
        *("id", "title", "pillar", "language", "about", "sources", "opening", "affirmations", "asked"),
        *("prompts", "closing", "rating", "promise"),
    ),
    "prompt": (
        *("id", "ask", "help", "example", "kind", "depth", "tags", "options", "follow_ups"),
        *("patterns", "recall", "when"),
    ),
    "follow_up": ("if", "then"),
    "option": ("key", "label", "signal"),
    "closing": ("id", "ask", "help", "kind", "options", "signal", "signal_if_empty", "when"),
    "if": ("mentions", "option", "longer_than", "shorter_than", "person", "rating_at_least", "rating_at_most"),
    "fitting": ("mentions", "tags", "longer_than", "shorter_than", "person"),
    "when": ("after_entries", "weekdays", "months", "due_promise", "focus"),
    "rating": ("ask", "labels"),
}
"""What each part of a pack may hold."""

REQUIRED = {
    "pack": ("id", "title", "prompts"),
    "prompt": ("id", "ask"),
    "follow_up": ("if", "then"),
    "option": ("key", "label"),
    "closing": ("id", "ask"),
    "rating": ("ask",),
}

_IN_WORDS = (Kind.TEXT, Kind.LIST, Kind.PROMISE)
_BELONGS_TO: Mapping[str, tuple[Kind, ...]] = {
    "options": (Kind.CHOICE,),
    "example": _IN_WORDS,
    "signal": (Kind.TEXT,),
    "signal_if_empty": (Kind.TEXT,),
    "mentions": _IN_WORDS,
    "longer_than": _IN_WORDS,
    "shorter_than": _IN_WORDS,
    "person": _IN_WORDS,
    "option": (Kind.CHOICE,),
    "rating_at_least": (Kind.SCALE,),
    "rating_at_most": (Kind.SCALE,),
}
"""Keys that make sense only with some kinds of questions."""

_ONLY_BY_ITSELF = ("patterns", "recall", "when")
"""They say when a question comes up; a follow-up comes up after its answer."""

_FREE_PAGE = "free"

_PILLARS = tuple(pillar.value for pillar in Pillar)
_KINDS = tuple(Kind)
_DEPTHS = tuple(Depth)
_RECALLS = tuple(Recall)
_ASKED = tuple(Asked)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MENTION = re.compile(r"[^*]+\*?")


def _either(words: Iterable[str]) -> str:
    return listed(words).replace(" and ", " or ")


def read_pack(path: Path, *, own: bool = False) -> Pack:
    """The pack in the file at `path`; `own` says that it is the user's.

    Raises:
        FileFaults: something in it is wrong; every fault with its line and column.
        OSError: it cannot be read.
    """
    return parse_pack(read_plain(path, MAX_BYTES + 1), str(path), own=own)


def parse_pack(raw: bytes, file: str, *, own: bool = False) -> Pack:
    """The pack in `raw`; `file` names it in the faults.

    Raises:
        FileFaults: something in it is wrong; every fault with its line and column.
    """
    reader = _PackReader(file)
    pack = reader.pack(parse_bytes(raw, file, reader.faults), own=own)
    if reader.faults:
        raise FileFaults(reader.in_order())
    return pack


class _PackReader(Reading):
    """Reads one pack; follow-ups become prompts of their own, named by the answer that opens them."""

    meant: Mapping[str, str] = {
        **dict.fromkeys(("name", "label", "heading"), "title"),
        **dict.fromkeys(("description", "summary"), "about"),
        **dict.fromkeys(("question", "text", "prompt"), "ask"),
        **dict.fromkeys(("questions", "items"), "prompts"),
        **dict.fromkeys(("choices", "answers"), "options"),
        **dict.fromkeys(("type", "style"), "kind"),
        **dict.fromkeys(("hint", "note"), "help"),
        **dict.fromkeys(("lang", "locale"), "language"),
        **dict.fromkeys(("next", "follow_up", "followups"), "follow_ups"),
        **dict.fromkeys(("contains", "words", "keywords"), "mentions"),
        **dict.fromkeys(("season", "only"), "when"),
        "goto": "then",
        "level": "depth",
    }

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.pack_id = ""
        self.asked: Asked | None = None
        """None when it cannot be told."""
        self.places: dict[str, Node] = {}
        self.prompts: list[Prompt] = []
        self.targets: list[tuple[str, Node]] = []

    def part(self, node: Node, where: str, name: str) -> dict[str, Node]:
        """The mapping at `node` with the keys of one of `KEYS`."""
        if node.value == {} and name not in REQUIRED:
            self.fault(node, f"{where} says nothing: known here are {', '.join(KEYS[name])}")
        return self.mapping(node, where, KEYS[name], REQUIRED.get(name, ()))

    def pack(self, root: Node, *, own: bool) -> Pack:
        keys = self.part(root, "the pack", "pack")
        self.pack_id = self.id(keys.get("id"), "id of the pack")
        if self.pack_id == _FREE_PAGE:
            self.fault(keys["id"], f'"{_FREE_PAGE}" is the page without a question: choose another id')
        asked = self.one_of(keys.get("asked"), "asked", _ASKED)
        self.asked = Asked(asked) if asked else None if "asked" in keys else Asked.ROUND
        pillar = self.pillar(keys)
        for node in self.items(keys.get("prompts"), "prompts"):
            self.prompt(node, follow_up_depth=0)
        tags = dict.fromkeys(tag for prompt in self.prompts for tag in prompt.tags)
        closing = tuple(self.closing(node, tags) for node in self.items(keys.get("closing"), "closing"))
        self.check_ways()
        return Pack(
            id=self.pack_id,
            title=self.text(keys.get("title"), "title", most=60),
            pillar=pillar,
            language=self.language(keys.get("language")),
            about=self.text(keys.get("about"), "about"),
            prompts=tuple(self.prompts),
            closing=closing,
            opening=self.texts(keys.get("opening"), "opening", most=200),
            affirmations=self.texts(keys.get("affirmations"), "affirmations", most=300),
            sources=self.texts(keys.get("sources"), "sources"),
            asked=self.asked or Asked.ROUND,
            rating=self.rating(keys.get("rating")),
            promise=self.text(keys.get("promise"), "promise", most=200),
            file=self.file,
            own=own,
        )

    def pillar(self, keys: Mapping[str, Node]) -> Pillar | None:
        name = self.one_of(keys.get("pillar"), "pillar", _PILLARS)
        if name and self.asked not in (None, Asked.ROUND):
            self.fault(keys["pillar"], f"a pack that is asked {self.asked} is on no pillar: leave out pillar, or asked")
        if name and self.pack_id in _PILLARS and self.pack_id != name:
            self.fault(keys["pillar"], f'the pack "{self.pack_id}" is on {self.pack_id}: choose another id, or pillar')
        return Pillar(name) if name else None

    def language(self, node: Node | None) -> str:
        value = self.text(node, "language", most=20)
        if node is not None and value and not _LANGUAGE.fullmatch(value):
            self.fault(node, f'language "{shorten(value, 20)}" should be a code, like en, de or pt-BR')
        return value or "en"

    def id(self, node: Node | None, where: str) -> str:
        value = self.text(node, where, most=60)
        if node is not None and value and not _ID.fullmatch(value):
            like = "small letters, digits and dashes, like small-courtesy"
            self.fault(node, f'{where} "{shorten(value, 40)}" should be {like}')
        return value

    def qualified_id(self, node: Node | None, where: str) -> str:
        value = self.id(node, f"id of {where}")
        if node is not None and value:
            if value in self.places:
                line = self.places[value].line
                self.fault(node, f'id "{shorten(value, 40)}" is already used in line {line}: each id once')
            self.places.setdefault(value, node)
        return f"{self.pack_id}/{value}"

    # -- questions ---------------------------------------------------------------------------------

    def prompt(self, node: Node, *, follow_up_depth: int) -> str:
        """Reads a prompt and what follows on it into `self.prompts`; returns its qualified id."""
        where = "the follow-up" if follow_up_depth else "the prompt"
        keys = self.part(node, where, "prompt")
        id = self.qualified_id(keys.get("id"), where)
        kind = self.kind(keys, Kind.TEXT, _KINDS)
        place = len(self.prompts)
        options = self.options(keys.get("options"), kind, node)
        prompt = Prompt(
            id=id,
            ask=self.text(keys.get("ask"), "ask", most=400),
            help=self.text(keys.get("help"), "help", most=200),
            example=self.text(keys.get("example"), "example", most=300),
            kind=kind or Kind.TEXT,
            depth=Depth(self.one_of(keys.get("depth"), "depth", _DEPTHS) or Depth.MIDDLE),
            tags=self.texts(keys.get("tags"), "tags", most=40),
            options=options,
            follow_ups=self.follow_ups(keys.get("follow_ups"), kind, options, follow_up_depth + 1),
            patterns=self.some_of(keys.get("patterns"), "pattern", PATTERNS),
            recall=Recall(recall) if (recall := self.one_of(keys.get("recall"), "recall", _RECALLS)) else None,
            when=self.when(keys.get("when"), "patterns" in keys),
            only_follow_up=follow_up_depth > 0,
        )
        if follow_up_depth:
            for key in _ONLY_BY_ITSELF & keys.keys():
                self.fault(self.key(keys[key]), f'"{key}" belongs to a question that comes up by itself')
        elif prompt.recall and self.asked not in (None, Asked.WEEKLY):
            self.fault(self.key(keys["recall"]), '"recall" belongs to a pack that is asked: weekly')
        self.prompts.insert(place, prompt)
        return id

    def closing(self, node: Node, tags: Collection[str]) -> Prompt:
        where = "the closing question"
        keys = self.part(node, where, "closing")
        id = self.qualified_id(keys.get("id"), where)
        kind = self.kind(keys, Kind.CHOICE, (Kind.CHOICE, Kind.TEXT))
        return Prompt(
            id=id,
            ask=self.text(keys.get("ask"), "ask", most=200),
            help=self.text(keys.get("help"), "help", most=200),
            kind=kind or Kind.CHOICE,
            options=self.options(keys.get("options"), kind, node),
            signal=self.one_of(keys.get("signal"), "signal", SIGNALS),
            signal_if_empty=self.one_of(keys.get("signal_if_empty"), "signal_if_empty", SIGNALS),
            fitting=self.fitting(keys.get("when"), tags),
        )

    @staticmethod
    def key(node: Node) -> Node:
        """Where the key of a value stands."""
        return node.key or node

    def kind(self, keys: Mapping[str, Node], default: Kind, known: tuple[Kind, ...]) -> Kind | None:
        """The kind of a question; None when it is none of those known."""
        name = self.one_of(keys.get("kind"), "kind", known)
        kind = Kind(name) if name else None if "kind" in keys else default
        self.check_belonging(keys, kind)
        return kind

    def check_belonging(self, keys: Mapping[str, Node], kind: Kind | None) -> None:
        for key in keys.keys() & _BELONGS_TO.keys() if kind else ():
            kinds = _BELONGS_TO[key]
            if kind not in kinds:
                message = f'"{key}" belongs to a question of kind {_either(kinds)}, this one is {kind}'
                self.fault(self.key(keys[key]), message)

    def options(self, node: Node | None, kind: Kind | None, owner: Node) -> tuple[Option, ...]:
        if kind is not Kind.CHOICE:
            return ()
        found: list[Option] = []
        taken: set[tuple[str, str]] = set()
        for item in self.items(node, "options", most=MAX_OPTIONS):
            keys = self.part(item, "the option", "option")
            key = self.text(keys.get("key"), "key", most=10).lower()
            if key and (len(key) != 1 or not key.isalnum()):
                self.fault(keys["key"], f'key "{key}" should be one letter or digit')
            label = self.text(keys.get("label"), "label", most=80)
            for name, value in (("key", key), ("label", label)):
                if value and (name, value) in taken:
                    self.fault(keys[name], f'{name} "{shorten(value, 40)}" stands for two options of this question')
                taken.add((name, value))
            found.append(Option(key=key, label=label, signal=self.one_of(keys.get("signal"), "signal", SIGNALS)))
        if len(found) < 2:
            self.fault(node or owner, "a choice needs at least two options")
        return tuple(found)

    # -- follow-ups --------------------------------------------------------------------------------

    def follow_ups(
        self, node: Node | None, kind: Kind | None, options: tuple[Option, ...], depth: int
    ) -> tuple[FollowUp, ...]:
        """What follows on a question; `depth` is how many answers lead there."""
        found: list[FollowUp] = []
        can_tell = kind is not None
        for item in self.items(node, "follow_ups", most=MAX_FOLLOW_UPS):
            keys = self.part(item, "the follow-up", "follow_up")
            if not keys.keys() >= {"if", "then"}:
                continue
            if depth > MAX_FOLLOW_UP_DEPTH:
                self.fault(item, f"follow-ups go at most {MAX_FOLLOW_UP_DEPTH} deep")
                continue
            before = len(self.faults)
            when = self.condition(keys["if"], "if", kind)
            known = [option.key for option in options]
            if when.option and options and when.option not in known:
                self.fault(keys["if"], f'option "{when.option}" is not there: the options are {listed(known)}')
            can_tell = can_tell and len(self.faults) == before
            if can_tell and kind and not is_reached([*(f.when for f in found), when], kind, known):
                self.fault(keys["if"], "this is never reached: the follow-ups above it take every answer that fits")
            found.append(FollowUp(when=when, prompt=self.then(keys["then"], depth)))
        return tuple(found)

    def then(self, node: Node, depth: int) -> str:
        """The qualified id of what is asked next."""
        if not isinstance(node.value, str):
            return self.prompt(node, follow_up_depth=depth)
        target = self.text(node, "then")
        if target:
            self.targets.append((target, node))
        return f"{self.pack_id}/{target}"

    def check_ways(self) -> None:
        """Tells follow-ups that lead nowhere, too far, or back to themselves."""
        by_name = {self.name(prompt.id): prompt for prompt in self.prompts}
        by_name.pop("", None)
        for name, node in self.targets:
            if name not in by_name:
                hint = self.hint(name, by_name)
                self.fault(node, f'there is no prompt "{shorten(name, 40)}" in this pack{hint}')
        known: dict[str, int] = {}
        for name in by_name:
            if self.follow_up_depth(name, by_name, (), known) > MAX_FOLLOW_UP_DEPTH:
                self.fault(self.places[name], f"follow-ups go at most {MAX_FOLLOW_UP_DEPTH} deep")

    def name(self, id: str) -> str:
        return id.removeprefix(f"{self.pack_id}/")

    def follow_up_depth(
        self, name: str, by_name: Mapping[str, Prompt], way: tuple[str, ...], known: dict[str, int]
    ) -> int:
        """How many questions can follow on one, one after another; looks no further than is allowed."""
        if name in way:
            circle = " > ".join((*way[way.index(name) :], name))
            self.fault(self.places[name], f"follow-ups go in a circle: {shorten(circle, 200)}")
        elif name in by_name and name not in known and len(way) <= MAX_FOLLOW_UP_DEPTH:
            known[name] = 0
            targets = [self.name(follow_up.prompt) for follow_up in by_name[name].follow_ups]
            depths = [self.follow_up_depth(target, by_name, (*way, name), known) + 1 for target in targets]
            known[name] = max(depths, default=0)
        return known.get(name, 0)

    # -- conditions --------------------------------------------------------------------------------

    def fitting(self, node: Node | None, tags: Collection[str]) -> tuple[Condition, ...]:
        """When a closing question fits: one condition, or a list of which any will do."""
        if node is None:
            return ()
        nodes = self.items(node, "when") if isinstance(node.value, list) else [node]
        found = tuple(self.condition(item, "when", None) for item in nodes)
        for item, condition in zip(nodes, found, strict=True):
            for tag in condition.tags:
                if tag and tag not in tags:
                    hint = self.hint(tag, tags)
                    self.fault(item, f'no prompt of this pack has the tag "{shorten(tag, 40)}"{hint}')
        return found

    def condition(self, node: Node, where: str, kind: Kind | None) -> Condition:
        """What an answer of this kind has to be like, or, for a closing question, all that was written."""
        keys = self.part(node, where, "if" if where == "if" else "fitting")
        self.check_belonging(keys, kind)
        condition = Condition(
            mentions=self.mentions(keys.get("mentions")),
            option=self.text(keys.get("option"), "option", most=10).lower(),
            longer_than=self.number(keys.get("longer_than"), "longer_than", 0, 100_000),
            shorter_than=self.number(keys.get("shorter_than"), "shorter_than", 2, 100_000),
            person=self.yes(keys.get("person"), "person"),
            rating_at_least=self.number(keys.get("rating_at_least"), "rating_at_least", 1, RATINGS),
            rating_at_most=self.number(keys.get("rating_at_most"), "rating_at_most", 1, RATINGS),
            tags=self.texts(keys.get("tags"), "tags", most=40),
        )
        if problem := contradiction(condition):
            self.fault(node, f"{problem}: widen the limits")
        return condition

    def mentions(self, node: Node | None) -> tuple[str, ...]:
        found: list[str] = []
        for item in self.items(node, "mentions", most=MAX_MENTIONS):
            word = self.text(item, f"mentions {len(found) + 1}", most=60)
            if word and not _MENTION.fullmatch(word):
                self.fault(item, f'"{shorten(word, 40)}" fits no word: a * stands once, after the beginning')
            found.append(word)
        return tuple(found)

    def some_of(self, node: Node | None, where: str, known: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filter(None, (self.one_of(item, where, known) for item in self.items(node, f"{where}s"))))

    def when(self, node: Node | None, has_patterns: bool) -> When:
        if node is None:
            return When()
        keys = self.part(node, "when", "when")
        weekdays = self.some_of(keys.get("weekdays"), "weekday", WEEKDAY_NAMES)
        months = self.some_of(keys.get("months"), "month", MONTH_NAMES)
        focus = self.yes(keys.get("focus"), "focus") or False
        if focus and not has_patterns:
            self.fault(self.key(keys["focus"]), "focus needs patterns: name the kinds of patterns this question is for")
        return When(
            after_entries=self.number(keys.get("after_entries"), "after_entries", 0, 100_000) or 0,
            weekdays=tuple(WEEKDAY_NAMES.index(day) for day in weekdays),
            months=tuple(MONTH_NAMES.index(month) + 1 for month in months),
            due_promise=self.yes(keys.get("due_promise"), "due_promise") or False,
            focus=focus,
        )

    def rating(self, node: Node | None) -> Rating | None:
        if node is None:
            return None
        keys = self.part(node, "rating", "rating")
        labels = self.texts(keys.get("labels"), "labels", most=24)
        if "labels" in keys and len(labels) != RATINGS:
            self.fault(keys["labels"], f"labels should be five, for 1 to 5, here they are {len(labels)}")
        if len(set(labels)) < len(labels):
            self.fault(keys["labels"], "two labels are the same: give each number its own")
        return Rating(ask=self.text(keys.get("ask"), "ask", most=200), labels=labels)
