"""The home's lines on model, index, deck and settings."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.text import Words

if TYPE_CHECKING:
    from tui.state import Line

WIDE = 100
ROWS = (("model", "index"), ("deck", "settings"))


class StatePanel(Static):
    """What is to be mended in lines of its own; the rest in one line, where there is room in two."""

    lines: reactive[tuple[tuple[str, bool | None, str], ...]] = reactive(())
    """name of the text, whether the part is ready (None: not known yet), and how it is"""

    def __init__(self, words: Words) -> None:
        super().__init__(markup=False, classes="panel")
        self._words = words
        self.border_title = words("home.state")
        looking = words("home.looking")
        self.lines = tuple((part, None, looking) for row in ROWS for part in row)

    def put(self, line: "Line") -> None:
        """Shows how one part is."""
        now = (line.part, line.ready, line.text)
        self.lines = tuple(now if old[0] == line.part else old for old in self.lines)

    def watch_lines(self) -> None:
        self._paint()

    def on_resize(self) -> None:
        self._paint()

    def _paint(self) -> None:
        parts = {line[0]: self._part(*line) for line in self.lines}
        faults = [name for name, ready, _ in self.lines if ready is False]
        rows = [parts[name] for name in faults]
        for group in ROWS[: 1 + self._is_wide]:
            named = [parts[name] for name in group if name in parts and name not in faults]
            rows += [Content("   ").join(named)] if named else []
        self.set_class(not faults, "-fine")
        self.update(Content("\n").join(rows))

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= WIDE and self.app.size.height >= 20

    def _part(self, name: str, ready: bool | None, text: str) -> Content:
        mark, style = {
            True: ("✓", "$text-success"),
            False: ("!", "$text-warning"),
            None: ("·", ""),
        }[ready]
        label = self._words(f"home.label_{name}")
        return Content.assemble(
            (f"{mark} ", style), (f"{label} ", "bold"), (text, "$foreground-muted")
        )
