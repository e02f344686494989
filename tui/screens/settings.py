"""The settings: everything that the settings file has, checked while one types."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, OptionList

from coach.language import Lang
from tui.background import in_background
from tui.keymap import Clash, Command, clashes, commands, usable
from tui.screens.base import CoachScreen, name_keys
from tui.setting_rows import Row, key_rows, rows
from tui.widgets.key_line import KeyLine
from tui.widgets.setting_editor import SettingEditor
from tui.widgets.setting_list import SettingList
from tui.widgets.title_line import TitleLine


class SettingsScreen(CoachScreen[None]):
    """A list of settings and the highlighted one in full; a valid value is saved when its field is left."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar = [
        Binding("enter", "change", "key.change"),
        Binding("r", "reset", "key.reset"),
        Binding("escape", "back", "key.back"),
    ]

    class FoundKeys(Message):
        """All commands are known, and which of their keys clash."""

        def __init__(self, found: dict[str, Command], clashing: list[Clash]) -> None:
            super().__init__()
            self.found = found
            self.clashing = clashing

    def __init__(self) -> None:
        super().__init__()
        self._commands: dict[str, Command] = {}
        self._clashing: list[Clash] = []

    def compose(self) -> ComposeResult:
        from tui.state import settings_place

        words = self.words
        yield TitleLine(words("settings.title"), settings_place(self.coach))
        with Horizontal(id="body"):
            yield SettingList(words)
            yield SettingEditor(words)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        self._list()
        self.query_one(SettingList).focus()
        self._find_keys()

    @in_background("keys", exclusive=True)
    def _find_keys(self) -> None:
        good, _ = usable(self.coach.settings.keys)
        self.post_message(self.FoundKeys(commands(), clashes(good)))

    @on(FoundKeys)
    def _list_keys(self, event: FoundKeys) -> None:
        self._commands, self._clashing = event.found, event.clashing
        self._list()

    def _list(self) -> None:
        settings, words = self.coach.settings, self.words
        keys = key_rows(settings, words, self._commands, self._clashing)
        listed = self.query_one(SettingList)
        listed.rows = (*rows(settings, words), *keys)
        self._show(listed.chosen)

    @on(OptionList.OptionHighlighted)
    def _read(self) -> None:
        self._show(self.query_one(SettingList).chosen)

    def _show(self, row: Row | None) -> None:
        if row is not None:
            self.query_one(SettingEditor).show(row)

    @on(OptionList.OptionSelected)
    def _select(self) -> None:
        self.action_change()

    @on(Input.Submitted)
    def _submit(self) -> None:
        self.query_one(SettingList).focus()

    @on(SettingEditor.Changed)
    def _save(self, event: SettingEditor.Changed) -> None:
        if self._keep(event.name, event.value):
            self._changed(event.name)

    def _keep(self, name: str, value: str) -> bool:
        if value or not name.startswith("keys."):
            return self.host.remember(name, value)
        return self.host.forget(name)

    def keep_now(self) -> None:
        if typed := self.query_one(SettingEditor).typed:
            self._keep(*typed)

    def action_change(self) -> None:
        """The next of a few values, the themes, or the cursor in the field."""
        row = self.query_one(SettingList).chosen
        if row is None:
            return
        if row.name == "ui.theme":
            self.host.action_change_theme()
        elif row.choices:
            following = (row.choices.index(row.value) + 1) % len(row.choices)
            if self.host.remember(row.name, row.choices[following]):
                self._changed(row.name)
        else:
            self.query_one(SettingEditor).edit()

    def action_reset(self) -> None:
        row = self.query_one(SettingList).chosen
        if row is not None and self.host.forget(row.name):
            self._changed(row.name)

    def action_back(self) -> None:
        """Out of the field first; what was typed is forgotten."""
        if isinstance(self.focused, Input):
            self.query_one(SettingEditor).put_back()
            self.query_one(SettingList).focus()
        else:
            self.dismiss()

    def on_screen_resume(self) -> None:
        """A theme may have been chosen above."""
        if self.is_mounted:
            self._list()

    def _changed(self, name: str) -> None:
        section = name.partition(".")[0]
        self.query_one(TitleLine).aside = self.words("settings.saved", name=name)
        if name == "ui.lang":
            self._speak(self.coach.settings.ui.lang)
            return
        if name == "ui.theme":
            self.host.try_theme(self.coach.settings.ui.theme)
        elif section == "keys":
            self.host.take_keys()
            self._find_keys()
        elif section == "model":
            self._close_model()
        self._list()

    @in_background("model")
    def _close_model(self) -> None:
        """The next question opens the model that is configured now."""
        self.coach.close()

    def _speak(self, lang: Lang) -> None:
        self.host.speak(lang)
        name_keys(self, self.words)
        self.call_later(self._recompose)

    async def _recompose(self) -> None:
        await self.recompose()
        self._list()
        self.query_one(SettingList).choose("ui.lang")
        self.query_one(SettingList).focus()
