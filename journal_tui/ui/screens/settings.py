"""Settings: what can be chosen, with what it is now; a choice holds at once and is kept."""

from __future__ import annotations

from dataclasses import replace

from textual import on

from journal_tui.model import JournalError
from journal_tui.settings import SCHEMA, Kind, Setting, Value, parse_value, say_value, show_value
from journal_tui.text import clean_line
from journal_tui.ui.commands import Command
from journal_tui.ui.messages import Go, Protect, SettingChosen
from journal_tui.ui.screens.ask import PickScreen
from journal_tui.ui.screens.list_and_pane import WAYS, ListAndPane
from journal_tui.ui.screens.words import WordsScreen
from journal_tui.ui.views.entry import Block
from journal_tui.ui.views.passphrase import TASKS
from journal_tui.ui.views.settings import PACKS, PASSPHRASE, SettingsView, details, look, rows, stepped
from journal_tui.ui.widgets.row_list import Row, RowList

_CHOSEN = (Kind.CHOICE, Kind.YES)
"""Kinds that Enter changes; the others it asks for."""
_STEPPED = (*_CHOSEN, Kind.NUMBER)


class SettingsScreen(ListAndPane[SettingsView]):
    """The settings above, what there is to know of one below."""

    CSS_PATH = ["list_and_pane.tcss", "settings.tcss"]
    TITLE = "Settings"
    HELP = "What can be chosen. A choice holds at once and is kept in settings.yaml; a dot marks what you changed."
    BINDINGS = [
        Command("settings.change", "enter", "Change", show=False),
        Command("settings.next", "right,l,space", "Change", "The next choice, or a little more", action="step(1)"),
        Command("settings.before", "left,h", "Less", "The choice before, or less", action="step(-1)", show=False),
        Command("settings.open", "enter", "Edit", "Type it in"),
        Command("settings.go", "enter", "Open", "To what it leads to"),
        Command("settings.protect", "enter", "Set", "Set a passphrase"),
        Command("settings.default", "d", "Default", "Back to the default"),
        *WAYS,
    ]

    @property
    def _setting(self) -> Setting | None:
        return SCHEMA.get(self.at) if self._view else None

    def read(self) -> SettingsView:
        return look(self._world)

    def summary(self, view: SettingsView) -> str:
        return view.summary

    def rows(self, view: SettingsView) -> list[Row]:
        return rows(view, plain=self._world.settings.plain_glyphs)

    def pane(self, view: SettingsView, id: str) -> list[Block]:
        return details(view, id)

    def nothing(self, view: SettingsView | None) -> str:
        return ""

    # -- keys --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        setting = self._setting
        if action == "change":
            return setting is not None and setting.kind in _CHOSEN
        if action == "step":
            return setting is not None and setting.kind in _STEPPED
        if action == "default":
            return setting is not None and self._view is not None and self._view.value(setting.key) != setting.default
        if action == "open":
            return setting is not None and setting.kind not in _CHOSEN
        if action == "go":
            return self.at == PACKS or (self.at == PASSPHRASE and self._world.has_passphrase)
        if action == "protect":
            return self.at == PASSPHRASE and not self._world.has_passphrase
        return True

    def action_change(self) -> None:
        self.action_step(1)

    def action_step(self, by: int) -> None:
        if self._view and (setting := self._setting):
            value = stepped(self._view, setting, by)
            # The words of a choice become its value where they are read.
            self._choose(setting, parse_value(setting, say_value(value), self._world.paths.settings))

    @on(RowList.Chosen)
    def action_open(self) -> None:
        setting = self._setting
        if self.at == PASSPHRASE:
            self.action_protect()
        elif self.at == PACKS:
            self.go_to(Go("packs"))
        elif setting and setting.kind in _CHOSEN:
            self.action_step(1)
        elif setting:
            self._ask(setting)

    def _ask(self, setting: Setting) -> None:
        value = self._view.value(setting.key) if self._view else setting.default
        path = self._world.paths.settings

        def check(words: str) -> str:
            said = clean_line(show_value(setting, parse_value(setting, words, path)))
            return f"Enter keeps: {said}"

        def take(words: str | None) -> None:
            if words is not None:
                self._choose(setting, parse_value(setting, words, path))

        shown = "" if value == "" else clean_line(say_value(value))
        self.app.push_screen(WordsScreen(setting.label, setting.help, shown, check), take)

    def action_go(self) -> None:
        self.action_open()

    def action_protect(self) -> None:
        if not self._world.has_passphrase:
            self.go_to(Protect("set"))
            return
        plain = self._world.settings.plain_glyphs
        tasks = [("c", TASKS["change"].label), ("r", TASKS["remove"].label)]
        named = {"c": "change", "r": "remove"}
        self.app.push_screen(
            PickScreen("Passphrase", "The journal is encrypted.", tasks, plain=plain),
            lambda key: self.go_to(Protect(named[key])) if key else None,
        )

    def action_default(self) -> None:
        if setting := self._setting:
            self._choose(setting, setting.default)

    def _choose(self, setting: Setting, value: Value) -> None:
        try:
            self._world.choose(setting.key, value)
        except JournalError as error:
            self.notify(clean_line(str(error)), severity="warning", timeout=10)
            return
        self.post_message(SettingChosen(setting.key))
        if setting.key == "plain_glyphs":
            self.query_one(RowList).use_plain(bool(value))
        if self._view:
            self._view = replace(self._view, settings=self._world.settings)
            self.show_view(setting.key)
