"""The command line as a whole: help, errors, start-up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from journal_tui.cli.main import COMMANDS, main
from journal_tui.store.storage import LogDB
from tests.cli.command_line import Cli

EVERY_COMMAND = [
    ["add", "words"],
    ["write", "trust"],
    ["list"],
    ["search", "words"],
    ["show", "ID"],
    ["history", "ID"],
    ["trash"],
    ["edit", "ID", "--rating", "3"],
    ["insights"],
    ["delete", "ID"],
    ["undo"],
    ["backup"],
    ["check"],
    ["passphrase", "--help"],
    ["import", "one.jsonl"],
    ["packs", "list"],
    ["packs", "check"],
    ["paths"],
    ["--help"],
    ["--version"],
]


def test_no_command_but_the_screens_loads_textual(cli: Cli) -> None:
    (cli.folder / "one.jsonl").write_text('{"date": "2025-01-01", "text": "one"}\n')
    id = cli.ok("add", "first").id
    script = """
import sys
from journal_tui.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
    for arguments in EVERY_COMMAND:
        arguments = [id if argument == "ID" else argument for argument in arguments]
        command = [sys.executable, "-c", script, "--home", str(cli.home), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, env=cli.env, cwd=cli.folder, input="x\n", check=True
        )
        loaded = done.stderr.splitlines()[-1].split()
        assert "click" in loaded
        assert not {"textual", "rich"} & set(loaded), arguments
        assert "cryptography" not in loaded, arguments
        if arguments[0] not in ("write", "insights", "packs", "import"):
            assert not {"yaml", "snowballstemmer"} & set(loaded), arguments
        if arguments[0] in ("packs", "paths", "passphrase", "--help", "--version"):
            assert "tinydb" not in loaded, arguments


@pytest.mark.parametrize(
    "command",
    [*COMMANDS, "packs list", "packs check", "passphrase set", "passphrase change", "passphrase remove"],
)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command.split(), "--help"])
    out = capsys.readouterr().out
    assert end.value.code == 0
    assert f"    journal-tui {command}" in out or f"| journal-tui {command}" in out
    assert max(map(len, out.splitlines())) <= 80
    with pytest.raises(SystemExit):
        main([*command.split(), "-h"])
    assert capsys.readouterr().out == out


def test_help_names_every_command_in_a_whole_line(cli: Cli) -> None:
    out = cli.ok("--help").out
    commands = out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in commands] == list(COMMANDS)
    assert not [line for line in commands if line.endswith("...")]
    assert "no therapy" in out
    assert cli.ok("-h").out == out


