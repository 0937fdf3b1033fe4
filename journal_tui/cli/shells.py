"""``completion``: what a shell needs to complete a line."""

from __future__ import annotations

import click

from journal_tui.cli import out
from journal_tui.cli.params import offering
from journal_tui.model import UsageError, did_you_mean
from journal_tui.text import shorten

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", shell_complete=offering("shells"))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands and names.

    One line in its start file is enough, ~/.bashrc, ~/.zshrc (below compinit) or ~/.config/fish/config.fish:

    \b
      eval "$(journal-tui completion bash)"
      eval "$(journal-tui completion zsh)"
      journal-tui completion fish | source

    Ids are offered with the day and the pillar of their entry, never its words, and not while a passphrase protects
    the journal.
    """
    if shell not in SHELLS:
        hint = did_you_mean(shell, SHELLS)
        raise UsageError(f'no completion is made for "{shorten(shell, 40)}"{hint}: choose from {", ".join(SHELLS)}')
    from click.shell_completion import get_completion_class

    from journal_tui.cli.main import program

    found = get_completion_class(shell)
    assert found
    source = found(program, {}, out.PROGRAM, f"_{out.PROGRAM.replace('-', '_').upper()}_COMPLETE").source()
    # For fish click parts type and word at every comma, which cuts a remark at its first.
    out.echo(source.replace('string split ","', 'string split --max 1 ","'))
