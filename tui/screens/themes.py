"""Choosing a theme: the app wears the one that is highlighted."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.screens.base import CoachDialog
from tui.themes import THEMES

if TYPE_CHECKING:
    from tui.app import CoachApp

OWN = tuple(theme.name for theme in THEMES)
ANSI = "ansi-"


class ThemesScreen(CoachDialog[None]):
    """Enter keeps the theme, Escape takes the old one back. The screen below stays in full colour."""

    CSS = """
    ThemesScreen { align: right middle; background: transparent; }
    ThemesScreen > OptionList {
        width: 46; height: 80%; margin: 0 2; border: round $border; background: $surface;
        border-title-color: $primary; border-title-style: bold;
        border-subtitle-color: $text-muted;
        text-wrap: nowrap; text-overflow: ellipsis;
        scrollbar-size-vertical: 1; scrollbar-background: $surface; scrollbar-color: $border-blurred;
    }
    """
    BINDINGS: ClassVar = [Binding("escape", "put_back", "key.close")]

    @property
    def _host(self) -> "CoachApp":
        return cast("CoachApp", self.app)

    def compose(self) -> ComposeResult:
        self._before = self.app.theme
        names = sorted(self.app.available_themes, key=_place)
        listed = OptionList(*(Option(self._line(name), id=name) for name in names))
        listed.border_title = self.words("themes.title")
        listed.border_subtitle = self.words("themes.keys")
        listed.highlighted = names.index(self._before)
        yield listed

    def _line(self, name: str) -> Content:
        note = "themes.colour_blind" if name == "coach-okabe-ito" else ""
        note = "themes.ansi" if name.startswith(ANSI) else note
        return Content.assemble(name, (f"  {self.words(note)}" if note else "", "italic"))

    @on(OptionList.OptionHighlighted)
    def _try(self, event: OptionList.OptionHighlighted) -> None:
        if event.option.id:
            self._host.try_theme(event.option.id)

    @on(OptionList.OptionSelected)
    def _keep(self, event: OptionList.OptionSelected) -> None:
        if event.option.id:
            self._host.try_theme(event.option.id)
            self._host.remember("ui.theme", event.option.id)
        self.dismiss()

    def action_put_back(self) -> None:
        self._host.try_theme(self._before)
        self.dismiss()


def _place(name: str) -> tuple[int, str]:
    """Our own themes first, then those that take the terminal's own colours."""
    if name in OWN:
        return OWN.index(name), name
    return len(OWN) + (not name.startswith(ANSI)), name