def test_version(cli: Cli) -> None:
    from journal_tui import __version__

    assert cli.ok("--version").out == f"journal-tui {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "need a terminal"),
        (["lst"], 'did you mean "list"'),
        (["frobnicate"], 'no command "frobnicate" (to keep words: journal-tui add "…")'),
        (["--hom", "x", "list"], 'did you mean "--home"'),
        (["--home", "", "list"], "--home is empty"),
        (["list", "--json=1"], "--json takes no value: journal-tui list --help"),
        (["list", "--limit"], "--limit wants a value: journal-tui list --help"),
        (["packs", "ahead", "--days"], "--days wants a value: journal-tui packs ahead --help"),
        (["show"], "ID is missing: journal-tui show --help"),
        (["search"], "WORDS is missing: journal-tui search --help"),
        (["export"], "--to is missing: journal-tui export --help"),
        (["completion"], "SHELL is missing: journal-tui completion --help"),
        (["completion", "bsh"], 'did you mean "bash"'),
        (["history", "a", "b\n" * 100], 'there is no place for "b b'),
        (["packs", "show", "a", "b"], "journal-tui packs show --help"),
        (["help", "lst"], 'did you mean "list"'),
        (["help", "list", "x"], 'no command "x"'),
        (["settings", "day_starts_at", "99"], "day_starts_at should be"),
        (["settings", "theme", "nope"], 'theme cannot be "nope"'),
        (["write", "nope"], "no pillar or pack"),
        (["\x1b]0;x\x07"], "no command"),
    ],
)
def test_what_cannot_be_understood_is_one_line(
    cli: Cli, arguments: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = cli.refused_here(capsys, *arguments)
    assert what in line
    assert line.isprintable()
    assert len(line) < 230


@pytest.mark.parametrize("command", ["", "list", "packs", "packs new"])
def test_help_is_a_command_too(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for arguments in (["help", *command.split()], [*command.split(), "--help"]):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert not end.value.code
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


def test_a_group_alone_says_what_there_is(cli: Cli) -> None:
    assert cli.ok("packs").out == cli.ok("packs", "list").out
    assert "no passphrase" in cli.ok("passphrase").out
    cli.ok("passphrase", "set", "--new-passphrase-file", cli.secret("kettle and rain"))
    assert "is encrypted" in cli.ok("passphrase").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--home", "x"], "--home stands before the command: journal-tui --home DIR list"),
        (
            ["passphrase", "set", "--passphrase-file", "x"],
            "--passphrase-file stands before the command: journal-tui --passphrase-file FILE passphrase set",
        ),
        (
            ["import", "--passphrase-file", "x", "y"],
            "--passphrase-file stands before the command: journal-tui --passphrase-file FILE import",
        ),
        (
            ["--password-file", "x", "import", "y"],
            "--password-file stands after its command, as in journal-tui import: journal-tui import --help shows how",
        ),
        (["--limit", "3", "list"], "--limit stands after its command, as in journal-tui list: "),
    ],
)
def test_an_option_in_the_wrong_place_is_told_the_right_one(
    cli: Cli, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.refused_here(capsys, *arguments).startswith(said)


def test_what_comes_next_is_named(cli: Cli) -> None:
    assert "journal-tui import FILE" in cli.ok("list").err
    assert "remind --install" in cli.ok("settings", "remind_at", "20:30").err
    assert "remind --install" in cli.ok("settings", "remind_at").out
    assert "remind" not in cli.ok("settings", "theme", "night").err


def test_home_comes_from_the_option_then_the_environment_then_the_system(cli: Cli) -> None:
    plain = [sys.executable, "-m", "journal_tui", "paths", "--json"]

    def data_folder(**env: str) -> str:
        run = subprocess.run(plain, capture_output=True, text=True, env=cli.env | env, check=True, cwd=cli.folder)
        return run.stdout

    assert str(cli.folder / "xdg-data") in data_folder()
    assert str(cli.folder / "there") in data_folder(JOURNAL_TUI_HOME=str(cli.folder / "there"))
    assert str(cli.folder / "there") not in cli.ok("paths", env={"JOURNAL_TUI_HOME": str(cli.folder / "there")}).out


def test_wrong_settings_are_told_and_the_rest_goes_on(cli: Cli) -> None:
    cli.home.mkdir()
    (cli.home / "settings.yaml").write_text("day_starts_at: 99\nthem: dusk\n")
    result = cli.ok("add", "words")
    assert result.err.count("\n") == 2
    assert "settings.yaml:1:16" in result.err
    assert 'did you mean "theme"' in result.err
    assert len(cli.entries()) == 1


@pytest.mark.parametrize("content", ["{", "[]", "", '{"entries": {"1": 5}}', '{"about": {"1": {"format": 99}}}'])
def test_an_old_journal_that_cannot_be_read_is_one_line_and_untouched(cli: Cli, content: str) -> None:
    journal = cli.home / "data" / "journal.json"
    journal.parent.mkdir(parents=True)
    journal.write_text(content)
    for arguments in (["list"], ["add", "more"]):
        assert str(journal) in cli.refused(*arguments, code=1)
    assert journal.read_text() == content


def test_a_record_that_cannot_be_read_is_told_and_the_others_are_shown(cli: Cli) -> None:
    cli.ok("add", "whole")
    LogDB(cli.home / "data").table("entries").insert({"id": "x"})
    result = cli.ok("list")
    assert "1 entry could not be read" in result.err
    assert result.err.count("\n") == 1
    assert "whole" in result.out


def test_a_file_in_the_place_of_a_folder(cli: Cli) -> None:
    cli.home.write_text("a file")
    for arguments in (["add", "words"], ["list"], ["write", "free"]):
        assert str(cli.home) in cli.refused(*arguments, code=1)


def test_a_reader_that_leaves_early_is_no_error(cli: Cli) -> None:
    cli.ok("add", input="words " * 40_000)
    with subprocess.Popen(
        [*cli.command, "list", "--json"], env=cli.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_words_piped_in_are_kept_when_nobody_reads_the_questions(cli: Cli) -> None:
    with subprocess.Popen(
        [*cli.command, "write", "trust"],
        env=cli.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.close()
        _, err = process.communicate(b"first words\nmore words\n")
    assert (process.returncode, err) == (0, b"")
    assert "more words" in cli.entries()[0]["text"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")  # noqa: PTH110
def test_a_full_disk_behind_the_output_is_one_line(cli: Cli) -> None:
    cli.ok("add", "words")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run([*cli.command, "list"], env=cli.env, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr


def test_an_interruption_while_it_starts_is_no_error(cli: Cli) -> None:
    script = """
import signal, sys
from journal_tui.__main__ import main
class Interrupted:
    def find_spec(self, name, *_):
        if name == "journal_tui.cli.main":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupted())
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, "list"], env=cli.env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_an_unexpected_error_names_its_kind_and_no_private_word(cli: Cli) -> None:
    cli.ok("add", "my secret")
    script = """
import sys
from journal_tui.cli import main, reading
def broken(entry):
    raise KeyError(entry.text)
reading.entry_to_json = broken
main.main(sys.argv[1:])
"""
    command = [sys.executable, "-c", script, "--home", str(cli.home), "list", "--json"]
    done = subprocess.run(command, env=cli.env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "KeyError" in done.stderr
    assert "secret" not in done.stderr
    debug = subprocess.run(
        command, env=cli.env | {"JOURNAL_TUI_DEBUG": "1"}, capture_output=True, text=True, check=False
    )
    assert "Traceback" in debug.stderr


def test_a_crash_leaves_no_core_dump(cli: Cli) -> None:
    child = cli.spawn("write", "free")
    child.expect("page is yours")
    limits = Path(f"/proc/{child.pid}/limits")
    if not limits.exists():
        pytest.skip("this system does not tell the limits of a process")
    [line] = [line for line in limits.read_text().splitlines() if line.startswith("Max core file size")]
    child.close(force=True)
    assert line.split()[4:6] == ["1", "1"]
