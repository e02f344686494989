"""What the history asks: whether to delete, and where to write."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input

from tui.plain import shown
from tui.screens.base import CoachDialog
from tui.widgets.prose import Prose

if TYPE_CHECKING:
    from coach.history import Given


class DeleteScreen(CoachDialog[str | None]):
    """Ends with what to delete, "answer" or "interview", or with None; Escape keeps everything."""

    CSS = """
    DeleteScreen Horizontal { height: auto; margin: 1 0 0 0; align-horizontal: right; }
    DeleteScreen Button { margin: 0 0 0 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "keep", "key.no"),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    def __init__(self, given: "Given") -> None:
        super().__init__()
        self._given = given

    def compose(self) -> ComposeResult:
        words, turn = self.words, self._given.turn
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = words("delete.title")
            yield Prose(Content.styled(shown(" ".join(turn.prompt.split())), "bold"))
            yield Prose(words("delete.text"), markup=False)
            with Horizontal():
                yield Button(words("delete.keep"), id="keep", variant="primary", compact=True)
                yield Button(words("delete.answer"), id="answer", compact=True)
                yield Button(words("delete.interview"), id="interview", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#keep").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(None if event.button.id == "keep" else event.button.id)

    def action_keep(self) -> None:
        self.dismiss(None)


class ExportScreen(CoachDialog[str | None]):
    """Ends with the name of the file to write, or with None."""

    CSS = "ExportScreen Input { margin: 1 0 0 0; }"
    BINDINGS: ClassVar = [Binding("escape", "cancel", "key.no")]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def compose(self) -> ComposeResult:
        words = self.words
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = words("export.title")
            dialog.border_subtitle = words("export.keys")
            yield Prose(words("export.text"), markup=False)
            yield Input(self._name, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)

    def action_cancel(self) -> None:
        self.dismiss(None)
