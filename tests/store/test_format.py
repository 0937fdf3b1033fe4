"""docs/format.md is true: a reader written from that page alone finds what the program tells."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from journal_tui.model import Answer, Entry, Judgement, Verdict
from journal_tui.store.history import UNDOABLE
from journal_tui.store.journal import Journal
from journal_tui.store.log import (
    Op,
    about,
    decode_header,
    decode_line,
    encode_header,
    encode_json,
    encode_line,
    encode_payload,
    ops_of,
    sum_of,
)
from journal_tui.store.passphrase import open_vault
from journal_tui.store.records import (
    commitment_to_document,
    entry_to_document,
    judgement_to_document,
    mark_to_document,
    person_to_document,
)
from journal_tui.store.vault import Key, Vault
from tests.cli.command_line import Cli
from tests.store.independent_reader import read
from tests.store.sample import NOW, TODAY, entry, log_of

PAGE = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")
LOGS: dict[str, Any] = json.loads((Path(__file__).parent / "log-vectors.json").read_bytes())
VAULT: dict[str, Any] = json.loads((Path(__file__).parent / "vault-vectors.json").read_bytes())["cases"][0]
KEY = Key(bytes.fromhex(VAULT["data_key"]), VAULT["vault"]["id"])
SEALED = LOGS["sealed"]


# -- a reader by the page --------------------------------------------------------------------------

SAID = {"add": "written", "edit": "edited", "delete": "deleted", "put back": "put back", "undo": "taken back"}
"""What `history` calls the reasons in the notes."""


def as_told(document: dict[str, Any]) -> dict[str, Any]:
    """An entry as ``--json`` prints it, but for the people named in it, which are found anew each time."""
    answers = [
        {name: answer.get(name, "") for name in ("prompt", "ask", "text")}
        | {name: answer.get(name, []) for name in ("choice", "signals")}
        | {"skipped": answer.get("skipped", False)}
        | {name: answer.get(name, "") for name in ("quote", "quoted")}
        for answer in document.get("answers", [])
    ]
    return {
        "id": document["id"],
        "date": document.get("day"),
        "time": document.get("moment"),
        "pillar": document.get("pillar"),
        "rating": document.get("rating"),
        "tags": document.get("tags", []),
        "text": "\n\n".join(answer["text"] for answer in answers if answer["text"]),
        "answers": answers,
        "starred": document.get("starred", False),
        "source": {"file": "", **document["source"]} if "source" in document else None,
    }


def without(entry: dict[str, Any], *fields: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in ("people", *fields)}


def check_by_the_page(cli: Cli, passphrase: str, *options: str) -> None:
    """What the reader finds is what the program tells."""
    entries, history = read(cli.home / "data", passphrase)
    live = {document["id"]: as_told(document) for document in entries.values() if "deleted" not in document}
    trash = {document["id"]: document for document in entries.values() if "deleted" in document}
    listed = cli.ok(*options, "list", "--json").json
    assert live == {entry["id"]: without(entry) for entry in listed}
    thrown = cli.ok(*options, "trash", "--json").json
    assert {id: (as_told(document), document["deleted"]) for id, document in trash.items()} == {
        entry["id"]: (without(entry, "since"), entry["since"]) for entry in thrown
    }
    assert (len(live), len(trash)) == (3, 1)
    for record, document in entries.items():
        told = cli.ok(*options, "history", document["id"], "--json").json
        assert [
            (v["at"], SAID[v["note"]["what"]], v["device"], as_told(v["document"])) for v in reversed(history[record])
        ] == [(v["at"], v["what"], v["device"], without(v["entry"])) for v in told]
    joined = sorted(read(cli.home / "data", passphrase, "people")[0].items())
    told = {person["name"]: person["also"] for person in cli.ok(*options, "people", "--json").json if person["also"]}
    assert told == {document["name"]: document["also"] for _, document in joined} == {"Ana": ["Annie"]}
    said = [(d["kind"], d["verdict"]) for _, d in sorted(read(cli.home / "data", passphrase, "judgements")[0].items())]
    assert said == [("one_sided_compromise", "rings true"), ("one_sided_compromise", "partly")]
    marked = [document for _, document in sorted(read(cli.home / "data", passphrase, "marks")[0].items())]
    told = cli.ok(*options, "marks", "--json").json
    assert [document for document in marked if "removed" not in document] == [
        {name: mark[name] for name in ("id", "entry", "words", "signal", "on")} for mark in told
    ]
    assert [(document["words"], document.get("removed")) for document in marked] == [
        ("Last, with", None),
        ("@Ana", True),
    ]
    first = next(iter(live))
    assert live[first] == without(cli.ok(*options, "show", first, "--json").json)


@pytest.mark.parametrize("passphrase", ["", "cafe\u0301 um halb zwölf"], ids=["plain", "encrypted"])
def test_a_reader_by_the_page_finds_what_the_program_tells(tmp_path: Path, passphrase: str) -> None:
    cli = Cli(tmp_path)
    devices = [{"JOURNAL_TUI_DEVICE": name} for name in ("oak", "fern")]
    options: list[str] = []

    def run(device: int, *arguments: str, **how: Any) -> str:
        return cli.ok(*options, *arguments, env=devices[device], **how).out.strip().rpartition("\n")[2]

    one = run(0, "add", "We walked by the river. #river", "--rating", "3", "--pillar", "trust")
    if passphrase:
        options = ["--passphrase-file", cli.secret(passphrase)]
        run(0, "passphrase", "set")
    two = run(1, "add", "A tab\t, »quotes« and \u2028 half a line.\nAnother.", "--date", "2025-03-07T21:15")
    run(0, "edit", one, input="We walked by the lake.")
    three = run(1, "add", "Private, to be gone.")
    four = run(0, "add", "Four.", "--tag", "late")
    run(1, "edit", one, "--rating", "5")
    run(1, "delete", two, four)
    run(0, "trash", two)
    run(0, "edit", three, input="Still to be gone.")
    run(1, "erase", three, "--yes")
    run(1, "edit", one, input="Never meant.")
    run(0, "undo")
    last = run(0, "add", "Last, with @Ana.")
    run(1, "people", "join", "Ana", "Annie")
    run(1, "mark", last, "last, WITH", "gave-way")
    run(0, "mark", last, "@Ana", "settled")
    run(0, "undo")
    data = cli.home / "data"
    journal = Journal(data, device="fern", key=open_vault(data, passphrase) if passphrase else None)
    for verdict in (Verdict.RINGS_TRUE, Verdict.PARTLY):
        journal.judgements.add(Judgement(kind="one_sided_compromise", target="", verdict=verdict, on=TODAY))
    check_by_the_page(cli, passphrase, *options)
    assert len(list((cli.home / "data").glob("*.log"))) == 2
    if passphrase:
        assert not any(b"walked" in content for content in cli.files().values())
        run(1, "passphrase", "remove")
        check_by_the_page(cli, "")


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def line_feed(content: bytes, number: int) -> int:
    """Where the line feed with this number stands, from 1 on."""
    return [at for at, byte in enumerate(content) if byte == 0x0A][number - 1]


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "nothing": (lambda log: log, {"One.", "Two.", "Three."}),
    "the first line": (lambda log: flipped(log, 100), {"One.", "Two.", "Three."}),
    "the first line is gone": (lambda log: log.partition(b"\n")[2], {"One.", "Two.", "Three."}),
    "a line": (lambda log: flipped(log, line_feed(log, 2) + 99), {"One.", "Three."}),
    "a line feed is lost": (
        lambda log: log[: line_feed(log, 2)] + log[line_feed(log, 2) + 1 :],
        {"One.", "Two.", "Three."},
    ),
    "a line feed": (lambda log: flipped(log, line_feed(log, 2)), {"One.", "Two.", "Three."}),
    "the last line feed is lost": (lambda log: log[:-1], {"One.", "Two.", "Three."}),
    "the end is torn": (lambda log: log[:-9], {"One.", "Two."}),
    "a line is gone": (lambda log: log[: line_feed(log, 1) + 1] + log[line_feed(log, 2) + 1 :], {"Two.", "Three."}),
    "carriage returns": (lambda log: log.replace(b"\n", b"\r\n"), {"One.", "Two.", "Three."}),
}


@pytest.mark.parametrize(("damage", "left"), DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "encrypted"])
def test_damage_leaves_both_the_same(
    tmp_path: Path, damage: Callable[[bytes], bytes], left: set[str], is_sealed: bool
) -> None:
    key = KEY if is_sealed else None
    for number, text in enumerate(("One.", "Two.", "Three.")):
        Journal(tmp_path, key=key, clock=lambda: NOW).add(entry(f"e{number}", text))
    if is_sealed:
        (tmp_path / "vault.json").write_text(json.dumps(VAULT["vault"]))
    log = log_of(tmp_path)
    log.write_bytes(damage(log.read_bytes()))
    told = {e.text for e in Journal(tmp_path, key=key).entries()}
    entries, _ = read(tmp_path, VAULT["passphrase"])
    assert {as_told(document)["text"] for document in entries.values()} == told == left


# -- test vectors ----------------------------------------------------------------------------------


def op_of(op: list[Any]) -> Op:
    return Op(op[0], op[1], op[2], encode_json(op[3]))


@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "encrypted"])
def test_we_write_the_vectors_to_the_byte(monkeypatch: pytest.MonkeyPatch, is_sealed: bool) -> None:
    nonces = iter(SEALED["nonces"])
    monkeypatch.setattr(os, "urandom", lambda size: bytes.fromhex(next(nonces)))
    lines = [encode_header(LOGS["device"], KEY.vault if is_sealed else "", LOGS["begun"])]
    for commit in LOGS["commits"]:
        payload = encode_payload(commit["at"], commit["note"], map(op_of, commit["ops"]))
        lines.append(encode_line(sum_of(lines[-1]), commit["seq"], payload, LOGS["device"], KEY if is_sealed else None))
    assert [line.decode() for line in lines] == (SEALED["lines"] if is_sealed else LOGS["plain"])


@pytest.mark.parametrize("is_sealed", [False, True], ids=["plain", "encrypted"])
def test_we_read_the_vectors(is_sealed: bool) -> None:
    first, *lines = [line.encode() for line in (SEALED["lines"] if is_sealed else LOGS["plain"])]
    assert decode_header(first) == (2, LOGS["device"], SEALED["vault"] if is_sealed else "", LOGS["begun"])
    for line, commit in zip(lines, LOGS["commits"], strict=True):
        read = decode_line(line, LOGS["device"], KEY if is_sealed else None)
        assert (read.seq, about(read.payload)) == (commit["seq"], (commit["at"], commit["note"]))
        assert ops_of(read.payload) == [op_of(op) for op in commit["ops"]]


def folder_of(folder: Path, lines: list[str], vault: str = "") -> Path:
    folder.mkdir()
    (folder / f"{LOGS['device']}.log").write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")
    if vault:
        (folder / "vault.json").write_text(vault)
    return folder


def test_a_reader_by_the_page_reads_the_vectors(tmp_path: Path) -> None:
    plain = read(folder_of(tmp_path / "plain", LOGS["plain"]))
    sealed = read(folder_of(tmp_path / "sealed", SEALED["lines"], json.dumps(VAULT["vault"])), VAULT["passphrase"])
    assert plain[0] == sealed[0] == {op[1]: op[3] for op in LOGS["commits"][1]["ops"]}
    assert [version["document"] for version in plain[1][LOGS["commits"][0]["ops"][0][1]]] == [
        LOGS["commits"][0]["ops"][0][3],
        LOGS["commits"][1]["ops"][0][3],
    ]


# -- the page --------------------------------------------------------------------------------------


def blocks(kind: str) -> list[str]:
    """The examples of one kind in the page."""
    return re.findall(rf"```{kind}\n(.*?)\n```", PAGE, re.DOTALL)


def test_the_example_is_true(tmp_path: Path) -> None:
    plain, sealed = (block.replace("⇥", "\t").splitlines() for block in blocks("jsonl"))
    assert (plain, sealed) == (LOGS["plain"][: len(plain)], SEALED["lines"][: len(sealed)])
    (vault,) = blocks("json")
    assert json.loads(vault) == VAULT["vault"]
    for words in (VAULT["passphrase"], VAULT["derived_key"], VAULT["data_key"], SEALED["contexts"][0]):
        assert f"`{words}`" in PAGE
    (shell,) = blocks("console")
    hashed = re.match(r"\$ printf %s '(.*)' \| sha256sum\n", shell)
    assert hashed
    assert sha256(hashed[1].encode()).hexdigest()[:32].encode() == sum_of(plain[0].encode())

    Vault.from_bytes(vault.encode()).unlock(VAULT["passphrase"])
    cli = Cli(tmp_path)
    cli.home.mkdir()
    folder_of(cli.home / "data", plain)
    assert [entry["text"] for entry in cli.ok("list", "--json").json] == [
        "Said yes where I meant no. »Of course!«\n\nNext time: a breath first."
    ]
    cli.home = tmp_path / "other"
    cli.home.mkdir()
    folder_of(cli.home / "data", sealed, vault)
    shown = cli.ok("--passphrase-file", cli.secret(VAULT["passphrase"]), "list", "--json").json
    assert [(entry["text"], entry["rating"]) for entry in shown] == [("Said yes where I meant no.", 2)]


def names_in(document: object) -> set[str]:
    """Every field of a document."""
    if isinstance(document, list):
        return set[str]().union(*map(names_in, document))
    if isinstance(document, dict):
        return set(document) | names_in(list(document.values()))
    return set()


def test_the_page_names_every_field_and_every_reason() -> None:
    from journal_tui.model import (
        PATTERNS,
        SIGNALS,
        Commitment,
        Mark,
        Outcome,
        Person,
        Pillar,
        Source,
        Status,
    )

    whole = Entry(
        id="e1",
        created=NOW,
        day=TODAY,
        moment=NOW,
        pillar=Pillar.TRUST,
        answers=(
            Answer(text="x", prompt="x", ask="x", choice=("x",), signals=("x",), skipped=True, quote="x", quoted="x"),
        ),
        rating=1,
        tags=("x",),
        people=("x",),
        starred=True,
        edited=NOW,
        source=Source(format="x", fingerprint="x", file="x"),
    )
    promise = Commitment(
        id="c1",
        entry="e1",
        text="x",
        made=TODAY,
        due=TODAY,
        outcomes=(Outcome(on=TODAY, status=Status.NOT_YET, ask_again=TODAY),),
    )
    names = names_in(entry_to_document(whole)) | names_in(commitment_to_document(promise)) | names_in(VAULT["vault"])
    names |= names_in(person_to_document(Person(name="x", also=("x",))))
    names |= names_in(judgement_to_document(Judgement(kind="x", target="x", verdict=Verdict.NOT_ME, on=TODAY)))
    names |= names_in(mark_to_document(Mark(id="m1", entry="e1", words="x", signal="x", on=TODAY)))
    words = {*names, *Pillar, *Status, *Verdict, *PATTERNS, *SIGNALS, *UNDOABLE, "judgements", "marks"}
    words |= {"deleted", "removed", "undo", "erase", "carry", "turning", "names", "pattern"}
    assert sorted(word for word in words if f"`{word}`" not in PAGE) == []
