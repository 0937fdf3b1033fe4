"""A guided session in the plain terminal: questions out, lines in.

In a terminal an answer is as many lines as wanted, ended by two empty lines or ctrl+d. Without one, every line
is one answer, in the order of the steps; an empty line passes a question over, the end of the input is the end.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from journal_tui.cli import out
from journal_tui.cli.params import decode, without_line_end
from journal_tui.cli.secret import unlock
from journal_tui.dates import say_full_day
from journal_tui.model import Kind, Pace, Pillar, UsageError
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.session.wording import closing_lines, view_step
from journal_tui.signals import END, leave, listening
from journal_tui.text import clean_line, fold, listed

if TYPE_CHECKING:
    from journal_tui.packs.library import Library
    from journal_tui.world import World

HOW = (
    "Two empty lines end an answer, one passes it over. On a line of its own: :skip :back :stop :done, :less and"
    " :more for less or more time, :who notes the people you wrote of"
)


class _Left(Exception):
    """The writer left before the end."""


class _Stays(Exception):
    """The writer asked for something that leaves the step as it is."""


class _Moved(Exception):
    """The writer asked for another step."""

    def __init__(self, session: Session) -> None:
        self.session = session


class Sitting:
    """One session, held until the writer leaves it. `session` is always what has been given so far."""

    def __init__(self, session: Session, world: World, read: Callable[[], str], *, terminal: bool) -> None:
        self.session = session
        self._world = world
        self._known: tuple[str, ...] | None = None
        self._offered: tuple[str, ...] = ()
        self._read_line = read
        self._terminal = terminal
        self._asked = ""
        self._asks_day = False
        self._last_line = ""
        self._pending: str | None = None
        """A line that was read and is to be taken next."""

    def hold(self) -> bool:
        """Asks until the end; whether it is to be kept now (else it waits as a draft)."""
        while not self.session.is_finished:
            try:
                if self._asked != self.session.step.id:
                    self._asked = self.session.step.id
                    self._ask()
                self._answer()
            except _Moved as moved:
                self.session = moved.session
                self._asked = ""
            except UsageError as error:
                if self._terminal:
                    out.tell(str(error))
                else:
                    self._pass_on(error)
            except _Stays:
                continue
            except _Left as left:
                return left.args == (":done",)
            except EOFError:
                return True
            self.save()
        return True

    def _pass_on(self, error: UsageError) -> None:
        """Words that were piped in and do not fit here answer what comes next: none are lost. A key or a date that
        does not fit is told."""
        if self.session.step.answer_kind is Kind.PROMISE:
            out.tell(str(error))
            self.session = self.session.promise(self.session.reply.text, "")
        elif len(self._last_line.strip()) > 1:
            self._pending = self._last_line
        else:
            out.tell(str(error))
        self.session = self.session.forward()

    @property
    def left_over(self) -> str:
        """A line that fitted no question."""
        return self._pending or ""

    def save(self) -> None:
        """Puts what was written so far on the disk, sealed if another program set a passphrase meanwhile."""
        if not self.session.has_words:
            return
        if self._world.is_shut:
            out.tell("the journal was given a passphrase meanwhile: it is needed to go on")
            unlock(self._world)
        self._world.drafts.save(self.session)

    def keep_typed(self, line: str) -> None:
        """Takes a line that was interrupted, for what it was asked for; half a command is none of the words."""
        session, reply = self.session, self.session.reply
        words = line.strip()
        if words and not words.startswith(":"):
            if self._asks_day:
                self.session = session.promise(reply.text, words)
            elif session.step.answer_kind is Kind.PROMISE:
                self.session = session.promise(words, reply.due)
            elif not session.offered() or (session.step.prompt and len(words) > 1):
                self.session = session.write("\n".join(filter(None, [reply.text, line])))
        self.save()

    # -- asking ------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Prints the present step."""
        session, step = self.session, self.session.step
        out.say()
        here, steps = session.progress()
        if self._terminal and step.kind is not StepKind.PAGE:
            out.say(out.dim(f"{here} of {steps}"))
        if self._terminal:
            self._offer_people()
        view = view_step(session)
        quote = f"{view.quote}  {view.quote_from}".rstrip()
        for text, style in (
            (view.above, "dim"),
            (quote, "italic"),
            (view.ask, "bold"),
            (view.help, "dim"),
            (view.example, "dim"),
        ):
            if text:
                _print(text, **{style: True})
        for key, label in view.options:
            out.say("  ", out.paint(key, bold=True), "" if key == label else f"  {clean_line(label)}")
        if session.reply.text:
            _print(session.reply.text)
            _print("This stays. Anything new comes below it.", dim=True)

    # -- more or less time, and who it is about ----------------------------------------------------

    def _pace(self, by: int) -> Session:
        paces = list(Pace)
        pace = paces[min(max(paces.index(self.session.pace) + by, 0), len(paces) - 1)]
        out.note(f"{pace.value.capitalize()}.")
        return self._world.paced(self.session, pace)

    def _people(self) -> tuple[str, ...]:
        """The people that were written of."""
        from journal_tui.people import recognise

        if self._known is None:
            self._known = self._world.known_people(self.session.language)
        return recognise(self.session.word_text, self._known, self.session.language)

    def _offer_people(self) -> None:
        """Names those who were written of, once; nobody is noted unasked."""
        if self.session.step.kind is StepKind.PAGE or not self.session.word_text:
            return
        found = tuple(name for name in self._people() if name not in (*self._offered, *self.session.people))
        if found:
            self._offered += found
            _print(f"You wrote of {listed(found)}. :who notes it.", dim=True)

    def _note_people(self) -> Session:
        session = self.session.note_people((*self.session.people, *self._people()))
        _print(f"Noted: {listed(session.people)}." if session.people else "No name was recognised yet.", dim=True)
        return session

    # -- answering ---------------------------------------------------------------------------------

    def _read(self) -> str | None:
        """The next line, None when ctrl+d ends the answer in a terminal.

        Raises:
            EOFError: the input is at its end.
        """
        try:
            line = self._pending if self._pending is not None else self._read_line()
            self._last_line, self._pending = line, None
        except EOFError:
            if not self._terminal:
                raise
            out.say()
            return None
        match line.strip():
            case ":skip":
                raise _Moved(self.session.skip())
            case ":back":
                raise _Moved(self.session.back())
            case ":more" | ":less" as word:
                self.session = self._pace(1 if word == ":more" else -1)
                raise _Stays
            case ":who":
                self.session = self._note_people()
                raise _Stays
            case ":stop" | ":done" as word:
                raise _Left(word)
            case word if self._terminal and re.fullmatch(r":[a-z]+", word):
                out.tell(f"{word} does nothing here: there are :skip :back :stop :done :less :more :who")
                raise _Stays
        return line

    def _answer(self) -> None:
        if self.session.step.kind is StepKind.NEW_DAY:
            self._new_day()
        elif self.session.step.answer_kind is Kind.PROMISE:
            self._promise()
        elif self.session.offered():
            self._choose()
        else:
            self._write()

    def _choose(self) -> None:
        """An option by its key or its label; where a question was asked, other words are words of one's own."""
        line = (self._read() or "").strip()
        offered = self.session.offered()
        labels = {label.casefold(): key for key, label in offered.items()}
        key = line.lower() if line.lower() in offered else labels.get(line.casefold(), line.lower())
        if not line:
            self.session = self.session.forward()
        elif key in self.session.offered() or len(line) == 1 or not self.session.step.prompt:
            self.session = self.session.choose(key).forward()
        else:
            self.session = self.session.write(line).forward()

    def _write(self) -> None:
        earlier = self.session.reply.text
        lines: list[str] = []
        while (line := self._read()) is not None:
            if not line.strip() and (not lines or not lines[-1].strip()):
                break
            lines.append(line)
            words = "\n".join(lines).rstrip("\n")
            self.session = self.session.write(f"{earlier}\n\n{words}" if earlier else words)
            if not self._terminal:
                break
            self.save()
        self.session = self.session.forward()

    def _read_day(self) -> str:
        self._asks_day = True
        try:
            return (self._read() or "").strip()
        finally:
            self._asks_day = False

    def _new_day(self) -> None:
        """The day to which a promise is moved; asked until it is one, or nothing."""
        while True:
            self.session = self.session.promise("", self._read_day())
            try:
                self.session = self.session.forward()
                return
            except UsageError as error:
                self.session = self.session.promise("", "")
                if not self._terminal:
                    raise
                out.tell(str(error))

    def _promise(self) -> None:
        text = (self._read() or "").strip() or self.session.reply.text
        self.session = self.session.promise(text, "")
        self.save()
        while text:
            _print("By which day? friday, in three days, 24 december; an empty line for none", dim=True)
            due = self._read_day()
            try:
                self.session = self.session.promise(text, due).forward()
                return
            except UsageError as error:
                self.session = self.session.promise(text, "")
                if not self._terminal:
                    raise
                out.tell(str(error))
        self.session = self.session.forward()


