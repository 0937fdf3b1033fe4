"""The vault: only its passphrase opens it, whatever is changed in it is noticed, and others can open it by the book."""

from __future__ import annotations

import base64
import errno
import json
import os
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_tui.model import JournalError, UsageError
from journal_tui.sealed import SealError, unwrap
from journal_tui.store.vault import Key, LockedError, Vault, WrongPassphraseError

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vault-vectors.json").read_text())["cases"]
QUICK = CASES[1]
"""A derivation that takes no time."""

each_case = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def vault_of(case: dict[str, Any]) -> Vault:
    return Vault.from_bytes(json.dumps(case["vault"]).encode())


@pytest.fixture(scope="module")
def vault() -> Vault:
    return vault_of(QUICK)


@pytest.fixture(scope="module")
def key(vault: Vault) -> Key:
    return vault.unlock(QUICK["passphrase"])


# -- test vectors ----------------------------------------------------------------------------------


@each_case
def test_we_open_what_the_vectors_hold(case: dict[str, Any]) -> None:
    key = vault_of(case).unlock(case["passphrase"])
    box, file = case["box"], case["file"]
    assert key.open(bytes.fromhex(box["sealed"]), box["context"]).decode() == box["content"]
    assert unwrap(bytes.fromhex(file["sealed"]), file["name"], key).decode() == file["content"]


def open_by_the_book(key: bytes, box: bytes, context: str) -> bytes:
    return AESGCM(key).decrypt(box[:12], box[12:], f"journal-tui/{context}".encode())


def unlock_by_the_book(data: dict[str, Any], passphrase: str) -> tuple[bytes, bytes]:
    """The derived and the data key, from the description of the format alone."""
    kdf = data["kdf"]
    derived = Argon2id(
        salt=base64.b64decode(kdf["salt"]),
        length=32,
        iterations=kdf["passes"],
        lanes=kdf["lanes"],
        memory_cost=kdf["memory_kib"],
    ).derive(unicodedata.normalize("NFC", passphrase).encode())
    numbers = f"{kdf['memory_kib']}/{kdf['passes']}/{kdf['lanes']}/{kdf['salt']}"
    wrapped = base64.b64decode(data["wrapped"])
    secret = open_by_the_book(derived, wrapped, f"vault/1/{data['id']}/argon2id/{numbers}")
    proof = base64.b64decode(data["proof"])
    assert open_by_the_book(secret, proof, f"vault/1/{data['id']}/turning/{data['turning']}") == b""
    return derived, secret


@each_case
def test_anyone_can_open_the_vectors_by_the_book(case: dict[str, Any]) -> None:
    derived, secret = unlock_by_the_book(case["vault"], case["passphrase"])
    assert (derived.hex(), secret.hex()) == (case["derived_key"], case["data_key"])
    box, file = case["box"], case["file"]
    assert open_by_the_book(secret, bytes.fromhex(box["sealed"]), box["context"]).decode() == box["content"]
    line, _, sealed = bytes.fromhex(file["sealed"]).partition(b"\n")
    assert line == b"\x89journal-tui sealed 1"
    assert open_by_the_book(secret, sealed, f"file/{file['name']}").decode() == file["content"]


def test_anyone_can_open_what_we_make_by_the_book() -> None:
    vault, key = Vault.create("pass phrase")
    _, secret = unlock_by_the_book(json.loads(vault.turned(key, "in").to_bytes()), "pass phrase")
    assert open_by_the_book(secret, key.seal(b"words", "a/b"), "a/b") == b"words"


# -- passphrases -----------------------------------------------------------------------------------


@settings(max_examples=8)
@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip), st.binary())
def test_a_vault_opens_with_its_passphrase_alone(passphrase: str, content: bytes) -> None:
    vault, key = Vault.create(passphrase)
    box = key.seal(content, "c")
    again = Vault.from_bytes(vault.to_bytes())
    assert again == vault
    assert again.unlock(passphrase).open(box, "c") == content
    with pytest.raises(WrongPassphraseError):
        again.unlock(f"{passphrase}x")


def test_new_vaults_ask_for_what_rfc_9106_recommends_and_share_nothing() -> None:
    one, other = (json.loads(Vault.create("same")[0].to_bytes()) for _ in range(2))
    assert one["kdf"] | {"salt": ""} == {"name": "argon2id", "memory_kib": 65536, "passes": 3, "lanes": 4, "salt": ""}
    assert one["turning"] == ""
    for data in (one, other):
        data["salt"] = data["kdf"]["salt"]
    assert not [name for name in ("id", "salt", "wrapped", "proof") if one[name] == other[name]]


