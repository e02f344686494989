"""The keys that work on the screen below."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.screens.base import CoachDialog, keys_of, screen_name
from tui.texts import TEXTS
from tui.widgets.prose import Prose

KEY_WIDTH = 18


class HelpScreen(CoachDialog[None]):
    """What a screen is for, and its keys as they are now; closed by Escape, F1, Enter or q."""

    CSS = "HelpScreen .about { margin: 0 0 1 0; color: $text-muted; }"
    BINDINGS: ClassVar = [("f1,enter,q", "dismiss")]

    def __init__(self, screen: "Screen[object]") -> None:
        super().__init__()
        self._keys = keys_of(screen)
        self._about = f"about.{screen_name(type(screen))}"

    def compose(self) -> ComposeResult:
        words = self.words
        rows = [(", ".join(keys), does) for does, keys in self._keys.items()]
        moving = "g, G" if words("key.move") in self._keys else "j, k, g, G"
        rows += [
            ("Tab", words("key.focus")),
            (moving, words("key.move")),
            ("^d, ^u", words("key.page")),
        ]
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = words("help.title")
            dialog.border_subtitle = f"Esc {words('key.close')}"
            if self._about in TEXTS:
                yield Prose(words(self._about), classes="about", markup=False)
            yield Static(Content("\n").join(_line(key, does) for key, does in rows))


def _line(key: str, does: str) -> Content:
    gap = " " * max(1, KEY_WIDTH - Content(key).cell_length)
    return Content.assemble((key, "bold $text-accent"), gap, does)
