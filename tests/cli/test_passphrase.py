"""``passphrase`` and ``--passphrase-file``: who is let in, who is asked, and what is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from tests.cli.command_line import Cli

PASSPHRASE = "four walls of paper"
OTHER = "a lake in november"
PLANTED = "the heron stood in the reeds"


@pytest.fixture
def plain(cli: Cli) -> Cli:
    """A journal with an entry, an earlier version of it, and a backup."""
    id = cli.ok("add", PLANTED).id
    cli.ok("edit", id, input=f"{PLANTED}, and flew")
    cli.ok("backup")
    return cli


@pytest.fixture
def sealed(plain: Cli) -> Cli:
    plain.ok("passphrase", "set", "--new-passphrase-file", plain.secret(PASSPHRASE))
    return plain


def holds(cli: Cli, words: str = PLANTED) -> list[str]:
    """Files of the data folder in which the words can be read."""
    return [
        name
        for name, content in cli.files().items()
        if words.encode() in (content if isinstance(content, bytes) else b"")
    ]


# -- set, change, remove ---------------------------------------------------------------------------


def test_set_encrypts_all_that_was_there_and_says_what_to_know(plain: Cli) -> None:
    assert holds(plain)
    result = plain.ok("passphrase", "set", "--new-passphrase-file", plain.secret(PASSPHRASE))
    for words in ("no way back", "nobody can recover", "may keep traces", "elsewhere"):
        assert words in result.out
    assert "short" not in result.out
    assert holds(plain) == []
    shown = plain.ok("--passphrase-file", plain.secret(PASSPHRASE), "list")
    assert (PLANTED in shown.out, shown.err) == (True, "")


def test_a_passphrase_given_for_unlocking_can_only_be_the_new_one_where_none_is_set(plain: Cli) -> None:
    result = plain.ok("--passphrase-file", plain.secret("short one"), "passphrase", "set")
    assert "It is short" in result.out
    assert plain.ok("--passphrase-file", plain.secret("short one"), "list").out


def test_change_lets_the_new_one_in_alone(sealed: Cli) -> None:
    old, new = sealed.secret(PASSPHRASE), sealed.secret(OTHER, "other")
    result = sealed.ok("--passphrase-file", old, "passphrase", "change", "--new-passphrase-file", new)
    assert "no way back" in result.out
    assert PLANTED in sealed.ok("--passphrase-file", new, "list").out
    assert "does not open" in sealed.refused("--passphrase-file", old, "list", code=1)


def test_remove_gives_plain_files_back(sealed: Cli) -> None:
    assert (
        "no longer encrypted" in sealed.ok("--passphrase-file", sealed.secret(PASSPHRASE), "passphrase", "remove").out
    )
    assert PLANTED in sealed.ok("list").out
    assert holds(sealed)
    assert "vault.json" not in sealed.files()


@pytest.mark.parametrize("command", ["set", "change"])
def test_without_a_terminal_it_says_which_option_to_use(plain: Cli, command: str) -> None:
    before = []
    if command == "change":
        plain.ok("passphrase", "set", "--new-passphrase-file", plain.secret(PASSPHRASE))
        before = ["--passphrase-file", plain.secret(PASSPHRASE)]

    def words() -> dict[str, bytes]:
        """All but what is kept of reading, which reading may write."""
        return {name: content for name, content in plain.files().items() if not name.startswith("mirror/")}

    files = words()
    assert "--new-passphrase-file" in plain.refused(*before, "passphrase", command, code=1)
    assert words() == files


def test_what_does_not_fit_the_state_is_refused(plain: Cli) -> None:
    assert "passphrase set" in plain.refused("passphrase", "change")
    assert "passphrase set" in plain.refused("passphrase", "remove")
    secret = plain.secret(PASSPHRASE)
    plain.ok("passphrase", "set", "--new-passphrase-file", secret)
    assert "passphrase change" in plain.refused("--passphrase-file", secret, "passphrase", "set")
    assert 'did you mean "set"' in plain.refused("passphrase", "sett")


def test_an_edit_that_is_open_must_be_finished_first(plain: Cli) -> None:
    (plain.home / "data" / "edit" / "something").mkdir(parents=True)
    line = plain.refused("passphrase", "set", "--new-passphrase-file", plain.secret(PASSPHRASE), code=1)
    assert str(plain.home / "data" / "edit") in line
    assert holds(plain)


# -- the file --------------------------------------------------------------------------------------


def test_only_the_first_line_counts(sealed: Cli) -> None:
    file = sealed.folder / "lines.txt"
    for content in (f"{PASSPHRASE}\nsecond line\n", PASSPHRASE, f"{PASSPHRASE}\r\n"):
        file.write_bytes(content.encode())
        sealed.ok("--passphrase-file", "lines.txt", "list")
    file.write_text(f"{PASSPHRASE} \n")
    assert "does not open" in sealed.refused("--passphrase-file", "lines.txt", "list", code=1)


def test_the_file_may_be_a_pipe(sealed: Cli) -> None:
    reading, writing = os.pipe()
    # The writer stays: a line is enough.
    os.write(writing, f"{PASSPHRASE}\n".encode())
    done = subprocess.run(
        [*sealed.command, "--passphrase-file", f"/dev/fd/{reading}", "list"],
        env=sealed.env, pass_fds=(reading,), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    os.close(reading)
    os.close(writing)
    assert (done.returncode, PLANTED in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty first line"),
        (b"\nwords\n", "empty first line"),
        (b"  \n", "empty first line"),
        (b"x" * 4097, "4096 bytes"),
        (b"\xff\xfe\n", "UTF-8"),
        (None, "No such file"),
    ],
)
def test_a_file_that_holds_none_is_one_line(sealed: Cli, content: bytes | None, what: str) -> None:
    file = sealed.folder / "file"
    if content is not None:
        file.write_bytes(content)
    before = sealed.files()
    for arguments in (["--passphrase-file", "file", "list"], ["passphrase", "change", "--new-passphrase-file", "file"]):
        line = sealed.refused(*arguments)
        assert what in line
        assert "file" in line
    assert "directory" in sealed.refused("--passphrase-file", ".", "list")
    assert sealed.files() == before


# -- who is asked ----------------------------------------------------------------------------------


def test_commands_that_need_no_words_never_ask(sealed: Cli) -> None:
    for arguments in (["paths"], ["packs", "list"], ["packs", "check"], ["--help"], ["list", "--help"], ["--version"]):
        sealed.ok(*arguments)


EVERY_OTHER = [
    ["add", "words"], ["write", "trust"], ["list"], ["search", "words"], ["show", "abc"], ["edit", "abc"],
    ["delete", "abc"], ["undo"], ["history", "abc"], ["trash"], ["erase", "abc", "--yes"], ["insights"],
    ["import", "one.jsonl"], ["backup"], ["check"], ["passphrase", "change"], ["passphrase", "remove"],
]  # fmt: skip


def test_without_a_terminal_every_other_one_names_the_option_and_writes_nothing(sealed: Cli) -> None:
    (sealed.folder / "one.jsonl").write_text('{"date": "2025-01-01", "text": "one"}\n')
    before = sealed.files()
    for arguments in EVERY_OTHER:
        assert "--passphrase-file" in sealed.refused(*arguments, code=1, input="words\n"), arguments
    assert sealed.files() == before


def test_a_wrong_one_is_one_line_and_writes_nothing(sealed: Cli) -> None:
    wrong = sealed.secret("not this one", "wrong")
    before = sealed.files()
    for arguments in EVERY_OTHER:
        line = sealed.refused("--passphrase-file", wrong, *arguments, code=1, input="words\n")
        assert "does not open" in line, arguments
    assert sealed.files() == before


def test_one_derivation_a_try(sealed: Cli) -> None:
    script = """
