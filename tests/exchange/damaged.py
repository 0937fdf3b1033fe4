"""Two hundred damaged journals, made of the samples: each a name and a way to write it into a folder."""

from __future__ import annotations

import io
import json
import re
import shutil
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).parents[1] / "samples" / "import"

Write = Callable[[Path], Path]
"""Writes a damaged journal into a folder; the path to import."""


class Damaged(NamedTuple):
    name: str
    write: Write


def variants() -> list[Damaged]:
    """All of them, each with a name of its own."""
    return [*_of_files(), *_of_json(), *_of_folders(), *_archives(), *_alone()]


# -- any file --------------------------------------------------------------------------------------

_YEAR = re.compile(rb"\b(?:19|20)\d\d(?=[-./])")
_NUMBER = re.compile(rb"(?<=: )\d+|(?<=:)\d+(?=[,}])")

_BYTES: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda c: c[: len(c) // 2],
    "cut at the last byte": lambda c: c.rstrip()[:-1],
    "the first bytes lost": lambda c: c[7:],
    "the end comes first": lambda c: c[len(c) // 2 :] + c[: len(c) // 2],
    "a latin letter": lambda c: c[: len(c) // 2] + "é".encode("latin-1") + c[len(c) // 2 :],
    "utf-16": lambda c: c.decode("latin-1").encode("utf-16"),
    "zeros within": lambda c: c[: len(c) // 3] + b"\0" * 64 + c[len(c) // 3 :],
    "all zeros": lambda c: b"\0" * len(c),
    "year 0": lambda c: _YEAR.sub(b"0000", c),
    "year 9999": lambda c: _YEAR.sub(b"9999", c),
    "brackets without end": lambda c: c[: len(c) // 2] + b"[{" * 200_000,
    "a number without end": lambda c: c[: len(c) // 2] + b"9" * 100_000 + c[len(c) // 2 :],
}


def _files() -> Iterator[Path]:
    return (path for path in sorted(SAMPLES.iterdir()) if path.is_file())


def _of_files() -> Iterator[Damaged]:
    for path in _files():
        for what, damage in _BYTES.items():
            yield Damaged(f"{path.name}, {what}", _changed(path, damage))


def _changed(path: Path, damage: Callable[[bytes], bytes]) -> Write:
    def write(folder: Path) -> Path:
        made = folder / path.name
        made.write_bytes(damage(path.read_bytes()))
        return made

    return write


# -- JSON ------------------------------------------------------------------------------------------

_VALUES = {
    "texts for all": "a text",
    "numbers for all": 17,
    "huge numbers for all": 10**300,
    "nothing for all": None,
    "lists for all": [["nested"]],
    "objects for all": {"nested": {"nested": 1}},
    "no words at all": " \n",
}


def _of_json() -> Iterator[Damaged]:
    for path in _files():
        if path.suffix == ".json":
            for what, value in _VALUES.items():
                yield Damaged(f"{path.name}, {what}", _changed(path, partial(_revalued, value=value)))
            yield Damaged(f"{path.name}, the same twice", _changed(path, _doubled))


def _revalued(content: bytes, value: object) -> bytes:
    def change(data: object) -> object:
        if isinstance(data, dict):
            return {key: change(item) for key, item in data.items()}
        return [change(item) for item in data] if isinstance(data, list) else value

    return json.dumps(change(json.loads(content))).encode()


def _doubled(content: bytes) -> bytes:
    data = json.loads(content)
    if isinstance(data, list):
        data += data
    else:
        for item in data.values():
            if isinstance(item, list):
                item += item
    return json.dumps(data).encode()


# -- folders ---------------------------------------------------------------------------------------


def _of_folders() -> Iterator[Damaged]:
    for path in sorted(SAMPLES.iterdir()):
        if path.is_dir():
            for what in ("cut in the middle", "a latin letter", "zeros within", "year 0", "brackets without end"):
                yield Damaged(f"{path.name}/, {what}", _all_changed(path, _BYTES[what]))
            yield Damaged(f"{path.name}/, each file a link", _linked(path))
            yield Damaged(f"{path.name}/, each file a folder", _foldered(path))
            yield Damaged(f"{path.name}/, in an archive cut short", _zipped(path, cut=0.6))
            yield Damaged(f"{path.name}/, in an archive with a changed byte", _zipped(path, flip=True))


def _leaves(path: Path) -> list[Path]:
    return sorted(leaf for leaf in path.rglob("*") if leaf.is_file())


def _all_changed(path: Path, damage: Callable[[bytes], bytes]) -> Write:
    def write(folder: Path) -> Path:
        made = folder / path.name
        shutil.copytree(path, made)
        for leaf in _leaves(made):
            leaf.write_bytes(damage(leaf.read_bytes()))
        return made

    return write


def _linked(path: Path) -> Write:
    def write(folder: Path) -> Path:
        made = folder / path.name
        for leaf in _leaves(path):
            link = made / leaf.relative_to(path)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(leaf)
        return made

    return write


def _foldered(path: Path) -> Write:
    def write(folder: Path) -> Path:
        for leaf in _leaves(path):
            (folder / path.name / leaf.relative_to(path)).mkdir(parents=True)
        return folder / path.name

    return write


def _zipped(path: Path, *, cut: float = 1.0, flip: bool = False) -> Write:
    def write(folder: Path) -> Path:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for leaf in _leaves(path):
                archive.write(leaf, leaf.relative_to(path).as_posix())
        content = bytearray(packed.getvalue())
        if flip:
            content[60] ^= 0xFF
        made = folder / f"{path.name}.zip"
        made.write_bytes(content[: int(len(content) * cut)])
        return made

    return write


# -- archives --------------------------------------------------------------------------------------

_WORDS = '{"date": "2024-05-01", "text": "Words."}\n'


def _archives() -> Iterator[Damaged]:
    for what, inside in {
        "a way up": "../words.jsonl",
        "a way up within": "a/../../words.jsonl",
        "a path from the root": "/words.jsonl",
        "a way up of Windows": "..\\words.jsonl",
        "a drive": "C:/words.jsonl",
        "a path without end": "a/" * 32_000 + "words.jsonl",
    }.items():
        yield Damaged(f"an archive, {what}", _archive([(inside, _WORDS)]))
    yield Damaged("an archive, the same name twice", _archive([("words.jsonl", _WORDS)] * 2))
    yield Damaged("an archive, empty", _archive([]))
    yield Damaged("an archive, a link", _archive([("words.jsonl", "/etc/passwd")], mode=stat.S_IFLNK | 0o777))
    yield Damaged("an archive, packed otherwise", _archive([("words.jsonl", _WORDS)], packing=zipfile.ZIP_BZIP2))
    yield Damaged("an archive, growing", _archive([("words.jsonl", '{"text": "')], 100_000_000))
    yield Damaged("an archive, growing a little", _archive([("words.json", '{"entries": [')], 5_000_000))
    yield Damaged("an archive, growing within", _archive([("inner.zip", "\0")], 90_000_000))
    yield Damaged("an archive, locked", _locked)
    yield Damaged("an archive, a million tiny files", _a_million)
    yield Damaged("an archive, a wrong length", _wrong_length)


def _archive(
    members: list[tuple[str, str]],
    blanks: int = 0,
    *,
    mode: int = stat.S_IFREG | 0o600,
    packing: int = zipfile.ZIP_DEFLATED,
) -> Write:
    def write(folder: Path) -> Path:
        path = folder / "journal.zip"
        with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(path, "w", packing) as archive:
            for name, content in members:
                member = zipfile.ZipInfo("x")
                member.filename = name
                member.external_attr = mode << 16
                member.compress_type = packing
                archive.writestr(member, content + " " * blanks)
        return path

    return write


def _locked(folder: Path) -> Path:
    path = _archive([("words.jsonl", _WORDS)])(folder)
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + at] |= 1
    path.write_bytes(content)
    return path


def _wrong_length(folder: Path) -> Path:
    path = _archive([("words.jsonl", _WORDS * 50)])(folder)
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.index(b"PK\1\2") + 24, 40_000_000)
    path.write_bytes(content)
    return path


def _a_million(folder: Path) -> Path:
    """Each an empty stored file that shares one beginning: what counts is the list."""
    path = folder / "journal.zip"
    many = 1_000_000
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"x"
    head = struct.pack("<4s6H3L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0)
    tail = struct.pack("<5H2L", 7, 0, 0, 0, 0, 0, 0)
    with path.open("wb") as file:
        file.write(local)
        for start in range(0, many, 10_000):
            file.write(b"".join(b"%b%b%07d" % (head, tail, n) for n in range(start, start + 10_000)))
        size = file.tell() - len(local)
        end = file.tell()
        file.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, many, many, size, len(local)))
        file.write(struct.pack("<4sLQL", b"PK\6\7", 0, end, 1))
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    return path


# -- of its own kind -------------------------------------------------------------------------------


def _alone() -> Iterator[Damaged]:
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for what, name, content in (
        ("aliases that multiply", "2024-05.txt", f"{laughs}1:\n  text: Words.\n"),
        (
            "days that are none",
            "2024-02.txt",
            "30: {text: Words.}\n99999999999999999999: {text: More.}\n-1: {text: x}\n",
        ),
        ("entities that multiply", "entries/A.doentry", _XML_BOMB),
        ("front matter without end", "2024-05-01.md", "---\ntags: [a\n" + "- x\n" * 100_000),
        ("front matter nested", "2024-05-01.md", f"---\ntags: {'[' * 50_000}\n---\nWords.\n"),
        ("fields without end", "rows.csv", 'date,text\n2024-05-01,"' + "words " * 200_000),
        ("columns without end", "rows.csv", f"date,text{',a' * 20_000}\n" + "2024-05-01,a\n" * 20_000),
        ("values without end", "entries.json", '{"tags": {}, "entries": [' + "[]," * 3_000_000 + "[]]}"),
        ("blanks without end", "2024-05-01.md", f"---\npeople: {' ' * 200_000}a\n---\nWords."),
        ("blanks without end in a month", "2024-05.txt", f"{' ' * 200_000}x"),
        ("rows of many lengths", "rows.csv", "date,text\n2024-05-01\n,,,,\n2024-05-02,a,b,c\n" * 50),
        ("one line without end", "words.jsonl", '{"text": "'),
        ("lines that are none without end", "lines.jsonl", _WORDS + "none\n" * 400_000),
        ("a note on daily notes that is none", ".obsidian/daily-notes.json", "[" * 100_000),
    ):
        yield Damaged(what, _alone_in(name, content, 10_000_000 if name == "words.jsonl" else 0))


def _alone_in(name: str, content: str, blanks: int) -> Write:
    def write(folder: Path) -> Path:
        journal = folder / "journal"
        path = journal / name
        path.parent.mkdir(parents=True)
        path.write_text(content + " " * blanks, encoding="utf-8")
        return path if path.parent == journal and path.suffix in (".csv", ".json", ".jsonl") else journal

    return write


_XML_BOMB = """<?xml version="1.0"?>
<!DOCTYPE plist [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<plist version="1.0"><dict><key>Entry Text</key><string>&d;&d;&d;</string></dict></plist>
"""
