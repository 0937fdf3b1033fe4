"""``write`` and ``add``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from journal_tui.cli import out
from journal_tui.cli.params import decode, entry_facts, piped, read_when, without_line_end
from journal_tui.cli.world import day_it_is, library_of, open_journal, settings_of
from journal_tui.dates import day_of
from journal_tui.model import Answer, Entry, JournalError, Pillar, UsageError, tidy_tags, visits
from journal_tui.paths import Paths
from journal_tui.text import hashtags, plural

if TYPE_CHECKING:
    from journal_tui.packs.library import Library
    from journal_tui.session.drafts import Drafts
    from journal_tui.session.session import Session
    from journal_tui.store.journal import Journal

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
    journal = open_journal(paths)
    now = journal.now()
    today = day_it_is(paths, now)
    day, moment = read_when(when, today) if when is not None else (today, now)
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
    out.say(entry.id)


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
@click.argument("about", metavar="[PILLAR]", default="")
@click.option("--free", is_flag=True, help="A free page, without questions.")
@click.pass_obj
def write(paths: Paths, about: str, free: bool) -> None:
    """Be asked, one question at a time.

    About the pillar of the day, or the PILLAR or pack that you name. Without a terminal every line of the input is
    one answer, an empty line passes a question over, and the id of the entry is printed at the end.

    \b
      journal-tui write
      journal-tui write trust
      journal-tui write free
    """
    from journal_tui.cli import guided
    from journal_tui.session.drafts import Drafts

    terminal = out.is_terminal() and sys.stdin is not None and sys.stdin.isatty()
    library = library_of(paths)
    choice = FREE if free or about == FREE else guided.pillar_or_pack(about, list(library.packs)) if about else None
    journal = open_journal(paths)
    journal.check_writable()
    drafts = Drafts(paths.drafts)
    # A script must meet the steps in their order from the first one on.
    resumed = _waiting(journal, drafts, library, choice) if terminal else None
    session = resumed or _begin(paths, journal, library, choice)
    if resumed:
        drafts.save(resumed)
    guided.greet(session, resumed=bool(resumed), terminal=terminal)
    sitting = guided.Sitting(
        session, drafts, guided.terminal_line if terminal else guided.piped_line, terminal=terminal
    )
    with guided.interruptible(sitting):
        finished = sitting.hold()
    _end(journal, drafts, sitting.session, finished=finished)
    if not terminal and (left := guided.unread()):
        out.tell(
            f"{plural(left, 'line')} came after the last question and stand nowhere: keep them with {out.PROGRAM} add"
        )


def _begin(paths: Paths, journal: Journal, library: Library, choice: str | None) -> Session:
    """A new session on a pillar or pack, on the pillar of the day (None), or on a free page."""
    from journal_tui.packs.rotation import choose_prompts, pillar_of_day
    from journal_tui.session.session import Session

    settings = settings_of(paths)
    today = day_of(journal.now(), settings.day_starts_at)
    past = visits(journal.entries())
    pack = None if choice == FREE else library.for_session(choice or pillar_of_day(past, today))
    return Session(
        id=journal.new_id(),
        started=journal.now(),
        day=today,
        pack=pack,
        questions=tuple(choose_prompts(pack, past, today, settings.questions)) if pack else (),
        due=tuple(journal.due(today)),
    )


def _waiting(journal: Journal, drafts: Drafts, library: Library, choice: str | None) -> Session | None:
    """The latest draft of what was chosen, or of anything when nothing was."""
    waiting, troubles = drafts.waiting(library.session_packs())
    for trouble in troubles:
        out.tell(trouble)
    kept = {entry.id for entry in journal.entries()}
    wanted = choice and (FREE if choice == FREE else library.for_session(choice).id)
    for draft in waiting:
        if draft.id in kept:  # ended between keeping the entry and forgetting its draft
            drafts.remove(draft.id)
        elif wanted is None or wanted == (draft.pack.id if draft.pack else FREE):
            return draft
    return None


def _end(journal: Journal, drafts: Drafts, session: Session, *, finished: bool) -> None:
    """Keeps the session as an entry, leaves it as a draft, or forgets it where nothing was said."""
    from journal_tui.cli.guided import part

    if not session.has_words:
        drafts.remove(session.id)
        out.note("Nothing was written, so nothing is kept.")
        return
    if not finished:
        drafts.release(session.id)
        out.note(f"Kept as a draft: {out.PROGRAM} write goes on with it.")
        return
    entry = session.entry(journal.now())
    commitment = session.commitment()
    if entry.is_blank and not commitment:
        journal.answer(session.outcomes())
        drafts.remove(session.id)
        out.note("What became of the promise is noted. Nothing else was written.")
        return
    try:
        journal.add(entry, commitment=commitment, outcomes=session.outcomes())
    except JournalError as error:
        raise JournalError(f"{error}; what you wrote waits as a draft, {out.PROGRAM} write goes on with it") from None
    drafts.remove(session.id)
    part(session)
    out.say(entry.id)
