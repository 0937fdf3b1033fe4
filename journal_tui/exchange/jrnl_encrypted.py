"""jrnl's encrypted file, versions 2 and 3, opened with its password. Nothing is written in the clear.

Both hold jrnl's text as one Fernet token (https://github.com/fernet/spec), whose key is PBKDF2-HMAC-SHA256 of the
password with 100,000 rounds. Version 2 is the token alone, with a salt that is public in jrnl's source
(``Jrnlv2Encryption.py``). Before the token of version 3 stand ``JRNLv3``, two bytes with the length of what follows,
and base64 of ``{"salt": base64url}``, or at first that JSON itself (``Jrnlv3Encryption.py``).
"""

from __future__ import annotations

import json
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator

from journal_tui.exchange import jrnl_text
from journal_tui.exchange.record import Piece
from journal_tui.exchange.source import Leaf, UnreadableError

_VERSION_3 = b"JRNLv3"
_TOKEN = b"gAAAAA"
"""How the base64 of each token of this century begins: its version, and the first bytes of its time."""
_SALT_OF_2 = bytes.fromhex("f2d5710ec18d2ededc8e36748904cef8")
_ROUNDS = 100_000
_LARGEST = 64_000_000
"""Bytes of a file, which is opened as a whole."""


def recognises(leaf: Leaf) -> bool:
    """Whether it begins as either version does."""
    return leaf.head.startswith((_VERSION_3, _TOKEN))


def read(leaf: Leaf) -> Iterator[Piece]:
    """Every entry, as in the file in the clear.

    Raises:
        UsageError: nobody can be asked for the password.
        UnreadableError: the password does not open it, or it is damaged.
    """
    # Every import looks whether this format fits, and few need what opens it.
    from cryptography.fernet import Fernet, InvalidToken
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    salt, token = _parts(leaf)
    for left in reversed(range(leaf.watch.tries)):
        password = leaf.watch.password(leaf.name)
        key = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=_ROUNDS).derive(
            password.encode(errors="surrogateescape")
        )
        try:
            words = Fernet(urlsafe_b64encode(key)).decrypt(token)
        except InvalidToken as error:
            if not left:
                tries = "" if leaf.watch.tries == 1 else f" after {leaf.watch.tries} tries"
                why = f"does not open with this password{tries}, or is damaged: try again"
                raise UnreadableError(leaf.name, why) from error
        else:
            yield from jrnl_text.read(leaf.within(words))
            return


def _parts(leaf: Leaf) -> tuple[bytes, bytes]:
    """The salt and the token."""
    if leaf.size > _LARGEST:
        size = f"{_LARGEST // 1_000_000} MB"
        raise UnreadableError(leaf.name, f"is larger than {size}: make it smaller files with jrnl --export json --from")
    content = leaf.content()
    if not content.startswith(_VERSION_3):
        return _SALT_OF_2, content.strip()
    start = len(_VERSION_3) + 2
    end = start + int.from_bytes(content[start - 2 : start], "big")
    header = content[start:end]
    try:
        data = json.loads(header if header.startswith(b"{") else b64decode(header))
        return urlsafe_b64decode(data["salt"]), content[end:].strip()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError(leaf.name, "has a damaged beginning: take it from a backup") from error
