"""The key of an encrypted journal and `vault.json`, the small file that a passphrase opens it from.

All words are sealed with one random data key of 256 bits: AES in Galois/Counter Mode, NIST SP 800-38D. The vault holds
that key wrapped, that is sealed in the same way, by a key that Argon2id (RFC 9106) derives from the passphrase.
Another passphrase wraps the same data key anew. The file is JSON::

    {"journal-tui vault": 1, "id": 32 hexadecimal digits,
     "kdf": {"name": "argon2id", "memory_kib", "passes", "lanes", "salt": base64},
     "wrapped": base64, "turning": "" | "in" | "out", "proof": base64}

Every box is a nonce of 12 bytes, the ciphertext, and a tag of 16 bytes. Its associated data is the UTF-8 text
``journal-tui/`` and a context. For ``wrapped`` the context is
``vault/1/<id>/argon2id/<memory_kib>/<passes>/<lanes>/<salt>``, each as in the file, so that nobody can weaken the
derivation. ``turning`` tells of a conversion that is not finished; ``proof`` is a box, sealed with the data key in the
context ``vault/1/<id>/turning/<turning>``, of nothing, or while turning of the logs to turn, as JSON
``{name: SHA-256}``, so that nobody without the key can have a journal decrypted, or a log of their own taken in.
"""

from __future__ import annotations

import base64
import json
import os
import re
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from journal_tui.files import read_plain, write_private
from journal_tui.model import JournalError, UsageError
from journal_tui.sealed import SealError

# Plain journals never wait for it: some tens of milliseconds.
if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1

# RFC 9106, section 4: the second recommended option, for where memory is short. About 130 ms on two cores.
MEMORY_KIB, PASSES, LANES = 65536, 3, 4
SALT_BYTES = 16

MOST_MEMORY_KIB, MOST_WORK_KIB, MOST_LANES = 1024 * 1024, 4 * 1024 * 1024, 64
"""What a vault may ask for at most, the work being memory times passes: one that was tampered with is not to use up
the machine."""

_MOST_BYTES = 64 * 1024
_KEY_BYTES, _NONCE_BYTES, _TAG_BYTES = 32, 12, 16

Turning = Literal["", "in", "out"]

_HELP = "the newest whole backup in backups/ holds a copy, `journal-tui restore FILE` brings it back"


class LockedError(JournalError):
    """A passphrase is needed first."""

    def __init__(self) -> None:
        super().__init__("the journal is locked: its passphrase opens it (in scripts: --passphrase-file FILE)")


class WrongPassphraseError(JournalError):
    """The passphrase does not open the vault."""

    def __init__(self) -> None:
        super().__init__("this passphrase does not open the journal: try again; nothing was changed")


