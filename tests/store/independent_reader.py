"""Another reader of journals, written from docs/format.md alone; nothing of the program is in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

Found = dict[str, Any]


def read(folder: Path, passphrase: str = "", wanted: str = "entries") -> tuple[Found, dict[str, list[Found]]]:
    """The documents of a table by record (of entries those in the trash too), and every version of each: seq, device,
    at, note, document."""
    vault: Found = {"id": "", "turning": ""}
    key = b""
    if (folder / "vault.json").exists():
        vault = json.loads((folder / "vault.json").read_bytes())
        kdf, words = vault["kdf"], unicodedata.normalize("NFC", passphrase).encode()
        salt, passes, lanes, memory = base64.b64decode(kdf["salt"]), kdf["passes"], kdf["lanes"], kdf["memory_kib"]
        key = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(words)
        key = _open(key, vault["wrapped"], f"vault/1/{vault['id']}/argon2id/{memory}/{passes}/{lanes}/{kdf['salt']}")
        _open(key, vault["proof"], f"vault/1/{vault['id']}/turning/{vault['turning']}")
    commits = [commit for log in folder.glob("[!.]*.log") for commit in _commits(log, vault, key)]
    history: dict[str, list[Found]] = {}
    for commit in sorted(commits, key=lambda commit: (commit["seq"], commit["device"].encode())):
        for table, record, _, document in commit["ops"]:
            if table == wanted and record:
                history.setdefault(record, []).append({**commit, "document": document})
    kept = {r: versions for r, versions in history.items() if all(v["document"] != "erased" for v in versions)}
    return {r: versions[-1]["document"] for r, versions in kept.items() if versions[-1]["document"]}, kept


def _open(key: bytes, box: str, context: str) -> bytes:
    content = base64.b64decode(box)
    return AESGCM(key).decrypt(content[:12], content[12:], f"journal-tui/{context}".encode())


def _commits(log: Path, vault: Found, key: bytes) -> Iterator[Found]:
    for piece in re.split(rb'\n|(?=\{"prev":")', log.read_bytes()):
        for line in (piece, piece[:-1]):
            prev, rest = line[9:41], line[84:]
            digits = hashlib.sha256(prev + rest).hexdigest()[:32].encode()
            said = json.loads(line) if line == b'{"prev":"%s","sum":"%s",%s' % (prev, digits, rest) else {}
            if said.get("journal-tui log", 2) != 2 or said.get("device", log.stem) != log.stem:
                raise ValueError(f"{log} is not of format 2, or not the log of {log.stem}")
            if "vault" in said and said["vault"] != vault["id"] and not (vault["turning"] and said["vault"] == ""):
                return
            if "box" in said and key:
                try:
                    opened = _open(key, said["box"], f"log/{log.stem}/{said['seq']}/{said['prev']}")
                    yield {**json.loads(opened), "seq": said["seq"], "device": log.stem}
                except InvalidTag:
                    continue
            elif "ops" in said and (not key or vault["turning"]):
                yield {**said, "device": log.stem}