def test_an_accent_is_one_character_or_two(vault: Vault) -> None:
    for form in ("NFC", "NFD"):
        vault.unlock(unicodedata.normalize(form, QUICK["passphrase"]))
    with pytest.raises(WrongPassphraseError, match=r"^this passphrase does not open the journal: "):
        vault.unlock("cafe um halb zwölf")


@pytest.mark.parametrize("passphrase", ["", " ", "\t\n\u2003", "a\ud800"])
def test_an_empty_passphrase_or_none_at_all_is_refused(vault: Vault, key: Key, passphrase: str) -> None:
    for ask in (Vault.create, vault.unlock, lambda new: vault.with_passphrase(key, new)):
        with pytest.raises(UsageError, match=r"^the passphrase is [^\n]*$"):
            ask(passphrase)


def test_another_passphrase_opens_the_same_key(vault: Vault, key: Key) -> None:
    box = key.seal(b"words", "c")
    changed = Vault.from_bytes(vault.with_passphrase(key, "new").to_bytes())
    assert (changed.id, changed.turning) == (vault.id, vault.turning)
    assert changed.derivation.salt != vault.derivation.salt
    assert changed.unlock("new").open(box, "c") == b"words"
    with pytest.raises(WrongPassphraseError):
        changed.unlock(QUICK["passphrase"])
    assert vault.unlock(QUICK["passphrase"]).open(box, "c") == b"words"


def test_only_who_has_the_key_changes_a_vault(vault: Vault, key: Key) -> None:
    assert vault.turned(key, "in").unlock(QUICK["passphrase"])
    stranger = vault_of(CASES[0]).unlock(CASES[0]["passphrase"])
    with pytest.raises(JournalError):
        vault.with_passphrase(stranger, "new")
    with pytest.raises(JournalError):
        vault.turned(stranger, "in")


def test_nobody_without_the_key_can_have_a_journal_decrypted(vault: Vault, key: Key) -> None:
    data = json.loads(vault.turned(key, "").to_bytes()) | {"turning": "out"}
    with pytest.raises(JournalError, match=r"changed by another program: .* `journal-tui restore FILE`") as told:
        Vault.from_bytes(json.dumps(data).encode()).unlock(QUICK["passphrase"])
    assert not isinstance(told.value, WrongPassphraseError)


def test_no_key_is_shown(vault: Vault, key: Key) -> None:
    shown = f"{key!r} {key} {vault!r}"
    secret = bytes.fromhex(QUICK["data_key"])
    assert secret.hex() not in shown
    assert repr(secret)[2:-1] not in shown
    assert QUICK["passphrase"] not in shown


def test_what_locked_means_is_told_in_a_line() -> None:
    assert "passphrase opens it" in str(LockedError())


# -- boxes -----------------------------------------------------------------------------------------


@given(st.binary(max_size=200), st.text(), st.text())
def test_a_box_opens_for_its_context_alone(key: Key, content: bytes, context: str, other: str) -> None:
    box = key.seal(content, context)
    assert key.open(box, context) == content
    assert len(box) == len(content) + 28
    assert box != key.seal(content, context)
    if other != context:
        with pytest.raises(SealError):
            key.open(box, other)


def test_a_box_that_was_changed_or_cut_does_not_open(key: Key) -> None:
    box = key.seal(b"words", "c")
    changed = [flipped(box, bit) for bit in range(len(box) * 8)]
    cut = [box[:length] for length in range(len(box))] + [box[1:], box + b"\0", b""]
    for wrong in (*changed, *cut):
        with pytest.raises(SealError):
            key.open(wrong, "c")
    with pytest.raises(SealError):
        vault_of(CASES[0]).unlock(CASES[0]["passphrase"]).open(box, "c")


# -- the file --------------------------------------------------------------------------------------


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_every_bit_of_the_file_counts(vault: Vault) -> None:
    content = vault.to_bytes()
    for bit in range(len(content) * 8):
        with pytest.raises(JournalError) as told:
            Vault.from_bytes(flipped(content, bit)).unlock(QUICK["passphrase"])
        assert "\n" not in str(told.value)


