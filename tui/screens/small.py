"""What is shown while the terminal is too small."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.events import Resize
from textual.widgets import Static

from tui.screens.base import CoachDialog


class SmallScreen(CoachDialog[None]):
    """Covers everything and waits for a larger window."""

    BINDINGS: ClassVar = [("escape", "app.bell")]
    CSS = """
    SmallScreen { background: $background; align: center middle; }
    SmallScreen Static { width: 90%; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        with Middle(), Center():
            yield Static(markup=False)

    def on_mount(self) -> None:
        super().on_mount()
        self._say()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        self._say()

    def _say(self) -> None:
        width, height = self.app.size
        title = self.words("small.title", width=width, height=height)
        self.query_one(Static).update(f"{title}\n\n{self.words('small.text')}")
