"""The sheet of one step: what is asked, and where it is answered."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from journal_tui.model import Kind
from journal_tui.session.session import Session
from journal_tui.session.steps import StepKind
from journal_tui.session.wording import StepView, view_step
from journal_tui.text import clean_line, shorten
from journal_tui.ui.views.write import asked, head
from journal_tui.ui.widgets.choices import Choices
from journal_tui.ui.widgets.page import Line, Page
from journal_tui.ui.widgets.promise import PromiseLines

LOW = 24
"""Rows of a terminal below which there is less air."""
LEAST_ANSWER = 6
"""Rows of the terminal that a page keeps, however long the question is."""
_AROUND = {False: 10, True: 6}
"""Rows for head, rule, whisper, keys and the air between: on a terminal that is high enough, and on a low one."""


class Sheet(Vertical):
    """Shows the present step of a session and holds what is given for it."""

    class Typed(Message):
        """Something was typed or taken away."""

    def __init__(self, *, plain: bool) -> None:
        super().__init__(id="sheet")
        self._plain = plain
        self._session: Session | None = None
        self._view = StepView()
        self._is_alone = False

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Static(id="ask", markup=False)
        yield Page(id="page")
        yield Choices(plain=self._plain, id="choices")
        yield PromiseLines(id="promise")
        yield Static(id="ending", markup=False)
        yield Static(id="whisper", markup=False)

    # -- down: what is shown -----------------------------------------------------------------------

    def show(self, session: Session) -> None:
        """Shows the present step, ready to be answered."""
        self._session = None  # until all of it is shown, nothing on it answers this step
        kind, is_end = session.step.answer_kind, session.is_finished
        self._view = view = StepView() if is_end else view_step(session)
        self.page.display = not is_end and kind in (Kind.TEXT, Kind.LIST)
        self.choices.display = not is_end and kind in (Kind.CHOICE, Kind.SCALE)
        self.promise.display = not is_end and kind is Kind.PROMISE
        self.query_one("#ending").display = is_end
        if is_end:
            self.screen.set_focus(None)
        elif self.page.display:
            self.page.placeholder = Content(view.example)
            self.page.fill(session.reply.text)
            self.page.focus()
        elif self.choices.display:
            self._offer(session.reply.choice)
        else:
            only_day = session.step.kind is StepKind.NEW_DAY
            self.promise.fill(session.reply.text, session.reply.due, session.day, only_day=only_day)
        self.fit(session)

    def _offer(self, chosen: str) -> None:
        labels = [
            (key, Content.assemble((key, "$accent"), f"  {label}", ("   chosen" if key == chosen else "", "$quiet")))
            for key, label in self._view.options
        ]
        # Nothing is proposed: Enter must not answer for the writer.
        self.choices.show(labels, next((n for n, (key, _) in enumerate(labels) if key == chosen), None))
        self.choices.focus()

    def leave_alone(self, is_alone: bool) -> None:
        """Everything but the page steps back, or comes again."""
        self._is_alone = is_alone and self.page.display
        self.screen.set_class(self._is_alone, "-alone")
        self.fit()

    def on_resize(self) -> None:
        self.call_after_refresh(self.fit)

    def fit(self, session: Session | None = None) -> None:
        """Lays head and question out anew: for another room, or for `session` at the same step."""
        self._session = session or self._session
        if self._session is None:
            return
        width, height = self.content_size.width or 60, self.app.size.height
        self.query_one("#head", Static).update(head(self._session, width, plain=self._plain))
        ask = self.query_one("#ask", Static)
        answer = max(LEAST_ANSWER, len(self._view.options))
        if self._is_alone:
            ask.update(Content.styled(shorten(self._view.ask or self._view.above, width), "$quiet"))
        else:
            ask.update(asked(self._view, width, height - answer - _AROUND[height < LOW], plain=self._plain))
        ask.display = bool(self._view.ask or self._view.above)

    def whisper(self, words: str, *, is_trouble: bool = False) -> None:
        """The quiet line below; trouble is seen even where all else steps back."""
        line = self.query_one("#whisper", Static)
        line.set_class(is_trouble, "-trouble")
        line.update(Content(clean_line(words)))

    def end(self, lines: tuple[str, ...]) -> None:
        """The closing words, the first the brightest."""
        first, *others = lines
        self.query_one("#ending", Static).update(
            Content("\n\n").join([Content.styled(first, "$ink"), *(Content.styled(line, "$quiet") for line in others)])
        )

    # -- up: what is given -------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        return self.query_one(Page)

    @property
    def choices(self) -> Choices:
        return self.query_one("#choices", Choices)

    @property
    def promise(self) -> PromiseLines:
        return self.query_one(PromiseLines)

    def taken_into(self, session: Session) -> Session:
        """`session` with what stands on the sheet; the same one where nothing else does."""
        if self._session is None or session.is_finished:
            return session  # what is still displayed belongs to the step before
        if self.page.display:
            words = self.page.words
            return session if words == session.reply.text else session.write(words)
        if self.promise.display and (changed := self.promise.changed()):
            return session.promise(*changed)
        return session

    def type_on(self, event: events.Key) -> None:
        """A quick hand types on after a one-key answer: what still went to the choices belongs to what came next."""
        if self.page.display and event.is_printable:
            self.page.insert(event.character or "")
        elif self.promise.display and event.is_printable:
            self.promise.first.insert_text_at_cursor(event.character or "")

    def on_text_area_changed(self, event: Page.Changed) -> None:
        event.stop()
        self.post_message(self.Typed())

    def on_input_changed(self, event: Line.Changed) -> None:
        event.stop()
        self.post_message(self.Typed())