def _print(text: str, **style: bool) -> None:
    for line in out.wrap(text, out.column()):
        out.say(out.paint(line, **style))


def greet(session: Session, *, resumed: bool, terminal: bool) -> None:
    """The first lines: what this is about, and how to answer."""
    title = session.pack.title if session.pack else "A free page"
    out.say(out.paint(clean_line(title), bold=True), out.dim(f" · {say_full_day(session.day)}"))
    if resumed:
        _print("You began this before: it goes on where you stopped.")
    if terminal:
        _print(HOW, dim=True)


def part(session: Session) -> None:
    """The last lines: what was kept and promised, and a line to take along."""
    out.say()
    for line in closing_lines(session, f"{out.PROGRAM} helplines"):
        _print(line)


def terminal_line() -> str:
    """A line typed in the terminal."""
    return input("> ")


def piped_line() -> str:
    """The next line of standard input."""
    raw = sys.stdin.buffer.readline() if sys.stdin else b""
    if not raw:
        raise EOFError
    return without_line_end(decode(raw))


def unread() -> str:
    """What still waits in standard input, without waiting for more."""
    if sys.stdin is None:
        return ""
    os.set_blocking(sys.stdin.fileno(), False)
    try:
        rest = sys.stdin.buffer.read() or b""
    finally:
        os.set_blocking(sys.stdin.fileno(), True)
    lines = without_line_end(decode(rest)).split("\n")
    return "\n".join(line for line in lines if not re.fullmatch(r":[a-z]+", line.strip())).strip("\r\n")


