"""``write`` and ``add``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.params import decode, entry_facts, offering, piped, read_when, without_line_end
from journal_tui.cli.world import library_of, world_of
from journal_tui.model import Answer, Entry, JournalError, Pillar, UsageError, tidy_tags
from journal_tui.paths import Paths
from journal_tui.text import hashtags

if TYPE_CHECKING:
    from journal_tui.session.session import Session
    from journal_tui.world import World

FREE = "free"


# -- add -------------------------------------------------------------------------------------------


@click.command()
@click.argument("text", nargs=-1)
@entry_facts
@click.pass_obj
def add(
    paths: Paths,
    text: tuple[str, ...],
    pillar: Pillar | None,
    when: str | None,
    rating: int | None,
    tags: tuple[str, ...],
) -> None:
    """Keep a few words without questions.

    The words come from the command line or from standard input. A #word in them becomes a tag. Words that
    begin with a dash stand after two dashes (--). The id of the entry is printed.

    \b
      journal-tui add "She laughed at the bus stop. #sister" --pillar trust
      journal-tui add --date yesterday < letter.txt
    """
    words = _given(text)
    world = world_of(paths)
    journal, now = world.journal, world.now()
    day, moment = read_when(when, world.today()) if when is not None else (world.today(), now)
    entry = Entry(
        id=journal.new_id(),
        created=now,
        day=day,
        moment=moment,
        pillar=pillar,
        answers=(Answer(text=words),),
        rating=rating,
        tags=tidy_tags([*hashtags(words), *tags]),
    )
    journal.add(entry)
    out.confirm(entry.id)


def _given(arguments: tuple[str, ...]) -> str:
    """The words to keep, exactly as they came; only the line feed that ends piped text goes.

    Raises:
        UsageError: there are none.
    """
    if arguments and arguments != ("-",):
        words = " ".join(arguments)
    else:
        raw = piped()
        if raw is None:
            raise UsageError(f'there are no words to keep: write {out.PROGRAM} add "…", or pipe them in')
        words = without_line_end(decode(raw))
    if not words.strip():
        raise UsageError(f'the text is empty, nothing was kept: write {out.PROGRAM} add "…", or pipe it in')
    return words


# -- write -----------------------------------------------------------------------------------------


@click.command()
@click.argument("about", metavar="[PILLAR]", default="", shell_complete=offering("about"))
@click.option("--free", is_flag=True, help="A free page, without questions.")
@click.option(
    "--time",
    metavar="TIME",
    shell_complete=offering("times"),
    help="How much there is: two (minutes), ten, or long (as long as it takes).",
)
@click.pass_obj
def write(paths: Paths, about: str, free: bool, time: str | None) -> None:
    """Be asked, one question at a time.

    About the pillar of the day, or the PILLAR or pack that you name. Without a terminal every line of the input is
    one answer, an empty line passes a question over, and the id of the entry is printed at the end.

    \b
      journal-tui write
      journal-tui write trust --time two
      journal-tui write weekly-review
      journal-tui write free
    """
    from journal_tui.cli import guided

    typed = sys.stdin is not None and sys.stdin.isatty()
    terminal = out.is_terminal() and typed
    if not typed:
        out.go_on_unheard()
    world = world_of(paths)
    library = library_of(world)
    is_free = free or about == FREE
    choice = guided.pillar_or_pack(about, library) if about and not is_free else None
    world.journal.check_writable()
    # A script must meet the steps in their order from the first one on.
    resumed = _waiting(world, FREE if is_free else choice) if terminal else None
    pace = guided.pace_named(time) if time is not None else None
    if resumed:
        session = world.take(resumed)
        session = world.paced(session, pace) if pace else session
    else:
        session = world.begin(None if is_free else choice or world.choice_of_day(), pace)
    guided.greet(session, resumed=bool(resumed), terminal=terminal)
    sitting = guided.Sitting(session, world, guided.terminal_line if terminal else guided.piped_line, terminal=terminal)
    with guided.interruptible(sitting):
        finished = sitting.hold()
    _end(world, sitting.session, finished=finished)
    if not terminal and (left := "\n".join(filter(str.strip, [sitting.left_over, guided.unread()]))):
        kept = Entry(id=world.journal.new_id(), created=world.now(), day=world.today(), answers=(Answer(text=left),))
        world.journal.add(kept)
        out.tell(f"what came after the last question is kept as an entry of its own: {kept.id}")


def _waiting(world: World, choice: str | None) -> Session | None:
    """The latest draft of what was chosen, or of anything when nothing was."""
    waiting, troubles = world.waiting()
    for trouble in troubles:
        out.tell(trouble)
    wanted = choice and (FREE if choice == FREE else world.library.for_session(choice).id)
    return next((d for d in waiting if wanted is None or wanted == (d.pack.id if d.pack else FREE)), None)


def _end(world: World, session: Session, *, finished: bool) -> None:
    """Keeps the session as an entry, or leaves it as a draft."""
    from journal_tui.cli.guided import part

    if not finished and session.has_words:
        world.drafts.release(session.id)
        out.note(f"Kept as a draft: {out.PROGRAM} write goes on with it.")
        return
    try:
        entry = world.keep(session)
    except JournalError as error:
        if not session.has_words:
            raise
        raise JournalError(f"{error}; what you wrote waits as a draft, {out.PROGRAM} write goes on with it") from None
    if entry:
        part(session)
        out.confirm(entry.id)
    elif session.outcomes():
        out.note("What became of the promise is noted. Nothing else was written.")
    else:
        out.note("Nothing was written, so nothing is kept.")
