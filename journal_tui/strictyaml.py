"""YAML from people, read strictly: every value with its line and column, hostile input refused before it is built.

Only mappings, sequences and plain scalars: no anchors, aliases, tags or merge keys. The tree is built from
parse events without recursion, so nesting cannot exhaust the stack and aliases cannot grow it; size, depth and the
number of values have an end, and so has the number of faults told.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from journal_tui.files import read_plain
from journal_tui.model import did_you_mean
from journal_tui.text import clean_line, shorten

MAX_BYTES = 128 * 1024
MAX_EVENTS = 8_000
"""Values, each collection with a beginning and an end."""
MAX_DEPTH = 20
MAX_FAULTS = 50
EMPTY = "the file is empty"

_MAX_COMPARED = 1000
"""Names that are looked through for what was meant: comparing takes longer than all the rest."""

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_TAG_DIRECTIVE = re.compile("(?:^|(?<=[\r\n\x85\u2028\u2029]))%TAG")
"""The parser compares each of them with all before it."""
_NULL = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where (line and column from 1) and what to do about it."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return clean_line(f"{self.file}:{self.line}:{self.column}: {self.message}")


class FileFaults(Exception):
    """A file that cannot be used as it is, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(slots=True)
class Node:
    """One value of the file: a scalar (`str`), a sequence, or a mapping of plain keys."""

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    quoted: bool = False
    key: Node | None = None
    """Where its key stands, for a value of a mapping."""

    @property
    def kind(self) -> str:
        if isinstance(self.value, dict):
            return "a mapping"
        return "a list" if isinstance(self.value, list) else "text"

    def plain(self) -> Any:
        """The value as dicts, lists and text."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value

    @property
    def is_null(self) -> bool:
        """Nothing stands there."""
        return isinstance(self.value, str) and not self.quoted and self.value in _NULL


def lines(text: str) -> list[str]:
    """`text` cut where YAML counts a new line."""
    return _LINE_END.split(text)


def load(path: Path) -> Node:
    """The tree of a YAML file.

    Raises:
        FileFaults: too large, not UTF-8, not YAML, or using what is not allowed here.
        OSError: it cannot be read.
    """
    return parse_bytes(read_plain(path, MAX_BYTES + 1), str(path))


def parse_bytes(raw: bytes, name: str, faults: list[Fault] | None = None) -> Node:
    """The tree of the YAML in `raw`, as `parse` reads it; more than `MAX_BYTES` are not looked at.

    Raises:
        FileFaults: too large, not UTF-8, not YAML, or using what is not allowed here.
    """
    if len(raw) > MAX_BYTES:
        raise FileFaults([Fault(name, 1, 1, f"larger than {MAX_BYTES // 1024} KB: split it into several files")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig")
        raise FileFaults([_fault_after(before, name, "not UTF-8 text: save the file as UTF-8")]) from None
    return parse(text, name, faults)


def parse(text: str, name: str, faults: list[Fault] | None = None, *, passed: Container[str] = ()) -> Node:
    """The tree of YAML `text`; `name` stands in the faults.

    What is wrong and does not keep one from reading on goes into `faults`, if that is given.

    Args:
        passed: tags that are passed over, such as ``tag:yaml.org,2002:python/unicode``.

    Raises:
        FileFaults: not YAML, or using what is not allowed here.
    """
    if "%TAG" in text and (found := _TAG_DIRECTIVE.search(text)):
        raise FileFaults([_fault_after(text[: found.start()], name, f"tags (%TAG) are not used here: {_QUOTE}")])
    tree = _Tree(name, passed)
    tree.grow(text)
    if tree.root is None:
        raise tree.refusal(None, EMPTY)
    if faults is None and tree.repeated:
        raise FileFaults(tree.repeated)
    if faults is not None:
        faults += tree.repeated
    return tree.root


def _fault_after(before: str, name: str, message: str) -> Fault:
    """What is wrong with the character after the text `before`."""
    above = lines(before)
    return Fault(name, len(above), len(above[-1]) + 1, message)


class _Tree:
    """Grows from parse events, one after another."""

    def __init__(self, name: str, passed: Container[str]) -> None:
        self.name = name
        self.passed = passed
        self.root: Node | None = None
        self.repeated: list[Fault] = []
        """Keys that stand twice in one mapping."""
        self.open: list[list[Node] | dict[str, Node]] = []
        self.keys: list[Node | None] = []
        """For each open collection the key that waits for its value."""

    def refusal(self, mark: Any, message: str) -> FileFaults:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return FileFaults([Fault(self.name, line, column, message)])

    def grow(self, text: str) -> None:
        try:
            # Every start of the screens waits for this loop: no calls that can be spared.
            for count, event in enumerate(iter(_Loader(text).get_event, None)):
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    value: str | list[Node] | dict[str, Node] = event.value
                elif kind in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
                    self.open.pop()
                    self.keys.pop()
                    continue
                elif kind is yaml.SequenceStartEvent:
                    value = []
                elif kind is yaml.MappingStartEvent:
                    value = {}
                elif kind is not yaml.AliasEvent:
                    continue
                mark = event.start_mark
                if event.anchor is not None:
                    raise self.refusal(mark, f"anchors and aliases (& and *) are not used here: {_QUOTE}")
                if event.tag is not None and event.tag not in self.passed:
                    raise self.refusal(mark, f"tags (!) are not used here: {_QUOTE}")
                if count > MAX_EVENTS:
                    raise self.refusal(mark, "more values than a file needs: split it into several files")
                node = Node(value, mark.line + 1, mark.column + 1, kind is yaml.ScalarEvent and bool(event.style))
                if not self.open:
                    if self.root is not None:
                        raise self.refusal(mark, "a second document: keep one document in a file")
                    self.root = node
                elif isinstance(parent := self.open[-1], list):
                    parent.append(node)
                elif (key := self.keys[-1]) is None:
                    if value == "<<" or not isinstance(value, str):
                        raise self.refusal(mark, _BAD_KEY)
                    self.keys[-1] = node
                else:
                    self.keys[-1] = None
                    node.key = key
                    assert isinstance(key.value, str)
                    if (first := parent.setdefault(key.value, node)) is not node:
                        self.repeat(key, first)
                if not isinstance(value, str):
                    if len(self.open) >= MAX_DEPTH:
                        raise self.refusal(mark, f"nested deeper than {MAX_DEPTH} levels")
                    self.open.append(value)
                    self.keys.append(None)
        except yaml.MarkedYAMLError as error:
            raise self.refusal(*_explain(error, text)) from None
        except yaml.reader.ReaderError as error:
            before = text.encode()[: error.position].decode(errors="ignore")
            message = f"a control character (#x{error.character:04x}) that text cannot hold: take it out"
            raise FileFaults([_fault_after(before, self.name, message)]) from None
        except yaml.YAMLError as error:
            raise self.refusal(None, f"not valid YAML: {str(error).splitlines()[0]}") from None

    def repeat(self, key: Node, first: Node) -> None:
        assert isinstance(key.value, str)
        assert first.key
        if len(self.repeated) < MAX_FAULTS:
            message = (
                f'"{shorten(key.value, 40)}" stands twice in this mapping, first in line {first.key.line}: keep one'
            )
            self.repeated.append(Fault(self.name, key.line, key.column, message))


_BAD_KEY = "a key must be plain text, and merge keys (<<) are not used here"
_QUOTE = "write the text out, or quote it"
_TAB = "indent with spaces, not with a tab"
_INDENTED = "this does not go on from what stands above: look how far it is indented"
_AFTER_QUOTE = "text goes on after the closing quote: put all of it in quotes, and use the other kind within"
_CAUSES = {
    "mapping values are not allowed in this context": '": " does not fit here: quote the text, or look at its indent',
    "found unexpected end of stream": "a quotation mark is opened here and not closed",
    "did not find expected key": _INDENTED,
    "did not find expected '-' indicator": _INDENTED,
    "did not find expected ',' or ']'": 'a "]" or a comma is missing before this, for the "[" in line {line}',
    "did not find expected ',' or '}'": 'a "}" or a comma is missing before this, for the "{" in line {line}',
    "could not find expected ':'": 'a key needs ": " and a value after it',
    "did not find expected alphabetic or numeric character": 'text that begins with "{start}" needs quotes',
    "found character that cannot start any token": 'text that begins with "{start}" needs quotes',
    "found a tab character that violates indentation": _TAB,
    "found unknown escape character": 'a backslash within "…" needs another one before it, or single quotes around',
    "block sequence entries are not allowed in this context": 'text that begins with "- " needs quotes',
    "did not find expected node content": "text is missing here, or it begins with , ] or } and needs quotes",
}
"""What a person did, for what the parser found."""

_AT_START = ("found unexpected end of stream", "could not find expected ':'", "did not find expected alphabetic")
"""Told where they begin, not where the parser noticed."""


def _explain(error: yaml.MarkedYAMLError, text: str) -> tuple[Any, str]:
    """The mark and the words for what the parser could not read."""
    problem = error.problem or error.context or ""
    mark: Any = error.problem_mark
    if error.context_mark and problem.startswith(_AT_START):
        mark = error.context_mark
    here = lines(text)[mark.line :] if mark else []
    before, start = (here[0][: mark.column], here[0][mark.column : mark.column + 1]) if here else ("", "")
    cause = _TAB if start == "\t" else _CAUSES.get(problem, problem)
    if cause is _INDENTED and before.rstrip().endswith(("'", '"')):
        cause = _AFTER_QUOTE
    line = error.context_mark.line + 1 if error.context_mark else 0
    return mark, "not valid YAML: " + cause.replace("{start}", start).replace("{line}", str(line))


class Reading:
    """Takes values out of a tree by type and collects what is wrong instead of stopping at the first."""

    meant: Mapping[str, str] = {}
    """Keys that people try, to those that they mean."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._compared = 0

    def fault(self, node: Node, message: str) -> None:
        """Notes what is wrong at `node`.

        Raises:
            FileFaults: that is enough.
        """
        found = Fault(self.file, node.line, node.column, message)
        if len(self.faults) >= MAX_FAULTS:
            raise FileFaults([*self.in_order(), Fault(self.file, node.line, node.column, "and more: these first")])
        self.faults.append(found)

    def in_order(self) -> list[Fault]:
        """The faults as they stand in the file."""
        return sorted(self.faults, key=lambda fault: (fault.line, fault.column))

    def hint(self, word: str, known: Iterable[str]) -> str:
        """As `did_you_mean`, while there is time for it."""
        names = list(known)
        self._compared += len(names)
        return did_you_mean(word, names) if self._compared <= _MAX_COMPARED and len(word) <= 60 else ""

    def mapping(
        self, node: Node, where: str, known: tuple[str, ...], required: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        """The mapping at `node`, with unknown and missing keys told."""
        if not isinstance(node.value, dict):
            here = "empty" if node.is_null else node.kind
            self.fault(node, f"{where} should be a mapping (key: value), here it is {here}")
            return {}
        for key, value in node.value.items():
            if key not in known:
                hint = self.hint(self.meant.get(key.casefold(), key), known) or f": known here are {', '.join(known)}"
                self.fault(value.key or value, f'unknown key "{shorten(key, 40)}" in {where}{hint}')
        for key in required:
            if key not in node.value:
                self.fault(node, f'{where} has no "{key}"')
        return {key: value for key, value in node.value.items() if key in known}

    def items(self, node: Node | None, where: str, *, most: int = MAX_EVENTS) -> list[Node]:
        """The items of the list at `node`; none when there is no node."""
        if node is None:
            return []
        if node.is_null or node.value == []:
            self.fault(node, f"{where} is empty: put something in, or leave it out")
            return []
        if not isinstance(node.value, list):
            self.fault(node, f"{where} should be a list (lines that begin with -), here it is {node.kind}")
            return []
        if len(node.value) > most:
            self.fault(node.value[most], f"{where} are more than {most}")
        return node.value[:most]

    def text(self, node: Node | None, where: str, *, most: int = 1000) -> str:
        """Plain text on one line; empty when there is no node."""
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.fault(node, f"{where} should be text, here it is {node.kind}; quote it if it holds : or #")
            return ""
        value = " ".join(node.value.split())
        if not value or (value in _NULL and not node.quoted):
            self.fault(node, f"{where} is empty")
            return ""
        if not value.isprintable() and clean_line(value) != value:
            self.fault(node, f"{where} holds control or invisible characters")
        if len(value) > most:
            self.fault(node, f"{where} is longer than {most} characters")
        return value

    def texts(self, node: Node | None, where: str, *, most: int = 1000) -> tuple[str, ...]:
        return tuple(self.text(item, f"{where} {i}", most=most) for i, item in enumerate(self.items(node, where), 1))

    def number(self, node: Node | None, where: str, low: int, high: int) -> int | None:
        if node is None:
            return None
        value = node.value
        digits = isinstance(value, str) and not node.quoted and re.fullmatch(r"[0-9]{1,9}", value)
        if digits and low <= int(digits.group()) <= high:
            return int(digits.group())
        self.fault(node, f"{where} should be a whole number from {low} to {high}")
        return None

    def yes(self, node: Node | None, where: str) -> bool | None:
        if node is None:
            return None
        if isinstance(node.value, str) and node.value.lower() in ("true", "false") and not node.quoted:
            return node.value.lower() == "true"
        self.fault(node, f"{where} should be true or false")
        return None

    def one_of(self, node: Node | None, where: str, known: tuple[str, ...]) -> str:
        value = self.text(node, where)
        if node is not None and value and value not in known:
            hint = self.hint(value, known)
            self.fault(node, f'{where} cannot be "{shorten(value, 40)}"{hint}: choose from {", ".join(known)}')
            return ""
        return value
