"""The home's lines on model, index, deck and settings."""

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.text import Words


class StatePanel(Static):
    """One line per part: a mark, its name, and how it is."""

    lines: reactive[tuple[tuple[str, bool | None, str], ...]] = reactive(())
    """name of the text, whether the part is ready (None: not known yet), and how it is"""

    def __init__(self, words: Words) -> None:
        super().__init__(markup=False, classes="panel")
        self._words = words
        self.border_title = words("home.state")

    def watch_lines(self) -> None:
        names = [self._words(f"home.label_{name}") for name, _, _ in self.lines]
        width = max((Content(name).cell_length for name in names), default=0) + 2
        rows = [
            _row(name, width, ready, text)
            for name, (_, ready, text) in zip(names, self.lines, strict=True)
        ]
        self.update(Content("\n").join(rows))


def _row(name: str, width: int, ready: bool | None, text: str) -> Content:
    mark, style = {True: ("✓", "$text-success"), False: ("!", "$text-warning"), None: ("·", "")}[
        ready
    ]
    gap = " " * (width - Content(name).cell_length)
    return Content.assemble((f"{mark} ", style), (name + gap, "bold"), (text, "$foreground-muted"))
