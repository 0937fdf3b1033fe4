"""``help``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from journal_tui.cli import out
from journal_tui.cli.params import offering


@click.command("help")
@click.argument("command", nargs=-1, shell_complete=offering("commands"))
@click.pass_context
def help_(ctx: click.Context, command: tuple[str, ...]) -> None:
    """Show what a command does, as its --help does.

    \b
      journal-tui help
      journal-tui help export
      journal-tui help packs new
    """
    out.say(command_named(ctx.find_root(), command).get_help())


def command_named(context: click.Context, words: Sequence[str]) -> click.Context:
    """Where the command of these words stands below that of `context`.

    Raises:
        click.UsageError: there is none.
    """
    for word in words:
        if not isinstance(context.command, click.Group):
            raise click.UsageError(f'there is no command "{word}" below it', context)
        name, command, _ = context.command.resolve_command(context, [word])
        assert command
        context = click.Context(command, context, name)
    return context