def test_a_file_cut_anywhere_is_told(vault: Vault) -> None:
    content = vault.to_bytes()
    for length in range(len(content) - 1):  # the last byte is a line's end, and nothing is lost with it
        with pytest.raises(JournalError, match=r"^[^\n]*is damaged: [^\n]*`journal-tui restore FILE`[^\n]*$"):
            Vault.from_bytes(content[:length])


def changed(**fields: Any) -> bytes:
    data: dict[str, Any] = QUICK["vault"]
    kdf = data["kdf"] | {name: value for name, value in fields.items() if name in data["kdf"]}
    return json.dumps(data | {name: value for name, value in fields.items() if name not in kdf} | {"kdf": kdf}).encode()


ODD: dict[str, bytes] = {
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "not text": b"\xff\xfe",
    "deep": b"[" * 100_000,
    "long": b"9" * 50_000,
    "no kdf": json.dumps(QUICK["vault"] | {"kdf": None}).encode(),
    "kdf a list": json.dumps(QUICK["vault"] | {"kdf": ["name"]}).encode(),
    "more memory than 4 GiB": changed(memory_kib=4 * 1024 * 1024 + 1),
    "less memory than lanes need": changed(memory_kib=7),
    "memory in text": changed(memory_kib="64"),
    "memory in halves": changed(memory_kib=64.0),
    "too many passes": changed(passes=2**17),
    "no pass": changed(passes=0),
    "true passes": changed(passes=True),
    "too many lanes": changed(lanes=65, memory_kib=65536),
    "another derivation": changed(name="argon2i"),
    "a short salt": changed(salt="AAAA"),
    "salt not base64": changed(salt="EBESExQVFhcYGRobHB0eH!=="),
    "another id": changed(id="../x"),
    "turning round": changed(turning="round"),
    "turning a list": changed(turning=[]),
    "a field more": changed(hint="the cat"),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD.keys())
def test_an_odd_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vault.json"
    path.write_bytes(content)
    with pytest.raises(JournalError, match=r"^[^\n]*vault\.json is damaged: [^\n]*`journal-tui restore FILE`[^\n]*$"):
        Vault.read(path)
    assert path.read_bytes() == content


def test_a_newer_file_is_left_to_a_newer_program(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    path.write_text('{"journal-tui vault": 2, "other": "fields"}')
    with pytest.raises(JournalError, match=r"^[^\n]*vault\.json is from a newer journal-tui: update this one[^\n]*$"):
        Vault.read(path)


def test_there_and_back(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "vault.json"
    assert Vault.read(path) is None
    before = os.umask(0)
    try:
        vault.write(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Vault.read(path) == vault
    assert json.loads(path.read_text()) == QUICK["vault"]


@pytest.mark.parametrize("kind", ["link", "broken link", "folder", "pipe"])
def test_what_is_no_file_is_told(tmp_path: Path, vault: Vault, kind: str) -> None:
    path = tmp_path / "vault.json"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "elsewhere")
        if kind == "link":
            vault.write(tmp_path / "elsewhere")
    with pytest.raises(JournalError, match=r"^[^\n]*vault\.json is not a file: move it away[^\n]*$"):
        Vault.read(path)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_vault_of_before(
    tmp_path: Path, vault: Vault, key: Key, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "vault.json"
    vault.write(path)
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(JournalError, match=r"^[^\n]*vault\.json cannot be written \([^\n]*make room[^\n]*$"):
        vault.turned(key, "in").write(path)
    assert [file.name for file in tmp_path.iterdir()] == ["vault.json"]
    assert Vault.read(path) == vault


def test_nothing_is_loaded_before_a_passphrase_is_tried(tmp_path: Path, vault: Vault) -> None:
    vault.write(tmp_path / "vault.json")
    code = f"""
import sys
from pathlib import Path
from journal_tui.store.vault import Key, Vault
vault = Vault.read(Path({str(tmp_path)!r}) / "vault.json")
Key(b"k" * 32)
assert "cryptography" not in sys.modules
vault.unlock({QUICK["passphrase"]!r})
assert "cryptography" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_the_books_reading_is_able_to_fail() -> None:
    with pytest.raises(InvalidTag):
        unlock_by_the_book(QUICK["vault"] | {"id": CASES[0]["vault"]["id"]}, QUICK["passphrase"])
