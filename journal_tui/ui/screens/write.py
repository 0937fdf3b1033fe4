"""Write: one question at a time on a wide calm page."""

from __future__ import annotations

import asyncio
import contextlib

from textual import events, on
from textual.app import ComposeResult

from journal_tui.model import JournalError, Kind, Pace, UsageError
from journal_tui.safety import speaks_of_harm
from journal_tui.session.session import Session
from journal_tui.session.wording import closing_lines
from journal_tui.text import clean_line, count_words
from journal_tui.ui.beside import Stopped, stopping
from journal_tui.ui.commands import Command
from journal_tui.ui.drafting import DraftingScreen
from journal_tui.ui.messages import Go
from journal_tui.ui.typed import all_typed
from journal_tui.ui.views.write import Look, look, whisper
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.keybar import WIDEST, KeyBar
from journal_tui.ui.widgets.page import Line
from journal_tui.ui.widgets.sheet import LOW, Sheet
from journal_tui.world import World


class WriteScreen(DraftingScreen):
    """A guided session, from arrival to the closing page."""

    CSS_PATH = "write.tcss"
    AUTO_FOCUS = ""  # on coming back from another screen nothing hidden takes the keys
    TITLE = "Write"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]
    HELP = "One question at a time. What you type is on the disk within two seconds, whatever happens."
    BINDINGS = [
        Command("write.forward", "tab", "Next", "On to the next question; an empty page is skipped", priority=True),
        Command("write.back", "shift+tab", "Back", "To the question before; nothing is lost", priority=True),
        Command("write.stop", "escape", "Later", "Stop for today; go on from here another day"),
        Command("write.finish", "ctrl+s", "Finish", "Keep what is there and end here"),
        Command("write.note-people", "ctrl+o", "Who", "Note the people you write of, or not"),
        Command("write.time", "ctrl+t", "Time", "Less or more time: two minutes, ten, as long as it takes"),
        Command("write.only-page", "f3", "Page", "Nothing but the page; the same key or Esc brings the rest back"),
        Command("write.editor", "f2", "Editor", "Write this page in your own editor"),
        Command("write.helplines", "c", "Who to call", "Helplines where you live, and elsewhere"),
        Command("write.done", "enter", "Done", "Back to Today"),
    ]

    def __init__(self, world: World, session: Session) -> None:
        super().__init__(world, session)
        self._seen = Look()
        self._is_over = session.is_finished
        self._is_alone = False

    def compose(self) -> ComposeResult:
        yield Sheet(plain=self._world.settings.plain_glyphs)
        yield KeyBar(width=WIDEST)

    async def on_mount(self) -> None:
        if self._is_over:  # it could not be kept last time
            await self._keep()
        self._show_step()
        if self._sheet.page.display:
            from journal_tui.ui.outside import take_up

            take_up(self, self._sheet.page, self._world, self._session.id)
        self._begin_saving()
        self.run_worker(self._learn_names, thread=True, group="names")

    @property
    def _sheet(self) -> Sheet:
        return self.query_one(Sheet)

    def _show_step(self) -> None:
        self._is_over = self._session.is_finished
        self._sheet.show(self._session)
        self._sheet.leave_alone(self._is_alone)
        self._seen = Look(count_words(self._session.reply.text), self._seen.named)
        self._whisper()
        self.refresh_bindings()

    def _whisper(self) -> None:
        words = ""
        if self._sheet.page.display:
            words = whisper(self._seen, self._session.people)
        elif not self._is_over and self._session.step.answer_kind in (Kind.CHOICE, Kind.SCALE):
            words = "one key is enough; tab passes it by"
        self._sheet.whisper(self._trouble or words, is_trouble=bool(self._trouble))

    # -- who it is about, and how much time --------------------------------------------------------

    def _learn_names(self) -> None:
        """In a thread of its own: reads the journal for the names met before, while nobody types."""
        with contextlib.suppress(JournalError, OSError, Stopped), stopping(between_keys=True):
            self._known = self._world.known_people(self._session.language)
            self._dirty = True  # what stands on the page is looked at once more

    def action_note_people(self) -> None:
        """Notes those recognised; once all are, leaves them out again."""
        session = self._take_in()
        self._session = session.note_people((*session.people, *self._seen.named) if self._seen.named else ())
        self._seen = look(self._session, self._known)
        self._dirty = True
        self._whisper()
        self.refresh_bindings()

    async def action_time(self) -> None:
        paces = list(Pace)
        pace = paces[(paces.index(self._session.pace) + 1) % len(paces)]
        try:
            await all_typed(self)
            self._session = self._world.paced(self._take_in(), pace)
        except JournalError as error:
            self.notify(clean_line(str(error)), severity="warning")
            return
        self._dirty = True
        self._sheet.fit(self._session)
        self.notify(f"{pace.value.capitalize()}.")

    def action_helplines(self) -> None:
        self.post_message(Go("helplines"))

    # -- the page alone, or elsewhere --------------------------------------------------------------

    def action_only_page(self) -> None:
        self._is_alone = not self._is_alone
        self._sheet.leave_alone(self._is_alone)
        self.app.clear_notifications()
        if self._is_alone:
            self.notify("Only the page. F3 or Esc brings the rest back.")

    async def action_editor(self) -> None:
        from journal_tui.ui.outside import write_outside

        await all_typed(self)
        write_outside(self, self._sheet.page, self._world, self._session.id, self.save_now)

    # -- keeping the draft -------------------------------------------------------------------------

    def _take_in(self) -> Session:
        self._session = self._sheet.taken_into(self._session)
        return self._session

    def on_sheet_typed(self) -> None:
        self._changed()

    def _has_seen(self, seen: Look) -> None:
        before, self._seen = self._seen, seen
        if not self._is_over:
            self._whisper()
        if before.named != seen.named:
            self.refresh_bindings()

    # -- moving ------------------------------------------------------------------------------------

    async def _go_to(self, session: Session) -> None:
        self._session = session
        self._dirty = True
        if session.is_finished:
            await self._keep()
        self._show_step()
        self._autosave()

    async def action_forward(self) -> None:
        if self._is_over:
            return
        await all_typed(self)
        promise = self._sheet.promise
        if promise.text.has_focus and promise.text.value.strip():
            promise.due.focus()
            return
        session = self._take_in()
        try:
            await self._go_to(session.forward())
        except UsageError:
            promise.due.focus()  # what is amiss stands below it

    async def action_back(self) -> None:
        if not self._is_over:
            await all_typed(self)
            promise = self._sheet.promise
            if promise.due.has_focus and promise.first is not promise.due:
                promise.first.focus()
                return
            await self._go_to(self._take_in().back())

    @on(Line.Submitted)
    async def _line_done(self, event: Line.Submitted) -> None:
        event.stop()
        await self.action_forward()

    @on(Choices.OptionSelected, "#choices")
    async def _chosen(self, event: Choices.OptionSelected) -> None:
        event.stop()
        await self._choose(event.option.id or "")

    async def _choose(self, key: str) -> None:
        await self._go_to(self._session.choose(key).forward())

    async def on_key(self, event: events.Key) -> None:
        choices = self._sheet.choices
        if not event.character:
            return
        if not choices.display:
            self._sheet.type_on(event)
            return
        key = event.character.lower()
        if key in self._session.offered():
            event.stop()
            event.prevent_default()
            await self._choose(key)
        elif key in "jk":
            event.stop()
            choices.action_cursor_down() if key == "j" else choices.action_cursor_up()

    async def action_finish(self) -> None:
        """To the end from wherever one is."""
        if self._is_over:
            return
        await all_typed(self)
        session = self._take_in()
        if not session.has_words:
            self.notify("Nothing is written yet. Esc goes back.")
            return
        try:
            await self._go_to(session.finish())
        except UsageError:
            self._sheet.promise.due.focus()

    async def _keep(self) -> None:
        """Keeps the session as an entry, then forgets the draft."""
        session = self._session
        try:
            await asyncio.to_thread(self._keeper.keep, session)
        except (JournalError, OSError) as error:
            self._trouble = f"Not kept yet: {error}"
            safe = "Your words are safe in the draft." if self.save_now() else "Your words are on this screen alone."
            self._sheet.end((clean_line(str(error)), f"{safe} Enter tries again."))
            return
        self._kept = True
        self._trouble = ""
        nothing = ("Nothing was written, and that is fine.",)
        self._sheet.end(closing_lines(session, "c") if session.has_words else nothing)

    async def action_stop(self) -> None:
        if self._is_alone:
            self.action_only_page()
            return
        await all_typed(self)
        if self.may_leave():
            self._world.drafts.release(self._session.id)
            self.app.clear_notifications()  # they spoke of this page
            if self._session.has_words and not self._kept:
                self.notify("Kept as a draft. Today leads back to it.")
            self.dismiss()

    async def action_done(self) -> None:
        if self._kept:
            self.dismiss()
        elif self._is_over:
            await self._keep()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "forward" | "back" | "finish":
                return not self._is_over
            case "time":
                return not self._is_over and self._session.pack is not None
            case "note_people":
                return not self._is_over and bool(self._seen.named or self._session.people)
            case "only_page" | "editor":
                return self._sheet.page.display
            case "helplines":
                return self._is_over and speaks_of_harm(self._session.word_text)
            case "stop":
                return not self._kept
            case "done":
                return self._is_over
        return True
