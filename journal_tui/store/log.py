"""The lines of a log: one line is one commit, chained to the line before. Pure; docs/format.md describes it.

    {"prev":"…","sum":"…","seq":12,"at":"…","note":{…},"ops":[["entries","<record>",3,⇥{…}⇥],…]}
    {"prev":"…","sum":"…","seq":12,"box":"…"}

``sum`` is the first half of the SHA-256 (FIPS 180-4), in hexadecimal, of ``prev`` and of everything after the comma
behind ``sum``; ``prev`` is the sum of the line before. A tab stands before and after each document and nowhere else:
JSON writes tabs in strings as ``\\t``, so that a line is taken apart without reading its documents. An encrypted
line holds the same from ``at`` on, as JSON, in its box.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from journal_tui.sealed import Cipher, SealError

FORMAT = 2

Stamp = tuple[int, str]
"""A commit's place in the order of all: its number, then its device where two devices wrote at the same time."""

START = b'{"prev":"'
FIRST = b"0" * 32
"""What the first line of a log has before it."""
HIGHEST = 2**53 - 1
"""The highest number of a commit: other languages read no higher one exactly."""
GONE = b"null"
"""In place of a document: it was removed."""
ERASED = b'"erased"'
"""In place of a document: it was removed for good, and every earlier version has to go."""

_MIDDLE = b'","sum":"'
_END = b'",'
_SUM, _REST = slice(50, 82), 84
_START = re.compile(START + b"([0-9a-f]{32})" + _MIDDLE + b"([0-9a-f]{32})" + _END)
_KIND = "journal-tui log"
_SEQ = re.compile(rb'"seq":([1-9][0-9]{0,15}),')
_OPS = b'"ops":['


class LineError(ValueError):
    """The line is not as it was written."""


class Op(NamedTuple):
    """What a commit does to one record of a table."""

    table: str
    record: str | None
    """Unique over all devices; None: the op is about the table itself."""
    doc_id: int | None
    """TinyDB's number for it on the device that wrote it."""
    raw: bytes
    """The document as JSON, or `GONE`, or `ERASED`."""


class Header(NamedTuple):
    """The first line of a log."""

    format: int
    device: str
    vault: str
    """Id of the vault whose key opens the boxes; empty: a plain log."""
    begun: str
    """The day it was begun, ISO 8601."""


class Line(NamedTuple):
    """One commit as read."""

    seq: int
    prev: bytes
    sum: bytes
    payload: bytes
    """JSON from ``at`` on, with or without its first brace."""