import sys
from journal_tui.cli import main
from journal_tui.store import vault
derive, calls = vault.Derivation.key, []
vault.Derivation.key = lambda self, passphrase: (calls.append(1), derive(self, passphrase))[1]
try:
    main.main(sys.argv[1:])
finally:
    print(len(calls), file=sys.stderr)
"""
    for name, words in (("secret", PASSPHRASE), ("wrong", "not this one")):
        command = [sys.executable, "-c", script, "--home", str(sealed.home), "--passphrase-file"]
        done = subprocess.run(
            [*command, sealed.secret(words, name), "list"], env=sealed.env, capture_output=True, text=True, check=False
        )
        assert done.stderr.splitlines()[-1] == "1"


# -- on a terminal ---------------------------------------------------------------------------------


def answered(child: pexpect.spawn[str], *answers: str) -> str:
    """What is shown when the passphrases asked for are typed; none of them may be seen."""
    shown = ""
    for answer in answers:
        child.expect("assphrase: |Once more: |of the backup: ")
        shown += str(child.before)
        child.waitnoecho(5)
        child.sendline(answer)
    shown += str(child.read())
    child.close()
    assert not any(answer in shown for answer in answers if answer)
    return shown.replace("\r\n", "\n")


def test_a_locked_journal_asks_three_times_and_shows_nothing_of_it(sealed: Cli) -> None:
    child = sealed.spawn("list")
    assert PLANTED in answered(child, PASSPHRASE)
    assert child.exitstatus == 0
    child = sealed.spawn("list")
    assert PLANTED in answered(child, "not this one", PASSPHRASE)
    child = sealed.spawn("list")
    shown = answered(child, "not this one", "nor this", "nor that")
    assert (child.exitstatus, "does not open" in shown, PLANTED in shown) == (1, True, False)


def test_words_from_a_pipe_and_the_passphrase_from_the_terminal(sealed: Cli) -> None:
    command = " ".join(f"'{part}'" for part in sealed.command)
    child = pexpect.spawn(
        "/bin/sh", ["-c", f"echo piped words | {command} add"], env=sealed.env, encoding="utf-8", timeout=40
    )
    answered(child, PASSPHRASE)
    assert "piped words" in sealed.ok("--passphrase-file", sealed.secret(PASSPHRASE), "list").out


def test_a_new_one_is_asked_for_twice(plain: Cli) -> None:
    child = plain.spawn("passphrase", "set")
    shown = answered(child, PASSPHRASE, PASSPHRASE + "x")
    assert (child.exitstatus, "not the same" in shown) == (1, True)
    assert holds(plain)
    child = plain.spawn("passphrase", "set")
    shown = answered(child, "  ")
    assert (child.exitstatus, "empty" in shown) == (2, True)
    child = plain.spawn("passphrase", "set")
    assert "no way back" in answered(child, PASSPHRASE, PASSPHRASE)
    child = plain.spawn("passphrase", "change")
    assert "new passphrase" in answered(child, PASSPHRASE, OTHER, OTHER)
    child = plain.spawn("passphrase", "remove")
    assert "no longer encrypted" in answered(child, OTHER)
    assert holds(plain)


def test_ctrl_c_when_asked_leaves_quietly(sealed: Cli) -> None:
    child = sealed.spawn("list")
    child.expect("assphrase: ")
    child.waitnoecho(5)
    child.sendintr()
    rest = str(child.read()).strip()
    child.close()
    assert (child.exitstatus, rest) == (130, "")


def test_ctrl_c_in_the_middle_waits_until_all_is_encrypted(cli: Cli) -> None:
    lines = [json.dumps({"date": "2025-01-01", "text": f"{PLANTED} {number}"}) for number in range(2000)]
    (cli.folder / "many.jsonl").write_text("\n".join(lines))
    cli.ok("import", "many.jsonl")
    child = cli.spawn("passphrase", "set", "--new-passphrase-file", cli.secret(PASSPHRASE))
    end = time.monotonic() + 10
    while not (cli.home / "data" / "vault.json").exists():
        assert time.monotonic() < end
        time.sleep(0.005)
    child.sendintr()
    shown = str(child.read())
    child.close()
    assert (child.exitstatus, "no way back" in shown) == (0, True)
    assert holds(cli) == []
    assert "2,000 entries" in cli.ok("--passphrase-file", cli.secret(PASSPHRASE), "check").out


def test_the_screens_open_unlocked(sealed: Cli) -> None:
    child = sealed.spawn("--passphrase-file", sealed.secret(PASSPHRASE))
    child.expect("Help")
    child.send("j")
    child.expect("heron")
    child.send("\x11")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_wrong_one_opens_no_screens(sealed: Cli) -> None:
    shown = sealed.in_terminal("--passphrase-file", sealed.secret("not this one", "wrong"), code=1)
    assert "does not open" in shown
    assert Path(sealed.home / "data" / "vault.json").exists()


def test_a_session_that_is_under_way_is_sealed_from_then_on(cli: Cli) -> None:
    child = cli.spawn("write", "free")
    child.expect("> ")
    child.sendline("PEARWORD one")
    child.expect("one\r\n> ")
    cli.ok("passphrase", "set", "--new-passphrase-file", cli.secret(PASSPHRASE))
    child.sendline("KIWIWORD two")
    child.expect("is needed to go on")
    child.expect("assphrase")
    child.sendline(PASSPHRASE)
    child.expect("> ")
    assert not holds(cli, "PEARWORD")
    child.sendline(":done")
    child.expect(pexpect.EOF)
    assert not holds(cli, "KIWIWORD")
    assert "PEARWORD one" in cli.ok("--passphrase-file", cli.secret(PASSPHRASE), "list").out
