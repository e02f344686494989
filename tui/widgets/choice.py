"""A row of a form: a label and a few values side by side, one of them chosen."""

from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class Choice(Static, can_focus=True):
    """Left and right change the value; the chosen one is bracketed, so colour is not needed."""

    DEFAULT_CSS = """
    Choice { height: 1; padding: 0 1; width: 1fr; }
    Choice:focus { background: $block-cursor-background; }
    """
    BINDINGS: ClassVar = [
        Binding("left,h", "turn(-1)", "key.change", show=False),
        Binding("right,l", "turn(1)", "key.change", show=False),
        Binding("up,k", "app.focus_previous", "key.move", show=False),
        Binding("down,j", "app.focus_next", "key.move", show=False),
    ]

    chosen: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

    def __init__(self, label: str, values: tuple[str, ...], chosen: int, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._label = label
        self._values = values
        self.set_reactive(Choice.chosen, chosen)

    def on_mount(self) -> None:
        self.update(self._content())

    def watch_chosen(self) -> None:
        self.update(self._content())
        self.post_message(self.Changed())

    def action_turn(self, way: int) -> None:
        self.chosen = (self.chosen + way) % len(self._values)

    def on_click(self, event: Click) -> None:
        """Takes the value under the pointer."""
        place = self._label_width
        for number, value in enumerate(self._values):
            place += Content(value).cell_length + 3
            if event.x - 1 < place:
                self.chosen = number
                return

    @property
    def _label_width(self) -> int:
        return 14

    def _content(self) -> Content:
        label = self._label + " " * (self._label_width - Content(self._label).cell_length)
        parts: list[Content | tuple[str, str]] = [(label, "$foreground-muted")]
        for number, value in enumerate(self._values):
            chosen = number == self.chosen
            parts.append((f"[{value}]", "bold $text-accent") if chosen else (f" {value} ", ""))
            parts.append((" ", ""))
        return Content.assemble(*parts)
