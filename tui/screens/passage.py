"""One passage, above whatever screen asked for it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from coach.document import Passage
from tui.screens.base import CoachDialog
from tui.widgets.passage_text import passage_content
from tui.widgets.prose import Prose


class PassageScreen(CoachDialog[None]):
    """Shows a passage, the quoted words marked; any of Escape, Enter and q closes it."""

    BINDINGS: ClassVar = [("enter,q", "dismiss")]

    def __init__(self, passage: Passage, quote: str = "") -> None:
        super().__init__()
        self._passage = passage
        self._quote = quote

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = self.words("passage.title")
            dialog.border_subtitle = f"Esc {self.words('key.close')}"
            yield Prose(passage_content(self._passage, self.words, self._quote))