def encode_json(value: Any) -> bytes:
    """Compact JSON in UTF-8; unpaired surrogates are escaped."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def encode_header(device: str, vault: str, begun: date | str) -> bytes:
    """The first line of a new log, without its line feed."""
    said = {"seq": 0, _KIND: FORMAT, "device": device, "vault": vault, "begun": str(begun)}
    return _chain(FIRST, encode_json(said)[1:])


def encode_payload(at: str, note: Mapping[str, Any], ops: Iterable[Op]) -> bytes:
    """What a commit says, as JSON."""
    written = b",".join(b"%s,\t%s\t]" % (encode_json([op.table, op.record, op.doc_id])[:-1], op.raw) for op in ops)
    return b"%s,%s%s]}" % (encode_json({"at": at, "note": note})[:-1], _OPS, written)


def encode_line(prev: bytes, seq: int, payload: bytes, device: str, key: Cipher | None) -> bytes:
    """The line of a commit, without its line feed."""
    if key is None:
        return _chain(prev, b'"seq":%d,%s' % (seq, payload.removeprefix(b"{")))
    box = key.seal(b"{" + payload.removeprefix(b"{"), _context(device, seq, prev))
    return _chain(prev, b'"seq":%d,"box":"%s"}' % (seq, base64.b64encode(box)))


def encode_log(
    device: str, vault: str, begun: date | str, commits: Iterable[tuple[int, bytes]], key: Cipher | None
) -> bytes:
    """A whole log: its first line, and a line for each commit, given by its number and payload."""
    lines = [encode_header(device, vault, begun)]
    for seq, payload in commits:
        lines.append(encode_line(sum_of(lines[-1]), seq, payload, device, key))
    return b"".join(line + b"\n" for line in lines)


def _chain(prev: bytes, rest: bytes) -> bytes:
    return b"".join((START, prev, _MIDDLE, _digest(prev, rest), _END, rest))


def _digest(prev: bytes, rest: bytes) -> bytes:
    return sha256(prev + rest).hexdigest()[:32].encode()


def _context(device: str, seq: int, prev: bytes) -> str:
    """Binds a box to its device, its place in the order and the line before."""
    return f"log/{device}/{seq}/{prev.decode()}"


def sum_of(line: bytes) -> bytes:
    """The checksum a line carries."""
    return line[_SUM]


def seq_of(line: bytes) -> int:
    """The number of a commit whose line was verified before; 0: it is none."""
    found = _SEQ.match(line, _REST)
    return int(found[1]) if found else 0


def _verified(line: bytes) -> bytes:
    """What comes before the line; its own words begin at `_REST`."""
    found = _START.match(line)
    if found is None:
        raise LineError("it does not begin as a line of a log does")
    digest = sha256(found[1])
    digest.update(memoryview(line)[_REST:])
    if digest.hexdigest()[:32].encode() != found[2]:
        raise LineError("its checksum does not fit")
    return found[1]


def decode_header(line: bytes) -> Header:
    """The first line of a log.

    Raises:
        LineError: it is none.
    """
    _verified(line)
    try:
        said = json.loads(b"{" + line[_REST:])
        header = Header(said[_KIND], said["device"], said["vault"], said["begun"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise LineError("it is not the first line of a log") from None
    if [type(field) for field in header] != [int, str, str, str]:
        raise LineError("it is not the first line of a log")
    return header


def decode_line(line: bytes, device: str, key: Cipher | None) -> Line:
    """A commit, opened where it is sealed; its ops are not read yet.

    Raises:
        LineError: it is damaged, or not sealed by the key of this log.
    """
    prev = _verified(line)
    number = _SEQ.match(line, _REST)
    if number is None or (seq := int(number[1])) > HIGHEST:
        raise LineError(f"it has no number from 1 to {HIGHEST}")
    payload = line[number.end() :]
    if key is None:
        if not payload.startswith(b'"at":'):
            raise LineError("it is sealed")
    else:
        if not (payload.startswith(b'"box":"') and payload.endswith(b'"}')):
            raise LineError("it is not sealed")
        try:
            payload = key.open(binascii.a2b_base64(payload[7:-2], strict_mode=True), _context(device, seq, prev))
        except (SealError, binascii.Error):
            raise LineError("it was not sealed with the key of this journal") from None
    return Line(seq, prev, line[_SUM], payload)


def ops_of(payload: bytes) -> list[Op]:
    """What a commit does, in its order.

    Raises:
        LineError: it cannot be taken apart.
    """
    parts = payload.split(b"\t")
    parts[0] = parts[0].partition(_OPS)[2]
    try:
        return [_op(parts[at], parts[at + 1]) for at in range(0, len(parts) - 1, 2)]
    except (ValueError, IndexError, TypeError, RecursionError):
        raise LineError("it cannot be taken apart") from None


def _op(head: bytes, raw: bytes) -> Op:
    fields = head.split(b'"')
    if len(fields) == 5 and b"\\" not in head:
        number = fields[4][1:-1]
        return Op(_name(fields[1]), fields[3].decode(), None if number == b"null" else _doc_id(int(number)), raw)
    table, record, doc_id = json.loads(head[head.index(b"[") :] + b"0]")[:3]
    if not (isinstance(table, str) and isinstance(record, str | None)):
        raise TypeError
    return Op(table, record, _doc_id(doc_id), raw)


def _doc_id(number: object) -> int | None:
    """A number that cannot be one of TinyDB's is none: it only tells which one to take, if it is free."""
    return number if type(number) is int and 0 < number <= HIGHEST else None


_names: dict[bytes, str] = {}


def _name(raw: bytes) -> str:
    """Table names come again with every op: one string for each."""
    name = _names.get(raw)
    if name is None:
        name = _names.setdefault(raw, raw.decode())
    return name


def about(payload: bytes) -> tuple[str, dict[str, Any]]:
    """When a commit was made (ISO 8601, with zone), and its note.

    Raises:
        LineError: it does not say.
    """
    head = payload.partition(_OPS)[0].rstrip(b",")
    try:
        said = json.loads(b"{" + head.removeprefix(b"{") + b"}")
        return str(said["at"]), dict(said["note"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise LineError("it does not say when it was written") from None


def is_whole(payload: bytes) -> bool:
    """Whether a commit can be taken apart."""
    try:
        about(payload)
        ops_of(payload)
    except LineError:
        return False
    return True


_BOX = rb'"prev":"([0-9a-f]{32})".*"seq":([1-9][0-9]{0,15}),"box":"([0-9A-Za-z+/=]+)"'


def words_in(damaged: bytes, device: str, key: Cipher | None) -> bytes:
    """What can be read of a damaged line: its box may be whole."""
    found = re.search(_BOX, damaged)
    if key is None or found is None:
        return damaged
    try:
        return key.open(binascii.a2b_base64(found[3]), _context(device, int(found[2]), found[1]))
    except (SealError, binascii.Error):
        return damaged


def pieces(damaged: bytes) -> list[bytes]:
    """A damaged stretch, cut where further lines seem to begin: a lost line feed must not take two lines along."""
    starts = [found.start() for found in re.finditer(re.escape(START), damaged)]
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
    return [damaged[start:end] for start, end in zip(starts, [*starts[1:], len(damaged)], strict=True)]
