"""Jumping: every panel that can have the focus shows a letter; typing it goes there."""

from typing import Any

from textual.app import ComposeResult
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.base import CoachDialog

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class JumpScreen(CoachDialog[None]):
    """Letters above the screen below; any other key closes it."""

    CSS = """
    JumpScreen { background: $background 40%; align: left top; }
    JumpScreen > Static {
        position: absolute; width: 3; height: 1; padding: 0 1;
        background: $accent; color: $background; text-style: bold;
    }
    JumpScreen > #hint { dock: bottom; position: relative; width: 100%; background: $surface; color: $text-muted; }
    """

    def __init__(self, screen: "Screen[Any]") -> None:
        super().__init__()
        self._targets = dict(zip(LETTERS, _panels(screen), strict=False))

    def compose(self) -> ComposeResult:
        for letter, widget in self._targets.items():
            label = Static(letter, markup=False)
            label.styles.offset = (widget.region.x + 1, widget.region.y)
            yield label
        yield Static(self.words("jump.title"), id="hint")

    def on_key(self, event: Key) -> None:
        event.stop()
        target = self._targets.get(event.key)
        self.dismiss()
        if target is not None:
            self.app.call_later(target.focus)


def _panels(screen: "Screen[Any]") -> list[Widget]:
    """What can have the focus and is seen, from top to bottom."""
    seen = [w for w in screen.focus_chain if screen.region.overlaps(w.region) and w.region.area]
    return sorted(seen, key=lambda widget: (widget.region.y, widget.region.x))
