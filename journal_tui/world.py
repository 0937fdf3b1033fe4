"""What every way in stands on: folders, settings, journal, drafts and packs of one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from journal_tui.dates import day_of, now
from journal_tui.files import is_there, read_plain, remove_leftovers, write_private
from journal_tui.model import Entry, JournalError, Pace, Pillar
from journal_tui.paths import Paths, bundled_packs, make_private
from journal_tui.sealed import SealError, is_sealed, unwrap, wrap
from journal_tui.settings import Settings, Value, read_settings, write_setting
from journal_tui.text import clean_line

# The first picture waits neither for the store (which brings TinyDB) nor for packs (YAML) nor for sessions.
if TYPE_CHECKING:
    from journal_tui.insights.kept import Readings
    from journal_tui.insights.report import Report
    from journal_tui.model import Commitment, Judgement, Pack, Prompt, Quote, Recall, Visit
    from journal_tui.packs.library import Library
    from journal_tui.session.drafts import Drafts
    from journal_tui.session.session import Session
    from journal_tui.store.journal import Journal
    from journal_tui.store.passphrase import OnProgress
    from journal_tui.store.restore import Restored
    from journal_tui.store.vault import Key


LARGEST_READINGS = 2**28
"""Bytes; more are not ours."""


class Erased(NamedTuple):
    """What erasing entries touched, and what it could not."""

    backups: int
    """Backups that held them and were cleaned."""
    unread_drafts: int
    """Drafts that may quote them and could not be looked through."""
    quoting: tuple[Entry, ...]
    """Entries, in the trash or not, that were written beside their words and still hold some."""


@dataclass(eq=False, repr=False)
class World:
    """Everything that outlives a screen or a command. Nothing is read or made before it is asked for."""

    paths: Paths
    settings: Settings
    clock: Callable[[], datetime]
    troubles: list[str]
    """What could not be used as it was, a line each."""
    _key: Key | None = None
    _journal: Journal | None = None
    _drafts: Drafts | None = None

    # -- the passphrase ----------------------------------------------------------------------------

    @property
    def has_passphrase(self) -> bool:
        """Whether the journal is encrypted."""
        return is_there(self.paths.vault)

    @property
    def is_locked(self) -> bool:
        """Whether a passphrase is needed before anything can be read."""
        return self._key is None and self.has_passphrase

    @property
    def is_shut(self) -> bool:
        """Whether a passphrase is needed now: from the start, or because another program set or changed one."""
        from journal_tui.store.vault import LockedError

        try:
            return self.key is None and self.has_passphrase
        except LockedError:
            return True

    def unlock(self, passphrase: str) -> None:
        """Opens an encrypted journal; a quarter of a second of work. Finishes a conversion that was interrupted.

        Raises:
            WrongPassphraseError: nothing was opened.
            JournalError: there is no usable vault, or a conversion cannot be finished.
        """
        from journal_tui.store.passphrase import open_vault

        self._become(open_vault(self.paths.data, passphrase))

    def lock(self) -> None:
        """Forgets the key and everything read with it."""
        self._become(None)

    def set_passphrase(self, new: str, on_progress: OnProgress | None = None) -> None:
        """Encrypts the journal, its drafts and its backups.

        Args:
            on_progress: called with the files that are done and those there are.

        Raises:
            JournalError: it is encrypted already, or the disk refuses; what was written is whole either way.
        """
        from journal_tui.store.passphrase import set_passphrase

        self._become(set_passphrase(self.paths.data, new, on_progress))

    def change_passphrase(self, new: str) -> None:
        """Another passphrase opens the journal and its backups from now on.

        Raises:
            LockedError: it is not open.
            JournalError: the disk refuses; the passphrase before still opens it.
        """
        from journal_tui.store.passphrase import change_passphrase

        change_passphrase(self.paths.data, self._unlocked(), new)

    def remove_passphrase(self, on_progress: OnProgress | None = None) -> None:
        """Turns the journal back into one that can be read without a passphrase.

        Args:
            on_progress: called with the files that are done and those there are.

        Raises:
            LockedError: it is not open.
            JournalError: the disk refuses; what was written is whole either way.
        """
        from journal_tui.store.passphrase import remove_passphrase

        remove_passphrase(self.paths.data, self._unlocked(), on_progress)
        self._become(None)

    def restore(self, file: Path, passphrase: Callable[[], str]) -> Restored:
        """Brings back what a backup holds and the journal does not. A missing vault comes back first, so that the
        journal opens at all.

        Args:
            passphrase: asked for when the journal is locked, or the backup has another one.

        Raises:
            JournalError: the file cannot be read; nothing was changed.
        """
        from journal_tui.store.passphrase import bring_vault_back

        key = bring_vault_back(self.paths.data, file, passphrase)
        if key:
            self._become(key)
        elif self.is_locked:
            self.unlock(passphrase())
        return self.journal.restore(file, passphrase)

    def _unlocked(self) -> Key:
        from journal_tui.store.vault import LockedError

        if self._key is None:
            raise LockedError
        return self._key

    def _become(self, key: Key | None) -> None:
        self._key, self._journal = key, None

    @property
    def key(self) -> Key | None:
        """What opens the journal's files as they are now, for another program may have set or removed the
        passphrase; None: they are plain.

        Raises:
            LockedError: a passphrase is needed first.
        """
        return self._key_and_turning()[0]

    def _key_and_turning(self) -> tuple[Key | None, str]:
        """`key`, and the vault's `turning`."""
        if not self.has_passphrase:
            if self._key:
                self._become(None)
            return None, ""
        from journal_tui.store.vault import LockedError, Vault

        vault = Vault.read(self.paths.vault) if self._key else None
        if self._key is None or (vault and vault.id != self._key.vault):
            self._become(None)
            raise LockedError
        return self._key, vault.turning if vault else ""

    # -- what it holds -----------------------------------------------------------------------------

    @property
    def journal(self) -> Journal:
        """The entries and promises.

        Raises:
            LockedError: a passphrase is needed first.
        """
        key = self.key
        if self._journal is None:
            from journal_tui.store.journal import Journal

            self._journal = Journal(self.paths.data, clock=self.clock, key=key)
        return self._journal

    @property
    def drafts(self) -> Drafts:
        """The drafts.

        Raises:
            LockedError: a passphrase is needed first.
        """
        from journal_tui.session.drafts import Drafts

        key, turning = self._key_and_turning()
        if self._drafts is None:
            self._drafts = Drafts(self.paths.drafts)
        # On the way out of encryption, what is new is plain already.
        self._drafts.become(None if turning == "out" else key)
        return self._drafts

    @cached_property
    def library(self) -> Library:
        """All packs; what is wrong with those left out joins the troubles."""
        from journal_tui.packs.library import load_library

        library = load_library(bundled_packs(), self.paths.packs)
        if line := library.left_out:
            self.troubles.append(line)
        return library

    def forget_packs(self) -> None:
        """The packs are read anew when they are asked for next."""
        self.__dict__.pop("titles", None)
        library: Library | None = self.__dict__.pop("library", None)
        if library and library.left_out in self.troubles:
            self.troubles.remove(library.left_out)

    @cached_property
    def titles(self) -> Mapping[Pillar, str]:
        """What the packs in use call the pillars."""
        return {pillar: clean_line(self.library.title(pillar)) for pillar in Pillar}

    def choose(self, key: str, value: Value) -> None:
        """Keeps `value` for the setting `key`, which holds from now on.

        Raises:
            JournalError: the file could not be changed, and the choice before still holds.
        """
        make_private(self.paths.config)
        write_setting(self.paths.settings, key, value)
        self.settings = replace(self.settings, **{key: value})  # type: ignore[arg-type]

    def now(self) -> datetime:
        return self.clock()

    def today(self) -> date:
        """The journal day it is."""
        return day_of(self.now(), self.settings.day_starts_at)

    # -- what is asked today -----------------------------------------------------------------------

    def visits(self) -> list[Visit]:
        """Every question that was put so far."""
        from journal_tui.model import visits

        return visits(self.journal.entries())

    def pillar_of_day(self, past: Sequence[Visit] | None = None) -> Pillar:
        """The pillar whose turn it is."""
        from journal_tui.packs.rotation import pillar_of_day

        focus = self.settings.focus
        return pillar_of_day(
            self.visits() if past is None else past,
            self.today(),
            favoured={*self._pillars_promised(), *self._pillars_in_focus(), *([focus] if focus else [])},
            shuffled=self.settings.shuffled,
        )

    def _pillars_promised(self) -> set[Pillar]:
        """The pillars of the entries that made the promises which are due."""
        due = {promise.entry for promise in self.journal.promises.due(self.today())}
        return {entry.pillar for entry in self.journal.entries() if entry.id in due and entry.pillar} if due else set()

    def _pillars_in_focus(self) -> set[Pillar]:
        """The pillars that a pattern in focus is about."""
        targets = {focus.target for focus in self.focuses()}
        return {pillar for pillar in Pillar if pillar.value in targets}

    def choice_of_day(self, past: Sequence[Visit] | None = None) -> Pillar | str:
        """What a new session is about unless the writer says otherwise: the first days go on, else a pillar."""
        from journal_tui.packs.rotation import first_days

        past = self.visits() if past is None else past
        pack, begun = first_days(self.library.packs.values(), past, self.today())
        return pack.id if pack and begun else self.pillar_of_day(past)

    def begin(
        self, choice: Pillar | str | None, pace: Pace | None = None, past: Sequence[Visit] | None = None
    ) -> Session:
        """A new session on a pillar, on the pack with this id, or (None) a free page.

        Args:
            pace: how much time there is; None: as the settings say.
            past: `visits`, where they were looked up already.

        Raises:
            JournalError: there is no such pack, or the journal cannot be read.
        """
        from journal_tui.session.session import Session

        today = self.today()
        pace = pace or self.settings.time
        pack = None if choice is None else self.library.for_session(choice)
        questions, quotes = self._plan(pack, pace, past) if pack else ([], {})
        return Session(
            id=self.journal.new_id(),
            started=self.now(),
            day=today,
            pack=pack,
            questions=tuple(questions),
            quotes=quotes,
            pace=pace,
            due=tuple(self.journal.promises.due(today)) if pack else (),  # a free page asks nothing
        )

    def paced(self, session: Session, pace: Pace) -> Session:
        """The session with more or less time."""
        if session.pack is None:
            return session
        questions, quotes = self._plan(session.pack, pace)
        paced = session.paced(pace, questions)
        return replace(paced, quotes=MappingProxyType({**quotes, **session.quotes}))

    def _plan(
        self, pack: Pack, pace: Pace, past: Sequence[Visit] | None = None
    ) -> tuple[list[Prompt], Mapping[str, Quote]]:
        """The questions of a new session on `pack`, and the earlier words that some of them are laid beside."""
        from journal_tui.packs.rotation import choose_prompts

        quotes = self._quotes(pack.language) if any(prompt.recall for prompt in pack.prompts) else {}
        questions = choose_prompts(
            pack,
            self.visits() if past is None else past,
            self.today(),
            pace,
            focus={focus.kind for focus in self.focuses()},
            promise_due=bool(self.journal.promises.due(self.today())),
            recalls=quotes.keys(),
        )
        return questions, MappingProxyType({p.id: quotes[p.recall] for p in questions if p.recall})

    def _quotes(self, language: str) -> Mapping[Recall, Quote]:
        from journal_tui.people import recognise
        from journal_tui.session.recall import find_quotes

        known = self.known_people(language)
        return find_quotes(
            self.journal.entries(),
            self.journal.promises.all(),
            self.today(),
            named=lambda text: recognise(text, known, language),
        )

    def known_people(self, language: str = "en") -> tuple[str, ...]:
        """Names met in the journal before. Reads every entry: not for the screens' own thread."""
        from journal_tui.people import known_names

        entries, people = self.journal.entries(), self.journal.people.all()
        languages = dict.fromkeys((language, "en"))
        return tuple(dict.fromkeys(name for lang in languages for name in known_names(entries, people, lang)))

    # -- the mirror --------------------------------------------------------------------------------

    def report(self, day: date | None = None, on_progress: Callable[[int, int], object] | None = None) -> Report:
        """What the mirror shows, as of `day` or today. Reads every entry: not for the screens' own thread.

        Args:
            on_progress: called now and then with the entries read and the entries to read; may raise to stop.
        """
        from journal_tui.insights.kept import Readings
        from journal_tui.insights.report import build

        journal = self.journal
        kept = Readings(self._readings())
        report = build(
            journal.entries(),
            journal.promises.all(),
            today=day or self.today(),
            people=journal.people.all(),
            judgements=journal.judgements.all(),
            marks=journal.marks.all(),
            kept=kept,
            on_progress=on_progress,
        )
        if kept.is_new and (day is None or day >= self.today()):
            self._keep_readings(kept)
        return report

    def report_of(
        self,
        entries: Sequence[Entry],
        commitments: Sequence[Commitment],
        on_progress: Callable[[int, int], object] | None = None,
    ) -> Report:
        """What the mirror shows, today, of these alone: for a page on some of the journal.

        Args:
            on_progress: as for `report`.
        """
        from journal_tui.insights.kept import Readings
        from journal_tui.insights.report import build

        kept = Readings(self._readings())
        report = build(
            entries,
            commitments,
            today=self.today(),
            people=self.journal.people.all(),
            kept=kept,
            on_progress=on_progress,
        )
        if kept.is_new and {*self.journal.ids()} <= {entry.id for entry in entries}:
            self._keep_readings(kept)
        return report

    def _readings(self) -> bytes:
        """What was kept of earlier readings; nothing where it cannot be read, or is open though the journal is not."""
        try:
            content = read_plain(self.paths.readings, LARGEST_READINGS)
            if is_sealed(content) is not (self.key is not None):
                return b""
            return unwrap(content, self.paths.readings.name, self.key)
        except (OSError, SealError):
            return b""

    def _keep_readings(self, kept: Readings) -> None:
        """For the next report: of those entries that are still there, for another program may have erased some
        meanwhile. It is not the journal: a disk that refuses is no trouble."""
        file = self.paths.readings
        with suppress(OSError, JournalError):
            if is_there(self.paths.data) and not file.parent.is_symlink():
                make_private(file.parent)
                with self.journal.undisturbed():
                    remove_leftovers(file)
                    content = kept.to_bytes(self.journal.ids())
                    write_private(file, wrap(content, file.name, self.key))

    def _forget_readings(self) -> None:
        with suppress(OSError):
            remove_leftovers(self.paths.readings)
            self.paths.readings.unlink(missing_ok=True)

    def focuses(self) -> tuple[Judgement, ...]:
        """The patterns that the writer keeps in view."""
        from journal_tui.insights.judgements import focuses

        return focuses(self.journal.judgements.all(), self.today())

    # -- drafts ------------------------------------------------------------------------------------

    def waiting(self) -> tuple[list[Session], list[str]]:
        """The sessions to go on with, the latest first, and a line for each draft that cannot be read.

        A draft whose entry is kept already, to the word, is only a leftover and goes.
        """
        drafts, troubles = self.drafts.waiting(self.library.session_packs())
        found: list[Session] = []
        for draft in drafts:
            entry = self.journal.kept(draft.id)
            if entry and draft.entry(self.now()).answers == entry.answers:
                self.drafts.remove(draft.id)
            else:
                found.append(draft)
        return found, troubles

    def take(self, draft: Session) -> Session:
        """A waiting draft, to go on with it.

        Raises:
            JournalError: another program has it open, or it is gone.
        """
        return self.drafts.take(draft.id, self.library.session_packs())

    def keep(self, session: Session) -> Entry | None:
        """Keeps what a session holds, then forgets its draft; the entry, or None where there is nothing to read.

        Raises:
            JournalError: nothing was kept, and the draft is still there.
        """
        entry = session.entry(self.now())
        promises, outcomes = session.commitments(), session.outcomes()
        if entry.answers or entry.rating or promises:
            self.journal.add(entry, commitments=promises, outcomes=outcomes)
        else:
            self.journal.promises.answer(outcomes)
        with suppress(OSError):  # it is kept: what is left of its draft goes the next time
            self.drafts.remove(session.id)
        self.drafts.release(session.id)
        return entry if promises or not entry.is_blank else None

    def erase(self, ids: Sequence[str]) -> Erased:
        """Removes entries for good, from the journal, its backups and the drafts.

        Raises:
            JournalError: the disk refuses.
        """
        self._forget_readings()
        backups = self.journal.trash.erase(ids)
        self._forget_readings()
        for id in ids:
            self.drafts.remove_edit(id)
        unread = self.drafts.forget(ids)
        there = [*self.journal.entries(), *(thrown.entry for thrown in self.journal.trash.all())]
        quoting = [entry for entry in there if any(answer.quoted in ids for answer in entry.answers)]
        return Erased(backups, unread, tuple(quoting))


def open_world(paths: Paths, clock: Callable[[], datetime] = now) -> World:
    """The world of the journal under `paths`; reads the settings only."""
    settings, faults = read_settings(paths.settings)
    return World(
        paths=paths,
        settings=settings,
        clock=clock,
        troubles=[f"setting left out: {fault}" for fault in faults],
    )
