"""The keys that work on the screen below."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.screens.base import CoachDialog, keys_of

KEY_WIDTH = 18


class HelpScreen(CoachDialog[None]):
    """Lists keys and what they do; closed by Escape, F1, Enter or q."""

    BINDINGS: ClassVar = [("f1,enter,q", "dismiss")]

    def __init__(self, screen: "Screen[object]") -> None:
        super().__init__()
        self._keys = keys_of(screen)

    def compose(self) -> ComposeResult:
        words = self.words
        rows = [(", ".join(keys), does) for does, keys in self._keys.items()]
        rows += [("Tab", words("key.focus"))]
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = words("help.title")
            dialog.border_subtitle = f"Esc {words('key.close')}"
            yield Static(Content("\n").join(_line(key, does) for key, does in rows))


def _line(key: str, does: str) -> Content:
    gap = " " * max(1, KEY_WIDTH - Content(key).cell_length)
    return Content.assemble((key, "bold $text-accent"), gap, does)