class Key:
    """AES-256-GCM with one key; a `journal_tui.sealed.Cipher`.

    Nonces are random, which SP 800-38D (8.3) allows for 2**32 boxes a key.
    """

    def __init__(self, secret: bytes, vault: str = "") -> None:
        """With a `secret` of 32 bytes, from the vault with the id `vault`."""
        self._secret = secret
        self.vault = vault

    @cached_property
    def _aead(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._secret)

    def seal(self, content: bytes, context: str) -> bytes:
        """A box that only this key opens, and only for this context; 28 bytes longer than the content."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, content, _associated(context))

    def open(self, box: bytes, context: str) -> bytes:
        """What was sealed.

        Raises:
            SealError: another key, another context, or a damaged box.
        """
        from cryptography.exceptions import InvalidTag

        try:
            if len(box) < _NONCE_BYTES + _TAG_BYTES:
                raise InvalidTag
            return self._aead.decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], _associated(context))
        except InvalidTag:
            raise SealError("it was sealed with another key or for another place, or is damaged") from None

    def wrapped_by(self, other: Key, context: str) -> bytes:
        """This key in a box that `other` opens."""
        return other.seal(self._secret, context)


def _associated(context: str) -> bytes:
    return f"journal-tui/{context}".encode("utf-8", "surrogatepass")  # a file may have any bytes as its name


@dataclass(frozen=True, slots=True)
class Derivation:
    """How Argon2id makes a key of a passphrase: memory in KiB, passes over it, lanes (threads), and the salt."""

    memory_kib: int
    passes: int
    lanes: int
    salt: bytes

    @classmethod
    def fresh(cls) -> Derivation:
        """Our parameters, with a new salt."""
        return cls(MEMORY_KIB, PASSES, LANES, os.urandom(SALT_BYTES))

    def key(self, passphrase: str) -> Key:
        """The key that `passphrase` gives: its UTF-8 bytes in Unicode's normal form C, through Argon2id.

        Raises:
            UsageError: the passphrase is empty.
            JournalError: this machine has not got the memory for it, or no Argon2.
        """
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        content = _passphrase_bytes(passphrase)
        try:
            argon2 = Argon2id(
                salt=self.salt, length=_KEY_BYTES, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory_kib
            )
            return Key(argon2.derive(content))
        except MemoryError:
            need = f"{self.memory_kib // 1024} MiB of memory"
            raise JournalError(
                f"the passphrase needs {need} to be checked: close other programs, then try again"
            ) from None
        except UnsupportedAlgorithm:
            raise JournalError(
                "the package cryptography was built here without Argon2: install it anew, with OpenSSL 3.2 or later"
            ) from None


def _passphrase_bytes(passphrase: str) -> bytes:
    if not passphrase.strip():
        raise UsageError("the passphrase is empty: give one that has at least one character")
    try:
        return unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        raise UsageError("the passphrase is not UTF-8 text: type it anew, or save its file as UTF-8") from None


@dataclass(frozen=True, slots=True)
class Vault:
    """What `vault.json` holds; nothing in it is secret."""

    id: str
    derivation: Derivation
    wrapped: bytes
    turning: Turning
    """The folder is on its way into encryption or out of it."""
    proof: bytes

    @classmethod
    def create(cls, passphrase: str) -> tuple[Vault, Key]:
        """A new vault that `passphrase` opens, and its new key. Nothing is written.

        Raises:
            UsageError: the passphrase is empty.
        """
        id = os.urandom(16).hex()
        key = Key(os.urandom(_KEY_BYTES), id)
        return _closed(id, key, passphrase, ""), key

    def unlock(self, passphrase: str) -> Key:
        """The data key. One derivation.

        Raises:
            WrongPassphraseError: another passphrase, or what belongs to it in the vault was changed.
            UsageError: the passphrase is empty.
            JournalError: the passphrase fits, but `turning` was not written by who had the key.
        """
        wrapping = self.derivation.key(passphrase)
        try:
            key = Key(wrapping.open(self.wrapped, _wrap_context(self.id, self.derivation)), self.id)
        except SealError:
            raise WrongPassphraseError from None
        self._check(key)
        return key

    def with_passphrase(self, key: Key, new: str) -> Vault:
        """The same key behind another passphrase, with a new salt and our parameters.

        Raises:
            UsageError: the passphrase is empty.
            JournalError: it is not the key of this vault.
        """
        self._check(key)
        return _closed(self.id, key, new, self.turning)

    def turned(self, key: Key, turning: Turning, logs: Mapping[str, str] | None = None) -> Vault:
        """The same vault, with `turning` and its proof.

        Args:
            logs: SHA-256 of every log that is to be turned, by its name.

        Raises:
            JournalError: it is not the key of this vault.
        """
        self._check(key)
        said = json.dumps(logs, sort_keys=True).encode() if logs else b""
        return replace(self, turning=turning, proof=key.seal(said, _turning_context(self.id, turning)))

    def logs_to_turn(self, key: Key) -> dict[str, str]:
        """The logs as they were when the turning began: SHA-256 by name. A vault of then does not fit those of today.

        Raises:
            JournalError: it is not the key of this vault.
        """
        return dict(json.loads(self._check(key) or b"{}"))

    def _check(self, key: Key) -> bytes:
        try:
            return key.open(self.proof, _turning_context(self.id, self.turning))
        except SealError:
            raise JournalError(f"vault.json was changed by another program: {_HELP}") from None

    # -- as a file ---------------------------------------------------------------------------------

    @classmethod
    def read(cls, path: Path) -> Vault | None:
        """The vault at `path`; None where there is none.

        Raises:
            JournalError: it cannot be read, is damaged, is from a newer version, or is no file.
        """
        try:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise JournalError(f"{path} is not a file: move it away; {_HELP}")
            content = read_plain(path, _MOST_BYTES)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise JournalError(
                f"{path} cannot be read ({error.strerror}): check who owns it; nothing was changed"
            ) from None
        return cls.from_bytes(content, str(path))

    def write(self, path: Path) -> None:
        """Puts the vault at `path`, in one step.

        Raises:
            JournalError: it cannot be written; what lay there is as it was.
        """
        try:
            write_private(path, self.to_bytes())
        except OSError as error:
            raise JournalError(
                f"{path} cannot be written ({error.strerror}) and is as it was: make room or make the folder writable,"
                " then try again"
            ) from None

    def to_bytes(self) -> bytes:
        """The file."""
        derivation = self.derivation
        data = {
            "journal-tui vault": VERSION,
            "id": self.id,
            "kdf": {
                "name": "argon2id",
                "memory_kib": derivation.memory_kib,
                "passes": derivation.passes,
                "lanes": derivation.lanes,
                "salt": _base64(derivation.salt),
            },
            "wrapped": _base64(self.wrapped),
            "turning": self.turning,
            "proof": _base64(self.proof),
        }
        return json.dumps(data, indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes, where: str = "vault.json") -> Vault:
        """The vault that `to_bytes` wrote; `where` it lies is for the error.

        Raises:
            JournalError: it is damaged, asks for absurd amounts of work, or is from a newer version.
        """
        try:
            data = json.loads(content)
            if isinstance(data, dict) and _is_whole(data.get("journal-tui vault"), VERSION + 1, 10**6):
                raise JournalError(f"{where} is from a newer journal-tui: update this one; nothing was changed")
            return _from_json(data)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise JournalError(f"{where} is damaged: {_HELP}") from None


def _closed(id: str, key: Key, passphrase: str, turning: Turning) -> Vault:
    derivation = Derivation.fresh()
    return Vault(
        id=id,
        derivation=derivation,
        wrapped=key.wrapped_by(derivation.key(passphrase), _wrap_context(id, derivation)),
        turning=turning,
        proof=key.seal(b"", _turning_context(id, turning)),
    )


def _wrap_context(id: str, derivation: Derivation) -> str:
    numbers = f"{derivation.memory_kib}/{derivation.passes}/{derivation.lanes}"
    return f"vault/{VERSION}/{id}/argon2id/{numbers}/{_base64(derivation.salt)}"


def _turning_context(id: str, turning: Turning) -> str:
    return f"vault/{VERSION}/{id}/turning/{turning}"


def _from_json(data: Any) -> Vault:
    """Raises ValueError, TypeError or KeyError when anything is not exactly as `to_bytes` writes it."""
    kdf, turning = data["kdf"], data["turning"]
    lanes = kdf["lanes"]
    whole = (
        data.keys() == {"journal-tui vault", "id", "kdf", "wrapped", "turning", "proof"}
        and kdf.keys() == {"name", "memory_kib", "passes", "lanes", "salt"}
        and _is_whole(data["journal-tui vault"], VERSION, VERSION)
        and re.fullmatch("[0-9a-f]{32}", data["id"])
        and kdf["name"] == "argon2id"
        and _is_whole(lanes, 1, MOST_LANES)
        and _is_whole(kdf["memory_kib"], 8 * lanes, MOST_MEMORY_KIB)
        and _is_whole(kdf["passes"], 1, MOST_WORK_KIB // kdf["memory_kib"])
        and turning in ("", "in", "out")
    )
    if not whole:
        raise ValueError
    return Vault(
        id=data["id"],
        derivation=Derivation(kdf["memory_kib"], kdf["passes"], lanes, _bytes(kdf["salt"], SALT_BYTES)),
        wrapped=_bytes(data["wrapped"], _NONCE_BYTES + _KEY_BYTES + _TAG_BYTES),
        turning=turning,
        proof=_some_bytes(data["proof"], _NONCE_BYTES + _TAG_BYTES),
    )


def _is_whole(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str, length: int) -> bytes:
    content = _some_bytes(text, length)
    if len(content) != length:
        raise ValueError
    return content


def _some_bytes(text: str, least: int) -> bytes:
    content = base64.b64decode(text, validate=True)
    if len(content) < least or _base64(content) != text:
        raise ValueError
    return content
