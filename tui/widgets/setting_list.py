"""The settings, one line each, under the names of their sections."""

from itertools import groupby
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.plain import shown
from tui.screens.base import name_keys
from tui.setting_rows import Row
from tui.text import Words


class SettingList(OptionList):
    """Name and value of each setting; a dot marks what was changed, an exclamation mark what clashes."""

    BINDINGS: ClassVar = [Binding("enter", "select", "key.change")]

    rows: reactive[tuple[Row, ...]] = reactive(())

    def __init__(self, words: Words) -> None:
        super().__init__(classes="panel")
        self._words = words
        self.border_title = words("settings.title")

    def on_mount(self) -> None:
        name_keys(self, self._words)

    @property
    def chosen(self) -> Row | None:
        """The setting that is highlighted."""
        option = self.highlighted_option
        return next((row for row in self.rows if option and row.name == option.id), None)

    def on_click(self, event: Click) -> None:
        """The first click reads a setting, the second changes it."""
        place = event.style.meta.get("option")
        if place is not None and place != self.highlighted and not self.options[place].disabled:
            event.prevent_default()
            self.highlighted = place

    def choose(self, name: str) -> None:
        """Highlights a setting that is listed."""
        self.highlighted = self.get_option_index(name)

    def watch_rows(self) -> None:
        if [option.id for option in self.options if option.id] == [row.name for row in self.rows]:
            for row in self.rows:
                self.replace_option_prompt(row.name, self._line(row))
            return
        chosen = self.chosen
        self.clear_options()
        for section, members in groupby(self.rows, lambda row: row.section):
            title = Content.styled(self._words(f"settings.section_{section}"), "bold $text-primary")
            self.add_option(Option(title, disabled=True))
            self.add_options([Option(self._line(row), id=row.name) for row in members])
        if self.rows:
            self.highlighted = self.get_option_index((chosen or self.rows[0]).name)

    def _line(self, row: Row) -> Content:
        mark, style = ("!", "$text-warning") if row.warning else ("•", "$text-accent")
        value = self._words("settings.set") if row.secret and row.value else shown(row.value)
        style_of_value = "bold" if row.changed else "$foreground-muted"
        label = Content(row.label)
        gap = " " * max(2, (24 if row.section == "keys" else 14) - label.cell_length)
        return Content.assemble(
            (f"{mark if row.warning or row.changed else ' '} ", style),
            label,
            gap,
            (value or "–", style_of_value),
        )
