"""The editors: for words, for Python, for notes. What is typed is announced at every pause, and without one too."""

import time
from dataclasses import dataclass

from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

PAUSE_S = 0.4
LONGEST_S = 0.8


class AnswerEditor(TextArea):
    """A plain text editor that posts `Paused` when typing rests, or goes on for 0.8 s."""

    @dataclass
    class Typed(Message):
        """The text changes, for the first time since it rested: what is painted at each key delays the key."""

        editor: "AnswerEditor"

        @property
        def control(self) -> "AnswerEditor":
            """Whose text."""
            return self.editor

    class Paused(Message):
        """Typing rested; the text is to be kept."""

    _pause: Timer | None = None
    _unkept_since = 0.0

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        now = time.monotonic()
        if self._pause is None:
            self._unkept_since = now
            self.post_message(self.Typed(self))
        else:
            self._pause.stop()
        wait = min(PAUSE_S, self._unkept_since + LONGEST_S - now)
        self._pause = self.set_timer(max(wait, 0.01), self._rest)

    def fill(self, text: str) -> None:
        """Puts a text in, the cursor at its end, and forgets what could be undone; it is kept at once."""
        # Not load_text, which prepares the highlighting anew.
        with self.prevent(TextArea.Changed):
            self.exchange(text)
        self.history.clear()
        self.move_cursor(self.document.end)
        if self._pause is not None:
            self._pause.stop()
        self.post_message(self.Typed(self))
        self._rest()

    def exchange(self, text: str) -> None:
        """Puts another text in the place of the whole; it can be undone."""
        self.replace(text, (0, 0), self.document.end)

    def _rest(self) -> None:
        self._pause = None
        self.post_message(self.Paused())


class ProgramEditor(AnswerEditor):
    """A Python editor: highlighting, line numbers, Tab indents."""

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(
            theme="css",
            soft_wrap=False,
            tab_behavior="indent",
            show_line_numbers=True,
            id=id,
            classes=classes,
        )
        self.indent_width = 4

    def on_mount(self) -> None:
        # Preparing the colours takes as long as opening a screen: one after the other.
        self.call_after_refresh(self._colour)

    def fill(self, text: str) -> None:
        self._colour()
        super().fill(text)

    def _colour(self) -> None:
        if self.language is None:
            self.language = "python"


class NotesPad(AnswerEditor):
    """Thoughts beside the answer; they are kept and never marked."""
