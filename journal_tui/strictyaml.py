"""YAML from people, read strictly: every value with its line and column, hostile input refused before it is built.

Only mappings, sequences and plain scalars: no anchors, aliases, tags or merge keys. The tree is built from
parse events without recursion, so nesting cannot exhaust the stack and aliases cannot grow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from journal_tui.files import read_plain
from journal_tui.model import did_you_mean
from journal_tui.text import clean_line

MAX_BYTES = 512 * 1024
MAX_DEPTH = 20
EMPTY = "the file is empty"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def load(path: Path) -> Node:
    """The tree of a YAML file.

    Raises:
        FileFaults: too large, not UTF-8, not YAML, or using what is not allowed here.
        OSError: it cannot be read.
    """
    name = str(path)
    raw = read_plain(path, MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise FileFaults([Fault(name, 1, 1, f"larger than {MAX_BYTES // 1024} KB: split it into several files")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileFaults([Fault(name, line, 1, "not UTF-8 text: save the file as UTF-8")]) from None
    return parse(text, name)


def parse(text: str, name: str) -> Node:
    """The tree of YAML `text`; `name` stands in the faults.

    Raises:
        FileFaults: not YAML, or using what is not allowed here.
    """

    def refuse(mark: Any, message: str) -> FileFaults:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return FileFaults([Fault(name, line, column, message)])

    root: Node | None = None
    open_nodes: list[Node] = []
    keys: list[Node | None] = []
    try:
        for event in yaml.parse(text, Loader=_Loader):
            mark: Any = event.start_mark
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise refuse(mark, "anchors and aliases (& and *) are not used here: write the text out, or quote it")
            if isinstance(event, yaml.CollectionEndEvent):
                open_nodes.pop()
                keys.pop()
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            if getattr(event, "tag", None):
                raise refuse(mark, "tags (!) are not used here: write plain text, or quote it")
            node = Node("", mark.line + 1, mark.column + 1)
            if isinstance(event, yaml.ScalarEvent):
                node.value, node.quoted = event.value, bool(event.style)
            else:
                node.value = {} if isinstance(event, yaml.MappingStartEvent) else []
            if root is None:
                root = node
            elif open_nodes:
                if problem := _attach(open_nodes[-1], keys, node):
                    raise refuse(mark, problem)
            else:
                raise refuse(mark, "a second document: keep one document in a file")
            if not isinstance(event, yaml.ScalarEvent):
                if len(open_nodes) >= MAX_DEPTH:
                    raise refuse(mark, f"nested deeper than {MAX_DEPTH} levels")
                open_nodes.append(node)
                keys.append(None)
    except yaml.MarkedYAMLError as error:
        raise refuse(error.problem_mark, f"not valid YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise FileFaults([Fault(name, line, 1, f"not valid YAML: {str(error).splitlines()[0]}")]) from None
    except yaml.YAMLError as error:
        raise refuse(None, f"not valid YAML: {str(error).splitlines()[0]}") from None
    if root is None:
        raise refuse(None, EMPTY)
    return root


def _attach(parent: Node, keys: list[Node | None], node: Node) -> str:
    """Puts `node` into the innermost open collection; returns what is wrong with it, if anything."""
    if isinstance(parent.value, list):
        parent.value.append(node)
        return ""
    assert isinstance(parent.value, dict)
    key = keys[-1]
    if key is not None:
        assert isinstance(key.value, str)
        node.key = key
        parent.value[key.value] = node
        keys[-1] = None
        return ""
    if not isinstance(node.value, str):
        return "a key must be plain text"
    if node.value == "<<":
        return "merge keys (<<) are not used here: write the text out"
    if node.value in parent.value:
        return f'"{node.value}" stands twice in one mapping: keep one'
    keys[-1] = node
    return ""


class Reading:
    """Takes values out of a tree by type and collects what is wrong instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, node: Node, message: str) -> None:
        self.faults.append(Fault(self.file, node.line, node.column, message))

    def mapping(
        self, node: Node, where: str, known: tuple[str, ...], required: tuple[str, ...] = ()
    ) -> dict[str, Node]:
        """The mapping at `node`, with unknown and missing keys told."""
        if not isinstance(node.value, dict):
            self.fault(node, f"{where} should be a mapping (key: value), here it is {node.kind}")
            return {}
        for key, value in node.value.items():
            if key not in known:
                hint = did_you_mean(key, known) or f": known here are {', '.join(known)}"
                self.fault(value.key or value, f'unknown key "{key}" in {where}{hint}')
        for key in required:
            if key not in node.value:
                self.fault(node, f'{where} has no "{key}"')
        return {key: value for key, value in node.value.items() if key in known}

    def items(self, node: Node | None, where: str) -> list[Node]:
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self.fault(node, f"{where} should be a list (lines that begin with -), here it is {node.kind}")
        return []

    def text(self, node: Node | None, where: str, *, most: int = 1000) -> str:
        """Plain text on one line; empty when there is no node."""
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.fault(node, f"{where} should be text, here it is {node.kind}; quote it if it holds : or #")
            return ""
        value = " ".join(node.value.split())
        if not value or (value in ("~", "null") and not node.quoted):
            self.fault(node, f"{where} is empty")
            return ""
        if clean_line(value) != value:
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
            self.fault(node, f'{where} cannot be "{value}"{did_you_mean(value, known)}: choose from {", ".join(known)}')
            return ""
        return value
