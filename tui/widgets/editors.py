"""The editors: one for words, one for Python. What is typed is announced at every pause."""

from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

PAUSE_S = 0.4


class AnswerEditor(TextArea):
    """A plain text editor that posts `Paused` when typing rests."""

    class Paused(Message):
        """Typing rested; the text is to be kept."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _pause: Timer | None = None

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_S, self._rest)
        self.post_message(self.Typed())

    class Typed(Message):
        """The text changed."""

    def fill(self, text: str) -> None:
        """Puts a text in, the cursor at its end, and forgets what could be undone."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def _rest(self) -> None:
        self._pause = None
        self.post_message(self.Paused(self.text))


class ProgramEditor(AnswerEditor):
    """A Python editor: highlighting, line numbers, Tab indents."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(
            language="python",
            theme="css",
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            id=id,
            classes=classes,
        )
        self.indent_width = 4
