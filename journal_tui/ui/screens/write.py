"""Write: one question at a time on a wide calm page."""

from __future__ import annotations

import asyncio
import contextlib

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from journal_tui.model import JournalError, Kind, Pace, UsageError
from journal_tui.safety import speaks_of_harm
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.session.wording import StepView, closing_lines, view_step
from journal_tui.text import clean_line, count_words, listed, plural
from journal_tui.ui.keeper import Keeper
from journal_tui.ui.messages import Go
from journal_tui.ui.theme import glyph, hue
from journal_tui.ui.typed import all_typed
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.keybar import KeyBar
from journal_tui.ui.widgets.page import Line, Page
from journal_tui.ui.widgets.promise import PromiseLines
from journal_tui.world import World

AUTOSAVE_SECONDS = 1.0
"""A draft is at most two of these behind the typing: one to wait, one while the last save ends."""


class WriteScreen(Screen[None]):
    """A guided session, from arrival to the closing page."""

    CSS_PATH = "write.tcss"
    AUTO_FOCUS = ""  # on coming back from another screen nothing hidden takes the keys
    TITLE = "Write"
    HELP = "One question at a time. What you type is on the disk within two seconds, whatever happens."
    BINDINGS = [
        Binding("tab", "forward", "Next", tooltip="On to the next question; an empty page is skipped", priority=True),
        Binding("shift+tab", "back", "Back", tooltip="To the question before; nothing is lost", priority=True),
        Binding("escape", "stop", "Later", tooltip="Stop for today; go on from here another day"),
        Binding("ctrl+s", "finish", "Finish", tooltip="Keep what is there and end here"),
        Binding("ctrl+o", "note_people", "Who", tooltip="Note the people you write of, or not"),
        Binding("ctrl+t", "time", "Time", tooltip="Less or more time: two minutes, ten, as long as it takes"),
        Binding("c", "helplines", "Who to call", tooltip="Helplines where you live, and elsewhere"),
        Binding("enter", "done", "Done", tooltip="Back to Today"),
    ]

    class Saved(Message):
        """A draft reached the disk, or (with an error) did not."""

        def __init__(self, error: str = "") -> None:
            super().__init__()
            self.error = error

    def __init__(self, world: World, session: Session) -> None:
        super().__init__()
        self._world = world
        self._session = session
        self._dirty = False
        self._saving = False
        self._keeper = Keeper(world)
        self._kept = False
        self._trouble = ""
        self._leave_anyway = False
        self._known: tuple[str, ...] = ()
        self._named: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="head", markup=False)
            yield Static(id="above", markup=False)
            yield Static(id="quote", markup=False)
            yield Static(id="ask", markup=False)
            yield Static(id="help", markup=False)
            yield Page(id="page")
            yield Choices(plain=self._world.settings.plain_glyphs, id="choices")
            yield PromiseLines(id="promise")
            yield Static(id="ending", markup=False)
            yield Static(id="whisper", markup=False)
        yield KeyBar(width=80)

    async def on_mount(self) -> None:
        if self._session.is_finished:  # it could not be kept last time
            await self._keep()
        self._show_step()
        self.set_interval(AUTOSAVE_SECONDS, self._autosave)
        self.run_worker(self._learn_names, thread=True, group="names")

    # -- showing -----------------------------------------------------------------------------------

    def _show_step(self) -> None:
        session = self._session
        kind = session.step.answer_kind
        is_end = session.is_finished
        view = StepView() if is_end else view_step(session)
        for name, words in (("#above", view.above), ("#ask", view.ask), ("#help", view.help)):
            self.query_one(name, Static).update(Content(words))
            self.query_one(name).display = bool(words)
        self.query_one("#quote").display = bool(view.quote)
        self.query_one("#quote", Static).update(
            Content.assemble((view.quote, "$ink"), (f"  {view.quote_from}", "$quiet"))
        )
        page = self.query_one(Page)
        choices = self.query_one("#choices", Choices)
        page.display = not is_end and kind in (Kind.TEXT, Kind.LIST)
        choices.display = not is_end and kind in (Kind.CHOICE, Kind.SCALE)
        promise = self._promise
        promise.display = not is_end and kind is Kind.PROMISE
        self.query_one("#ending").display = is_end
        if is_end:
            self.set_focus(None)
        elif page.display:
            page.placeholder = Content(view.example)
            page.fill(session.reply.text)
            page.focus()
        elif choices.display:
            chosen = session.reply.choice
            labels = [
                (
                    key,
                    Content.assemble((key, "$accent"), f"  {label}", ("   chosen" if key == chosen else "", "$quiet")),
                )
                for key, label in view.options
            ]
            # Nothing is proposed: Enter must not answer for the writer.
            choices.show(labels, next((n for n, (key, _) in enumerate(labels) if key == chosen), None))
            choices.focus()
        else:
            only_day = session.step.kind is StepKind.NEW_DAY
            promise.fill(session.reply.text, session.reply.due, session.day, only_day=only_day)
        self._show_head()
        self._whisper()
        self.refresh_bindings()

    def _show_head(self) -> None:
        session = self._session
        plain = self._world.settings.plain_glyphs
        name = clean_line(session.pack.title) if session.pack else "Free page"
        here, total = session.progress()
        full, empty = ("*", "-") if plain else ("●", "○")
        dots = "" if session.is_finished or total < 2 else f"{full * here}{empty * (total - here)}"
        left = Content.styled(f"{glyph(session.pillar, plain=plain)}  {name}", f"bold {hue(session.pillar)}")
        room = self.query_one("#head").content_size.width or 60
        gap = max(2, room - left.cell_length - len(dots))
        self.query_one("#head", Static).update(Content.assemble(left, " " * gap, (dots, "$quiet")))

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_head)

    def _whisper(self) -> None:
        """The quiet line below the page: how much there is, and that it is safe."""
        page = self.query_one(Page)
        words = ""
        if page.display:
            count = count_words(page.text)
            words = plural(count, "word") if count else "an empty page is skipped with tab"
            words += self._about_people()
        elif self._session.step.answer_kind in (Kind.CHOICE, Kind.SCALE) and not self._session.is_finished:
            words = "one key is enough; tab passes it by"
        if self._trouble:
            self.query_one("#whisper", Static).update(Content.styled(clean_line(self._trouble), "$warning"))
        else:
            self.query_one("#whisper", Static).update(Content(words))

    # -- who it is about ---------------------------------------------------------------------------

    def _learn_names(self) -> None:
        """In a thread of its own: reads the journal for the names met before."""
        with contextlib.suppress(JournalError, OSError):
            self._known = self._world.known_people(self._session.language)

    def _about_people(self) -> str:
        """Who was noted, and who was recognised and may be."""
        from journal_tui.people import recognise

        noted = self._session.people
        self._named = tuple(
            name for name in recognise(self._written(), self._known, self._session.language) if name not in noted
        )
        with_them = f" · with {listed(map(clean_line, noted))}" if noted else ""
        offered = f" · {listed(map(clean_line, self._named))}? ctrl+o notes it" if self._named else ""
        self.refresh_bindings()
        return with_them + offered

    @property
    def _promise(self) -> PromiseLines:
        return self.query_one(PromiseLines)

    def _written(self) -> str:
        return f"{self._session.word_text}\n{self.query_one(Page).text}"

    def action_note_people(self) -> None:
        """Notes those recognised; once all are, leaves them out again."""
        session = self._take_in()
        self._session = session.note_people((*session.people, *self._named) if self._named else ())
        self._dirty = True
        self._whisper()

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
        self._show_head()
        self.notify(f"{pace.value.capitalize()}.")

    def action_helplines(self) -> None:
        self.post_message(Go("helplines"))

    # -- keeping the draft -------------------------------------------------------------------------

    def _take_in(self) -> Session:
        """The session with what is on the screen."""
        session = self._session
        if session.is_finished:
            return session  # what is still displayed belongs to the step before
        if self.query_one(Page).display:
            text = self.query_one(Page).words
            if text != session.reply.text:
                self._session = session.write(text)
        elif self._promise.display and (changed := self._promise.changed()):
            self._session = session.promise(*changed)
        return self._session

    @on(Page.Changed)
    @on(Line.Changed)
    def _typed(self) -> None:
        self._dirty = True
        self._leave_anyway = False

    def _autosave(self) -> None:
        if not self._dirty or self._saving:
            return
        self._dirty, self._saving = False, True
        session, number = self._take_in(), self._keeper.number()
        self._whisper()
        self.run_worker(lambda: self._save(session, number), thread=True, group="draft")

    def _save(self, session: Session, number: int) -> None:
        """In a thread of its own: the typing does not wait for the disk."""
        try:
            self._keeper.save(session, number)
            self.post_message(self.Saved())
        except (JournalError, OSError) as error:
            self.post_message(self.Saved(str(error)))

    def on_write_screen_saved(self, message: Saved) -> None:
        self._saving = False
        if message.error:
            self._dirty = True
        if message.error != self._trouble:
            self._trouble = message.error
            self._whisper()

    def save_now(self) -> bool:
        """Puts everything on the disk at once; False when that failed and the words stand on the screen alone."""
        if self._kept:
            return True
        try:
            self._keeper.save(self._take_in(), self._keeper.number())
        except (JournalError, OSError) as error:
            self._trouble = str(error)
            self._whisper()
            return False
        return True

    def may_leave(self) -> bool:
        """Whether all is on the disk, or the writer has said twice to leave without."""
        if self.save_now() or self._leave_anyway:
            return True
        self._leave_anyway = True
        self.notify(
            "Not saved: these words are on the screen alone. The same key again leaves without them.",
            severity="warning",
            timeout=10,
        )
        return False

    # -- moving ------------------------------------------------------------------------------------

    async def _go_to(self, session: Session) -> None:
        self._session = session
        self._dirty = True
        if session.is_finished:
            await self._keep()
        self._show_step()
        self._autosave()

    async def action_forward(self) -> None:
        if self._session.is_finished:
            return
        await all_typed(self)
        promise = self._promise
        if promise.text.has_focus and promise.text.value.strip():
            promise.due.focus()
            return
        session = self._take_in()
        try:
            await self._go_to(session.forward())
        except UsageError:
            promise.due.focus()  # what is amiss stands below it

    async def action_back(self) -> None:
        if not self._session.is_finished:
            await all_typed(self)
            if self._promise.due.has_focus and self._promise.first is not self._promise.due:
                self._promise.first.focus()
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
        choices = self.query_one("#choices", Choices)
        if not event.character:
            return
        if not choices.display:
            self._type_on(event)
            return
        key = event.character.lower()
        if key in self._session.offered():
            event.stop()
            event.prevent_default()
            await self._choose(key)
        elif key in "jk":
            event.stop()
            choices.action_cursor_down() if key == "j" else choices.action_cursor_up()

    def _type_on(self, event: events.Key) -> None:
        """A quick hand types on after a one-key answer: what still went to the choices belongs to what came next."""
        if self.query_one(Page).display and event.is_printable:
            self.query_one(Page).insert(event.character or "")
        elif self._promise.display and event.is_printable:
            self._promise.first.insert_text_at_cursor(event.character or "")

    async def action_finish(self) -> None:
        """To the end from wherever one is."""
        if self._session.is_finished:
            return
        await all_typed(self)
        session = self._take_in()
        if not session.has_words:
            self.notify("Nothing is written yet. Esc goes back.")
            return
        try:
            await self._go_to(session.finish())
        except UsageError:
            self._promise.due.focus()

    async def _keep(self) -> None:
        """Keeps the session as an entry, then forgets the draft."""
        session = self._session
        try:
            await asyncio.to_thread(self._keeper.keep, session)
        except (JournalError, OSError) as error:
            self._trouble = f"Not kept yet: {error}"
            safe = "Your words are safe in the draft." if self.save_now() else "Your words are on this screen alone."
            self._show_ending((clean_line(str(error)), f"{safe} Enter tries again."))
            return
        self._kept = True
        self._trouble = ""
        nothing = ("Nothing was written, and that is fine.",)
        self._show_ending(closing_lines(session, "c") if session.has_words else nothing)

    def _show_ending(self, lines: tuple[str, ...]) -> None:
        first, *others = lines
        self.query_one("#ending", Static).update(
            Content("\n\n").join([Content.styled(first, "$ink"), *(Content.styled(line, "$quiet") for line in others)])
        )

    async def action_stop(self) -> None:
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
        elif self._session.is_finished:
            await self._keep()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("forward", "back", "finish"):
            return not self._session.is_finished
        if action == "time":
            return not self._session.is_finished and self._session.pack is not None
        if action == "note_people":
            return not self._session.is_finished and bool(self._named or self._session.people)
        if action == "helplines":
            return self._session.is_finished and speaks_of_harm(self._session.word_text)
        if action == "stop":
            return not self._kept
        if action == "done":
            return self._session.is_finished
        return True
