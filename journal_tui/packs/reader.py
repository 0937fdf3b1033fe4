"""YAML to `Pack`, strictly: all that is wrong in a file is told at once, with line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from journal_tui.dates import WEEKDAYS
from journal_tui.model import (
    Condition,
    Depth,
    FollowUp,
    Kind,
    Option,
    Pack,
    Pillar,
    Prompt,
    Season,
    did_you_mean,
)
from journal_tui.strictyaml import FileFaults, Node, Reading, load

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
"""What an answer may tell the mirror."""

MAX_FOLLOW_UP_DEPTH = 3

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PACK = (
    "id",
    "title",
    "pillar",
    "language",
    "about",
    "sources",
    "opening",
    "affirmations",
    "prompts",
    "closing",
)
_PROMPT = ("id", "ask", "help", "example", "kind", "depth", "tags", "options", "follow_ups", "when")
_CLOSING = ("id", "ask", "help", "kind", "options", "signal", "signal_if_empty", "when")
_CONDITION = ("mentions", "option", "longer_than", "shorter_than", "person", "rating_at_least", "rating_at_most")
_DAYS = tuple(day[:3] for day in WEEKDAYS)


def read_pack(path: Path, *, own: bool = False) -> Pack:
    """The pack in the file at `path`; `own` says that it is the user's.

    Raises:
        FileFaults: something in it is wrong; every fault with its line and column.
        OSError: it cannot be read.
    """
    reader = _PackReader(str(path))
    pack = reader.pack(load(path), own=own)
    if reader.faults:
        raise FileFaults(sorted(reader.faults, key=lambda fault: (fault.line, fault.column)))
    return pack


class _PackReader(Reading):
    """Reads one pack; follow-ups become prompts of their own, named by the answer that opens them."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.pack_id = ""
        self.places: dict[str, Node] = {}
        self.prompts: list[Prompt] = []
        self.targets: list[tuple[str, Node]] = []

    def pack(self, root: Node, *, own: bool) -> Pack:
        keys = self.mapping(root, "the pack", _PACK, ("id", "title", "prompts"))
        self.pack_id = self.id(keys.get("id"), "id of the pack")
        title = self.text(keys.get("title"), "title", most=60)
        pillar = self.one_of(keys.get("pillar"), "pillar", tuple(p.value for p in Pillar))
        language = self.text(keys.get("language"), "language", most=20) or "en"
        for node in self.items(keys.get("prompts"), "prompts"):
            self.prompt(node, follow_up_depth=0)
        if "prompts" in keys and not self.prompts and not self.faults:
            self.fault(keys["prompts"], "prompts is empty: a pack needs at least one question")
        closing = tuple(self.closing(node) for node in self.items(keys.get("closing"), "closing"))
        self.check_follow_ups()
        return Pack(
            id=self.pack_id,
            title=title,
            pillar=Pillar(pillar) if pillar else None,
            language=language,
            about=self.text(keys.get("about"), "about"),
            prompts=tuple(self.prompts),
            closing=closing,
            opening=self.texts(keys.get("opening"), "opening", most=200),
            affirmations=self.texts(keys.get("affirmations"), "affirmations", most=300),
            sources=self.texts(keys.get("sources"), "sources"),
            file=self.file,
            own=own,
        )

    def id(self, node: Node | None, where: str) -> str:
        value = self.text(node, where, most=60)
        if node is not None and value and not _ID.fullmatch(value):
            self.fault(node, f'{where} "{value}" should be small letters, digits and dashes, like small-courtesy')
        return value

    def qualified_id(self, node: Node | None, where: str) -> str:
        value = self.id(node, f"id of {where}")
        if node is not None and value:
            if value in self.places:
                self.fault(node, f'id "{value}" is already used in line {self.places[value].line}: each id once')
            self.places.setdefault(value, node)
        return f"{self.pack_id}/{value}"

    def prompt(self, node: Node, *, follow_up_depth: int) -> str:
        """Reads a prompt and what follows on it into `self.prompts`; returns its qualified id."""
        where = "the follow-up" if follow_up_depth else "the prompt"
        keys = self.mapping(node, where, _PROMPT, ("id", "ask"))
        id = self.qualified_id(keys.get("id"), where)
        kind = Kind(self.one_of(keys.get("kind"), "kind", tuple(Kind)) or Kind.TEXT)
        place = len(self.prompts)
        options = self.options(keys.get("options"), kind, node)
        follow_ups = tuple(
            follow_up
            for item in self.items(keys.get("follow_ups"), "follow_ups")
            if (follow_up := self.follow_up(item, options, follow_up_depth + 1))
        )
        prompt = Prompt(
            id=id,
            ask=self.text(keys.get("ask"), "ask", most=400),
            help=self.text(keys.get("help"), "help", most=200),
            example=self.text(keys.get("example"), "example", most=300),
            kind=kind,
            depth=Depth(self.one_of(keys.get("depth"), "depth", tuple(Depth)) or Depth.MIDDLE),
            tags=self.texts(keys.get("tags"), "tags", most=40),
            options=options,
            follow_ups=follow_ups,
            season=self.season(keys.get("when")),
            only_follow_up=follow_up_depth > 0,
        )
        self.prompts.insert(place, prompt)
        return id

    def closing(self, node: Node) -> Prompt:
        where = "the closing question"
        keys = self.mapping(node, where, _CLOSING, ("id", "ask"))
        id = self.qualified_id(keys.get("id"), where)
        kind = Kind(self.one_of(keys.get("kind"), "kind", ("choice", "text")) or Kind.CHOICE)
        for key in ("signal", "signal_if_empty"):
            if key in keys and kind is Kind.CHOICE:
                self.fault(keys[key], f"{key} belongs to a question of kind text: give each option its own signal")
        return Prompt(
            id=id,
            ask=self.text(keys.get("ask"), "ask", most=200),
            help=self.text(keys.get("help"), "help", most=200),
            kind=kind,
            options=self.options(keys.get("options"), kind, node),
            signal=self.one_of(keys.get("signal"), "signal", SIGNALS),
            signal_if_empty=self.one_of(keys.get("signal_if_empty"), "signal_if_empty", SIGNALS),
            fitting=self.condition(keys["when"], "when") if "when" in keys else Condition(),
        )

    def options(self, node: Node | None, kind: Kind, owner: Node) -> tuple[Option, ...]:
        if kind is not Kind.CHOICE:
            if node is not None:
                self.fault(node, f"options belong to a question of kind choice, this one is {kind}")
            return ()
        found: list[Option] = []
        for item in self.items(node, "options"):
            keys = self.mapping(item, "the option", ("key", "label", "signal"), ("key", "label"))
            key = self.text(keys.get("key"), "key", most=10).lower()
            if "key" in keys and key and (len(key) != 1 or not key.isalnum()):
                self.fault(keys["key"], f'key "{key}" should be one letter or digit')
            if "key" in keys and key in [option.key for option in found]:
                self.fault(keys["key"], f'key "{key}" stands for two options of this question')
            label = self.text(keys.get("label"), "label", most=80)
            signal = self.one_of(keys.get("signal"), "signal", SIGNALS)
            found.append(Option(key=key, label=label, signal=signal))
        if len(found) < 2:
            self.fault(node or owner, "a choice needs at least two options")
        return tuple(found)

    def follow_up(self, node: Node, options: Iterable[Option], depth: int) -> FollowUp | None:
        keys = self.mapping(node, "the follow-up", ("if", "then"), ("if", "then"))
        if not keys.keys() >= {"if", "then"}:
            return None
        if depth > MAX_FOLLOW_UP_DEPTH:
            self.fault(node, f"follow-ups go at most {MAX_FOLLOW_UP_DEPTH} deep")
            return None
        when = self.condition(keys["if"], "if")
        known = [option.key for option in options]
        if when.option and when.option not in known:
            what = f"its options are {', '.join(known)}" if known else "this question has no options"
            self.fault(keys["if"], f'option "{when.option}" is not there: {what}')
        then = keys["then"]
        if isinstance(then.value, str):
            target = self.text(then, "then")
            if target:
                self.targets.append((target, then))
            return FollowUp(when=when, prompt=f"{self.pack_id}/{target}")
        return FollowUp(when=when, prompt=self.prompt(then, follow_up_depth=depth))

    def condition(self, node: Node, where: str) -> Condition:
        keys = self.mapping(node, where, _CONDITION)
        if not keys and isinstance(node.value, dict) and not node.value:
            self.fault(node, f"{where} says nothing: known here are {', '.join(_CONDITION)}")
        return Condition(
            mentions=self.texts(keys.get("mentions"), "mentions", most=60),
            option=self.text(keys.get("option"), "option", most=10).lower(),
            longer_than=self.number(keys.get("longer_than"), "longer_than", 0, 100_000),
            shorter_than=self.number(keys.get("shorter_than"), "shorter_than", 1, 100_000),
            person=self.yes(keys.get("person"), "person"),
            rating_at_least=self.number(keys.get("rating_at_least"), "rating_at_least", 1, 5),
            rating_at_most=self.number(keys.get("rating_at_most"), "rating_at_most", 1, 5),
        )

    def season(self, node: Node | None) -> Season:
        if node is None:
            return Season()
        keys = self.mapping(node, "when", ("after_entries", "weekdays"))
        days = [self.one_of(day, "weekday", _DAYS) for day in self.items(keys.get("weekdays"), "weekdays")]
        return Season(
            after_entries=self.number(keys.get("after_entries"), "after_entries", 0, 100_000) or 0,
            weekdays=tuple(_DAYS.index(day) for day in days if day),
        )

    def check_follow_ups(self) -> None:
        """Tells follow-ups that lead nowhere, too far, or back to themselves."""
        by_id = {prompt.id: prompt for prompt in self.prompts}
        names = [id.partition("/")[2] for id in by_id]
        for name, node in self.targets:
            if f"{self.pack_id}/{name}" not in by_id:
                self.fault(node, f'there is no prompt "{name}" in this pack{did_you_mean(name, names)}')
        if self.faults:
            return
        known: dict[str, int] = {}
        for id in by_id:
            if self._follow_up_depth(id, by_id, (), known) > MAX_FOLLOW_UP_DEPTH:
                self.fault(self.places[id.partition("/")[2]], f"follow-ups go at most {MAX_FOLLOW_UP_DEPTH} deep")

    def _follow_up_depth(self, id: str, by_id: dict[str, Prompt], way: tuple[str, ...], known: dict[str, int]) -> int:
        """How many questions can follow on `id`, one after another; looks no further than is allowed."""
        if id in way:
            names = [step.partition("/")[2] for step in (*way[way.index(id) :], id)]
            self.fault(self.places[names[0]], f"follow-ups go in a circle: {' > '.join(names)}")
        elif id in by_id and id not in known and len(way) <= MAX_FOLLOW_UP_DEPTH:
            known[id] = 0
            depths = [self._follow_up_depth(f.prompt, by_id, (*way, id), known) + 1 for f in by_id[id].follow_ups]
            known[id] = max(depths, default=0)
        return known.get(id, 0)
