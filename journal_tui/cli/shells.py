"""``completion``: what a shell needs to complete a line."""

from __future__ import annotations

import click

from journal_tui.cli.out import PROGRAM

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
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
    from click.shell_completion import get_completion_class

    from journal_tui.cli.main import program

    found = get_completion_class(shell)
    assert found
    click.echo(found(program, {}, PROGRAM, f"_{PROGRAM.replace('-', '_').upper()}_COMPLETE").source())