@contextlib.contextmanager
def interruptible(sitting: Sitting) -> Iterator[None]:
    """Within, ctrl+c, a closed terminal and a request to end first put all that was typed on the disk."""
    typed: Callable[[], str] = str
    # With readline a line may be longer than the 4,096 bytes of a terminal, and be moved about in.
    with contextlib.suppress(ImportError):
        import readline

        typed = readline.get_line_buffer

    def keep_and_leave(number: int) -> None:
        sitting.keep_typed(typed())
        out.say()
        if sitting.session.has_words:
            out.note(f"Kept as a draft: {out.PROGRAM} write goes on with it.")
        leave(number)

    with listening((signal.SIGINT, *END), keep_and_leave):
        yield


def pillar_or_pack(about: str, library: Library) -> str | Pillar:
    """What `about` names: a pack, by its id or its title, or a pillar.

    Raises:
        UsageError: neither.
    """
    packs = list(library.packs)
    titles = {fold(pack.title): pack.id for pack in library.packs.values()}
    if about in packs or fold(about) in titles:
        return about if about in packs else titles[fold(about)]
    try:
        return Pillar.named(about)
    except UsageError as error:
        others = [id for id in packs if id not in list(Pillar)]
        what = str(error).replace("no pillar is", "no pillar or pack is", 1)
        raise UsageError(f"{what}, free{''.join(f', {id}' for id in others)}") from None


def pace_named(words: str) -> Pace:
    """The time meant by the beginning of its words, or by ``long``.

    Raises:
        UsageError: none is.
    """
    wanted = " ".join(words.casefold().split())
    found = [pace for pace in Pace if wanted and (pace.value.startswith(wanted) or wanted in pace.value.split())]
    if len(found) != 1:
        raise UsageError(f'the time "{words}" is not known: say two, ten or long')
    return found[0]
